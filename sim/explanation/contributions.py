"""The motives by name: what each adds to the value of signing, in logits, on average over the simulated worlds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sim.experiments.outcomes import PERCENTILES, Array
from sim.explanation.weighing import Weighing, added_up
from sim.parameters import DIALS
from sim.theory.motives import NAMES


@dataclass(frozen=True)
class Contribution:
    """One motive: its mean contribution in logits, the 5th and 95th percentile over worlds, and `together`, the mean of
    all who decide together (the same where one decides alone).
    """

    motive: str
    meaning: str
    value: float
    low: float
    high: float
    together: float

    @property
    def differs(self) -> bool:
        """Whether it is not the same in all worlds."""
        return self.low != self.high

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        return asdict(self) | {"speaks": speaks(self.value)}


def speaks(value: float) -> str:
    """Whether a contribution is for signing or against it."""
    return "for" if value > 0 else "against" if value < 0 else "neither"


def motives_of(kind: str) -> list[str]:
    """The motives that stakeholders of *kind* have: those with a weight."""
    return [name for name in NAMES if f"{kind}_{name}" in DIALS]


def meaning(kind: str, motive: str) -> str:
    """A motive in plain words, from the declaration of its weight."""
    return DIALS[f"{kind}_{motive}"].meaning.removeprefix("weight of ")


def contributions(kind: str, weighed: Weighing) -> list[Contribution]:
    """All motives of *kind*, the largest first."""
    low, high = (np.percentile(weighed.own, q, axis=0) for q in (PERCENTILES[0], PERCENTILES[-1]))
    found = []
    for motive in motives_of(kind):
        m = NAMES.index(motive)
        numbers = (float(part[m]) for part in (weighed.means, low, high, weighed.means_together))
        found.append(Contribution(motive, meaning(kind, motive), *numbers))
    return sorted(found, key=lambda c: -abs(c.value))


def total(means: Array) -> float:
    """The value of signing: the sum of mean contributions [motives], in the order in which the engine adds them."""
    return float(added_up(means))
