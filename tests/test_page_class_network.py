"""Phones whose network fails: their clocks stay right, and what was pressed counts once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from classrooms import Clock, Sitting
from playwright.sync_api import Browser, Page, Route, expect
from test_page_class import PHONE, choose, device, look, press  # noqa: F401
from visits import serving

from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.plan import CHOOSE, PLANS, PREDICT
from dashboard.classroom.room import Room
from dashboard.classroom.store import Store

pytestmark = pytest.mark.browser

DECISIONS = "**/class/api/decisions"
STATE = "**/class/api/state"
API = "**/class/api/**"


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
    """Waits until the page has taken in what the server has answered by now: a later answer comes
    after it.
    """
    phone.evaluate("() => fetch('/class/static/top.js').then(answer => answer.text())")


def pass_by(phone: Page, clock: Clock, seconds: int) -> None:
    """Lets that time pass for the server and the *phone*."""
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


def test_an_answer_that_comes_but_is_not_confirmed_counts_once(
    room: Room, school: str, phone: Page
):
    """The server takes it, and what it says of that is lost; by the next try the step is over."""
    sitting = seated(room, school, phone, PREDICT)

    def lost(route: Route) -> None:
        route.fetch()
        route.abort()

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
