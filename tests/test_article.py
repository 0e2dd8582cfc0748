"""Whatever the page on the article names is there: a scenario, a command, a stakeholder, a provision, an outcome."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sim
from sim import facts
from sim.cli import COMMANDS
from sim.scenario.event import stakeholder_named

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "article.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]
NAMED = re.findall(r"`parley (\w+) ([^`]+)`", PAGE)
PROVISIONS = re.findall(r"provision (\d+), \*([^*]+)\*", PAGE)


def scenarios_of(command: str, arguments: str) -> list[str]:
    """The scenarios among the *arguments*: all of compare's, the first of the others'."""
    return arguments.split() if command == "compare" else arguments.split()[:1]


@pytest.mark.parametrize("row", ROWS, ids=[row.split("|")[1].strip() for row in ROWS])
def test_every_element_names_where_it_is(row):
    assert re.search(r"`parley|\]\(|provision \d", row)


@pytest.mark.parametrize("command", sorted({command for command, _ in NAMED}))
def test_every_command_that_it_names_exists(command):
    assert command in COMMANDS


@pytest.mark.parametrize("scenario", sorted({s for named in NAMED for s in scenarios_of(*named)}))
def test_every_scenario_that_it_names_loads(scenario):
    assert sim.load(scenario).name in {name for name, *_ in sim.available()}


@pytest.mark.parametrize("who", [arguments.split()[1] for command, arguments in NAMED if command == "explain"])
def test_whoever_it_names_is_known(who):
    assert stakeholder_named(who, "article") == who


@pytest.mark.parametrize(("number", "name"), PROVISIONS)
def test_every_provision_that_it_names_has_that_number(number, name):
    assert {p.principle: p.short_name for p in facts.provisions()}[int(number)] == name


def test_it_names_outcomes_that_are_measured():
    assert set(re.findall(r"outcome `(\w+)`", PAGE)) <= set(sim.OUTCOMES)
