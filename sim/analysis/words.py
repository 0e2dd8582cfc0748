"""Numbers and parts of sentences as people read them."""

from __future__ import annotations

from math import floor, isnan, log10

from sim.analysis.effects import Cases, in_words
from sim.analysis.study import Column
from sim.experiments.basis import BASES

NOTHING = "–"


def number(value: float, digits: int = 2) -> str:
    """*value* with so many significant digits, and all of those before the point."""
    if isnan(value):
        return NOTHING
    if value == 0:
        return "0"
    places = max(digits - 1 - floor(log10(abs(value))), 0)
    text = f"{value:.{places}f}"
    return "0" if float(text) == 0 else text


def alike(*values: float, digits: int = 2) -> list[str]:
    """*values* with as many places as the largest of them needs, so that they can be compared."""
    largest = max((abs(value) for value in values if not isnan(value)), default=0.0)
    places = 0 if largest == 0 else max(digits - 1 - floor(log10(largest)), 0)
    texts = [NOTHING if isnan(value) else f"{value:.{places}f}" for value in values]
    return ["0" if text.strip("-0.") == "" and text != NOTHING else text for text in texts]


def span(low: float, high: float, digits: int = 2) -> str:
    """A range in words."""
    return " to ".join(alike(low, high, digits=digits))


def percent(share: float) -> str:
    """A share in percent; what is neither none nor all does not read so."""
    if isnan(share):
        return NOTHING
    if 0 < share < 0.01:
        return "less than 1 %"
    if 0.99 < share < 1:
        return "more than 99 %"
    return f"{100 * share:.0f} %"


def lower_first(text: str) -> str:
    """*text* as it stands within a sentence."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """*text* as it begins a sentence."""
    return text[:1].upper() + text[1:]


def with_unit(text: str, unit: str) -> str:
    """A number and its unit."""
    if unit.startswith("%"):
        return f"{text} {unit}"
    return f"{text} {unit}".strip() if unit not in ("share", "index", "0 or 1", "mean") else text


def amount(text: str, column: Column) -> str:
    """A difference of *column*, or a list of them, and its unit, where it has one in words."""
    return text if column.points in ("", "share", "index", "0 or 1", "mean") else f"{text} {column.points}"


def lever_words(label: str, value: object) -> str:
    """A value of a lever: "sanctions at 2", "who CHN"."""
    return f"{label} at {in_words(value)}" if isinstance(value, (int, float)) else f"{label} {value}"


def higher(value: float) -> str:
    """How a number with that difference stands."""
    return "higher" if value >= 0 else "lower"


def comparison_words(cases: Cases) -> str:
    """What is compared in *cases*."""
    instead = in_words(cases.before) if isinstance(cases.before, (int, float)) else f"{cases.before}"
    return f"{lever_words(cases.label, cases.after)} instead of {instead}"


def badge(*columns: Column) -> str:
    """On what the numbers of *columns* rest, in brackets."""
    return f"[{', '.join(dict.fromkeys(BASES[column.basis] for column in columns))}]"
