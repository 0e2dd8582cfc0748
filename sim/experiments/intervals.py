"""Intervals of a mean over simulated worlds, and ranks shared by candidates that are not clearly
different.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.experiments.outcomes import Array

CONFIDENCE = 0.95
METHOD = (
    "95 %, of the mean over worlds, by Student's t, each world paired with the one of the same luck"
)


class Mean(NamedTuple):
    """A mean and the ends of its interval, which are NaN where there is one world only."""

    mean: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low > 0 or self.high < 0


def mean_interval(differences: Array) -> Mean:
    """The mean of *differences*, one per world, and its interval."""
    worlds = len(differences)
    mean = float(np.mean(differences))
    if worlds == 1:
        return Mean(mean, float("nan"), float("nan"))
    half = (
        float(stdtrit(worlds - 1, (1 + CONFIDENCE) / 2))
        * float(np.std(differences, ddof=1))
        / worlds**0.5
    )
    return Mean(mean, mean - half, mean + half)


class Rank(NamedTuple):
    """A rank, and the place at best and at worst: behind all who are clearly above, before all
    clearly below.
    """

    rank: int
    best: int
    worst: int


def shared_ranks(samples: Array) -> tuple[NDArray[np.intp], list[Rank]]:
    """The rows of *samples* [candidates, worlds] by falling mean, and the rank of each in that
    order.

    Two are clearly different where the interval of their paired difference, for one comparison
    alone, leaves 0 out. A new rank begins only where each row above is clearly different from each
    row below; rows between share a rank. A rank is the place of its first row: after three that
    share rank 2 comes rank 5.
    """
    order = np.argsort(-samples.mean(axis=1), kind="stable")
    above = np.zeros((len(order), len(order)), bool)
    for first in range(len(order)):
        for second in range(first + 1, len(order)):
            above[first, second] = mean_interval(
                samples[order[first]] - samples[order[second]]
            ).clear
    ranks: list[Rank] = []
    for place in range(len(order)):
        begins = above[:place, place:].all()
        best, worst = 1 + int(above[:, place].sum()), len(order) - int(above[place].sum())
        ranks.append(Rank(place + 1 if begins else ranks[-1].rank, best, worst))
    return order, ranks
