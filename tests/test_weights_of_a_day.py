"""Weights fitted to what was known by a day, and drawn anew with the gradient of states' attention."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.evidence import later_dates as day
from sim.evidence.later_dates import TimeSplit, time_split
from sim.evidence.recovery import simulated_registers, without_shocks
from sim.evidence.register import Register
from sim.parameters import DIALS, Fitted
from sim.parameters.lenses import LENSES
from sim.population import STRICT
from sim.scenario import Scenario

FLAT, STEEP = 0.5, 15.5


@pytest.fixture(scope="module")
def asked(paris_call: Scenario) -> TimeSplit:
    return time_split(paris_call, date(2019, 9, 16), LENSES["full"], STRICT, seed=1)


@pytest.fixture(scope="module")
def fit(asked: TimeSplit) -> dict[str, Any]:
    """What was known by the day, under two gradients only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(day, "GRADIENTS", (FLAT, STEEP))
        return day.fit_of_day(asked)


def test_the_whole_range_of_the_gradient_is_considered_in_even_steps() -> None:
    low, high = DIALS[day.GRADIENT].between
    assert np.diff(day.GRADIENTS) == pytest.approx(1.0)
    assert (day.GRADIENTS[0] - low, high - day.GRADIENTS[-1]) == (0.5, 0.5)


def test_a_gradient_counts_as_far_as_it_makes_what_was_known_probable() -> None:
    logs = {1.5: -50.0, 2.5: -50.0 + np.log(3), 9.5: -900.0}
    found = day.probabilities([{"gradient": each, "log_marginal_likelihood": log} for each, log in logs.items()])
    assert found == pytest.approx({1.5: 0.25, 2.5: 0.75, 9.5: 0.0})


def test_gradients_are_drawn_as_often_as_they_are_probable() -> None:
    drawn = day.gradients_of_draws({1.5: 0.25, 2.5: 0.75, 9.5: 0.0}, 100, seed=1)
    assert (drawn.count(1.5), drawn.count(2.5), drawn.count(9.5)) == (25, 75, 0)


def test_the_seed_says_which_draw_has_which_gradient() -> None:
    probable = {1.5: 0.5, 2.5: 0.5}
    first, again, other = (day.gradients_of_draws(probable, 50, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_gradients_do_not_go_with_how_loud_the_anniversary_is() -> None:
    """Draws stand in the order of the loudness."""
    probable = dict.fromkeys(day.GRADIENTS, 0.05)
    found = [np.corrcoef(day.gradients_of_draws(probable, 100, seed), np.arange(100))[0, 1] for seed in range(50)]
    assert abs(np.mean(found)) < 3 * 0.1 / 50**0.5


@pytest.mark.long
@pytest.mark.parametrize(("truth", "other"), [(FLAT, STEEP), (STEEP, FLAT)])
def test_a_register_speaks_for_the_gradient_of_the_world_that_made_it(
    asked: TimeSplit, known: Register, weights: dict[str, float], truth: float, other: float
) -> None:
    world = without_shocks(day.at_gradient(asked, truth).scenario)
    made = simulated_registers(world, {**weights, "state_attention_club": 0.0}, known, 1, seed=3)[0]
    asked = replace(asked, before=made)
    found = [day.fit_at_gradient(asked, gradient) for gradient in (truth, other)]
    assert day.probabilities(found)[truth] > 0.9


@pytest.mark.long
def test_weights_are_fitted_under_the_gradient_that_was_most_probable(asked: TimeSplit, fit: dict[str, Any]) -> None:
    chosen = {each["gradient"]: each for each in fit["of_gradients"]}[fit["gradient"]]
    assert chosen["log_marginal_likelihood"] == max(each["log_marginal_likelihood"] for each in fit["of_gradients"])
    assert chosen["ridge"] == fit["ridge"]
    assert fit["weights"].keys() == {name for name, dial in DIALS.items() if isinstance(dial, Fitted)}
    assert {dial: fit["weights"][dial] for dial in chosen["weights"]} == pytest.approx(chosen["weights"], rel=1e-3)


@pytest.mark.long
def test_each_draw_answers_under_its_own_gradient(
    asked: TimeSplit, fit: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day, "DRAWS", 2)
    evenly = [{**each, "log_marginal_likelihood": 0.0} for each in fit["of_gradients"]]
    drawn = day.bootstrap_draws(asked, {**fit, "of_gradients": evenly})
    gradients = [then.scenario.parameters[day.GRADIENT] for then, _ in drawn]
    assert sorted(gradients) == [FLAT, STEEP]
    found = [work() for _, work in drawn]
    assert all(each.keys() == fit["weights"].keys() for each in found)
    assert found[0] != found[1]
    assert drawn[0][0].before is asked.before


@pytest.mark.long
def test_the_day_does_not_know_the_gradient_that_is_assumed(asked: TimeSplit, fit: dict[str, Any]) -> None:
    other = day.at_gradient(asked, 3.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(day, "GRADIENTS", (FLAT, STEEP))
        assert day.fit_of_day(other) == fit
