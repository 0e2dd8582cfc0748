"""Claims about all pages in a browser: for everybody, on any screen, by keyboard, and by a link that is shared."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from visits import Visit

from dashboard.app import PAGES

pytestmark = [pytest.mark.long, pytest.mark.browser]

FEW = "?worlds=10"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": TAGS, "resultTypes": ["violations"]}
STILL = """() => !document.querySelector("body.asking, [aria-busy=true]")
    && document.getAnimations().every(one => one.playState !== "running")"""
QUERIES = {"/stakeholder": "who=USA", "/compare": "with=lens%3Dnull"}


# Everybody


@pytest.mark.parametrize("path", [page.PATH for page in PAGES])
def test_a_page_is_accessible_by_every_rule_in_every_look(page: Page, open_page, path: str):
    violations = {}
    for width in (1440, 390):
        visit = open_page(f"{path.lstrip('/')}?worlds=3&{QUERIES.get(path, '')}".rstrip("&"), width=width)
        expect(page.locator("#page h1")).not_to_have_text("")
        if path == "/":
            expect(page.locator(".ag-row").first).to_be_attached()
        violations |= {(scheme, width): faults for scheme, faults in faults_by_scheme(page, visit, width).items()}
    assert {look: faults for look, faults in violations.items() if faults} == {}


def faults_by_scheme(page: Page, visit: Visit, width: int) -> dict[str, list[str]]:
    """Light, dark -> what breaks a rule of accessibility on the page, which is nowhere wider than *width*."""
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
        settle(visit)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        faults = Axe().run(page, options=RULES).response["violations"]
        found[scheme] = [f"{one['id']}: {node['target']}" for one in faults for node in one["nodes"]]
    return found


def settle(visit: Visit) -> None:
    """Waits until no request or animation is under way for half a second."""
    still = 0
    while still < 10:
        visit.page.wait_for_timeout(50)
        still = still + 1 if not visit.open and visit.page.evaluate(STILL) else 0


def test_the_toggle_recolours_page_and_curves_and_is_remembered(page: Page, open_page):
    open_page(FEW)
    band = page.locator(".graph .js-fill").first
    in_light = band.evaluate("element => getComputedStyle(element).fill")
    page.get_by_role("button", name="Switch between light and dark").click()
    expect(band).not_to_have_css("fill", in_light)
    page.reload()
    expect(page.locator(".graph .js-fill").first).not_to_have_css("fill", in_light)


# The keyboard

MOST_STEPS = 400
NAMES = "(({ariaLabel, id, textContent}) => [ariaLabel, id, textContent])(document.activeElement)"


def tab_to(visit: Visit, what: str) -> None:
    """Presses the tab key until something called *what* has the focus."""
    names = []
    for _ in range(MOST_STEPS):
        visit.page.keyboard.press("Tab")
        names.append(visit.page.evaluate(NAMES))
        if what in names[-1]:
            return
    raise AssertionError(f"no {what!r} among {names[:120]}")


def test_a_whole_session_needs_no_mouse(page: Page, open_page):
    visit = open_page("?worlds=3")
    press = page.keyboard.press
    expect(page.locator("#listed-state")).not_to_have_text("–")

    tab_to(visit, "scenario")
    page.keyboard.type("Microsoft")
    expect(page.get_by_role("option", name="Microsoft")).to_have_count(1)
    press("ArrowDown")
    expect(page.locator("[data-combobox-selected]")).to_have_count(1)
    press("Enter")
    expect(page.locator("#title")).to_contain_text("Microsoft")
    before = page.locator("#listed-state").inner_text()

    tab_to(visit, "Loudness of the campaign")
    press("Home")
    expect(page.locator(".first-dial.is-moved")).to_have_count(1)
    expect(page.locator("#listed-state")).not_to_have_text(before)
    press("End")
    expect(page.locator("#listed-state")).not_to_have_text("0")
    assert "set=attention_scale:" in visit.query

    tab_to(visit, "play")
    press("Enter")
    expect(page.locator("#play")).to_have_text("Pause")
    expect(page.locator("#round-number")).to_have_text(re.compile("month [1-9]"))
    press("Enter")
    expect(page.locator("#play")).to_have_text("Play")
    month = re.search(r"round=(\d+)", visit.query)[1]

    tab_to(visit, "Stakeholder")
    press("Enter")
    expect(page.locator("#who-name")).to_have_text("United States")
    expect(page.locator("#motives")).not_to_be_empty()
    assert f"round={month}" in visit.query

    tab_to(visit, "signs")
    press("Enter")
    page.wait_for_url(f"**/?*branch={month}:USA:signs*")
    expect(page.locator("#branches li")).to_have_count(1)
    link = page.url

    page.goto(link)
    expect(page.locator("#branches li")).to_have_count(1)
    expect(page.locator("#title")).to_contain_text("Microsoft")
    assert page.url == link


# The link


def test_three_clicks_tell_why_the_usa_stays_out_what_if_it_signs_and_give_the_link(page: Page, open_page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(FEW)
    expect(page.locator("#title")).to_have_text("The Paris Call, 2018")

    page.get_by_role("link", name="Stakeholder", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("United States")
    expect(page.locator(".waterfall tbody tr").first).to_have_attribute("data-motive", "restraint")

    page.get_by_role("button", name="signs", exact=True).click()
    expect(page.locator("#branches")).to_contain_text("United States signs")
    expect(page.locator("#beside-key")).to_be_visible()

    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "branch=0:USA:signs" in link

    page.goto("about:blank")
    page.goto(link)
    expect(page.locator("#branches")).to_contain_text("United States signs")


def test_where_the_clipboard_is_closed_the_link_is_shown_for_copying_by_hand(page: Page, open_page):
    open_page(FEW)
    expect(page.locator("#provenance")).to_contain_text("10 worlds")  # a new record takes the link away
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_label("Link to this view")).to_have_value(page.url)


@pytest.mark.parametrize(
    ("path", "place", "word"),
    [
        ("?scenario=atlantis", "#message", "'atlantis'"),
        ("compare?with=scenario%3Datlantis", "#message", "'atlantis'"),
        ("stakeholder?who=%3Cb%3EFrnace", "#who-message", "'<b>Frnace'"),
        ("campaign?pivots=most%3D61", "#pivots-problem", "most is '61'"),
        ("sweeps?sweep=ready%3Dastrology", "#sweep-problem", "'astrology'"),
        ("negotiate?negotiation=talks%3Dastrology", "#message", "'astrology'"),
        ("evidence?lens=astrology", "#evidence-message", "'astrology'"),
    ],
)
def test_a_wrong_link_gets_a_sentence_on_the_page(page: Page, address: str, path: str, place: str, word: str):
    page.goto(address + path)
    expect(page.locator(place)).to_contain_text(word)
    expect(page.locator(place)).to_have_attribute("role", "alert")
