"""Blocks of runs: what a worker plays, with nothing in it but numbers.

D dials, P points, Q runs. A `SweepSetting` holds what the points of a sweep share: no names, no
frames, no files; it goes to other processes and machines as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine import rounds as engine
from sim.engine.arrays import (
    SIGNED,
    CodeArrays,
    EventArrays,
    PopulationArrays,
    empty_variables,
    group_sizes,
)
from sim.engine.build import Changes
from sim.engine.outputs import NO_SHADOW, Output, Shadow, empty_output
from sim.experiments.conduct_ranges import COMPARISONS, harm_prevented
from sim.experiments.outcomes import ALL, OUTCOMES, Array, Summaries, column_names, summaries
from sim.kinds_and_statuses import KINDS
from sim.parameters import DIALS
from sim.results.disclosure import PARTS, bound_by_few

CRIMINAL_SHARE = list(DIALS).index("criminal_share")  # among dials
SIGNATORIES, OTHERS = (
    "signatories",
    "others",
)  # the outcome, and the same without those whose signature is kept apart
AT_ONCE = 64  # runs whose counts are in memory together, some five megabytes


class SweepSetting(NamedTuple):
    """What the points of a sweep share that have the same population, text and events."""

    population: PopulationArrays
    codes: CodeArrays
    events: EventArrays
    changes: Changes  # of dials, by events
    first_round: int
    rounds: int

    def schedule(self, dials: Array) -> Array:
        """[rounds, D] the *dials* [D] in every round, with what events make of them."""
        return self.changes.schedule(dials, self.rounds)

    @property
    def group_sizes(self) -> Array:
        """[5] how many stakeholders each of kinds_and_statuses.GROUPS has, as `group_sizes`
        counts.
        """
        return group_sizes(self.population)


class RunColumns(NamedTuple):
    """What is kept of each run: outcomes, by name, and whether each of *signers* is a signatory at
    the end, by place among those on record; beside the signatories then also those that are none of
    the signers. *ids* has the signers' names, *counts* how much each counts among those of each of
    KINDS.
    """

    outcomes: tuple[str, ...]
    signers: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()
    counts: tuple[tuple[float, ...], ...] = ()

    @property
    def names(self) -> list[str]:
        """A name for each number that is kept of a run."""
        of_outcomes = [
            name for outcome in self.outcomes for name in column_names(OUTCOMES[outcome])
        ]
        return [
            *of_outcomes,
            *others_names(self.outcomes, self.ids),
            *(f"signed_{who}" for who in self.ids),
        ]

    @property
    def with_harm(self) -> bool:
        """Whether an outcome compares with the world without the code, which then has to be played
        too.
        """
        return any(outcome in COMPARISONS for outcome in self.outcomes)

    @property
    def with_conduct(self) -> bool:
        """Whether practices and harm have to be played."""
        return any(not OUTCOMES[outcome].of_signing for outcome in self.outcomes)

    def table(self, values: Summaries, output: Output) -> Array:
        """[Q, columns] what is kept, from the summaries and the output of Q runs."""
        keys = [(outcome, part) for outcome in self.outcomes for part in OUTCOMES[outcome].parts]
        signed = [
            (output.status[:, 0, place] == SIGNED).astype(np.float64) for place in self.signers
        ]
        apart = (
            np.column_stack(signed) @ np.array(self.counts) if signed else np.zeros((1, len(KINDS)))
        )
        others = [
            values[SIGNATORIES, kind] - apart[:, place]
            for place, kind in enumerate(KINDS) if others_names(self.outcomes, self.ids)
        ]  # fmt: skip
        return np.column_stack([*(values[key] for key in keys), *others, *signed])


def others_names(outcomes: Sequence[str], signers: Sequence[str]) -> list[str]:
    """The columns of signatories other than *signers*, a kind each; none where either is not
    kept.
    """
    return [f"{OTHERS}_{kind}" for kind in KINDS] if signers and SIGNATORIES in outcomes else []


def simulate_block(
    setting: SweepSetting,
    dials: Array,
    runs: NDArray[np.int64],
    seed: int,
    columns: RunColumns,
) -> Array:
    """[Q, columns] the *columns* of each of *runs* [Q, 2]: the row of *dials* [P, D], and the
    replicate's number from 0 on, as draws are keyed.
    """
    parts = [runs[first : first + AT_ONCE] for first in range(0, len(runs), AT_ONCE)]
    state = empty_variables(setting.population, setting.codes)
    return np.concatenate([_play(setting, dials, part, seed, columns, state) for part in parts])


def _play(
    setting: SweepSetting,
    dials: Array,
    runs: NDArray[np.int64],
    seed: int,
    columns: RunColumns,
    state: Any,
) -> Array:
    stages = engine.ALL_STAGES if columns.with_conduct else engine.SIGNING_STAGES
    output = _empty(setting, len(runs))
    _fill(setting, dials, runs, seed, state, stages, NO_SHADOW, output)
    values = summaries(output, setting.group_sizes, setting.first_round)
    if columns.with_harm:
        without, dates = _empty(setting, len(runs)), Shadow(output.signed_round, output.left_round)
        _fill(setting, dials, runs, seed, state, stages, dates, without)
        criminal = dials[runs[:, 0], CRIMINAL_SHARE]
        harm = harm_prevented(without, output, criminal, setting.first_round)
        values |= {(name, ALL): numbers for name, numbers in harm.items()}
    if columns.with_conduct:
        values = _without_conduct_of_few(values, setting, output)
    return columns.table(values, output)


def _without_conduct_of_few(values: Summaries, setting: SweepSetting, output: Output) -> Summaries:
    """*values* of Q runs, not a number where conduct would be that of one or two
    (sim.results.disclosure).
    """
    dates = (output.signed_round[:, 0], output.left_round[:, 0])
    last = setting.first_round + setting.rounds - 1
    few = bound_by_few(setting.population, setting.events, *dates, last)
    return {
        (outcome, part): (
            numbers
            if OUTCOMES[outcome].of_signing
            else np.where(few[:, PARTS.index(part)], np.nan, numbers)
        )
        for (outcome, part), numbers in values.items()
    }


def _empty(setting: SweepSetting, runs: int) -> Output:
    return empty_output(
        runs, setting.rounds, setting.codes.traits.size, setting.population.on_record.size
    )


def _fill(
    setting: SweepSetting,
    dials: Array,
    runs: NDArray[np.int64],
    seed: int,
    state: Any,
    stages: engine.Stages,
    shadow: Shadow,
    output: Output,
) -> None:
    """Play *runs* into *output*: with a *shadow*, the dates of the world with the code, in the
    world without it.
    """
    for first, last in consecutive(runs):
        row, number = runs[first].tolist()
        engine.play(
            setting.population,
            setting.codes,
            state,
            setting.schedule(dials[row])[None],
            setting.events,
            seed,
            seed,
            number,
            number + last - first,
            setting.first_round,
            shadow.signed.size == 0,
            stages,
            Shadow(*(array[first:last] for array in shadow)),
            Output(*(array[first:last] for array in output)),
        )


def consecutive(runs: NDArray[np.int64]) -> Sequence[tuple[int, int]]:
    """The stretches (first, last + 1) of *runs* [Q, 2] at one point whose replicates follow on one
    another.
    """
    apart = (np.diff(runs[:, 0]) != 0) | (np.diff(runs[:, 1]) != 1)
    ends = [0, *(np.flatnonzero(apart) + 1).tolist(), len(runs)]
    return list(pairwise(ends))
