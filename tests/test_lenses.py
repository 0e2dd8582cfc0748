"""Lenses: one theory at a time, on the same world and luck."""

from __future__ import annotations

import pandas as pd
import pytest

import sim
from sim import InputError, facts
from sim.engine.arrays import begin, empty_variables
from sim.engine.stages.motives import weigh_motives
from sim.experiments.compare import NULL, log_scores, verdict
from sim.experiments.simulate import Setting
from sim.parameters.lenses import LENSES
from sim.scenario.weights import read_weights, shipped_weights
from sim.stakeholders import KINDS
from sim.theory.motives import NAMES


@pytest.fixture(scope="module")
def compared() -> sim.LensComparison:
    return sim.compare_lenses("paris-call-2018", lenses=("full", "realist", NULL), replicates=4, seed=7)


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_under_a_lens_no_other_motive_has_a_weight(lens):
    weights = read_weights(shipped_weights(lens.name))
    silent = [f"{kind}_{motive}" for kind in KINDS for motive in NAMES if not lens.has(motive)]
    assert {dial: weights[dial] for dial in silent if weights.get(dial, 0) != 0} == {}


@pytest.mark.parametrize("lens", LENSES)
def test_every_lens_was_fitted_to_the_data_that_are_shipped(lens):
    said = shipped_weights(lens).read_text("utf-8")
    assert f'lens = "{lens}"' in said
    assert f'data_sha256 = "{facts.data_sha256()}"' in said


def test_under_the_null_lens_every_state_would_sign_with_the_same_chance():
    setting = Setting.from_scenario(sim.load("paris-call-2018").with_lens(NULL))
    state = empty_variables(setting.world, setting.text)
    begin(state, setting.world, 0.7)
    values = {
        round(weigh_motives(setting.world, setting.text, state, setting.schedule[0], 0, i, False), 12)
        for i in range(193)
    }
    assert len(values) == 1


def test_the_full_lens_is_the_scenario_itself():
    scenario = sim.load("paris-call-2018")
    assert scenario.lens == "full"
    assert scenario.with_lens("full").sha256 == scenario.sha256


def test_a_lens_sets_its_dials_and_what_is_set_afterwards_holds():
    realist = sim.load("paris-call-2018").with_lens("realist")
    assert realist.parameters.norm_rate == 0
    assert realist.with_changes(set={"norm_rate": 0.1}).parameters.norm_rate == 0.1


def test_a_scenario_file_may_name_its_lens(tmp_path):
    (tmp_path / "mine.toml").write_text('base = "paris-call-2018"\ntitle = "Mine"\nquestion = "?"\nlens = "null"\n')
    mine = sim.load(tmp_path / "mine.toml")
    assert mine.lens == NULL
    assert mine.sha256 == sim.load("paris-call-2018").with_lens(NULL).sha256


def test_all_lenses_share_luck(compared):
    alone = sim.run("paris-call-2018", replicates=4, seed=7, lens="realist")
    assert (compared.runs["realist"].output.signed_round == alone.output.signed_round).all()
    assert compared.runs["realist"].manifest == alone.manifest


def test_lenses_differ_over_somebody(compared):
    assert compared.signed["spread"].max() > 0
    shares = compared.signed[["full", "realist", NULL]]
    assert (compared.signed["spread"] == shares.max(axis=1) - shares.min(axis=1)).all()


def test_scores_stand_in_order_and_add_up():
    scores = log_scores()
    assert scores["total"].is_monotonic_decreasing
    assert scores["total"].to_numpy() == pytest.approx(scores[list(KINDS)].sum(axis=1).to_numpy())
    assert sorted(scores["lens"]) == sorted(LENSES)


def test_no_lens_beats_the_one_that_has_all_motives():
    assert log_scores()["lens"][0] == "full"


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (["full", "null"], "The null lens tells the register worst, the lens full best."),
        (["full", "null", "realist"], "The null lens is not the worst: it tells the register better than realist."),
        (["full", "realist"], "the null lens was not asked for"),
    ],
)
def test_the_verdict_says_plainly_where_the_null_lens_stands(order, said):
    assert said in verdict(pd.DataFrame({"lens": order}))


def test_one_lens_is_no_comparison():
    with pytest.raises(InputError, match="found full, expected at least two, each once"):
        sim.compare_lenses("paris-call-2018", lenses=("full",), replicates=1)


def test_an_unknown_lens_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match=r"there is no lens 'realism'.*did you mean 'realist'"):
        sim.run("paris-call-2018", replicates=1, lens="realism")
