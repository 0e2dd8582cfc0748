"""The choice of the penalty by the marginal likelihood, by Laplace's method (MacKay 1992).

A ridge is a prior on the weights: half a normal distribution, as they are not below 0, narrower for
a larger ridge. The marginal likelihood is the probability of the register under that prior,
averaged over all weights. Cross-validation of the penalty was tried and rejected, as the parts left
out bias the choice.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.special import erfcx

from sim.evidence.maximise import curvature_at
from sim.evidence.states import (
    RIDGES,
    Derived,
    StateEvidence,
    fit_states,
    free_weights_of_states,
    spreads_of_motives,
    states_objective,
)
from sim.lenses import Lens


def chosen_ridge(evidence: StateEvidence, lens: Lens) -> tuple[float, dict[str, float]]:
    """The one of RIDGES under which *evidence* is most probable, and the weights under it."""
    by_ridge: dict[float, tuple[float, dict[str, float]]] = {}
    start = None
    for ridge in RIDGES:
        start = fit_states(evidence, lens, ridge, start, near=start is not None).best.weights
        by_ridge[ridge] = log_marginal_likelihood(evidence, lens, ridge, start), start
    best = max(RIDGES, key=lambda ridge: by_ridge[ridge][0])
    return best, by_ridge[best][1]


def log_marginal_likelihood(
    evidence: StateEvidence, lens: Lens, ridge: float, weights: Mapping[str, float]
) -> float:
    """The natural logarithm of the evidence's probability under *ridge*, up to a constant;
    *weights* are those under which it is most probable.

    Around a weight inside its bounds the objective is taken as a parabola, around one at 0 as a
    straight line less the parabola of the prior.
    """
    free = free_weights_of_states(lens, evidence)
    value, slopes = states_objective(evidence, weights, ridge)
    inside, curvature = curvature_at(
        lambda dials: states_objective(evidence, {**weights, **dials}, ridge), free, weights
    )
    log_probability = (
        value - np.linalg.slogdet(curvature)[1] / 2 + len(inside) * np.log(2 * np.pi) / 2
    )
    scale_of = {weight.dial: weight.scale for weight in free}
    for motive, spread in spreads_of_motives(evidence, Derived(evidence, weights)).items():
        dial = f"state_{motive}"
        if dial not in scale_of or motive == "inclination":
            continue
        precision = ridge * (spread * scale_of[dial]) ** 2
        if dial in inside:
            log_probability += np.log(2 * precision / np.pi) / 2
        else:
            downhill = max(-slopes[dial] * scale_of[dial], 0.0)
            log_probability += np.log(erfcx(downhill / np.sqrt(2 * precision)))
    return float(log_probability)
