"""The formulas of two codes: how alike two texts are, what one does to the other, how far both
divide the states.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from sim.experiments.codes import share_apart
from sim.theory.attention import divided_attention
from sim.theory.overlap import alikeness, opposition, value_beside_other


def test_texts_are_as_alike_as_their_positions_and_depths_are_near() -> None:
    assert alikeness(0.0, 0.5, 0.5, 0.2, 0.2) == 1
    assert alikeness(1.0, 0.5, 0.5, 0.2, 0.2) == 0
    assert alikeness(0.2, 0.5, 0.1, 0.2, 0.2) == pytest.approx(0.8 * 0.8)
    assert alikeness(0.2, 0.5, 0.1, 0.4, 0.2) == alikeness(0.2, 0.1, 0.5, 0.2, 0.4)
    assert opposition(0.3) == 0 < opposition(-0.3)
    assert value_beside_other(0.5, 0.1, 2.0, 4.0) == pytest.approx(-1.4)


def test_one_agenda_is_divided_and_none_larger_than_two() -> None:
    for own, other in itertools.product((0.0, 0.2, 3.0), repeat=2):
        assert divided_attention(own, other, 0.0) == own
        shared = divided_attention(own, other, 1.0) + divided_attention(other, own, 1.0)
        assert max(own, other) * 0.5 <= shared <= own + other
    assert divided_attention(2.0, 2.0, 1.0) == 1.0


def test_the_chance_to_share_no_code_counts_pairs() -> None:
    """Against all pairs of a small world, counted one by one."""
    signatories = [{0}, {0}, {0, 1}, {1}, set(), set()]
    apart = [a.isdisjoint(b) for a, b in itertools.combinations(signatories, 2)]
    counts = (np.array([float(number)]) for number in (3, 2, 1, 6))
    assert share_apart(*counts)[0] == pytest.approx(np.mean(apart))
    assert share_apart(*(np.array([x]) for x in (1.0, 0.0, 0.0, 1.0)))[0] == 0
