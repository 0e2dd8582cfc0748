"""Answers to views: computed once, kept while there is room, and never twice at the same time.

The server holds nothing about a visitor. Whoever asks for the same view gets the same answer, from here or anew. Slow
questions wait in a line of their own, so that nobody who only moves a dial stands behind them; and what nobody waits
for any more is not begun.
"""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sim
from dashboard.requests import BusyError, GoneError, begin_work, has_gone
from dashboard.view import View

ROOM = 64  # answers of some 150 kB each
RUNS, WORLDS = 8, 400  # runs, and worlds in all of them, of some 120 kB each
AT_ONCE = 2  # computations; others wait for their turn
SLOW_WAITING = 3  # who may wait for slow answers, or have one computed; each holds a thread of the server
LONGEST_WAIT = 60.0  # seconds
LOOK = 0.25  # seconds between two looks whether the visitor is still there
BUSY = "others are asking long questions here; ask again in a moment"


class Answers:
    """A bounded store of answers by key; the one that nobody asked for longest goes first."""

    def __init__(self, room: int = ROOM, at_once: int = AT_ONCE, slow_waiting: int = SLOW_WAITING) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._room = room
        self._lock = threading.Lock()
        self._under_way: dict[str, threading.Lock] = {}
        self._turns, self._slow_turns = Turns(at_once), Turns(1)
        self._slow_places = threading.Semaphore(slow_waiting)

    def get(self, key: str, compute: Callable[[], object], *, slow: bool = False) -> bytes:
        """The answer to *key* from *compute* where it is not there: as JSON, or as it is where it is bytes.

        What takes more than a second or two is *slow*. Errors are passed on and not kept; BusyError where too many
        wait, GoneError where the visitor who asked has gone.
        """
        kept = self._find(key)
        if kept is not None:
            return kept
        with self._place(slow):
            with self._lock:
                mine = self._under_way.setdefault(key, threading.Lock())
            with _held(mine):
                kept = self._find(key)
                if kept is not None:
                    return kept
                try:
                    with (self._slow_turns if slow else self._turns).turn():
                        begin_work()
                        answer = _as_bytes(compute())
                    self._keep(key, answer)
                    return answer
                finally:
                    with self._lock:
                        self._under_way.pop(key, None)

    def _find(self, key: str) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: str, answer: bytes) -> None:
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)

    @contextmanager
    def _place(self, slow: bool) -> Iterator[None]:
        """A place in the line of slow questions; the other line is as long as the server has threads."""
        if not slow:
            yield
            return
        if not self._slow_places.acquire(blocking=False):
            raise BusyError(BUSY)
        try:
            yield
        finally:
            self._slow_places.release()

    def kept(self, key: str) -> bytes | None:
        """The answer to *key* where it is there."""
        with self._lock:
            return self._kept.get(key)

    def __len__(self) -> int:
        return len(self._kept)


def _as_bytes(answer: object) -> bytes:
    if isinstance(answer, bytes):
        return answer
    return json.dumps(answer, separators=(",", ":"), allow_nan=False).encode()


class Turns:
    """So many at once; the others in the order in which they came, as long as somebody waits for their answer."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._line: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn once it has come; BusyError where that takes too long, GoneError where the visitor goes before."""
        ticket, still = object(), _patience()
        with self._changed:
            self._line.append(ticket)
            try:
                while self._free == 0 or self._line[0] is not ticket:
                    self._changed.wait(LOOK)
                    still()
                self._free -= 1
            finally:
                self._line.remove(ticket)
                self._changed.notify_all()
        try:
            still()
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def __len__(self) -> int:
        return len(self._line)


@contextmanager
def _held(lock: threading.Lock) -> Iterator[None]:
    """Holds *lock* once it is free: somebody else computes the same answer."""
    still = _patience()
    while not lock.acquire(timeout=LOOK):
        still()
    try:
        yield
    finally:
        lock.release()


def _patience() -> Callable[[], None]:
    """To be called while waiting: raises where the visitor has gone, or has waited for too long."""
    deadline = time.monotonic() + LONGEST_WAIT

    def still() -> None:
        if has_gone():
            raise GoneError
        if time.monotonic() > deadline:
            raise BusyError(BUSY)

    return still




class Runs:
    """A store of runs by view, bounded in runs and worlds; the one that nobody asked for longest goes first."""

    def __init__(self, room: int = RUNS, worlds: int = WORLDS) -> None:
        self._kept: OrderedDict[str, sim.Run] = OrderedDict()
        self._sizes: dict[str, int] = {}
        self._room, self._worlds = room, worlds
        self._lock = threading.Lock()
        self._under_way: dict[str, threading.Lock] = {}

    def of(self, view: View) -> sim.Run:
        """The view simulated."""
        key = view.query()
        with self._lock:
            mine = self._under_way.setdefault(key, threading.Lock())
        with mine:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return self._kept[key]
            try:
                run = view.run()
                with self._lock:
                    self._kept[key], self._sizes[key] = run, view.worlds
                    while len(self._kept) > self._room or sum(self._sizes.values()) > self._worlds:
                        del self._sizes[self._kept.popitem(last=False)[0]]
                return run
            finally:
                with self._lock:
                    self._under_way.pop(key, None)

    def __len__(self) -> int:
        return len(self._kept)


