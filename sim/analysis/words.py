"""Numbers and parts of sentences as people read them."""

from __future__ import annotations

from sim.analysis.study import Column
from sim.number_formats import NO_BREAK, TO, count, decimal, interval, percent, significant
from sim.words.basis import BASES

NO_WORDS = ("index", "0 or 1", "mean", "stakeholders")  # units that say nothing beside a number
INTERVAL = f"95{NO_BREAK}% interval"
WHOLE = 100  # from which on no decimal is told
LEAST_OF_TENTHS = 0.995  # from which on a number reads as 1.0


def span(low: float, high: float) -> str:
    """A range in words."""
    return interval(low, high, significant, TO)


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


def upper_first(text: str) -> str:
    """*text* as it begins a sentence."""
    return text[:1].upper() + text[1:]


def level(value: float, column: Column) -> str:
    """How high *column* is: a number and its unit; of a share, its percentage."""
    if column.scale > 1:
        return percent(value)
    unit = column.unit if column.unit.startswith("%") else _unit_in_words(column.unit)
    number = count(value) if column.whole else rounded(value)
    return f"{number}{NO_BREAK}{unit}" if unit else number


def from_to(before: float, after: float, column: Column) -> str:
    """The level of *column* after something, rather than the one before it; of what it is a
    percentage is said once.
    """
    first = (
        f"{rounded(before)}{NO_BREAK}%" if column.unit.startswith("%") else level(before, column)
    )
    return f"{level(after, column)} rather than {first}"


def size(value: float, column: Column, digits: int = 2) -> str:
    """A difference of *column* without its unit."""
    return count(value) if column.whole else rounded(column.scale * value, digits)


def amount(value: float, column: Column) -> str:
    """A difference of *column*, and its unit, where it has one in words."""
    return with_points(size(value, column), column)


def with_points(text: str, column: Column) -> str:
    """A difference of *column*, or a list of them, and its unit, where it has one in words."""
    unit = _unit_in_words(column.points)
    return f"{text}{NO_BREAK}{unit}" if unit else text


def between(low: float, high: float, column: Column) -> str:
    """A range of differences of *column*, in words."""
    return interval(column.scale * low, column.scale * high, count if column.whole else rounded, TO)


def _unit_in_words(unit: str) -> str:
    return "" if unit in NO_WORDS else unit


def higher(value: float) -> str:
    """How a number with that difference stands."""
    return "higher" if value >= 0 else "lower"


def badge(*columns: Column) -> str:
    """On what the numbers of *columns* rest, in brackets."""
    return f"[{', '.join(dict.fromkeys(BASES[column.basis] for column in columns))}]"
