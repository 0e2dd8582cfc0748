"""Conclusions about conduct: which survive which assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.conclusions import DOES_NOT, HOLDS, UNDECIDED
from sim.evidence.report.document import Section, Sentences, Table
from sim.evidence.report.words import quantity

Record = Mapping[str, Any]

SURVIVES, ALL = "survives", "survives all"
MARKS = {HOLDS: "yes", DOES_NOT: "no", UNDECIDED: "?"}


def section(conclusions: Record) -> Section:
    """All on the *conclusions* of a record: sentences, how often each holds, and under which assumptions."""
    of = conclusions["assumptions"]
    return Section(
        "Conclusions about conduct, by assumption",
        Sentences("conclusions", sentences(conclusions)),
        _counts(conclusions),
        Section(
            "Under which assumptions, and what they are",
            _matrix(conclusions),
            Sentences("", [f"{each['name']}: {each['meaning']}." for each in of], [each["name"] for each in of]),
            folded=True,
        ),
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


def _counts(conclusions: Record) -> Table:
    """Under how many assumptions each conclusion holds."""
    cells = [(cell["conclusion"], cell["holds"]) for cell in conclusions["cells"]]
    rows = [
        (each["sentence"], *(f"{cells.count((each['name'], holds))}" for holds in MARKS), each["verdict"])
        for each in conclusions["conclusions"]
    ]
    return Table(("Conclusion", *MARKS, "Verdict"), "lrrrl", rows)


def _matrix(conclusions: Record) -> Table:
    """A row per conclusion, a column per assumption."""
    cells = {(cell["conclusion"], cell["assumption"]): MARKS[cell["holds"]] for cell in conclusions["cells"]}
    names = [each["name"] for each in conclusions["assumptions"]]
    marks = ", ".join(f"*{mark}*: {holds}" for holds, mark in MARKS.items())
    note = (
        f"Conduct is assumed, not fitted to the register. {marks}. {conclusions['method']} A verdict of survival asks "
        f"that it holds under more than half. {conclusions['limits']} {conclusions['replicates']} worlds each, seed "
        f"{conclusions['seed']}."
    )
    rows = [
        (each["sentence"], *(cells[each["name"], name] for name in names), each["verdict"])
        for each in conclusions["conclusions"]
    ]
    return Table(("Conclusion", *names, "Verdict"), f"l{'c' * len(names)}l", rows, notes=(note,))
