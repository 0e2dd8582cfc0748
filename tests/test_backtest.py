"""What Parley says of states and dates that it has not seen, and how that is scored."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

import sim
from sim import cli, facts
from sim.evidence import backtest, calibrate, later_dates, predict
from sim.evidence.predict import CONTINENTS, Question, shares_of_left_out, splits
from sim.evidence.register import NEVER, StateDates, register, shares_signed
from sim.evidence.scores import OURS, against_perfection, differences, scored, verdicts
from sim.parameters.lenses import LENSES
from sim.population import STRICT

STATES = list(facts.state_names())
REGIONS = facts.states()["region"].to_numpy(np.str_)
FULL = LENSES["full"]
COLUMN = "budapest_party"


@pytest.fixture(scope="module")
def asked(paris_call):
    return Question(paris_call, register(paris_call), FULL, STRICT, seed=1)


@pytest.fixture(scope="module")
def then(paris_call):
    return later_dates.time_split(paris_call, date(2019, 9, 16), FULL, STRICT, seed=1)


@pytest.fixture(scope="module")
def worlds(then, weights):
    return later_dates.worlds_from_day(then, weights, 30, seed=1, anniversary=0.5)


@pytest.mark.parametrize(
    ("split", "folds"), [("leave_one_region_out", 22), ("leave_one_continent_out", 5), ("ten_fold", 10)]
)
def test_every_split_leaves_each_state_out_once(split, folds):
    found = splits(REGIONS, seed=1)[split]
    assert len(found) == folds
    assert (np.sum(list(found.values()), axis=0) == 1).all()


def test_continents_are_whole_sub_regions():
    assert sorted(part for parts in CONTINENTS.values() for part in parts) == sorted(set(REGIONS.tolist()))


def test_eighty_one_have_signed_by_the_last_signature(asked):
    assert asked.known.signed.sum() == 81
    assert asked.known.last_signature == asked.known.states.by[STATES.index("BEN")]


def test_what_those_left_out_did_changes_nothing_that_is_said_of_them(asked, monkeypatch):
    monkeypatch.setattr(predict, "WORLDS", 20)
    left_out = REGIONS == "Northern America"
    dates, marks = asked.known.states, asked.known.milestones
    theirs = shares_signed(dates, marks)[left_out, 1:].sum(axis=0)
    known = replace(
        asked.known,
        states=StateDates(dates.after, np.where(left_out, NEVER, dates.by)),
        milestones=replace(marks, counts={**marks.counts, "state": marks.counts["state"] - theirs}),
    )
    assert theirs[-1] == 2  # the register has both
    told = [
        shares_of_left_out(question, left_out, ridge=2.0) for question in (asked, replace(asked, known=known))
    ]
    assert told[0] == told[1]
    assert len(told[0]["share"]) == left_out.sum()


def test_on_the_day_sixty_eight_states_had_signed_and_thirteen_came_later(then):
    assert (~then.free).sum() == 68
    assert then.later.sum() == 13


def test_worlds_begin_withwhat_was_known(then, weights, worlds):
    scenario = then.scenario.with_changes(events=later_dates.events_until_day(then, weights))
    run = sim.run(scenario.with_changes(set=weights), replicates=5, seed=1, conduct=False)
    signed = run.courses()["signed"].loc[then.before.last_round, STATES]
    assert (signed[~then.free] == 1).all()
    assert (signed[then.free] == 0).all()


def test_nobody_comes_later_where_nothing_draws_attention(then, weights):
    silent = {name: 0.0 if name.startswith("state_attention") and "decay" not in name else value
              for name, value in weights.items()}  # fmt: skip
    assert later_dates.worlds_from_day(then, silent, 5, seed=1, anniversary=0.0)["number"] == [0] * 5


def test_a_louder_anniversary_brings_more(then, weights, worlds):
    quiet = later_dates.worlds_from_day(then, weights, 30, seed=1, anniversary=0.0)
    assert np.mean(quiet["number"]) < np.mean(worlds["number"])


def test_a_forecast_says_for_every_later_date_what_was_foreseen_and_what_came(then, worlds):
    told = later_dates.forecast(then, [worlds], [worlds, worlds])
    assert (told["open"], told["later"], told["of"]) == (125, 13, 10)
    rows = [row for row in told["dates"] if row["kind"] == "state"]
    assert [row["registered"] for row in rows] == [69, 74, 76, 78, 78, 79, 79, 80, 81, 81]
    inside = [row["fitted"]["low"] <= row["registered"] <= row["fitted"]["high"] for row in rows]
    assert told["inside"]["state"]["fitted"] == sum(inside)


def test_an_anniversary_to_come_is_anything_between_silent_and_as_loud_as_the_launch():
    sizes = [later_dates.loudness(number, 20) for number in range(20)]
    assert 0 < sizes[0] < 0.05 < 0.95 < sizes[-1] < 1
    assert np.diff(sizes) == pytest.approx(0.05)
    assert np.mean(sizes) == pytest.approx(0.5)


def test_both_forecasts_know_as_little_of_the_anniversary(then, weights, monkeypatch):
    told = []
    monkeypatch.setattr(later_dates, "worlds_from_day", lambda *given: told.append(given[-1]))
    for batch in range(later_dates.BATCHES):
        later_dates.under_fitted_weights(then, weights, batch)
    for draw in range(later_dates.DRAWS):
        later_dates.under_redrawn_weights(then, weights, draw)
    assert np.mean(told[: later_dates.BATCHES]) == pytest.approx(np.mean(told[later_dates.BATCHES :]))
    assert min(told) < 0.05 < 0.95 < max(told)


def test_after_the_anniversary_its_size_is_known(paris_call, weights):
    later = later_dates.time_split(paris_call, date(2019, 12, 31), FULL, STRICT, seed=1)
    loud, quiet = (later_dates.worlds_from_day(later, weights, 4, seed=1, anniversary=size) for size in (1.0, 0.0))
    assert loud == quiet


def test_a_shuffle_that_finds_something_is_noticed():
    assert "what is not there is not found" in backtest.verdict([0.45, 0.55])
    assert "Do not trust it" in backtest.verdict([0.7, 0.8])


@pytest.mark.long
def test_shuffled_signatures_are_not_foreseen(asked):
    found = [backtest.auc_of_a_shuffle(asked, number) for number in range(4)]
    assert 0.35 < np.mean(found) < 0.65
    assert len(set(found)) == 4


SIGNED = np.array([1, 1, 1, 0, 0, 0] * 5)
GROUPS = np.array([f"group {i % 10}" for i in range(30)])
GOOD, BAD = np.where(SIGNED == 1, 0.9, 0.1), np.where(SIGNED == 1, 0.4, 0.6)


def test_the_board_says_who_does_better_and_how_clearly():
    shares = {OURS: GOOD, "worse": BAD}
    found = scored(SIGNED, shares, 100)
    assert found[OURS]["brier"] < found["worse"]["brier"]
    gaps = differences(SIGNED, shares, 100, GROUPS, seed=1)
    assert gaps["worse"]["brier"]["high"] < 0 < gaps["worse"]["auc"]["low"]
    assert all(sentence.endswith("Parley does better, clearly.") for sentence in verdicts("ten_fold", found, gaps))


def test_where_another_model_wins_the_board_says_so():
    shares = {OURS: BAD, "better": GOOD}
    found = scored(SIGNED, shares, 100)
    gaps = differences(SIGNED, shares, 100, GROUPS, seed=1)
    assert all("better does better" in sentence for sentence in verdicts("ten_fold", found, gaps))


def test_equal_models_are_told_apart_by_nobody():
    shares = {OURS: GOOD, "same": GOOD}
    gaps = differences(SIGNED, shares, 100, GROUPS, seed=1)
    told = verdicts("ten_fold", scored(SIGNED, shares, 100), gaps)
    assert all(sentence.endswith("same does as well.") for sentence in told)


def test_perfection_is_shown_beside_five_bins():
    told = against_perfection(SIGNED, GOOD, 100, np.zeros(30, dtype=bool), seed=1)
    assert len(told["calibration"]) == 5
    assert told["perfect_model"]["brier"]["low"] < told["perfect_model"]["brier"]["high"]


def command(capsys, monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["parley", "backtest", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code, capsys.readouterr()


def test_signers_without_a_scenario_are_refused(capsys, monkeypatch):
    code, said = command(capsys, monkeypatch, "--signers", "x.csv")
    assert code == 2
    assert "expected --scenario beside it" in said.err


@pytest.mark.parametrize("signers", [STATES[:20], STATES], ids=["20 rows", "193 rows"])
def test_another_instrument_is_scored_from_a_table_of_signers(signers, capsys, monkeypatch, tmp_path):
    table = tmp_path / "signers.csv"
    table.write_text("iso3\n" + "\n".join(signers) + "\n", encoding="utf-8")
    code, said = command(
        capsys, monkeypatch, "--scenario", "transfer/pall-mall-2025", "--signers", str(table), "--json", "-"
    )
    told = json.loads(said.out)["transfer"]
    assert (code, told["n"], told["signers"]) == (0, 193, len(signers))
    assert (told["auc"] is None) == (len(signers) == 193)


def test_a_country_that_is_not_there_is_refused_with_the_nearest(capsys, monkeypatch, tmp_path):
    table = tmp_path / "signers.csv"
    table.write_text("iso3\nFRA\nGRM\n", encoding="utf-8")
    code, said = command(capsys, monkeypatch, "--scenario", "transfer/pall-mall-2025", "--signers", str(table))
    assert code == 2
    assert "line 3" in said.err
    assert "'GRM'" in said.err


def test_what_is_left_out_is_refitted_and_told(capsys, monkeypatch):
    fitted_without = []
    monkeypatch.setattr(
        calibrate, "refit", lambda columns, report: fitted_without.append(sorted(columns)) or {"state_record": 0.0}
    )
    words = ("--scenario", "transfer/pall-mall-2025", "--without", "freedom_online_coalition", "--without", COLUMN)
    code, said = command(capsys, monkeypatch, *words)
    assert code == 0
    assert "fitted to the Paris Call again, after budapest_party and freedom_online_coalition had been" in said.out
    told = json.loads(command(capsys, monkeypatch, *words, "--json", "-")[1].out)["transfer"]
    assert fitted_without == [[COLUMN, "freedom_online_coalition"]] * 2
    assert (told["without"], told["refitted"], told["weights"]["state_record"]) == (fitted_without[0], True, 0)


def test_a_score_is_printed_with_what_it_rests_on_and_where_it_misses(capsys, monkeypatch):
    _, said = command(capsys, monkeypatch, "--scenario", "transfer/pall-mall-2025")
    assert "21 of 193 states signed" in said.out
    assert "200 simulated worlds" in said.out
    assert "if the shares were right" in said.out
    assert said.out.split("The five largest misses")[1].count("signed in") == 5
