"""When each student last asked: kept in this process, and written to the store now and then, all at
once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from sqlalchemy import bindparam, select, update

from dashboard.classroom.refusals import ClassError
from dashboard.classroom.store import Store
from dashboard.classroom.tables import STUDENT, check_row

OFTEN = 10.0  # seconds between two times that this is written


class Presence:
    """The moments, by the students' ids."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unwritten: dict[int, float] = {}
        self._written = store.clock()
        self._lock = threading.Lock()

    def note(self, student: int, now: float) -> None:
        """Notes that the student asked just now."""
        with self._lock:
            self._unwritten[student] = now
            due = now - self._written >= OFTEN
            if not due:
                return
            self._written, self._unwritten, moments = now, {}, self._unwritten
        rows = [{"who": who, "at": at} for who, at in moments.items()]
        of = update(STUDENT).where(STUDENT.c.id == bindparam("who")).values(seen=bindparam("at"))
        try:
            self._store.change(lambda table: table.execute(of, rows))
        except ClassError:  # the file is in use: whoever asks need not wait for it
            with self._lock:
                self._unwritten = moments | self._unwritten

    def of(self, students: Iterable[int]) -> dict[int, float]:
        """When each of *students* last asked."""
        here = select(STUDENT.c.id, STUDENT.c.seen).where(STUDENT.c.id.in_(list(students)))
        rows = self._store.read(lambda table: table.execute(here).mappings().all())
        for row in rows:
            check_row(STUDENT, row)
        with self._lock:
            return {
                row["id"]: max(row["seen"], self._unwritten.get(row["id"], 0.0)) for row in rows
            }
