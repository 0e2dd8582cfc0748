"""Affinity: nearness of one's own position on governance to the text's (constructivism)."""

from __future__ import annotations

import math

from sim.compiled import compiled
from sim.kinds_and_statuses import TRAIT
from sim.motives.motive import Motive, Weight

_SQRT_HALF = 0.7071067811865476


@compiled
def governance_distance(openness, public_rule, other_openness, other_public_rule):
    """Distance of two positions in (openness, public rule): 0 the same, 1 opposite corners."""
    across, along = openness - other_openness, public_rule - other_public_rule
    return math.sqrt(across * across + along * along) * _SQRT_HALF


@compiled
def affinity(openness, public_rule, text_openness, text_public_rule):
    """1 at the text's own position, -1 at the opposite corner (Finnemore and Sikkink 1998)."""
    return 1.0 - 2.0 * governance_distance(openness, public_rule, text_openness, text_public_rule)


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """The affinity of *i*."""
    text = codes.traits[code]
    return affinity(
        variables.traits[TRAIT.openness, i],
        variables.traits[TRAIT.public_rule, i],
        text.openness,
        text.public_rule,
    )


NEARNESS = "nearness to the text on openness and public rule"

MOTIVE = Motive(
    name="affinity",
    place=10,
    value=value,
    weights={
        "state": Weight(NEARNESS, start=2.5, label="weight of nearness to the text, states"),
        "firm": Weight(NEARNESS, start=4.9, label="weight of nearness to the text, firms"),
        "ngo": Weight(NEARNESS, start=6.7, label="weight of nearness to the text, NGOs"),
    },
    formula={
        "all": (
            "1 - 2 · distance to the text in (openness, public rule), the distance being 1 between"
            " opposite corners"
        )
    },
    source="Finnemore and Sikkink 1998",
    lenses=("constructivist",),
    of_text="public rule",
)
