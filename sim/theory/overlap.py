"""Overlap of two codes that are open at once: how alike two texts are, and what the signature of
one does to the value of signing the other (docs/odd.md, section 7.10).

Where institutions overlap and none stands above another (Raustiala and Victor 2004), parties choose
among forums, and a coalition that dislikes one sets up another (Alter and Meunier 2009; Helfer
2009; Morse and Keohane 2014). That literature says which way it goes, and has no numbers: the
formulas are ours.
"""

from __future__ import annotations

from sim.compiled import compiled


@compiled
def alikeness(governance_distance, restraint, other_restraint, burden, other_burden):
    """How alike two texts are, in [0, 1]: 1 where both say the same, 0 from opposite corners of
    governance.

    Nearness of their positions (*governance_distance* in [0, 1]) times that of their depths, all in
    [0, 1]. Ours.
    """
    apart = (abs(restraint - other_restraint) + abs(burden - other_burden)) / 2.0
    return (1.0 - governance_distance) * (1.0 - apart)


@compiled
def opposition(direction):
    """How far two texts stand on opposite sides of the middle of openness, in [0, 1]; 0 on one
    side. *direction* is the product of their sides, in [-1, 1] (Rabinowitz and Macdonald 1989).
    """
    return max(0.0, -direction)


@compiled
def value_beside_other(alike, opposed, substitution, side_cost):
    """What a signature of one code adds to the value of signing the other (logits), 0 or below
    unless *substitution* is negative.

    What a like text gives need not be had twice: overlapping institutions are substitutes among
    which parties shop (Alter and Meunier 2009); where one commitment paves the way to the next,
    *substitution* is negative. And a text of the other camp is made against the first (competitive
    regime creation: Morse and Keohane 2014), so to sign both costs what *side_cost* says. The forms
    are ours.
    """
    return -substitution * alike - side_cost * opposed
