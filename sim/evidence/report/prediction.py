"""Which states would join a text: the prediction in words and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.evidence.report import rendering
from sim.evidence.report.document import Section
from sim.evidence.report.instruments import CAMP_WORDS
from sim.evidence.texts.backtest import MOVED_BY
from sim.facts import state_names

Record = Mapping[str, Any]

FIRST = 12  # states printed from each end
EXPLAINED = 3  # states from each end whose motives are shown
MIDDLE = 0.5  # of openness


def document(content: Record, who: Sequence[str] = (), every: bool = False) -> Section:
    """The *content* of a prediction: the motives of *who* (iso3), by default of the first and the
    last states; *every* state, or those at both ends and *who*.
    """
    text, order = content["text"], [state["iso3"] for state in content["states"]]
    subjects = list(who) or list(dict.fromkeys([*order[:EXPLAINED], *order[-EXPLAINED:]]))
    vectors = _contributions(content, subjects)
    return rendering.section(
        "prediction",
        content=content,
        text=text,
        every=every,
        convenor="none" if text["convenor"] is None else state_names()[text["convenor"]],
        is_near_middle=abs(content["features"]["openness"] - MIDDLE) < MOVED_BY,
        CAMPS=CAMP_WORDS,
        ranking=_ranking(content["states"], who, every),
        subjects=subjects,
        motives=_motives(content, vectors),
        sums=[sum(column) for column in vectors],
    )


def _ranking(states: Sequence[Record], who: Sequence[str], every: bool) -> list[Record | None]:
    """The likeliest first; None for each gap."""
    rows: list[Record | None] = []
    for place, state in enumerate(states):
        if every or not FIRST <= place < len(states) - FIRST or state["iso3"] in who:
            rows.append(state)
        elif rows and rows[-1] is not None:
            rows.append(None)
    return rows


def _contributions(content: Record, subjects: Sequence[str]) -> list[list[float]]:
    """What each motive adds for each of the *subjects*, and on average."""
    parts = content["contributions"]
    mean = [sum(column) / len(parts) for column in zip(*parts.values(), strict=True)]
    return [*(parts[iso3] for iso3 in subjects), mean]


def _motives(content: Record, vectors: Sequence[Sequence[float]]) -> list[tuple[str, list[float]]]:
    """Each motive that says anything, and what it adds; the largest first."""
    parts, weights = content["contributions"].values(), content["weights"]
    places = [m for m in range(len(weights)) if any(part[m] for part in parts)]
    places.sort(key=lambda m: -max(abs(column[m]) for column in vectors[:-1]))
    return [(weights[m]["meaning"], [column[m] for column in vectors]) for m in places]
