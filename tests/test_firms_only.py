"""Codes that firms or NGOs alone may sign, as the Cybersecurity Tech Accord or the Charter of
Trust: who may not sign has no column, no card and no curve of zeros, and members with a name are
scored.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import sim
from dashboard import cli
from dashboard.cache import Runs
from dashboard.data.brief import brief_of
from dashboard.data.questions import question_from
from dashboard.view import view_of
from sim import facts
from sim.evidence.report.transfer import organisations_document
from sim.evidence.signers import lists_organisations, read_members
from sim.evidence.transfer_to_organisations import transfer_to_organisations

ACCORD = """base = "paris-call-2018"
title = "An accord of firms"
[code]
name = "An accord of firms"
launch = 2018-04-17
convenor = ""
convenor_club = ""
may_sign = ["firms"]
"""
FEW = 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("accord")
    (place / "accord.toml").write_text(ACCORD, encoding="utf-8")
    (place / "civil.toml").write_text(
        ACCORD.replace('"firms"', '"ngos", "firms"'), encoding="utf-8"
    )
    return place


@pytest.fixture(scope="module")
def run(folder: Path) -> sim.Run:
    return sim.run(folder / "accord.toml", replicates=FEW)


@pytest.fixture
def printed(folder: Path, monkeypatch, capsys) -> Callable[..., str]:
    """What a command on a scenario in the folder prints, an error included, with the code it ends
    with.
    """

    def output(command: str, *arguments: str, code: int = 0) -> str:
        files = [
            str(folder / each) if each.endswith((".toml", ".csv")) else each for each in arguments
        ]
        monkeypatch.setattr(sys, "argv", ["parley", command, *files])
        with pytest.raises(SystemExit) as end:
            cli.main()
        streams = capsys.readouterr()
        assert (end.value.code or 0) == code, streams.err
        return streams.out + streams.err

    return output


# Runs


def test_firms_alone_sign_and_nobody_else_is_counted(run):
    assert run.by_replicate["signatories", "firm"].min() > 0
    assert (
        run.by_replicate["signatories", "state"].max()
        == run.by_replicate["signatories", "ngo"].max()
        == 0
    )


def test_states_stand_in_no_tenth_and_miss_nothing(run):
    assert run.deciles().empty
    assert run.misses() == []
    assert run.as_json()["deciles"] == []


def test_on_the_day_of_the_paris_call_states_miss_nothing_either(folder):
    file = folder / "same-day.toml"
    file.write_text(ACCORD.replace("2018-04-17", "2018-11-12"), encoding="utf-8")
    assert sim.run(file, replicates=2).misses() == []


def test_a_run_shows_firms_and_no_column_of_states(printed):
    out = printed("run", "accord.toml", "-n", "2")
    assert "firms: register" in out
    assert "states: register" not in out
    assert "NGOs: register" not in out
    assert "States may not sign this code" in out
    assert "The first 10 of 73 with a name" in out
    assert "Afghanistan" not in printed("run", "accord.toml", "-n", "2", "--all")


@pytest.mark.long
def test_a_comparison_says_who_may_sign_on_one_side_alone(printed):
    out = printed("compare", "paris-call-2018", "accord.toml", "-n", "2")
    assert "States and NGOs may sign in the first alone." in out
    assert "The two open on different days" in out


def test_where_no_signature_moves_another_it_is_said(printed):
    assert "Nobody moves anybody" in printed("pivots", "accord.toml", "-n", "2", "--most", "2")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("pivots", "accord.toml", "--who", "FRA"),
            "found FRA, expected one of those who may sign this code (firm)",
        ),
        (("outreach", "accord.toml"), "outreach: states may not sign this code"),
    ],
)
def test_questions_about_states_are_refused_in_one_sentence(printed, arguments, sentence):
    assert sentence in printed(*arguments, code=2)


def test_a_state_has_nothing_to_decide(run):
    assert (
        "France has nothing to decide, as states may not sign under this scenario, only firms"
        in (run.explain("FRA").reading)
    )
    assert run.explain("Microsoft").contributions


def test_every_kind_alone_has_its_own_frontier(folder):
    table = sim.participation(folder / "civil.toml", replicates=2)
    assert (table["signatories_state"] == 0).all()
    assert table["signatories_ngo"].max() > table["signatories_ngo"].min()


# Transfer


def members(folder: Path, *rows: str) -> Path:
    file = folder / "members.csv"
    file.write_text("\n".join([*rows, ""]), encoding="utf-8")
    return file


def test_a_list_of_members_scores_firms_and_ngos_apart_and_together(folder):
    file = members(
        folder, "name,signed_by", "Microsoft,2018-04-17", "cisco,", "Access Now,2019-01-01"
    )
    assert lists_organisations(file)
    signers = read_members(file, ("firm", "ngo"))
    assert set(signers) == {"Microsoft", "Cisco", "Access Now"}
    result = transfer_to_organisations(sim.load(folder / "civil.toml"), signers, replicates=20)
    scores = result.scores.set_index("kind")
    assert scores["n"].to_dict() == {"firm": 73, "ngo": 40, "all": 113}
    assert scores["signers"].to_dict() == {"firm": 2, "ngo": 1, "all": 3}
    assert scores["auc"].between(0, 1).all()
    shares = result.organisations.query("kind == 'firm'")
    assert scores["brier"]["firm"] == pytest.approx(
        ((shares["share"] - shares["signed"]) ** 2).mean()
    )
    assert any("is no better than that of one share for all" in remark for remark in result.remarks)
    assert result.to_dict()["transfer_to_organisations"]["scores"][0]["kind"] == "firm"
    assert organisations_document(result).title == "An accord of firms: firms and NGOs with a name"


def test_those_who_sign_in_all_worlds_are_found(folder):
    scenario = sim.load(folder / "accord.toml")
    run = sim.run(scenario, replicates=20, conduct=False)
    usual = {name: None for name in facts.organisation_kinds() if run.signed[name] > 0.6}
    (score,) = transfer_to_organisations(scenario, usual, replicates=20).scores.to_dict("records")
    assert score["auc"] == 1.0
    assert score["brier"] < score["base_brier"]


def test_where_all_or_none_signed_the_auc_is_undefined(folder):
    scenario = sim.load(folder / "civil.toml")
    result = transfer_to_organisations(scenario, {"Microsoft": None}, replicates=2)
    assert np.isnan(result.scores.set_index("kind")["auc"]["ngo"])
    assert any("The AUC of NGOs is undefined, since none" in remark for remark in result.remarks)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            ["name", "Mircosoft"],
            "line 2, column name: found 'Mircosoft', expected the name of a firm .*'Microsoft'",
        ),
        (["name", "Access Now"], "column name: found 'Access Now', expected the name of a firm"),
        (["name", "Cisco", "CISCO"], "line 3, column name: found Cisco a second time"),
        (["name,signed_by", "Cisco,2017-01-01"], "found 2017-01-01 as the latest date of signing"),
        (["name,since", "Cisco,2018"], "found 'since' as a column"),
        (
            ["iso3", "FRA"],
            "may_sign has no states, expected them .* or a table of the firms and NGOs that signed",
        ),
    ],
)
def test_a_wrong_list_is_one_sentence(rows, sentence, folder, printed):
    members(folder, *rows)
    out = printed("backtest", "--scenario", "accord.toml", "--signers", "members.csv", code=2)
    assert len(out.splitlines()) == 1
    assert re.search(sentence, out)


def test_a_code_of_states_alone_takes_no_list_of_firms(folder):
    with pytest.raises(sim.InputError, match="may_sign has neither firms nor ngos"):
        transfer_to_organisations(sim.load("states-only"), {"Microsoft": None})


# The dashboard


def test_the_brief_lists_firms_and_says_that_states_may_not_sign():
    view = view_of(f"may_sign=firms&worlds={FEW}")
    content = brief_of(view, Runs(), 62)
    assert content["main"] == "Firms"
    assert {row["kind"]: row["most"] for row in content["numbers"]}["States"] == "may not sign"
    assert (content["whom"], content["states_sign"]) == ("firms", False)
    assert content["changes"] == ["only firms may sign"]
    assert content["in_manifest"]


@pytest.mark.parametrize(
    "path", ["brief", "data/run", "data/network", "data/compare", "data/design", "data/world"]
)
def test_every_route_answers_where_firms_alone_may_sign(client, path):
    world = "&world=1" if path == "data/world" else ""
    assert client.get(f"/{path}?may_sign=firms&worlds={FEW}{world}").status_code == 200


def test_a_campaign_among_states_is_refused_before_it_waits_for_its_turn():
    content = {"kind": "campaign", "view": "may_sign=firms&worlds=10", "asked": ""}
    with pytest.raises(sim.InputError, match="campaign: states may not sign this code"):
        question_from(content)


def test_no_more_candidates_are_asked_about_than_may_sign():
    with pytest.raises(sim.InputError, match=r"most is .*41.*, expected .* 1 to 40"):
        question_from({"kind": "pivots", "view": "may_sign=ngos&worlds=10", "asked": "most=41"})


@pytest.mark.long
def test_the_page_simulate_shows_firms_alone(page: Page, open_page):
    open_page(f"?may_sign=firms&worlds={FEW}")
    expect(page.locator("#interval-state")).to_have_text("may not sign")
    expect(page.locator("#power-interval")).to_have_text("states may not sign")
    expect(page.locator("#interval-firm")).to_have_text(re.compile(r"\d+–\d+"))
    for hidden in ("#panel-state", "#panel-ngo", "#outside-card", "#world-card"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("#worlds-state")).not_to_have_class(
        "of-worlds"
    )  # by which an interval is in brackets
    expect(page.locator("#worlds-firm")).to_have_class("of-worlds")
    expect(page.get_by_role("tab", name="Map")).to_have_count(0)
    expect(page.locator("#panel-firm")).to_be_visible()
    expect(page.locator("#table-count")).to_contain_text("73 of 306 shown")
