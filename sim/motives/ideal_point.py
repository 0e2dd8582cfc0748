"""Ideal point: whether state and text stand on the same side of the General Assembly's main divide.

The first dimension of its votes runs from those who contest the liberal order to those who uphold
it. An open text is of that order, a closed one contests it.
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.motives.direction import side
from sim.motives.motive import Motive, Weight


@compiled
def alignment_with_text(ideal_point, text_openness):
    """Ideal point, from -1 to 1 about the median state, times the text's side (Bailey, Strezhnev
    and Voeten 2017).
    """
    return ideal_point * side(text_openness)


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """The alignment of state *i* with the text."""
    return alignment_with_text(population.people.ideal_point[i], codes.traits[code].openness)


MOTIVE = Motive(
    name="ideal_point",
    place=14,
    value=value,
    weights={
        "state": Weight(
            "being on the text's side in UN votes",
            start=2.0,
            label="weight of the side in UN votes, states",
        )
    },
    formula={
        "states": "UN ideal point, from -1 to 1 about the median · (2 openness of the text - 1)"
    },
    source="Bailey, Strezhnev and Voeten 2017",
    lenses=("constructivist",),
    one_text=False,  # by one text it is openness, or the ideal point, alone
    of_text="openness",
)
