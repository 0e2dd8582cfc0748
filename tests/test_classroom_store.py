"""The store of class sessions: threads and processes that write at once, files that cannot be used,
and a server that is killed at any moment.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from classrooms import School
from ports import free_port
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from benchmarks.classroom import hold
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.codes import hash_of
from dashboard.classroom.refusals import ClassError
from dashboard.classroom.session import note, session_at
from dashboard.classroom.store import LOCKED, Store
from dashboard.classroom.tables import DECISION, METADATA, SESSION, STEP, STUDENT, TRIGGERS, VERSION
from dashboard.jobs import Jobs
from sim import cache_folder

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def school(tmp_path):
    return School(tmp_path)


def count(store: Store, table: Any) -> int:
    return store.read(
        lambda connection: connection.execute(select(func.count()).select_from(table)).scalar_one()
    )


def test_a_change_is_on_the_disk_before_it_is_acknowledged(school):
    """The settings of SQLite under which a power cut loses nothing that was committed."""

    def settings(table: Any) -> list[Any]:
        return [
            table.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous")
        ]

    assert school.store.read(settings) == school.store.change(settings) == ["wal", 2]


def test_a_file_may_have_any_name(tmp_path):
    folder = tmp_path / "a class? of 50 % & more #1"
    assert School(folder).open(seats=6).teacher.get("state").status_code == 200
    assert (folder / "class.sqlite").exists()


# Who may read it


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def rights(folder: Path) -> dict[str, int]:
    """The rights of *folder* and of all in it, by name."""
    return {
        path.relative_to(folder.parent).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in [folder, *folder.rglob("*")]
    }


on_unix = pytest.mark.skipif(sys.platform == "win32", reason="files have no such rights")


@on_unix
def test_nobody_else_may_read_a_store_whatever_the_umask(tmp_path, umask):
    lesson = School(tmp_path / "term" / "monday").open(seats=6)
    lesson.join("Ada", "USA")
    assert rights(tmp_path / "term") == {
        "term": 0o700,
        "term/monday": 0o700,
        **{f"term/monday/class.sqlite{ending}": 0o600 for ending in ("", "-wal", "-shm")},
        "term/monday/class.sqlite.keys": 0o700,
        f"term/monday/class.sqlite.keys/{hash_of(lesson.teacher.token)}": 0o600,
    }


@on_unix
def test_nobody_else_may_read_waiting_jobs_or_the_cache(tmp_path, umask, monkeypatch):
    monkeypatch.setattr(cache_folder, "CACHE_FOLDER", tmp_path / "parley")
    folder = cache_folder.used_folder("jobs", "of-today")
    Jobs(folder).find("none")
    assert rights(tmp_path / "parley") == {
        "parley": 0o700,
        "parley/jobs": 0o700,
        "parley/jobs/of-today": 0o700,
        "parley/jobs/of-today/fair-jobs.sqlite": 0o600,
    }
    folder.chmod(0o755)
    assert cache_folder.used_folder("jobs", "of-today").stat().st_mode & 0o777 == 0o700


@on_unix
@pytest.mark.parametrize("version", [VERSION, VERSION - 1])
def test_a_store_that_was_open_to_others_is_closed(tmp_path, version):
    """Also one of an older version, which is set aside; the folder, which Parley did not make, is
    left as it is.
    """
    tmp_path.chmod(0o755)
    School(tmp_path).open(seats=6).school.store.close()
    path = tmp_path / "class.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={version}")
    for each in tmp_path.glob("class.sqlite*"):
        if each.is_file():
            each.chmod(0o666)
    School(tmp_path).open(seats=6)
    found = rights(tmp_path)
    assert found.pop(tmp_path.name) == 0o755
    keys = {name: found.pop(name) for name in [*found] if name.endswith(".keys")}
    assert set(keys.values()) == {0o700}
    assert set(found.values()) == {0o600}
    assert any("aside" in name for name in found) == (version != VERSION)


@on_unix
def test_a_file_of_somebody_else_keeps_its_rights(tmp_path):
    path = tmp_path / "class.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE shopping (what TEXT)")
        connection.commit()
    path.chmod(0o644)
    School(tmp_path).open(seats=6)
    aside = tmp_path / "class.sqlite.aside-1"
    assert stat.S_IMODE(aside.stat().st_mode) == 0o644
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_eight_threads_lose_no_change(school):
    lesson = school.open(seats=6)
    version, start = lesson.teacher.state()["version"], threading.Barrier(8)

    def write() -> None:
        """As a process of its own would, whose threads take no turns with those of others."""
        store = Store(school.store.path, patience=60.0)
        start.wait()
        for _ in range(5):
            store.change(lambda table: note(table, session_at(table, 1)))
        store.close()

    with ThreadPoolExecutor(8) as threads:
        for each in [threads.submit(write) for _ in range(8)]:
            each.result()
    assert lesson.teacher.state()["version"] == version + 40


def test_eight_threads_join_with_numbers_of_their_own(school):
    lesson = school.open(seats=6)
    start = threading.Barrier(8)

    def join(name: str) -> int:
        start.wait()
        return school.room.join(lesson.code, name)[1]

    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(join, "ABCDEFGH"))
    assert sorted(numbers) == list(range(1, 9))


WRITE = """
import sys, time
from pathlib import Path
from benchmarks.classroom import hold
from dashboard.classroom.session import note, session_at
from dashboard.classroom.store import Store
store = Store(Path(sys.argv[1]), clock=time.time)
for _ in range(20):
    store.change(lambda table: note(table, session_at(table, 1)))
"""


@pytest.mark.long
def test_two_processes_lose_no_change(school):
    lesson = school.open(seats=6)
    version = lesson.teacher.state()["version"]
    command = [sys.executable, "-c", WRITE, str(school.store.path)]
    writers = [
        subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        for _ in range(2)
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert lesson.teacher.state()["version"] == version + 40


def test_a_step_is_entered_once_however_many_find_its_time_over(school):
    lesson = school.open(seats=6)
    lesson.teacher.teach("start")
    phones = [lesson.join(name) for name in "ABCDEFGH"]
    school.clock.move(121)
    start = threading.Barrier(8)

    def ask(phone: Any) -> int:
        start.wait()
        return school.room.person(phone.token).session.step

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, phones)) == {2}
    assert count(school.store, STEP) == 3


def test_what_was_decided_stands(school):
    lesson = school.open(seats=6)
    student = lesson.join("Ada", "USA")
    lesson.go_to("choose")
    student.decide("sign")
    with pytest.raises(IntegrityError, match="a decision stands"):
        school.store.change(
            lambda table: table.execute(DECISION.update().values(value='"stay-out"'))
        )
    lesson.go_on()
    with pytest.raises(IntegrityError, match=r"step\.session, step\.number"):
        school.store.change(
            lambda table: table.execute(
                STEP.insert().values(session=1, number=3, at=0.0, why="teacher")
            )
        )


def test_a_change_that_fails_leaves_nothing_behind(school):
    school.open(seats=6)

    def fail(table: Any) -> None:
        note(table, session_at(table, 1))
        raise RuntimeError

    before = school.store.read(lambda table: session_at(table, 1))
    with pytest.raises(RuntimeError):
        school.store.change(fail)
    assert school.store.read(lambda table: session_at(table, 1)) == before


def test_nobody_else_writes_once_a_change_has_begun_to_read(school):
    school.open(seats=6)
    other = Store(school.store.path, patience=0)  # as in another process
    before = other.read(lambda table: session_at(table, 1))

    def change(table: Any) -> None:
        session = session_at(table, 1)
        with pytest.raises(ClassError, match="in use"):
            other.change(lambda elsewhere: note(elsewhere, session))
        note(table, session)

    school.store.change(change)
    assert other.read(lambda table: session_at(table, 1)).version == before.version + 1


# Files that cannot be used


def test_a_locked_file_is_a_sentence_and_its_session_goes_on_later(tmp_path):
    school = School(tmp_path, patience=0.2)
    lesson = school.open(seats=6)
    student = lesson.join("Cy")
    other = sqlite3.connect(school.store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = lesson.ask_to_join("Ada")
    assert (answer.status_code, answer.get_json()["message"]) == (503, ENGLISH.say(LOCKED))
    school.clock.move(60)
    assert (
        student.get("state").status_code == 200
    )  # reading waits for nobody, nor does who was seen
    other.execute("ROLLBACK")
    other.close()
    assert lesson.ask_to_join("Ada").status_code == 201


@pytest.mark.parametrize("fault", ["no database", "torn", "cut"])
def test_a_damaged_file_is_set_aside_with_a_sentence(school, fault):
    lesson = school.open(seats=6)
    for number in range(30):
        lesson.join(f"Student {number}")
    school.store.close()
    path = school.store.path
    content = path.read_bytes()
    damaged = {
        "no database": b"no database at all" * 100,
        "torn": content[:4096] + b"\xff" * (len(content) - 4096),
        "cut": content[: len(content) // 2],
    }[fault]
    path.write_bytes(damaged)
    assert lesson.teacher.get("state").status_code == 401  # nobody knows the session any more
    new = school.open(seats=6)
    assert new.teacher.get("state").status_code == 200
    assert [remark.partition(";")[0] for remark in school.store.remarks] == [
        "the file of class sessions was damaged"
    ]
    aside = next(path.parent.glob("*.aside-1"))
    assert aside.name in school.store.remarks[0]
    assert aside.read_bytes() == damaged


def test_a_file_that_is_damaged_meanwhile_is_set_aside(school):
    lesson = school.open(seats=6)
    for number in range(30):
        lesson.join(f"Student {number}")
    school.store.read(lambda table: table.exec_driver_sql("PRAGMA user_version").scalar())
    other = sqlite3.connect(school.store.path)
    other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()
    with school.store.path.open("r+b") as file:
        file.seek(0)
        file.write(b"\xff" * 65536)
    assert school.open(seats=6).teacher.get("state").status_code == 200
    assert len(school.store.remarks) == 1


def test_a_file_that_was_deleted_is_begun_anew(school):
    lesson = school.open(seats=6)
    school.store.path.unlink()
    assert lesson.teacher.get("state").status_code == 401
    assert school.open(seats=6).teacher.get("state").status_code == 200
    assert school.store.path.exists()
    assert school.store.remarks == []


def test_a_file_of_another_version_is_set_aside_with_a_sentence(school):
    lesson = school.open(seats=6)
    school.store.close()
    other = sqlite3.connect(school.store.path)
    other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.close()
    assert lesson.teacher.get("state").status_code == 401
    assert "of another version of Parley" in school.store.remarks[0]


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    school = School(tmp_path / "file")
    answer = school.client.post("/class/api/sessions", json={})
    assert answer.status_code == 503
    assert "cannot be written" in answer.get_json()["message"]


# A server that is killed

SERVE = """
import os, sys, time
from pathlib import Path
import logging, waitress
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
sys.path.insert(0, sys.argv[3])
from classrooms import app_of
from dashboard.classroom.room import Room
from dashboard.classroom.store import Store

def room():
    return Room(Store(Path(sys.argv[1]) / "class.sqlite"))

warm = Path(sys.argv[1]) / "warm"
warm.mkdir()
first = Room(Store(warm / "class.sqlite"))
first.simulate(first.open({"plan": "15", "seats": 6, "seed": 1})[0])
first.store.close()
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        port = int(sys.argv[2])
        waitress.serve(app_of(room()), host="127.0.0.1", port=port, threads=8, _quiet=True)
        os._exit(0)
    print(pid, flush=True)
    os.waitpid(pid, 0)
"""


class Servers:
    """Servers of one file at one port, each forked from a process that has everything imported."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._parent = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(folder), str(self.port), str(ROOT / "tests")],
            cwd=ROOT,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def start(self) -> None:
        """A new server, once it answers."""
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.write("\n")
        self._parent.stdin.flush()
        self._pid = int(self._parent.stdout.readline())
        while self.ask("choices")[0] == 0:
            time.sleep(0.01)

    def kill(self) -> None:
        """Ends the server in the middle of whatever it does."""
        os.kill(self._pid, signal.SIGKILL)

    def ask(self, path: str, token: str = "", **content: Any) -> tuple[int, dict[str, Any]]:
        """Status and JSON of an answer; 0 where there is none."""
        data = json.dumps(content).encode() if content else None
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/class/api/{path}", data, headers
        )
        try:
            try:
                answer = urllib.request.urlopen(request, timeout=20)
            except urllib.error.HTTPError as problem:
                answer = problem
            with answer:
                return answer.status, json.loads(answer.read())
        except (OSError, ValueError, http.client.HTTPException):  # it was killed meanwhile
            return 0, {}

    def close(self) -> None:
        self._parent.communicate(timeout=60)


@contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    started = Servers(folder)
    try:
        yield started
    finally:
        started.kill()
        started.close()


@pytest.mark.long
def test_a_killed_server_keeps_every_decision_that_it_acknowledged(tmp_path):
    """Twenty times the server dies at some moment while twelve phones and the teacher write, and
    another takes over.
    """
    chance = random.Random(1)
    with servers(tmp_path) as school:
        school.start()
        _, session = school.ask("sessions", plan="50", seats=20, seed=1)
        teacher, acknowledged, steps = session["secret"], {}, []
        school.ask("teacher", teacher, action="admit")  # as all come from one address
        phones = [
            school.ask(f"sessions/{session['code']}/students", name=f"Student {n}")[1]["token"]
            for n in range(12)
        ]
        _, state = school.ask("state", teacher)
        seats = [seat["id"] for seat in state["seats"] if seat["kind"] != "press"]
        for phone, seat in zip(phones, seats, strict=False):
            assert school.ask("seat", phone, seat=seat)[0] == 200

        def decide(number: int) -> None:
            _, now = school.ask("state", phones[number])
            if now and now["step"]["kind"] in ("predict", "choose", "exit"):
                kind, step = now["step"]["kind"], now["step"]["number"]
                value: Any = chance.randrange(190)
                if kind == "choose":
                    value = chance.choice(now["options"])["value"]
                elif kind == "exit":
                    value = {"mood": "proud", "answer": value}
                if school.ask("decisions", phones[number], step=step, value=value)[0] == 200:
                    acknowledged[number, step] = value

        def skip() -> None:
            steps.append(school.ask("teacher", teacher, action="skip"))

        with ThreadPoolExecutor(12) as threads:
            for kill in range(20):
                under_way = [threads.submit(skip)] if kill % 2 == 0 else []
                under_way += [threads.submit(decide, number) for number in range(12)]
                answered = chance.randrange(
                    1, len(under_way)
                )  # so many are when it dies, however slow it is
                while sum(each.done() for each in under_way) < answered:
                    time.sleep(0.002)
                time.sleep(chance.random() * 0.05)
                school.kill()
                for each in under_way:
                    each.result()
                school.start()
    store = Store(tmp_path / "class.sqlite")
    held = store.read(
        lambda table: table.execute(
            select(STUDENT.c.number, DECISION.c.step, DECISION.c.value).join(
                STUDENT, STUDENT.c.id == DECISION.c.student
            )
        ).all()
    )
    decisions = {(number - 1, step): json.loads(value) for number, step, value in held}
    assert len(decisions) == len(held)
    assert len(acknowledged) > 12
    assert {key: decisions.get(key) for key in acknowledged} == acknowledged
    played = store.read(
        lambda table: table.execute(select(STEP.c.number).order_by(STEP.c.id)).scalars().all()
    )
    assert played == list(range(len(played)))
    assert len(played) > sum(status == 200 for status, _ in steps)
    assert (
        store.read(lambda table: table.execute(select(SESSION.c.step)).scalar_one()) == played[-1]
    )
    assert store.remarks == []
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.mark.long
def test_classes_that_answer_all_at_once_lose_and_double_nothing(tmp_path):
    with servers(tmp_path) as school:
        school.start()
        heard, wrong = hold(f"http://127.0.0.1:{school.port}/", sessions=3, students=20, within=2)
    assert (wrong, heard.errors) == ([], [])
    assert len(heard.accepted) >= 3 * (
        20 + 18
    )  # all predict, and all seats but two of the press choose


# Rows that cannot be

IMPOSSIBLE = ("nope", -1, 10**9, "[1]", b"\xff")
KEPT = {"id", "session", "code", "secret", "token"}  # without these a row is nobody's


@pytest.mark.long
@pytest.mark.parametrize(
    ("plan", "kinds"),
    [
        ("50", ("predict", "choose", "keep", "accuse", "exit")),
        ("150", ("amend", "draft", "accept")),
    ],
)
def test_a_row_that_cannot_be_is_a_sentence_and_other_sessions_go_on(tmp_path, plan, kinds):
    school = School(tmp_path)
    lesson, other = school.open(plan, seats=6), school.open("15", seats=6)
    teams = {"Ada": "USA", "Bo": "CHN", "Cy": "FRA", "Ed": "press-1"}
    phones = [lesson.join(name, seat) for name, seat in teams.items()]
    for kind in kinds:
        lesson.go_to(kind)
        for phone in phones:
            options = phone.state()["options"]
            phone.decide(options[0]["value"] if options else 50)
            phone.decide({"1": "in-full"})
            phone.decide("A headline")
    school.store.close()
    whole = school.store.path.read_bytes()
    spoilt = 0
    for table in METADATA.sorted_tables:
        for column in {each.name for each in table.columns} - KEPT:
            for value in IMPOSSIBLE:
                school.store.close()
                school.store.path.write_bytes(whole)
                if not spoil(school.store.path, table.name, column, value, lesson.code):
                    continue
                fresh = School(tmp_path)
                for device, path in (
                    (lesson.teacher, "state"),
                    (lesson.teacher, "export.csv"),
                    (phones[0], "state"),
                ):
                    answer = fresh.client.get(f"/class/api/{path}", headers=device.headers)
                    assert answer.status_code in (200, 401, 410, 503), (table.name, column, value)
                    if answer.status_code == 410:
                        spoilt += 1
                        assert answer.get_json()["message"]
                headers = other.teacher.headers
                assert fresh.client.get("/class/api/state", headers=headers).status_code == 200
                fresh.store.close()
    assert spoilt > 100


def spoil(path: Path, table: str, column: str, value: Any, code: str) -> bool:
    """Writes *value* into the last row of a session's *table*; whether there was one, and SQLite
    took it.
    """
    own = "code = ?" if table == "session" else "session = (SELECT id FROM session WHERE code = ?)"
    last = f"(SELECT MAX(id) FROM {table} WHERE {own})"
    with closing(sqlite3.connect(path)) as connection:
        for trigger in TRIGGERS:
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger.split()[5]}")
        try:
            changed = connection.execute(
                f"UPDATE {table} SET {column} = ? WHERE id = {last}", (value, code)
            )
        except sqlite3.Error:
            return False
        connection.commit()
        return changed.rowcount == 1
