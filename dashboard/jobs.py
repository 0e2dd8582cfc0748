"""The table of long questions: each is asked once, by however many visitors, and any process of the server answers it.

It is a small database on disk. A job waits, runs, and is done, failed or cancelled; one that is not done may be asked
again. It is wanted as long as somebody polls it, and runs as long as its process says so: a server that was restarted
leaves no job running for ever.
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

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
MOST_WAITING = 8
MOST_KEPT = 40  # answers and failures, some 60 kB each
MOST_VISITORS = 200  # who are noted for one job; it is wanted all the same
IDLE = 30.0  # seconds without a poll after which nobody wants a job
SILENT = 15.0  # seconds without a word from its process after which a job is interrupted
NOTED = 5.0  # seconds within which a poll need not be noted again
PATIENCE = 10.0  # seconds to wait for another process that writes

STOPPED = "it was cancelled; start it again when you like"
UNWANTED = "nobody was waiting for it any more, so it was cancelled; start it again"
INTERRUPTED = "the server was stopped while it was simulating; start it again"

SCHEMA = """
CREATE TABLE IF NOT EXISTS job (
  key TEXT PRIMARY KEY, question TEXT NOT NULL, state TEXT NOT NULL, asked REAL NOT NULL, ended REAL, owner TEXT,
  beat REAL, done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0, seconds_left REAL,
  message TEXT NOT NULL DEFAULT '', result TEXT);
CREATE TABLE IF NOT EXISTS visitor (
  key TEXT NOT NULL, name TEXT NOT NULL, seen REAL NOT NULL, PRIMARY KEY (key, name));
"""
BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)


class QueueFullError(Exception):
    """As many questions wait as may."""


@dataclass(frozen=True)
class Job:
    """How one question stands: `done` of `total` parts, 0 of 0 until it has begun; `before` it so many others wait."""

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
        """What the page is told; the question is its own."""
        told = {name: value for name, value in vars(self).items() if name not in ("question", "result")}
        return told | ({"result": self.result} if self.result is not None else {})


class Jobs:
    """The table in *folder*, which servers with other formulas or other data do not share."""

    def __init__(self, folder: Path, *, idle: float = IDLE, silent: float = SILENT) -> None:
        self.path = folder / "jobs.sqlite"
        self._idle, self._silent = idle, silent

    def ask(self, key: str, question: Mapping[str, Any], visitor: str) -> Job:
        """The job of *question*, which *visitor* now waits for; QueueFullError where there is no room for it."""

        def asked(table: sqlite3.Connection, now: float) -> Job:
            there = table.execute("SELECT state FROM job WHERE key = ?", [key]).fetchone()
            if there is None or there["state"] in (FAILED, CANCELLED):
                (waiting,) = table.execute("SELECT count(*) FROM job WHERE state = ?", [WAITING]).fetchone()
                if waiting >= MOST_WAITING:
                    raise QueueFullError
                table.execute(
                    "INSERT OR REPLACE INTO job (key, question, state, asked) VALUES (?, ?, ?, ?)",
                    [key, json.dumps(dict(question)), WAITING, now],
                )
            elif there["state"] == DONE:
                table.execute("UPDATE job SET asked = ? WHERE key = ?", [now, key])
            _note(table, key, visitor, now)
            return _job(table, key)

        return self._tidied(asked)

    def find(self, key: str, visitor: str | None = None) -> Job | None:
        """The job *key*, if there is one; *visitor*, if named, goes on waiting for it."""

        def looked(table: sqlite3.Connection) -> tuple[Job | None, bool]:
            now = time.time()
            found = _job_or_none(table, key)
            if found is None or found.state not in (WAITING, RUNNING):
                return found, True
            beat, seen = table.execute(
                "SELECT beat, (SELECT seen FROM visitor WHERE key = ? AND name = ?) FROM job WHERE key = ?",
                [key, visitor, key],
            ).fetchone()
            silent = found.state == RUNNING and beat < now - self._silent
            noted = visitor is None or (seen is not None and seen > now - min(NOTED, self._idle / 3))
            return found, noted and not silent

        def noted(table: sqlite3.Connection, now: float) -> Job | None:
            if visitor is not None:
                _note(table, key, visitor, now)
            return _job_or_none(table, key)

        found, fresh = self._in(looked)
        return found if fresh else self._tidied(noted)

    def leave(self, key: str, visitor: str) -> Job | None:
        """The job *key*, for which *visitor* no longer waits; it is cancelled if nobody else does."""

        def left(table: sqlite3.Connection, now: float) -> Job | None:
            table.execute("DELETE FROM visitor WHERE key = ? AND name = ?", [key, visitor])
            if table.execute("SELECT 1 FROM visitor WHERE key = ?", [key]).fetchone() is None:
                _end_unwanted(table, now, STOPPED, "AND key = ?", [key])
            return _job_or_none(table, key)

        return self._tidied(left)

    def claim(self, owner: str) -> Job | None:
        """The job that has waited longest, now run by *owner*."""

        def claimed(table: sqlite3.Connection, now: float) -> Job | None:
            first = table.execute("SELECT key FROM job WHERE state = ? ORDER BY asked LIMIT 1", [WAITING]).fetchone()
            if first is None:
                return None
            values = [RUNNING, owner, now, first["key"]]
            table.execute("UPDATE job SET state = ?, owner = ?, beat = ? WHERE key = ?", values)
            return _job(table, first["key"])

        return self._tidied(claimed)

    def report(self, key: str, owner: str, done: int, total: int, seconds_left: float | None) -> bool:
        """Notes how far *owner* is with the job *key*; whether it is still wanted, and of this owner."""

        def reported(table: sqlite3.Connection, now: float) -> bool:
            changed = table.execute(
                "UPDATE job SET beat = ?, done = ?, total = ?, seconds_left = ? "
                "WHERE key = ? AND owner = ? AND state = ?",
                [now, done, total, seconds_left, key, owner, RUNNING],
            )
            wanted = table.execute("SELECT 1 FROM visitor WHERE key = ?", [key]).fetchone() is not None
            if changed.rowcount and not wanted:
                _end_unwanted(table, now, UNWANTED, "AND key = ?", [key])
            return wanted and changed.rowcount == 1

        return self._tidied(reported)

    def end(self, key: str, owner: str, result: Mapping[str, Any] | None, message: str = "") -> None:
        """Ends the job *key* of *owner*: done with *result*, or failed with a *message*, in one sentence."""

        def ended(table: sqlite3.Connection, now: float) -> None:
            text = None if result is None else json.dumps(dict(result), allow_nan=False)
            table.execute(
                "UPDATE job SET state = ?, ended = ?, result = ?, message = ?, done = total, seconds_left = NULL "
                "WHERE key = ? AND owner = ? AND state = ?",
                [FAILED if result is None else DONE, now, text, message, key, owner, RUNNING],
            )

        self._tidied(ended)

    def _tidied(self, work: Callable[[sqlite3.Connection, float], Answer]) -> Answer:
        """*work* on the table, at a time, as one change, after whatever time alone has ended."""

        def change(table: sqlite3.Connection) -> Answer:
            now = time.time()
            table.execute("BEGIN IMMEDIATE")
            silent = [FAILED, now, INTERRUPTED, RUNNING, now - self._silent]
            table.execute("UPDATE job SET state = ?, ended = ?, message = ? WHERE state = ? AND beat < ?", silent)
            table.execute("DELETE FROM visitor WHERE seen < ?", [now - self._idle])
            waits = "AND state = ? AND key NOT IN (SELECT key FROM visitor)"
            _end_unwanted(table, now, UNWANTED, waits, [WAITING])
            ended = "state NOT IN (?, ?)"
            table.execute(
                f"DELETE FROM job WHERE {ended} AND key NOT IN "
                f"(SELECT key FROM job WHERE {ended} ORDER BY max(asked, ended) DESC LIMIT {MOST_KEPT})",
                [WAITING, RUNNING] * 2,
            )
            answer = work(table, now)
            table.execute("COMMIT")
            return answer

        return self._in(change)

    def _in(self, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """*work* on the table; one that is torn is put aside, and a new one begun."""
        try:
            with self._open() as table:
                return work(table)
        except sqlite3.DatabaseError as problem:
            if (getattr(problem, "sqlite_errorcode", 0) & 0xFF) not in BROKEN:
                raise
        log.warning("the table of jobs is damaged; a new one is begun, the old one is %s.torn", self.path)
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
            table.close()  # what was begun and not committed never was


def _note(table: sqlite3.Connection, key: str, visitor: str, now: float) -> None:
    """Notes that *visitor* waits for the job *key*, if it can still be waited for."""
    table.execute(
        "INSERT OR REPLACE INTO visitor SELECT ?, ?, ? WHERE EXISTS "
        "(SELECT 1 FROM job WHERE key = ? AND state IN (?, ?)) "
        "AND (SELECT count(*) FROM visitor WHERE key = ? AND name <> ?) < ?",
        [key, visitor, now, key, WAITING, RUNNING, key, visitor, MOST_VISITORS],
    )


def _end_unwanted(table: sqlite3.Connection, now: float, message: str, which: str, values: list[str]) -> None:
    table.execute(
        f"UPDATE job SET state = ?, ended = ?, message = ? WHERE state IN (?, ?) {which}",
        [CANCELLED, now, message, WAITING, RUNNING, *values],
    )


def _job(table: sqlite3.Connection, key: str) -> Job:
    found = _job_or_none(table, key)
    assert found is not None
    return found


def _job_or_none(table: sqlite3.Connection, key: str) -> Job | None:
    row = table.execute(
        "SELECT *, (SELECT count(*) FROM job AS other WHERE other.state = ? AND other.asked < job.asked) AS before "
        "FROM job WHERE key = ?",
        [WAITING, key],
    ).fetchone()
    if row is None:
        return None
    return Job(
        key=key, question=json.loads(row["question"]), state=row["state"], done=row["done"], total=row["total"],
        seconds_left=row["seconds_left"], before=row["before"] if row["state"] == WAITING else 0,
        message=row["message"], result=None if row["result"] is None else json.loads(row["result"]),
    )  # fmt: skip
