"""Whether there are enough points and replicates: the same quantity from a quarter, half and all of
either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import NamedTuple

import numpy as np

from sim.experiments.outcomes import Array

SHARES = (0.25, 0.5, 1.0)
MOST = 1000  # times as many, above which no number is told
MUCH_MORE = 1.5  # times as many as where all of the width came from them


class Estimate(NamedTuple):
    """Quantities by name, half of their intervals, and the parts of it that shrink with more points
    and with more replicates (sim.analysis.bootstrap.Spread).
    """

    names: list[str]
    values: Array
    half: Array
    from_points: Array
    from_replicates: Array


class Step(NamedTuple):
    """An estimate from so many points and replicates."""

    points: int
    replicates: int
    estimate: Estimate


class Verdict(NamedTuple):
    """Whether every interval is as narrow as the target; the widest half against its target; what
    to add, and about how many times as many there should be (0: none, or not to be told); *alone*:
    whether there is one quantity alone; *stays*: whether a good part of the width comes from what
    is not added, so that more is needed of the rest.
    """

    enough: bool
    quantity: str
    half: float
    target: float
    add: str
    times: float
    alone: bool
    stays: bool = False


Measure = Callable[[int, int], Estimate | None]  # so many points, so many replicates


def steps(measure: Measure, points: int, replicates: int) -> list[Step]:
    """The estimates from parts of the *points*, then from parts of the *replicates*, the whole
    last.
    """
    sizes = [(max(round(share * points), 1), replicates) for share in SHARES[:-1]]
    sizes += [(points, max(round(share * replicates), 1)) for share in SHARES[:-1]]
    sizes = [size for size in dict.fromkeys(sizes) if size != (points, replicates)]
    result = []
    for size in [*sizes, (points, replicates)]:
        estimate = measure(*size)
        if estimate is not None:
            result.append(Step(*size, estimate))
    return result


def verdict(estimate: Estimate, targets: Sequence[float] | Array) -> Verdict:
    """Whether half of each interval of *estimate* is at most its target; by the widest of them, how
    many more.
    """
    aims = np.asarray(targets, np.float64)
    ratios = np.divide(estimate.half, aims, out=np.full(len(aims), np.inf), where=aims > 0)
    ratios = np.where(np.isnan(estimate.half), np.inf, ratios)
    worst = int(np.argmax(ratios))
    half, aim = float(estimate.half[worst]), float(aims[worst])
    if ratios[worst] <= 1:
        return Verdict(True, estimate.names[worst], half, aim, "", 0, len(estimate.names) == 1)
    from_points, from_replicates = (
        float(estimate.from_points[worst]),
        float(estimate.from_replicates[worst]),
    )
    add, times = "points and replicates", ratios[worst] ** 2
    total = half**2
    if total > 0:
        larger = min(max(from_points, from_replicates) ** 2 / total, 1.0)
        rest = 1 - larger  # of the variance, which stays when only the larger part shrinks
        if 1 / times > 1.25 * rest:
            add = "points" if from_points > from_replicates else "replicates"
            times = larger / (1 / times - rest)
    number = 0 if times > MOST else ceil(times) if times > 2 else ceil(10 * times) / 10
    stays = bool(times > MUCH_MORE * ratios[worst] ** 2)
    return Verdict(
        False, estimate.names[worst], half, aim, add, number, len(estimate.names) == 1, stays
    )
