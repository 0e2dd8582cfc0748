"""Burden: the effort that the text asks for, where the means are lacking (capacity)."""

from __future__ import annotations

from sim.compiled import compiled
from sim.kinds_and_statuses import TRAIT
from sim.motives.motive import Motive, Weight


@compiled
def burden(depth_of_burden, capacity):
    """Minus the effort that a code of this depth asks for, times the capacity that is lacking."""
    return -depth_of_burden * (1.0 - capacity)


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """The burden on *i*."""
    return burden(codes.traits[code].depth_burden, variables.traits[TRAIT.capacity, i])


BETWEEN = (0.0, 40.0)

MOTIVE = Motive(
    name="burden",
    place=110,
    value=value,
    weights={
        "state": Weight(
            "the means that taking part would need",
            BETWEEN,
            start=12.0,
            scale=5.0,
            label="weight of the means it would need, states",
        ),
        "firm": Weight(
            "the means that compliance would need",
            BETWEEN,
            start=7.8,
            label="weight of the means it would need, firms",
        ),
        "ngo": Weight(
            "the means that compliance would need",
            BETWEEN,
            start=6.0,
            label="weight of the means it would need, NGOs",
        ),
    },
    formula={"all": "-d_B · (1 - c)"},
    lenses=("realist", "institutionalist"),
    of_text="burden",
)
