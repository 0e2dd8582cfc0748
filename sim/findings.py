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
    UTILITY = "utility"  # in which 1 is all that a seat wants
    DIAL = "dial"  # as `parley parameters` has that of the dial that the finding names
    PERCENT = "percent"  # of all; a difference is in points
    NUMBER = "number"  # of whatever the measure is in, such as an index


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
class Difference(Finding):
    """By how much a measure differs from what it would be: *than* says which world that is."""

    estimate: float
    than: str


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
class LeverMove(Place):
    """By how much a lever moves an outcome where it goes from the value *before*, at which it is
    lowest on average, to *after*, at which it is highest; clear: whether that is told from luck,
    which of many values also makes one the highest.
    """

    before: float | str
    after: float | str
    luck: Interval
    clear: bool


@dataclass(frozen=True, kw_only=True)
class LeverRanking(Ranking):
    """The levers, the one first that moves the measure most. *luck* is the interval of how far it
    is ahead of the second, *lead*; ahead: the number of *sets* of assumptions in which it is ahead
    of all others.
    """

    places: tuple[LeverMove, ...]
    luck: Interval
    lead: float
    ahead: int
    sets: int

    @property
    def first(self) -> LeverMove:
        """The lever that moves it most."""
        return self.places[0]


@dataclass(frozen=True, kw_only=True)
class Peak(Finding):
    """The value *at* which a lever has the highest mean of a measure, or, with *is_low*, the
    lowest; by how much that is above (below) the means at its *first* and at its *last* value, with
    the intervals of luck.
    """

    lever: str
    at: float
    is_low: bool
    first: float
    last: float
    from_first: float
    from_last: float
    luck_of_first: Interval
    luck_of_last: Interval


@dataclass(frozen=True, kw_only=True)
class LuckShare(Finding):
    """The share of luck in the variance of single worlds; None, and not to be told, with a single
    world at each point.
    """

    estimate: float | None


@dataclass(frozen=True, kw_only=True)
class GroupsOfWorlds(Finding):
    """At how many of *points* worlds fall into *two* groups; clear where these are more than one in
    twenty, nothing where no more than chance would find. At the point at which they lie farthest
    apart, the means of both, and the share of worlds in the higher one.
    """

    points: int
    two: int
    lower: float | None
    higher: float | None
    share_higher: float | None


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
