"""A class that sends its answers all at once, and ten classes beside each other: how long a phone
waits, and whether every answer is kept, once.

    python -m benchmarks.classroom --students 60 --sessions 1
"""

from __future__ import annotations

import argparse
import csv
import http.client
import io
import json
import random
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from benchmarks.serving import judged, processor_seconds, served

BAR = 1.0  # seconds in which 95 of 100 requests of phones are answered
WITHIN, EVERY = 10.0, 2.0  # seconds in which a class answers, and between two looks of a phone
SIZES = ((1, 60), (10, 20))  # sessions, and students in each
SEATS = 20
PREDICT, CHOOSE = 1, 2  # steps of the plan
COLUMNS = {
    PREDICT: "1. What do you expect? (guess)",
    CHOOSE: "2. The launch (decision)",
}  # of the teacher's table
DONE = {"sign": "signed", "stay-out": "stayed out"}  # as the table says it


@dataclass
class Heard:
    """What the phones heard, and what they sent: by session and name, what was accepted in each
    step.
    """

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    accepted: dict[tuple[str, str, int], Any] = field(default_factory=dict)


class Phone:
    """One device, with an address of its own where the system has them, on one connection."""

    def __init__(self, address: str, number: int, heard: Heard) -> None:
        source = (
            (f"127.0.{1 + number // 200}.{1 + number % 200}", 0)
            if sys.platform == "linux"
            else None
        )
        self._connection = http.client.HTTPConnection(
            urlsplit(address).netloc, timeout=60, source_address=source
        )
        self._heard = heard
        self.token = self.tag = ""

    def ask(self, path: str, content: dict[str, Any] | None = None) -> tuple[int, bytes]:
        """Status and content of an answer, whose time is noted."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if path == "state" and self.tag:
            headers["If-None-Match"] = self.tag
        begun = time.monotonic()
        body = None if content is None else json.dumps(content)
        self._connection.request(
            "GET" if body is None else "POST", f"/class/api/{path}", body, headers
        )
        answer = self._connection.getresponse()
        found = answer.read()
        self._heard.seconds.append(time.monotonic() - begun)
        if path == "state":
            self.tag = answer.getheader("ETag") or ""
        if answer.status >= 400:
            self._heard.errors.append(f"{path}: {answer.status} {found[:100]!r}")
        return answer.status, found

    def json(self, path: str, content: dict[str, Any] | None = None) -> Any:
        """The content of an answer."""
        return json.loads(self.ask(path, content)[1])

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()


@dataclass
class Class:
    """One session: its code, its teacher, and its students by name."""

    code: str
    teacher: Phone
    students: dict[str, Phone]


def open_class(address: str, number: int, students: int, heard: Heard) -> Class:
    """A session whose students have joined and taken seats, as many in each as in any other."""
    teacher = Phone(address, 1000 * number, heard)
    session = teacher.json("sessions", {"plan": "15", "seats": SEATS})
    teacher.token = session["secret"]
    seats = [seat["id"] for seat in teacher.json("state")["seats"]]
    phones = {}
    for place in range(students):
        phone = Phone(address, 1000 * number + place + 1, heard)
        phone.token = phone.json(
            f"sessions/{session['code']}/students", {"name": f"Student {place}"}
        )["token"]
        teacher.json("teacher", {"action": "admit"})  # all come from one address
        phone.ask("seat", {"seat": seats[place % len(seats)]})
        phones[f"Student {place}"] = phone
    return Class(session["code"], teacher, phones)


def answer_all(classes: list[Class], step: int, within: float, heard: Heard) -> None:
    """All students of all *classes* answer *step* at some moment *within* so many seconds, and look
    every two, each at moments of its own: its page was opened at one.
    """

    def answer(of: Class, name: str, phone: Phone) -> None:
        chance, begun = random.Random(f"{of.code} {name} {step}"), time.monotonic()
        moment = chance.uniform(0, within)
        time.sleep(min(chance.uniform(0, EVERY), moment))
        while (now := time.monotonic() - begun) < moment:
            phone.ask("state")
            time.sleep(max(0.0, min(EVERY, moment - now)))
        phone.tag = ""
        state = phone.json("state")
        value: Any = chance.randrange(190)
        if step == CHOOSE:
            if (
                not state["options"] or state["mine"] is not None
            ):  # of the press, or of a team that has decided
                return
            value = state["options"][0]["value"]
        if phone.ask("decisions", {"step": step, "value": value})[0] == 200:
            heard.accepted[of.code, name, step] = value

    going = [threading.Thread(target=answer, args=(of, name, phone))
             for of in classes for name, phone in of.students.items()]  # fmt: skip
    for one in going:
        one.start()
    for one in going:
        one.join()


def hold(
    address: str, sessions: int, students: int, within: float = WITHIN
) -> tuple[Heard, list[str]]:
    """So many *sessions* of so many *students*: what they heard, and which answers were lost or are
    there twice.
    """
    heard, wrong = Heard(), []
    classes = [open_class(address, number, students, heard) for number in range(sessions)]
    heard.seconds.clear()  # nobody waits for the worlds of a session while it is opened
    for step in (PREDICT, CHOOSE):
        for each in classes:
            each.teacher.ask("teacher", {"action": "skip"})
        answer_all(classes, step, within, heard)
    for each in classes:
        each.teacher.ask("teacher", {"action": "end"})
        table = each.teacher.ask("export.csv")[1].decode()
        rows = {row["name"]: row for row in csv.DictReader(io.StringIO(table))}
        predictions = each.teacher.json("state")["debrief"]["predictions"]
        wrong += [f"{len(predictions)} predictions"] * (len(predictions) != students)
        wrong += [f"{len(rows)} students"] * (len(rows) != students)
        wrong += [
            f"{name}: {step}"
            for (code, name, step), value in heard.accepted.items()
            if code == each.code and rows[name][COLUMNS[step]] != DONE.get(value, str(value))
        ]
        each.teacher.ask("teacher", {"action": "wipe"})
        for phone in (each.teacher, *each.students.values()):
            phone.close()
    return heard, wrong


def main() -> None:
    """Serves, lets the classes in, and says how it went."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--students", type=int)
    asked.add_argument("--sessions", type=int, default=1)
    given = asked.parse_args()
    sizes = SIZES if given.students is None else ((given.sessions, given.students),)
    with served("--public") as (address, process):
        for sessions, students in sizes:
            began = processor_seconds(process)
            heard, wrong = hold(address, sessions, students)
            ended, times = processor_seconds(process), sorted(heard.seconds)
            print(
                f"{sessions} x {students} students, who answer within {WITHIN:.0f} s: {len(times)}"
                " requests"
            )
            print(f"{'half of them within':34}{statistics.median(times):10.3f} s")
            print(judged("95 of 100 within", times[int(0.95 * len(times))], BAR, "s"))
            print(f"{'the slowest':34}{times[-1]:10.3f} s")
            if began is not None and ended is not None:
                each = 1000 * (ended - began) / len(times)
                print(f"{'processor time of a request':34}{each:10.1f} ms")
            print(f"{'answers accepted':34}{len(heard.accepted):10d}")
            print(f"{'answers lost or doubled':34}{len(wrong):10d}    {wrong[:3] or ''}")
            print(f"{'refused':34}{len(heard.errors):10d}    {heard.errors[:2] or ''}")


if __name__ == "__main__":
    main()
