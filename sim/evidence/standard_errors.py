"""Standard errors of the weights: the spread of the bootstrap's draws, and the pull of the penalty.

Weights and rates are not below 0, so that draws lie close together on one side of an estimate and
far apart on the other. Two standard errors reach equally far on both sides, so the farther end
counts. The error of a rate, which cannot be 0, is measured in its logarithm.

Draws of a weight at a bound may all lie at that bound. Around such a weight the objective is taken
as a straight line less the parabola of the prior, as in the marginal likelihood, and two standard
errors cover as much probability as in a normal distribution, over 95 %.

The pull is the change of a weight when the penalty is reduced to a tenth. Where a weight is larger
than the prior behind the penalty expects, all draws are too small together, and only the pull shows
it. It is added in squares, as a mean squared error is the sum of variance and squared bias.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm, t

from sim.evidence.maximise import FreeWeight
from sim.evidence.motive_values import Floats
from sim.evidence.organisations import (
    ORGANISATIONS_RIDGE,
    OrganisationEvidence,
    fit_organisations,
    free_weights_of_organisations,
    organisation_evidence,
    organisations_objective,
)
from sim.evidence.register import Register
from sim.evidence.states import (
    RIDGE,
    Derived,
    StateEvidence,
    fit_states,
    free_weights_of_states,
    spreads_of_motives,
    state_evidence,
    states_objective,
)
from sim.kinds_and_statuses import KINDS
from sim.lenses import Lens
from sim.scenario import Scenario

RELAXED = 0.1  # share of the penalty that stays
WITHIN = 2.0  # standard errors: so far from the estimate the truth is taken to lie
BEYOND = 2 * norm.sf(WITHIN)  # the probability outside of that
FAR = 30.0  # standard deviations of a prior, beyond which it is taken as exponential


@dataclass(frozen=True)
class Sensitivity:
    """How the weights depend on the penalty and on their bounds, by dial."""

    relaxed: dict[str, float]  # every weight under a tenth of the penalty
    # of weights at a bound: the standard error that follows from the objective's slope
    at_bound: dict[str, float]
    rates: tuple[str, ...]  # the dials that cannot be 0


def sensitivity(
    scenario: Scenario, register: Register, lens: Lens, weights: Mapping[str, float]
) -> Sensitivity:
    """The sensitivity of the fitted *weights*."""
    states = state_evidence(scenario, register)
    relaxed = dict(fit_states(states, lens, RELAXED * RIDGE, weights).best.weights)
    free = free_weights_of_states(lens, states)
    slopes = states_objective(states, weights)[1]
    at_bound = _errors_at_bounds(free, weights, slopes, precisions_of_states(states, weights))
    for kind in KINDS[1:]:
        evidence = organisation_evidence(kind, scenario, register, weights["capacity_wealth_share"])
        relaxed |= fit_organisations(evidence, lens, RELAXED * ORGANISATIONS_RIDGE, weights).weights
        free_of_kind = free_weights_of_organisations(lens, evidence)
        slopes = organisations_objective(evidence, weights)[1]
        at_bound |= _errors_at_bounds(
            free_of_kind, weights, slopes, precisions_of_organisations(evidence)
        )
        free += free_of_kind
    return Sensitivity(relaxed, at_bound, tuple(weight.dial for weight in free if weight.low > 0))


def precisions_of_states(evidence: StateEvidence, weights: Mapping[str, float]) -> dict[str, float]:
    """Dial -> the precision (1 / variance) of the prior behind its ridge."""
    spreads = spreads_of_motives(evidence, Derived(evidence, weights))
    return {f"state_{motive}": RIDGE * each**2 for motive, each in spreads.items()}


def precisions_of_organisations(evidence: OrganisationEvidence) -> dict[str, float]:
    """Dial -> the precision (1 / variance) of the prior behind its ridge."""
    return {
        f"{evidence.kind}_{motive}": ORGANISATIONS_RIDGE * each**2
        for motive, each in evidence.spreads.items()
    }


def _errors_at_bounds(
    free: Sequence[FreeWeight],
    weights: Mapping[str, float],
    slopes: Mapping[str, float],
    precisions: Mapping[str, float],
) -> dict[str, float]:
    """Dial -> standard error, of the weights that a bound holds back."""
    errors = {}
    for weight in free:
        at, slope = weights[weight.dial], slopes[weight.dial]
        if (at <= weight.low and slope <= 0) or (at >= weight.high and slope >= 0):
            reach = reach_from_bound(abs(slope), precisions.get(weight.dial, 0.0))
            errors[weight.dial] = min(reach, weight.high - weight.low) / WITHIN
    return errors


def reach_from_bound(steepness: float, precision: float) -> float:
    """The distance x from a bound beyond which lies the share BEYOND of a density exp(-*steepness*
    x - *precision* x² / 2); infinite where both are 0.
    """
    if steepness == 0 and precision == 0:
        return np.inf
    if steepness >= FAR * np.sqrt(precision):
        return float(-np.log(BEYOND) / steepness)
    bound = steepness / np.sqrt(precision)
    return float((norm.isf(BEYOND * norm.sf(bound)) - bound) / np.sqrt(precision))


def standard_errors(
    weights: Mapping[str, float], draws: Mapping[str, Sequence[float]], sensitive: Sensitivity
) -> dict[str, float]:
    """Dial -> standard error, in the unit of the dial: the root of the squared spread of its
    *draws* around the fitted weight and of the squared pull. At a bound the error that follows from
    the slope counts where it is larger than the spread.
    """
    errors = {}
    for dial, weight in weights.items():
        spread_of_draws = spread(weight, np.array(draws[dial]), dial in sensitive.rates)
        pull = sensitive.relaxed[dial] - weight
        errors[dial] = float(
            np.hypot(max(spread_of_draws, sensitive.at_bound.get(dial, 0.0)), pull)
        )
    return errors


def spread(weight: float, draws: Floats, rate: bool = False) -> float:
    """The standard error from *draws* [n]: the root mean square distance from *weight* on the side
    where it is larger, in the logarithm for a *rate*, and wider for few draws by Student's t.
    """
    off = np.log(draws / weight) if rate else draws - weight
    few = float(t.isf(BEYOND / 2, len(draws) - 1))
    above, below = (few * _root_mean_square(side) for side in (off[off > 0], off[off < 0]))
    ends = (weight * np.expm1(above), -weight * np.expm1(-below)) if rate else (above, below)
    return float(max(ends)) / WITHIN


def _root_mean_square(off: Floats) -> float:
    return float(np.sqrt(np.mean(off**2))) if len(off) else 0.0
