"""Students of class sessions: how they are called, what their seats are asked, and what is kept
where they change them.
"""

from __future__ import annotations

import csv
import io

import pytest
from classrooms import School

from dashboard.classroom.answers import decision_in_words
from dashboard.classroom.plan import CHOOSE
from dashboard.classroom.world import World


@pytest.fixture
def school(tmp_path):
    return School(tmp_path)


@pytest.mark.parametrize(
    "name", ["\N{WOMAN}\u200d\N{PERSONAL COMPUTER} Ada", "\u0639\u0644\u06cc\u200c\u0631\u0636"]
)
def test_a_name_is_joined_as_its_script_joins_it(school, name):
    lesson = school.open(seats=6)
    assert lesson.join(name).state()["you"]["name"] == name
    assert (
        lesson.ask_to_join(name.replace("\u200c", "").replace("\u200d", "")).status_code == 409
    )  # it reads alike
    assert lesson.ask_to_join("\u200d").status_code == 400


def test_at_the_launch_every_team_signs_or_stays_out(school):
    """Some have promised the convenor before to sign, as France itself; yet nobody stands on the
    list that day.
    """
    lesson = school.open("15", seats=30)
    seats = [seat["id"] for seat in lesson.teacher.state()["seats"] if seat["kind"] != "press"]
    phones = {seat: lesson.join(f"For {seat}", seat) for seat in seats}
    lesson.go_to("choose")
    offered = {
        seat: [option["value"] for option in phone.state()["options"]]
        for seat, phone in phones.items()
    }
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
    steps = ("2. The launch", "5. The first anniversary")
    told = [
        [row[f"{step} ({what})"] for step in steps for what in ("seat", "decision", "by")]
        for row in rows
    ]
    assert told[0] == [
        "United States",
        "signed",
        "Ada",
        "France",
        decision_in_words(CHOOSE, value),
        "Bo",
    ]
    assert told[1] == ["", "", "", "France", decision_in_words(CHOOSE, value), "Bo"]


def test_a_seat_that_signs_anew_was_a_signatory_before():
    """Whoever signs, leaves and signs once more is one in the first year, too."""
    choices = {0: True, 12: False, 36: True}
    events = [{"round": month, "who": ["USA"], "signs": signs} for month, signs in choices.items()]
    course = World("paris-call-2018", 1, events).course()
    assert [course.has_signed("USA", month) for month in (-1, 0, 11, 12, 35, 36, 62)] == [
        False, True, True, False, False, True, True,
    ]  # fmt: skip


# Who comes late


def offered(lesson):
    return {seat["id"] for seat in lesson.teacher.state()["seats"] if seat["offered"]}


def fill(lesson, **teams):
    """Lets so many students take each seat in the lobby."""
    for seat, number in teams.items():
        for one in range(number):
            lesson.join(
                f"{seat} {one}", {"press": "press-1", "Access": "Access Now"}.get(seat, seat)
            )


def test_in_the_lobby_everybody_takes_any_seat_with_room(school):
    lesson = school.open(seats=6)
    fill(lesson, USA=4, CHN=1)
    assert offered(lesson) == {"CHN", "FRA", "Microsoft", "Access Now", "press-1"}


def test_who_comes_late_takes_a_seat_that_the_model_plays(school):
    """And none of a team that sits there, into which it could look for another; not even the empty
    one of the press.
    """
    lesson = school.open(seats=6)
    fill(lesson, USA=1, CHN=3, Microsoft=1)
    lesson.go_to("choose")
    assert offered(lesson) == {"FRA", "Access Now"}
    late = lesson.join("Late")
    for seat in ("USA", "CHN", "Microsoft", "press-1"):
        assert late.post("seat", seat=seat).status_code == 409
    assert late.take("FRA").state()["you"]["seat"] == "FRA"
    assert offered(lesson) == {"Access Now"}


def test_where_no_seat_is_empty_who_comes_late_joins_the_smallest_team(school):
    lesson = school.open(seats=6)
    fill(lesson, USA=4, CHN=3, FRA=1, Microsoft=2, Access=2)
    lesson.go_to("news")
    assert offered(lesson) == {"press-1"}
    lesson.join("First", "press-1")
    assert offered(lesson) == {"FRA", "press-1"}
    rival = lesson.join("Rival")
    assert rival.post("seat", seat="CHN").status_code == 409
    rival.take("FRA")
    assert offered(lesson) == {"press-1"}


def test_of_two_who_want_the_last_empty_seat_the_second_is_told_to_look_again(school):
    lesson = school.open(seats=6)
    fill(lesson, USA=2, CHN=2, Microsoft=2, Access=2, press=2)
    lesson.go_to("choose")
    first, second = lesson.join("First"), lesson.join("Second")
    first.take("FRA")
    assert second.post("seat", seat="USA").status_code == 409
    assert second.take("FRA").state()["seats"][2]["students"] == ["First", "Second"]


def test_a_seat_that_was_given_to_the_model_is_not_taken_from_it(school):
    lesson = school.open(seats=6)
    fill(lesson, USA=1, CHN=1, Microsoft=1, press=1)
    lesson.go_to("choose")
    lesson.teacher.teach("release", seat="FRA")
    assert offered(lesson) == {"Access Now"}
    assert lesson.join("Late").post("seat", seat="FRA").status_code == 409


def test_a_full_class_offers_no_seat_and_the_teacher_has_the_last_word(school):
    lesson = school.open(seats=6)
    fill(lesson, USA=1, CHN=4, FRA=4, Microsoft=4, Access=3, press=4)
    lesson.go_to("choose")
    late = lesson.join("Late")
    assert (
        lesson.teacher.teach(
            "seat", student=late.state()["you"]["number"], seat="Access Now"
        ).status_code
        == 200
    )
    for number in range(3):
        lesson.join(f"More {number}", "USA")
    assert offered(lesson) == set()


def test_whoever_had_a_seat_goes_back_to_it_and_to_no_other(school):
    lesson = school.open(seats=6)
    student = lesson.join("Ada", "USA")
    fill(lesson, USA=2)
    lesson.go_to("choose")
    student.take(None)
    assert student.post("seat", seat="FRA").status_code == 403
    assert student.take("USA").state()["you"]["seat"] == "USA"
