"""Claims of a lesson, each held against its worlds at 95 % confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.experiments.intervals import CONFIDENCE, mean_interval
from sim.lessons.quantity import Quantity
from sim.lessons.worlds import Worlds

ABOVE, BELOW, EQUALS, COVERS = "above", "below", "equals", "covers"
RELATIONS = (ABOVE, BELOW, EQUALS, COVERS)


@dataclass(frozen=True)
class Claim:
    """A claim in *words* about the quantity *of*: that its mean lies above or below *to* with the
    whole of its 95 % interval (95 % of its range, where there is no mean), that it equals it in
    every world, or that 95 % of worlds cover it. *to* is a number or the name of another quantity.
    *side* says which of the two sides it shows.
    """

    words: str
    of: str
    relation: str
    to: float | str
    side: str = ""


class Finding(NamedTuple):
    """Whether a *claim* holds, the mean of its quantity, and the ends of the interval that
    decided.
    """

    claim: Claim
    holds: bool
    mean: float
    low: float
    high: float


def finding(claim: Claim, quantities: Mapping[str, Quantity], worlds: Worlds) -> Finding:
    """Whether *claim* holds in *worlds*."""
    to = quantities[claim.to].mean(worlds) if isinstance(claim.to, str) else claim.to
    sample = quantities[claim.of].sample(worlds)
    numbers = sample.numbers[~np.isnan(sample.numbers)]
    if claim.relation == EQUALS:
        low, high = float(numbers.min()), float(numbers.max())
    elif claim.relation == COVERS or sample.is_range:
        low, high = (
            float(end) for end in np.quantile(numbers, ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
        )
    else:
        _, low, high = mean_interval(numbers) if numbers.size > 1 else (float(numbers[0]),) * 3
    holds = {
        ABOVE: low > to,
        BELOW: high < to,
        EQUALS: low == to == high,
        COVERS: low <= to <= high,
    }[claim.relation]
    return Finding(claim, holds, float(numbers.mean()), low, high)
