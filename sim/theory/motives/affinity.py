"""Affinity (constructivist): how near one's own view of governance is to the text's (Finnemore and Sikkink 1998)."""

from __future__ import annotations

import math

from sim.compiled import compiled

SQRT_HALF = 0.7071067811865476


@compiled
def governance_distance(openness, public_rule, other_openness, other_public_rule):
    """Distance of two positions in (openness, public rule): 0 the same, 1 opposite corners."""
    across = openness - other_openness
    along = public_rule - other_public_rule
    return math.sqrt(across * across + along * along) * SQRT_HALF


@compiled
def affinity(openness, public_rule, text_openness, text_public_rule):
    """1 at the text's own position, -1 at the opposite corner; all arguments in [0, 1] (docs/odd.md, section 7.2)."""
    return 1.0 - 2.0 * governance_distance(openness, public_rule, text_openness, text_public_rule)
