"""A change that is named as what would turn a decision is an address, and brings what it says."""

from __future__ import annotations

import json
from typing import Any

import pytest

import sim
from dashboard.data import explanations
from dashboard.data.tried import tried
from dashboard.view import view_of
from sim.results.manifest import read_manifest

CHANGES: dict[str, dict[str, Any]] = {
    "a provision": {"parameters": {"ambition_1": 0.15}},
    "the position of the text": {"parameters": {"text_openness": 0.61, "text_public_rule": 0.42}},
    "a convenor": {"code": {"convenor": "CHE"}},
    "signatures": {"events": [{"round": 0, "who": ["CAN", "GBR"], "signs": True}]},
    "absences": {"events": [{"round": -10, "who": ["CAN"], "signs": False}]},
    "capacity": {"events": [{"round": 0, "who": ["KEN"], "trait": "capacity", "value": 0.623456}]},
    "outreach": {"events": [{"round": -2, "who": ["KEN"], "outreach": 0.4, "until": 0}]},
    "outreach that goes on": {
        "events": [
            {"round": 0, "who": ["KEN"], "outreach": 1.2, "until": 2},
            {"round": 3, "who": ["KEN"], "outreach": 0.8, "until": 62},
        ]
    },
}
BEFORE = [
    "",
    "set=text_openness:0.7&set=ambition_1:0.9&branch=3:BRA:signs&seed=7",
    "convenor=GBR&lens=realist",
]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_has_a_place_in_the_address_beside_what_is_there(change, before):
    view = view_of(before)
    after = tried(view, change)
    assert after is not None
    assert after.variant.sha256 == view.variant.with_table(change).sha256
    assert view_of(after.query()) == after


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_run_of_the_address_can_be_repeated_from_its_manifest(change, tmp_path):
    after, file = tried(view_of("worlds=1"), change), tmp_path / "manifest.json"
    file.write_text(json.dumps(after.run().manifest), encoding="utf-8")
    assert read_manifest(file).scenario.sha256 == after.variant.sha256


def test_where_an_address_has_no_room_for_a_change_nothing_is_offered():
    full = view_of("&".join(f"branch={month}:BRA:signs" for month in range(12)))
    assert tried(full, CHANGES["signatures"]) is None


@pytest.mark.parametrize(("who", "by"), [("TUR", 0), ("ARG", 13), ("VNM", 0), ("FRA", 0)])
def test_the_change_in_the_address_brings_the_share_that_is_said(client, monkeypatch, who, by):
    monkeypatch.setattr(explanations, "MOST_WORLDS", 20)
    question = f"who={who}&round=0&by={by}"
    changes = json.loads(client.get(f"/data/explain/changes?{question}").text)["changes"]
    suggested = [change for change in changes if change["change"]]
    assert suggested
    assert all(change["tried"] for change in suggested)
    for change in suggested:
        answer = json.loads(client.get(f"/data/explain?{change['tried']}&{question}").text)
        assert answer["signed_by"] == change["share_after"]


def test_the_convenor_of_the_command_line_is_that_of_the_address(monkeypatch, capsys):
    from command_outputs import parley

    arguments = ("KEN", "--set", "convenor=CHE", "--replicates", "4", "--json", "-")
    content = json.loads(parley(monkeypatch, capsys, "explain", "paris-call-2018", *arguments))
    view = view_of("convenor=CHE&worlds=4")
    assert content["signed_by"] == view.run().explain("KEN").signed_by
    assert sim.load("paris-call-2018").sha256 != view.variant.sha256
