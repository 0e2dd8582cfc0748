"""A class on paper: ballots that the teacher types in, cards and ballots to print, and their languages."""

from __future__ import annotations

import csv

import pytest
from classrooms import Lesson, School


@pytest.fixture(scope="module")
def school(tmp_path_factory) -> School:
    return School(tmp_path_factory.mktemp("school"))


def enter(lesson: Lesson, step: int | None = None, **answers: object):
    """The teacher types ballots in, by seat."""
    number = lesson.teacher.state()["step"]["number"] if step is None else step
    ballots = [{"seat": seat.replace("_", "-"), "value": value} for seat, value in answers.items()]
    return lesson.teacher.post("ballots", step=number, ballots=ballots)


def rows_of(lesson: Lesson) -> dict[str, dict]:
    return {row["seat"]: row for row in lesson.teacher.state()["ballots"]}


def test_a_class_without_phones_plays_a_plan_on_paper(school):
    lesson = school.open("15", seats=6)
    assert lesson.teacher.state()["ballots"] == []
    lesson.go_on()
    (question,) = rows_of(lesson)["USA"]["questions"]
    assert (question["unit"], question["high"]) == ("states", 193)
    assert set(rows_of(lesson)) == {"USA", "CHN", "FRA", "Microsoft", "Access Now", "press-1"}
    assert enter(lesson, USA=40, CHN=50, press_1=60).status_code == 200
    assert rows_of(lesson)["CHN"]["answer"] == "50"
    lesson.go_on()
    assert "press-1" not in rows_of(lesson)
    assert [each["key"] for each in rows_of(lesson)["CHN"]["questions"][0]["choices"]] == ["s", "o"]
    assert enter(lesson, USA="sign", CHN="stay-out", FRA="stay").status_code == 200
    assert {seat["id"] for seat in lesson.teacher.state()["seats"] if seat["decided"]} == {"USA", "CHN", "FRA"}
    lesson.go_on()
    assert "United States" in lesson.teacher.state()["world"]["joined"]
    assert set(rows_of(lesson)) == {"press-1"}
    assert enter(lesson, press_1="Washington signs").status_code == 200
    lesson.go_on()
    assert enter(lesson, USA={"mood": "proud", "answer": 51}).status_code == 200
    lesson.go_on()
    debrief = lesson.teacher.state()["debrief"]
    assert sorted(each["before"] for each in debrief["predictions"]) == [40, 50, 60]
    assert debrief["moods"] == [{"value": "proud", "words": "proud", "students": 1}]

    table = lesson.teacher.get("export.csv").get_data().decode("utf-8-sig")
    rows = {row["seat"]: row for row in csv.DictReader(table.splitlines())}
    assert set(rows) == {"United States", "China", "France", "The press"}
    assert rows["China"]["name"] == "China on paper"
    assert {row["step 2 by"] for row in rows.values()} == {"the teacher, from paper", ""}
    assert rows["The press"]["step 3 headline"] == "Washington signs"
    assert (rows["United States"]["step 4 mood"], rows["United States"]["step 4 answer"]) == ("proud", "51")


def test_a_signatory_on_paper_stays_or_leaves(school):
    lesson = school.open("50", seats=6)
    lesson.go_to("choose")
    enter(lesson, USA="sign", CHN="stay-out")
    lesson.go_to("choose")
    keys = {seat: [each["key"] for each in row["questions"][0]["choices"]] for seat, row in rows_of(lesson).items()}
    assert (keys["USA"], keys["CHN"]) == (["s", "l"], ["s", "o"])
    refused = enter(lesson, USA="sign")
    assert refused.status_code == 400
    assert "United States" in refused.get_json()["message"]
    assert enter(lesson, USA="leave", CHN="sign").status_code == 200


def test_ballots_are_entered_together_or_not_at_all(school):
    lesson = school.open("15", seats=6)
    lesson.go_to("choose")
    assert enter(lesson, USA="sign", CHN="perhaps").status_code == 400
    assert not any(seat["decided"] or seat["students"] for seat in lesson.teacher.state()["seats"])


def test_the_first_answer_of_a_seat_stands_on_a_phone_and_on_paper(school):
    lesson = school.open("15", seats=6)
    ada, bo = lesson.join("Ada", "USA"), lesson.join("Bo", "CHN")
    lesson.go_on()
    assert set(rows_of(lesson)) == {"FRA", "Microsoft", "Access Now", "press-1"}
    refused = enter(lesson, USA=10)
    assert (refused.status_code, "alone" in refused.get_json()["message"]) == (400, True)
    lesson.go_on()
    ada.decide("sign")
    refused = enter(lesson, Microsoft="sign", USA="stay-out")
    assert refused.status_code == 409
    assert "United States: Ada has answered already: Sign the text" in refused.get_json()["message"]
    assert rows_of(lesson)["Microsoft"]["answer"] is None
    assert enter(lesson, USA="sign", CHN="sign").status_code == 200, "the same again is harmless"
    assert bo.decide("stay-out").status_code == 409
    assert bo.state()["mine"]["by"] == "China on paper"
    assert bo.post("confirm", step=2).status_code == 200


def test_a_ballot_keeps_the_rules_of_steps(school):
    lesson = school.open("15", seats=6)
    step = lesson.go_to("choose")
    late, early = enter(lesson, step - 1, USA="sign"), enter(lesson, step + 1, USA="sign")
    assert (late.status_code, early.status_code) == (409, 409)
    school.clock.move(5 * 60)
    assert enter(lesson, step, USA="sign").status_code == 409, "the time of the step is over"
    lesson.teacher.teach("end")
    assert enter(lesson, lesson.teacher.state()["step"]["number"], USA="sign").status_code == 409


def test_a_seat_that_the_model_played_is_played_on_paper_again(school):
    lesson = school.open("15", seats=6)
    lesson.go_to("choose")
    enter(lesson, USA="sign")
    lesson.teacher.teach("release", seat="CHN")
    assert enter(lesson, CHN="stay-out").status_code == 200
    (china,) = [seat for seat in lesson.teacher.state()["seats"] if seat["id"] == "CHN"]
    assert (china["model"], china["students"]) == (False, ["China on paper"])


@pytest.mark.parametrize("ballots", [
    None, [], {}, ["USA"], [{"seat": "USA"}], [{"seat": 7, "value": "sign"}], [{"seat": "Narnia", "value": "sign"}],
    [{"seat": "USA", "value": "sign"}] * 2, [{"seat": "press-1", "value": "sign"}],
    [{"seat": "USA", "value": ["sign"]}], [{"seat": "USA", "value": "sign", "by": "Ada"}],
])  # fmt: skip
def test_what_is_no_ballot_is_refused_in_a_sentence(school, ballots):
    lesson = school.open("15", seats=6)
    step = lesson.go_to("choose")
    refused = lesson.teacher.post("ballots", step=step, ballots=ballots)
    assert refused.status_code in (400, 403)
    assert refused.get_json()["message"]


def test_only_the_teacher_enters_ballots(school):
    lesson = school.open("15", seats=6)
    ada = lesson.join("Ada", "USA")
    step = lesson.go_to("choose")
    ballots = [{"seat": "USA", "value": "sign"}]
    assert ada.post("ballots", step=step, ballots=ballots).status_code == 403
    assert lesson.screen().post("ballots", step=step, ballots=ballots).status_code == 403
    other = school.open("15", seats=6)
    other.go_to("choose")
    other.teacher.post("ballots", step=step, ballots=ballots)
    assert rows_of(lesson)["USA"]["answer"] is None
    assert "ballots" not in ada.state()
