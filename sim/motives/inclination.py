"""Inclination: the constant of a kind, which no theory explains."""

from __future__ import annotations

from sim.compiled import compiled
from sim.motives.motive import Motive, Weight


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """1 for all."""
    return 1.0


BETWEEN = (-20.0, 20.0)

MOTIVE = Motive(
    name="inclination",
    place=0,
    value=value,
    weights={
        "state": Weight(
            "", BETWEEN, start=0.0, scale=0.5, label="inclination of states",
            words="a general leaning of states, cause unknown",
        ),
        "firm": Weight(
            "", BETWEEN, start=-2.8, label="inclination of firms",
            words="a general leaning of firms, cause unknown",
        ),
        "ngo": Weight(
            "", BETWEEN, start=-2.6, label="inclination of NGOs",
            words="a general leaning of NGOs, cause unknown",
        ),
    },
    formula={"all": "1"},
)  # fmt: skip
