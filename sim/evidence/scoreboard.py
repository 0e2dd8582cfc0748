"""Predictions beside what happened: each model's scores on the same states, and how sure the differences are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.evidence.motive_values import Floats
from sim.evidence.scores import Score, auc, brier, calibration, less, log_score, perfect, resamples, scores_over

OURS = "parley"
SMALL_IS_GOOD = frozenset({"brier"})


def scores_by_name(worlds: int) -> dict[str, Score]:
    """Name -> the score; *worlds* says how sure of itself a share can be."""
    return {"auc": auc, "brier": brier, "log_score": lambda signed, share: log_score(signed, share, worlds)}


def scored(signed: NDArray[np.int64], shares: Mapping[str, Floats], worlds: int) -> dict[str, dict[str, Any]]:
    """Model -> its scores, for *shares* [193] of each model."""
    return {
        model: {name: score(signed, share) for name, score in scores_by_name(worlds).items()}
        for model, share in shares.items()
    }


def differences(
    signed: NDArray[np.int64], shares: Mapping[str, Floats], worlds: int, groups: NDArray[np.str_], seed: int
) -> dict[str, dict[str, Any]]:
    """Other model -> score -> Parley's less the other's, with the interval over resampled *groups* [193]."""
    drawn = resamples(groups, seed)
    found: dict[str, dict[str, Any]] = {model: {} for model in shares if model != OURS}
    for name, score in scores_by_name(worlds).items():
        ours = scores_over(drawn, score, signed, shares[OURS])
        for model, of in found.items():
            of[name] = less(ours, scores_over(drawn, score, signed, shares[model]))._asdict()
    return found


def against_perfection(
    signed: NDArray[np.int64], share: Floats, worlds: int, union: NDArray[np.bool_], seed: int
) -> dict[str, Any]:
    """How Parley's shares are borne out: `calibration` in five bins, and what a perfect model of this size would score,
    the *union* [193] meeting one luck.
    """
    return {
        "calibration": [bin_._asdict() for bin_ in calibration(signed, share, seed, as_one=union)],
        "perfect_model": {
            name: perfect(score, share, seed, as_one=union)._asdict() for name, score in scores_by_name(worlds).items()
        },
    }


def verdicts(
    split: str, found: Mapping[str, Mapping[str, Any]], compared: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """Sentences that say of each other model whether Parley does better, and how surely; where it does not, that."""
    sentences = []
    for model, by_score in compared.items():
        for name, words in (("auc", "AUC"), ("brier", "Brier score")):
            gap = by_score[name]
            if gap["value"] is None:
                continue
            better = (gap["value"] < 0) == (name in SMALL_IS_GOOD)
            clear = gap["low"] > 0 or gap["high"] < 0
            ours, theirs = found[OURS][name], found[model][name]
            told = f"{split.replace('_', ' ')}, {words}: Parley {ours:.3f}, {model} {theirs:.3f}"
            if gap["value"] == 0:
                sentences.append(f"{told}: {model} does as well.")
            elif not better:
                sentences.append(f"{told}: {model} does better{'' if clear else ', though not clearly'}.")
            else:
                sentences.append(f"{told}: Parley does better, {'clearly' if clear else 'though not clearly'}.")
    return sentences
