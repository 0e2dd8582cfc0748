"""Replicates: the same scenario under different luck, in chunks on as many threads as there are workers.

Luck is keyed by the replicate's number, so neither chunks nor workers change any result; compiled code runs without
the interpreter's lock.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any, NamedTuple

import numpy as np

from sim import engine
from sim.output import NO_SHADOW, Output, Shadow, empty_output
from sim.population import STRICT, Measures, Population
from sim.scenario import Scenario
from sim.state import empty_state
from sim.tallies import GROUPS
from sim.world import Happenings, Text, World, worlds

CHUNK = 10  # most replicates between two reports of progress

Progress = Callable[[int, int], None]  # (replicates done, replicates in all)


class Setting(NamedTuple):
    """Everything that a scenario fixes before there is any luck."""

    population: Population
    world: World
    text: Text
    schedule: np.ndarray[Any, Any]
    happenings: Happenings
    first_round: int

    @property
    def group_sizes(self) -> np.ndarray[Any, Any]:
        """[5] how many stakeholders each of tallies.GROUPS has."""
        return np.bincount(self.world.people.group, minlength=len(GROUPS)).astype(np.float64)


def setting(scenario: Scenario, measures: Measures = STRICT) -> Setting:
    """The arrays of *scenario*, the traits of states from *measures*."""
    return Setting(*worlds(scenario, measures), scenario.first_round)


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share_of(progress: Progress | None, before: int, total: int) -> Progress | None:
    """Reports of a part of the work, of which *before* is done and *total* is all, as reports of the whole."""
    return None if progress is None else lambda done, _: progress(before + done, total)


def replicate(
    given: Setting,
    replicates: int,
    seed: int,
    *,
    code_is_open: bool = True,
    shadow: Shadow = NO_SHADOW,
    play: Callable[..., None] = engine.play,
    workers: int | None = None,
    progress: Progress | None = None,
    stages: np.ndarray[Any, Any] = engine.ALL_STAGES,
) -> Output:
    """Replicates 0 to *replicates* - 1 of the world *given*; an interruption ends it after the chunks under way.

    play: `engine.play`, or the same built around another decision rule; *progress* is called after each chunk.
    """
    threads = workers or usable_processors()
    size = min(CHUNK, -(-replicates // threads))
    out = empty_output(replicates, len(given.schedule), given.text.code.size, len(given.population.ids))

    def chunk(first: int) -> int:
        last = min(first + size, replicates)
        part = Output(*(array[first:last] for array in out))
        dates = Shadow(*(array[first:last] for array in shadow))
        play(
            given.world,
            given.text,
            empty_state(given.world, given.text),
            given.schedule,
            given.happenings,
            seed,
            first,
            last,
            given.first_round,
            code_is_open,
            stages,
            dates,
            part,
        )
        return last - first

    done = 0
    with ThreadPoolExecutor(threads) as pool:
        chunks = [pool.submit(chunk, first) for first in range(0, replicates, size)]
        try:
            for finished in as_completed(chunks):
                done += finished.result()
                if progress is not None:
                    progress(done, replicates)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return out
