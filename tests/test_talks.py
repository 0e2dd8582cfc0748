"""Files of talks: what they may say, and one sentence, exit code 2 and nothing written for what
they may not.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import sim
from dashboard import cli
from sim.dials.negotiation import DIALS
from sim.document_tables import talks_dial_table
from sim.errors import WRONG_INPUT, InputError
from sim.negotiation import talks as module

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "negotiation.md").read_text(
    encoding="utf-8"
)
HEAD = 'title = "Mine"\nquestion = "Why?"\n[negotiation]\n'
SEATS = 'seats = ["FRA", "CHN", "KEN"]\n'
ROW = "restraint = 0.5\nburden = 0.2\nposition = 0.1\nin_force = 0\ntabled = 0.7\n"
PROVISION = f'[[negotiation.provisions]]\nprovision = "cables"\n{ROW}'
SHARED = 'provisions = "gge_provisions.csv"\n'
LEVELS = 'in_force = "level_2015"\ntabled = "tabled_2017"\n'


def file_with(folder: Path, text: str) -> Path:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_small_file_is_enough(tmp_path):
    talks = sim.load_talks(file_with(tmp_path, HEAD + SEATS + PROVISION))
    assert (talks.name, talks.rule, talks.chair, talks.deadline) == (
        "mine",
        "consensus",
        "growing-weight",
        40,
    )
    assert 0 <= sim.negotiate(talks, replicates=3).agreed <= 1


def test_the_example_in_the_documentation_loads(tmp_path):
    example = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1]
    talks = sim.load_talks(file_with(tmp_path, example))
    assert talks.seats == ("FRA", "CHN", "KEN", "Microsoft")
    assert talks.values["failing_cost"] == 0.03
    assert (
        sim.negotiate(talks, replicates=2).seats().set_index("who").loc["Microsoft", "vote"]
        is not True
    )


def test_every_key_and_dial_is_described():
    keys = {*module.KEYS, *module.PROVISION_KEYS}
    assert [key for key in keys if not re.search(rf"\b{key}\b", PAGE)] == []
    assert talks_dial_table() in PAGE, "run make docs"
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == list(DIALS)


@pytest.mark.parametrize("name", [name for name, _, _ in sim.available_talks()])
def test_talks_that_ship_have_notes_with_their_assumptions(name):
    talks = sim.load_talks(name)
    assert all(
        part in talks.notes
        for part in ("**The question.**", "**What to look at.**", "**What is assumed.**")
    )
    assert "memory" in talks.notes or name in ("un-gge-2021", "un-route", "grand-bargain")
    assert sim.load_talks(f"talks/{name}").sha256 == talks.sha256


WRONG = {
    "no such talks": (
        "un-gge-2018",
        "un-gge-2018: found no such talks, expected one of .*did you mean 'un-gge-20",
    ),
    "no table [negotiation]": (
        'title = "Mine"',
        r"negotiation is missing, expected a table \[negotiation\]",
    ),
    "an unknown key": (
        f'{HEAD}{SEATS}chairs = "x"\n{PROVISION}',
        "the key 'chairs', expected only .*mean 'chair'?",
    ),
    "an unknown seat": (
        f'{HEAD}seats = ["FRA", "DEW"]\n{PROVISION}',
        "seats is .*the iso3 of states .*mean 'DE[UY]'?",
    ),
    "one seat alone": (
        f'{HEAD}seats = ["FRA"]\n{PROVISION}',
        "found 1 seat with a vote, expected two or more",
    ),
    "a seat twice": (
        f'{HEAD}seats = ["FRA", "FRA"]\n{PROVISION}',
        "seats is .*a list of different texts",
    ),
    "seats and a group": (
        f'{HEAD}{SEATS}group = "2017"\n{PROVISION}',
        "found both seats and group, expected one",
    ),
    "nobody": (f"{HEAD}{PROVISION}", "found neither seats nor group, expected one of the two"),
    "an unknown group": (
        f'{HEAD}group = "2016"\n{PROVISION}',
        "group is '2016', expected one of 2005, 2013.*mean '20",
    ),
    "a vote and a voice": (
        f'{HEAD}{SEATS}voice = ["CHN"]\n{PROVISION}',
        "voice has 'CHN', which has a vote too",
    ),
    "an unknown rule": (
        f'{HEAD}{SEATS}rule = "concensus"\n{PROVISION}',
        "rule is 'concensus', .*mean 'consensus'?",
    ),
    "an unknown chair": (
        f'{HEAD}{SEATS}chair = "red-line"\n{PROVISION}',
        "chair is 'red-line', .*mean 'red-lines'?",
    ),
    "a deadline of 0": (
        f"{HEAD}{SEATS}deadline = 0\n{PROVISION}",
        "deadline is 0, expected a whole number from 1 to",
    ),
    "no convenor": (
        f'{HEAD}{SEATS}rule = "open-call"\n{PROVISION}',
        "found no convenor, expected one of the seats",
    ),
    "a convenor without a seat": (
        f'{HEAD}{SEATS}rule = "open-call"\nconvenor = "USA"\n{PROVISION}',
        "the convenor 'USA', which has no seat",
    ),
    "a convenor of a consensus": (
        f'{HEAD}{SEATS}convenor = "FRA"\n{PROVISION}',
        "found a convenor under the rule cons",
    ),
    "amendments of a consensus": (
        f"{HEAD}{SEATS}amendments = true\n{PROVISION}",
        "found amendments under the rule cons",
    ),
    "offers of three": (
        f'{HEAD}{SEATS}chair = "alternating-offers"\n{PROVISION}',
        "found 3 seats .*expected two with a",
    ),
    "no provision": (f"{HEAD}{SEATS}", "provisions is missing, expected a table in CSV, or tables"),
    "nothing new": (
        f"{HEAD}{SEATS}{PROVISION}".replace("0.7", "0"),
        "found no provision tabled above its level in forc",
    ),
    "a provision twice": (
        f"{HEAD}{SEATS}{PROVISION}{PROVISION}",
        "found the provision 'cables' twice, expected each once",
    ),
    "a level above 1": (
        f"{HEAD}{SEATS}{PROVISION}".replace("0.7", "7"),
        "tabled is 7, expected a number from 0 to 1",
    ),
    "no such column": (
        f'{HEAD}{SEATS}{SHARED}in_force = "level_2016"\ntabled = 1',
        "in_force is 'level_2016', .*mean 'level_20",
    ),
    "too few levels": (
        f"{HEAD}{SEATS}{SHARED}in_force = [0, 1]\ntabled = 1",
        "in_force is .*a list of 13 levels",
    ),
    "no such table": (
        f'{HEAD}{SEATS}provisions = "no.csv"\n{LEVELS}',
        "no.csv: there is no such file",
    ),
    "no such dial": (
        f"{HEAD}{SEATS}{PROVISION}[parameters]\nfailing_costs = 1",
        "no dial 'failing_costs', .*_cost'?",
    ),
    "a dial out of range": (
        f"{HEAD}{SEATS}{PROVISION}[parameters]\ngrowth = -1",
        "growth is -1, expected a number from",
    ),
    "an unknown word of the record": (
        f'{HEAD}{SEATS}{PROVISION}[record]\nended = "badly"\n',
        "the key 'ended', expected only agreed",
    ),
    "a refusal of who has no seat": (
        (
            f'{HEAD}{SEATS}{PROVISION}[record]\nagreed = false\nhappened = "x"\nsources ='
            ' "y"\nrefused = ["USA"]\n'
        ),
        "refused is .*expected some of the seats FRA, CHN, KEN",
    ),
    "levels beside tables": (
        f"{HEAD}{SEATS}in_force = 0\n{PROVISION}",
        "in_force is 0, expected no such key beside",
    ),
}


@pytest.mark.parametrize("problem", WRONG)
def test_wrong_talks_are_refused_in_one_sentence(problem, tmp_path, monkeypatch, capsys):
    content, expected = WRONG[problem]
    name = (
        content if "\n" not in content and "=" not in content else str(file_with(tmp_path, content))
    )
    with pytest.raises(InputError, match=expected):
        sim.load_talks(name)
    monkeypatch.setattr(
        sys, "argv", ["parley", "negotiate", name, "--json", str(tmp_path / "out.json")]
    )
    with pytest.raises(SystemExit) as end:
        cli.main()
    error = capsys.readouterr()
    assert (end.value.code, error.out, error.err.count("\n")) == (WRONG_INPUT, "", 1)
    assert not (tmp_path / "out.json").exists()


SETTINGS = {
    "an unknown name": ({"rules": "majority"}, "there is no dial 'rules' of talks, .*mean 'rule'?"),
    "a word for a number": (
        {"failing_cost": "high"},
        "failing_cost is 'high', expected a number from",
    ),
    "a number for a word": (
        {"rule": 1},
        "rule is 1, expected one of consensus, majority, open-call",
    ),
    "a provision too many": ({"tabled_14": 0.5}, "there is no dial 'tabled_14'"),
    "half a draft": ({"deadline": 2.5}, "deadline is 2.5, expected a whole number"),
    "amendments under consensus": ({"amendments": 1}, "found amendments under the rule consensus"),
}


@pytest.mark.parametrize("problem", SETTINGS)
def test_wrong_settings_are_refused(problem):
    settings, expected = SETTINGS[problem]
    with pytest.raises(InputError, match=expected):
        sim.negotiate("un-gge-2017", set=settings)


def test_who_has_no_seat_cannot_leave_it_empty():
    with pytest.raises(InputError, match=r"without is 'CUN', which has no seat, .*did you mean 'C"):
        sim.negotiate("un-gge-2017", without="CUN")


@pytest.mark.parametrize(
    ("argument", "value"), [("replicates", 0), ("seed", -1), ("set", 3), ("without", 3)]
)
def test_wrong_arguments_are_refused(argument, value):
    with pytest.raises(InputError, match=argument):
        sim.negotiate("un-gge-2017", **{argument: value})
