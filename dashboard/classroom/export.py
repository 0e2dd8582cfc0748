"""The table of a session for its teacher: one row per student; one per seat in talks over the text;
and one per team that decided on conduct, which has its invented name alone and no student. Rows of
students repeat what was asked, what came from outside, and after the game what came about.
"""

from __future__ import annotations

import math
from codecs import BOM_UTF8
from functools import partial
from typing import Any

import sim
from dashboard.classroom.answers import decision_in_words
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.conduct import rows_of_decisions
from dashboard.classroom.debrief import answer, question_in
from dashboard.classroom.people import Student
from dashboard.classroom.plan import CHOOSE, DEBRIEF, EXIT, PREDICT, WRITTEN, column, title_of
from dashboard.classroom.session import Session
from dashboard.classroom.snapshot import Decision, Snapshot
from dashboard.classroom.text_views import rows_of_talks
from dashboard.classroom.world import scenario_named
from dashboard.data.tables import as_csv

COLUMNS = ("number", "name", "seat")
AND = " / "  # between what a student did in two seats in one step


def export(snapshot: Snapshot) -> bytes:
    """The table as CSV, in which no cell is a formula to a spreadsheet."""
    rows = [_row(snapshot, student.id) for student in snapshot.students]
    rows += [*rows_of_talks(snapshot), *rows_of_decisions(snapshot)]
    columns = sorted(dict.fromkeys(name for row in rows for name in row), key=_place)
    rows = [{**dict.fromkeys(columns, ""), **row} for row in rows]
    return BOM_UTF8 + (
        as_csv(rows) if rows else (",".join(COLUMNS) + "\n").encode()
    )  # so that Excel reads all names


def _place(name: str) -> float:
    """Where a column stands: that of a step by its number, after who answered and before what came
    of it.
    """
    number = name.partition(".")[0]
    return -1 if name in COLUMNS else int(number) if number.isdigit() else math.inf


def _row(snapshot: Snapshot, student: int) -> dict[str, Any]:
    """What the student answered, and what the student's seat did, by step; and after the game what
    repeats its world.
    """
    one, session = snapshot.by_id[student], snapshot.session
    names = {seat.id: seat.name for seat in snapshot.seats}
    over = session.present.kind == DEBRIEF
    row: dict[str, Any] = {
        "number": one.number,
        "name": one.name,
        "seat": names.get(one.last_seat or "", ""),
    }
    for number, step in enumerate(session.steps):
        name = partial(column, session.steps, number)
        if step.kind == PREDICT:
            row[name("question")] = question_in(snapshot, number)["question"]
            row[name("guess")] = _value(snapshot.of_student(student, number))
        elif step.kind == EXIT:
            said = _value(snapshot.of_student(student, number)) or {}
            row[name("question")] = question_in(snapshot, number)["question"]
            row[name("mood")] = ENGLISH.say(f"mood-{said['mood']}") if said else ""
            row[name("answer")] = said.get("answer", "")
        elif step.kind in (CHOOSE, *WRITTEN):
            made = _of_seats(snapshot, one, number, step.kind)
            row[name("seat")] = AND.join(names[each.seat or ""] for each in made)
            if step.kind == CHOOSE:
                row[name("decision")] = AND.join(
                    decision_in_words(CHOOSE, each.value) for each in made
                )
            else:
                row[name("headline")] = AND.join(each.value for each in made)
            row[name("by")] = AND.join(snapshot.by_id[each.student].shown for each in made)
            row[name("confirmed")] = (
                "yes"
                if any(each[0] == number and each[2] == student for each in snapshot.confirmations)
                else ""
            )
        if number in snapshot.happenings:
            row[name("what happened")] = snapshot.happenings[number].words
    return row | (_outcome(snapshot) | _repeats(session) if over else {})


def _outcome(snapshot: Snapshot) -> dict[str, Any]:
    """What the question asked for in this world and on the real register, and all on the list in
    the end.
    """
    found, course = answer(snapshot), snapshot.course
    end = snapshot.session.steps[-1].month
    day, last = (sim.number_formats.day(date) for date in (found["date"], course.date(end)))
    asked, record = f"{found['unit']} on the list on {day}", found["record"]
    return {
        f"{asked}, in this world": found["class"],
        f"{asked}, in the register": "" if record is None else record,
        f"names on the list on {last}, in this world": sum(course.counts(end).values()),
    }


def _repeats(session: Session) -> dict[str, Any]:
    """What the session was, and what opens it again with the same world."""
    return {
        "scenario": scenario_named(session.scenario).title,
        "plan": title_of(session.plan),
        "seed": session.seed,
        "opens it again": session.command,
    }


def _of_seats(snapshot: Snapshot, student: Student, number: int, kind: str) -> list[Decision]:
    """What was decided in the step *number* for the seat of the *student*. That is a seat for which
    it sent something then or agreed, before the teacher moved it to another perhaps, else the one
    that it has had last.
    """
    made = [
        each
        for each in (snapshot.headlines if kind in WRITTEN else snapshot.decisions)
        if each.step == number
    ]
    agreed = {
        seat for step, seat, who in snapshot.confirmations if (step, who) == (number, student.id)
    }
    own = [
        each
        for each in made
        if each.seat is not None and (each.student == student.id or each.seat in agreed)
    ]
    return own or [
        each for each in made if each.seat is not None and each.seat == student.last_seat
    ]


def _value(decision: Decision | None) -> Any:
    return "" if decision is None else decision.value
