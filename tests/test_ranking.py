"""The headline of a ranking of dials: what matters most, and which way each of them goes."""

from __future__ import annotations

import re

import pytest

from sim.analysis.axis_words import RISES
from sim.analysis.morris import Halves
from sim.analysis.ranking import Decider, Move, headline
from sim.analysis.study import Column
from sim.experiments.intervals import Mean


def test_a_headline_has_the_larger_first_and_each_way_once():
    column = Column(
        "signatories_state", "Signatories", "stakeholders", outcome="signatories", part="state"
    )
    names = ("attention_scale", "ambition", "text_openness")
    moves = [
        Move(name, size, 1.0, mean, 1.0, rises=RISES[name])
        for name, size, mean in zip(names, (30.0, 40.0, 35.0), (30.0, -40.0, 0.5), strict=True)
    ]
    assert headline(column, [move._replace(half=20.0) for move in moves], 5.0) == (
        (
            "Three dials matter most for how many states sign, none clearly ahead: how much the"
            " text asks, the openness of the text and the loudness of the campaign."
        ),
        (
            "Fewer states sign if all provisions ask for much; more sign if the campaign is far"
            " louder. If the text is open, more sign under some settings of the other dials, fewer"
            " under others."
        ),
    )
    assert (
        headline(column, moves[2:], 50.0) is None
    )  # luck alone shows as much, and its mean is near 0
    assert headline(column, [moves[1]._replace(rises=None)], 5.0) is None


@pytest.mark.parametrize(
    ("decider", "words"),
    [
        (
            Decider("the ambition of all provisions", RISES["ambition"], more=False, is_own=False),
            (
                "If the text is open, fewer states sign where all provisions ask for much, more"
                " where they ask for little."
            ),
        ),
        (
            Decider("temptation", None, more=True, is_own=False),
            "If the text is open, more or fewer states sign, depending on temptation.",
        ),
        (
            Decider("openness of the text", RISES["text_openness"], more=False, is_own=True),
            "It brings most states halfway through its range, fewer at either end.",
        ),
    ],
)
def test_a_headline_says_on_what_it_hangs_which_way_a_dial_goes(decider, words):
    column = Column(
        "signatories_state", "Signatories", "stakeholders", outcome="signatories", part="state"
    )
    move = Move("openness", 40.0, 5.0, 0.0, 9.0, rises=RISES["text_openness"], decider=decider)
    assert headline(column, [move], 5.0)[1] == words


def test_in_exact_numbers_each_dial_has_its_direction_and_one_that_goes_either_way_both():
    column = Column(
        "signatories_state", "Signatories", "stakeholders", outcome="signatories", part="state"
    )
    campaign = Move("loudness", 33.0, 7.0, 33.0, 7.0)
    assert re.fullmatch(
        r"loudness 33.0 more \(95.% interval 26.0 to 40.0\)", campaign.exactly(column)
    )
    decider = Decider("the ambition of all provisions", RISES["ambition"], more=False, is_own=False)
    halves = Halves(lower=Mean(42.0, 26.0, 58.0), upper=Mean(-35.0, -47.0, -23.0))
    openness = Move("openness", 40.0, 8.0, 0.0, 9.0, decider=decider, halves=halves).exactly(column)
    assert openness.endswith(
        ": 35.0 fewer (23.0 to 47.0) where all provisions ask for much, 42.0 more (26.0 to 58.0)"
        " where they ask for little"
    )
    own = Decider("openness of the text", RISES["text_openness"], more=False, is_own=True)
    assert "40.0 more or fewer, most in between (" in Move(
        "openness", 40.0, 8.0, 0.0, 9.0, decider=own
    ).exactly(column)
