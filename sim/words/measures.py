"""How a measure of a sweep and its numbers are called: its name within a sentence, and its levels,
differences and ranges with their units (sim/words/en/measures.ftl).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sim.analysis.study import HARM_PREVENTED, SIGNATORIES, Column
from sim.experiments.basis import BASES
from sim.experiments.outcomes import ALL
from sim.findings import Interval
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import NO_BREAK, TO, count, decimal, interval, percent, significant
from sim.sweeps.block import OTHERS
from sim.words.axes import AxisWords, part_words
from sim.words.language import say

NO_WORDS = ("index", "0 or 1", "mean", "stakeholders")  # units that say nothing beside a number
WHOLE = 100  # from which on no decimal is told
LEAST_OF_TENTHS = 0.995  # from which on a number reads as 1.0
TENTHS, MOST_PLACES = 1, 3  # decimals
# from which on, and up to which, a number is told whole, and with two decimals
LARGE, SMALL = 2.0, 0.2


@dataclass(frozen=True)
class Measure:
    """The numbers of *column*; *axis*: what the axes of the sweep are called."""

    column: Column
    axis: Callable[[str], AxisWords]

    @cached_property
    def measure(self) -> str:
        """Its name within a sentence, which can stand alone."""
        column = self.column
        label = say("measure-others") if column.outcome == OTHERS else column.title
        name = say("measure-number", label=lower_first(label)) if column.is_counted else label
        part = "" if column.part == ALL else part_words(column.part)
        return lower_first(say("measure-among", name=name, part=part) if part else name)

    @property
    def badge(self) -> str:
        """On what it rests, in brackets."""
        return f"[{BASES[self.column.basis]}]"

    @property
    def is_counted(self) -> bool:
        """Whether it is a number of what its label names."""
        return self.column.is_counted

    @property
    def has_number(self) -> bool:
        """Whether it is a number of some, of whom there are fewer, not less."""
        return self.column.is_counted or self.column.unit == "stakeholders"

    @property
    def doer(self) -> str:
        """The key of what prevents harm, where it is how much of all harm that does."""
        own = self.column.outcome or self.column.name
        return own if own in HARM_PREVENTED and self.column.part == ALL else ""

    @property
    def who_signs(self) -> str:
        """The kind whose signatories it counts, as people call it: states; empty of any other."""
        return self.whom_counted if self.column.outcome == SIGNATORIES else ""

    @property
    def whom_counted(self) -> str:
        """The kind whose signatories, all or others than some, it counts; empty of any other."""
        is_of_signing = self.column.outcome in (SIGNATORIES, OTHERS)
        return KIND_WORDS.get(self.column.part, "") if is_of_signing else ""

    @property
    def how_many(self) -> str:
        """It as it is asked about: how many states sign, else what it is."""
        whose = self.who_signs
        return say("measure-how-many", whose=whose) if whose else self.measure

    @property
    def percent_sign(self) -> str:
        """What stands behind a number that is a percentage."""
        return f"{NO_BREAK}%" if self.column.unit.startswith(("%", "share")) else ""

    def with_luck(self, luck: Interval | None) -> Measure:
        """It with numbers as exact as those that have the interval *luck* can be told."""
        return self if luck is None else Measure(
            self.column.for_interval(luck.low, luck.high), self.axis
        )  # fmt: skip

    def level(self, value: float) -> str:
        """How high it is: a number and its unit; of a share, its percentage."""
        column = self.column
        if column.scale > 1:
            return percent(value)
        unit = column.unit if column.unit.startswith("%") else _in_words(column.unit)
        number = count(value) if column.whole else rounded(value)
        return f"{number}{NO_BREAK}{unit}" if unit else number

    def level_before(self, value: float) -> str:
        """How high it was, beside a level of which is said of what it is a percentage."""
        is_percentage = self.column.unit.startswith("%")
        return f"{rounded(value)}{NO_BREAK}%" if is_percentage else self.level(value)

    def size(self, value: float, digits: int = 2) -> str:
        """A difference without its unit."""
        return count(value) if self.column.whole else rounded(self.column.scale * value, digits)

    def amount(self, value: float) -> str:
        """A difference, and its unit, where it has one in words."""
        return self.with_unit(self.size(value))

    def with_unit(self, text: str) -> str:
        """A difference, or a list of them, and its unit, where it has one in words."""
        unit = _in_words(self.column.points)
        return f"{text}{NO_BREAK}{unit}" if unit else text

    def between(self, low: float, high: float) -> str:
        """A range of differences."""
        scale, number = self.column.scale, count if self.column.whole else rounded
        return interval(scale * low, scale * high, number, TO)

    def away(self, luck: Interval, sign: int = 1) -> str:
        """A range of differences, of a fall (*sign* -1) by how much it is lower."""
        low, high = sorted((sign * luck.low, sign * luck.high))
        return self.between(low, high)

    def round(self, difference: float) -> str:
        """A *difference* that can be read aloud, with its unit."""
        number, _ = self.ends(self.column.scale * difference, 0.0)
        is_in_points = self.column.points == "points"
        return f"{number}{NO_BREAK}{self.column.points}" if is_in_points else number

    def ends(self, first: float, last: float) -> tuple[str, str]:
        """Two numbers with as few decimals as tell them apart; percentages have tenths."""
        largest = max(abs(first), abs(last))
        small = 1 if largest > SMALL else 2
        fewest = (TENTHS if self.percent_sign else 0) if largest >= LARGE else small
        both = decimal(first, fewest), decimal(last, fewest)
        for places in range(fewest + 1, MOST_PLACES + 1):
            if both[0] != both[1]:
                break
            both = decimal(first, places), decimal(last, places)
        return both

    def width(self, half: float) -> str:
        """Half of an interval with its unit, of a count of signatories whom it counts."""
        text = significant(self.column.scale * half, 2)
        whose = self.whom_counted
        return f"{text}{NO_BREAK}{whose}" if whose else self.with_unit(text)


def rounded(value: float | None, digits: int = 2) -> str:
    """A level or a difference as exactly as a sweep can tell it: one decimal, and of less than 1 so
    many *digits*.
    """
    if value is None or not LEAST_OF_TENTHS <= abs(value) < WHOLE:
        return significant(value, 3 if value is not None and abs(value) >= WHOLE else digits)
    return decimal(value, 1)


def lower_first(text: str) -> str:
    """*text* as it stands within a sentence."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _in_words(unit: str) -> str:
    return "" if unit in NO_WORDS else unit
