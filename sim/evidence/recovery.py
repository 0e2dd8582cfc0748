"""Whether calibration finds weights that are known: worlds simulated under them, read as the register is, fitted again.

A weight is found again where the truth lies within two standard errors of the estimate, or where both lie at the same
bound. The standard errors are made in each world as those of the register's fit are, with fewer draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.outputs import Output
from sim.evidence.calibrate import draws_of_weights, fit_all
from sim.evidence.checkpoints import Parts, Progress, Work
from sim.evidence.predict import free_running, listed
from sim.evidence.register import NEVER, OrganisationCounts, Register, StateDates, register
from sim.evidence.standard_errors import WITHIN, around, standard_errors
from sim.experiments.simulate import Setting
from sim.parameters.lenses import Lens
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


SAME = 1e-5  # share of a weight by which two searches may differ
DRAWS = 10  # behind the standard errors in one world
SEEDS_APART = 1000  # the draws of no two worlds may share their luck


def recovery(
    scenario: Scenario,
    weights: Mapping[str, float],
    lens: Lens,
    worlds: int,
    seed: int,
    workers: int | None = None,
    progress: Progress | None = None,
) -> dict[str, float]:
    """Dial -> share of so many *worlds* of *scenario*, simulated under *weights*, in which calibration finds its
    weight. All follows from the *seed*. Interrupted, it goes on where it was.
    """
    plain = without_shocks(scenario).with_changes(set=weights)
    known = register(plain)
    parts = Parts(f"recovery-{lens.name}-{plain.sha256[:16]}-{DRAWS}-{seed}", __name__)
    work: dict[str, Work] = {
        f"world-{number:03d}": partial(_fitted, plain, simulated, lens, SEEDS_APART * (seed + 1) + number)
        for number, simulated in enumerate(simulated_registers(plain, weights, known, worlds, seed))
    }
    fits = list(parts.all_of(work, workers, progress).values())
    parts.forget()
    return {
        dial: sum(found_again(truth, fit["weights"][dial], fit["errors"][dial]) for fit in fits) / worlds
        for dial, truth in weights.items()
    }


def found_again(truth: float, estimate: float, error: float) -> bool:
    """Whether the *truth* lies within two standard *error*s of the *estimate*, or is it, as at a bound."""
    return abs(estimate - truth) <= max(WITHIN * error, SAME * abs(truth))


def _fitted(scenario: Scenario, known: Register, lens: Lens, seed: int) -> dict[str, Any]:
    """The weights of one world, and their standard errors."""
    weights = fit_all(scenario, known, lens).values
    drawn = [draw() for draw in draws_of_weights(scenario, known, lens, weights, DRAWS, seed).values()]
    by_dial = {dial: [draw[dial] for draw in drawn] for dial in weights}
    return {"weights": weights, "errors": standard_errors(weights, by_dial, around(scenario, known, lens, weights))}
