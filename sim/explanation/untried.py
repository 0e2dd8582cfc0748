"""Which families of changes are not tried, and why not, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from sim.explanation.change import Change
from sim.number_formats import listing

FAMILIES = {
    "text": "another text",
    "forum": "another convenor",
    "outreach": "outreach",
    "signature": "others' signatures",
    "capacity": "capacity support",
}


def untried(changes: Sequence[Change]) -> str:
    """Not tried: outreach, as nobody is kept out by being approached. Families with the same reason
    are named together; empty where all are tried.
    """
    none = [change for change in changes if not change.change and not change.without_effect]
    reasons = dict.fromkeys(change.what for change in none)
    parts = [
        f"{listing([FAMILIES[each.family] for each in none if each.what == why])}, as {why}"
        for why in reasons
    ]
    return f"Not tried: {'; '.join(parts)}." if parts else ""
