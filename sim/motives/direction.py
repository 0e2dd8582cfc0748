"""Direction: whether state and text stand on the same side of the middle between control and
openness.

Nearness (affinity) says who finds a text agreeable; direction says whose text it is: on an issue
with two camps one backs whoever is on one's own side, and the more so the farther both stand from
the middle.
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.kinds_and_statuses import TRAIT
from sim.motives.motive import Motive, Weight


@compiled
def side(openness):
    """Side of a position: -1 state control, 0 the middle, 1 open and rights-based."""
    return 2.0 * openness - 1.0


@compiled
def direction(openness, text_openness):
    """Product of both sides, from -1 to 1 (directional voting: Rabinowitz and Macdonald 1989)."""
    return side(openness) * side(text_openness)


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """The direction of the text as state *i* sees it."""
    return direction(variables.traits[TRAIT.openness, i], codes.traits[code].openness)


MOTIVE = Motive(
    name="direction",
    place=12,
    value=value,
    weights={
        "state": Weight(
            "being on the text's side of openness",
            start=2.0,
            label="weight of the text's side, states",
        )
    },
    formula={"states": "(2 openness - 1) · (2 openness of the text - 1)"},
    source="Rabinowitz and Macdonald 1989",
    lenses=("constructivist",),
    one_text=False,  # by one text it is openness, or the ideal point, alone
    of_text="openness",
)
