"""How far the outcomes of the peer's worlds lie from those of the engine's, in standard errors.

Both have luck of their own, so what is compared is the mean of each outcome over worlds, at the
last round or summed from the launch on.
"""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np

from benchmarks.pure_mesa.facts import Facts
from benchmarks.pure_mesa.model import HARM, PeerModel
from sim.engine.outputs import WORLD
from sim.experiments.outcomes import MEASURED, TOTAL, column_names
from sim.experiments.simulate import AllOutputs, Setting, simulate
from sim.mesa.readings import NAMES, Counts, readings

Array = Any
SUMMED = {
    name for outcome in MEASURED if outcome.when == TOTAL for name in column_names(outcome)
} | {*HARM}
COMPARED = (*NAMES, *HARM)


def of_engine(setting: Setting, worlds: int, seed: int = 1) -> dict[str, Array]:
    """Outcome -> [worlds] its value in each of so many replicates of the engine."""
    output = simulate(setting, worlds, seed, AllOutputs())
    launch = -setting.first_round
    result: dict[str, list[float]] = {name: [] for name in COMPARED}
    counts = Counts(len(setting.schedule), setting.group_sizes)
    for per_code, worldwide in zip(output.per_code[:, :, 0], output.worldwide, strict=True):
        counts.per_code[:], counts.worldwide[:] = per_code, worldwide
        history = np.hstack(
            [readings(counts), worldwide[:, [getattr(WORLD, name) for name in HARM]]]
        )
        for name, values in zip(COMPARED, history.T, strict=True):
            result[name].append(values[launch:].sum() if name in SUMMED else values[-1])
    return {name: np.array(values) for name, values in result.items()}


def of_peer(facts: Facts, worlds: int, seed: int = 1) -> dict[str, Array]:
    """The same in so many worlds of the peer, with the seeds from *seed* on."""
    result: dict[str, list[float]] = {name: [] for name in COMPARED}
    for number in range(seed, seed + worlds):
        world = play(PeerModel(facts, number))
        for name in COMPARED:
            values = world.datacollector.model_vars[name]
            result[name].append(sum(values[-facts.first_round :]) if name in SUMMED else values[-1])
        forget(world)
    return {name: np.array(values, float) for name, values in result.items()}


def play(world: PeerModel) -> PeerModel:
    """*world*, when its last round is over."""
    while world.running:
        world.step()
    return world


def forget(world: PeerModel) -> None:
    """Let go of *world*, which Mesa 3.3 keeps alive."""
    getattr(mesa.Agent, "_ids", {}).pop(world, None)


def z_values(one: dict[str, Array], other: dict[str, Array]) -> dict[str, float]:
    """Outcome -> difference of both means in standard errors, from the variance of both samples
    together, as rare outcomes may not vary in the smaller one. Outcomes that were measured in a
    single world or none are left out.
    """
    result = {}
    for name, values in one.items():
        a, b = (sample[~np.isnan(sample)] for sample in (values, other[name]))
        if min(a.size, b.size) < 2:
            continue
        variance = (a.var(ddof=1) * (a.size - 1) + b.var(ddof=1) * (b.size - 1)) / (
            a.size + b.size - 2
        )
        error, gap = np.sqrt(variance * (1 / a.size + 1 / b.size)), a.mean() - b.mean()
        result[name] = (
            0.0 if abs(gap) <= 1e-9 * abs(b.mean()) else float(gap / error) if error > 0 else np.inf
        )
    return result
