"""Granovetter (1978), Threshold models of collective behavior, American Journal of Sociology 83(6).

Two crowds differ in one person: with thresholds 0, 1, 2 and so on all act in the end; where one of
the thresholds is missing, only those below it do. In Parley a threshold is the motive restraint,
and the crowd is the motive peers.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.classics.classic import Check, Replication
from sim.classics.crowd import EVERYBODY_EVERY_ROUND, Array, Crowd, crowd_of, growth, spread
from sim.classics.graphs import complete
from sim.classics.picture import Picture, trace
from sim.dials.dial import dials_of
from sim.errors import InputError
from sim.parameters import Lever, Values

SOURCE = "Granovetter 1978"


class Granovetter:
    people = Lever(
        100,
        between=(2, 500),
        whole=True,
        unit="people",
        source=SOURCE,
        meaning="how many there are, with thresholds 0, 1, 2 and so on",
    )
    raised_threshold = Lever(
        1,
        between=(0, 499),
        whole=True,
        unit="people",
        source=SOURCE,
        meaning="the threshold that is one higher in the second crowd",
    )


DIALS = dials_of(Granovetter)


def checks(parameters: Values, replication: Replication) -> Iterator[Check | str]:
    """Both crowds; nothing is random."""
    people, threshold = int(parameters.people), int(parameters.raised_threshold)
    if threshold >= people:
        raise InputError(
            f"raised_threshold is {threshold}, expected one of the thresholds from 0 to"
            f" {people - 1}"
        )
    even = np.arange(people)
    for name, thresholds in (
        (f"act, with thresholds 0 to {people - 1}", even),
        (
            f"act, with the threshold {threshold} raised to {threshold + 1}",
            even + (even == threshold),
        ),
    ):
        yield Check(name, acting(thresholds), simulated(thresholds), 0)
    yield "Nothing is drawn here: neither seed nor replicates change anything."


def acting(thresholds: Array) -> int:
    """The equilibrium: the least number r of people such that no more than r have a threshold of r
    or less.
    """
    return next(r for r in range(len(thresholds) + 1) if (thresholds <= r).sum() <= r)


def simulated(thresholds: Array) -> int:
    """The number of members where everybody is tied to everybody and joins as soon as enough others
    have.
    """
    return spread(crowd(thresholds))


def crowd(thresholds: Array) -> Crowd:
    """Those people, everybody tied to everybody."""
    others = len(thresholds) - 1
    dials = {
        "state_peers": 1,
        "state_restraint": len(thresholds) / others,
        "state_inclination": (
            0.5 / others
        ),  # half a person of margin, so that rounding decides nothing
        **EVERYBODY_EVERY_ROUND,
    }
    return crowd_of(len(thresholds), dials, complete(len(thresholds)), thresholds / len(thresholds))


def picture(parameters: Values, replication: Replication) -> Picture:
    """How many act, round by round, in both crowds."""
    even, threshold = np.arange(int(parameters.people)), int(parameters.raised_threshold)
    first = list(growth(crowd(even)))
    second = list(growth(crowd(even + (even == threshold))))
    second += second[-1:] * (len(first) - len(second))
    acts = "acts" if second[-1] == 1 else "act"
    names = f"{first[-1]} act", f"one person differs: {second[-1]} {acts}"
    traces = (
        trace(name, range(len(of)), of) for name, of in zip(names, (first, second), strict=True)
    )
    return Picture("rounds", "people who act", tuple(traces))
