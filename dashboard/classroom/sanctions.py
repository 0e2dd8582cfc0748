"""Whom a class sanctions, by a rule of its own that everybody is told: the states' teams decide by
majority.

The model has no sanction of one country. Its events on traits and dials would move the choices of
everybody else, too, so that what a class decides here moves nothing in its world. What a sanction
would cost is told in the model's terms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sim
from dashboard.classroom import answers
from dashboard.classroom.plan import ACCUSE, FEWEST_TO_SANCTION, first_step
from dashboard.classroom.snapshot import Snapshot
from dashboard.classroom.world import scenario_named


@dataclass(frozen=True)
class Vote:
    """How the teams of states decided on sanctions: how many decided at all, and how many have to
    ask for a sanction of the same country. The `name` of the country that is sanctioned and how
    many `asked` for it, where so many did.
    """

    states: int
    needed: int
    name: str | None = None
    asked: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The vote as everybody reads it: of a sanction that is not carried nobody is told who or
        how many wanted it.
        """
        return {
            "states": self.states,
            "needed": self.needed,
            "name": self.name,
            "asked": self.asked,
        }


def accusations(snapshot: Snapshot) -> dict[str, answers.Accusation | None]:
    """Whom each team that decided accused, by its seat; None where it was nobody."""
    accuse = first_step(snapshot.session.steps, ACCUSE)
    made = [each for each in snapshot.decisions if each.step == accuse]
    return {each.seat: answers.accusation_in(each.value) for each in made if each.seat is not None}


def vote(snapshot: Snapshot) -> Vote | None:
    """The vote of the states; None until the step is over in which they accuse."""
    accuse = first_step(snapshot.session.steps, ACCUSE)
    if accuse is None or snapshot.session.step <= accuse:
        return None
    states = [each for seat, each in accusations(snapshot).items() if seat in snapshot.cast]
    needed = max(FEWEST_TO_SANCTION, len(states) // 2 + 1)
    wanted = Counter(each.name for each in states if each is not None and each.sanction)
    carried = next(
        ((name, asked) for name, asked in wanted.items() if asked >= needed), (None, None)
    )
    return Vote(len(states), needed, *carried)


def as_debrief(snapshot: Snapshot, acted: Collection[str]) -> dict[str, Any] | None:
    """The vote, whether it was right by those who had *acted*, how many teams of all asked for a
    sanction rightly and wrongly, and what it would have cost; None where there was none.
    """
    found = vote(snapshot)
    if found is None:
        return None
    made = accusations(snapshot).values()
    wanted = [each.name for each in made if each is not None and each.sanction]
    right = sum(name in acted for name in wanted)
    return found.as_json() | {
        "right": None if found.name is None else found.name in acted,
        "teams": {"right": right, "wrong": len(wanted) - right},
        "cost": _cost(snapshot),
    }  # fmt: skip


def _cost(snapshot: Snapshot) -> dict[str, str]:
    """What an accusation costs in the model, and at most a sanction by all who had signed when
    teams accused, as it is written: the share of its standing that whoever is accused loses, the
    share of the states' power that signatories held, and the loss, where being named before the
    most watchful public costs 1.
    """
    session, written = snapshot.session, sim.number_formats
    month = next(step.month for step in session.steps if step.kind == ACCUSE)
    power = snapshot.course.power_at(month)
    return {
        "standing": written.percent(scenario_named(session.scenario).settings["standing_loss"]),
        "power": written.percent(power),
        "sanction": written.decimal(sim.DIALS["sanctions"].between[1] * power),
    }
