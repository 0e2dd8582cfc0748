"""What a lever does: an outcome at one of its values less that at another, in the same worlds.

With common random numbers two points that differ by the lever alone, in the same replicate, have
the same luck, so that their difference is the lever's. A case is such a pair of points; it is
compared in each of its replicates. A set of assumptions is a point of all axes but the levers: over
the values of other levers, which nobody drew, a case is averaged.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.bootstrap import (
    Rows,
    mean_over_replicates,
    spread,
    variance_over_replicates,
)
from sim.analysis.study import Column, Side, Study
from sim.errors import InputError
from sim.experiments.outcomes import Array
from sim.findings import AxisPart, Contrast
from sim.sweeps.axis import Axis
from sim.sweeps.design import FACTORIAL, GIVEN, ONE_AT_A_TIME

PERCENTILES = (5, 95)  # over cases
HARDLY = 0.2  # standard deviations of single runs, below which an effect is small (Cohen 1988)
ALIKE = 0.05  # of an effect, below which its standard deviation over cases is as good as none
PARTS = 3  # into which an axis of many values is cut; the outer ones are compared
FEW_VALUES = 6  # of an axis, each of which is a part of its own
GRIDS = (FACTORIAL, ONE_AT_A_TIME, GIVEN)


@dataclass(frozen=True, eq=False)
class Cases:
    """Pairs of points whose lever is *after* instead of *before*: a row of *frame* for each, with
    its other axes, and the differences [cases, R]. level: the mean outcome before; deviation: of
    single runs before.
    """

    lever: str
    before: Any
    after: Any
    frame: pd.DataFrame
    differences: Array
    level: float
    deviation: float

    @property
    def contrast(self) -> Contrast:
        """What is compared."""
        return Contrast(self.lever, self.before, self.after)

    @property
    def means(self) -> Array:
        """[cases] the mean over replicates of each case."""
        return mean_over_replicates(self.differences)

    @property
    def vary(self) -> bool:
        """Whether cases differ by so much that it is worth asking why."""
        return float(np.std(self.means)) > ALIKE * abs(float(self.means.mean()))


class Effect(NamedTuple):
    """The mean difference over cases with the ends of its interval, the 5th and 95th percentile
    over cases, the share of cases in which it is above 0, that of single pairs of worlds, and the
    number of cases. chance: the standard error of a case, from its replicates. hardly: whether it
    is small beside how single runs differ.
    """

    mean: float
    low: float
    high: float
    p5: float
    p95: float
    above: float
    worlds_above: float
    cases: int
    chance: float
    hardly: bool
    from_points: float
    from_replicates: float

    @property
    def clear(self) -> bool:
        """Whether the interval of the mean leaves 0 out."""
        return self.low > 0 or self.high < 0



def can_be_paired(study: Study, lever: str) -> bool:
    """Whether *lever* is an axis whose values all are set against each other with everything else
    alike.
    """
    return any(
        lever in side.names and side.design in GRIDS for side in (study.levers, study.uncertainties)
    )


def pairs(study: Study, column: Column, lever: str) -> list[Cases]:
    """The cases of each value of *lever* against the lowest, of texts against the first; InputError
    where points that differ by it alone are not to be had.
    """
    if not can_be_paired(study, lever):
        raise InputError(
            f"lever: found {lever}, which a sample has at other points each, expected one on a grid"
        )
    is_lever = lever in study.levers.names
    side, other = (
        (study.levers, study.uncertainties) if is_lever else (study.uncertainties, study.levers)
    )
    values = study.values(column.name)
    values = values if is_lever else values.transpose(1, 0, 2)  # [side, other, R]
    along = [lever] if side.design != GIVEN else list(side.names)
    rest = [name for name in side.names if name not in along]
    groups = (
        side.frame.groupby(rest, sort=False, observed=True).indices.values()
        if rest
        else [np.arange(side.size)]
    )
    order = ordered(study.axes[lever], side.frame[lever])
    result = []
    for after in order[1:]:
        frames, differences, levels = [], [], []
        for members in groups:
            of_lever = side.frame[lever].iloc[members].to_numpy()
            first, last = members[of_lever == order[0]], members[of_lever == after]
            for low, high in zip(first, last, strict=False):
                frame = other.frame.copy()
                frame[rest] = side.frame[rest].iloc[low].tolist()
                frames.append(frame)
                differences.append(values[high] - values[low])
                levels.append(values[low])
        if frames:
            all_differences, before = np.concatenate(differences), np.concatenate(levels)
            is_there = ~np.isnan(all_differences).all(axis=1)
            if is_there.any():
                frame = pd.concat(frames, ignore_index=True)[is_there].reset_index(drop=True)
                before = before[is_there]
                result.append(
                    Cases(
                        lever,
                        order[0],
                        after,
                        frame,
                        all_differences[is_there],
                        float(np.nanmean(before)),
                        float(np.nanstd(before)),
                    )
                )
    return result


def over_sets(cases: Cases, levers: Collection[str]) -> Cases:
    """*cases* as one for each set of assumptions, a point of all axes but *levers*."""
    others = [name for name in cases.frame if name not in levers]
    if len(others) == len(cases.frame.columns):
        return cases
    rows: dict[tuple[Any, ...], list[int]] = {}
    keys = list(cases.frame[others].itertuples(index=False, name=None))
    for place, key in enumerate(keys or [()] * len(cases.frame)):  # one set, where all are levers
        rows.setdefault(key, []).append(place)
    means = [
        mean_over_replicates(np.moveaxis(cases.differences[places], 0, -1))
        for places in rows.values()
    ]
    first = cases.frame[others].iloc[[places[0] for places in rows.values()]]
    return replace(cases, frame=first.reset_index(drop=True), differences=np.stack(means))


def ordered(axis: Axis, values: pd.Series) -> list[Any]:
    """The different *values* of *axis*: numbers from the lowest on, texts as the sweep names
    them.
    """
    different = list(dict.fromkeys(values.tolist()))
    return sorted(different) if axis.has_numbers else different


def effect(cases: Cases, common_luck: bool, generator: np.random.Generator) -> Effect:
    """The effect over all of *cases*."""

    def mean(sample: Array, _: Rows) -> Array:
        return mean_over_replicates(mean_over_replicates(sample))

    result = cases.differences
    means = cases.means
    half = spread(mean, result, common_luck, generator)
    middle, replicates = float(means.mean()), result.shape[1]
    luck = float(mean_over_replicates(variance_over_replicates(result)))
    return Effect(
        mean=middle,
        low=middle - float(half.both),
        high=middle + float(half.both),
        p5=float(np.percentile(means, PERCENTILES[0])),
        p95=float(np.percentile(means, PERCENTILES[1])),
        above=float((means > 0).mean()),
        worlds_above=float((result[~np.isnan(result)] > 0).mean()),
        cases=len(means),
        chance=float(np.sqrt(luck / replicates)),
        hardly=abs(middle) < HARDLY * cases.deviation,
        from_points=float(half.points),
        from_replicates=float(half.replicates),
    )


class Region(NamedTuple):
    """Some of the cases: the *part* of an axis in which they lie, from *start* to *end* of it, and
    which are *members*. is_peak: whether the effect is clearly larger there, or smaller, than at
    both ends; stands_out: whether it is named, as both ends are, a peak, and whatever takes the
    whole effect beyond both ends.
    """

    part: AxisPart
    start: Any
    end: Any
    members: NDArray[np.bool_]
    is_peak: bool = False
    stands_out: bool = False


def regions(axis: Axis, values: pd.Series) -> list[Region]:
    """The cases in parts by *values* of *axis*: one for each of few, else thirds of them."""
    different = ordered(axis, values)
    if not axis.has_numbers or len(different) <= FEW_VALUES:
        return [
            Region(AxisPart(axis.name, value), value, value, (values == value).to_numpy())
            for value in different
        ]
    cuts = np.quantile(values.to_numpy(np.float64), np.arange(1, PARTS) / PARTS)
    edges = [float(values.min()), *(float(f"{cut:.2g}") for cut in cuts), float(values.max())]
    result = []
    for place in range(PARTS):
        start, end = edges[place], edges[place + 1]
        members = ((values >= start) if place == 0 else (values > start)) & (values <= end)
        if members.any():
            low, high = (None if place == 0 else start), (None if place == PARTS - 1 else end)
            part = AxisPart(axis.name, None, low, high)
            result.append(Region(part, start, end, members.to_numpy()))
    return result


def part_of(cases: Cases, members: NDArray[np.bool_]) -> Cases:
    """Those of *cases* that are *members*."""
    frame = cases.frame[members].reset_index(drop=True)
    return Cases(
        cases.lever,
        cases.before,
        cases.after,
        frame,
        cases.differences[members],
        cases.level,
        cases.deviation,
    )
