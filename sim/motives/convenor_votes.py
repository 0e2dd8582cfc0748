"""The convenor's votes: closeness to the convenor in the General Assembly (leadership)."""

from __future__ import annotations

from sim.compiled import compiled
from sim.motives.motive import Motive, Weight


@compiled
def convenor_closeness(ideal_point, convenor_ideal_point, largest_distance):
    """Closeness to the convenor in UN votes: 1 its own ideal point, 0 the farthest state's; on any scale (Bailey,
    Strezhnev and Voeten 2017).
    """
    return 1.0 - abs(ideal_point - convenor_ideal_point) / largest_distance


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """The closeness of state *i*."""
    return codes.convenor[code, 0, i]


MOTIVE = Motive(
    name="convenor_votes",
    place=20,
    value=value,
    weights={"state": Weight("UN votes like the convenor's", start=1.9)},
    formula={"states": "closeness to the convenor in UN votes, 1 at its ideal point and 0 at the farthest state's"},
    source="Bailey, Strezhnev and Voeten 2017",
    of_text="convenor",
)
