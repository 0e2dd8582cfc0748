"""The questions of the page Sweeps and their answers: which sweeps they are, what is wrong with
others, what is told, and that a point opened in Simulate has the very worlds of the sweep.
"""

from __future__ import annotations

import json
import tomllib
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import pytest
from test_names_and_conduct import in_csv, in_json

import sim
from dashboard.data import sweep_answers
from dashboard.data.own_sweep import plan_of
from dashboard.data.questions import question_from, table_of
from dashboard.data.ready_answers import answers
from dashboard.data.sweep_questions import RUNS_OF_READY, ready_sweep
from dashboard.pages.sweeps.dials import first_values
from dashboard.view import view_of

OWN = (
    "lever=sanctions:0,2&uncertainty=attribution_quality&uncertainty=temptation&outcome=harm_prevented&outcome=listed"
    "&points=4&worlds=3"
)
BASE = "lens=realist&set=baseline_share:0.4&seed=5"
QUESTION = {"kind": "sweep", "view": BASE, "asked": OWN}
READY = {"kind": "sweep", "view": "", "asked": "ready=monitoring"}
NAMES = [name for name, _, _ in sim.available_sweeps()]
MOST_BYTES = 300_000


def table_of_own(question: Any) -> dict[str, Any]:
    """The sweep file that the page shows, read again."""
    return tomllib.loads(question.toml)


# The questions


def test_a_question_has_one_key_however_it_is_written():
    own = OWN.split("&")
    others = [
        OWN.replace("sanctions:0,2", "sanctions:0, 2.0").replace(
            "&points=4&worlds=3", "&worlds=3&points=4"
        ),
        OWN.replace("sanctions:0,2", "sanctions:0 to 2 in 2"),
        "&".join([own[0], own[2], own[1], *own[3:]]),  # the assumptions in another order
    ]
    assert {question_from(QUESTION | {"asked": other}).key for other in others} == {
        question_from(QUESTION).key
    }
    assert (
        question_from(QUESTION | {"view": BASE.replace("0.4", "0.40")}).key
        == question_from(QUESTION).key
    )
    assert question_from(READY | {"view": "lens=realist"}).key == question_from(READY).key


@pytest.mark.long
def test_an_answer_repeats_the_question_as_each_visitor_spells_it():
    """The sweep file and the link of a point are those of this visitor, the numbers those of the
    one job.
    """
    asked = OWN.replace("sanctions:0,2", "sanctions:0 to 2 in 2")
    spelled = question_from(QUESTION | {"asked": asked, "view": BASE.replace("0.4", "0.40")})
    answer = question_from(QUESTION).answer()
    said = answer | spelled.wording(answer)
    assert tomllib.loads(said["toml"])["levers"]["sanctions"] == {"from": 0, "to": 2, "steps": 2}
    assert said["sha256"] == spelled.sweep.sha256 != answer["sha256"]
    assert "baseline_share:0.40" in said["link"]["query"]
    assert [key for key in answer if said[key] != answer[key]] == ["sha256", "link", "toml"]
    assert spelled.answer()["rows"] == answer["rows"]


def test_questions_that_differ_in_anything_have_keys_of_their_own():
    questions = [
        READY,
        READY | {"asked": "ready=what-survives"},
        QUESTION,
        *(
            QUESTION | {"view": view}
            for view in ("", "lens=realist", BASE.replace("seed=5", "seed=6"))
        ),
        *(
            QUESTION | {"asked": OWN.replace(*change)}
            for change in (
                ("0,2", "0,1"),
                ("points=4", "points=5"),
                ("worlds=3", "worlds=4"),
                ("outcome=listed", "outcome=restraint"),
            )
        ),
    ]
    assert len({question_from(question).key for question in questions}) == len(questions)


@pytest.mark.parametrize("content", [QUESTION, READY], ids=["own", "ready"])
def test_the_content_of_a_question_is_that_question(content):
    question = question_from(content)
    assert question_from(json.loads(json.dumps(question.content))).key == question.key


@pytest.mark.parametrize("name", NAMES)
def test_a_ready_sweep_has_its_own_points_in_fewer_worlds(name):
    sweep, whole = ready_sweep(name), sim.load_sweep(name)
    assert sweep.points == whole.points
    assert sweep.runs <= RUNS_OF_READY
    assert sweep.sha256 == sim.load_sweep(name, replicates=sweep.replicates).sha256


def test_the_file_that_the_page_shows_is_the_sweep_that_it_simulates(tmp_path):
    gradient = "lever=state_attention_gradient:6 to 10 in 3&outcome=signatories"
    for view, asked in (
        (BASE, OWN),
        ("scenario=great-powers-sign&choose=who:CHN", gradient),
        ("set=sanctions:1", "lever=sanctions:0,1e-3&lever=ambition_8:0,1&worlds=2"),
    ):
        question = question_from({"kind": "sweep", "view": view, "asked": asked})
        file = tmp_path / "mine.toml"
        file.write_text(question.toml, encoding="utf-8")
        assert sim.load_sweep(file).sha256 == question.sweep.sha256


# Each with the field it is about, and what the sentence names.
@pytest.mark.parametrize(
    ("view", "asked", "field", "word"),
    [
        ("", "", "lever", "nothing differs"),
        ("", "lever=sanctions:0,9", "lever", "sanctions is 9"),
        ("", "lever=sanctions:1", "lever", "2 to 20 different"),
        ("", "lever=sanctions:", "lever", "2 to 20 different"),
        ("", "lever=sanctions:0,nan", "lever", "'nan'"),
        ("", "lever=sanctions:0,inf", "lever", "'inf'"),
        ("", "lever=sanctions:0,1_0", "lever", "'1_0'"),
        ("", "lever=sanctions:0,٣", "lever", "'٣'"),
        ("", "lever=sanctions:2 to 0 in 3", "lever", "the lower first"),
        ("", "lever=sanctions:0 to 1 in 999", "lever", "999 steps"),
        ("", "lever=state_peers:0,1", "lever", "'state_peers'"),
        ("", "lever=__class__:0,1", "lever", "'__class__'"),
        ("", "lever=sanctions:0,1&lever=<b>:0,1", "lever-2", "'<b>'"),
        ("", "lever=sanctions:0,1&lever=sanctions:0,1", "lever-2", "twice"),
        ("", "lever=bloc_votes:0,0.5", "lever", "bloc_votes"),
        ("", "lever=temptation:0,1&uncertainty=temptation", "uncertainty", "twice"),
        ("", "uncertainty=sanctions", "uncertainty", "'sanctions'"),
        ("", "lever=sanctions:0,1&outcome=fame", "outcome", "'fame'"),
        ("", "uncertainty=temptation&points=0", "points", "points is '0'"),
        ("", "lever=sanctions:0,1&worlds=1", "worlds", "worlds is '1'"),
        (
            "",
            "lever=sanctions:0 to 1 in 20&lever=monitoring:0 to 1 in 20&worlds=10",
            "worlds",
            "4,000 worlds",
        ),
        ("branch=3:BRA:signs", "lever=sanctions:0,1", "scenario", "branches"),
        ("weights=draws", "lever=sanctions:0,1", "scenario", "draws"),
        ("may_sign=states", "lever=sanctions:0,1", "scenario", "who may sign"),
        ("scenario=no-microsoft", "lever=sanctions:0,1", "outcome", "would be theirs"),
        ("scenario=../x", "lever=sanctions:0,1", "scenario", "'../x'"),
        ("", "ready=monitoring&worlds=3", "scenario", "ready"),
        ("", "a", "scenario", "'a'"),
    ],
)
def test_what_is_wrong_with_ones_own_sweep_is_one_sentence_at_its_field(view, asked, field, word):
    plan = plan_of(view, asked)
    assert plan["problem"]["field"] == field
    assert word in plan["problem"]["message"]
    with pytest.raises(sim.InputError) as problem:
        question_from({"kind": "sweep", "view": view, "asked": asked})
    assert len(str(problem.value).splitlines()) == 1


@pytest.mark.parametrize(
    "dial", ["sanctions", "text_openness", "ratifications_for_force", "operation_base"]
)
def test_a_dial_is_first_compared_at_values_that_it_can_have(dial):
    plan = plan_of(
        "",
        urlencode(
            {"lever": f"{dial}:{first_values()[dial]}", "outcome": "harm_prevented", "worlds": 2}
        ),
    )
    assert plan["problem"] is None
    assert plan["points"] == 3


@pytest.mark.parametrize(
    "asked",
    [
        "ready=../monitoring",
        "ready=/etc/passwd",
        "ready=",
        "result=x",
        "result=../../etc",
        "ready=monitoring&ready=a",
        "result=%00",
        "sweep=1",
        "folder=/tmp",
        "lever=sanctions:0,1&folder=/tmp",
    ],
)
def test_no_question_names_a_file_or_a_folder(asked):
    with pytest.raises(sim.InputError) as problem:
        question_from({"kind": "sweep", "view": "", "asked": asked, "folder": "/tmp"})
    assert len(str(problem.value).splitlines()) == 1


def test_a_plan_says_how_large_it_is_and_how_it_is_repeated():
    plan = plan_of(BASE, OWN)
    assert (plan["points"], plan["runs"], plan["problem"]) == (8, 24, None)
    assert 1 <= plan["seconds"] <= 60
    assert plan["command"].splitlines() == [
        "parley sweep mine.toml --out mine",
        "parley analyse mine",
    ]
    assert 'temptation = "plausible"' in plan["toml"]


# Their answers


@pytest.fixture(scope="module")
def own() -> dict[str, Any]:
    """The answer to a small sweep of one's own."""
    reports: list[tuple[int, int]] = []
    answer = question_from(QUESTION).answer(lambda done, total: reports.append((done, total)))
    assert reports[0] == (0, 24)
    assert reports[-1] == (24, 24)
    return json.loads(json.dumps(answer, allow_nan=False))


@pytest.fixture(scope="module")
def result() -> sim.SweepResult:
    """The same sweep, by the library."""
    return sim.sweep(table_of_own(question_from(QUESTION)))


def test_an_answer_has_the_words_of_the_analysis_but_for_ranges_that_hardly_bear_on_it(own, result):
    analysis = sim.analyse(result)
    texts = [
        each.text.rpartition(" [")[0] if each.text.endswith("]") else each.text
        for each in analysis.sentences
    ]
    on_signing = [
        each["kind"] == "answer" and each["outcome"] != "harm_prevented"
        for each in own["sentences"]
    ]
    for each, text, is_on_signing in zip(own["sentences"], texts, on_signing, strict=True):
        assert (
            each["text"].endswith("hardly bear on who signs.")
            if is_on_signing
            else each["text"] == text
        )
    told = {
        each["outcome"]
        for each, is_there in zip(own["sentences"], on_signing, strict=True)
        if is_there
    }
    assert told == {*own["how_sure"]} != set()
    assert {each["compare"] for each in own["how_sure"].values()} == {
        None
    }  # under a lens there are no other fits
    assert own["hash"] == result.hash
    assert own["effects"] == analysis.as_json()["effects"]


def test_a_point_has_the_means_of_its_worlds(own, result):
    means = result.means(["harm_prevented", "listed_state"])
    np.testing.assert_allclose(own["rows"]["harm_prevented"], means["harm_prevented"], rtol=1e-5)
    np.testing.assert_array_equal(own["rows"]["temptation"], means["temptation"])


def link_of(answer: dict[str, Any], place: int) -> str:
    """The query of a point, as assets/sweeps.js writes it."""
    link = answer["link"]
    kinds = {
        "dial": lambda name, value: ("set", f"{name}:{value}"),
        "choice": lambda name, value: ("choose", f"{name.removeprefix('choose_')}:{value}"),
    }
    pairs = [
        kinds[axis["kind"]](axis["name"], answer["rows"][axis["name"]][place])
        for axis in answer["axes"]
    ]
    pairs += [("worlds", link["worlds"]), ("seed", link["seed"])]
    return "&".join(filter(None, [link["query"], urlencode(pairs)]))


@pytest.mark.parametrize("place", [0, 5, 7])
def test_a_point_opened_in_simulate_has_the_very_worlds_of_the_sweep(own, result, place):
    run = view_of(link_of(own, place)).run()
    rows = result.frame(["listed_state", "listed_firm", "listed_ngo"]).query("point == @place")
    assert run.replicates == 3
    np.testing.assert_array_equal(
        run.values("listed")[:, -1], rows[["listed_state", "listed_firm", "listed_ngo"]]
    )


def test_a_point_of_a_choice_opens_with_that_choice(tmp_path):
    table = {
        "scenario": "great-powers-sign",
        "replicates": 2,
        "outcomes": ["signatories"],
        "levers": {"choices": {"who": ["USA", "CHN,RUS"]}, "text_openness": [0.7, 0.8]},
    }
    result = sim.sweep(table, tmp_path / "x")
    answer = sweep_answers.answer_of(result)
    for place in range(4):
        run, rows = (
            view_of(link_of(answer, place)).run(),
            result.frame(["signatories_state"]).query("point == @place"),
        )
        np.testing.assert_array_equal(
            run.values("signatories")[:, -1, 0], rows["signatories_state"]
        )


def test_a_result_whose_dials_were_set_by_its_file_opens_with_them(tmp_path):
    table = {
        "replicates": 2,
        "outcomes": ["listed"],
        "lens": "realist",
        "levers": {"attention_scale": [0.5, 1]},
        "parameters": {"state_attention_gradient": 6.5},
    }
    result = sim.sweep(table, tmp_path / "x")
    answer = sweep_answers.answer_of(result)
    assert "state_attention_gradient:6.5" in answer["link"]["query"]
    run, rows = (
        view_of(link_of(answer, 1)).run(),
        result.frame(["listed_state"]).query("point == 1"),
    )
    np.testing.assert_array_equal(run.values("listed")[:, -1, 0], rows["listed_state"])


def test_points_that_an_address_cannot_say_have_no_link_and_a_reason(tmp_path):
    for number, more in enumerate(
        ({"common_random_numbers": False}, {"uncertainties": {"weights": "2 draws"}})
    ):
        table = {
            "replicates": 2,
            "outcomes": ["signatories"],
            "levers": {"attention_scale": [0.5, 1]},
            **more,
        }
        answer = sweep_answers.answer_of(sim.sweep(table, tmp_path / f"{number}"))
        assert answer["link"]["query"] is None
        assert answer["link"]["why"]


def test_conduct_is_not_told_beside_somebodys_signature(tmp_path):
    both = ["signatories", "harm_prevented"]
    table = {"replicates": 2, "outcomes": both, "answer": {"outcome": both}, "signers": ["USA"],
             "levers": {"sanctions": [0, 1]}}  # fmt: skip
    answer = sweep_answers.answer_of(sim.sweep(table, tmp_path / "x"))
    assert {each["basis"] for each in answer["sentences"]} == {"what_if"}
    assert "harm_prevented" not in json.dumps(answer)
    assert sweep_answers.WITHHELD in answer["notes"]
    assert list(in_json(answer)) == []
    only = table | {"outcomes": ["harm_prevented"], "answer": {"outcome": "harm_prevented"}}
    with pytest.raises(sim.InputError, match="ask for an outcome of signing"):
        sweep_answers.answer_of(sim.sweep(only, tmp_path / "y"))


def test_conduct_is_not_told_of_a_scenario_that_differs_by_what_one_does(tmp_path):
    table = {
        "scenario": "no-microsoft",
        "replicates": 2,
        "outcomes": ["signatories", "harm_prevented"],
        "levers": {"sanctions": [0, 1]},
        "answer": {"outcome": ["signatories", "harm_prevented"]},
    }
    answer = sweep_answers.answer_of(sim.sweep(table, tmp_path / "x"))
    assert sweep_answers.WITHHELD_SCENARIO in answer["notes"]
    assert [each["name"] for each in answer["outcomes"]] == [
        "signatories_state",
        "signatories_firm",
        "signatories_ngo",
    ]


def test_every_table_of_an_answer_says_what_it_rests_on_and_names_nobody_beside_conduct(own):
    present = [name for name in sweep_answers.TABLES if table_of(own, name) is not None]
    assert {"points", "effects", "convergence"} <= set(present)
    for name in present:
        text = table_of(own, name)
        table = pd.read_csv(BytesIO(text))
        assert set(table["basis"]) <= set(sim.BASES.values()), name
        assert (set(table["seed"]), set(table["worlds_each"])) == ({5}, {3}), name
        assert set(table["worlds"]) == {own["done"]}, name
        assert in_csv(text.decode()) == []
    assert list(in_json(own)) == []
    assert table_of(own, "pivots") is None


@pytest.mark.long
@pytest.mark.parametrize("name", ["which-great-power", "attribution-and-sanctions"])
def test_the_answer_that_ships_is_that_of_the_engine(name):
    """One about signing and one about conduct, since all five take many minutes."""
    question = question_from(READY | {"asked": f"ready={name}"})
    assert question.answer() == answers()[question.key], "make answers"


@pytest.mark.parametrize("name", NAMES)
def test_a_ready_question_has_an_answer_of_a_size_for_phones(name):
    answer = answers()[question_from(READY | {"asked": f"ready={name}"}).key]
    assert len(json.dumps(answer, allow_nan=False)) < MOST_BYTES
    assert answer["link"]["query"] is not None
    assert answer["sentences"][0]["kind"] == "answer"
    assert list(in_json(answer)) == []
    assert f"-n {answer['replicates']} " in answer["command"]


@pytest.mark.long
def test_many_points_are_thinned_out_and_the_answer_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(sweep_answers, "MOST_POINTS", 20)
    table = {
        "replicates": 2,
        "outcomes": ["listed"],
        "levers": {"attention_scale": {"from": 0, "to": 2, "steps": 50}},
    }
    answer = sweep_answers.answer_of(sim.sweep(table, tmp_path / "x"))
    assert len(answer["rows"]["point"]) == 20
    assert answer["rows_of"] == answer["points"] == 50
    assert answer["rows"]["point"][0] == 0
    assert answer["rows"]["point"][-1] == 49
