"""What the engine works out once and not in every month is what it would work out each time, to the
bit.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine import rounds as engine
from sim.engine.arrays import PARTS, empty_variables, forget
from sim.engine.build import engine_arrays
from sim.engine.foresight import foresee_operations
from sim.engine.stages.conduct import draw_target, weigh_targets, weighted_draw
from sim.experiments.simulate import AllOutputs, Replicate, Setting, SignaturesAlone, simulate
from sim.scenario import load

CHANGES = [
    {"round": 3, "trait": "capacity", "who": ["USA", "KEN"], "value": 0.1},
    {"round": 5, "trait": "offence", "who": ["FRA"], "value": 0.9},
    {"round": 4, "dial": "lapse_base", "value": 0.9},
    {"round": 6, "dial": "operation_base", "value": -2.0},
    {"round": 7, "dial": "state_attention_gradient", "value": 1.0},
    {"round": 6, "dial": "state_peers", "value": 3.0},
    {"round": 9, "dial": "state_attention_club", "value": 0.6},
    {"round": 8, "who": ["DEU"], "signs": True, "earnest": False},
    {"round": 9, "who": ["DEU"], "signs": True},
]


@pytest.fixture(scope="module")
def setting() -> Setting:
    return Setting.from_scenario(
        load("paris-call-2018").with_changes(events=CHANGES, set={"exit_cost": 2})
    )


def everything(world: Replicate) -> list[np.ndarray]:
    state = world.state
    arrays = [
        *state.member,
        state.standing,
        state.protection,
        state.practice,
        state.traits,
        state.own_listed,
    ]
    return [array.copy() for array in (*arrays, state.code.power_share, state.code.offence_share)]


@pytest.mark.parametrize("codes", ["one code", "two codes"])
def test_months_are_the_same_whether_or_not_all_is_worked_out_anew_in_each(
    setting: Setting, codes: str
) -> None:
    if codes == "two codes":  # of which the second opens later
        setting = Setting.from_scenario(load("rival-codes"))
    usual, forgetful = Replicate(setting, 1, 0), Replicate(setting, 1, 0)
    for t in usual.rounds[:30]:
        usual.play(t)
        forget(forgetful.state)
        forgetful.play(t)
        assert all(map(np.array_equal, everything(usual), everything(forgetful))), t


def test_a_replicate_is_the_same_whatever_was_played_before_it(setting: Setting) -> None:
    together, alone = simulate(setting, 3, 1, AllOutputs(), workers=1), []
    for number in range(3):
        alone.append(simulate(setting, np.array([number]), 1, AllOutputs(), workers=1))
    for one, others in zip(together, zip(*alone, strict=True), strict=True):
        assert np.array_equal(one, np.concatenate(others))


def test_a_world_with_weights_of_its_own_is_the_same_whatever_was_played_before_it() -> None:
    drawn, numbers = (
        Setting.from_scenario(load("paris-call-2018").with_draws()),
        np.array([0, 1, 2, 101]),
    )
    for observe in (AllOutputs(), SignaturesAlone()):
        together, alone = simulate(drawn, numbers, 1, observe, workers=1), []
        for number in numbers:
            alone.append(simulate(drawn, np.array([number]), 1, observe, workers=1))
        for one, others in zip(together, zip(*alone, strict=True), strict=True):
            assert np.array_equal(one, np.concatenate(others))
        assert not np.array_equal(
            together.signed_round[1], together.signed_round[3]
        )  # one draw, other luck


def test_a_target_is_drawn_from_a_part_of_the_states_as_from_all() -> None:
    _, world, text, schedule, _ = engine_arrays(load("paris-call-2018"))
    state, dials = empty_variables(world, text), schedule[0]
    engine.start(world, state, dials, 1, 0)
    foresee_operations(world, text, state, dials)
    for place in (0, 7, 192, 400):
        weigh_targets(world, state, dials, int(world.with_means[place]), 0, state.weights.size)
        weights = state.weights.copy()
        draw_target(world, state, dials, place, 0.5)
        total = state.foresight.allure[place, PARTS - 1]
        boundaries = np.cumsum(weights) / total
        draws = (*np.linspace(1e-6, 1 - 1e-6, 500), *boundaries[:-1], *(boundaries[:-1] - 1e-12))
        for draw in draws:
            assert draw_target(world, state, dials, place, draw) == weighted_draw(
                weights, total, draw
            )
