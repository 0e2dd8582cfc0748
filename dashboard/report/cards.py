"""The cards of a report: a figure each, with its heading, what it says, how to read it, and the
rows behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from dashboard.data.words import dial_words
from dashboard.report import figures, maps
from sim import number_formats as formats

Row = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]

POOLED = "all"
WHERE, MATTERS, TIPPING, CHANCE, ENOUGH = (
    "where",
    "matters",
    "tipping",
    "chance",
    "enough",
)  # kinds of sentences
OUTCOME, EFFECT = "outcome", "effect"  # what an axis may matter for
READING = (
    "Dot: mean over the points of the uncertainties; dark bar: its 95\u00a0% interval; pale bar: 5"
    " to 95\u00a0% of the points."
)


class Card(NamedTuple):
    """A figure with its *title*, the *basis* of its numbers, *sentences*, and a *note* on how to
    read it.
    """

    title: str
    basis: str
    sentences: Sequence[str]
    note: str
    figure: figures.Figure
    rows: Sequence[Row]


def all_cards(content: Mapping[str, Any], tables: Tables) -> list[Card]:
    """All cards of an analysis: those of each outcome, then on chance, then on whether there are
    enough worlds.
    """
    names = content["outcomes_asked"]
    subjects = [Subject(name, content, tables) for name in names]
    cards = [card for subject in subjects for card in subject.cards()]
    cards += _chance(content, tables)
    return cards + [card for subject in subjects for card in subject.enough()]


def without_badge(text: str) -> str:
    """A sentence without what its numbers rest on in brackets, where a badge says it."""
    return text.rpartition(" [")[0] if text.endswith("]") else text


class Subject:
    """One outcome, and what was found about it."""

    def __init__(self, name: str, content: Mapping[str, Any], tables: Tables) -> None:
        self.name, self._tables, self._sentences = name, tables, content["sentences"]
        (self.outcome,) = self.rows("outcomes")
        self.basis = self.outcome["basis"]
        part = "" if self.outcome["part"] == POOLED else f" ({self.outcome['part']})"
        self.label = f"{self.outcome['label']}{part}"

    def rows(self, table: str, **alike: Any) -> list[Row]:
        """The rows of *table* about it in which these values are."""
        own = (row for row in self._tables.get(table, ()) if row["outcome"] == self.name)
        return [row for row in own if all(row[key] == value for key, value in alike.items())]

    def said(self, kind: str) -> list[str]:
        """The sentences of that *kind* about it."""
        own = (
            each
            for each in self._sentences
            if each["outcome"] == self.name and each["kind"] == kind
        )
        return [without_badge(each["text"]) for each in own]

    def cards(self) -> Iterator[Card]:
        """What a lever does and where, or how high the outcome is; what matters; in which worlds;
        where it tips.
        """
        asked = self.rows("effects", asked=True)
        yield from self._effects(asked)
        bars = self.rows("histogram")
        if not asked and bars and self.outcome["points"] > 1:
            note = "Means over the worlds of each point."
            figure = figures.histogram(bars, self.outcome["unit"])
            yield Card(f"{self.label} over all points", self.basis, (), note, figure, bars)
        yield from self._matters()
        if limits := self.rows("boxes"):
            quasi = ", ".join(
                f"{dial_words(row['axis'])} {formats.significant(row['quasi_p'], 1)}"
                for row in limits
            )
            figure = maps.cases(self.rows("cases"), limits)
            title = f"In which worlds: {self.label}"
            yield Card(
                title,
                self.basis,
                self.said(WHERE),
                f"Frame: the box. Quasi-p-values: {quasi}.",
                figure,
                limits,
            )
        if grid := self.rows("map"):
            note = (
                "Intervals of 95\u00a0% come from the worlds at each point; everything else is"
                " averaged over. Vermilion: where it tips, with its interval."
            )
            figure = maps.tipping(grid, self.rows("tips"))
            yield Card(
                f"Where it tips: {self.label}",
                self.basis,
                self.said(TIPPING)[:1],
                note,
                figure,
                grid,
            )

    def _effects(self, asked: list[Row]) -> Iterator[Card]:
        if asked:
            first = asked[0]
            note = f"{READING} Both sides of each pair have the same luck."
            title = f"What comes of {first['label']}: {self.label}"
            yield Card(title, self.basis, (), note, figures.effects(asked, first["unit"]), asked)
        if parts := self.rows("regions"):
            first = parts[0]
            compared = (
                f"{figures.as_text(first['after'])} instead of {figures.as_text(first['before'])}"
            )
            title = f"{asked[0]['label']} {compared}, by {first['by']}: {self.label}"
            yield Card(
                title, self.basis, (), READING, figures.by_region(parts, asked[0]["unit"]), parts
            )
        if others := self.rows("effects", asked=False):
            note = f"{READING} Each lever alone, from its first value to its last."
            figure = figures.effects(others, others[0]["unit"])
            yield Card(f"Each lever: {self.label}", self.basis, (), note, figure, others)

    def _matters(self) -> Iterator[Card]:
        matters = self.said(MATTERS)
        if rows := self.rows("sensitivity", at=POOLED, of=OUTCOME):
            note = (
                "Bars: 95\u00a0% intervals. By SALib, of means over worlds, less what is left of"
                " chance in them. Of points where levers cross, all together."
                if rows[0]["method"].startswith("Sobol")
                else (
                    "Bars: 95\u00a0% intervals; each axis goes through its whole range. By SALib."
                    " Beyond the dotted line an axis moves the outcome more than chance alone"
                    " would."
                )
            )
            figure = figures.sensitivity(rows)
            yield Card(f"What matters: {self.label}", self.basis, matters, note, figure, rows)
            return
        for of in (EFFECT, OUTCOME):
            if own := self.rows("scores", of=of):
                title = "What matters for the effect" if of == EFFECT else "What matters"
                explained = formats.percent(max(own[0]["explained"], 0))
                note = (
                    "How much less is explained when the axis is shuffled; bars: over five folds."
                    f" Trees explain {explained} of the variance of points they have not seen."
                )
                yield Card(
                    f"{title}: {self.label}", self.basis, matters, note, figures.scores(own), own
                )
                matters = []

    def enough(self) -> Iterator[Card]:
        """Whether there are enough points and worlds."""
        steps, said = self.rows("convergence"), self.said(ENOUGH)
        note = (
            "From a quarter, half and all of the points, and of the worlds at each, with 95\u00a0%"
            " intervals."
        )
        for number, of in enumerate(dict.fromkeys(row["of"] for row in steps)):
            own = [row for row in steps if row["of"] == of]
            title = f"Enough worlds? {of[:1].upper()}{of[1:]}: {self.label}"
            yield Card(
                title, self.basis, said[number : number + 1], note, figures.convergence(own), own
            )


def _chance(content: Mapping[str, Any], tables: Tables) -> Iterator[Card]:
    """How much of each outcome is chance."""
    rows = list(tables["outcomes"])
    if not any(row["chance"] is not None for row in rows):
        return
    said = [each for each in content["sentences"] if each["kind"] == CHANCE]
    said += [
        each
        for each in content["sentences"]
        if each["kind"] == TIPPING and "groups" in (each["parts"] or {})
    ]
    basis = next((row["basis"] for row in rows if row["basis"] != "fitted"), "fitted")
    note = "By the law of total variance: luck within points, against differences between points."
    texts = [without_badge(each["text"]) for each in said]
    yield Card("How much is chance", basis, texts, note, figures.chance(rows), rows)
