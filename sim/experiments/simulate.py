"""Replicates: the same scenario under different luck, in chunks on as many threads as there are workers.

Luck is keyed by the replicate's number, so neither chunks nor workers change any result; compiled code runs without
the interpreter's lock.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.engine import rounds as engine
from sim.engine.arrays import SIGNED, Happenings, Text, World, empty_state
from sim.engine.build import compiled_events, worlds
from sim.engine.outputs import NO_SHADOW, Output, Shadow, empty_output, empty_signatures
from sim.population import STRICT, Measures, Population
from sim.scenario import Scenario
from sim.stakeholders import GROUPS

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
        """[5] how many stakeholders each of stakeholders.GROUPS has."""
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
    stages: engine.Stages = engine.ALL_STAGES,
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


Result = TypeVar("Result")
Numbers = NDArray[np.int64]
Table = Mapping[str, Any]  # an event as [[events]] of a scenario file writes it


class Worlds(NamedTuple):
    """Arrays of who signs in the replicates *numbers* (Q of them, rising), of N stakeholders over R rounds."""

    numbers: Any
    status: Any  # [Q, N] at the end
    signed_round: Any  # [Q, N] arrays.NEVER where it never signed
    left_round: Any  # [Q, N] arrays.NEVER where it did not leave since
    states_signed: Any  # [Q, R] how many states are signatories when each round is over

    @property
    def signed(self) -> NDArray[np.bool_]:
        """[Q, N] who is a signatory at the end."""
        return self.status == SIGNED

    def signed_from(self, start: int, last: int, who: Sequence[int]) -> NDArray[np.bool_]:
        """[Q] whether all of *who* are signatories when round *start* begins, and still when round *last* is over."""
        members = list(who)
        since = self.signed_round[:, members] < start
        return np.asarray((since & (self.left_round[:, members] > last)).all(axis=1))

    def with_replaced(self, played: Worlds) -> Worlds:
        """These worlds, with those that were *played* anew in their place."""
        places = np.searchsorted(self.numbers, played.numbers)
        arrays = [array.copy() for array in self[1:]]
        for array, other in zip(arrays, played[1:], strict=True):
            array[places] = other
        return Worlds(self.numbers, *arrays)

    @classmethod
    def joined(cls, parts: Sequence[Worlds]) -> Worlds:
        """All worlds of *parts*, whose numbers rise from one to the next."""
        return cls(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))

    def split(self, parts: int) -> list[Worlds]:
        """These worlds in so many parts, or in fewer where there are not as many worlds."""
        cuts = (np.array_split(array, min(parts, len(self.numbers))) for array in self)
        return [Worlds(*arrays) for arrays in zip(*cuts, strict=True)]

    def some(self, chosen: NDArray[np.bool_]) -> Worlds:
        """Those of these worlds where *chosen* [Q] holds."""
        return Worlds(*(array[chosen] for array in self))


def play_some(given: Setting, numbers: Numbers, seed: int) -> Worlds:
    """The replicates *numbers* of the world *given*, one after the other, in this thread."""
    out = empty_signatures(len(numbers), len(given.schedule), len(given.population.ids))
    engine.play_signatures(
        given.world,
        given.text,
        empty_state(given.world, given.text),
        given.schedule,
        given.happenings,
        seed,
        numbers,
        given.first_round,
        out,
    )
    return Worlds(numbers, *out)


def play_all(given: Setting, replicates: int, seed: int, workers: int | None) -> Worlds:
    """Replicates 0 to *replicates* - 1 of the world *given*."""
    parts = np.array_split(np.arange(replicates), min(replicates, workers or usable_processors()))
    return Worlds.joined(in_threads([partial(play_some, given, part, seed) for part in parts], workers))


def with_events(given: Setting, scenario: Scenario, events: Iterable[Table]) -> Setting:
    """The world *given* of *scenario* with choices or outreach added, which have the last word in their rounds."""
    return given._replace(happenings=compiled_events(given.population, scenario.with_changes(events=events)))


def shortened(given: Setting, last: int) -> Setting:
    """The world *given*, of which nothing is played after round *last*."""
    return given._replace(schedule=given.schedule[: last - given.first_round + 1])


def in_threads(
    jobs: Sequence[Callable[[], Result]], workers: int | None, progress: Progress | None = None
) -> list[Result]:
    """What each of *jobs* returns, in their order; an interruption ends it after the jobs under way."""
    with ThreadPoolExecutor(workers or usable_processors()) as pool:
        waiting = [pool.submit(job) for job in jobs]
        try:
            for done, finished in enumerate(as_completed(waiting), start=1):
                finished.result()
                if progress is not None:
                    progress(done, len(jobs))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return [job.result() for job in waiting]
