"""The questions whose answers ship.

`python -m dashboard.data.ready_questions` simulates their answers anew, which takes some minutes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import sim
from dashboard.cache import Runs
from dashboard.data import explanations
from dashboard.data.questions import Question, question_from
from dashboard.data.ready_answers import FOLDER
from dashboard.data.sweep_questions import READY

ASKED = ("USA", "CHN", "RUS", "IND", "BRA", "KEN", "ISR")  # about these
FIRST = "what-moves-signing"  # the sweep that the page Sweeps opens with
BY = (
    0,
    12,
    13,
    # months after the launch by whose end they would sign: the launch, a year on, and the end of
    # 2019
)


def ready_sweeps() -> list[str]:
    """The names of the sweeps that ship, the first question of all before the others."""
    return sorted(
        (name for name, _, _ in sim.available_sweeps()), key=lambda name: (name != FIRST, name)
    )


def ready_questions() -> dict[str, Question]:
    """The questions whose answers ship, by the names of their files."""
    sweeps = {name: {"kind": "sweep", "asked": urlencode({READY: name})} for name in ready_sweeps()}
    others = {kind: {"kind": kind, "asked": ""} for kind in ("pivots", "campaign")}
    return {
        name: question_from({"view": "", **content})
        for name, content in {**sweeps, **others}.items()
    }


def ready_explanations() -> dict[str, explanations.Question]:
    """The questions about stakeholders whose answers ship, by the names of their files."""
    pairs = [(who, by) for who in ASKED for by in BY]
    return {
        f"{who}-{by}": explanations.question_of(urlencode({"who": who, "by": by}))
        for who, by in pairs
    }


def save(name: str, key: str, answer: Mapping[str, Any]) -> None:
    """Write the *answer* to the question of the *key* into the file called *name*."""
    text = json.dumps(
        {"key": key, "answer": answer}, allow_nan=False, ensure_ascii=False, separators=(",", ":")
    )
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Simulate all answers anew."""
    runs = Runs()
    for name, asked in ready_explanations().items():
        found = explanations.simulated_explanation(asked, runs)
        save(
            name,
            asked.digest,
            {"explanation": found, "changes": explanations.simulated_changes(asked, runs)},
        )
    for name, question in ready_questions().items():
        save(name, question.key, question.answer())


if __name__ == "__main__":
    main()
