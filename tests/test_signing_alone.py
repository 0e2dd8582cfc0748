"""A run without practices and harm, which takes a third less: who signs is the same to the bit."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

import sim
from sim.engine import rounds as engine
from sim.engine.arrays import empty_variables
from sim.engine.build import engine_arrays
from sim.engine.outputs import CODE, empty_signatures
from sim.engine.rule import Rule, with_rule
from sim.scenario import load

CONDUCT = [outcome.name for outcome in sim.OUTCOMES.values() if outcome.basis == "assumed" and outcome.column]


@pytest.mark.parametrize("name", [name for name, _, _ in sim.available()])
def test_who_signs_does_not_depend_on_practices_and_harm(name):
    whole, signing = (sim.run(name, replicates=2, seed=7, conduct=conduct) for conduct in (True, False))
    for field in ("per_code", "taken_up_round", "signed_round", "listed_round", "left_round", "status"):
        np.testing.assert_array_equal(getattr(whole.output, field), getattr(signing.output, field), err_msg=field)


def test_ranges_of_conduct_are_the_same():
    whole, signing = (sim.run(replicates=2, seed=7, conduct=conduct) for conduct in (True, False))
    pd.testing.assert_frame_equal(whole.outcomes, signing.outcomes)
    pd.testing.assert_frame_equal(sim.Comparison(whole, whole).outcomes, sim.Comparison(signing, signing).outcomes)


def test_what_was_left_out_is_not_told():
    signing = sim.run(replicates=1, conduct=False)
    for name in CONDUCT:
        with pytest.raises(sim.InputError, match="conduct=False"):
            signing.values(name)
    assert [name for name, _ in signing.by_replicate if name in CONDUCT] == []
    with pytest.raises(sim.InputError, match="conduct=False"):
        signing.frames()


def contrarian(value, rationality):
    return 1 / (1 + math.exp(rationality * value))


@pytest.mark.parametrize("rule", [None, contrarian])
def test_single_replicates_are_those_of_a_whole_run(rule: Rule | None):
    scenario = load("paris-call-2018")
    run = sim.run(scenario, replicates=4, seed=7, choose=rule)
    population, arrays, codes, schedule, events = engine_arrays(scenario)
    chosen = np.array([1, 3])
    out = empty_signatures(len(chosen), len(schedule), len(population.ids))
    state = empty_variables(arrays, codes)
    with_rule(engine.play_signatures, rule)(
        arrays, codes, state, schedule, events, 7, chosen, scenario.first_round, out
    )
    for field in ("status", "signed_round", "left_round"):
        np.testing.assert_array_equal(getattr(out, field), getattr(run.output, field)[chosen, 0], err_msg=field)
    np.testing.assert_array_equal(out.states_signed, run.output.per_code[chosen, :, 0, CODE.signed_state])


def test_a_selection_of_stages_says_which_they_are():
    assert all(part in str(engine.only("events", "learn")) for part in ("events=True", "respond=False", "learn=True"))
    assert engine.only(*engine.STAGES) == engine.ALL_STAGES
    with pytest.raises(TypeError, match="deliberation"):
        engine.only("deliberation")
