"""The instruments nearest to a text, and whether it is farther from them than they are from each
other.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import dist
from typing import NamedTuple

from sim.code_of_conduct import Code
from sim.evidence.instruments import Instrument
from sim.evidence.texts.data import Rows
from sim.scenario.text_weights import features_of


class Neighbour(NamedTuple):
    """An instrument, and its `distance` from a text, from 0 to 2."""

    rows: Rows
    distance: float


def distance(first: Code, second: Code) -> float:
    """The distance of two texts in openness, public rule, restraint and burden (Euclid's)."""
    return round(dist(features_of(first), features_of(second)), 6)


def neighbours(text: Instrument, others: Sequence[Rows]) -> list[Neighbour]:
    """All *others* by their distance from *text*; of those equally far, the ones of its kind
    first.
    """
    pairs = [
        Neighbour(each, distance(text.scenario.code, each.instrument.scenario.code))
        for each in others
    ]
    return sorted(
        pairs,
        key=lambda pair: (pair.distance, pair.rows.instrument.kind != text.kind, pair.rows.name),
    )


def widest_gap(rows: Sequence[Rows]) -> float:
    """How far the instrument that is farthest from all others lies from the nearest of another
    family.
    """
    return max(
        min(
            distance(each.instrument.scenario.code, other.instrument.scenario.code)
            for other in rows
            if other.instrument.family != each.instrument.family
        )
        for each in rows
    )
