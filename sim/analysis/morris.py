"""Elementary effects of a morris design (Morris 1991; Campolongo, Cariboni and Saltelli 2007), by SALib.

An effect is how far the mean over replicates moves when an axis goes all the way through its range. mu is its mean over
trajectories, mu_star that of its size, and sigma its standard deviation, which tells of interactions and bends. Chance
has a size too: the *floor* is the mu_star that an axis without any effect would show, from luck alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.analysis.bootstrap import RESAMPLES, Rows, Spread, mean_over_replicates, spread
from sim.analysis.chance import variances
from sim.experiments.outcomes import Array
from sim.sweeps.design import LEVELS, unit_problem

FEWEST = 2  # trajectories
STEP = LEVELS / (2 * (LEVELS - 1))  # of Morris' grid, as a share of the range


class Effects(NamedTuple):
    """[G, 3, D] mu, mu_star and sigma of each axis at each of G crossing points, and last their mean over them; half of
    the intervals; [G] the floors; the number of trajectories.
    """

    values: Array
    spread: Spread
    floor: Array
    rows: int


def elementary_effects(
    values: Array, shares: Array, common_luck: bool, generator: np.random.Generator, resamples: int = RESAMPLES
) -> Effects | None:
    """The effects of *values* [G, T (D + 1), R] at the points *shares* [T (D + 1), D] of the unit cube; only whole
    trajectories count. None where there are fewer than FEWEST of them.
    """
    crossing, _, replicates = values.shape
    axes = shares.shape[1]
    blocks = values.reshape(crossing, -1, axes + 1, replicates).transpose(1, 0, 2, 3)  # [T, G, D + 1, R]
    whole = ~np.isnan(mean_over_replicates(blocks)).any(axis=(1, 2))
    blocks, paths = blocks[whole], shares.reshape(-1, axes + 1, axes)[whole]
    if len(blocks) < FEWEST:
        return None

    def statistic(sample: Array, rows: Rows) -> Array:
        means, points = mean_over_replicates(sample), paths[rows].reshape(-1, axes)
        result = [_effects(points, means[:, place].ravel()) for place in range(crossing)]
        return np.stack([*result, np.mean(result, axis=0)])

    own = [np.nan_to_num(variances(blocks[:, place, 0], common_luck)[2]) for place in range(crossing)]
    floor = np.sqrt(2 / np.pi) * np.sqrt(2 * np.array(own) / replicates) / STEP
    half = spread(statistic, blocks, common_luck, generator, resamples)
    return Effects(statistic(blocks, np.arange(len(blocks))), half, floor, len(blocks))


def _effects(points: Array, outcome: Array) -> Array:
    """[3, D] of the trajectories *points* [T (D + 1), D] one after another."""
    from SALib.analyze import morris

    result = morris.analyze(unit_problem(points.shape[1]), points, outcome, num_resamples=2, num_levels=LEVELS, seed=1)
    return np.array([result["mu"], result["mu_star"], result["sigma"]], np.float64)
