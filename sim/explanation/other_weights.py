"""How far what a scenario yields depends on the weights: the share of worlds under each draw of them, which other
weights the data leave possible (sim/scenario/draws.py).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError
from sim.experiments.outcomes import Array
from sim.explanation.resampling import Interval, interval
from sim.explanation.trial import Trial

WORLDS_OF_DRAW = 4  # of other luck each, enough to take the part of luck out of the differences between draws


def under_other_weights(trial: Trial) -> Interval | None:
    """The 5th and 95th percentile, over the draws of the weights, of the share of worlds signed by the date of *trial*;
    no narrower than luck alone leaves them. None where there are fewer worlds than draws, as in a first answer, and
    where no weight is drawn.
    """
    try:
        scenario = trial.scenario.with_draws()
        draws = max((len(values) for values in scenario.draws_of_weights.values()), default=0)
    except InputError:  # weights of one's own, with no draws beside them
        return None
    if not 0 < draws <= trial.replicates:
        return None
    signed = replace(trial, scenario=scenario, replicates=WORLDS_OF_DRAW * draws).signed
    over_draws = interval(shares_without_luck(signed.reshape(WORLDS_OF_DRAW, draws)))
    luck = interval(trial.samples.means(trial.signed))
    return Interval(min(over_draws.low, luck.low), max(over_draws.high, luck.high))


def shares_without_luck(signed: NDArray[np.bool_]) -> Array:
    """[draws] the share of worlds of each draw in *signed* [worlds of a draw, draws], drawn together until they vary no
    more than they do beyond luck: by the variance between draws less that of a mean of so few worlds.
    """
    worlds = len(signed)
    shares: Array = signed.mean(axis=0)
    variance, luck = float(shares.var()), float((shares * (1 - shares)).mean()) / (worlds - 1)
    factor = np.sqrt(max(0.0, variance - luck) / variance) if variance > 0 else 0.0
    together: Array = shares.mean() + factor * (shares - shares.mean())
    return together
