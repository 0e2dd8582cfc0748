"""Burden (capacity): the means that taking part would need and one lacks."""

from __future__ import annotations

from sim.compiled import compiled


@compiled
def burden(depth_of_burden, capacity):
    """Minus the text's depth of burden times the capacity one lacks, both in [0, 1]."""
    return -depth_of_burden * (1.0 - capacity)
