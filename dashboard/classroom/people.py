"""Who asks, by their token; how students join a session, and how they take and leave seats."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import (
    BindParameter,
    Connection,
    RowMapping,
    bindparam,
    func,
    insert,
    select,
    update,
)

from dashboard.classroom.cast import NAMES
from dashboard.classroom.catalogue import ENGLISH, LANGUAGES
from dashboard.classroom.codes import SCREEN, STUDENT, TEACHER, hash_of, new_token, role_of
from dashboard.classroom.names import BY_THE_MODEL, FROM_PAPER, as_compared, as_name, look_alike
from dashboard.classroom.plan import LOBBY
from dashboard.classroom.refusals import BAD, NOT_YOURS, TOO_LATE, UNKNOWN_TOKEN, ClassError
from dashboard.classroom.seats import MOST_IN_A_TEAM, SIZES, Seat, offered
from dashboard.classroom.session import Session, check_open, note, session_of
from dashboard.classroom.tables import SCREEN as SCREENS
from dashboard.classroom.tables import SESSION, check_row
from dashboard.classroom.tables import STUDENT as STUDENTS

GONE = "refusal-gone"  # message
TAKEN = "refusal-name-taken"  # message
OF_STUDENT = "student_"
# What begins the key of a student without a phone, and of one whom the teacher has removed; no name
# that somebody gives has it.
ON_PAPER, REMOVED = "\n", "\r"
# Who has a token, by role, with the session; made once, as phones ask every two seconds.
TOKEN: BindParameter[str] = bindparam("token")
LOOK = {
    TEACHER: select(SESSION).where(SESSION.c.secret == TOKEN),
    SCREEN: select(SESSION)
    .join(SCREENS, SCREENS.c.session == SESSION.c.id)
    .where(SCREENS.c.token == TOKEN),
    STUDENT: select(
        SESSION,
        *(
            STUDENTS.c[name].label(OF_STUDENT + name)
            for name in ("id", "number", "name", "seat", "last_seat", "key", "waits")
        ),
    )
    .join(STUDENTS, STUDENTS.c.session == SESSION.c.id)
    .where(STUDENTS.c.token == TOKEN),
}
MOST_STUDENTS = MOST_IN_A_TEAM * SIZES[-1]


@dataclass(frozen=True)
class Student:
    """A student; `number` counts those of a session from 1 on."""

    id: int
    number: int
    name: str
    seat: str | None
    last_seat: str | None
    key: str
    waits: bool  # until the teacher lets it in

    @property
    def removed(self) -> bool:
        """Whether the teacher has taken it out of the session."""
        return self.key.startswith(REMOVED)

    @property
    def on_paper(self) -> bool:
        """Whether it has no phone: the teacher types its ballots in."""
        return self.key.startswith(ON_PAPER)

    @property
    def shown(self) -> str:
        """Who answered, as the teacher's table says it."""
        return FROM_PAPER if self.on_paper else self.name


@dataclass(frozen=True)
class Person:
    """Whoever asks: the teacher, a student, or the shared screen."""

    role: str
    session: Session
    student: Student | None = None

    @property
    def as_student(self) -> Student:
        """The student; ClassError for anybody else."""
        if self.student is None:
            raise ClassError(NOT_YOURS, "refusal-for-students")
        if self.student.waits:
            raise ClassError(NOT_YOURS, "refusal-waits")
        return self.student

    def check_teacher(self) -> None:
        """ClassError for anybody but the teacher."""
        if self.role != TEACHER:
            raise ClassError(NOT_YOURS, "refusal-for-teacher")


def person_with(table: Connection, now: float, token: str) -> Person:
    """Whoever has that *token*; ClassError where nobody has it, or where the session has
    expired.
    """
    role = role_of(token)
    row = table.execute(LOOK[role], {"token": hash_of(token)}).mappings().first() if role else None
    if row is None:
        raise ClassError(UNKNOWN_TOKEN, GONE)
    session = session_of(row)
    check_open(session, now)
    return Person(role, session, student_of(row, OF_STUDENT) if role == STUDENT else None)


def student_of(row: RowMapping, prefix: str = "") -> Student:
    """The student in that *row*, whose columns begin with *prefix*; ClassError where there can be
    none of it.
    """
    check_row(STUDENTS, row, prefix)
    return Student(*(row[prefix + name] for name in Student.__dataclass_fields__))


def student_at(table: Connection, student: int) -> Student:
    """The student of that id, as the store has it now; ClassError where it was removed."""
    row = table.execute(select(STUDENTS).where(STUDENTS.c.id == student)).mappings().one()
    found = student_of(row)
    if found.removed:
        raise ClassError(UNKNOWN_TOKEN, GONE)
    return found


def number_of(table: Connection, session: Session, token: str) -> int | None:
    """The number of the student of *session* who has that *token*, None where nobody has it;
    ClassError where somebody in another session has.
    """
    look = select(STUDENTS.c.session, STUDENTS.c.number).where(STUDENTS.c.token == hash_of(token))
    row = table.execute(look).first()
    if row is not None and row.session != session.id:
        raise ClassError(BAD, "refusal-token-form")
    return row.number if row else None


def join(
    table: Connection,
    now: float,
    session: Session,
    name: object,
    token: str,
    *,
    waits: bool = False,
) -> int:
    """The number of a new student of *session* called *name*, with that *token*, who *waits* until
    the teacher lets it in, or does not.
    """
    line = as_name(name)
    if session.over is not None:
        raise ClassError(TOO_LATE, "refusal-session-over")
    if session.locked:
        raise ClassError(TOO_LATE, "refusal-locked")
    if students_in(table, session) >= MOST_STUDENTS:
        raise ClassError(TOO_LATE, "refusal-session-full", most=str(MOST_STUDENTS))
    others = select(STUDENTS.c.name).where(STUDENTS.c.session == session.id)
    if look_alike(line, table.execute(others).scalars()):
        raise ClassError(TOO_LATE, TAKEN)
    if look_alike(line, _own_words(session)):
        raise ClassError(BAD, "refusal-name-of-the-game")
    number = _next_number(table, session)
    row = insert(STUDENTS).values(
        session=session.id,
        number=number,
        name=line,
        key=as_compared(line),
        token=hash_of(token),
        waits=waits,
        joined=now,
        seen=now,
    )
    table.execute(row)
    note(table, session)
    return number


def _own_words(session: Session) -> list[str]:
    """What pages and table of *session* write where a name may stand, and whom they name."""
    seats = [seat.name for seat in session.places]
    return [
        FROM_PAPER,
        BY_THE_MODEL,
        ENGLISH.say("console-teacher"),
        *NAMES,
        *(language.word(seat) for language in LANGUAGES.values() for seat in seats),
        *(ENGLISH.say("on-paper-of", seat=seat) for seat in seats),
    ]


def student_on_paper(table: Connection, now: float, session: Session, seat: Seat) -> Student:
    """The student who plays *seat* on paper; there may be one in a team of phones, too. Where the
    model played the seat, it does so no more.
    """
    key = ON_PAPER + seat.id
    here = (STUDENTS.c.session == session.id) & (STUDENTS.c.key == key)
    if seat.id in session.released:
        session = note(
            table,
            session,
            released=json.dumps([each for each in session.released if each != seat.id]),
        )
    if table.execute(select(STUDENTS.c.id).where(here)).first() is None:
        row = insert(STUDENTS).values(
            session=session.id,
            number=_next_number(table, session),
            key=key,
            name=ENGLISH.say("on-paper-of", seat=seat.name),
            token=hash_of(new_token(STUDENT)),
            waits=False,
            joined=now,
            seen=now,
        )
        table.execute(row)
    table.execute(update(STUDENTS).where(here).values(seat=seat.id, last_seat=seat.id))
    return student_of(table.execute(select(STUDENTS).where(here)).mappings().one())


def new_screen(table: Connection, session: Session) -> str:
    """A token that reads the shared screen of *session*."""
    token = new_token(SCREEN)
    table.execute(insert(SCREENS).values(session=session.id, token=hash_of(token)))
    return token


def students_in(table: Connection, session: Session) -> int:
    """How many students *session* has, but those who wait or were removed."""
    here = (
        (STUDENTS.c.session == session.id) & ~STUDENTS.c.waits & ~STUDENTS.c.key.startswith(REMOVED)
    )
    return int(table.execute(select(func.count()).where(here)).scalar_one())


def _next_number(table: Connection, session: Session) -> int:
    last = select(func.max(STUDENTS.c.number)).where(STUDENTS.c.session == session.id)
    return (table.execute(last).scalar_one() or 0) + 1


def take_seat(table: Connection, session: Session, student: Student, seat: object) -> None:
    """Lets *student* take *seat*, or leave with None. Once the lobby is over, nobody looks into a
    second seat, and whoever had none takes one of those that are offered.
    """
    if seat is not None and (not isinstance(seat, str) or session.place(seat) is None):
        raise ClassError(BAD, "refusal-no-seat")
    if session.over is not None:
        raise ClassError(TOO_LATE, "refusal-session-over")
    if seat == student.seat:
        return
    if seat is not None and session.present.kind != LOBBY and student.last_seat not in (None, seat):
        raise ClassError(NOT_YOURS, "refusal-seats-by-teacher")
    if seat in session.released:
        raise ClassError(TOO_LATE, "refusal-seat-of-model")
    if seat is not None and session.present.kind != LOBBY and student.last_seat is None:
        _check_offered(table, session, seat)
    move_to(table, session, student.id, None if seat is None else str(seat))


def _check_offered(table: Connection, session: Session, seat: str) -> None:
    """ClassError where *seat* is none that somebody may take who comes late."""
    teams = (
        select(STUDENTS.c.seat, func.count())
        .where(STUDENTS.c.session == session.id)
        .group_by(STUDENTS.c.seat)
    )
    students = {each: number for each, number in table.execute(teams) if each is not None}
    if seat not in offered(session.places, students, session.released, late=True):
        raise ClassError(TOO_LATE, "refusal-late-seat")


def move_to(table: Connection, session: Session, student: int, seat: str | None) -> None:
    """Moves the student of that id into *seat*, or into none; ClassError where it is full."""
    if seat is not None:
        team = select(func.count()).where(STUDENTS.c.session == session.id, STUDENTS.c.seat == seat)
        if table.execute(team).scalar_one() >= MOST_IN_A_TEAM:
            raise ClassError(TOO_LATE, "refusal-team-full", most=str(MOST_IN_A_TEAM))
    changes = {"seat": seat} | ({} if seat is None else {"last_seat": seat})
    table.execute(update(STUDENTS).where(STUDENTS.c.id == student).values(**changes))
    note(table, session)
