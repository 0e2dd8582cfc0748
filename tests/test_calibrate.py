"""What the register says, and what the fitted weights make of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

import sim
from sim import InputError, facts
from sim.evidence import calibrate_organisations, calibrate_states, targets
from sim.evidence.calibrate import Fit, calibrate, write
from sim.evidence.calibrate_organisations import OrganisationEvidence, organisation_evidence
from sim.evidence.calibrate_states import StateEvidence, state_evidence
from sim.evidence.fitting import Free, maximised
from sim.parameters import DIALS, Fitted
from sim.scenario import Scenario
from sim.scenario.weights import read_weights, shipped_weights

LAUNCH = date(2018, 11, 12)


@pytest.fixture(scope="module")
def paris_call() -> Scenario:
    return sim.load("paris-call-2018")


@pytest.fixture(scope="module")
def states(paris_call: Scenario) -> StateEvidence:
    return state_evidence(paris_call)


@pytest.fixture(scope="module")
def weights() -> dict[str, float]:
    return read_weights(shipped_weights("full"))


@pytest.fixture(scope="module", params=["firm", "ngo"])
def organisations(
    request: pytest.FixtureRequest, paris_call: Scenario, states: StateEvidence, weights: dict[str, float]
) -> OrganisationEvidence:
    return organisation_evidence(request.param, paris_call, states.signed, weights["capacity_wealth_share"])


def seat(iso3: str) -> int:
    return list(facts.states().index).index(iso3)


@pytest.mark.parametrize(
    ("iso3", "after", "by"), [("USA", 34, 36), ("AUS", 0, 1), ("DEU", -11, 0), ("CHN", -11, targets.NEVER)]
)
def test_dates_become_intervals_of_rounds(iso3: str, after: int, by: int) -> None:
    dates = targets.state_dates(LAUNCH, first_round=-10)
    assert (dates.after[seat(iso3)], dates.by[seat(iso3)]) == (after, by)


def test_every_interval_holds_a_round() -> None:
    dates = targets.state_dates(LAUNCH, first_round=-10)
    assert (dates.after < dates.by).all()
    assert (dates.by != targets.NEVER).sum() == 81


def test_milestones_are_read_at_the_last_round_that_has_ended() -> None:
    milestones = targets.milestones(LAUNCH)
    assert list(milestones.rounds) == [0, 2, 10, 11, 12, 13, 19, 24, 25, 28, 36, 37, 62]
    assert milestones.counts["state"][0] == 51


@pytest.mark.parametrize("kind", ["firm", "ngo"])
def test_no_organisation_of_the_register_is_lost(kind: str) -> None:
    register = facts.register_organisations()
    counted = targets.organisation_counts(kind, LAUNCH, last_round=62)
    assert counted.listed.sum() == register.loc[register["kind"] == kind, "organisations"].sum()


def test_what_is_known_of_signatures_only_grows(states: StateEvidence) -> None:
    assert (np.diff(states.signed, axis=1) >= 0).all()
    assert states.signed[seat("FRA"), -1] == 1
    assert states.signed[seat("CHN")].max() == 0
    assert states.signed[seat("USA"), states.rounds == 34] == 0


def test_without_attention_nobody_signs(states: StateEvidence, weights: dict[str, float]) -> None:
    silent = weights | {f"state_attention_{pulse}": 0.0 for pulse in ("base", "campaign", "launch", "anniversary")}
    assert not calibrate_states.expected_path(states, silent).any()


def test_the_union_signs_as_one_and_by_the_launch(states: StateEvidence, weights: dict[str, float]) -> None:
    path = calibrate_states.expected_path(states, weights)[states.bloc]
    assert np.allclose(path, path[0])
    assert path[0, states.rounds == 0] > 0.99


def test_expected_totals_of_states_are_near_the_register(states: StateEvidence, weights: dict[str, float]) -> None:
    path = calibrate_states.expected_path(states, weights)
    expected = path[:, states.milestones.rounds - states.rounds[0]].sum(axis=0)
    assert expected == pytest.approx(states.milestones.counts["state"], abs=4)


def test_expected_totals_of_organisations_are_near_the_register(
    organisations: OrganisationEvidence, weights: dict[str, float]
) -> None:
    path = calibrate_organisations.expected_listing(organisations, weights)
    expected = path[:, organisations.total_rounds - organisations.rounds[0]].sum(axis=0)
    assert expected == pytest.approx(organisations.totals, rel=0.12)


def test_nothing_is_public_before_the_launch(organisations: OrganisationEvidence, weights: dict[str, float]) -> None:
    path = calibrate_organisations.expected_listing(organisations, weights)
    assert not path[:, organisations.rounds < 0].any()
    assert path[:, organisations.rounds == 0].any()


@pytest.mark.parametrize("dial", ["state_affinity", "state_attention_club", "state_restraint", "state_burden"])
@pytest.mark.parametrize("factor", [0.7, 1.3])
def test_no_better_weight_of_states_lies_near(
    states: StateEvidence, weights: dict[str, float], dial: str, factor: float
) -> None:
    fitted = calibrate_states.objective(states, weights)
    assert calibrate_states.objective(states, weights | {dial: factor * weights[dial]}) < fitted


@pytest.mark.parametrize("motive", ["affinity", "burden"])
@pytest.mark.parametrize("factor", [0.7, 1.3])
def test_no_better_weight_of_organisations_lies_near(
    organisations: OrganisationEvidence, weights: dict[str, float], motive: str, factor: float
) -> None:
    dial = f"{organisations.kind}_{motive}"
    fitted = calibrate_organisations.objective(organisations, weights)
    assert calibrate_organisations.objective(organisations, weights | {dial: factor * weights[dial]}) < fitted


def test_the_search_finds_a_known_maximum_and_how_sharp_it_is() -> None:
    free = [Free("near", 0.0, -10, 10, 1.0), Free("at_bound", 1.0, 0, 10, 1.0)]
    best = maximised(lambda w: -((w["near"] - 2) ** 2) / (2 * 0.5**2) - w["at_bound"], free, {})
    assert best.weights == pytest.approx({"near": 2, "at_bound": 0}, abs=1e-4)
    assert best.standard_errors == pytest.approx({"near": 0.5}, rel=1e-3)


def test_the_search_names_weights_that_the_data_cannot_tell_apart() -> None:
    free = [Free("a", 0.0, -10, 10, 1.0), Free("b", 0.0, -10, 10, 1.0), Free("c", 0.0, -10, 10, 1.0)]
    best = maximised(lambda w: -((w["a"] + w["b"] - 1) ** 2) * 100 - w["a"] ** 2 - w["c"] ** 2, free, {})
    assert [(first, second) for first, second, _ in best.hard_to_tell_apart] == [("a", "b")]


def test_shipped_weights_were_fitted_to_the_data_that_are_shipped() -> None:
    assert f'data_sha256 = "{facts.data_sha256()}"' in shipped_weights("full").read_text("utf-8")


def test_a_fit_survives_its_file(tmp_path: Path, weights: dict[str, float]) -> None:
    today = datetime.now(UTC).date()
    fit = Fit(
        "full", today, facts.data_sha256(), weights, {"state": -1.0}, {"state": 0.5}, {"a": 1.0}, (("a", "b", 0.9),)
    )
    write(fit, tmp_path / "own.toml")
    assert read_weights(tmp_path / "own.toml") == weights
    assert [file.name for file in tmp_path.iterdir()] == ["own.toml"]


def test_a_lens_that_does_not_exist_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(InputError, match=r"no lens 'ful', expected one of full, .*; did you mean 'full'"):
        calibrate("ful")


@pytest.mark.long
def test_calibration_finds_the_shipped_weights_again(weights: dict[str, float]) -> None:
    told: list[tuple[int, int, str]] = []
    fit = calibrate(progress=lambda *report: told.append(report))
    assert list(fit.weights) == [name for name, dial in DIALS.items() if isinstance(dial, Fitted)]
    assert fit.weights == pytest.approx(weights, rel=0.02, abs=0.02)
    assert told[-1] == (3, 3, "done")


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_the_default_scenario_is_close_to_the_register(seed: int) -> None:
    run = sim.run("paris-call-2018", replicates=200, seed=seed)
    for kind, at_dates in run.table().groupby("kind"):
        registered = at_dates["registered"].astype(float)
        width = at_dates["high"] - at_dates["low"]
        early = at_dates["date"].map(lambda day: day < date(2019, 11, 1))
        widest = 26 if kind == "state" else registered * early.map({True: 2 / 3, False: 1 / 2})
        assert at_dates["low"].le(registered).mul(at_dates["high"].ge(registered)).sum() >= (
            11 if kind == "state" else 10
        )
        assert (at_dates["median"] - registered).abs().le(0.1 * registered).sum() >= 9
        assert width.le(widest).all()
    for iso3 in ("CHN", "RUS", "IRN", "PRK"):
        assert run.signed[iso3] <= 0.10
    for iso3 in ("FRA", "DEU", "GBR", "JPN", "CAN"):
        assert run.signed[iso3] >= 0.85
    usa = run.setting.population.ids.index("USA")
    assert 0.1 <= (run.output.signed_round[:, 0, usa] <= 2).mean() <= 0.5
