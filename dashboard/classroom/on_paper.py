"""Ballots of paper, which the teacher types in. Each seat that has any is played by one more
student, who has no phone, so that its answers count and are told as those of others are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from dashboard.classroom import answers
from dashboard.classroom.ballots import BALLOTS, Question
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.decisions import decide
from dashboard.classroom.keys import Key
from dashboard.classroom.people import student_on_paper
from dashboard.classroom.plan import OF_A_STUDENT
from dashboard.classroom.refusals import BAD, TOO_LATE, ClassError
from dashboard.classroom.seats import Seat
from dashboard.classroom.session import Session
from dashboard.classroom.snapshot import Snapshot
from dashboard.classroom.world import scenario_named

PAPER, PHONE = "paper", "phone"


def ballots_of(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The ballots of the present step, a row each: of which seat, what is asked, and on what the
    seat has answered, if it has; what it has answered stands in nobody's state. Where each answers
    alone, only seats without a phone have one.
    """
    session = snapshot.session
    ballot = BALLOTS.get(session.present.kind)
    if ballot is None or session.over is not None:
        return []
    questions = ballot.ask(scenario_named(session.scenario), ENGLISH)
    return [
        {
            "seat": seat.id,
            "name": seat.name,
            "questions": [_as_json(each, snapshot, seat) for each in questions],
            "answered": _answered_on(snapshot, seat),
        }
        for seat in snapshot.seats
        if ballot.whom(seat) and _is_open(snapshot, seat)
    ]


def read_ballots(snapshot: Snapshot, ballots: object) -> list[tuple[Seat, Any]]:
    """*ballots*, as they were typed in, as seats with their answers in the present step; ClassError
    where one is none.
    """
    session = snapshot.session
    ballot = BALLOTS.get(session.present.kind)
    if not isinstance(ballots, list) or not ballots or len(ballots) > len(snapshot.seats):
        raise ClassError(BAD, "refusal-ballots-list")
    if ballot is None:
        raise ClassError(TOO_LATE, "refusal-no-ballots")
    high = answers.question(scenario_named(session.scenario), "")["high"]
    found: list[tuple[Seat, Any]] = []
    for each in ballots:
        if (
            not isinstance(each, dict)
            or set(each) != {"seat", "value"}
            or not isinstance(each["seat"], str)
        ):
            raise ClassError(BAD, "refusal-ballot-parts")
        seat = session.place(each["seat"])
        if seat is None or seat in (one for one, _ in found):
            raise ClassError(BAD, "refusal-ballot-seat")
        with _of(seat):
            if ballot.whom(seat) and not _is_open(snapshot, seat):
                raise ClassError(BAD, "refusal-ballot-alone")
            signed = not seat.is_press and snapshot.has_signed(seat.id)
            found.append(
                (
                    seat,
                    answers.check_answer(
                        session.present, seat, signed, high, {}, each["value"], session.scenario
                    ),
                )
            )
    return found


def enter_ballots(
    table: Connection, now: float, session: Session, ballots: Sequence[tuple[Seat, Any]], key: Key
) -> None:
    """Writes *ballots* as decisions in the present step: all of them, or ClassError and none."""
    for seat, value in ballots:
        student = student_on_paper(table, now, session, seat)
        try:
            decide(table, now, session, student, value, key)
        except ClassError as problem:
            raise ClassError(
                problem.status, "refusal-decided-otherwise", seat=seat.name
            ) from problem


def _is_open(snapshot: Snapshot, seat: Seat) -> bool:
    """Whether *seat* may answer on paper in the present step."""
    team = snapshot.teams.get(seat.id, [])
    return snapshot.session.present.kind not in OF_A_STUDENT or all(
        student.on_paper for student in team
    )


def _answered_on(snapshot: Snapshot, seat: Seat) -> str | None:
    """On what *seat*, or its student without a phone, has answered in the present step; None where
    it has not.
    """
    if snapshot.session.present.kind not in OF_A_STUDENT:
        made = snapshot.of_seat(seat.id)
    else:
        team = snapshot.teams.get(seat.id, [])
        made = snapshot.of_student(team[0].id, snapshot.session.step) if team else None
    return None if made is None else PAPER if snapshot.by_id[made.student].on_paper else PHONE


def _as_json(question: Question, snapshot: Snapshot, seat: Seat) -> dict[str, Any]:
    signed = bool(question.choices) and not seat.is_press and snapshot.has_signed(seat.id)
    choices = [
        {"value": each.value, "key": each.key, "words": each.words}
        for each in question.put_to(signed)
    ]
    return {
        "name": question.name,
        "words": question.words,
        "unit": question.unit,
        "high": question.high,
        "longest": question.longest,
        "optional": question.optional,
        "choices": choices,
    }


@contextmanager
def _of(seat: Seat) -> Iterator[None]:
    """Names *seat* in a refusal."""
    try:
        yield
    except ClassError as problem:
        raise ClassError(
            problem.status, "refusal-of-a-seat", seat=seat.name, refusal=str(problem)
        ) from problem
