"""The seat of the press in class sessions: it reads what stands on the wall and nothing more, and
writes headlines.
"""

from __future__ import annotations

from typing import Any

import pytest
from classrooms import Device, School
from test_classroom_conduct import STATES, game_in

from dashboard.classroom.plan import ACCUSE, DEBRIEF, KEEP, NEWS, OF_A_STUDENT, PLANS

OWN = {"role", "you", "mine"}  # of whoever looks
GUESS = {"exit": {"mood": "curious", "answer": 50}, "predict": 40}


def public(device: Device) -> dict[str, Any]:
    return {key: each for key, each in device.state().items() if key not in OWN}


@pytest.mark.parametrize("plan", PLANS)
def test_the_press_reads_what_is_on_the_wall_and_nothing_more(tmp_path, plan):
    """In every step, while others decide in public or in secret; of its own it has a name, a seat
    and an answer.
    """
    lesson = School(tmp_path).open(plan, seats=6)
    press, wall = lesson.join("Press", "press-1"), lesson.screen()
    teams = {
        seat: lesson.join(f"Team {seat}", seat) for seat in (*STATES, "Microsoft", "Access Now")
    }
    while True:
        step = press.state()["step"]
        for seat, team in teams.items():
            state = team.state()
            if state["options"]:
                place = 1 if seat == "CHN" and step["kind"] == KEEP else 0
                assert team.decide(state["options"][place]["value"]).status_code == 200
        own = press.state()
        assert public(press) == public(wall), step["title"]
        assert (own["options"], own["own_conduct"], own["verdict"], own["mine"]) == (
            [],
            None,
            None,
            None,
        )
        assert own["you"]["seat"] == "press-1"
        if step["kind"] == DEBRIEF:
            return
        lesson.go_on()


def test_the_press_reads_the_same_whatever_is_decided_in_secret(tmp_path):
    """While a secret is young: later its world differs by what everybody sees."""
    read = []
    for values in ({"USA": "keep", "CHN": "break"}, {"USA": "break", "CHN": "keep"}):
        game = game_in(School(tmp_path / values["USA"]))
        game.keep(**values)
        read.append(
            {key: each for key, each in public(game.phones["press-1"]).items() if key != "code"}
        )
    assert read[0] == read[1]


def test_the_press_writes_one_headline_in_each_news_and_nowhere_else(tmp_path):
    lesson = School(tmp_path).open("50", seats=6)
    press, reader = lesson.join("Press", "press-1"), lesson.join("Ada", "USA")
    written = []
    for number, step in enumerate(PLANS["50"]):
        asked = next(seat for seat in press.state()["seats"] if seat["id"] == "press-1")["asked"]
        assert asked == (step.kind == NEWS)
        status = press.decide(GUESS.get(step.kind, f"Headline {number}")).status_code
        if step.kind == NEWS:
            written.insert(0, f"Headline {number}")
        assert status == (
            200
            if step.kind in (NEWS, *OF_A_STUDENT)
            else 403
            if step.kind in ("choose", KEEP, ACCUSE)
            else 409
        ), step.title
        assert [each["words"] for each in reader.state()["headlines"]] == written
        if step != PLANS["50"][-1]:
            lesson.go_on()
    assert len(written) == 3
