"""The record of evidence on the shipped weights, computed piece by piece (docs/evidence.md).

Each piece is a checkpoint, and long ones have checkpoints of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from sim.arguments import SEED
from sim.evidence import fit_file, in_sample, later_dates, predict
from sim.evidence.backtest import backtest
from sim.evidence.calibrate import Fit
from sim.evidence.checkpoints import Checkpoints
from sim.evidence.conclusions import conclusions
from sim.evidence.identification import contagion, not_pinned_down
from sim.evidence.instruments import instrument
from sim.evidence.record import Evidence
from sim.evidence.recovery import DRAWS, recovery
from sim.evidence.texts.backtest import instruments_backtest
from sim.evidence.transfer import EXAMPLES, baselines_beside, transfer
from sim.lenses import LENSES
from sim.request import Request
from sim.results.manifest import manifest
from sim.scenario import load
from sim.scenario.files import DEFAULT
from sim.scenario.scenario import FULL
from sim.scenario.weights import shipped_weights
from sim.threads import Progress
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
    scenario = load(DEFAULT)
    request = Request(scenario, in_sample.WORLDS, seed, workers)
    fit = fit_file.read(shipped_weights(FULL))
    checkpoints = Checkpoints(
        f"evidence-{scenario.sha256[:16]}-{weights_sha256(fit)[:16]}-{request.seed}", __name__
    )
    before, total = 0, sum(SECONDS.values())
    results = {}
    for name, seconds in SECONDS.items():
        report = None if progress is None else _in_seconds(progress, before, seconds, total)
        piece = partial(PIECES[name], fit, request.with_progress(report))
        results[name] = checkpoints.one(name, piece)
        before += seconds
        if progress is not None:
            progress(before, total)
    checkpoints.forget()
    of_run = manifest(scenario, request.replicates, request.seed)
    description = {**of_run, "weights": weights_sha256(fit)}
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
            "contagion": {kind: vars(each) for kind, each in contagion(fit).items()},
            "not_pinned_down": [vars(each) for each in not_pinned_down(fit)],
            "hard_to_tell_apart": fit.hard_to_tell_apart,
            "log_likelihood": fit.log_likelihood,
            "without_contagion": fit.without_contagion,
            "fitted_on": fit.fitted_on,
            "draws": len(next(iter(fit.draws.values()))),
        }
    )


def _in_sample(fit: Fit, request: Request) -> dict[str, Any]:
    return in_sample.in_sample(
        request.scenario, fit.weights, fit.draws, request.seed, request.progress
    )


def _backtest(fit: Fit, request: Request) -> dict[str, Any]:
    content = backtest(request.seed, request.workers, request.progress).as_json()
    return {key: part for key, part in content.items() if key != "manifest"} | {
        "worlds": WORLDS_OF_THE_BACKTEST
    }


def _recovery(fit: Fit, request: Request) -> dict[str, Any]:
    without = request.of(request.scenario.without_hindsight())
    of_worlds = replace(without, replicates=RECOVERY_WORLDS)
    shares = recovery(of_worlds, fit.weights, LENSES[FULL])
    return {"worlds": RECOVERY_WORLDS, "draws": DRAWS, "found": shares}


def _transfer(fit: Fit, request: Request) -> list[dict[str, Any]]:
    instruments = []
    for name, without in EXAMPLES:
        scenario = load(name)
        signers = instrument(name).signers
        result = transfer(
            scenario, signers, without=without, seed=request.seed, workers=request.workers
        )
        of_result = {
            "name": scenario.name,
            **result.to_dict()["transfer"],
            "baselines": baselines_beside(result),
        }
        instruments.append(plain(of_result))
        if request.progress is not None:
            request.progress(len(instruments), len(EXAMPLES))
    return instruments


def _instruments(fit: Fit, request: Request) -> dict[str, Any]:
    return instruments_backtest(request.seed, request.workers, request.progress).content


def _conclusions(fit: Fit, request: Request) -> dict[str, Any]:
    return conclusions(
        seed=request.seed, workers=request.workers, progress=request.progress
    ).as_json()


Piece = Callable[[Fit, Request], Any]
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
