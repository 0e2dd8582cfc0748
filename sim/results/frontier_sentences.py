"""The frontier of depth and breadth in plain words, from its two tables
(`sim.results.frontier`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

import pandas as pd

from sim.experiments.outcomes import ALL
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import (
    DASH,
    TO,
    count,
    difference_interval,
    extent,
    interval,
    listing,
    mean,
    significant,
)
from sim.scenario import Scenario

TEXTS = {
    0.0: "a text that asks for nothing",
    1.0: "the text as it is",
    2.0: "one that asks for everything",
}
VERBS = {
    "rises": "rises by {}",
    "falls": "falls by {}",
    "unclear": "changes by {}, without a clear sign,",
}
MEMBERSHIPS = {
    "fixed": "At fixed membership, with the signatories of the text as it is,",
    "free": "At free membership, where everybody decides anew,",
}
Rows = Mapping[tuple[Any, ...], Any]  # of a table, by what identifies each
NOBODY = "nothing, as nobody with means is a signatory"


def frontier_sentences(
    scenario: Scenario, table: pd.DataFrame, changes: pd.DataFrame, points: int
) -> list[str]:
    """What deeper texts do to participation, compliance, departure and harm; conduct in ranges over
    so many *points* of the assumptions.
    """
    rows: Rows = {
        (row.scale, row.membership, row.outcome, row.part): row for row in table.itertuples()
    }
    moves = {
        (row.from_scale, row.to_scale, row.membership, row.outcome, row.part): row
        for row in changes.itertuples()
    }
    stretches = [*dict.fromkeys(zip(changes["from_scale"], changes["to_scale"], strict=True))]
    scales = sorted({scale for stretch in stretches for scale in stretch})
    sentences = [f"Numbers are of {listing([_text(scale) for scale in scales])}, in this order."]
    for kind in scenario.code.may_sign:
        counts = [rows[scale, "free", "signatories", kind] for scale in scales]
        words = [
            f"{count(row.middle)} ({interval(row.low, row.high, between=TO)})" for row in counts
        ]
        who = KIND_WORDS[kind][:1].upper() + KIND_WORDS[kind][1:]
        sentences.append(f"{who} that sign it: {listing(words)}; in brackets 90 % of worlds.")
    for way, words_of_way in MEMBERSHIPS.items():
        compliance = _values(rows, scales, (way, "compliance", ALL), "share")
        change = _change(moves, stretches, (way, "compliance", ALL), 100.0)
        sentences.append(
            f"{words_of_way} compliance of those with means is {compliance}: it {change}."
        )
    for way in MEMBERSHIPS:
        operations = _values(rows, scales, (way, "departure", "operations"))
        practices = _values(rows, scales, (way, "departure", "practices"))
        sentences.append(
            f"At {way} membership signatories undertake {operations} % fewer operations, and"
            f" neglect {practices} % fewer practices, than they would in the same world without the"
            " code."
        )
    for way in MEMBERSHIPS:
        harm = _values(rows, scales, (way, "harm_prevented", ALL))
        change = _change(moves, stretches, (way, "harm_prevented", ALL), 1.0)
        sentences.append(
            f"At {way} membership the code prevents {harm} % of the harm: this {change}."
        )
    ranges = f"its ranges hold 90 % of {points} worlds in which all assumptions vary at once"
    sentences.append(f"Conduct is assumed: {ranges}.")
    return sentences


def _text(scale: float) -> str:
    return TEXTS.get(scale, f"the text at scale {significant(scale)}")


def _values(rows: Rows, scales: Sequence[float], key: tuple[str, str, str], unit: str = "") -> str:
    """The range of an outcome of conduct under each text."""
    return listing([_range(rows[(scale, *key)], unit) for scale in scales])


def _range(row: Any, unit: str) -> str:
    return NOBODY if isnan(row.low) else extent(row.low, row.high, unit).replace(DASH, TO)


def _change(
    moves: Rows, stretches: Sequence[tuple[float, float]], key: tuple[str, str, str], factor: float
) -> str:
    """What changes over each stretch, with its band, in points."""
    parts = []
    for first, last in stretches:
        row = moves[(first, last, *key)]
        where = (
            "from end to end"
            if (first, last) == stretches[-1]
            else f"from {_text(first)} to {_text(last)}"
        )
        if isnan(row.low):
            parts.append(f"cannot be compared {where}")
        elif row.sign == "same":
            parts.append(f"stays as it is {where}")
        else:
            parts.append(f"{VERBS[row.sign].format(_band(row, factor))} {where}")
    return listing(parts)


def _band(row: Any, factor: float) -> str:
    """The ends of a change: with their signs where it has no clear one, else the smaller first,
    without.
    """
    ends = (row.low * factor, row.high * factor)
    if row.sign == "unclear":
        return f"{difference_interval(*ends)} points"
    low, high = sorted(abs(end) for end in ends)
    return f"{interval(low, high, mean, TO)} points"
