"""A room of class sessions: its store, and all that a request may ask of it, in terms of values and
sentences.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import NoResultFound

import sim
from dashboard.classroom.answers import check_answer, question
from dashboard.classroom.briefing import language_of, on_a_phone
from dashboard.classroom.cast import cast_of
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.codes import STUDENT, TEACHER, as_code, hash_of, is_drawn, new_token
from dashboard.classroom.decisions import check_step, confirm, decide
from dashboard.classroom.door import MOST_WAITING, Door, waiting_in
from dashboard.classroom.export import export
from dashboard.classroom.on_paper import enter_ballots, read_ballots
from dashboard.classroom.people import (
    GONE,
    Person,
    join,
    new_screen,
    number_of,
    person_with,
    student_at,
    take_seat,
)
from dashboard.classroom.plan import OF_A_STUDENT, OFFERS, PLANS, REAL, has_talks, title_of
from dashboard.classroom.presence import Presence
from dashboard.classroom.refusals import (
    BAD,
    NO_SUCH_CODE,
    NOT_YOURS,
    TOO_LATE,
    TOO_OFTEN,
    UNKNOWN_TOKEN,
    ClassError,
)
from dashboard.classroom.seats import MOST_IN_A_TEAM, SIZES, seats_of
from dashboard.classroom.session import (
    USUAL,
    Session,
    is_due,
    open_session,
    session_at,
    session_with,
    settle,
)
from dashboard.classroom.snapshot import Snapshots
from dashboard.classroom.state import state_of
from dashboard.classroom.store import Store
from dashboard.classroom.teacher import WIPE, act
from dashboard.classroom.text_talks import RULES
from dashboard.classroom.world import World, scenario_named, simulated, under_text

FRESH = 5.0  # seconds within which the teacher's page need not see anew who has asked


class Room:
    """All sessions in one *store*; *address* is where phones reach this server, such as
    192.168.1.20:8050, if known.
    """

    def __init__(self, store: Store, address: str = "") -> None:
        self.store = store
        self.address = address
        self._snapshots = Snapshots(store)
        self._presence = Presence(store)
        self._door = Door()

    def open(self, wish: Mapping[str, Any]) -> tuple[str, str]:
        """The code and the teacher's secret of a new session."""
        now = self.store.clock()

        def write(table: Connection) -> tuple[str, str]:
            code, secret = open_session(table, now, wish)
            self.store.keys.add(hash_of(secret))
            return code, secret

        opened = self.store.change(write)
        self.store.forget_keys()  # with the sessions that it has outlived
        return opened

    def simulate(self, code: str) -> None:
        """Simulates the worlds of the session of that *code* now, so that no phone waits for
        them.
        """
        session = self.store.read(lambda table: session_with(table, self.store.clock(), code))
        key = self.store.keys.of(session.secret)
        world = World(session.scenario, session.seed, conduct_seed=key.conduct_seed)
        world.course()
        if session.talks is not None:
            session.talks.wish_of_the_model(session.talks.seats[0])
        if cast_of(session, key):
            world.operations()
        simulated(session.scenario, session.seed)

    def choices(self) -> dict[str, Any]:
        """What a teacher may choose from: of the scenarios those that have seats enough for every
        class.
        """
        return _choices()

    def join(
        self, code: str, name: object, address: str | None = None, token: object = None
    ) -> tuple[str, int]:
        """The token and the number of a new student called *name* in the session of that *code*,
        who comes from that *address*; one of None is counted nowhere. A phone that draws its
        *token* itself may ask again with the same one when no answer has come: it is one student.
        """
        now = self.store.clock()
        known = as_code(code)
        if not known:
            raise ClassError(NO_SUCH_CODE, "refusal-code-unreadable")
        if token is not None and not is_drawn(token, STUDENT):
            raise ClassError(BAD, "refusal-token-form")
        drawn = new_token(STUDENT) if token is None else str(token)

        def write(table: Connection) -> int:
            session = session_with(table, now, known)
            number = number_of(table, session, drawn)
            if number is not None:
                return number
            if address is None:
                return join(table, now, session, name, drawn)
            way = self._door.way(session, address, now)
            waits = self._door.waits(way)
            if waits and waiting_in(table, session) >= MOST_WAITING:
                raise ClassError(TOO_OFTEN, "refusal-queue-full")
            number = join(table, now, session, name, drawn, waits=waits)
            self._door.note(way, session, address, now)
            return number

        return drawn, self.store.change(write)

    def person(self, token: str) -> Person:
        """Whoever has that *token*, in a session whose steps have ended as their times have."""
        now = self.store.clock()
        person = self.store.read(lambda table: person_with(table, now, token))
        if not is_due(person.session, now):
            return person

        def move_on(table: Connection) -> None:
            settle(table, now, session_at(table, person.session.id))

        self._write(move_on)
        return self.store.read(lambda table: person_with(table, now, token))

    def mark(self, person: Person) -> str:
        """What changes whenever the state of *person* does."""
        who = person.role if person.student is None else f"{person.role}{person.student.number}"
        fresh = int(self.store.clock() // FRESH) if person.role == TEACHER else 0
        return f"{person.session.code}-{who}-{person.session.version}-{fresh}"

    def note(self, person: Person) -> None:
        """Notes that *person* has just asked."""
        if person.student is not None:
            self._presence.note(person.student.id, self.store.clock())

    def state(self, person: Person, join: str = "", phones: bool = True) -> dict[str, Any]:
        """What *person* sees; *join* is the address to type, and *phones* says whether they find
        it.
        """
        snapshot = self._snapshots.of(person.session)
        seen = (
            {}
            if person.role != TEACHER
            else self._presence.of(each.id for each in snapshot.students)
        )
        return state_of(snapshot, person, self.store.clock(), seen, join, phones)

    def seat(self, person: Person, seat: object) -> None:
        """Lets a student take *seat*, or leave."""
        student = person.as_student

        def write(table: Connection) -> None:
            session = settle(table, self.store.clock(), session_at(table, person.session.id))
            take_seat(table, session, student_at(table, student.id), seat)

        self._write(write)

    def decide(
        self, person: Person, step: object, value: object, pressed_in: object = None
    ) -> None:
        """Takes *value* as the decision in *step* of a student's seat, or as the student's own
        answer.

        A phone whose network is lost sends what was pressed again until it knows that it is in, so
        the same answer of a student is taken again at any later moment, and counts once. The phone
        says in which seat it was pressed, *pressed_in*: what was meant for one seat counts for no
        other.
        """
        student = person.as_student
        snapshot = self._snapshots.of(person.session)
        if snapshot.has_answered(student.id, step, value):
            return
        session, number = snapshot.session, check_step(snapshot.session, step)
        seat = None if student.seat is None else session.place(student.seat)
        has_signed = seat is not None and not seat.is_press and snapshot.has_signed(seat.id)
        high = question(scenario_named(session.scenario), "")["high"]
        answer = check_answer(
            session.present, seat, has_signed, high, snapshot.cast, value, session.scenario
        )

        def write(table: Connection) -> None:
            now = self.store.clock()
            fresh = settle(table, now, session_at(table, session.id))
            check_step(fresh, number)
            if fresh.left is not None:
                raise ClassError(TOO_LATE, "refusal-paused")
            is_moved = student_at(table, student.id).seat != student.seat
            if is_moved or _is_of_another_seat(fresh, student.seat, pressed_in):
                raise ClassError(TOO_LATE, "refusal-seat-changed")
            decide(table, now, fresh, student, answer, snapshot.key)

        self._write(write)

    def confirm(self, person: Person, step: object, pressed_in: object = None) -> None:
        """Takes the word of a student who agrees with what a team mate decided in *step*; sent
        again, as `decide` says.
        """
        student = person.as_student
        if self._snapshots.of(person.session).has_confirmed(student.id, step):
            return

        def write(table: Connection) -> None:
            now = self.store.clock()
            session = settle(table, now, session_at(table, person.session.id))
            check_step(session, step)
            fresh = student_at(table, student.id)
            if _is_of_another_seat(session, fresh.seat, pressed_in):
                raise ClassError(TOO_LATE, "refusal-seat-changed")
            confirm(table, now, session, fresh)

        self._write(write)

    def enter_ballots(self, person: Person, wish: Mapping[str, Any]) -> None:
        """Takes the `ballots` of paper in *wish*, which the teacher has typed in, as answers of
        their seats in `step`.
        """
        person.check_teacher()
        snapshot = self._snapshots.of(person.session)
        number = check_step(snapshot.session, wish.get("step"))
        read = read_ballots(snapshot, wish.get("ballots"))

        def write(table: Connection) -> None:
            now = self.store.clock()
            session = settle(table, now, session_at(table, person.session.id))
            check_step(session, number)
            enter_ballots(table, now, session, read, snapshot.key)

        self._write(write)

    def teach(self, person: Person, wish: Mapping[str, Any]) -> None:
        """Does what the teacher wishes."""
        person.check_teacher()

        def write(table: Connection) -> None:
            now = self.store.clock()
            act(table, now, settle(table, now, session_at(table, person.session.id)), wish)

        self._write(write)
        if wish.get("action") == WIPE:
            self.store.forget_keys()

    def screen(self, person: Person) -> str:
        """A token for the shared screen of the teacher's session."""
        person.check_teacher()
        return self.store.change(lambda table: new_screen(table, person.session))

    def briefing(self, person: Person, seat: str, language: str = ENGLISH.code) -> dict[str, Any]:
        """What the team in *seat*, or the teacher, reads of it in that *language*, with the text
        that opens.
        """
        spoken = language_of(language)
        place = person.session.place(seat)
        if place is None:
            raise ClassError(BAD, "refusal-no-seat")
        if person.role != TEACHER and person.as_student.seat != seat:
            raise ClassError(NOT_YOURS, "refusal-briefing-of-others")
        scenario = under_text(person.session.scenario, self._snapshots.of(person.session).text)
        return on_a_phone(scenario, place, spoken)

    def export(self, person: Person) -> bytes:
        """The teacher's table."""
        person.check_teacher()
        return export(self._snapshots.of(person.session))

    def _write(self, work: Callable[[Connection], None]) -> None:
        """*work* as one change. A session that was wiped in the meantime is none of this
        device's.
        """
        try:
            self.store.change(work)
        except NoResultFound as problem:
            raise ClassError(UNKNOWN_TOKEN, GONE) from problem


def _is_of_another_seat(session: Session, seat: str | None, pressed_in: object) -> bool:
    """Whether what was pressed in one seat comes when the student has another *seat*; what each
    answers alone is of none.
    """
    alone = session.present.kind in OF_A_STUDENT
    return not alone and pressed_in is not None and pressed_in != seat


@functools.cache
def _choices() -> dict[str, Any]:
    return {
        "scenarios": [
            {"id": name, "title": title, "words": question}
            for name, title, question in sim.available()
            if len(seats_of(scenario_named(name), SIZES[-1])) == SIZES[-1]
        ],
        "plans": [
            {
                "id": plan,
                "title": title_of(plan),
                "words": ENGLISH.say(f"plan-{plan}.words"),
                "real": REAL.get(plan),
                "talks": has_talks(PLANS[plan]),
            }
            for plan in OFFERS
        ],
        "rules": [
            {
                "id": rule,
                "title": ENGLISH.say(f"rule-{rule}"),
                "words": ENGLISH.say(f"rule-{rule}.words"),
            }
            for rule in RULES
        ],
        "seats": list(SIZES),
        "team": MOST_IN_A_TEAM,
        "usual": USUAL,
    }
