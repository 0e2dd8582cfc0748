"""Texts between nothing and everything, and which of them have the most signatories at their depth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.experiments.frontier import EFFORT_FIRST, RESTRAINT_FIRST, TOGETHER, drafts, on_frontier

PARIS = sim.load("paris-call-2018")


@given(st.sampled_from(PARIS.code.provisions), st.floats(0, 1), st.floats(0, 1))
def test_raising_an_ambition_never_makes_the_depth_fall(provision, one, other):
    low, high = (PARIS.code.with_ambition(provision.principle, end).depth for end in sorted((one, other)))
    assert 0 <= low <= high <= 1


def of_way(way: str) -> list[sim.Scenario]:
    return [draft.scenario for draft in drafts(PARIS) if draft.way == way]


def test_all_together_lead_from_nothing_through_the_present_text_to_everything():
    depths = [scenario.code.depth for scenario in of_way(TOGETHER)]
    assert depths == sorted(depths)
    assert [depths[0], depths[-1]] == pytest.approx([0, 1])
    assert [draft.scenario.code for draft in drafts(PARIS) if draft.present] == [PARIS.code]


@pytest.mark.parametrize(("way", "other"), [(RESTRAINT_FIRST, EFFORT_FIRST), (EFFORT_FIRST, RESTRAINT_FIRST)])
def test_one_after_another_each_is_raised_in_full(way, other):
    first, last = of_way(way)[0].code, of_way(way)[-1].code
    assert [sum(provision.ambition for provision in code.provisions) for code in (first, last)] == [1, 8]
    more = first.depth_restraint > first.depth_burden
    assert more == (way == RESTRAINT_FIRST)
    assert len(of_way(way)) == len(of_way(other)) == 8


def test_a_text_that_asks_for_nothing_has_its_frontier_too():
    silent = PARIS.with_changes(set={f"ambition_{number}": 0 for number in range(1, 10)})
    table = sim.frontier(silent, replicates=1)
    assert table.loc[table["depth"] == 0, "signatories_state_frontier"].all()
    assert table["depth"].between(0, 1 + 1e-9).all()


def test_luck_is_the_same_under_every_text():
    table = sim.frontier(PARIS, replicates=2, seed=3)
    [present] = table[table["present"]].to_dict("records")
    run = sim.run(replicates=2, seed=3)
    assert present["signatories_firm"] == np.median(run.by_replicate["signatories", "firm"])
    assert present["power_share"] == np.median(run.by_replicate["power_share", "all"])


def test_a_text_under_the_line_between_two_others_is_not_on_the_frontier():
    ways = ["a", "a", "a", "b", "b"]
    depth, signatories = np.array([0, 0.5, 1, 0.4, 0.6]), np.array([10.0, 6, 2, 9, 4])
    assert on_frontier(ways, depth, signatories).tolist() == [True, False, True, True, False]
