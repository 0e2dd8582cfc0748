"""Escalation: a chain of blows as a branching process (Harris 1963, The Theory of Branching
Processes).

Each blow is answered R times on average; while R is below 1 a chain has 1 / (1 - R) blows on
average, the first included. In Parley that is the stage *respond*, between states that are all
alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from math import sqrt
from statistics import fmean, stdev

import numpy as np

from sim.classics.classic import Check, Replication
from sim.classics.crowd import crowd_of
from sim.classics.picture import Picture, reference, steps, trace
from sim.dials.dial import dials_of
from sim.engine.arrays import Variables
from sim.engine.outputs import WORLD_COLUMNS
from sim.engine.rounds import only
from sim.engine.stages.respond import MOST_BLOWS
from sim.experiments.simulate import Replicate
from sim.parameters import DIALS as MODEL_DIALS
from sim.parameters import Lever, Values
from sim.theory.retaliation import mean_offspring

RESPONSES = only("respond")
PICTURED = (0.2, 0.4, 0.6, 0.8, 1.0)  # chances to strike back
# standard errors by which the model's limit to a chain may shorten the mean without a remark
UNNOTICED = 0.1


class Escalation:
    strike_back = replace(MODEL_DIALS["strike_back"])
    firebreak = replace(MODEL_DIALS["firebreak"])
    leave_cyberspace = replace(MODEL_DIALS["leave_cyberspace"])
    allies_join = replace(MODEL_DIALS["allies_join"])
    chains = Lever(
        2000,
        between=(100, 20_000),
        whole=True,
        unit="chains",
        source="many",
        meaning="chains that a replicate follows",
    )


DIALS = dials_of(Escalation)


def checks(parameters: Values, replication: Replication) -> Iterator[Check | str]:
    """The mean length of a chain."""
    answer = mean_offspring(
        parameters.strike_back, parameters.firebreak, parameters.leave_cyberspace, 0.0
    )
    twice = answer * parameters.allies_join
    offspring = (
        1 - answer,
        answer - twice,
        twice,
    )  # the chances of no answer, of one and of a double one
    r = answer + twice
    lengths = replication.each(partial(mean_length, parameters, replication.seed))
    expected = 1 + r * blows_answered(offspring)
    if r < 1:
        # The variance of the total progeny is that of the offspring, / (1 - R)^3.
        error = sqrt(
            (answer + 3 * twice - r * r)
            / (1 - r) ** 3
            / (parameters.chains * replication.replicates)
        )
        if 1 / (1 - r) - expected <= UNNOTICED * error:
            yield Check(
                f"mean length of a chain, R = {r:.3g}", 1 / (1 - r), fmean(lengths), 2 * error
            )
            return
    uncut = f"be {1 / (1 - r):.3g}" if r < 1 else "have no bound"
    yield (
        f"The model cuts chains off at {MOST_BLOWS} blows; uncut, with R = {r:.3g}, their mean"
        f" length would {uncut}."
    )
    if replication.replicates == 1:
        yield (
            f"One replicate has no standard error: its mean is {lengths[0]:.3f}, where"
            f" {expected:.3f} is expected."
        )
        return
    error = stdev(lengths) / sqrt(replication.replicates)
    yield Check(
        f"mean length of a chain, cut off, R = {r:.3g}", expected, fmean(lengths), 2 * error
    )


def blows_answered(offspring: tuple[float, float, float]) -> float:
    """The mean number of blows of a chain that are processed before it ends or is cut off.

    Blows wait in a queue; a blow that is processed leaves the queue, and its answers join it.
    """
    waiting = np.array([0.0, 1.0])  # the chance that so many wait
    processed = 0.0
    for _ in range(MOST_BLOWS):
        processed += waiting[1:].sum()
        waiting = np.convolve(waiting[1:], offspring)
    return float(processed)


def mean_length(parameters: Values, seed: int, replicate: int) -> float:
    """The mean length of chains, each set off by one traced operation against the next state."""
    response = {
        name: parameters[name]
        for name in ("strike_back", "firebreak", "leave_cyberspace", "allies_join")
    }
    world = Replicate(crowd_of(int(parameters.chains), response), seed, replicate)
    state: Variables = world.state
    operations = state.operation
    operations.author = operations.traced_to = np.arange(operations.size)
    operations.target = operations.victim = np.roll(operations.author, -1)
    operations.act = operations.named = 0
    operations.severity = 1.0
    state.size[0] = operations.size
    counts = world.play(0, RESPONSES)
    return 1 + float(counts[WORLD_COLUMNS.index("strikes")]) / operations.size


def picture(parameters: Values, replication: Replication) -> Picture:
    """The mean length of a chain by how often a blow is answered: in theory, and simulated as
    readiness rises.
    """
    answers, lengths = [], []
    for readiness in PICTURED:
        of = Values(
            DIALS,
            {**{name: parameters[name] for name in DIALS}, "strike_back": readiness},
            "picture",
        )
        answer = mean_offspring(readiness, parameters.firebreak, parameters.leave_cyberspace, 0.0)
        answers.append(answer * (1 + parameters.allies_join))
        lengths.append(fmean(replication.each(partial(mean_length, of, replication.seed))))
    rates = steps(0.0, max(*answers, 0.7), 57)
    in_theory = reference("1 / (1 − R)", rates, [1 / (1 - rate) for rate in rates])
    traces = in_theory, trace("simulated", answers, lengths, dots=True)
    return Picture("answers to a blow, R", "blows in a chain", traces)
