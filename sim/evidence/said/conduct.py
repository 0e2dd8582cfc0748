"""Conclusions about conduct, in words: how many outlive a change of what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.said.words import counted

SURVIVES, ALL = "survives", "survives all"


def surviving(told: Mapping[str, Any]) -> tuple[list[str], list[str], list[str]]:
    """The sentences that survive all assumptions, more than half of them, and not."""
    of = told["conclusions"]
    every = [each["sentence"] for each in of if each["verdict"] == ALL]
    most = [each["sentence"] for each in of if each["verdict"].startswith(SURVIVES) and each["verdict"] != ALL]
    return every, most, [each["sentence"] for each in of if not each["verdict"].startswith(SURVIVES)]


def of_conclusions(told: Mapping[str, Any]) -> list[str]:
    """Sentences on what survives and what does not."""
    every, most, lost = surviving(told)
    assumptions = len(told["assumptions"])
    sentences = [
        "Conduct is assumed, not fitted: nobody has measured it. A conclusion is worth what survives when the "
        "assumptions change.",
        f"Of {len(told['conclusions'])} conclusions, {len(every)} hold under all {assumptions} sets of assumptions, "
        f"{len(most)} more under most of them, and {len(lost)} do not survive.",
    ]
    if lost:
        sentences.append(f"{counted(len(lost), 'conclusion')} not to be drawn: {' '.join(lost)}")
    return sentences
