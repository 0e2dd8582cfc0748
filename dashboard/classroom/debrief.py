"""The debrief of a session, part by part: what was felt, the facts, the model beside it, the real
record, the transfer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import Any

import sim
from dashboard.classroom import world
from dashboard.classroom.answers import (
    ABOUT_THE_RECORD,
    ANEW,
    BEFORE,
    MONTH_OF_THE_QUESTION,
    kind_of_the_question,
    question,
)
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.conduct import as_debrief
from dashboard.classroom.plan import EXIT, NEWS, PREDICT, parts_of
from dashboard.classroom.snapshot import Snapshot
from dashboard.classroom.text_views import talks_in_debrief
from dashboard.data.record import directory
from dashboard.view import SIGNS, STAYS_OUT, View


def debrief(snapshot: Snapshot) -> dict[str, Any]:
    """What everybody sees in the debrief."""
    session, course = snapshot.session, snapshot.course
    return {
        "part": parts_of(session.steps)[session.part],
        "parts": list(parts_of(session.steps)),
        "moods": _moods(snapshot),
        "predictions": _predictions(snapshot),
        "middle": _middle(snapshot),
        "answer": answer(snapshot),
        "played_until": _played_until(snapshot),
        "conduct": as_debrief(snapshot),
        "class": {
            "curve": course.curve(session.steps[-1].month),
            "counts": course.counts(session.steps[-1].month),
        },
        "talks": talks_in_debrief(snapshot),
        "simulated": world.simulated(session.scenario, session.seed, snapshot.text),
        "worlds": world.WORLDS,
        "record": {"points": world.record(session.scenario), "seats": _record_of_seats(snapshot)},
        "transfer": ENGLISH.say("question-transfer"),
        "simulator": simulator(snapshot),
    }


def question_in(snapshot: Snapshot, number: int) -> dict[str, Any]:
    """What each student is asked alone in the step *number*, before or after the game."""
    session = snapshot.session
    after = ABOUT_THE_RECORD if world.record(session.scenario) else ANEW
    key = BEFORE if session.steps[number].kind == PREDICT else after
    return question(
        world.scenario_named(session.scenario), snapshot.course.date(MONTH_OF_THE_QUESTION), key
    )


def _answers_in(snapshot: Snapshot, kind: str) -> dict[int, Any]:
    """What each student answered alone in the step of that *kind*, by student."""
    steps = snapshot.session.steps
    return {each.student: each.value for each in snapshot.decisions if each.seat is None
            and steps[each.step].kind == kind}  # fmt: skip


def _moods(snapshot: Snapshot) -> list[dict[str, Any]]:
    """How many were in each mood, those of most first."""
    found = Counter(each["mood"] for each in _answers_in(snapshot, EXIT).values())
    return [
        {"value": value, "words": ENGLISH.say(f"mood-{value}"), "students": number}
        for value, number in found.most_common()
    ]


def _predictions(snapshot: Snapshot) -> list[dict[str, Any]]:
    """What each expected before and after the game, without names."""
    first, later = _answers_in(snapshot, PREDICT), _answers_in(snapshot, EXIT)
    return [
        {"before": first.get(student), "after": later.get(student, {}).get("answer")}
        for student in sorted(first.keys() | later.keys())
    ]


def own_guesses(snapshot: Snapshot, student: int) -> dict[str, int | None] | None:
    """What the *student* expected before and after the game; None where it has said neither."""
    first, later = _answers_in(snapshot, PREDICT), _answers_in(snapshot, EXIT)
    if student not in first and student not in later:
        return None
    return {"before": first.get(student), "after": later.get(student, {}).get("answer")}


def _middle(snapshot: Snapshot) -> dict[str, float | None]:
    """The median of the guesses before and after the game: of an even number the mean of the two in
    the middle.
    """
    guesses = _predictions(snapshot)
    found: dict[str, float | None] = {}
    for when in ("before", "after"):
        values = [each[when] for each in guesses if each[when] is not None]
        found[when] = median(values) if values else None
    return found


def _played_until(snapshot: Snapshot) -> str:
    """The last day that the class has seen before the debrief: from there on the model plays
    alone.
    """
    steps = snapshot.session.steps
    return snapshot.course.date(max(step.month for step in steps if step.kind == NEWS))


def answer(snapshot: Snapshot) -> dict[str, Any]:
    """What the question asked for, in the class's own world and on the real register."""
    session, course = snapshot.session, snapshot.course
    scenario = world.scenario_named(session.scenario)
    kind = kind_of_the_question(scenario)
    listed = int(course.listed[course.place(MONTH_OF_THE_QUESTION), sim.KINDS.index(kind)])
    date = course.date(MONTH_OF_THE_QUESTION)
    return {
        "date": date, "unit": sim.KIND_WORDS[kind], "class": listed,
        "record": world.registered(session.scenario, kind, date),
    }  # fmt: skip


def simulator(snapshot: Snapshot) -> str:
    """The address of the simulator with the class's text and choices of signing, in a world of
    other luck.
    """
    who: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for event in snapshot.choices:
        who[event["round"], event["signs"]] += event["who"]
    branches = [
        f"{month}:{','.join(seats)}:{SIGNS if signs else STAYS_OUT}"
        for (month, signs), seats in who.items()
    ]
    changes = [f"ambition_{principle}:{level}" for principle, level in snapshot.text]
    view = View(scenario=snapshot.session.scenario, set=tuple(changes), branch=tuple(branches))
    return f"/?{view.query()}"


def _record_of_seats(snapshot: Snapshot) -> list[dict[str, Any]]:
    """When the stakeholder of each seat really signed, None where it has not, beside whether it did
    in the class's world. The register names states alone, so that of others it is not `known`;
    nothing where it lists another code.
    """
    session = snapshot.session
    if not world.record(session.scenario):
        return []
    since = dict(zip(directory()["id"], directory()["supporter_since"], strict=True))
    return [
        {"id": seat.id, "name": seat.name, "known": seat.kind == "state",
         "since": since[seat.id].isoformat() if since[seat.id] else None,
         "signed": snapshot.course.has_signed(seat.id, session.steps[-1].month)}
        for seat in snapshot.seats if not seat.is_press
    ]  # fmt: skip
