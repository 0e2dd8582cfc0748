"""Ratification: a treaty binds once it is in force, and states once they have ratified it."""

from __future__ import annotations

import numpy as np
import pytest
from engine_outputs import EngineOutput, play

from sim import ParleyModel, facts
from sim.engine.outputs import Shadow
from sim.theory.ratification import binds

TEETH = {"monitoring": 1, "sanctions": 1, "joint_attribution": 1}
TREATY = {**TEETH, "ratification_needed": 1}


def without_the_code(treaty: EngineOutput, **dials: float) -> EngineOutput:
    """The same worlds without the code; the dates of signing say who counts as a member."""
    dates = Shadow(treaty.output.signed_round, treaty.output.left_round)
    return play(code_is_open=False, shadow=dates, **dials)


def test_an_unratified_treaty_binds_nobody():
    treaty = play(**TREATY, ratification_rate=0)
    assert treaty.total("signed") > 0
    assert np.array_equal(
        treaty.output.worldwide, without_the_code(treaty, **TREATY).output.worldwide
    )
    assert (
        treaty.total("acted_against")
        == treaty.total("in_force")
        == treaty.column("norm").sum()
        == 0
    )


def test_a_treaty_that_is_ratified_binds_somebody():
    treaty = play(**TREATY, ratification_rate=1)
    assert not np.array_equal(
        treaty.output.worldwide, without_the_code(treaty, **TREATY).output.worldwide
    )


@pytest.mark.parametrize("number", [1, 10, 30])
def test_no_treaty_enters_into_force_without_enough_ratifications(number):
    treaty = play(ratification_needed=1, ratification_rate=0.1, ratifications_for_force=number)
    most = np.maximum.accumulate(treaty.column("ratified"), axis=1)
    assert np.array_equal(treaty.column("in_force"), most >= number)


def test_a_treaty_that_all_states_have_to_ratify_never_enters_into_force():
    assert (
        play(ratification_needed=1, ratification_rate=1, ratifications_for_force=193).total(
            "in_force"
        )
        == 0
    )


def test_nothing_is_ratified_before_it_is_open_and_only_by_states_that_have_signed():
    treaty = play(ratification_needed=1, ratification_rate=1)
    assert treaty.column("ratified")[:, :11].sum() == 0
    assert (treaty.column("ratified") <= treaty.column("signed_state")).all()


def test_once_in_force_a_treaty_stays_in_force_though_its_parties_leave():
    all_leave = {"round": 40, "kind": "state", "signs": False}
    treaty = play(events=[all_leave], ratification_needed=1, ratification_rate=0.1)
    in_force, parties = treaty.column("in_force"), treaty.column("ratified")
    assert (np.diff(in_force) >= 0).all()
    assert (in_force[:, -1] == 1).all()
    assert (parties[:, 49] > 5).all()
    assert (parties[:, -1] == 0).all()


def test_the_more_ratifications_are_needed_the_later_a_treaty_is_in_force():
    months = [
        play(ratification_needed=1, ratifications_for_force=n).column("in_force").sum(axis=1)
        for n in (0, 5, 15)
    ]
    assert (months[0] == 63).all()
    assert (months[0] > months[1]).all()
    assert (months[1] > months[2]).all()


def test_the_faster_states_ratify_the_more_have_ratified():
    slow, fast = (
        play(ratification_needed=1, ratification_rate=rate).column("ratified")[:, -1]
        for rate in (0.01, 0.1)
    )
    assert (slow < fast).all()


def test_in_force_and_unratified_it_binds_firms_and_ngos_that_signed_and_no_state():
    treaty = play(ratification_needed=1, ratification_rate=0, ratifications_for_force=0)
    assert treaty.total("members_with_means_firm") > 0
    assert treaty.total("acted_against_firm") > 0
    assert treaty.total("acted_against_state") == 0


def test_where_nothing_has_to_be_ratified_neither_pace_nor_number_matters():
    plain, other = play(**TEETH), play(**TEETH, ratification_rate=1, ratifications_for_force=193)
    assert all(np.array_equal(a, b) for a, b in zip(plain.output, other.output, strict=True))
    assert plain.total("ratified") == 0
    assert (plain.column("in_force").sum(axis=1) == 63).all()


def test_draws_of_ratification_change_no_other_draw():
    """A treaty that is not in force gives the same world whether or not states ratify it."""
    never = {"ratification_needed": 1, "ratifications_for_force": 193}
    without, ratification = play(**never, ratification_rate=0), play(**never, ratification_rate=1)
    assert ratification.total("ratified") > 0
    assert np.array_equal(without.output.worldwide, ratification.output.worldwide)
    assert np.array_equal(without.output.signed_round, ratification.output.signed_round)


def test_whoever_leaves_a_treaty_has_to_ratify_it_anew():
    events = [
        {"round": 0, "who": "FRA", "signs": True},
        {"round": 40, "who": "FRA", "signs": False},
    ]
    model = ParleyModel(
        events=events, set={"ratification_needed": 1, "ratification_rate": 1, "rationality": 20}
    )
    (france,) = model.agents.select(lambda agent: agent.id == "FRA")
    model.run_for(50)
    assert (model.round, france.signed, france.ratified) == (39, True, True)
    model.step()
    assert (france.signed, france.ratified) == (False, False)


def test_only_states_ratify():
    model = ParleyModel(set={"ratification_needed": 1, "ratification_rate": 1})
    model.run_for(20)
    parties = model.agents.select(lambda agent: agent.ratified)
    assert set(parties.get("id")) <= set(facts.state_names())
    assert len(parties) == model.outcomes["ratified"] > 0


@pytest.mark.parametrize(
    ("signed", "in_force", "has_to_ratify", "ratified", "binding"),
    [
        (True, True, False, False, True),
        (True, True, True, True, True),
        (True, True, True, False, False),
        (True, False, False, False, False),
        (False, True, False, False, False),
    ],
)
def test_whom_a_code_binds(signed, in_force, has_to_ratify, ratified, binding):
    assert binds(signed, in_force, has_to_ratify, ratified) is binding
