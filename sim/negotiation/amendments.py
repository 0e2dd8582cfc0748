"""Open amendments: every seat with a vote moves each provision to its own ideal, and all vote
sincerely on it (Black 1948).
"""

from __future__ import annotations

import numpy as np

from sim.negotiation.table import Floats, Table

MARGIN = 1e-12  # nobody votes for an amendment that changes nothing


def amend(table: Table, texts: Floats) -> Floats:
    """The texts [Q, K] after each seat, the weightiest first, has moved its amendments, one
    provision after the other; an amendment carries where more than half of the seats with a vote
    are nearer to it than to the text.

    As U is separable, each provision ends at the median ideal where nobody moves any more.
    """
    amended = texts.copy()
    voters = np.flatnonzero(table.votes)
    ideals = table.ideals[:, voters]
    for mover in np.argsort(-table.weights[voters], kind="stable"):
        motions = np.clip(ideals[:, mover], table.low, table.high)
        nearer = np.abs(ideals - motions[:, None]) < np.abs(ideals - amended[:, None]) - MARGIN
        carried = 2 * nearer.sum(axis=1) > len(voters)
        amended = np.where(carried, motions, amended)
    return amended
