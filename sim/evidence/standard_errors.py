"""How far an estimate may lie from the truth: the spread of what the register leaves possible, and the penalty's pull.

The spread is that of the bootstrap's draws. Weights and rates are not below 0, so that draws crowd on one side of an
estimate and reach far on the other. Two standard errors reach equally far on both, and so the farther end counts. That
of a rate which cannot be 0 is told in its logarithm.

Draws of a weight that a bound holds may all lie there, as a bootstrap makes no evidence. Around it the objective is a
straight line less the belief's own parabola, as in the marginal likelihood, and two standard errors reach as far as
they would of a normal distribution: over 95 % of what is probable.

The pull is how far a weight moves when the penalty is relaxed to a tenth. The draws spread as widely as the belief
behind the penalty; where a weight is as large as that belief hardly expects, all fits fall short of it together, and
this shows in the pull alone. It is added in squares, as a mean squared error is made of variance and bias.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm, t

from sim.evidence.motive_values import Floats
from sim.evidence.newton import Free
from sim.evidence.organisations import objective as calibrate_organisations
from sim.evidence.organisations.data import OrganisationEvidence, organisation_evidence
from sim.evidence.organisations.objective import fit_organisations
from sim.evidence.register import Register
from sim.evidence.states import objective as calibrate_states
from sim.evidence.states.data import StateEvidence, state_evidence
from sim.evidence.states.objective import Derived, fit_states, spreads_of_motives
from sim.parameters.lenses import Lens
from sim.scenario import Scenario
from sim.stakeholders import KINDS

RELAXED = 0.1  # share of the penalty that stays
WITHIN = 2.0  # standard errors: what is read as where the truth lies
BEYOND = 2 * norm.sf(WITHIN)  # the probability outside of that
FAR = 30.0  # standard deviations of a belief; so far out it is an exponential


@dataclass(frozen=True)
class Around:
    """What is known of all weights beside their draws, dial -> value each."""

    relaxed: dict[str, float]  # the weight under a tenth of the penalty
    held: dict[str, float]  # of those that a bound holds: the standard error that the objective's slope tells
    rates: tuple[str, ...]  # the dials that cannot be 0


def around(scenario: Scenario, known: Register, lens: Lens, weights: Mapping[str, float]) -> Around:
    """What is known around the fitted *weights*."""
    states = state_evidence(scenario, known)
    found = dict(fit_states(states, lens, RELAXED * calibrate_states.RIDGE, weights).best.weights)
    free = calibrate_states.free_weights(lens, states)
    held = _held(free, weights, calibrate_states.objective(states, weights)[1], beliefs_of_states(states, weights))
    for kind in KINDS[1:]:
        evidence = organisation_evidence(kind, scenario, known, weights["capacity_wealth_share"])
        found |= fit_organisations(evidence, lens, RELAXED * calibrate_organisations.RIDGE, weights).weights
        free_here = calibrate_organisations.free_weights(lens, evidence)
        slopes = calibrate_organisations.objective(evidence, weights)[1]
        held |= _held(free_here, weights, slopes, beliefs_of_organisations(evidence))
        free += free_here
    return Around(found, held, tuple(weight.dial for weight in free if weight.low > 0))


def beliefs_of_states(evidence: StateEvidence, weights: Mapping[str, float]) -> dict[str, float]:
    """Dial -> the precision of the belief behind its ridge."""
    spreads = spreads_of_motives(evidence, Derived(evidence, weights))
    return {f"state_{motive}": calibrate_states.RIDGE * each**2 for motive, each in spreads.items()}


def beliefs_of_organisations(evidence: OrganisationEvidence) -> dict[str, float]:
    """Dial -> the precision of the belief behind its ridge."""
    ridge = calibrate_organisations.RIDGE
    return {f"{evidence.kind}_{motive}": ridge * each**2 for motive, each in evidence.spreads.items()}


def _held(
    free: Sequence[Free], weights: Mapping[str, float], slopes: Mapping[str, float], beliefs: Mapping[str, float]
) -> dict[str, float]:
    found = {}
    for weight in free:
        at, slope = weights[weight.dial], slopes[weight.dial]
        if (at <= weight.low and slope <= 0) or (at >= weight.high and slope >= 0):
            reach = reach_from_bound(abs(slope), beliefs.get(weight.dial, 0.0))
            found[weight.dial] = min(reach, weight.high - weight.low) / WITHIN
    return found


def reach_from_bound(steepness: float, precision: float) -> float:
    """How far from a bound all but BEYOND lies of a density that falls from it by exp(-*steepness* x - *precision*
    x² / 2); infinite where both are 0.
    """
    if steepness == 0 and precision == 0:
        return np.inf
    if steepness >= FAR * np.sqrt(precision):
        return float(-np.log(BEYOND) / steepness)
    bound = steepness / np.sqrt(precision)
    return float((norm.isf(BEYOND * norm.sf(bound)) - bound) / np.sqrt(precision))


def standard_errors(
    weights: Mapping[str, float], draws: Mapping[str, Sequence[float]], known: Around
) -> dict[str, float]:
    """Dial -> the root of the squared spread of its *draws* around the fitted weight, or of what is *known* where its
    bound holds it and that is larger, and of the squared pull.
    """
    return {
        dial: float(
            np.hypot(
                max(spread(weight, np.array(draws[dial]), dial in known.rates), known.held.get(dial, 0.0)),
                known.relaxed[dial] - weight,
            )
        )
        for dial, weight in weights.items()
    }


def spread(weight: float, draws: Floats, rate: bool = False) -> float:
    """Half of how far the farther end of an interval around *weight* lies: WITHIN times the root mean square distance
    of the *draws* [n] on that side, of a *rate* in its logarithm. Wider the fewer the draws, as Student's t is.
    """
    off = np.log(draws / weight) if rate else draws - weight
    few = float(t.isf(BEYOND / 2, len(draws) - 1))
    above, below = (few * _root_mean_square(side) for side in (off[off > 0], off[off < 0]))
    ends = (weight * np.expm1(above), -weight * np.expm1(-below)) if rate else (above, below)
    return float(max(ends)) / WITHIN


def _root_mean_square(off: Floats) -> float:
    return float(np.sqrt(np.mean(off**2))) if len(off) else 0.0
