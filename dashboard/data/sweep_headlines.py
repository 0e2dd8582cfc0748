"""The headline of an answer to a sweep, in one line or two: how much more or less harm is
prevented, or which dial matters and whether anybody has measured it. The sentences of
`parley.analyse` say the same with all numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import sim
from sim import number_formats as formats

PREVENTED, SIGNATORIES, TENTHS = "harm_prevented", "signatories_", 1
VERDICT = re.compile(r"(?:Yes|No)\b[^:]*: with (.+?), the code prevents ")  # and what the lever is
NUMBERS: Mapping[int, str] = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}
SHORT: Mapping[str, str] = {  # dials in a headline, where their labels are long
    "ambition": "ambition", "text_openness": "openness", "text_public_rule": "public rule",
    "attention_scale": "campaign", "state_attention_gradient": "how often the poorest hear",
}  # fmt: skip

Row = dict[str, Any]


def with_headlines(answer: Mapping[str, Any]) -> list[Row]:
    """The sentences of an *answer*, with a headline where it has a verdict on harm, and a short one
    where dials are ranked.
    """
    return [
        each if each["kind"] != "answer" else {**each, "headline": _headline(answer, each, place)}
        for place, each in enumerate(answer["sentences"])
    ]


def _headline(answer: Mapping[str, Any], sentence: Row, place: int) -> list[str] | None:
    if sentence["headline"]:
        return _of_dials(answer, sentence)
    verdict = (
        VERDICT.match(sentence["text"]) if place == 0 and sentence["outcome"] == PREVENTED else None
    )
    return _of_harm(answer, verdict[1]) if verdict else None


def _of_harm(answer: Mapping[str, Any], lever: str) -> list[str] | None:
    """The difference that the *lever* in words makes, in points with its range over the
    assumptions, and the same in the part of the assumptions that the question names, else in those
    that stand out.
    """
    own = [row for row in answer["effects"] if row["asked"] and row["outcome"] == PREVENTED]
    if not own or own[-1]["p5"] is None:
        return None
    effect, parts = own[-1], [row for row in answer["regions"] if row["outcome"] == PREVENTED]
    sign, more = (1, "more") if effect["mean"] > 0 else (-1, "less")

    def with_ends(row: Mapping[str, Any], words: str = "") -> str:
        number, *ends = (sign * row[key] for key in ("mean", "p5", "p95"))
        low, high = sorted(ends)
        return f"{_tenths(number)}{words} ({formats.interval(low, high, _tenths, formats.TO)})"

    places = {
        f"where {part['state']}" if part["state"] else part["region"]: part
        for part in parts
        if part["stands_out"]
    }
    asked = {words: part for words, part in places.items() if words in answer["question"]} or places
    named = zip(_by_pronoun(list(asked)), asked.values(), strict=True)
    where = [f"{words}, {with_ends(part)}" for words, part in named]
    found = f"With {lever}, the code prevents {with_ends(effect, f' points {more} harm')}"
    return ["; ".join([found, *where]) + ".", ""]


def _by_pronoun(places: Sequence[str]) -> list[str]:
    """Parts of the assumptions, the second one without the subject of the first: "where it is
    good".
    """
    subject, is_so, _ = (
        places[0].removeprefix("where ").partition(" is ") if places else ("", "", "")
    )
    return [each.replace(f"where {subject} is ", "where it is ") if k and is_so else each
            for k, each in enumerate(places)]  # fmt: skip


def _tenths(value: float | None) -> str:
    return formats.decimal(value, TENTHS)


def _of_dials(answer: Mapping[str, Any], sentence: Row) -> list[str]:
    """Of several dials that matter about as much how many, how far they move it and which they are,
    the largest first; of one the headline as it is.
    """
    first, how = sentence["headline"]
    rows = [
        row
        for row in answer["sensitivity"]
        if row["outcome"] == sentence["outcome"] and row["index"] == "mu_star" and row["clear"]
    ]
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
