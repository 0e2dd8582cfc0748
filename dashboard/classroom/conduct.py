"""What a class makes of signing: who keeps the text in secret and who does not, whom victims
accuse, and who is right.

All of it goes by invented names. What the model finds is assumed, and no evidence about any state.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from dashboard.classroom import answers, sanctions
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.plan import ACCUSE, EXIT, KEEP, column, first_step
from dashboard.classroom.snapshot import Snapshot

UNNAMED = "a team"  # of a firm or an NGO, or one that would be known by its name
CLASS = "the class"
FEWEST_TOLD = 3  # as in tables of official statistics (sim/results/disclosure.py)


@dataclass
class Country:
    """One invented country by the end of some month: whether it `acted` in secret, and how often it
    was accused in public. Whether a team decided for it stays unsaid, as everybody saw which seats
    had decided.
    """

    name: str
    acted: bool
    rightly: int
    wrongly: int

    @property
    def accused(self) -> int:
        """How often it was accused, rightly or not."""
        return self.rightly + self.wrongly


def countries(snapshot: Snapshot, until: int) -> list[Country]:
    """The invented countries by the end of month *until*, by name; none before they have
    decided.
    """
    session = snapshot.session
    keep = first_step(session.steps, KEEP)
    if keep is None or session.step <= keep:
        return []
    months = range(session.steps[keep].month, until + 1)
    done = [each for each in snapshot.operations if each.month in months]
    authors = Counter(each.author for each in done)
    decided = {each.seat: each.value for each in snapshot.decisions if each.step == keep}
    accusations = [each for each in done if each.accused]
    found = []
    for who, name in snapshot.cast.items():
        of = [each.author == who for each in accusations if each.accused == who]
        acted = decided[who] == answers.BREAK if who in decided else authors[who] > 0
        found.append(Country(name, acted, sum(of), len(of) - sum(of)))
    return sorted(found, key=lambda each: each.name)


def as_news(snapshot: Snapshot) -> dict[str, Any] | None:
    """Whom victims have accused up to the month of the present step, and whom the class has
    sanctioned, without a word on who is right; None before.
    """
    known = countries(snapshot, _last_month(snapshot))
    if not known:
        return None
    order = sorted(known, key=lambda each: -each.accused)
    vote = sanctions.vote(snapshot)
    return {
        "countries": [{"name": each.name, "accused": each.accused} for each in order],
        "sanction": None if vote is None else vote.as_json(), "rule": ENGLISH.say("sanction-rule"),
    }  # fmt: skip


def own_news(snapshot: Snapshot, seat: str | None) -> dict[str, Any] | None:
    """What the team of *seat* alone knows: under which name it plays, what it decided, how often it
    was accused, and whether it is sanctioned.
    """
    keep = first_step(snapshot.session.steps, KEEP)
    if seat is None or seat not in snapshot.cast or keep is None or snapshot.session.step < keep:
        return None
    name = snapshot.cast[seat]
    made = next(
        (each.value for each in snapshot.decisions if (each.step, each.seat) == (keep, seat)), None
    )
    known = {each.name: each.accused for each in countries(snapshot, _last_month(snapshot))}
    vote = sanctions.vote(snapshot)
    sanctioned = vote is not None and vote.name == name
    return {"name": name, "value": made, "accused": known.get(name), "sanctioned": sanctioned}


def as_debrief(snapshot: Snapshot) -> dict[str, Any] | None:
    """Who acted in secret, who was accused rightly and wrongly, and which teams were right; None
    where nobody decided on conduct.
    """
    steps = snapshot.session.steps
    if first_step(steps, KEEP) is None:
        return None
    known = countries(snapshot, _last_month(snapshot))
    made = sanctions.accusations(snapshot)
    named = Counter(each.name for each in made.values() if each is not None)
    acted = _acted_by_the_accusation(snapshot)
    right = sum(number for name, number in named.items() if name in acted)
    return {
        "countries": [
            {
                "name": each.name,
                "acted": each.acted,
                "rightly": each.rightly,
                "wrongly": each.wrongly,
                "teams": named[each.name],
            }
            for each in known
        ],
        "teams": {
            "right": right,
            "wrong": named.total() - right,
            "nobody": len(made) - named.total(),
        },
        "sanction": sanctions.as_debrief(snapshot, acted),
    }


def verdict(snapshot: Snapshot, seat: str | None) -> dict[str, Any] | None:
    """Whom the team of *seat* accused, whether it asked for a sanction, and whether it was right:
    for this team alone, in the debrief.
    """
    made = None if seat is None else sanctions.accusations(snapshot).get(seat)
    if made is None:
        return None
    return {
        "name": made.name,
        "sanction": made.sanction,
        "right": made.name in _acted_by_the_accusation(snapshot),
    }


def rows_of_decisions(snapshot: Snapshot) -> list[dict[str, Any]]:
    """What teams decided on conduct, for the teacher's table: by invented name, and of firms and
    NGOs without one.

    Everybody saw which seats had decided. So of a step in which fewer than so many states did,
    nothing is told of who kept it, and accusers go without a name. The last row has whom the class
    sanctioned.
    """
    made: dict[tuple[str, bool], dict[str, Any]] = {}
    for number, step in enumerate(snapshot.session.steps):
        decided = {
            each.seat: each.value
            for each in snapshot.decisions
            if each.step == number and each.seat
        }
        few = sum(seat in snapshot.cast for seat in decided) < FEWEST_TOLD
        if step.kind == ACCUSE or (step.kind == KEEP and not few):
            for seat, value in decided.items():
                named = not few and seat in snapshot.cast
                row = made.setdefault(
                    (seat, named), {"seat": snapshot.cast[seat] if named else UNNAMED}
                )
                row[column(snapshot.session.steps, number, "decision")] = answers.decision_in_words(
                    step.kind, value
                )
    rows = sorted(made.values(), key=lambda row: (row["seat"] == UNNAMED, str(row)))
    vote = sanctions.vote(snapshot)
    accuse = first_step(snapshot.session.steps, ACCUSE)
    if vote is not None and accuse is not None:
        rows.append(
            {
                "seat": CLASS,
                column(snapshot.session.steps, accuse, "sanctioned"): vote.name or answers.NOBODY,
            }
        )
    return rows


def _acted_by_the_accusation(snapshot: Snapshot) -> set[str]:
    """The names of those who had acted in secret when teams accused."""
    steps = snapshot.session.steps
    accuse = first_step(steps, ACCUSE)
    known = [] if accuse is None else countries(snapshot, steps[accuse].month)
    return {each.name for each in known if each.acted}


def _last_month(snapshot: Snapshot) -> int:
    """The month of the present step, and after the game that of its last step."""
    steps = snapshot.session.steps
    end = first_step(steps, EXIT)
    return min(snapshot.month, snapshot.month if end is None else steps[end].month)
