"""Class sessions: what a teacher and students meet from the lobby to the debrief, by a clock that
is set by hand.
"""

from __future__ import annotations

import csv
import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from classrooms import API, School

import sim
from dashboard.classroom import world
from dashboard.classroom.happenings import HAPPENINGS, happenings_for
from dashboard.classroom.plan import CHOOSE, DAY, KINDS, OF_A_STUDENT, PLANS
from dashboard.classroom.refusals import ClassError
from dashboard.classroom.seats import SIZES, seats_of, settled
from dashboard.classroom.session import LASTS, MOST_OPEN
from dashboard.classroom.world import World, scenario_named

PARIS = "paris-call-2018"


@pytest.fixture
def school(tmp_path):
    return School(tmp_path)


def status(answer):
    return answer.status_code, (answer.get_json() or {}).get("message", "")


# Plans and seats


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_takes_the_minutes_of_its_name(plan):
    minutes = 7 * DAY if plan == "week" else int(plan.partition("-")[0])
    assert sum(step.minutes or 0 for step in PLANS[plan]) == minutes


@pytest.mark.parametrize(
    "name", ["paris-call-2018", "states-only", "great-powers-sign", "eu-splits", "no-microsoft"]
)
def test_a_scenario_has_the_seats_of_every_class(name):
    scenario = scenario_named(name)
    seats = seats_of(scenario, SIZES[-1])
    assert len({seat.id for seat in seats}) == SIZES[-1]
    assert any(seat.is_press for seat in seats[: SIZES[0]])
    assert {seat.kind for seat in seats} - {"press"} <= set(scenario.code.may_sign)
    assert {seat.id for seat in seats}.isdisjoint(settled(scenario))


def test_all_scenarios_are_offered_to_a_class(school):
    offers = school.client.get(f"{API}/choices").get_json()
    assert [scenario["id"] for scenario in offers["scenarios"]] == [
        name for name, *_ in sim.available()
    ]


def test_what_is_usual_is_offered_and_is_what_a_session_is_of(school):
    offers, session = school.client.get(f"{API}/choices").get_json(), school.open().teacher.state()
    assert offers["usual"]["plan"] in {plan["id"] for plan in offers["plans"]}
    assert offers["usual"]["seats"] in offers["seats"]
    assert set(OF_A_STUDENT) < {step["kind"] for step in session["plan"]} <= set(KINDS)


@pytest.mark.parametrize("plan", PLANS)
def test_no_later_choice_changes_what_a_class_has_seen(plan):
    """Else what was on the screen would not be true any more after the next step."""
    choices = [step for step in PLANS[plan] if step.kind == CHOOSE]
    events = [{"round": choices[0].month, "who": ["USA"], "signs": True}]
    before = World(PARIS, 1, events).course()
    month = choices[-1].month + 1
    after = World(
        PARIS, 1, [*events, {"round": month, "who": ["FRA", "Microsoft"], "signs": False}]
    ).course()
    assert after.curve(month - 1) == before.curve(month - 1)
    assert after.curve(62) != before.curve(62)


# A walk of both plans with twelve seats: a silent team, one that leaves, and a late comer


@pytest.mark.long
@pytest.mark.parametrize("plan", PLANS)
def test_a_class_walks_the_plan_by_the_clock_alone(school, plan):
    lesson = school.open(plan, seats=12)
    seats = [seat["id"] for seat in lesson.teacher.state()["seats"]]
    phones = {seat: lesson.join(f"Student {number}", seat) for number, seat in enumerate(seats)}
    assert lesson.teacher.teach("start").status_code == 200
    steps = PLANS[plan]
    for number, step in enumerate(steps[1:], start=1):
        state = phones["USA"].state()
        assert (state["step"]["number"], state["step"]["kind"]) == (number, step.kind)
        if number < len(steps) - 1:
            assert state["step"]["ends"] == school.clock.now + 60 * step.minutes
        if step.kind == "predict":
            assert all(
                phone.decide(50 + place).status_code == 200
                for place, phone in enumerate(phones.values())
            )
        if step.kind == "choose":
            for seat in ("USA", "FRA", "Microsoft", "Access Now"):
                assert (
                    phones[seat].decide(phones[seat].state()["options"][0]["value"]).status_code
                    == 200
                )
        if step.kind == "accept":  # four of eleven block, so that both rounds are played
            for seat in ("USA", "FRA", "Microsoft", "Access Now"):
                assert phones[seat].decide("block").status_code == 200
        if step.kind == "news":
            assert phones["press-1"].decide(f"News of step {number}").status_code == 200
            assert {seat["id"] for seat in state["seats"] if seat["signed"]} >= {
                "USA",
                "FRA",
                "Microsoft",
            }
            lesson.teacher.teach(
                "seat", student=2, seat=None
            )  # who played China is away from here on
            late = lesson.join(f"Late {number}")
            assert (
                lesson.teacher.teach(
                    "seat", student=late.state()["you"]["number"], seat="CHN"
                ).status_code
                == 200
            )
            assert f"Late {number}" in phones["USA"].state()["seats"][1]["students"]
        if step.kind == "exit":
            assert phones["USA"].decide({"mood": "proud", "answer": 70}).status_code == 200
        if number < len(steps) - 1:
            school.clock.move(60 * step.minutes)
    debrief = phones["USA"].state()["debrief"]
    assert len(debrief["predictions"]) == 12
    assert debrief["predictions"][0] == {"before": 50, "after": 70}
    assert debrief["class"]["curve"][-1][1] == sum(debrief["class"]["counts"].values())
    assert (
        len(debrief["simulated"]["dates"])
        == len(debrief["simulated"]["middle"])
        == len(debrief["class"]["curve"])
    )
    assert debrief["record"]["points"][0] == ["2018-11-12", 51 + 218 + 93]
    assert [mood["value"] for mood in debrief["moods"]] == ["proud"]


def test_a_server_that_slept_finds_the_session_where_its_clock_says(school):
    lesson = school.open("15")
    lesson.teacher.teach("start")
    school.clock.move(60 * (2 + 4) + 1)
    step = lesson.teacher.state()["step"]
    assert (step["kind"], step["ends"]) == ("news", school.clock.now - 1 + 180)
    school.clock.move(3600)
    assert lesson.teacher.state()["step"]["kind"] == "debrief"


def test_a_world_is_simulated_once_for_all_who_ask(monkeypatch):
    """A whole class asks for the same world in the second in which a step ends."""
    calls, run = [], sim.run
    monkeypatch.setattr(
        sim, "run", lambda *scenario, **more: calls.append(more["seed"]) or run(*scenario, **more)
    )
    with ThreadPoolExecutor(8) as threads:
        courses = list(threads.map(lambda _: World(PARIS, 77).course(), range(16)))
    assert calls == [77]
    assert {id(course) for course in courses} == {id(courses[0])}


def test_the_model_plays_for_whoever_is_silent(school):
    """A seat without a decision does what it would do in the same world without a class."""
    lesson = school.open("15", seats=6)
    student = lesson.join("Ada", "FRA")
    lesson.go_to("news")
    alone = World(PARIS, 1).course()
    assert student.state()["world"]["curve"] == alone.curve(3)
    assert student.state()["mine_before"]["by"] is None


def test_what_a_team_decided_holds_until_it_decides_anew(school):
    lesson = school.open("50", seats=6)
    student = lesson.join("Ada", "USA")
    lesson.go_to("choose")
    student.decide("sign")
    for kind in ("news", "news"):  # nobody answers at the anniversary
        lesson.go_to(kind)
        assert (
            next(seat for seat in student.state()["seats"] if seat["id"] == "USA")["signed"] is True
        )
    before = student.state()["mine_before"]
    assert (before["value"], before["by"], before["holds"]) == ("stay", None, True)
    lesson.go_to("choose")
    assert [option["value"] for option in student.state()["options"]] == ["stay", "leave"]
    student.decide("leave")
    lesson.go_to("news")
    assert "United States" in student.state()["world"]["left"]


def test_the_first_of_a_team_decides_and_the_others_confirm(school):
    lesson = school.open("15", seats=6)
    first, second, third = (lesson.join(name, "USA") for name in ("Ada", "Bo", "Cy"))
    other = lesson.join("Di", "CHN")
    step = lesson.go_to("choose")
    assert second.post("confirm", step=step).status_code == 409
    assert first.decide("sign").status_code == 200
    assert second.decide("sign").status_code == 200
    assert status(third.decide("stay-out")) == (
        409, "Ada has answered already: Sign the text; the first answer stands"
    )  # fmt: skip
    assert all(
        phone.post("confirm", step=step).status_code == 200 for phone in (second, second, third)
    )
    assert first.state()["mine"] == {"value": "sign", "by": "Ada", "confirmed": ["Bo", "Cy"]}
    assert other.state()["mine"] is None


def test_a_seat_has_four_places(school):
    lesson = school.open(seats=6)
    for name in "ABCD":
        lesson.join(name, "USA")
    late = lesson.join("E")
    assert late.post("seat", seat="USA").status_code == 409
    assert late.post("seat", seat="CHN").status_code == 200


def test_nobody_looks_into_a_second_seat_once_it_has_begun(school):
    lesson = school.open(seats=6)
    student, late = lesson.join("Ada", "USA"), lesson.join("Late")
    student.take("CHN").take("USA")
    lesson.go_to("choose")
    student.take(None)
    assert student.post("seat", seat="CHN").status_code == 403
    student.take("USA")
    assert late.take("CHN").state()["you"]["seat"] == "CHN"
    assert lesson.teacher.teach("seat", student=1, seat="FRA").status_code == 200
    assert student.state()["you"]["seat"] == "FRA"


def test_each_seat_that_a_teacher_gives_to_the_model_stays_there_until_it_is_taken_back(school):
    lesson = school.open(seats=6)
    lesson.join("Ada", "USA")
    for seat in ("USA", "FRA", "CHN"):
        assert lesson.teacher.teach("release", seat=seat).status_code == 200
    assert lesson.teacher.teach("seat", student=1, seat="FRA").status_code == 200
    by_model = {each["id"] for each in lesson.teacher.state()["seats"] if each["model"]}
    assert by_model == {"USA", "CHN"}


def test_a_teacher_gives_a_seat_to_the_model_and_takes_it_back(school):
    lesson = school.open(seats=6)
    student = lesson.join("Ada", "USA")
    assert lesson.teacher.teach("release", seat="USA").status_code == 200
    state = student.state()
    assert (state["you"]["seat"], state["seats"][0]["model"]) == (None, True)
    assert student.post("seat", seat="USA").status_code == 409
    assert lesson.teacher.teach("seat", student=1, seat="USA").status_code == 200
    assert student.state()["seats"][0] == {
        "id": "USA",
        "name": "United States",
        "kind": "state",
        "students": ["Ada"],
        "full": False,
        "signed": None,
        "model": False,
        "offered": True,
        "asked": False,
        "decided": False,
    }


# The teacher's clock


def test_a_pause_keeps_the_seconds_that_are_left(school):
    lesson = school.open()
    lesson.teacher.teach("start")
    school.clock.move(100)
    assert lesson.teacher.teach("pause").status_code == 200
    school.clock.move(3600)
    state = lesson.teacher.state()
    assert (state["paused"], state["step"]["ends"], state["step"]["left"]) == (True, None, 20)
    assert lesson.teacher.teach("resume").status_code == 200
    assert lesson.teacher.state()["step"]["ends"] == school.clock.now + 20
    assert lesson.teacher.teach("resume").status_code == 409


def test_the_step_after_a_paused_one_runs(school):
    lesson = school.open()
    lesson.teacher.teach("start")
    lesson.teacher.teach("pause")
    lesson.go_on()
    state = lesson.teacher.state()
    assert (state["paused"], state["step"]["number"]) == (False, 2)
    assert state["step"]["ends"] > school.clock.now


def test_an_answer_that_crosses_a_move_to_another_seat_is_none_of_either(school):
    lesson = school.open(seats=6)
    student = lesson.join("Ada", "USA")
    step = lesson.go_to("choose")
    asked = school.room.person(student.token)
    assert lesson.teacher.teach("seat", student=1, seat="CHN").status_code == 200
    with pytest.raises(ClassError, match="changed your seat"):
        school.room.decide(asked, step, "sign")
    assert student.decide("sign").status_code == 200


def test_two_clicks_end_one_step(school):
    lesson = school.open()
    lesson.teacher.teach("start")
    assert lesson.teacher.teach("skip", step=1).status_code == 200
    assert lesson.teacher.teach("skip", step=1).status_code == 409
    assert lesson.teacher.state()["step"]["number"] == 2


def test_the_debrief_goes_on_and_back_by_its_parts(school):
    lesson = school.open()
    lesson.go_to("debrief")
    screen, parts = lesson.screen(), []
    for _ in range(5):
        parts.append(screen.state()["debrief"]["part"])
        last = lesson.teacher.teach("next-part").status_code
    assert parts == ["feelings", "facts", "model", "record", "transfer"]
    assert last == 409
    lesson.teacher.teach("back-part")
    assert screen.state()["debrief"]["part"] == "record"


def test_what_a_teacher_lets_happen_moves_the_world_and_is_told(school):
    lesson = school.open("50", seats=6)
    lesson.go_to("event")
    first = lesson.teacher.state()
    assert first["event"]["words"] == first["happened"][0]["words"]  # something happens by itself
    other = first["events"][0]
    assert lesson.teacher.teach("inject", event=other["id"]).status_code == 200  # this instead
    assert lesson.screen().state()["event"] == {"words": other["words"]}
    lesson.go_to("news")
    assert lesson.teacher.state()["world"]["curve"][-1] != World(PARIS, 1).course().curve(15)[-1]
    assert lesson.teacher.teach("inject", event=other["id"]).status_code == 409  # it has happened


def test_what_happens_lasts_for_its_months_and_a_choice_for_good():
    for happening in HAPPENINGS:
        for event in happening.events(5):
            assert event["round"] == 5
            if happening.months is None:
                assert "until" not in event
            else:  # the last month that it still holds
                assert len(range(event["round"], event["until"] + 1)) == happening.months


def test_nothing_happens_to_a_seat_of_the_class(school):
    happenings = {event["id"] for event in school.open(seats=6).teacher.state()["events"]}
    assert {"usa", "china"}.isdisjoint(happenings)
    assert "google" in happenings


def test_a_session_is_wiped_or_expires(school):
    gone, old = school.open(), school.open()
    student = gone.join("Ada")
    gone.teacher.teach("wipe")
    assert student.get("state").status_code == 401
    assert gone.teacher.get("state").status_code == 401
    assert gone.ask_to_join("Bo").status_code == 404
    school.clock.move(LASTS + 1)
    assert old.teacher.get("state").status_code == 410
    assert old.ask_to_join("Bo").status_code == 410


def test_a_new_session_has_nothing_of_one_that_was_wiped(school):
    old = school.open()
    old.join("Ada", "USA")
    old.go_to("debrief")
    old.teacher.state()
    old.teacher.teach("wipe")
    new = school.open()
    state = new.teacher.state()
    assert (state["students"], state["step"]["number"], state["code"]) == ([], 0, new.code)


def test_at_most_so_many_sessions_are_open(school, monkeypatch):
    monkeypatch.setattr("dashboard.classroom.session.MOST_OPEN", 2)
    assert MOST_OPEN == 200
    first = school.open()
    school.open()
    assert school.client.post(f"{API}/sessions", json={}).status_code == 429
    first.teacher.teach("end")
    school.open()


def test_the_end_stops_the_answers_and_keeps_the_table(school):
    lesson = school.open()
    student = lesson.join("Ada", "USA")
    lesson.go_to("choose")
    student.decide("sign")
    assert lesson.teacher.teach("end").status_code == 200
    state = student.state()
    assert (state["over"], state["step"]["kind"]) == (True, "debrief")
    assert student.decide("stay-out", step=2).status_code == 409
    assert student.decide("sign", step=2).status_code == 200, "sent again, it is known to be in"
    assert lesson.teacher.get("export.csv").status_code == 200


def test_what_a_phone_sends_again_is_in_whatever_has_happened_since(school):
    """Its network was lost before it knew; another answer is refused, and so is that of another."""
    lesson = school.open("50")
    ada, bo, press = (
        lesson.join("Ada", "USA"),
        lesson.join("Bo", "USA"),
        lesson.join("Cy", "press-1"),
    )
    number = lesson.go_to("choose")
    assert ada.post("decisions", step=number, value="sign", seat="USA").status_code == 200
    assert bo.post("confirm", step=number, seat="USA").status_code == 200
    lesson.teacher.teach("seat", student=1, seat="CHN")
    version = ada.state()["version"]
    assert ada.post("decisions", step=number, value="sign", seat="USA").status_code == 200
    assert ada.post("decisions", step=number, value="stay-out", seat="USA").status_code == 409
    assert ada.state()["version"] == version
    news = lesson.go_to("news")
    assert press.post("decisions", step=news, value=" They  sign ").status_code == 200
    lesson.go_on()
    assert press.post("decisions", step=news, value=" They  sign ").status_code == 200
    assert ada.post("decisions", step=number, value="sign", seat="USA").status_code == 200
    assert bo.post("confirm", step=number, seat="USA").status_code == 200
    assert bo.post("decisions", step=number, value="sign", seat="USA").status_code == 409
    assert ada.post("confirm", step=number, seat="USA").status_code == 409


def test_every_answer_has_the_server_s_time(school):
    student = school.open().join("Ada")
    for answer in (student.get("state"), student.decide("sign", 1), student.get("briefing?seat=x")):
        assert float(answer.headers["Parley-Time"]) == school.clock.now


# What is read


def test_a_phone_that_has_the_newest_state_is_told_so(school):
    lesson = school.open()
    student = lesson.join("Ada")
    tag = student.get("state").headers["ETag"]
    assert student.get("state", **{"If-None-Match": tag}).status_code == 304
    lesson.join("Bo")
    assert student.get("state", **{"If-None-Match": tag}).status_code == 200


def test_the_teacher_sees_who_is_away(school):
    lesson = school.open()
    here = lesson.join("Here")
    lesson.join("Away")
    school.clock.move(60)
    here.state()
    assert [student["seen"] for student in lesson.teacher.state()["students"]] == [0, 60]


def test_the_table_of_a_session_has_a_row_for_each_student(school):
    lesson = school.open("15", seats=6)
    phones = [lesson.join("=1+1", "USA"), lesson.join("Bo", "USA"), lesson.join("Press", "press-1")]
    lesson.go_on()
    phones[0].decide(80)
    step = lesson.go_to("choose")
    phones[0].decide("sign")
    phones[1].post("confirm", step=step)
    lesson.go_to("news")
    phones[2].decide("@everybody signs")
    rows = list(csv.DictReader(io.StringIO(lesson.teacher.get("export.csv").text)))
    assert [row["name"] for row in rows] == ["'=1+1", "Bo", "Press"]
    assert rows[0]["1. What do you expect? (guess)"] == "80"
    assert (rows[0]["2. The launch (decision)"], rows[1]["2. The launch (by)"]) == (
        "signed",
        "'=1+1",
    )
    assert [row["2. The launch (confirmed)"] for row in rows] == ["", "yes", ""]
    assert rows[2]["3. Three months later (headline)"] == "'@everybody signs"


def test_a_briefing_tells_of_nothing_after_the_launch(school):
    lesson = school.open(seats=30)
    for seat in lesson.teacher.state()["seats"]:
        briefing = lesson.teacher.get(f"briefing?seat={seat['id']}").get_json()
        text = " ".join(briefing["public"] + briefing["aims"])
        assert len(briefing["aims"]) > 1, seat
        assert re.findall(r"\b20(?:19|2\d)\b", text) == [], seat


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name, *_ in sim.available()])
def test_whatever_may_happen_fits_into_every_scenario(name):
    scenario = scenario_named(name)
    seats = [seat.id for seat in seats_of(scenario, SIZES[-1]) if not seat.is_press]
    choices = [{"round": step.month, "who": [seat], "signs": True}
               for step in PLANS["50"] if step.kind == CHOOSE for seat in seats]  # fmt: skip
    for step in PLANS["50"][2:-2]:
        for happening in happenings_for(scenario.code.may_sign, {*seats, *settled(scenario)}):
            scenario.with_changes(events=[*choices, *happening.events(step.month + 1)])


def test_every_sort_of_session_is_opened_and_ends(school, monkeypatch):
    """Each scenario with its own seats and what happens in it, to the end."""
    monkeypatch.setattr(world, "WORLDS", 3)
    for name in ("states-only", "third-way"):
        lesson = school.open("50", seats=6, scenario=name)
        lesson.go_to("choose")
        event = lesson.teacher.state()["events"][0]
        assert lesson.teacher.teach("inject", event=event["id"]).status_code == 200
        lesson.go_to("exit")
        asked = lesson.teacher.state()["exit"]["question"]
        assert ("really" in asked) == (
            name == "states-only"
        )  # of the other text no register says how it was
        lesson.teacher.teach("end")
        assert lesson.teacher.state()["debrief"]["class"]["curve"][-1][1] > 0
