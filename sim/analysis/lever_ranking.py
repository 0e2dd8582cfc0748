"""Which of several levers moves an outcome most, each from the value at which the outcome is lowest
to that at which it is highest, with all else alike.

A set of assumptions is a point of all axes that are no rival. In each of them a lever has an effect
of its own; the first is ahead where its effect is the largest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import comb
from typing import NamedTuple

import numpy as np

from sim.analysis.bootstrap import Rows, mean_over_replicates, more_sure, spread
from sim.analysis.effects import PERCENTILES, Cases, over_sets, pairs
from sim.analysis.study import Column, Study
from sim.experiments.outcomes import Array
from sim.findings import Interval, LeverMove, LeverRanking, Verdict

GENERATOR = 5  # purpose of its random numbers
NEARLY_ALL = 0.95  # of the sets of assumptions, in which the first has to be ahead to be clearly so
HALF = 0.5
LUCK = 0.95  # of an interval of luck


def rank_levers(study: Study, column: Column, rivals: Sequence[str]) -> LeverRanking | None:
    """The *rivals* by how far each moves *column*; None where fewer than two can be compared yet,
    or have no set of assumptions in common.
    """
    widest = [each for name in rivals if (each := _widest(study, column, name, rivals))]
    if len(widest) < 2:
        return None
    sets = sorted(set.intersection(*(set(each.by_set) for each in widest)), key=str)
    if not sets:
        return None
    values = np.array([[each.by_set[one] for each in widest] for one in sets])  # [S, K, R]
    means = mean_over_replicates(values)  # [S, K]
    order = np.argsort(-np.nanmean(means, axis=0), kind="stable")
    values, means = values[:, order], means[:, order]

    def statistic(sample: Array, _: Rows) -> Array:
        each = mean_over_replicates(np.moveaxis(mean_over_replicates(sample), 0, -1))
        return np.append(each, each[0] - each[1])

    half = spread(statistic, values, study.common_luck, study.generator(GENERATOR)).both
    middle = statistic(values, np.arange(len(values)))
    luck = [
        Interval(float(mean - width), float(mean + width), LUCK)
        for mean, width in zip(middle, half, strict=True)
    ]
    places = tuple(
        LeverMove(
            name=widest[axis].lever,
            before=widest[axis].before,
            after=widest[axis].after,
            estimate=float(middle[place]),
            luck=luck[place],
            fits=_over_sets(means[:, place]),
            clear=bool(middle[place] > more_sure(half[place], widest[axis].comparisons)),
        )
        for place, axis in enumerate(order.tolist())
    )
    ahead = int((means[:, 0] > means[:, 1:].max(axis=1)).sum())
    return LeverRanking(
        **study.provenance(column),
        unit=column.kind_of_unit,
        verdict=_verdict(places, luck[-1], ahead / len(sets)),
        luck=luck[-1],
        places=places,
        lead=float(middle[-1]),
        ahead=ahead,
        sets=len(sets),
    )


def _over_sets(means: Array) -> Interval | None:
    if len(means) == 1:
        return None
    low, high = np.nanpercentile(means, PERCENTILES)
    return Interval(float(low), float(high))


def _verdict(places: Sequence[LeverMove], lead: Interval, ahead: float) -> Verdict:
    if not any(place.clear for place in places):
        return Verdict.NOTHING
    if not lead.low > 0 or ahead < HALF:
        return Verdict.CANNOT_TELL
    return Verdict.CLEAR if ahead >= NEARLY_ALL else Verdict.PERHAPS


BySet = dict[tuple[object, ...], Array]  # the values of all axes but the rivals -> [R]


class Widest(NamedTuple):
    """The two values of a *lever* that lie farthest apart, by how much in each set of assumptions,
    and of how many pairs of its values they are one.
    """

    lever: str
    before: float | str
    after: float | str
    by_set: BySet
    comparisons: int


def _widest(study: Study, column: Column, lever: str, rivals: Sequence[str]) -> Widest | None:
    """The values of *lever* at which *column* is lowest and highest on average, and by how much in
    each set of assumptions.
    """
    comparisons = pairs(study, column, lever)
    if not comparisons:
        return None
    first = comparisons[0]
    none = replace(first, after=first.before, differences=np.zeros_like(first.differences))
    ranked = sorted([none, *comparisons], key=lambda cases: float(np.nanmean(cases.means)))
    low, high = _by_set(ranked[0], rivals), _by_set(ranked[-1], rivals)
    by_set = {key: high[key] - low[key] for key in high if key in low}
    return Widest(lever, ranked[0].after, ranked[-1].after, by_set, comb(len(ranked), 2))


def _by_set(cases: Cases, rivals: Sequence[str]) -> BySet:
    """The mean difference [R] in each set of assumptions."""
    whole = over_sets(cases, rivals)
    keys = list(whole.frame.itertuples(index=False, name=None)) or [()]
    return dict(zip(keys, whole.differences, strict=True))
