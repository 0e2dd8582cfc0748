"""The table of jobs: one job per long question, for any number of visitors and any process of the
server.

It is a small database on disk. A job waits, runs, and is done, failed or cancelled; one that failed
or was cancelled may be started again. It is wanted while somebody polls it, and runs while its
process reports, so that a server that was killed leaves no job running for ever. Addresses take
turns, and the table knows one only while a job of it waits or runs.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Float,
    Integer,
    MetaData,
    Table,
    Text,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)

from dashboard.database import Database
from dashboard.turns import fair_order

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
MOST_WAITING = 8
MOST_ENDED = 40  # answers and failures, some 60 kB each, at most 300
MOST_VISITORS = 200  # names beside one job; it is wanted all the same
IDLE = 30.0  # seconds without a poll after which nobody wants a job
SILENT = 15.0  # seconds without a report from its process after which a job is interrupted
FRESH = 5.0  # seconds within which a poll need not be written again

STOPPED = "it was cancelled; start it again when you like"
UNWANTED = "nobody was waiting for it any more, so it was cancelled; start it again"
INTERRUPTED = "the server was stopped while it was simulating; start it again"

VERSION = 1  # of the form of the tables
METADATA = MetaData()
JOB = Table(
    "job", METADATA,
    Column("key", Text, primary_key=True),
    Column("question", Text, nullable=False),  # as JSON
    Column("state", Text, nullable=False),
    Column("address", Text, nullable=False),  # empty once no job of it waits or runs
    Column("asked", Float, nullable=False),
    Column("ended", Float),
    Column("owner", Text),  # the worker that runs it, or ran it
    Column("beat", Float),  # when that reported last
    Column("done", Integer, nullable=False, default=0),
    Column("total", Integer, nullable=False, default=0),
    Column("seconds_left", Float),
    Column("message", Text, nullable=False, default=""),
    Column("result", Text),  # as JSON
)  # fmt: skip
VISITOR = Table(
    "visitor", METADATA,
    Column("key", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("seen", Float, nullable=False),
)  # fmt: skip
IS_PRESENT = JOB.c.state.in_((WAITING, RUNNING))
OF_PRESENT = select(JOB.c.address).where(IS_PRESENT).correlate(None)

Answer = TypeVar("Answer")


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
        # Not pooled, so that no trace of an address outlives its jobs.
        self._database = Database(self.path, METADATA, version=VERSION, pooled=False)

    def ask(self, key: str, question: Mapping[str, Any], visitor: str, address: str = "") -> Job:
        """The job of *question*, for which *visitor* at *address* now waits; QueueFullError where
        it has no room.
        """

        def start(table: Connection, now: float) -> Job:
            state = table.scalar(select(JOB.c.state).where(JOB.c.key == key))
            if state in (None, FAILED, CANCELLED):
                self._check_room(table, address)
                table.execute(
                    insert(JOB)
                    .prefix_with("OR REPLACE")
                    .values(
                        key=key,
                        question=json.dumps(dict(question)),
                        state=WAITING,
                        address=address,
                        asked=now,
                    )
                )
            elif state == DONE:
                table.execute(update(JOB).where(JOB.c.key == key).values(asked=now))
            _note(table, key, visitor, now)
            return _job(table, key)

        return self._change(start)

    def find(self, key: str, visitor: str | None = None) -> Job | None:
        """The job *key*, if there is one; *visitor*, if named, goes on waiting for it."""

        def look(table: Connection) -> tuple[Job | None, bool]:
            now = time.time()
            job = _job_or_none(table, key)
            if job is None or job.state not in (WAITING, RUNNING):
                return job, True
            beat = table.execute(select(JOB.c.beat).where(JOB.c.key == key)).scalar_one()
            seen = table.scalar(
                select(VISITOR.c.seen).where(VISITOR.c.key == key, VISITOR.c.name == visitor)
            )
            silent = job.state == RUNNING and beat < now - self._silent
            fresh = visitor is None or (
                seen is not None and seen > now - min(FRESH, self._idle / 3)
            )
            return job, fresh and not silent

        def poll(table: Connection, now: float) -> Job | None:
            if visitor is not None:
                _note(table, key, visitor, now)
            return _job_or_none(table, key)

        job, fresh = self._database.read(look)
        return job if fresh else self._change(poll)

    def leave(self, key: str, visitor: str) -> Job | None:
        """The job *key*, for which *visitor* no longer waits; it is cancelled if nobody else
        does.
        """

        def leave(table: Connection, now: float) -> Job | None:
            table.execute(delete(VISITOR).where(VISITOR.c.key == key, VISITOR.c.name == visitor))
            if not _is_wanted(table, key):
                _end_unwanted(table, now, STOPPED, JOB.c.key == key)
            return _job_or_none(table, key)

        return self._change(leave)

    def claim(self, owner: str) -> Job | None:
        """The job whose turn it is, now run by *owner*; addresses take turns."""

        def claim(table: Connection, now: float) -> Job | None:
            order = _order(table)
            if not order:
                return None
            table.execute(
                update(JOB)
                .where(JOB.c.key == order[0])
                .values(state=RUNNING, owner=owner, beat=now)
            )
            return _job(table, order[0])

        return self._change(claim)

    def report(
        self, key: str, owner: str, done: int, total: int, seconds_left: float | None
    ) -> bool:
        """Writes how far *owner* is with the job *key*; whether it is still wanted, and of this
        owner.
        """

        def report(table: Connection, now: float) -> bool:
            changed = table.execute(
                update(JOB)
                .where(_is_run(key, owner))
                .values(beat=now, done=done, total=total, seconds_left=seconds_left)
            )
            wanted = _is_wanted(table, key)
            if changed.rowcount and not wanted:
                _end_unwanted(table, now, UNWANTED, JOB.c.key == key)
            return wanted and changed.rowcount == 1

        return self._change(report)

    def end(
        self, key: str, owner: str, result: Mapping[str, Any] | None, message: str = ""
    ) -> None:
        """Ends the job *key* of *owner*: done with *result*, or failed with a *message*, in one
        sentence.
        """

        def end(table: Connection, now: float) -> None:
            table.execute(
                update(JOB)
                .where(_is_run(key, owner))
                .values(
                    state=FAILED if result is None else DONE,
                    ended=now,
                    result=None if result is None else json.dumps(dict(result), allow_nan=False),
                    message=message,
                    done=JOB.c.total,
                    seconds_left=None,
                )
            )

        self._change(end)

    def _check_room(self, table: Connection, address: str) -> None:
        present = table.execute(select(JOB.c.state, JOB.c.address).where(IS_PRESENT)).all()
        of_theirs = sum(job.address == address for job in present)
        if self._each is not None and of_theirs >= self._each:
            raise QueueFullError(is_of_one=True)
        if sum(job.state == WAITING for job in present) >= MOST_WAITING:
            raise QueueFullError

    def _change(self, work: Callable[[Connection, float], Answer]) -> Answer:
        """*work* on the tables now, as one change, after the end of what nobody reports on or waits
        for.
        """

        def change(table: Connection) -> Answer:
            now = time.time()
            table.execute(
                update(JOB)
                .where(JOB.c.state == RUNNING, JOB.c.beat < now - self._silent)
                .values(state=FAILED, ended=now, message=INTERRUPTED)
            )
            table.execute(delete(VISITOR).where(VISITOR.c.seen < now - self._idle))
            wanted = select(VISITOR.c.key)
            _end_unwanted(table, now, UNWANTED, JOB.c.state == WAITING, JOB.c.key.not_in(wanted))
            used = func.max(JOB.c.asked, JOB.c.ended)
            last = select(JOB.c.key).where(~IS_PRESENT).order_by(used.desc()).limit(MOST_ENDED)
            table.execute(delete(JOB).where(~IS_PRESENT, JOB.c.key.not_in(last.correlate(None))))
            answer = work(table, now)
            table.execute(update(JOB).where(JOB.c.address.not_in(OF_PRESENT)).values(address=""))
            return answer

        return self._database.change(change)


def _note(table: Connection, key: str, visitor: str, now: float) -> None:
    """Writes that *visitor* waits for the job *key*, if that has not ended."""
    is_present = table.scalar(select(IS_PRESENT).where(JOB.c.key == key))
    others = table.scalar(
        select(func.count()).where(VISITOR.c.key == key, VISITOR.c.name != visitor)
    )
    if is_present and (others or 0) < MOST_VISITORS:
        row = insert(VISITOR).prefix_with("OR REPLACE")
        table.execute(row.values(key=key, name=visitor, seen=now))


def _is_run(key: str, owner: str) -> ColumnElement[bool]:
    """That a job is the one called *key*, and run by *owner*."""
    return and_(JOB.c.key == key, JOB.c.owner == owner, JOB.c.state == RUNNING)


def _is_wanted(table: Connection, key: str) -> bool:
    return table.scalar(select(VISITOR.c.name).where(VISITOR.c.key == key).limit(1)) is not None


def _end_unwanted(table: Connection, now: float, message: str, *which: ColumnElement[bool]) -> None:
    table.execute(
        update(JOB).where(IS_PRESENT, *which).values(state=CANCELLED, ended=now, message=message)
    )


def _job(table: Connection, key: str) -> Job:
    job = _job_or_none(table, key)
    assert job is not None
    return job


def _order(table: Connection) -> list[str]:
    """The keys of the jobs that wait, in the order in which they will run if no other comes."""
    columns = (JOB.c.key, JOB.c.state, JOB.c.address, JOB.c.asked, JOB.c.ended)
    jobs = table.execute(select(*columns).order_by(JOB.c.asked)).all()
    waiting = [job for job in jobs if job.state == WAITING]
    running = [job.address for job in jobs if job.state == RUNNING]
    ended: dict[str, float] = {}
    for job in jobs:
        if job.ended is not None:
            ended[job.address] = max(job.ended, ended.get(job.address, 0.0))
    order = fair_order([(job.address, job.asked) for job in waiting], running, ended)
    return [waiting[place].key for place in order]


def _job_or_none(table: Connection, key: str) -> Job | None:
    row = table.execute(select(JOB).where(JOB.c.key == key)).one_or_none()
    if row is None:
        return None
    return Job(
        key=key,
        question=json.loads(row.question),
        state=row.state,
        done=row.done,
        total=row.total,
        seconds_left=row.seconds_left,
        before=_order(table).index(key) if row.state == WAITING else 0,
        message=row.message,
        result=None if row.result is None else json.loads(row.result),
    )
