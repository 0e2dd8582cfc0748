"""Curves: forecasts of how many have signed by a date, from the totals alone; four of them, for each kind.

Each is fitted to the register's milestones up to a date and forecasts later ones. By 16 September 2019 there are three
milestones, the launch among them, and all that the curves can learn from is two numbers of new entries, or three where
what came before the launch counts. So everything that can be fixed is fixed, by what was known at the time: the
launch's total as the starting point, the potential number as the ceiling, the beginning of the campaign. What is left
is fitted by the likelihood of new entries between milestones as Poisson counts, its rate within the bounds stated here:

no change               nobody else comes
last pace               they come as fast as between the last two milestones known
saturating exponential  those still to come fall by a constant rate; free: the rate and the final total
Bass                    they follow Bass (1969) from the beginning of the campaign on; free: innovation, imitation and
                        the final total

The 90 % interval of a curve is that of a count with the expected number of new entries: Poisson, or a negative binomial
where there are more milestones than parameters and new entries between them scatter more (its size by moments). The
uncertainty of the parameters is not in it, nor the doubt whether the curve is the right one; with as many parameters as
numbers no scatter can be measured, and the interval is too narrow. Where nothing new is expected it is a point: from
three milestones both curves take the launch for over. The interval of the last pace includes the uncertainty of a rate
from few entries: its count is negative binomial too, as the rate is gamma distributed (Jeffreys' prior). No curve knows
of an anniversary.

The last pace was added after both curves had turned out to expect no entries after September 2019, as a fairer rival.
Nothing else was chosen by its result: the curves are the usual ones, the bounds as wide as makes sense.
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
RATES = (0.05, 12.0)  # per year, of the saturating exponential: half of what is left in 14 years, or in three weeks
INNOVATION = (1e-3, 5.0)  # per year, p of Bass
IMITATION = (1e-3, 20.0)  # per year, q of Bass
STARTS = (0.1, 0.5, 0.9)  # where searches begin, between the bounds in logs
TAILS = (0.05, 0.95)
LEAST = 1e-9
JEFFREYS = 0.5


@dataclass(frozen=True)
class KnownTotals:
    """Totals of one kind up to a date, the launch first, and what else was known then.

    years      [K] of the milestones, since the campaign began
    totals     [K]
    potential  the most there can be: 193 states, or the potential firms or NGOs of the population
    """

    years: Floats
    totals: Floats
    potential: float


@dataclass(frozen=True)
class Forecast:
    """Totals at later dates: expected, and the interval that holds 90 %. Each [D], in stakeholders."""

    expected: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Fitted:
    """Expected new entries after any date, and how they scatter around it.

    newly  from years [D] to new entries expected between the last milestone known and then, [D]
    size   of the negative binomial around them, whose variance is mean + mean² / size; infinite is Poisson
    """

    newly: Curve
    size: float = np.inf


def no_change(known: KnownTotals) -> Fitted:
    """Nobody else comes."""
    return Fitted(np.zeros_like)


def last_pace(known: KnownTotals) -> Fitted:
    """The rate of the last stretch between milestones goes on, as far as its entries tell it."""
    came = max(known.totals[-1] - known.totals[-2], 0) + JEFFREYS
    lasted = known.years[-1] - known.years[-2]
    return Fitted(lambda years: came / lasted * (years - known.years[-1]), came)


def saturating_exponential(known: KnownTotals) -> Fitted:
    """From the launch's total the distance to the final one falls by a constant rate."""
    launch = known.years[0]

    def share(rate: Floats) -> Curve:
        return lambda years: -np.expm1(-rate[0] * (years - launch))

    return _most_likely(share, (RATES,), known.years, np.diff(known.totals), known.potential - known.totals[0])


def bass(known: KnownTotals) -> Fitted:
    """Bass (1969) from the beginning of the campaign on, when nobody had signed."""
    years = np.concatenate([[0.0], known.years])
    newly = np.diff(np.concatenate([[0.0], known.totals]))
    return _most_likely(
        lambda rates: lambda at: bass_share(at, *rates), (INNOVATION, IMITATION), years, newly, known.potential
    )


CURVES: Mapping[str, Callable[[KnownTotals], Fitted]] = {
    "no change": no_change,
    "last pace": last_pace,
    "saturating exponential": saturating_exponential,
    "Bass": bass,
}


def forecasts(
    dates: Sequence[date], totals: Sequence[int], known_by: date, campaign_from: date, potential: float
) -> dict[str, Forecast]:
    """Baseline -> its forecast of the totals of one kind at those of *dates* that are later than *known_by*, fitted to
    the others.

    dates          in order, the launch first; *totals* as many
    campaign_from  the day on which nobody had signed
    potential      the most there can be

    InputError where fewer than two dates are known: nothing new has been seen then.
    """
    known = [day <= known_by for day in dates]
    if sum(known) < 2:
        raise InputError(f"known_by: found {known_by}, expected a date by which two milestones are known")
    years = np.array([(day - campaign_from).days / DAYS_A_YEAR for day in dates])
    before, counts = np.array(known), np.array(totals, dtype=np.float64)
    register = KnownTotals(years[before], counts[before], potential)
    return {name: _ahead(curve(register), register, years[~before]) for name, curve in CURVES.items()}


def bass_share(years: Floats, innovation: float, imitation: float) -> Floats:
    """The share of all adopters who have adopted by then, in closed form (Bass 1969, equation 9)."""
    fallen = np.exp(-(innovation + imitation) * years)
    return (1 - fallen) / (1 + imitation / innovation * fallen)


def _most_likely(
    share: Callable[[Floats], Curve],
    bounds: Sequence[tuple[float, float]],
    years: Floats,
    newly: Floats,
    most: float,
) -> Fitted:
    """The curve of *share* under which the numbers *newly* [K - 1] listed between *years* [K] are likeliest as Poisson
    counts; its rates, between *bounds*, in logs. The final number is at least what came and at most *most*.
    """
    came = np.maximum(newly, 0)  # the register's NGOs fall by one once
    lows, highs = np.log(bounds).T

    def final(shares: Floats) -> float:
        """The likeliest final number under these shares between milestones."""
        return float(np.clip(came.sum() / max(shares.sum(), LEAST), came.sum(), max(most, came.sum())))

    def lost(place: Floats) -> float:
        shares = np.diff(share(np.exp(place))(years))
        expected = np.maximum(final(shares) * shares, LEAST)
        return float((expected - xlogy(came, expected)).sum())

    searches = [
        minimize(lost, lows + start * (highs - lows), method="L-BFGS-B", bounds=list(zip(lows, highs, strict=True)))
        for start in STARTS
    ]
    best = share(np.exp(min(searches, key=lambda search: search.fun).x))
    shares = np.diff(best(years))
    size = final(shares)
    expected = np.maximum(size * shares, LEAST)
    return Fitted(lambda at: size * (best(at) - best(years[-1:])), _size(came, expected, len(bounds) + 1))


def _size(came: Floats, expected: Floats, parameters: int) -> float:
    """The size of a negative binomial by moments, with as many degrees of freedom as numbers less *parameters*."""
    spare = len(came) - parameters
    beyond_poisson = ((came - expected) ** 2).sum() / spare * len(came) - expected.sum() if spare > 0 else 0.0
    return float((expected**2).sum() / beyond_poisson) if beyond_poisson > 0 else np.inf


def _ahead(fitted: Fitted, known: KnownTotals, years: Floats) -> Forecast:
    """What *fitted* says of later *years* [D], no more than the potential number."""
    newly = np.minimum(fitted.newly(years), known.potential - known.totals[-1])
    last = known.totals[-1]
    low, high = (np.minimum(last + _count(newly, fitted.size, tail), known.potential) for tail in TAILS)
    return Forecast(last + newly, low, high)


def _count(mean: Floats, size: float, below: float) -> Floats:
    """The count under which *below* of all lie: Poisson, or negative binomial where *size* is finite."""
    if np.isinf(size):
        return poisson.ppf(below, mean)
    return nbinom.ppf(below, size, size / (size + mean))
