"""No real name stands beside simulated conduct: in no table, no file and no line that anybody gets to see."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from typing import Any, TextIO

import pandas as pd
import pytest

import sim
from dashboard.app import create_app
from dashboard.record_tables import TABLES
from sim import cli, facts

CONDUCT = {outcome.name for outcome in sim.OUTCOMES.values() if outcome.basis == "assumed"}
LABELS = [outcome.label for outcome in sim.OUTCOMES.values() if outcome.basis == "assumed"]
REAL = {*facts.home_names(), *facts.home_names().values(), *facts.organisation_kinds()}
FEW = ("--replicates", "1")


def with_conduct(cells: list[Any]) -> list[Any]:
    """The real names among *cells*, one row or object, where it is about conduct; a cell may list several."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if not CONDUCT & set(texts):
        return []
    return [part.strip() for text in texts for part in {text, *text.split(",")} if part.strip() in REAL]


def in_json(content: Any, above: tuple[str, ...] = ()) -> Iterator[Any]:
    """Every real name in *content* that stands in one object with conduct, as a key or as a value, or above it."""
    if isinstance(content, dict):
        plain = [value for value in content.values() if isinstance(value, (str, int, float))]
        yield from with_conduct([*above, *content, *plain])
        for key, part in content.items():
            yield from in_json(part, (key,) if key in REAL else ())
    elif isinstance(content, list):
        yield from with_conduct([part for part in content if isinstance(part, str)])
        for part in content:
            yield from in_json(part)


def in_frame(frame: pd.DataFrame) -> list[Any]:
    """Every real name in a row of *frame* about conduct, or in a frame with a column about conduct."""
    distinct = frame.select_dtypes(exclude="number").drop_duplicates()
    rows = distinct.to_numpy().tolist()
    return [name for row in rows for name in with_conduct([*frame.columns, *row])]


def in_lines(text: str, about_conduct: bool = True) -> list[str]:
    """Every real name in a printed line about conduct; where *about_conduct*, some line has to be."""
    about = [line for line in text.splitlines() if any(label[:16].lower() in line.lower() for label in LABELS)]
    assert about or not about_conduct, "conduct is printed somewhere"
    words = {name: re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") for name in REAL}
    return [f"{name}: {line}" for line in about for name, word in words.items() if word.search(line)]


def test_the_search_finds_a_name_beside_conduct():
    planted = {"outcome": "operations", "part": "FRA", "low": 1}
    assert list(in_json({"outcomes": [planted]})) == ["FRA"]
    assert in_frame(pd.DataFrame([planted])) == ["FRA"]
    assert in_frame(pd.DataFrame({"who": ["Microsoft"], "operations": [3]})) == ["Microsoft"]
    assert in_lines("Operations   France 3") == ["France: Operations   France 3"]
    assert len(in_lines("France acted against the code (simulated) 3")) == 1
    assert list(in_json({"FRA": {"operations": 3}})) == ["FRA"]
    assert sorted(in_json({"who": "USA,FRA", "operations": 3})) == ["FRA", "USA"]
    assert list(in_json({"signed": {"FRA": 1.0}})) == []


COMMANDS = [
    ("version",),
    ("list",),
    ("parameters",),
    ("run", *FEW),
    ("run", "binding-treaty", "--lens", "realist", "--all", *FEW),
    ("run", "classics/barrett-1994"),
    ("compare", "paris-call-2018", "great-powers-sign", *FEW),
    ("compare", "paris-call-2018", "no-microsoft", *FEW),
    ("compare", "--lenses", *FEW),
    ("explain", "paris-call-2018", "Kaspersky", *FEW),
    ("backtest", "--scenario", "transfer/pall-mall-2025"),
    pytest.param(
        ("backtest", "--scenario", "transfer/pall-mall-2025", "--without", "budapest_party"), marks=pytest.mark.long
    ),
    ("evidence", "--from", "shipped"),
    pytest.param(("calibrate", "--lens", "null"), marks=pytest.mark.long),
]
SEARCHED_ELSEWHERE = {"pivots", "outreach"}  # in test_pivots.py and test_outreach.py, which run them anyway
PRINT_CONDUCT = {"run": {*COMMANDS[3:5]}, "compare": {*COMMANDS[6:8]}}
WRITE_TABLES = {"run", "compare"}


def test_the_output_of_every_command_is_searched():
    searched = {getattr(command, "values", [command])[0][0] for command in COMMANDS} | SEARCHED_ELSEWHERE
    assert {command.name for command in cli.app.registered_commands} - searched == {"dashboard"}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_writes_a_name_beside_conduct(command, tmp_path, monkeypatch, capsys):
    files = ("--json", str(tmp_path / "all.json")) if command[0] != "version" else ()
    if command[0] == "evidence":
        files += ("--out", str(tmp_path))
    elif command[0] == "calibrate":
        files += ("--out", str(tmp_path / "weights.toml"))
    elif command[0] in WRITE_TABLES and not command[1].startswith("classics/"):
        files += ("--out", str(tmp_path), "--format", "csv,json")
    monkeypatch.setattr(sys, "argv", ["parley", *command, *files])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert [name for path in tmp_path.glob("*.json") for name in in_json(json.loads(path.read_text("utf-8")))] == []
    assert [name for path in tmp_path.glob("*.csv") for name in in_csv(io.StringIO(path.read_text("utf-8")))] == []
    assert [line for path in tmp_path.rglob("*.md") for line in in_lines(path.read_text("utf-8"), False)] == []
    assert [line for path in tmp_path.rglob("*.svg") for line in in_lines(path.read_text("utf-8"), False)] == []
    assert in_lines(printed, about_conduct=command in PRINT_CONDUCT.get(command[0], ())) == []


EVIDENCE = ("evidence?worlds=1", "evidence/record.json", *(f"evidence/{name}.csv" for name in TABLES))


@pytest.mark.parametrize("path", [*EVIDENCE, "evidence.csv?worlds=1"])
def test_nothing_that_the_page_evidence_asks_for_joins_a_name_to_conduct(pages, path):
    answer = pages.get(f"/data/{path}")
    assert answer.status_code == 200
    names = in_json(answer.get_json()) if answer.is_json else in_csv(io.StringIO(answer.text))
    assert list(names) == []


@pytest.fixture(scope="module")
def pages() -> Any:
    return create_app().server.test_client()


def in_csv(file: TextIO) -> list[Any]:
    """Every real name in a row about conduct of the *file*."""
    header, *rows = csv.reader(file)
    return [name for row in rows for name in with_conduct([*header, *row])]
