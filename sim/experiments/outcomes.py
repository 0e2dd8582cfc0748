"""From numbers per replicate to the table of outcomes: intervals for what is fitted, ranges for what is assumed."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from sim.record import FITTED, OUTCOMES, Array, Summaries

PERCENTILES = (5, 50, 95)


def outcome_frame(by_replicate: Summaries, at_corners: list[Summaries]) -> pd.DataFrame:
    """Tidy: outcome, label, unit, by (kind, group or ""), part, when (end or total), basis, median, low, high.

    A fitted outcome has its median and 90 % interval over the replicates. An assumed one has no median: it is given as
    the range over all combinations of assumptions (*at_corners*) and their luck.
    """
    rows = []
    for outcome in OUTCOMES.values():
        for part in outcome.parts:
            key = (outcome.name, part)
            if outcome.basis == FITTED:
                low, median, high = (float(number) for number in np.percentile(by_replicate[key], PERCENTILES))
            else:
                low, high = range_over(corner[key] for corner in at_corners)
                median = float("nan")
            rows.append((*key, outcome.label, outcome.unit, outcome.by, outcome.when, outcome.basis, median, low, high))
    columns = ["outcome", "part", "label", "unit", "by", "when", "basis", "median", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def range_over(corners: Iterable[Array]) -> tuple[float, float]:
    """From the lowest 5th to the highest 95th percentile of any corner; not a number where nobody could be measured."""
    measured = [numbers[~np.isnan(numbers)] for numbers in corners]
    ends = [np.percentile(numbers, (PERCENTILES[0], PERCENTILES[-1])) for numbers in measured if numbers.size]
    if not ends:
        return float("nan"), float("nan")
    return float(min(low for low, _ in ends)), float(max(high for _, high in ends))
