"""What is known of the weight on which a change leans: whether the fit tells it from zero, and
other texts do too.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.explanation.change import Change
from sim.explanation.decision import Decision
from sim.motives import OF_TEXT
from sim.parameters import DIALS
from sim.scenario import Scenario
from sim.scenario.text_weights import share_for, weights_for
from sim.scenario.weights import FittedWeight

MIXED = "Mixed evidence"
MOSTLY = 0.5  # share of the common weights from which they are what a change leans on


class Footing(NamedTuple):
    """How well a weight is known, in *words*, a sentence without its full stop; empty where nothing
    is to be said. *told_from_zero*: whether an answer may rest on it.
    """

    words: str = ""
    told_from_zero: bool = True


def footing(decision: Decision, change: Change) -> Footing:
    """How well the weight of the motive that *change* moves most is known. Nothing is to be said
    where it moves no motive, its weight was set by hand, or the fit tells it from zero and no other
    text speaks against that.
    """
    if not change.motives or change.change is None:
        return Footing()
    gaps = {motive: abs(after - before) for motive, (before, after) in change.motives.items()}
    dial = f"{decision.subject.kind}_{max(gaps, key=lambda motive: gaps[motive])}"
    scenario = decision.with_table(change.change)
    weights, common = decision.known_weights
    if dial not in weights or not _as_fitted(scenario, dial):
        return Footing()
    meaning = DIALS[dial].meaning.removeprefix("weight of ")
    effect = OF_TEXT.get(dial, "") if dial in common else ""
    others = any(
        _is_clear(each) for name, each in common.items() if effect and OF_TEXT.get(name) == effect
    )
    if dial in common and share_for(scenario.code, scenario.weights_file) >= MOSTLY:
        return (
            Footing()
            if _is_clear(common[dial])
            else _weak(meaning, "other texts cannot tell from zero")
        )
    if _is_clear(weights[dial]):
        if not effect or others:
            return Footing()
        return Footing(
            f"{MIXED}: it leans on {meaning}; that clearly counts in the register, but not across"
            " other texts"
        )
    if others:
        return _weak(
            meaning,
            f"the register cannot tell from zero; other texts show that {_WORDS[effect]} counts",
        )
    neither = "neither the register nor other texts can" if effect else "the register cannot"
    return _weak(meaning, f"{neither} tell from zero")


def _weak(meaning: str, who_cannot: str) -> Footing:
    return Footing(
        f"Weak evidence: it leans on {meaning}, whose weight {who_cannot}", told_from_zero=False
    )


_WORDS = {
    "openness": "the openness of a text",
    "public rule": "public rule in a text",
    "restraint": "what a text restrains",
    "burden": "what a text asks for",
    "convenor": "who convenes",
}


def _is_clear(weight: FittedWeight) -> bool:
    """Whether the draws of *weight* keep away from zero; one without draws, at its bound, is clear
    unless it is 0.
    """
    if weight.low is None or weight.high is None:
        return weight.value != 0
    return not weight.low <= 0 <= weight.high


def _as_fitted(scenario: Scenario, dial: str) -> bool:
    """Whether *scenario* has the fitted weight of *dial*, and not one set by hand."""
    fitted: float = weights_for(scenario.code, scenario.weights_file)[dial]
    return bool(scenario.parameters[dial] == fitted)
