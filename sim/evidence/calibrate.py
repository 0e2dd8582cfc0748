"""All fitted weights from the register in one command, and the file that holds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sim import facts, scenario
from sim.evidence.calibrate_organisations import fit_organisations, organisation_evidence
from sim.evidence.calibrate_states import fit_states, state_evidence
from sim.lenses import lens_named
from sim.parameters import DIALS, Fitted
from sim.writing import write_text

SCENARIO = "paris-call-2018"

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Fit:
    """Every fitted weight, and how the fit went. All likelihoods are natural logarithms."""

    lens: str
    fitted_on: date
    data_sha256: str
    weights: dict[str, float]  # dial -> value, six significant digits, in the order of the dials
    log_likelihood: dict[str, float]  # kind -> of its dates (states) or of its counts (firms, NGOs)
    penalty: dict[str, float]  # kind -> the ridge
    standard_errors: dict[str, float]  # dial -> from the curvature; none for a weight at its bound
    hard_to_tell_apart: tuple[tuple[str, str, float], ...]  # pairs of dials and the correlation of their estimates


def calibrate(lens: str = "full", progress: Progress | None = None) -> Fit:
    """Fit the weights of *lens* to the register of the Paris Call; InputError for a lens that does not exist.

    Takes a few minutes on one core. *progress* is called with the number of kinds fitted, the number of all kinds, and
    what comes next. Nothing is drawn; the methods are those of calibrate_states and calibrate_organisations.
    """
    theory = lens_named(lens, "calibrate")
    told = progress or (lambda done, total, what: None)
    told(0, 3, "states")
    world = scenario.load(SCENARIO)
    register = state_evidence(world)
    states, of_dates, ridge = fit_states(register, theory)
    found, likelihood, penalty = [states], {"state": of_dates}, {"state": ridge}
    weights = dict(states.weights)
    for done, kind in enumerate(("firm", "ngo"), start=1):
        told(done, 3, {"firm": "firms", "ngo": "NGOs"}[kind])
        evidence = organisation_evidence(kind, world, register.signed, weights["capacity_wealth_share"])
        best, of_kind, likelihood[kind], penalty[kind] = fit_organisations(evidence, theory)
        found.append(best)
        weights |= of_kind
    told(3, 3, "done")
    return Fit(
        lens=lens,
        fitted_on=datetime.now(UTC).date(),
        data_sha256=facts.data_sha256(),
        weights={name: weights[name] for name, dial in DIALS.items() if isinstance(dial, Fitted)},
        log_likelihood=likelihood,
        penalty=penalty,
        standard_errors={name: error for best in found for name, error in best.standard_errors.items()},
        hard_to_tell_apart=tuple(pair for best in found for pair in best.hard_to_tell_apart),
    )


def as_toml(fit: Fit) -> str:
    """*fit* as a file of weights: [weights] for the model, [fit] for people to read."""
    command = "parley calibrate" if fit.lens == "full" else f"parley calibrate --lens {fit.lens}"
    lines = [f"# Fitted to the register of supporters by `{command}`; do not edit by hand.", "", "[weights]"]
    lines += [f"{name} = {value!r}" for name, value in fit.weights.items()]
    lines += ["", "[fit]", f'lens = "{fit.lens}"', f"date = {fit.fitted_on.isoformat()}"]
    lines += [f'data_sha256 = "{fit.data_sha256}"', 'seed = "none: nothing is drawn"']
    for name, by_kind in (("log_likelihood", fit.log_likelihood), ("penalty", fit.penalty)):
        lines += ["", f"[fit.{name}]", *(f"{kind} = {value:.3f}" for kind, value in by_kind.items())]
    lines += ["", "[fit.standard_errors]  # from the curvature of the penalised fit; none for a weight at its bound"]
    lines += [f"{name} = {error:.3g}" for name, error in fit.standard_errors.items()]
    lines += ["", "[fit.hard_to_tell_apart]  # pairs of weights whose estimates are correlated, and how"]
    lines += [f'"{first}, {second}" = {correlation}' for first, second, correlation in fit.hard_to_tell_apart]
    return "\n".join(lines) + "\n"


def write(fit: Fit, path: Path) -> None:
    """Write *fit* to *path*, whole or not at all; InputError where that cannot be."""
    write_text(path, as_toml(fit))
