"""The store of class sessions: one SQLite file for any number of threads and processes of a server.

Every change is one transaction that takes the right to write before it reads (BEGIN IMMEDIATE), and
is on the disk before it is acknowledged. A file that is torn, or of another version of Parley, is
set aside, and a new one is begun.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.refusals import NO_STORE, ClassError
from dashboard.classroom.tables import METADATA, TRIGGERS, VERSION

NAME = "class-sessions.sqlite"
MOST_THREADS = 32  # of a server, each with a connection that stays open
PATIENCE = 10.0  # seconds to wait for another process that writes
BESIDE = ("-wal", "-shm")  # files of SQLite beside its own
BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

LOCKED, UNWRITABLE = "refusal-store-locked", "refusal-store-unwritable"  # messages
TORN, OTHER_VERSION = "store-torn", "store-of-another-version"

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)


class Store:
    """The store in the file *path*, made where there is none. `remarks` say what was set aside."""

    def __init__(
        self, path: Path, *, patience: float = PATIENCE, clock: Callable[[], float] = time.time
    ) -> None:
        self.path = path
        self.clock = clock
        self.remarks: list[str] = []
        self._patience = patience
        self._engine: Engine | None = None
        self._process = 0
        self._opening = threading.Lock()
        self._writing = (
            threading.Lock()
        )  # threads of one process take turns here, sooner than SQLite would let them

    def read(self, work: Callable[[Connection], Answer]) -> Answer:
        """What *work* finds in the store, as it stands at one moment."""
        return self._do(work, "BEGIN")

    def change(self, work: Callable[[Connection], Answer]) -> Answer:
        """*work* as one change: all of it is in the store once this returns, and none of it where
        it raises.
        """
        if not self._writing.acquire(timeout=self._patience):
            raise ClassError(NO_STORE, LOCKED)
        try:
            return self._do(work, "BEGIN IMMEDIATE")
        finally:
            self._writing.release()

    def close(self) -> None:
        """Closes all connections; the next use opens them again."""
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
            self._engine = None

    def _do(self, work: Callable[[Connection], Answer], begin: str) -> Answer:
        try:
            return self._once(work, begin)
        except DBAPIError as problem:
            if _code(problem) not in BROKEN:
                raise
        self.close()  # and look again: it is set aside if it is torn
        with _sentences():
            return self._once(work, begin)

    def _once(self, work: Callable[[Connection], Answer], begin: str) -> Answer:
        with _sentences():
            connection = self._open().connect().execution_options(parley_begin=begin)
            with connection, connection.begin():
                return work(connection)

    def _open(self) -> Engine:
        """The engine of this process; one that was forked has none of its parent's connections."""
        with self._opening:
            if self._engine is not None and self._process == os.getpid():
                return self._engine
            if self._engine is not None:
                self._engine.dispose(close=False)
            self._set_aside()
            self._engine, self._process = self._engine_of(), os.getpid()
            return self._engine

    def _engine_of(self) -> Engine:
        engine = create_engine(
            URL.create("sqlite", database=str(self.path)),
            pool_size=MOST_THREADS,
            max_overflow=MOST_THREADS,
            connect_args={"timeout": self._patience},
        )

        @event.listens_for(engine, "connect")
        def prepare(connection: sqlite3.Connection, _: object) -> None:
            connection.isolation_level = None  # so that SQLAlchemy's BEGIN below is the only one
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(
                connection.get_execution_options().get("parley_begin", "BEGIN IMMEDIATE")
            )

        with engine.connect() as connection, connection.begin():
            METADATA.create_all(connection)
            for trigger in TRIGGERS:
                connection.exec_driver_sql(trigger)
            connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")
        return engine

    def _set_aside(self) -> None:
        """Renames a file that is torn or of another version, so that a new one is begun."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists() or not (fault := self._fault()):
            return
        aside = self._free_name()
        for ending in BESIDE:
            beside = Path(f"{self.path}{ending}")
            if beside.exists():
                beside.replace(f"{aside}{ending}")
        self.path.replace(aside)
        self.remarks.append(ENGLISH.say(fault, name=aside.name))
        log.warning("%s", self.remarks[-1])

    def _fault(self) -> str:
        """Why the file cannot be used, as a message; empty where it can."""
        connection = sqlite3.connect(self.path, timeout=self._patience)
        try:
            if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
                return TORN
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.DatabaseError as problem:
            if (getattr(problem, "sqlite_errorcode", 0) & 0xFF) in BROKEN:
                return TORN
            raise _refusal(problem) from problem
        finally:
            connection.close()
        return OTHER_VERSION if version != VERSION and (version or tables) else ""

    def _free_name(self) -> Path:
        numbers = iter(range(1, 10**6))
        return next(
            name for name in (Path(f"{self.path}.aside-{n}") for n in numbers) if not name.exists()
        )


@contextmanager
def _sentences() -> Iterator[None]:
    """Faults of the file as refusals in a sentence; those of a torn one, and of a broken rule, as
    they are.
    """
    try:
        yield
    except DBAPIError as problem:
        if isinstance(problem.orig, sqlite3.IntegrityError) or _code(problem) in BROKEN:
            raise
        if isinstance(problem.orig, sqlite3.OperationalError):
            raise _refusal(problem.orig) from problem
        raise
    except OSError as problem:
        raise ClassError(NO_STORE, UNWRITABLE) from problem


def _refusal(problem: sqlite3.Error) -> ClassError:
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    return ClassError(NO_STORE, LOCKED if code in IN_USE else UNWRITABLE)


def _code(problem: DBAPIError) -> int:
    return int(getattr(problem.orig, "sqlite_errorcode", 0)) & 0xFF
