"""The store of class sessions: one SQLite file for any number of threads and processes of a server,
whose faults are sentences of the catalogue, and the sessions' keys beside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, select

from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.keys import Keys
from dashboard.classroom.refusals import NO_STORE, ClassError
from dashboard.classroom.tables import METADATA, SESSION, TRIGGERS, VERSION
from dashboard.database import PATIENCE, Database, UnusableError

NAME = "class-sessions.sqlite"
KEYS = ".keys"  # ending of the folder of the keys
LOCKED, UNWRITABLE = "refusal-store-locked", "refusal-store-unwritable"  # messages
TORN, OTHER_VERSION = "store-torn", "store-of-another-version"

Answer = TypeVar("Answer")


class Store:
    """The store in the file *path*, made where there is none."""

    def __init__(
        self, path: Path, *, patience: float = PATIENCE, clock: Callable[[], float] = time.time
    ) -> None:
        self.path = path
        self.clock = clock
        self.keys = Keys(Path(f"{path}{KEYS}"))
        self._database = Database(
            path,
            METADATA,
            version=VERSION,
            triggers=TRIGGERS,
            beside=(KEYS,),
            patience=patience,
        )

    @property
    def remarks(self) -> list[str]:
        """What was set aside, and why."""
        return [
            ENGLISH.say(TORN if each.is_damaged else OTHER_VERSION, name=each.name)
            for each in self._database.set_aside
        ]

    def read(self, work: Callable[[Connection], Answer]) -> Answer:
        """What *work* finds in the store, as it stands at one moment."""
        with _sentences():
            return self._database.read(work)

    def change(self, work: Callable[[Connection], Answer]) -> Answer:
        """*work* as one change: all of it is in the store once this returns, and none of it where
        it raises.
        """
        with _sentences():
            return self._database.change(work)

    def forget_keys(self) -> None:
        """Removes the keys of sessions that are no more. Whoever opens a session meanwhile waits,
        since its key is written before the session is.
        """
        self.change(
            lambda table: self.keys.keep({*table.execute(select(SESSION.c.secret)).scalars()})
        )

    def close(self) -> None:
        """Closes all connections; the next use opens them again."""
        self._database.close()


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except UnusableError as problem:
        raise ClassError(NO_STORE, LOCKED if problem.is_in_use else UNWRITABLE) from problem
