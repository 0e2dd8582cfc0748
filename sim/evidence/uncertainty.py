"""Uncertainty of the weights: the weighted likelihood bootstrap (Newton and Raftery 1994).

In each draw every decider, or every home of firms and NGOs, has a weight of its own, exponential
with mean 1 (the Bayesian bootstrap: Rubin 1981), and the fit is repeated. So the network stays
whole, unlike with resampled states, and the 28 of the Union, which signed as one, count as one.

The penalty pulls every fit towards 0, which alone would make the draws too similar. So each draw
also moves the centres of the penalty by a draw from the prior behind it (randomise then optimise:
Bardsley, Solonen, Haario and Laine 2014). Where the register says little, the draws spread as
widely as the prior.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import gammaincinv, ndtri

from sim.evidence.motive_values import Floats
from sim.evidence.scores import HIGH, LOW
from sim.kinds_and_statuses import KINDS

DRAWS = 100
LEAST = 1e-3  # entries: with none at all there would be no weight to draw
SHARP = 0.8  # weights whose estimates correlate by more than this are called hard to tell apart


def exponential_weights(count: int, kind: str, seed: int, draw: int) -> Floats:
    """[count] weights with mean 1, the same for the same arguments on every computer."""
    uniform = np.random.Generator(_stream(kind, seed, draw)).random(count)
    weights = -np.log1p(-uniform)
    return weights / weights.mean()


def normal_centres(motives: Sequence[str], kind: str, seed: int, draw: int) -> dict[str, float]:
    """Motive -> a standard normal deviate: the centre of its penalty, in standard deviations of the
    prior.
    """
    uniform = np.random.Generator(_stream(kind, seed, draw).jumped()).random(len(motives))
    return dict(zip(motives, ndtri(uniform).tolist(), strict=True))


def split_again(newly: Floats, kind: str, seed: int, draw: int) -> Floats:
    """[K] shares of all entries by each date, of *newly* [K] entries without names: each entry has
    a weight of its own (Dirichlet, the Bayesian bootstrap of their dates).
    """
    stream = np.random.Generator(_stream(kind, seed, draw).jumped(2))
    so_far = np.cumsum(gammaincinv(np.maximum(newly, LEAST), stream.random(len(newly))))
    return so_far / so_far[-1]


def _stream(kind: str, seed: int, draw: int) -> np.random.Philox:
    return np.random.Philox(key=[seed, draw * len(KINDS) + KINDS.index(kind)])


def intervals(draws: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, float]]:
    """Dial -> 5th and 95th percentile of its *draws*."""
    return {
        dial: tuple(np.percentile(values, [LOW, HIGH]).tolist()) for dial, values in draws.items()
    }


def hard_to_tell_apart(draws: Mapping[str, Sequence[float]]) -> tuple[tuple[str, str, float], ...]:
    """Pairs of dials whose *draws* are correlated by more than SHARP, and how; the most entangled
    first.
    """
    moving = [dial for dial, values in draws.items() if np.ptp(values) > 0]
    if not moving:
        return ()
    correlations = np.corrcoef([draws[dial] for dial in moving])
    pairs = [
        (moving[b], moving[a], round(float(correlations[a, b]), 2))
        for a in range(len(moving))
        for b in range(a)
        if abs(correlations[a, b]) > SHARP
    ]
    return tuple(sorted(pairs, key=lambda pair: (-abs(pair[2]), pair)))
