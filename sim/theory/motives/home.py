"""Home (two-level games, Putnam 1988): what one's own state has done; for a state, what its own firms and NGOs have
done.
"""

from __future__ import annotations

from sim.compiled import compiled


@compiled
def share_of_own(signatories, organisations):
    """Share of a state's own firms and NGOs that have publicly signed; 0 where it has none."""
    return signatories / organisations if organisations > 0.0 else 0.0
