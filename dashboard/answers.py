"""Answers to views: computed once, kept while there is room, and never twice at the same time.

The server holds nothing about a visitor. Whoever asks for the same view gets the same answer, from here or anew.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable

ROOM = 64  # answers of some 150 kB each
AT_ONCE = 2  # computations; others wait for their turn


class Answers:
    """A bounded store of answers by key; the one that nobody asked for longest goes first."""

    def __init__(self, room: int = ROOM, at_once: int = AT_ONCE) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._room = room
        self._lock = threading.Lock()
        self._under_way: dict[str, threading.Lock] = {}
        self._turns = threading.BoundedSemaphore(at_once)

    def get(self, key: str, compute: Callable[[], object]) -> bytes:
        """The answer to *key* as JSON, from *compute* where it is not there; errors are passed on and not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            mine = self._under_way.setdefault(key, threading.Lock())
        with mine:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            try:
                with self._turns:
                    answer = json.dumps(compute(), separators=(",", ":"), allow_nan=False).encode()
            finally:
                with self._lock:
                    self._under_way.pop(key, None)
            with self._lock:
                self._kept[key] = answer
                while len(self._kept) > self._room:
                    self._kept.popitem(last=False)
            return answer

    def kept(self, key: str) -> bytes | None:
        """The answer to *key* where it is there."""
        with self._lock:
            return self._kept.get(key)

    def __len__(self) -> int:
        return len(self._kept)
