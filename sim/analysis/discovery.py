"""Scenario discovery: in which worlds an outcome falls short, as a box in few dimensions (Bryant
and Lempert 2010), by patient rule induction (sim/analysis/prim.py).

PRIM cuts slices off the ranges of axes as long as the share of cases of interest rises. Coverage is
the share of cases of interest that lie in the box, density the share of cases in the box that are
of interest. A restriction's quasi-p-value is the chance to find so many of interest by luck without
it; an axis with one above 0.05 is left out. As PRIM tries many slices, a box also has to be better
than that in each of 19 shuffles of which cases are of interest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.bootstrap import RESAMPLES, draw_replicates, mean_over_replicates
from sim.analysis.prim import Box as PrimBox
from sim.analysis.prim import Members, Search
from sim.analysis.scores import coded, varied
from sim.errors import InputError
from sim.experiments.outcomes import Array
from sim.extras import extra
from sim.reading import literal

SIGNIFICANT = 0.05  # quasi-p-value of each end of a box
MOST_AXES = 8  # that PRIM tries, of more those that tell most
SHUFFLES = 19  # so that a box by luck is best once in twenty times
FEWEST = 20  # cases
FEWEST_OF_INTEREST = 5
LEAST_SHARE, MOST_SHARE = 0.02, 0.9  # of cases, that can be of interest
SLICES = (
    0.05,
    0.1,
)  # of cases, cut off at a time; a thin one may find nothing to gain where a thicker one does
LEAST_MASS = 0.03  # of cases, in a box
ENDS = (2.5, 97.5)
SIGNS = {"<": np.less, ">": np.greater, "<=": np.less_equal, ">=": np.greater_equal}
FORM = "an outcome, <, >, <= or >=, and a number, such as 'harm_prevented < 5'"
WHERE = re.compile(r"\s*([\w-]+)\s*(<=|>=|<|>)\s*(-?[\d.]+(?:e-?\d+)?)\s*")


class Condition(NamedTuple):
    """What makes a case one of interest: its *name* on the side *sign* of the *threshold*."""

    name: str
    sign: str
    threshold: float

    def holds(self, values: Array) -> Members:
        """Which of *values* fulfil it; NaN do not."""
        return np.asarray(SIGNS[self.sign](values, self.threshold)) & ~np.isnan(values)

    def __str__(self) -> str:
        return f"{self.name} {self.sign} {self.threshold:.3g}"


def condition(text: str, where: str) -> Condition:
    """The condition in *text*; InputError that begins with *where* for anything else."""
    match = WHERE.fullmatch(text)
    if match is not None:
        with suppress(ValueError):
            return Condition(match[1], match[2], float(match[3]))
    raise InputError(f"{where} is {literal(text)}, expected {FORM}")


class Limit(NamedTuple):
    """A restriction of a box: the axis, its ends (None: open), or the values of a text, and its
    quasi-p-value.
    """

    axis: str
    low: float | None
    high: float | None
    values: tuple[str, ...]
    quasi_p: float


@dataclass(frozen=True, eq=False)
class Box:
    """A box with its *limits*; which cases are *members*. coverage and density with the ends of
    their intervals over replicates; worlds: the share of single worlds in the box that are of
    interest, and *worlds_outside* it.
    """

    limits: tuple[Limit, ...]
    members: Members
    coverage: tuple[float, float, float]
    density: tuple[float, float, float]
    base: float
    worlds: float
    worlds_outside: float


def can_be_found(of_interest: Members) -> bool:
    """Whether there are enough cases, and neither too few nor too many of interest, to look for a
    box.
    """
    share = float(of_interest.mean()) if len(of_interest) else 0.0
    return (
        len(of_interest) >= FEWEST
        and of_interest.sum() >= FEWEST_OF_INTEREST
        and LEAST_SHARE <= share <= MOST_SHARE
    )


def discover(
    frame: pd.DataFrame,
    values: Array,
    rule: Condition,
    common_luck: bool,
    generator: np.random.Generator,
) -> Box | None:
    """The box of the cases whose mean over replicates *values* [cases, R] fulfils *rule*, in the
    columns of *frame*; None where no box does better than chance.
    """
    of_interest = rule.holds(mean_over_replicates(values))
    if not can_be_found(of_interest):
        return None
    limits, best = _limits(frame, of_interest)
    shuffles = (_limits(frame, generator.permutation(of_interest))[1] for _ in range(SHUFFLES))
    if not limits or any(other >= best for other in shuffles):
        return None
    members = inside(frame, limits)
    again = [rule.holds(mean_over_replicates(draw_replicates(values, common_luck, generator)))
             for _ in range(RESAMPLES if values.shape[1] > 1 else 0)]  # fmt: skip
    coverage = [_share(each & members, each) for each in again]
    density = [_share(each & members, members) for each in again]
    worlds = rule.holds(values)
    return Box(
        limits=limits,
        members=members,
        coverage=(_share(of_interest & members, of_interest), *_ends(coverage)),
        density=(_share(of_interest & members, members), *_ends(density)),
        base=float(of_interest.mean()),
        worlds=float(worlds[members].mean()),
        worlds_outside=float(worlds[~members].mean()) if (~members).any() else float("nan"),
    )


def _share(part: Members, whole: Members) -> float:
    return float(part.sum() / whole.sum()) if whole.sum() else float("nan")


def _ends(sample: list[float]) -> tuple[float, float]:
    if not sample:
        return float("nan"), float("nan")
    low, high = np.nanpercentile(sample, ENDS)
    return float(low), float(high)


def inside(frame: pd.DataFrame, limits: tuple[Limit, ...]) -> Members:
    """[cases] whether each row of *frame* lies within all *limits*."""
    members = np.ones(len(frame), bool)
    for limit in limits:
        column = frame[limit.axis]
        if limit.values:
            members &= column.astype(str).isin(limit.values).to_numpy()
            continue
        members &= (
            np.ones(len(frame), bool) if limit.low is None else (column >= limit.low).to_numpy()
        )
        members &= (
            np.ones(len(frame), bool) if limit.high is None else (column <= limit.high).to_numpy()
        )
    return members


def _limits(frame: pd.DataFrame, of_interest: Members) -> tuple[tuple[Limit, ...], float]:
    """The restrictions of the box with the largest harmonic mean of coverage and density on PRIM's
    path, and that mean.

    Of axes whose restriction there could be luck's, the half that looks most like it is left out,
    and the rest tried anew, until there is none. Then single ends are freed that could be luck's.
    """
    names = _telling(varied(frame), of_interest)
    least = max(LEAST_MASS, FEWEST_OF_INTEREST / len(frame))
    while names:
        search = Search([_axis(frame[name]) for name in names], of_interest)
        boxes = [
            box
            for slice_ in reversed(SLICES)
            for box in search.path(slice_, least)
            if search.restricted(box)
        ]
        if not boxes:
            break
        means = [_harmonic_mean(box, of_interest) for box in boxes]
        # Of equal ones the last on the path, of a thin slice rather than of a thick one.
        best = max(range(len(boxes)), key=lambda place: (means[place], place))
        box = boxes[best]
        quasi = _quasi_p(search, box, min)
        luck = [axis for axis, each in quasi.items() if each >= SIGNIFICANT]
        if not luck:
            return _without_luck(frame[names], search, box)
        worst = sorted(luck, key=lambda axis: -quasi[axis])[: -(-len(luck) // 2)]
        names = [name for axis, name in enumerate(names) if axis not in worst]
    return (), 0.0


def _quasi_p(
    search: Search, box: PrimBox, of_ends: Callable[[float, float], float]
) -> dict[int, float]:
    """The quasi-p-value of each axis that *box* restricts: the lower or the higher *of_ends*."""
    result: dict[int, float] = {}
    for axis, _, quasi_p in search.ends(box):
        result[axis] = of_ends(result.get(axis, quasi_p), quasi_p)
    return result


def _without_luck(
    frame: pd.DataFrame, search: Search, box: PrimBox
) -> tuple[tuple[Limit, ...], float]:
    """The restrictions of *box* on the columns of *frame* less the ends that could be luck's, and
    its harmonic mean of coverage and density.
    """
    while ends := search.ends(box):
        worst = max(ends, key=lambda end: end.quasi_p)
        if worst.quasi_p < SIGNIFICANT:
            break
        box = worst.without
    quasi = _quasi_p(search, box, max)
    limits = (_limit(frame.iloc[:, axis], search, box, axis, quasi[axis]) for axis in quasi)
    mean = _harmonic_mean(box, search.of_interest) if quasi else 0.0
    return tuple(sorted(limits, key=lambda limit: limit.quasi_p)), mean


def _telling(frame: pd.DataFrame, of_interest: Members) -> list[str]:
    """The columns of *frame*; of many, those whose means differ most between cases of interest and
    others, by F.
    """
    with extra("analysis", "scenario discovery"):
        from sklearn.feature_selection import f_classif

    if len(frame.columns) <= MOST_AXES or of_interest.all() or not of_interest.any():
        return [str(name) for name in frame]
    scores = np.nan_to_num(f_classif(coded(frame), of_interest)[0])
    return [str(name) for _, name in sorted(zip(-scores, frame, strict=True))[:MOST_AXES]]


def _axis(values: pd.Series) -> Array | NDArray[np.int64]:
    """The numbers of an axis, or the place of each of its texts among all of them in order."""
    if pd.api.types.is_numeric_dtype(values):
        return values.to_numpy(np.float64)
    return np.unique(values.astype(str), return_inverse=True)[1].astype(np.int64)


def _harmonic_mean(box: PrimBox, of_interest: Members) -> float:
    """Of coverage and density of *box*: twice what it holds of interest, by all that it holds and
    all of interest.
    """
    hits = int(of_interest[box.members].sum())
    return 2 * hits / int(box.members.sum() + of_interest.sum())


def _limit(values: pd.Series, search: Search, box: PrimBox, axis: int, quasi_p: float) -> Limit:
    """The restriction of the *axis* with those *values* in *box*."""
    name, side, whole = str(values.name), box.sides[axis], search.whole.sides[axis]
    if not isinstance(side, tuple) or not isinstance(whole, tuple):
        texts = np.unique(values.astype(str))
        return Limit(name, None, None, tuple(texts[sorted(side)].tolist()), quasi_p)
    low, high = (end if end != widest else None for end, widest in zip(side, whole, strict=True))
    return Limit(name, low, high, (), quasi_p)
