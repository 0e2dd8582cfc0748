"""Paper ballots that a teacher types in with keys alone, the page of cards to print, and the
slides.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import flask
import pytest
from classrooms import app_of
from playwright.sync_api import Browser, Page, expect
from visits import PATIENCE, drawn, inaccessible, serving

from dashboard.classroom.plan import KEEP, PLANS, first_step
from dashboard.classroom.room import Room
from dashboard.classroom.slides import slides
from dashboard.classroom.store import Store

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).resolve().parent.parent / "dashboard" / "assets"
PHONE, LAPTOP = (390, 844), (1280, 720)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """The sessions of the server."""
    return Room(Store(tmp_path_factory.mktemp("class") / "class.sqlite"))


@pytest.fixture(scope="module")
def school(room: Room) -> Iterator[str]:
    """The address of a server with these sessions and the fonts, and nothing else."""
    app = app_of(room)
    app.add_url_rule(
        "/assets/<path:name>", "assets", lambda name: flask.send_from_directory(ASSETS, name)
    )
    with serving(SimpleNamespace(server=app)) as address:
        yield address.rstrip("/")


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the file of slides."""
    file: Path = tmp_path_factory.mktemp("deck") / "slides.html"
    file.write_text(slides(), encoding="utf-8")
    return file.as_uri()


def visit(
    browser: Browser, address: str, size: tuple[int, int] = LAPTOP, scheme: str = "light"
) -> Page:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.long
def test_a_teacher_types_the_ballots_of_twelve_seats_with_one_key_each(
    browser: Browser, school: str, room: Room
):
    code, secret = room.open({"plan": "15", "seats": 12, "seed": 1})
    person = room.person(secret)
    room.teach(person, {"action": "start"})
    page = visit(browser, f"{school}/class/console#{code}.{secret}")
    opens = page.locator("#ballots-open summary")
    expect(opens).to_be_visible()
    opens.focus()
    press(page, "Enter")
    expect(page.locator("#ballots-rows input").first).to_be_focused()
    press(
        page,
        "4",
        "0",
        "Enter",
        "5",
        "1",
        "Enter",
        "ArrowUp",
        "ArrowUp",
        "4",
        "1",
        *["ArrowDown"] * 12,
    )
    expect(page.locator("#ballots-send")).to_be_focused()
    press(page, "Enter")
    expect(page.locator("#ballots-rows .done")).to_have_text(["✓ entered", "✓ entered"])
    expect(page.locator("#skip")).to_be_focused()
    press(page, "Enter")

    expect(page.locator("#ballots-rows li")).to_have_count(11)
    page.locator("#ballots-rows input").first.focus()
    press(page, "s", "x", *"oosso")
    row = page.locator("#ballots-rows li").nth(1)
    expect(row.get_by_role("alert")).to_contain_text("“X” is no key here; expected S or O.")
    expect(row.locator("input").first).to_be_focused()
    expect(page.locator("#ballots-rows input:checked")).to_have_count(1)
    page.locator("#ballots-send").click()
    expect(page.locator("#ballots-refusal")).to_contain_text("The ballot of China")
    row.locator("input").first.focus()
    press(page, "Backspace", "o", "o", "s", "ArrowUp", "o", *"osososo")
    expect(row.get_by_role("alert")).to_be_hidden()
    sends = page.locator("#ballots-send")
    expect(sends).to_be_focused()
    expect(sends).not_to_have_attribute(
        "aria-disabled", "true"
    )  # it sleeps for a moment after it was pressed
    assert not any(seat["decided"] for seat in room.state(room.person(secret))["seats"]), (
        "typed, and not entered"
    )
    press(page, "Enter")
    expect(page.locator("#ballots-count")).to_have_text("all are in")
    table = room.export(room.person(secret)).decode("utf-8-sig").splitlines()
    columns = "1. What do you expect? (guess)", "2. The launch (decision)"
    rows = {row["seat"]: tuple(row[column] for column in columns) for row in csv.DictReader(table)}
    assert rows["United States"] == ("41", "signed")
    assert rows["China"] == ("51", "stayed out")
    assert [rows[who][1] for who in ("France", "Microsoft", "Access Now", "Russia", "Kenya")] == [
        "stayed out", "stayed out", "stayed out", "signed", "stayed out",
    ]  # fmt: skip
    page.close()


@pytest.mark.long
def test_what_is_decided_in_secret_has_no_ballot_on_paper_and_the_console_says_so(
    browser: Browser, school: str, room: Room
):
    code, secret = room.open({"plan": "50", "seats": 6, "seed": 1})
    person = room.person(secret)
    for number in range(first_step(PLANS["50"], KEEP)):
        room.teach(person, {"action": "skip" if number else "start"})
    page = visit(browser, f"{school}/class/console#{code}.{secret}")
    page.locator("#ballots-open summary").click()
    expect(page.locator("#ballots")).to_contain_text("No ballot in this step")
    expect(page.locator("#script")).to_contain_text("A coin decides for each")
    expect(page.locator("#without-phones")).to_contain_text("in secret has no ballot")
    page.goto(f"{school}{page.locator('#to-print').get_attribute('href')}&part=teacher")
    expect(page.locator(".steps tr", has_text="Keep it or not")).to_contain_text(
        "no ballot: press Next"
    )
    page.close()


@pytest.mark.long
def test_the_page_of_class_sessions_prints_its_steps_and_where_one_joins(
    browser: Browser, school: str
):
    page = visit(browser, f"{school}/class")
    page.emulate_media(media="print")
    expect(page.locator("#join-at")).to_contain_text("/class/join")
    expect(page.locator(".how")).to_be_visible()
    expect(page.locator("#form")).to_be_hidden()
    page.close()


@pytest.mark.long
def test_slides_turn_by_keys_and_print_one_a_page(browser: Browser, deck: str):
    page = visit(browser, deck)
    shown = page.locator(".slide:visible")
    expect(shown).to_have_count(1)
    press(page, "ArrowRight", "PageDown", "ArrowLeft", " ")
    expect(shown).to_have_attribute("aria-label", "Slide 3 of 18")
    assert page.url.endswith("#3")
    over = (
        "() => [...document.querySelectorAll('.slide')].some(one => one.scrollHeight >"
        " one.clientHeight + 1)"
    )
    page.emulate_media(media="print")
    expect(shown).to_have_count(18)
    assert not page.evaluate(over), "a slide has more on it than fits"
    page.close()


@pytest.mark.long
def test_two_cards_fit_on_a_page_of_a4(browser: Browser, school: str):
    page = visit(browser, f"{school}/class/paper?part=cards&seats=30", (718, 1000))
    page.emulate_media(media="print")
    drawn(page)
    high = (
        "() => [...document.querySelectorAll('.seat-card')].map(one =>"
        " one.getBoundingClientRect().height)"
    )
    millimetres = [pixels * 25.4 / 96 for pixels in page.evaluate(high)]
    assert len(millimetres) == 30
    assert max(millimetres) <= (297 - 2 * 10 - 6) / 2
    page.close()


TOO_WIDE = """() => [...document.querySelectorAll(".sheet, .sheet *")].filter(one =>
  one.getBoundingClientRect().right > innerWidth + 1
  || one.clientWidth && one.scrollWidth > one.clientWidth + 1)
  .map(one => one.outerHTML.slice(0, 80))"""


@pytest.mark.release
def test_no_sheet_is_wider_than_a4(browser: Browser, school: str):
    """With the most columns and the longest words: a browser prints a page smaller where one sheet
    is too wide.
    """
    page = visit(browser, f"{school}/class/paper?plan=150&seats=6&language=fr", (718, 1000))
    page.emulate_media(media="print")
    drawn(page)
    assert page.evaluate(TOO_WIDE) == []
    page.close()


@pytest.mark.release
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_printed_typed_in_and_shown_is_accessible(
    browser: Browser, school: str, room: Room, deck: str, scheme: str
):
    code, secret = room.open({"plan": "15", "seats": 12, "seed": 1})
    console, faults = f"{school}/class/console#{code}.{secret}", {}
    room.teach(room.person(secret), {"action": "skip"})
    for others in ((f"{school}/class/paper?seats=6", f"{deck}#4"), ()):
        room.teach(
            room.person(secret), {"action": "skip"}
        )  # to the choice, then to the news with their headline
        for address in (console, *others):
            for size in (PHONE, LAPTOP):
                page = visit(browser, address, size, scheme)
                if address == console:
                    page.locator("#ballots-open summary").click()
                    expect(page.locator("#ballots-rows li").first).to_be_visible()
                drawn(page)
                faults[len(faults), address, size] = inaccessible(page)
                assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
                page.close()
    assert {where: what for where, what in faults.items() if what} == {}
