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

# What a finding rests on, from what was observed to what nobody has measured. Signing is one of the
# first three; conduct is assumed.
BASES = FITTED, WHAT_IF, EXTRAPOLATED, ASSUMED = "fitted", "what_if", "extrapolated", "assumed"


class Verdict(StrEnum):
    """How sure a finding is."""

    CLEAR = "clear"  # whatever the draws, the fits and the assumptions
    PERHAPS = "perhaps"  # in the mean, but some draws, fits or assumptions say otherwise
    CANNOT_TELL = "cannot_tell"  # too few worlds, or they contradict each other
    NOTHING = "nothing"  # there is nothing to find: no difference, nobody, no text
    WITHHELD = "withheld"  # it would be the conduct of a single stakeholder


class Unit(StrEnum):
    """What one of the measure is."""

    COUNT = "count"  # of stakeholders, worlds or provisions
    SHARE = "share"  # of all, in [0, 1]
    PERCENT = "%"  # of a whole that is another measure
    SCORE = "score"  # a mean, in [0, 1]
    MONTHS = "months"  # of one, or of all stakeholders or practices together
    INDEX = "index"  # 100 for the same world without the code
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
    """What every finding has. *part*: the kind or group of which it is, where the measure is told
    apart by these; *luck*: the interval over worlds; *fits*: that over other fits of the weights,
    or other sets of assumptions.
    """

    measure: str
    unit: Unit
    verdict: Verdict
    basis: str
    worlds: int
    seed: int
    luck: Interval | None = None
    fits: Interval | None = None
    part: str | None = None

    @property
    def ends(self) -> Interval | None:
        """The interval of luck, or the wider one over other fits or sets of assumptions."""
        return self.fits if self.luck is None else self.luck

    def as_json(self) -> dict[str, Any]:
        """All of it in the types of JSON, with its type as `finding` (docs/json.md)."""
        return {"finding": type(self).__name__.lower(), **_plain(self)}


@dataclass(frozen=True, kw_only=True)
class Level(Finding):
    """How large a measure is; of the whole it is a part of where that is known (*of*)."""

    estimate: float
    of: int | None = None


@dataclass(frozen=True, kw_only=True)
class Range(Finding):
    """Between which ends a measure, or a difference in it, lies over all assumptions (*fits*), none
    of which is the likeliest.
    """


@dataclass(frozen=True, kw_only=True)
class Difference(Finding):
    """How much larger a measure is in the *second* of two settings than in the *first*: their means
    over paired worlds, the mean of the differences (*estimate*), and their *median*.
    """

    first: float
    second: float
    estimate: float
    median: float


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
