"""Intervals of proportions."""

from __future__ import annotations

import math

from sim.findings import Interval


def of_share(cases: int, of: int, coverage: float = 0.9) -> Interval:
    """The interval of a share that is seen in *cases* of so many (Wilson 1927)."""
    from scipy.stats import binomtest  # takes half a second to load

    ends = binomtest(cases, of).proportion_ci(coverage, "wilson")
    return Interval(float(ends.low), float(ends.high), coverage)


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
