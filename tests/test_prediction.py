"""From the description of a text alone: which states would join it, how sure that is, and what it
cannot say.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim
from dashboard import cli
from sim.code_of_conduct import Code
from sim.evidence.instruments import instruments
from sim.evidence.report.prediction import document
from sim.evidence.scores import auc
from sim.evidence.texts import backtest
from sim.evidence.texts.data import families, read_rows
from sim.evidence.texts.fit import (
    chances,
    fit_common,
    spread_of_instruments,
    spreads_of_number,
    values_of,
)
from sim.evidence.texts.prediction import Prediction, _instruments
from sim.scenario import Scenario

ROOT = Path(__file__).resolve().parent.parent
BASE = 'base = "paris-call-2018"\ntitle = "Mine"\n'
CAMP, OTHERS = ("CHN", "RUS", "IRN", "PRK", "CUB"), ("USA", "GBR", "DEU", "JPN")
SHALLOW = {"restraint": 0.3, "burden": 0.2}


def text(convenor: str, openness: float, **keys: Any) -> Scenario:
    code = {"convenor": convenor, "convenor_club": "", "openness": openness, **SHALLOW, **keys}
    return sim.load("paris-call-2018").with_table({"code": code})


@pytest.fixture(scope="module")
def closed() -> Prediction:
    return sim.predict(text("CHN", 0.1, public_rule=0.9))


@pytest.fixture(scope="module")
def open_one() -> Prediction:
    return sim.predict(text("USA", 0.9, public_rule=0.4))


@pytest.fixture(scope="module")
def of_vote() -> Prediction:
    return sim.predict("instruments/unga-77-36")


def ranks(prediction: Prediction) -> dict[str, int]:
    return dict(zip(prediction.states["iso3"], prediction.states["rank"], strict=True))


# Who would join.


def test_a_closed_text_by_china_is_for_one_camp_and_an_open_one_by_the_united_states_for_the_other(
    closed, open_one
):
    of_closed, of_open = ranks(closed), ranks(open_one)
    assert max(of_closed[iso3] for iso3 in CAMP) < min(of_closed[iso3] for iso3 in OTHERS)
    assert max(of_open[iso3] for iso3 in OTHERS) < min(of_open[iso3] for iso3 in CAMP)


def test_as_a_text_closes_china_comes_nearer_and_the_united_states_go():
    chances = [
        sim.predict("paris-call-2018", set={"text_openness": x}).chances
        for x in (0.9, 0.7, 0.5, 0.3, 0.1)
    ]
    assert all(np.diff([each["USA"] for each in chances]) <= 0)
    assert all(np.diff([each["CHN"] for each in chances]) >= 0)
    assert chances[0]["USA"] > 0.5 > chances[-1]["USA"]
    assert all(chances[-1][who] > chances[0][who] for who in ("CHN", "IRN", "CUB"))


def test_the_more_join_the_likelier_each_is_to_be_among_them():
    few, more, most = (
        sim.predict(text("CHN", 0.1), joined=joined).chances for joined in (5, 60, 190)
    )
    assert (few < more).all()
    assert (more < most).all()
    assert [each.sum() for each in (few, more, most)] == pytest.approx([5, 60, 190])


@pytest.mark.parametrize("joined", [1, 192])
@pytest.mark.parametrize("kind", ["declaration", "coalition", "treaty", "vote"])
def test_any_number_may_join(kind, joined):
    extreme = sim.predict(text("", 0.0, restraint=1, burden=1), kind=kind, joined=joined)
    assert extreme.chances.sum() == pytest.approx(joined)


@pytest.mark.parametrize("prediction", ["closed", "open_one", "of_vote"])
def test_intervals_hold_the_point(prediction, request):
    states = request.getfixturevalue(prediction).states
    assert (
        (states["low"] - 1e-3 <= states["chance"]) & (states["chance"] <= states["high"] + 1e-3)
    ).all()
    assert (states["rank_low"] <= states["rank"]).mean() > 0.97
    assert (states["rank"] <= states["rank_high"]).mean() > 0.97


def test_a_number_that_is_known_makes_chances_surer(closed):
    told = sim.predict(closed.scenario, joined=round(closed.number["median"])).states
    assert (told["high"] - told["low"]).mean() < (
        closed.states["high"] - closed.states["low"]
    ).mean()


def test_how_many_join_is_hardly_foretold(closed, open_one):
    for prediction in (closed, open_one):
        number = prediction.number
        assert number["low"] < number["median"] < number["high"]
        assert number["high"] > 2 * number["low"]


def test_members_of_a_group_are_asked_alone_and_are_in_the_room():
    among = sim.predict(text("KEN", 0.6), kind="treaty", among="african_union")
    assert len(among.chances) == 55 - 1  # the Sahrawi Republic has no seat in the United Nations
    assert not read_rows(among.text).has_to_reach


def test_the_motives_add_up_to_the_order(of_vote):
    sums = of_vote.contributions.sum(axis=1)
    assert list(sums.sort_values(ascending=False, kind="stable").index) == list(
        of_vote.states["iso3"]
    )


# Known instruments.


@pytest.mark.parametrize("name", ["unga-77-36", "dfi", "budapest"])
def test_a_known_instrument_is_told_as_in_the_backtest_without_its_family(name):
    rows = _instruments()
    each = next(row for row in rows if row.name == name)
    theirs = backtest._without_family(each.instrument.family, rows)["shares"][name]
    ours = sim.predict(f"instruments/{name}", joined=each.instrument.joined)
    assert ours.chances.tolist() == theirs
    assert ours.auc == auc(each.joined, np.array(theirs))
    assert ours.same.name == name
    assert each.instrument.family not in families(ours.fitted)
    assert sim.predict(f"instruments/{name}").auc == ours.auc


def test_what_happened_stands_beside_a_known_instrument_alone(of_vote, closed):
    assert of_vote.states["joined"].sum() == of_vote.text.joined == 112
    assert closed.auc is None
    assert closed.states["joined"].isna().all()
    opposite = sim.predict("instruments/unga-77-36", set={"text_openness": 0.8})
    assert (opposite.same, opposite.auc) == (None, None)
    assert list(opposite.chances.index) == sorted(
        of_vote.states["iso3"]
    )  # the same states are asked
    assert opposite.chances["USA"] > of_vote.chances["USA"]


def test_a_copy_of_a_known_text_is_known_by_its_content(tmp_path):
    code = sim.load("instruments/dfi").code
    (tmp_path / "copy.toml").write_text(
        'base = "paris-call-2018"\ntitle = "Copy"\n[code]\nname = "Copy"\nlaunch ='
        f' {code.launch}\nconvenor = "USA"\n'
        f"convenor_club = ''\nopenness = {code.openness}\npublic_rule = {code.public_rule}\n"
        f"restraint = {code.depth_restraint}\nburden = {code.depth_burden}\n",
        encoding="utf-8",
    )
    assert sim.predict(tmp_path / "copy.toml").same.name == "dfi"


def test_an_instrument_that_is_not_fitted_is_scored_all_the_same():
    prediction = sim.predict("instruments/sco-code-2015", joined=6)
    assert prediction.same is None
    assert prediction.auc > 0.8


@pytest.mark.refit
@pytest.mark.long
def test_the_number_that_joined_an_instrument_left_out_mostly_lies_where_it_may():
    """The spread about the mean of a kind, as found in the others, holds for a family that was left
    out.
    """
    inside, spreads = [], []
    for family in families(_instruments()):
        others = [each for each in _instruments() if each.instrument.family != family]
        fit = fit_common(others)
        spread = spread_of_instruments(others, fit)
        for each in _instruments():
            if each.instrument.family == family:
                number, value = each.joined.sum(), values_of(each, fit.weights)
                low, high = (
                    chances(each, fit, value, sign * 1.645 * spread).sum() for sign in (-1, 1)
                )
                inside.append(low <= number <= high)
                spreads.append(spreads_of_number(each, fit, value, float(number)) / spread)
    assert 0.8 <= np.mean(inside) <= 1
    assert 0.7 <= np.sqrt(np.mean(np.square(spreads))) <= 1.3


# What is said.


def words(prediction: Prediction) -> str:
    return json.dumps(document(prediction.as_json()).as_json(), ensure_ascii=False)


def test_it_says_what_was_read_and_what_it_cannot_say(closed):
    said = words(closed)
    assert "a state-led text (openness 0.1, public rule 0.9, restraint 0.3, burden 0.2" in said
    assert {"How many join", "Whom another convenor would move", "Firms and NGOs"} <= set(
        closed.limits
    )
    assert "7 were convened by Russia" in said


def test_what_a_short_file_leaves_to_its_base_is_said(tmp_path):
    (tmp_path / "mine.toml").write_text(
        f"{BASE}[code]\nopenness = 0.3\nconvenor = 'KEN'\n", encoding="utf-8"
    )
    content = sim.predict(tmp_path / "mine.toml").as_json()
    assert content["text"]["as_in_base"] == [
        "the day of its launch", "public rule", "restraint", "burden"
    ]  # fmt: skip
    assert "As in the Paris Call:" in json.dumps(document(content).as_json())


def test_a_text_unlike_all_others_is_said_to_be_extrapolated(open_one):
    absurd = sim.predict(text("", 0.0, public_rule=0, restraint=1, burden=1))
    assert absurd.is_extrapolated
    assert "the nearest instrument is" in words(absurd)
    assert not open_one.is_extrapolated
    assert "Extrapolated" not in words(open_one)


def test_a_kind_of_which_no_text_of_this_camp_is_known_is_extrapolated(closed):
    assert "no declaration among those fitted is a state-led text" in words(closed)


def test_a_text_near_the_middle_may_turn():
    assert "another reader may put it on the other side" in words(sim.predict(text("KEN", 0.55)))


def test_a_vote_is_a_vote(of_vote):
    said = words(of_vote)
    assert "who would vote for it" in said
    assert "An abstention counts as no" in said
    assert "its family, oewg, was left out" in said


def test_the_nearest_instruments_come_with_how_well_each_was_told(closed):
    distances = [each["distance"] for each in closed.nearest]
    assert len(distances) == 5
    assert distances == sorted(distances)
    assert all(0 < each["auc"] <= 1 and 0 < each["joined"] < each["n"] for each in closed.nearest)
    names = {f"instruments/{each.name}" for each in instruments() if each.scored}
    assert {each["name"] for each in closed.nearest} <= names


def test_whose_motives_are_asked_for_is_in_the_ranking(closed):
    tables = [
        block for block in document(closed.as_json(), ["KEN"]).blocks if hasattr(block, "rows")
    ]
    assert any("Kenya" in row for row in tables[0].rows)
    assert tables[-1].columns == ("motive", "KEN", "mean")
    assert len(document(closed.as_json(), every=True).blocks[1].rows) == 193


# The depths of a whole text, in a line each.


def code_of(tmp_path: Path, lines: str, base: str = BASE) -> Code:
    (tmp_path / "mine.toml").write_text(f"{base}[code]\n{lines}\n", encoding="utf-8")
    return sim.load(tmp_path / "mine.toml").code


def test_a_text_may_be_described_by_its_depths_alone(tmp_path):
    code = code_of(tmp_path, "restraint = 0.7\nburden = 0.1")
    assert (code.depth_restraint, code.depth_burden, len(code.provisions)) == (0.7, 0.1, 2)


def test_a_depth_that_is_left_out_is_that_of_the_base(tmp_path):
    paris = sim.load("paris-call-2018").code
    code = code_of(tmp_path, "restraint = 0.7")
    assert (code.depth_restraint, code.depth_burden) == (0.7, pytest.approx(paris.depth_burden))


# Wrong input.

CODE = """title = "Mine"
question = "Who?"
[code]
name = "Own"
launch = 2020-01-31
openness = 0.1
public_rule = 1
may_sign = ["states"]
"""
# what is wrong -> the file, and parts of the sentence
FAULTS = {
    "empty": ("", "the file is empty"),
    "no TOML": ("title = ", "found no valid TOML"),
    "an unknown key": (BASE + 'kind = "vote"\n', "found the key 'kind', expected only base"),
    "an unknown key of the instrument": (
        BASE + '[instrument]\nkin = "vote"\n',
        "the key 'kin'",
        "did you mean 'kind'",
    ),
    "no kind": (
        BASE + "[instrument]\n",
        "[instrument]: kind is missing, expected one of declaration",
    ),
    "an unknown kind": (
        BASE + '[instrument]\nkind = "votes"\n',
        "kind is 'votes'",
        "did you mean 'vote'?",
    ),
    "a kind that is no text": (
        BASE + "[instrument]\nkind = 1\n",
        "kind is 1, expected one of declaration",
    ),
    "no table": (
        BASE + 'instrument = "vote"\n',
        "instrument is 'vote', expected a table [instrument]",
    ),
    "who was asked, and no list": (
        BASE + '[instrument]\nkind = "vote"\nothers = "outside"\n',
        "found no members.csv",
    ),
    "openness out of range": (
        BASE + "[code]\nopenness = 1.1\n",
        "openness is 1.1, expected a number from 0 to 1",
    ),
    "an unknown convenor": (
        BASE + '[code]\nconvenor = "China"\n',
        "convenor is 'China'",
        "the iso3 of a state",
    ),
    "no launch": (
        CODE.replace("launch = 2020-01-31\n", "") + "restraint = 0\nburden = 0\n",
        "launch is missing",
    ),
    "no provisions": (CODE, "provisions are missing, expected at least one"),
    "one depth alone": (
        CODE + "restraint = 0.5\n",
        "burden is missing, expected a number from 0 to 1",
    ),
    "depths and provisions": (
        BASE + '[code]\nburden = 0.5\nprovisions = "paris_call_provisions.csv"\n',
        (
            "provisions is 'paris_call_provisions.csv', expected either provisions or burden of the"
            " whole text"
        ),
    ),
    "a depth in words": (
        BASE + '[code]\nburden = "much"\n',
        "burden is 'much', expected a number from 0 to 1",
    ),
    "states may not sign": (BASE + '[code]\nmay_sign = ["firms"]\n', "may_sign has no states"),
    "an event": (
        BASE + '[[events]]\nround = 0\nwho = "USA"\nsigns = true\n',
        "found 1 event",
        "in a prediction only",
    ),
    "a dial": (
        BASE + "[parameters]\nmonitoring = 0.9\n",
        "monitoring is 0.9",
        "in a prediction only [code]",
    ),
    "another lens": (
        BASE + 'lens = "null"\n',
        "under lens = 'null'",
        "in a prediction only [code]",
    ),
}
OPTIONS = {
    "an unknown kind": (["--kind", "poem"], "kind is 'poem', expected one of declaration"),
    "nobody joins": (["--joined", "0"], "joined is 0, expected a whole number from 1 to 192"),
    "everybody joins": (
        ["--joined", "193"],
        "joined is 193, expected a whole number from 1 to 192",
    ),
    "many join": (["--joined", "many"], "joined is 'many', expected a whole number"),
    "an unknown group": (["--among", "natoo"], "there is no group 'natoo'", "did you mean 'nato'"),
    "an unknown state": (["--why", "CHINA"], "--why: there is no state 'CHINA', expected an iso3"),
    "a state that is not asked": (["--among", "nato", "--why", "CHN"], "--why: CHN is not asked"),
    "a seed": (["--seed", "-1"], "--seed is -1"),
    "a lever": (["--set", "openness=0.1"], "there is no dial 'openness'"),
    "a dial": (["--set", "monitoring=0.9"], "the command line, [parameters]: monitoring is 0.9"),
    "a choice": (["--choose", "text=chinese"], "there is no choice 'text'"),
}


@pytest.fixture
def refusal(capsys, monkeypatch):
    """The sentence with which `parley predict` refuses its arguments."""

    def refuse(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["parley", "predict", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        streams = capsys.readouterr()
        assert (end.value.code, streams.out, streams.err.count("\n")) == (2, "", 1)
        return streams.err

    return refuse


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_file_is_refused_in_one_sentence(fault, refusal, tmp_path):
    content, *parts = FAULTS[fault]
    (tmp_path / "mine.toml").write_text(content, encoding="utf-8")
    sentence = refusal(str(tmp_path / "mine.toml"), "--json", str(tmp_path / "out.json"))
    assert [part for part in parts if part not in sentence] == []
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("fault", OPTIONS)
def test_a_wrong_option_is_refused_in_one_sentence(fault, refusal):
    options, *parts = OPTIONS[fault]
    sentence = refusal("paris-call-2018", *options)
    assert [part for part in parts if part not in sentence] == []


@pytest.mark.parametrize("name", ["no-such-text", "classics/bass-1969", "instruments/unga-77"])
def test_a_name_that_is_none_is_refused_in_one_sentence(name, refusal):
    assert refusal(name).startswith(f"parley: {name}: found")


# The command, and repeating it.


def test_the_command_says_in_json_what_python_says(commands, of_vote):
    content = commands("predict", "instruments/unga-77-36").json
    assert content == json.loads(sim.writing.json_text(of_vote.as_json()))


@pytest.mark.long
def test_the_format_quotes_what_is_printed(tmp_path, monkeypatch, capsys):
    document = (ROOT / "docs" / "scenario-files.md").read_text(encoding="utf-8")
    pattern = (
        r"Say this is `(\S+)`:\n\n```toml\n(.*?)```\n\n`parley (.*?)` prints, in"
        r" part:\n\n```text\n(.*?)```"
    )
    ((file, content, command, quotation),) = re.findall(pattern, document, re.DOTALL)
    (tmp_path / file).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["parley", *command.split()])
    with pytest.raises(SystemExit):
        cli.main()
    output = {line.rstrip() for line in capsys.readouterr().out.splitlines()}
    assert [line for line in quotation.splitlines() if line not in output] == []


def test_the_documentation_of_the_json_names_every_key(of_vote):
    documentation = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    content = of_vote.as_json()
    parts = [
        content,
        content["text"],
        content["states"][0],
        content["nearest"][0],
        content["weights"][0],
    ]
    parts += [
        content[name]
        for name in ("features", "number", "fitted", "same", "answers", "asked", "manifest")
    ]
    assert [key for part in parts for key in part if f"`{key}`" not in documentation] == []


def test_the_seed_codes_the_text_anew_and_moves_no_chance(closed):
    other = sim.predict(closed.scenario, seed=2)
    assert other.chances.equals(closed.chances)
    assert not other.states["high"].equals(closed.states["high"])


@pytest.mark.long
def test_the_same_prediction_comes_out_of_another_process(closed, tmp_path):
    lines = (
        "import sim, sys\ncode = dict(convenor='CHN', convenor_club='', openness=0.1,"
        " restraint=0.3, burden=0.2, public_rule=0.9)\ntext ="
        " sim.load('paris-call-2018').with_table({'code':"
        " code})\nsys.stdout.write(sim.predict(text).states.to_json(double_precision=15))"
    )
    run = subprocess.run(
        [sys.executable, "-c", lines], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": "12345"},
    )  # fmt: skip
    assert run.stdout == closed.states.to_json(double_precision=15)


def test_the_manifest_holds_what_repeats_it(closed):
    manifest = closed.manifest
    code = manifest["scenario"]["table"]["code"]
    assert (code["openness"], code["convenor"], manifest["seed"]) == (0.1, "CHN", 1)
    assert len(manifest["weights"]) == len(manifest["data_sha256"]) == 64
