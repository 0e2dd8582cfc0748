"""Conclusions about conduct: which hold under which assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.evidence.conclusions import DOES_NOT, HOLDS, UNDECIDED, verdict
from sim.evidence.report.document import Paragraph, Section, Sentences, Table
from sim.evidence.report.rendering import texts
from sim.findings import ASSUMED

Record = Mapping[str, Any]

MARKS = {HOLDS: "✓", DOES_NOT: "✗", UNDECIDED: "?"}


@dataclass(frozen=True)
class Support:
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
    words = texts("conduct", conclusions=conclusions, support=support(conclusions))
    return Section(
        "Conclusions about conduct",
        Sentences("conclusions", words["conclusions"]),
        _matrix(conclusions, *words["notes"]),
        Section(
            "When a conclusion holds, and what the assumptions are",
            *map(Paragraph, words["method"]),
            Sentences.of("", words["assumptions"]),
            folded=True,
        ),
        name="conclusions",
        basis=ASSUMED,
    )


def _cells(conclusions: Record) -> dict[str, dict[str, str]]:
    """conclusion -> assumption -> its cell."""
    cells: dict[str, dict[str, str]] = {}
    for cell in conclusions["cells"]:
        cells.setdefault(cell["conclusion"], {})[cell["assumption"]] = cell["holds"]
    return cells


def _matrix(conclusions: Record, *notes: str) -> Table:
    """A row per conclusion, a column per assumption."""
    cells, assumptions = _cells(conclusions), conclusions["assumptions"]
    rows = [
        (
            each["sentence"],
            *(MARKS[cells[each["name"]][one["name"]]] for one in assumptions),
            verdict(cells[each["name"]]),
        )
        for each in conclusions["conclusions"]
    ]
    heads = [
        (one["subject"], one["level"]) if one["level"] else ("", one["subject"])
        for one in assumptions
    ]
    return Table(
        ("conclusion", *(one["name"] for one in assumptions), "verdict"),
        f"l{'c' * len(assumptions)}l",
        rows,
        "Which conclusion holds under which assumption",
        notes,
        marks=tuple((sign, holds) for holds, sign in MARKS.items()),
        heads=(("", "conclusion"), *heads, ("", "verdict")),
    )
