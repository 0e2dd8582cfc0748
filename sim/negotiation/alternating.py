"""Alternating offers of two seats (Rubinstein 1982), over texts."""

from __future__ import annotations

import numpy as np

from sim.negotiation.table import Floats, Table

HALVINGS = 48  # of the frontier


def alternate(table: Table, patience_first: float, patience_second: float) -> Floats:
    """[Q, K] what the first seat offers, and the second accepts at once: in equilibrium each offer
    leaves the other its *patience* times the gain, U - r, that its own offer would bring it, and
    none wastes anything. Where nothing is better for both than no text, the middle of the frontier,
    which somebody refuses.
    """
    # Bounds of the weight that the first seat has in its own offer.
    low, high = np.zeros(table.replicates), np.ones(table.replicates)
    for _ in range(HALVINGS):
        share = (low + high) / 2
        counter = _share_of_gain(table, 0, patience_first * _gain(table, share, 0))
        answer = _share_of_gain(table, 1, patience_second * _gain(table, counter, 1))
        low, high = np.where(answer > share, share, low), np.where(answer > share, high, share)
    offers, middle = _frontier(table, low), _frontier(table, np.full_like(low, 0.5))
    is_better = table.gains(offers).min(axis=1, keepdims=True) >= 0
    return np.where(is_better, offers, middle)


def _frontier(table: Table, share: Floats) -> Floats:
    """[Q, K] the texts on the frontier at which the first seat has this *share* [Q] of the
    weight.
    """
    return table.compromise(np.stack([share, 1.0 - share], axis=1))


def _gain(table: Table, share: Floats, seat: int) -> Floats:
    return np.maximum(0.0, table.gains(_frontier(table, share))[:, seat])


def _share_of_gain(table: Table, seat: int, gain: Floats) -> Floats:
    """[Q] the share at which *seat* gains as much as *gain*: the more weight, the more it gains."""
    low, high = np.zeros(table.replicates), np.ones(table.replicates)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        enough = table.gains(_frontier(table, middle))[:, seat] >= gain
        up = ~enough if seat == 0 else enough
        low, high = np.where(up, middle, low), np.where(up, high, middle)
    return high if seat == 0 else low
