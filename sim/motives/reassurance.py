"""Reassurance: the restraint that a text asks is aimed at others, if one's own side wrote it (Kydd
2005).

No lens but the full one admits it: to a realist the words of a text decide nothing.
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.kinds_and_statuses import TRAIT
from sim.motives.direction import direction
from sim.motives.motive import Motive, Weight

OWN_SIDE = 0.1  # direction from which on a text is plainly of one's own side


@compiled
def reassurance(depth_of_restraint, offence, closeness, same_side):
    """The means that a code of this depth asks for, times the *closeness* to the convenor, where
    the direction of the text (*same_side*) is positive, in full from OWN_SIDE on: whoever is near
    to the author of a text of its own side has little to fear from it (Kydd 2005).
    """
    return depth_of_restraint * offence * closeness * min(1.0, max(0.0, same_side) / OWN_SIDE)


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """The reassurance of state *i*; the convenor, of whom no restraint is asked, needs none."""
    text = codes.traits[code]
    if text.convenor == i:
        return 0.0
    same_side = direction(variables.traits[TRAIT.openness, i], text.openness)
    return reassurance(
        text.depth_restraint,
        variables.traits[TRAIT.offence, i],
        codes.convenor[code, 0, i],
        same_side,
    )


MOTIVE = Motive(
    name="reassurance",
    place=105,
    value=value,
    weights={
        "state": Weight(
            "a convenor near to it, and a text of its side",
            between=(0.0, 40.0),
            start=5.0,
            scale=4.0,
            label="weight of reassurance by the convenor, states",
        )
    },
    formula={
        "states": (
            f"d_R · o · closeness to the convenor · (direction / {OWN_SIDE}, from 0 to 1); 0 for"
            " the convenor"
        )
    },
    source="Kydd 2005",
    one_text=False,  # by one text it is less restraint for some
    of_text="convenor",
)
