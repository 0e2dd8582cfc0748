"""Convenor (leadership): alignment with whoever opened the code, never a view on the internet."""

from __future__ import annotations

from sim.compiled import compiled


@compiled
def convenor_closeness(ideal_point, convenor_ideal_point, largest_distance):
    """Closeness to the convenor in UN votes: 1 its own ideal point, 0 the farthest state's (Bailey, Strezhnev and
    Voeten 2017).
    """
    return 1.0 - abs(ideal_point - convenor_ideal_point) / largest_distance
