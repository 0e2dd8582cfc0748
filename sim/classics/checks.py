"""What a classic is made of: checks of what is simulated against what is known, and the luck to simulate it with."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from sim.experiments.replicates import Progress, usable_processors

Result = TypeVar("Result")


@dataclass(frozen=True)
class Check:
    """One number that is known, from a closed form or from a publication, beside what was simulated."""

    name: str
    expected: float
    simulated: float
    tolerance: float  # 0 where the two have to be the same

    @property
    def within(self) -> bool:
        """Whether they differ by no more than the tolerance."""
        return bool(abs(self.simulated - self.expected) <= self.tolerance)


@dataclass(frozen=True)
class Luck:
    """The seed of a classic and its replicates, spread over *workers* threads, by default one per processor."""

    seed: int
    replicates: int
    workers: int | None = None
    progress: Progress | None = None

    def each(self, one: Callable[[int], Result]) -> list[Result]:
        """*one* (replicate) for each replicate, in order; an interruption ends it after those under way."""
        results: list[Result] = []
        with ThreadPoolExecutor(self.workers or usable_processors()) as pool:
            try:
                for result in pool.map(one, range(self.replicates)):
                    results.append(result)
                    if self.progress is not None:
                        self.progress(len(results), self.replicates)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        return results

    def tolerance(self, share: float) -> float:
        """By how much a share of the replicates may differ from *share*: three standard errors and one replicate, and
        nothing where it is 0 or 1.
        """
        error = sqrt(share * (1.0 - share) / self.replicates)
        return 3 * error + 1 / self.replicates if error > 0 else 0.0
