"""The page Evidence on other texts: the figure marks those that its heading counts, and calls a text by one word."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.browser
def test_texts_on_which_the_model_is_clearly_ahead_or_behind_have_a_mark(page: Page, open_page):
    open_page("evidence?worlds=3#instruments")
    part = page.locator("#instruments")
    expect(part.locator(".point").first).to_be_attached()
    heading = part.get_by_role("heading", name=re.compile("clearly ahead on")).inner_text()
    ahead, behind = re.findall(r"clearly (?:ahead|behind) on (\d+)", heading)
    words = part.locator("#instruments-auc .annotation-text")
    expect(words.filter(has_text="▲")).to_have_count(int(ahead))
    expect(words.filter(has_text="▽")).to_have_count(int(behind))
    expect(part.locator("#instruments-clearly")).to_contain_text(re.compile(r"in at least 95\s% of these draws"))
    expect(part.locator(".legend")).to_contain_text("state-led text")
    sides = part.locator(".scrolled").first.locator("tbody tr td:nth-child(3)").all_text_contents()
    assert set(sides) == {"open", "between", "state-led"}
