"""The record of evidence on the shipped weights, computed piece by piece (docs/evidence.md).

Each piece is a checkpoint, and long ones have checkpoints of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sim.arguments import SEED, check_seed, check_workers
from sim.evidence import fit_file, in_sample, later_dates, predict
from sim.evidence.backtest import backtest
from sim.evidence.calibrate import Fit
from sim.evidence.checkpoints import Checkpoints, Progress
from sim.evidence.conclusions import conclusions
from sim.evidence.instruments import instrument
from sim.evidence.record import Evidence
from sim.evidence.recovery import DRAWS, recovery
from sim.evidence.report.weights import contagion, not_pinned_down
from sim.evidence.texts.backtest import instruments_backtest
from sim.evidence.transfer import EXAMPLES, baselines_beside, transfer
from sim.experiments.manifest import manifest
from sim.lenses import LENSES
from sim.scenario import load
from sim.scenario.files import DEFAULT
from sim.scenario.scenario import FULL
from sim.scenario.weights import shipped_weights
from sim.writing import json_text, plain

RECOVERY_WORLDS = 100
WORLDS_OF_THE_BACKTEST = {
    "a_fold": predict.WORLDS,
    "of_a_day": later_dates.BATCHES * later_dates.WORLDS_OF_A_BATCH,
    "draws": later_dates.DRAWS,
    "of_a_draw": later_dates.WORLDS_OF_A_DRAW,
}


def gather(
    seed: int = SEED, workers: int | None = None, progress: Progress | None = None
) -> Evidence:
    """All the evidence on the shipped weights. About an hour on two processors.

    After an interruption it goes on where it was. *progress* is called with the seconds of work
    done and in all.
    """
    seed, workers = check_seed(seed), check_workers(workers)
    fit = fit_file.read(shipped_weights(FULL))
    scenario = load(DEFAULT)
    checkpoints = Checkpoints(
        f"evidence-{scenario.sha256[:16]}-{weights_sha256(fit)[:16]}-{seed}", __name__
    )
    before, total = 0, sum(SECONDS.values())
    results = {}
    for name, seconds in SECONDS.items():
        report = None if progress is None else _in_seconds(progress, before, seconds, total)
        results[name] = checkpoints.one(name, partial(PIECES[name], fit, seed, workers, report))
        before += seconds
        if progress is not None:
            progress(before, total)
    checkpoints.forget()
    description = {**manifest(scenario, in_sample.WORLDS, seed), "weights": weights_sha256(fit)}
    return Evidence({"manifest": description, "calibration": calibration_of(fit), **results})


def weights_sha256(fit: Fit) -> str:
    """The hash of the weights of *fit*, common ones among them, and draws; the day of the fit does
    not change it.
    """
    common = [fit.common.values, fit.common.draws]
    return hashlib.sha256(
        json_text([fit.lens, fit.scenario, fit.weights, fit.draws, *common]).encode()
    ).hexdigest()


def calibration_of(fit: Fit) -> dict[str, Any]:
    """The part of the record on the *fit*: contagion, weights not pinned down, log likelihoods; in
    plain types.
    """
    return plain(
        {
            "contagion": contagion(fit),
            "not_pinned_down": not_pinned_down(fit),
            "log_likelihood": fit.log_likelihood,
            "without_contagion": fit.without_contagion,
            "fitted_on": fit.fitted_on,
            "draws": len(next(iter(fit.draws.values()))),
        }
    )


def _in_sample(
    fit: Fit, seed: int, workers: int | None, progress: Progress | None
) -> dict[str, Any]:
    return in_sample.in_sample(load(DEFAULT), fit.weights, fit.draws, seed, progress)


def _backtest(
    fit: Fit, seed: int, workers: int | None, progress: Progress | None
) -> dict[str, Any]:
    content = backtest(seed, workers, progress).as_json()
    return {key: part for key, part in content.items() if key != "manifest"} | {
        "worlds": WORLDS_OF_THE_BACKTEST
    }


def _recovery(
    fit: Fit, seed: int, workers: int | None, progress: Progress | None
) -> dict[str, Any]:
    scenario, worlds = load(DEFAULT).without_hindsight(), RECOVERY_WORLDS
    shares = recovery(scenario, fit.weights, LENSES[FULL], worlds, seed, workers, progress)
    return {"worlds": worlds, "draws": DRAWS, "found": shares}


def _transfer(
    fit: Fit, seed: int, workers: int | None, progress: Progress | None
) -> list[dict[str, Any]]:
    instruments = []
    for name, without in EXAMPLES:
        scenario = load(name)
        signers = instrument(name).signers
        result = transfer(scenario, signers, without=without, seed=seed, workers=workers)
        of_result = {
            "name": scenario.name,
            **result.to_dict()["transfer"],
            "baselines": baselines_beside(result),
        }
        instruments.append(plain(of_result))
        if progress is not None:
            progress(len(instruments), len(EXAMPLES))
    return instruments


def _instruments(
    fit: Fit, seed: int, workers: int | None, progress: Progress | None
) -> dict[str, Any]:
    return instruments_backtest(seed, workers, progress).content


def _conclusions(
    fit: Fit, seed: int, workers: int | None, progress: Progress | None
) -> dict[str, Any]:
    return conclusions(seed=seed, workers=workers, progress=progress).as_json()


Piece = Callable[[Fit, int, int | None, Progress | None], Any]
PIECES: Mapping[str, Piece] = {
    "in_sample": _in_sample,
    "backtest": _backtest,
    "recovery": _recovery,
    "transfer": _transfer,
    "instruments": _instruments,
    "conclusions": _conclusions,
}
SECONDS: Mapping[str, int] = {
    "in_sample": 40,
    "transfer": 40,
    "instruments": 60,
    "conclusions": 60,
    "backtest": 600,
    "recovery": 1800,
}


def _in_seconds(progress: Progress, before: int, seconds: int, total: int) -> Progress:
    """Reports of a piece that takes so many *seconds* as reports of the whole."""
    return lambda count, of: progress(before + seconds * count // of, total)
