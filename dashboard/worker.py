"""Work on the jobs: one thread per server, and per job one process of low priority that can be
stopped.

A process of its own leaves the interpreter to the threads that answer visitors, can be ended at
once, and fails alone. It ends with the server, whose end closes its standard input. It is `python
-m dashboard.worker`: a line with the question comes in, lines with its progress and one with its
answer go out, all JSON. What it writes meanwhile lies in a temporary folder of its own, which is
removed with it, however it ends.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import sim
from dashboard.data.questions import question_from
from dashboard.database import UnusableError
from dashboard.jobs import Job, Jobs

COMMAND = (sys.executable, "-P", "-m", "dashboard.worker")
LONGEST = 900.0  # seconds that one job may take
OFTEN = 0.5  # seconds between two reports
LOW_PRIORITY = 19  # niceness: a moved dial comes first
FOLDER = "parley-job-"  # how the name of a temporary folder of a job begins
PLACES = ("TMPDIR", "TEMP", "TMP")  # variables that say where temporary files go

ENDED = "its process ended before it was done; start it again"
TOO_LONG = f"it took more than {LONGEST // 60} minutes and was stopped; ask for fewer worlds"
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
        """Starts the thread where it does not run. It may be called again whenever a job waits."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        self.owner = uuid.uuid4().hex  # not earlier: a server may fork after the app was made
        try:
            while (job := self.jobs.claim(self.owner)) is not None:
                self._run(job)
        except UnusableError:
            log.exception("the table of jobs cannot be used")

    def _run(self, job: Job) -> None:
        _clear()
        with tempfile.TemporaryDirectory(prefix=FOLDER, ignore_cleanup_errors=True) as folder:
            self._run_in(folder, job)

    def _run_in(self, folder: str, job: Job) -> None:
        process = _start((*self.command, str(LOW_PRIORITY)), folder)
        assert process.stdin is not None
        try:
            with suppress(BrokenPipeError):  # the process has ended, which _follow notices
                process.stdin.write(json.dumps(job.question) + "\n")
                process.stdin.flush()
            self._follow(job, _lines_of(process))
        finally:
            process.kill()
            process.wait()
            with suppress(BrokenPipeError):
                process.stdin.close()

    def _follow(self, job: Job, lines: queue.Queue[dict[str, Any] | None]) -> None:
        """Passes on the reports of the process, until the job is done or not wanted any more."""
        start = last_report = time.monotonic()
        progress: dict[str, Any] = {"done": 0, "total": 0, "seconds_left": None}
        while True:
            try:
                line = lines.get(timeout=OFTEN / 2)
            except queue.Empty:
                line = {}
            if line is None:
                return self.jobs.end(job.key, self.owner, None, ENDED)
            if "result" in line or "problem" in line:
                return self.jobs.end(
                    job.key, self.owner, line.get("result"), line.get("problem", "")
                )
            progress |= line
            now = time.monotonic()
            if now - start > LONGEST:
                return self.jobs.end(job.key, self.owner, None, TOO_LONG)
            if now - last_report > OFTEN:
                last_report = now
                if not self.jobs.report(job.key, self.owner, **progress):
                    return None


def _clear() -> None:
    """Removes the temporary folders of jobs whose server and process were killed together: none
    lives for so long.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        with suppress(OSError):
            if folder.stat().st_mtime < time.time() - 2 * LONGEST:
                shutil.rmtree(folder, ignore_errors=True)


def _start(command: tuple[str, ...], folder: str) -> subprocess.Popen[str]:
    """The process, whose temporary files go into *folder*, with this very package on its path, out
    of reach of a Ctrl-C that is meant for the server.
    """
    paths = [str(Path(__file__).parent.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        **dict.fromkeys(PLACES, folder),
    }
    environment["XDG_CACHE_HOME"] = str(
        sim.CACHE_FOLDER.parent
    )  # a temporary one too: nobody compiles the model anew
    group: dict[str, Any]
    if sys.platform == "win32":
        group = {
            "creationflags": subprocess.CREATE_NEW_PROCESS_GROUP
            | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        }
    else:
        group = {"process_group": 0}
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env=environment, **group,
    )  # fmt: skip


def _lines_of(process: subprocess.Popen[str]) -> queue.Queue[dict[str, Any] | None]:
    """The lines of the process, as they come, then None."""
    lines: queue.Queue[dict[str, Any] | None] = queue.Queue()

    def listen() -> None:
        assert process.stdout is not None
        with process.stdout, suppress(ValueError):  # the process may end within a line
            for line in process.stdout:
                lines.put(json.loads(line))
        lines.put(None)

    threading.Thread(target=listen, daemon=True).start()
    return lines


def time_left(clock: Callable[[], float] = time.monotonic) -> Callable[[int, int], float | None]:
    """A function of (done, total): the seconds left, by the pace since its first call, at which it
    is None.
    """
    first: list[tuple[float, int]] = []

    def left(done: int, total: int) -> float | None:
        now = clock()
        if not first:
            first.append((now, done))
        since, before = first[0]
        return (now - since) / (done - before) * (total - done) if done > before else None

    return left


def main(incoming: IO[str] = sys.stdin, outgoing: IO[str] = sys.stdout) -> None:
    """The process, whose argument is its niceness: answers one question, then ends."""
    if hasattr(os, "nice"):
        os.nice(int(sys.argv[1]))
    content = json.loads(incoming.readline())
    threading.Thread(target=_end_with, args=[incoming], daemon=True).start()
    left = time_left()

    def send(content: Mapping[str, Any]) -> None:
        outgoing.write(json.dumps(content, allow_nan=False) + "\n")
        outgoing.flush()

    try:
        answer = question_from(content, folder=content.get("folder")).answer(
            lambda done, total: send(
                {"done": done, "total": total, "seconds_left": left(done, total)}
            )
        )
        send({"result": answer})
    except sim.InputError as problem:
        send({"problem": str(problem)})
    except Exception:
        send({"problem": BROKEN})
        raise


def _end_with(incoming: IO[str]) -> None:
    """Ends this process with *incoming*, whatever it is doing, and leaves nothing in its temporary
    folder.
    """
    incoming.read()
    folder = Path(tempfile.gettempdir())
    if folder.name.startswith(FOLDER):
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    main()
