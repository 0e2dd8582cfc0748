"""Where inside a range something is highest or lowest: an outcome along a lever, or the effect of a
lever along another axis.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.analysis.bootstrap import Rows, mean_over_replicates, more_sure, spread
from sim.analysis.effects import Cases, Region
from sim.analysis.study import Column, Study
from sim.experiments.outcomes import Array
from sim.findings import Interval, Peak, Verdict

OF_LEVER, OF_EFFECT = 6, 7  # purposes of random numbers
FEWEST = 3  # values of a lever that has an inside
LUCK = 0.95


def peak_of(study: Study, column: Column, comparisons: Sequence[Cases]) -> Peak | None:
    """The peak of *column* along the lever of *comparisons*, of each of its values with the lowest;
    None where the mean is not clearly higher, or lower, inside the range than at both ends.
    """
    lever = comparisons[0].lever if comparisons else ""
    are_alike = len({cases.differences.shape for cases in comparisons}) == 1
    if not are_alike or len(comparisons) + 1 < FEWEST or not study.axes[lever].has_numbers:
        return None
    none = np.zeros_like(comparisons[0].differences)
    values = np.stack([none, *(cases.differences for cases in comparisons)], axis=1)  # [C, V, R]
    means = _means(values)
    place, sign = _farthest(means)

    def statistic(sample: Array, _: Rows) -> Array:
        each = _means(sample)
        return sign * (each[place] - each[[0, -1]])

    middle = statistic(values, np.arange(len(values)))
    half = spread(statistic, values, study.common_luck, study.generator(OF_LEVER)).both
    if not (middle > more_sure(half, 2 * (len(means) - 2))).all():
        return None
    luck = [Interval(float(m - h), float(m + h), LUCK) for m, h in zip(middle, half, strict=True)]
    return Peak(
        **study.provenance(column),
        unit=column.kind_of_unit,
        verdict=Verdict.CLEAR,
        lever=lever,
        at=float(comparisons[place - 1].after),
        is_low=sign < 0,
        first=float(comparisons[0].before),
        last=float(comparisons[-1].after),
        from_first=float(middle[0]),
        from_last=float(middle[1]),
        luck_of_first=luck[0],
        luck_of_last=luck[1],
    )


def with_peak(study: Study, cases: Cases, regions: Sequence[Region]) -> list[Region]:
    """The *regions* of an axis, with which is a peak of the effect of *cases* and which stand out;
    those in between are compared with both ends in the same draws of points and replicates.
    """
    last = len(regions) - 1
    ends = [region._replace(stands_out=place in (0, last)) for place, region in enumerate(regions)]
    if len(regions) < FEWEST:
        return ends

    def statistic(sample: Array, rows: Rows) -> Array:
        parts = (sample[region.members[rows]] for region in regions)
        return np.array([mean_over_replicates(mean_over_replicates(part)) for part in parts])

    means = statistic(cases.differences, np.arange(len(cases.frame)))
    place, sign = _farthest(means)

    def beyond(sample: Array, rows: Rows) -> Array:
        each = statistic(sample, rows)
        return sign * (each[place] - each[[0, -1]])

    middle = sign * (means[place] - means[[0, -1]])
    if not (middle > 0).all():
        return ends
    half = spread(beyond, cases.differences, study.common_luck, study.generator(OF_EFFECT)).both
    is_peak = bool((middle > more_sure(half, 2 * (len(means) - 2))).all())
    is_whole_beyond = bool((sign * (cases.means.mean() - means[[0, -1]]) > 0).all())
    ends[place] = ends[place]._replace(is_peak=is_peak, stands_out=is_peak or is_whole_beyond)
    return ends


def _farthest(means: Array) -> tuple[int, int]:
    """The place between both ends at which *means* lie farthest beyond both, and on which side:
    1 above, -1 below.
    """
    return max(
        ((place, sign) for place in range(1, len(means) - 1) for sign in (1, -1)),
        key=lambda one: min(one[1] * (means[one[0]] - means[[0, -1]])),
    )


def _means(values: Array) -> Array:
    """[V] the mean over cases and replicates of *values* [C, V, R]."""
    return mean_over_replicates(mean_over_replicates(values).T)
