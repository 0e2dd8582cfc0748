"""Calibration: all fitted weights from the register, with standard errors, intervals and draws of a
bootstrap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from sim import facts
from sim.arguments import SEED, check_seed, check_shipped_facts, check_workers
from sim.errors import InputError
from sim.evidence.checkpoints import Checkpoints, Work
from sim.evidence.organisations import fit_organisations, organisation_evidence
from sim.evidence.register import Register, register
from sim.evidence.standard_errors import Sensitivity, sensitivity, standard_errors
from sim.evidence.states import MOVING, RIDGE, fit_states, state_evidence
from sim.evidence.texts.weights import Common, common_weights, redrawn_weights, scored_rows
from sim.evidence.uncertainty import DRAWS, hard_to_tell_apart, intervals
from sim.kinds_and_statuses import KINDS
from sim.lenses import LENSES, Lens, lens_named
from sim.parameters import DIALS, Fitted
from sim.population import STRICT, Measures, leaving_out
from sim.reading import check_whole
from sim.scenario import Scenario, load
from sim.scenario.files import DEFAULT
from sim.scenario.text_weights import TextFeatures, features_of
from sim.scenario.weights import TIED, kind_of
from sim.threads import Progress

CONTAGION = frozenset(MOVING)

MOST_DRAWS = 10_000
CONVENED_BY = ("convenor", "convenor_club")


@dataclass(frozen=True)
class Fit:
    """Every fitted weight, with its uncertainty and the likelihoods of the fit, in natural
    logarithms.
    """

    lens: str
    scenario: str
    # convenor (iso3) and its club, of the code whose register it is; empty for none
    convened_by: dict[str, str]
    fitted_on: date
    data_sha256: str
    seed: int
    weights: dict[str, float]  # dial -> value, six significant digits, in the order of the dials
    log_likelihood: dict[str, float]  # kind -> of its dates (states) or of its counts (firms, NGOs)
    # the same where peers, home, patron and security have no weight
    without_contagion: dict[str, float]
    penalty: dict[str, float]  # kind -> the ridge
    at_bound: tuple[str, ...]  # dials that a bound holds back
    # dial -> spread and pull; none at a bound, or where another weight decides
    standard_errors: dict[str, float]
    intervals: dict[str, tuple[float, float]]  # dial -> 5th and 95th percentile of the draws
    # pairs of dials and the correlation of their estimates
    hard_to_tell_apart: tuple[tuple[str, str, float], ...]
    draws: Mapping[str, Sequence[float]]  # dial -> one value per draw of the bootstrap
    text: TextFeatures  # of the code whose register it is
    common: Common  # weights for texts of the other side


@dataclass(frozen=True)
class Weights:
    """All fitted weights, dial -> value, without errors or intervals; log likelihood and penalty by
    kind.
    """

    values: dict[str, float]
    log_likelihood: dict[str, float]
    penalty: dict[str, float]
    at_bound: tuple[str, ...]


def fit_all(
    scenario: Scenario,
    observed: Register,
    lens: Lens,
    measures: Measures = STRICT,
    keep: NDArray[np.bool_] | None = None,
    ridge: float = RIDGE,
    start: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> Weights:
    """The weights of all kinds under *lens* from the *observed* register of the states to *keep*
    [193] (all). *ridge* is the states' penalty, and the search for their weights begins at *start*
    where it is given. *progress* is called with the kinds done and all kinds.
    """
    report = progress or (lambda count, total: None)
    report(0, len(KINDS))
    states = fit_states(state_evidence(scenario, observed, keep, measures), lens, ridge, start)
    share = states.weights["capacity_wealth_share"]
    fits = {"state": states}
    for number, kind in enumerate(KINDS[1:], start=1):
        report(number, len(KINDS))
        evidence = organisation_evidence(kind, scenario, observed, share, keep, measures)
        fits[kind] = fit_organisations(evidence, lens)
    report(len(KINDS), len(KINDS))
    weights = {dial: value for fit in fits.values() for dial, value in fit.weights.items()}
    return Weights(
        values={name: weights[name] for name, dial in DIALS.items() if isinstance(dial, Fitted)},
        log_likelihood={kind: fit.log_likelihood for kind, fit in fits.items()},
        penalty={kind: fit.penalty for kind, fit in fits.items()},
        at_bound=tuple(dial for fit in fits.values() for dial in fit.best.at_bound),
    )


def calibrate(
    scenario: str | Scenario = DEFAULT,
    *,
    lens: str = "full",
    draws: int = DRAWS,
    seed: int = SEED,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Fit:
    """Fit the weights of *lens* to the register of the Paris Call, with *scenario*'s text and
    assumptions, and common weights of its motives to many instruments.

    Some minutes. The weights themselves depend on no random number; their intervals and standard
    errors, from *draws* of a bootstrap, follow from the *seed*. After an interruption it goes on
    where it was. *progress* is called with the parts done and all parts. InputError for a lens that
    does not exist, a scenario that does not begin as the Paris Call, or a number that does not fit.
    """
    theory = lens_named(lens, "calibrate")
    seed, workers = check_seed(seed), check_workers(workers)
    draws = check_whole(draws, 1, MOST_DRAWS, "draws")
    world = _of_the_register(scenario if isinstance(scenario, Scenario) else load(scenario), lens)
    observed = register(world)
    checkpoints = Checkpoints(f"calibrate-{lens}-{world.sha256[:16]}-{seed}", __name__)
    silent = replace(theory, motives=theory.motives - CONTAGION)
    first: dict[str, Work] = {
        name: partial(_plain_fit, world, observed, of)
        for name, of in (("all", theory), ("silent", silent))
    }
    rows = scored_rows()
    first["common"] = partial(common_weights, rows, theory)
    total = len(first) + 1 + 2 * draws
    fits = checkpoints.all_of(first, workers, progress, total=total)
    best, without = fits["all"], fits["silent"]
    resampled = draws_of_weights(world, observed, theory, best["values"], draws, seed)
    beside: dict[str, Work] = {
        "sensitivity": lambda: asdict(sensitivity(world, observed, theory, best["values"]))
    }
    of_texts: dict[str, Work] = {
        f"common-{draw:03d}": partial(redrawn_weights, rows, theory, seed, draw)
        for draw in range(draws)
    }
    second = beside | resampled | of_texts
    results = checkpoints.all_of(second, workers, progress, len(first), total)
    by_dial = {dial: [results[name][dial] for name in resampled] for dial in best["values"]}
    errors = standard_errors(best["values"], by_dial, Sensitivity(**results["sensitivity"]))
    spread = {dial for dial, values in by_dial.items() if np.ptp(values) > 0}
    without_error = {*best["at_bound"], *TIED}
    checkpoints.forget()
    return Fit(
        lens=lens,
        scenario=world.name,
        convened_by={key: getattr(world.code, key) or "" for key in CONVENED_BY},
        fitted_on=datetime.now(UTC).date(),
        data_sha256=facts.data_sha256(),
        seed=seed,
        weights=best["values"],
        log_likelihood=best["log_likelihood"],
        without_contagion=without["log_likelihood"],
        penalty=best["penalty"],
        at_bound=tuple(best["at_bound"]),
        standard_errors={
            dial: error for dial, error in errors.items() if dial in spread - without_error
        },
        intervals={dial: ends for dial, ends in intervals(by_dial).items() if dial in spread},
        hard_to_tell_apart=tuple(
            pair for kind in KINDS for pair in hard_to_tell_apart(_own_draws(by_dial, kind))
        ),
        draws=by_dial,
        text=features_of(world.code),
        common=_common(fits["common"], [results[name] for name in of_texts]),
    )


def _own_draws(by_dial: Mapping[str, list[float]], kind: str) -> dict[str, list[float]]:
    """The draws of the weights of one *kind* that follow from no other."""
    own = (dial for dial in by_dial if kind_of(dial) == kind and dial not in TIED)
    return {dial: by_dial[dial] for dial in own}


def _common(values: dict[str, float], draws: Sequence[Mapping[str, float]]) -> Common:
    """The common weights with the uncertainty that their *draws* show; none for one that is always
    at its bound.
    """
    by_dial = {dial: [draw[dial] for draw in draws] for dial in values}
    moves = {dial: values_of for dial, values_of in by_dial.items() if np.ptp(values_of) > 0}
    errors = {dial: float(np.std(values_of)) for dial, values_of in moves.items()}
    return Common(values, errors, intervals(moves), by_dial)


def _of_the_register(scenario: Scenario, lens: str) -> Scenario:
    """*scenario* under *lens*, without facts of hindsight; InputError where the register is of
    another code.
    """
    check_shipped_facts(scenario, "calibrate")
    launch, opening = scenario.code.launch, facts.milestones()["date"].iloc[0]
    if launch != opening or scenario.code.may_sign != KINDS:
        raise InputError(
            f"calibrate: found the scenario {scenario.name}, opened on {launch} to"
            f" {', '.join(scenario.code.may_sign)}, expected one like {DEFAULT}, opened on"
            f" {opening} to {', '.join(KINDS)}, as the register is that one's"
        )
    return scenario.with_lens(lens).without_hindsight()


def draws_of_weights(
    scenario: Scenario,
    observed: Register,
    lens: Lens,
    best: Mapping[str, float],
    draws: int,
    seed: int,
    ridge: float = RIDGE,
) -> dict[str, Work]:
    """The work of each draw of the bootstrap, by name: it returns dial -> weight. Searches begin at
    the *best* weights; *ridge* is the states' penalty.
    """
    states = state_evidence(scenario, observed)
    share = best["capacity_wealth_share"]
    organisations = {
        kind: organisation_evidence(kind, scenario, observed, share) for kind in KINDS[1:]
    }

    def weights_of_draw(draw: int) -> dict[str, float]:
        weights = dict(fit_states(states.resampled(seed, draw), lens, ridge, best).weights)
        for evidence in organisations.values():
            weights |= fit_organisations(evidence.resampled(seed, draw), lens, start=best).weights
        return weights

    return {f"draw-{draw:03d}": partial(weights_of_draw, draw) for draw in range(draws)}


def _plain_fit(scenario: Scenario, observed: Register, lens: Lens) -> dict[str, Any]:
    return asdict(fit_all(scenario, observed, lens))


def refit(without: Iterable[str], progress: Progress | None = None) -> dict[str, float]:
    """Dial -> weight, six significant digits, of all that are fitted, from the Paris Call's
    register without the memberships *without*: columns of states.csv, among them `budapest_party`
    and `freedom_online_coalition`.

    A few seconds; nothing in it is random. *progress* is called with the kinds of stakeholder done
    and all kinds. InputError for a column that is no membership, or comes twice.
    """
    measures = leaving_out(without, "without")
    scenario = load(DEFAULT).without_hindsight()
    with threadpool_limits(1, "blas"):  # as everywhere in the fits: their arrays are small
        return fit_all(
            scenario, register(scenario), LENSES[scenario.lens], measures, progress=progress
        ).values
