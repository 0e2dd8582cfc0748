"""What the server keeps in memory: answers and simulated worlds by question, bounded, each computed once at a time.

Nothing in it is about a visitor: the same view has the same answer, from here or computed anew. Slow computations have
a queue of their own, so that a moved dial never waits behind one. A request whose visitor has gone is not computed.
"""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Generic, TypeVar

import sim
from dashboard.requests import BusyError, GoneError, begin_work, has_gone
from dashboard.view import View

ANSWERS = 64  # of some 150 kB each
RUNS, WORLDS = 8, 400  # runs, and worlds in all of them together, of some 120 kB each
AT_ONCE = 2  # computations; others wait for their turn
SLOW_WAITING = 3  # requests for slow answers, waiting or computed; each holds a thread of the server
LONGEST_WAIT = 60.0  # seconds
LOOK = 0.25  # seconds between two looks whether the visitor still waits
BUSY = "others are asking long questions here; ask again in a moment"

Value = TypeVar("Value")


class Store(Generic[Value]):
    """At most *entries* values by key; the least recently used go first. One thread at a time computes a key."""

    def __init__(self, entries: int) -> None:
        self._entries = entries
        self._values: OrderedDict[str, Value] = OrderedDict()
        self._lock = threading.Lock()
        self._under_way: dict[str, tuple[threading.Lock, int]] = {}  # with how many threads hold or wait for it

    def find(self, key: str) -> Value | None:
        """The value of *key* where it is kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def value(self, key: str, compute: Callable[[], Value]) -> Value:
        """The value of *key*, from *compute* where it is not kept. Errors are passed on and not kept."""
        with self._alone(key):
            value = self.find(key)
            if value is None:
                value = compute()
                self._keep(key, value)
            return value

    @contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        """Holds *key*, once no other thread does."""
        with self._lock:
            lock, threads = self._under_way.get(key, (threading.Lock(), 0))
            self._under_way[key] = lock, threads + 1
        try:
            check = _patience()
            while not lock.acquire(timeout=LOOK):
                check()
            try:
                yield
            finally:
                lock.release()
        finally:
            with self._lock:
                _, threads = self._under_way.pop(key)
                if threads > 1:
                    self._under_way[key] = lock, threads - 1

    def _keep(self, key: str, value: Value) -> None:
        with self._lock:
            self._values[key] = value
            while self._is_full():
                self._values.popitem(last=False)

    def _is_full(self) -> bool:
        return len(self._values) > self._entries

    def __len__(self) -> int:
        return len(self._values)


class Runs(Store[sim.Run]):
    """Simulated views, bounded in runs and in the worlds of all of them together."""

    def __init__(self, entries: int = RUNS, worlds: int = WORLDS) -> None:
        super().__init__(entries)
        self._worlds = worlds

    def of(self, view: View) -> sim.Run:
        """The run of *view*."""
        return self.value(view.query(), view.run)

    def _is_full(self) -> bool:
        return super()._is_full() or sum(run.replicates for run in self._values.values()) > self._worlds


class Answers(Store[bytes]):
    """Answers as they are sent. Computations take turns: *at_once* quick ones, and one slow one."""

    def __init__(self, entries: int = ANSWERS, at_once: int = AT_ONCE, slow_waiting: int = SLOW_WAITING) -> None:
        super().__init__(entries)
        self._turns, self._slow_turns = Turns(at_once), Turns(1)
        self._slow_places = threading.Semaphore(slow_waiting)

    def get(self, key: str, compute: Callable[[], object], *, slow: bool = False) -> bytes:
        """The answer to *key*, from *compute* where it is not kept: as JSON, or as it is where it is bytes.

        What takes more than a second or two is *slow*. BusyError where too many wait, GoneError where the visitor has
        gone.
        """
        answer = self.find(key)
        if answer is not None:
            return answer
        with self._slow_place() if slow else nullcontext():
            return self.value(key, lambda: self._in_turn(compute, self._slow_turns if slow else self._turns))

    @staticmethod
    def _in_turn(compute: Callable[[], object], turns: Turns) -> bytes:
        with turns.turn():
            begin_work()
            answer = compute()
        if isinstance(answer, bytes):
            return answer
        return json.dumps(answer, separators=(",", ":"), allow_nan=False).encode()

    @contextmanager
    def _slow_place(self) -> Iterator[None]:
        """A place in the queue of slow questions; the quick queue is as long as the server has threads."""
        if not self._slow_places.acquire(blocking=False):
            raise BusyError(BUSY)
        try:
            yield
        finally:
            self._slow_places.release()


class Turns:
    """At most *at_once* computations; the others follow in the order of their requests."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn, once it has come; BusyError where that takes too long, GoneError where the visitor goes before."""
        ticket, check = object(), _patience()
        with self._changed:
            self._queue.append(ticket)
            try:
                while self._free == 0 or self._queue[0] is not ticket:
                    self._changed.wait(LOOK)
                    check()
                self._free -= 1
            finally:
                self._queue.remove(ticket)
                self._changed.notify_all()
        try:
            check()
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def __len__(self) -> int:
        return len(self._queue)


def _patience() -> Callable[[], None]:
    """A function to call while waiting: it raises where the visitor has gone, or has waited for too long."""
    deadline = time.monotonic() + LONGEST_WAIT

    def check() -> None:
        if has_gone():
            raise GoneError
        if time.monotonic() > deadline:
            raise BusyError(BUSY)

    return check
