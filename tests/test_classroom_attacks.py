"""What somebody in a class, or beside it, may try: each attack is refused in a sentence, and
changes nothing.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

import pytest
from classrooms import API, Device, Lesson, School, files_of
from sqlalchemy import select
from werkzeug.test import TestResponse

from dashboard.classroom import world
from dashboard.classroom.codes import LENGTH, LETTERS, new_token
from dashboard.classroom.keys import Key
from dashboard.classroom.plan import DEBRIEF, PLANS
from dashboard.classroom.room import Room
from dashboard.classroom.routes import MOST_BYTES, OPENED_AN_HOUR, WRONG_CODES_A_MINUTE
from dashboard.classroom.tables import METADATA


@dataclass
class Scene:
    """A class at the launch: the team of the United States has signed, China's is thinking."""

    school: School
    lesson: Lesson
    other: Lesson
    ada: Device
    bo: Device
    press: Device
    seatless: Device
    screen: Device

    def nobody(self, token: str = "") -> Device:
        return Device(self.school.client, token)

    def raw(
        self, path: str, data: bytes | str, kind: str = "application/json", **headers: str
    ) -> TestResponse:
        sent = {**self.bo.headers, **headers}
        return self.school.client.post(f"{API}/{path}", data=data, content_type=kind, headers=sent)

    def everything(self) -> list[list[tuple]]:
        """All that the store holds, but when somebody was last seen."""
        of = [
            [column for column in table.c if column.name != "seen"]
            for table in METADATA.sorted_tables
        ]
        return self.school.store.read(
            lambda table: [[tuple(row) for row in table.execute(select(*c))] for c in of]
        )


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    school = School(tmp_path_factory.mktemp("school"))
    lesson, other = school.open("15", seats=6), school.open("15", seats=6)
    people = [
        lesson.join("Ada", "USA"),
        lesson.join("Bo", "CHN"),
        lesson.join("Press", "press-1"),
        lesson.join("Cy"),
    ]
    screen = lesson.screen()
    for each in (lesson, other):
        each.go_to("choose")
    assert people[0].decide("sign").status_code == 200
    return Scene(school, lesson, other, *people, screen)


STEP, TEACHERS = (
    2,
    ("start", "pause", "resume", "skip", "next-part", "inject", "seat", "release", "end", "wipe"),
)
ATTACKS = {
    # Whose token it is
    "a state without a token": (401, lambda s: s.school.client.get(f"{API}/state")),
    "a token that was made up": (401, lambda s: s.nobody(new_token("student")).get("state")),
    "a teacher's token that was made up": (
        401,
        lambda s: s.nobody(new_token("teacher")).teach("end"),
    ),
    "a token of another role": (401, lambda s: s.nobody("t" + s.bo.token[1:]).teach("end")),
    "a token that is cut": (401, lambda s: s.nobody(s.bo.token[:-1]).decide("sign", STEP)),
    "the code as a token": (401, lambda s: s.nobody(s.lesson.code).get("state")),
    "a token of a megabyte": (401, lambda s: s.nobody("s" * 1_000_000).get("state")),
    "a token as a password": (
        401,
        lambda s: s.school.client.get(
            f"{API}/state",
            headers={
                "Authorization": "Basic " + base64.b64encode(f"bo:{s.bo.token}".encode()).decode()
            },
        ),
    ),
    "a token in the address": (
        400,
        lambda s: s.school.client.get(f"{API}/state?token={s.bo.token}"),
    ),
    "a secret in the address of a change": (
        400,
        lambda s: s.school.client.post(
            f"{API}/teacher?secret={s.lesson.teacher.token}", json={"action": "end"}
        ),
    ),
    "a token as a cookie": (
        401,
        lambda s: s.school.client.get(
            f"{API}/state",
            headers={"Cookie": f"token={s.bo.token}; Authorization=Bearer {s.bo.token}"},
        ),
    ),
    "an injection in the token": (401, lambda s: s.nobody("s' OR 1=1 --").get("state")),
    # What a student does that is the teacher's
    **{
        f"a student's {action}": (
            403,
            lambda s, action=action: s.bo.teach(action, event="forum", student=1, seat="CHN"),
        )
        for action in TEACHERS
    },
    "the screen's skip": (403, lambda s: s.screen.teach("skip")),
    "a student's table": (403, lambda s: s.bo.get("export.csv")),
    "a student's screen": (403, lambda s: s.bo.post("screen")),
    "a briefing of another seat": (403, lambda s: s.bo.get("briefing?seat=USA")),
    "a decision of the teacher": (403, lambda s: s.lesson.teacher.decide("sign")),
    "a decision of the screen": (403, lambda s: s.screen.decide("sign")),
    # Decisions
    "a decision for another seat": (
        409,
        lambda s: s.bo.post("decisions", step=STEP, value="sign", seat="USA"),
    ),
    "a decision without a seat": (403, lambda s: s.seatless.decide("sign")),
    "a signature of the press": (403, lambda s: s.press.decide("sign")),
    "a headline of a state": (400, lambda s: s.bo.decide("China wins")),
    "a second thought": (409, lambda s: s.ada.decide("stay-out")),
    "a choice that is none": (400, lambda s: s.bo.decide("veto")),
    "a choice of somebody who has signed": (400, lambda s: s.bo.decide("leave")),
    "a list of choices": (400, lambda s: s.bo.decide(["sign", "stay-out"])),
    "a step that is over": (409, lambda s: s.bo.decide(70, 1)),
    "a step that is to come": (409, lambda s: s.bo.decide("sign", 3)),
    "a step that is none": (400, lambda s: s.bo.decide("sign", 99)),
    "a step below zero": (400, lambda s: s.bo.decide("sign", -1)),
    "a step that is true": (400, lambda s: s.bo.post("decisions", step=True, value="sign")),
    "a step as a text": (400, lambda s: s.bo.post("decisions", step="2", value="sign")),
    "a confirmation of nothing": (409, lambda s: s.bo.post("confirm", step=STEP)),
    "a confirmation of another seat": (409, lambda s: s.bo.post("confirm", step=STEP, seat="USA")),
    # Seats and names
    "a seat that is none": (400, lambda s: s.seatless.post("seat", seat="Atlantis")),
    "a seat that is a list": (400, lambda s: s.seatless.post("seat", seat=["USA"])),
    "a look into a second seat": (403, lambda s: s.bo.post("seat", seat="USA")),
    "a name without an end": (400, lambda s: s.lesson.ask_to_join("a" * 31)),
    "an empty name": (400, lambda s: s.lesson.ask_to_join(" \t ")),
    "a name with a control character": (400, lambda s: s.lesson.ask_to_join("Ada\x07")),
    "a name that turns the line around": (400, lambda s: s.lesson.ask_to_join("\u202eadA")),
    "a name with half a character": (400, lambda s: s.lesson.ask_to_join("\ud800")),
    "a name that nobody sees": (400, lambda s: s.lesson.ask_to_join("\u200b")),
    "a name that is a number": (400, lambda s: s.lesson.ask_to_join(7)),
    "the name of somebody else": (409, lambda s: s.lesson.ask_to_join("Ada")),
    "the name of somebody else in wide letters": (409, lambda s: s.lesson.ask_to_join("ＡＤＡ ")),
    # Requests
    "a request that is too large": (
        413,
        lambda s: s.raw("decisions", json.dumps({"value": "x" * MOST_BYTES})),
    ),
    "a request of nested lists": (400, lambda s: s.raw("decisions", "[" * 2000 + "]" * 2000)),
    "a request that is no JSON": (400, lambda s: s.raw("decisions", b"\xff\x00")),
    "a request as a form": (
        400,
        lambda s: s.raw("decisions", "step=2", "application/x-www-form-urlencoded"),
    ),
    "a request as plain text": (
        400,
        lambda s: s.raw("decisions", '{"step":2,"value":"sign"}', "text/plain"),
    ),
    "a request of another site": (
        403,
        lambda s: s.raw(
            "decisions", '{"step":2,"value":"sign"}', **{"Sec-Fetch-Site": "cross-site"}
        ),
    ),
    "a session of a scenario on the disk": (
        400,
        lambda s: s.school.client.post(f"{API}/sessions", json={"scenario": "../../etc/passwd"}),
    ),
    "a session of another plan": (
        400,
        lambda s: s.school.client.post(f"{API}/sessions", json={"plan": "1000"}),
    ),
    "a session of a thousand seats": (
        400,
        lambda s: s.school.client.post(f"{API}/sessions", json={"seats": 1000}),
    ),
    "a session of a seed that is none": (
        400,
        lambda s: s.school.client.post(f"{API}/sessions", json={"seed": 1e99}),
    ),
    "a file outside of the folder": (
        404,
        lambda s: s.school.client.get("/class/static/../store.py"),
    ),
    "a picture of no code": (
        400,
        lambda s: s.school.client.get("/class/qr.svg?code=<svg onload=alert(1)>"),
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_and_changes_nothing(scene, name):
    status, attack = ATTACKS[name]
    before = scene.everything()
    answer = attack(scene)
    assert answer.status_code == status, answer.text
    if status != 404:
        assert answer.is_json
        assert answer.get_json().keys() == {"message"}
    assert scene.bo.token not in answer.text
    assert scene.everything() == before


ANYTHING = (
    None,
    True,
    0,
    -1,
    2.5,
    10**400,
    "",
    "x" * 500,
    "\ud800",
    [],
    [["sign"]],
    {},
    {"value": {"value": 1}},
)
KEYS = {
    "sessions": ("scenario", "plan", "seats", "seed"),
    "sessions/{code}/students": ("name",),
    "seat": ("seat",),
    "decisions": ("step", "seat", "value"),
    "confirm": ("step", "seat"),
    "teacher": ("action", "step", "event", "student", "seat"),
    "screen": (),
}


@pytest.mark.parametrize("path", KEYS)
def test_whatever_is_sent_is_taken_or_refused(tmp_path, monkeypatch, path):
    """No JSON makes the server fail, as the teacher or as a student."""
    monkeypatch.setattr(Room, "simulate", lambda room, code: None)
    lesson = School(tmp_path).open("15", seats=6)
    devices = lesson.teacher, lesson.join("Ada", "USA")
    lesson.go_to("choose")
    lesson.teacher.teach("pause")
    usual = {"action": "inject", "event": "forum", "step": STEP, "value": "sign", "student": 1}
    sent = [{key: each} for key in KEYS[path] for each in ANYTHING]
    sent += [
        {other: usual[other] for other in KEYS[path] if other in usual} | content
        for content in sent
    ]
    sent += [{"action": action, "seat": each, "student": each} for action in ("seat", "release")
             for each in ANYTHING if path == "teacher"]  # fmt: skip
    for content in sent:
        lesson.school.clock.move(3600)
        for device in devices:
            status = device.post(path.format(code=lesson.code), **content).status_code
            assert status < 500, (content, status)


def test_no_hidden_move_is_in_what_others_read(tmp_path):
    """Whatever the United States decide, all others read the same until the step is over."""
    school = School(tmp_path)

    def read(value: str) -> list[dict[str, Any]]:
        lesson = school.open("15", seats=6)
        ada, *others = (
            lesson.join(*who)
            for who in (("Ada", "USA"), ("Bo", "CHN"), ("Press", "press-1"), ("Cy",))
        )
        lesson.go_to("choose")
        assert ada.decide(value).status_code == 200
        states = [device.state() for device in (*others, lesson.screen(), lesson.teacher)]
        assert next(seat for seat in states[0]["seats"] if seat["id"] == "USA")["decided"] is True
        return [{key: each for key, each in state.items() if key != "code"} for state in states]

    assert read("sign") == read("stay-out")


def test_the_same_request_again_changes_nothing(scene):
    before = scene.everything()
    assert all(scene.ada.decide("sign").status_code == 200 for _ in range(3))
    assert scene.everything() == before


def test_codes_cannot_be_tried_one_after_the_other(tmp_path):
    school = School(tmp_path)
    lesson = school.open()
    tried = [
        school.client.post(f"{API}/sessions/{code}/students", json={"name": "Eve"}).status_code
        for code in (LETTERS[place] * LENGTH for place in range(WRONG_CODES_A_MINUTE))
    ]
    assert set(tried) == {404}
    assert lesson.ask_to_join("Eve", address="127.0.0.1").status_code == 429
    stranger = school.client.post(f"{API}/sessions/{lesson.code}/students", json={"name": "Ada"},
                                  environ_overrides={"REMOTE_ADDR": "192.0.2.9"})  # fmt: skip
    assert stranger.status_code == 201
    school.clock.move(61)
    assert lesson.ask_to_join("Bo").status_code == 201


def test_one_address_opens_so_many_sessions_an_hour(tmp_path):
    school = School(tmp_path)
    for _ in range(OPENED_AN_HOUR):
        school.open()
    assert school.client.post(f"{API}/sessions", json={}).status_code == 429
    school.clock.move(3601)
    school.open()


def test_a_late_decision_is_late_though_nobody_asked_in_between(tmp_path):
    lesson = School(tmp_path).open("15", seats=6)
    student = lesson.join("Ada", "USA")
    lesson.go_to("choose")
    lesson.school.clock.move(4 * 60)
    assert student.post("decisions", step=STEP, value="sign").status_code == 409
    lesson.go_on(0)
    assert student.state()["mine_before"]["by"] is None


def test_markup_stays_text(tmp_path):
    """A name may have any sign that can be seen: it leaves the server as JSON, CSV or not at
    all.
    """
    lesson = School(tmp_path).open("15", seats=6)
    name = '<img src=x onerror="f()">&'
    student = lesson.join(name, "press-1")
    lesson.go_to("news")
    assert student.decide("</script><b>").status_code == 200
    for answer in (student.get("state"), lesson.teacher.get("export.csv")):
        assert answer.mimetype in ("application/json", "text/csv")
    assert lesson.teacher.state()["students"][0]["name"] == name
    assert lesson.ask_to_join(name).get_json().keys() == {"message"}


def test_tokens_are_random_and_kept_as_their_hash(scene):
    tokens = {new_token("student") for _ in range(100)}
    assert len({token[1:] for token in tokens}) == 100
    assert all(len(base64.urlsafe_b64decode(token[1:])) * 8 >= 128 for token in tokens)
    held = b"".join(path.read_bytes() for path in files_of(scene.school))
    for secret in (scene.ada.token, scene.lesson.teacher.token, scene.screen.token):
        assert secret.encode() not in held


def test_whatever_is_private_is_kept_nowhere(scene):
    for answer in (
        scene.bo.get("state"),
        scene.nobody("x").get("state"),
        scene.lesson.teacher.get("export.csv"),
    ):
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert "Set-Cookie" not in answer.headers


# The seed, with which the world to come could be played alone


def test_the_seed_of_a_session_is_drawn_and_nobody_can_guess_it(tmp_path, monkeypatch):
    monkeypatch.setattr(Room, "simulate", lambda room, code: None)
    school = School(tmp_path)
    opened = [
        school.client.post(f"{API}/sessions", json=wish).get_json()
        for wish in ({}, {"seed": None}) * 8
    ]
    seeds = {school.room.person(each["secret"]).session.seed for each in opened}
    assert len(seeds) == 16
    assert max(seeds) > 2**20
    assert all(
        "seed" not in json.dumps(each)
        for each in (*opened, school.client.get(f"{API}/choices").get_json())
    )


def test_a_seed_is_on_no_phone_and_on_the_console_and_in_the_table_after_the_game(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(world, "WORLDS", 3)
    lesson = School(tmp_path).open("15", seats=6, seed=1_234_567_891)
    teacher, phones = (
        lesson.teacher,
        [lesson.join("Ada", "USA"), lesson.join("Press", "press-1"), lesson.screen()],
    )

    def tells(answer: TestResponse) -> bool:
        return "1234567891" in answer.text

    for step in PLANS["15"]:
        over = step.kind == DEBRIEF
        assert not any(tells(phone.get("state")) for phone in phones)
        assert (tells(teacher.get("state")), tells(teacher.get("export.csv"))) == (over, over), (
            step.title
        )
        if not over:
            lesson.go_on()


def test_the_seed_that_was_drawn_repeats_the_world(tmp_path, monkeypatch):
    monkeypatch.setattr(world, "WORLDS", 3)
    # Whoever weighs a signature has seen others' conduct, whose luck is the secret of a session.
    monkeypatch.setattr(Key, "conduct_seed", 1)
    school, worlds = School(tmp_path), []
    opened = school.client.post(f"{API}/sessions", json={"plan": "15", "seats": 6}).get_json()
    lesson = Lesson(school, opened["code"], Device(school.client, opened["secret"]))
    for each in (lesson, None):
        each = each or school.open("15", seats=6, seed=lesson.teacher.state()["settings"]["seed"])
        ada = each.join("Ada", "USA")
        each.go_to("choose")
        ada.decide("sign")
        each.go_to("debrief")
        worlds.append({key: ada.state()["debrief"][key] for key in ("class", "simulated")})
    assert worlds[0] == worlds[1]
