"""Peers (norm cascade, complex contagion): the example of those one is tied to (Granovetter 1978; Centola and Macy
2007).
"""

from __future__ import annotations

from sim.compiled import compiled


@compiled
def example(tie, standing, signs):
    """What one neighbour adds to the motive: its tie's share of all ties, in [0, 1], times its standing, in [0, 1], if
    it signs (0 or 1).
    """
    return tie * standing * signs
