"""What the Paris Call costs on one core, once compiled: as a run of many worlds, and as one world in Mesa's hands.

Both are timed in turn, in one process; the medians are printed, in seconds of the processor, so that what else the
machine does counts little.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import sim

ROUNDS = 5
WORLDS = 200


def run_of_200_worlds() -> None:
    """`sim.run`, with its ranges over assumptions."""
    sim.run(replicates=WORLDS, workers=1)


def mesa_model_step_by_step() -> None:
    """`step()` after `step()`, its DataCollector included."""
    model = sim.ParleyModel(rng=1)
    while model.running:
        model.step()


def seconds(way: Callable[[], None]) -> float:
    """What *way* takes of the processor."""
    start = time.process_time()
    way()
    return time.process_time() - start


if __name__ == "__main__":
    taken: dict[Callable[[], None], list[float]] = {run_of_200_worlds: [], mesa_model_step_by_step: []}
    for way in taken:
        way()
    for _ in range(ROUNDS):
        for way, times in taken.items():
            times.append(seconds(way))
    for way, times in taken.items():
        print(f"{way.__name__.replace('_', ' '):24}{statistics.median(times):8.3f} s")
