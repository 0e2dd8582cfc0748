"""Where one coalition takes the place of another: many states join and many leave, so that the number that sign hides
who they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.data.pairs import turns

MANY = 10  # states each way
NAMED = 3  # of them, by material power


def coalitions_of(
    moved: Mapping[str, Sequence[Mapping[str, Any]]], power: Mapping[str, float]
) -> dict[str, dict[str, Any]] | None:
    """Of those who *moved*, up and down, how many states join and how many leave, and the first of them by *power*, as
    a sentence names them; None where either are few.
    """
    states = {
        way: [row for row in rows if row["kind"] == "state" and turns(row["first"], row["second"])]
        for way, rows in moved.items()
    }
    if any(len(rows) < MANY for rows in states.values()):
        return None
    by_power = {way: sorted(rows, key=lambda row: -power[row["id"]]) for way, rows in states.items()}
    return {
        way: {"number": len(rows), "named": [row["said"] for row in rows[:NAMED]]} for way, rows in by_power.items()
    }
