"""The least that a round costs: for everybody, the sum over its ties of what is at their other end,
and nothing else.

Any round of a model in which people heed their neighbours reads these numbers, so this bounds what
any code can reach. It runs on random ties of any number of people, or on those of a population.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numba
import numpy as np

DEGREE = 15  # ties that each of a random population has, on average


class Ties(NamedTuple):
    """Ties in compressed rows: those of i are at start[i] to start[i + 1]."""

    start: np.ndarray[Any, Any]
    to: np.ndarray[Any, Any]
    weight: np.ndarray[Any, Any]


def random_ties(people: int, degree: int = DEGREE, seed: int = 1) -> Ties:
    """Ties of so many *people*, each to others drawn at random, in rising order within a row."""
    generator = np.random.default_rng(seed)
    number = generator.poisson(degree, people)
    start = np.concatenate([[0], number.cumsum()])
    rows = np.repeat(np.arange(people, dtype=np.int64), number)
    to = generator.integers(people, size=int(start[-1]))
    to = to[np.lexsort((to, rows))].astype(np.uint32)
    return Ties(start.astype(np.uint32), to, generator.random(to.size))


@numba.njit(nogil=True, fastmath=False)
def gather(start: Any, to: Any, weight: Any, values: Any, sums: Any) -> None:
    """Fill sums [N] with the weighted sums of values [N] over everybody's ties."""
    for i in range(sums.size):
        total = 0.0
        for place in range(start[i], start[i + 1]):
            total += weight[place] * values[to[place]]
        sums[i] = total


def gatherer(ties: Ties, kind: type) -> Any:
    """A function that gathers once over *ties* from values of this *kind*, np.float64 or np.uint8;
    compiled already.
    """
    people = ties.start.size - 1
    values = (np.random.default_rng(2).random(people) < 0.5).astype(kind)
    sums = np.zeros(people)

    def once() -> None:
        gather(ties.start, ties.to, ties.weight, values, sums)

    once()
    return once
