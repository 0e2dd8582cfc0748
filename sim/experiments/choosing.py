"""Choosing whom to approach: greedily, with lazy evaluation.

Adding one after the other whatever gains most now is within 1 - 1/e of the best choice where gains only shrink as the
choice grows (Nemhauser, Wolsey and Fisher 1978, Mathematical Programming 14, 265-294). There an old gain is also a
bound for the new one, so that most need not be computed again (Leskovec et al. 2007, Cost-effective outbreak detection
in networks, KDD '07, 420-429). Where signatures call for more signatures gains may grow, and both are rules of thumb.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from sim.experiments.approaches import Campaign, Candidate
from sim.experiments.replicates import Progress
from sim.experiments.variations import Worlds, in_threads

Gains = Callable[[Sequence[int], Sequence[int]], list[float]]  # (chosen so far, whom to try) -> the gain of each

AT_ONCE = 4  # tried together when an old gain has to be renewed: a fixed number, so that no result depends on workers
PARTS = 5  # into which worlds are divided that are played together


def lazy_greedy(number: int, picks: int, gains: Gains) -> list[tuple[int, float]]:
    """*picks* of the candidates 0 to *number* - 1 with their gains, in the order of their choice; of equals the first
    is taken.
    """
    bounds = dict(zip(range(number), gains([], range(number)), strict=True))
    renewed = set(bounds)
    chosen: list[tuple[int, float]] = []
    while len(chosen) < picks:
        by_bound = sorted(bounds, key=lambda c: (-bounds[c], c))
        if by_bound[0] in renewed:
            chosen.append((by_bound[0], bounds.pop(by_bound[0])))
            renewed = set()
        else:
            stale = [c for c in by_bound if c not in renewed][:AT_ONCE]
            bounds |= zip(stale, gains([c for c, _ in chosen], stale), strict=True)
            renewed |= set(stale)
    return chosen


class Choice:
    """The gains that lazy evaluation asks for, in the worlds *base* of *seed*: mean numbers of signatory states."""

    def __init__(
        self,
        campaign: Campaign,
        pool: Sequence[Candidate],
        base: Worlds,
        seed: int,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.campaign, self.pool, self.seed, self.workers, self.progress = campaign, pool, seed, workers, progress
        self.worlds = base  # in which all those chosen so far are approached
        self.known = 0  # how many these are

    def gains(self, chosen: Sequence[int], tried: Sequence[int]) -> list[float]:
        """By how many states each of *tried* adds to *chosen*, both places in the pool."""
        approached = [self.pool[c] for c in chosen]
        if len(chosen) > self.known:
            parts = self.worlds.split(PARTS)
            again = [partial(self.campaign.worlds, part, approached, self.seed) for part in parts]
            self.worlds, self.known = Worlds.joined(in_threads(again, self.workers)), len(chosen)
            self._report(len(self.pool) + AT_ONCE * self.known)
        trials = [partial(self._gain, [*approached, self.pool[c]]) for c in tried]
        return in_threads(trials, self.workers, None if chosen else lambda done, _: self._report(done))

    def _gain(self, approached: Sequence[Candidate]) -> float:
        states = self.campaign.worlds(self.worlds, approached, self.seed).states_signed[:, -1]
        return float((states.astype(np.int64) - self.worlds.states_signed[:, -1]).mean())

    def _report(self, done: int) -> None:
        if self.progress is not None:
            self.progress(done, done)
