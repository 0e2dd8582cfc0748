"""The table of jobs and its worker: one job per question, cancelled when nobody waits, safe against
damage.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sim
from dashboard import jobs as table
from dashboard.database import UnusableError
from dashboard.jobs import (
    CANCELLED,
    DONE,
    FAILED,
    MOST_WAITING,
    RUNNING,
    WAITING,
    Job,
    Jobs,
    QueueFullError,
)
from dashboard.worker import COMMAND, ENDED, FOLDER, PLACES, Worker, time_left

ME, YOU = "0123456789abcdef", "fedcba9876543210"

# Stand-ins for the process of a job: each reports, and waits, ends or answers.
QUESTION = "import json, os, sys, time; q = json.loads(sys.stdin.readline()); "
REPORT = "print(json.dumps({'done': 1, 'total': 4, 'seconds_left': 9.0}), flush=True); "
WAITS = QUESTION + REPORT + "open(q['file'], 'w').write(str(os.getpid())); time.sleep(600)"
ENDS = QUESTION + REPORT + "print('{\"resu', end='', flush=True); os._exit(9)"
ANSWERS = QUESTION + "print(json.dumps({'result': {'file': q['file']}}), flush=True)"

no_signals = pytest.mark.skipif(
    os.name == "nt", reason="Windows cannot ask after a process by a signal"
)


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    return Jobs(tmp_path)


def working(jobs: Jobs, script: str) -> Worker:
    """A worker whose processes run *script*."""
    worker = Worker(jobs, (sys.executable, "-P", "-c", script))
    worker.wake()
    return worker


def until(holds: Callable[[], Any]) -> Any:
    """The value of *holds* once it is true; the test fails if it never is."""
    for _ in range(2400):
        if result := holds():
            return result
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def at(jobs: Jobs, state: str, key: str = "a", visitor: str = ME) -> Job:
    """The job *key*, once it is in *state*; meanwhile *visitor* waits for it."""
    return until(lambda: (job := jobs.find(key, visitor)) and job.state == state and job)


def test_the_same_question_of_two_visitors_is_one_job(jobs):
    assert jobs.ask("a", {}, ME) == jobs.ask("a", {}, YOU)
    assert jobs.claim("worker").key == "a"
    assert jobs.ask("a", {}, ME).state == RUNNING
    assert jobs.claim("worker") is None


def test_a_job_is_seen_as_it_is_at_one_moment_though_it_is_claimed_meanwhile(jobs, monkeypatch):
    order, claims = table._order, []

    def order_after_a_claim(connection):
        if not claims:  # a claim asks for the order too
            claims.append(threading.Thread(target=jobs.claim, args=["worker"]))
            claims[0].start()
            time.sleep(0.2)
        return order(connection)

    jobs.ask("a", {}, ME)
    monkeypatch.setattr(table, "_order", order_after_a_claim)
    found = jobs.find("a", ME)
    monkeypatch.undo()
    claims[0].join()
    assert (found.state, found.before) == (WAITING, 0)
    assert jobs.find("a").state == RUNNING


def test_a_job_is_done_and_its_answer_survives_a_restart(jobs, tmp_path):
    jobs.ask("a", {"file": "x"}, ME)
    working(jobs, ANSWERS)
    assert at(jobs, DONE).result == {"file": "x"}
    assert Jobs(tmp_path).find("a").result == {"file": "x"}
    assert Jobs(tmp_path).ask("a", {"file": "x"}, YOU).state == DONE


@no_signals
def test_a_job_tells_how_far_it_is_and_stops_its_process_when_it_is_cancelled(jobs, tmp_path):
    file = tmp_path / "number"
    jobs.ask("a", {"file": str(file)}, ME)
    working(jobs, WAITS)
    process = int(until(lambda: file.exists() and file.read_text()))
    until(lambda: (jobs.find("a", ME).done, jobs.find("a", ME).total) == (1, 4))
    assert jobs.leave("a", ME).state == CANCELLED
    until(lambda: has_ended(process))
    assert jobs.find("a").message == table.STOPPED


def has_ended(process: int) -> bool:
    """Whether there is no process of that number."""
    try:
        os.kill(process, 0)
    except OSError:
        return True
    return False


def test_cancelling_does_not_cancel_for_another(jobs):
    jobs.ask("a", {}, ME)
    jobs.ask("a", {}, YOU)
    assert jobs.leave("a", ME).state == WAITING
    assert jobs.leave("a", YOU).state == CANCELLED


@no_signals
def test_a_job_that_nobody_polls_is_cancelled_and_its_process_stopped(jobs, tmp_path):
    file = tmp_path / "number"
    for key in "ab":
        jobs.ask(key, {"file": str(file)}, ME)
    working(jobs, WAITS)
    process = int(until(lambda: file.exists() and file.read_text()))
    jobs._idle = 0.1
    until(lambda: has_ended(process))
    for key in "ab":  # the one that ran, and the one that waited
        job = until(lambda key=key: (job := jobs.find(key)) and job.state == CANCELLED and job)
        assert job.message == table.UNWANTED


def test_a_job_whose_process_was_killed_says_so_and_can_be_asked_again(jobs):
    jobs.ask("a", {"file": "x"}, ME)
    first = working(jobs, ENDS)
    assert at(jobs, FAILED).message == ENDED
    first._thread.join()  # else it may take the job once more, and fail again
    assert jobs.ask("a", {"file": "x"}, ME).state == WAITING
    working(jobs, ANSWERS)
    assert at(jobs, DONE).result == {"file": "x"}


def test_a_job_whose_server_was_killed_says_so_and_can_be_asked_again(tmp_path):
    Jobs(tmp_path).ask("a", {"file": "x"}, ME)
    assert Jobs(tmp_path).claim("a server that is no more").state == RUNNING
    later = Jobs(tmp_path, silent=0)
    assert later.find("a", ME).message == table.INTERRUPTED
    assert later.ask("a", {"file": "x"}, ME).state == WAITING
    assert not later.report("a", "a server that is no more", 1, 2, None)
    later.end("a", "a server that is no more", {"file": "too late"})
    assert later.find("a").state == WAITING


def test_a_full_queue_says_so_and_lets_in_who_asks_what_waits_already(jobs):
    for number in range(MOST_WAITING):
        assert jobs.ask(f"{number}", {}, ME).before == number
    with pytest.raises(QueueFullError):
        jobs.ask("one more", {}, ME)
    assert jobs.find("one more") is None
    assert jobs.ask("0", {}, YOU).state == WAITING
    assert [jobs.claim("worker").key for _ in range(MOST_WAITING)] == [
        f"{number}" for number in range(MOST_WAITING)
    ]


def damage_the_start(path: Path) -> None:
    path.write_bytes(b"no table at all" * 100)


def damage_the_middle(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


@pytest.mark.parametrize("damage", [damage_the_start, damage_the_middle])
def test_a_damaged_table_is_moved_aside_and_logged(jobs, caplog, damage):
    jobs.ask("a", {}, ME)
    damage(jobs.path)
    assert jobs.ask("b", {}, ME).state == WAITING
    assert jobs.find("a") is None
    assert Path(f"{jobs.path}.aside-1").exists()
    assert "damaged" in caplog.text


def test_a_table_that_was_deleted_is_begun_anew(jobs):
    jobs.ask("a", {}, ME)
    jobs.path.unlink()
    assert jobs.find("a", ME) is None
    assert jobs.ask("a", {}, ME).state == WAITING


def test_a_table_that_another_program_holds_says_so_and_is_used_later(jobs):
    jobs.ask("a", {}, ME)
    jobs._database._patience = 0.1
    jobs._database.close()  # so that it is opened with less patience
    other = sqlite3.connect(jobs.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UnusableError) as problem:
        jobs.ask("b", {}, ME)
    assert problem.value.is_in_use
    other.execute("ROLLBACK")
    other.close()
    assert jobs.ask("b", {}, ME).state == WAITING


def test_ended_jobs_are_few_and_the_last_one_used_stays(jobs, monkeypatch):
    monkeypatch.setattr(table, "MOST_ENDED", 3)
    for number in range(6):
        jobs.ask(f"{number}", {}, ME)
        jobs.claim("worker")
        jobs.end(f"{number}", "worker", {"number": number})
        assert jobs.ask("0", {}, ME).result == {"number": 0}
    numbers = [number for number in range(6) if jobs.find(f"{number}")]
    assert len(numbers) <= 3 + 1
    assert {0, 5} <= set(numbers)


def test_names_of_visitors_are_few(jobs, monkeypatch):
    monkeypatch.setattr(table, "MOST_VISITORS", 2)
    for visitor in ("1", "2", "3"):
        jobs.ask("a", {}, visitor)
    assert jobs.leave("a", "1").state == WAITING
    assert jobs.leave("a", "2").state == CANCELLED


def test_the_time_left_goes_by_the_pace_since_the_first_report():
    clock = iter([100, 104, 110])
    seconds_left = time_left(lambda: next(clock))
    assert seconds_left(2, 22) is None
    assert seconds_left(4, 22) == 36
    assert seconds_left(12, 22) == 10


# A stand-in that writes into its temporary folder before it says where that is.
WRITES = (
    QUESTION + "import pathlib, tempfile; place = pathlib.Path(tempfile.mkdtemp()); (place /"
    " 'runs').write_text('x'); "
    + REPORT
    + "open(q['file'], 'w').write(str(place)); time.sleep(q.get('for', 600)); "
    + "print(json.dumps({'result': {}}), flush=True)"
)


@pytest.mark.parametrize("way", ["done", "cancelled"])
def test_what_a_job_wrote_meanwhile_is_gone_when_it_has_ended(jobs, tmp_path, way):
    file = tmp_path / "place"
    jobs.ask("a", {"file": str(file), "for": 1 if way == "done" else 600}, ME)
    working(jobs, WRITES)
    place = Path(until(lambda: file.exists() and file.read_text()))
    assert (place / "runs").exists()
    assert place.parent.name.startswith(FOLDER)
    if way == "cancelled":
        jobs.leave("a", ME)
    else:
        at(jobs, DONE)
    until(lambda: not place.parent.exists())


def test_a_folder_that_a_killed_server_left_is_removed_by_a_later_job(jobs, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new = (tmp_path / f"{FOLDER}{name}" for name in ("old", "new"))
    for folder in (old, new):
        folder.mkdir()
    (old / "runs").write_text("x")
    os.utime(old, (0, 0))
    jobs.ask("a", {"file": "x"}, ME)
    working(jobs, ANSWERS)
    at(jobs, DONE)
    assert not old.exists()
    assert new.exists()


@pytest.mark.long
def test_a_sweep_leaves_nothing_behind_when_its_server_ends(tmp_path):
    place = tmp_path / f"{FOLDER}x"
    place.mkdir()
    question = {"kind": "sweep", "view": "", "asked": "ready=what-survives"}
    environment = {**os.environ, "PYTHONPATH": str(Path(sim.__file__).parent.parent)}
    environment |= dict.fromkeys(PLACES, str(place))
    pipe = subprocess.PIPE
    with subprocess.Popen(
        (*COMMAND, "0"), stdin=pipe, stdout=pipe, text=True, env=environment
    ) as process:
        process.stdin.write(json.dumps(question) + "\n")
        process.stdin.flush()
        process.stdout.readline()  # it has begun
        until(lambda: list(place.glob("parley-sweep-*/points.parquet")))
        process.stdin.close()
        assert process.wait(timeout=120) == 1
    assert not place.exists()


def test_the_process_ends_when_its_server_does():
    question = {"kind": "pivots", "view": "worlds=66", "asked": "most=60"}
    environment = {**os.environ, "PYTHONPATH": str(Path(sim.__file__).parent.parent)}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        (*COMMAND, "0"), stdin=pipe, stdout=pipe, text=True, env=environment
    ) as process:
        process.stdin.write(json.dumps(question) + "\n")
        process.stdin.close()
        assert process.wait(timeout=120) == 1
        assert "result" not in process.stdout.read()
