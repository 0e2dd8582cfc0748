"""The page Evidence on other texts: the figure marks those that its heading counts, and calls a
text by one word.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.release
@pytest.mark.browser
def test_on_a_narrow_screen_a_name_is_one_line_over_what_lies_behind_it(page: Page, open_page):
    open_page("evidence?worlds=3#instruments", width=390)
    names = page.locator("#instruments-auc .annotation").filter(
        has_text=re.compile("^(Res. 7|Joint|Declaration)")
    )
    expect(names.first).to_be_attached()
    assert names.count() > 10
    assert not names.locator("tspan.line").count()
    assert all(
        box["x"] + box["width"] < 390 for box in (name.bounding_box() for name in names.all())
    )
    fills = names.locator("rect.bg").evaluate_all(
        "every => every.map(rect => getComputedStyle(rect).fillOpacity)"
    )
    assert set(fills) == {"1"}


@pytest.mark.release
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
    expect(part.locator("#instruments-clearly")).to_contain_text(
        re.compile(r"in at least 95\s% of these draws")
    )
    for title in ("Open texts", "Between", "State-led texts"):
        expect(part.locator("#instruments-auc .ytick").filter(has_text=title)).to_have_count(1)
    expect(part.locator(".with-reasons table tbody tr")).to_have_count(4)
    numbers = part.locator(".card:has(#instruments-auc) .scrolled")
    sides = numbers.locator("tbody tr td:nth-child(3)").all_text_contents()
    assert set(sides) == {"open", "between", "state-led"}
