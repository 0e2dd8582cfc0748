"""How far what a scenario yields depends on the weights: the share of worlds under each draw of
them, which other weights the data leave possible (sim/scenario/draws.py).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.experiments.outcomes import Array
from sim.explanation.resampling import Interval, interval
from sim.explanation.trial import Trial


def under_other_weights(trial: Trial) -> Interval | None:
    """The 5th and 95th percentile, over the draws of the weights, of the share of worlds signed by
    the date of *trial*; no narrower than luck alone leaves them. None where there are fewer worlds
    than draws, as in a first answer, and where no weight is drawn.
    """
    signed = trial.signed_by_draw
    return None if signed is None else _no_narrower(signed, trial, trial.signed)


def gain_under_other_weights(before: Trial, after: Trial) -> Interval | None:
    """The same of how much larger the share is *after* a change than *before*, under the same draws
    and with the same luck; None where one of the two has no draws, or others.
    """
    had, has = before.signed_by_draw, after.signed_by_draw
    if had is None or has is None or had.shape != has.shape:
        return None
    return _no_narrower(has.astype(float) - had, after, after.signed.astype(float) - before.signed)


def _no_narrower(
    of_draws: Array | NDArray[np.bool_], trial: Trial, of_luck: NDArray[Any]
) -> Interval:
    """The interval of *of_draws* [worlds of a draw, draws] over the draws, that of *of_luck*
    [worlds] included.
    """
    over_draws, luck = (
        interval(shares_without_luck(of_draws)),
        interval(trial.samples.means(of_luck)),
    )
    return Interval(min(over_draws.low, luck.low), max(over_draws.high, luck.high))


def shares_without_luck(of_draws: Array | NDArray[np.bool_]) -> Array:
    """[draws] the mean over the worlds of each draw in *of_draws* [worlds of a draw, draws], drawn
    together until they vary no more than they do beyond luck: by the variance between draws less
    that of a mean of so few worlds.
    """
    values = np.asarray(of_draws, dtype=np.float64)
    means: Array = values.mean(axis=0)
    variance, luck = float(means.var()), float(values.var(axis=0, ddof=1).mean()) / len(values)
    factor = np.sqrt(max(0.0, variance - luck) / variance) if variance > 0 else 0.0
    together: Array = means.mean() + factor * (means - means.mean())
    return together
