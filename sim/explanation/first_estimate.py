"""A first estimate of what would bring a stakeholder in, or keep it out, from the worlds in which
changes are chosen: no intervals, and nothing of what is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.explanation.all_changes import AllChanges
from sim.explanation.answer import named_of, what_it_rests_on
from sim.explanation.answer_words import Wording
from sim.explanation.change import Change
from sim.explanation.sought_words import enough, question_in_words, why_asked
from sim.explanation.standing import Standing
from sim.explanation.untried import untried
from sim.number_formats import count, percent, percent_interval

NEARLY_ALL_SAMPLES = 0.99  # in which a change is first that is far ahead
LEAST_LUCK = 0.015  # of a share: less is not worth a word


@dataclass(frozen=True)
class FirstEstimate:
    """The *question*, the estimate in a *sentence*, how the stakeholder stands before any change,
    the *changes*, of which it `named` those that may be the smallest, and the number of `worlds` in
    which they were chosen. `basis`, `why`, `enough`, `untried`, `why_asked` and `misses` as in the
    answer (sim/explanation/answer.py).
    """

    question: str
    sentence: str
    standing: Standing
    changes: Sequence[Change]
    named: Sequence[Change]
    worlds: int
    basis: str
    why: str
    enough: str
    untried: str
    why_asked: str
    misses: bool

    def as_json(self) -> dict[str, Any]:
        """The part of the answer as JSON that it has, under the same names, and the estimate."""
        standing = self.standing
        return {
            "question": self.question,
            "estimate": self.sentence,
            "enough": self.enough,
            "untried": self.untried,
            "why_asked": self.why_asked,
            "misses": self.misses,
            "basis": self.basis,
            "why": self.why,
            "supposed": standing.supposed,
            "as_it_is": standing.as_it_is,
            "without": None if standing.without is None else standing.without.share,
            "first_families": [change.family for change in self.named],
        }


def first_estimate(search: AllChanges, standing: Standing, is_asked: bool) -> FirstEstimate:
    """The estimate from what the *search* has so far; *is_asked*: somebody asked for the aim."""
    decision, changes = search.decision, search.first
    named, turns = named_of(changes)
    words = Wording(standing, decision.target, named, turns, changes)
    told_of = (decision.with_table(each.change or {}) for each in words.told_of)
    basis, why = what_it_rests_on(decision.scenario, *told_of)
    return FirstEstimate(
        question_in_words(standing),
        estimate(standing, named, changes, turns),
        standing,
        changes,
        named,
        search.elsewhere.trial.replicates,
        basis,
        why,
        enough(standing, decision.target),
        untried(changes),
        "" if is_asked else why_asked(standing),
        words.opens_with_miss,
    )


def estimate(
    standing: Standing, named: Sequence[Change], changes: Sequence[Change], turns: bool
) -> str:
    """In how many worlds it has signed, and what *changes* give so far; one of the *named* goes by
    its words only where other worlds will hardly take it back. *turns*: whether these turn the
    decision.
    """
    words = f"{standing.name} {standing.has} in {_about(standing.share)}"
    keeps_out = standing.question.keeps_out
    stands_out = [
        change.in_short for change in named if turns and _is_far_ahead(change, changes, keeps_out)
    ]
    if stands_out:
        return f"{words}; one change stands out so far: {stands_out[0]}"
    moving = [
        each for each in changes if each.is_offered and each.moves and each.share_after is not None
    ]
    if not moving:
        judged = (
            " that the register can check"
            if any(each.change and each.moves for each in changes)
            else ""
        )
        return f"{words}; no change{judged} is seen to move it so far"
    give = (
        "the one change that moves it so far gives"
        if len(moving) == 1
        else "the changes tried so far give"
    )
    shares = [each.share_after or 0.0 for each in moving]
    luck = max((each.high or 0.0) - (each.low or 0.0) for each in moving) / 2
    off = f", give or take {count(100 * luck)} points" if luck >= LEAST_LUCK else ""
    return (
        f"{words}; {give} about {percent_interval(min(shares), max(shares), between=' to ')}{off}"
    )


def _about(share: float) -> str:
    """A *share* of worlds: about 45 % of worlds."""
    if share in (0.0, 1.0):
        return "no world" if share == 0 else "all worlds"
    return f"about {percent(share)} of worlds"


def _is_far_ahead(change: Change, changes: Sequence[Change], keeps_out: bool) -> bool:
    """Whether other worlds will hardly take *change* back: it is first in nearly all samples, and
    whatever else an answer may rest on yields less by more than luck.
    """
    if change.first < NEARLY_ALL_SAMPLES:
        return False

    def is_behind(other: Change) -> bool:
        low, high = (other.low, change.high) if keeps_out else (change.low, other.high)
        return low is not None and high is not None and low > high

    return all(is_behind(each) for each in changes if each.is_offered and each is not change)
