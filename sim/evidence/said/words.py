"""How sentences on evidence write numbers, days and lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sim.evidence.remarks import KIND_WORDS

__all__ = ["KIND_WORDS", "also_written", "counted", "day_written", "holds", "listed", "score", "span"]


def score(value: float) -> str:
    """A score with three digits."""
    return f"{value:.3f}"


def span(interval: Mapping[str, float]) -> str:
    """Median and ends of an interval of counts."""
    return f"{interval['median']:.0f} ({interval['low']:.0f} to {interval['high']:.0f})"


def holds(interval: Mapping[str, float], value: float) -> bool:
    """Whether *value* lies in the interval, ends included."""
    return interval["low"] <= value <= interval["high"]


def listed(parts: Iterable[str]) -> str:
    """a, b and c."""
    *most, last = list(parts)
    return f"{', '.join(most)} and {last}" if most else last


def also_written(parts: Sequence[str], otherwise: str = "none") -> str:
    """a, b and c; *otherwise* where there is nothing."""
    return listed(parts) if parts else otherwise


def counted(number: int, one: str, many: str = "") -> str:
    """1 world, 2 worlds."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def day_written(day: str) -> str:
    """2019-09-16 as 16 September 2019."""
    read = date.fromisoformat(day)
    return f"{read.day} {read:%B %Y}"


def by_kind(inside: Mapping[str, Any], which: str) -> str:
    """How many dates of each kind are *inside* the interval *which*."""
    return listed(f"{inside[kind][which]} of {words}" for kind, words in KIND_WORDS.items())


def model_name(model: str) -> str:
    """The name of a *model* as it can stand among others: flat ridge (18 covariates)."""
    name, _, more = model.partition(", ")
    return f"{name} ({more})" if more else name
