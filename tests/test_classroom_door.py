"""Who comes into a class: the teacher removes a student, locks the door, and lets in who waits."""

from __future__ import annotations

import csv
import io

import pytest
from classrooms import Device, Lesson, School, files_of

from dashboard.classroom.codes import STUDENT, new_token
from dashboard.classroom.door import BY_THEMSELVES, BY_THEMSELVES_A_DAY, MINUTE, WAITING
from dashboard.classroom.people import MOST_STUDENTS
from dashboard.classroom.seats import MOST_IN_A_TEAM, SIZES

ADDRESS = "203.0.113.7"  # of a school, or of whoever wants to be many


@pytest.fixture
def school(tmp_path):
    return School(tmp_path)


@pytest.fixture
def lesson(school):
    return school.open("15", seats=6)


def crowd(lesson: Lesson, number: int, name: str = "Student") -> list[Device]:
    """So many who come from one address, and whom the server took."""
    answers = [lesson.ask_to_join(f"{name} {one}", address=ADDRESS) for one in range(number)]
    assert {each.status_code for each in answers} <= {201, 429}
    return [
        Device(lesson.school.client, each.get_json()["token"])
        for each in answers
        if each.status_code == 201
    ]


def inside(lesson: Lesson) -> list[str]:
    return [each["name"] for each in lesson.teacher.state()["students"]]


def waiting(lesson: Lesson) -> list[str]:
    return [each["name"] for each in lesson.teacher.state()["waiting"]]


# A student whom the teacher removes


def test_a_student_who_is_removed_leaves_its_seat_and_its_name(lesson):
    ada, bo = lesson.join("Ada", "USA"), lesson.join("Bo", "USA")
    assert lesson.teacher.teach("remove", student=1).status_code == 200
    assert inside(lesson) == ["Bo"]
    assert bo.state()["seats"][0]["students"] == ["Bo"]
    assert ada.get("state").status_code == 401
    assert ada.post("seat", seat="USA").status_code == 401
    again = lesson.join("Ada", "CHN").state()["you"]
    assert (again["number"], again["seat"]) == (3, "CHN")
    assert lesson.teacher.teach("remove", student=1).status_code == 400


def test_what_a_team_decided_stands_when_the_student_is_removed_in_the_game(lesson):
    ada, bo = lesson.join("Rude word", "USA"), lesson.join("Bo", "USA")
    lesson.go_to("predict")
    assert ada.decide(70).status_code == bo.decide(30).status_code == 200
    lesson.go_to("choose")
    assert ada.decide("sign").status_code == 200
    assert lesson.teacher.teach("remove", student=1).status_code == 200
    assert bo.state()["mine"]["value"] == "sign"
    assert bo.decide("stay-out").status_code == 409
    for _ in range(2):
        lesson.go_on()
    lesson.teacher.teach("end")
    guesses = bo.state()["debrief"]["predictions"]
    assert [each["before"] for each in guesses] == [30]
    for text in (bo.get("state").text, lesson.teacher.get("export.csv").data.decode("utf-8-sig")):
        assert "Rude word" not in text
    rows = list(csv.DictReader(io.StringIO(lesson.teacher.get("export.csv").text)))
    assert len(rows) == 1


def test_a_seat_is_free_for_others_once_its_students_are_removed(lesson):
    phones = [lesson.join(f"One {number}", "USA") for number in range(MOST_IN_A_TEAM)]
    bo = lesson.join("Bo")
    assert bo.post("seat", seat="USA").status_code == 409
    lesson.teacher.teach("remove", student=phones[0].state()["you"]["number"])
    assert bo.take("USA").state()["you"]["seat"] == "USA"


# A door that is locked


def test_nobody_joins_a_session_that_is_locked_until_it_is_unlocked(lesson):
    ada = lesson.join("Ada", "USA")
    assert lesson.teacher.teach("lock").status_code == 200
    answer = lesson.ask_to_join("Bo")
    assert (answer.status_code, "locked" in answer.text) == (409, True)
    assert ada.take("CHN").state()["you"]["seat"] == "CHN"
    assert lesson.teacher.state()["locked"]
    assert lesson.teacher.teach("unlock").status_code == 200
    assert lesson.ask_to_join("Bo").status_code == 201


def test_a_lock_holds_in_the_game_and_after_the_server_was_started_anew(lesson, tmp_path):
    lesson.teacher.teach("lock")
    lesson.teacher.teach("start")
    lesson.school.store.close()
    assert (
        Lesson(School(tmp_path), lesson.code, lesson.teacher).ask_to_join("Bo").status_code == 409
    )


# Many from one address


def test_forty_of_one_address_are_in_after_one_press(lesson):
    phones = crowd(lesson, 40)
    assert (len(inside(lesson)), len(waiting(lesson))) == (BY_THEMSELVES, 40 - BY_THEMSELVES)
    assert lesson.teacher.teach("admit").status_code == 200
    assert (len(phones), len(inside(lesson)), waiting(lesson)) == (40, 40, [])
    assert phones[-1].take("USA").state()["you"]["seat"] == "USA"


def test_one_press_lets_in_also_who_comes_within_the_minute(lesson):
    crowd(lesson, 15)
    lesson.teacher.teach("admit")
    crowd(lesson, 25, "Later")
    assert (len(inside(lesson)), waiting(lesson)) == (40, [])
    lesson.school.clock.move(MINUTE + 1)
    crowd(lesson, 40, "Late")
    assert waiting(lesson) != []


def test_five_hundred_of_one_address_do_not_shut_the_class(lesson):
    taken = crowd(lesson, 500, "Bot")
    assert len(taken) == BY_THEMSELVES + WAITING
    assert len(inside(lesson)) == BY_THEMSELVES
    for number in range(40):  # the class, each phone with an address of its own
        assert lesson.ask_to_join(f"Honest {number}").status_code == 201
    assert lesson.teacher.teach("turn-away").status_code == 200
    assert waiting(lesson) == []
    assert taken[-1].get("state").status_code == 401


def test_even_if_all_bots_are_let_in_there_is_room_for_a_class(lesson):
    crowd(lesson, 500, "Bot")
    lesson.teacher.teach("admit")
    assert MOST_STUDENTS - len(inside(lesson)) >= 40


def test_one_address_takes_less_than_the_seats_of_the_smallest_class_by_itself(lesson):
    """However patient it is."""
    for minute in range(10):
        for phone in crowd(lesson, 15, f"Bot {minute}"):
            for seat in ("USA", "CHN", "FRA", "Microsoft", "Access Now", "press-1"):
                if phone.post("seat", seat=seat).status_code == 200:
                    break
        lesson.school.clock.move(MINUTE + 1)
    seats = lesson.teacher.state()["seats"]
    assert sum(len(seat["students"]) for seat in seats) == BY_THEMSELVES_A_DAY
    assert SIZES[0] * MOST_IN_A_TEAM - BY_THEMSELVES_A_DAY >= MOST_IN_A_TEAM
    assert any(not seat["full"] for seat in seats)


def test_who_waits_sees_nothing_of_the_class_and_holds_no_seat(lesson):
    phone = crowd(lesson, BY_THEMSELVES + 1)[-1]
    state = phone.state()
    assert state["waits"]
    assert set(state) == {"role", "waits", "code", "version", "over", "you"}
    assert phone.post("seat", seat="USA").status_code == 403
    lesson.go_to("predict")
    assert phone.decide(7, 1).status_code == phone.post("confirm", step=1).status_code == 403
    assert phone.get("briefing?seat=USA").status_code == 403
    number = state["you"]["number"]
    assert lesson.teacher.teach("seat", student=number, seat="USA").status_code == 400
    assert lesson.teacher.teach("remove", student=number).status_code == 400
    assert state["you"]["name"] not in lesson.teacher.get("export.csv").text


def test_the_teacher_lets_one_in_and_turns_another_away(lesson):
    first, second = crowd(lesson, BY_THEMSELVES + 2)[-2:]
    numbers = [each["number"] for each in lesson.teacher.state()["waiting"]]
    assert lesson.teacher.teach("admit", student=numbers[0]).status_code == 200
    assert lesson.teacher.teach("turn-away", student=numbers[1]).status_code == 200
    assert first.take("USA").state()["you"]["seat"] == "USA"
    assert second.get("state").status_code == 401
    assert lesson.teacher.teach("admit", student=numbers[1]).status_code == 400
    assert lesson.teacher.teach("admit", student=1).status_code == 400


@pytest.mark.parametrize("action", ["lock", "unlock", "admit", "turn-away", "remove"])
def test_the_door_is_the_teachers_alone(lesson, action):
    ada = lesson.join("Ada")
    assert ada.teach(action, student=1).status_code == 403
    assert lesson.screen().teach(action, student=1).status_code == 403
    assert inside(lesson) == ["Ada"]


@pytest.mark.parametrize("student", [0, -1, True, "1", 1.5, [1], 2**40])
def test_a_student_who_is_none_is_not_removed(lesson, student):
    lesson.join("Ada")
    assert lesson.teacher.teach("remove", student=student).status_code == 400


def test_no_address_is_written_into_the_store(lesson):
    crowd(lesson, 40)
    lesson.school.store.close()
    files = files_of(lesson.school)
    assert not [each for each in files if ADDRESS.encode() in each.read_bytes()]


# A phone whose first question was answered, though the answer is lost


def test_who_asks_again_with_the_same_token_is_one_student(lesson):
    token = new_token(STUDENT)
    answers = [lesson.ask_to_join("Ada", address=ADDRESS, token=token) for _ in range(30)]
    assert {each.status_code for each in answers} == {201}
    assert {(each.get_json()["token"], each.get_json()["number"]) for each in answers} == {
        (token, 1)
    }
    assert inside(lesson) == ["Ada"]
    assert waiting(lesson) == []
    assert lesson.ask_to_join("Ada").status_code == 409


def test_a_token_is_of_one_session_and_as_long_as_those_of_the_server(school, lesson):
    token = new_token(STUDENT)
    assert lesson.ask_to_join("Ada", token=token).status_code == 201
    other = school.open("15", seats=6)
    for wrong in (token, token[:-1], "t" + token[1:], "s" + "é" * 32, 7, ["s"], ""):
        assert other.ask_to_join("Bo", token=wrong).status_code == 400, wrong
    assert inside(other) == []
