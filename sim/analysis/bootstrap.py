"""Resamples of points and replicates, by which every interval of an analysis is found (Efron and
Tibshirani 1993).

Points are drawn with replacement, with all their replicates. Where each run has its own luck, this
holds all chance: a point that is drawn brings its luck along. Where all points share their luck, a
replicate is one draw of it for all of them; points and replicates are then two crossed factors.
Drawing both at once counts the luck that is own to a run three times (the pigeonhole bootstrap of
Owen 2007), and each alone counts it once. With the variances *p* of points alone, *r* of replicates
alone and *b* of both at once, *p* + *r* holds it twice and *b* - *p* - *r* is it, so that the
variance sought is 2 (*p* + *r*) - *b*. As a resample of n varies as one of n - 1, *p* is taken P /
(P - 1) times, *r* R / (R - 1) times, and what is own to a run both times.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.experiments.outcomes import Array

RESAMPLES = 300
CONFIDENCE = 0.95
WIDTH = float(ndtri((1 + CONFIDENCE) / 2))  # half an interval, in standard errors
METHOD = "95\u00a0%: 1.96 standard errors, from 300 resamples of points and of replicates"
MOST_UNDEFINED = 0.1  # of resamples in which a statistic may have no value; with more it has none

Rows = NDArray[np.int64]
Statistic = Callable[
    [Array, Rows], Array
]  # values [P, ..., R] and which points they are of -> any shape


class Spread(NamedTuple):
    """Half of the interval of a statistic: of all its chance, of its choice of points alone, and of
    replicates alone. Where each run has its own luck, all of it is in that of points too.
    """

    both: Array
    points: Array
    replicates: Array


def spread(
    statistic: Statistic,
    values: Array,
    common_luck: bool,
    generator: np.random.Generator,
    resamples: int = RESAMPLES,
) -> Spread:
    """Half of the 95 % interval of *statistic* on *values* [P, ..., R]; 0 from replicates where
    there is one alone. Resamples without a value of it are left out, up to MOST_UNDEFINED of them;
    with more it is NaN.
    """
    samples: tuple[list[Array], ...] = ([], [], [])  # of points, of replicates, of both at once
    points, replicates = values.shape[0], values.shape[-1]
    are_crossed = common_luck and replicates > 1
    all_rows = np.arange(points)
    for _ in range(resamples):
        rows: Rows = generator.integers(points, size=(points,))
        again = draw_replicates(values, common_luck, generator) if replicates > 1 else values
        cases = [(values[rows], rows), (again, all_rows), (again[rows], rows)]
        for sample, case in zip(samples, cases[: 3 if are_crossed else 2], strict=False):
            sample.append(np.asarray(statistic(*case), np.float64))
    of_points, of_replicates = (_variance(sample) for sample in samples[:2])
    own = _variance(samples[2]) - of_points - of_replicates if are_crossed else 0.0
    # A resample of n varies as of n - 1 (Efron and Tibshirani 1993, section 5.3).
    more_points, more_replicates = points / max(points - 1, 1), replicates / max(replicates - 1, 1)
    of_points, of_replicates = of_points * more_points, of_replicates * more_replicates
    least = np.maximum(of_points, of_replicates)
    of_all = least
    if are_crossed:
        in_both = np.maximum(own * more_points * more_replicates, 0.0)
        of_all = np.maximum(least, of_points + of_replicates - in_both)
    return Spread(*(WIDTH * np.sqrt(each) for each in (of_all, of_points, of_replicates)))


def more_sure(half: Array, comparisons: int) -> Array:
    """*half* of an interval as wide as it has to be where the largest of so many *comparisons* is
    looked at (Bonferroni): 0 then lies outside by luck as rarely as of one.
    """
    return half * float(ndtri(1 - (1 - CONFIDENCE) / 2 / comparisons)) / WIDTH


def _variance(sample: list[Array]) -> Array:
    """[...] the variance of a statistic over resamples; NaN where too few have a value of it."""
    array = np.stack(sample, axis=-1)
    is_enough = np.isnan(array).mean(axis=-1) <= MOST_UNDEFINED
    return np.where(is_enough, variance_over_replicates(array), np.nan)


def draw_replicates(values: Array, common_luck: bool, generator: np.random.Generator) -> Array:
    """*values* [..., R] with as many replicates, drawn with replacement: for all points at once
    with *common_luck*.
    """
    number = values.shape[-1]
    if common_luck:
        return values[..., generator.integers(number, size=number)]
    return np.take_along_axis(values, generator.integers(number, size=values.shape), axis=-1)


def mean_over_replicates(values: Array) -> Array:
    """[...] the mean of *values* [..., R] over those replicates in which something is measured; NaN
    without any.
    """
    is_there = ~np.isnan(values)
    count = is_there.sum(axis=-1)
    total = np.where(is_there, values, 0.0).sum(axis=-1)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)


def variance_over_replicates(values: Array) -> Array:
    """[...] the variance of *values* [..., R] over those replicates in which something is measured;
    NaN with fewer than two.
    """
    is_there = ~np.isnan(values)
    count = is_there.sum(axis=-1)
    squares = np.where(is_there, values - mean_over_replicates(values)[..., None], 0.0) ** 2
    total = squares.sum(axis=-1)
    return np.divide(total, count - 1, out=np.full(total.shape, np.nan), where=count > 1)
