"""What an analysis finds: values, each with the kind of sentence that says it, and tidy tables of
the numbers behind them.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

import pandas as pd

from sim.analysis.study import Column
from sim.findings import AxisPart, Contrast, Finding

ANSWER, WHERE, MATTERS, TIPPING, CHANCE, ENOUGH = KINDS = (
    "answer",
    "where",
    "matters",
    "tipping",
    "chance",
    "enough",
)
TABLES = (
    "outcomes",
    "histogram",
    "effects",
    "regions",
    "sensitivity",
    "scores",
    "boxes",
    "cases",
    "tips",
    "map",
    "regimes",
    "convergence",
)


class Find(NamedTuple):
    """A *finding* on *column*, said in a sentence of that *kind*, one of KINDS."""

    kind: str
    column: Column
    finding: Finding


class Note(NamedTuple):
    """What is left out: the *key* of its message, and of what."""

    key: str
    column: Column | None
    lever: str


class Names(Protocol):
    """What tables call a lever, a comparison, parts of an axis, and a number that is to be sure."""

    def lever(self, name: str) -> str:
        """The label of a lever."""

    def contrast(self, contrast: Contrast) -> str:
        """What is compared."""

    def part(self, part: AxisPart) -> dict[str, str]:
        """A part of an axis: `region`, its `state` and its `limits`."""

    def effect(self, column: Column, contrast: Contrast | None) -> str:
        """The effect of a *contrast* on *column*; without one, the column itself."""

    def quantity(self, column: Column, contrast: Contrast | None, axis: str) -> str:
        """The effect of a *contrast*, or of an *axis*; without either, the mean of *column*."""

    def value(self, axis: str, value: Any) -> str:
        """A value of an axis."""


class Findings:
    """Findings in the order in which they are found, and the rows of each table, in which axes are
    called by their *names*.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self.finds: list[Find] = []
        self.notes: list[Note] = []
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}

    def find(self, kind: str, column: Column, finding: Finding) -> None:
        """Add *finding* on *column*, which a sentence of that *kind* says."""
        self.finds.append(Find(kind, column, finding))

    def note(self, key: str, column: Column | None = None, lever: str = "") -> None:
        """Add what is left out, by the key of its message, of *column* or of a *lever*."""
        self.notes.append(Note(key, column, lever))

    def has(self, kind: str, column: Column) -> bool:
        """Whether there is a finding of that *kind* on *column*."""
        return any((each.kind, each.column) == (kind, column) for each in self.finds)

    def turn_into(self, kind: str, other: str, column: Column) -> None:
        """Let the findings of that *kind* on *column* be of the *other* one."""
        own = [each for each in self.finds if (each.kind, each.column) == (kind, column)]
        rest = [each for each in self.finds if each not in own]
        self.finds = [*rest, *(each._replace(kind=other) for each in own)]

    def add(self, table: str, column: Column, **values: Any) -> None:
        """Add a row on *column* to *table*."""
        self._rows[table].append({"outcome": column.name, "basis": column.basis, **values})

    def rows(self, table: str, **alike: Any) -> list[dict[str, Any]]:
        """The rows of *table* in which these values are."""
        return [
            row
            for row in self._rows[table]
            if all(row[key] == value for key, value in alike.items())
        ]

    def frames(self) -> dict[str, pd.DataFrame]:
        """The tables that have rows, by name."""
        return {name: pd.DataFrame(rows) for name, rows in self._rows.items() if rows}
