"""Brock and Durlauf (2001), Discrete choice with social interactions, Review of Economic Studies
68(2).

Everybody prefers the choice of the majority, with noise. The mean choice m, from -1 to 1, then
solves m = tanh(h + J m), where both h and J are multiplied by beta, the precision of choice. Where
J is above 1 and h small there are three solutions, of which the outer two are stable. In Parley h
is the inclination, J the weight of the motive security, which moves with the share of signatories,
and signatories reconsider as often and as freely as others decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from math import tanh
from statistics import fmean

from sim.classics.classic import Check, Replication
from sim.classics.crowd import MEAN_FIELD, crowd_of, rounds
from sim.classics.picture import Picture, reference, steps, trace
from sim.dials.dial import dials_of
from sim.parameters import Lever, Values

SOURCE = "Brock and Durlauf 2001"
TOLERANCE = 0.01
SETTLING, AVERAGED = 100, 200  # rounds
PICTURED = (0.25, 0.5, 0.75, 1.25, 1.5, 1.75, 2.0)  # interactions
FLAT = 0.15  # slope of m - tanh(h + J m) below which so few people do not stay near a solution


class BrockDurlauf:
    people = Lever(
        10_000,
        between=(10_000, 200_000),
        whole=True,
        unit="people",
        source="many",
        meaning="how many there are",
    )
    interaction = Lever(
        1.5,
        between=(0, 4),
        unit="logits",
        source=SOURCE,
        meaning="beta J: how far the choice of all others counts",
    )
    weak_interaction = Lever(
        0.5,
        between=(0, 4),
        unit="logits",
        source=SOURCE,
        meaning="beta J in the second population, below 1 by default",
    )
    private_utility = Lever(
        0.0,
        between=(-2, 2),
        unit="logits",
        source=SOURCE,
        meaning="beta h: how far everybody prefers one choice anyway",
    )


DIALS = dials_of(BrockDurlauf)


def checks(parameters: Values, replication: Replication) -> Iterator[Check | str]:
    """Both populations, each from the start where all have chosen 1 and from the start where none
    has.
    """
    for interaction in (parameters.interaction, parameters.weak_interaction):
        for start in (1, -1):
            expected = solution(parameters.private_utility, interaction, start)
            mean = fmean(
                replication.each(
                    partial(simulated, parameters, interaction, start, replication.seed)
                )
            )
            name = f"mean choice, beta J = {interaction:g}, from {'all' if start > 0 else 'none'}"
            if 1 - interaction * (1 - expected**2) < FLAT:
                yield (
                    f"The {name}: two solutions are too near each other to be checked; simulated,"
                    f" it is {mean:.3f}."
                )
            else:
                yield Check(name, expected, mean, TOLERANCE)


def solution(private: float, interaction: float, start: float) -> float:
    """The solution of m = tanh(h + J m) that is nearest to *start*, 1 or -1."""
    mean, before = start, 2.0
    while abs(mean - before) > 1e-12:
        before, mean = mean, tanh(private + interaction * mean)
    return round(mean, 9) + 0.0  # 0.0 instead of -0.0


def simulated(
    parameters: Values, interaction: float, start: int, seed: int, replicate: int
) -> float:
    """The mean choice over AVERAGED rounds, after SETTLING rounds."""
    dials = {
        "state_attention_base": 1,
        "exit_attention": 1,
        "exit_cost": 0,
        # The value of signing is twice h + J m, as choices are 1 and -1 there; and m is 2 F - 1.
        "state_inclination": 2 * (parameters.private_utility - interaction),
        "state_security": 4 * interaction,
        **MEAN_FIELD,
    }
    states = rounds(
        crowd_of(int(parameters.people), dials), None, seed, replicate, joined=start > 0
    )
    return fmean(
        2 * float(state.code.offence_share[0]) - 1
        for state in islice(states, SETTLING, SETTLING + AVERAGED)
    )


def picture(parameters: Values, replication: Replication) -> Picture:
    """The mean choice by interaction, from both starts: the solutions, and what people settle
    on.
    """
    line, traces = steps(0.0, 2.1, 64), []
    for start, name in ((1, "all began by signing"), (-1, "nobody began by signing")):
        traces.append(
            reference(
                "", line, [solution(parameters.private_utility, each, start) for each in line]
            )
        )
        means = [
            simulated(parameters, interaction, start, replication.seed, 0)
            for interaction in PICTURED
        ]
        traces.append(trace(name, PICTURED, means, dots=True))
    return Picture("how far others' choice counts, β J", "mean choice, from −1 to 1", tuple(traces))
