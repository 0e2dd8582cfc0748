"""What only the teacher of a session does: its steps, its pauses, its seats, what happens, its
end.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, select, update

from dashboard.classroom.door import admit, lock, remove, turn_away
from dashboard.classroom.happenings import may_happen
from dashboard.classroom.people import move_to
from dashboard.classroom.plan import DEBRIEF, EVENT, LOBBY, parts_of
from dashboard.classroom.refusals import BAD, TOO_LATE, ClassError
from dashboard.classroom.session import BY_TEACHER, Session, enter, note, note_happening
from dashboard.classroom.tables import HAPPENING, SESSION, STUDENT

Wish = Mapping[str, Any]
WIPE = "wipe"
LARGEST_NUMBER = 2**31 - 1  # of a student


def act(table: Connection, now: float, session: Session, wish: Wish) -> None:
    """Does what the *wish* of the teacher says; ClassError where it cannot be."""
    action = wish.get("action")
    if not isinstance(action, str) or action not in ACTIONS:
        raise ClassError(BAD, "refusal-no-action", actions=", ".join(ACTIONS))
    step = wish.get("step")
    if step is not None and step != session.step:  # a second click, or one on a page that is behind
        raise ClassError(TOO_LATE, "refusal-moved-on")
    if session.over is not None and action not in (WIPE, "next-part", "back-part"):
        raise ClassError(TOO_LATE, "refusal-session-over")
    ACTIONS[action](table, now, session, wish)


def _start(table: Connection, now: float, session: Session, _: Wish) -> None:
    if session.present.kind != LOBBY:
        raise ClassError(TOO_LATE, "refusal-begun")
    enter(table, session, session.step + 1, now, BY_TEACHER)


def _skip(table: Connection, now: float, session: Session, _: Wish) -> None:
    if session.step == session.last:
        raise ClassError(TOO_LATE, "refusal-last-step")
    enter(table, session, session.step + 1, now, BY_TEACHER)


def _pause(table: Connection, now: float, session: Session, _: Wish) -> None:
    if session.left is not None:
        raise ClassError(TOO_LATE, "refusal-stopped")
    if session.ends is None:
        raise ClassError(TOO_LATE, "refusal-no-clock")
    note(table, session, ends=None, left=max(session.ends - now, 0.0))


def _resume(table: Connection, now: float, session: Session, _: Wish) -> None:
    if session.left is None:
        raise ClassError(TOO_LATE, "refusal-runs")
    note(table, session, ends=now + session.left, left=None)


def _move(by: int) -> Callable[[Connection, float, Session, Wish], None]:
    def move(table: Connection, _: float, session: Session, __: Wish) -> None:
        part = session.part + by
        if session.present.kind != DEBRIEF or not 0 <= part < len(parts_of(session.steps)):
            raise ClassError(TOO_LATE, "refusal-no-part")
        note(table, session, part=part)

    return move


def _inject(table: Connection, now: float, session: Session, wish: Wish) -> None:
    what = wish.get("event")
    if not isinstance(what, str) or what not in {happening.id for happening in session.happenings}:
        raise ClassError(BAD, "refusal-cannot-happen")
    if not may_happen(session.steps, session.step):
        raise ClassError(TOO_LATE, "refusal-happens-later")
    here = HAPPENING.c.session == session.id
    if table.execute(select(HAPPENING.c.id).where(here, HAPPENING.c.what == what)).first():
        raise ClassError(TOO_LATE, "refusal-happened")
    if session.present.kind == EVENT:  # in place of what would happen there
        table.execute(delete(HAPPENING).where(here, HAPPENING.c.step == session.step))
    if table.execute(select(HAPPENING.c.id).where(here, HAPPENING.c.step == session.step)).first():
        raise ClassError(TOO_LATE, "refusal-happened-in-step")
    note_happening(table, session, session.step, what, now)
    note(table, session)


def _seat(table: Connection, _: float, session: Session, wish: Wish) -> None:
    seat = wish.get("seat")
    if seat is not None and (not isinstance(seat, str) or session.place(seat) is None):
        raise ClassError(BAD, "refusal-no-seat")
    number = _number(wish)
    who = select(STUDENT.c.id, STUDENT.c.seat).where(
        STUDENT.c.session == session.id, STUDENT.c.number == number, ~STUDENT.c.waits
    )
    row = table.execute(who).first()
    if row is None:
        raise ClassError(BAD, "refusal-no-student")
    if seat is not None and seat in session.released:
        still = [each for each in session.released if each != seat]
        session = note(table, session, released=json.dumps(still))
    if row.seat != seat:
        move_to(table, session, row.id, seat)


def _number(wish: Wish) -> int:
    """The number of the student of whom the *wish* is."""
    number = wish.get("student")
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= LARGEST_NUMBER:
        raise ClassError(BAD, "refusal-student-number")
    return number


def _one_or_all(wish: Wish) -> int | None:
    return None if wish.get("student") is None else _number(wish)


def _lock(table: Connection, _: float, session: Session, __: Wish) -> None:
    lock(table, session, True)


def _unlock(table: Connection, _: float, session: Session, __: Wish) -> None:
    lock(table, session, False)


def _admit(table: Connection, now: float, session: Session, wish: Wish) -> None:
    admit(table, now, session, _one_or_all(wish))


def _turn_away(table: Connection, _: float, session: Session, wish: Wish) -> None:
    turn_away(table, session, _one_or_all(wish))


def _remove(table: Connection, _: float, session: Session, wish: Wish) -> None:
    remove(table, session, _number(wish))


def _release(table: Connection, _: float, session: Session, wish: Wish) -> None:
    seat = wish.get("seat")
    if not isinstance(seat, str) or session.place(seat) is None:
        raise ClassError(BAD, "refusal-no-seat")
    table.execute(
        update(STUDENT)
        .where(STUDENT.c.session == session.id, STUDENT.c.seat == seat)
        .values(seat=None)
    )
    note(table, session, released=json.dumps(sorted({*session.released, seat})))


def _end(table: Connection, now: float, session: Session, _: Wish) -> None:
    while session.step < session.last:
        session = enter(table, session, session.step + 1, now, BY_TEACHER)
    note(table, session, over=now, ends=None, left=None)


def _wipe(table: Connection, _: float, session: Session, __: Wish) -> None:
    table.execute(delete(SESSION).where(SESSION.c.id == session.id))  # and all that belongs to it


ACTIONS: dict[str, Callable[[Connection, float, Session, Wish], None]] = {
    "start": _start,
    "pause": _pause,
    "resume": _resume,
    "skip": _skip,
    "next-part": _move(1),
    "back-part": _move(-1),
    "inject": _inject,
    "seat": _seat,
    "release": _release,
    "lock": _lock,
    "unlock": _unlock,
    "admit": _admit,
    "turn-away": _turn_away,
    "remove": _remove,
    "end": _end,
    WIPE: _wipe,
}
