"""The ways to play the same worlds that `benchmarks.ratios` times: the engine's, and the peer's in
plain Mesa.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import count
from typing import Any

import mesa

import sim
from benchmarks.pure_mesa.agreement import forget, play
from benchmarks.pure_mesa.facts import Facts
from benchmarks.pure_mesa.model import PeerModel
from sim.engine.rounds import only
from sim.experiments.outcomes import MEASURED
from sim.experiments.simulate import AllOutputs, Setting, simulate

Way = Callable[[], None]

SCENARIO = "paris-call-2018"
SWEPT = "monitoring"  # the dial that differs from run to run of a sweep
SIGNING = only("events", "deliberate")
SEEDS = count(1)  # no world is played twice


@lru_cache(maxsize=1)
def setting(scenario: str = SCENARIO) -> Setting:
    """The arrays of *scenario*, made once."""
    return Setting.from_scenario(sim.load(scenario))


@lru_cache(maxsize=1)
def facts(scenario: str = SCENARIO) -> Facts:
    """The same for the peer."""
    return Facts(setting(scenario))


def peer(conduct: bool = True) -> None:
    """One world of the peer, its agents and DataCollector included."""
    forget(play(PeerModel(facts(), next(SEEDS), conduct)))


def peers_signing() -> None:
    """The same without conduct and all that follows from it."""
    peer(conduct=False)


def run_of(worlds: int) -> Way:
    """`sim.run` of so many worlds on one thread."""

    def run() -> None:
        sim.run(SCENARIO, replicates=worlds, seed=next(SEEDS), workers=1)

    return run


def signing_of(worlds: int) -> Way:
    """Stages 1 and 2 of so many worlds, with their counts, on one thread."""

    def run() -> None:
        simulate(setting(), worlds, next(SEEDS), AllOutputs(SIGNING), workers=1)

    return run


def step() -> None:
    """`step()` after `step()` of a ParleyModel, its DataCollector included."""
    model = sim.ParleyModel(SCENARIO, rng=next(SEEDS))
    while model.running:
        model.step()


def run_for() -> None:
    """`run_for` of a ParleyModel over all its rounds, its DataCollector included."""
    sim.ParleyModel(SCENARIO, rng=next(SEEDS)).run_for(10_000)


def points(number: int) -> Sequence[float]:
    """So many values of the dial that is swept."""
    return [(place + 0.5) / number for place in range(number)]


def sweep_of(number: int) -> Way:
    """`sim.sweep` of so many runs of one world, each with another value of SWEPT and all outcomes,
    on one thread, with its trial and its files.
    """

    def run() -> None:
        table = {
            "scenario": SCENARIO,
            "replicates": 1,
            "seed": next(SEEDS),
            "outcomes": [outcome.name for outcome in MEASURED],
            "levers": {SWEPT: points(number)},
        }
        sim.sweep(table, workers=1)

    return run


def loop_of(number: int) -> Way:
    """The same by `sim.run` at each point."""

    def run() -> None:
        seed = next(SEEDS)
        for value in points(number):
            sim.run(SCENARIO, set={SWEPT: value}, replicates=1, seed=seed, workers=1)

    return run


def peers_sweep_of(number: int) -> Way:
    """The same of the peer, which shares all facts among the runs."""

    def run() -> None:
        for value in points(number):
            forget(play(PeerModel(facts().under(**{SWEPT: value}), next(SEEDS))))

    return run


class PeerOfBatch(PeerModel):
    """The peer as `mesa.batch_run` makes it: from plain arguments, in whichever process."""

    def __init__(self, number: int = 1, rng: Any = None, seed: Any = None) -> None:
        super().__init__(facts(), number)


def batch_of(worlds: int, processes: int) -> Way:
    """`mesa.batch_run` of so many worlds of a ParleyModel."""
    return lambda: _batch(sim.ParleyModel, {"replicate": range(1, worlds + 1)}, processes)


def peers_batch_of(worlds: int, processes: int) -> Way:
    """The same of the peer."""
    return lambda: _batch(PeerOfBatch, {"number": range(1, worlds + 1)}, processes)


def _batch(model: type, parameters: dict[str, Any], processes: int) -> None:
    mesa.batch_run(model, parameters, number_processes=processes, display_progress=False)
