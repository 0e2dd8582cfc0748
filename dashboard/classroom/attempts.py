"""How often one address may try something: counted in this process over a sliding time, for a
bounded number of them.
"""

from __future__ import annotations

import threading
from collections import deque

from cachetools import LRUCache

from dashboard.classroom.refusals import TOO_OFTEN, ClassError

MOST_ADDRESSES = 10_000


class Attempts:
    """At most *most* attempts of one address in so many *seconds*; the message *key* says what is
    tried too often.
    """

    def __init__(self, most: int, seconds: float, key: str) -> None:
        self._most, self._seconds, self._key = most, seconds, key
        self._by_address: LRUCache[str, deque[float]] = LRUCache(MOST_ADDRESSES)
        self._lock = threading.Lock()

    def check(self, address: str, now: float) -> None:
        """ClassError where *address* has no attempt left."""
        if not self.has_left(address, now):
            raise ClassError(TOO_OFTEN, self._key)

    def has_left(self, address: str, now: float) -> bool:
        """Whether *address* has an attempt left."""
        with self._lock:
            return len(self._recent(address, now)) < self._most

    def note(self, address: str, now: float) -> None:
        """Counts an attempt of *address*."""
        with self._lock:
            recent = self._recent(address, now)
            recent.append(now)
            self._by_address[address] = recent

    def _recent(self, address: str, now: float) -> deque[float]:
        moments = self._by_address.get(address, deque())
        while moments and moments[0] <= now - self._seconds:
            moments.popleft()
        return moments
