"""Two scenarios under the same luck."""

from __future__ import annotations

import numpy as np
import pytest

import sim

REPLICATES = 30


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
    measured = rows[(rows["part"] != "ngo") & ~withheld]
    assert (measured["low"] <= measured["high"]).all()


def test_a_difference_is_that_of_two_replicates_with_the_same_luck(comparison):
    row = comparison.outcomes.set_index(["outcome", "part"]).loc[("signatories", "firm")]
    paired = differences(comparison.first, comparison.second, "signatories", "firm")
    assert [row["low"], row["median"], row["high"]] == np.percentile(paired, [5, 50, 95]).tolist()


@pytest.fixture(scope="module")
def independent() -> sim.Run:
    return sim.run("great-powers-sign", replicates=REPLICATES, seed=2)


# NGOs have no offensive means, so that there is no share of those with means to speak of.
OF_NOBODY = [("compliance", "ngo"), ("observed_compliance", "ngo")]
MEASURED = [(o.name, part) for o in sim.OUTCOMES.values() if o.column for part in o.parts]


@pytest.mark.parametrize(("outcome", "part"), [one for one in MEASURED if one not in OF_NOBODY])
def test_common_luck_makes_differences_narrower_than_independent_luck_does(comparison, independent, outcome, part):
    """Where luck moves an outcome at all; where it moves none, a difference is the same in every pair."""
    paired = differences(comparison.first, comparison.second, outcome, part)
    unpaired = differences(comparison.first, independent, outcome, part)
    width, without_common_luck = (np.ptp(np.percentile(d, [5, 95])) for d in (paired, unpaired))
    assert width < without_common_luck or width == without_common_luck == 0


def test_a_scenario_differs_from_itself_in_nothing():
    rows = sim.compare("states-only", "states-only", replicates=2).outcomes
    assert (rows[["low", "high"]].fillna(0) == 0).all(axis=None)


def test_whoever_is_made_to_sign_signs_more_often(comparison):
    for who in ("USA", "CHN", "RUS"):
        assert comparison.signed[who] == 1 - comparison.first.signed[who]


def test_the_public_lists_stand_side_by_side(comparison):
    table = comparison.table()
    assert table["first"].tolist() == comparison.first.table()["median"].tolist()
    assert table["second"].tolist() == comparison.second.table()["median"].tolist()


def test_runs_with_different_luck_are_not_compared(comparison):
    other = sim.run("great-powers-sign", replicates=REPLICATES, seed=2)
    with pytest.raises(sim.InputError, match="expected the same in both runs"):
        sim.Comparison(comparison.first, other)


def test_one_side_may_fix_what_the_other_leaves_open():
    fixed = sim.load("paris-call-2018").with_changes(set={"attribution_quality": 0})
    rows = sim.compare("paris-call-2018", fixed, replicates=2).outcomes.set_index(["outcome", "part"])
    assert rows.loc[("named", "all"), "high"] < 0
