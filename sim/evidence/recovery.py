"""Recovery: worlds are simulated under known weights, read like the register, and fitted, to see if
the fit finds them.

A weight is recovered where the truth lies within two standard errors of the estimate, or where both
lie at the same bound. The standard errors of each world are computed like those of the register's
fit, from fewer draws.
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
from sim.evidence.checkpoints import Checkpoints, Work
from sim.evidence.predict import free_running, listed_totals
from sim.evidence.register import NEVER, OrganisationCounts, Register, StateDates, register
from sim.evidence.standard_errors import WITHIN, sensitivity, standard_errors
from sim.experiments.simulate import Setting
from sim.kinds_and_statuses import KINDS
from sim.lenses import Lens
from sim.motives import BETWEEN_TEXTS
from sim.population import STATE
from sim.request import Request
from sim.scenario import Scenario

NAMED_FROM = 11  # round of the first list of names that is known, of 16 September 2019


def without_shocks(scenario: Scenario) -> Scenario:
    """*scenario* without random shocks of attention, which a single register cannot tell from
    attention itself.
    """
    return scenario.with_changes(set={f"{kind}_attention_shock": 0.0 for kind in KINDS})


def simulated_registers(
    scenario: Scenario, weights: Mapping[str, float], observed: Register, worlds: int, seed: int
) -> list[Register]:
    """The register of each of so many simulated *worlds* of *scenario* under *weights* (dial ->
    value), read on the days of the *observed* one.
    """
    setting, output = free_running(scenario, weights, worlds, seed)
    totals = listed_totals(setting, output)
    return [_read(setting, output, totals[world], world, observed) for world in range(worlds)]


def rounds_with_names(observed: Register) -> NDArray[np.int64]:
    """The rounds, in order, for whose end the *observed* register says which states have signed."""
    dates = observed.states
    dated_rounds = np.concatenate(
        [dates.after, dates.by[dates.by != NEVER], observed.milestones.rounds]
    )
    return np.unique(dated_rounds[dated_rounds >= NAMED_FROM])


def _read(
    setting: Setting, output: Output, totals: NDArray[np.float64], world: int, observed: Register
) -> Register:
    marks = observed.milestones
    at = marks.rounds - setting.first_round
    return Register(
        last_round=observed.last_round,
        milestones=replace(
            marks,
            counts={kind: totals[at, k].round().astype(np.int64) for k, kind in enumerate(KINDS)},
        ),
        states=_dates(setting, output.signed_round[world, 0], observed),
        organisations={
            kind: _counts(setting, kind, output.listed_round[world, 0], counts)
            for kind, counts in observed.organisations.items()
        },
    )


def _dates(setting: Setting, signed_round: NDArray[np.int16], observed: Register) -> StateDates:
    """The intervals of all states: those of the bloc are known by name at the launch."""
    states = setting.population.kind == STATE
    signed = signed_round[states].astype(np.int64)
    dated_rounds = rounds_with_names(observed)
    place = np.searchsorted(dated_rounds, signed)
    by = np.append(dated_rounds, NEVER)[place]
    after = np.where(place > 0, dated_rounds[place - 1], setting.first_round - 1)
    at_launch = (setting.population.bloc[states] >= 0) & (signed <= 0)
    by[at_launch] = 0
    after[by == NEVER] = setting.first_round - 1
    return StateDates(after=after, by=by)


def _counts(
    setting: Setting, kind: str, listed_round: NDArray[np.int16], observed: OrganisationCounts
) -> OrganisationCounts:
    """Firms or NGOs newly listed by home at the *observed* dates."""
    of_kind = setting.population.kind == KINDS.index(kind)
    homes = np.array(setting.population.home_iso3)[of_kind]
    names = np.unique(homes)
    on_list = (listed_round[of_kind][:, None] <= observed.rounds).astype(np.int64)
    so_far = np.stack([on_list[homes == name].sum(axis=0) for name in names])
    newly = np.diff(so_far, axis=1, prepend=0)
    with_any = newly.any(axis=1)
    return OrganisationCounts(
        tuple(names[with_any].tolist()), observed.rounds, newly[with_any].astype(np.int64)
    )


SAME = 1e-5  # share of a weight by which two searches may differ
DRAWS = 10  # behind the standard errors in one world
SEEDS_APART = 1000  # between two worlds, so that their draws have different seeds


def recovery(request: Request, weights: Mapping[str, float], lens: Lens) -> dict[str, float]:
    """Dial -> share of the worlds of *request*, simulated under *weights*, in which calibration
    recovers its weight, in [0, 1]; the seed determines all of it. After an interruption it goes on
    where it was.
    """
    plain = without_shocks(request.scenario).with_changes(set=weights)
    worlds, seed = request.replicates, request.seed
    observed = register(plain)
    checkpoints = Checkpoints(f"recovery-{lens.name}-{plain.sha256[:16]}-{DRAWS}-{seed}", __name__)
    work: dict[str, Work] = {
        f"world-{number:03d}": partial(
            _fitted, plain, simulated, lens, SEEDS_APART * (seed + 1) + number
        )
        for number, simulated in enumerate(
            simulated_registers(plain, weights, observed, worlds, seed)
        )
    }
    fits = list(checkpoints.all_of(work, request.workers, request.progress).values())
    checkpoints.forget()
    return {
        dial: sum(recovered(truth, fit["weights"][dial], fit["errors"][dial]) for fit in fits)
        / worlds
        for dial, truth in weights.items()
        if dial not in BETWEEN_TEXTS or truth != 0
    }


def recovered(truth: float, estimate: float, error: float) -> bool:
    """Whether the *truth* lies within two standard *error*s of the *estimate*, or equals it, as at
    a bound.
    """
    return abs(estimate - truth) <= max(WITHIN * error, SAME * abs(truth))


def _fitted(scenario: Scenario, observed: Register, lens: Lens, seed: int) -> dict[str, Any]:
    """The weights of one world, and their standard errors."""
    weights = fit_all(scenario, observed, lens).values
    draws = [
        draw() for draw in draws_of_weights(scenario, observed, lens, weights, DRAWS, seed).values()
    ]
    by_dial = {dial: [draw[dial] for draw in draws] for dial in weights}
    errors = standard_errors(weights, by_dial, sensitivity(scenario, observed, lens, weights))
    return {"weights": weights, "errors": errors}
