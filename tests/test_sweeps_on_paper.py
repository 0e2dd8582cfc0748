"""What a sweep has on paper: figures as wide as the sheet, names that can be read, and few sheets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

WIDE = 690  # pixels, about those between the margins of a sheet
BOXES = "all => all.map(one => { const {top, bottom} = one.getBoundingClientRect(); return [top, bottom]; })"


def on_paper(page: Page, open_page, question: str) -> None:
    open_page(question, width=1280)
    expect(page.locator("#sweep-effects .main-svg").first).to_be_attached()
    expect(page.locator("#sweep-lines-card")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#sweep-effects-card .on-paper .main-svg").first).to_be_attached()


def test_on_paper_two_parts_of_a_figure_take_the_width_one_below_the_other(page: Page, open_page):
    on_paper(page, open_page, "sweeps?sweep=ready%3Ddepth-and-breadth")
    across = "({layout}) => [layout.xaxis.domain, layout.xaxis2.domain, layout.yaxis.domain, layout.yaxis2.domain]"
    first, second, upper, lower = page.locator("#sweep-effects-card .on-paper").evaluate(across)
    assert all(low == 0 and high > 0.6 for low, high in (first, second))
    assert lower[1] < upper[0]


def test_on_paper_names_of_rows_lie_beside_each_other_and_in_the_figure(page: Page, open_page):
    on_paper(page, open_page, "sweeps")
    figure = page.locator("#sweep-effects-card .on-paper")
    assert figure.locator(".main-svg").first.bounding_box()["width"] > WIDE
    rows = figure.locator(".ytick text").evaluate_all(BOXES)
    assert len(rows) > 4
    assert all(bottom <= top for (_, bottom), (top, _) in pairwise(rows))
    group = figure.get_by_text("Small, and luck may be part of it").bounding_box()
    assert group["x"] >= figure.bounding_box()["x"]


def test_on_paper_what_an_answer_rests_on_stands_beside_each_title(page: Page, open_page):
    on_paper(page, open_page, "sweeps?sweep=ready%3Dmonitoring")
    titles = page.locator(".sweeps .fold > summary > h2").locator("visible=true")
    tags = page.locator(".sweeps .fold .card-head > .mantine-Badge-root").locator("visible=true")
    expect(titles.nth(3)).to_be_visible()
    expect(tags).to_have_count(titles.count())
    for title, tag in zip(titles.all(), tags.all(), strict=True):
        words, mark = title.bounding_box(), tag.bounding_box()
        assert words["y"] - 6 <= mark["y"] <= words["y"] + words["height"]


@pytest.mark.parametrize(("question", "most"), [
    ("sweeps", 2), ("sweeps?sweep=ready%3Ddepth-and-breadth", 3), ("sweeps?sweep=ready%3Dmonitoring", 3),
])  # fmt: skip
def test_an_answer_takes_few_sheets(page: Page, open_page, question, most):
    open_page(question, width=1280)
    expect(page.locator("#sweep-effects .main-svg").first).to_be_attached()
    page.wait_for_timeout(1_500)  # in which its folds are drawn
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= most
