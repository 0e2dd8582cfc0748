"""Worlds that run freely under given weights: nobody's signature is read off the register."""

from __future__ import annotations

from collections.abc import Mapping

from sim import engine
from sim.evidence.motive_values import Floats
from sim.experiments.replicates import Setting, replicate, setting
from sim.output import Output
from sim.population import STATE, STRICT, Measures
from sim.record import OUTCOMES, series
from sim.scenario import Scenario


def free_running(
    scenario: Scenario,
    weights: Mapping[str, float],
    replicates: int,
    seed: int,
    measures: Measures = STRICT,
) -> tuple[Setting, Output]:
    """*scenario* simulated under *weights* (dial -> value), signing alone, on the thread that calls."""
    given = setting(scenario.with_changes(set=weights), measures)
    return given, replicate(given, replicates, seed, workers=1, stages=engine.SIGNING_STAGES)


def shares_of_states(given: Setting, output: Output, by_round: int) -> Floats:
    """[193] share of worlds in which each state has signed by the end of *by_round*."""
    states = given.population.kind == STATE
    signed, left = output.signed_round[:, 0, states], output.left_round[:, 0, states]
    return ((signed <= by_round) & (left > by_round)).mean(axis=0)


def listed(given: Setting, output: Output) -> Floats:
    """[replicate, round, kind] how many are on the public list as each round ends."""
    return series(OUTCOMES["listed"], output, given.group_sizes)
