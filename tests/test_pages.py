"""Claims about all pages in a browser: for everybody, on any screen, by keyboard, and by a link
that is shared.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect
from visits import Gate, Visit, inaccessible

from dashboard.app import PAGES
from dashboard.pages.simulate.figure import FACES
from dashboard.shell import GROUPS

pytestmark = pytest.mark.browser

FEW = "?worlds=10"
QUERIES = {"/stakeholder": "who=USA", "/compare": "with=lens%3Dnull"}


# Everybody


@pytest.mark.parametrize("path", [page.PATH for page in PAGES])
def test_a_page_answers_and_is_no_wider_than_the_window(page: Page, open_page, path: str):
    visit = open_page(
        f"{path.lstrip('/')}?worlds=3&{QUERIES.get(path, '')}".rstrip("&"), width=1280
    )
    expect(page.locator("#page h1")).not_to_have_text("")
    visit.settle()
    text = page.locator("#page").inner_text()
    assert len(text.split()) > 80
    assert not re.search(r"\b(undefined|NaN|\[object)", text)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.long
@pytest.mark.parametrize("path", [page.PATH for page in PAGES])
def test_a_page_is_accessible_by_every_rule_in_every_look(page: Page, open_page, path: str):
    violations = {}
    for width in (1440, 390):
        visit = open_page(
            f"{path.lstrip('/')}?worlds=3&{QUERIES.get(path, '')}".rstrip("&"), width=width
        )
        expect(page.locator("#page h1")).not_to_have_text("")
        for face in FACES if path == "/" and width == 390 else ("",):
            if face:
                page.get_by_role("tab", name=FACES[face]).click()
            violations |= {
                (face, scheme, width): faults
                for scheme, faults in faults_by_scheme(page, visit, width).items()
            }
    assert {look: faults for look, faults in violations.items() if faults} == {}


def faults_by_scheme(page: Page, visit: Visit, width: int) -> dict[str, list[str]]:
    """Light, dark -> what breaks a rule of accessibility on the page, which is nowhere wider than
    *width*.
    """
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
        visit.settle()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found[scheme] = inaccessible(page)
    return found


@pytest.mark.long
@pytest.mark.parametrize("path", [page.PATH for page in PAGES])
def test_a_page_enlarged_to_400_percent_is_whole_and_scrolls_down_alone(
    page: Page, open_page, path: str
):
    """A window of 1280 x 1024 pixels at 400 % is 320 x 256: nothing is wider, and no bar covers
    half of it.
    """
    visit = open_page(f"{path.lstrip('/')}?worlds=3&{QUERIES.get(path, '')}".rstrip("&"), width=320)
    page.set_viewport_size({"width": 320, "height": 256})
    expect(page.locator("#page h1")).not_to_have_text("")
    visit.settle()
    assert page.evaluate(WIDER) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(COVERED) <= 128


# What reaches beyond the window, but for what scrolls in its own place; how much of it a bar
# covers.
WIDER = """() => [...document.querySelectorAll("main *")].filter(one =>
    one.checkVisibility({visibilityProperty: true})
    && one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(
      ".wide-table, .scrolled, pre, .js-plotly-plot, .ag-root-wrapper, svg, [role=region], .chips, "
      + "[class*=scrolls]"))
    .map(one => one.outerHTML.slice(0, 120))"""
COVERED = """() => Math.max(0, ...[...document.querySelectorAll(".play-bar, .controls")]
    .filter(one => ["sticky", "fixed"].includes(getComputedStyle(one).position))
    .map(one => one.offsetHeight))"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("path", "question", "shape"),
    [
        ("compare?worlds=3&with=scenario%3Dgreat-powers-sign", "data/compare", "#compare-finding"),
        ("negotiate?negotiation=replicates%3D3", "data/negotiate", ".waiting-room"),
        ("campaign?worlds=3", "data/run", "#campaign-view"),
    ],
)
def test_a_page_that_waits_has_shapes_and_a_line_instead_of_blanks(
    page: Page, open_page, path: str, question: str, shape: str
):
    gate = Gate(page, f"**/{question}?*")
    open_page(path)
    expect(page.locator(".progress-line")).to_be_visible()
    expect(page.locator(shape)).to_be_visible()
    assert page.locator(shape).bounding_box()["height"] > 15
    gate.open()
    expect(page.locator(".progress-line")).to_be_hidden()
    expect(page.locator(f"{shape}:empty, .waiting-room:visible")).to_have_count(0)


@pytest.mark.release
def test_the_tab_is_named_by_its_page_and_what_the_page_shows(page: Page, open_page):
    open_page("compare?worlds=3&scenario=great-powers-sign")
    expect(page).to_have_title("Compare: The great powers sign · Parley")
    open_page("negotiate?negotiation=replicates%3D3")
    expect(page).to_have_title(
        re.compile(r"^Negotiate: UN group of governmental experts.* · Parley$")
    )
    open_page("method")
    expect(page).to_have_title("Method: The Paris Call, 2018 · Parley")
    open_page("learn")
    expect(page).to_have_title("Learn · Parley")


@pytest.mark.release
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


MOST_STOPS = 25
MIDDLE = """(stop => {
  const box = stop.getBoundingClientRect();
  return [box.top + box.height / 2, box.left];
})(document.activeElement)"""


@pytest.mark.release
def test_the_first_links_lead_past_the_top(page: Page, open_page):
    """To the content on every page, and to Play where there is one; the address stays."""
    open_page("?worlds=3")
    expect(page.locator(".graph .trace").first).to_be_attached()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    stops = 0
    page.reload()
    expect(page.locator(".graph .trace").first).to_be_attached()
    while page.evaluate("document.activeElement.id") != "play":
        page.keyboard.press("Tab")
        stops += 1
        if page.evaluate("document.activeElement.textContent") == "Skip to Play":
            page.keyboard.press("Enter")
        assert stops < MOST_STOPS
    page.keyboard.press("Enter")
    expect(page.locator("#play")).to_have_text("Pause")
    open_page("method")
    expect(page.locator("#page h1")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".page-link").first).to_be_focused()


@pytest.mark.long
def test_the_top_leads_to_class_sessions_from_one_row_of_links(page: Page, open_page):
    open_page("method", width=1280)
    expect(page.locator(".page-link").last).to_be_visible()
    middles = {link.evaluate("one => one.offsetTop") for link in page.locator(".page-link").all()}
    assert len(middles) == 1
    page.get_by_role("link", name="Class", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Let your class negotiate")


@pytest.mark.long
def test_the_tab_key_follows_the_eye_in_the_top(page: Page, open_page):
    """On a wide page and on a phone each stop lies below the one before it, or right of it."""
    for width in (1440, 390):
        open_page("method", width=width)
        page.keyboard.press("Tab")
        stops = []
        while page.evaluate("Boolean(document.activeElement.closest('.skip, .top'))"):
            stops.append(page.evaluate(MIDDLE))
            page.keyboard.press("Tab")
        for before, after in pairwise(stops[1:]):
            assert after[0] > before[0] + 8 or after[1] > before[1], (width, stops)


@pytest.mark.long
def test_on_a_phone_the_page_shown_opens_the_list_of_all_pages(page: Page, open_page):
    """By touch and by the keyboard, in targets of 44 pixels, over the page and without moving
    it.
    """
    open_page("method", width=390)
    button, links, heading = (
        page.locator("#pages"),
        page.locator(".page-link"),
        page.locator("#page h1"),
    )
    expect(button).to_have_text("Method")
    expect(links.first).to_be_hidden()
    below = heading.bounding_box()
    button.click()
    expect(links).to_have_count(len(PAGES) + 1)
    expect(page.locator(".group-of-pages:visible")).to_have_count(len(GROUPS))
    expect(page.locator(".page-link[aria-current=page]")).to_have_text("Method")
    assert heading.bounding_box() == below
    shares = page.locator(".share > :visible")
    assert min(one.bounding_box()["height"] for one in [button, *links.all(), *shares.all()]) >= 44
    page.keyboard.press("Escape")
    expect(links.first).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    page.mouse.click(5, 600)  # beside and below the list
    expect(links.first).to_be_hidden()
    button.click()
    page.get_by_role("link", name="Evidence").click()
    expect(button).to_have_text("Evidence")
    expect(links.first).to_be_hidden()


@pytest.mark.long
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


@pytest.mark.long
def test_three_clicks_tell_why_the_usa_stays_out_what_if_it_signs_and_give_the_link(
    page: Page, open_page
):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(FEW)
    expect(page.locator("#title")).to_have_text("The Paris Call, 2018")

    page.get_by_role("link", name="Stakeholder", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("United States")
    expect(page.locator(".waterfall tbody tr[data-motive]").first).to_have_attribute(
        "data-motive", "restraint"
    )

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


@pytest.mark.long
def test_where_the_clipboard_is_closed_the_link_is_shown_for_copying_by_hand(page: Page, open_page):
    open_page(FEW)
    expect(page.locator("#provenance")).to_contain_text(
        "10 simulated worlds"
    )  # a new record takes the link away
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_label("Link to this view")).to_have_value(page.url)


@pytest.mark.long
@pytest.mark.parametrize(
    ("path", "place", "word"),
    [
        ("?scenario=atlantis", "#message", "'atlantis'"),
        ("compare?with=scenario%3Datlantis", "#message", "“scenario=atlantis”"),
        ("stakeholder?who=%3Cb%3EFrnace", "#who-message", "“<b>Frnace”"),
        ("campaign?pivots=most%3D61", "#pivots-problem", "most is '61'"),
        ("sweeps?sweep=ready%3Dastrology", "#sweep-problem", "'astrology'"),
        ("negotiate?negotiation=talks%3Dastrology", "#message", "'astrology'"),
        ("evidence?lens=astrology", "#evidence-message", "'astrology'"),
        ("learn?lesson=astrology", "#message", "'astrology'"),
    ],
)
def test_a_wrong_link_gets_a_sentence_on_the_page(
    page: Page, address: str, path: str, place: str, word: str
):
    page.goto(address + path)
    expect(page.locator(place)).to_contain_text(word)
    expect(page.locator(place)).to_have_attribute("role", "alert")
