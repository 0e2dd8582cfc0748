"""The door of a session: how many join by themselves from one address, and who waits until the
teacher lets them in.

The phones of a school may all have one address, and so may a program that joins five hundred times.
So the first of an address come in by themselves, fewer than the smallest class has places, and the
next ones wait. When the teacher lets them in, the door is open to more of them for a minute.
Addresses are counted in the memory of this process and written nowhere.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, delete, func, select, update

from dashboard.classroom.attempts import Attempts
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.codes import STUDENT as OF_STUDENT
from dashboard.classroom.codes import hash_of, new_token
from dashboard.classroom.people import (
    MOST_STUDENTS,
    REMOVED,
    Student,
    student_of,
    students_in,
)
from dashboard.classroom.refusals import BAD, TOO_LATE, ClassError
from dashboard.classroom.session import Session, note
from dashboard.classroom.tables import STUDENT

MINUTE, DAY = 60.0, 24 * 3600.0
BY_THEMSELVES, BY_THEMSELVES_A_DAY = 10, 20  # of one address
WHILE_OPEN, WAITING = 60, 50  # of one address a minute: let in while the door is open, and queued
MOST_WAITING = MOST_STUDENTS  # of a session


class Door:
    """Counts who comes to the sessions of a room, by address."""

    def __init__(self) -> None:
        self._freely = (
            Attempts(BY_THEMSELVES, MINUTE, "refusal-joined-too-often"),
            Attempts(BY_THEMSELVES_A_DAY, DAY, "refusal-joined-too-often"),
        )
        self._opened = (Attempts(WHILE_OPEN, MINUTE, "refusal-joined-too-often"),)
        self._queue = (Attempts(WAITING, MINUTE, "refusal-joined-too-often"),)

    def way(self, session: Session, address: str, now: float) -> tuple[Attempts, ...]:
        """What counts somebody who comes from *address* now; ClassError where too many do."""
        own = _at(session, address)
        ways = self._opened if session.open_until > now else self._freely
        if all(each.has_left(own, now) for each in ways):
            return ways
        for each in self._queue:
            each.check(own, now)
        return self._queue

    def waits(self, way: tuple[Attempts, ...]) -> bool:
        """Whether who comes by that *way* waits for the teacher."""
        return way is self._queue

    def note(self, way: tuple[Attempts, ...], session: Session, address: str, now: float) -> None:
        """Counts somebody who has come by that *way*."""
        for each in way:
            each.note(_at(session, address), now)


def _at(session: Session, address: str) -> str:
    return f"{session.code} {address}"


def lock(table: Connection, session: Session, is_locked: bool) -> None:
    """Lets nobody join any more, or everybody again."""
    note(table, session, locked=is_locked)


def admit(table: Connection, now: float, session: Session, number: int | None) -> None:
    """Lets in the student of that *number* who waits; with None all who wait, as many as there is
    room for, and whoever comes within a minute.
    """
    wait = _waiting(table, session, number)
    room = MOST_STUDENTS - students_in(table, session)
    if wait and room < 1:
        raise ClassError(TOO_LATE, "refusal-session-full", most=str(MOST_STUDENTS))
    let_in = [each.id for each in wait[:room]]
    table.execute(update(STUDENT).where(STUDENT.c.id.in_(let_in)).values(waits=False))
    note(table, session, **({"open_until": now + MINUTE} if number is None else {}))


def turn_away(table: Connection, session: Session, number: int | None) -> None:
    """Sends the student of that *number* away who waits; with None all who do."""
    away = [each.id for each in _waiting(table, session, number)]
    table.execute(delete(STUDENT).where(STUDENT.c.id.in_(away)))
    note(table, session)


def remove(table: Connection, session: Session, number: int) -> None:
    """Takes a student out of the *session*: its phone, its name and its seat are no longer of it.
    What was decided for its team stands, under no name.
    """
    row = table.execute(_of(session, number)).mappings().first()
    student = None if row is None else student_of(row)
    if student is None or student.removed or student.waits:
        raise ClassError(BAD, "refusal-no-student")
    changes = {
        "name": ENGLISH.say("removed-student", number=number),
        "key": f"{REMOVED}{number}",
        "token": hash_of(new_token(OF_STUDENT)),
        "seat": None,
    }
    table.execute(update(STUDENT).where(STUDENT.c.id == student.id).values(**changes))
    note(table, session)


def waiting_in(table: Connection, session: Session) -> int:
    """How many wait to be let in."""
    here = (STUDENT.c.session == session.id) & STUDENT.c.waits
    return int(table.execute(select(func.count()).where(here)).scalar_one())


def _waiting(table: Connection, session: Session, number: int | None) -> list[Student]:
    """Who waits, in the order in which they came; ClassError where the one of that *number* does
    not.
    """
    rows = table.execute(_of(session, number).where(STUDENT.c.waits)).mappings()
    found = [student_of(row) for row in rows]
    if number is not None and not found:
        raise ClassError(BAD, "refusal-not-waiting")
    return found


def _of(session: Session, number: int | None) -> Select[Any]:
    here = select(STUDENT).where(STUDENT.c.session == session.id).order_by(STUDENT.c.number)
    return here if number is None else here.where(STUDENT.c.number == number)
