"""Students of class sessions: how they are called, what their seats are asked, and what is kept where they change them.
"""

from __future__ import annotations

import csv
import io

import pytest
from classrooms import School

from dashboard.classroom.world import course_of


@pytest.fixture
def school(tmp_path):
    return School(tmp_path)


@pytest.mark.parametrize("name", ["\N{WOMAN}\u200d\N{PERSONAL COMPUTER} Ada", "\u0639\u0644\u06cc\u200c\u0631\u0636"])
def test_a_name_is_joined_as_its_script_joins_it(school, name):
    lesson = school.open(seats=6)
    assert lesson.join(name).state()["you"]["name"] == name
    assert lesson.ask_to_join(name.replace("\u200c", "").replace("\u200d", "")).status_code == 409  # it reads alike
    assert lesson.ask_to_join("\u200d").status_code == 400


def test_at_the_launch_every_team_signs_or_stays_out(school):
    """Some have promised the convenor before to sign, as France itself; yet nobody stands on the list that day."""
    lesson = school.open("15", seats=30)
    seats = [seat["id"] for seat in lesson.teacher.state()["seats"] if seat["kind"] != "press"]
    phones = {seat: lesson.join(f"For {seat}", seat) for seat in seats}
    lesson.go_to("choose")
    offered = {seat: [option["value"] for option in phone.state()["options"]] for seat, phone in phones.items()}
    assert {seat for seat, values in offered.items() if values != ["sign", "stay-out"]} == set()
    assert phones["GBR"].decide("stay-out").status_code == 200
    lesson.go_to("news")
    assert phones["FRA"].state()["mine_before"]["words"] == "signed"
    assert "France" in phones["FRA"].state()["world"]["joined"]
    assert "United Kingdom" not in phones["FRA"].state()["world"]["joined"]
    assert "United Kingdom" not in phones["FRA"].state()["world"]["left"]


def test_the_table_keeps_what_a_student_decided_in_a_seat_before(school):
    """The teacher hands Ada on to France; nobody else ever spoke for the United States."""
    lesson = school.open("50-real", seats=6)
    ada, bo = lesson.join("Ada", "USA"), lesson.join("Bo", "FRA")
    lesson.go_to("choose")
    ada.decide("sign")
    lesson.go_to("choose")
    assert lesson.teacher.teach("seat", student=1, seat="FRA").status_code == 200
    value = bo.state()["options"][0]["value"]
    assert bo.decide(value).status_code == 200
    rows = list(csv.DictReader(io.StringIO(lesson.teacher.get("export.csv").text)))
    told = [[row[f"step {step} {what}"] for step in (2, 5) for what in ("seat", "decision", "by")] for row in rows]
    assert told[0] == ["United States", "sign", "Ada", "France", value, "Bo"]
    assert told[1] == ["", "", "", "France", value, "Bo"]


def test_a_seat_that_signs_anew_was_a_signatory_before():
    """Whoever signs, leaves and signs once more is one in the first year, too."""
    choices = {0: True, 12: False, 36: True}
    events = [{"round": month, "who": ["USA"], "signs": signs} for month, signs in choices.items()]
    course = course_of("paris-call-2018", 1, events)
    assert [course.has_signed("USA", month) for month in (-1, 0, 11, 12, 35, 36, 62)] == [
        False, True, True, False, False, True, True,
    ]  # fmt: skip
