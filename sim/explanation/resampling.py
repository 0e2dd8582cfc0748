"""How far a finding depends on which worlds were simulated: the worlds are drawn again, with
replacement, many times (the bootstrap; Efron 1979), and what holds in nearly all of these draws is
called decided.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.experiments.outcomes import PERCENTILES, Array

SAMPLES = 1000
DECIDED = 0.9  # of the samples
STREAM = 19  # keeps these draws apart from those of other experiments with the same seed


class Interval(NamedTuple):
    """The 5th and 95th percentile over the samples."""

    low: float
    high: float


class Samples:
    """So many *worlds*, drawn again SAMPLES times by a *seed*: one seed, one result."""

    def __init__(self, worlds: int, seed: int) -> None:
        self.worlds, self.seed = worlds, seed

    @cached_property
    def _counts(self) -> Array:
        """[samples, worlds] how often each world is drawn, as a share of the sample."""
        places = np.random.default_rng([STREAM, self.seed]).integers(
            0, self.worlds, (SAMPLES, self.worlds)
        )
        cells = (places + self.worlds * np.arange(SAMPLES)[:, None]).ravel()
        counts = np.bincount(cells, minlength=SAMPLES * self.worlds).reshape(SAMPLES, self.worlds)
        shares: Array = counts / self.worlds
        return shares

    def means(self, values: NDArray[Any]) -> Array:
        """[samples] the mean of *values* [worlds] in each sample."""
        means: Array = self._counts @ np.asarray(values, dtype=np.float64)
        return means


@lru_cache(maxsize=4)  # those in which changes are chosen, and judged
def samples_of(worlds: int, seed: int) -> Samples:
    """The `Samples` of so many worlds by this seed."""
    return Samples(worlds, seed)


def interval(means: Array) -> Interval:
    """The interval of *means* [samples]."""
    low, high = (float(np.percentile(means, q)) for q in (PERCENTILES[0], PERCENTILES[-1]))
    return Interval(low, high)


def is_decided(holds: NDArray[np.bool_]) -> bool:
    """Whether something *holds* [samples] in so many of them that it is called decided."""
    return float(np.mean(holds)) >= DECIDED
