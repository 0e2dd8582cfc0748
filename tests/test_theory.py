"""The formulas of the theory."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from sim.motives.affinity import affinity
from sim.motives.burden import burden
from sim.motives.patron import patron
from sim.motives.restraint import restraint
from sim.motives.security import security
from sim.theory import (
    attribution,
    conduct,
    elementary,
    harm,
    interest,
    learning,
    retaliation,
    signing,
)
from sim.theory.attention import attention
from sim.theory.publication import round_of_publication

SHARE = st.floats(0, 1)
PULSES = (0.01, 0.2, 8.0, 1.0, 2.0, 1.0)


@given(st.floats(-600, 600))
def test_exponential_is_exact_to_the_fifteenth_digit(x: float) -> None:
    assert elementary.exponential(x) == pytest.approx(math.exp(x), rel=1e-15 * max(1, abs(x)))


@given(st.floats(1e-300, 1e300))
def test_logarithm_undoes_it(x: float) -> None:
    assert elementary.logarithm(x) == pytest.approx(math.log(x), rel=1e-14, abs=1e-14)


@given(st.floats(1e-9, 1 - 1e-9))
def test_the_normal_quantile_is_the_textbooks(u: float) -> None:
    assert elementary.normal_quantile(u) == pytest.approx(norm.ppf(u), abs=2e-6)


def test_who_stands_where_the_text_stands_has_full_affinity() -> None:
    assert affinity(0.8, 0.6, 0.8, 0.6) == 1
    assert affinity(0.0, 0.0, 1.0, 1.0) == pytest.approx(-1)


@given(SHARE, SHARE, SHARE, SHARE)
def test_affinity_stays_between_minus_one_and_one(a: float, b: float, c: float, d: float) -> None:
    assert -1 - 1e-12 <= affinity(a, b, c, d) <= 1


def test_a_text_that_asks_nothing_costs_nothing() -> None:
    assert restraint(0.0, 1.0) == 0
    assert burden(0.0, 0.0) == 0


def test_a_patron_counts_only_once_it_has_signed() -> None:
    assert patron(1.0, 0.0) == 0
    assert patron(1.0, 1.0) == 1


def test_a_public_good_is_no_reason_to_sign() -> None:
    assert security(0.0, 1.0, 1.0, 1.0) == 0


def test_without_rationality_every_choice_is_a_coin_flip() -> None:
    assert signing.chance_of_signing(5.0, 0.0) == 0.5


@given(st.floats(-50, 50), st.floats(0, 20))
def test_a_better_reason_never_makes_signing_less_likely(value: float, rationality: float) -> None:
    assert signing.chance_of_signing(value + 0.1, rationality) >= signing.chance_of_signing(
        value, rationality
    )


def test_attention_peaks_at_the_launch_and_at_its_anniversary() -> None:
    rates = [attention(*PULSES, 1.0, 1.0, t) for t in range(-10, 40)]
    assert max(rates) == rates[10]
    assert rates[22] > rates[21]
    assert rates[-1] == pytest.approx(0.01, abs=1e-6)


def test_nothing_is_published_before_the_launch() -> None:
    assert round_of_publication(-7, 0.5, 0.9) == 0


def test_a_backlog_waits_for_the_anniversary() -> None:
    assert round_of_publication(5, 0.5, 0.4) == 12
    assert round_of_publication(5, 0.5, 0.6) == 5
    assert [round_of_publication(month, 1.0, 0.0) for month in (2, 3, 11)] == [2, 12, 12]
    assert round_of_publication(13, 1.0, 0.0) == 13


def test_nobody_is_traced_when_attribution_is_impossible() -> None:
    assert attribution.trace_probability(0.0, 0.0, 1.0) == 0


@given(SHARE, SHARE, SHARE, SHARE)
def test_better_attribution_never_traces_less(
    q: float, better: float, monitoring: float, watch: float
) -> None:
    low, high = sorted((q, better))
    assert attribution.trace_probability(low, monitoring, watch) <= attribution.trace_probability(
        high, monitoring, watch)  # fmt: skip


def test_a_weak_victim_of_a_strong_power_keeps_silent_more_often() -> None:
    weak = attribution.naming_probability(
        1.6, 1.5, 0.01, 0.8, 0.3, 1.0, attribution.dependence(0.01, 1.0)
    )
    strong = attribution.naming_probability(
        1.6, 1.5, 1.0, 0.8, 0.3, 1.0, attribution.dependence(1.0, 1.0)
    )
    assert weak < strong


def test_friends_and_signatories_together_back_a_victim_at_most_in_full() -> None:
    assert attribution.friends_behind(0.2, 0.5, 0.6) == pytest.approx(0.5)
    assert attribution.friends_behind(0.7, 1.0, 0.6) == 1


def test_what_is_worth_forbidding_is_worth_doing() -> None:
    assert conduct.temptation(1.5, 0.5, 0.9) > conduct.temptation(1.5, 0.5, 0.1)


def test_if_general_law_does_all_the_work_the_code_adds_only_norms() -> None:
    assert conduct.restraint_on_signatories(6.0, 1.0, 0.5, 0.5, 1.0, 0.0) == 0
    assert conduct.restraint_on_signatories(6.0, 1.0, 0.5, 0.5, 1.0, 0.3) == pytest.approx(0.3)


def test_a_pledge_and_capacity_both_prevent_neglect() -> None:
    alone = conduct.chance_of_lapse(0.6, 0.6, 0.0, 0.3, 0.0)
    assert conduct.chance_of_lapse(0.6, 0.6, 1.0, 0.3, 0.0) < alone
    assert conduct.chance_of_lapse(0.6, 0.6, 0.0, 0.3, 0.5) < alone


def test_the_farther_off_in_governance_the_likelier_a_target() -> None:
    assert harm.attractiveness(0.5, 1.0, 1.0) == 2 * harm.attractiveness(0.5, 1.0, 0.0)


def test_full_protection_by_half_strength_averts_half() -> None:
    assert harm.protection(0.5, 0.5, 1.0, 1.0) == 0.5


def test_own_practices_avert_what_does_not_come_by_suppliers() -> None:
    assert harm.protection(1.0, 0.25, 1.0, 0.0) == 0.75
    assert harm.protection(1.0, 0.25, 0.0, 1.0) == 0.25


def test_mean_offspring_of_the_default_is_well_below_one() -> None:
    assert retaliation.mean_offspring(0.5, 0.3, 0.1, 0.0) == pytest.approx(0.315)


def test_only_a_pledged_firm_is_held_by_a_ban_on_striking_back() -> None:
    assert retaliation.firm_readiness(0.1, 0.5, 0.0) == 0.1
    assert retaliation.firm_readiness(0.1, 0.5, 0.6) < 0.1
    assert retaliation.firm_readiness(0.1, 1.0, 0.6) == 0.1


def test_what_nobody_sees_makes_everybody_confident_unless_they_allow_for_it() -> None:
    assert learning.believed_compliance(0.9, 0.0, 0.2) == 0.9
    assert learning.believed_compliance(0.9, 1.0, 0.2) == pytest.approx(0.5)
    assert learning.believed_compliance(0.5, 1.0, 0.2) == 0


def test_norms_grow_by_keeping_and_erode_when_others_get_away_with_it() -> None:
    assert learning.norm_after(0.5, 1.0, 0.02, 1.0, 0.0, 0.03, 0.0) > 0.5
    assert learning.norm_after(0.5, 1.0, 0.02, 0.0, 0.0, 0.03, 1.0) < 0.5


def test_a_seat_heeds_each_provision_by_the_floor_and_by_the_strength_of_its_interest() -> None:
    shares = interest.salience(np.array([0.0, 0.2, -0.4]), 0.2, 0.0, np.zeros(3))
    assert shares.tolist() == pytest.approx([1 / 6, 2 / 6, 3 / 6])
