"""The weights as they could be fitted on a day, and drawn anew, to say who comes later.

How steeply states' attention falls with lacking capacity, the gradient, is assumed, and was settled with all of the
register in view. Whoever is asked on a day knows less: so the gradient is chosen as the ridge is, by how probable it
makes what was known by then. Weights drawn anew come with a gradient drawn anew: of GRADIENTS, all as probable before
any data, each as often as its marginal likelihood says (Bayesian model averaging, Hoeting et al. 1999).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.evidence.calibrate import draws_of_weights, fit_all
from sim.evidence.marginal_likelihood import chosen_ridge, log_marginal_likelihood
from sim.evidence.parts import Work
from sim.evidence.state_evidence import state_evidence
from sim.evidence.time_split import DRAWS, Split
from sim.parameters.attention import Attention

GRADIENT = Attention.state_attention_gradient.name
LOWEST, HIGHEST = Attention.state_attention_gradient.between
GRADIENTS = tuple((np.arange(LOWEST, HIGHEST) + 0.5).tolist())  # the middle of each step of 1


def fitted(asked: Split) -> dict[str, Any]:
    """`weights`, dial -> value, and the `gradient` and the states' `ridge` under which what was known is most probable;
    `of_gradients`, `states_fitted` under each.
    """
    found = [states_fitted(asked, gradient) for gradient in GRADIENTS]
    best = max(found, key=lambda each: each["log_marginal_likelihood"])
    then = at_gradient(asked, best["gradient"])
    weights = fit_all(
        then.scenario, then.before, then.lens, then.measures, ridge=best["ridge"], start=best["weights"]
    ).values
    return {"gradient": best["gradient"], "ridge": best["ridge"], "weights": weights, "of_gradients": found}


def states_fitted(asked: Split, gradient: float) -> dict[str, Any]:
    """Under this `gradient` the states' `ridge` and `weights`, and the `log_marginal_likelihood` of what was known."""
    then = at_gradient(asked, gradient)
    evidence = state_evidence(then.scenario, then.before, measures=then.measures)
    ridge, weights = chosen_ridge(evidence, then.lens)
    probability = log_marginal_likelihood(evidence, then.lens, ridge, weights)
    return {"gradient": gradient, "ridge": ridge, "weights": weights, "log_marginal_likelihood": probability}


def at_gradient(asked: Split, gradient: float) -> Split:
    """The same question, where states' attention falls so steeply."""
    return replace(asked, scenario=asked.scenario.with_changes(set={GRADIENT: gradient}))


def probabilities(of_gradients: Sequence[Mapping[str, Any]]) -> dict[float, float]:
    """Gradient -> how probable what was known makes it, in [0, 1], 1 in all; from `states_fitted` under each."""
    logs = np.array([each["log_marginal_likelihood"] for each in of_gradients])
    shares = np.exp(logs - logs.max())
    return dict(zip((each["gradient"] for each in of_gradients), (shares / shares.sum()).tolist(), strict=True))


def drawn_gradients(probable: Mapping[float, float], draws: int, seed: int) -> list[float]:
    """One for each draw, as often as they are *probable*, in an order from the *seed*."""
    even = (np.random.default_rng(seed).permutation(draws) + 0.5) / draws
    places = np.searchsorted(np.cumsum(list(probable.values())), even)
    return [list(probable)[place] for place in places]


def redrawn(asked: Split, fit: Mapping[str, Any]) -> list[tuple[Split, Work]]:
    """For each draw, the question under its gradient and the work of drawing the weights anew, by the bootstrap.

    The search for them begins at the states' best ones under that gradient and at all others' of the *fit*.
    """
    gradients = drawn_gradients(probabilities(fit["of_gradients"]), DRAWS, asked.seed)
    of_gradient: dict[float, tuple[Split, list[Work]]] = {}
    for states in fit["of_gradients"]:
        if states["gradient"] in gradients:
            then, best = at_gradient(asked, states["gradient"]), {**fit["weights"], **states["weights"]}
            work = draws_of_weights(
                then.scenario, then.before, then.lens, best, DRAWS, then.seed, ridge=states["ridge"]
            )
            of_gradient[states["gradient"]] = then, list(work.values())
    return [(of_gradient[gradient][0], of_gradient[gradient][1][draw]) for draw, gradient in enumerate(gradients)]
