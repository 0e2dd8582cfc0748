"""The verdict on a change: whether it is enough, perhaps, or not, or whether that cannot be judged."""

from __future__ import annotations

import numpy as np

from sim.explanation.change import Change
from sim.explanation.decision import Target
from sim.number_formats import percent, points

ENOUGH, PERHAPS, NOT_ENOUGH, HARDLY = "enough", "perhaps", "not enough", "hardly moves it"
CANNOT_BE_JUDGED = "cannot be judged"


def verdict(target: Target, change: Change) -> str:
    """Whether *change* is enough: only perhaps where luck or other weights may say otherwise. Where it rests on what
    the record cannot bear, or on a weight that is not told from zero, that cannot be judged. A small move is none,
    wherever it ends.
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
    """The `verdict` of *change* at length: where it hardly moves the share, by how much, and where it falls short, how
    much is asked.
    """
    if change.verdict == HARDLY and change.share_after is not None and change.share_before is not None:
        return f"{HARDLY} ({points(change.share_after - change.share_before, 0)})"
    if change.verdict == NOT_ENOUGH:
        return f"{NOT_ENOUGH}: {'less' if target.keeps_out else 'more'} than {percent(target.share)} is asked"
    return change.verdict


def is_enough_by_other_weights(target: Target, change: Change) -> bool:
    """Whether *change* turns the decision under nearly all other weights too, and moves it in the same direction."""
    if change.of_weights is None:
        return True
    gain = change.gain_of_weights
    moves = gain is None or (gain.high < 0 if target.keeps_out else gain.low > 0)
    return moves and target.holds_all(change.of_weights)
