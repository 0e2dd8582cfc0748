"""Models without a simulator that say who signs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

import sim
from sim import facts
from sim.evidence import baselines, curves, scores
from sim.evidence.baselines import Features, chosen_ridge, logistic, read_features
from sim.population import STRUCTURAL

ON_REGISTER = facts.states().index.isin(facts.register_states().index).astype(int)


@pytest.fixture(scope="module")
def features() -> Features:
    world = sim.load("paris-call-2018")
    return read_features(world)


def out_of_region(
    features: Features, baseline: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> np.ndarray:
    """Each state's share by the baseline that has not seen its region."""
    share = np.zeros(len(ON_REGISTER))
    for region in np.unique(features.regions):
        left_out = features.regions == region
        share[left_out] = baseline(ON_REGISTER, ~left_out)[left_out]
    return share


def test_structural_features_add_the_figures_of_2018_and_the_index_of_capability(
    features: Features,
) -> None:
    world = sim.load("paris-call-2018")
    later = read_features(world, STRUCTURAL)
    assert set(later.covariate_names) - set(features.covariate_names) == {
        "freedom_2018",
        "internet_users_pct_2018",
        "gdp_usd_bn_2018",
        "population_m_2018",
        "power_cinc_2018",
    }
    assert np.isfinite(later.covariates).all()


def test_the_union_is_one_group_and_all_others_their_region(features: Features) -> None:
    assert (features.groups == "EU").sum() == 28
    assert set(features.groups) - {"EU"} <= set(features.regions)


@pytest.mark.parametrize("name", ["base rate", "freedom alone", "flat ridge", "Gaussian process"])
def test_whether_those_left_out_signed_is_not_known(features: Features, name: str) -> None:
    training = features.regions != "Northern Europe"
    otherwise = np.where(training, ON_REGISTER, 1 - ON_REGISTER)
    baseline = baselines.baselines(features)[name]
    assert np.array_equal(baseline(ON_REGISTER, training), baseline(otherwise, training))


def test_those_left_out_do_not_even_choose_the_penalty_or_the_scale(features: Features) -> None:
    training = features.regions != "Northern Europe"
    values = np.where(training[:, None], features.static, 1e6)
    assert np.array_equal(
        baselines.flat_ridge(values, features.regions, ON_REGISTER, training)[training],
        baselines.flat_ridge(features.static, features.regions, ON_REGISTER, training)[training],
    )


def test_those_left_out_do_not_even_choose_the_kernel(features: Features) -> None:
    training = features.regions != "Northern Europe"
    values = np.where(training[:, None], features.static, 1e3)
    with_them, without = (
        baselines.gaussian_process(each, ON_REGISTER, training)[training]
        for each in (features.static, values)
    )
    assert np.array_equal(with_them, without)


def test_a_gaussian_process_finds_what_no_straight_line_tells() -> None:
    values = np.random.default_rng(3).normal(size=(120, 1))
    in_the_middle, training = (np.abs(values[:, 0]) < 0.6).astype(int), np.arange(120) < 80
    by_process, by_line = (
        scores.auc(in_the_middle[~training], model[~training])
        for model in (
            baselines.gaussian_process(values, in_the_middle, training),
            logistic(values, in_the_middle, training, 1.0),
        )
    )
    assert by_process > 0.95 > 0.75 > by_line


def test_the_ensembles_shares_are_the_mean_of_all_that_learn(features: Features) -> None:
    of, training = baselines.baselines(features), features.regions != "Northern Europe"
    members = [name for name in of if name not in (*scores.TRIVIAL, "ensemble")]
    assert members == [
        "flat ridge",
        "flat ridge, 27 covariates",
        "random forest",
        "Gaussian process",
    ]
    shares = [of[name](ON_REGISTER, training) for name in members]
    assert of["ensemble"](ON_REGISTER, training) == pytest.approx(np.mean(shares, axis=0))


def test_trivial_baselines_are_among_the_baselines(features: Features) -> None:
    assert set(scores.TRIVIAL) < set(baselines.baselines(features))


@pytest.mark.parametrize("outcome", [0, 1])
def test_where_all_do_alike_there_is_nothing_to_learn(features: Features, outcome: int) -> None:
    alike = np.full(193, outcome)
    for baseline in baselines.baselines(features).values():
        assert (baseline(alike, features.regions != "Melanesia") == outcome).all()


def test_no_penalty_hardly_matters_and_a_large_one_gives_the_base_rate(features: Features) -> None:
    everybody = np.ones(193, dtype=bool)
    assert logistic(features.static, ON_REGISTER, everybody, 1e9) == pytest.approx(
        ON_REGISTER.mean(), abs=1e-4
    )
    assert scores.auc(ON_REGISTER, logistic(features.static, ON_REGISTER, everybody, 0.1)) > 0.9


def test_what_only_looks_like_a_cause_is_penalised(features: Features) -> None:
    noise = np.random.default_rng(1).normal(size=(193, 40))
    everybody = np.ones(193, dtype=bool)
    ridges = [
        chosen_ridge(values, features.regions, ON_REGISTER, everybody)
        for values in (features.static, noise)
    ]
    assert ridges[0] < ridges[1] == max(baselines.RIDGES)


def test_the_penalty_is_chosen_on_regions_that_its_fit_has_not_seen() -> None:
    stream = np.random.default_rng(1)
    noise, signed = stream.normal(size=(120, 20)), stream.integers(0, 2, 120)
    trained = np.arange(120) >= 60
    assert chosen_ridge(noise, np.arange(120).astype(str), signed, trained) == max(baselines.RIDGES)


def test_where_nobody_came_last_the_last_pace_still_lets_somebody_come() -> None:
    dates = [date(2018, 11, 12), date(2019, 2, 12), date(2019, 5, 12), date(2019, 8, 12)]
    ahead = curves.forecasts(dates, [50, 60, 60, 70], dates[2], date(2018, 11, 1), 193)
    assert ahead["last pace"].low[0] == 60 < ahead["last pace"].expected[0] < 61
    assert ahead["last pace"].high[0] > 60 == ahead["no change"].high[0]


def test_a_curve_with_as_many_parameters_as_numbers_measures_no_scatter() -> None:
    totals, later = np.array([50.0, 51.0, 81.0]), np.array([50.0, 51.0, 81.0, 82.0, 120.0])
    few = curves.saturating_exponential(curves.PastTotals(np.arange(3.0), totals, 193))
    more = curves.saturating_exponential(curves.PastTotals(np.arange(5.0), later, 193))
    assert more.size < few.size == np.inf


@pytest.mark.refit
@pytest.mark.long
def test_parleys_own_features_without_simulating_come_far(features: Features) -> None:
    of = baselines.baselines(features)
    flat, freedom = (out_of_region(features, of[name]) for name in ("flat ridge", "freedom alone"))
    assert scores.auc(ON_REGISTER, flat) > 0.85 > 0.75 > scores.auc(ON_REGISTER, freedom)
    better = scores.difference(
        ON_REGISTER, flat, freedom, scores.brier, features.groups, seed=1, draws=300
    )
    assert better.high < 0


@pytest.mark.refit
@pytest.mark.long
def test_many_covariates_predict_worse_than_the_few_that_theory_names(features: Features) -> None:
    few, many, forest = (
        scores.brier(ON_REGISTER, out_of_region(features, baselines.baselines(features)[name]))
        for name in ("flat ridge", "flat ridge, 27 covariates", "random forest")
    )
    assert few < min(many, forest) < max(many, forest) < ON_REGISTER.var()


@pytest.mark.refit
@pytest.mark.long
def test_shuffled_signatures_cannot_be_predicted(features: Features) -> None:
    rng = np.random.default_rng(1)
    aucs = []
    for _ in range(10):
        shuffle = rng.permutation(ON_REGISTER)
        share = np.zeros(193)
        for region in np.unique(features.regions):
            left_out = features.regions == region
            share[left_out] = logistic(features.static, shuffle, ~left_out, 3)[left_out]
        aucs.append(scores.auc(shuffle, share))
    assert 0.35 < np.mean(aucs) < 0.6


@pytest.mark.long
def test_importing_the_baselines_does_not_import_scikit_learn() -> None:
    program = (
        "import sys, sim.evidence.baselines, sim.evidence.scores; print('sklearn' in sys.modules)"
    )
    output = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert output.strip() == "False"
