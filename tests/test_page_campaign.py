"""The page Pivots and campaign in a browser: started by keyboard, followed, cancelled, and as sim says it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from visits import Visit

import sim

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]

SIMULATED = 240_000  # milliseconds that a busy computer may take, the compiler's share included

# Everything that a place has said since, as a list.
LISTEN = """id => {
  const place = document.getElementById(id), said = window.said = [];
  new MutationObserver(() => said.push(place.textContent)).observe(place, {childList: true});
}"""


@pytest.fixture
def visit(page: Page, address: str) -> Iterator[Visit]:
    """The page with few worlds; nothing may have gone wrong when the test ends."""
    visit = Visit(page, address, "campaign?worlds=2")
    expect(page.locator("#campaign-view")).to_contain_text("2 worlds, seed 1")
    yield visit
    assert visit.wrong == []


def test_pivots_are_asked_by_keyboard_followed_and_are_those_of_the_library(visit):
    page = visit.page
    page.get_by_label("How many candidates").fill("4")
    page.evaluate(LISTEN, "pivots-state")
    page.get_by_role("button", name="Start").first.focus()
    page.keyboard.press("Enter")
    rows = page.locator("#pivots-table tbody tr")
    expect(rows).to_have_count(4, timeout=SIMULATED)
    said = page.evaluate("said")
    assert said[0] == "Waiting for its turn" or said[0].startswith("Starting")
    assert said[-1] == "Done"
    found = sim.pivots(most=4, replicates=2)
    expect(rows.locator(".whom a")).to_have_text(found.table()["name"].tolist())
    means = [f"{mean:+.2f}".replace("-", "−") if round(mean, 2) else "0.00" for mean in found.table()["mean"]]
    expect(rows.locator(".estimate:not(.low-end) strong")).to_have_text(means)
    expect(page.locator("#pivots-assumes")).to_contain_text(found.assumes)
    page.get_by_role("radiogroup").get_by_text("stays out, beside").click()
    expect(rows.locator(".whom a")).to_have_text(found.table("stays out less as it is")["name"].tolist())

    assert "pivots=most%3D4" in page.url
    page.reload()
    expect(rows).to_have_count(4, timeout=SIMULATED)
    expect(page.get_by_label("How many candidates")).to_have_value("4")
    rows.locator(".whom a").first.click()
    expect(page.locator("#who-name")).to_have_text(found.table()["name"][0], timeout=SIMULATED)


def test_a_question_is_cancelled_and_says_so(visit):
    page = visit.page
    page.get_by_label("How many candidates").fill("60")
    page.get_by_role("button", name="Start").first.press("Enter")
    cancel = page.get_by_role("button", name="Cancel")
    expect(cancel).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#pivots-problem")).to_have_text("It was cancelled; start it again when you like.")
    expect(page.get_by_role("button", name="Start").first).to_be_focused()
    expect(page.locator("#pivots-answer")).to_be_hidden()


@pytest.mark.long
def test_a_campaign_is_as_the_library_has_it_and_opens_in_simulate(page, address):
    visit = Visit(page, address, "campaign?scenario=states-only&worlds=2", scheme="dark", width=390)
    expect(page.locator("#campaign-view")).to_contain_text("Only states may sign")
    page.get_by_label("How many approaches").fill("2")
    page.get_by_role("button", name="Start").last.press("Enter")
    rows = page.locator("#approached-table tbody tr")
    expect(rows).to_have_count(2, timeout=SIMULATED)
    found = sim.outreach("states-only", approaches=2, replicates=2)
    expect(rows.locator(".whom a")).to_have_text(found.approached["name"].tolist())
    shares = [f"{100 * share:.0f} %" for share in found.approached["end_not_reached"]]
    expect(rows.locator(".standing:not(.standing + .standing)")).to_have_text(shares)
    expect(page.locator("#lists-table tbody tr")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="Open Simulate with these approaches").click()
    names = ", ".join(found.approached["name"])
    expect(page.get_by_role("list", name="Branches")).to_contain_text(f"{names} approached")
    assert visit.wrong == []


def test_a_question_that_cannot_be_asked_gets_one_sentence(page, address):
    page.goto(f"{address}campaign?pivots=most%3D61")
    expect(page.locator("#pivots-problem")).to_have_text("pivots: most is '61', expected a whole number from 1 to 60")
