"""Conclusions about conduct: which hold under which assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.conclusions import DOES_NOT, HOLDS, UNDECIDED, verdict
from sim.evidence.report.document import Paragraph, Section, Sentences, Table
from sim.evidence.report.words import quantity
from sim.findings import ASSUMED

Record = Mapping[str, Any]

MARKS = {HOLDS: "✓", DOES_NOT: "✗", UNDECIDED: "?"}


def section(conclusions: Record) -> Section:
    """All on the *conclusions* of a record: sentences, and under which assumptions each holds."""
    of = conclusions["assumptions"]
    method = f"{conclusions['method']} It fails where it does not hold. {conclusions['limits']}"
    return Section(
        "Conclusions about conduct",
        Sentences("conclusions", sentences(conclusions)),
        _matrix(conclusions),
        Section(
            "When a conclusion holds, and what the assumptions are",
            Paragraph(method),
            Sentences(
                "",
                [f"{each['name']}: {each['meaning']}." for each in of],
                [each["name"] for each in of],
            ),
            folded=True,
        ),
        name="conclusions",
        basis=ASSUMED,
    )


def by_support(conclusions: Record) -> tuple[list[str], list[str], list[str]]:
    """The sentences that hold under all assumptions, under more than half of them, and under half
    at most.
    """
    cells, of = _cells(conclusions), len(conclusions["assumptions"])
    holds = {
        each["sentence"]: sum(cell == HOLDS for cell in cells[each["name"]].values())
        for each in conclusions["conclusions"]
    }
    every = [sentence for sentence, number in holds.items() if number == of]
    most = [sentence for sentence, number in holds.items() if of / 2 < number < of]
    return every, most, [sentence for sentence, number in holds.items() if number <= of / 2]


def _cells(conclusions: Record) -> dict[str, dict[str, str]]:
    """conclusion -> assumption -> its cell."""
    cells: dict[str, dict[str, str]] = {}
    for cell in conclusions["cells"]:
        cells.setdefault(cell["conclusion"], {})[cell["assumption"]] = cell["holds"]
    return cells


def sentences(conclusions: Record) -> list[str]:
    """What holds whatever is assumed, and what does not."""
    every, most, others = by_support(conclusions)
    assumptions = len(conclusions["assumptions"])
    counts = [
        (
            "Conduct is assumed, not fitted: nobody has measured it. A conclusion is worth as much"
            " as it holds when the assumptions change."
        ),
        (
            f"Of {len(conclusions['conclusions'])} conclusions, {len(every)} hold under all"
            f" {assumptions} sets of assumptions, {len(most)} more under more than half of them,"
            f" and {len(others)} under half at most."
        ),
    ]
    return counts + (
        [f"{quantity(len(others), 'conclusion')} not to be drawn: {' '.join(others)}"]
        if others
        else []
    )


def _matrix(conclusions: Record) -> Table:
    """A row per conclusion, a column per assumption."""
    cells = _cells(conclusions)
    names = [each["name"] for each in conclusions["assumptions"]]
    worlds = (
        f"{conclusions['replicates']} worlds of each kind under each assumption, seed"
        f" {conclusions['seed']}"
    )
    rows = [
        (
            each["sentence"],
            *(MARKS[cells[each["name"]][name]] for name in names),
            verdict(cells[each["name"]]),
        )
        for each in conclusions["conclusions"]
    ]
    columns, align = ("conclusion", *names, "verdict"), f"l{'c' * len(names)}l"
    notes = (
        (
            f"Conduct is assumed, not fitted to the register. {worlds}; of kinds and groups, nobody"
            " by name."
        ),
    )
    marks = tuple((sign, holds) for holds, sign in MARKS.items())
    return Table(
        columns, align, rows, "Which conclusion holds under which assumption", notes, marks=marks
    )
