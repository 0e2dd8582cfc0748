"""The convenor's bloc: a seat beside the convenor in the European Union (leadership)."""

from __future__ import annotations

from sim.compiled import compiled
from sim.motives.motive import Motive, Weight


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """1 for members of the convenor's bloc, 0 for others."""
    return codes.convenor[code, 2, i]


MOTIVE = Motive(
    name="convenor_bloc",
    place=40,
    value=value,
    weights={
        "state": Weight(
            "a seat beside the convenor in its bloc",
            start=0.5,
            label="weight of the convenor's bloc, states",
        )
    },
    formula={"states": "a seat beside the convenor in its bloc, 0 or 1"},
    of_text="convenor",
)
