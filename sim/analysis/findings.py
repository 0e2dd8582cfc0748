"""What an analysis finds: sentences, each with what it rests on, and tidy tables of the numbers
behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pandas as pd

from sim.analysis.plain import Gain
from sim.analysis.study import Column
from sim.findings import Finding

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


class Sentence(NamedTuple):
    """A sentence: its kind, one of KINDS, the outcome that it is about, and the basis of that;
    headline: what it says in two short sentences, where there are such; without_ranges: the text
    less how far a difference goes over the assumptions, where the text tells that; parts: the
    values of a verdict on worlds (`verdict_parts`), of a search for them (`box_parts`), or at how
    many points they fall into two `groups`; else None.
    """

    kind: str
    outcome: str
    basis: str
    text: str
    headline: tuple[str, str] | None = None
    without_ranges: str | None = None
    parts: dict[str, Any] | None = None


Words = Callable[[Finding, Column], tuple[str, str]]


class Findings:
    """Findings as values, sentences in the order in which they are found, and the rows of each
    table. *words*: what a finding on a column says, and in short, where it has a headline.
    """

    def __init__(self, words: Words | None = None) -> None:
        self.values: list[Finding] = []
        self._words = words
        self.sentences: list[Sentence] = []
        self.notes: list[str] = []
        self.gain: Gain | None = None
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}

    def say(
        self, kind: str, column: Column, text: str, headline: tuple[str, str] | None = None,
        without_ranges: str | None = None, parts: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Add a sentence on *column*."""
        self.sentences.append(
            Sentence(kind, column.name, column.basis, text, headline, without_ranges, parts)
        )

    def find(
        self, kind: str, column: Column, finding: Finding, parts: dict[str, Any] | None = None
    ) -> None:
        """Add *finding* on *column*, and the sentence of that *kind* that says it."""
        self.values.append(finding)
        if self._words is not None:
            text, headline = self._words(finding, column)
            self.say(kind, column, text, (headline, "") if headline else None, parts=parts)

    def turn_into(self, kind: str, other: str, column: Column) -> None:
        """Let the sentences of that *kind* on *column* be of the *other* one."""
        own = [each for each in self.sentences if (each.kind, each.outcome) == (kind, column.name)]
        rest = [each for each in self.sentences if each not in own]
        self.sentences = [*rest, *(each._replace(kind=other) for each in own)]

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

    def texts(self, *kinds: str) -> Iterable[str]:
        """The sentences of these *kinds*."""
        return (each.text for kind in kinds for each in self.sentences if each.kind == kind)
