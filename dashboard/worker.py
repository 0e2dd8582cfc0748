"""Whoever works on the jobs: one thread per server, and per job one process of low priority that can be stopped.

A process of its own leaves the interpreter to those who answer visitors, can be ended at once, and takes nothing with
it when it fails. It ends by itself when the server does, as its standard input then does. It is `python -m
dashboard.worker`: a line with the question comes in, lines with its progress and one with its answer go out, all JSON.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import sim
from dashboard.data.questions import question_from
from dashboard.jobs import Job, Jobs

COMMAND = (sys.executable, "-P", "-m", "dashboard.worker")
LONGEST = 900.0  # seconds that one job may take
OFTEN = 0.5  # seconds between two reports
LOW_PRIORITY = 19  # niceness: whoever waits for a moved dial comes first

ENDED = "its process ended before it was done; start it again"
TOO_LONG = f"it took more than {LONGEST / 60:.0f} minutes and was stopped; ask for fewer worlds"
BROKEN = "something went wrong that was not foreseen; the server's log says what"

log = logging.getLogger(__name__)


class Worker:
    """Takes jobs off the table, one at a time, for as long as there are any."""

    def __init__(self, jobs: Jobs, command: tuple[str, ...] = COMMAND) -> None:
        self.jobs, self.command = jobs, command
        self.owner = ""
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Sees to it that somebody works; whoever polls a job that waits may call it again."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        self.owner = uuid.uuid4().hex  # not earlier: a server may fork after the app was made
        try:
            while (job := self.jobs.claim(self.owner)) is not None:
                self._run(job)
        except sqlite3.Error:
            log.exception("the table of jobs cannot be used")

    def _run(self, job: Job) -> None:
        process = _started(self.command)
        assert process.stdin is not None
        try:
            with suppress(BrokenPipeError):  # it has ended, which the other end says too
                process.stdin.write(json.dumps(job.question) + "\n")
                process.stdin.flush()
            self._follow(job, _lines_of(process))
        finally:
            process.kill()
            process.wait()
            with suppress(BrokenPipeError):
                process.stdin.close()

    def _follow(self, job: Job, lines: queue.Queue[dict[str, Any] | None]) -> None:
        """Passes on what the process says, until it is done or not wanted any more."""
        begun = reported = time.monotonic()
        progress: dict[str, Any] = {"done": 0, "total": 0, "seconds_left": None}
        while True:
            try:
                said = lines.get(timeout=OFTEN / 2)
            except queue.Empty:
                said = {}
            if said is None:
                return self.jobs.end(job.key, self.owner, None, ENDED)
            if "result" in said or "problem" in said:
                return self.jobs.end(job.key, self.owner, said.get("result"), said.get("problem", ""))
            progress |= said
            now = time.monotonic()
            if now - begun > LONGEST:
                return self.jobs.end(job.key, self.owner, None, TOO_LONG)
            if now - reported > OFTEN:
                reported = now
                if not self.jobs.report(job.key, self.owner, **progress):
                    return None


def _started(command: tuple[str, ...]) -> subprocess.Popen[str]:
    """The process, with this very package on its path, and not reached by a Ctrl-C that is meant for the server."""
    paths = [str(Path(__file__).parent.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    if sim.CACHE_FOLDER.parent.name != "parley":  # a temporary one: so that not every process compiles the model anew
        environment["XDG_CACHE_HOME"] = str(sim.CACHE_FOLDER)
    apart: dict[str, Any]
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.BELOW_NORMAL_PRIORITY_CLASS}
    else:
        apart = {"process_group": 0}
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env=environment, **apart,
    )  # fmt: skip


def _lines_of(process: subprocess.Popen[str]) -> queue.Queue[dict[str, Any] | None]:
    """What the process says, as it comes; None when it says no more."""
    lines: queue.Queue[dict[str, Any] | None] = queue.Queue()

    def listen() -> None:
        assert process.stdout is not None
        with process.stdout, suppress(ValueError):  # it may end within a line
            for line in process.stdout:
                lines.put(json.loads(line))
        lines.put(None)

    threading.Thread(target=listen, daemon=True).start()
    return lines


def time_left(clock: Callable[[], float] = time.monotonic) -> Callable[[int, int], float | None]:
    """A function of (done, total) that says how many seconds are left, by the pace since it was first called."""
    first: list[tuple[float, int]] = []

    def left(done: int, total: int) -> float | None:
        now = clock()
        if not first:
            first.append((now, done))
        since, before = first[0]
        return (now - since) / (done - before) * (total - done) if done > before else None

    return left


def main(incoming: IO[str] = sys.stdin, outgoing: IO[str] = sys.stdout) -> None:
    """The process: answers one question, then ends."""
    if hasattr(os, "nice"):
        os.nice(LOW_PRIORITY)
    question = json.loads(incoming.readline())
    threading.Thread(target=_end_with, args=[incoming], daemon=True).start()
    left = time_left()

    def say(content: Mapping[str, Any]) -> None:
        outgoing.write(json.dumps(content, allow_nan=False) + "\n")
        outgoing.flush()

    try:
        asked = question_from(question)
        say({"result": asked.simulated(lambda done, total: say(
            {"done": done, "total": total, "seconds_left": left(done, total)}))})  # fmt: skip
    except sim.InputError as problem:
        say({"problem": str(problem)})
    except Exception:
        say({"problem": BROKEN})
        raise


def _end_with(incoming: IO[str]) -> None:
    """Ends this process when *incoming* does, whatever it is doing."""
    incoming.read()
    os._exit(1)


if __name__ == "__main__":
    main()
