"""Answers that ship, so that a page has one at once: those of the ready sweeps, of the two
questions of the page Campaign as its forms have them at first, and of what visitors ask first about
a stakeholder, each of the default view.

An answer counts for the question whose key it has, which holds the version and all on which an
answer depends; another question is simulated. `make answers` simulates them anew
(dashboard/data/ready_questions.py).
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dashboard.view import view_of

FOLDER = Path(__file__).resolve().parent / "answers"
HARM = "harm_prevented"
MOST_FOUND, LONG = (
    2,
    160,
)  # outcomes; letters of a finding beside which there is no room for another
BRACKETS = re.compile(r" \([^()]*\)")
INTERVAL = re.compile(r" \(\d+\s% [^()]*\)")


@functools.cache
def answers() -> Mapping[str, dict[str, Any]]:
    """The answers that ship, by the keys of their questions."""
    contents = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
    ]
    return {content["key"]: content["answer"] for content in contents}


def finding(answer: Mapping[str, Any]) -> str:
    """What an *answer* to a sweep found on the first outcomes that it is about, without intervals;
    of a ranking of dials the headline.
    """
    own = _answers_of(answer)
    if headline := own[0]["headline"]:
        return str(headline[0])
    first, *more = [
        INTERVAL.sub("", re.split(r"(?<=\.) (?=[A-Z])", each["text"])[0]) for each in own
    ]
    comparison = first.partition(", ")[0] + ", "
    if comparison.startswith("With ") and all(text.startswith(comparison) for text in more):
        return (
            ", and ".join(
                [first.rstrip("."), *(text.removeprefix(comparison).rstrip(".") for text in more)]
            )
            + "."
        )
    return " ".join([first, *more])


def in_one_sentence(text: str) -> str:
    """The first sentence of a finding, without what stands in round brackets, as a list of
    questions has it.
    """
    return BRACKETS.sub("", re.split(r"(?<=\.) (?=[A-Z])", text)[0])


def bases(answer: Mapping[str, Any]) -> list[str]:
    """What the finding of an *answer* rests on, each once, with what it says of the second outcome
    in passing.
    """
    return list(dict.fromkeys(each["basis"] for each in _first_sentences(answer)))


def harm_prevented_now(some: Iterable[Mapping[str, Any]]) -> tuple[float, float]:
    """The least and the most harm, in percent, that the code as it is prevents on average in *some*
    answers to sweeps: of each that is about harm, where its lever stands as in the scenario.
    """
    levels = [level for answer in some if (level := _level_now(answer)) is not None]
    return min(levels), max(levels)


def _level_now(answer: Mapping[str, Any]) -> float | None:
    """The mean of the harm prevented in an *answer* whose levers stand as in the scenario; None
    where none do.
    """
    if all(row["name"] != HARM for row in answer["outcomes"]) or answer["link"]["query"] is None:
        return None
    settings, rows = view_of(answer["link"]["query"]).variant.settings, answer["rows"]
    levers = [axis["name"] for axis in answer["axes"] if axis["lever"]]
    if not levers:  # of very many settings some alone are among the rows
        whole = [
            row["value"]
            for row in answer["convergence"]
            if row["outcome"] == HARM and row["of"] == "mean"
        ]
        return whole[-1] if whole else None
    values = [
        value for place, value in enumerate(rows[HARM])
        if value is not None and all(settings.get(name) == rows[name][place] for name in levers)
    ]  # fmt: skip
    return sum(values) / len(values) if values else None


def _answers_of(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sentences of which a finding has the first part each."""
    asked = _first_sentences(answer)
    is_long = len(asked[0]["text"].partition(". ")[0]) > LONG
    return asked[:1] if asked[0]["headline"] or is_long else asked


def _first_sentences(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sentences on the first outcomes that are asked about."""
    return [each for each in answer["sentences"] if each["kind"] == "answer"][:MOST_FOUND]
