"""The controls that are made from declarations: every scenario in its group."""

from __future__ import annotations

import sim
from dashboard.controls import SCENARIO_GROUPS, scenario_options


def test_every_scenario_stands_in_one_group_and_the_call_first():
    names = [item["value"] for group in scenario_options() for item in group["items"]]
    assert sorted(names) == sorted(name for name, _, _ in sim.available())
    assert [group["group"] for group in scenario_options()] == list(SCENARIO_GROUPS)
    assert names[0] == "paris-call-2018"
    assert max(len(group["items"]) for group in scenario_options()) <= 5
