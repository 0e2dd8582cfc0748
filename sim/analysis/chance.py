"""How much of an outcome's variance is chance: the law of total variance over points and
replicates.

Var(Y) = Var(E[Y | point]) + E[Var(Y | point)]. The second term is chance, the same dials played
with other luck. Where all points share their luck, what this luck does to all of them alike is told
apart from what it does to each, by a two-way analysis of variance, as it blurs no comparison of
points.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.analysis.bootstrap import CONFIDENCE, Rows, spread
from sim.analysis.study import Column, Study
from sim.experiments.outcomes import Array
from sim.findings import Interval, LuckShare, Unit, Verdict

FEWEST = 2  # points, and replicates


class Shares(NamedTuple):
    """Variances of single runs: *between* points, of *luck* as a whole, and of luck that is *own*
    to each point; then the share of chance in the variance of a run, and the ends of its interval.
    NaN with one replicate.
    """

    between: float
    luck: float
    own: float
    share: float
    low: float
    high: float


def variances(values: Array, common_luck: bool) -> Array:
    """[3] the variance between points, of luck, and of luck that is own to each point, of *values*
    [P, R].
    """
    complete = values[~np.isnan(values).any(axis=1)]
    points, replicates = complete.shape
    if points < FEWEST or replicates < FEWEST:
        between = float(np.var(complete.mean(axis=1), ddof=1)) if points >= FEWEST else np.nan
        return np.array([between, np.nan, np.nan])
    means = complete.mean(axis=1)
    luck = float(np.var(complete, axis=1, ddof=1).mean())
    own = luck
    if common_luck:
        rest = complete - means[:, None] - complete.mean(axis=0) + complete.mean()
        own = float((rest**2).sum() / ((points - 1) * (replicates - 1)))
    between = max(float(np.var(means, ddof=1)) - own / replicates, 0.0)
    return np.array([between, luck, own])


def chance(values: Array, common_luck: bool, generator: np.random.Generator) -> Shares:
    """The shares of variance of *values* [P, R], with an interval from resamples of points and
    replicates.
    """

    def share(sample: Array, _: Rows) -> Array:
        between, luck, _ = variances(sample, common_luck)
        return np.array(luck / (between + luck) if between + luck > 0 else 0.0)

    between, luck, own = variances(values, common_luck)
    if np.isnan(luck):
        return Shares(between, luck, own, np.nan, np.nan, np.nan)
    middle, half = (
        float(share(values, np.arange(len(values)))),
        float(spread(share, values, common_luck, generator).both),
    )
    return Shares(between, luck, own, middle, max(middle - half, 0.0), min(middle + half, 1.0))


def luck_share(study: Study, column: Column, shares: Shares) -> LuckShare:
    """The share of luck in *shares* as a finding on *column*."""
    is_known = not np.isnan(shares.share)
    return LuckShare(
        **study.provenance(column),
        unit=Unit.SHARE,
        verdict=Verdict.CLEAR if is_known else Verdict.CANNOT_TELL,
        luck=Interval(shares.low, shares.high, CONFIDENCE) if is_known else None,
        estimate=shares.share if is_known else None,
    )
