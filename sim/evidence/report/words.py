"""How the report writes scores, intervals, days, lists, kinds and models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from sim import number_formats
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import decimal

FITTED = "fitted to the register"  # what numbers rest on


def origin(manifest: Mapping[str, Any]) -> str:
    """The seed and the version behind numbers."""
    return f"seed {manifest['seed']}, Parley {manifest['parley']}"


def score(value: float) -> str:
    """A score with three digits."""
    return decimal(value, 3)


def pairs(share: float) -> str:
    """A share of pairs that are put right, as so many of a hundred."""
    return number_formats.count(100 * share)


def ends(interval: Mapping[str, float], prefix: str = "", digits: int = 0) -> str:
    """The ends of an interval, its low and high with that *prefix*, in as little room as they
    take.
    """
    return number_formats.interval(
        interval[f"{prefix}low"], interval[f"{prefix}high"], partial(decimal, places=digits)
    )


def joined(parts: Iterable[str], otherwise: str = "none") -> str:
    """a, b and c; *otherwise* where there is nothing."""
    *most, last = list(parts) or [otherwise]
    return f"{', '.join(most)} and {last}" if most else last


def capital(words: str) -> str:
    """The *words* with a capital letter at their beginning."""
    return f"{words[0].upper()}{words[1:]}"


def quantity(number: int, one: str) -> str:
    """1 world, 2 worlds."""
    return f"{number} {one if number == 1 else f'{one}s'}"


def long_date(day: str) -> str:
    """2019-09-16 as 16 September 2019."""
    return number_formats.day(day)


def inside_by_kind(inside: Mapping[str, Any], which: str) -> str:
    """How many dates of each kind are *inside* the interval *which*."""
    return joined(f"{inside[kind][which]} of {words}" for kind, words in KIND_WORDS.items())


def model_name(model: str) -> str:
    """The name of a *model* as it can stand among others: flat ridge (27 covariates)."""
    name, _, more = model.partition(", ")
    return f"{name} ({more})" if more else name
