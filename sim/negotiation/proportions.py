"""Intervals of proportions."""

from __future__ import annotations

import math

from sim.findings import Interval
from sim.theory.elementary import normal_quantile


def of_share(cases: int, of: int, coverage: float = 0.9) -> Interval:
    """The interval of a share that is seen in *cases* of so many (Wilson 1927)."""
    z = normal_quantile((1.0 + coverage) / 2.0)
    share, squared = cases / of, z * z / of
    middle = (share + squared / 2.0) / (1.0 + squared)
    half = z * math.sqrt(share * (1.0 - share) / of + squared / (4.0 * of)) / (1.0 + squared)
    return Interval(max(0.0, middle - half), min(1.0, middle + half), coverage)


def of_difference(
    first: tuple[int, int], second: tuple[int, int], coverage: float = 0.9
) -> Interval:
    """The interval of the *first* share less the *second*, each as cases and of how many, from the
    intervals of both (Newcombe 1998).
    """
    one, other = of_share(*first, coverage), of_share(*second, coverage)
    share, less = first[0] / first[1], second[0] / second[1]
    return Interval(
        share - less - math.hypot(share - one.low, other.high - less),
        share - less + math.hypot(one.high - share, less - other.low),
        coverage,
    )
