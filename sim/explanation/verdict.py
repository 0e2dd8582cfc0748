"""The verdict on a change: whether it is enough, perhaps, or not."""

from __future__ import annotations

import numpy as np

from sim.explanation.change import Change
from sim.explanation.decision import Target

ENOUGH, PERHAPS, NOT_ENOUGH, HARDLY = "enough", "perhaps", "not enough", "hardly moves it"


def verdict(target: Target, change: Change) -> str:
    """Whether *change* is enough: only perhaps where luck or other weights may say otherwise, and where it rests on
    what the record cannot bear, or on a weight that is not told from zero. A small move is none, wherever it ends.
    """
    if not change.turns:
        is_beyond = bool(target.has_shares(np.array(change.share_after)))
        if is_beyond and not change.is_large_move:
            return HARDLY
        may_turn = is_beyond and change.moves and change.is_offered and not change.once_reached
        return PERHAPS if may_turn else NOT_ENOUGH
    return ENOUGH if change.is_offered and is_enough_by_other_weights(target, change) else PERHAPS


def is_enough_by_other_weights(target: Target, change: Change) -> bool:
    """Whether *change* turns the decision under nearly all other weights too, and moves it in the same direction."""
    if change.of_weights is None:
        return True
    gain = change.gain_of_weights
    moves = gain is None or (gain.high < 0 if target.keeps_out else gain.low > 0)
    return moves and target.holds_all(change.of_weights)
