"""What scores say of predictions that are perfect, useless, or equally good."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.evidence import scores

RNG = np.random.default_rng(5)
SHARE = np.round(RNG.random(193), 3)
SIGNED = (RNG.random(193) < SHARE).astype(int)
GROUPS = np.arange(193) % 22
OUTCOMES = arrays(np.int64, st.integers(2, 60), elements=st.integers(0, 1))
TENTHS = st.integers(0, 10).map(lambda tenths: tenths / 10)


def log_score(signed, share):
    return scores.log_score(signed, share, worlds=200)


@st.composite
def predictions(draw):
    signed = draw(OUTCOMES)
    return signed, draw(arrays(np.float64, len(signed), elements=TENTHS))


def test_a_perfect_ranking_has_an_auc_of_one():
    assert scores.auc(np.array([0, 0, 1, 1]), np.array([0.1, 0.2, 0.3, 0.9])) == 1
    assert scores.auc(np.array([1, 1, 0, 0]), np.array([0.1, 0.2, 0.3, 0.9])) == 0


def test_a_constant_prediction_has_an_auc_of_one_half():
    assert scores.auc(SIGNED, np.full(193, 0.7)) == 0.5


@pytest.mark.parametrize("outcome", [0, 1])
def test_without_signatories_or_without_others_the_auc_is_undefined(outcome):
    assert scores.auc(np.full(5, outcome), SHARE[:5]) is None


@given(predictions())
def test_the_auc_is_that_of_scikit_learn(prediction):
    from sklearn.metrics import roc_auc_score

    signed, share = prediction
    if 0 < signed.sum() < len(signed):
        assert scores.auc(signed, share) == pytest.approx(roc_auc_score(signed, share))


@given(predictions())
def test_only_the_order_of_shares_matters_to_the_auc(prediction):
    signed, share = prediction
    assert scores.auc(signed, share) == scores.auc(signed, np.exp(3 * share) - 7)


@given(predictions())
def test_turned_shares_have_the_rest_of_the_auc(prediction):
    signed, share = prediction
    if scores.auc(signed, share) is not None:
        assert scores.auc(signed, share) + scores.auc(signed, 1 - share) == pytest.approx(1)


@given(OUTCOMES)
def test_the_brier_score_of_the_base_rate_is_the_variance(signed):
    assert scores.brier(signed, np.full(len(signed), signed.mean())) == pytest.approx(signed.var())


def test_certainty_is_rewarded_where_it_is_right():
    assert scores.brier(SIGNED, SIGNED.astype(float)) == 0
    assert scores.brier(SIGNED, 1.0 - SIGNED) == 1
    assert log_score(SIGNED, SIGNED.astype(float)) == pytest.approx(math.log(1 - 1 / 402))


@pytest.mark.parametrize("worlds", [1, 50, 1000])
def test_what_no_world_showed_is_not_impossible(worlds):
    assert scores.log_score(np.array([1]), np.array([0.0]), worlds) == pytest.approx(-math.log(2 * worlds + 2))


@given(predictions())
def test_log_scores_are_those_of_scikit_learn(prediction):
    from sklearn.metrics import log_loss

    signed, share = prediction
    held = np.clip(share, 0.05, 0.95)
    assert log_score(signed, held) == pytest.approx(-log_loss(signed, held, labels=[0, 1]))


def test_bins_hold_equally_many_states_and_all_of_them():
    bins = scores.calibration(SIGNED, SHARE, seed=1)
    assert [row.states for row in bins] == [39, 39, 39, 38, 38]
    assert sum(row.observed * row.states for row in bins) == pytest.approx(SIGNED.sum())
    assert [row.predicted for row in bins] == sorted(row.predicted for row in bins)


def test_outcomes_that_follow_the_shares_lie_within_the_bands():
    inside = 0
    for draw in scores.outcomes(SHARE, seed=9, draws=40):
        inside += sum(row.perfect_low <= row.observed <= row.perfect_high for row in scores.calibration(draw, SHARE, 1))
    assert 0.85 <= inside / (5 * 40) <= 0.99


def test_shares_that_are_too_sure_leave_the_bands():
    hardly = (RNG.random(193) < 0.5).astype(int)
    bins = scores.calibration(hardly, np.where(SHARE > 0.5, 0.99, 0.01), seed=1)
    assert not bins[0].perfect_low <= bins[0].observed <= bins[0].perfect_high
    assert not bins[-1].perfect_low <= bins[-1].observed <= bins[-1].perfect_high


def test_a_bloc_that_signs_as_one_widens_what_luck_allows():
    bloc = np.arange(193) < 28
    share = np.full(193, 0.5)
    assert np.ptp(scores.outcomes(share, 1, as_one=bloc)[:, bloc], axis=1).max() == 0
    alone, together = (scores.perfect(scores.brier, SHARE, 1, as_one=who) for who in (None, bloc))
    assert together.high - together.low > alone.high - alone.low


def test_even_a_perfect_model_ranks_some_wrongly():
    perfect = scores.perfect(scores.auc, SHARE, seed=1)
    assert 0.5 < perfect.low < perfect.mean < perfect.high < 1


def test_a_perfect_model_expects_the_brier_score_that_its_shares_imply():
    assert scores.perfect(scores.brier, SHARE, seed=1).mean == pytest.approx(np.mean(SHARE * (1 - SHARE)), abs=0.003)


def test_where_all_are_certain_to_sign_a_perfect_model_has_no_auc():
    assert scores.perfect(scores.auc, np.ones(9), seed=1) == (None, None, None)


@pytest.mark.parametrize("score", [scores.auc, scores.brier, log_score])
def test_a_model_does_not_differ_from_itself(score):
    assert scores.difference(SIGNED, SHARE, SHARE, score, GROUPS, seed=1, draws=50)[:3] == (0, 0, 0)


@pytest.mark.parametrize(("score", "sign"), [(scores.auc, -1), (scores.brier, 1), (log_score, -1)])
def test_a_worse_model_shows_an_interval_on_the_worse_side_of_zero(score, sign):
    worse = np.random.default_rng(2).permutation(SHARE)
    found = scores.difference(SIGNED, worse, SHARE, score, GROUPS, seed=1, draws=200)
    assert found.clear
    assert sign * found.low > 0
    assert sign * found.high > 0
    assert found.low <= found.value <= found.high


def test_states_that_stand_together_make_the_interval_wider():
    ours = SIGNED + np.where(GROUPS % 2, 0.4, -0.1) * (1 - 2 * SIGNED)
    theirs = np.full(193, 0.5)
    together, alone = (
        scores.difference(SIGNED, ours, theirs, scores.brier, groups, seed=1, draws=300)
        for groups in (GROUPS, np.arange(193))
    )
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_resamples_without_signatories_are_left_out_and_counted():
    signed = np.array([1, 0, 0])
    found = scores.difference(signed, SHARE[:3], SHARE[3:6], scores.auc, ["a", "b", "c"], seed=1, draws=100)
    assert 0 < found.draws < 100


def test_a_difference_of_undefined_scores_is_undefined():
    found = scores.difference(np.zeros(3, int), SHARE[:3], SHARE[3:6], scores.auc, [1, 2, 3], seed=1, draws=10)
    assert found == (None, None, None, 0)
    assert not found.clear


def test_one_seed_gives_one_interval():
    first, again, other = (
        scores.difference(SIGNED, SHARE, SHARE[::-1], scores.brier, GROUPS, seed=seed, draws=50) for seed in (1, 1, 2)
    )
    assert first == again != other


def test_coverage_counts_the_ends():
    rows = [
        {"kind": kind, "registered": total, "fitted": {"low": 4, "high": 6}}
        for kind, total in (("state", 4), ("state", 7), ("state", 6), ("firm", 5))
    ]
    assert scores.coverage(rows, "state", "fitted") == 2
