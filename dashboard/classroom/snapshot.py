"""All that a session holds at one version, read once for everybody who asks, with the world of its
step.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from cachetools import LRUCache
from sqlalchemy import Connection, select

from dashboard.classroom.answers import KEEP as KEEP_IT
from dashboard.classroom.answers import SIGNS, check_answer, question
from dashboard.classroom.cast import cast_of, cast_of_seats, orders
from dashboard.classroom.decisions import from_text
from dashboard.classroom.happenings import BY_ID, Happening
from dashboard.classroom.keys import Key
from dashboard.classroom.names import as_headline
from dashboard.classroom.people import Student, student_of
from dashboard.classroom.plan import (
    CHOOSE,
    KEEP,
    LOBBY,
    NEWS,
    OF_A_SEAT,
    SECRET,
    WRITTEN,
    Step,
    first_step,
    world_shows,
)
from dashboard.classroom.refusals import ClassError
from dashboard.classroom.seats import Seat, offered
from dashboard.classroom.session import Session, session_at
from dashboard.classroom.store import Store
from dashboard.classroom.tables import (
    CONFIRMATION,
    DECISION,
    HAPPENING,
    HEADLINE,
    STUDENT,
    check_row,
    check_that,
)
from dashboard.classroom.text_talks import AS_WRITTEN, Round, rounds_of, text_that_opens
from dashboard.classroom.world import Course, Levels, Operation, Order, World, scenario_named

MOST_KEPT = 64  # sessions


@dataclass(frozen=True)
class Decision:
    """One decision: in which step, of which seat (None where it is the student's own), by whom, and
    what.
    """

    step: int
    seat: str | None
    student: int
    value: Any


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A session with its students, decisions, confirmations, headlines and happenings; equal to
    itself alone. `everybody` are the students, those who wait and those who were removed.
    """

    session: Session
    everybody: tuple[Student, ...]
    decisions: tuple[Decision, ...]
    confirmations: tuple[tuple[int, str, int], ...]  # step, seat, student
    headlines: tuple[Decision, ...]
    happenings: dict[int, Happening]  # by step
    key: Key = field(repr=False)

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """The seats of the session."""
        return self.session.places

    @cached_property
    def students(self) -> tuple[Student, ...]:
        """The students who are in."""
        return tuple(each for each in self.everybody if not (each.waits or each.removed))

    @cached_property
    def waiting(self) -> tuple[Student, ...]:
        """Those who wait until the teacher lets them in."""
        return tuple(each for each in self.everybody if each.waits)

    @cached_property
    def by_id(self) -> dict[int, Student]:
        """Everybody by their ids."""
        return {student.id: student for student in self.everybody}

    @cached_property
    def teams(self) -> dict[str, list[Student]]:
        """The students of each seat that has any."""
        teams: dict[str, list[Student]] = defaultdict(list)
        for student in self.students:
            if student.seat is not None:
                teams[student.seat].append(student)
        return dict(teams)

    @cached_property
    def offered(self) -> frozenset[str]:
        """The seats that somebody may take who has had none."""
        students = {seat: len(team) for seat, team in self.teams.items()}
        return offered(
            self.seats, students, self.session.released, late=self.session.present.kind != LOBBY
        )

    @property
    def choices(self) -> list[dict[str, Any]]:
        """What teams have decided on signing before the present step, as events of the scenario."""
        steps, events = self.session.steps, []
        for decision in sorted(self.decisions, key=lambda each: (each.step, each.seat or "")):
            if (
                decision.seat is not None
                and decision.step < self.session.step
                and steps[decision.step].kind == CHOOSE
            ):
                signs = decision.value in SIGNS
                events.append(
                    {"round": steps[decision.step].month, "who": [decision.seat], "signs": signs}
                )
        return events

    @property
    def events(self) -> list[dict[str, Any]]:
        """What the class and its teacher have done before the present step, as events of the
        scenario.
        """
        steps, events = self.session.steps, self.choices
        for number, happening in sorted(self.happenings.items()):
            events += happening.events(steps[number].month + 1)
        return events

    @property
    def recent(self) -> list[int]:
        """The steps in which something has happened since the last news before the present step,
        those among them.
        """
        steps, here = self.session.steps, self.session.step
        since = max((number for number in range(here) if steps[number].kind == NEWS), default=0)
        return [number for number in sorted(self.happenings) if since <= number <= here]

    @property
    def orders(self) -> list[Order]:
        """What the invented countries do once teams have decided on it."""
        steps = self.session.steps
        keep = first_step(steps, KEEP)
        if keep is None or keep >= self.session.step:
            return []
        kept = {
            each.seat: each.value == KEEP_IT
            for each in self.decisions
            if each.step == keep and each.seat is not None
        }
        return orders(self.cast, kept, steps[keep].month, self.key)

    @cached_property
    def cast(self) -> Mapping[str, str]:
        """The invented countries by who plays them."""
        return cast_of(self.session, self.key)

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds of talks over the text that have begun by the present step; none where the
        plan has no talks.
        """
        talks = self.session.talks
        decided = {(each.step, each.seat): each.value for each in self.decisions if each.seat}
        return (
            ()
            if talks is None
            else rounds_of(talks, self.session.steps, self.session.step, decided)
        )

    @cached_property
    def text(self) -> Levels:
        """The levels of the text that opens, of each provision that is not as its convenor has
        written it.
        """
        talks = self.session.talks
        if talks is None:
            return ()
        text = text_that_opens(talks, self.rounds)
        levels = zip(talks.provisions, text, talks.levels(text), strict=True)
        return tuple((one.principle, level) for one, rung, level in levels if rung != AS_WRITTEN)

    @cached_property
    def _simulated(self) -> World:
        return World(
            self.session.scenario,
            self.session.seed,
            self.events,
            self.orders,
            self.text,
            self.key.conduct_seed,
        )

    @cached_property
    def course(self) -> Course:
        """The world of the session, with all that has been decided."""
        return self._simulated.course()

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """All operations of that world, those to come among them."""
        return self._simulated.operations()

    @property
    def month(self) -> int:
        """The month up to which the present step shows the world: a choice is made before its own
        month.
        """
        return shown_month(self.session, self.session.step)

    @cached_property
    def world(self) -> dict[str, Any] | None:
        """The world as everybody may see it now; None before the first news."""
        session = self.session
        if not world_shows(session.steps, session.step):
            return None
        before = [
            shown_month(session, number)
            for number in range(session.step)
            if world_shows(session.steps, number)
        ]
        earlier = [month for month in before if month < self.month]
        return self.course.at(self.month, earlier[-1] if earlier else self.course.first_round)

    def has_signed(self, seat: str) -> bool:
        """Whether *seat* is a signatory when the present step begins."""
        return self.course.has_signed(seat, self.session.present.month - 1)

    def signed_now(self, seat: Seat) -> bool | None:
        """Whether *seat* is a signatory at the month that the present step shows; None where that
        is not shown.
        """
        shows = world_shows(self.session.steps, self.session.step) and not seat.is_press
        return self.course.has_signed(seat.id, self.month) if shows else None

    def is_asked(self, seat: Seat) -> bool:
        """Whether the present step asks the team of *seat* to decide."""
        kind = self.session.present.kind
        if kind == KEEP:
            return seat.id in self.cast
        return kind in WRITTEN if seat.is_press else kind in OF_A_SEAT

    def of_seat(self, seat: str) -> Decision | None:
        """What *seat* has decided in the present step."""
        made = self.headlines if self.session.present.kind in WRITTEN else self.decisions
        return next(
            (each for each in made if each.step == self.session.step and each.seat == seat), None
        )

    def of_student(self, student: int, step: int) -> Decision | None:
        """What the student answered alone in *step*."""
        return next(
            (
                each
                for each in self.decisions
                if each.step == step and each.seat is None and each.student == student
            ),
            None,
        )

    def has_answered(self, student: int, step: object, value: object) -> bool:
        """Whether that student has answered *value* in *step*, alone or for a seat."""
        mine = (step, student)
        return any(
            (each.step, each.student) == mine
            and type(each.value) is type(value)
            and each.value == value
            for each in self.decisions
        ) or any(
            (each.step, each.student) == mine and each.value == as_headline(value)
            for each in self.headlines
        )

    def has_confirmed(self, student: int, step: object) -> bool:
        """Whether that student has agreed with what its team decided in *step*."""
        return any((of, who) == (step, student) for of, _, who in self.confirmations)

    def agreeing(self, seat: str) -> list[str]:
        """The names of those who confirmed what *seat* decided in the present step."""
        here = (self.session.step, seat)
        return [
            self.by_id[student].name
            for step, of, student in self.confirmations
            if (step, of) == here
        ]


def shown_month(session: Session, number: int) -> int:
    """The month up to which the step *number* of *session* shows the world."""
    step = session.steps[number]
    return step.month - 1 if step.kind in (CHOOSE, KEEP) else step.month


def read_snapshot(table: Connection, session: Session, key: Key) -> Snapshot:
    """All of *session* in the store, whose *key* opens what is secret."""

    def rows(of: Any) -> list[Any]:
        here = select(of).where(of.c.session == session.id).order_by(of.c.id)
        found = list(table.execute(here).mappings())
        for row in found:
            check_row(of, row)
            check_that(0 <= row.get("step", 0) <= session.last)
        return found

    everybody = tuple(student_of(row) for row in rows(STUDENT))
    removed = {each.id for each in everybody if each.removed}  # what they answered alone is gone
    snapshot = Snapshot(
        session,
        everybody,
        tuple(
            Decision(
                row["step"],
                row["seat"],
                row["student"],
                from_text(row["value"], session.steps[row["step"]].kind in SECRET, key),
            )
            for row in rows(DECISION)
            if row["seat"] is not None or row["student"] not in removed
        ),
        tuple(
            (row["step"], row["seat"], row["student"])
            for row in rows(CONFIRMATION)
            if row["student"] not in removed
        ),
        tuple(
            Decision(row["step"], row["seat"], row["student"], row["words"])
            for row in rows(HEADLINE)
        ),
        {row["step"]: BY_ID[row["what"]] for row in rows(HAPPENING) if row["what"] in BY_ID},
        key,
    )
    _check(snapshot)
    return snapshot


def _check(snapshot: Snapshot) -> None:
    """ClassError where a seat, a student or an answer of *snapshot* is none of its session."""
    session, seats = snapshot.session, {seat.id: seat for seat in snapshot.seats}
    students = snapshot.everybody
    check_that(all(each.seat in {None, *seats} for each in students))
    check_that(all(each.last_seat in {None, *seats} for each in students))
    check_that(all(who in snapshot.by_id for _, _, who in snapshot.confirmations))
    for each in (*snapshot.decisions, *snapshot.headlines):
        check_that(each.student in snapshot.by_id and each.seat in {None, *seats})
        step, seat, text = (
            session.steps[each.step],
            seats.get(each.seat or ""),
            json.dumps(each.value),
        )
        check_that(_is_answer(session.scenario, session.seats, snapshot.key, step, seat, text))


@lru_cache(maxsize=4096)
def _is_answer(
    scenario: str, seats: int, key: Key, step: Step, seat: Seat | None, text: str
) -> bool:
    """Whether the JSON *text* may be an answer of *seat* in *step*, whether it has signed or not.
    Kept, as a class reads all answers anew whenever one is given.
    """
    cast, high = cast_of_seats(scenario, seats, key), question(scenario_named(scenario), "")["high"]
    for has_signed in (True, False):
        with suppress(ClassError):
            check_answer(step, seat, has_signed, high, cast, json.loads(text), scenario)
            return True
    return False


class Snapshots:
    """The last snapshot of each session that somebody asks about, in this process, by its code: ids
    begin anew with the file.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: LRUCache[str, Snapshot] = LRUCache(MOST_KEPT)
        self._lock = threading.Lock()

    def of(self, session: Session) -> Snapshot:
        """The snapshot of *session*, of its version or of a later one."""
        with self._lock:
            kept = self._kept.get(session.code)
            if kept is not None and kept.session.version >= session.version:
                return kept
        key = self._store.keys.of(session.secret)
        found = self._store.read(
            lambda table: read_snapshot(table, session_at(table, session.id), key)
        )
        with self._lock:
            self._kept[session.code] = found
        return found
