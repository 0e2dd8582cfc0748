"""No real name stands beside simulated conduct, in any table, file or line of output."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sim
from dashboard import cli
from dashboard.pages.evidence.routes import TABLES
from sim import facts
from sim.evidence import calibrate

CONDUCT = {outcome.name for outcome in sim.OUTCOMES.values() if outcome.basis == "assumed"}
LABELS = [sim.words.outcome_label(name) for name in CONDUCT]
REAL = {*facts.home_names(), *facts.home_names().values(), *facts.organisation_kinds()}
REAL_WORDS = re.compile(
    rf"(?<!\w)({'|'.join(map(re.escape, sorted(REAL, key=len, reverse=True)))})(?!\w)"
)
FEW = ("--replicates", "2")


def with_conduct(cells: list[Any]) -> list[Any]:
    """The real names among *cells*, one row or object, where it is about conduct; a cell may list
    several.
    """
    texts = [cell for cell in cells if isinstance(cell, str)]
    if not CONDUCT & set(texts):
        return []
    return [
        part.strip() for text in texts for part in {text, *text.split(",")} if part.strip() in REAL
    ]


def in_json(content: Any, above: tuple[str, ...] = ()) -> Iterator[Any]:
    """Every real name in *content* that stands in one object with conduct, as a key or as a value,
    or above it.
    """
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
    """Every real name in a row of *frame* about conduct, or in a frame with a column about
    conduct.
    """
    distinct = frame.select_dtypes(exclude="number").drop_duplicates()
    rows = distinct.to_numpy().tolist()
    return [name for row in rows for name in with_conduct([*frame.columns, *row])]


def in_csv(text: str) -> list[Any]:
    """Every real name in a row about conduct of the table *text*."""
    header, *rows = csv.reader(io.StringIO(text))
    return [name for row in rows for name in with_conduct([*header, *row])]


def about_conduct(text: str) -> list[str]:
    """The printed lines that are about conduct."""
    return [
        line
        for line in text.splitlines()
        if any(label[:16].lower() in line.lower() for label in LABELS)
    ]


def in_lines(text: str) -> list[str]:
    """Every real name in a printed line about conduct."""
    return [f"{name}: {line}" for line in about_conduct(text) for name in REAL_WORDS.findall(line)]


def test_the_search_finds_a_name_beside_conduct():
    row = {"outcome": "operations", "part": "FRA", "low": 1}
    assert list(in_json({"outcomes": [row]})) == ["FRA"]
    assert in_frame(pd.DataFrame([row])) == ["FRA"]
    assert in_frame(pd.DataFrame({"who": ["Microsoft"], "operations": [3]})) == ["Microsoft"]
    assert in_lines("Operations   France 3") == ["France: Operations   France 3"]
    assert len(in_lines("France acted against the code (simulated) 3")) == 1
    assert list(in_json({"FRA": {"operations": 3}})) == ["FRA"]
    assert sorted(in_json({"who": "USA,FRA", "operations": 3})) == ["FRA", "USA"]
    assert list(in_json({"signed": {"FRA": 1.0}})) == []


def test_no_series_of_a_run_joins_a_name_to_conduct():
    run = sim.run("paris-call-2018", replicates=2)
    conduct = [outcome for outcome in CONDUCT if sim.OUTCOMES[outcome].column]
    assert [name for outcome in conduct for name in in_frame(run.history(outcome))] == []
    assert in_frame(run.harm_prevented()) == []


DOCUMENTS = Path(__file__).resolve().parent.parent / "docs"
COMMANDS = [
    ("version",),
    ("list",),
    ("parameters",),
    ("run", *FEW),
    ("run", "binding-treaty", "--lens", "realist", "--all", *FEW),
    ("run", "classics/barrett-1994"),
    ("compare", "paris-call-2018", "great-powers-sign", *FEW),
    ("compare", "short.toml", "no-microsoft", *FEW),
    ("compare", "short.toml", "--lenses", *FEW),
    ("explain", "short.toml", "RUS", *FEW),
    ("explain", "short.toml", "DEU", "--round", "5", *FEW),
    ("explain", "short.toml", "Kaspersky", *FEW),
    ("pivots", "short.toml", "--who", "USA,Microsoft", *FEW),
    ("outreach", "short.toml", "--approaches", "2", *FEW),
    ("frontier", "short.toml", "--depths", "3", *FEW),
    ("stability", "short.toml", *FEW),
    ("predict", "instruments/unga-77-36"),
    ("negotiate", "un-gge-2017", *FEW),
    ("lesson", "attribution", "--teacher", *FEW),
    ("backtest", "--scenario", "instruments/dfi"),
    pytest.param(
        ("backtest", "--scenario", "instruments/dfi", "--without", "budapest_party"),
        marks=pytest.mark.long,
    ),
    ("evidence", "--from", "shipped"),
    ("verify", str(DOCUMENTS)),
    ("sweep", "attribution-and-sanctions", "-n", "1"),
    ("analyse", "small-sweep"),
    pytest.param(("calibrate", "--lens", "null"), marks=pytest.mark.long),
]
PRINT_CONDUCT = [COMMANDS[place] for place in (3, 4, 6, 7)]


def test_every_command_is_walked():
    names = {getattr(command, "values", [command])[0][0] for command in COMMANDS}
    assert {command.name for command in cli.app.registered_commands} - names == {
        "dashboard",
        "class",
    }


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_writes_a_name_beside_conduct(command, commands, monkeypatch):
    monkeypatch.setattr(
        calibrate, "calibrate", partial(calibrate.calibrate, draws=2)
    )  # a hundred take many minutes
    output = commands(*command)
    assert [name for content in output.jsons for name in in_json(content)] == []
    assert [name for text in output.texts(".csv") for name in in_csv(text)] == []
    assert [line for text in output.texts(".txt", ".md", ".svg") for line in in_lines(text)] == []
    assert bool(about_conduct(output.printed)) >= (command in PRINT_CONDUCT)


@pytest.fixture(scope="module")
def paris() -> sim.Run:
    return sim.run("paris-call-2018", replicates=3)


@pytest.mark.parametrize(
    ("second", "withheld", "published"),
    [
        (sim.load("no-microsoft"), {"firm", "all"}, set()),
        (sim.load("great-powers-sign").with_choices({"who": "CHN"}), {"state_high", "all"}, set()),
        (sim.load("great-powers-sign"), {"state_high"}, {"all"}),
        (
            sim.load("paris-call-2018").with_changes(set={"monitoring": 1}),
            set(),
            {"state_high", "firm", "all"},
        ),
        (
            sim.load("co-regulation").with_choices({"link": "off"}),
            set(),
            {"state_high", "firm", "all"},
        ),
    ],
    ids=["no-microsoft", "China signs", "three sign", "a dial", "nothing"],
)
def test_a_comparison_withholds_conduct_that_would_be_one_stakeholders(
    paris, second, withheld, published
):
    comparison = sim.Comparison(paris, sim.run(second, replicates=3))
    assert comparison.withheld >= withheld
    assert not comparison.withheld & published
    rows = comparison.outcomes[comparison.outcomes["basis"] == "assumed"]
    assert rows.loc[rows["part"].isin(comparison.withheld), ["low", "high"]].isna().all(axis=None)
    assert (
        rows.loc[(rows["outcome"] == "operations") & rows["part"].isin(published), "low"]
        .notna()
        .all()
    )


EVIDENCE = (
    "evidence?worlds=1",
    "evidence/record.json",
    *(f"evidence/{name}.csv" for name in TABLES),
)


@pytest.mark.parametrize("path", [*EVIDENCE, "evidence.csv?worlds=1"])
def test_nothing_that_the_page_evidence_asks_for_joins_a_name_to_conduct(client, path):
    answer = client.get(f"/data/{path}")
    assert answer.status_code == 200
    assert list(in_json(answer.get_json()) if answer.is_json else in_csv(answer.text)) == []


def test_conduct_by_name_says_in_every_column_that_it_is_simulated():
    table = sim.run(replicates=1, conduct_by_name=True).named_conduct
    assert set(table.columns) & CONDUCT == set()
    assert all(
        column.startswith("simulated_") for column in table.columns.drop(["who", "name", "kind"])
    )
