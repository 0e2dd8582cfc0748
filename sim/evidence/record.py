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
    shipped = content if file == RECORD else json_object(RECORD, facts.label_of(RECORD), EXPECTED)
    for part, of in shipped.items():
        _check(content.get(part), of, part, label)
    evidence = Evidence(content)
    try:
        _ = evidence.document
    except (LookupError, TypeError, ValueError, AttributeError) as problem:
        raise InputError(
            f"{label}: its content cannot be read ({problem!r}), {EXPECTED_NOW}"
        ) from None
    return evidence


def _check(part: Any, shipped: Any, name: str, label: str) -> None:
    """InputError where *part*, or one of its items, lacks what that of the *shipped* record has: a
    record of another version may lack some of it.
    """
    if not isinstance(part, type(shipped)):
        what = "list" if isinstance(shipped, list) else "object"
        raise InputError(f"{label}: {name} is missing or no {what}, expected {EXPECTED}")
    if isinstance(shipped, list):
        for number, each in enumerate(part, start=1):
            _check(each, shipped[0], f"{name} number {number}", label)
        return
    for key in shipped:
        if key not in part:
            raise InputError(f"{label}: {name} has no {key}, {EXPECTED_NOW}")
