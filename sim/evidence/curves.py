"""Curves: forecasts of how many have signed by a date, from the totals alone; four of them, for
each kind.

Each is fitted to the register's milestones up to a date and forecasts later ones. By 16 September
2019 there are only three milestones, with the launch, so the curves learn from two numbers of new
entries, or three if those before the launch count. Hence everything else is fixed at values known
at the time: the launch's total as the start, the potential number as the ceiling, the beginning of
the campaign. The remaining parameters are fitted by the Poisson likelihood of new entries between
milestones, with rates within the bounds below:

no change               no new entries
last pace               entries at the rate between the last two milestones
saturating exponential  the number still to come falls at a constant rate; free: the rate and the
                        final total
Bass                    Bass (1969) from the beginning of the campaign on; free: innovation,
                        imitation and the final total

The 90 % interval of a curve is that of a count with the expected number of new entries: Poisson, or
negative binomial where there are more milestones than parameters and new entries scatter more than
Poisson (its size by moments). It leaves out the uncertainty of the parameters and of the choice of
curve. With as many parameters as numbers no scatter can be measured, and the interval is too
narrow. Where no entry is expected it is a point: from three milestones both curves expect none
after the launch. The interval of the last pace includes the uncertainty of its rate, which is gamma
distributed (Jeffreys' prior), so that its count is negative binomial too. No curve knows of an
anniversary.

The last pace was added as a fairer rival, after both curves had expected no entries after September
2019. Nothing else was chosen by its result: the curves are the usual ones, and the bounds are wide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import xlogy
from scipy.stats import nbinom, poisson

from sim.errors import InputError

Floats = NDArray[np.float64]
Curve = Callable[[Floats], Floats]  # mostly from years since the campaign began

DAYS_A_YEAR = 365.25
# per year, of the saturating exponential: half of what is left in 14 years, or in three weeks
RATES = 0.05, 12.0
INNOVATION = (1e-3, 5.0)  # per year, p of Bass
IMITATION = (1e-3, 20.0)  # per year, q of Bass
STARTS = (0.1, 0.5, 0.9)  # where searches begin, between the bounds in logs
TAILS = (0.05, 0.95)
LEAST = 1e-9
JEFFREYS = 0.5


@dataclass(frozen=True)
class PastTotals:
    """Totals of one kind up to a date, the launch first, and the potential number.

    years      [K] of the milestones, since the campaign began
    totals     [K]
    potential  the most there can be: 193 states, or the potential firms or NGOs of the population
    """

    years: Floats
    totals: Floats
    potential: float


@dataclass(frozen=True)
class Forecast:
    """Totals at later dates: expected, and the interval that holds 90 %. Each [D], in
    stakeholders.
    """

    expected: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Fitted:
    """Expected new entries after any date, and how they scatter around it.

    newly  from years [D] to new entries expected between the last milestone known and then, [D]
    size   of the negative binomial around them, whose variance is mean + mean² / size; infinite is
           Poisson
    """

    newly: Curve
    size: float = np.inf


def no_change(past: PastTotals) -> Fitted:
    """No new entries."""
    return Fitted(np.zeros_like)


def last_pace(past: PastTotals) -> Fitted:
    """New entries come at the rate between the last two milestones."""
    entries = max(past.totals[-1] - past.totals[-2], 0) + JEFFREYS
    years_between = past.years[-1] - past.years[-2]
    return Fitted(lambda years: entries / years_between * (years - past.years[-1]), entries)


def saturating_exponential(past: PastTotals) -> Fitted:
    """From the launch's total the distance to the final one falls by a constant rate."""
    launch = past.years[0]

    def share(rate: Floats) -> Curve:
        return lambda years: -np.expm1(-rate[0] * (years - launch))

    return _most_likely(
        share, (RATES,), past.years, np.diff(past.totals), past.potential - past.totals[0]
    )


def bass(past: PastTotals) -> Fitted:
    """Bass (1969) from the beginning of the campaign on, when nobody had signed."""
    years = np.concatenate([[0.0], past.years])
    newly = np.diff(np.concatenate([[0.0], past.totals]))
    return _most_likely(
        lambda rates: lambda at: bass_share(at, *rates),
        (INNOVATION, IMITATION),
        years,
        newly,
        past.potential,
    )


CURVES: Mapping[str, Callable[[PastTotals], Fitted]] = {
    "no change": no_change,
    "last pace": last_pace,
    "saturating exponential": saturating_exponential,
    "Bass": bass,
}


def forecasts(
    dates: Sequence[date],
    totals: Sequence[int],
    known_by: date,
    campaign_from: date,
    potential: float,
) -> dict[str, Forecast]:
    """Baseline -> its forecast of the totals of one kind at those of *dates* that are later than
    *known_by*, fitted to the others.

    dates          in order, the launch first; *totals* as many
    campaign_from  the day on which nobody had signed
    potential      the most there can be

    InputError where fewer than two dates are known, as there are no new entries then.
    """
    is_past = [day <= known_by for day in dates]
    if sum(is_past) < 2:
        raise InputError(
            f"known_by: found {known_by}, expected a date by which two milestones are known"
        )
    years = np.array([(day - campaign_from).days / DAYS_A_YEAR for day in dates])
    before, counts = np.array(is_past), np.array(totals, dtype=np.float64)
    past = PastTotals(years[before], counts[before], potential)
    return {name: _ahead(curve(past), past, years[~before]) for name, curve in CURVES.items()}


def bass_share(years: Floats, innovation: float, imitation: float) -> Floats:
    """The share of all adopters who have adopted by then, in closed form (Bass 1969, equation
    9).
    """
    fallen = np.exp(-(innovation + imitation) * years)
    return (1 - fallen) / (1 + imitation / innovation * fallen)


def _most_likely(
    share: Callable[[Floats], Curve],
    bounds: Sequence[tuple[float, float]],
    years: Floats,
    newly: Floats,
    most: float,
) -> Fitted:
    """The curve of *share* with the largest Poisson likelihood of the numbers *newly* [K - 1]
    listed between *years* [K]; its rates lie within *bounds*. The final number is at least the
    number of entries so far and at most *most*.
    """
    entries = np.maximum(newly, 0)  # the register's NGOs fall by one once
    lows, highs = np.log(bounds).T

    def final(shares: Floats) -> float:
        """The likeliest final number under these shares between milestones."""
        return float(
            np.clip(
                entries.sum() / max(shares.sum(), LEAST), entries.sum(), max(most, entries.sum())
            )
        )

    def loss(place: Floats) -> float:
        shares = np.diff(share(np.exp(place))(years))
        expected = np.maximum(final(shares) * shares, LEAST)
        return float((expected - xlogy(entries, expected)).sum())

    searches = [
        minimize(
            loss,
            lows + start * (highs - lows),
            method="L-BFGS-B",
            bounds=list(zip(lows, highs, strict=True)),
        )
        for start in STARTS
    ]
    best = share(np.exp(min(searches, key=lambda search: search.fun).x))
    shares = np.diff(best(years))
    size = final(shares)
    expected = np.maximum(size * shares, LEAST)
    return Fitted(
        lambda at: size * (best(at) - best(years[-1:])), _size(entries, expected, len(bounds) + 1)
    )


def _size(entries: Floats, expected: Floats, parameters: int) -> float:
    """The size of a negative binomial by moments, with as many degrees of freedom as numbers less
    *parameters*.
    """
    spare = len(entries) - parameters
    beyond_poisson = (
        ((entries - expected) ** 2).sum() / spare * len(entries) - expected.sum()
        if spare > 0
        else 0.0
    )
    return float((expected**2).sum() / beyond_poisson) if beyond_poisson > 0 else np.inf


def _ahead(fitted: Fitted, past: PastTotals, years: Floats) -> Forecast:
    """What *fitted* says of later *years* [D], no more than the potential number."""
    newly = np.minimum(fitted.newly(years), past.potential - past.totals[-1])
    last = past.totals[-1]
    low, high = (
        np.minimum(last + _count(newly, fitted.size, tail), past.potential) for tail in TAILS
    )
    return Forecast(last + newly, low, high)


def _count(mean: Floats, size: float, below: float) -> Floats:
    """The count under which *below* of all lie: Poisson, or negative binomial where *size* is
    finite.
    """
    if np.isinf(size):
        return poisson.ppf(below, mean)
    return nbinom.ppf(below, size, size / (size + mean))
