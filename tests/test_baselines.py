"""What a reader would try without a simulator, and how far it gets."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

import sim
from sim import InputError, facts
from sim.evidence import baselines, scores
from sim.evidence.baselines import Features, chosen_ridge, logistic, read_features
from sim.evidence.curves import bass_share, forecasts
from sim.population import STRUCTURAL

SIGNED = facts.states().index.isin(facts.register_states().index).astype(int)
CAMPAIGN_FROM = date(2017, 12, 12)
POTENTIAL = {"state": 193, "firm": 1300, "ngo": 700}
LAUNCH_OF_FOUR = (date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1))
STARTED = date(2019, 1, 1)


@pytest.fixture(scope="module")
def features() -> Features:
    world = sim.load("paris-call-2018")
    return read_features(world.parameters, world.code)


def out_of_region(features: Features, baseline: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> np.ndarray:
    """Each state's share by the baseline that has not seen its region."""
    share = np.zeros(len(SIGNED))
    for region in np.unique(features.regions):
        left_out = features.regions == region
        share[left_out] = baseline(SIGNED, ~left_out)[left_out]
    return share


def named(features: Features, name: str) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    return baselines.baselines(features)[name]


def test_baselines_are_named_for_what_they_read(features: Features) -> None:
    assert list(baselines.baselines(features)) == [
        "base rate", "freedom alone", "flat ridge", "flat ridge, 27 covariates", "random forest",
    ]  # fmt: skip
    assert features.covariates.shape == (193, 27)


def test_structural_features_add_the_figures_of_2018_and_the_index_of_capability(features: Features) -> None:
    world = sim.load("paris-call-2018")
    later = read_features(world.parameters, world.code, STRUCTURAL)
    assert set(later.covariate_names) - set(features.covariate_names) == {
        "freedom_2018", "internet_users_pct_2018", "gdp_usd_bn_2018", "population_m_2018", "power_cinc_2018",
    }  # fmt: skip
    assert np.isfinite(later.covariates).all()


def test_the_union_is_one_group_and_all_others_their_region(features: Features) -> None:
    assert (features.groups == "EU").sum() == 28
    assert set(features.groups) - {"EU"} <= set(features.regions)


@pytest.mark.parametrize("name", ["base rate", "freedom alone", "flat ridge", "flat ridge, 27 covariates"])
def test_whether_those_left_out_signed_is_not_known(features: Features, name: str) -> None:
    trained = features.regions != "Northern Europe"
    otherwise = np.where(trained, SIGNED, 1 - SIGNED)
    baseline = named(features, name)
    assert np.array_equal(baseline(SIGNED, trained), baseline(otherwise, trained))


def test_those_left_out_do_not_even_choose_the_penalty_or_the_scale(features: Features) -> None:
    trained = features.regions != "Northern Europe"
    values = np.where(trained[:, None], features.static, 1e6)
    assert np.array_equal(
        baselines.flat_ridge(values, features.regions, SIGNED, trained)[trained],
        baselines.flat_ridge(features.static, features.regions, SIGNED, trained)[trained],
    )


@pytest.mark.parametrize("outcome", [0, 1])
def test_where_all_do_alike_there_is_nothing_to_learn(features: Features, outcome: int) -> None:
    alike = np.full(193, outcome)
    for baseline in baselines.baselines(features).values():
        assert (baseline(alike, features.regions != "Melanesia") == outcome).all()


def test_no_penalty_hardly_matters_and_a_large_one_gives_the_base_rate(features: Features) -> None:
    everybody = np.ones(193, dtype=bool)
    assert logistic(features.static, SIGNED, everybody, 1e9) == pytest.approx(SIGNED.mean(), abs=1e-4)
    assert scores.auc(SIGNED, logistic(features.static, SIGNED, everybody, 0.1)) > 0.9


def test_what_only_looks_like_a_cause_is_penalised(features: Features) -> None:
    noise = np.random.default_rng(1).normal(size=(193, 40))
    everybody = np.ones(193, dtype=bool)
    ridges = [chosen_ridge(values, features.regions, SIGNED, everybody) for values in (features.static, noise)]
    assert ridges[0] < ridges[1] == max(baselines.RIDGES)


def test_one_region_is_enough_to_learn_from(features: Features) -> None:
    trained = features.regions == "Western Asia"
    share = named(features, "flat ridge")(SIGNED, trained)
    assert ((share > 0) & (share < 1)).all()


def test_parleys_own_features_without_simulating_come_far(features: Features) -> None:
    flat, freedom = (out_of_region(features, named(features, name)) for name in ("flat ridge", "freedom alone"))
    assert scores.auc(SIGNED, flat) > 0.85 > 0.75 > scores.auc(SIGNED, freedom)
    better = scores.difference(SIGNED, flat, freedom, scores.brier, features.groups, seed=1, draws=300)
    assert better.high < 0


@pytest.mark.long
def test_many_covariates_predict_worse_than_the_few_that_theory_names(features: Features) -> None:
    few, many, forest = (
        scores.brier(SIGNED, out_of_region(features, named(features, name)))
        for name in ("flat ridge", "flat ridge, 27 covariates", "random forest")
    )
    assert few < min(many, forest) < max(many, forest) < SIGNED.var()


@pytest.mark.long
def test_shuffled_signatures_cannot_be_predicted(features: Features) -> None:
    rng = np.random.default_rng(1)
    found = []
    for _ in range(10):
        shuffled = rng.permutation(SIGNED)
        share = np.zeros(193)
        for region in np.unique(features.regions):
            left_out = features.regions == region
            share[left_out] = logistic(features.static, shuffled, ~left_out, 3)[left_out]
        found.append(scores.auc(shuffled, share))
    assert 0.35 < np.mean(found) < 0.6


def test_importing_the_baselines_does_not_import_scikit_learn() -> None:
    told = "import sys, sim.evidence.baselines, sim.evidence.scores; print('sklearn' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, env=os.environ)
    assert ran.stdout.strip() == "False"


def test_bass_peaks_when_bass_says() -> None:
    years = np.linspace(0, 20, 20001)
    peak = years[np.argmax(np.diff(bass_share(years, 0.03, 0.38)))]
    assert peak == pytest.approx(np.log(0.38 / 0.03) / 0.41, abs=0.01)


def forecast(totals: list[int], known_by: date = LAUNCH_OF_FOUR[2], potential: float = 1000) -> dict[str, float]:
    found = forecasts(LAUNCH_OF_FOUR[: len(totals)], totals, known_by, STARTED, potential)
    return {name: each.expected[0] for name, each in found.items()}


def test_a_curve_finds_itself_again() -> None:
    decaying = [100 + round(800 * (1 - np.exp(-0.7 * t))) for t in range(4)]
    assert forecast(decaying)["saturating exponential"] == pytest.approx(decaying[3], abs=3)
    diffusing = [round(900 * bass_share(np.array([t]), 0.05, 0.9)[0]) for t in (1, 2, 3, 4)]
    assert forecast(diffusing)["Bass"] == pytest.approx(diffusing[3], abs=3)


def test_no_change_is_no_change_and_the_last_pace_goes_on() -> None:
    found = forecast([10, 20, 120, 500])
    assert found["no change"] == 120
    assert found["last pace"] == pytest.approx(220, abs=1)


def test_nobody_foresees_more_than_there_are() -> None:
    assert max(forecast([10, 60, 180, 181], potential=193).values()) <= 193


@pytest.mark.parametrize("kind", POTENTIAL)
@pytest.mark.parametrize("known_by", [date(2019, 9, 16), date(2019, 11, 12), date(2021, 11, 12)])
def test_forecasts_only_grow_and_lie_within_their_intervals(kind: str, known_by: date) -> None:
    marks = facts.milestones()
    found = forecasts(list(marks["date"]), list(marks[f"{kind}s"]), known_by, CAMPAIGN_FROM, POTENTIAL[kind])
    for each in found.values():
        assert len(each.expected) == (marks["date"] > known_by).sum()
        assert (np.diff(each.expected) >= 0).all()
        assert (each.low <= np.ceil(each.expected)).all()
        assert (np.floor(each.expected) <= each.high).all()


def test_the_later_register_changes_no_forecast() -> None:
    marks = facts.milestones()
    days, totals = list(marks["date"]), list(marks["firms"])
    first = forecasts(days, totals, date(2019, 9, 16), CAMPAIGN_FROM, 1300)
    again = forecasts(days, totals[:3] + [9 * total for total in totals[3:]], date(2019, 9, 16), CAMPAIGN_FROM, 1300)
    assert all(np.array_equal(first[name].high, again[name].high) for name in first)


def test_from_three_milestones_no_curve_foresees_the_anniversary() -> None:
    marks = facts.milestones()
    found = forecasts(list(marks["date"]), list(marks["firms"]), date(2019, 9, 16), CAMPAIGN_FROM, 1300)
    assert max(each.high[1] for each in found.values()) < marks["firms"][4]


def test_one_milestone_is_nothing_to_learn_from() -> None:
    with pytest.raises(InputError, match="known_by: found 2020-06-01, expected a date by which two milestones"):
        forecast([1, 2, 3], known_by=date(2020, 6, 1))
