"""Resamples of points and replicates, by which every interval of an analysis is found (Efron and
Tibshirani 1993).

Points are drawn with replacement, and so are replicates within them. Where all points share their
luck, a replicate is drawn for all of them at once, as it is one draw of that luck.
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
METHOD = (
    "95\u00a0%: 1.96 standard errors, from 300 resamples of points and of replicates within them"
)

Rows = NDArray[np.int64]
Statistic = Callable[
    [Array, Rows], Array
]  # values [P, ..., R] and which points they are of -> any shape


class Spread(NamedTuple):
    """Half of the interval of a statistic: of all its chance, of its choice of points alone, of
    replicates alone.
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
    there is one alone.
    """
    samples: list[list[Array]] = [[], [], []]
    points, replicates = values.shape[0], values.shape[-1]
    all_rows = np.arange(points)
    for _ in range(resamples):
        rows: Rows = generator.integers(points, size=(points,))
        again = draw_replicates(values, common_luck, generator) if replicates > 1 else values
        cases: tuple[tuple[Array, Rows], ...] = (
            (again[rows], rows),
            (values[rows], rows),
            (again, all_rows),
        )
        for sample, case in zip(samples, cases, strict=True):
            sample.append(np.asarray(statistic(*case), np.float64))
    return Spread(*(WIDTH * np.std(np.stack(each), axis=0, ddof=1) for each in samples))


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
