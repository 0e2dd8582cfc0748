"""How far what a change yields depends on the weights: the share of worlds under each draw of them, which other weights
the data leave possible (sim/scenario/draws.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError
from sim.experiments.outcomes import Array
from sim.explanation.change import Change
from sim.explanation.decision import Decision
from sim.explanation.resampling import Interval, interval

WORLDS_OF_DRAW = 4  # of other luck each, enough to take the part of luck out of the differences between draws


class UnderOtherWeights(NamedTuple):
    """The 5th and 95th percentile, over the draws of the weights, of the share of worlds signed by the date, *before* a
    change and *after* it; no narrower than luck alone leaves them.
    """

    before: Interval
    after: Interval


def under_other_weights(decision: Decision, change: Change) -> UnderOtherWeights | None:
    """What other weights would give, without *change* and with it. None where there are fewer worlds than draws, as in
    a first answer, and where no weight is drawn.
    """
    if change.change is None or change.low is None or change.high is None:
        return None
    try:
        before, after = _over_draws(decision, {}), _over_draws(decision, change.change)
    except InputError:  # weights of one's own, with no draws beside them
        return None
    if before is None or after is None:
        return None
    luck = interval(decision.samples.means(decision.signed))
    return UnderOtherWeights(_around(before, luck), _around(after, Interval(change.low, change.high)))


def _around(one: Interval, other: Interval) -> Interval:
    """The interval that holds both."""
    return Interval(min(one.low, other.low), max(one.high, other.high))


def _over_draws(decision: Decision, table: Mapping[str, Any]) -> Interval | None:
    scenario = decision.with_table(table).with_draws()
    draws = max((len(values) for values in scenario.draws_of_weights.values()), default=0)
    if not 0 < draws <= decision.replicates:
        return None
    signed = replace(decision, replicates=WORLDS_OF_DRAW * draws).signed_under(scenario)
    return interval(shares_without_luck(signed.reshape(WORLDS_OF_DRAW, draws)))


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
