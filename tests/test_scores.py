"""Scores of predictions, and curves without a simulator that say how many."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim import InputError, facts
from sim.evidence import scores
from sim.evidence.backtest import verdicts
from sim.evidence.comparisons import beside_each
from sim.evidence.curves import bass_share, forecasts

RNG = np.random.default_rng(5)
SHARE = np.round(RNG.random(193), 3)
OUTCOME = (RNG.random(193) < SHARE).astype(int)
GROUPS = np.arange(193) % 22
OUTCOMES = arrays(np.int64, st.integers(2, 60), elements=st.integers(0, 1))
TENTHS = st.integers(0, 10).map(lambda tenths: tenths / 10)


FEW = settings(max_examples=30)


def log_score(outcome, share):
    return scores.log_score(outcome, share, worlds=200)


@st.composite
def predictions(draw):
    outcome = draw(OUTCOMES)
    return outcome, draw(arrays(np.float64, len(outcome), elements=TENTHS))


def test_a_perfect_ranking_has_an_auc_of_one():
    assert scores.auc(np.array([0, 0, 1, 1]), np.array([0.1, 0.2, 0.3, 0.9])) == 1
    assert scores.auc(np.array([1, 1, 0, 0]), np.array([0.1, 0.2, 0.3, 0.9])) == 0


def test_a_constant_prediction_has_an_auc_of_one_half():
    assert scores.auc(OUTCOME, np.full(193, 0.7)) == 0.5


@pytest.mark.parametrize("outcome", [0, 1])
def test_without_signatories_or_without_others_the_auc_is_undefined(outcome):
    assert scores.auc(np.full(5, outcome), SHARE[:5]) is None


@FEW
@given(predictions())
def test_the_auc_is_that_of_scikit_learn(prediction):
    from sklearn.metrics import roc_auc_score

    outcome, share = prediction
    if 0 < outcome.sum() < len(outcome):
        assert scores.auc(outcome, share) == pytest.approx(roc_auc_score(outcome, share))


@FEW
@given(OUTCOMES)
def test_the_brier_score_of_the_base_rate_is_the_variance(outcome):
    assert scores.brier(outcome, np.full(len(outcome), outcome.mean())) == pytest.approx(
        outcome.var()
    )


def test_certainty_is_rewarded_where_it_is_right():
    assert scores.brier(OUTCOME, OUTCOME.astype(float)) == 0
    assert scores.brier(OUTCOME, 1.0 - OUTCOME) == 1
    assert log_score(OUTCOME, OUTCOME.astype(float)) == pytest.approx(math.log(1 - 1 / 402))


@pytest.mark.parametrize("worlds", [1, 50, 1000])
def test_what_no_world_showed_is_not_impossible(worlds):
    assert scores.log_score(np.array([1]), np.array([0.0]), worlds) == pytest.approx(
        -math.log(2 * worlds + 2)
    )


@FEW
@given(predictions())
def test_log_scores_are_those_of_scikit_learn(prediction):
    from sklearn.metrics import log_loss

    outcome, share = prediction
    inside = np.clip(share, 0.05, 0.95)
    assert log_score(outcome, inside) == pytest.approx(-log_loss(outcome, inside, labels=[0, 1]))


def test_bins_hold_equally_many_states_and_all_of_them():
    bins = scores.calibration(OUTCOME, SHARE, seed=1)
    assert [row.states for row in bins] == [39, 39, 39, 38, 38]
    assert sum(row.observed * row.states for row in bins) == pytest.approx(OUTCOME.sum())
    assert [row.predicted for row in bins] == sorted(row.predicted for row in bins)


def test_outcomes_that_follow_the_shares_lie_within_the_bands():
    inside = 0
    for draw in scores.outcomes(SHARE, seed=9, draws=40):
        inside += sum(
            row.perfect_low <= row.observed <= row.perfect_high
            for row in scores.calibration(draw, SHARE, 1)
        )
    assert 0.85 <= inside / (5 * 40) <= 0.99


def test_shares_that_are_too_sure_leave_the_bands():
    hardly = (RNG.random(193) < 0.5).astype(int)
    bins = scores.calibration(hardly, np.where(SHARE > 0.5, 0.99, 0.01), seed=1)
    assert not bins[0].perfect_low <= bins[0].observed <= bins[0].perfect_high
    assert not bins[-1].perfect_low <= bins[-1].observed <= bins[-1].perfect_high


def test_a_bloc_that_signs_as_one_widens_what_chance_allows():
    bloc = np.arange(193) < 28
    share = np.full(193, 0.5)
    assert np.ptp(scores.outcomes(share, 1, as_one=bloc)[:, bloc], axis=1).max() == 0
    alone, together = (scores.perfect(scores.brier, SHARE, 1, as_one=who) for who in (None, bloc))
    assert together.high - together.low > alone.high - alone.low


def test_a_bloc_that_signs_as_one_goes_with_nobody_else():
    bloc = np.arange(193) >= 165
    drawn = scores.outcomes(np.full(193, 0.5), 1, as_one=bloc)
    assert (drawn[:, :165] == drawn[:, [165]]).all(axis=0).sum() == 0


def test_even_a_perfect_model_ranks_some_wrongly():
    perfect = scores.perfect(scores.auc, SHARE, seed=1)
    assert 0.5 < perfect.low < perfect.mean < perfect.high < 1


def test_a_perfect_model_expects_the_brier_score_that_its_shares_imply():
    assert scores.perfect(scores.brier, SHARE, seed=1).mean == pytest.approx(
        np.mean(SHARE * (1 - SHARE)), abs=0.003
    )


def test_where_all_are_certain_to_sign_a_perfect_model_has_no_auc():
    assert scores.perfect(scores.auc, np.ones(9), seed=1) == (None, None, None)


@pytest.mark.parametrize("score", [scores.auc, scores.brier, log_score])
def test_a_model_does_not_differ_from_itself(score):
    assert scores.difference(OUTCOME, SHARE, SHARE, score, GROUPS, seed=1, draws=50)[:3] == (
        0,
        0,
        0,
    )


@pytest.mark.parametrize(("score", "sign"), [(scores.auc, -1), (scores.brier, 1), (log_score, -1)])
def test_a_worse_model_shows_an_interval_on_the_worse_side_of_zero(score, sign):
    worse = np.random.default_rng(2).permutation(SHARE)
    gap = scores.difference(OUTCOME, worse, SHARE, score, GROUPS, seed=1, draws=200)
    assert gap.clear
    assert sign * gap.low > 0
    assert sign * gap.high > 0
    assert gap.low <= gap.value <= gap.high


def test_states_that_stand_together_make_the_interval_wider():
    ours = OUTCOME + np.where(GROUPS % 2, 0.4, -0.1) * (1 - 2 * OUTCOME)
    theirs = np.full(193, 0.5)
    together, alone = (
        scores.difference(OUTCOME, ours, theirs, scores.brier, groups, seed=1, draws=300)
        for groups in (GROUPS, np.arange(193))
    )
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_resamples_without_signatories_are_left_out_and_counted():
    outcome = np.array([1, 0, 0])
    gap = scores.difference(
        outcome, SHARE[:3], SHARE[3:6], scores.auc, ["a", "b", "c"], seed=1, draws=100
    )
    assert 0 < gap.draws < 100


def test_a_difference_of_undefined_scores_is_undefined():
    gap = scores.difference(
        np.zeros(3, int), SHARE[:3], SHARE[3:6], scores.auc, [1, 2, 3], seed=1, draws=10
    )
    assert gap == (None, None, None, 0)
    assert not gap.clear


def test_one_seed_gives_one_interval():
    first, again, other = (
        scores.difference(OUTCOME, SHARE, SHARE[::-1], scores.brier, GROUPS, seed=seed, draws=50)
        for seed in (1, 1, 2)
    )
    assert first == again != other


def test_coverage_counts_the_ends():
    rows = [
        {"kind": kind, "registered": total, "fitted": {"low": 4, "high": 6}}
        for kind, total in (("state", 4), ("state", 7), ("state", 6), ("firm", 5))
    ]
    assert scores.coverage(rows, "state", "fitted") == 2


SIX = np.array([1, 1, 1, 0, 0, 0] * 5)
GOOD, BAD = np.where(SIX == 1, 0.9, 0.1), np.where(SIX == 1, 0.4, 0.6)


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        (GOOD, BAD, "Parley does better, clearly."),
        (BAD, GOOD, "other does better."),
        (GOOD, GOOD, "does as well."),
    ],
)
def test_verdicts_name_whoever_does_better(ours, theirs, words):
    shares, tens = (
        {scores.OURS: ours, "other": theirs},
        np.array([f"group {i % 10}" for i in range(30)]),
    )
    gaps = scores.differences(SIX, shares, 100, tens, seed=1)
    sentences = verdicts(beside_each(scores.scored(SIX, shares, 100), gaps, "ten_fold"))
    assert len(sentences) == 2
    assert all(sentence.endswith(words) for sentence in sentences)


def test_a_verdict_says_where_the_other_model_is_trivial() -> None:
    shares, tens = (
        dict.fromkeys((scores.OURS, *scores.TRIVIAL, "flat ridge"), GOOD),
        np.array(["one"] * 30),
    )
    gaps = scores.differences(SIX, shares, 100, tens, seed=1)
    sentences = verdicts(beside_each(scores.scored(SIX, shares, 100), gaps))
    assert ["(trivial)" in sentence for sentence in sentences] == [
        True,
        True,
        True,
        True,
        False,
        False,
    ]


def test_perfection_is_shown_beside_five_bins():
    perfection = scores.against_perfection(SIX, GOOD, 100, np.zeros(30, dtype=bool), seed=1)
    assert len(perfection["calibration"]) == 5
    assert (
        perfection["perfect_model"]["brier"]["low"] < perfection["perfect_model"]["brier"]["high"]
    )


# Curves.

CAMPAIGN_FROM = date(2017, 12, 12)
POTENTIAL = {"state": 193, "firm": 1300, "ngo": 700}
LAUNCH_OF_FOUR = (date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1))
FIRST_DAY = date(2019, 1, 1)


def test_bass_peaks_when_bass_says() -> None:
    years = np.linspace(0, 20, 20001)
    peak = years[np.argmax(np.diff(bass_share(years, 0.03, 0.38)))]
    assert peak == pytest.approx(np.log(0.38 / 0.03) / 0.41, abs=0.01)


def forecast(
    totals: list[int], day: date = LAUNCH_OF_FOUR[2], potential: float = 1000
) -> dict[str, float]:
    curves = forecasts(LAUNCH_OF_FOUR[: len(totals)], totals, day, FIRST_DAY, potential)
    return {name: each.expected[0] for name, each in curves.items()}


def test_a_curve_finds_itself_again() -> None:
    decaying = [100 + round(800 * (1 - np.exp(-0.7 * t))) for t in range(4)]
    assert forecast(decaying)["saturating exponential"] == pytest.approx(decaying[3], abs=3)
    diffusing = [round(900 * bass_share(np.array([t]), 0.05, 0.9)[0]) for t in (1, 2, 3, 4)]
    assert forecast(diffusing)["Bass"] == pytest.approx(diffusing[3], abs=3)


def test_no_change_is_no_change_and_the_last_pace_goes_on() -> None:
    curves = forecast([10, 20, 120, 500])
    assert curves["no change"] == 120
    assert curves["last pace"] == pytest.approx(220, abs=1)


def test_nobody_foresees_more_than_there_are() -> None:
    assert max(forecast([10, 60, 180, 181], potential=193).values()) <= 193


@pytest.mark.parametrize(
    ("kind", "day"),
    [("state", date(2021, 11, 12)), ("firm", date(2019, 9, 16)), ("ngo", date(2019, 11, 12))],
)
def test_forecasts_only_grow_and_lie_within_their_intervals(kind: str, day: date) -> None:
    marks = facts.milestones()
    curves = forecasts(
        list(marks["date"]), list(marks[f"{kind}s"]), day, CAMPAIGN_FROM, POTENTIAL[kind]
    )
    for each in curves.values():
        assert len(each.expected) == (marks["date"] > day).sum()
        assert (np.diff(each.expected) >= 0).all()
        assert (each.low <= np.ceil(each.expected)).all()
        assert (np.floor(each.expected) <= each.high).all()


def test_the_later_register_changes_no_forecast() -> None:
    marks = facts.milestones()
    days, totals = list(marks["date"]), list(marks["firms"])
    first = forecasts(days, totals, date(2019, 9, 16), CAMPAIGN_FROM, 1300)
    again = forecasts(
        days,
        totals[:3] + [9 * total for total in totals[3:]],
        date(2019, 9, 16),
        CAMPAIGN_FROM,
        1300,
    )
    assert all(np.array_equal(first[name].high, again[name].high) for name in first)


def test_from_three_milestones_no_curve_foresees_the_anniversary() -> None:
    marks = facts.milestones()
    curves = forecasts(
        list(marks["date"]), list(marks["firms"]), date(2019, 9, 16), CAMPAIGN_FROM, 1300
    )
    assert max(each.high[1] for each in curves.values()) < marks["firms"][4]


def test_one_milestone_is_nothing_to_learn_from() -> None:
    with pytest.raises(
        InputError, match="known_by: found 2020-06-01, expected a date by which two milestones"
    ):
        forecast([1, 2, 3], day=date(2020, 6, 1))
