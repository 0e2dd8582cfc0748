"""Patron (realism): whether the allied great power has signed."""

from __future__ import annotations

from sim.compiled import compiled


@compiled
def patron(has_patron, patron_signs):
    """1 where there is a patron and it has signed, else 0 (arguments 0 or 1)."""
    return has_patron * patron_signs
