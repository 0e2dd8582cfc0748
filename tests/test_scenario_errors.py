"""Every kind of wrong scenario is refused in one sentence: where, what was found, what was
expected.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sim import facts
from sim.errors import InputError
from sim.scenario import load

BASE = 'base = "paris-call-2018"\n'
CODE = """title = "Mine"
question = "Who?"
[code]
name = "Own"
launch = 2020-01-31
openness = 0.1
public_rule = 1
may_sign = ["states"]
"""
PROVISION = """[[code.provisions]]
principle = 1
short_name = "report"
binds = "all"
restraint = 0.5
burden = 0.5
position = 0
ambition = 0.5
breaking_it_is = "silence"
"""
CHOICE = """[choices.who]
question = "Who?"
options = [{ name = "a", title = "A", value = "USA" }, { name = "b", title = "B", value = "CHN" }]
default = "a"
"""


def event(*lines: str) -> str:
    return BASE + "[[events]]\n" + "\n".join(lines) + "\n"


EVENT = "mine.toml, [[events]] number 1: "

# what is wrong -> the file, how the message begins, what it must say on what was found, on what was
# expected
FAULTS = {
    "empty file": ("", "mine.toml: ", "the file is empty", "expected a table in TOML"),
    "no TOML": (
        "title = ",
        "mine.toml: ",
        "found no valid TOML (Invalid value",
        "expected lines such as title =",
    ),
    "key twice": (
        BASE + "last_round = 1\nlast_round = 2\n",
        "mine.toml: ",
        "found no valid TOML (Cannot overwrite",
        "each key once",
    ),
    "unknown key": (
        BASE + "lastround = 1\n",
        "mine.toml: ",
        "found the key 'lastround'",
        "did you mean 'last_round'?",
    ),
    "no title": (
        CODE.replace('title = "Mine"\n', ""),
        "mine.toml: ",
        "title is missing",
        "expected a text",
    ),
    "title is blank": (
        BASE + 'title = " "\n',
        "mine.toml: ",
        "title is ' '",
        "expected a text that is not empty",
    ),
    "no code": (
        'title = "Mine"\nquestion = "?"\n',
        "mine.toml, [code]: ",
        "name is missing",
        "expected a text",
    ),
    "unknown base": (
        'base = "paris-call"\n',
        "mine.toml: base is 'paris-call': ",
        "found no such scenario",
        "did you mean 'paris-call-2018'?",
    ),
    "a base of itself": (
        'base = "mine.toml"\n',
        "mine.toml: ",
        "base is 'mine.toml'",
        "expected a scenario that does not",
    ),
    "too many rounds": (
        BASE + "last_round = 100000\n",
        "mine.toml: ",
        "last_round is 100000",
        "from 1 to 600",
    ),
    "half a round": (
        BASE + "last_round = 12.5\n",
        "mine.toml: ",
        "last_round is 12.5",
        "expected a whole number",
    ),
    "a late start": (
        BASE + "first_round = 3\n",
        "mine.toml: ",
        "first_round is 3",
        "from -120 to 0",
    ),
    "unknown weights": (
        BASE + 'weights = "ful"\n',
        "mine.toml: ",
        "weights is 'ful'",
        "did you mean 'full'?",
    ),
    "unknown lens": (
        BASE + 'lens = "ful"\n',
        "mine.toml: ",
        "lens is 'ful'",
        "did you mean 'full'?",
    ),
    "lens and weights": (
        BASE + 'lens = "full"\nweights = "full"\n',
        "mine.toml: ",
        "lens is 'full'",
        "expected either a lens or weights",
    ),
    "no such weights": (
        BASE + 'weights = "my.toml"\n',
        "my.toml: ",
        "there is no such file",
        "expected a table in TOML",
    ),
    "parameters are no table": (
        BASE + "parameters = 3\n",
        "mine.toml: ",
        "parameters is 3",
        "a table [parameters]",
    ),
    "unknown dial": (
        BASE + "[parameters]\nmonitorin = 1\n",
        "mine.toml, [parameters]: ",
        "there is no dial 'monitorin'",
        "did you mean 'monitoring'?",
    ),
    "dial is a text": (
        BASE + '[parameters]\nmonitoring = "high"\n',
        "mine.toml, [parameters]: ",
        "monitoring is 'high'",
        "expected a number from 0 to 1",
    ),
    "dial is out of range": (
        BASE + "[parameters]\nmonitoring = 1.5\n",
        "mine.toml, [parameters]: ",
        "monitoring is 1.5",
        "expected a number from 0 to 1 (share)",
    ),
    "unknown key of the code": (
        BASE + "[code]\nopeness = 1\n",
        "mine.toml, [code]: ",
        "found the key 'openess'",
        "did you mean 'openness'?",
    ),
    "openness out of range": (
        BASE + "[code]\nopenness = 2\n",
        "mine.toml, [code]: ",
        "openness is 2",
        "from 0 to 1",
    ),
    "openness is true": (
        BASE + "[code]\nopenness = true\n",
        "mine.toml, [code]: ",
        "openness is true",
        "from 0 to 1",
    ),
    "launch is no date": (
        BASE + '[code]\nlaunch = "2018-11-31"\n',
        "mine.toml, [code]: ",
        "launch is '2018-11-31'",
        "expected a date such as 2018-11-12",
    ),
    "launch with a time": (
        BASE + "[code]\nlaunch = 2018-11-12T10:00:00\n",
        "mine.toml, [code]: ",
        "launch is 2018-11-12T10:00:00",
        "expected a date",
    ),
    "launch long ago": (
        BASE + "[code]\nlaunch = 1648-10-24\n",
        "mine.toml, [code]: ",
        "launch is 1648-10-24",
        "from 1900 to 2199",
    ),
    "unknown country": (
        BASE + '[code]\nconvenor = "FRX"\n',
        "mine.toml, [code]: ",
        "convenor is 'FRX'",
        "expected the iso3 of a state, such as FRA; did you mean",
    ),
    "unknown club": (
        BASE + '[code]\nconvenor_club = "francophony"\n',
        "mine.toml, [code]: ",
        "convenor_club is 'francophony'",
        "did you mean 'francophonie'?",
    ),
    "nobody may sign": (
        BASE + "[code]\nmay_sign = []\n",
        "mine.toml, [code]: ",
        "may_sign is []",
        "expected a text or a list",
    ),
    "unknown kind may sign": (
        BASE + '[code]\nmay_sign = ["state"]\n',
        "mine.toml, [code]: ",
        "may_sign is ['state']",
        "some of states, firms, ngos; did you mean 'states'?",
    ),
    "a kind twice": (
        BASE + '[code]\nmay_sign = ["firms", "firms"]\n',
        "mine.toml, [code]: ",
        "may_sign is ['firms', 'firms']",
        "different texts",
    ),
    "no provisions": (
        CODE,
        "mine.toml, [code]: ",
        "provisions are missing",
        "expected at least one",
    ),
    "no such table": (
        BASE + '[code]\nprovisions = "my.csv"\n',
        "my.csv: ",
        "there is no such file",
        "a table in CSV",
    ),
    "provisions are a number": (
        BASE + "[code]\nprovisions = 9\n",
        "mine.toml, [code]: ",
        "provisions is 9",
        "expected tables [[code.provisions]]",
    ),
    "a principle twice": (
        CODE + PROVISION + PROVISION,
        "mine.toml, [[code.provisions]] number 2: ",
        "principle is 1",
        "that no other provision of the code has",
    ),
    "a missing column": (
        CODE + PROVISION.replace("burden = 0.5\n", ""),
        "mine.toml, [[code.provisions]] number 1: ",
        "burden is missing",
        "expected a number from 0 to 1",
    ),
    "a position out of range": (
        CODE + PROVISION.replace("position = 0", "position = -1.5"),
        "mine.toml, [[code.provisions]] number 1: ",
        "position is -1.5",
        "from -1 to 1",
    ),
    "binding nobody known": (
        CODE + PROVISION.replace("all", "state"),
        "mine.toml, [[code.provisions]] number 1: ",
        "binds is 'state'",
        "expected some of states, firms",
    ),
    "unknown conduct": (
        CODE + PROVISION + 'conduct = "war"\n',
        "mine.toml, [[code.provisions]] number 1: ",
        "conduct is 'war'",
        "expected one of operation, practice, strike-back",
    ),
    "events are one table": (
        BASE + "[events]\nround = 1\n",
        "mine.toml: ",
        "events is {'round': 1}",
        "tables [[events]]",
    ),
    "no action": (
        event('who = "USA"', "round = 1"),
        EVENT,
        "found no action",
        "exactly one of signs, keeps, dial, trait",
    ),
    "two actions": (
        event('who = "USA"', "round = 1", "signs = true", "outreach = 1"),
        EVENT,
        "found signs and outreach",
        "expected exactly one of signs, keeps, dial, trait, outreach",
    ),
    "no date": (
        event('who = "USA"', "signs = true"),
        EVENT,
        "found no date",
        "exactly one of date, round",
    ),
    "date and round": (
        event('who = "USA"', "signs = true", "date = 2019-01-01", "round = 2"),
        EVENT,
        "found date and round",
        "exactly one of date, round",
    ),
    "round after the end": (
        event('who = "USA"', "signs = true", "round = 63"),
        EVENT,
        "round is 63",
        "from -10 to 62",
    ),
    "date before the start": (
        event('who = "USA"', "signs = true", "date = 2001-01-01"),
        EVENT,
        "date is 2001-01-01",
        "expected a date after 2017-12-12 and not after 2024-01-12",
    ),
    "nobody": (
        event("round = 1", "signs = true"),
        EVENT,
        "found nobody",
        "exactly one of who, group, kind",
    ),
    "who and group": (
        event("round = 1", "signs = true", 'who = "USA"', 'group = "nato"'),
        EVENT,
        "found who and group",
        "exactly one of who, group, kind",
    ),
    "unknown who": (
        event("round = 1", "signs = true", 'who = "Microsft"'),
        EVENT,
        "there is no stakeholder 'Microsft'",
        "expected a state (USA), a firm or an NGO",
    ),
    "unknown home": (
        event("round = 1", "signs = true", 'who = "firm XXX-001"'),
        EVENT,
        "there is no stakeholder 'firm XXX-001'",
        "or one such as 'firm DEU-017'",
    ),
    "one under two names": (
        event("round = 1", "signs = true", 'who = ["USA", "United States"]'),
        EVENT,
        "who is ['USA', 'United States']",
        "expected different stakeholders",
    ),
    "unknown group": (
        event("round = 1", "signs = true", 'group = "african"'),
        EVENT,
        "there is no group 'african'",
        "did you mean 'african_union'?",
    ),
    "unknown kind": (
        event("round = 1", "signs = true", 'kind = "bank"'),
        EVENT,
        "kind is 'bank'",
        "state, firm, ngo",
    ),
    "signs is a text": (
        event("round = 1", 'signs = "yes"', 'who = "USA"'),
        EVENT,
        "signs is 'yes'",
        "true or false",
    ),
    "staying out in earnest": (
        event("round = 1", "signs = false", "earnest = true", 'who = "USA"'),
        EVENT,
        "found earnest",
        "expected it only beside signs = true",
    ),
    "structural dial": (
        event("round = 1", 'dial = "organisations_layer_share"', "value = 1"),
        EVENT,
        "dial is 'organisations_layer_share'",
        "expected a dial that may change during a run",
    ),
    "ambition as a dial of an event": (
        event("round = 1", 'dial = "ambition_1"', "value = 1"),
        EVENT,
        "dial is 'ambition_1'",
        "expected a dial that may change during a run, as this one is part of the text",
    ),
    "dial of somebody": (
        event("round = 1", 'dial = "monitoring"', "value = 1", 'who = "USA"'),
        EVENT,
        "found who",
        "expected it only beside signs, keeps, trait or outreach",
    ),
    "dial without value": (
        event("round = 1", 'dial = "sanctions"'),
        EVENT,
        "value is missing",
        "a number from 0 to 2",
    ),
    "unknown trait": (
        event("round = 1", 'trait = "courage"', "value = 1", 'who = "USA"'),
        EVENT,
        "trait is 'courage'",
        "expected one of openness, public_rule",
    ),
    "trait out of range": (
        event("round = 1", 'trait = "weight"', "value = 7", 'who = "USA"'),
        EVENT,
        "value is 7",
        "expected a number from 0 to 1",
    ),
    "negative outreach": (
        event("round = 1", "outreach = -1", 'who = "KEN"'),
        EVENT,
        "outreach is -1",
        "from 0 to 10",
    ),
    "outreach that ends before it begins": (
        event("round = 9", "outreach = 1", "until = 8", 'who = "KEN"'),
        EVENT,
        "until is 8",
        "expected a whole number from 9 to 62",
    ),
    "outreach that ends at no time": (
        event("round = 9", "outreach = 1", 'until = "later"', 'who = "KEN"'),
        EVENT,
        "until is 'later'",
        "expected a date after 2019-07-12 and not after 2024-01-12, in rounds 9 to 62",
    ),
    "a choice with an end": (
        event("round = 1", "signs = true", "until = 8", 'who = "KEN"'),
        EVENT,
        "found until",
        "expected it only beside outreach or trait",
    ),
    "holding by word": (
        event("round = 1", "signs = true", 'who = "USA"', 'holds = "on"'),
        EVENT,
        "holds is 'on'",
        "expected true or false",
    ),
    "holding by a choice of states": (
        event("round = 1", "signs = true", 'who = "USA"', "holds = { choice = 'who' }") + CHOICE,
        EVENT,
        "holds is 'USA'",
        "expected true or false",
    ),
    "wrong though it does not hold": (
        event("round = 1", 'trait = "courage"', "value = 1", 'who = "USA"', "holds = false"),
        EVENT,
        "trait is 'courage'",
        "expected one of openness, public_rule",
    ),
    "a treaty by halves": (
        BASE + "[parameters]\nratification_needed = 0.5\n",
        "mine.toml, [parameters]: ",
        "ratification_needed is 0.5",
        "expected a whole number from 0 to 1",
    ),
    "the same event twice": (
        event("round = 1", "signs = true", 'who = "USA"')
        + event("round = 1", "signs = false", 'who = ["USA", "CHN"]').removeprefix(BASE),
        "mine.toml, [[events]] number 2: ",
        "found the same thing in round 1 as number 1 has",
        "expected each thing once",
    ),
    "a kind that may not sign": (
        BASE.replace("paris-call-2018", "states-only")
        + event("round = 1", "signs = true", 'who = "Microsoft"').removeprefix(BASE),
        EVENT,
        "found a choice of Microsoft",
        "who may sign this code (state)",
    ),
    "a choice without options": (
        BASE + CHOICE.replace("options", "option"),
        "mine.toml, [choices.who]: ",
        "found the key 'option'",
        "did you mean 'options'?",
    ),
    "an option twice": (
        BASE + CHOICE.replace('"b"', '"a"'),
        "mine.toml, [choices.who]: ",
        "options is [",
        "no name twice",
    ),
    "an unknown default": (
        BASE + CHOICE.replace('default = "a"', 'default = "c"'),
        "mine.toml, [choices.who], default: ",
        "who is 'c'",
        "expected one of a, b",
    ),
    "an unknown choice": (
        event("round = 1", "signs = true", "who = { choice = 'whom' }") + CHOICE,
        "mine.toml: ",
        "choice is 'whom'",
        "expected one of who; did you mean 'who'?",
    ),
}


def refusal(path: Path) -> str:
    """The sentence with which *path* is refused, the folder of the test left out."""
    with pytest.raises(InputError) as error:
        load(path)
    return str(error.value).replace(f"{path.parent}/", "")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_scenario_is_refused_with_its_place(tmp_path, fault):
    content, place, problem, expected = FAULTS[fault]
    (tmp_path / "mine.toml").write_text(content, encoding="utf-8")
    message = refusal(tmp_path / "mine.toml")
    assert message.startswith(place)
    assert problem in message
    assert expected in message.removeprefix(place).replace(problem, "", 1)
    assert "\n" not in message


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x7fELF\x00\x00", "mine.toml: found a binary file, expected a table in TOML"),
        (
            'title = "Zürich"'.encode("latin-1"),
            "mine.toml, line 1: found bytes that are not UTF-8, expected",
        ),
        (b"last_round = " + b"9" * 5000, "mine.toml: found no valid TOML ("),
        (b"x = " + b"[" * 100_000, "mine.toml: found no valid TOML ("),
    ],
    ids=["binary", "another encoding", "5,000 digits", "100,000 brackets"],
)
def test_a_file_that_is_no_text_is_refused(tmp_path, content, sentence):
    (tmp_path / "mine.toml").write_bytes(content)
    assert refusal(tmp_path / "mine.toml").startswith(sentence)


def test_a_folder_without_a_scenario_is_refused(tmp_path):
    assert (
        f"{tmp_path.name}: found a directory without scenario.toml, expected one with it"
        in refusal(tmp_path)
    )


def test_a_folder_in_place_of_a_file_is_refused(tmp_path):
    (tmp_path / "my.csv").mkdir()
    (tmp_path / "mine.toml").write_text(BASE + '[code]\nprovisions = "my.csv"\n')
    assert refusal(tmp_path / "mine.toml") == "my.csv: found a directory, expected a table in CSV"


def test_a_name_that_nobody_has_is_refused_with_the_nearest():
    with pytest.raises(
        InputError,
        match=r"^no-microsof: found no such scenario, .*; did you mean 'no-microsoft'\?$",
    ):
        load("no-microsof")


def test_two_scenarios_that_build_on_each_other_are_refused(tmp_path):
    (tmp_path / "one.toml").write_text('base = "two.toml"\n')
    (tmp_path / "two.toml").write_text('base = "one.toml"\n')
    assert refusal(tmp_path / "one.toml").startswith(
        "two.toml: base is 'one.toml', expected a scenario that does not"
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("state_peers", "state_pears", "there is no dial 'state_pears'"),
        ("[weights]", "[weight]", "found the key 'weight', expected only weights, common, fit"),
        (
            "[weights]",
            "[weights]\nmonitoring = 1",
            "[weights]: found monitoring, expected fitted weights only",
        ),
        (
            "\nstate_attention_base =",
            "\n#",
            "state_attention_base has no value, expected one for each dial",
        ),
        (
            "\nstate_affinity =",
            "\nstate_affinity = nan #",
            "state_affinity is nan, expected a number from 0 to 20",
        ),
    ],
)
def test_wrong_weights_are_refused(tmp_path, old, new, sentence):
    weights = (facts.DATA / "weights" / "full.toml").read_text(encoding="utf-8")
    assert old in weights
    (tmp_path / "my.toml").write_text(weights.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "mine.toml").write_text(BASE + 'weights = "my.toml"\n')
    message = refusal(tmp_path / "mine.toml")
    assert message.startswith("my.toml")
    assert sentence in message


def test_a_weight_that_its_file_lacks_may_be_set_in_the_scenario(tmp_path):
    weights = (facts.DATA / "weights" / "full.toml").read_text(encoding="utf-8")
    (tmp_path / "my.toml").write_text(
        weights.replace("\nstate_affinity =", "\n#"), encoding="utf-8"
    )
    (tmp_path / "mine.toml").write_text(
        BASE + 'weights = "my.toml"\n[parameters]\nstate_affinity = 3\n'
    )
    assert load(tmp_path / "mine.toml").parameters.state_affinity == 3
