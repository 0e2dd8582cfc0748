"""The views that an address sets beside its own: each entry is the query of a view, or the name of
a scenario alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import sim
from dashboard.view import View, view_of


class UnreadError(sim.InputError):
    """Some `entries` of an address are no views; the sentence is that of the first of them."""

    def __init__(self, sentence: str, entries: Sequence[str]) -> None:
        super().__init__(sentence)
        self.entries = list(entries)


def views_beside(entries: Sequence[str]) -> list[View]:
    """The view of each of *entries*; UnreadError where some are none."""
    views, unread = [], {}
    for entry in entries:
        try:
            views.append(view_of(_query(entry)))
        except sim.InputError as problem:
            unread[entry] = str(problem)
    if unread:
        raise UnreadError(next(iter(unread.values())), list(unread))
    return views


def _query(entry: str) -> str:
    """The query of an *entry*. A scenario alone is what somebody writes by hand; assets/view.js
    reads it alike.
    """
    return entry if not entry or "=" in entry else urlencode({"scenario": entry})
