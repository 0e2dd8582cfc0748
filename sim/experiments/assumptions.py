"""The assumptions about conduct: a sample of all that nobody has measured, and on which of them an
outcome depends.

Every dial of conduct varies at once, each evenly over its plausible range, in a Latin hypercube
(McKay et al. 1979). So the few that an outcome depends on are in the sample, whichever they are,
and thirty dials cost as much as three.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.dials.hypercube import latin_hypercube
from sim.experiments.outcomes import Array
from sim.experiments.simulate import Setting
from sim.parameters import AT, CONDUCT_DIALS, DIALS
from sim.scenario import Scenario

# of the sample; the ends of the range of harm prevented then differ by half a point between seeds
POINTS = 100
CLEAR = 3.0  # standard errors from 0 at which an effect is told


def plausible_ranges(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """Dial -> its plausible range, of those about conduct that neither the *scenario* nor a user
    has given a value.
    """
    of_events = {event.name for event in scenario.events if event.what == "dial"}
    return {
        name: dial.plausible
        for name, dial in CONDUCT_DIALS.items()
        if dial.plausible is not None and name not in scenario.own_dials | of_events
    }


def sample(scenario: Scenario, seed: int) -> Array:
    """[POINTS, dials] values of the dials in `plausible_ranges`, NaN for all others.

    A dial has the same values for a seed, whatever others are held, so that two scenarios can be
    compared point by point.
    """
    ranges, points = plausible_ranges(scenario), np.full((POINTS, len(DIALS)), np.nan)
    for name, values in latin_hypercube(CONDUCT_DIALS, POINTS, seed).items():
        if name in ranges:
            points[:, getattr(AT, name)] = values
    return points


def under_sample(setting: Setting, points: Array) -> Setting:
    """*setting* with one world at each of *points* [P, dials]; draws of the weights stay as they
    are.
    """
    if len(setting.draws):
        weights = setting.draws[np.arange(len(points)) % len(setting.draws)]
        points = np.where(np.isnan(points), weights, points)
    return setting._replace(draws=points)


def values_of(dial: str, points: Array, scenario: Scenario) -> Array:
    """[P] the value of *dial* at each of *points*; that of the *scenario* where it does not
    vary.
    """
    column = points[:, getattr(AT, dial)]
    return np.where(np.isnan(column), scenario.parameters[dial], column)


def dependence(scenario: Scenario, points: Array, outcome: Array) -> pd.DataFrame:
    """What *outcome* [P] depends on: a row per dial of conduct, with dial, low, high (the same
    twice where it is held), effect, standard_error and clear, those that matter most first.

    effect: the standardised rank regression coefficient, from -1 to 1 (Helton et al. 2006),
    positive where more of the dial goes with more of the outcome; clear: whether it is CLEAR
    standard errors from 0. Both numbers are NaN for a dial that is held, and where the outcome is
    the same at all points.
    """
    ranges = plausible_ranges(scenario)
    effects = _rank_regression(points[:, [getattr(AT, name) for name in ranges]], outcome)
    by_dial = dict(zip(ranges, zip(*effects, strict=True), strict=True))
    rows = []
    for name in CONDUCT_DIALS:
        low, high = ranges.get(name, (scenario.parameters[name],) * 2)
        effect, error = by_dial.get(name, (np.nan, np.nan))
        rows.append(
            (
                name,
                float(low),
                float(high),
                float(effect),
                float(error),
                bool(abs(effect) > CLEAR * error),
            )
        )
    frame = pd.DataFrame(rows, columns=["dial", "low", "high", "effect", "standard_error", "clear"])
    return frame.sort_values(
        "effect", key=lambda column: -column.abs(), kind="stable", ignore_index=True
    )


def _rank_regression(values: Array, outcome: Array) -> tuple[Array, Array]:
    """[D] coefficients of the ranks of *values* [P, D] for those of *outcome* [P], standardised,
    and their errors.
    """
    from scipy.stats import rankdata

    count, dials = values.shape
    if dials == 0 or np.ptp(outcome) == 0.0:
        return np.full(dials, np.nan), np.full(dials, np.nan)
    x, y = (rankdata(numbers, axis=0) for numbers in (values, outcome))
    x, y = ((ranks - ranks.mean(axis=0)) / ranks.std(axis=0) for ranks in (x, y))
    inverse = np.linalg.inv(x.T @ x)
    effects: Array = inverse @ x.T @ y
    left = float(((y - x @ effects) ** 2).sum()) / (count - dials - 1)
    return effects, np.sqrt(left * np.diag(inverse))
