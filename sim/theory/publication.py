"""Publication: the register's delay until a signature is on the public list (docs/odd.md, section
7.2).
"""

from __future__ import annotations

from sim.compiled import compiled

BACKLOG_BEGINS = 3
BACKLOG_ENDS = 11
BACKLOG_PUBLISHED = 12


@compiled
def round_of_publication(signed_in, backlog_share, draw):
    """Round in which a signature of round *signed_in* is published; before the launch it waits for
    round 0.
    """
    if signed_in < 0:
        return 0
    if BACKLOG_BEGINS <= signed_in <= BACKLOG_ENDS and draw < backlog_share:
        return BACKLOG_PUBLISHED
    return signed_in
