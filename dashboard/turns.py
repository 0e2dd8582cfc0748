"""Who may wait, and whose turn is next: lines of requests in which one address cannot take the
server from others.

An address is whom `dashboard.requests.address` names. It is known only while a request lasts.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from dashboard.requests import (
    BusyError,
    GoneError,
    address,
    gone_check,
    has_gone,
    hold,
    note_refusal,
)

LONGEST_WAIT = 60.0  # seconds
LOOK = 0.25  # seconds between two looks whether the visitor still waits
BUSY = "others are asking long questions here; ask again in a moment"
BUSY_WITH_YOURS = "several of your questions are being computed here; ask again in a moment"


@dataclass(frozen=True)
class Bounds:
    """Of a line: requests in it, those computed among them, in all and of one address;
    computations, likewise.
    """

    places: int
    places_each: int
    at_once: int = 0
    at_once_each: int = 0
    retry_after: int = 1  # seconds, for whoever finds no place


def fair_order(
    waiting: Sequence[tuple[str, float]],
    running: Sequence[str] = (),
    ended: Mapping[str, float] | None = None,
) -> list[int]:
    """The places of *waiting*, each an address and when it came, in the order in which they are
    served.

    Addresses take turns: first what is first of its address, then what is second; *running* counts
    as before. Of several firsts that one comes first which has waited longest since it came, or
    since its address last *ended*.
    """
    before, since, keys = Counter(running), ended or {}, {}
    for place in sorted(range(len(waiting)), key=lambda place: waiting[place][1]):
        whose, came = waiting[place]
        keys[place] = (before[whose], max(came, since.get(whose, came)), came)
        before[whose] += 1
    return sorted(keys, key=keys.__getitem__)


class Line:
    """A line within *bounds*: a request first takes a place in it, which it keeps to its end, then
    waits for its turns.

    Each place holds a thread of the server, so whoever finds none is asked to come again.
    """

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.turns = Turns(bounds.at_once, bounds.at_once_each)
        self._places: dict[
            int, tuple[str, Callable[[], bool]]
        ] = {}  # whose, and whether they have gone
        self._numbers = itertools.count()
        self._lock = threading.Lock()

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place for the work in this block, and for the rest of the request it belongs to;
        BusyError without one.
        """
        with hold(self, self._place):
            yield

    @contextmanager
    def _place(self) -> Iterator[None]:
        whose, gone = address(), gone_check()
        with self._lock:
            # Whoever hangs up for a newer question leaves the line a little later.
            of_theirs = sum(
                other == whose and not has_left() for other, has_left in self._places.values()
            )
            is_theirs = of_theirs >= self.bounds.places_each
            if is_theirs:
                note_refusal()
            if is_theirs or len(self._places) >= self.bounds.places:
                raise BusyError(BUSY_WITH_YOURS if is_theirs else BUSY, self.bounds.retry_after)
            number = next(self._numbers)
            self._places[number] = whose, gone
        try:
            yield
        finally:
            with self._lock:
                del self._places[number]

    def __len__(self) -> int:
        return len(self._places)


@dataclass(eq=False)
class _Ticket:
    whose: str
    number: int


@dataclass
class Turns:
    """At most *at_once* computations, *each* of one address; the others follow in a fair order."""

    at_once: int
    each: int
    _queue: list[_Ticket] = field(default_factory=list, init=False)
    _running: list[str] = field(default_factory=list, init=False)
    _ended: dict[str, float] = field(default_factory=dict, init=False)  # of whoever waits or runs
    _numbers: Iterator[int] = field(default_factory=itertools.count, init=False)
    _changed: threading.Condition = field(default_factory=threading.Condition, init=False)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn, once it has come; BusyError where that takes too long, GoneError where the
        visitor goes before.
        """
        check = patience()
        with self._changed:
            ticket = _Ticket(address(), next(self._numbers))
            self._queue.append(ticket)
            try:
                while self._next() is not ticket:
                    self._changed.wait(LOOK)
                    check()
                self._running.append(ticket.whose)
            finally:
                self._queue.remove(ticket)
                self._changed.notify_all()
        try:
            check()
            yield
        finally:
            with self._changed:
                self._running.remove(ticket.whose)
                self._ended[ticket.whose] = next(self._numbers)
                present = {*self._running, *(other.whose for other in self._queue)}
                self._ended = {
                    whose: number for whose, number in self._ended.items() if whose in present
                }
                self._changed.notify_all()

    def _next(self) -> _Ticket | None:
        """Whose turn it is, if it is anybody's."""
        if len(self._running) >= self.at_once:
            return None
        waiting = [(ticket.whose, float(ticket.number)) for ticket in self._queue]
        for place in fair_order(waiting, self._running, self._ended):
            if self._running.count(waiting[place][0]) < self.each:
                return self._queue[place]
        return None

    def __len__(self) -> int:
        return len(self._queue)


def patience() -> Callable[[], None]:
    """A function to call while waiting: it raises where the visitor has gone, or has waited for too
    long.
    """
    deadline = time.monotonic() + LONGEST_WAIT

    def check() -> None:
        if has_gone():
            raise GoneError
        if time.monotonic() > deadline:
            raise BusyError(BUSY, 5)

    return check
