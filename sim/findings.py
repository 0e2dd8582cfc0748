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


@dataclass(frozen=True)
class Contrast:
    """One value of a lever instead of another, *after* instead of *before*."""

    lever: str
    before: float | str
    after: float | str


@dataclass(frozen=True)
class AxisPart:
    """Where the worlds lie on an *axis*: at one *value*, or from *low* to *high*, of which one may
    be missing.
    """

    axis: str
    value: float | str | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class PartialEffect:
    """An effect in the sets of assumptions of one *part*: whether it is clearly larger there, or
    smaller, than at both ends of the axis (*is_peak*), whether it is to be named, and whether the
    question is about this part; has_many: whether the part has many values.
    """

    part: AxisPart
    estimate: float
    luck: Interval
    is_peak: bool
    stands_out: bool
    is_question: bool
    has_many: bool


@dataclass(frozen=True)
class SignatoriesLost:
    """What a lever costs: how many it *loses* of the *signing* of a *kind*."""

    kind: str
    loses: int
    signing: int


@dataclass(frozen=True, kw_only=True)
class LeverEffect(Finding):
    """By how much a measure differs with one value of a lever instead of another, from a *level*;
    *fits*: over so many *sets* of assumptions, None of one alone; share: of those sets in which it
    has the sign of the estimate; hardly: whether single worlds differ far more; by and *parts*: the
    axis by which it is told apart; is_yes_or_no: whether the question takes yes or no, with the
    *price* of it.
    """

    estimate: float
    contrast: Contrast
    level: float
    share: float
    sets: int
    hardly: bool
    by: str = ""
    parts: tuple[PartialEffect, ...] = ()
    is_by_asked_for: bool = False
    is_yes_or_no: bool = False
    has_price: bool = False
    price: SignatoriesLost | None = None


@dataclass(frozen=True)
class Lead:
    """By how much the first value of a lever is ahead of another one."""

    estimate: float
    luck: Interval
    fits: Interval | None
    clear: bool
    hardly: bool


@dataclass(frozen=True, kw_only=True)
class ValueRanking(Ranking):
    """The values of a *lever*, which are texts, the one with the highest mean first; its lead over
    the *second* and over the *last*; and on the answer to which question of the scenario nearly all
    of the first lead depends (*on*), with the lead under each answer, the largest first.
    """

    lever: str
    second: Lead
    last: Lead
    on: str = ""
    leads: tuple[Place, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeanLevel(Level):
    """How high a measure is on average over *points*, and in which share of them it is *above* 0;
    compares: whether it compares two worlds.
    """

    points: int
    above: float
    compares: bool


@dataclass(frozen=True, kw_only=True)
class SharesTold(Ranking):
    """Which share each axis has in how a measure differs, or, with a *contrast*, an effect on it:
    by total Sobol' indices, or by trees that explain so much of unseen points (*explained*).
    """

    contrast: Contrast | None
    explained: float | None


@dataclass(frozen=True, kw_only=True)
class Moves(Ranking):
    """By how much each axis moves a measure through its range, half of the interval of each beside
    it in *luck*; nothing where no axis moves it by more than luck.
    """


@dataclass(frozen=True)
class Decider:
    """What decides whether there is more or less where an axis goes to its upper end: another
    *axis*, or, with *is_own*, where it begins; *more*: whether there is more where that one stands
    high.
    """

    axis: str
    more: bool
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class AxisMove(Place):
    """How far an axis moves a measure from the *lower* end of its range to the *upper* one: the
    mean size of its effects, and their *mean* with its interval. clear: whether luck alone does not
    make it. decider: what decides which way it goes; in_lower, in_upper: its mean effect where that
    one stands low and where it stands high.
    """

    luck: Interval
    mean: float
    luck_of_mean: Interval
    lower: float | str
    upper: float | str
    clear: bool = False
    is_decided: bool | None = None
    decider: Decider | None = None
    in_lower: tuple[float, Interval] | None = None
    in_upper: tuple[float, Interval] | None = None

    @property
    def is_either_way(self) -> bool:
        """Whether other axes decide if there is more or less at the upper end."""
        return self.luck_of_mean.low <= 0 <= self.luck_of_mean.high


@dataclass(frozen=True, kw_only=True)
class AxisRanking(Ranking):
    """Which axes move a measure most, those told from luck first, the largest of these first;
    nothing where there are none. first: of how many the first place cannot be told; floor: what
    luck alone shows; *mean* and *most*: how high the measure is over all points, and in nine of
    ten.
    """

    places: tuple[AxisMove, ...]
    first: int
    floor: float
    mean: float
    most: Interval


@dataclass(frozen=True, kw_only=True)
class WorldsOfInterest(Finding):
    """In which part of *cases* a measure, or, with a *contrast*, an effect on it, lies on the side
    *sign* of a *threshold*: where it is so in a share *density* of the cases there, and *of_all* in
    all; coverage: of those of interest that lie there; worlds: of single ones there, and elsewhere.
    is_rise: whether the effect is one on average. Nothing where no part is clearer than chance.
    """

    contrast: Contrast | None
    is_rise: bool | None
    sign: str
    threshold: float
    cases: int
    limits: tuple[AxisPart, ...] = ()
    texts: tuple[tuple[str, ...], ...] = ()
    density: float | None = None
    of_all: float | None = None
    coverage: float | None = None
    share_there: float | None = None
    share_elsewhere: float | None = None


@dataclass(frozen=True)
class TippingPoint:
    """Where along an axis a measure crosses a threshold, with its interval, or between which values
    it changes most steeply, in so large a *share* of draws; at which value of the other axis.
    """

    place: float
    low: float | None
    high: float | None
    share: float | None
    at: float | None


@dataclass(frozen=True, kw_only=True)
class Tipping(Finding):
    """Where along *x* a measure crosses a *threshold*, or changes most steeply, at the first and at
    the last value of *y* at which it does; nothing where it does nowhere.
    """

    x: str
    y: str
    threshold: float | None
    points: tuple[TippingPoint, ...]


class Sample(StrEnum):
    """Of what an analysis has a number."""

    SETS = "sets"  # of assumptions
    COMPARISONS = "comparisons"
    ROWS = "rows"  # of the base sample
    PASSES = "passes"  # through all dials


@dataclass(frozen=True, kw_only=True)
class Enough(Finding):
    """Whether *points* of a *sample* and *worlds* under each tell the least certain number (the
    effect of a *contrast*, or of an *axis*, or the mean of the measure) within an *aim*: *half* of
    its interval is to be at most *target*. What to *add*, how many *times* as many (0: many more),
    and whether the rest *stays*; alone: whether there is one number alone; wide: of so many indices
    (*of*) have intervals wider than themselves. Cannot tell, where half is not known.
    """

    sample: Sample
    points: int
    contrast: Contrast | None
    axis: str
    half: float | None
    target: float
    aim: str
    add: str
    times: float
    stays: bool
    alone: bool
    wide: int = 0
    of: int = 0


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
