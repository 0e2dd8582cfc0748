"""Whether calibration finds weights that are known: worlds simulated under them, read as the register is, fitted again.

A weight is found again where the truth lies within two standard errors of the estimate, or where both lie at the same
bound. The standard errors are made in each world as those of the register's fit are, with fewer draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sim.evidence.calibrate import draws_of_weights, fit_all
from sim.evidence.parts import Parts, Progress, Work
from sim.evidence.simulated_registers import simulated_registers, without_shocks
from sim.evidence.standard_errors import WITHIN, around, standard_errors
from sim.evidence.targets import Register, register
from sim.lenses import Lens
from sim.scenario import Scenario

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
