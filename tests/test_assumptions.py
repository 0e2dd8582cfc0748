"""Ranges of conduct: the assumptions that vary in them, and what an outcome is said to depend
on.
"""

from __future__ import annotations

import json

import numpy as np
import pytest

import sim
from sim.experiments.assumptions import POINTS, dependence, plausible_ranges, sample
from sim.parameters import AT, CONDUCT_DIALS, DIALS
from sim.results.manifest import read_manifest

CALL = sim.load("paris-call-2018")


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=1)


def column(points: np.ndarray, dial: str) -> np.ndarray:
    return points[:, getattr(AT, dial)]


def ends(run: sim.Run, outcome: str = "harm_prevented") -> tuple[float, float]:
    row = run.outcomes[(run.outcomes["outcome"] == outcome) & (run.outcomes["part"] == "all")].iloc[
        0
    ]
    return float(row["low"]), float(row["high"])


def test_every_dial_of_conduct_and_no_other_varies_over_its_plausible_range():
    points = sample(CALL, 1)
    assert list(np.flatnonzero(~np.isnan(points).all(axis=0))) == sorted(
        getattr(AT, name) for name in CONDUCT_DIALS
    )
    for name, dial in CONDUCT_DIALS.items():
        low, high = dial.plausible
        values, step = column(points, name), (high - low) / POINTS
        assert low <= values.min() < low + step
        assert high - step < values.max() <= high
        assert not dial.whole or set(values) <= set(range(int(low), int(high) + 1))


def test_a_dial_set_by_hand_is_held_even_at_its_default_and_the_others_stay_as_they_were():
    held = CALL.with_changes(set={"temptation": DIALS["temptation"].default})
    assert plausible_ranges(CALL).keys() - plausible_ranges(held).keys() == {"temptation"}
    before, after = sample(CALL, 1), sample(held, 1)
    assert np.isnan(column(after, "temptation")).all()
    after[:, AT.temptation] = before[:, AT.temptation]
    np.testing.assert_array_equal(before, after)


def test_a_dial_that_an_event_or_a_lens_sets_is_held():
    event = {"round": 12, "dial": "attribution_quality", "value": 0.9}
    assert "attribution_quality" not in plausible_ranges(CALL.with_changes(events=[event]))
    assert "norm_rate" not in plausible_ranges(CALL.with_lens("realist"))


def test_a_scenario_may_call_a_value_of_its_own_uncertain(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        'base = "paris-call-2018"\ntitle = "Mine"\nuncertain = ["attribution_quality"]\n'
        "[parameters]\nattribution_quality = 0.2\ndeterrence = 6.0\n"
    )
    mine = sim.load(file)
    assert mine.parameters["attribution_quality"] == 0.2
    assert CONDUCT_DIALS.keys() - plausible_ranges(mine).keys() == {"deterrence"}
    assert "attribution_quality" not in plausible_ranges(
        mine.with_changes(set={"attribution_quality": 0.2})
    )


@pytest.mark.parametrize(
    "names", ['["temptations"]', '["monitoring"]', "[1]", '["temptation", "temptation"]', "true"]
)
def test_what_is_no_assumption_cannot_be_called_uncertain(tmp_path, names):
    file = tmp_path / "mine.toml"
    file.write_text(f'base = "paris-call-2018"\ntitle = "Mine"\nuncertain = {names}\n')
    with pytest.raises(
        sim.InputError, match=r"^[^\n]*mine\.toml: uncertain is .*, expected [^\n]*$"
    ):
        sim.load(file)


@pytest.mark.parametrize("dials", [{}, {"temptation": 1.5}, {"temptation": 1.6, "deterrence": 6.0}])
def test_a_manifest_repeats_the_ranges_too(tmp_path, dials):
    first = sim.run(replicates=1, set=dials)
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(first.manifest))
    repetition = read_manifest(file)
    assert sample(repetition.scenario, 1).tobytes() == sample(first.scenario, 1).tobytes()
    assert sim.run(repetition.scenario, replicates=1).manifest == first.manifest


def test_a_held_assumption_is_another_scenario():
    hashes = [
        CALL.with_changes(set=dials).sha256
        for dials in ({}, {"temptation": 1.5}, {"temptation": 1.6})
    ]
    assert len(set(hashes)) == 3


def test_ranges_are_the_same_however_many_worlds_a_run_has(run):
    assert ends(sim.run(replicates=3, workers=1)) == ends(run)


@pytest.mark.parametrize("seed", [2, 3])
def test_another_seed_gives_nearly_the_same_range(run, seed):
    np.testing.assert_allclose(ends(sim.run(replicates=1, seed=seed)), ends(run), atol=1.0)


@pytest.mark.long
def test_to_hold_what_matters_most_narrows_the_range_and_to_hold_what_does_not_leaves_it(run):
    def width(of: sim.Run) -> float:
        low, high = ends(of)
        return high - low

    matters = dict.fromkeys(
        ("criminal_share", "lapse_pledge", "protection_strength", "norm_weight"), 0.5
    )
    hardly = {
        name: DIALS[name].default
        for name in ("naming_friends", "supplier_share", "standing_recovery")
    }
    assert width(sim.run(replicates=1, set=matters)) < 0.85 * width(run)
    assert width(sim.run(replicates=1, set=hardly)) > 0.85 * width(run)


def test_the_same_scenario_twice_differs_in_nothing(run):
    outcomes = sim.Comparison(run, sim.run(replicates=1)).outcomes
    assumed = outcomes[outcomes["basis"] == "assumed"].dropna(subset=["low"])
    assert len(assumed) > 20
    assert (assumed[["low", "high"]] == 0).all(axis=None)


def test_draws_of_the_weights_stay_draws_in_the_ranges(run):
    assert ends(sim.run(replicates=1, weights="draws")) != ends(run)


def test_more_crime_means_less_prevented_and_more_pull_of_the_pledge_more(run):
    table = run.assumptions().set_index("dial")
    assert set(table.index) == set(CONDUCT_DIALS)
    assert list(table["effect"].abs()) == sorted(table["effect"].abs(), reverse=True)
    assert table.loc[
        ["criminal_share", "lapse_pledge", "norm_weight", "protection_strength"], "clear"
    ].all()
    assert table.loc["criminal_share", "effect"] < 0 < table.loc["lapse_pledge", "effect"]


def test_a_held_dial_has_a_value_and_no_effect():
    table = sim.run(replicates=1, set={"criminal_share": 0.4}).assumptions().set_index("dial")
    assert tuple(table.loc["criminal_share", ["low", "high"]]) == (0.4, 0.4)
    assert np.isnan(table.loc["criminal_share", "effect"])
    assert not table.loc["criminal_share", "clear"]


def test_where_nothing_is_prevented_nothing_matters():
    nothing = {
        "baseline_share": 1,
        "norm_weight": 0,
        "protection_strength": 0,
        "diligence_strength": 0,
    }
    table = sim.run(replicates=1, set=nothing).assumptions()
    assert table["effect"].isna().all()
    assert not table["clear"].any()


def test_known_effects_are_told_and_noise_is_not():
    """Of twenty samples of a known function, its two dials are clear in all, and few of the thirty
    others in any.
    """
    false = 0
    for seed in range(20):
        points = sample(CALL, seed)
        noise = np.random.default_rng(seed).normal(size=POINTS)
        share = {
            name: column(points, name) / DIALS[name].plausible[1]
            for name in ("deterrence", "firebreak")
        }
        table = dependence(
            CALL, points, 10 * share["deterrence"] - 10 * share["firebreak"] + noise
        ).set_index("dial")
        assert table.loc["deterrence", "clear"]
        assert table.loc["firebreak", "clear"]
        assert table.loc["deterrence", "effect"] > 0 > table.loc["firebreak", "effect"]
        false += int(table["clear"].sum()) - 2
    assert false <= 6


@pytest.mark.parametrize(
    "asked", [("harms",), ("signatories",), (["harm_prevented"],), ("harm_prevented", "state")]
)
def test_an_outcome_that_is_none_of_conduct_is_refused(run, asked):
    with pytest.raises(sim.InputError, match=r"^assumptions: .*expected [^\n]*$"):
        run.assumptions(*asked)
