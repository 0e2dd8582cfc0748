"""A round of a scaled population beside the gather over its own ties: `python -m benchmarks.scale
490`.

Each scale is measured in a process of its own, since memory peaks once in a process: it builds the
world, then plays worlds and gathers in turn, and prints what it took as one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

import sim
from benchmarks import gather
from benchmarks.memory import peak_memory
from benchmarks.ways import SCENARIO, SEEDS, setting
from sim.experiments.simulate import AllOutputs, Setting, simulate

MEBIBYTE = 2**20


class Measured(NamedTuple):
    """What one scale took: times in processor seconds, a number for each turn."""

    people: int
    ties: int
    building: float  # the population, its ties and all arrays
    peak: float  # of memory, mebibytes
    rounds: list[float]  # a round, with its counts
    gathers: list[float]  # of float64
    gathers_of_bytes: list[float]


def measure(scale: float, turns: int) -> Measured:
    """One world of *scale* and so many gathers in each turn, after code is compiled and loaded."""
    simulate(setting(), 1, next(SEEDS), AllOutputs(), workers=1)
    scenario = sim.load(SCENARIO).with_changes(set={"population_scale": scale})
    start = time.process_time()
    large = Setting.from_scenario(scenario)
    building = time.process_time() - start
    simulate(large, 1, next(SEEDS), AllOutputs(), workers=1)
    peak = peak_memory() / MEBIBYTE
    ties = ties_of(large)
    often = max(3, 5_000_000 // ties.to.size)
    gathers = [gather.gatherer(ties, kind) for kind in (np.float64, np.uint8)]
    taken: list[list[float]] = [[], [], []]
    for _ in range(turns):
        play = partial(simulate, large, 1, next(SEEDS), AllOutputs(), workers=1)
        for way, number, seconds in zip((play, *gathers), (1, often, often), taken, strict=True):
            start = time.process_time()
            for _ in range(number):
                way()
            seconds.append((time.process_time() - start) / number)
    rounds = [seconds / len(large.schedule) for seconds in taken[0]]
    return Measured(len(large.population.kind), ties.to.size, building, peak, rounds, *taken[1:])


def ties_of(setting: Setting) -> gather.Ties:
    """The ties of a *setting*, as a gather takes them."""
    arrays = setting.population_arrays
    return gather.Ties(arrays.ties_start.astype(np.uint32), arrays.ties_to, arrays.ties_weight)


def in_a_process(scale: float, turns: int) -> Measured:
    """`measure`, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.scale", f"{scale:g}", "--turns", str(turns)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    content: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return Measured(**content)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure one scale, and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("scale", type=float)
    parser.add_argument("--turns", type=int, default=3)
    chosen = parser.parse_args(arguments)
    print(json.dumps(measure(chosen.scale, chosen.turns)._asdict()))


if __name__ == "__main__":
    main()
