"""A session and its way through the steps of its plan: a step ends when a request finds its time
over.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

import sim
from dashboard.classroom.codes import TEACHER, hash_of, new_code, new_token
from dashboard.classroom.happenings import Happening, happenings_for
from dashboard.classroom.plan import AMEND, EVENT, PLANS, Step, has_talks
from dashboard.classroom.refusals import BAD, EXPIRED, NO_SUCH_CODE, TOO_OFTEN, ClassError
from dashboard.classroom.seats import SIZES, Seat, seats_of, settled
from dashboard.classroom.tables import (
    DECISION,
    HAPPENING,
    SESSION,
    STEP,
    check_row,
    check_that,
)
from dashboard.classroom.text_talks import RULES, Talks, first_after_talks
from dashboard.classroom.world import scenario_named

DAY = 24 * 3600.0
LASTS, FORGOTTEN = (
    30 * DAY,
    60 * DAY,
)  # after its beginning: until it expires, and until nothing of it is left
MOST_OPEN = 200
LARGEST_SEED = 2**31 - 1
BY_TIME, BY_TEACHER = "time", "teacher"
USUAL = {  # what a session is of where nobody says otherwise
    "scenario": sim.DEFAULTS["scenario"].page,
    "plan": sim.DEFAULTS["minutes of a class session"].page,
    "seats": sim.DEFAULTS["seats of a class session"].page,
    "rule": sim.DEFAULTS["rule of a class's talks"].page,
}


@dataclass(frozen=True)
class Session:
    """A session as it stands in the store."""

    id: int
    code: str
    secret: str  # hashed; never sent to anybody
    scenario: str
    seed: int
    plan: str
    seats: int
    rule: str
    begun: float
    expires: float
    step: int
    ends: float | None
    left: float | None
    part: int
    released: tuple[str, ...]
    locked: bool
    open_until: float
    over: float | None
    version: int

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of its plan."""
        return PLANS[self.plan]

    @property
    def present(self) -> Step:
        """The step that it is in."""
        return self.steps[self.step]

    @property
    def last(self) -> int:
        """The number of its last step, the debrief."""
        return len(self.steps) - 1

    @property
    def places(self) -> tuple[Seat, ...]:
        """Its seats."""
        return seats_of(scenario_named(self.scenario), self.seats)

    def place(self, seat: str) -> Seat | None:
        """The seat of that id."""
        return next((each for each in self.places if each.id == seat), None)

    @property
    def talks(self) -> Talks | None:
        """Its talks over the text; None where its plan has none."""
        if not has_talks(self.steps):
            return None
        return Talks(
            self.scenario,
            self.seed,
            tuple(each.id for each in self.places if not each.is_press),
            self.rule,
        )

    @property
    def command(self) -> str:
        """What opens a session of the same world."""
        rule = f" --rule {self.rule}" if self.talks else ""
        return (
            f"parley class {self.scenario} --plan {self.plan} --seats {self.seats}{rule} --seed"
            f" {self.seed}"
        )

    @property
    def happenings(self) -> list[Happening]:
        """What may happen in it."""
        scenario = scenario_named(self.scenario)
        return happenings_for(
            scenario.code.may_sign, {each.id for each in self.places} | settled(scenario)
        )


def session_of(row: RowMapping) -> Session:
    """The session in that *row*; ClassError where there can be none of it."""
    check_row(SESSION, row)
    content = {name: row[name] for name in Session.__dataclass_fields__}
    check_that(row["plan"] in PLANS and row["rule"] in RULES and row["seats"] in SIZES)
    check_that(row["scenario"] in {name for name, *_ in sim.available()})
    check_that(0 <= row["step"] < len(PLANS[row["plan"]]) and 0 <= row["seed"] <= LARGEST_SEED)
    session = Session(**content | {"released": read_list(row["released"])})
    check_that(all(session.place(seat) for seat in session.released))
    return session


def read_list(text: str) -> tuple[str, ...]:
    """The texts of a list in JSON; ClassError where *text* is none."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    check_that(isinstance(found, list) and all(isinstance(each, str) for each in found))
    return tuple(found)


def open_session(table: Connection, now: float, wish: Mapping[str, Any]) -> tuple[str, str]:
    """The code and the teacher's secret of a new session; ClassError or InputError where the *wish*
    does not fit.

    Where it has no seed, one is drawn: with a seed that a student could guess, the world to come
    could be played alone.
    """
    wish = {**USUAL, **wish}
    scenario, plan, seats, seed = (
        scenario_named(wish["scenario"]),
        str(wish["plan"]),
        wish["seats"],
        wish.get("seed"),
    )
    seed = secrets.randbelow(LARGEST_SEED + 1) if seed is None else seed
    rule = str(wish["rule"])
    if plan not in PLANS:
        raise ClassError(BAD, "refusal-no-plan", plans=", ".join(PLANS))
    if isinstance(seats, bool) or not isinstance(seats, int) or seats not in SIZES:
        raise ClassError(
            BAD, "refusal-no-size", sizes=", ".join(map(str, SIZES[:-1])), last=str(SIZES[-1])
        )
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= LARGEST_SEED:
        raise ClassError(BAD, "refusal-no-seed", largest=str(LARGEST_SEED))
    if rule not in RULES:
        raise ClassError(BAD, "refusal-no-rule", rules=" or ".join(RULES))
    if len(seats_of(scenario, seats)) < seats:
        raise ClassError(BAD, "refusal-too-few-stakeholders")
    table.execute(delete(SESSION).where(SESSION.c.begun < now - FORGOTTEN))
    open_now = select(func.count()).where(SESSION.c.over.is_(None), SESSION.c.expires > now)
    if table.execute(open_now).scalar_one() >= MOST_OPEN:
        raise ClassError(TOO_OFTEN, "refusal-too-many-sessions", most=str(MOST_OPEN))
    code, secret = new_code(), new_token(TEACHER)
    while table.execute(select(SESSION.c.id).where(SESSION.c.code == code)).first():
        code = new_code()
    row = insert(SESSION).values(
        code=code,
        secret=hash_of(secret),
        scenario=scenario.name,
        seed=seed,
        plan=plan,
        seats=seats,
        rule=rule,
        begun=now,
        expires=now + LASTS,
        step=0,
        part=0,
        released="[]",
        locked=False,
        open_until=now,
        version=1,
    )
    session = table.execute(row.returning(SESSION.c.id)).scalar_one()
    table.execute(insert(STEP).values(session=session, number=0, at=now, why=BY_TEACHER))
    return code, secret


def session_with(table: Connection, now: float, code: str) -> Session:
    """The session with that *code*, after the end of each step whose time is over; ClassError where
    there is none, or where it has expired.
    """
    row = table.execute(select(SESSION).where(SESSION.c.code == code)).mappings().first()
    if row is None:
        raise ClassError(NO_SUCH_CODE, "refusal-no-session")
    return settle(table, now, session_of(row))


def session_at(table: Connection, session: int) -> Session:
    """The session of that id, as it stands."""
    return session_of(
        table.execute(select(SESSION).where(SESSION.c.id == session)).mappings().one()
    )


def check_open(session: Session, now: float) -> None:
    """ClassError where *session* has expired."""
    if session.expires <= now:
        raise ClassError(EXPIRED, "refusal-expired")


def is_due(session: Session, now: float) -> bool:
    """Whether the time of its step is over, and another follows."""
    return session.ends is not None and session.ends <= now and session.step < session.last


def settle(table: Connection, now: float, session: Session) -> Session:
    """*session* after the end of each step whose time is over by *now*; ClassError where it has
    expired.
    """
    check_open(session, now)
    while is_due(session, now):
        assert session.ends is not None
        session = enter(table, session, session.step + 1, session.ends, BY_TIME)
    return session


def enter(table: Connection, session: Session, number: int, at: float, why: str) -> Session:
    """*session* as it enters the step *number*, at that time; where talks are over before it, the
    first after them.
    """
    number = _after_talks(table, session, number)
    step = session.steps[number]
    if step.kind == EVENT and (what := _next_happening(table, session)):
        note_happening(table, session, number, what, at)
    table.execute(insert(STEP).values(session=session.id, number=number, at=at, why=why))
    return note(
        table,
        session,
        step=number,
        ends=None if step.seconds is None else at + step.seconds,
        left=None,
    )


def _after_talks(table: Connection, session: Session, number: int) -> int:
    talks = session.talks
    if talks is None or session.steps[number].kind != AMEND:
        return number
    here = select(DECISION.c.step, DECISION.c.seat, DECISION.c.value)
    made = table.execute(here.where(DECISION.c.session == session.id, DECISION.c.seat.is_not(None)))
    decided = {(row.step, row.seat): json.loads(row.value) for row in made}
    return first_after_talks(talks, session.steps, number, decided)


def _next_happening(table: Connection, session: Session) -> str | None:
    """The first of what may happen that has not happened yet."""
    happened = set(
        table.execute(select(HAPPENING.c.what).where(HAPPENING.c.session == session.id)).scalars()
    )
    return next((each.id for each in session.happenings if each.id not in happened), None)


def note_happening(table: Connection, session: Session, number: int, what: str, at: float) -> None:
    """Writes what happens in the step *number*."""
    table.execute(insert(HAPPENING).values(session=session.id, step=number, what=what, at=at))


def note(table: Connection, session: Session, **changes: Any) -> Session:
    """*session* with these *changes* of its row, and with its next version."""
    version = SESSION.c.version + 1
    table.execute(
        update(SESSION).where(SESSION.c.id == session.id).values(**changes, version=version)
    )
    return session_at(table, session.id)
