"""Scenarios: what ships, dates and rounds, how layers, choices and changes work together, what
moves the hash.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from sim import facts
from sim.errors import InputError
from sim.parameters import DIALS
from sim.scenario import Event, Scenario, available, load
from sim.scenario.calendar import end_of_round, round_of_count, round_of_event

NAMES = [name for name, _, _ in available()]
PARIS = "paris-call-2018"
LAUNCH = date(2018, 11, 12)


@pytest.fixture(scope="module")
def paris() -> Scenario:
    return load(PARIS)


def file_with(folder: Path, content: str, name: str = "mine.toml") -> Path:
    """The path of a scenario file with *content*."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def test_the_default_comes_first():
    assert NAMES[0] == PARIS
    assert NAMES[1:] == sorted(NAMES[1:])


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_scenario_loads_and_says_what_to_look_at(name):
    scenario = load(name)
    headings = (
        "**The question.**",
        "**What it changes.**",
        "**What to look at.**",
        "**What is assumed.**",
    )
    assert scenario.name == name
    assert all(heading in scenario.notes for heading in headings)


def test_the_default_runs_past_every_count_of_the_register(paris):
    assert (
        max(round_of_count(paris.code.launch, day) for day in facts.milestones()["date"])
        <= paris.last_round
    )


def test_round_0_ends_on_the_day_of_the_launch():
    assert end_of_round(LAUNCH, 0) == LAUNCH


@pytest.mark.parametrize(
    ("day", "event", "count"),
    [
        (date(2018, 10, 12), -1, -1),
        (date(2018, 10, 13), 0, -1),
        (date(2018, 11, 12), 0, 0),
        (date(2018, 11, 13), 1, 0),
        (date(2018, 12, 12), 1, 1),
        (date(2019, 11, 11), 12, 11),
        (date(2019, 11, 12), 12, 12),
        (date(2024, 1, 19), 63, 62),
    ],
)
def test_an_event_falls_in_the_round_around_it_and_a_count_is_read_when_the_last_round_is_over(
    day, event, count
):
    assert (round_of_event(LAUNCH, day), round_of_count(LAUNCH, day)) == (event, count)


@pytest.mark.parametrize(
    "launch", [LAUNCH, date(2020, 1, 31), date(2019, 12, 30), date(2020, 2, 29)]
)
def test_every_day_lies_after_the_end_of_the_round_before_and_not_after_its_own(launch):
    for day in (launch + timedelta(days=n) for n in range(-800, 800)):
        t = round_of_event(launch, day)
        assert end_of_round(launch, t - 1) < day <= end_of_round(launch, t)


@pytest.mark.parametrize("launch", [LAUNCH, date(2020, 1, 31), date(2020, 2, 29)])
def test_a_count_knows_every_round_that_has_ended_and_no_other(launch):
    for day in (launch + timedelta(days=n) for n in range(-800, 800)):
        t = round_of_count(launch, day)
        assert end_of_round(launch, t) <= day < end_of_round(launch, t + 1)


def test_a_round_ends_with_the_month_where_the_month_is_too_short():
    assert [end_of_round(date(2019, 12, 31), t) for t in (1, 2, 3)] == [
        date(2020, 1, 31),
        date(2020, 2, 29),
        date(2020, 3, 31),
    ]


def test_every_dial_has_a_value(paris):
    assert set(paris.parameters) == set(DIALS)


def test_where_only_states_may_sign_everything_else_is_as_it_was(paris):
    states_only = load("states-only")
    assert states_only.code.may_sign == ("state",)
    assert states_only.code.provisions == paris.code.provisions
    assert states_only.parameters == paris.parameters


@pytest.mark.parametrize("who", ["USA,CHN", ["CHN", "USA"], ("USA", "CHN")])
def test_one_chooses_which_powers_sign_when_and_how(who):
    (event,) = (
        load("great-powers-sign")
        .with_choices({"who": who, "manner": "in-name", "when": "anniversary"})
        .events
    )
    assert (event.round, event.who, event.earnest) == (12, ("USA", "CHN"), False)


def test_a_choice_leaves_the_others_as_they_were():
    choices = (
        load("great-powers-sign")
        .with_choices({"who": "USA"})
        .with_choices({"manner": "in-name"})
        .answers
    )
    assert choices == {"who": ("USA",), "when": ("launch",), "manner": ("in-name",)}


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        (
            {"whom": "USA"},
            "there is no choice 'whom', expected one of who, when, manner; did you mean 'who'?",
        ),
        ({"who": "USA,FRA"}, "who is 'USA,FRA', expected one or more of USA, CHN, RUS"),
        ({"who": []}, r"who is \[\], expected one or more of"),
        (
            {"manner": "in-earnest,in-name"},
            "manner is 'in-earnest,in-name', expected one of in-earnest, in-name",
        ),
        ({"manner": "in-nam"}, "did you mean 'in-name'?"),
    ],
)
def test_a_wrong_choice_is_refused(choices, sentence):
    with pytest.raises(InputError, match=rf"^--choose: .*{sentence}"):
        load("great-powers-sign").with_choices(choices, where="--choose")


def test_where_nothing_is_left_open_nothing_can_be_chosen(paris):
    with pytest.raises(
        InputError, match="expected none, as this scenario leaves nothing to choose"
    ):
        paris.with_choices({"who": "USA"})


def test_what_is_not_said_is_as_in_the_base(tmp_path, paris):
    file = file_with(
        tmp_path, f'base = "{PARIS}"\ntitle = "Mine"\n[parameters]\nmonitoring = 0.5\n'
    )
    mine = load(file)
    assert (mine.name, mine.title, mine.question, mine.base) == (
        "mine",
        "Mine",
        paris.question,
        (PARIS,),
    )
    assert mine.code == paris.code
    assert {name for name in DIALS if mine.parameters[name] != paris.parameters[name]} == {
        "monitoring"
    }


def test_a_base_may_be_a_file_beside_and_bases_chain(tmp_path):
    first = 'title = "First"\n[[events]]\nround = 3\nwho = "USA"\nsigns = true\n'
    file_with(tmp_path, f'base = "{PARIS}"\n{first}', "first.toml")
    second = 'base = "../first.toml"\n[[events]]\nround = 1\nwho = "CHN"\nsigns = true\n'
    file_with(tmp_path, second, "deep/scenario.toml")
    deep = load(tmp_path / "deep")
    assert (deep.name, deep.base) == ("deep", ("first", PARIS))
    assert [(event.round, event.who) for event in deep.events] == [(1, ("CHN",)), (3, ("USA",))]


OWN_CODE = """
title = "A code of my own"
question = "Who would sign it?"
weights = "full"
last_round = 24

[code]
name = "Own"
launch = 2020-01-31
openness = 0.1
public_rule = 1
may_sign = "states"

[[code.provisions]]
principle = 4
short_name = "sovereignty"
binds = "states; firms"
restraint = 1.0
burden = 0
position = -1
ambition = 0.25
breaking_it_is = "interfering"
"""


def test_a_code_of_ones_own_needs_no_base(tmp_path):
    own = load(file_with(tmp_path, OWN_CODE))
    assert (own.code.convenor, own.code.convenor_club, own.code.may_sign) == (
        None,
        None,
        ("state",),
    )
    (provision,) = own.code.provisions
    assert (provision.position, provision.restraint, provision.conduct) == (-1, 1, "operation")
    assert own.settings["ambition_4"] == 0.25
    assert "ambition_1" not in own.dials


def test_provisions_may_come_from_a_table_of_ones_own(tmp_path):
    table = "principle,short_name,binds,restraint,burden,position,ambition,breaking_it_is,conduct\n"
    (tmp_path / "own.csv").write_text(
        table + "1,report,all,0.9,0,0,1,silence,practice\n", encoding="utf-8"
    )
    mine = load(file_with(tmp_path, f'base = "{PARIS}"\n[code]\nprovisions = "own.csv"\n'))
    assert [(p.short_name, p.conduct) for p in mine.code.provisions] == [("report", "practice")]


def test_a_convenor_can_be_taken_away(tmp_path):
    mine = load(
        file_with(tmp_path, f'base = "{PARIS}"\n[code]\nconvenor = ""\nconvenor_club = ""\n')
    )
    assert (mine.code.convenor, mine.code.convenor_club) == (None, None)


def test_the_last_word_is_the_nearest(tmp_path, paris):
    file = file_with(
        tmp_path, f'base = "{PARIS}"\n[parameters]\nmonitoring = 0.5\nambition_3 = 0.9\n'
    )
    mine = load(file).with_changes(set={"monitoring": 0.7})
    assert (mine.parameters.monitoring, mine.settings["ambition_3"]) == (0.7, 0.9)
    assert mine.code.depth_restraint > paris.code.depth_restraint


def test_a_branch_is_the_same_scenario_with_one_more_event():
    scenario = load("great-powers-sign").with_changes(
        events=[{"round": 0, "who": "USA", "signs": False}]
    )
    assert [(event.who, event.value) for event in scenario.events] == [
        (("USA", "CHN", "RUS"), 1),
        (("USA",), 0),
    ]


def test_choices_and_changes_hold_together():
    scenario = load("great-powers-sign").with_changes(
        set={"sanctions": 1},
        events=[{"round": 9, "dial": "monitoring", "value": 0.5}],
        choices={"who": "RUS"},
    )
    again = scenario.with_choices({"manner": "in-name"})
    assert again.parameters.sanctions == 1
    assert [(event.what, event.who) for event in again.events] == [
        ("choice", ("RUS",)),
        ("dial", ()),
    ]
    assert again.events[0].earnest is False


def test_changes_do_not_change_the_scenario_they_start_from(paris):
    before = paris.sha256
    paris.with_changes(set={"monitoring": 1}, events=[{"round": 1, "who": "USA", "signs": True}])
    assert paris.sha256 == before
    assert paris.with_changes().sha256 == before


@pytest.mark.parametrize(
    ("table", "event"),
    [
        (
            {"date": "2021-11-11", "who": "United States", "signs": True},
            Event(36, "choice", ("USA",), 1),
        ),
        ({"round": 0, "who": "microsoft", "signs": False}, Event(0, "choice", ("Microsoft",), 0)),
        (
            {"round": 0, "who": ["USA", "Kaspersky"], "signs": True, "earnest": False},
            Event(0, "choice", ("USA", "Kaspersky"), 1, earnest=False),
        ),
        (
            {"round": 2, "who": "firm DEU-017", "signs": True},
            Event(2, "choice", ("firm DEU-017",), 1),
        ),
        (
            {"round": 2, "kind": "ngo", "trait": "capacity", "value": 1},
            Event(2, "trait", ("every ngo",), 1, "capacity"),
        ),
        ({"round": 2, "dial": "monitoring", "value": 0.5}, Event(2, "dial", (), 0.5, "monitoring")),
        (
            {"round": 1, "who": "KEN", "outreach": 0.2, "until": "2019-06-01"},
            Event(1, "outreach", ("KEN",), 0.2, until=7),
        ),
        (
            {"round": 1, "who": "KEN", "trait": "capacity", "value": 0.9, "until": 5},
            Event(1, "trait", ("KEN",), 0.9, "capacity", until=5),
        ),
        (
            {"round": 1, "group": "brics", "signs": True, "hindsight": True, "why": "a summit"},
            Event(
                1, "choice", ("BRA", "CHN", "IND", "RUS", "ZAF"), 1, hindsight=True, why="a summit"
            ),
        ),
    ],
)
def test_an_event_says_who_does_what_from_when_on(paris, table, event):
    scenario = paris.with_changes(events=[table])
    assert scenario.events == (event,)
    assert paris.with_changes(events=[event]).events == (event,)


def test_a_named_exception_to_a_group_holds(paris):
    scenario = paris.with_changes(
        events=[
            {"round": 0, "kind": "firm", "signs": False},
            {"round": 0, "who": "SAP", "signs": True},
        ]
    )
    assert [event.who for event in scenario.events] == [("every firm",), ("SAP",)]


def test_backtests_leave_hindsight_out(tmp_path):
    late = 'round = 26\nwho = "USA"\ntrait = "openness"\nvalue = 0.9\nhindsight = true\n'
    events = f'[[events]]\n{late}[[events]]\nround = 1\nwho = "USA"\nsigns = true\n'
    mine = load(file_with(tmp_path, f'base = "{PARIS}"\n{events}'))
    assert [event.what for event in mine.events] == ["choice", "trait"]
    assert [event.what for event in mine.without_hindsight().events] == ["choice"]


def test_an_event_that_does_not_hold_is_not_there(paris):
    stays = {"round": 3, "who": "USA", "signs": False, "holds": False}
    signs = {"round": 3, "who": "USA", "signs": True, "holds": True}
    assert paris.with_changes(events=[stays]).sha256 == paris.sha256
    assert [event.value for event in paris.with_changes(events=[stays, signs]).events] == [1]
    assert "holds" not in paris.with_changes(events=[signs]).events[0].table()


def test_a_whole_event_can_hang_on_a_choice(tmp_path, paris):
    options = (
        "{ name = 'on', title = 'On', value = true }, { name = 'off', title = 'Off', value ="
        " false }"
    )
    choice = f"[choices.link]\nquestion = '?'\noptions = [{options}]\ndefault = 'off'\n"
    event = "[[events]]\nround = 1\nwho = 'USA'\nsigns = true\nholds = { choice = 'link' }\n"
    mine = load(file_with(tmp_path, f'base = "{PARIS}"\n{choice}{event}'))
    assert (mine.events, mine.sha256) == ((), paris.sha256)
    assert [event.who for event in mine.with_choices({"link": "on"}).events] == [("USA",)]


def test_a_whole_table_can_be_a_choice():
    texts = {
        name: load("third-way").with_choices({"text": name}).code
        for name in ("californian", "chinese")
    }
    assert {name: (code.openness, code.public_rule) for name, code in texts.items()} == {
        "californian": (0.9, 0.1), "chinese": (0.1, 0.9)}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"monitorin": 1}, "there is no dial 'monitorin', expected .*; did you mean 'monitoring'?"),
        (
            {"ambition_12": 1},
            "there is no dial 'ambition_12', expected .*; did you mean 'ambition_",
        ),
        ({"ambition_1": 2}, "ambition_1 is 2, expected a number from 0 to 1"),
        ({"bloc_votes": 0.5}, "bloc_votes is 0.5, expected a whole number from 0 to 1"),
        ({"monitoring": "much"}, "monitoring is 'much', expected a number from 0 to 1"),
        ({"monitoring": float("nan")}, "monitoring is nan, expected a number from 0 to 1"),
    ],
)
def test_a_wrong_value_is_refused(paris, changes, sentence):
    with pytest.raises(InputError, match=rf"^--set.*{sentence}"):
        paris.with_changes(set=changes, where="--set")


def test_the_hash_moves_with_whatever_moves_a_result(paris, tmp_path):
    def with_code(line: str) -> Scenario:
        return load(file_with(tmp_path, f'base = "{PARIS}"\n[code]\n{line}\n'))

    variants = [
        paris,
        paris.with_changes(set={"monitoring": 0.1}),
        paris.with_changes(set={"ambition_1": 0.1}),
        paris.with_changes(events=[{"round": 1, "who": "USA", "signs": True}]),
        paris.with_changes(events=[{"round": 1, "who": "USA", "signs": True, "earnest": False}]),
        paris.with_changes(events=[{"round": 2, "who": "USA", "signs": True}]),
        load(file_with(tmp_path, f'base = "{PARIS}"\nlast_round = 12\n')),
        *(
            with_code(line)
            for line in (
                "launch = 2018-11-13",
                'convenor = "DEU"',
                'convenor_club = "g7"',
                "openness = 0.7",
                "public_rule = 0.7",
                'may_sign = ["states", "firms"]',
            )
        ),
    ]
    assert len({scenario.sha256 for scenario in variants}) == len(variants)


def test_the_hash_does_not_move_with_words(paris, tmp_path):
    words = (
        f'base = "{PARIS}"\ntitle = "T"\nquestion = "Q?"\n[code]\nname ='
        ' "N"\n[parameters]\nmonitoring = 0\n'
    )
    assert load(file_with(tmp_path, words)).sha256 == paris.sha256
    why = [{"round": 1, "who": "USA", "signs": True, "why": "because"}]
    assert (
        paris.with_changes(events=why).sha256
        == paris.with_changes(
            events=[{"date": date(2018, 12, 1), "who": "United States", "signs": True}]
        ).sha256
    )


def test_the_hash_moves_with_the_facts(paris):
    states = facts.frame_of("states")
    states.loc[0, "freedom_2017"] += 1
    assert load(PARIS, facts=states).sha256 != paris.sha256


def test_a_scenario_can_be_sent_to_another_process():
    scenario = load("great-powers-sign").with_choices({"who": "USA"})
    assert pickle.loads(pickle.dumps(scenario)).sha256 == scenario.sha256


def elsewhere(folder: Path, program: str) -> str:
    """The output of *program*, which Python runs in *folder*."""
    search = {**os.environ, "PYTHONPATH": str(facts.SCENARIOS.parent)}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=search,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_a_folder_of_ones_own_does_not_stand_in_for_ours(tmp_path, paris):
    for folder in ("scenarios/paris-call-2018", "paris-call-2018"):
        file_with(tmp_path, 'title = "Not ours"\nquestion = "?"\n', f"{folder}/scenario.toml")
    program = "from sim.scenario import load; print(load('paris-call-2018').title)"
    assert elsewhere(tmp_path, program) == paris.title


def test_loading_needs_neither_pandas_nor_numba(tmp_path):
    program = (
        "import sys, sim.scenario as s; s.load('states-only'); print(*{'pandas', 'numba'} &"
        " set(sys.modules))"
    )
    assert elsewhere(tmp_path, program) == ""
