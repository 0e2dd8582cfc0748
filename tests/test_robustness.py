"""How robust talks are: claims about their end under other assumptions, about empty seats, and
about why both sides block in 2017.
"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from command_line import parley
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.dials.negotiation import DIALS
from sim.errors import InputError
from sim.negotiation.procedure import negotiate_drafts
from sim.negotiation.proportions import of_difference, of_share
from sim.negotiation.robustness import assumed_dials
from sim.negotiation.seats import seats_named
from sim.negotiation.table import Table
from sim.negotiation.zone import Zone
from sim.theory import bargaining, interest

FAILED, POINTS, WORLDS = "un-gge-2017", 60, 10


@pytest.fixture(scope="module")
def negotiation() -> sim.Negotiation:
    return sim.negotiate(FAILED, replicates=40)


@pytest.fixture(scope="module")
def robustness(negotiation) -> sim.results.negotiate.Robustness:
    return negotiation.over_assumptions(POINTS, replicates=WORLDS)


# What is tried


def test_one_seed_gives_the_same_bits_whatever_the_workers(negotiation, robustness):
    for workers in (1, 3):
        again = negotiation.over_assumptions(POINTS, replicates=WORLDS, workers=workers)
        assert again.table().equals(robustness.table())
        assert again.as_json() == robustness.as_json()


def test_another_seed_gives_other_assumptions(robustness):
    other = sim.negotiate(FAILED, replicates=WORLDS, seed=2).over_assumptions(2, replicates=1)
    assert not set(other.values["failing_cost"]) & set(robustness.values["failing_cost"])


def test_every_dial_covers_its_plausible_range_evenly(robustness):
    for name, values in robustness.values.items():
        low, high = DIALS[name].plausible
        tenths = np.histogram(values, bins=10, range=(low, high))[0]
        assert tenths.tolist() == [POINTS // 10] * 10, name


def test_each_set_is_the_negotiation_that_a_user_would_ask_for(robustness):
    row = robustness.table().iloc[7]
    dials = {name: float(row[name]) for name in robustness.values}
    alone = sim.negotiate(FAILED, replicates=WORLDS, set=dials)
    assert row["agreed"] == alone.agreed
    assert row["dispute"] == next(iter(alone.provisions), None)
    often = [who for who, share in alone.blockers.items() if share > 0.5]
    assert row["refusers"].split() == often


def test_a_dial_that_is_idle_or_has_another_value_stays_as_it_is(negotiation):
    names = set(assumed_dials(negotiation.talks))
    assert names.isdisjoint({"reservation_cost", "patience_first", "growth"})
    changed = sim.negotiate(
        FAILED, replicates=2, set={"failing_cost": 0.03, "reservations": 1}
    ).over_assumptions(2, replicates=2)
    assert set(changed.values) == names - {"failing_cost"} | {"reservation_cost"}


def test_patience_varies_where_two_alternate():
    talks = replace(
        sim.load_talks("grand-bargain"), seats=("USA", "CHN"), chair="alternating-offers"
    )
    assert {"patience_first", "patience_second"} < set(assumed_dials(talks))


def test_a_dial_of_talks_that_nobody_has_measured_has_a_plausible_range_and_says_why():
    for dial in DIALS.values():
        assert (dial.plausible is not None) == (dial.role == "uncertainty"), dial.name
        assert dial.plausible is None or len(dial.plausible_as) > len("ours: "), dial.name


def test_numbers_out_of_range_are_refused(negotiation):
    for points in (1, 10_001, 2.5, "many", None):
        with pytest.raises(InputError, match=r"^points is .*expected a whole number from 2"):
            negotiation.over_assumptions(points)
    with pytest.raises(InputError, match=r"^replicates is 0"):
        negotiation.over_assumptions(2, replicates=0)


# What is found


def test_the_failure_of_2017_hangs_on_the_cost_of_failing_and_on_clubs(negotiation):
    found = negotiation.over_assumptions(200).findings
    assert 0.2 < found.right.estimate < 0.6
    estimates = {place.name: place.estimate for place in found.deciding.places}
    assert estimates["failing_cost"] > 0.3
    assert estimates["club_reach"] < -0.3
    assert found.turn.dial == "failing_cost"
    assert 0.018 < found.turn.estimate < 0.03
    assert found.turn.fits.low <= found.turn.estimate <= found.turn.fits.high
    assert found.refusers.places[0].name == "CHN"


@pytest.mark.parametrize("name", ["un-gge-2013", "un-gge-2015", "un-gge-2021"])
def test_the_agreements_hardly_depend_on_what_is_assumed(name):
    assert sim.negotiate(name, replicates=20).over_assumptions(60).findings.right.estimate > 0.85


@pytest.mark.parametrize("failing_cost", [-0.2, 0.5])
def test_talks_whose_end_no_dial_can_change_end_so_in_every_set(failing_cost):
    """The negative control: whoever walks gains, or loses, more than any text is worth."""
    talks = sim.negotiate(FAILED, replicates=4, set={"failing_cost": failing_cost})
    robustness = talks.over_assumptions(20, replicates=4)
    found = robustness.findings
    assert talks.agreed == (failing_cost > 0)
    assert found.same.estimate == 1.0
    assert (found.same.verdict, found.deciding.verdict) == ("clear", "nothing")
    assert found.deciding.places == ()
    assert found.turn is None
    assert bool(found.refusers.places) == (failing_cost < 0)


def test_nobody_can_block_an_open_call():
    call = sim.negotiate("paris-call-2018", replicates=2).over_assumptions(4, replicates=2)
    assert call.is_same.all()
    assert len(call.sentences) == 1


def test_of_talks_that_were_changed_nothing_is_said_of_the_record():
    changed = sim.negotiate(FAILED, replicates=2, without="CUB").over_assumptions(2, replicates=2)
    assert changed.findings.right is None
    assert "right" not in changed.findings.as_json()


@pytest.mark.parametrize("seed", range(1, 13))
def test_a_dial_without_effect_is_never_named(seed):
    """Red lines weigh nobody and without clubs no weight counts, so power decides on nothing."""
    changes = {"chair": "red-lines", "club_reach": 0.0}
    talks = sim.negotiate(FAILED, replicates=1, seed=seed, set=changes)
    robustness = talks.over_assumptions(40, replicates=1)
    weighed = [
        sim.negotiate(FAILED, replicates=1, seed=seed, set={**changes, "power_share": share})
        for share in (0.25, 0.75)
    ]
    assert np.array_equal(*(each.drafts.gains for each in weighed))
    assert "power_share" in robustness.values
    assert "power_share" not in robustness.deciding


def test_shares_of_blame_fit_in_all_and_hold_every_objection(negotiation):
    shares = negotiation.table()["blame_share"]
    assert shares.sum() == pytest.approx(1)
    assert shares.between(0, 1).all()
    blame, refuses = negotiation._blame, ~bargaining.accepts(negotiation.drafts.final_gains)
    held = np.where(refuses[negotiation.failures][..., None], np.maximum(blame, 0), 0)
    assert shares.to_numpy() == pytest.approx(held.sum(axis=(0, 1)) / held.sum())
    assert (sim.negotiate("un-gge-2015", replicates=4).table()["blame_share"] == 0).all()


@given(st.integers(1, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
@settings(deadline=None)
def test_an_interval_of_a_share_holds_it_within_0_and_1(case):
    share, interval = case[0] / case[1], of_share(*case)
    assert 0 <= interval.low <= share + 1e-12 <= interval.high + 2e-12 <= 1 + 2e-12
    assert of_share(*case, 0.99).high >= interval.high - 1e-12


def test_intervals_are_those_of_the_literature():
    """Newcombe 1998: 81 of 263, by Wilson's score; 56 of 70 less 48 of 80."""
    one = of_share(81, 263, 0.95)
    assert (one.low, one.high) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    two = of_difference((56, 70), (48, 80), 0.95)
    assert (two.low, two.high) == pytest.approx((0.0524, 0.3339), abs=1e-4)


# What is told


def test_the_command_tells_the_same_and_writes_it(robustness, tmp_path):
    wanted = ("negotiate", FAILED, "-n", "10", "--assumptions", "20")
    ran = parley(*wanted, "--json", "-", "--out", str(tmp_path / "run"))
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)["assumptions"]
    there = sim.negotiate(FAILED, replicates=10).over_assumptions(20)
    assert told == json.loads(json.dumps(there.as_json()))
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text("utf-8"))
    assert manifest["assumptions"] == {"points": 20, "worlds": 20}
    rows = json.loads((tmp_path / "run" / "assumptions.json").read_text("utf-8"))
    assert len(rows) == 20


def test_a_number_of_sets_that_makes_no_sense_is_refused_in_one_sentence():
    ran = parley("negotiate", FAILED, "--assumptions", "1")
    assert ran.is_refusal
    assert "--assumptions is 1, expected a whole number from 2" in ran.err


# Empty seats


def slack(table: Table) -> np.ndarray:
    return np.array([Zone(table, number).slack() for number in range(table.replicates)])


@pytest.fixture(scope="module")
def ten() -> sim.Negotiation:
    return sim.negotiate(FAILED, replicates=10)


def test_an_empty_seat_of_the_other_side_can_lower_the_slack(ten):
    without = sim.negotiate(FAILED, replicates=10, without="RUS")
    assert (without.slack < ten.slack - 1e-6).mean() >= 0.9


@pytest.mark.parametrize("who", ["RUS", "EGY", "CHN", "DEU"])
def test_it_does_so_by_what_those_who_agree_can_do_without_a_text(who, ten):
    """With reservation values as they were, a seat less leaves no less room."""
    stay = [place for place, seat in enumerate(ten.talks.seats) if seat != who]
    table = sim.negotiate(FAILED, replicates=10, without=who).at_table
    as_before = replace(table, reservation=ten.at_table.reservation[:, stay])
    assert (slack(as_before) >= ten.slack - 1e-5).all()


@pytest.mark.parametrize("who", ["RUS", "EGY", "CHN", "DEU"])
def test_without_clubs_an_empty_seat_leaves_no_less_room(who):
    alone = {"club_reach": 0}
    before = sim.negotiate(FAILED, replicates=10, set=alone)
    after = sim.negotiate(FAILED, replicates=10, set=alone, without=who)
    assert (after.slack >= before.slack - 1e-5).all()


def test_an_empty_seat_raises_the_share_of_the_room_that_the_other_side_has(ten):
    without = sim.negotiate(FAILED, replicates=10, without="RUS")
    before, after = (
        one.at_table.reach[list(one.talks.seats).index("DEU")] for one in (ten, without)
    )
    assert after > before + 0.02


def test_whoever_empties_a_seat_is_told_so_where_clubs_count(ten):
    def paragraphs(**changes) -> int:
        return len(sim.negotiate(FAILED, replicates=4, **changes).answer.room_in_words)

    assert paragraphs(without="CUB") == paragraphs() + 1
    assert paragraphs(without="CUB", set={"club_reach": 0}) == paragraphs(set={"club_reach": 0})


# Why both sides block in 2017


def without_clubs(ten: sim.Negotiation, open_side: bool) -> float:
    """The share of worlds with a text where the clubs of one side count for nothing."""
    table, talks = ten.at_table, ten.talks
    traits = seats_named(talks.seats)
    share = talks.values["ideal_point_share"]
    side = interest.governance_position(traits.openness, traits.un_votes, share)
    alone = bargaining.utility(table.in_force, table.ideals, table.saliences) - table.failing_cost
    those = (side > 0) if open_side else (side <= 0)
    there = replace(table, reservation=np.where(those, alone, table.reservation))
    return float(negotiate_drafts(there, talks).is_adopted.mean())


def test_the_clubs_of_the_side_of_openness_alone_make_2017_fail(ten):
    assert ten.agreed == 0
    assert without_clubs(ten, open_side=True) == 1
    assert without_clubs(ten, open_side=False) == 0


def test_the_text_as_tabled_is_refused_by_the_side_of_control_alone(ten):
    seats = np.array(ten.talks.seats)
    refuse = (ten.drafts.gains[0] < 0).mean(axis=0)
    assert set(seats[refuse > 0.5]) == {"CHN", "CUB", "EGY", "KAZ", "KEN", "RUS"}
    assert set(seats[(ten.drafts.gains[2] < 0).all(axis=0)]) >= {"CHN", "CUB", "RUS"}
    both = ("EST", "DEU", "JPN", "CHE")
    assert not np.isin(seats[refuse > 0], both).any()
    assert all(ten.blockers[who] > 0.9 for who in both)


@pytest.mark.parametrize(
    "changes",
    [{"position_noise": 0}, {"salience_noise": 0}, {"power_share": 0}, {"salience_floor": 2}],
)
def test_neither_luck_nor_weight_makes_both_sides_block(changes):
    blockers = sim.negotiate(FAILED, replicates=20, set=changes).blockers
    assert all(blockers[who] > 0.8 for who in ("EST", "DEU", "JPN", "CHE", "CHN"))
