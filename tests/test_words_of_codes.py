"""What a second code does to the first: how sure that is, and its sentence."""

from __future__ import annotations

import pytest

from sim.experiments.codes import rival_effect
from sim.findings import Verdict
from sim.words.codes import effect_words

FALL = {
    "kind": "state",
    "alone": 40.26,
    "beside": 38.0,
    "difference": -2.26,
    "low": -3.1,
    "high": -1.2,
    "range_low": -4.0,
    "range_high": -1.4,
}
NONE = dict.fromkeys(("difference", "low", "high", "range_low", "range_high"), 0.0)


@pytest.mark.parametrize(
    ("row", "verdict", "words"),
    [
        (
            FALL,
            Verdict.CLEAR,
            "The second code slows the first among states: −2.3 beside it, of 40.3 alone (luck:"
            " −3.1 to −1.2);\n  over the assumptions on two codes −4 to −1.",
        ),
        (FALL | {"difference": 2.3, "low": 1.0, "high": 3.0}, Verdict.CLEAR, "code helps the"),
        (
            FALL | {"high": 1.0},
            Verdict.CANNOT_TELL,
            "code neither slows nor helps, as far as these worlds tell, the first",
        ),
        (FALL | {"range_high": 2.2}, Verdict.PERHAPS, "slows or helps, by what is assumed, the"),
        (FALL | {"range_high": 0.4}, Verdict.CLEAR, "The second code slows the first"),
        (
            FALL | {"low": None, "high": None},
            Verdict.CANNOT_TELL,
            "In one world the second code moves the first among states: −2.3 beside it, of 40.3",
        ),
        (
            FALL | NONE | {"kind": "ngo"},
            Verdict.NOTHING,
            "Among NGOs the first has as many signatories beside the second code as alone, in every"
            " world.",
        ),
    ],
)
def test_luck_and_then_what_is_assumed_decide_how_sure_an_effect_is(row, verdict, words):
    effect = rival_effect(row)
    assert effect.verdict is verdict
    assert words in effect_words(effect)
