"""A session by keyboard alone: from the scenario to why the USA stays out, what if it signs, and the link to share."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from visits import Visit

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]

MOST_STEPS = 400
NAMES = "(({ariaLabel, id, textContent}) => [ariaLabel, id, textContent])(document.activeElement)"


def tab_to(visit: Visit, what: str) -> None:
    """Presses the tab key until something called *what* has the focus."""
    passed = []
    for _ in range(MOST_STEPS):
        visit.page.keyboard.press("Tab")
        passed.append(visit.page.evaluate(NAMES))
        if what in passed[-1]:
            return
    raise AssertionError(f"no {what!r} among {passed[:120]}")


def test_a_whole_session_needs_no_mouse(page: Page, address: str):
    visit = Visit(page, address, "?worlds=3")
    press = page.keyboard.press
    expect(page.locator("#listed-state")).not_to_have_text("–", timeout=60_000)

    tab_to(visit, "scenario")
    page.keyboard.type("Microsoft")
    expect(page.get_by_role("option", name="Microsoft")).to_have_count(1)
    press("ArrowDown")
    expect(page.locator("[data-combobox-selected]")).to_have_count(1)
    press("Enter")
    expect(page.locator("#title")).to_contain_text("Microsoft")
    before = page.locator("#listed-state").inner_text()

    tab_to(visit, "Leverswhat somebody could decide")
    press("Enter")
    expect(page.get_by_role("slider", name="attention scale")).to_be_visible()
    tab_to(visit, "attention scale")
    press("Home")
    expect(page.locator(".dial.is-moved")).to_have_count(1)
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
    expect(page.locator("#who-name")).to_have_text("United States", timeout=60_000)
    expect(page.locator("#reading")).to_contain_text("no evidence of the state's reasons")
    expect(page.locator("#motives")).not_to_be_empty()
    assert f"round={month}" in visit.query

    tab_to(visit, "signs")
    press("Enter")
    page.wait_for_url(f"**/?*branch={month}:USA:signs*")
    expect(page.locator("#branches li")).to_have_count(1, timeout=60_000)
    link = page.url

    page.goto(link)
    expect(page.locator("#branches li")).to_have_count(1, timeout=60_000)
    expect(page.locator("#title")).to_contain_text("Microsoft")
    assert page.url == link
    assert visit.wrong == []
