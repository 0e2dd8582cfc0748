"""What a few worlds say of a stakeholder, before the whole answer: no intervals, and nothing of what is enough."""

from __future__ import annotations

from collections.abc import Sequence

from sim.explanation.change import Change
from sim.explanation.standing import Standing
from sim.number_formats import percent, percent_interval

NEARLY_ALL_SAMPLES = 0.99  # in which a change is first that is far ahead


def estimate(
    standing: Standing, is_sought: bool, named: Sequence[Change], changes: Sequence[Change], turns: bool
) -> str:
    """In how many worlds it has signed, and, where something *is_sought*, what *changes* give so far; one of the
    *named* goes by its words only where more worlds will hardly take it back. *turns*: whether these turn the decision.
    """
    if not is_sought and standing.supposed:
        share = f": {standing.name} {standing.has} in about {percent(standing.share)} of worlds"
        words = f"supposing {standing.supposed}{'' if standing.is_chosen else share}"
        if standing.without:
            it = f"it {standing.has} " if standing.is_chosen else ""
            words += f", without that {it}in about {percent(standing.without.share)}"
        return f"{words}; how sure that is cannot be told yet"
    words = f"{standing.name} {standing.has} in about {percent(standing.share)} of worlds"
    if not is_sought:
        return words
    keeps_out = standing.question.keeps_out
    stands_out = [change.in_short for change in named if turns and _is_far_ahead(change, changes, keeps_out)]
    if stands_out:
        return f"{words}; one change stands out so far: {stands_out[0]}"
    offered = [
        each.share_after for each in changes if each.is_offered and each.moves and each.share_after is not None
    ]
    if not offered:
        return f"{words}; no change tried so far is seen to move it"
    give = "the one change that moves it so far gives" if len(offered) == 1 else "the changes tried so far give"
    return f"{words}; {give} about {percent_interval(min(offered), max(offered), between=' to ')}"


def _is_far_ahead(change: Change, changes: Sequence[Change], keeps_out: bool) -> bool:
    """Whether more worlds will hardly take *change* back: it is first in nearly all samples, and whatever else an
    answer may rest on yields less by more than luck.
    """
    if change.first < NEARLY_ALL_SAMPLES:
        return False

    def is_behind(other: Change) -> bool:
        low, high = (other.low, change.high) if keeps_out else (change.low, other.high)
        return low is not None and high is not None and low > high

    return all(is_behind(each) for each in changes if each.is_offered and each is not change)
