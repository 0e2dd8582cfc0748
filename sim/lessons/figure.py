"""Figures of a lesson: a number with its unit, what it rests on, and where worlds lie; and all of
them together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sim.experiments.assumptions import POINTS
from sim.findings import ASSUMED, EXTRAPOLATED, FITTED, WHAT_IF
from sim.number_formats import (
    MINUS,
    NO_BREAK,
    TO,
    count,
    decimal,
    difference,
    difference_interval,
    interval,
    mean,
    percent,
    percent_interval,
    points,
    points_interval,
    significant,
)

REGISTER, RECORD_OF_TALKS, PUBLISHED = "register", "record of talks", "published"
SIMULATED = {  # what a simulated number rests on, by the word of sim.BASES
    FITTED: "simulated, fitted",
    WHAT_IF: "simulated, what if",
    EXTRAPOLATED: "simulated, extrapolated",
    ASSUMED: "simulated, assumed",
}
SHARE = "share"
WITH_DECIMALS = ("%", "points")
LARGE = 10  # counts and differences from which a mean over worlds is whole
Value = float | str


@dataclass(frozen=True)
class Figure:
    """One number of a lesson, or a text: words for a number, or a range over assumptions, which has
    no middle. basis: "register", "record of talks", "published", or "simulated, …" with what that
    rests on; interval: where nine in ten worlds lie, None where nothing is drawn; signs: whether it
    is a difference; is_range: whether its value is the range over assumptions, each in a world of
    its own.
    """

    name: str
    label: str
    value: Value
    unit: str
    basis: str
    interval: tuple[float, float] | None = None
    signs: bool = False
    is_range: bool = False

    @property
    def words(self) -> str:
        """The value with its unit, as people read it: 362 stakeholders, 48 %, +3.2 points."""
        if isinstance(self.value, str):
            return self.value
        if self.unit == SHARE:
            return points(self.value) if self.signs else percent(self.value)
        return self._with_unit(self._number(self.value))

    @property
    def more_words(self) -> tuple[str, str]:
        """A difference of counts as so many more or fewer, 6 to 127 more strikes, and its interval,
        if that is not all there is; as `words` and `interval_words` have it where it may be either.
        """
        if (
            self.interval is None
            or self.unit in (SHARE, *WITH_DECIMALS)
            or self.interval[0] <= 0 <= self.interval[1]
        ):
            return self.words, self.interval_words
        low, high = sorted(map(abs, self.interval))
        word = "more" if self.interval[0] > 0 else "fewer"
        size = replace(self, signs=False, interval=(low, high), unit=f"{word} {self.unit}")
        if isinstance(self.value, str):
            return size.range_words, ""
        return replace(size, value=abs(self.value)).words, size.interval_words

    @property
    def interval_words(self) -> str:
        """Where nine in ten worlds lie, as people read it; empty where nothing is drawn, or the
        value says it.
        """
        return "" if self.interval is None or isinstance(self.value, str) else self._interval()

    @property
    def spread(self) -> str:
        """What its value is drawn from, and where that lies; empty where nothing is drawn."""
        if self.is_range:
            return f"over {count(POINTS)} sets of assumptions"
        if not self.interval_words:
            return ""
        of_luck = (
            ", by luck alone under one set of assumptions"
            if self.basis == SIMULATED[ASSUMED]
            else ""
        )
        return f"median; nine in ten worlds{of_luck}: {self.interval_words}"

    @property
    def range_words(self) -> str:
        """The interval with its unit, where a range is all that there is."""
        return self._interval() if self.unit == SHARE else self._with_unit(self._interval())

    def _with_unit(self, number: str) -> str:
        unit = (
            one_of(self.unit)
            if number.lstrip(f"+{MINUS}") == "1" and self.unit not in WITH_DECIMALS
            else self.unit
        )
        return f"{number}{NO_BREAK}{unit}".strip()

    def _interval(self) -> str:
        if self.interval is None:
            return ""
        low, high = self.interval
        if self.unit == SHARE:
            return points_interval(low, high) if self.signs else percent_interval(low, high, 0, TO)
        if self.signs:
            return difference_interval(
                low, high, 0 if _are_whole(low, high) else _places(low, high)
            )
        has_decimals = self.unit in WITH_DECIMALS or (
            max(abs(low), abs(high)) < LARGE and not _are_whole(low, high)
        )
        return interval(low, high, partial(decimal, places=1) if has_decimals else count, TO)

    def _number(self, value: float) -> str:
        if self.signs:
            return difference(value, 0 if _are_whole(value) else _places(value))
        if abs(value) >= LARGE or value == int(value):
            return count(value)
        return mean(value) if value >= 1 else significant(value, 2)

    def as_json(self) -> dict[str, Any]:
        """The figure as `parley lesson NAME --json` writes it."""
        ends = None if self.interval is None else list(self.interval)
        return {
            "name": self.name,
            "label": self.label,
            "value": self.value,
            "unit": self.unit,
            "basis": self.basis,
            "interval": ends,
        }


@dataclass(frozen=True)
class Reveal:
    """What stands beside a prediction: the figures (*rows*); the *answer*, a number (of a share in
    percent) or the name of an option, with the same *in words*, None where there is none; and the
    two *sides* of an assumption or a debate, in a sentence each; and what comes of it in one
    (*finding*), if the lesson has it.
    """

    rows: tuple[Figure, ...]
    answer: Value | None = None
    answer_words: str = ""
    sides: tuple[str, ...] = ()
    finding: str = ""

    def beside(self, prediction: Value) -> str:
        """*prediction*, a number or the name of an option, beside the answer, in a sentence; where
        there is no answer, that nobody can be right or wrong.
        """
        if self.answer is None:
            return "There is no answer key to this one: weigh your reasons against both sides."
        if isinstance(self.answer, str) or isinstance(prediction, str):
            agrees = "as you predicted" if prediction == self.answer else "unlike your prediction"
            return f"The answer is: {self.answer_words}, {agrees}."
        gap = prediction - self.answer
        size = (
            "as predicted"
            if not gap
            else f"{_plain(abs(gap))} {'too many' if gap > 0 else 'too few'}"
        )
        return f"You predicted {_plain(prediction)}; it is {self.answer_words}: {size}."


def one_of(unit: str) -> str:
    """What one of a counted *unit* is called: state, country, person."""
    if unit == "people":
        return "person"
    return f"{unit[:-3]}y" if unit.endswith("ies") else unit.removesuffix("s")


def _are_whole(*values: float) -> bool:
    """Whether *values* are those of counts in single worlds."""
    return all(value == int(value) for value in values)


def _places(*values: float) -> int:
    """The decimals of differences: one, and none where they are large."""
    return 0 if max(map(abs, values)) >= LARGE else 1


def _plain(value: float) -> str:
    return count(value) if value == int(value) else significant(value)
