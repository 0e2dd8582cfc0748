"""Sentences on the evidence turn with the evidence: each is put to a record that says one thing, and the opposite."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

import sim
from sim.evidence.record import Evidence
from sim.evidence.report.dates import standard_error
from sim.evidence.report.states import HEADLINE_SPLIT, SPLIT_WORDS, comparisons

Content = dict[str, Any]


@pytest.fixture
def content() -> Content:
    """The shipped record, to be changed."""
    return deepcopy(dict(sim.evidence_on_record().content))


def text(content: Content, section: str) -> str:
    return " ".join(Evidence(content).said[section])


def set_gap(content: Content, score: str, ours: float, theirs: float, half: float, splits: Any = SPLIT_WORDS) -> None:
    """Every other model gets the score *theirs*, with an interval of the difference of *half* on each side."""
    backtest = content["backtest"]
    for split in splits:
        for model, scores in backtest[split].items():
            scores[score] = ours if model == "parley" else theirs
        for gaps in backtest["differences"][split].values():
            gap = ours - theirs
            gaps[score] = {"value": gap, "low": gap - half, "high": gap + half, "draws": 9}


def test_every_number_of_a_comparison_is_the_records(content: Content) -> None:
    found = {(each.split, each.score, each.model): each for each in comparisons(content["backtest"])}
    for (split, score, model), each in found.items():
        assert each.theirs == content["backtest"][split][model][score]
        assert each.value == content["backtest"]["differences"][split][model][score]["value"]


@pytest.mark.parametrize(
    ("score", "ours", "theirs", "half", "expected"),
    [
        ("auc", 0.9, 0.8, 0.05, "Parley does better, clearly"),
        ("auc", 0.9, 0.8, 0.15, "Parley does better, not clearly"),
        ("auc", 0.8, 0.9, 0.05, "does better, clearly"),
        ("auc", 0.8, 0.9, 0.15, "does better, not clearly"),
        ("auc", 0.8, 0.8, 0.15, "neither does better"),
        ("brier", 0.1, 0.2, 0.05, "Parley does better, clearly"),
        ("brier", 0.2, 0.1, 0.05, "does better, clearly"),
    ],
)
def test_who_does_better_and_how_clearly_follows_the_scores(
    content: Content, score: str, ours: float, theirs: float, half: float, expected: str
) -> None:
    set_gap(content, score, ours, theirs, half)
    words = {"auc": "By AUC", "brier": "By Brier score"}[score]
    sentence = next(each for each in Evidence(content).said["states"] if each.startswith(f"{words} the best other"))
    assert sentence.endswith(f"{expected}.")
    assert sentence.count("Parley does better") == expected.count("Parley does better")
    assert expected in Evidence(content).said["headline"][0]


def test_where_another_model_wins_anywhere_it_is_said(content: Content) -> None:
    for score, ours, theirs in (("auc", 0.9, 0.8), ("brier", 0.1, 0.2)):
        set_gap(content, score, ours, theirs, 0.05)
    assert "In none of" in text(content, "states")
    set_gap(content, "brier", 0.2, 0.1, 0.05, ["ten_fold"])
    told = text(content, "states")
    assert "random forest by Brier score with a tenth left out (0.100 to 0.200, clearly)" in told
    assert "In none of" not in told


def test_models_are_sorted_into_better_and_worse(content: Content) -> None:
    set_gap(content, "auc", 0.8, 0.9, 0.05)
    assert "By AUC Parley is clearly worse than base rate, freedom alone" in text(content, "states")
    set_gap(content, "auc", 0.8, 0.9, 0.5)
    assert "By AUC Parley is worse than, but not clearly, base rate" in text(content, "states")


def test_the_states_that_are_most_wrong_are_named(content: Content) -> None:
    for state in content["backtest"]["states"]:
        state["share"] = float(state["signed"])
    wrong = {state["iso3"]: state for state in content["backtest"]["states"]}
    wrong["FRA"] |= {"signed": 1, "share": 0.05}
    wrong["TUV"] |= {"signed": 0, "share": 0.9}
    told = text(content, "states")
    assert "misses: France (share 0.05, signed), Tuvalu (share 0.90, did not sign)" in told


def test_contagion_helps_or_does_not(content: Content) -> None:
    backtest = content["backtest"]
    backtest[HEADLINE_SPLIT]["parley without contagion"] = {"auc": 0.5, "brier": 0.5, "log_score": -1}
    for score, value in (("auc", 0.3), ("brier", -0.3)):
        gap = {"value": value, "low": value - 0.1, "high": value + 0.1, "draws": 9}
        backtest["differences"][HEADLINE_SPLIT].setdefault("parley without contagion", {})[score] = gap
    assert "they clearly help to foresee who signs. So would" in text(content, "states")
    assert "AUC 0.500 (worse, clearly) and Brier score 0.500 (worse, clearly)" in text(content, "states")
    backtest["differences"][HEADLINE_SPLIT]["parley without contagion"]["auc"]["low"] = -0.1
    assert "they clearly help to foresee who signs, by one of the two scores only. So would" in text(content, "states")
    backtest["differences"][HEADLINE_SPLIT]["parley without contagion"]["brier"]["high"] = 0.1
    assert "they do not clearly help to foresee who signs." in text(content, "states")
    backtest["differences"][HEADLINE_SPLIT]["parley without contagion"]["auc"]["value"] = -0.05
    assert "AUC 0.500 (better, not clearly)" in text(content, "states")


def test_groups_outside_a_perfect_models_band_are_counted(content: Content) -> None:
    bins = content["backtest"]["against_perfection"][HEADLINE_SPLIT]["calibration"]
    for each in bins:
        each |= {"perfect_low": 0.0, "perfect_high": 1.0}
    assert "In 5 of 5 groups of equally many states, what came lies where a perfect model's would." in text(
        content, "states"
    )
    bins[2] |= {"predicted": 0.4, "observed": 0.7, "perfect_high": 0.5}
    assert "In 4 of 5 groups" in text(content, "states")
    assert "not in 1 group: predicted 0.40, observed 0.70." in text(content, "states")


def test_scores_below_what_luck_allows_say_that_shares_are_too_sure(content: Content) -> None:
    band = content["backtest"]["against_perfection"][HEADLINE_SPLIT]["perfect_model"]
    band["auc"] |= {"low": 0.0, "high": 0.1}
    band["brier"] |= {"low": 0.9, "high": 1.0}
    assert "Parley's scores lie there, or are better." in text(content, "states")
    band["auc"] |= {"low": 0.99, "high": 1.0}
    assert "Parley's AUC is worse than that, so its shares are too sure of themselves." in text(content, "states")


def at_later_dates(content: Content, change: Callable[[dict[str, Any]], None]) -> str:
    told = content["backtest"]["time_split"]["2019-09-16"]
    change(told)
    for kind, inside in told["inside"].items():
        rows = [row for row in told["dates"] if row["kind"] == kind]
        for which in inside:
            inside[which] = sum(row[which]["low"] <= row["registered"] <= row[which]["high"] for row in rows)
    return text(content, "later 2019-09-16") + Evidence(content).said["headline"][1]


def spread(told: dict[str, Any], low: float, high: float) -> None:
    for row in told["dates"]:
        row["with_uncertainty"] = {"low": low, "median": (low + high) / 2, "high": high}


def test_later_dates_inside_and_outside_are_told_apart(content: Content) -> None:
    told = at_later_dates(content, lambda told: spread(told, 0, 10_000))
    assert "asked on 16 September 2019, 10 of states, 10 of firms and 10 of NGOs" in told
    assert "Where the wide interval fails" not in told
    told = at_later_dates(content, lambda told: spread(told, 0, 1))
    assert "asked on 16 September 2019, 0 of states, 0 of firms and 0 of NGOs" in told
    assert "wrong about states, firms and NGOs" in told
    assert "states lie above it on 10" in told
    told = at_later_dates(content, lambda told: spread(told, 9000, 10_000))
    assert "firms lie below it on 10" in told


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(0, 99, "which holds the 13"), (0, 1, "too few: 13"), (90, 99, "too many: 13")]
)
def test_the_number_foreseen_is_right_too_small_or_too_large(
    content: Content, low: float, high: float, expected: str
) -> None:
    def change(told: dict[str, Any]) -> None:
        told["number"]["fitted"] = {"low": low, "median": low, "high": high}

    assert expected in at_later_dates(content, change)


@pytest.mark.parametrize(
    ("fitted", "wide", "expected"),
    [
        (0.9, 0.9, "13 states are enough to tell both from chance"),
        (0.55, 0.9, "13 states cannot tell one of them from chance"),
        (0.4, 0.55, "13 states cannot tell them from chance"),
    ],
)
def test_a_ranking_that_may_be_chance_is_called_that(
    content: Content, fitted: float, wide: float, expected: str
) -> None:
    assert expected in at_later_dates(content, lambda told: told["auc"].update(fitted=fitted, with_uncertainty=wide))


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        (0.99, "none does better"),
        (0.75, "flat ridge (27 covariates) does better"),
        (0.65, "flat ridge (27 covariates) and random forest do better"),
    ],
)
def test_models_without_a_simulator_stand_beside_the_ranking(content: Content, ours: float, expected: str) -> None:
    others = {"base rate": 0.5, "flat ridge": 0.6, "flat ridge, 27 covariates": 0.8, "random forest": 0.7}

    def change(told: dict[str, Any]) -> None:
        told["auc"]["with_uncertainty"], told["rankings"] = ours, others

    said_of_it = at_later_dates(content, change)
    assert f"random forest 0.70: {expected}" in said_of_it or (expected.startswith("random") and expected in said_of_it)
    assert "base rate" not in said_of_it


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([0.04, 0.48, 0.48, 0.0], "between 1.5 and 2.5, where all from 0.5 to 3.5"),
        ([0.0, 0.0, 0.0, 1.0], "between 3.5 and 3.5"),
        ([0.06, 0.0, 0.0, 0.94], "between 0.5 and 3.5"),
    ],
)
def test_the_gradients_that_were_probable_are_told(content: Content, shares: list[float], expected: str) -> None:
    probable = [{"gradient": place + 0.5, "probability": share} for place, share in enumerate(shares)]
    told = at_later_dates(content, lambda told: told.update(gradient=1.5, gradients=probable))
    assert "most probable under a gradient of 1.5 " in told
    assert f"With a probability of 90 % it lay {expected}" in told


def test_the_standard_error_of_an_auc_is_that_of_the_literature() -> None:
    assert standard_error(0.893, 51, 58) == pytest.approx(0.0325, abs=1e-4)  # computed by hand from the formula


@pytest.mark.parametrize(("days", "expected"), [(1, "wrong about"), (2, "right about states, firms and NGOs")])
def test_the_headline_is_right_where_nine_in_ten_totals_are_held(content: Content, days: int, expected: str) -> None:
    for told in list(content["backtest"]["time_split"].values())[:days]:
        for inside in told["inside"].values():
            inside["with_uncertainty"] = told["of"]
    if days == 1:
        last = list(content["backtest"]["time_split"].values())[-1]
        for inside in last["inside"].values():
            inside["with_uncertainty"] = 0
    assert expected in Evidence(content).said["headline"][1]


def test_a_curve_that_comes_nearer_is_named(content: Content) -> None:
    def perfect(told: dict[str, Any]) -> None:
        for kind, curves in told["curves"].items():
            curves["Bass"]["expected"] = [row["registered"] for row in told["dates"] if row["kind"] == kind]

    assert "states: the curve Bass is nearer (0.0 to Parley's" in at_later_dates(content, perfect)

    def fuller(told: dict[str, Any]) -> None:
        spread(told, 9000, 9001)
        told["curves"]["state"]["Bass"] |= {"low": [0] * told["of"], "high": [999] * told["of"]}

    told = at_later_dates(content, fuller)
    assert "states: the curve Bass holds more (10 to Parley's 0)" in told
    assert "Curves through totals alone hold more of states on 16 September 2019" in told

    def hopeless(told: dict[str, Any]) -> None:
        for curves in told["curves"].values():
            for curve in curves.values():
                curve["expected"] = curve["low"] = curve["high"] = [9999.0] * told["of"]

    told = at_later_dates(content, hopeless)
    assert "states: no curve is nearer" in told
    assert "states: no curve holds more" in told
    del content["backtest"]["time_split"]["2019-12-31"]
    assert "No curve through totals alone holds more." in text(content, "headline")


def test_weights_found_too_rarely_are_named_the_worst_first(content: Content) -> None:
    found = content["recovery"]["found"]
    content["recovery"]["found"] = dict.fromkeys(found, 1.0)
    assert "No weight falls short of that." in text(content, "recovery")
    assert "so standard errors hold what they promise" in text(content, "headline")
    content["recovery"]["found"] |= {"state_peers": 0.7, "firm_home": 0.2, "ngo_home": 0.9}
    assert f"for {len(found) - 2} of {len(found)} weights" in text(content, "recovery")
    assert text(content, "recovery").endswith("the worst first: firm_home 20 and state_peers 70.")
    assert "so standard errors promise too much" in text(content, "headline")


def test_contagion_that_is_shown_for_a_kind_or_for_none(content: Content) -> None:
    hidden = "contagion is not shown by this register."
    content["calibration"]["contagion"] = dict.fromkeys(("state", "firm", "ngo"), hidden)
    assert "Contagion: that signatures spread is not shown by the register, for any kind" in text(content, "headline")
    content["calibration"]["contagion"]["firm"] = "they go together, and the register cannot say which led."
    assert "shows among firms, though not which led; for states and NGOs it is not shown" in text(content, "headline")


def test_an_instrument_whose_list_was_told_is_no_test(content: Content) -> None:
    content["transfer"] = content["transfer"][:1]
    content["transfer"][0]["remarks"] = []
    assert "no test" not in text(content, "transfer")
    assert content["transfer"][0]["instrument"] in text(content, "headline")
    content["transfer"][0]["remarks"] = ["…: this scores what it was told."]
    assert "no test" in text(content, "transfer")
    assert content["transfer"][0]["instrument"] not in text(content, "headline")


def test_a_brier_score_no_better_than_one_share_for_all_is_called_that(content: Content) -> None:
    content["transfer"] = content["transfer"][-1:]
    content["transfer"][0] |= {"brier": 0.1, "base_brier": 0.2}
    assert "better than one share for all (0.200)" in text(content, "transfer")
    assert "no better" not in text(content, "transfer")
    assert "and a better Brier score than one share for all" in text(content, "headline")
    content["transfer"][0] |= {"brier": 0.2, "base_brier": 0.1}
    assert "no better than one share for all (0.100)" in text(content, "transfer")
    assert "sign in the mean world where" in text(content, "headline")


@pytest.mark.parametrize(
    ("value", "half", "expected", "level"),
    [
        (0.1, 0.05, "Parley does better, clearly", False),
        (0.1, 0.2, "Parley does better, not clearly", False),
        (-0.1, 0.05, "oracle does better, clearly", True),
        (0.0, 0.1, "neither does better", True),
    ],
)
def test_a_model_without_a_simulator_may_rank_another_instrument_better(
    content: Content, value: float, half: float, expected: str, level: bool
) -> None:
    content["transfer"] = content["transfer"][-1:]
    told = content["transfer"][0]
    gap = {"value": value, "low": value - half, "high": value + half, "draws": 9}
    told["baselines"] = {"oracle": {"auc": {"score": told["auc"] - value, "difference": gap}}}
    assert expected in text(content, "transfer")
    assert ("So oracle carries over as well as Parley does, or better" in text(content, "transfer")) == level


def test_conclusions_are_counted_by_what_becomes_of_them(content: Content) -> None:
    of = content["conclusions"]["conclusions"]
    for each in of:
        each["verdict"] = "survives all"
    assert f"{len(of)} survive every change of them, 0 most, 0 do not" in text(content, "headline")
    assert "not to be drawn" not in text(content, "conclusions")
    of[0]["verdict"], of[1]["verdict"] = "does not survive", "survives all but b0 = 1"
    assert f"1 conclusion not to be drawn: {of[0]['sentence']}" in text(content, "conclusions")
    assert f"{len(of) - 2} survive every change of them, 1 most, 1 do not" in text(content, "headline")


def test_shuffles_are_told_with_their_range(content: Content) -> None:
    content["backtest"]["negative_control"] = {"auc": [0.2, 0.9], "mean_auc": 0.55, "verdict": "What the verdict says."}
    assert text(content, "control") == "What the verdict says. The 2 shuffles lie between AUC 0.20 and 0.90."
