"""The table of jobs: one job per long question, for any number of visitors and any process of the
server.

It is a small database on disk. A job waits, runs, and is done, failed or cancelled; one that failed
or was cancelled may be started again. It is wanted while somebody polls it, and runs while its
process reports, so that a server that was killed leaves no job running for ever. Addresses take
turns, and the table knows one only while a job of it waits or runs.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from dashboard.turns import fair_order

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
MOST_WAITING = 8
MOST_ENDED = 40  # answers and failures, some 60 kB each, at most 300
MOST_VISITORS = 200  # names beside one job; it is wanted all the same
IDLE = 30.0  # seconds without a poll after which nobody wants a job
SILENT = 15.0  # seconds without a report from its process after which a job is interrupted
FRESH = 5.0  # seconds within which a poll need not be written again
PATIENCE = 10.0  # seconds to wait for another process that writes

STOPPED = "it was cancelled; start it again when you like"
UNWANTED = "nobody was waiting for it any more, so it was cancelled; start it again"
INTERRUPTED = "the server was stopped while it was simulating; start it again"

SCHEMA = """
CREATE TABLE IF NOT EXISTS job (
  key TEXT PRIMARY KEY, question TEXT NOT NULL, state TEXT NOT NULL,
  address TEXT NOT NULL DEFAULT '', asked REAL NOT NULL, ended REAL, owner TEXT,
  beat REAL, done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0, seconds_left REAL,
  message TEXT NOT NULL DEFAULT '', result TEXT);
CREATE TABLE IF NOT EXISTS visitor (
  key TEXT NOT NULL, name TEXT NOT NULL, seen REAL NOT NULL, PRIMARY KEY (key, name));
"""
OF_PRESENT = f"FROM job WHERE state IN ('{WAITING}', '{RUNNING}')"
BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)


class QueueFullError(Exception):
    """As many questions wait as may, or, where that `is_of_one`, as many of one address wait or
    run.
    """

    def __init__(self, *, is_of_one: bool = False) -> None:
        super().__init__()
        self.is_of_one = is_of_one


@dataclass(frozen=True)
class Job:
    """One question and its progress: `done` of `total` parts, 0 of 0 until it begins; `before` it,
    others that wait.
    """

    key: str
    question: dict[str, Any]
    state: str
    done: int
    total: int
    seconds_left: float | None
    before: int
    message: str
    result: dict[str, Any] | None

    def as_json(self) -> dict[str, Any]:
        """The job without its question, which the page knows."""
        content = {
            name: value for name, value in vars(self).items() if name not in ("question", "result")
        }
        return content | ({"result": self.result} if self.result is not None else {})


class Jobs:
    """The table in *folder*, which servers with other formulas or other data do not share.

    At most *each* jobs of one address wait or run; any number of them where it is None.
    """

    def __init__(
        self, folder: Path, *, each: int | None = None, idle: float = IDLE, silent: float = SILENT
    ) -> None:
        self.path = folder / "fair-jobs.sqlite"
        self._each, self._idle, self._silent = each, idle, silent

    def ask(self, key: str, question: Mapping[str, Any], visitor: str, address: str = "") -> Job:
        """The job of *question*, for which *visitor* at *address* now waits; QueueFullError where
        it has no room.
        """

        def start(table: sqlite3.Connection, now: float) -> Job:
            row = table.execute("SELECT state FROM job WHERE key = ?", [key]).fetchone()
            if row is None or row["state"] in (FAILED, CANCELLED):
                present = table.execute(f"SELECT state, address {OF_PRESENT}").fetchall()
                if (
                    self._each is not None
                    and sum(job["address"] == address for job in present) >= self._each
                ):
                    raise QueueFullError(is_of_one=True)
                if sum(job["state"] == WAITING for job in present) >= MOST_WAITING:
                    raise QueueFullError
                table.execute(
                    "INSERT OR REPLACE INTO job (key, question, state, address, asked) VALUES (?,"
                    " ?, ?, ?, ?)",
                    [key, json.dumps(dict(question)), WAITING, address, now],
                )
            elif row["state"] == DONE:
                table.execute("UPDATE job SET asked = ? WHERE key = ?", [now, key])
            _note(table, key, visitor, now)
            return _job(table, key)

        return self._transaction(start)

    def find(self, key: str, visitor: str | None = None) -> Job | None:
        """The job *key*, if there is one; *visitor*, if named, goes on waiting for it."""

        def look(table: sqlite3.Connection) -> tuple[Job | None, bool]:
            now = time.time()
            table.execute(
                "BEGIN"
            )  # so that all is read of one moment, whoever claims the job meanwhile
            job = _job_or_none(table, key)
            if job is None or job.state not in (WAITING, RUNNING):
                return job, True
            beat, seen = table.execute(
                "SELECT beat, (SELECT seen FROM visitor WHERE key = ? AND name = ?) FROM job WHERE"
                " key = ?",
                [key, visitor, key],
            ).fetchone()
            silent = job.state == RUNNING and beat < now - self._silent
            fresh = visitor is None or (
                seen is not None and seen > now - min(FRESH, self._idle / 3)
            )
            return job, fresh and not silent

        def poll(table: sqlite3.Connection, now: float) -> Job | None:
            if visitor is not None:
                _note(table, key, visitor, now)
            return _job_or_none(table, key)

        job, fresh = self._in(look)
        return job if fresh else self._transaction(poll)

    def leave(self, key: str, visitor: str) -> Job | None:
        """The job *key*, for which *visitor* no longer waits; it is cancelled if nobody else
        does.
        """

        def leave(table: sqlite3.Connection, now: float) -> Job | None:
            table.execute("DELETE FROM visitor WHERE key = ? AND name = ?", [key, visitor])
            if table.execute("SELECT 1 FROM visitor WHERE key = ?", [key]).fetchone() is None:
                _end_unwanted(table, now, STOPPED, "AND key = ?", [key])
            return _job_or_none(table, key)

        return self._transaction(leave)

    def claim(self, owner: str) -> Job | None:
        """The job whose turn it is, now run by *owner*; addresses take turns."""

        def claim(table: sqlite3.Connection, now: float) -> Job | None:
            order = _order(table)
            if not order:
                return None
            values = [RUNNING, owner, now, order[0]]
            table.execute("UPDATE job SET state = ?, owner = ?, beat = ? WHERE key = ?", values)
            return _job(table, order[0])

        return self._transaction(claim)

    def report(
        self, key: str, owner: str, done: int, total: int, seconds_left: float | None
    ) -> bool:
        """Writes how far *owner* is with the job *key*; whether it is still wanted, and of this
        owner.
        """

        def report(table: sqlite3.Connection, now: float) -> bool:
            changed = table.execute(
                "UPDATE job SET beat = ?, done = ?, total = ?, seconds_left = ? "
                "WHERE key = ? AND owner = ? AND state = ?",
                [now, done, total, seconds_left, key, owner, RUNNING],
            )
            wanted = (
                table.execute("SELECT 1 FROM visitor WHERE key = ?", [key]).fetchone() is not None
            )
            if changed.rowcount and not wanted:
                _end_unwanted(table, now, UNWANTED, "AND key = ?", [key])
            return wanted and changed.rowcount == 1

        return self._transaction(report)

    def end(
        self, key: str, owner: str, result: Mapping[str, Any] | None, message: str = ""
    ) -> None:
        """Ends the job *key* of *owner*: done with *result*, or failed with a *message*, in one
        sentence.
        """

        def end(table: sqlite3.Connection, now: float) -> None:
            text = None if result is None else json.dumps(dict(result), allow_nan=False)
            table.execute(
                "UPDATE job SET state = ?, ended = ?, result = ?, message = ?, done = total,"
                " seconds_left = NULL WHERE key = ? AND owner = ? AND state = ?",
                [FAILED if result is None else DONE, now, text, message, key, owner, RUNNING],
            )

        self._transaction(end)

    def _transaction(self, work: Callable[[sqlite3.Connection, float], Answer]) -> Answer:
        """*work* on the table now, as one change, after the end of what nobody reports on or waits
        for.
        """

        def change(table: sqlite3.Connection) -> Answer:
            now = time.time()
            table.execute("BEGIN IMMEDIATE")
            silent = [FAILED, now, INTERRUPTED, RUNNING, now - self._silent]
            table.execute(
                "UPDATE job SET state = ?, ended = ?, message = ? WHERE state = ? AND beat < ?",
                silent,
            )
            table.execute("DELETE FROM visitor WHERE seen < ?", [now - self._idle])
            waits = "AND state = ? AND key NOT IN (SELECT key FROM visitor)"
            _end_unwanted(table, now, UNWANTED, waits, [WAITING])
            is_over = "state NOT IN (?, ?)"
            table.execute(
                f"DELETE FROM job WHERE {is_over} AND key NOT IN (SELECT key FROM job WHERE"
                f" {is_over} ORDER BY max(asked, ended) DESC LIMIT {MOST_ENDED})",
                [WAITING, RUNNING] * 2,
            )
            answer = work(table, now)
            table.execute(
                f"UPDATE job SET address = '' WHERE address NOT IN (SELECT address {OF_PRESENT})"
            )
            table.execute("COMMIT")
            return answer

        return self._in(change)

    def _in(self, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """*work* on the table; a damaged one is moved aside, and a new one begun."""
        try:
            with self._open() as table:
                return work(table)
        except sqlite3.DatabaseError as problem:
            if (getattr(problem, "sqlite_errorcode", 0) & 0xFF) not in BROKEN:
                raise
        log.warning(
            "the table of jobs is damaged; a new one is begun, the old one is %s.torn", self.path
        )
        with suppress(OSError):  # another process may have been quicker
            self.path.replace(f"{self.path}.torn")
            Path(f"{self.path}-journal").unlink()
        with self._open() as table:
            return work(table)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        table = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        try:
            table.row_factory = sqlite3.Row
            table.executescript(SCHEMA)
            yield table
        finally:
            table.close()  # without a commit nothing is written


def _note(table: sqlite3.Connection, key: str, visitor: str, now: float) -> None:
    """Writes that *visitor* waits for the job *key*, if that has not ended."""
    table.execute(
        "INSERT OR REPLACE INTO visitor SELECT ?, ?, ? WHERE EXISTS "
        "(SELECT 1 FROM job WHERE key = ? AND state IN (?, ?)) "
        "AND (SELECT count(*) FROM visitor WHERE key = ? AND name <> ?) < ?",
        [key, visitor, now, key, WAITING, RUNNING, key, visitor, MOST_VISITORS],
    )


def _end_unwanted(
    table: sqlite3.Connection, now: float, message: str, which: str, values: list[str]
) -> None:
    table.execute(
        f"UPDATE job SET state = ?, ended = ?, message = ? WHERE state IN (?, ?) {which}",
        [CANCELLED, now, message, WAITING, RUNNING, *values],
    )


def _job(table: sqlite3.Connection, key: str) -> Job:
    job = _job_or_none(table, key)
    assert job is not None
    return job


def _order(table: sqlite3.Connection) -> list[str]:
    """The keys of the jobs that wait, in the order in which they will run if no other comes."""
    jobs = table.execute(
        "SELECT key, state, address, asked, ended FROM job ORDER BY asked"
    ).fetchall()
    waiting = [job for job in jobs if job["state"] == WAITING]
    running = [job["address"] for job in jobs if job["state"] == RUNNING]
    ended: dict[str, float] = {}
    for job in jobs:
        if job["ended"] is not None:
            ended[job["address"]] = max(job["ended"], ended.get(job["address"], 0.0))
    return [
        waiting[place]["key"]
        for place in fair_order([(job["address"], job["asked"]) for job in waiting], running, ended)
    ]


def _job_or_none(table: sqlite3.Connection, key: str) -> Job | None:
    row = table.execute("SELECT * FROM job WHERE key = ?", [key]).fetchone()
    if row is None:
        return None
    before = _order(table).index(key) if row["state"] == WAITING else 0
    return Job(
        key=key,
        question=json.loads(row["question"]),
        state=row["state"],
        done=row["done"],
        total=row["total"],
        seconds_left=row["seconds_left"],
        before=before,
        message=row["message"],
        result=None if row["result"] is None else json.loads(row["result"]),
    )
