"""Reactive devaluation: a proposal is read by who makes it. The same words are taken for another
side's text where another side brings them (Ross and Stillinger 1991; Maoz, Ward, Katz and Ross
2002; docs/odd.md, section 7.2).
"""

from __future__ import annotations

CONVENORS_SHARE = (
    2 / 3
)  # assumed: readers of the instruments knew who convened them, so that none can tell it


def openness_as_read(openness: float, of_convenor: float, of_new_convenor: float) -> float:
    """The openness, in [0, 1], at which a text is read that another state convenes than the one
    beside which it was given its *openness*: moved by CONVENORS_SHARE of the way from the openness
    of the one state to that of the other.
    """
    return min(1.0, max(0.0, openness + CONVENORS_SHARE * (of_new_convenor - of_convenor)))
