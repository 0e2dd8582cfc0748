"""Where along a lever an outcome is highest or lowest, if that lies inside its range."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.analysis.bootstrap import Rows, mean_over_replicates, more_sure, spread
from sim.analysis.effects import Cases
from sim.analysis.study import Column, Study
from sim.experiments.outcomes import Array
from sim.findings import Interval, Peak, Verdict

GENERATOR = 6  # purpose of its random numbers
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
    place, sign = max(
        ((place, sign) for place in range(1, len(means) - 1) for sign in (1, -1)),
        key=lambda one: min(one[1] * (means[one[0]] - means[[0, -1]])),
    )

    def statistic(sample: Array, _: Rows) -> Array:
        each = _means(sample)
        return sign * (each[place] - each[[0, -1]])

    middle = statistic(values, np.arange(len(values)))
    half = spread(statistic, values, study.common_luck, study.generator(GENERATOR)).both
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


def _means(values: Array) -> Array:
    """[V] the mean over cases and replicates of *values* [C, V, R]."""
    return mean_over_replicates(mean_over_replicates(values).T)
