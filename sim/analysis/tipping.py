"""Tipping: where an outcome crosses a threshold along an axis, or changes most steeply, with
intervals from replicates.

Everything else is averaged over: an outcome on a grid [X, Y, R] is its mean over the points of all
other axes, replicate by replicate. Crossings lie on straight lines between neighbours on the grid.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.analysis.bootstrap import RESAMPLES, draw_replicates, mean_over_replicates
from sim.analysis.effects import ordered
from sim.analysis.study import Study
from sim.experiments.outcomes import Array
from sim.sweeps.design import FACTORIAL

FEWEST = 3  # values of an axis that a map goes along
ENDS = (2.5, 97.5)


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
