"""The norms game and the metanorms game (Axelrod 1986), as told and run again by Galán and Izquierdo (2005).

Everybody is bold to a degree and vengeful to a degree, each of eight levels from 0 to 1, written in three bits. Whoever
sees a chance to defect that is likely enough to go unseen takes it; whoever sees it may punish; and in the metanorms
game whoever sees that somebody saw it and did not punish may punish that. Those who do well have more children.
"""

from __future__ import annotations

from math import sqrt
from typing import Any, NamedTuple

import numpy as np

from sim import luck
from sim.compiled import compiled

Array = np.ndarray[Any, Any]

PLAY, BREED = 2, 3  # purposes of luck, beside those of graphs.py
HIGHEST = 7  # of the eight levels


class Payoffs(NamedTuple):
    """What one event is worth; all but temptation are losses, written as positive numbers."""

    temptation: float
    hurt: float
    punishment: float
    enforcement: float
    metapunishment: float
    metaenforcement: float


class Society(NamedTuple):
    """[people] the levels, from 0 to 7, and the payoffs of this generation; scratch for the next."""

    boldness: Array
    vengefulness: Array
    payoff: Array
    children: Array  # [2 people, 2]


def society(people: int) -> Society:
    """Nobody yet: `settle` draws the levels."""
    whole = np.zeros((2, people), np.int64)
    return Society(whole[0].copy(), whole[1].copy(), np.zeros(people), np.zeros((2 * people, 2), np.int64))


@compiled
def settle(given: Society, seed: int, replicate: int) -> None:
    """Draw everybody's levels, each of eight alike."""
    for i in range(given.boldness.size):
        draws = luck.four_draws(seed, luck.CLASSICS, BREED, -1, replicate, i, 0)
        given.boldness[i] = int(draws[0] * (HIGHEST + 1))
        given.vengefulness[i] = int(draws[1] * (HIGHEST + 1))


@compiled
def live(
    given: Society, payoffs: Payoffs, metanorms: bool, opportunities: int, mutation: float,
    first: int, last: int, seed: int, replicate: int,
) -> None:  # fmt: skip
    """Generations *first* to *last* - 1."""
    for generation in range(first, last):
        for i in range(given.payoff.size):
            given.payoff[i] = 0.0
        for i in range(given.payoff.size):
            for opportunity in range(opportunities):
                tempt(given, payoffs, metanorms, i, opportunity, opportunities, seed, generation, replicate)
        breed(given, mutation, seed, generation, replicate)


@compiled
def tempt(
    given: Society, payoffs: Payoffs, metanorms: bool, i: int, opportunity: int, opportunities: int,
    seed: int, generation: int, replicate: int,
) -> None:  # fmt: skip
    """One opportunity of *i* to defect, and what follows from it."""
    people = given.payoff.size
    place = opportunity * people
    if given.boldness[i] == 0:
        return
    seen = luck.four_draws(seed, luck.CLASSICS, PLAY, generation, replicate, i, place + i)[0]
    if seen * HIGHEST >= given.boldness[i]:
        return
    given.payoff[i] += payoffs.temptation
    for j in range(people):
        if j == i:
            continue
        given.payoff[j] -= payoffs.hurt
        if given.vengefulness[j] == 0 and not metanorms:
            continue
        draws = luck.four_draws(seed, luck.CLASSICS, PLAY, generation, replicate, i, place + j)
        if draws[0] >= seen:
            continue
        if draws[1] * HIGHEST < given.vengefulness[j]:
            given.payoff[i] -= payoffs.punishment
            given.payoff[j] -= payoffs.enforcement
        elif metanorms:
            for k in range(people):
                if k in (i, j) or given.vengefulness[k] == 0:
                    continue
                block = (opportunities + place + j) * people + k
                draws = luck.four_draws(seed, luck.CLASSICS, PLAY, generation, replicate, i, block)
                if draws[0] < seen and draws[1] * HIGHEST < given.vengefulness[k]:
                    given.payoff[j] -= payoffs.metapunishment
                    given.payoff[k] -= payoffs.metaenforcement


@compiled
def breed(given: Society, mutation: float, seed: int, generation: int, replicate: int) -> None:
    """The next generation: two children for whoever is a standard deviation above the mean, none for whoever is one
    below, one for the others; then chance removes or repeats children until their number is right.

    Where all do equally well everybody has two, as Galán and Izquierdo have it.
    """
    people = given.payoff.size
    mean = 0.0
    for i in range(people):
        mean += given.payoff[i] / people
    variance = 0.0
    for i in range(people):
        variance += (given.payoff[i] - mean) * (given.payoff[i] - mean) / people
    spread = sqrt(variance)
    count = 0
    for i in range(people):
        children = 1
        if given.payoff[i] >= mean + spread:
            children = 2
        elif given.payoff[i] <= mean - spread:
            children = 0
        for _ in range(children):
            given.children[count, 0] = given.boldness[i]
            given.children[count, 1] = given.vengefulness[i]
            count += 1
    turn = 0
    while count != people:
        chosen = int(luck.four_draws(seed, luck.CLASSICS, BREED, generation, replicate, turn, 0)[0] * count)
        turn += 1
        if count > people:
            count -= 1
            given.children[chosen, 0] = given.children[count, 0]
            given.children[chosen, 1] = given.children[count, 1]
        else:
            given.children[count, 0] = given.children[chosen, 0]
            given.children[count, 1] = given.children[chosen, 1]
            count += 1
    for i in range(people):
        for trait in range(2):
            draws = luck.four_draws(seed, luck.CLASSICS, BREED, generation, replicate, i, 1 + trait)
            level = given.children[i, trait]
            for bit in range(3):
                if draws[bit] < mutation:
                    level ^= 1 << bit
            given.children[i, trait] = level
        given.boldness[i] = given.children[i, 0]
        given.vengefulness[i] = given.children[i, 1]
