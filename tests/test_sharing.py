"""Three clicks from the home page: why the USA stays out, what happens if it signs, and a link for a colleague."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from visits import Visit

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods")

FEW = "?worlds=10"


@pytest.mark.browser
def test_three_clicks_tell_why_the_usa_stays_out_what_if_it_signs_and_give_the_link(page: Page, address: str):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit = Visit(page, address, FEW)
    expect(page.locator("#title")).to_have_text("The Paris Call, 2018")

    page.get_by_role("link", name="Stakeholder", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("United States")
    strongest = page.locator(".waterfall tbody tr").first
    expect(strongest).to_contain_text("the offensive means that restraint would give up")

    page.get_by_role("button", name="signs", exact=True).click()
    expect(page.locator("#branches")).to_contain_text("From 12 November 2018: United States signs")
    expect(page.get_by_text("median without the branches")).to_be_visible()

    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "branch=0:USA:signs" in link

    page.goto("about:blank")
    page.goto(link)
    expect(page.locator("#branches")).to_contain_text("From 12 November 2018: United States signs")
    assert visit.wrong == []


@pytest.mark.browser
def test_where_the_clipboard_is_closed_the_link_is_shown_for_copying_by_hand(page: Page, address: str):
    Visit(page, address, FEW)
    expect(page.locator("#provenance")).to_contain_text("10 worlds")  # a new record takes the link away
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_label("Link to this view")).to_have_value(page.url)
