"""Intervals of a mean over simulated worlds, by Student's t; of paired differences where two worlds share their luck.

They say how well so many worlds show the model's own mean. What the weights leave open is not in them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from sim.record import Array

CONFIDENCE = 0.95
METHOD = "95 %, of the mean over worlds, by Student's t, each world paired with the one of the same luck"


class Mean(NamedTuple):
    """A mean and the ends of its interval; the ends are no numbers where there is one world only."""

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
    half = float(stdtrit(worlds - 1, (1 + CONFIDENCE) / 2)) * float(np.std(differences, ddof=1)) / worlds**0.5
    return Mean(mean, mean - half, mean + half)
