"""Phones whose network fails: their clocks stay right, and what was pressed counts once."""

from __future__ import annotations

import json
import random
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flask
import pytest
from classrooms import Clock, Sitting
from playwright.sync_api import Browser, Page, Route, expect
from test_page_class import PHONE, choose, device, look, press  # noqa: F401
from visits import serving

from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.plan import ACCUSE, CHOOSE, EXIT, PLANS, PREDICT
from dashboard.classroom.room import Room
from dashboard.classroom.store import Store

pytestmark = pytest.mark.browser

DECISIONS = "**/class/api/decisions"
STATE = "**/class/api/state"
API = "**/class/api/**"
# How many questions of the page are without an answer as yet.
COUNT_QUESTIONS = """
window.questions = 0;
const ask = window.fetch;
window.fetch = async (...question) => {
  window.questions += 1;
  try {
    const answer = await ask(...question);
    await answer.clone().arrayBuffer();
    return answer;
  } finally {
    window.questions -= 1;
  }
};
"""


@pytest.fixture(scope="module")
def clock() -> Clock:
    """The clock of the sessions, which tests move."""
    return Clock()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Room:
    """The sessions of the server."""
    return Room(Store(tmp_path_factory.mktemp("network") / "class.sqlite", clock=clock))


@pytest.fixture(scope="module")
def school(room: Room) -> Iterator[str]:
    """The address of a server with these sessions."""
    from dashboard.app import create_app

    with serving(create_app(room=room)) as address:
        yield address.rstrip("/")


@pytest.fixture
def phone(browser: Browser, school: str) -> Iterator[Page]:
    """A phone whose clock tests move; of its network anything may fail."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    page.add_init_script(COUNT_QUESTIONS)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def seated(room: Room, school: str, phone: Page, kind: str) -> Sitting:
    """A session in a step of that *kind*, on whose phone the United States play."""
    sitting = Sitting(room, "50", ["USA"])
    sitting.go_to(kind)
    phone.goto(f"{school}/class/seat#{sitting.tokens['USA']}")
    expect(phone.locator("#head")).not_to_be_empty()
    return sitting


def votes(sitting: Sitting) -> list[str]:
    """All that has been decided in the session for its seats."""
    person = sitting.room.person(sitting.secret)
    return [each.value for each in sitting.room._snapshots.of(person.session).decisions]


def stopped(phone: Page) -> None:
    """Stops the clock of the *phone* on its page, as that of the server stands: they show the same
    moment from now on, and both move by hand.
    """
    phone.clock.pause_at(phone.evaluate("() => Date.now()") / 1000 + 60)
    with phone.expect_response(STATE):
        look(phone)
    take_in(phone)


def take_in(phone: Page) -> None:
    """Waits until the page has taken in all that it has asked for: nothing is under way while two
    clocks are moved, one after the other.
    """
    while phone.evaluate("() => window.questions"):
        phone.wait_for_timeout(10)
    phone.evaluate("() => fetch('/class/static/top.js').then(answer => answer.text())")


def pass_by(phone: Page, clock: Clock, seconds: int) -> None:
    """Lets that time pass for the server and the *phone*."""
    take_in(phone)
    clock.move(seconds)
    phone.clock.fast_forward(1000 * seconds)


def test_a_tap_leaves_the_clock_where_it_is(room: Room, school: str, phone: Page, clock: Clock):
    """Nothing changes for a minute, so that no state comes; a tap draws the page anew."""
    phone.clock.install()
    seated(room, school, phone, CHOOSE)
    stopped(phone)
    pass_by(phone, clock, 3)
    expect(phone.locator("#clock")).to_have_text("3:57")
    pass_by(phone, clock, 60)
    expect(phone.locator("#clock")).to_have_text("2:57")
    press(phone, "Sign the text")
    expect(phone.locator("#confirm")).to_be_visible()
    expect(phone.locator("#clock")).to_have_text("2:57")


def test_a_clock_that_is_set_anew_is_right_after_the_next_answer(
    room: Room, school: str, phone: Page, clock: Clock
):
    phone.clock.install()
    seated(room, school, phone, CHOOSE)
    stopped(phone)
    pass_by(phone, clock, 3)
    expect(phone.locator("#clock")).to_have_text("3:57")
    take_in(phone)
    phone.evaluate("() => { const now = Date.now; Date.now = () => now() - 90_000; }")
    with phone.expect_response(STATE):
        pass_by(phone, clock, 3)
    take_in(phone)
    pass_by(phone, clock, 3)
    expect(phone.locator("#clock")).to_have_text("3:51")


def test_no_state_comes_in_that_is_older_than_the_one_at_hand(room: Room, school: str, phone: Page):
    """An answer that a proxy has kept, of a step that is over."""
    sitting = seated(room, school, phone, CHOOSE)
    older = room.state(room.person(sitting.tokens["USA"]))
    sitting.teach("skip")
    look(phone)
    news = PLANS["50"][sitting.state["step"]["number"]].title
    expect(phone.locator("#head")).to_have_text(news)
    phone.route(STATE, lambda route: route.fulfill(json=older, headers={"ETag": "older"}))
    for _ in range(2):
        with phone.expect_response(STATE):
            look(phone)
    expect(phone.locator("#head")).to_have_text(news)


def test_what_is_pressed_without_a_network_is_kept_and_counts_once(
    room: Room, school: str, phone: Page
):
    sitting = seated(room, school, phone, CHOOSE)
    phone.route(API, lambda route: route.abort())
    press(phone, "Sign the text")
    press(phone, "Yes: sign the text")
    head = phone.locator("#head")
    expect(head).to_have_text(ENGLISH.say("seat-way-unsent"))
    expect(phone.locator("#unsent-value")).to_have_text("Sign the text")
    expect(phone.locator("#notice")).to_contain_text("No contact")
    expect(phone.locator("#options, #confirm").locator("visible=true")).to_have_count(0)
    assert votes(sitting) == []
    phone.reload()
    phone.unroute(API)
    look(phone)
    expect(phone.locator("#settled-value")).to_have_text("Sign the text")
    expect(phone.locator("#unsent")).to_be_hidden()
    assert votes(sitting) == ["sign"]


def lost(route: Route) -> None:
    """The server takes the question, and its answer does not come."""
    route.fetch()
    route.abort()


def test_an_answer_that_comes_but_is_not_confirmed_counts_once(
    room: Room, school: str, phone: Page
):
    """The server takes it, and what it says of that is lost; by the next try the step is over."""
    sitting = seated(room, school, phone, PREDICT)
    phone.route(DECISIONS, lost)
    phone.route(STATE, lambda route: route.abort())
    phone.get_by_role("textbox", name="How many states").fill("64")
    press(phone, "That is my guess")
    expect(phone.locator("#head")).to_have_text(ENGLISH.say("seat-way-unsent"))
    assert votes(sitting) == [64]
    sitting.teach("skip")
    phone.unroute(DECISIONS)
    phone.unroute(STATE)
    look(phone)
    expect(phone.locator("#options")).to_be_visible()
    expect(phone.locator("#refusal")).to_be_empty()
    assert votes(sitting) == [64]


def test_who_joins_twice_since_the_answer_was_lost_is_one_student(
    room: Room, school: str, phone: Page
):
    sitting = Sitting(room, "50", [])
    joins = "**/class/api/sessions/**"
    phone.route(joins, lost)
    phone.goto(f"{school}/class/join#{sitting.code}")
    phone.get_by_label("Your name").fill("Ada")
    press(phone, "Join")
    expect(phone.locator("#refusal")).to_contain_text("does not answer")
    assert [each["name"] for each in sitting.state["students"]] == ["Ada"]
    phone.unroute(joins)
    press(phone, "Join")
    expect(phone).to_have_url(re.compile("/class/seat"))
    assert [each["name"] for each in sitting.state["students"]] == ["Ada"]


def test_an_answer_that_comes_too_late_is_refused_in_a_sentence(
    room: Room, school: str, phone: Page
):
    sitting = seated(room, school, phone, CHOOSE)
    phone.route(API, lambda route: route.abort())
    press(phone, "Sign the text")
    press(phone, "Yes: sign the text")
    expect(phone.locator("#head")).to_have_text(ENGLISH.say("seat-way-unsent"))
    sitting.teach("skip")
    phone.unroute(API)
    look(phone)
    expect(phone.locator("#refusal")).to_contain_text("“Sign the text” does not count: this step")
    expect(phone.locator("#options, #unsent").locator("visible=true")).to_have_count(0)
    assert votes(sitting) == []
    assert (
        phone.evaluate("() => Object.keys(sessionStorage).filter(key => /unsent/.test(key))") == []
    )


def test_what_was_pressed_in_one_seat_counts_for_no_other(room: Room, school: str, phone: Page):
    sitting = seated(room, school, phone, CHOOSE)
    phone.route(API, lambda route: route.abort())
    press(phone, "Sign the text")
    press(phone, "Yes: sign the text")
    expect(phone.locator("#head")).to_have_text(ENGLISH.say("seat-way-unsent"))
    room.teach(room.person(sitting.secret), {"action": "seat", "student": 1, "seat": "CHN"})
    phone.unroute(API)
    look(phone)
    expect(phone.locator("#refusal")).to_contain_text("you have changed your seat")
    expect(phone.locator("#options")).to_be_visible()
    assert votes(sitting) == []


# Five phones, and a network that fails in every step

TEAMS = ("USA", "CHN", "FRA", "Microsoft", "press-1")
MOST_WRONG = 2.0  # seconds that a phone's clock may be off
LOST = 1.0  # seconds for which nothing gets through after all have pressed
# JavaScript: sets the clock of a phone wrong, but keeps the true time to compare with.
SET_WRONG = """by => { const now = Date.now.bind(Date); window.true_now = () => now() / 1000;
    Date.now = () => now() + 1000 * by; }"""
# JavaScript: the step that a phone shows, the seconds that it says are left, and the true time.
READ = """() => [Number(/Step ([0-9]+)/.exec(document.getElementById("place").textContent)?.[1]),
    document.getElementById("clock").textContent.split(":")
        .reduce((sum, each) => 60 * sum + +each, 0),
    true_now()]"""


class Storm:
    """A class whose network fails again and again: five *phones*, in a session of the server at
    *address*; what each has pressed, and how far its clock was off.
    """

    def __init__(self, room: Room, address: str, browser: Browser, seed: int) -> None:
        self.random = random.Random(seed)
        self.sitting = Sitting(room, "50", TEAMS)
        self.ends: dict[int, float] = {}
        self.pressed: list[tuple[int, str, Any]] = []
        self.off: list[float] = []
        self.phones = {seat: self._phone(address, browser, seat) for seat in TEAMS}

    def _phone(self, address: str, browser: Browser, seat: str) -> Page:
        page = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}).new_page()
        page.add_init_script(f"({SET_WRONG})({self.random.randint(-600, 600)})")
        page.goto(f"{address}/class/seat#{self.sitting.tokens[seat]}")
        return page

    def go_on(self) -> dict[str, Any]:
        """The teacher ends the step, and all phones come to the next one, which is returned."""
        self.sitting.teach("start" if not self.ends else "skip")
        step: dict[str, Any] = self.sitting.state["step"]
        self.ends[step["number"]] = step["ends"]
        look(*self.phones.values())
        for phone in self.phones.values():
            expect(phone.locator("#place")).to_contain_text(f"Step {step['number']} of")
        return step

    def read_clocks(self) -> None:
        """Notes how far the clock of each phone is off in the step that it shows."""
        for phone in self.phones.values():
            step, left, now = phone.evaluate(READ)
            self.off.append(left - (self.ends[step] - now))

    def cut_off(self, phone: Page) -> Callable[[], None]:
        """Lets the network of a *phone* fail in one of three ways; returns what mends it."""
        way = self.random.choice(["offline", "refused", "answers lost"])
        if way == "offline":
            phone.context.set_offline(True)
            return lambda: phone.context.set_offline(False)

        def fail(route: Route) -> None:
            if way == "answers lost" and route.request.method == "POST":
                route.fetch()
            route.abort()

        phone.route(API, fail)
        return lambda: phone.unroute(API)

    def tap(self, seat: str, step: dict[str, Any]) -> None:
        """Presses an answer in *step* on the phone of that *seat*, if it asks for one."""
        phone, number = self.phones[seat], step["number"]
        guessed = self.random.randint(1, 90)
        value: Any = guessed
        if step["kind"] in (PREDICT, EXIT):
            if step["kind"] == EXIT:
                phone.get_by_role("radio", name="curious", exact=True).check()
                value = {"answer": guessed, "mood": "curious"}  # in the order of the store
            phone.locator(".guess-field:visible").fill(str(guessed))
            phone.locator("#predict-send:visible, #exit-send:visible").click()
        elif phone.locator("#press").is_visible():
            value = f"Headline {number}"
            phone.locator("#press-words").fill(value)
            phone.locator("#press-send").click()
        elif phone.locator("#options").is_visible():
            for _ in range(2 if step["kind"] == ACCUSE else 1):
                option = self.random.choice(phone.locator("#options button").all())
                value = option.get_attribute("data-value")
                option.click()
                self.read_clocks()
                if phone.locator("#confirm").is_visible():  # of nobody there is nothing more to say
                    break
            phone.locator("#confirm-yes").click()
        else:
            return
        self.pressed.append((number, seat, value))

    def answered(self, seat: str) -> None:
        """Waits until the phone of that *seat* says that what it has pressed is in."""
        sent = "#predict-value:visible, #settled-value:visible, #exit-after:visible"
        expect(self.phones[seat].locator(sent)).to_have_count(1)
        expect(self.phones[seat].locator("#unsent")).to_be_hidden()

    def play(self, step: dict[str, Any], gate: threading.Event) -> None:
        """All phones press in *step* while nothing gets through, in each third step since the
        server itself stands still behind its *gate*.
        """
        seats = self.random.sample(TEAMS, len(TEAMS))
        stalls = step["number"] % 3 == 0
        if stalls:
            gate.clear()
        mend = [] if stalls else [self.cut_off(self.phones[seat]) for seat in seats]
        before = len(self.pressed)
        for seat in seats:
            self.phones[seat].wait_for_timeout(self.random.uniform(0, 200))
            self.tap(seat, step)
            self.read_clocks()
        self.phones[seats[0]].wait_for_timeout(1000 * LOST)
        self.read_clocks()
        gate.set()
        for each in mend:
            each()
        for _, seat, _ in self.pressed[before:]:
            self.answered(seat)
        self.read_clocks()

    def taken(self) -> list[tuple[int, str, Any]]:
        """All that the server has taken: in which step, of which seat, and what."""
        person = self.sitting.room.person(self.sitting.secret)
        snapshot = self.sitting.room._snapshots.of(person.session)
        return [
            (each.step, snapshot.by_id[each.student].seat or "", each.value)
            for each in (*snapshot.decisions, *snapshot.headlines)
        ]


@pytest.mark.long
def test_in_a_network_that_fails_in_every_step_no_clock_is_wrong_and_no_answer_lost(
    browser: Browser, tmp_path: Path
):
    from dashboard.app import create_app

    room, gate = Room(Store(tmp_path / "class.sqlite")), threading.Event()
    gate.set()
    app = create_app(room=room)

    @app.server.before_request
    def stand_still() -> None:
        if flask.request.path.startswith("/class/api/"):
            gate.wait()

    with serving(app) as address:
        storm = Storm(room, address.rstrip("/"), browser, seed=39)
        for _ in PLANS["50"][1:-1]:
            storm.play(storm.go_on(), gate)
        for phone in storm.phones.values():
            phone.context.close()
    assert sorted(map(json.dumps, storm.taken())) == sorted(map(json.dumps, storm.pressed))
    assert max(map(abs, storm.off)) <= MOST_WRONG, "seconds by which a clock was off"
