"""An SQLite file that any number of threads and processes of a server share.

Every change is one transaction that takes the right to write before it reads (BEGIN IMMEDIATE), and
is on the disk before it is acknowledged. A file that is damaged, or of another version, is set
aside, and a new one is begun; a new one is begun, too, where it was deleted. Nobody but its owner
may read it, whatever the umask is.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, MetaData, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

MOST_THREADS = 32  # of a server, each with a connection that stays open
OWN_FILE, OWN_FOLDER = 0o600, 0o700  # rights: what people typed is for the server's user alone
PATIENCE = 10.0  # seconds to wait for another process that writes
BESIDE = ("-wal", "-shm", "-journal")  # files of SQLite beside its own
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)


class UnusableError(Exception):
    """The file cannot be used: another program holds it, where that `is_in_use`, or it cannot be
    read or written.
    """

    def __init__(self, *, is_in_use: bool = False) -> None:
        super().__init__()
        self.is_in_use = is_in_use


class DamagedError(UnusableError):
    """The file is no database, or not a whole one."""


@dataclass(frozen=True)
class SetAside:
    """A file that is now called *name*, since it was damaged, or else of another version."""

    name: str
    is_damaged: bool


class Database:
    """The *tables* in the file *path*, in *version* of their form, with *triggers* in SQL; made
    where there is none. `set_aside` says which files could not be used.

    What lies at the path with one of the endings *beside* is set aside with the file. Where it is
    *pooled*, connections stay open and whoever reads waits for nobody. Where it is not,
    each use opens the file anew, and what was overwritten is in no journal afterwards.
    """

    def __init__(
        self,
        path: Path,
        tables: MetaData,
        *,
        version: int,
        triggers: Sequence[str] = (),
        beside: Sequence[str] = (),
        pooled: bool = True,
        patience: float = PATIENCE,
    ) -> None:
        self.path = path
        self.set_aside: list[SetAside] = []
        self._tables, self._version, self._triggers = tables, version, triggers
        self._beside = (*BESIDE, *beside)
        self._pooled, self._patience = pooled, patience
        self._engine: Engine | None = None
        self._opened: tuple[int, int] | None = None  # by which process, and the file's number
        self._opening = threading.Lock()
        # Threads of one process take turns here, sooner than SQLite would let them.
        self._writing = threading.Lock()

    def read(self, work: Callable[[Connection], Answer]) -> Answer:
        """What *work* finds in the tables, as they stand at one moment."""
        return self._do(work, "BEGIN")

    def change(self, work: Callable[[Connection], Answer]) -> Answer:
        """*work* as one change: all of it is in the tables once this returns, and none of it where
        it raises.
        """
        if not self._writing.acquire(timeout=self._patience):
            raise UnusableError(is_in_use=True)
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
        except DamagedError:
            self.close()  # and look again: it is set aside if it is damaged
        return self._once(work, begin)

    def _once(self, work: Callable[[Connection], Answer], begin: str) -> Answer:
        with _faults():
            connection = self._open().connect().execution_options(parley_begin=begin)
            with connection, connection.begin():
                return work(connection)

    def _open(self) -> Engine:
        """The engine of this process and of the file that is there now."""
        with self._opening:
            if self._engine is not None:
                if self._opened == (os.getpid(), _number(self.path)):
                    return self._engine
                # A process that was forked has none of its parent's connections.
                is_ours = self._opened is not None and self._opened[0] == os.getpid()
                self._engine.dispose(close=is_ours)
                self._engine = None
            self._set_aside()
            _make_file(self.path)
            engine = self._engine_of()
            with engine.connect() as connection, connection.begin():
                self._tables.create_all(connection)
                for trigger in self._triggers:
                    connection.exec_driver_sql(trigger)
                connection.exec_driver_sql(f"PRAGMA user_version={self._version}")
            self._engine, self._opened = engine, (os.getpid(), _number(self.path))
            return engine

    def _engine_of(self) -> Engine:
        pool: dict[str, Any] = {"poolclass": NullPool}
        if self._pooled:
            pool = {"pool_size": MOST_THREADS, "max_overflow": MOST_THREADS}
        engine = create_engine(
            URL.create("sqlite", database=str(self.path)),
            connect_args={"timeout": self._patience},
            **pool,
        )

        @event.listens_for(engine, "connect")
        def prepare(connection: sqlite3.Connection, _: object) -> None:
            connection.isolation_level = None  # so that SQLAlchemy's BEGIN below is the only one
            connection.execute(f"PRAGMA journal_mode={'WAL' if self._pooled else 'DELETE'}")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(
                connection.get_execution_options().get("parley_begin", "BEGIN IMMEDIATE")
            )

        return engine

    def _set_aside(self) -> None:
        """Renames a file that is damaged or of another version, so that a new one is begun."""
        _make_folder(self.path.parent)
        if not self.path.exists():
            return
        is_damaged = self._is_damaged()
        if is_damaged is None:
            return
        aside = _free_name(self.path)
        for ending in (*self._beside, ""):
            with suppress(FileNotFoundError):  # another process may have been quicker
                Path(f"{self.path}{ending}").replace(f"{aside}{ending}")
        self.set_aside.append(SetAside(aside.name, is_damaged))
        why = "damaged" if is_damaged else "of another version of Parley"
        log.warning(
            "%s was %s; it is set aside as %s, and a new one is begun", self.path, why, aside.name
        )

    def _is_damaged(self) -> bool | None:
        """Whether the file is damaged or else of another version; None where it can be used."""
        with _faults(), closing(sqlite3.connect(self.path, timeout=self._patience)) as connection:
            try:
                if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
                    return True
                (version,) = connection.execute("PRAGMA user_version").fetchone()
                names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
                if names & set(self._tables.tables):  # it is Parley's, of whatever version
                    self._close_to_others()
            except sqlite3.DatabaseError as problem:
                if _code(problem) in DAMAGED:
                    return True
                raise
        return False if version != self._version and (version or names) else None

    def _close_to_others(self) -> None:
        """Takes the file and those beside it from all but their owner."""
        for ending in ("", *BESIDE):
            with suppress(OSError):  # it is not there, or another user's
                Path(f"{self.path}{ending}").chmod(OWN_FILE)


def _make_folder(folder: Path) -> None:
    """Makes *folder*, and each folder above it that is missing, for the server's user alone."""
    for each in reversed([folder, *folder.parents]):
        if not each.exists():
            each.mkdir(OWN_FOLDER, exist_ok=True)


def _make_file(path: Path) -> None:
    """Makes the file at *path* where there is none; SQLite gives those beside it its rights."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWN_FILE))


def _number(path: Path) -> int:
    """The number of the file at *path*, which another one put in its place has not; 0 where there
    is none.
    """
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0


def _free_name(path: Path) -> Path:
    numbers = iter(range(1, 10**6))
    return next(name for name in (Path(f"{path}.aside-{n}") for n in numbers) if not name.exists())


@contextmanager
def _faults() -> Iterator[None]:
    """Faults of the file as UnusableError; a rule of the tables that is broken as it is."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as problem:
        cause = problem.orig if isinstance(problem, DBAPIError) else problem
        code = _code(cause)
        if code in DAMAGED:
            raise DamagedError from problem
        if isinstance(cause, sqlite3.OperationalError):
            raise UnusableError(is_in_use=code in IN_USE) from problem
        raise
    except OSError as problem:
        raise UnusableError from problem


def _code(problem: BaseException | None) -> int:
    """The first byte of SQLite's code of a *problem*, which says its kind."""
    return int(getattr(problem, "sqlite_errorcode", 0)) & 0xFF
