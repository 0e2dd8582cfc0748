"""Elementary effects of a morris design (Morris 1991; Campolongo, Cariboni and Saltelli 2007), by
SALib.

An effect is how far the mean over replicates moves when an axis goes all the way through its range.
mu is its mean over trajectories, mu_star that of its size, and sigma its standard deviation, which
tells of interactions and bends. Chance has a size too: the *floor* is the mu_star that an axis
without any effect would show, from luck alone. Where effects go either way, one axis may decide
which: where it stands explains most of how they differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.analysis.bootstrap import RESAMPLES, Rows, Spread, mean_over_replicates, spread
from sim.analysis.chance import variances
from sim.experiments.intervals import Mean
from sim.experiments.outcomes import Array
from sim.extras import extra
from sim.sweeps.design import LEVELS, unit_problem

FEWEST = 2  # trajectories
FEWEST_TO_TURN = (
    20  # trajectories, from which on a correlation with one of many axes tells something
)
MOST_OF_IT = (
    0.5  # share of the variance of effects that one axis explains, from which on it decides
)
HALFWAY = 0.5  # through the range of an axis
STEP = LEVELS / (2 * (LEVELS - 1))  # of Morris' grid, as a share of the range


class Turn(NamedTuple):
    """Which *axis* decides how an axis works, itself where its effects differ by where they begin;
    *rises*: whether they are higher where that one stands higher.
    """

    axis: int
    rises: bool


class Effects(NamedTuple):
    """[G, 3, D] mu, mu_star and sigma of each axis at each of G crossing points, and last their
    mean over them; half of the intervals; [G] the floors; the number of trajectories; [D] what
    decides how each axis works, where one does.
    """

    values: Array
    spread: Spread
    floor: Array
    rows: int
    turns: list[Turn | None]


class Halves(NamedTuple):
    """The mean effect of an axis where the one that decides on it stands in the lower half of its
    range, and where it stands in the upper half.
    """

    lower: Mean
    upper: Mean


def elementary_effects(
    values: Array,
    shares: Array,
    common_luck: bool,
    generator: np.random.Generator,
    resamples: int = RESAMPLES,
) -> Effects | None:
    """The effects of *values* [G, T (D + 1), R] at the points *shares* [T (D + 1), D] of the unit
    cube; only whole trajectories count. None where there are fewer than FEWEST of them.
    """
    crossing, _, replicates = values.shape
    axes = shares.shape[1]
    blocks, paths = _trajectories(values, shares)
    if len(blocks) < FEWEST:
        return None

    def statistic(sample: Array, rows: Rows) -> Array:
        means, points = mean_over_replicates(sample), paths[rows].reshape(-1, axes)
        result = [_effects(points, means[:, place].ravel()) for place in range(crossing)]
        return np.stack([*result, np.mean(result, axis=0)])

    own = [
        np.nan_to_num(variances(blocks[:, place, 0], common_luck)[2]) for place in range(crossing)
    ]
    floor = np.sqrt(2 / np.pi) * np.sqrt(2 * np.array(own) / replicates) / STEP
    half = spread(statistic, blocks, common_luck, generator, resamples)
    turns = _turns(paths, mean_over_replicates(blocks).mean(axis=1))
    return Effects(statistic(blocks, np.arange(len(blocks))), half, floor, len(blocks), turns)


def effects_by_halves(
    values: Array,
    shares: Array,
    turns: Sequence[Turn | None],
    common_luck: bool,
    generator: np.random.Generator,
) -> list[Halves | None]:
    """The effects of each axis by where the one of *turns* stands that decides on it; None where
    none does, or the axis itself, or where it stands in one half alone. *values* and *shares* as of
    `elementary_effects`.
    """
    blocks, paths = _trajectories(values, shares)
    turned = {
        axis: turn for axis, turn in enumerate(turns) if turn is not None and turn.axis != axis
    }
    result: list[Halves | None] = [None] * len(turns)
    if not turned:
        return result

    def statistic(sample: Array, rows: Rows) -> Array:
        which, effects, stands = _steps(paths[rows], mean_over_replicates(sample).mean(axis=1))
        means = np.full((len(turned), 2), np.nan)
        for place, (axis, turn) in enumerate(turned.items()):
            own, is_upper = effects[which == axis], stands[which == axis][:, turn.axis] > HALFWAY
            for half, members in enumerate((~is_upper, is_upper)):
                if members.any():
                    means[place, half] = own[members].mean()
        return means

    means = statistic(blocks, np.arange(len(blocks)))
    width = spread(statistic, blocks, common_luck, generator).both
    for place, axis in enumerate(turned):
        if not np.isnan(means[place] + width[place]).any():
            both = zip(means[place].tolist(), width[place].tolist(), strict=True)
            result[axis] = Halves(*(Mean(mean, mean - half, mean + half) for mean, half in both))
    return result


def _trajectories(values: Array, shares: Array) -> tuple[Array, Array]:
    """[T, G, D + 1, R] the *values* of whole trajectories, and [T, D + 1, D] the points that they
    pass.
    """
    axes = shares.shape[1]
    blocks = values.reshape(values.shape[0], -1, axes + 1, values.shape[2]).transpose(1, 0, 2, 3)
    whole = ~np.isnan(mean_over_replicates(blocks)).any(axis=(1, 2))
    return blocks[whole], shares.reshape(-1, axes + 1, axes)[whole]


def _steps(paths: Array, outcome: Array) -> tuple[Array, Array, Array]:
    """Of the trajectories *paths* [T, D + 1, D] and the *outcome* [T, D + 1] the axis that moves at
    each step [T, D], the effect of that [T, D], and where all axes stand [T, D, D], the one that
    moves at its lower end.
    """
    moves = np.diff(paths, axis=1)
    which = np.abs(moves).argmax(axis=2)
    effects = (
        np.diff(outcome, axis=1) / np.take_along_axis(moves, which[:, :, None], axis=2)[:, :, 0]
    )
    return which, effects, np.minimum(paths[:, :-1], paths[:, 1:])


def _effects(points: Array, outcome: Array) -> Array:
    """[3, D] of the trajectories *points* [T (D + 1), D] one after another."""
    with extra("analysis", "effects"):
        from SALib.analyze import morris

    result = morris.analyze(
        unit_problem(points.shape[1]), points, outcome, num_resamples=2, num_levels=LEVELS, seed=1
    )
    return np.array([result["mu"], result["mu_star"], result["sigma"]], np.float64)


def _turns(paths: Array, outcome: Array) -> list[Turn | None]:
    """What decides how each axis works, of the trajectories *paths* [T, D + 1, D] and the *outcome*
    [T, D + 1].
    """
    if len(paths) < FEWEST_TO_TURN:
        return [None] * paths.shape[2]
    which, effects, stands = _steps(paths, outcome)
    return [_turn(stands[which == axis], effects[which == axis]) for axis in range(paths.shape[2])]


def _turn(stands: Array, effects: Array) -> Turn | None:
    """Which axis explains most of the variance of *effects* [T] by where it *stands* [T, D], if it
    explains enough.
    """
    varied = np.ptp(stands, axis=0) > 0
    if np.allclose(effects, effects[0]) or not varied.any():
        return None
    correlations = np.zeros(stands.shape[1])
    correlations[varied] = [np.corrcoef(each, effects)[0, 1] for each in stands[:, varied].T]
    axis = int(np.abs(correlations).argmax())
    return (
        Turn(axis, bool(correlations[axis] > 0)) if correlations[axis] ** 2 >= MOST_OF_IT else None
    )
