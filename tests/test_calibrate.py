"""Calibration: expected signatures, slopes of the objectives, and maxima that every search
finds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
from numpy._core import _multiarray_umath

import sim
from sim import InputError, facts
from sim.evidence import calibrate as calibration
from sim.evidence import marginal_likelihood
from sim.evidence.calibrate import Weights, calibrate, draws_of_weights, fit_all
from sim.evidence.marginal_likelihood import chosen_ridge, log_marginal_likelihood
from sim.evidence.maximise import FreeWeight, Maximum, maximise
from sim.evidence.organisations import (
    OrganisationEvidence,
    expected_on_list,
    fit_organisations,
    free_weights_of_organisations,
    organisation_evidence,
    organisations_objective,
)
from sim.evidence.register import Register
from sim.evidence.standard_errors import Sensitivity
from sim.evidence.states import (
    OF_STATES,
    RIDGE,
    StateEvidence,
    expected_signatures,
    fit_states,
    free_weights_of_states,
    states_objective,
)
from sim.lenses import lens_named
from sim.parameters import DIALS, Fitted
from sim.scenario import Scenario
from sim.scenario.weights import shipped_weights

FULL = lens_named("full", "lens")


@pytest.fixture(scope="module")
def best(states: StateEvidence) -> Maximum:
    return fit_states(states, FULL).best


Objective = Callable[[Mapping[str, float]], tuple[float, Mapping[str, float]]]


@pytest.fixture(scope="module", params=["state", "firm", "ngo"])
def objectives(
    request: pytest.FixtureRequest,
    paris_call: Scenario,
    full_register: Register,
    states: StateEvidence,
) -> tuple[Callable[[int], Objective], list[FreeWeight]]:
    """The objective of a kind in each draw of the bootstrap, and its free weights."""
    kind = request.param
    if kind == "state":
        return (
            lambda draw: partial(states_objective, states.resampled(1, draw)),
            free_weights_of_states(FULL, states),
        )
    evidence = organisation_evidence(kind, paris_call, full_register, 0.5)
    return (
        lambda draw: partial(organisations_objective, evidence.resampled(1, draw)),
        free_weights_of_organisations(FULL, evidence),
    )


# What is expected under given weights.


@pytest.mark.refit
@pytest.mark.long
def test_without_attention_nobody_signs(states: StateEvidence, best: Maximum) -> None:
    silent = best.weights | {
        f"state_attention_{pulse}": 0.0 for pulse in ("base", "campaign", "launch", "anniversary")
    }
    assert not expected_signatures(states, silent).any()


@pytest.mark.long
def test_the_union_signs_as_one_and_by_the_launch(states: StateEvidence, best: Maximum) -> None:
    path = expected_signatures(states, best.weights)[states.members[states.bloc] > 0]
    assert len(path) == 28
    assert np.allclose(path, path[0])
    assert path[0, states.rounds == 0] > 0.99


def test_expected_totals_of_states_are_near_the_register(states, best, full_register) -> None:
    milestones = full_register.milestones
    expected = expected_signatures(states, best.weights)[
        :, milestones.rounds - states.rounds[0]
    ].sum(axis=0)
    assert expected == pytest.approx(milestones.counts["state"], abs=4)


def test_expected_totals_of_organisations_are_near_the_register(organisations, weights):
    path = expected_on_list(organisations, weights)
    expected = path[organisations.total_rounds - organisations.rounds[0]].sum(axis=1)
    assert expected == pytest.approx(organisations.totals, rel=0.14)


def test_nothing_is_public_before_the_launch(
    organisations: OrganisationEvidence, weights: dict[str, float]
) -> None:
    path = expected_on_list(organisations, weights)
    assert not path[organisations.rounds < 0].any()
    assert path[organisations.rounds == 0].any()


# The objectives and the search.


@pytest.mark.parametrize("draw", [1, pytest.param(2, marks=pytest.mark.long)])
def test_slopes_agree_with_differences(objectives, draw: int) -> None:
    objective, free = objectives[0](draw), objectives[1]
    uniform = np.random.default_rng(draw).random(len(free))
    at = {name: 0.0 for name, dial in DIALS.items() if isinstance(dial, Fitted)}
    at |= {
        w.dial: max(w.low, w.start + w.scale * (2 * u - 1))
        for w, u in zip(free, uniform, strict=True)
    }
    _, slopes = objective(at)
    for weight in free:
        step = 1e-4 * weight.scale
        above, below = (
            objective(at | {weight.dial: at[weight.dial] + sign * step})[0] for sign in (1, -1)
        )
        slope = (above - below) / (2 * step)
        assert slopes[weight.dial] * weight.scale == pytest.approx(
            slope * weight.scale, rel=1e-4, abs=1e-4
        )


@pytest.mark.parametrize("factor", [0.7, 1.3])
def test_no_better_weight_of_states_lies_near(
    states: StateEvidence, best: Maximum, factor: float
) -> None:
    for dial in ("state_affinity", "state_attention_club", "state_restraint", "state_burden"):
        near = best.weights | {dial: factor * best.weights[dial]}
        assert states_objective(states, near)[0] < best.value


@pytest.mark.parametrize("factor", [0.7, 1.3])
def test_no_better_weight_of_organisations_lies_near(organisations, weights, factor):
    value, _ = organisations_objective(organisations, weights)
    for motive in ("affinity", "burden"):
        dial = f"{organisations.kind}_{motive}"
        near = weights | {dial: factor * weights[dial]}
        assert organisations_objective(organisations, near)[0] < value


@pytest.mark.long
def test_two_searches_from_different_starts_end_at_the_same_weights(
    states: StateEvidence, best: Maximum
) -> None:
    draws = np.random.default_rng(3).random(len(free_weights_of_states(FULL, states)))
    start = best.weights | {
        w.dial: best.weights[w.dial] + w.scale * (u - 0.5) / 2
        for w, u in zip(free_weights_of_states(FULL, states), draws, strict=True)
    }
    again = fit_states(states, FULL, start=start).best
    assert again.weights == pytest.approx(best.weights, rel=2e-6)
    assert again.at_bound == best.at_bound


@pytest.mark.refit
@pytest.mark.long
def test_two_searches_of_organisations_end_at_the_same_weights(organisations, weights):
    one = fit_organisations(organisations, FULL)
    other = fit_organisations(organisations, FULL, start=weights)
    assert other.weights == pytest.approx(one.weights, rel=2e-6)


@pytest.mark.long
def test_a_weight_that_nothing_informs_stays_at_zero(states: StateEvidence) -> None:
    is_affinity = np.array(OF_STATES) == "affinity"
    alike = replace(
        states,
        by_size=np.where(is_affinity, 0, states.by_size),
        by_wealth=np.where(is_affinity, 0, states.by_wealth),
    )
    best = fit_states(alike, lens_named("constructivist", "lens")).best
    assert best.weights["state_affinity"] == 0  # the same for all
    assert best.weights["state_restraint"] == 0  # no motive of this lens
    assert not {"state_affinity", "state_restraint"} & set(best.at_bound)


# The search, on functions whose maximum is known.


def test_the_search_finds_a_known_maximum_and_names_the_bound() -> None:
    free = [FreeWeight("near", 0.0, -10, 10, 1.0), FreeWeight("held", 1.0, 0, 10, 1.0)]

    def objective(at: Mapping[str, float]) -> tuple[float, dict[str, float]]:
        value = -((at["near"] - 2) ** 2) / (2 * 0.5**2) - at["held"]
        return value, {"near": -(at["near"] - 2) / 0.5**2, "held": -1.0}

    best = maximise(objective, free, {"other": 3.0})
    assert best.weights == pytest.approx({"other": 3, "near": 2, "held": 0}, abs=1e-6)
    assert best.at_bound == ("held",)


def test_a_search_that_begins_beside_a_bound_is_not_caught_there() -> None:
    def leaning(at: Mapping[str, float]) -> tuple[float, dict[str, float]]:
        x, y = at["x"], at["y"]
        return -(x**2 + 1.8 * x * y + y**2) / 2 - x - y / 2, {
            "x": -x - 0.9 * y - 1,
            "y": -y - 0.9 * x - 0.5,
        }

    free = [FreeWeight("x", 1, 0, 10, scale=1.0), FreeWeight("y", 1, -10, 10, scale=1.0)]
    maximum = maximise(leaning, free, {}, start={"x": 5e-9, "y": 0.0}, near=True)
    assert maximum.weights == {"x": 0.0, "y": -0.5}
    assert maximum.at_bound == ("x",)


def test_the_search_crosses_a_saddle() -> None:
    """From a point where the curvature has the wrong sign it still goes uphill."""
    free = [FreeWeight("x", 0.1, -10, 10, 1.0)]

    def objective(at: Mapping[str, float]) -> tuple[float, dict[str, float]]:
        x = at["x"]
        return x**2 - x**4 / 4, {"x": 2 * x - x**3}

    assert maximise(objective, free, {}, start={"x": 0.1}).weights["x"] == pytest.approx(
        np.sqrt(2), rel=1e-5
    )


def along_a_ridge(at: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """Rosenbrock's function turned over: a bent ridge with its top at (1, 1), and its slopes."""
    x, y = at["x"], at["y"]
    off = y - x**2
    return -100 * off**2 - (1 - x) ** 2, {"x": 400 * x * off + 2 * (1 - x), "y": -200 * off}


def on_a_height(at: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """A flat maximum at pi. Its value is so large that rounding, here a wave, hides the gains near
    it.
    """
    off = at["x"] - np.pi
    rounding = 1e-9 * float(np.sin(1e9 * off))
    return -1e5 - 1e-3 * float(np.cosh(off)) + rounding, {"x": -1e-3 * float(np.sinh(off))}


def test_a_search_goes_on_to_the_end_of_a_long_ridge() -> None:
    free = [
        FreeWeight("x", -30.0, -100, 100, scale=1.0),
        FreeWeight("y", 900.0, -1e4, 1e4, scale=1.0),
    ]
    assert maximise(along_a_ridge, free, {}).weights == pytest.approx(
        {"x": 1.0, "y": 1.0}, rel=1e-6
    )


def test_a_search_ends_where_the_slope_does_whatever_rounding_makes_of_the_value() -> None:
    for start in (0.0, 3.0, 3.14):
        maximum = maximise(on_a_height, [FreeWeight("x", start, -10, 10, scale=1.0)], {})
        assert maximum.weights["x"] == pytest.approx(np.pi, rel=2e-6)


# The probability of the register under a prior, where it can be integrated.


def test_the_marginal_likelihood_is_the_mean_likelihood_under_the_prior(monkeypatch) -> None:
    """Two weights inside their bounds whose objective is a parabola, and one at 0 on a slope."""
    ridge, spreads = 0.7, {"inclination": 9.0, "record": 2.0, "peers": 1.5}
    at = {"state_inclination": -1.0, "state_record": 4.0, "state_peers": 0.0}

    def objective(_, weights: Mapping[str, float], ridge: float):
        i, record, peers = (
            weights["state_inclination"] + 1,
            weights["state_record"] - 4,
            weights["state_peers"],
        )
        firm = ridge * spreads["peers"] ** 2
        value = -3 - i**2 - 0.8 * i * record - 1.5 * record**2 - 1.3 * peers - firm * peers**2 / 2
        return value, {
            "state_inclination": -2 * i - 0.8 * record,
            "state_record": -0.8 * i - 3 * record,
            "state_peers": -1.3 - firm * peers,
        }

    free = [
        FreeWeight("state_inclination", 0, -20, 20, 1.0),
        FreeWeight("state_record", 1, 0, 20, 0.5),
        FreeWeight("state_peers", 1, 0, 20, 0.25),
    ]
    monkeypatch.setattr(marginal_likelihood, "states_objective", objective)
    monkeypatch.setattr(marginal_likelihood, "free_weights_of_states", lambda *_: free)
    monkeypatch.setattr(marginal_likelihood, "Derived", lambda *_: None)
    monkeypatch.setattr(marginal_likelihood, "spreads_of_motives", lambda *_: spreads)

    steps = [np.linspace(-9, 7, 400), np.linspace(0, 12, 400), np.linspace(0, 9, 2000)]
    i, record = np.meshgrid(*steps[:2], indexing="ij")
    inside = objective(None, {**at, "state_inclination": i, "state_record": record}, ridge)[0]
    at_zero = objective(None, {**at, "state_peers": steps[2]}, ridge)[0] + 3
    mean = np.trapezoid(np.trapezoid(np.exp(inside), steps[1]), steps[0])
    mean *= np.trapezoid(np.exp(at_zero), steps[2])
    for motive in ("record", "peers"):  # half a normal distribution has the density 2 at 0
        mean *= 2 * np.sqrt(ridge * spreads[motive] ** 2 / (2 * np.pi))
    found = log_marginal_likelihood(None, FULL, ridge, at)
    assert found == pytest.approx(np.log(mean), abs=1e-4)


# The whole fit.


def test_a_fit_tells_of_every_kind_how_likely_it_is_and_what_a_bound_holds_back(
    paris_call, full_register, weights, monkeypatch
) -> None:
    likelihood, penalty = (
        {"state": a, "firm": b, "ngo": c} for a, b, c in ((-1, -2, -3), (4, 5, 6))
    )

    def fit(kind: str, of_kind: Mapping[str, float]) -> SimpleNamespace:
        best = Maximum(dict(of_kind), 0.0, (f"{kind}_peers",))
        return SimpleNamespace(
            best=best, weights=best.weights, log_likelihood=likelihood[kind], penalty=penalty[kind]
        )

    monkeypatch.setattr(calibration, "state_evidence", lambda *_: None)
    monkeypatch.setattr(calibration, "organisation_evidence", lambda kind, *_: kind)
    monkeypatch.setattr(calibration, "fit_states", lambda *_: fit("state", weights))
    monkeypatch.setattr(
        calibration, "fit_organisations", lambda kind, _: fit(kind, {f"{kind}_peers": 0.25})
    )
    found = fit_all(paris_call, full_register, FULL)
    assert found.at_bound == ("state_peers", "firm_peers", "ngo_peers")
    assert (found.log_likelihood, found.penalty) == (likelihood, penalty)
    assert found.values == {**weights, "firm_peers": 0.25, "ngo_peers": 0.25}


def test_each_draw_resamples_every_kind_by_its_number(
    paris_call, full_register, weights, monkeypatch
) -> None:
    searches = []

    def evidence(kind: str) -> SimpleNamespace:
        return SimpleNamespace(resampled=lambda seed, draw: (kind, seed, draw))

    def of_states(resample, lens, ridge, start):
        searches.append((*resample, ridge, start is best))
        return SimpleNamespace(weights={"state_peers": resample[-1]})

    def of_organisations(resample, lens, start):
        searches.append((*resample, start is best))
        return SimpleNamespace(weights={f"{resample[0]}_peers": resample[-1]})

    best = dict(weights)
    monkeypatch.setattr(calibration, "state_evidence", lambda *_: evidence("state"))
    monkeypatch.setattr(calibration, "organisation_evidence", lambda kind, *_: evidence(kind))
    monkeypatch.setattr(calibration, "fit_states", of_states)
    monkeypatch.setattr(calibration, "fit_organisations", of_organisations)
    work = draws_of_weights(paris_call, full_register, FULL, best, 3, seed=9, ridge=0.5)
    assert [each() for each in work.values()] == [
        dict.fromkeys(("state_peers", "firm_peers", "ngo_peers"), draw) for draw in range(3)
    ]
    for draw in range(3):
        assert searches[3 * draw : 3 * draw + 3] == [
            ("state", 9, draw, 0.5, True),
            ("firm", 9, draw, True),
            ("ngo", 9, draw, True),
        ]


def test_a_fit_has_errors_of_what_draws_move_and_no_bound_holds(
    paris_call, weights, monkeypatch
) -> None:
    """Draws move state_peers and state_home together, and firm_peers, which a bound holds."""
    moves = {"state_peers": 1.0, "state_home": 2.0, "firm_peers": 1.0}
    motives = {False: -7.0, True: -5.0}  # without contagion, and with it

    def fit(scenario, observed, lens) -> Weights:
        likelihood = dict.fromkeys(("state", "firm", "ngo"), motives["peers" in lens.motives])
        return Weights(dict(weights), likelihood, {"state": 1.0}, ("firm_peers",))

    def draws(scenario, observed, lens, best, number, seed):
        return {
            f"draw-{draw:03d}": partial(
                dict, best, **{dial: best[dial] + draw * by for dial, by in moves.items()}
            )
            for draw in range(number)
        }

    at_once = SimpleNamespace(
        all_of=lambda work, *_, **__: {name: each() for name, each in work.items()},
        forget=lambda: None,
    )
    monkeypatch.setattr(calibration, "Checkpoints", lambda *_: at_once)
    monkeypatch.setattr(calibration, "fit_all", fit)
    monkeypatch.setattr(calibration, "draws_of_weights", draws)
    monkeypatch.setattr(calibration, "sensitivity", lambda *_: Sensitivity(dict(weights), {}, ()))
    monkeypatch.setattr(calibration, "scored_rows", list)
    monkeypatch.setattr(
        calibration, "common_weights", lambda *_: {"state_record": 3.0, "state_direction": 1.0}
    )
    monkeypatch.setattr(
        calibration,
        "redrawn_weights",
        lambda rows, lens, seed, draw: {"state_record": 3.0 + draw, "state_direction": 1.0},
    )
    found = calibrate(paris_call, draws=5, seed=3, workers=1)
    assert set(found.log_likelihood.values()) == {motives[True]}
    assert set(found.without_contagion.values()) == {motives[False]}
    assert found.at_bound == ("firm_peers",)
    assert set(found.standard_errors) == {"state_peers", "state_home"}
    assert set(found.intervals) == set(moves)
    low, high = found.intervals["state_home"]
    assert (low, high) == pytest.approx((weights["state_home"] + 0.4, weights["state_home"] + 7.6))
    assert [set(pair[:2]) for pair in found.hard_to_tell_apart] == [{"state_peers", "state_home"}]
    assert found.draws["state_peers"][4] == weights["state_peers"] + 4
    assert found.common.values == {"state_record": 3, "state_direction": 1}
    assert found.common.standard_errors == {"state_record": pytest.approx(2**0.5)}
    assert found.common.intervals == {"state_record": pytest.approx((3.2, 6.8))}


def test_shipped_weights_were_fitted_to_the_data_that_are_shipped() -> None:
    assert f'data_sha256 = "{facts.data_sha256()}"' in shipped_weights("full").read_text("utf-8")


def test_a_lens_that_does_not_exist_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(
        InputError, match=r"no lens 'ful', expected one of full, .*; did you mean 'full'"
    ):
        calibrate(lens="ful")


def test_a_scenario_that_the_register_is_not_about_is_refused(paris_call: Scenario) -> None:
    later = paris_call.with_table({"code": {"launch": date(2019, 11, 12)}})
    for scenario, words in (
        (later, "opened on 2019-11-12 to"),
        ("states-only", "opened on 2018-11-12 to state, exp"),
    ):
        with pytest.raises(InputError, match=words):
            calibrate(scenario)


@pytest.mark.refit
@pytest.mark.long
def test_calibration_finds_the_shipped_weights_again(paris_call, full_register, weights):
    values = fit_all(paris_call, full_register, FULL).values
    assert list(values) == [name for name, dial in DIALS.items() if isinstance(dial, Fitted)]
    assert values == pytest.approx(weights, rel=2e-6, abs=1e-9)


@pytest.mark.refit
@pytest.mark.long
def test_the_penalty_is_the_one_under_which_the_register_is_most_probable(
    states: StateEvidence,
) -> None:
    assert chosen_ridge(states, FULL)[0] == RIDGE


FITS = """
import json
from datetime import date
from sim.evidence import later_dates
from sim.evidence.calibrate import draws_of_weights, fit_all
from sim.evidence.register import register
from sim.lenses import LENSES
from sim.population import STRICT
from sim.scenario import load
from threadpoolctl import threadpool_limits
world, full = load("paris-call-2018").without_hindsight(), LENSES["full"]
later_dates.GRADIENTS = (6.5,)
with threadpool_limits(1, "blas"):
    everything = fit_all(world, register(world), full).values
    drawn = draws_of_weights(world, register(world), full, everything, 1, seed=1)
    split = later_dates.time_split(world, date(2019, 9, 16), full, STRICT, seed=1)
    day = later_dates.fit_of_day(split)
print(json.dumps([everything, *(work() for work in drawn.values()), day["weights"]]))
"""


def fits_under(**environment: str) -> list[dict[str, float]]:
    """All weights, one draw of them, and those of a day, fitted by a process in that
    *environment*.
    """
    output = subprocess.run(
        [sys.executable, "-c", FITS],
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    fits: list[dict[str, float]] = json.loads(output)
    return fits


@pytest.mark.refit
@pytest.mark.long
def test_other_processors_find_the_same_weights_to_six_digits() -> None:
    features = [
        name
        for name in _multiarray_umath.__cpu_dispatch__
        if _multiarray_umath.__cpu_features__[name]
    ]
    other = fits_under(NPY_DISABLE_CPU_FEATURES=",".join(features), OPENBLAS_CORETYPE="Nehalem")
    for ours, theirs in zip(fits_under(), other, strict=True):
        assert theirs == pytest.approx(ours, rel=2e-6)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_the_default_scenario_is_close_to_the_register(seed: int) -> None:
    run = sim.run("paris-call-2018", replicates=200, seed=seed)
    for kind, at_dates in run.table().groupby("kind"):
        register = at_dates["registered"].astype(float)
        width = at_dates["high"] - at_dates["low"]
        early = at_dates["date"].map(lambda day: day < date(2019, 11, 1))
        widest = 26 if kind == "state" else register * early.map({True: 2 / 3, False: 1 / 2})
        assert at_dates["low"].le(register).mul(at_dates["high"].ge(register)).sum() >= (
            11 if kind == "state" else 10
        )
        assert (at_dates["median"] - register).abs().le(0.1 * register).sum() >= 9
        assert width.le(widest).all()
    for iso3 in ("CHN", "RUS", "IRN", "PRK"):
        assert run.signed[iso3] <= 0.10
    for iso3 in ("FRA", "DEU", "GBR", "JPN", "CAN"):
        assert run.signed[iso3] >= 0.85
    usa = run.setting.population.ids.index("USA")
    assert 0.1 <= (run.output.signed_round[:, 0, usa] <= 2).mean() <= 0.5
