"""When a signature becomes public: the register's own delay, no part of the decision (docs/odd.md, section 7.1)."""

from __future__ import annotations

from sim.compiled import compiled

BACKLOG_BEGINS = 3
BACKLOG_ENDS = 11
BACKLOG_PUBLISHED = 12


@compiled
def round_of_publication(signed_in, backlog_share, draw):
    """The round in which a signature made in round *signed_in* is published; before the launch it waits for it (round
    0).
    """
    if signed_in < 0:
        return 0
    if BACKLOG_BEGINS <= signed_in <= BACKLOG_ENDS and draw < backlog_share:
        return BACKLOG_PUBLISHED
    return signed_in
