"""How far an estimate may lie from the truth: the spread of what the register leaves possible, and the bias.

The spread is that of the bootstrap's draws. It lies around the fit, and cannot show what the penalty does to all fits
alike, nor what the register leaves out, as most names of launch day. So worlds are simulated under the fitted weights,
read as the register is, and fitted again: how far off that is on average is the bias (the parametric bootstrap: Efron
and Tibshirani 1993, chapter 10). The two are added in squares, as a mean squared error is made of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from sim.evidence.calibrate_organisations import fit_organisations
from sim.evidence.calibrate_states import fit_states
from sim.evidence.organisation_evidence import organisation_evidence
from sim.evidence.parts import Work
from sim.evidence.simulated_registers import simulated_registers, without_shocks
from sim.evidence.state_evidence import state_evidence
from sim.evidence.targets import Register
from sim.lenses import Lens
from sim.scenario import Scenario
from sim.stakeholders import KINDS

WORLDS = 50


def refits(
    scenario: Scenario, known: Register, lens: Lens, weights: Mapping[str, float], worlds: int, seed: int
) -> dict[str, Work]:
    """The work of each world: the weights found in what the register would be in it, if *weights* were the truth and
    the *known* register's days those on which it is read.
    """
    plain = without_shocks(scenario)
    return {
        f"world-{number:03d}": partial(_found_from, weights, plain, simulated, lens)
        for number, simulated in enumerate(simulated_registers(plain, weights, known, worlds, seed))
    }


def _found_from(
    weights: Mapping[str, float], scenario: Scenario, known: Register, lens: Lens
) -> dict[str, float]:
    """All weights with which the search ends that begins at *weights*."""
    found = dict(fit_states(state_evidence(scenario, known), lens, start=weights).best.weights)
    for kind in KINDS[1:]:
        evidence = organisation_evidence(kind, scenario, known, found["capacity_wealth_share"])
        found |= fit_organisations(evidence, lens, start=weights).weights
    return found


def standard_errors(
    weights: Mapping[str, float], draws: Mapping[str, Sequence[float]], again: Sequence[Mapping[str, float]]
) -> dict[str, float]:
    """Dial -> the root of the variance of its *draws* plus its squared bias, the mean distance of the weights found
    *again* from the one under which worlds were simulated.
    """
    return {
        dial: float(np.hypot(np.std(draws[dial], ddof=1), np.mean([found[dial] for found in again]) - weight))
        for dial, weight in weights.items()
    }
