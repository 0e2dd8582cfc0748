"""What a second code does to the first, in a sentence for each kind that may sign it."""

from __future__ import annotations

from sim.experiments.codes import RivalEffect
from sim.kinds_and_statuses import KIND_WORDS
from sim.words.language import say


def effect_words(effect: RivalEffect) -> str:
    """The *effect* in a sentence."""
    return say(
        "codes-effect",
        verdict=effect.verdict,
        kind=KIND_WORDS[effect.kind],
        alone=effect.alone,
        difference=effect.difference,
        less=effect.difference < 0,
        luck=effect.luck,
        assumptions=effect.assumptions,
    )
