"""Conclusions about conduct: which survive which assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.conclusions import DOES_NOT, HOLDS, UNDECIDED
from sim.evidence.report.document import Paragraph, Section, Sentences, Table
from sim.evidence.report.words import quantity
from sim.experiments.basis import ASSUMED

Record = Mapping[str, Any]

SURVIVES, ALL = "survives", "survives all"
MARKS = {HOLDS: "✓", DOES_NOT: "✗", UNDECIDED: "?"}


def section(conclusions: Record) -> Section:
    """All on the *conclusions* of a record: sentences, and under which assumptions each holds."""
    of = conclusions["assumptions"]
    method = (
        f"{conclusions['method']} A verdict of survival asks that it holds under more than half. "
        f"{conclusions['limits']}"
    )
    return Section(
        "Conclusions about conduct",
        Sentences("conclusions", sentences(conclusions)),
        _matrix(conclusions),
        Section(
            "When a conclusion holds, and what the assumptions are",
            Paragraph(method),
            Sentences("", [f"{each['name']}: {each['meaning']}." for each in of], [each["name"] for each in of]),
            folded=True,
        ),
        name="conclusions",
        basis=ASSUMED,
    )


def surviving(conclusions: Record) -> tuple[list[str], list[str], list[str]]:
    """The sentences that survive all assumptions, more than half of them, and not."""
    of = conclusions["conclusions"]
    every = [each["sentence"] for each in of if each["verdict"] == ALL]
    most = [each["sentence"] for each in of if each["verdict"].startswith(SURVIVES) and each["verdict"] != ALL]
    return every, most, [each["sentence"] for each in of if not each["verdict"].startswith(SURVIVES)]


def sentences(conclusions: Record) -> list[str]:
    """What survives and what does not."""
    every, most, others = surviving(conclusions)
    assumptions = len(conclusions["assumptions"])
    counts = [
        "Conduct is assumed, not fitted: nobody has measured it. A conclusion is worth what survives when the "
        "assumptions change.",
        f"Of {len(conclusions['conclusions'])} conclusions, {len(every)} hold under all {assumptions} sets of "
        f"assumptions, {len(most)} more under most of them, and {len(others)} do not survive.",
    ]
    return counts + ([f"{quantity(len(others), 'conclusion')} not to be drawn: {' '.join(others)}"] if others else [])


def _matrix(conclusions: Record) -> Table:
    """A row per conclusion, a column per assumption."""
    cells = {(cell["conclusion"], cell["assumption"]): MARKS[cell["holds"]] for cell in conclusions["cells"]}
    names = [each["name"] for each in conclusions["assumptions"]]
    worlds = f"{conclusions['replicates']} worlds of each kind under each assumption, seed {conclusions['seed']}"
    rows = [
        (each["sentence"], *(cells[each["name"], name] for name in names), each["verdict"])
        for each in conclusions["conclusions"]
    ]
    columns, align = ("conclusion", *names, "verdict"), f"l{'c' * len(names)}l"
    notes = (f"Conduct is assumed, not fitted to the register. {worlds}; of kinds and groups, nobody by name.",)
    marks = tuple((sign, holds) for holds, sign in MARKS.items())
    return Table(columns, align, rows, "Which conclusion survives which assumption", notes, marks=marks)
