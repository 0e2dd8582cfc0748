"""The rows of a sweep's figure on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from sim.number_formats import MINUS


@pytest.mark.release
@pytest.mark.browser
def test_on_a_phone_words_and_number_stand_above_a_row_and_the_axis_at_both_ends(
    page: Page, open_page
):
    open_page("sweeps?sweep=ready%3Dmonitoring", width=390)
    page.set_viewport_size({"width": 390, "height": 844})
    said = page.locator("#sweep-effects .annotation-text")
    expect(said).to_contain_text(
        [re.compile(rf"^Monitoring 0\.25 of\s1: {MINUS}0\.4$"), re.compile("^Monitoring 1 ")]
    )
    ticks = page.locator("#sweep-effects g.xtick text").all_text_contents()
    expect(page.locator("#sweep-effects g.x2tick text")).to_have_text(ticks)
    plot, place = (
        page.locator(f"#sweep-effects {part}").first for part in (".nsewdrag", ".svg-container")
    )
    assert plot.bounding_box()["width"] > 0.85 * place.bounding_box()["width"]
    first, second = (said.nth(row).bounding_box()["y"] for row in (0, 1))
    assert 32 < second - first < 48


@pytest.mark.release
@pytest.mark.browser
def test_a_figure_is_drawn_anew_where_the_width_changes(page: Page, open_page):
    open_page("sweeps?sweep=ready%3Dmonitoring")
    said = page.locator("#sweep-effects .annotation-text")
    expect(said.first).to_have_text(f"{MINUS}0.4")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(said).to_contain_text([re.compile(rf"^Monitoring 0\.25 of\s1: {MINUS}0\.4$")])


@pytest.mark.release
@pytest.mark.browser
def test_on_a_phone_the_other_questions_follow_all_of_the_answer(page: Page, open_page):
    open_page("sweeps?sweep=ready%3Dwhich-great-power", width=390)
    depends = "How many more depends almost only on “When do they sign?”: "
    expect(page.locator("#sweep-sentences")).to_contain_text(depends)
    last = page.locator("#sweep-rest > *:visible").last.bounding_box()
    assert page.locator("#sweep-questions").bounding_box()["y"] >= last["y"] + last["height"]
    expect(page.locator("#sweep-effects-note")).to_contain_text(
        "Russia: luck in so few worlds outweighs"
    )
    expect(page.locator("#sweep-heat-title")).to_have_text(
        re.compile("most with China$")
    )  # early, but for chance
    titles = page.locator(".fold summary h2:visible").all_text_contents()
    assert [
        title
        for title in titles
        if re.fullmatch(r"In all \d+–\d+ other firms sign: most (where|with) .+", title)
    ]
