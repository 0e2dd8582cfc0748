"""The convenor's votes: closeness to the convenor in the General Assembly (leadership)."""

from __future__ import annotations

from functools import lru_cache

from sim.compiled import compiled, in_plain_python
from sim.motives.motive import Motive, Weight


@compiled
def convenor_closeness(ideal_point, convenor_ideal_point, largest_distance):
    """Closeness to the convenor in UN votes: 1 its own ideal point, 0 the farthest state's; on any
    scale (Bailey, Strezhnev and Voeten 2017).
    """
    return 1.0 - abs(ideal_point - convenor_ideal_point) / largest_distance


@lru_cache(maxsize=64)  # many texts are tried one after the other under the same convenor
def closeness_of_states(ideal_points: tuple[float, ...], convenor: int) -> tuple[float, ...]:
    """That of each state to the one at the place *convenor*, all of them 1 where all states vote
    alike.
    """
    own, closeness = ideal_points[convenor], in_plain_python(convenor_closeness)
    farthest = max(abs(each - own) for each in ideal_points) or 1.0
    return tuple(round(closeness(each, own, farthest), 6) for each in ideal_points)


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """The closeness of state *i*."""
    return codes.convenor[code, 0, i]


MOTIVE = Motive(
    name="convenor_votes",
    place=20,
    value=value,
    weights={
        "state": Weight(
            "UN votes like the convenor's",
            start=1.9,
            label="weight of the convenor's votes, states",
        )
    },
    formula={
        "states": (
            "closeness to the convenor in UN votes, 1 at its ideal point and 0 at the farthest"
            " state's"
        )
    },
    source="Bailey, Strezhnev and Voeten 2017",
    of_text="convenor",
)
