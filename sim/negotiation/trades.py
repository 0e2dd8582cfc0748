"""Package trades: two provisions move at once, where no seat with a vote loses and somebody gains
(logrolling: Tollison and Willett 1979; Raiffa 1982).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from sim.negotiation.table import Floats, Table
from sim.theory import bargaining

DIRECTIONS = 32  # in the plane of two provisions
STEPS = (0.2, 0.1, 0.05, 0.02, 0.01, 0.005)  # levels
LEAST = 1e-7  # gain of a trade, in U
MOST_SWEEPS = 60


def trade(table: Table, texts: Floats) -> Floats:
    """The texts [Q, K] after all trades, each the one of its pair by which the weighted sum of U
    grows most; sweeps over all pairs go on until none is left.
    """
    angles = np.arange(DIRECTIONS) * (2 * np.pi / DIRECTIONS)
    compass = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    moves = np.concatenate([compass * step for step in STEPS])
    traded, numbers = texts.copy(), np.arange(len(texts))
    for _ in range(MOST_SWEEPS):
        part, before = table.of(numbers), traded[numbers]
        after = before
        for pair in combinations(range(texts.shape[1]), 2):
            after = _of_pair(part, after, list(pair), moves)
        traded[numbers] = after
        numbers = numbers[np.abs(after - before).max(axis=1) > 0]
        if not numbers.size:
            break
    return traded


def _of_pair(table: Table, texts: Floats, pair: list[int], moves: Floats) -> Floats:
    """The texts after the best trade of two provisions."""
    ideals, saliences = (
        table.ideals[:, :, pair][:, table.votes],
        table.effective[:, :, pair][:, table.votes],
    )
    now = texts[:, pair]
    candidates = np.clip(now[:, None] + moves, table.low[pair], table.high[pair])  # [Q, M, 2]
    losses = bargaining.loss(now, ideals, saliences).sum(axis=-1)
    later = bargaining.loss(candidates, ideals[:, None], saliences[:, None]).sum(
        axis=-1
    )  # [Q, M, N]
    gains = losses[:, None] - later
    total = np.where(
        (gains >= 0).all(axis=-1), (gains * table.weights[table.votes]).sum(axis=-1), 0.0
    )
    best = total.argmax(axis=1)
    rows = np.arange(len(texts))
    traded = texts.copy()
    is_trade = total[rows, best] > LEAST
    traded[np.ix_(is_trade, pair)] = candidates[rows, best][is_trade]
    return traded
