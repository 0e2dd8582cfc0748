"""How far an estimate may lie from the truth: the spread of what the register leaves possible, and the penalty's pull.

The spread is that of the bootstrap's draws. Weights and rates are not below 0, so that draws crowd on one side of an
estimate and reach far on the other. Two standard errors reach equally far on both, and so the wider side counts.

The pull is how far a weight moves when the penalty is relaxed to a tenth. The draws spread as widely as the belief
behind the penalty; where a weight is as large as that belief hardly expects, all fits fall short of it together, and
this shows in the pull alone. The two are added in squares, as a mean squared error is made of variance and bias.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.stats import norm, t

from sim.evidence import calibrate_organisations, calibrate_states
from sim.evidence.calibrate_organisations import fit_organisations
from sim.evidence.calibrate_states import fit_states
from sim.evidence.motive_values import Floats
from sim.evidence.organisation_evidence import organisation_evidence
from sim.evidence.state_evidence import state_evidence
from sim.evidence.targets import Register
from sim.lenses import Lens
from sim.scenario import Scenario
from sim.stakeholders import KINDS

RELAXED = 0.1  # share of the penalty that stays
WITHIN = 2.0  # standard errors: what is read as where the truth lies


def relaxed(scenario: Scenario, known: Register, lens: Lens, weights: Mapping[str, float]) -> dict[str, float]:
    """All weights under a tenth of the penalty; the search begins at *weights*."""
    found = dict(
        fit_states(state_evidence(scenario, known), lens, RELAXED * calibrate_states.RIDGE, weights).best.weights
    )
    for kind in KINDS[1:]:
        evidence = organisation_evidence(kind, scenario, known, weights["capacity_wealth_share"])
        found |= fit_organisations(evidence, lens, RELAXED * calibrate_organisations.RIDGE, weights).weights
    return found


def standard_errors(
    weights: Mapping[str, float], draws: Mapping[str, Sequence[float]], under_less: Mapping[str, float]
) -> dict[str, float]:
    """Dial -> the root of the squared spread of its *draws* around the fitted weight, and of the squared distance of
    the weight found *under_less* of a penalty.
    """
    return {
        dial: float(np.hypot(spread(weight, np.array(draws[dial])), under_less[dial] - weight))
        for dial, weight in weights.items()
    }


def spread(weight: float, draws: Floats) -> float:
    """The root mean square distance of the *draws* [n] above the *weight* from it, or of those below where that is
    larger; wider the fewer the draws, so that two of it hold what two standard deviations hold of a normal
    distribution.
    """
    off = draws - weight
    sides = [side for side in (off[off > 0], off[off < 0]) if len(side)]
    widest = max((float(np.sqrt(np.mean(side**2))) for side in sides), default=0.0)
    return widest * float(t.ppf(norm.cdf(WITHIN), len(draws) - 1)) / WITHIN
