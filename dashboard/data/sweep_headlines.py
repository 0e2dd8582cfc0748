"""The headline of an answer to a sweep, in one line or two: whether more harm is prevented and by how much, or which
dial matters and whether anybody has measured it. The sentences of `sim.analyse` say the same with all numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import sim
from sim import number_formats as formats

PREVENTED, SIGNATORIES, TENTHS = "harm_prevented", "signatories_", 1
VERDICT = re.compile(r"(Yes|No)\b")
LIMITS = re.compile(r" \([^()]*\)$")  # of a part of the assumptions, beside its words
ALSO = "also "  # of a part that the question names, where the verdict holds there too
NUMBERS: Mapping[int, str] = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}
SHORT: Mapping[str, str] = {  # dials in a headline, where their labels are long
    "ambition": "ambition", "text_openness": "openness", "text_public_rule": "public rule",
    "attention_scale": "campaign", "state_attention_gradient": "how far the poorest hear",
}  # fmt: skip

Row = dict[str, Any]


def with_headlines(answer: Mapping[str, Any]) -> list[Row]:
    """The sentences of an *answer*, with a headline where it has a verdict on harm, and a short one where dials are
    ranked.
    """
    return [
        each if each["kind"] != "answer" else {**each, "headline": _headline(answer, each, place)}
        for place, each in enumerate(answer["sentences"])
    ]


def _headline(answer: Mapping[str, Any], sentence: Row, place: int) -> list[str] | None:
    if sentence["headline"]:
        return _of_dials(answer, sentence)
    if place == 0 and sentence["outcome"] == PREVENTED and VERDICT.match(sentence["text"]):
        return _of_harm(answer, sentence)
    return None


def _of_harm(answer: Mapping[str, Any], sentence: Row) -> list[str] | None:
    """The verdict with the difference in points, its range over the assumptions, and where it is smaller and larger."""
    own = [row for row in answer["effects"] if row["asked"] and row["outcome"] == PREVENTED]
    if not own or own[-1]["p5"] is None:
        return None
    effect, parts = own[-1], [row for row in answer["regions"] if row["outcome"] == PREVENTED]
    sign, more = (1, "more") if effect["mean"] > 0 else (-1, "less")

    def tenths(value: float | None) -> str:
        return formats.decimal(None if value is None else sign * value, TENTHS)

    low, high = sorted((effect["p5"], effect["p95"]), key=lambda value: sign * value)
    ends = formats.interval(low, high, tenths, formats.TO)
    verdict, _, condition = sentence["text"].partition(":")[0].partition(", and ")
    found = f"{verdict}: {tenths(effect['mean'])} points {more} harm prevented ({ends})"
    if not parts:
        return [f"{found}.", ""]
    where = [LIMITS.sub("", part["region"]) for part in (parts[0], parts[-1])]
    first, last = tenths(parts[0]["mean"]), tenths(parts[-1]["mean"])
    if condition:
        at = first if condition.endswith(where[0]) else last
        if condition.startswith(ALSO):
            return [f"{found}, and {at} {condition.removeprefix(ALSO)}.", ""]
        return [f"{found}, {condition} ({at}).", ""]
    subject, is_so, _ = where[0].removeprefix("where ").partition(" is ")
    second = where[1].replace(f"where {subject} is ", "where it is ") if is_so else where[1]
    return [f"{found}; {first} {more} {where[0]}, {last} {more} {second}.", ""]


def _of_dials(answer: Mapping[str, Any], sentence: Row) -> list[str]:
    """Of several dials that matter about as much how many, how far they move it and which they are, the largest first;
    of one the headline as it is.
    """
    first, how = sentence["headline"]
    rows = [row for row in answer["sensitivity"]
            if row["outcome"] == sentence["outcome"] and row["index"] == "mu_star" and row["clear"]]  # fmt: skip
    rows.sort(key=lambda row: -row["value"])
    alike = [row for row in rows if row["high"] >= rows[0]["low"]]
    whose = sim.KIND_WORDS.get(sentence["outcome"].removeprefix(SIGNATORIES))
    if len(alike) < 2 or whose is None:
        return [first, how]
    labels = {axis["name"]: axis["label"] for axis in answer["axes"]}
    names = formats.listing([SHORT.get(row["axis"], labels[row["axis"]]) for row in alike])
    number = NUMBERS.get(len(alike), formats.count(len(alike)))
    moved = formats.interval(alike[-1]["value"], alike[0]["value"], formats.count, formats.TO)
    return [f"{number} dials move {moved} {whose} each, none clearly ahead: {names}.", how]
