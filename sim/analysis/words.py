"""Numbers and parts of sentences as people read them."""

from __future__ import annotations

from sim.analysis.effects import Cases, in_words
from sim.analysis.study import Column
from sim.experiments.basis import BASES
from sim.number_formats import TO, interval, significant


def span(low: float, high: float) -> str:
    """A range in words."""
    return interval(low, high, significant, TO)


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
