"""The talks over the text as a class sees them, as its debrief tells of them, and as the teacher's
table keeps them.

Who blocks a draft is public, by the name of the seat: it is about signing, not about conduct. What
the model answers for a seat is marked as the model's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sim
from dashboard.classroom import world
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.names import BY_THE_MODEL
from dashboard.classroom.plan import ACCEPT, AMEND, DRAFT, TEXT, column
from dashboard.classroom.snapshot import Snapshot
from dashboard.classroom.text_talks import (
    ACCEPTS,
    AS_WRITTEN,
    BLOCKS,
    RUNGS,
    Round,
    Talks,
    Text,
    directions,
    ladder,
    text_that_opens,
)
from dashboard.data.record import directory

OF_TEXT = (AMEND, DRAFT, ACCEPT, TEXT)
MUCH = {
    "restraint": 0.4,
    "burden": 0.4,
    "position": 0.3,
}  # loadings from which on a provision is said to ask for it


def talks_in(snapshot: Snapshot) -> dict[str, Any] | None:
    """The talks in the present step, which is one of theirs; None in all others."""
    talks, kind = snapshot.session.talks, snapshot.session.present.kind
    if talks is None or kind not in OF_TEXT:
        return None
    rounds = snapshot.rounds
    present, before = rounds[-1], rounds[-2] if len(rounds) > 1 else None
    drafts = _moves(talks, present.table, present) if present.draft else None
    written = (
        _moves(talks, talks.written, present, text_that_opens(talks, rounds))
        if kind == TEXT
        else None
    )
    return {
        "rule": ENGLISH.say(f"rule-{talks.rule}"),
        "needed": talks.needed,
        "seats": len(talks.seats),
        "round": len(rounds),
        "model": len(talks.seats)
        - len(present.teams[present.accept if kind == TEXT else present.amend]),
        "provisions": [
            {
                "id": str(one.principle),
                "name": one.short_name,
                "asks": ENGLISH.listed(_demands(one)),
                "table": rung,
                "rungs": [
                    {"value": each, "words": ENGLISH.say(f"rung-{each}")}
                    for each in ladder(one.ambition)
                ],
            }
            for one, rung in zip(talks.provisions, present.table, strict=True)
        ],
        "draft": written or drafts,
        "vote": _vote(snapshot, present) or (_vote(snapshot, before) if before else None),
        "convenor": _convenor(talks),
    }


def was_left_out(snapshot: Snapshot, number: int) -> bool:
    """Whether the step *number* is left out, as talks were over before it."""
    rounds, steps = snapshot.rounds, snapshot.session.steps
    over = bool(rounds) and rounds[-1].is_adopted is True
    return over and steps[number].kind in (AMEND, DRAFT, ACCEPT) and number > rounds[-1].accept


def talks_in_debrief(snapshot: Snapshot) -> dict[str, Any] | None:
    """What came of the talks, and what the model expects of the text; None where there were
    none.
    """
    session, talks = snapshot.session, snapshot.session.talks
    if talks is None:
        return None
    rounds = snapshot.rounds
    moves = _moves(talks, talks.written, rounds[-1], text_that_opens(talks, rounds))
    order = RUNGS
    steps = [order.index(each["after"]) - order.index(AS_WRITTEN) for each in moves]
    ends = [
        world.simulated(session.scenario, session.seed, text)["middle"][-1]
        for text in (snapshot.text, ())
    ]
    return {
        "adopted": rounds[-1].is_adopted,
        "changed": bool(snapshot.text),
        "convenor": _convenor(talks),
        "deepened": [each for each, step in zip(moves, steps, strict=True) if step > 0],
        "weakened": [each for each, step in zip(moves, steps, strict=True) if step < 0],
        "votes": [_vote(snapshot, each) for each in rounds],
        "expected": {
            "own": ends[0],
            "written": ends[1],
            "basis": sim.BASES[
                sim.basis_of_signing(world.under_text(session.scenario, snapshot.text))
            ],
        },
    }


def rows_of_talks(snapshot: Snapshot) -> list[dict[str, Any]]:
    """What each seat answered in talks that are over, for the teacher's table: in a row per seat
    what it wants of each provision, whether it accepts the draft, and who says so.
    """
    talks = snapshot.session.talks
    if talks is None:
        return []
    names = {seat.id: seat.name for seat in snapshot.seats}
    return [
        {"seat": names[seat], **_answers(snapshot, talks, seat)}
        for seat in talks.seats
        if snapshot.rounds
    ]


def _answers(snapshot: Snapshot, talks: Talks, seat: str) -> dict[str, str]:
    row: dict[str, str] = {}
    steps = snapshot.session.steps
    for each in snapshot.rounds:
        if seat in each.wishes:
            for one, rung in zip(talks.provisions, each.wishes[seat], strict=True):
                asked = column(steps, each.amend, f"{one.principle}. {one.short_name}")
                row[asked] = ENGLISH.say(f"rung-{rung}").lower()
            row[column(steps, each.amend, "by")] = _by(snapshot, each.amend, seat)
        if seat in each.votes:
            vote = ACCEPTS if each.votes[seat] else BLOCKS
            row[column(steps, each.accept, "decision")] = ENGLISH.say(f"answer-{vote}.done")
            row[column(steps, each.accept, "by")] = _by(snapshot, each.accept, seat)
    return row


def _by(snapshot: Snapshot, step: int, seat: str) -> str:
    made = next(
        (each for each in snapshot.decisions if (each.step, each.seat) == (step, seat)), None
    )
    return BY_THE_MODEL if made is None else snapshot.by_id[made.student].shown


def _moves(
    talks: Talks, before: Text, of: Round, after: Text | None = None
) -> list[dict[str, Any]]:
    """Each provision in a text *before* and *after*, by default the draft of that round, and how
    many seats asked for more and for less.
    """
    asked = directions(of.table, list(of.wishes.values()))
    return [
        {
            "id": str(one.principle),
            "name": one.short_name,
            "rungs": list(ladder(one.ambition)),
            "before": old,
            "after": new,
            "more": counts["more"],
            "less": counts["less"],
        }
        for one, old, new, counts in zip(
            talks.provisions, before, after or of.draft or before, asked, strict=True
        )
    ]


def _vote(snapshot: Snapshot, of: Round) -> dict[str, Any] | None:
    """The vote of that round: how many seats accept, and which do not."""
    if not of.votes:
        return None
    names = {seat.id: seat.name for seat in snapshot.seats}
    return {
        "accept": sum(of.votes.values()),
        "adopted": of.is_adopted,
        "blockers": [
            {"name": names[seat], "model": seat not in of.teams[of.accept]} for seat in of.blockers
        ],
    }


def _demands(provision: Any) -> Sequence[str]:
    return [
        ENGLISH.say(f"asks-{trait}")
        for trait, much in MUCH.items()
        if getattr(provision, trait) >= much
    ]


def _convenor(talks: Talks) -> str | None:
    code = world.scenario_named(talks.scenario).code
    return dict(zip(directory()["id"], directory()["name"], strict=True)).get(code.convenor or "")
