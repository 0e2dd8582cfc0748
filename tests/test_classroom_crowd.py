"""A class of forty phones in twelve teams and a seat of the press, over HTTP, by a clock that is
moved by hand.

Six come late, four leave and one of these comes back, two teams answer twice at once, and the
server is begun anew in the middle. What the phones heard accepted is then looked for in the world
and in the teacher's table.
"""

from __future__ import annotations

import csv
import http.client
import io
import json
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from classrooms import API, Clock, app_of
from sqlalchemy import Connection

from dashboard.classroom import world
from dashboard.classroom.answers import MOODS, SIGNS, decision_in_words
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.plan import (
    CHOOSE,
    DEBRIEF,
    EVENT,
    EXIT,
    NEWS,
    OF_A_STUDENT,
    PLANS,
    PREDICT,
)
from dashboard.classroom.room import Room
from dashboard.classroom.session import session_with
from dashboard.classroom.snapshot import Snapshot, read_snapshot
from dashboard.classroom.store import Store
from dashboard.connections import http_server

SEED = 1
AT_ONCE = 12  # requests under way
PRESS = "press-1"
# how many sit in each seat from the beginning; the last is free until somebody comes late
TEAMS = {
    "USA": 3,
    "CHN": 3,
    "FRA": 3,
    "Microsoft": 3,
    "Access Now": 3,
    "RUS": 3,
    "IND": 3,
    "Siemens": 3,
    "BRA": 3,
    "Google": 2,
    "KEN": 2,
    PRESS: 3,
    "GBR": 0,
}
LATE = {
    CHOOSE: ("GBR", "USA"),
    NEWS: ("GBR", PRESS),
    EVENT: ("CHN", "Microsoft"),
}  # in the first step of that kind
SILENT, GIVEN_UP, QUARREL = "KEN", "Google", ("USA", "Siemens")
NAMES = ("<b>Zoë</b>", "=1+1", "Ada 🦊", 'Bo, "the" first', "علی")  # and Student 6, Student 7 …


@dataclass
class Phone:
    """The phone of one student, or the teacher's: what it saw last, and what its looks were
    answered.
    """

    name: str
    token: str
    tag: str = ""
    state: dict[str, Any] = field(default_factory=dict)
    heard: list[int] = field(default_factory=list)
    sleeps: bool = False

    @property
    def seat(self) -> str | None:
        you = self.state["you"]
        return you and you["seat"]

    @property
    def step(self) -> int:
        return self.state["step"]["number"]

    @property
    def kind(self) -> str:
        return self.state["step"]["kind"]

    def answers(self) -> list[tuple[Any, str]]:
        """What it may answer, by what it is offered, with its words; the first is its own
        choice.
        """
        chance, offered = random.Random(f"{SEED} {self.name} {self.step}"), self.state["options"]
        if self.kind in OF_A_STUDENT:
            asked = self.state["prediction"] or self.state["exit"]
            number = chance.randint(asked["low"], asked["high"])
            mood = None if self.kind == PREDICT else chance.choice(asked["moods"])["value"]
            return [({"mood": mood, "answer": number} if mood else number, "")]
        if self.kind == NEWS and self.seat == PRESS:
            words = f"=📰 {self.name} <b>writes</b>, in step {self.step}"
            return [(words, words)]
        return [(each["value"], each["words"]) for each in chance.sample(offered, len(offered))]


@dataclass
class Accepted:
    """What the server said that it took."""

    alone: dict[tuple[str, int], Any] = field(default_factory=dict)  # by student and step
    seats: dict[tuple[str, int], tuple[Any, str, str]] = field(
        default_factory=dict
    )  # value, words, who sent it
    confirmed: set[tuple[str, int]] = field(default_factory=set)


class Class:
    """The session and its phones, and a server of their own over HTTP that may be begun anew."""

    def __init__(self, folder: Path) -> None:
        self.clock, self._path, self._running = Clock(), folder / "class.sqlite", ExitStack()
        self.phones: list[Phone] = []
        self.accepted, self.met = Accepted(), Counter[str]()  # steps by kind up to now
        self.begin_server()
        session = self.tell("sessions", None, plan="50", seats=20, seed=SEED)
        self.code, self.teacher = session["code"], Phone("the teacher", session["secret"])

    def begin_server(self) -> None:
        """Ends the server that runs, and begins another on the same file."""
        self._running.close()
        self.room = Room(Store(self._path, patience=60, clock=self.clock))
        self._port = self._running.enter_context(served(self.room))

    def close(self) -> None:
        self._running.close()

    def ask(
        self, path: str, phone: Phone | None, content: dict[str, Any] | None = None
    ) -> tuple[int, bytes]:
        """Status and content of an answer. A look at the state says what it has seen already."""
        headers = {"Content-Type": "application/json"}
        if phone is not None:
            headers |= {"Authorization": f"Bearer {phone.token}"}
            if path == "state" and phone.tag:
                headers["If-None-Match"] = phone.tag
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        connection.request(
            "GET" if content is None else "POST", f"{API}/{path}", json.dumps(content), headers
        )
        answer = connection.getresponse()
        found = answer.read()
        connection.close()
        if phone is not None and path == "state":
            phone.tag = answer.getheader("ETag") or ""
        return answer.status, found

    def tell(self, path: str, phone: Phone | None, **content: Any) -> Any:
        """Sends what the server has to take."""
        status, found = self.ask(path, phone, content)
        assert status in (200, 201), found
        return json.loads(found)

    def look(self, phone: Phone) -> Phone:
        """Lets *phone* look at the state, which is sent where it is new alone."""
        status, found = self.ask("state", phone)
        assert status in (200, 304), found
        phone.heard.append(status)
        if status == 200:
            phone.state = json.loads(found)
        return phone

    def join(self, name: str, seat: str, late: bool = False) -> None:
        """Joins, and takes the seat; whoever is late is put there by the teacher."""
        joined = self.tell(f"sessions/{self.code}/students", None, name=name)
        self.tell("teacher", self.teacher, action="admit")  # all come from one address
        phone = Phone(name, joined["token"])
        self.phones.append(phone)
        if late:
            self.tell("teacher", self.teacher, action="seat", student=joined["number"], seat=seat)
            self.look(phone)
        else:
            self.sit(phone, seat)

    def sit(self, phone: Phone, seat: str | None) -> None:
        self.tell("seat", phone, seat=seat)
        self.look(phone)

    def team(self, seat: str) -> list[Phone]:
        """The phones of *seat* that are awake."""
        return [phone for phone in self.awake if phone.seat == seat]

    @property
    def awake(self) -> list[Phone]:
        return [phone for phone in self.phones if not phone.sleeps]

    def all_at_once(self, work: Callable[[Any], Any], whom: Iterable[Any]) -> list[Any]:
        """*work* of each of *whom*, many at once, in an order of chance; what it gave."""
        order = list(whom)
        random.Random(SEED).shuffle(order)
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return list(threads.map(work, order))

    def submit(self, phone: Phone, value: Any, words: str) -> int:
        """Sends an answer, and notes it where it is accepted; the status of that."""
        status, found = self.ask("decisions", phone, {"step": phone.step, "value": value})
        assert status in (200, 409), found
        if status == 200 and phone.kind in OF_A_STUDENT:
            self.accepted.alone[phone.name, phone.step] = value
        elif status == 200:
            took = self.accepted.seats.setdefault(
                (phone.seat or "", phone.step), (value, words, phone.name)
            )
            assert took[2] == phone.name, "two of one team heard that theirs was taken"
        return status

    def answer(self) -> None:
        """Whoever is asked and has not answered does: each alone, or one of each team. Two of a
        team that quarrels answer at once, each another thing.
        """

        def alone(phone: Phone) -> None:
            assert self.submit(phone, *phone.answers()[0]) == 200

        def together(seat: str) -> None:
            team = [phone for phone in self.team(seat) if phone.answers()]
            if not team or (seat, team[0].step) in self.accepted.seats:
                return
            values = team[0].answers()
            if seat in QUARREL and len(values) > 1:
                with ThreadPoolExecutor(2) as two:
                    statuses = two.map(
                        lambda number: self.submit(team[number], *values[number]), range(2)
                    )
                assert sorted(statuses) == [200, 409]
            else:
                alone(random.Random(f"{SEED} {seat} {team[0].step}").choice(team))

        if self.teacher.kind in OF_A_STUDENT:
            self.all_at_once(
                alone,
                [each for each in self.awake if (each.name, each.step) not in self.accepted.alone],
            )
        else:
            self.all_at_once(together, TEAMS)

    def agree(self, phone: Phone) -> None:
        """Confirms what a team mate has sent."""
        mine = self.look(phone).state["mine"]
        if phone.kind in OF_A_STUDENT or mine is None or mine["by"] == phone.name:
            return
        status, found = self.ask("confirm", phone, {"step": phone.step})
        assert status == 200 or phone.kind not in (CHOOSE, NEWS), found
        if status == 200:
            self.accepted.confirmed.add((phone.name, phone.step))

    def come_and_go(self, kind: str) -> None:
        """Who comes late, leaves or comes back in the middle of the present step, and what else
        happens then.
        """
        first = self.met[kind] == 1
        for seat in LATE.get(kind, ()) if first else ():
            self.join(f"Late {len(self.phones) + 1}", seat, late=True)
        if kind == PREDICT:
            for phone in self.team(SILENT):
                phone.sleeps = True  # its battery is empty
        elif kind == NEWS and first:
            for phone in self.team(GIVEN_UP):
                self.sit(phone, None)
                phone.sleeps = True
            self.tell("teacher", self.teacher, action="release", seat=SILENT)
            self.begin_server()
        elif kind == CHOOSE and self.met[kind] == 2:
            back = next(phone for phone in self.phones if phone.sleeps and phone.seat is None)
            back.sleeps = False
            self.sit(back, GIVEN_UP)

    def play(self, number: int, seconds: int) -> None:
        """The step *number*, which takes so many *seconds* and ends by itself."""
        for phone in self.all_at_once(self.look, [self.teacher, *self.awake]):
            assert phone.step == number
        self.met[self.teacher.kind] += 1
        self.answer()
        self.clock.move(seconds / 2)
        self.come_and_go(self.teacher.kind)
        self.answer()
        self.all_at_once(self.agree, self.awake)
        self.all_at_once(self.look, self.awake)
        self.all_at_once(self.look, self.awake)
        assert {phone.heard[-1] for phone in self.awake} == {304}, (
            "nothing is new, and yet it is sent"
        )
        self.clock.move(seconds / 2)

    def snapshot(self) -> Snapshot:
        """The session in the store."""

        def read(table: Connection) -> Snapshot:
            session = session_with(table, self.clock.now, self.code)
            return read_snapshot(table, session, self.room.store.keys.of(session.secret))

        return self.room.store.read(read)


@contextmanager
def served(room: Room) -> Iterator[int]:
    """The port at which *room* is served, by the server of `parley class`."""
    server = http_server(app_of(room), host="127.0.0.1", port=0)

    def serve() -> None:
        with suppress(OSError):  # closing shuts the socket under the loop that waits on it
            server.run()

    threading.Thread(target=serve, daemon=True).start()
    yield server.effective_port
    server.close()


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    """The class after its fifty minutes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world, "WORLDS", 3)  # beside the class's own
        crowd = Class(tmp_path_factory.mktemp("crowd"))
        seats = [seat for seat, size in TEAMS.items() for _ in range(size)]
        names = [*NAMES, *(f"Student {number}" for number in range(len(NAMES) + 1, len(seats) + 1))]
        for name, seat in zip(names, seats, strict=True):
            crowd.join(name, seat)
        crowd.tell("teacher", crowd.teacher, action="start")
        for number, step in enumerate(PLANS["50"]):
            if step.seconds is not None and step.kind != DEBRIEF:
                crowd.play(number, step.seconds)
        crowd.all_at_once(crowd.look, [crowd.teacher, *crowd.phones])
        yield crowd
        crowd.close()


@pytest.fixture(scope="module")
def table(crowd: Class) -> list[dict[str, str]]:
    """The rows of the teacher's table."""
    status, table = crowd.ask("export.csv", crowd.teacher)
    assert status == 200
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert not [
        cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))
    ]
    return rows


BESIDE = (
    "question",
    "seat",
    "by",
    "confirmed",
    "what happened",
)  # what cells tell beside an answer


def cells_of(row: dict[str, str], number: int) -> dict[str, str]:
    """What *row* tells of the step *number*, by the words of its columns."""
    mark = f"{number}. {PLANS['50'][number].title} ("
    return {
        key[len(mark) : -1]: cell.removeprefix("'")
        for key, cell in row.items()
        if key.startswith(mark)
    }


@pytest.mark.long
def test_a_crowd_meets_all_that_may_go_wrong(crowd):
    """Else what follows says less than it seems to."""
    accepted, plan = crowd.accepted, PLANS["50"]
    assert len(crowd.phones) == 40
    assert {phone.kind for phone in crowd.phones} == {DEBRIEF}
    assert Counter(plan[step].kind for _, step in accepted.alone) == {PREDICT: 34, EXIT: 37}
    chosen = Counter(step for seat, step in accepted.seats if plan[step].kind == CHOOSE)
    assert sorted(chosen.values()) == [
        11,
        11,
        11,
    ]  # all but the silent team; the last comes late, one comes back
    assert sum(plan[step].kind == NEWS for _, step in accepted.seats) == sum(
        step.kind == NEWS for step in plan
    )
    assert len(accepted.confirmed) > 60


@pytest.mark.long
def test_each_answer_of_a_crowd_is_in_the_table_once(crowd, table):
    accepted, rows = (
        crowd.accepted,
        {row["name"].removeprefix("'"): row for row in table if row["name"]},
    )
    assert [row["number"] for row in table if row["name"]] == [
        str(number) for number in range(1, 41)
    ]
    assert sorted(rows) == sorted(phone.name for phone in crowd.phones)
    names = {seat["name"]: seat["id"] for seat in crowd.teacher.state["seats"]}
    for name, row in rows.items():
        for number, step in enumerate(PLANS["50"]):
            cells = cells_of(row, number)
            told = {cell for key, cell in cells.items() if key not in BESIDE and cell}
            where = name, number, cells
            if step.kind in OF_A_STUDENT:
                value = accepted.alone.get((name, number), {})
                sent = value.values() if isinstance(value, dict) else [value]
                assert told == {
                    ENGLISH.say(f"mood-{each}") if each in MOODS else str(each) for each in sent
                }, where
                continue
            if step.kind not in (CHOOSE, NEWS):
                assert told == set(), where
                continue
            value, words, by = accepted.seats.get((names[row["seat"]], number), ("", "", ""))
            decided = (
                decision_in_words(step.kind, value) if value and step.kind == CHOOSE else value
            )
            assert told <= {decided, words} - {""}, where
            assert bool(told) == bool(by), where
            assert cells.get("by", "") == by, where
            assert cells.get("confirmed", "") == (
                "yes" if (name, number) in accepted.confirmed else ""
            ), where


@pytest.mark.long
def test_what_a_crowd_decides_without_its_names_is_in_the_table_without_them(crowd, table):
    for number, step in enumerate(PLANS["50"]):
        if step.kind not in (CHOOSE, NEWS, *OF_A_STUDENT):
            made = [value for (_, at), (value, *_) in crowd.accepted.seats.items() if at == number]
            sent = Counter(decision_in_words(step.kind, value) for value in made)
            nameless = [cells_of(row, number) for row in table if row["seat"] and not row["name"]]
            told = [
                cell
                for cells in nameless
                for key, cell in cells.items()
                if cell and key == "decision"
            ]
            assert Counter(told) == sent


@pytest.mark.long
def test_the_world_of_a_crowd_holds_what_it_decided_and_nothing_more(crowd):
    snapshot, plan = crowd.snapshot(), PLANS["50"]
    decided = {
        (seat, plan[step].month): value in SIGNS
        for (seat, step), (value, *_) in crowd.accepted.seats.items()
        if plan[step].kind == CHOOSE
    }
    events = [each for each in snapshot.events if "signs" in each and each["who"][0] in TEAMS]
    assert {(each["who"][0], each["round"]): each["signs"] for each in events} == decided
    assert len(events) == len(decided)
    assert SILENT not in {seat for seat, _ in decided}
    for seat in {seat for seat, _ in decided}:
        months = sorted(month for who, month in decided if who == seat)
        for month, end in zip(months, [*months[1:], plan[-1].month + 1], strict=True):
            held = {snapshot.course.has_signed(seat, each) for each in range(month, end)}
            assert held == {decided[seat, month]}, (seat, month)


@pytest.mark.long
def test_a_crowd_sees_the_world_that_it_made(crowd):
    """Each phone, whoever was asleep too, in the debrief: the same curve, the guesses of all, and
    no name at them.
    """
    debriefs = [phone.state["debrief"] for phone in crowd.phones]
    assert all(each == debriefs[0] for each in debriefs)
    before = sorted(
        value
        for (_, step), value in crowd.accepted.alone.items()
        if PLANS["50"][step].kind == PREDICT
    )
    assert (
        sorted(each["before"] for each in debriefs[0]["predictions"] if each["before"] is not None)
        == before
    )
    course = crowd.snapshot().course
    assert debriefs[0]["class"]["curve"] == course.curve(PLANS["50"][-1].month)
