"""Claims about dials that do nothing: where a dial says that it is idle, moving it changes no bit
of any world; where it does not say so, something changes in the default world. And which six are
shown first.
"""

from __future__ import annotations

import numpy as np
import pytest
from engine_outputs import EngineOutput, play

from sim.dials import RIVAL_DIALS, WORLD_DIALS
from sim.parameters import DIALS
from sim.scenario import available, load
from sim.scenario.code import levers_of_text
from sim.scenario.dials_in_use import ALL_AMBITIONS, MOVERS, WhileAt

PARIS, RIVAL = "paris-call-2018", "rival-codes"
LARGEST = {"population_scale": 2}  # 500 would be a million stakeholders
OF_KINDS = {
    "state": {"firm", "ngo"},
    "firm": {"state"},
    "ngo": {"state"},
}  # who signs where these may not


def same(one: EngineOutput, other: EngineOutput) -> bool:
    """Whether two worlds are the same to the bit, in every array that the engine fills."""
    return all(np.array_equal(a, b) for a, b in zip(one.output, other.output, strict=True))


def ends(dial: str) -> tuple[float, float]:
    declared = {**DIALS, **RIVAL_DIALS, **levers_of_text(load(PARIS).code)}[dial]
    return declared.between[0], LARGEST.get(dial, declared.between[1])


def both(dial: str, scenario: object = PARIS, **others: float) -> tuple[EngineOutput, EngineOutput]:
    """One world with *dial* at either end of its range."""
    low, high = (play(scenario, replicates=1, **{**others, dial: end}) for end in ends(dial))
    return low, high


SAID = [
    (name, condition, RIVAL if name in RIVAL_DIALS else PARIS)
    for name, dial in {**DIALS, **RIVAL_DIALS, **levers_of_text(load(PARIS).code)}.items()
    for condition in dial.idle
]


@pytest.mark.parametrize(
    ("dial", "condition", "scenario"), SAID, ids=[f"{d} {'+'.join(c)}"[:60] for d, c, _ in SAID]
)
def test_a_dial_that_is_said_to_be_idle_changes_no_bit(dial, condition, scenario):
    assert same(*both(dial, scenario, **condition))


@pytest.mark.parametrize("dial", [name for name, dial in DIALS.items() if dial.of_kinds])
def test_a_dial_of_kinds_that_may_not_sign_changes_no_bit(dial):
    kinds = [kind for kind in ("state", "firm", "ngo") if kind not in DIALS[dial].of_kinds]
    scenario = load(PARIS).with_table({"code": {"may_sign": [f"{kind}s" for kind in kinds]}})
    assert dial in scenario.idle_dials
    assert same(*both(dial, scenario))


# The effect of crime is computed after the run, from the world without the code.
NOT_IDLE = sorted(
    {*WORLD_DIALS, *levers_of_text(load(PARIS).code)}
    - {*load(PARIS).idle_dials}
    - {"criminal_share"}
)


@pytest.mark.parametrize(
    "dial", [each for each in NOT_IDLE if each not in DIALS or DIALS[each].role != "fitted"]
)
def test_a_dial_that_is_not_said_to_be_idle_changes_something_in_the_default_world(dial):
    """The negative control."""
    assert not same(*both(dial))


def test_what_is_idle_is_read_from_the_scenario_and_its_events():
    paris = load(PARIS)
    assert "monitoring" not in paris.idle_dials
    assert paris.idle_dials["ratification_rate"] == WhileAt((("a treaty, to be ratified", 0),))
    assert "ratification_rate" not in load("binding-treaty").idle_dials
    unseen = paris.with_changes(set={"attribution_quality": 0, "wrongful_trace": 0})
    assert {"sanctions", "naming_base", "strike_back"} <= unseen.idle_dials.keys()
    watched = unseen.with_changes(events=[{"round": 12, "dial": "monitoring", "value": 0.5}])
    assert {"sanctions", "naming_base", "strike_back"}.isdisjoint(watched.idle_dials)


def test_weights_that_are_nothing_in_one_file_may_be_something_in_a_draw():
    assert "security_club_share" in load(PARIS).idle_dials
    assert "security_club_share" not in load(PARIS).with_draws().idle_dials


def test_six_dials_come_first_and_a_scenario_s_own_before_all():
    for name, _, _ in available():
        scenario = load(name)
        assert len(set(scenario.first_dials)) == 6
        assert {*scenario.first_dials}.isdisjoint(scenario.idle_dials)
        movers = [dial for dial in scenario.first_dials if dial in MOVERS]
        decided = [dial == ALL_AMBITIONS or scenario.dials[dial].is_decided for dial in movers]
        assert decided == sorted(
            decided, reverse=True
        )  # what somebody decides on before what nobody does
    assert load(PARIS).first_dials == list(MOVERS[:6])
    assert (
        ALL_AMBITIONS in load("hack-back").first_dials
    )  # and how much one provision asks for, which it changes
    assert load("joint-attribution").first_dials[0] == "joint_attribution"
    assert load("hack-back").first_dials[0] == "ambition_8"


def test_a_weight_has_a_label_in_words_that_names_those_whose_it_is():
    people = {"state": "states", "firm": "firms", "ngo": "NGOs"}
    for name, dial in DIALS.items():
        if dial.role == "fitted" and not dial.structural:
            who = people[name.split("_")[0]]
            assert dial.label != name.replace("_", " ")
            assert {who, f"{who}'", who.removesuffix("s"), f"{who.removesuffix('s')}'s"} & set(
                dial.label.split()
            ), name


def test_every_dial_has_a_label_of_its_own_without_an_underscore():
    labels = [dial.label for name, _, _ in available() for dial in load(name).dials.values()]
    of_the_default = [dial.label for dial in load(PARIS).dials.values()]
    assert len(of_the_default) == len(set(of_the_default))
    assert [label for label in labels if "_" in label or label.startswith("ambition")] == []
