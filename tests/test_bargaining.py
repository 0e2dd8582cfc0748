"""What theory says of any talks: the results of the literature on bargaining and voting, at the
table that we have.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from negotiating_tables import at, by, random_tables

from sim.negotiation.procedure import negotiate_drafts, passes
from sim.negotiation.table import table_at_reservation
from sim.negotiation.zone import Zone
from sim.theory import bargaining

LEVEL, SALIENCE = st.floats(0, 1), st.floats(0.05, 1)


@settings(max_examples=60)
@given(st.integers(0, 10_000))
def test_two_parties_end_at_the_nash_point(seed):
    """Nash 1950; reservation values differ, and the zone has a slack of .001 or more."""
    stream = np.random.default_rng(seed)
    ideals, text = stream.random((1, 2, 1)), stream.random((1, 1))
    one = np.ones((1, 2, 1))
    reservation = bargaining.utility(text, ideals, one) - stream.exponential(0.05, (1, 2))
    table = table_at_reservation(ideals, one, reservation, np.zeros(1), np.ones(1))
    assume(Zone(table).slack() >= 0.001)
    drafts = negotiate_drafts(table, by())
    levels = np.linspace(0, 1, 20_001)
    gains = 1 - (levels - ideals[0]) ** 2 - reservation[0][:, None]
    product = np.where((gains > 0).all(axis=0), gains.prod(axis=0), -1)
    assert drafts.is_adopted.all()
    assert drafts.final_texts[0, 0] == pytest.approx(levels[product.argmax()], abs=0.02)
    assert Zone(table).nash()[0] == pytest.approx(levels[product.argmax()], abs=1e-3)


@given(st.lists(st.tuples(LEVEL, LEVEL), min_size=3, max_size=3), st.tuples(SALIENCE, SALIENCE))
def test_a_simple_majority_ends_at_the_median(ideals, saliences):
    """Black 1948: equal weights, open amendments, sincere votes, three parties."""
    shares = [[part / sum(saliences) for part in saliences]] * 3
    _, drafts = at(ideals, shares, [-1.0] * 3, by("majority"))
    assert drafts.is_adopted.all()
    assert drafts.final_texts[0] == pytest.approx(np.median(ideals, axis=0), abs=0.02)


SIZES = [(2, 1), (2, 4), (3, 3), (5, 6), (10, 12), (25, 11)]


def test_a_zone_with_room_is_met_within_40_drafts():
    shares = [
        negotiate_drafts(
            random_tables(seats, provisions, 100, (0.005, 0.02), seats), by()
        ).is_adopted.mean()
        for seats, provisions in SIZES
    ]
    assert np.mean(shares) >= 0.99


@pytest.mark.parametrize(("seats", "provisions"), SIZES)
def test_an_empty_zone_always_fails(seats, provisions):
    tables = random_tables(seats, provisions, 40, (-0.03, -0.0001), seats)
    assert not negotiate_drafts(tables, by(trades=provisions <= 4)).is_adopted.any()


@given(st.integers(0, 10_000), st.sampled_from(["consensus", "majority"]), LEVEL)
def test_an_added_veto_player_never_enlarges_what_can_be_accepted(seed, rule, floor):
    """Tsebelis 2002: with the others' reservation values as they were. A majority, where one more
    vote may carry, is no veto.
    """
    table = random_tables(4, 3, 1, (0.0, 0.1), seed)
    reservation = table.reservation.copy()
    reservation[:, 3] = floor
    whole = table_at_reservation(table.ideals, table.saliences, reservation, table.low, table.high)
    part = table_at_reservation(
        table.ideals[:, :3], table.saliences[:, :3], reservation[:, :3], table.low, table.high
    )
    texts = np.random.default_rng(seed).random((50, 3))
    talks = by(rule, quota_number=1.0)
    with_veto = np.array([passes(whole, talks, whole.gains(text))[0] for text in texts])
    without = np.array([passes(part, talks, part.gains(text))[0] for text in texts])
    assert not (with_veto & ~without).any()
    assert Zone(whole).slack() <= Zone(part).slack() + 1e-6


@pytest.mark.parametrize("ratio", [4, 6, 10, 20])
@pytest.mark.parametrize("reservation", [0.2, 0.4, 0.6])
def test_trades_reach_the_frontier_where_saliences_are_opposed(ratio, reservation):
    """Logrolling: each gives up what it cares less about. Provision by provision they split what
    each cares most about.
    """
    share = ratio / (1 + ratio)
    seats = [[[0, 1], [1, 0]], [[share, 1 - share], [1 - share, share]], [reservation] * 2]
    table, alone = at(*seats, by(chair="provision-by-provision"))
    _, in_packages = at(*seats, by(chair="provision-by-provision", trades=True))
    assert Zone(table).efficiency(alone.final_texts[0]) <= 0.95
    assert Zone(table).efficiency(in_packages.final_texts[0]) >= 0.99


def test_alternating_offers_of_patient_parties_end_at_the_nash_point():
    """Rubinstein 1982; Binmore, Rubinstein and Wolinsky 1986."""
    apart = []
    for patience in (0.5, 0.9, 0.99, 0.999):
        talks = by(chair="alternating-offers", patience_first=patience, patience_second=patience)
        table, drafts = at([[0], [1]], [[1], [1]], [0.2, 0.5], talks)
        assert drafts.is_adopted.all()
        apart.append(float(np.abs(drafts.final_texts[0] - Zone(table).nash())[0]))
    assert apart == sorted(apart, reverse=True)
    assert apart[-1] < 0.001


def test_the_split_of_a_pie_is_rubinsteins():
    assert bargaining.rubinstein_share(0.5, 0.5) == pytest.approx(2 / 3)
    assert bargaining.rubinstein_share(0.9, 0.0) == 1
    assert bargaining.rubinstein_share(0.9999, 0.9999) == pytest.approx(0.5, abs=1e-4)


def test_offers_split_a_pie_as_rubinstein_does():
    """Where what is at stake is small beside the distance to both ideals, U is a straight line and
    the text a pie.
    """
    talks = by(chair="alternating-offers", patience_first=0.8, patience_second=0.6)
    table, drafts = at([[0], [1]], [[1], [1]], [1 - 0.51**2, 1 - 0.51**2], talks)
    share = table.gains(drafts.final_texts)[0, 0] / Zone(table).best_gains()[0]
    assert share == pytest.approx(bargaining.rubinstein_share(0.8, 0.6), abs=0.02)


def test_kalai_and_smorodinsky_give_each_the_same_share_of_its_best():
    table = random_tables(2, 4, 1, (0.03, 0.05), 3)
    zone = Zone(table)
    shares = zone.gains(zone.kalai_smorodinsky()) / zone.best_gains()
    assert shares == pytest.approx(shares.mean(), abs=1e-3)


def test_a_louder_objection_counts_less_with_each_draft():
    """By the root of their number, as multiplicative weights do: half as much at the fourth."""
    weights, gains = np.array([0.5, 0.5]), np.array([-0.1, 0.2])
    first, fourth = (
        bargaining.growing_weight(weights, gains, np.log(4), draft) for draft in (1, 4)
    )
    assert first == pytest.approx([4 / 5, 1 / 5])
    assert fourth == pytest.approx([2 / 3, 1 / 3])


def test_a_reservation_saves_what_it_is_worth_beyond_its_cost():
    losses = np.array([0.5, 0.1, 0.3])
    assert bargaining.relief(losses, np.zeros(3), 2, 0.2) == pytest.approx(0.3 + 0.1)
    assert bargaining.relief(losses, np.zeros(3), 3, 0.2) == pytest.approx(0.3 + 0.1)
