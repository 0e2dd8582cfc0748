"""Record (path dependence): the share of comparable commitments already made."""

from __future__ import annotations

from sim.compiled import compiled


@compiled
def record(budapest_party, freedom_online_member):
    """0, 1/2 or 1: party to the Budapest Convention and member of the Freedom Online Coalition (each 0 or 1)."""
    return 0.5 * (budapest_party + freedom_online_member)
