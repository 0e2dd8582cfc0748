"""Escalation: a chain of blows as a branching process (Harris 1963, The Theory of Branching Processes).

Each blow is answered R times on average; while R is below 1 a chain has 1 / (1 - R) blows on average, the first
included. In this model that is the stage *respond* itself, between states that are all alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from math import sqrt
from statistics import fmean, stdev

import numpy as np

from sim.classics.classic import Check, Luck
from sim.classics.crowd import crowd
from sim.engine import rounds as engine
from sim.engine.arrays import State
from sim.engine.outputs import WORLD_COLUMNS
from sim.engine.stages.respond import MOST_BLOWS
from sim.experiments.simulate import Replicate
from sim.parameters import DIALS as MODEL
from sim.parameters import Lever, Values
from sim.parameters.declaration import declared
from sim.theory.retaliation import mean_offspring

RESPONDING = engine.only("respond")
UNNOTICED = 0.1  # standard errors by which the engine's limit to a chain may shorten the mean without a word


class Escalation:
    strike_back = replace(MODEL["strike_back"])
    firebreak = replace(MODEL["firebreak"])
    leave_cyberspace = replace(MODEL["leave_cyberspace"])
    allies_join = replace(MODEL["allies_join"])
    chains = Lever(
        2000, between=(100, 20_000), whole=True, unit="chains", source="many", meaning="chains that a replicate follows"
    )


DIALS = declared(Escalation)


def checks(values: Values, luck: Luck) -> Iterator[Check | str]:
    """The mean length of a chain."""
    answer = mean_offspring(values.strike_back, values.firebreak, values.leave_cyberspace, 0.0)
    twice = answer * values.allies_join
    offspring = (1 - answer, answer - twice, twice)  # the chances of no answer, of one and of a double one
    r = answer + twice
    lengths = luck.each(partial(mean_length, values, luck.seed))
    expected = 1 + r * blows_answered(offspring)
    if r < 1:
        # The variance of the total progeny is that of the offspring, / (1 - R)^3.
        error = sqrt((answer + 3 * twice - r * r) / (1 - r) ** 3 / (values.chains * luck.replicates))
        if 1 / (1 - r) - expected <= UNNOTICED * error:
            yield Check(f"mean length of a chain, R = {r:.3g}", 1 / (1 - r), fmean(lengths), 2 * error)
            return
    uncut = f"be {1 / (1 - r):.3g}" if r < 1 else "have no bound"
    yield f"The model cuts chains off at {MOST_BLOWS} blows; uncut, with R = {r:.3g}, their mean length would {uncut}."
    if luck.replicates == 1:
        yield f"One replicate has no standard error: its mean is {lengths[0]:.3f}, where {expected:.3f} is expected."
        return
    error = stdev(lengths) / sqrt(luck.replicates)
    yield Check(f"mean length of a chain, cut off, R = {r:.3g}", expected, fmean(lengths), 2 * error)


def blows_answered(offspring: tuple[float, float, float]) -> float:
    """How many blows of a chain are looked at, on average, before it ends or is cut off.

    Blows wait in a line; each one that is looked at leaves it and brings its answers.
    """
    waiting = np.array([0.0, 1.0])  # the chance that so many wait
    looked_at = 0.0
    for _ in range(MOST_BLOWS):
        looked_at += waiting[1:].sum()
        waiting = np.convolve(waiting[1:], offspring)
    return float(looked_at)


def mean_length(values: Values, seed: int, replicate: int) -> float:
    """The mean length of the chains that as many traced operations set off, each against the next state."""
    struck = {name: values[name] for name in ("strike_back", "firebreak", "leave_cyberspace", "allies_join")}
    world = Replicate(crowd(int(values.chains), struck), seed, replicate)
    state: State = world.state
    operations = state.operation
    operations.author = operations.traced_to = np.arange(operations.size)
    operations.target = operations.victim = np.roll(operations.author, -1)
    operations.provision = operations.named = operations.against = 0
    operations.severity = 1.0
    state.size[0] = operations.size
    counts = world.play(0, RESPONDING)
    return 1 + float(counts[WORLD_COLUMNS.index("strikes")]) / operations.size
