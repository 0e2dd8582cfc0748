"""Class sessions: what a class is told of what happens in it, of its guesses, and what its
teacher's table repeats.
"""

from __future__ import annotations

import csv
import io
from urllib.parse import unquote

import pytest
from classrooms import Lesson, School

import sim
from dashboard.classroom import world
from dashboard.classroom.happenings import may_happen
from dashboard.classroom.plan import CHOOSE, NEWS, PLANS
from dashboard.limits import CLASS, OWN
from dashboard.view import View, view_of

SUMMIT = "At a summit of heads of state and government the convenor asks each of them to sign."


@pytest.fixture
def lesson(tmp_path, monkeypatch) -> Lesson:
    monkeypatch.setattr(world, "WORLDS", 3)  # beside the class's own
    return School(tmp_path).open("15", seats=6)


def table_of(lesson: Lesson) -> list[dict[str, str]]:
    content = lesson.teacher.get("export.csv").data
    assert content.startswith(b"\xef\xbb\xbf")  # else Excel takes ö for another letter
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_what_a_teacher_lets_happen_is_told_to_all_until_the_end(lesson):
    student, screen = lesson.join("Björn", "USA"), lesson.screen()
    lesson.go_to("choose")
    assert student.state()["happened"] == []
    assert lesson.teacher.teach("inject", event="summit").status_code == 200
    for kind in (CHOOSE, NEWS):
        for device in (student, screen):
            assert [(each["words"], each["new"]) for each in device.state()["happened"]] == [
                (SUMMIT, True)
            ]
        assert lesson.teacher.state()["step"]["kind"] == kind
        lesson.go_on()
    lesson.go_on()
    assert [each["words"] for each in screen.state()["happened"]] == [SUMMIT]
    assert table_of(lesson)[0]["2. The launch (what happened)"] == SUMMIT


def test_a_team_that_plays_the_convenor_finds_it_among_the_new_names(lesson):
    """France has promised its own text before the launch, and stands on the list from that day on,
    as all others.
    """
    phone = lesson.join("Amina", "FRA")
    lesson.go_to("choose")
    assert phone.decide("sign").status_code == 200
    lesson.go_to("news")
    for device in (phone, lesson.screen(), lesson.teacher):
        state = device.state()
        assert "France" in state["world"]["joined"]
        assert next(seat["signed"] for seat in state["seats"] if seat["id"] == "FRA")
    assert sum(state["world"]["counts"].values()) >= len(state["world"]["joined"])


@pytest.mark.parametrize(("limits", "address", "reaches"), [
    (CLASS, "192.168.1.20:8050", True), (CLASS, "", False), (OWN, "192.168.1.20:8050", False),
])  # fmt: skip
def test_a_page_is_told_whether_phones_find_the_server(lesson, limits, address, reaches):
    lesson.school.client.application.config["LIMITS"] = limits
    lesson.school.room.address = address
    assert lesson.screen().state()["phones"] is reaches
    assert lesson.school.client.get("/class/api/choices").get_json()["phones"] is reaches


@pytest.mark.parametrize("plan", PLANS)
def test_nothing_happens_that_no_later_news_can_show(plan):
    steps = PLANS[plan]
    last = max(number for number, step in enumerate(steps) if step.kind == NEWS)
    for number, step in enumerate(steps):
        later = [
            each
            for each in steps[number + 1 : last + 1]
            if each.kind == NEWS and each.month > step.month
        ]
        assert not may_happen(steps, number) or later
    assert may_happen(
        steps, next(number for number, step in enumerate(steps) if step.kind == CHOOSE)
    )
    assert not may_happen(steps, last)


def test_at_the_last_news_a_teacher_lets_nothing_happen(lesson):
    lesson.go_to("news")
    assert not lesson.teacher.state()["may_happen"]
    assert lesson.teacher.teach("inject", event="summit").status_code == 409


def test_the_middle_of_an_even_number_of_guesses_lies_between_the_two_in_the_middle(lesson):
    phones = [lesson.join(f"Student {number}") for number in range(4)]
    lesson.go_on()
    for phone, number in zip(phones, (35, 60, 70, 110), strict=True):
        assert phone.decide(number).status_code == 200
    assert lesson.screen().state()["answered"] == {"students": 4, "in": 4}
    lesson.go_to("exit")
    phones[1].decide({"mood": "pressed", "answer": 62})
    lesson.go_on()
    state = phones[1].state()
    assert state["debrief"]["middle"] == {"before": 65, "after": 62}
    assert state["own_guess"] == {"before": 60, "after": 62}
    assert phones[0].state()["own_guess"] == {"before": 35, "after": None}
    assert lesson.screen().state()["own_guess"] is None


def test_who_joins_the_list_stands_in_the_order_of_the_alphabet(lesson):
    lesson.go_to("news")
    joined = lesson.screen().state()["world"]["joined"]
    assert joined[:3] == sorted(joined, key=str.casefold)[:3]
    states = [
        name
        for name in joined
        if name in ("Albania", "Australia", "Bulgaria", "Comoros", "Switzerland")
    ]
    assert states == sorted(states) != []


def test_the_debrief_says_how_far_the_class_has_played(lesson):
    lesson.go_to("debrief")
    state = lesson.screen().state()
    assert state["debrief"]["played_until"] == "2019-02-12" < state["debrief"]["answer"]["date"]


def test_the_simulator_opens_with_what_the_class_has_chosen(lesson):
    student, other = lesson.join("Ada", "USA"), lesson.join("Bo", "Microsoft")
    lesson.go_to("choose")
    student.decide("sign")
    other.decide("stay-out")
    lesson.go_to("debrief")
    address = unquote(lesson.screen().state()["debrief"]["simulator"])
    view = view_of(address.removeprefix("/?"))
    assert isinstance(view, View)
    assert view.branch == ("0:Microsoft:stays-out", "0:USA:signs")


def test_the_table_says_what_was_asked_and_what_came_about(lesson):
    student = lesson.join("Björn", "USA")
    lesson.go_on()
    student.decide(50)
    lesson.go_to("exit")
    student.decide({"mood": "pressed", "answer": 60})
    assert not any(
        "in this world" in name for name in table_of(lesson)[0]
    )  # before the debrief nobody knows
    lesson.go_on()
    [row], answer = table_of(lesson), lesson.screen().state()["debrief"]["answer"]
    assert row["1. What do you expect? (question)"].startswith("How many states will stand")
    assert row["4. Before we talk (mood)"] == "under pressure"
    assert row["states on the list on 12 November 2019, in this world"] == str(answer["class"])
    assert row["states on the list on 12 November 2019, in the register"] == str(answer["record"])


def test_a_pause_takes_no_answer_and_loses_none(lesson):
    student = lesson.join("Ada", "USA")
    lesson.go_on()
    lesson.teacher.teach("pause")
    answer = student.decide(50)
    assert (answer.status_code, "paused" in answer.get_json()["message"]) == (409, True)
    lesson.teacher.teach("resume")
    assert student.decide(50).status_code == 200


def test_a_debrief_is_paused_like_any_other_step(lesson):
    lesson.go_to("debrief")
    assert lesson.teacher.teach("pause").status_code == 200
    assert lesson.teacher.state()["paused"]


def test_who_wrote_the_text_is_known_to_all_and_a_firm_says_what_it_sells(lesson):
    france, firm = lesson.join("Ada", "FRA"), lesson.join("Bo", "Microsoft")
    known = france.get("briefing?seat=FRA").get_json()["public"]
    assert "It has written the text, and opens it for signature." in known
    assert "Its trade: software." in firm.get("briefing?seat=Microsoft").get_json()["public"]


def test_a_large_firm_is_promised_no_followers_that_the_model_does_not_give_it(lesson):
    told = lesson.join("Bo", "Microsoft").get("briefing?seat=Microsoft").get_json()["aims"]
    assert any("one firm or NGO alone brings nobody along" in aim for aim in told)
    pivots = sim.pivots(who=["Microsoft", "Access Now", "FRA"], replicates=2)
    most = (
        pivots.differences.query("others == 'all' and peers == 'estimate'")
        .groupby("who")["mean"]
        .max()
    )
    assert (most["Microsoft"], most["Access Now"]) == (0, 0)
    assert most["FRA"] > 1


def test_whose_name_is_taken_reads_how_to_come_back(lesson):
    lesson.join("Ada", "USA")
    answer = lesson.ask_to_join("Ada")
    assert (answer.status_code, "if it is you" in answer.get_json()["message"]) == (409, True)
