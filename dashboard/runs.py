"""Simulated worlds, kept while there is room, for whatever is asked of the same view again."""

from __future__ import annotations

import threading
from collections import OrderedDict

import sim
from dashboard.view import View

ROOM = 6  # runs of some 6 MB each


class Runs:
    """A bounded store of runs by view; the one that nobody asked for longest goes first."""

    def __init__(self, room: int = ROOM) -> None:
        self._kept: OrderedDict[str, sim.Run] = OrderedDict()
        self._room = room
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
                    self._kept[key] = run
                    while len(self._kept) > self._room:
                        self._kept.popitem(last=False)
                return run
            finally:
                with self._lock:
                    self._under_way.pop(key, None)

    def __len__(self) -> int:
        return len(self._kept)
