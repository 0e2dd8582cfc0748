"""Findings: what a computation answers with. Values alone, each with what it rests on; `sim.words`
says them.

A finding names its `measure`, with a unit, an estimate, the interval of luck (other draws of the
same world) and that over other fits or sets of assumptions, a verdict, a basis, and the worlds and
the seed from which it comes.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

FITTED, WHAT_IF, EXTRAPOLATED, ASSUMED = "fitted", "what_if", "extrapolated", "assumed"


class Verdict(StrEnum):
    """How sure a finding is."""

    CLEAR = "clear"  # whatever the draws, the fits and the assumptions
    PERHAPS = "perhaps"  # in the mean, but some draws, fits or assumptions say otherwise
    CANNOT_TELL = "cannot_tell"  # too few worlds, or they contradict each other
    NOTHING = "nothing"  # there is nothing to find: no difference, nobody, no text


class Unit(StrEnum):
    """What one of the measure is."""

    COUNT = "count"  # of stakeholders, worlds or provisions
    SHARE = "share"  # of all, in [0, 1]
    PERCENT = "percent"  # of the same in the same world without the code
    LOGIT = "logit"  # of the value of signing
    UTILITY = "utility"  # in which 1 is all that a seat wants
    DIAL = "dial"  # as `parley parameters` has that of the dial that the finding names


@dataclass(frozen=True)
class Interval:
    """From *low* to *high*, which hold so much of all cases: by default nine in ten."""

    low: float
    high: float
    coverage: float = 0.9


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What every finding has. *luck*: the interval over worlds; *fits*: that over other fits of the
    weights, or other sets of assumptions.
    """

    measure: str
    unit: Unit
    verdict: Verdict
    basis: str
    worlds: int
    seed: int
    luck: Interval | None = None
    fits: Interval | None = None

    def as_json(self) -> dict[str, Any]:
        """All of it in the types of JSON, with its type as `finding` (docs/json.md)."""
        return {"finding": type(self).__name__.lower(), **_plain(self)}


@dataclass(frozen=True, kw_only=True)
class Level(Finding):
    """How large a measure is; of the whole it is a part of where that is known (*of*)."""

    estimate: float
    of: int | None = None


@dataclass(frozen=True, kw_only=True)
class Change(Finding):
    """By how much a measure changes from one case to another, each world beside itself; no estimate
    (`null`) where it is assumed, and so a range alone.
    """

    estimate: float | None


def verdict_on_change(estimate: float | None, interval: Interval | None, worlds: int) -> Verdict:
    """How sure a change is that lies in *interval* (None where there is none) in so many worlds."""
    if worlds == 1:
        return Verdict.CANNOT_TELL
    if interval is None or interval.low == interval.high == 0.0:
        return Verdict.NOTHING
    if interval.low > 0.0 or interval.high < 0.0:
        return Verdict.CLEAR
    return Verdict.PERHAPS if estimate else Verdict.CANNOT_TELL


@dataclass(frozen=True)
class Place:
    """A row of a ranking: whose it is, its estimate, the interval of luck, and that over other fits
    or sets of assumptions.
    """

    name: str
    estimate: float
    luck: Interval | None = None
    fits: Interval | None = None


@dataclass(frozen=True, kw_only=True)
class Ranking(Finding):
    """Who or what has most of a measure, the first first."""

    places: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True)
class Threshold(Finding):
    """At which value of *dial* a measure turns."""

    dial: str
    estimate: float


@dataclass(frozen=True, kw_only=True)
class Members(Finding):
    """Of whom something is true, by id."""

    members: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Blame(Finding):
    """What is behind an end that nobody wanted: *on*, in a share, the estimate, of *of* cases."""

    on: str
    estimate: float
    of: int


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if hasattr(value, "__dataclass_fields__"):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
