"""Lists of states to approach: picked greedily, then judged in fresh worlds beside lists made
without the model.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.arguments import LARGEST_SEED
from sim.engine import random_streams
from sim.engine.arrays import NOT_TAKEN_UP
from sim.experiments.approaches import Campaign, Candidate
from sim.experiments.outcomes import Array
from sim.experiments.simulate import Numbers, SignaturesAlone, Worlds, simulate
from sim.population import FIRM, NGO, STATE
from sim.request import Request
from sim.threads import in_threads

Gains = Callable[
    [Sequence[int], Sequence[int]], list[float]
]  # (picks so far, candidates) -> the gain of each

# tried together when an old gain has to be renewed: a fixed number, so that no result depends on
# workers
AT_ONCE = 4


def lazy_greedy(number: int, length: int, gains: Gains) -> list[tuple[int, float]]:
    """The first *length* picks among the candidates 0 to *number* - 1, each with its gain. Of
    equals the first is taken.
    """
    bounds = dict(zip(range(number), gains([], range(number)), strict=True))
    current = set(bounds)
    picks: list[tuple[int, float]] = []
    while len(picks) < length:
        by_bound = sorted(bounds, key=lambda c: (-bounds[c], c))
        if by_bound[0] in current:
            picks.append((by_bound[0], bounds.pop(by_bound[0])))
            current = set()
        else:
            stale = [c for c in by_bound if c not in current][:AT_ONCE]
            bounds |= zip(stale, gains([c for c, _ in picks], stale), strict=True)
            current |= set(stale)
    return picks


class MarginalGains:
    """What each candidate adds to the picks so far, in mean signatory states, in *base*, the worlds
    of *request*.
    """

    def __init__(
        self, request: Request, campaign: Campaign, pool: Sequence[Candidate], base: Worlds
    ) -> None:
        self.request, self.campaign, self.pool = request, campaign, pool
        self.worlds = base  # in which all picks so far are approached
        self.number_approached = 0  # how many these are

    def gains(self, picks: Sequence[int], candidates: Sequence[int]) -> list[float]:
        """By how many states each of *candidates* adds to *picks*, both places in the pool."""
        approached = [self.pool[c] for c in picks]
        if len(picks) > self.number_approached:
            self.worlds = self.campaign.added_to(
                self.worlds, approached, self.request.seed, self.request.workers
            )
            self.number_approached = len(picks)
            self._report(len(self.pool) + AT_ONCE * self.number_approached)
        trials = [partial(self._gain, [*approached, self.pool[c]]) for c in candidates]
        progress = None if picks else lambda count, _: self._report(count)
        return in_threads(trials, self.request.workers, progress)

    def _gain(self, approached: Sequence[Candidate]) -> float:
        after = self.campaign.added_to(self.worlds, approached, self.request.seed)
        states = after.states_signed[:, -1]
        return float((states.astype(np.int64) - self.worlds.states_signed[:, -1]).mean())

    def _report(self, count: int) -> None:
        if self.request.progress is not None:
            self.request.progress(count, count)


GREEDY, RANDOM, REGION_FIRST, BY_SIZE = LISTS = ("greedy", "random", "region first", "by size")
PARTS_OF_GAIN = (
    "approached",
    "others",
    "firms",
    "ngos",
)  # of a gain: the approached, other states, firms, NGOs


class Judgement(NamedTuple):
    """The gains of k approaches, one added after the other, and of the LISTS, in Q worlds of N
    stakeholders.
    """

    before: NDArray[
        np.uint8
    ]  # [Q, N] status as the first month of the approaches begins, nobody being approached
    end: NDArray[np.uint8]  # [Q, N] the same at the end
    gains: Array  # [Q, k] states that sign by each approach
    itself: Array  # [Q, k] of these, whom it was made to
    lists: Array  # [Q, LISTS, PARTS] what each list gains

    @classmethod
    def joined(cls, parts: Sequence[Judgement]) -> Judgement:
        """The worlds of all *parts*."""
        return cls(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def fresh_seed(seed: int) -> int:
    """The seed of the worlds that judge lists picked in the worlds of *seed*: a digest of it."""
    digest = hashlib.blake2b(
        f"judged on other luck than that of {seed}".encode(), digest_size=8
    ).digest()
    return int.from_bytes(digest, "big") & LARGEST_SEED


def judge(
    campaign: Campaign,
    picks: Sequence[Candidate],
    pool: Sequence[Candidate],
    seed: int,
    numbers: Numbers,
) -> Judgement:
    """The approaches to *picks*, in that order, and the other lists from *pool*, in the replicates
    *numbers*.
    """
    base = campaign.play((), numbers, seed)
    worlds = base
    gains, itself = [], []
    for k, candidate in enumerate(picks, start=1):
        after = campaign.added_to(worlds, picks[:k], seed)
        approached, others, *_ = _gain(campaign, worlds, after, [candidate])
        gains.append(approached + others)
        itself.append(approached)
        worlds = after
    greedy = _gain(campaign, base, worlds, picks)
    rivals = [
        _gain(campaign, base, campaign.play(rival, numbers, seed), rival)
        for rival in (region_first(pool, len(picks)), by_size(pool, len(picks)))
    ]
    random_lists = [
        _random_gain(
            campaign, base.some(numbers == number), at_random(pool, len(picks), seed, number), seed
        )
        for number in numbers.tolist()
    ]
    return Judgement(
        before=_before(campaign, numbers, seed),
        end=base.status,
        gains=np.stack(gains, axis=1),
        itself=np.stack(itself, axis=1),
        lists=np.stack([greedy, np.concatenate(random_lists, axis=1), *rivals]).transpose(2, 0, 1),
    )


def at_random(pool: Sequence[Candidate], length: int, seed: int, number: int) -> list[Candidate]:
    """The random list of the world *number*: those of *pool* with the smallest draws."""
    draws = {
        c.index: random_streams.four_draws(seed, random_streams.EVENTS, 0, 0, number, c.index, 0)[0]
        for c in pool
    }
    return sorted(pool, key=lambda candidate: draws[candidate.index])[:length]


def region_first(pool: Sequence[Candidate], length: int) -> list[Candidate]:
    """One region after the other, those with most states in *pool* first; within a region in the
    order of *pool*.
    """
    states = Counter(candidate.region for candidate in pool)
    return sorted(pool, key=lambda candidate: (-states[candidate.region], candidate.region))[
        :length
    ]


def by_size(pool: Sequence[Candidate], length: int) -> list[Candidate]:
    """The states of *pool* with most material power."""
    return sorted(pool, key=lambda candidate: -candidate.weight)[:length]


def _random_gain(campaign: Campaign, base: Worlds, whom: Sequence[Candidate], seed: int) -> Array:
    return _gain(campaign, base, campaign.play(whom, base.numbers, seed), whom)


def _gain(
    campaign: Campaign, without: Worlds, approached_too: Worlds, whom: Sequence[Candidate]
) -> Array:
    """[PARTS, Q] how many more signatories there are at the end, among those that the approaches
    reach and others.
    """
    more = approached_too.signed.astype(np.float64) - without.signed
    reach = sorted({i for candidate in whom for i in candidate.reaches})
    kind = campaign.setting.population.kind
    states, firms, ngos = (more[:, kind == k].sum(axis=1) for k in (STATE, FIRM, NGO))
    themselves = more[:, reach].sum(axis=1)
    return np.stack([themselves, states - themselves, firms, ngos])


def _before(campaign: Campaign, numbers: Numbers, seed: int) -> NDArray[np.uint8]:
    """[Q, N] the status of everybody before the first month of the approaches."""
    setting = campaign.setting
    if campaign.start == setting.first_round:
        return np.full((len(numbers), len(setting.population.ids)), NOT_TAKEN_UP, np.uint8)
    return simulate(
        setting.until(campaign.start - 1), numbers, seed, SignaturesAlone(), workers=1
    ).status
