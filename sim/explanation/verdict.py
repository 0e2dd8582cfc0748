"""The verdict on a change: whether it is enough, perhaps, or not, or whether that cannot be
judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.explanation.change import Change
from sim.explanation.decision import Target
from sim.explanation.summary import span_words
from sim.number_formats import percent, points

ENOUGH, PERHAPS, NOT_ENOUGH, HARDLY = "enough", "perhaps", "not enough", "hardly moves it"
CANNOT_BE_JUDGED = "cannot be judged"
# of somebody whom the model has on the wrong side: of enough, and of perhaps
IN_MODEL = "in the model only"


def verdict(target: Target, change: Change) -> str:
    """Whether *change* is enough: only perhaps where luck or other weights may say otherwise. Where
    it rests on what the record cannot bear, or on a weight that is not told from zero, that cannot
    be judged. A small move is none, wherever it ends.
    """
    if not change.is_large_move:
        return HARDLY
    is_beyond = bool(target.has_shares(np.array(change.share_after)))
    if not change.turns and not (is_beyond and change.moves and not change.once_reached):
        return NOT_ENOUGH
    if not change.is_offered:
        return CANNOT_BE_JUDGED
    return ENOUGH if change.turns and is_enough_by_other_weights(target, change) else PERHAPS


def verdict_in_words(target: Target, change: Change) -> str:
    """The `verdict` of *change* at length: where it hardly moves the share, by how much, and where
    it falls short by less than is written, that more is asked.
    """
    if change.verdict == HARDLY:
        return f"{HARDLY} ({points(change.points, 0)})"
    if change.verdict == NOT_ENOUGH and percent(change.share_after) == percent(target.share):
        return f"{NOT_ENOUGH}: {'fewer' if target.keeps_out else 'more'} is asked"
    return change.verdict


def of_the_model(judged: str) -> str:
    """A verdict on somebody whom the model misses, where what is enough is so in the model only."""
    return IN_MODEL if judged in (ENOUGH, PERHAPS) else judged


def changes_as_json(changes: Sequence[Change], is_missed: bool) -> list[dict[str, Any]]:
    """*changes* as JSON, with verdicts `of_the_model` where it *is_missed*: where the model has the
    stakeholder on the wrong side.
    """
    rows = [change.as_json() for change in changes]
    if not is_missed:
        return rows
    return [
        row | {key: of_the_model(row[key]) for key in ("verdict", "verdict_in_words")}
        for row in rows
    ]


def is_enough_by_other_weights(target: Target, change: Change) -> bool:
    """Whether *change* turns the decision under nearly all other weights too, and moves it in the
    same direction.
    """
    if change.of_weights is None:
        return True
    gain = change.gain_of_weights
    moves = gain is None or (gain.high < 0 if target.keeps_out else gain.low > 0)
    return moves and target.holds_all(change.of_weights)


def why_perhaps(target: Target, changes: Sequence[Change]) -> str:
    """Why *changes* are only perhaps enough: some fits, or some luck, fall short of what is sought,
    or some fits move it the other way; empty where nothing of this holds.
    """
    fall = "exceed" if target.keeps_out else "fall short of"
    sought, reasons = f"{percent(target.share)} of worlds", []
    if any(
        change.of_weights is not None and not target.holds_all(change.of_weights)
        for change in changes
    ):
        reasons.append(f"some of these fits {fall} {sought}")
    elif not all(is_enough_by_other_weights(target, change) for change in changes):
        reasons.append("some of these fits move it the other way")
    spans = [
        (change.low, change.high)
        for change in changes
        if change.low is not None and change.high is not None
    ]
    by_luck = " or ".join(span_words(low, high) for low, high in spans if low < target.share < high)
    if by_luck:
        reasons.append(f"luck alone takes it to {by_luck} when the worlds are drawn again")
    return f"Perhaps only: {', and '.join(reasons)}" if reasons else ""
