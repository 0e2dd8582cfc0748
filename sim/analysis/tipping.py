"""Tipping: where an outcome crosses a threshold along an axis, or changes most steeply, with
intervals from replicates; and whether the worlds at a point fall into two groups.

Everything else is averaged over: an outcome on a grid [X, Y, R] is its mean over the points of all
other axes, replicate by replicate. Crossings lie on straight lines between neighbours on the grid.

Where worlds fall into two groups their mean is of neither. Two Gaussians are held against one by
the Bayesian information criterion (Schwarz 1978; scikit-learn). A skewed heap can win that contest
too; so they count as two only where they also lie apart, with D > 2 of Ashman, Bird and Zepf
(1994), their density falls to half of the lower peak between them, and the smaller one holds a
tenth of the worlds.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from sim.analysis.bootstrap import RESAMPLES, draw_replicates, mean_over_replicates
from sim.analysis.effects import ordered
from sim.analysis.study import Column, Study
from sim.experiments.outcomes import Array
from sim.extras import extra
from sim.findings import GroupsOfWorlds, Verdict
from sim.sweeps.design import FACTORIAL

FEWEST = 3  # values of an axis that a map goes along
ENDS = (2.5, 97.5)
FEWEST_WORLDS = 20  # replicates, of which groups are told
CLEARLY = 10.0  # of the criterion (Kass and Raftery 1995: very strong)
APART = 2.0
SMALLEST = 0.1
VALLEY = 0.5  # of the lower peak
FALSE_ALARMS = 0.05  # of points, where worlds of one group may look like two
PLACES = 50  # at which the density is asked


class Grid(NamedTuple):
    """The outcome [X, Y, R] at the values of axis *x* [X] and of axis *y* [Y]; of one axis alone Y
    is 1.
    """

    x: str
    y: str
    at_x: Array
    at_y: Array
    values: Array


class Tip(NamedTuple):
    """Where along x: the place, its interval, and in how many resamples there is one; where the
    outcome changes most steeply, the middle and the ends of that step, and in how many resamples it
    is this one. rises: whether the outcome is higher at the end of x than at its beginning.
    """

    place: float
    low: float
    high: float
    share: float
    rises: bool


def axes_of_maps(study: Study, first: list[str]) -> list[str]:
    """Up to two axes of numbers on a full grid, those *first* first."""
    names = []
    for side in (study.levers, study.uncertainties):
        if side.design == FACTORIAL:
            names += [
                axis.name
                for axis in side.axes
                if axis.has_numbers and side.frame[axis.name].nunique() >= FEWEST
            ]
    return sorted(names, key=lambda name: (name not in first, names.index(name)))[:2]


def grid(study: Study, column: str, names: list[str]) -> Grid:
    """The outcome over one or two axes, called *names*."""
    points, values = study.points(), study.values(column)
    flat = values.reshape(-1, study.replicates)
    whole = ~np.isnan(flat).any(axis=1)
    keys = [points[name] for name in names]
    at = [np.array(ordered(study.axes[name], points[name]), np.float64) for name in names]
    frame = pd.DataFrame(flat[whole]).groupby([key.to_numpy()[whole] for key in keys]).mean()
    full = pd.MultiIndex.from_product(at) if len(names) > 1 else pd.Index(at[0])
    array = frame.reindex(full).to_numpy().reshape(len(at[0]), -1, study.replicates)
    two = len(names) > 1
    return Grid(names[0], names[1] if two else "", at[0], at[1] if two else np.zeros(1), array)


def crossing(at: Array, outcome: Array, threshold: float) -> float:
    """The first place along *at* where *outcome* [X] crosses the *threshold*; NaN where it does
    not.
    """
    above = outcome > threshold
    steps = np.flatnonzero(above[1:] != above[:-1])
    if np.isnan(outcome).any() or not len(steps):
        return np.nan
    step = steps[0]
    share = (threshold - outcome[step]) / (outcome[step + 1] - outcome[step])
    return float(at[step] + share * (at[step + 1] - at[step]))


def steepest(at: Array, outcome: Array) -> int:
    """The step along *at* in which *outcome* [X] changes most for its length; -1 where it never
    does.
    """
    if np.isnan(outcome).any() or np.ptp(outcome) == 0:
        return -1
    return int(np.argmax(np.abs(np.diff(outcome) / np.diff(at))))


def tips(
    of: Grid, threshold: float | None, common_luck: bool, generator: np.random.Generator
) -> list[Tip]:
    """For each value of y, where along x the outcome crosses the *threshold*, or changes most where
    there is none.
    """
    result = []
    for place in range(len(of.at_y)):
        values = of.values[:, place]
        middle = mean_over_replicates(values)
        number = RESAMPLES if values.shape[1] > 1 else 0
        again = [
            mean_over_replicates(draw_replicates(values, common_luck, generator))
            for _ in range(number)
        ]
        rises = bool(middle[-1] > middle[0])
        tip = (
            _steep(of.at_x, middle, again)
            if threshold is None
            else _crossed(of.at_x, middle, again, threshold)
        )
        result.append(Tip(*tip, rises))
    return result


def _steep(at: Array, middle: Array, again: list[Array]) -> tuple[float, float, float, float]:
    step = steepest(at, middle)
    if step < 0:
        return np.nan, np.nan, np.nan, np.nan
    share = float(np.mean([steepest(at, each) == step for each in again])) if again else np.nan
    return float(at[step] + at[step + 1]) / 2, float(at[step]), float(at[step + 1]), share


def _crossed(
    at: Array, middle: Array, again: list[Array], threshold: float
) -> tuple[float, float, float, float]:
    places = np.array([crossing(at, each, threshold) for each in again])
    there = places[~np.isnan(places)]
    low, high = (
        (float(end) for end in np.percentile(there, ENDS)) if there.size else (np.nan, np.nan)
    )
    return crossing(at, middle, threshold), low, high, there.size / len(again) if again else np.nan


class Groups(NamedTuple):
    """Whether there are *two* groups of worlds, their means, the share of worlds in the higher one,
    how far apart (Ashman's D), and by how much the criterion prefers two.
    """

    two: bool
    low: float
    high: float
    share_high: float
    apart: float
    criterion: float


ONE = Groups(False, np.nan, np.nan, np.nan, 0.0, 0.0)


def two_groups(values: Array, seed: int) -> Groups:
    """The groups of *values* [R], one number per replicate; one of fewer than FEWEST_WORLDS."""
    with extra("analysis", "groups of worlds"):
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.mixture import GaussianMixture

    numbers = values[~np.isnan(values)]
    if len(numbers) < FEWEST_WORLDS or np.std(numbers) == 0:
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
    densities = np.exp(two.score_samples(np.linspace(means[0], means[1], PLACES)[:, None]))
    has_valley = densities.min() < VALLEY * min(densities[0], densities[-1])
    is_two = criterion > CLEARLY and apart > APART and weights.min() >= SMALLEST and has_valley
    low, high = (float(mean + deviation * each) for each in means)
    return Groups(bool(is_two), low, high, float(weights[1]), apart, criterion)


def groups_of_worlds(study: Study, column: Column, each: Sequence[Groups]) -> GroupsOfWorlds:
    """What the groups at *each* point come to."""
    two = [one for one in each if one.two]
    is_clear = len(two) > FALSE_ALARMS * len(each)
    widest = max(two, key=lambda one: one.apart, default=None)
    return GroupsOfWorlds(
        **study.provenance(column),
        unit=column.kind_of_unit,
        verdict=Verdict.CLEAR if is_clear else Verdict.NOTHING,
        points=len(each),
        two=len(two),
        lower=widest.low if widest else None,
        higher=widest.high if widest else None,
        share_higher=widest.share_high if widest else None,
    )
