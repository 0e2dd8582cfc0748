"""What the register would be in worlds simulated under given weights: the public list read with the register's eyes.

Of launch day it gives a total, and the names of the Union alone; the names of all others from 16 September 2019 on, on
the days from which the register has them. Firms and NGOs are counted by home, as the public list shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.evidence.free_running import free_running, listed
from sim.evidence.targets import NEVER, OrganisationCounts, Register, StateDates
from sim.experiments.replicates import Setting
from sim.output import Output
from sim.population import STATE
from sim.scenario import Scenario
from sim.stakeholders import KINDS

NAMED_FROM = 11  # round of the first list of names that is known, of 16 September 2019


def without_shocks(scenario: Scenario) -> Scenario:
    """*scenario* without luck in attention, which a single register cannot tell from the attention itself."""
    return scenario.with_changes(set={f"{kind}_attention_shock": 0.0 for kind in KINDS})


def simulated_registers(
    scenario: Scenario, weights: Mapping[str, float], known: Register, worlds: int, seed: int
) -> list[Register]:
    """What the register would be in each of so many *worlds* of *scenario* under *weights* (dial -> value), read on
    the days of the *known* one.
    """
    given, output = free_running(scenario, weights, worlds, seed)
    totals = listed(given, output)
    return [_read(given, output, totals[world], world, known) for world in range(worlds)]


def rounds_with_names(known: Register) -> NDArray[np.int64]:
    """The rounds, in order, by whose end the *known* register says of each state whether it has signed."""
    dates = known.states
    told = np.concatenate([dates.after, dates.by[dates.by != NEVER], known.milestones.rounds])
    return np.unique(told[told >= NAMED_FROM])


def _read(given: Setting, output: Output, totals: NDArray[np.float64], world: int, known: Register) -> Register:
    marks = known.milestones
    at = marks.rounds - given.first_round
    return Register(
        last_round=known.last_round,
        milestones=replace(
            marks, counts={kind: totals[at, k].round().astype(np.int64) for k, kind in enumerate(KINDS)}
        ),
        states=_dates(given, output.signed_round[world, 0], known),
        organisations={
            kind: _counts(given, kind, output.listed_round[world, 0], counts)
            for kind, counts in known.organisations.items()
        },
    )


def _dates(given: Setting, signed_round: NDArray[np.int16], known: Register) -> StateDates:
    """The intervals of all states: those of the bloc are known by name at the launch."""
    states = given.population.kind == STATE
    signed = signed_round[states].astype(np.int64)
    told = rounds_with_names(known)
    place = np.searchsorted(told, signed)
    by = np.append(told, NEVER)[place]
    after = np.where(place > 0, told[place - 1], given.first_round - 1)
    at_launch = (given.population.bloc[states] >= 0) & (signed <= 0)
    by[at_launch] = 0
    after[by == NEVER] = given.first_round - 1
    return StateDates(after=after, by=by)


def _counts(
    given: Setting, kind: str, listed_round: NDArray[np.int16], known: OrganisationCounts
) -> OrganisationCounts:
    """Firms or NGOs newly listed by home at the *known* dates."""
    ours = given.population.kind == KINDS.index(kind)
    homes = np.array(given.population.home_iso3)[ours]
    names = np.unique(homes)
    there = (listed_round[ours][:, None] <= known.rounds).astype(np.int64)
    so_far = np.stack([there[homes == name].sum(axis=0) for name in names])
    newly = np.diff(so_far, axis=1, prepend=0)
    found = newly.any(axis=1)
    return OrganisationCounts(tuple(names[found].tolist()), known.rounds, newly[found].astype(np.int64))
