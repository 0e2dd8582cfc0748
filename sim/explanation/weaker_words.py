"""The words on changes of which no answer may speak as enough: those on weaker evidence, and how
far all others go.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.explanation.change import Change
from sim.explanation.conditions import condition
from sim.explanation.decision import Target
from sim.explanation.levers import text
from sim.explanation.miss import share_with_range
from sim.explanation.standing import Standing
from sim.explanation.verdict import CANNOT_BE_JUDGED

LEFT_OUT = "Left out of the answer, though enough in the model"


def is_left_open(changes: Sequence[Change]) -> bool:
    """Whether one of *changes* is enough in the model, but rests on what no answer may rest on."""
    return any(change.verdict == CANNOT_BE_JUDGED for change in changes)


def at_most(standing: Standing, target: Target | None, changes: Sequence[Change]) -> str:
    """In how many worlds it signs at most with what was tried, as far as the register can check
    that, or at least where it is to stay out; empty where nothing of that moves it, and where a
    move too small to count crosses the *target*.
    """
    side = -1 if standing.question.keeps_out else 1
    tried = [each for each in changes if each.is_offered or not is_left_open(changes)]
    ends = [(each.share_after, each.of_weights) for each in tried if each.share_after is not None]
    if not ends or max(side * share for share, _ in ends) <= side * standing.share:
        return ""
    most = max(
        ends, key=lambda end: (side * end[0], 0.0 if end[1] is None else end[1].high - end[1].low)
    )
    if target is not None and target.has_shares(np.array(most[0])):
        return ""
    signs, how = standing.signs.removesuffix(" by then"), "at most" if side > 0 else "at least"
    return f": it then {signs} in {how} {share_with_range(*most)}"


def _moving(changes: Sequence[Change]) -> list[Change]:
    return [each for each in changes if each.change and each.moves and each.is_large_move]


def strongest(standing: Standing, changes: Sequence[Change]) -> Change | None:
    """Of *changes* the one that moves it most; None where none moves it far."""
    pick = min if standing.question.keeps_out else max
    return pick(_moving(changes), key=lambda each: each.share_after or 0.0, default=None)


def only_weaker(example: Change, changes: Sequence[Change]) -> str:
    """That only such *changes* move it as no answer may rest on, with what the *example* of these
    would yield.
    """
    but = (
        "that rests on a motive that may not count at all"
        if example.borne
        else "the register cannot check that"
    )
    one, such = ("a change", "") if len(_moving(changes)) == 1 else ("changes", "for example ")
    share = share_with_range(example.share_after, example.of_weights)
    return (
        f"only {one} on weaker evidence would move it, {such}to {share} if {condition(example)};"
        f" {but}"
    )


def left_out(standing: Standing, changes: Sequence[Change], example: Change | None) -> str:
    """What the answer leaves out: that nothing in the text is shown to move it where what would
    leans on a weight that is not told from zero; what would turn the decision by such a weight
    alone, and by an extrapolation. The *example* is in the headline already.
    """
    real = [change for change in changes if change.change and change is not example]
    weak = [change for change in real if not change.told_from_zero]
    sentences = []
    if any(
        each.family == text.FAMILY and not each.told_from_zero for each in changes if each.change
    ):
        sentences.append("Nothing in the text is shown to move it.")
    if turning := [_yields(standing, each) for each in weak if each.turns]:
        rest = "It rests on a motive" if len(turning) == 1 else "They rest on motives"
        sentences.append(f"{LEFT_OUT}: {'; '.join(turning)}. {rest} that may not count at all.")
    if far := [
        _yields(standing, each)
        for each in real
        if each.told_from_zero and not each.borne and each.turns
    ]:
        them = "it" if len(far) == 1 else "them"
        sentences.append(f"{LEFT_OUT}: {'; '.join(far)}. The register cannot check {them}.")
    return " ".join(sentences)


def _yields(standing: Standing, change: Change) -> str:
    """*change*, and in how many worlds it then signs."""
    share = share_with_range(change.share_after, change.of_weights)
    return f"{change.in_short}, and it {standing.signs} in {share}"
