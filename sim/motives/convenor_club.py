"""The convenor's club: membership in the organisation in which the convenor leads (leadership)."""

from __future__ import annotations

from sim.compiled import compiled
from sim.motives.motive import Motive, Weight


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """1 for members, 0 for others."""
    return codes.convenor[code, 1, i]


MOTIVE = Motive(
    name="convenor_club",
    place=30,
    value=value,
    weights={
        "state": Weight(
            "membership in the convenor's club",
            start=0.0,
            scale=0.5,
            label="weight of the convenor's club, states",
        )
    },
    formula={"states": "membership in the convenor's club, 0 or 1"},
    of_text="convenor",
)
