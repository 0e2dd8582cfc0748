"""Ties of one's own: whose example counts, given as a table; what a run writes can be read back to
the same bit.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from dashboard import cli
from sim.evidence.calibrate import calibrate
from sim.facts import SHIPPED, read_ties
from sim.results.manifest import read_manifest
from sim.writing import json_text

FEW = 3
COLUMNS = ["source", "target", "weight"]


def same(first: sim.Run, second: sim.Run) -> bool:
    """Whether two runs have the same record, to the bit."""
    return all(np.array_equal(a, b) for a, b in zip(first.output, second.output, strict=True))


def ties(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def of(run: sim.Run, source: str) -> dict[str, float]:
    """Whom a stakeholder heeds, and how much."""
    table = run.ties().query("source == @source")
    return dict(zip(table["target"], table["weight"], strict=True))


@pytest.fixture(scope="module")
def shipped() -> sim.Run:
    return sim.run(replicates=FEW)


# Round trips


@pytest.mark.parametrize("suffix", ["frame", ".csv", ".parquet"])
def test_the_ties_of_a_run_make_the_same_run_to_the_bit(shipped, suffix, tmp_path):
    source = shipped.ties()
    if suffix != "frame":
        files = shipped.save(tmp_path, formats=[suffix.removeprefix(".")])
        source = next(file for file in files if file.name == f"ties{suffix}")
    again = sim.run(replicates=FEW, ties=source)
    assert same(again, shipped)
    assert again.ties().equals(shipped.ties())


def test_a_stakeholder_made_deaf_stays_so_when_its_ties_are_read_back(shipped):
    deaf = sim.run(replicates=FEW, ties=ties(("FRA", "DEU", 0.0)))
    assert of(deaf, "FRA") == {"DEU": 0.0}
    again = sim.run(replicates=FEW, ties=deaf.ties())
    assert same(again, deaf)
    assert again.ties().equals(deaf.ties())


@settings(max_examples=10)
@given(st.randoms(use_true_random=False), st.sampled_from([1e-6, 1.0, 1000.0]))
def test_order_and_scale_do_not_matter(random, scale):
    rows = [
        ("FRA", "DEU", 1.0),
        ("FRA", "ITA", 2.0),
        ("BRA", "Microsoft", 1.0),
        ("BRA", "ARG", 3.0),
    ]
    own = ties(*random.sample(rows, len(rows)))
    one = sim.load("paris-call-2018", ties=own)
    other = sim.load("paris-call-2018", ties=own.assign(weight=own["weight"] * scale))
    assert of_scenario(one) == pytest.approx(of_scenario(other))


def of_scenario(scenario: sim.Scenario) -> dict[tuple[str, str], float]:
    run = sim.run(scenario, replicates=1, conduct=False)
    table = run.ties().query("source in ['FRA', 'BRA']")
    return dict(
        zip(zip(table["source"], table["target"], strict=True), table["weight"], strict=True)
    )


# What they mean


def test_the_ties_of_those_who_are_a_source_are_replaced_and_no_others(shipped):
    own = sim.run(replicates=FEW, ties=ties(("FRA", "DEU", 1.0), ("FRA", "Microsoft", 3.0)))
    assert of(own, "FRA") == {"DEU": 0.25, "Microsoft": 0.75}
    without = shipped.ties().query("source != 'FRA'").reset_index(drop=True)
    assert own.ties().query("source != 'FRA'").reset_index(drop=True).equals(without)
    by_layer = own.ties_by_layer()
    assert set(by_layer.loc[by_layer["who"] == "FRA", "layer"]) == {"own"}
    assert "own" not in set(by_layer.loc[by_layer["who"] != "FRA", "layer"])


def test_who_heeds_a_signatory_alone_signs_more_often_than_who_heeds_nobody():
    events = [{"round": -10, "who": "FRA", "signs": True}]
    places = ("DZA", "EGY", "IND", "IDN", "BRA", "ZAF", "THA", "PHL", "PER", "KEN")
    weight = {"state_peers": 8.0}
    signatures = []
    for share in (1.0, 0.0):
        own = ties(*((who, "FRA", share) for who in places))
        run = sim.run(replicates=30, ties=own, events=events, set=weight, conduct=False)
        signatures.append(sum(run.signed[who] for who in places))
    assert signatures[0] > signatures[1] + 1


def test_an_explanation_knows_a_firm_that_a_state_heeds():
    own = sim.run(replicates=FEW, ties=ties(("IND", "Apple", 1.0)), set={"state_peers": 20.0})
    signature = next(
        change for change in own.explain("IND").changes if change.family == "signature"
    )
    assert "Apple" in signature.lever.names


def test_one_stakeholders_other_ties_do_not_give_its_conduct_away():
    own = sim.load("paris-call-2018", ties=ties(("SLB", "CHN", 0.0)))
    comparison = sim.compare("paris-call-2018", own, replicates=2)
    assert {who for who, change in comparison.signed.items() if change} <= {"SLB"}
    assert "state_low" in comparison.withheld


# What is refused


FAULTS = {
    "unknown source": (
        "FRAN,DEU,1",
        r"line 2, column source: found 'FRAN', expected a state .*; did you mean 'FRA'",
    ),
    "unknown target": (
        "FRA,Mircosoft,1",
        r"column target: found 'Mircosoft'.*did you mean 'Microsoft'",
    ),
    "unknown home": ("FRA,firm XYZ-001,1", "column target: found 'firm XYZ-001'"),
    "no number": ("FRA,DEU,much", "column weight: found 'much', expected a number from 0 to 1e"),
    "negative": ("FRA,DEU,-0.1", "column weight: found '-0.1'"),
    "infinite": ("FRA,DEU,inf", "column weight: found 'inf'"),
    "not a number": ("FRA,DEU,nan", "column weight: found 'nan'"),
    "empty weight": ("FRA,DEU,", "column weight: the cell is empty"),
    "empty name": (",DEU,1", "column source: the cell is empty"),
    "to itself": (
        "FRA,FRA,1",
        "row FRA FRA, column target: found a tie of FRA to itself, expected another",
    ),
    "to itself by name": ("FRA,France,1", "a tie of FRA to itself"),
    "twice": (
        "FRA,DEU,1\nFRA,DEU,2",
        "line 3, column source: found FRA, DEU a second time, expected each",
    ),
    "twice by name": ("FRA,DEU,1\nfrance,Germany,1", "found FRA, DEU a second time"),
    "too few cells": ("FRA,DEU", "line 2: found 2 cells, expected 3"),
    "no rows": ("", "found a header without rows, expected at least one row"),
}
HEADERS = {
    "source,target\nFRA,DEU\n": "the column 'weight' is missing",
    "source,target,weight,layer\nFRA,DEU,1,x\n": "found 'layer' as a column",
    "source,source,weight\nFRA,DEU,1\n": "the column 'target' is missing",
    "": "the file is empty",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_sentence_with_file_row_and_column(fault, tmp_path):
    rows, sentence = FAULTS[fault]
    file = tmp_path / "ties.csv"
    file.write_text(
        f"source,target,weight\n{rows}\n" if rows else "source,target,weight\n", encoding="utf-8"
    )
    with pytest.raises(sim.InputError, match=sentence) as error:
        read_ties(file, SHIPPED)
    assert str(error.value).startswith(str(file))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", HEADERS)
def test_other_columns_are_refused(content, tmp_path):
    file = tmp_path / "ties.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(sim.InputError, match=HEADERS[content]):
        read_ties(file, SHIPPED)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("nowhere.csv", "nowhere.csv: there is no such file"),
        ("nowhere.parquet", "nowhere.parquet: there is no such file"),
        (
            [("FRA", "DEU", 1)],
            r"ties: found \[\('FRA', 'DEU', 1\)\], expected a file, or a pandas frame",
        ),
        (ties(("FRA", "DEU", -1)), "ties, row 1, column weight: found '-1'"),
        (ties(("FRA", "DEU", None)), "ties, row 1, column weight: the cell is empty"),
        (ties(), "ties: found a header without rows"),
    ],
)
def test_what_are_no_ties_is_refused(source, sentence):
    with pytest.raises(sim.InputError, match=sentence):
        read_ties(source, SHIPPED)


def test_a_firm_beyond_the_last_of_its_home_is_refused_before_anything_is_simulated():
    with pytest.raises(
        sim.InputError, match=r"column target: there is no stakeholder 'firm DEU-999'.*did you mean"
    ):
        sim.run(replicates=1, ties=ties(("FRA", "firm DEU-999", 1)))


@given(weight=st.floats(min_value=0, max_value=1e12, allow_nan=False, allow_subnormal=False))
def test_every_weight_in_range_is_read_as_it_is_written(weight):
    own = read_ties(ties(("FRA", "DEU", weight), ("DEU", "FRA", 1)), SHIPPED)
    assert own.rows[1] == ("FRA", "DEU", weight)


def test_the_command_line_ends_with_exit_code_2(tmp_path, monkeypatch, capsys):
    file = tmp_path / "ties.csv"
    file.write_text("source,target,weight\nFRA,FRA,1\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["parley", "run", "--ties", str(file)])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    assert "a tie of FRA to itself" in capsys.readouterr().err


# Hashes


def test_ties_move_the_hash_and_the_manifest_holds_theirs(shipped, tmp_path: Path):
    file = tmp_path / "mine.csv"
    ties(("FRA", "DEU", 1.0)).to_csv(file, index=False)
    own = sim.run(replicates=FEW, ties=file)
    assert own.scenario.sha256 != shipped.scenario.sha256
    assert own.manifest["ties"] == {
        "label": "mine.csv", "sha256": own.scenario.ties.sha256, "sources": 1, "ties": 1,
    }  # fmt: skip
    assert shipped.manifest["ties"] is None
    other = sim.load("paris-call-2018", ties=ties(("FRA", "DEU", 2.0), ("FRA", "ITA", 1.0)))
    assert len({each.sha256 for each in (other, own.scenario, shipped.scenario)}) == 3


def test_a_run_is_repeated_with_its_ties_alone(tmp_path):
    mine, manifest = ties(("FRA", "DEU", 1.0)), tmp_path / "manifest.json"
    own = sim.run(replicates=FEW, ties=mine)
    manifest.write_text(json_text(own.manifest), encoding="utf-8")
    again = read_manifest(manifest, own_ties=mine)
    assert same(sim.run(again.scenario, replicates=FEW, seed=again.seed), own)
    with pytest.raises(
        sim.InputError, match=r"found the ties that ship, expected the ties frame .* by --ties"
    ):
        read_manifest(manifest)


def test_ties_stay_when_a_scenario_is_changed_and_leave_no_trace_in_others(shipped):
    own = sim.load("paris-call-2018", ties=ties(("FRA", "DEU", 1.0)))
    changed = own.with_changes(set={"monitoring": 0.5}).with_lens("realist").without_hindsight()
    assert changed.ties == own.ties
    sim.run(changed, replicates=1)
    assert same(sim.run(replicates=FEW), shipped)


def test_fits_take_no_ties_of_ones_own():
    with pytest.raises(
        sim.InputError, match="calibrate: found ties of one's own, expected those that ship"
    ):
        calibrate(sim.load("paris-call-2018", ties=ties(("FRA", "DEU", 1.0))))
