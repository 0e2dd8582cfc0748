"""Lists of whom to approach, judged on luck on which none of them was chosen, beside lists that nobody thought about.

All lists are as long as the greedy one and name states of the same pool:

- random: in each world a list of its own, drawn from the pool, so that the interval holds the luck of the draw as well;
- region first: one UN sub-region after the other, those with most states in the pool first, the powerful first in each;
- by size: the states with most material power.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import luck
from sim.experiments.approaches import Campaign, Candidate
from sim.experiments.limits import LARGEST_SEED
from sim.experiments.variations import Numbers, Worlds, play_some, shortened
from sim.population import FIRM, NGO, STATE
from sim.record import Array
from sim.state import NOT_TAKEN_UP

GREEDY, RANDOM, REGION_FIRST, BY_SIZE = LISTS = ("greedy", "random", "region first", "by size")
PARTS = ("approached", "others", "firms", "ngos")  # what a list gains: the approached, other states, firms, NGOs


class Judgement(NamedTuple):
    """What k approaches, one added after the other, and the LISTS gained in Q worlds of N stakeholders."""

    before: NDArray[np.uint8]  # [Q, N] status as the first month of the approaches begins, nobody being approached
    end: NDArray[np.uint8]  # [Q, N] the same at the end
    gained: Array  # [Q, k] states that sign by each approach
    itself: Array  # [Q, k] of these, whom it was made to
    lists: Array  # [Q, LISTS, PARTS] what each list gains

    @classmethod
    def joined(cls, parts: Sequence[Judgement]) -> Judgement:
        """The worlds of all *parts*."""
        return cls(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def fresh_seed(seed: int) -> int:
    """The seed of the luck on which lists are judged that were chosen on that of *seed*: a digest of it."""
    digest = hashlib.blake2b(f"judged on other luck than that of {seed}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") & LARGEST_SEED


def judged(
    campaign: Campaign, chosen: Sequence[Candidate], pool: Sequence[Candidate], seed: int, numbers: Numbers
) -> Judgement:
    """The approaches to *chosen*, in that order, and the other lists from *pool*, in the replicates *numbers*."""
    base = play_some(campaign.given, numbers, seed)
    worlds = base
    gained, itself = [], []
    for k, candidate in enumerate(chosen, start=1):
        after = campaign.worlds(worlds, chosen[:k], seed)
        approached, others, *_ = _gain(campaign, worlds, after, [candidate])
        gained.append(approached + others)
        itself.append(approached)
        worlds = after
    greedy = _gain(campaign, base, worlds, chosen)
    rivals = [
        _gain(campaign, base, play_some(campaign.world(rival), numbers, seed), rival)
        for rival in (region_first(pool, len(chosen)), by_size(pool, len(chosen)))
    ]
    drawn = [
        _random_gain(campaign, base.some(numbers == number), at_random(pool, len(chosen), seed, number), seed)
        for number in numbers.tolist()
    ]
    return Judgement(
        before=_before(campaign, numbers, seed),
        end=base.status,
        gained=np.stack(gained, axis=1),
        itself=np.stack(itself, axis=1),
        lists=np.stack([greedy, np.concatenate(drawn, axis=1), *rivals]).transpose(2, 0, 1),
    )


def at_random(pool: Sequence[Candidate], length: int, seed: int, number: int) -> list[Candidate]:
    """The list of the world *number*: whoever of *pool* draws the smallest numbers."""
    draws = {c.index: luck.four_draws(seed, luck.EVENTS, 0, 0, number, c.index, 0)[0] for c in pool}
    return sorted(pool, key=lambda candidate: draws[candidate.index])[:length]


def region_first(pool: Sequence[Candidate], length: int) -> list[Candidate]:
    """One region after the other: those with most of *pool* first, within each in the order of *pool*."""
    states = Counter(candidate.region for candidate in pool)
    return sorted(pool, key=lambda candidate: (-states[candidate.region], candidate.region))[:length]


def by_size(pool: Sequence[Candidate], length: int) -> list[Candidate]:
    """The states of *pool* with most material power."""
    return sorted(pool, key=lambda candidate: -candidate.weight)[:length]


def _random_gain(campaign: Campaign, base: Worlds, drawn: Sequence[Candidate], seed: int) -> Array:
    return _gain(campaign, base, play_some(campaign.world(drawn), base.numbers, seed), drawn)


def _gain(campaign: Campaign, without: Worlds, approached_too: Worlds, whom: Sequence[Candidate]) -> Array:
    """[PARTS, Q] how many more are signatories at the end: those whom the approaches to *whom* reach, and others."""
    more = approached_too.signed.astype(np.float64) - without.signed
    reached = sorted({i for candidate in whom for i in candidate.reaches})
    kind = campaign.given.population.kind
    states, firms, ngos = (more[:, kind == k].sum(axis=1) for k in (STATE, FIRM, NGO))
    themselves = more[:, reached].sum(axis=1)
    return np.stack([themselves, states - themselves, firms, ngos])


def _before(campaign: Campaign, numbers: Numbers, seed: int) -> NDArray[np.uint8]:
    """[Q, N] the status of everybody before the first month of the approaches."""
    given = campaign.given
    if campaign.start == given.first_round:
        return np.full((len(numbers), len(given.population.ids)), NOT_TAKEN_UP, np.uint8)
    return play_some(shortened(given, campaign.start - 1), numbers, seed).status
