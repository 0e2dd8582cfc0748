"""What a sweep has on paper: figures as wide as the sheet, names that can be read, and few
sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from visits import Visit, opened

pytestmark = pytest.mark.browser

WIDE = 690  # pixels, about those between the margins of a sheet
BOXES = (
    "all => all.map(one => { const {top, bottom} = one.getBoundingClientRect(); return [top,"
    " bottom]; })"
)


@pytest.fixture(scope="module")
def on_paper(profile: BrowserContext, address: str) -> Iterator[Callable[[str], Sheet]]:
    """A question as it is printed, from one visit for all tests that look at it."""
    sheets: dict[str, Sheet] = {}
    with ExitStack() as visits:

        def printed(question: str) -> Sheet:
            if question not in sheets:
                visit = visits.enter_context(opened(profile, address, question, width=1280))
                sheets[question] = printed_from(visit)
            return sheets[question]

        yield printed


class Sheet(NamedTuple):
    """A page in the medium of print, and how many sheets of paper it takes."""

    page: Page
    sheets: int


def printed_from(visit: Visit) -> Sheet:
    """The page of *visit* once it is drawn, printed."""
    page = visit.page
    expect(page.locator("#sweep-effects .main-svg").first).to_be_attached()
    expect(page.locator("#sweep-lines-card")).to_be_visible()
    visit.settle()  # its folds are drawn
    sheets = page.pdf(format="A4").count(b"/Type /Page\n")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#sweep-effects-card .on-paper .main-svg").first).to_be_attached()
    return Sheet(page, sheets)


@pytest.mark.release
def test_on_paper_two_parts_of_a_figure_take_the_width_one_below_the_other(on_paper):
    page = on_paper("sweeps?sweep=ready%3Ddepth-and-breadth").page
    across = (
        "({layout}) => [layout.xaxis.domain, layout.xaxis2.domain, layout.yaxis.domain,"
        " layout.yaxis2.domain]"
    )
    first, second, upper, lower = page.locator("#sweep-effects-card .on-paper").evaluate(across)
    assert all(low == 0 and high > 0.6 for low, high in (first, second))
    assert lower[1] < upper[0]


@pytest.mark.release
def test_on_paper_names_of_rows_lie_beside_each_other_and_in_the_figure(on_paper):
    page = on_paper("sweeps").page
    figure = page.locator("#sweep-effects-card .on-paper")
    assert figure.locator(".main-svg").first.bounding_box()["width"] > WIDE
    rows = figure.locator(".ytick text").evaluate_all(BOXES)
    assert len(rows) > 4
    assert all(bottom <= top for (_, bottom), (top, _) in pairwise(rows))
    group = figure.get_by_text("Small, and luck may be part of it").bounding_box()
    assert group["x"] >= figure.bounding_box()["x"]


@pytest.mark.release
def test_on_paper_what_an_answer_rests_on_stands_beside_each_title(on_paper):
    page = on_paper("sweeps?sweep=ready%3Dmonitoring").page
    titles = page.locator(".sweeps .fold > summary > h2").locator("visible=true")
    tags = page.locator(".sweeps .fold .card-head > .mantine-Badge-root").locator("visible=true")
    expect(titles.nth(3)).to_be_visible()
    expect(tags).to_have_count(titles.count())
    for title, tag in zip(titles.all(), tags.all(), strict=True):
        words, mark = title.bounding_box(), tag.bounding_box()
        assert words["y"] - 6 <= mark["y"] <= words["y"] + words["height"]


LEAST_HIGH = 95  # pixels of a plot, so that what differs in it can be told apart


@pytest.mark.release
@pytest.mark.parametrize("question", ["sweeps", "sweeps?sweep=ready%3Dmonitoring"])
def test_on_paper_plots_of_what_else_worlds_say_are_high_and_axes_clear_of_their_titles(
    on_paper, question
):
    page = on_paper(question).page
    high = "all => all.map(one => one._fullLayout._size.h)"
    heights = page.locator(
        ":is(#sweep-enough-card, #sweep-lines-card, #sweep-tips-card) .on-paper"
    ).evaluate_all(high)
    assert len(heights) >= 2
    assert min(heights) > LEAST_HIGH
    figure = page.locator("#sweep-enough-card .on-paper")
    below = max(bottom for _, bottom in figure.locator(".xtick text").evaluate_all(BOXES))
    ((title, _),) = figure.locator(".xtitle").evaluate_all(BOXES)
    assert title - below >= 4


@pytest.mark.release
def test_on_paper_a_dial_has_one_name_in_all_figures(on_paper):
    page = on_paper("sweeps").page
    expect(page.locator("#sweep-heat-title")).to_contain_text("the poorest states hear")
    expect(page.locator("#sweep-enough-card")).to_contain_text("how often the poorest states")
    expect(page.locator("#sweep-rest")).not_to_contain_text("states without means hear less")


@pytest.mark.release
def test_on_paper_a_link_has_no_address_that_nobody_can_type_and_no_other_page_is_pointed_to(
    on_paper,
):
    page = on_paper("sweeps?sweep=ready%3Ddepth-and-breadth").page
    said = "one => getComputedStyle(one, '::after').content"
    assert page.locator("#sweep-also a").evaluate(said) == "none"
    expect(page.locator("#sweep-first-said .of-another a")).to_be_hidden()
    expect(
        page.locator("#sweep-first-said").get_by_text("extrapolated from the fit").first
    ).to_be_visible()


@pytest.mark.release
@pytest.mark.parametrize(
    ("question", "most"),
    [
        ("sweeps", 2),
        ("sweeps?sweep=ready%3Ddepth-and-breadth", 3),
        ("sweeps?sweep=ready%3Dmonitoring", 3),
    ],
)
def test_an_answer_takes_few_sheets(on_paper, question, most):
    assert 0 < on_paper(question).sheets <= most
