"""The record: commitments made before (path dependence). A fact about a state, which stands with
its traits.
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.motives.direction import side
from sim.motives.motive import Motive, Weight


@compiled
def record(prior_commitments, text_openness):
    """Prior commitments, all to open texts, times the side of this one: they speak for texts like
    those that they were made to, and against texts of the other side (path dependence: Pierson
    2000).
    """
    return prior_commitments * side(text_openness)


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """The prior commitments of *i*, or of an NGO's home state, toward this text."""
    return record(population.people.record[i], codes.traits[code].openness)


MOTIVE = Motive(
    name="record",
    place=50,
    value=value,
    weights={
        "state": Weight(
            "the open agreements on cyberspace it had joined",
            start=2.3,
            scale=0.5,
            label="weight of agreements joined before, states",
        ),
        "ngo": Weight(
            "the open agreements on cyberspace its home state had joined",
            label="weight of agreements the home state had joined, NGOs",
        ),
    },
    formula={
        "states, NGOs": (
            "its prior commitments, an NGO's those of its home · (2 openness of the text - 1)"
        )
    },
    source="Pierson 2000",
    lenses=("constructivist",),
    of_text="openness",
)
