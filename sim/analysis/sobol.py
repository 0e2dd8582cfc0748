"""Sobol' indices of a saltelli design (Sobol' 2001; Saltelli et al. 2010), by SALib, of the mean
over replicates.

The first-order index is the share of variance between points that an axis explains alone; the total
index adds its interactions. Chance that is left in means over R replicates would pass for variance
between points, and for an interaction of every axis: so its share q is taken out of both, S1 / (1 -
q) and (ST - q) / (1 - q).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.analysis.bootstrap import RESAMPLES, Rows, Spread, mean_over_replicates, spread
from sim.analysis.chance import variances
from sim.experiments.outcomes import Array
from sim.extras import extra

MOST_CHANCE = (
    0.9  # share of chance in the variance of means, above which nothing is left to explain
)
FEWEST = 4  # rows of the base sample


class Indices(NamedTuple):
    """[G, 2, D] the first-order and the total index of each axis at each of G crossing points, and
    last of all pooled over them, weighed by their variance; half of their intervals; the number of
    base rows.
    """

    values: Array
    spread: Spread
    rows: int


def sobol_indices(
    values: Array,
    axes: int,
    common_luck: bool,
    generator: np.random.Generator,
    resamples: int = RESAMPLES,
) -> Indices | None:
    """The indices of *values* [G, N (axes + 2), R] in the order of SALib's sample; only base rows
    that are whole at every crossing point count. None where there are fewer than FEWEST of them.
    """
    crossing, _, replicates = values.shape
    blocks = values.reshape(crossing, -1, axes + 2, replicates).transpose(
        1, 0, 2, 3
    )  # [N, G, D + 2, R]
    blocks = blocks[~np.isnan(mean_over_replicates(blocks)).any(axis=(1, 2))]
    if len(blocks) < FEWEST:
        return None
    own = np.array([_own_luck(blocks[:, place], common_luck) for place in range(crossing)])

    def statistic(sample: Array, _: Rows) -> Array:
        return _indices(sample, own / replicates)

    return Indices(
        _indices(blocks, own / replicates),
        spread(statistic, blocks, common_luck, generator, resamples),
        len(blocks),
    )


def _own_luck(blocks: Array, common_luck: bool) -> float:
    """The variance of luck that is own to each point, of the rows of A and B [N, D + 2, R]; 0 with
    one replicate.
    """
    independent = np.concatenate([blocks[:, 0], blocks[:, -1]])
    return float(np.nan_to_num(variances(independent, common_luck)[2]))


def _indices(blocks: Array, noise: Array) -> Array:
    """[G + 1, 2, D] of *blocks* [N, G, D + 2, R]; *noise* [G] is the variance of chance in a mean
    over replicates.
    """
    with extra("analysis", "indices"):
        from SALib.analyze import sobol

    means = mean_over_replicates(blocks)
    axes = means.shape[2] - 2
    first, last = means[:, :, :1], means[:, :, -1:]
    middle = np.concatenate([first, last]).mean(axis=0)
    a, b, ab = (
        np.broadcast_to(part - middle, (*means.shape[:2], axes))
        for part in (first, last, means[:, :, 1:-1])
    )
    if not np.ptp(np.concatenate([a, b])) > 0:
        return np.full((means.shape[1] + 1, 2, axes), np.nan)
    result = np.stack(
        [sobol.first_order(a, ab, b), sobol.total_order(a, ab, b)], axis=1
    )  # [G, 2, D]
    variance = np.var(np.concatenate([a[:, :, 0], b[:, :, 0]]), axis=0)
    q = np.divide(noise, variance, out=np.ones_like(variance), where=variance > 0)
    q = np.where(q < MOST_CHANCE, q, np.nan)[:, None]
    at_points = np.stack([result[:, 0] / (1 - q), (result[:, 1] - q) / (1 - q)], axis=1)
    weights = np.where(np.isnan(q[:, 0]), 0.0, variance - noise)
    pooled = (
        np.nansum(weights[:, None, None] * at_points, axis=0) / weights.sum()
        if weights.sum() > 0
        else np.full((2, axes), np.nan)
    )
    return np.concatenate([at_points, pooled[None]])
