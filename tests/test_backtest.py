"""Backtests: shares of states that a fit leaves out, forecasts of later dates, and the negative
control.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import sim
from dashboard import cli
from sim import facts
from sim.evidence import backtest, calibrate, later_dates, predict, scores
from sim.evidence.baselines import read_features
from sim.evidence.later_dates import TimeSplit
from sim.evidence.predict import (
    Question,
    shares_of_left_out,
    shares_of_states,
    splits,
    without_club,
)
from sim.evidence.recovery import simulated_registers, without_shocks
from sim.evidence.register import NEVER, StateDates, register, shares_signed
from sim.evidence.states import free_weights_of_states, state_evidence
from sim.experiments.simulate import Setting, SignaturesAlone, simulate
from sim.kinds_and_statuses import FIRM, STATE
from sim.lenses import LENSES
from sim.parameters import DIALS, Fitted
from sim.population import STRICT

STATES = list(facts.state_names())
REGIONS = facts.states()["region"].to_numpy(np.str_)
FULL = LENSES["full"]
COLUMN = "budapest_party"


@pytest.fixture(scope="module")
def question(paris_call):
    return Question(paris_call, register(paris_call), FULL, STRICT, seed=1)


@pytest.fixture(scope="module")
def then(paris_call):
    return later_dates.time_split(paris_call, date(2019, 9, 16), FULL, STRICT, seed=1)


@pytest.fixture(scope="module")
def worlds(then, weights):
    return later_dates.worlds_from_day(then, weights, 30, seed=1, anniversary=0.5)


@pytest.mark.parametrize(
    ("split", "folds"),
    [("leave_one_region_out", 22), ("leave_one_continent_out", 5), ("ten_fold", 10)],
)
def test_every_split_leaves_each_state_out_once(split, folds):
    masks = splits(REGIONS, seed=1)[split]
    assert len(masks) == folds
    assert (np.sum(list(masks.values()), axis=0) == 1).all()


@pytest.mark.parametrize(
    ("signed", "left", "counts"),
    [(4, NEVER, 1), (5, NEVER, 1), (6, NEVER, 0), (NEVER, NEVER, 0), (2, 5, 0), (2, 6, 1)],
)
def test_who_has_signed_by_the_end_of_a_month_and_not_left_again_counts(signed, left, counts):
    """By the end of round 5, of a state between two firms that signed early and never left."""
    setting = SimpleNamespace(population=SimpleNamespace(kind=np.array([FIRM, STATE, FIRM])))
    output = SimpleNamespace(
        signed_round=np.array([[[0, signed, 0]], [[0, NEVER, 0]]]),
        left_round=np.array([[[NEVER, left, NEVER]], [[NEVER] * 3]]),
    )
    assert shares_of_states(setting, output, 5).tolist() == [counts / 2]


def test_eighty_one_have_signed_by_the_last_signature(question):
    assert question.register.signed.sum() == 81
    assert question.register.last_signature == question.register.states.by[STATES.index("BEN")]


@pytest.mark.refit
@pytest.mark.long
def test_what_those_left_out_did_changes_nothing_that_is_said_of_them(question, monkeypatch):
    monkeypatch.setattr(predict, "WORLDS", 20)
    left_out = REGIONS == "Northern America"
    dates, marks = question.register.states, question.register.milestones
    theirs = shares_signed(dates, marks)[left_out, 1:].sum(axis=0)
    without_theirs = replace(
        question.register,
        states=StateDates(dates.after, np.where(left_out, NEVER, dates.by)),
        milestones=replace(marks, counts={**marks.counts, "state": marks.counts["state"] - theirs}),
    )
    assert theirs[-1] == 2  # the register has both
    shares = [
        shares_of_left_out(each, left_out, ridge=2.0)
        for each in (question, replace(question, register=without_theirs))
    ]
    assert shares[0] == shares[1]
    assert len(shares[0]["share"]) == left_out.sum()


# The headline without the convenor's club, and outside the Union.

CLUB_DIALS = {"state_convenor_club": 5.0, "state_attention_club": 1.0}


@pytest.fixture
def other_club(monkeypatch):
    """From a function of a question to what it returns where exactly the others sit in the
    convenor's club.
    """
    table = facts.states()
    others = table.assign(francophonie=1 - table["francophonie"])

    def under(work, asked):
        with monkeypatch.context() as patch:
            patch.setattr(facts, "states", others.copy)  # the baselines'
            return work(
                replace(asked, scenario=asked.scenario.with_facts({"states": others.reset_index()}))
            )

    return under


def test_without_the_club_no_states_share_depends_on_membership_in_it(question, other_club):
    def shares(asked):
        world = asked.scenario.with_changes(set=CLUB_DIALS)
        return simulate(
            Setting.from_scenario(world, asked.measures), 3, 1, SignaturesAlone(), workers=1
        ).signed.tolist()

    blind = without_club(question)
    assert shares(blind) == other_club(shares, blind)
    assert shares(question) != other_club(shares, question)


def test_without_the_club_no_baseline_sees_it(question, other_club):
    def columns(asked):
        features = read_features(asked.scenario, asked.measures)
        return np.hstack([features.static, features.covariates]).tolist(), features.covariate_names

    blind = without_club(question)
    assert columns(blind) == other_club(columns, blind)
    assert columns(question) != other_club(columns, question)
    assert set(columns(question)[1]) - set(columns(blind)[1]) == {"francophonie"}


def test_without_the_club_its_weights_are_no_part_of_the_fit(question):
    def free(asked):
        evidence = state_evidence(asked.scenario, asked.register, None, asked.measures)
        return {weight.dial for weight in free_weights_of_states(asked.lens, evidence)}

    assert free(question) - free(without_club(question)) == set(CLUB_DIALS)


@pytest.fixture(scope="module")
def robustness(paris_call):
    """What is recorded where Parley knows all with the club and nothing without it, and a baseline
    the reverse.
    """
    run = backtest._Backtest(paris_call, seed=1)
    signed, split = run.register.signed, scores.HEADLINE_SPLIT
    results = {}
    for source, right in (("strict", True), ("clubless", False)):
        ours, theirs = (signed, 1 - signed) if right else (1 - signed, signed)
        for fold, left_out in run.splits[split].items():
            results[f"{source}.{split}.{fold}"] = {"share": ours[left_out].tolist()}
        results[f"{source}.{split}.baselines"] = {"oracle": theirs.tolist()}
    return run.robustness(results)


def test_outside_the_union_a_hundred_and_sixty_five_states_are_scored(robustness):
    assert {name: variant["states"] for name, variant in robustness.items()} == {
        "without_club": 193, "outside_union": 165, "without_club_outside_union": 165,
    }  # fmt: skip


def test_each_variant_scores_the_shares_that_it_is_named_after(robustness):
    aucs = {
        name: [variant["scores"][model]["auc"] for model in (scores.OURS, "oracle")]
        for name, variant in robustness.items()
    }
    assert aucs == {
        "without_club": [0, 1],
        "outside_union": [1, 0],
        "without_club_outside_union": [0, 1],
    }
    assert robustness["outside_union"]["differences"]["oracle"]["brier"]["value"] == -1


def test_the_question_without_the_club_is_asked_of_every_sub_region(paris_call):
    work = backtest._Backtest(paris_call, seed=1).first_work()
    asked = {
        name.removeprefix("clubless."): part
        for name, part in work.items()
        if name.startswith("clubless.")
    }
    folds = {f"{scores.HEADLINE_SPLIT}.{fold}" for fold in set(REGIONS.tolist())}
    assert asked.keys() == folds | {f"{scores.HEADLINE_SPLIT}.baselines"}
    assert {asked[fold].args[0].measures.left_out for fold in folds} == {
        frozenset({"francophonie"})
    }


@pytest.mark.parametrize("ridge", [None, 3.0])
def test_states_left_out_are_in_no_fit_and_have_their_own_shares(question, monkeypatch, ridge):
    """In worlds where a state's share is its place among all."""
    left_out, kept = np.arange(len(STATES)) % 7 == 3, []

    def chosen(evidence, _):
        kept.append(sorted(evidence.states.tolist()))
        return 5.0, None

    def fit(scenario, observed, lens, measures, keep, penalty, start):
        kept.append(np.flatnonzero(keep).tolist())
        assert penalty == (ridge or 5.0)
        return SimpleNamespace(values={})

    def worlds(setting, number, *_arguments, **_options):
        people = np.arange(len(setting.population.kind))
        return SimpleNamespace(signed=np.arange(number)[:, None] < people)

    monkeypatch.setattr(predict, "chosen_ridge", chosen)
    monkeypatch.setattr(predict, "fit_all", fit)
    monkeypatch.setattr(predict, "simulate", worlds)
    told = shares_of_left_out(question, left_out, ridge)
    assert kept == [np.flatnonzero(~left_out).tolist()] * (2 if ridge is None else 1)
    assert told["ridge"] == (ridge or 5.0)
    assert told["share"] == pytest.approx(np.flatnonzero(left_out) / predict.WORLDS)


# Later dates.


def test_on_the_day_sixty_eight_states_had_signed_and_thirteen_came_later(then):
    assert (~then.free).sum() == 68
    assert then.later.sum() == 13


def test_worlds_begin_with_what_was_known(then, weights, worlds):
    scenario = then.scenario.with_changes(events=later_dates.events_until_day(then, weights))
    run = sim.run(scenario.with_changes(set=weights), replicates=5, seed=1, conduct=False)
    shares = run.courses()["signed"].loc[then.before.last_round, STATES]
    assert (shares[~then.free] == 1).all()
    assert (shares[then.free] == 0).all()


def test_nobody_comes_later_where_nothing_draws_attention(then, weights):
    silent = {name: 0.0 if name.startswith("state_attention") and "decay" not in name else value
              for name, value in weights.items()}  # fmt: skip
    assert (
        later_dates.worlds_from_day(then, silent, 5, seed=1, anniversary=0.0)["number"] == [0] * 5
    )


def test_a_louder_anniversary_brings_more(then, weights, worlds):
    quiet = later_dates.worlds_from_day(then, weights, 30, seed=1, anniversary=0.0)
    assert np.mean(quiet["number"]) < np.mean(worlds["number"])


def test_what_comes_later_is_counted_from_the_end_of_the_day(then, weights, monkeypatch):
    """Where one entry comes each month, as many come by a date as there are months until then."""
    rounds = np.arange(then.scenario.first_round, then.scenario.last_round + 1.0)
    monkeypatch.setattr(
        later_dates, "listed_totals", lambda *_: np.tile(rounds[:, None], (2, 1, 3))
    )
    added = later_dates.worlds_from_day(then, weights, 2, seed=1, anniversary=0.5)["added"]
    months = then.after.milestones.rounds - then.before.last_round
    assert added == [[[each] * 3 for each in months if each > 0]] * 2


def test_a_forecast_of_nobody_more_says_what_was_listed_on_the_day(then):
    nobody = {
        "share": np.linspace(0, 1, then.free.sum()).tolist(),
        "number": [0, 0],
        "added": np.zeros((2, 10, 3), int).tolist(),
    }
    rows = later_dates.forecast(then, [nobody], [nobody])["dates"]
    on_the_day = facts.milestones().set_index("date").loc[date(2019, 9, 16)]
    assert {
        (row["kind"], row["fitted"]["median"], row["with_uncertainty"]["median"]) for row in rows
    } == {
        (kind, on_the_day[f"{kind}s"], on_the_day[f"{kind}s"]) for kind in ("state", "firm", "ngo")
    }


def test_a_forecast_says_for_every_later_date_what_was_foreseen_and_what_came(then, worlds):
    forecast = later_dates.forecast(then, [worlds], [worlds, worlds])
    assert (forecast["open"], forecast["later"], forecast["of"]) == (125, 13, 10)
    rows = [row for row in forecast["dates"] if row["kind"] == "state"]
    assert [row["registered"] for row in rows] == [69, 74, 76, 78, 78, 79, 79, 80, 81, 81]
    inside = [row["fitted"]["low"] <= row["registered"] <= row["fitted"]["high"] for row in rows]
    assert forecast["inside"]["state"]["fitted"] == sum(inside)


def test_an_anniversary_to_come_is_anything_between_silent_and_as_loud_as_the_launch():
    sizes = [later_dates.loudness(number, 20) for number in range(20)]
    assert 0 < sizes[0] < 0.05 < 0.95 < sizes[-1] < 1
    assert np.diff(sizes) == pytest.approx(0.05)
    assert np.mean(sizes) == pytest.approx(0.5)


def test_both_forecasts_know_as_little_of_the_anniversary(then, weights, monkeypatch):
    sizes, seeds = [], []

    def worlds(split, weights, number, seed, anniversary):
        sizes.append(anniversary)
        seeds.append(seed)

    monkeypatch.setattr(later_dates, "worlds_from_day", worlds)
    for batch in range(later_dates.BATCHES):
        later_dates.under_fitted_weights(then, weights, batch)
    for draw in range(later_dates.DRAWS):
        later_dates.under_redrawn_weights(then, lambda: weights, draw)
    assert np.mean(sizes[: later_dates.BATCHES]) == pytest.approx(
        np.mean(sizes[later_dates.BATCHES :])
    )
    assert min(sizes) < 0.05 < 0.95 < max(sizes)
    for of in (seeds[: later_dates.BATCHES], seeds[later_dates.BATCHES :]):
        assert len(set(of)) == len(of)  # no two batches have the same luck


def test_after_the_anniversary_its_size_is_known(paris_call, weights):
    later = later_dates.time_split(paris_call, date(2019, 12, 31), FULL, STRICT, seed=1)
    loud, quiet = (
        later_dates.worlds_from_day(later, weights, 4, seed=1, anniversary=size)
        for size in (1.0, 0.0)
    )
    assert loud == quiet


# The gradient of states' attention, fitted to the register of the day.

FLAT, STEEP = 0.5, 15.5


@pytest.fixture(scope="module")
def fit(then: TimeSplit) -> dict[str, Any]:
    """The fit to the register of the day, under two gradients only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(later_dates, "GRADIENTS", (FLAT, STEEP))
        return later_dates.fit_of_day(then)


def test_the_whole_range_of_the_gradient_is_considered_in_even_steps() -> None:
    low, high = DIALS[later_dates.GRADIENT].between
    assert np.diff(later_dates.GRADIENTS) == pytest.approx(1.0)
    assert (later_dates.GRADIENTS[0] - low, high - later_dates.GRADIENTS[-1]) == (0.5, 0.5)


def test_a_gradient_counts_as_far_as_it_makes_what_was_known_probable() -> None:
    logs = {1.5: -50.0, 2.5: -50.0 + np.log(3), 9.5: -900.0}
    fits = [{"gradient": each, "log_marginal_likelihood": log} for each, log in logs.items()]
    assert later_dates.probabilities(fits) == pytest.approx({1.5: 0.25, 2.5: 0.75, 9.5: 0.0})


def test_gradients_are_drawn_as_often_as_they_are_probable() -> None:
    draws = later_dates.gradients_of_draws({1.5: 0.25, 2.5: 0.75, 9.5: 0.0}, 100, seed=1)
    assert (draws.count(1.5), draws.count(2.5), draws.count(9.5)) == (25, 75, 0)


def test_the_seed_says_which_draw_has_which_gradient() -> None:
    probable = {1.5: 0.5, 2.5: 0.5}
    first, again, other = (later_dates.gradients_of_draws(probable, 50, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_gradients_do_not_go_with_how_loud_the_anniversary_is() -> None:
    """Draws are in the order of the loudness."""
    probable = dict.fromkeys(later_dates.GRADIENTS, 0.05)
    orders = [later_dates.gradients_of_draws(probable, 100, seed) for seed in range(50)]
    assert (
        abs(np.mean([np.corrcoef(order, np.arange(100))[0, 1] for order in orders]))
        < 3 * 0.1 / 50**0.5
    )


@pytest.mark.refit
@pytest.mark.long
@pytest.mark.parametrize(("truth", "other"), [(FLAT, STEEP), (STEEP, FLAT)])
def test_a_register_speaks_for_the_gradient_of_the_world_that_made_it(
    then, full_register, weights, truth, other
):
    world = without_shocks(later_dates.at_gradient(then, truth).scenario)
    simulated = simulated_registers(
        world, {**weights, "state_attention_club": 0.0}, full_register, 1, seed=3
    )[0]
    then = replace(then, before=simulated)
    fits = [later_dates.fit_at_gradient(then, gradient) for gradient in (truth, other)]
    assert later_dates.probabilities(fits)[truth] > 0.9


@pytest.mark.refit
@pytest.mark.long
def test_weights_are_fitted_under_the_gradient_that_was_most_probable(
    then: TimeSplit, fit: dict[str, Any]
) -> None:
    best = {each["gradient"]: each for each in fit["of_gradients"]}[fit["gradient"]]
    assert best["log_marginal_likelihood"] == max(
        each["log_marginal_likelihood"] for each in fit["of_gradients"]
    )
    assert best["ridge"] == fit["ridge"]
    assert fit["weights"].keys() == {
        name for name, dial in DIALS.items() if isinstance(dial, Fitted)
    }
    assert {dial: fit["weights"][dial] for dial in best["weights"]} == pytest.approx(
        best["weights"], rel=1e-3
    )


@pytest.mark.refit
@pytest.mark.long
def test_each_draw_answers_under_its_own_gradient(then, fit, monkeypatch):
    monkeypatch.setattr(later_dates, "DRAWS", 2)
    evenly = [{**each, "log_marginal_likelihood": 0.0} for each in fit["of_gradients"]]
    draws = later_dates.bootstrap_draws(then, {**fit, "of_gradients": evenly})
    gradients = [at_this.scenario.parameters[later_dates.GRADIENT] for at_this, _ in draws]
    assert sorted(gradients) == [FLAT, STEEP]
    weights_of_draws = [work() for _, work in draws]
    assert all(each.keys() == fit["weights"].keys() for each in weights_of_draws)
    assert weights_of_draws[0] != weights_of_draws[1]
    assert draws[0][0].before is then.before


@pytest.mark.refit
@pytest.mark.long
def test_the_day_does_not_know_the_gradient_that_is_assumed(
    then: TimeSplit, fit: dict[str, Any]
) -> None:
    other = later_dates.at_gradient(then, 3.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(later_dates, "GRADIENTS", (FLAT, STEEP))
        assert later_dates.fit_of_day(other) == fit


# The negative control.


def test_a_shuffle_that_finds_something_is_noticed():
    assert "what is not there is not found" in backtest.verdict_of_control([0.45, 0.55])
    assert "Do not trust it" in backtest.verdict_of_control([0.7, 0.8])


def test_no_finished_part_passes_for_that_of_another_seed(monkeypatch):
    names = []

    def stop(name, module):
        names.append(name)
        raise KeyboardInterrupt

    monkeypatch.setattr(backtest, "Checkpoints", stop)
    monkeypatch.setattr(backtest, "_Backtest", lambda scenario, seed: None)
    for seed in (1, 2):
        with pytest.raises(KeyboardInterrupt):
            backtest.backtest(seed)
    assert names[0] != names[1]


@pytest.mark.refit
@pytest.mark.long
def test_shuffled_signatures_are_not_foreseen(question):
    aucs = [backtest.auc_of_a_shuffle(question, number) for number in range(2)]
    assert 0.35 < np.mean(aucs) < 0.65
    assert len(set(aucs)) == 2


# The command.


def command(capsys, monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["parley", "backtest", *words])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code, capsys.readouterr()


def test_another_instrument_is_scored_from_a_table_of_signers(capsys, monkeypatch, tmp_path):
    table = tmp_path / "signers.csv"
    table.write_text("iso3\n" + "\n".join(STATES) + "\n", encoding="utf-8")
    code, output = command(
        capsys,
        monkeypatch,
        "--scenario",
        "instruments/pall-mall-code-2025",
        "--signers",
        str(table),
        "--json",
        "-",
    )
    score = json.loads(output.out)["transfer"]
    assert (code, score["n"], score["signers"], score["auc"]) == (0, 193, 193, None)


def test_what_is_left_out_is_refitted_and_told(capsys, monkeypatch):
    refits = []
    monkeypatch.setattr(
        calibrate,
        "refit",
        lambda columns, report: refits.append(sorted(columns)) or {"state_record": 0.0},
    )
    words = (
        "--scenario",
        "instruments/dfi",
        "--without",
        "freedom_online_coalition",
        "--without",
        COLUMN,
    )
    code, output = command(capsys, monkeypatch, *words)
    assert code == 0
    assert (
        "fitted to the Paris Call again, after budapest_party and freedom_online_coalition had been"
        in output.out
    )
    score = json.loads(command(capsys, monkeypatch, *words, "--json", "-")[1].out)["transfer"]
    assert refits == [[COLUMN, "freedom_online_coalition"]] * 2
    assert (score["without"], score["refitted"], score["weights"]["state_record"]) == (
        refits[0],
        True,
        0,
    )


def test_a_score_is_printed_with_what_it_rests_on_and_where_it_misses(capsys, monkeypatch):
    _, output = command(capsys, monkeypatch, "--scenario", "instruments/pall-mall-code-2025")
    assert "24 of 193 states signed" in output.out
    assert "200 simulated worlds" in output.out
    assert "if the shares were right" in output.out
    assert output.out.split("The five largest misses")[1].count("signed in") == 5
