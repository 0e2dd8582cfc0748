"""What pages have on paper: values beside their rows, and nothing of what only a screen can do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from sim import evidence_on_record

pytestmark = pytest.mark.browser

FEW = "worlds=3"
# How far each value at the right of a figure stands from the name of its row, in pixels.
APART = """place => {
    const middle = one => { const {top, bottom} = one.getBoundingClientRect(); return (top + bottom) / 2; };
    const names = [...place.querySelectorAll(".ytick text")].map(middle).sort((a, b) => a - b);
    const values = [...place.querySelectorAll(".annotation-text")].filter(one => /^\\d+$/.test(one.textContent));
    return values.map(middle).sort((a, b) => a - b).map((value, row) => Math.abs(value - names[row]));
}"""


def on_paper(page: Page) -> None:
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


def test_on_paper_the_values_of_a_figure_stand_level_with_the_names_of_its_rows(page, open_page):
    open_page(f"evidence?{FEW}#instruments", width=1280)
    expect(page.locator("#instruments-auc .point").first).to_be_attached()
    on_paper(page)
    apart = page.locator("#instruments .on-paper").evaluate(APART)
    assert len(apart) == len(evidence_on_record().content["instruments"]["instruments"])
    assert max(apart) < 3


def test_on_paper_an_answer_says_how_sure_it_is_and_has_no_button_or_empty_question(page, open_page):
    open_page(f"stakeholder?{FEW}&who=USA&by=13", width=1280)
    expect(page.locator("#follows p").first).to_be_attached()
    on_paper(page)
    expect(page.locator("#follows p").first).to_be_visible()
    expect(page.locator("#sureness > summary")).to_be_hidden()
    for part in page.locator("#changes .beyond").all():  # whose changes stand in a part of their own
        expect(part).to_be_hidden()
    aim = page.locator(".aim[aria-pressed=true]")
    assert aim.evaluate("one => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0)"
