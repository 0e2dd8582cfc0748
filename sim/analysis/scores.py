"""How much each axis tells about an outcome, in any design with enough points: by permutation, in
extremely randomised trees (Breiman 2001; Geurts, Ernst and Wehenkel 2006), by scikit-learn.

Trees are grown on the points outside a fold; an axis' score is how much less of the variance they
explain of the points in it when the values of this axis are shuffled among these. An axis that does
nothing has a score about 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.experiments.outcomes import Array
from sim.extras import extra

if TYPE_CHECKING:
    from sklearn.ensemble import ExtraTreesRegressor

FEWEST = 20  # points
FOLDS, TREES, REPEATS = 5, 100, 5
SMALLEST_LEAF = 2  # points
MOST = 2000  # points that are looked at, of more at random


class Scores(NamedTuple):
    """By axis, the mean of its score over folds, and the ends of its range over them; how much of
    the variance of unseen points all axes explain together; [3, D] the share of each axis in the
    scores of all, over all folds, and the lowest and the highest that it has in one: a score can be
    above 1, a share of a fold's own cannot.
    """

    names: list[str]
    mean: Array
    low: Array
    high: Array
    explained: float
    shares: Array


def feature_scores(
    points: pd.DataFrame, outcome: Array, groups: NDArray[np.int64], seed: int
) -> Scores | None:
    """The scores of the columns of *points* on *outcome* [P]. Points of one of *groups* [P] are in
    the same fold. None where there are fewer than FEWEST points, or the outcome is the same at all.
    """
    with extra("analysis", "scores"):
        from sklearn.ensemble import ExtraTreesRegressor
        from sklearn.model_selection import GroupKFold

    is_there = np.flatnonzero(~np.isnan(outcome))
    if len(is_there) > MOST:
        is_there = np.sort(np.random.default_rng(seed).choice(is_there, MOST, replace=False))
    x, y, groups = coded(points)[is_there], outcome[is_there], groups[is_there]
    if len(y) < FEWEST or np.ptp(y) == 0:
        return None
    if len(np.unique(groups)) < FOLDS:
        groups = np.arange(len(y))
    drops, explained = [], []
    folds = GroupKFold(FOLDS, shuffle=True, random_state=seed)
    for number, (train, test) in enumerate(folds.split(x, y, groups)):
        trees = ExtraTreesRegressor(
            TREES, min_samples_leaf=SMALLEST_LEAF, random_state=seed + number, n_jobs=1
        )
        trees.fit(x[train], y[train])
        whole = _explained(y[test], trees.predict(x[test]))
        drops.append(whole - _explained_without(trees, x[test], y[test], seed + number))
        explained.append(whole)
    by_fold = np.array(drops)
    return Scores(
        list(points.columns),
        by_fold.mean(axis=0),
        by_fold.min(axis=0),
        by_fold.max(axis=0),
        float(np.mean(explained)),
        _shares(by_fold),
    )


def _explained_without(trees: ExtraTreesRegressor, x: Array, y: Array, seed: int) -> Array:
    """[D] how much of the variance of *y* the *trees* explain when one axis of *x* [P, D] is
    shuffled, on average over REPEATS; all shuffles are predicted at once.
    """
    points, axes = x.shape
    # The draws of scikit-learn's permutation_importance, which asks the trees one by one.
    random = np.random.RandomState(np.random.RandomState(seed).randint(2**31))
    order, draw = np.arange(points), np.arange(points)
    shuffled = np.tile(x, (axes, REPEATS, 1, 1))
    for repeat in range(REPEATS):
        random.shuffle(draw)
        order = order[draw]
        for axis in range(axes):
            shuffled[axis, repeat, :, axis] = x[order, axis]
    values = trees.predict(shuffled.reshape(-1, axes)).reshape(axes, REPEATS, points)
    return np.asarray(_explained(y, values).mean(axis=1))


def _explained(y: Array, values: Array) -> Any:
    """[...] the share of the variance of *y* [P] that the *values* [..., P] explain."""
    return 1 - ((values - y) ** 2).sum(axis=-1) / ((y - y.mean()) ** 2).sum()


def _shares(by_fold: Array) -> Array:
    """[3, D] of scores [folds, D]; a score below 0 counts as 0."""
    scores = by_fold.clip(0)
    totals = scores.sum(axis=1, keepdims=True)
    each = np.divide(scores, totals, out=np.zeros_like(scores), where=totals > 0)
    share = scores.sum(axis=0) / max(float(scores.sum()), np.finfo(float).tiny)
    return np.array([share, each.min(axis=0), each.max(axis=0)])


def varied(points: pd.DataFrame) -> pd.DataFrame:
    """The columns of *points* that differ from row to row; of those that go together, the first."""
    columns = [name for name in points if points[name].nunique() > 1]
    codes = coded(points[columns])
    first = {codes[:, place].tobytes(): columns[place] for place in reversed(range(len(columns)))}
    return points[[name for name in columns if name in first.values()]]


def coded(points: pd.DataFrame) -> Array:
    """*points* as numbers: a text is the place of its value in the order in which values appear."""
    columns = [
        frame.to_numpy(np.float64)
        if pd.api.types.is_numeric_dtype(frame)
        else pd.factorize(frame)[0].astype(float)
        for _, frame in points.items()
    ]
    return np.column_stack(columns) if columns else np.empty((len(points), 0))
