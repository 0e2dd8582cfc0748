"""All dials of the model, those of the world and the weights of motives; `AT` has the column of
each in the array that compiled code reads.
"""

from __future__ import annotations

from collections import namedtuple

from sim.dials import CONDUCT_DIALS, WORLD_DIALS
from sim.dials.dial import Dial, Fitted, Lever, Resolution, Uncertainty, Values, dial_named
from sim.motives import WEIGHTS

for name in WORLD_DIALS.keys() & WEIGHTS.keys():
    raise ValueError(f"{name} is a dial and the weight of a motive, expected two names")
DIALS: dict[str, Dial] = {**WORLD_DIALS, **WEIGHTS}

AT = namedtuple("AT", list(DIALS))(*range(len(DIALS)))  # type: ignore[misc]

__all__ = [
    "AT",
    "CONDUCT_DIALS",
    "DIALS",
    "Dial",
    "Fitted",
    "Lever",
    "Resolution",
    "Uncertainty",
    "Values",
    "content_of",
    "dial_named",
]


def content_of(values: Values) -> dict[str, float]:
    """Dial -> value, for a hash: without a resolution at its default, whose world is that of before
    it was a dial.
    """
    return {
        name: value for name, value in values.items()
        if not isinstance(DIALS[name], Resolution) or value != DIALS[name].default
    }  # fmt: skip
