"""The record of evidence for and against the model, computed once and stored beside the weights
that it is about.

docs/evidence.md with its pages and the page Evidence are written from it. `manifest.weights` is the
hash of the weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sim import facts
from sim.errors import InputError
from sim.evidence.report import page, summary
from sim.evidence.report.document import Section
from sim.reading import as_path, json_object

RECORD = facts.DATA / "evidence.json"
EXPECTED = "a record as `parley evidence` writes it"
EXPECTED_NOW = f"expected {EXPECTED} in this version of Parley"

# What each part of a record holds at least; a record of another version may lack some of it.
KEYS: Mapping[str, tuple[str, ...]] = {
    "manifest": ("parley", "scenario", "seed", "weights"),
    "in_sample": ("worlds", "draws", "worlds_of_a_draw", "dates", "inside", "of"),
    "backtest": (
        "leave_one_region_out",
        "leave_one_continent_out",
        "ten_fold",
        "structural",
        "differences",
        "against_perfection",
        "robustness",
        "time_split",
        "negative_control",
        "verdicts",
        "states",
        "worlds",
    ),
    "calibration": (
        "contagion",
        "not_pinned_down",
        "hard_to_tell_apart",
        "log_likelihood",
        "without_contagion",
        "fitted_on",
        "draws",
    ),
    "recovery": ("worlds", "draws", "found"),
    "instruments": (
        "instruments",
        "means",
        "differences",
        "unscored",
        "kinds",
        "recoded",
        "calibration",
        "weights",
        "draws",
        "recodings",
        "seed",
    ),
    "conclusions": (
        "basis",
        "method",
        "limits",
        "replicates",
        "seed",
        "conclusions",
        "assumptions",
        "cells",
    ),
}
OF_A_TRANSFER = (
    "name",
    "refitted",
    "without",
    "instrument",
    "auc",
    "brier",
    "base_brier",
    "baselines",
    "n",
    "signers",
    "states",
    "misses",
    "remarks",
    "revealed_by",
)


@dataclass(frozen=True)
class Evidence:
    """The record: `content` is all of it as `parley evidence` writes it (docs/json.md)."""

    content: Mapping[str, Any]

    @cached_property
    def document(self) -> Section:
        """The record as a document: sections, sentences, tables and figures as in docs/evidence/,
        and the numbers in each figure. `document.as_json()` gives them in plain types.
        """
        return page.document(self.content)

    @cached_property
    def sentences(self) -> dict[str, list[str]]:
        """Subject -> its sentences in the document: headline, states, robustness, models, later (on
        all days), "later " and each day, instruments, effects, transfer, control, in_sample,
        calibration, recovery, conclusions and limits.
        """
        return dict(self.document.sentences())

    @cached_property
    def summary(self) -> dict[str, Any]:
        """The record for readers without statistics: `leads`, `answers`, `findings` and `states`,
        as in sim.evidence.report.summary.
        """
        return summary.summary(self.content)

    def as_json(self) -> Mapping[str, Any]:
        """The `content`."""
        return self.content


def evidence_on_record(path: str | Path = RECORD) -> Evidence:
    """The record in the file *path*, by default the one that ships; InputError, in one sentence,
    where it is missing, torn, or of another shape.
    """
    file = as_path(path, "path", EXPECTED)
    label = facts.label_of(file)
    content = json_object(file, label, EXPECTED)
    _check(content, label)
    evidence = Evidence(content)
    try:
        _ = evidence.document
    except (LookupError, TypeError, ValueError, AttributeError) as problem:
        raise InputError(
            f"{label}: its content cannot be read ({problem!r}), {EXPECTED_NOW}"
        ) from None
    return evidence


def _check(content: Mapping[str, Any], label: str) -> None:
    """InputError where *content* lacks a part of a record."""
    for part, keys in KEYS.items():
        _check_part(content.get(part), part, keys, label)
    instruments = content.get("transfer")
    if not isinstance(instruments, list):
        raise InputError(f"{label}: transfer is missing or no list, expected {EXPECTED}")
    for number, each in enumerate(instruments, start=1):
        _check_part(each, f"transfer number {number}", OF_A_TRANSFER, label)


def _check_part(part: Any, name: str, keys: tuple[str, ...], label: str) -> None:
    if not isinstance(part, dict):
        raise InputError(f"{label}: {name} is missing or no object, expected {EXPECTED}")
    for key in keys:
        if key not in part:
            raise InputError(f"{label}: {name} has no {key}, {EXPECTED_NOW}")
