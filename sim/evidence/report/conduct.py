"""Conclusions about conduct: which hold under which assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.evidence.conclusions import DOES_NOT, HOLDS, UNDECIDED, verdict
from sim.evidence.report import rendering
from sim.evidence.report.document import Section

Record = Mapping[str, Any]

MARKS = {HOLDS: "✓", DOES_NOT: "✗", UNDECIDED: "?"}


class Support(NamedTuple):
    """The sentences that hold under all assumptions, under more than half of them, and under half
    at most.
    """

    every: list[str]
    most: list[str]
    others: list[str]


def support(conclusions: Record) -> Support:
    """What becomes of the *conclusions* when the assumptions change."""
    cells, of = _cells(conclusions), len(conclusions["assumptions"])
    holds = {
        each["sentence"]: sum(cell == HOLDS for cell in cells[each["name"]].values())
        for each in conclusions["conclusions"]
    }
    return Support(
        [sentence for sentence, number in holds.items() if number == of],
        [sentence for sentence, number in holds.items() if of / 2 < number < of],
        [sentence for sentence, number in holds.items() if number <= of / 2],
    )


def section(conclusions: Record) -> Section:
    """All on the *conclusions* of a record: sentences, and under which assumptions each holds."""
    return rendering.section(
        "conduct",
        conclusions=conclusions,
        support=support(conclusions),
        cells=_cells(conclusions),
        verdict=verdict,
        MARKS=MARKS,
    )


def _cells(conclusions: Record) -> dict[str, dict[str, str]]:
    """conclusion -> assumption -> its cell."""
    cells: dict[str, dict[str, str]] = {}
    for cell in conclusions["cells"]:
        cells.setdefault(cell["conclusion"], {})[cell["assumption"]] = cell["holds"]
    return cells
