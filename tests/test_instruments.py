"""Other instruments: what ships is what the records say, and a folder that is wrong is refused in
one sentence.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from command_outputs import parley

import sim
from sim import facts
from sim.evidence.instruments import JOINED, NOT_ASKED, OUTSIDE, Instrument, instrument, instruments

# For, against and abstaining, as the voting records of the General Assembly count them.
TALLIES = {
    "unga-73-27": (119, 46, 14),
    "unga-73-266": (138, 12, 16),
    "unga-73-187": (94, 59, 33),
    "unga-74-28": (163, 10, 6),
    "unga-74-29": (129, 6, 45),
    "unga-74-247": (79, 60, 33),
    "unga-75-32": (163, 10, 7),
    "unga-75-240": (92, 50, 21),
    "unga-77-36": (112, 52, 8),
    "unga-77-37": (156, 7, 14),
    "unga-78-16": (161, 9, 11),
    "unga-78-237": (104, 53, 7),
    "unga-78-241": (152, 4, 11),
    "unga-79-62": (166, 3, 15),
    "unga-79-239": (159, 2, 5),
}
# Members of the United Nations among those who joined, by the lists that the notes name.
TOTALS = {
    "budapest": 80,
    "budapest-protocol-2": 52,
    "dfi": 59,
    "foc": 42,
    "joint-statement-2019": 27,
    "pall-mall-2024": 25,
    "pall-mall-code-2025": 24,
    "spyware-2023": 22,
    "sco-code-2015": 6,
    "malabo": 15,
    "wcit-2012": 89,
    "paris-ai-2025": 57,
    "osaka-2019": 23,
    "info-integrity-2023": 32,
    "coe-ai-convention": 18,
}


@pytest.fixture(scope="module")
def shipped() -> dict[str, Instrument]:
    return {each.name: each for each in instruments()}


def test_votes_add_up_to_their_tallies(shipped):
    tallies = {
        name: tuple(
            int((each.members["stance"] == stance).sum())
            for stance in ("for", "against", "abstain")
        )
        for name, each in shipped.items()
        if each.kind == "vote"
    }
    assert tallies == TALLIES


def test_lists_add_up_to_their_totals(shipped):
    assert {name: each.joined for name, each in shipped.items() if each.kind != "vote"} == TOTALS


def test_the_risk_set_of_a_vote_is_those_who_voted(shipped):
    for name, tally in TALLIES.items():
        assert shipped[name].at_risk == sum(tally)
        assert set(shipped[name].answers) == {JOINED, OUTSIDE, NOT_ASKED}


def test_only_parties_to_the_convention_are_asked_about_its_protocol(shipped):
    parties = shipped["budapest"].answers == JOINED
    np.testing.assert_array_equal(shipped["budapest-protocol-2"].answers != NOT_ASKED, parties)


def test_a_vote_that_the_facts_hold_too_is_the_same_there(shipped):
    states = facts.states()
    for name, column in (("unga-73-27", "unga_73_27_oewg"), ("unga-73-266", "unga_73_266_gge")):
        for iso3, stance in shipped[name].members["stance"].items():
            assert {"for": "yes", "against": "no"}.get(stance, stance) == states.loc[iso3, column]


def test_families_hold_texts_of_one_convenor_side(shipped):
    assert {each.family for each in shipped.values() if each.scenario.code.convenor == "RUS"} == {
        "oewg",
        "crime",
    }
    assert len({each.family for each in shipped.values() if each.scored}) >= 12


def test_every_instrument_says_what_it_is(shipped):
    for each in shipped.values():
        assert each.scenario.question.endswith("?")
        assert len(each.scenario.title) <= 70
        for part in (
            "The question.",
            "Who was asked.",
            "How it was coded.",
            "What is assumed.",
            "Sources.",
        ):
            assert f"**{part}**" in each.scenario.notes, (each.name, part)


def test_the_list_is_that_of_the_folder(monkeypatch, capsys, shipped):
    rows = json.loads(parley(monkeypatch, capsys, "list", "--instruments", "--json", "-"))
    assert [row["name"] for row in rows] == [f"instruments/{name}" for name in shipped]
    assert [(row["joined"], row["asked"]) for row in rows] == [
        (each.joined, each.at_risk) for each in shipped.values()
    ]


def test_an_instrument_runs_like_a_scenario():
    assert sim.run("instruments/dfi", replicates=1, conduct=False).scenario.code.convenor == "USA"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one's own: a copy of a declaration."""
    return Path(shutil.copytree(facts.SCENARIOS / "instruments" / "dfi", tmp_path / "mine"))


def test_a_user_adds_one_with_a_folder(folder, shipped):
    np.testing.assert_array_equal(instrument(folder).answers, shipped["dfi"].answers)


def edit(file: str, old: str, new: str) -> Callable[[Path], None]:
    """A change of one file in a folder."""

    def change(folder: Path) -> None:
        path = folder / file
        content = path.read_text("utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), "utf-8")

    return change


ALBANIA = "ALB,sign,2022-04-28,3,"
WRONG = {
    "no table of members": (
        lambda folder: (folder / "members.csv").unlink(),
        "found no members.csv",
    ),
    "an empty table": (
        lambda folder: (folder / "members.csv").write_text("iso3,stance,joined,confidence\n"),
        "row",
    ),
    "nobody joined": (
        lambda folder: (folder / "members.csv").write_text(
            "iso3,stance,joined,confidence\nALB,outside,,3\n"
        ),
        "no state that joined",
    ),
    "everybody joined": (
        edit("scenario.toml", 'others = "outside"', 'others = "not asked"'),
        "did not join",
    ),
    "no table of its kind": (edit("scenario.toml", "[instrument]", "[instruments]"), "instruments"),
    "another kind": (
        edit("scenario.toml", 'kind = "declaration"', 'kind = "pledge"'),
        "expected one of declaration",
    ),
    "how one joins what is no treaty": (
        edit("scenario.toml", "scored", 'joined_by = "signature"\nscored'),
        "treaty",
    ),
    "a treaty that nobody can join": (
        edit("scenario.toml", 'kind = "declaration"', 'kind = "treaty"'),
        "joined_by",
    ),
    "another word for the others": (
        edit("scenario.toml", 'others = "outside"', 'others = "out"'),
        "others",
    ),
    "neither true nor false": (
        edit("scenario.toml", "scored = true", 'scored = "yes"'),
        "true or false",
    ),
    "an unknown key": (
        edit("scenario.toml", "scored = true", "score = true"),
        "did you mean 'scored'?",
    ),
    "an unknown state": (edit("members.csv", "ALB", "XXX"), "line 2, column iso3"),
    "a state by its name": (edit("members.csv", "ALB", "Albania"), "did you mean 'ALB'?"),
    "a state twice": (edit("members.csv", ALBANIA, f"{ALBANIA}\n{ALBANIA}"), "a second time"),
    "a stance of votes": (edit("members.csv", "sign", "for"), "line 2, column stance"),
    "no date": (edit("members.csv", "2022-04-28", "April 2022"), "line 2, column joined"),
    "a day before the launch": (
        edit("members.csv", "2022-04-28", "2012-04-28"),
        "no day before the launch",
    ),
    "a day of one that did not join": (
        edit("members.csv", "ALB,sign", "ALB,outside"),
        "expected an empty cell",
    ),
    "too sure": (edit("members.csv", ALBANIA, "ALB,sign,2022-04-28,4,"), "column confidence"),
    "another column": (edit("members.csv", "confidence", "certainty"), "'confidence' is missing"),
    "not for states": (
        edit("scenario.toml", 'may_sign = ["states"]', 'may_sign = ["firms"]'),
        "states may not sign",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_folder_is_refused_in_one_sentence(folder, what):
    change, words = WRONG[what]
    change(folder)
    with pytest.raises(sim.InputError) as error:
        instrument(folder)
    message = str(error.value)
    assert words in message
    assert "\n" not in message
    assert len(message) < 340
