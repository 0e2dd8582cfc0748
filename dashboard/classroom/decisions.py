"""Decisions: the first that is sent for a seat stands, and team mates confirm it; predictions are a
student's own.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_or_not

from dashboard.classroom.answers import decision_in_words, in_words
from dashboard.classroom.keys import Key
from dashboard.classroom.people import Student
from dashboard.classroom.plan import OF_A_SEAT, OF_A_STUDENT, SECRET, WRITTEN
from dashboard.classroom.refusals import BAD, EXPIRED, NOT_YOURS, TOO_LATE, ClassError
from dashboard.classroom.session import Session, note
from dashboard.classroom.tables import CONFIRMATION, DECISION, HEADLINE, SPOILT, STUDENT


def check_step(session: Session, step: object) -> int:
    """*step* as the present step of *session*; ClassError where it is over, has not begun, or is
    none.
    """
    if isinstance(step, bool) or not isinstance(step, int) or not 0 <= step <= session.last:
        raise ClassError(BAD, "refusal-no-step")
    if session.over is not None:
        raise ClassError(TOO_LATE, "refusal-session-over")
    if step < session.step:
        raise ClassError(TOO_LATE, "refusal-step-over")
    if step > session.step:
        raise ClassError(TOO_LATE, "refusal-step-not-begun")
    return step


def decide(
    table: Connection, now: float, session: Session, student: Student, value: Any, key: Key
) -> None:
    """Writes *value*, which is an answer in the present step, for the seat of *student* or for the
    student alone; what is secret under the *key* of the session.

    The same again changes nothing; ClassError where something else stands.
    """
    of, column = (
        (HEADLINE, HEADLINE.c.words)
        if session.present.kind in WRITTEN
        else (DECISION, DECISION.c.value)
    )
    own = session.present.kind in OF_A_STUDENT
    is_secret = session.present.kind in SECRET
    mine = of.c.student == student.id if own else of.c.seat == student.seat
    here = select(column, STUDENT.c.name).join(STUDENT, STUDENT.c.id == of.c.student)
    stands = table.execute(
        here.where(of.c.session == session.id, of.c.step == session.step, mine)
    ).first()
    if stands is None:
        row = {
            "session": session.id,
            "step": session.step,
            "student": student.id,
            column.name: value if of is HEADLINE else as_text(value, is_secret, key),
            "at": now,
        }
        table.execute(insert(of).values(**row, seat=None if own else student.seat))
        note(table, session)
        return
    before = stands[0] if of is HEADLINE else from_text(stands[0], is_secret, key)
    if before != value:
        words = decision_in_words(session.present.kind, before) if is_secret else in_words(before)
        message = "refusal-answered-alone" if own else "refusal-answered"
        raise ClassError(TOO_LATE, message, who=stands[1], answer=words)


def as_text(value: Any, is_secret: bool, key: Key) -> str:
    """A decision as the store has it."""
    return key.encipher(value) if is_secret else json.dumps(value, sort_keys=True)


def from_text(text: str, is_secret: bool, key: Key) -> Any:
    """The decision that the store has as *text*; ClassError where it can be none."""
    if is_secret:
        return key.decipher(text)
    try:
        return json.loads(text)
    except ValueError as problem:
        raise ClassError(EXPIRED, SPOILT) from problem


def confirm(table: Connection, now: float, session: Session, student: Student) -> None:
    """Writes that *student* has seen what a team mate decided in the present step, and agrees."""
    if student.seat is None or session.present.kind not in (*OF_A_SEAT, *WRITTEN):
        raise ClassError(NOT_YOURS, "refusal-nothing-to-confirm")
    of: Table = HEADLINE if session.present.kind in WRITTEN else DECISION
    decision = select(of.c.student).where(
        of.c.session == session.id, of.c.step == session.step, of.c.seat == student.seat
    )
    if table.execute(decision).first() is None:
        raise ClassError(TOO_LATE, "refusal-not-decided")
    row = insert_or_not(CONFIRMATION).values(
        session=session.id, step=session.step, seat=student.seat, student=student.id, at=now
    )
    if table.execute(row.on_conflict_do_nothing()).rowcount:
        note(table, session)
