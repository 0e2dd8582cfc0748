"""Predictions: shares of simulated worlds in which states sign, under given weights or a fit
without these states.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.outputs import Output
from sim.engine.rounds import SIGNING_STAGES
from sim.evidence.calibrate import fit_all
from sim.evidence.marginal_likelihood import chosen_ridge
from sim.evidence.motive_values import Floats
from sim.evidence.register import Register
from sim.evidence.states import state_evidence
from sim.experiments.outcomes import OUTCOMES, series
from sim.experiments.simulate import AllOutputs, Setting, SignaturesAlone, simulate
from sim.lenses import Lens
from sim.population import STATE, STRICT, Measures
from sim.scenario import Scenario

Bools = NDArray[np.bool_]

CONTINENTS = {
    "Africa": (
        "Eastern Africa",
        "Middle Africa",
        "Northern Africa",
        "Southern Africa",
        "Western Africa",
    ),
    "Americas": ("Caribbean", "Central America", "Northern America", "South America"),
    "Asia": ("Central Asia", "Eastern Asia", "South-eastern Asia", "Southern Asia", "Western Asia"),
    "Europe": ("Eastern Europe", "Northern Europe", "Southern Europe", "Western Europe"),
    "Oceania": ("Australia and New Zealand", "Melanesia", "Micronesia", "Polynesia"),
}  # United Nations Statistics Division, M49
TENTHS = 10


def parts_left_out(states: int, seed: int, parts: int = TENTHS) -> dict[str, Bools]:
    """ "part 1" and so on -> [S] the states in it, drawn at random."""
    numbers = np.random.default_rng(seed).permutation(states) % parts
    return {f"part {number + 1}": numbers == number for number in range(parts)}


def splits(regions: NDArray[np.str_], seed: int) -> Mapping[str, dict[str, Bools]]:
    """Way of leaving out -> fold -> [S] the states in it, by their UN sub-region *regions* [S] or
    drawn at random.
    """
    return {
        "leave_one_region_out": {
            region: regions == region for region in sorted(set(regions.tolist()))
        },
        "leave_one_continent_out": {
            name: np.isin(regions, parts) for name, parts in CONTINENTS.items()
        },
        "ten_fold": parts_left_out(len(regions), seed),
    }


def free_running(
    scenario: Scenario,
    weights: Mapping[str, float],
    replicates: int,
    seed: int,
    measures: Measures = STRICT,
) -> tuple[Setting, Output]:
    """*scenario* simulated under *weights* (dial -> value), the signing stages alone, on one
    thread.
    """
    arrays = Setting.from_scenario(scenario.with_changes(set=weights), measures)
    return arrays, simulate(arrays, replicates, seed, AllOutputs(SIGNING_STAGES), workers=1)


def shares_of_states(setting: Setting, output: Output, by_round: int) -> Floats:
    """[193] share of worlds in which each state has signed by the end of *by_round*."""
    states = np.flatnonzero(setting.population.kind == STATE)
    signing, leaving = output.signed_round[:, 0, states], output.left_round[:, 0, states]
    return ((signing <= by_round) & (leaving > by_round)).mean(axis=0)


def listed_totals(setting: Setting, output: Output) -> Floats:
    """[replicate, round, kind] how many are on the public list as each round ends."""
    return series(OUTCOMES["listed"], output, setting.group_sizes)


WORLDS = 400
CLUB = frozenset({"convenor_club"})  # motives of membership in the convenor's club


@dataclass(frozen=True)
class Question:
    """A question to predict: which states sign by the last signature of *register*. The fit may use
    the register, the theory *lens* and the facts *measures*.
    """

    scenario: Scenario
    register: Register
    lens: Lens
    measures: Measures
    seed: int


def without_club(question: Question) -> Question:
    """The same question where nobody knows who sits in the convenor's club, which was added with
    the register in sight: it neither moves nor reaches its members, and ties nobody.
    """
    club = question.scenario.code.convenor_club
    assert club is not None  # the register is the Paris Call's, whose convenor has one
    lens = replace(question.lens, motives=question.lens.motives - CLUB)
    measures = replace(question.measures, left_out=question.measures.left_out | {club})
    return replace(question, lens=lens, measures=measures)


def shares_of_left_out(
    question: Question, left_out: NDArray[np.bool_], ridge: float | None = None
) -> dict[str, Any]:
    """The weights are fitted to all states but those *left_out* [193], then all are simulated.
    `share`: of worlds in which each of those left out has signed, in their order; `ridge`: the
    penalty, chosen among the others if not given.
    """
    others = ~left_out
    scenario, register, lens, measures = (
        question.scenario,
        question.register,
        question.lens,
        question.measures,
    )
    start = None
    if ridge is None:
        ridge, start = chosen_ridge(state_evidence(scenario, register, others, measures), lens)
    weights = fit_all(scenario, register, lens, measures, others, ridge, start).values
    arrays = Setting.from_scenario(scenario.with_changes(set=weights), measures)
    worlds = simulate(
        arrays.until(register.last_signature), WORLDS, question.seed, SignaturesAlone(), workers=1
    )
    share = worlds.signed[:, arrays.population.kind == STATE].mean(axis=0)
    return {"share": share[left_out].tolist(), "ridge": ridge}
