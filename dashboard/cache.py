"""What the server keeps in memory: answers and simulated worlds by question, bounded, each computed
once at a time.

Nothing in it is about a visitor: the same view has the same answer, from here or computed anew.
What is kept waits for nobody. Slow computations have a line of their own, so that a moved dial
never waits behind one. A request whose visitor has gone is not computed.
"""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Generic, TypeVar

from cachetools import LRUCache

import sim
from dashboard.limits import OWN, Limits
from dashboard.requests import begin_work
from dashboard.turns import LOOK, Bounds, Line, patience
from dashboard.view import View

ANSWERS = 64  # of some 150 kB each
BASELINES = 4  # runs that are kept with their conduct, each of another lens or luck
EXPLAINED = 2  # explanations, each of which is asked for what it tells and for its changes
RUNS, WORLDS = 8, 400  # runs, and worlds in all of them together, of some 120 kB each

Value = TypeVar("Value")


class Store(Generic[Value]):
    """At most *entries* values by key, and no more than *most* of what *worth* says of them all
    together; the least recently used go first. One thread at a time computes a key.
    """

    def __init__(
        self,
        entries: int,
        most: float = math.inf,
        worth: Callable[[Value], float] = lambda _: 0.0,
    ) -> None:
        self._entries = entries
        self._values: LRUCache[Hashable, Value] = LRUCache(most, worth)
        self._under_way: set[Hashable] = set()
        self._changed = threading.Condition()

    def find(self, key: Hashable) -> Value | None:
        """The value of *key* where it is kept."""
        with self._changed:
            return self._values.get(key)

    def value(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """The value of *key*, from *compute* where it is not kept. Errors are passed on and not
        kept.
        """
        check = patience()
        with self._changed:
            while key in self._under_way:
                self._changed.wait(LOOK)
                check()
            value = self._values.get(key)
            if value is not None:
                return value
            self._under_way.add(key)
        try:
            value = compute()
            self._keep(key, value)
            return value
        finally:
            with self._changed:
                self._under_way.remove(key)
                self._changed.notify_all()

    def _keep(self, key: Hashable, value: Value) -> None:
        with self._changed, suppress(ValueError):  # of one that is worth more than *most*
            while len(self._values) >= self._entries:
                self._values.popitem()
            self._values[key] = value

    def __len__(self) -> int:
        return len(self._values)


class Runs(Store[sim.Run]):
    """Simulated views, bounded in runs and in the worlds of all of them together, a world of a
    population scaled by s as s of them.
    """

    def __init__(self, entries: int = RUNS, worlds: int = WORLDS) -> None:
        super().__init__(
            entries,
            worlds,
            lambda run: run.replicates * run.scenario.parameters.population_scale,
        )
        self.explained: Store[sim.Explanation] = Store(EXPLAINED)  # of the questions asked last

    def of(self, view: View) -> sim.Run:
        """The run of *view*."""
        return self.value(view.query(), view.run)


class Answers(Store[bytes]):
    """Answers as they are sent. What is not kept is computed in one of two lines, a *quick* and a
    *slow* one.
    """

    def __init__(
        self, entries: int = ANSWERS, *, quick: Bounds = OWN.quick, slow: Bounds = OWN.slow
    ) -> None:
        super().__init__(entries)
        self._quick, self._slow = Line(quick), Line(slow)

    @classmethod
    def within(cls, limits: Limits) -> Answers:
        """Answers whose lines are within the *limits* of a server."""
        return cls(quick=limits.quick, slow=limits.slow)

    def get(self, key: str, compute: Callable[[], object], *, slow: bool = False) -> bytes:
        """The answer to *key*, from *compute* where it is not kept: as JSON, or as it is where it
        is bytes.

        What takes more than a second or two is *slow*. BusyError where too many wait, GoneError
        where the visitor has gone. Whoever waits for what another computes has a place in the line
        as well.
        """
        answer = self.find(key)
        if answer is not None:
            return answer
        line = self._slow if slow else self._quick
        with line.place():
            return self.value(key, lambda: _in_turn(compute, line))


def _in_turn(compute: Callable[[], object], line: Line) -> bytes:
    with line.turns.turn():
        begin_work()
        answer = compute()
    if isinstance(answer, bytes):
        return answer
    return json.dumps(answer, separators=(",", ":"), allow_nan=False).encode()
