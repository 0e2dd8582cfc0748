"""What teachers read of a session is what the session does: its steps, their minutes, and words for
each of them.
"""

from __future__ import annotations

import csv
import re
from itertools import accumulate
from pathlib import Path

import pytest
from classrooms import School

from dashboard.classroom import answers, text_talks, world
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.plan import (
    ACCEPT,
    ACCUSE,
    AMEND,
    DAY,
    EXIT,
    PLANS,
    PREDICT,
    REAL,
    WRITTEN,
    Step,
)

TEACHING = Path(__file__).resolve().parent.parent / "docs" / "teaching"
CLASS, CLOCKS, SCRIPT, HOMEWORK = (
    (TEACHING / f"{name}.md").read_text(encoding="utf-8")
    for name in ("class", "plans", "script", "homework")
)
IN_A_LESSON = [plan for plan in PLANS if plan != "week"]


def table(text: str, head: str) -> list[list[str]]:
    """The rows of the table whose first row begins with *head*, that one first."""
    lines = text[text.index(f"| {head} |") :].partition("\n\n")[0].splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if not line.startswith("|--")
    ]


def title(step: Step) -> str:
    return step.title.replace("’", "'")


def section(text: str, name: str) -> str:
    """What stands below the heading that begins with *name*."""
    return text[text.index(f"\n## {name}") + 1 :].partition("\n## ")[0]


@pytest.mark.parametrize("plan", IN_A_LESSON)
def test_the_table_of_steps_is_the_plan(plan):
    head, *rows = table(CLASS, "step")
    column = head.index(plan)
    always = {"Take a seat"}
    told = [(row[0], row[column]) for row in rows if row[column] or row[0] in always]
    assert told == [(title(step), str(step.minutes or "")) for step in PLANS[plan]]


@pytest.mark.parametrize("plan", ["15", "50", "150"])
def test_the_clock_of_a_plan_is_the_plan(plan):
    _, *rows = table(section(CLOCKS, plan), "Minute")
    begins = accumulate((step.minutes or 0 for step in PLANS[plan][1:-1]), initial=0)
    assert [row[1].partition(",")[0] for row in rows] == [title(step) for step in PLANS[plan]]
    assert [row[0] for row in rows] == ["before", *map(str, begins)]


@pytest.mark.parametrize("plan", [plan for plan in IN_A_LESSON if plan not in REAL.values()])
def test_the_script_has_words_for_each_step(plan):
    said = SCRIPT.partition("\n## On paper")[0]
    spoken = re.findall(r"^\*\*(.+?)(?: \((?:about )?(\d+) minutes|\.|\*\*)", said, re.MULTILINE)
    assert {title(step) for step in PLANS[plan]} <= {words.rstrip(".") for words, _ in spoken}
    timed = set(
        re.findall(
            r"^\*\*([^*]+?) \((\d+) minutes", section(SCRIPT, f"{plan} minutes"), re.MULTILINE
        )
    )
    assert timed
    assert timed <= {(title(step), str(step.minutes)) for step in PLANS[plan]}


def test_homework_has_the_days_of_its_steps():
    _, *rows = table(HOMEWORK, "When")
    assert [row[1] for row in rows] == [title(step) for step in PLANS["week"]]
    days = [DAY * len(re.findall(r"\d+", row[0])) for row in rows[1:-1]]
    assert days == [step.minutes for step in PLANS["week"][1:-1]]


def test_joining_is_counted_beside_the_clock():
    words = {"15": "three", "50": "five", "150": "ten"}
    for plan, more in words.items():
        assert ENGLISH.say(f"plan-{plan}.words").endswith(f"Joining takes {more} minutes more.")
    assert (
        "three minutes more for the plan of 15, five for that of 50, ten for that of 150" in CLASS
    )


def test_the_kit_describes_each_column_of_the_table_in_words(tmp_path, monkeypatch):
    """A class whose teams take the first option in each step fills every column, and no cell is a
    code.
    """
    monkeypatch.setattr(world, "WORLDS", 3)
    lesson = School(tmp_path).open("150", seats=6)
    phones = [lesson.join(f"Team {seat}", seat) for seat in ("USA", "CHN", "FRA", "press-1")]
    given = {
        PREDICT: 40,
        EXIT: {"mood": "pressed", "answer": 60},
        AMEND: {"1": "full"},
        ACCEPT: "block",
        ACCUSE: "nobody",
        **dict.fromkeys(WRITTEN, "A headline"),
    }
    for step in PLANS["150"][1:]:
        lesson.go_on()
        for phone in phones:
            options = phone.state()["options"]
            if step.kind in given or options:
                phone.decide(given.get(step.kind) or options[0]["value"])
    head, *rows = csv.reader(
        lesson.teacher.get("export.csv").get_data().decode("utf-8-sig").splitlines()
    )
    steps = "|".join(
        re.escape(f"{number}. {step.title}") for number, step in enumerate(PLANS["150"])
    )
    found = {re.sub(rf"^(?:{steps}) (?=\()", "", name) for name in head}
    told = {name for row in table(CLASS, "column") for name in re.findall("`([^`]+)`", row[0])}
    assert {name for name in found if not re.match(r"\([2-9]\. ", name)} == told
    codes = {*answers.OPTIONS, answers.KEEP, answers.BREAK, *text_talks.RUNGS, *text_talks.VOTES}
    codes -= {"weaker", "deeper"}  # as said
    assert codes & {cell for row in rows for cell in row} == set()
