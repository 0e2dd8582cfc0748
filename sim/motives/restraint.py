"""Restraint: the offensive means that the text asks one to give up (realism)."""

from __future__ import annotations

from sim.compiled import compiled
from sim.kinds_and_statuses import TRAIT
from sim.motives.motive import Motive, Weight


@compiled
def restraint(depth_of_restraint, offence):
    """Minus the offensive means that a code of this depth asks one to give up (Downs, Rocke and
    Barsoom 1996).
    """
    return -depth_of_restraint * offence


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """The restraint asked of state *i*; whoever wrote the text asks it of others."""
    if codes.traits[code].convenor == i:
        return 0.0
    return restraint(codes.traits[code].depth_restraint, variables.traits[TRAIT.offence, i])


MOTIVE = Motive(
    name="restraint",
    place=100,
    value=value,
    weights={
        "state": Weight(
            "the offensive means that restraint would give up",
            between=(0.0, 40.0),
            start=20.0,
            scale=4.0,
            label="weight of the means to give up, states",
        )
    },
    formula={"states": "-d_R · o; 0 for the convenor, whose own text it is"},
    source="Downs, Rocke and Barsoom 1996",
    lenses=("realist",),
    of_text="restraint",
)
