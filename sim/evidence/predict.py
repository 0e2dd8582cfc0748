"""Predictions of who signs: worlds that run freely under given weights, and states left out of the fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine import rounds as engine
from sim.engine.outputs import Output
from sim.evidence.calibrate import fit_all
from sim.evidence.marginal_likelihood import chosen_ridge
from sim.evidence.motive_values import Floats
from sim.evidence.register import Register
from sim.evidence.states.data import state_evidence
from sim.experiments.outcomes import OUTCOMES, series
from sim.experiments.simulate import AllOutputs, Setting, SignaturesAlone, simulate
from sim.parameters.lenses import Lens
from sim.population import STATE, STRICT, Measures
from sim.scenario import Scenario

Bools = NDArray[np.bool_]

CONTINENTS = {
    "Africa": ("Eastern Africa", "Middle Africa", "Northern Africa", "Southern Africa", "Western Africa"),
    "Americas": ("Caribbean", "Central America", "Northern America", "South America"),
    "Asia": ("Central Asia", "Eastern Asia", "South-eastern Asia", "Southern Asia", "Western Asia"),
    "Europe": ("Eastern Europe", "Northern Europe", "Southern Europe", "Western Europe"),
    "Oceania": ("Australia and New Zealand", "Melanesia", "Micronesia", "Polynesia"),
}  # United Nations Statistics Division, M49
TENTHS = 10


def regions_left_out(regions: NDArray[np.str_]) -> dict[str, Bools]:
    """Sub-region -> [S] the states in it."""
    return {region: regions == region for region in sorted(set(regions.tolist()))}


def continents_left_out(regions: NDArray[np.str_]) -> dict[str, Bools]:
    """Continent -> [S] the states in it."""
    return {continent: np.isin(regions, parts) for continent, parts in CONTINENTS.items()}


def parts_left_out(states: int, seed: int, parts: int = TENTHS) -> dict[str, Bools]:
    """"part 1" and so on -> [S] the states in it, drawn at random."""
    drawn = np.random.default_rng(seed).permutation(states) % parts
    return {f"part {number + 1}": drawn == number for number in range(parts)}


def splits(regions: NDArray[np.str_], seed: int) -> Mapping[str, dict[str, Bools]]:
    """The ways of leaving out, by name: the folds of each, by name."""
    return {
        "leave_one_region_out": regions_left_out(regions),
        "leave_one_continent_out": continents_left_out(regions),
        "ten_fold": parts_left_out(len(regions), seed),
    }


def free_running(
    scenario: Scenario,
    weights: Mapping[str, float],
    replicates: int,
    seed: int,
    measures: Measures = STRICT,
) -> tuple[Setting, Output]:
    """*scenario* simulated under *weights* (dial -> value), signing alone, on the thread that calls."""
    given = Setting.from_scenario(scenario.with_changes(set=weights), measures)
    return given, simulate(given, replicates, seed, AllOutputs(engine.SIGNING_STAGES), workers=1)


def shares_of_states(given: Setting, output: Output, by_round: int) -> Floats:
    """[193] share of worlds in which each state has signed by the end of *by_round*."""
    states = given.population.kind == STATE
    signed, left = output.signed_round[:, 0, states], output.left_round[:, 0, states]
    return ((signed <= by_round) & (left > by_round)).mean(axis=0)


def listed(given: Setting, output: Output) -> Floats:
    """[replicate, round, kind] how many are on the public list as each round ends."""
    return series(OUTCOMES["listed"], output, given.group_sizes)


WORLDS = 400


@dataclass(frozen=True)
class Question:
    """What is asked of whom: who of all states has signed by the register's last signature?"""

    scenario: Scenario
    known: Register
    lens: Lens
    measures: Measures
    seed: int


def shares_of_the_unseen(asked: Question, left_out: NDArray[np.bool_], ridge: float | None = None) -> dict[str, Any]:
    """`share`: of worlds in which each of those *left_out* [193] has signed, in their order; and the `ridge`, chosen
    among the others where it is not given.
    """
    kept = ~left_out
    start = None
    if ridge is None:
        ridge, start = chosen_ridge(state_evidence(asked.scenario, asked.known, kept, asked.measures), asked.lens)
    weights = fit_all(asked.scenario, asked.known, asked.lens, asked.measures, kept, ridge, start).values
    given = Setting.from_scenario(asked.scenario.with_changes(set=weights), asked.measures)
    worlds = simulate(given.until(asked.known.last_signature), WORLDS, asked.seed, SignaturesAlone(), workers=1)
    share = worlds.signed[:, given.population.kind == STATE].mean(axis=0)
    return {"share": share[left_out].tolist(), "ridge": ridge}
