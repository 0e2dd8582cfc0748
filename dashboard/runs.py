"""Simulated worlds, kept while there is room, for whatever is asked of the same view again."""

from __future__ import annotations

import threading
from collections import OrderedDict

import sim
from dashboard.view import View

ROOM, WORLDS = 8, 400  # runs, and worlds in all of them, of some 120 kB each


class Runs:
    """A store of runs by view, bounded in runs and worlds; the one that nobody asked for longest goes first."""

    def __init__(self, room: int = ROOM, worlds: int = WORLDS) -> None:
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
