"""What the page Evidence asks for: numbers of the run and of the record, and tables to take
along.
"""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import pytest

import sim
from dashboard.pages.evidence.routes import TABLES, left_out_of
from dashboard.view import view_of
from sim.scenario.weights import NoError

LINK = "worlds=3&seed=3"


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=3, seed=3)


@pytest.fixture(scope="module")
def record() -> sim.Evidence:
    return sim.evidence_on_record()


@pytest.fixture(scope="module")
def evidence(client) -> dict[str, Any]:
    return client.get(f"/data/evidence?{LINK}").get_json()


# The view


@pytest.mark.parametrize("kind", sim.KINDS)
def test_as_many_dates_are_inside_as_in_the_table_of_the_run(evidence, run, kind):
    table = run.table().loc[lambda table: table["kind"] == kind]
    inside = table["registered"].between(table["low"], table["high"])
    assert (evidence["milestones"][kind]["inside"], evidence["milestones"][kind]["of"]) == (
        inside.sum(),
        13,
    )
    assert [row["median"] for row in evidence["milestones"][kind]["rows"]] == table[
        "median"
    ].tolist()


@pytest.mark.parametrize("kind", sim.KINDS)
def test_the_error_of_the_medians_is_their_distance_from_the_register(evidence, run, kind):
    table = run.table().loc[lambda table: table["kind"] == kind]
    errors = (table["median"] - table["registered"]).abs()
    assert evidence["milestones"][kind]["mean_error"] == pytest.approx(errors.mean())


def test_tenths_and_misses_are_the_runs(evidence, run):
    observed = run.deciles()["observed"].tolist()
    assert [row["observed"] for row in evidence["deciles"]] == pytest.approx(observed, abs=1e-6)
    assert sum(row["states"] for row in evidence["deciles"]) == 193
    assert evidence["misses"] == run.misses()


def test_the_scores_are_those_of_the_lenses_with_their_verdict(evidence):
    scores = sim.log_scores()
    assert [row["total"] for row in evidence["scores"]] == pytest.approx(scores["total"].tolist())
    assert evidence["verdict"] == sim.verdict(scores)


def test_what_is_fitted_and_what_is_assumed_are_all_dials_of_these_roles(evidence):
    roles = [dial.role for dial in sim.DIALS.values()]
    assert (len(evidence["fitted"]), len(evidence["assumed"])) == (
        roles.count("fitted"),
        roles.count("uncertainty"),
    )


def test_a_weight_has_a_standard_error_or_a_reason_for_having_none(evidence):
    assert all(
        (weight["standard_error"] is None) == bool(weight["remark"])
        for weight in evidence["fitted"]
    )


def test_a_motive_that_a_lens_silences_is_no_part_of_it():
    reasons = {
        weight.name: weight.reason
        for weight in sim.load("paris-call-2018").with_lens("realist").fitted()
    }
    assert reasons["state_peers"] == NoError.OTHER_LENS
    assert reasons["state_restraint"] != NoError.OTHER_LENS


def test_pairs_that_are_hard_to_tell_apart_are_fitted_weights_the_most_entangled_first():
    pairs = sim.load("paris-call-2018").hard_to_tell_apart()
    assert {sim.DIALS[name].role for first, second, _ in pairs for name in (first, second)} <= {
        "fitted"
    }
    assert [abs(pair[2]) for pair in pairs] == sorted(
        (abs(pair[2]) for pair in pairs), reverse=True
    )


def test_a_link_to_another_world_shows_the_paris_call_as_it_was_and_says_so(client, evidence):
    elsewhere = client.get(
        f"/data/evidence?scenario=states-only&set=monitoring:0.5&{LINK}"
    ).get_json()
    assert elsewhere["left_out"] == ["scenario", "set"]
    assert elsewhere["milestones"] == evidence["milestones"]
    assert left_out_of(view_of(LINK)) == evidence["left_out"] == []


def test_the_dates_can_be_downloaded_with_what_it_takes_to_repeat_them(client):
    table = pd.read_csv(io.BytesIO(client.get(f"/data/evidence.csv?{LINK}").data))
    assert len(table) == 3 * 13
    assert (table[["basis", "worlds", "seed"]] == ["fitted to the register", 3, 3]).all(axis=None)


# The record


def test_the_record_can_be_taken_along_as_it_ships(client, record):
    assert client.get("/data/evidence/record.json").get_json() == record.content


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_record_has_every_row_and_its_seed(client, record, name):
    table = pd.read_csv(io.BytesIO(client.get(f"/data/evidence/{name}.csv").data))
    assert set(table["seed"]) == {record.content["manifest"]["seed"]}
    days = record.content["backtest"]["time_split"].values()
    cells = record.content["conclusions"]["cells"]
    expected = {"conclusions": len(cells), "later": 2 * sum(len(day["dates"]) for day in days)}
    assert len(table) == expected.get(name, len(table)) > 10


def test_a_lens_other_than_full_gets_no_wide_interval(client, evidence):
    other = client.get(f"/data/evidence?{LINK}&lens=realist").get_json()
    for kind in sim.KINDS:
        assert [row["wide"] for row in other["milestones"][kind]["rows"]] == [None] * 13
        assert other["milestones"][kind]["wide_inside"] is None
        assert None not in [row["wide"] for row in evidence["milestones"][kind]["rows"]]
    table = pd.read_csv(io.BytesIO(client.get(f"/data/evidence.csv?{LINK}&lens=realist").data))
    assert table["low_with_uncertainty"].isna().all()
