"""Graphs whose ties a crowd takes: [ties, 2] pairs of people, each pair once.

Random graphs draw from sim.engine.random_streams.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from sim.compiled import compiled
from sim.engine.random_streams import CLASSICS, four_draws
from sim.theory.elementary import logarithm

Array = np.ndarray[Any, Any]

POISSON, REWIRE = range(2)  # purposes of draws, beside those of axelrod_1986.py


def complete(people: int) -> Array:
    """Everybody is tied to everybody else."""
    return np.stack(np.triu_indices(people, 1), axis=1).astype(np.int64)


def ring(people: int, neighbours: int) -> Array:
    """Everybody is tied to the next *neighbours* / 2 on either side (Watts and Strogatz 1998)."""
    here = np.arange(people)
    return np.concatenate(
        [np.stack([here, (here + step) % people], axis=1) for step in range(1, neighbours // 2 + 1)]
    ).astype(np.int64)


def poisson(people: int, mean_degree: float, seed: int, replicate: int) -> Array:
    """Each pair is tied with the same chance, so that degrees are Poisson (Erdős and Rényi 1959;
    Gilbert 1959).
    """
    expected = people * mean_degree / 2
    ties = np.zeros((int(expected + 12 * sqrt(expected)) + 12, 2), np.int64)
    return ties[: draw_pairs(ties, people, mean_degree / (people - 1), seed, replicate)]


@compiled
def draw_pairs(ties: Array, people: int, chance: float, seed: int, replicate: int) -> int:
    """Fill *ties* with pairs, each tied with this *chance*, by skipping the pairs that are not tied
    (Batagelj and Brandes 2005); the number of ties.
    """
    count = 0
    high, low = 1, -1
    while True:
        draws = four_draws(seed, CLASSICS, POISSON, 0, replicate, count, 0)
        low += 1 + int(logarithm(draws[0]) / logarithm(1.0 - chance))
        while low >= high and high < people:
            low -= high
            high += 1
        if high >= people or count == ties.shape[0]:
            return count
        ties[count, 0] = high
        ties[count, 1] = low
        count += 1


def rewired(ties: Array, share: float, seed: int, replicate: int) -> Array:
    """*ties* after a *share* of them swapped an end with another, so that degrees stay (Maslov and
    Sneppen 2002).
    """
    copy = ties.copy()
    swap_ends(copy, share, seed, replicate)
    return copy


@compiled
def swap_ends(ties: Array, share: float, seed: int, replicate: int) -> None:
    """With chance *share*, each tie swaps its second end with that of another tie, unless the swap
    would tie somebody to itself or twice to the same neighbour.
    """
    for this in range(ties.shape[0]):
        draws = four_draws(seed, CLASSICS, REWIRE, 0, replicate, this, 0)
        if draws[0] >= share:
            continue
        other = int(draws[1] * ties.shape[0])
        a, b, c, d = ties[this, 0], ties[this, 1], ties[other, 0], ties[other, 1]
        if (
            a not in (c, d)
            and b not in (c, d)
            and not are_neighbours(ties, a, d)
            and not are_neighbours(ties, c, b)
        ):
            ties[this, 1] = d
            ties[other, 1] = b


@compiled
def are_neighbours(ties: Array, one: int, other: int) -> bool:
    """Whether two people are tied."""
    for place in range(ties.shape[0]):
        if (ties[place, 0] == one and ties[place, 1] == other) or (
            ties[place, 0] == other and ties[place, 1] == one
        ):
            return True
    return False


def neighbours_of(one: int, ties: Array) -> list[int]:
    """Those to whom *one* is tied."""
    return [int(a + b - one) for a, b in ties if one in (a, b)]
