"""Influence of one signature on others, estimated without simulation: a cheap screen of candidates
for pivots.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engine.arrays import begin, empty_variables
from sim.engine.effects import add_influence
from sim.experiments.outcomes import Array
from sim.experiments.simulate import Setting
from sim.motives import MOTIVES, NAMES, ON_SIGNATURES
from sim.parameters import DIALS
from sim.population import KINDS, STATE
from sim.scenario import Scenario

ASSUMES = "assumes that ties, not likeness, moved them (Manski 1993)"
NAMED_SHARE = 4  # of the places in a screen, one in so many is for firms and NGOs that have names


def influence(scenario: Scenario, setting: Setting) -> Array:
    """[N] the sum, over all others who may sign, of what one's signature adds to their value of
    signing (logits).

    It counts each motive that depends on others' signatures, at the initial standing and
    confidence, whether or not these others are near to signing.
    """
    world, codes, people = setting.population_arrays, setting.codes, setting.population.kind
    variables = empty_variables(world, codes)
    begin(variables, world, scenario.parameters.confidence_start)
    dials = np.array([scenario.parameters[name] for name in DIALS])
    listens = codes.may_sign[0].astype(np.float64)[people]
    logits = np.zeros(people.size)
    add_influence(world, codes, variables, dials, 0, listens, np.zeros(len(NAMES)), logits)
    return logits


def weights_on_signatures(scenario: Scenario) -> dict[str, float]:
    """What others' signatures weigh with those who may sign: dial -> weight, of the motives that
    look at them, where it is not 0.
    """
    listeners = [kind for kind in KINDS if kind in scenario.code.may_sign]
    dials = [
        f"{kind}_{name}"
        for name in ON_SIGNATURES
        for kind in listeners
        if kind in MOTIVES[name].weights
    ]
    return {dial: scenario.parameters[dial] for dial in dials if scenario.parameters[dial] != 0}


def known_signers(setting: Setting) -> NDArray[np.intp]:
    """The indices of all states and named organisations that may sign."""
    population = setting.population
    may_sign = setting.codes.may_sign[0].astype(bool)[population.kind]
    return np.flatnonzero(may_sign & population.has_name)


def weightiest(scenario: Scenario, setting: Setting, most: int) -> list[int]:
    """The *most* of `known_signers` with the largest `influence`, states first; ties go by material
    power or size.

    A quarter of the places is for organisations, which would otherwise hardly appear beside states.
    """
    logits, weight = np.round(influence(scenario, setting), 9), setting.population.trait("weight")
    by_weight = sorted(known_signers(setting).tolist(), key=lambda i: (-logits[i], -weight[i]))
    states = [i for i in by_weight if setting.population.kind[i] == STATE]
    organisations = [i for i in by_weight if setting.population.kind[i] != STATE]
    places = min(len(organisations), max(most // NAMED_SHARE, most - len(states)))
    return states[: most - places] + organisations[:places]
