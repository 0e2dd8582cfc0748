"""Class sessions in tests: a clock set by hand, a server with their routes alone, and the devices
of a class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.classroom import routes
from dashboard.classroom.codes import hash_of
from dashboard.classroom.room import Room
from dashboard.classroom.store import KEYS, Store
from dashboard.limits import CLASS

API = "/class/api"
KEY = bytes(32)  # of sessions, so that what happens in them is known
NOON = 1_900_000_000.0


class Clock:
    """A clock that stands until somebody moves it."""

    def __init__(self, now: float = NOON) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def move(self, seconds: float) -> None:
        """Moves it on."""
        self.now += seconds


def app_of(room: Room) -> flask.Flask:
    """A server with the routes of class sessions and nothing else; their page is the one of its
    list of pages.
    """
    app = flask.Flask("classroom")
    app.config.update(LIMITS=CLASS, HEADERS={})
    routes.register(app, room, {"With others": [("class", "Class")]})
    return app


@dataclass
class Device:
    """A phone, the teacher's page or the shared screen, by its token."""

    client: FlaskClient
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, path: str, **more: str) -> TestResponse:
        return self.client.get(f"{API}/{path}", headers={**self.headers, **more})

    def post(self, path: str, **content: Any) -> TestResponse:
        return self.client.post(f"{API}/{path}", json=content, headers=self.headers)

    def state(self) -> dict[str, Any]:
        answer = self.get("state")
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def take(self, seat: str | None) -> Device:
        """Takes that seat, and is this device."""
        assert self.post("seat", seat=seat).status_code == 200
        return self

    def decide(self, value: Any, step: int | None = None) -> TestResponse:
        """Decides in *step*, by default the present one."""
        number = self.state()["step"]["number"] if step is None else step
        return self.post("decisions", step=number, value=value)

    def teach(self, action: str, **more: Any) -> TestResponse:
        return self.post("teacher", action=action, **more)


class School:
    """A server in this process, with the file of its sessions in *folder*."""

    def __init__(self, folder: Path, patience: float = 60.0) -> None:
        self.clock = Clock()
        self.store = Store(folder / "class.sqlite", patience=patience, clock=self.clock)
        self.room = Room(self.store)
        self.client = app_of(self.room).test_client()

    def open(
        self, plan: str = "15", seats: int = 12, seed: int = 1, key: bytes = KEY, **more: Any
    ) -> Lesson:
        """A new session of a world that is known, with that *key*."""
        answer = self.client.post(
            f"{API}/sessions", json={"plan": plan, "seats": seats, "seed": seed, **more}
        )
        assert answer.status_code == 201, answer.text
        secret = answer.get_json()["secret"]
        self.key_file(secret).write_bytes(key)
        return Lesson(self, answer.get_json()["code"], Device(self.client, secret))

    def key_file(self, secret: str) -> Path:
        """The file with the key of the session that has this *secret* of its teacher."""
        return Path(f"{self.store.path}{KEYS}") / hash_of(secret)


def files_of(school: School) -> list[Path]:
    """All files of a *school*."""
    return [path for path in school.store.path.parent.rglob("*") if path.is_file()]


@dataclass
class Lesson:
    """One session of a school."""

    school: School
    code: str
    teacher: Device
    asked: int = 0  # times that somebody asked to join

    def ask_to_join(
        self, name: Any, code: str | None = None, address: str | None = None, **wish: Any
    ) -> TestResponse:
        """Asks from a phone with an address of its own, unless one is given; *wish* is sent, too,
        beside the name.
        """
        self.asked += 1
        own = f"10.0.{self.asked // 250}.{self.asked % 250 + 1}"
        return self.school.client.post(
            f"{API}/sessions/{code or self.code}/students",
            json={"name": name, **wish},
            environ_base={"REMOTE_ADDR": address or own},
        )

    def join(self, name: str, seat: str | None = None) -> Device:
        """The phone of a new student, in that seat."""
        answer = self.ask_to_join(name)
        assert answer.status_code == 201, answer.text
        student = Device(self.school.client, answer.get_json()["token"])
        return student if seat is None else student.take(seat)

    def screen(self) -> Device:
        return Device(self.school.client, self.teacher.post("screen").get_json()["token"])

    def go_on(self, steps: int = 1) -> None:
        """The teacher ends so many steps."""
        for _ in range(steps):
            assert self.teacher.teach("skip").status_code == 200

    def go_to(self, kind: str) -> int:
        """Goes on until the next step of that *kind*; its number."""
        self.go_on()
        while self.teacher.state()["step"]["kind"] != kind:
            self.go_on()
        return self.teacher.state()["step"]["number"]


class Sitting:
    """A session of a *plan* in a *room*, without HTTP: six seats, those *taken* with a student
    each.
    """

    def __init__(self, room: Room, plan: str, taken: Sequence[str]) -> None:
        self.room = room
        self.code, self.secret = room.open({"plan": plan, "seats": 6, "seed": 1})
        self.tokens = {seat: room.join(self.code, f"Team {seat}")[0] for seat in taken}
        for seat, token in self.tokens.items():
            room.seat(room.person(token), seat)
        self.screen = room.screen(room.person(self.secret))

    @property
    def state(self) -> dict[str, Any]:
        """What the teacher sees."""
        return self.room.state(self.room.person(self.secret))

    def teach(self, action: str) -> None:
        self.room.teach(self.room.person(self.secret), {"action": action})

    def go_to(self, kind: str) -> None:
        """Goes on until the next step of that *kind*."""
        self.teach("start" if self.state["step"]["kind"] == "lobby" else "skip")
        while self.state["step"]["kind"] != kind:
            self.teach("skip")

    def decide(self, seat: str, value: Any) -> None:
        self.room.decide(self.room.person(self.tokens[seat]), self.state["step"]["number"], value)
