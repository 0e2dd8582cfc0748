"""Runs side by side under the same random draws: two scenarios, or one under several lenses or
several texts.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim import facts
from sim.engine.arrays import begin, empty_variables
from sim.engine.weigh_motives import weigh_motives
from sim.experiments.milestones import milestones
from sim.experiments.participation import (
    EFFORT_FIRST,
    RESTRAINT_FIRST,
    TOGETHER,
    participation_findings,
)
from sim.experiments.simulate import Setting
from sim.kinds_and_statuses import KINDS
from sim.lenses import LENSES
from sim.motives import NAMES
from sim.results.compare import NULL, log_scores, verdict
from sim.results.participation import drafts, on_frontier
from sim.scenario.weights import read_weights, shipped_weights
from sim.words.participation import words_of_participation

REPLICATES = 30
PARIS = sim.load("paris-call-2018")


@pytest.fixture(scope="module")
def comparison() -> sim.Comparison:
    return sim.compare("paris-call-2018", "great-powers-sign", replicates=REPLICATES, seed=1)


def differences(first: sim.Run, second: sim.Run, outcome: str, part: str) -> np.ndarray:
    return second.by_replicate[outcome, part] - first.by_replicate[outcome, part]


def test_every_outcome_has_a_difference_with_an_interval(comparison):
    rows = comparison.outcomes
    assert list(zip(rows["outcome"], rows["part"], strict=True)) == [
        (outcome.name, part) for outcome in sim.OUTCOMES.values() for part in outcome.parts
    ]
    withheld = (rows["basis"] == "assumed") & rows["part"].isin(comparison.withheld)
    intervals = rows[(rows["part"] != "ngo") & ~withheld]
    assert (intervals["low"] <= intervals["high"]).all()


def test_a_difference_is_that_of_two_replicates_under_the_same_draws(comparison):
    row = comparison.outcomes.set_index(["outcome", "part"]).loc[("signatories", "firm")]
    pairs = differences(comparison.first, comparison.second, "signatories", "firm")
    assert [row["low"], row["median"], row["high"]] == np.percentile(pairs, [5, 50, 95]).tolist()


@pytest.fixture(scope="module")
def independent() -> sim.Run:
    return sim.run("great-powers-sign", replicates=REPLICATES, seed=2)


# NGOs have no offensive means, so there is no share of those with means.
OF_NOBODY = [("compliance", "ngo"), ("observed_compliance", "ngo")]
OVER_TIME = [(o.name, part) for o in sim.OUTCOMES.values() if o.column for part in o.parts]


def test_common_draws_make_differences_narrower_than_independent_ones_do(comparison, independent):
    """Where draws move an outcome; elsewhere the difference is the same in every pair."""
    wider = []
    for outcome, part in OVER_TIME:
        if (outcome, part) not in OF_NOBODY:
            pairs = differences(comparison.first, comparison.second, outcome, part)
            others = differences(comparison.first, independent, outcome, part)
            width, without_common_draws = (
                np.ptp(np.percentile(each, [5, 95])) for each in (pairs, others)
            )
            if not (width < without_common_draws or width == without_common_draws == 0):
                wider.append((outcome, part))
    assert wider == []


def test_a_scenario_differs_from_itself_in_nothing():
    rows = sim.compare("states-only", "states-only", replicates=1).outcomes
    assert (rows[["low", "high"]].fillna(0) == 0).all(axis=None)


def test_whoever_is_made_to_sign_signs_more_often(comparison):
    for who in ("USA", "CHN", "RUS"):
        assert comparison.signed[who] == 1 - comparison.first.signed[who]


def test_the_public_lists_stand_side_by_side(comparison):
    table = comparison.table()
    for name in ("first", "second"):
        side = getattr(comparison, name)
        means = [
            side.listed[:, milestone.place].mean(axis=0) for milestone in milestones(side.scenario)
        ]
        assert table[name].to_numpy() == pytest.approx(np.concatenate(means))


def test_a_difference_is_that_of_the_levels_beside_it(comparison):
    for rows in (comparison.table(), comparison.levels):
        assert rows["difference"].to_numpy() == pytest.approx(
            (rows["second"] - rows["first"]).to_numpy(), abs=1e-9
        )
        assert (rows["low"] <= rows["high"]).all()


def test_runs_under_different_draws_are_not_compared(comparison):
    other = sim.run("great-powers-sign", replicates=REPLICATES, seed=2)
    with pytest.raises(sim.InputError, match="expected the same in both runs"):
        sim.Comparison(comparison.first, other)


def test_one_side_may_fix_what_the_other_leaves_open():
    second = sim.load("paris-call-2018").with_changes(set={"attribution_quality": 0})
    rows = sim.compare("paris-call-2018", second, replicates=1).outcomes.set_index(
        ["outcome", "part"]
    )
    assert rows.loc[("named", "all"), "high"] < 0


@pytest.fixture(scope="module")
def lens_comparison() -> sim.LensComparison:
    return sim.compare_lenses(
        "paris-call-2018", lenses=("full", "realist", NULL), replicates=4, seed=7
    )


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_under_a_lens_no_other_motive_has_a_weight(lens):
    weights = read_weights(shipped_weights(lens.name))
    silent = [f"{kind}_{motive}" for kind in KINDS for motive in NAMES if not lens.has(motive)]
    assert {dial: weights[dial] for dial in silent if weights.get(dial, 0) != 0} == {}


@pytest.mark.parametrize("lens", LENSES)
def test_every_lens_was_fitted_to_the_data_that_are_shipped(lens):
    file = shipped_weights(lens).read_text("utf-8")
    assert f'lens = "{lens}"' in file
    assert f'data_sha256 = "{facts.data_sha256()}"' in file


def test_under_the_null_lens_every_state_would_sign_with_the_same_chance():
    setting = Setting.from_scenario(sim.load("paris-call-2018").with_lens(NULL))
    state = empty_variables(setting.population_arrays, setting.codes)
    begin(state, setting.population_arrays, 0.7)
    values = {
        round(
            weigh_motives(
                setting.population_arrays, setting.codes, state, setting.schedule[0], 0, i, False
            ),
            12,
        )
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
    (tmp_path / "mine.toml").write_text(
        'base = "paris-call-2018"\ntitle = "Mine"\nquestion = "?"\nlens = "null"\n'
    )
    mine = sim.load(tmp_path / "mine.toml")
    assert mine.lens == NULL
    assert mine.sha256 == sim.load("paris-call-2018").with_lens(NULL).sha256


def test_all_lenses_have_the_same_draws(lens_comparison):
    alone = sim.run("paris-call-2018", replicates=4, seed=7, lens="realist")
    assert (lens_comparison.runs["realist"].output.signed_round == alone.output.signed_round).all()
    assert lens_comparison.runs["realist"].manifest == alone.manifest


def test_lenses_differ_over_somebody(lens_comparison):
    assert lens_comparison.signed["spread"].max() > 0
    shares = lens_comparison.signed[["full", "realist", NULL]]
    assert (lens_comparison.signed["spread"] == shares.max(axis=1) - shares.min(axis=1)).all()


def test_scores_stand_in_order_and_add_up():
    scores = log_scores()
    assert scores["total"].is_monotonic_decreasing
    assert scores["total"].to_numpy() == pytest.approx(scores[list(KINDS)].sum(axis=1).to_numpy())
    assert sorted(scores["lens"]) == sorted(LENSES)


def test_no_lens_beats_the_one_that_has_all_motives():
    assert log_scores()["lens"][0] == "full"


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (["full", "null"], "null lens tells the register worst, the lens full best"),
        (
            ["full", "null", "realist"],
            "null lens is not the worst: it tells the register better than realist",
        ),
        (["full", "realist"], "null lens was not asked for"),
    ],
)
def test_the_verdict_says_where_the_null_lens_stands(order, words):
    assert words in verdict(pd.DataFrame({"lens": order}))


def test_one_lens_is_no_comparison():
    with pytest.raises(sim.InputError, match="found full, expected at least two, each once"):
        sim.compare_lenses("paris-call-2018", lenses=("full",), replicates=1)


def test_an_unknown_lens_is_refused_with_the_nearest_name():
    with pytest.raises(sim.InputError, match=r"there is no lens 'realism'.*did you mean 'realist'"):
        sim.run("paris-call-2018", replicates=1, lens="realism")


@given(st.sampled_from(PARIS.code.provisions), st.floats(0, 1), st.floats(0, 1))
def test_raising_an_ambition_never_makes_the_depth_fall(provision, one, other):
    low, high = (
        PARIS.code.with_ambition(provision.principle, end).depth for end in sorted((one, other))
    )
    assert 0 <= low <= high <= 1


def of_way(way: str) -> list[sim.Scenario]:
    return [draft.scenario for draft in drafts(PARIS) if draft.way == way]


def test_all_together_lead_from_nothing_through_the_present_text_to_everything():
    depths = [scenario.code.depth for scenario in of_way(TOGETHER)]
    assert depths == sorted(depths)
    assert [depths[0], depths[-1]] == pytest.approx([0, 1])
    assert [draft.scenario.code for draft in drafts(PARIS) if draft.present] == [PARIS.code]


@pytest.mark.parametrize(
    ("way", "other"), [(RESTRAINT_FIRST, EFFORT_FIRST), (EFFORT_FIRST, RESTRAINT_FIRST)]
)
def test_one_after_another_each_is_raised_in_full(way, other):
    first, last = of_way(way)[0].code, of_way(way)[-1].code
    assert [sum(provision.ambition for provision in code.provisions) for code in (first, last)] == [
        1,
        8,
    ]
    more = first.depth_restraint > first.depth_burden
    assert more == (way == RESTRAINT_FIRST)
    assert len(of_way(way)) == len(of_way(other)) == 8


def test_a_text_that_asks_for_nothing_has_its_frontier_too():
    silent = PARIS.with_changes(set={f"ambition_{number}": 0 for number in range(1, 10)})
    table = sim.participation(silent, replicates=1)
    assert table.loc[table["depth"] == 0, "signatories_state_frontier"].all()
    assert table["depth"].between(0, 1 + 1e-9).all()


def test_draws_are_the_same_under_every_text():
    table = sim.participation(PARIS, replicates=2, seed=3)
    [present] = table[table["present"]].to_dict("records")
    run = sim.run(replicates=2, seed=3)
    assert present["signatories_firm"] == np.median(run.by_replicate["signatories", "firm"])
    assert present["power_share"] == np.median(run.by_replicate["power_share", "all"])


def test_texts_that_are_known_are_not_simulated_again_and_change_nothing():
    asked = {"replicates": 2, "seed": 3}
    earlier = sim.participation(PARIS, ways=("together",), **asked)
    whole = sim.participation(PARIS, **asked)
    played = []
    again = sim.participation(
        PARIS, earlier=earlier, progress=lambda done, total: played.append(total), **asked
    )
    pd.testing.assert_frame_equal(again, whole)
    assert set(played) == {2 * (len(whole) - len(earlier))}
    with pytest.raises(sim.InputError, match="earlier is an answer to another question"):
        sim.participation(PARIS, replicates=2, seed=4, earlier=earlier)


def test_a_text_under_the_line_between_two_others_is_not_on_the_frontier():
    ways = ["a", "a", "a", "b", "b"]
    depth, signatories = np.array([0, 0.5, 1, 0.4, 0.6]), np.array([10.0, 6, 2, 9, 4])
    assert on_frontier(ways, depth, signatories).tolist() == [True, False, True, True, False]


def texts_of(*rows: tuple[str, float, float, str]) -> list[dict[str, object]]:
    """Rows of a table of texts, each of a way, a depth, a median of states 1 from both ends of its
    interval, and a basis; the one at depth 0.5 on the way together is the present text.
    """
    return [
        {
            "way": way,
            "depth": depth,
            "basis": basis,
            "present": (way, depth) == (TOGETHER, 0.5),
            **dict(zip(("signatories_state_low", "signatories_state", "signatories_state_high"),
                       (states - 1, states, states + 1), strict=True)),
        }
        for way, depth, states, basis in rows
    ]  # fmt: skip


ENDS_AND_PRESENT = (
    (TOGETHER, 0.0, 90.0, "extrapolated"),
    (TOGETHER, 0.4, 60.0, "what_if"),
    (TOGETHER, 0.5, 50.0, "fitted"),
    (TOGETHER, 0.6, 40.0, "what_if"),
    (TOGETHER, 1.0, 10.0, "extrapolated"),
)


def test_what_a_deeper_text_costs_is_read_off_the_texts_within_the_data():
    texts = texts_of(
        *ENDS_AND_PRESENT,
        (RESTRAINT_FIRST, 0.4, 70.0, "what_if"),
        (RESTRAINT_FIRST, 0.6, 60.0, "what_if"),
        (EFFORT_FIRST, 0.25, 30.0, "extrapolated"),
        (EFFORT_FIRST, 0.75, 20.0, "extrapolated"),
    )
    findings = participation_findings(texts, "signatories_state")
    least, most = findings.inside
    assert [(each.depth, each.estimate) for each in findings.inside] == [(0.4, 60), (0.6, 40)]
    assert [each.depth for each in findings.all] == [0, 1]
    assert (findings.restraint.estimate, findings.restraint.is_extrapolated) == (65, False)
    assert (findings.effort.estimate, findings.effort.is_extrapolated) == (25, True)
    assert least.is_clearly_above(most) and not most.is_clearly_above(least)
    assert words_of_participation(findings) == (
        "Within the data a deeper text costs signatories, from 60 to 40 states. Extrapolated:"
        " forbidding costs fewer states than asking for duties",
        "Within the data 60 states sign at depth 0.40, 40 at depth 0.60.",
        "Trust the direction of the hollow points, not their numbers: fewer states sign at depth 1"
        " than at depth 0.",
    )


def test_ways_within_the_data_are_told_with_their_numbers():
    texts = texts_of(
        *ENDS_AND_PRESENT, (RESTRAINT_FIRST, 0.5, 50.0, "what_if"), (EFFORT_FIRST, 0.5, 51.0, "what_if")
    )  # fmt: skip
    words = words_of_participation(participation_findings(texts, "signatories_state"))
    assert words.headline.endswith(
        "; whether it forbids first or asks for duties first makes no clear difference"
    )
    assert words.numbers.endswith(
        "; at depth 0.50, as the present text, about 50 states sign with prohibitions first, 51"
        " with duties first."
    )


def test_a_present_text_alone_within_the_data_tells_no_cost():
    far = [row for row in ENDS_AND_PRESENT if row[3] != "what_if"]
    findings = participation_findings(texts_of(*far), "signatories_state")
    assert (findings.inside, findings.restraint, findings.effort) == (None, None, None)
    words = words_of_participation(findings)
    assert words.headline.startswith("Only the present text lies within the data")
    assert words.numbers == ""
