"""Two regimes at a point: whether its replicates fall into two groups, so that their mean is of
neither.

Two Gaussians are held against one by the Bayesian information criterion (Schwarz 1978;
scikit-learn). A skewed heap can win that contest too; so they count as two only where they also lie
apart, with D > 2 of Ashman, Bird and Zepf (1994), their density falls to half of the lower peak
between them, and the smaller one holds a tenth of the worlds.
"""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from sim.experiments.outcomes import Array
from sim.extras import extra

FEWEST = 20  # replicates
CLEARLY = 10.0  # of the criterion (Kass and Raftery 1995: very strong)
APART = 2.0
SMALLEST = 0.1
VALLEY = 0.5  # of the lower peak
STEPS = 50


class Regimes(NamedTuple):
    """Whether there are *two*, their means, the share of worlds in the higher one, how far apart
    (Ashman's D), and by how much the criterion prefers two.
    """

    two: bool
    low: float
    high: float
    share_high: float
    apart: float
    criterion: float


ONE = Regimes(False, np.nan, np.nan, np.nan, 0.0, 0.0)


def regimes(values: Array, seed: int) -> Regimes:
    """The regimes of *values* [R], one number per replicate; one of fewer than FEWEST."""
    with extra("analysis", "regimes"):
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.mixture import GaussianMixture

    numbers = values[~np.isnan(values)]
    if len(numbers) < FEWEST or np.std(numbers) == 0:
        return ONE
    mean, deviation = float(numbers.mean()), float(numbers.std())
    scaled = ((numbers - mean) / deviation)[:, None]
    with warnings.catch_warnings(), threadpool_limits(1):  # as its arrays are small
        warnings.simplefilter("ignore", ConvergenceWarning)
        one, two = (
            GaussianMixture(number, random_state=seed, reg_covar=1e-3, n_init=1 + number).fit(
                scaled
            )
            for number in (1, 2)
        )
    order = np.argsort(two.means_[:, 0])
    means, variances, weights = (
        two.means_[order, 0],
        two.covariances_[order, 0, 0],
        two.weights_[order],
    )
    apart = float(np.sqrt(2) * (means[1] - means[0]) / np.sqrt(variances.sum()))
    criterion = float(one.bic(scaled) - two.bic(scaled))
    densities = np.exp(two.score_samples(np.linspace(means[0], means[1], STEPS)[:, None]))
    has_valley = densities.min() < VALLEY * min(densities[0], densities[-1])
    is_two = criterion > CLEARLY and apart > APART and weights.min() >= SMALLEST and has_valley
    low, high = (float(mean + deviation * each) for each in means)
    return Regimes(bool(is_two), low, high, float(weights[1]), apart, criterion)
