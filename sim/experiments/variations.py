"""Variations of one scenario: more events, the same luck, and only those worlds played that can differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim import engine
from sim.experiments.replicates import Progress, Setting, usable_processors
from sim.output import empty_signatures
from sim.scenario import Scenario
from sim.state import SIGNED, empty_state
from sim.tallies import WORLD_COLUMNS
from sim.world import compiled_events

Result = TypeVar("Result")
Numbers = NDArray[np.int64]
Table = Mapping[str, Any]  # an event as [[events]] of a scenario file writes it


class Worlds(NamedTuple):
    """Arrays of who signs in the replicates *numbers* (Q of them, rising), of N stakeholders over R rounds."""

    numbers: Any
    status: Any  # [Q, N] at the end
    signed_round: Any  # [Q, N] state.NEVER where it never signed
    left_round: Any  # [Q, N] state.NEVER where it did not leave since
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
        np.zeros(len(WORLD_COLUMNS)),
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
