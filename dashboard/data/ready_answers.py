"""Answers that ship, so that a page has one at once: those of the ready sweeps, and of the two questions of the page
Pivots and campaign as its forms have them at first, each of the default view.

An answer counts for the question whose key it has, which holds the version and all on which an answer depends; another
question is simulated. `make answers` simulates them anew, which takes some minutes.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import sim
from dashboard.data.questions import Question, question_from
from dashboard.data.sweep_questions import READY

FOLDER = Path(__file__).resolve().parent / "answers"
MOST_FOUND = 2  # outcomes
INTERVAL = re.compile(r" \(\d+\s% [^()]*\)")


def ready_questions() -> dict[str, Question]:
    """The questions whose answers ship, by the names of their files."""
    sweeps = {name: {"kind": "sweep", "asked": urlencode({READY: name})} for name, _, _ in sim.available_sweeps()}
    others = {kind: {"kind": kind, "asked": ""} for kind in ("pivots", "campaign")}
    return {name: question_from({"view": "", **content}) for name, content in {**sweeps, **others}.items()}


@functools.cache
def answers() -> Mapping[str, dict[str, Any]]:
    """The answers that ship, by the keys of their questions."""
    contents = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
    return {content["key"]: content["answer"] for content in contents}


def finding(answer: Mapping[str, Any]) -> str:
    """What an *answer* to a sweep found on the first outcomes that it is about, without intervals."""
    own = [each["text"] for each in answer["sentences"] if each["kind"] == "answer"][:MOST_FOUND]
    first, *more = [INTERVAL.sub("", re.split(r"(?<=\.) (?=[A-Z])", text)[0]) for text in own]
    comparison = first.partition(", ")[0] + ", "
    if comparison.startswith("With ") and all(text.startswith(comparison) for text in more):
        return ", and ".join([first.rstrip("."), *(text.removeprefix(comparison).rstrip(".") for text in more)]) + "."
    return " ".join([first, *more])


def save(name: str, question: Question, answer: Mapping[str, Any]) -> None:
    """Write the *answer* to the *question* into the file called *name*."""
    content = {"key": question.key, "answer": answer}
    text = json.dumps(content, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    for each, ready in ready_questions().items():
        save(each, ready, ready.answer())
