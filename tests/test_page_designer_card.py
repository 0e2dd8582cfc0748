"""The page Code designer: its card and its figure, where words and marks may stand in each other's
way.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from test_page_designer import STATE_LED
from test_page_designer_in_a_browser import open_designer, rest

DRAW = """([change, wide]) => {
    const none = [0, 0, 0], kinds = {state: change, firm: none, ngo: none, power: none};
    const all = {state: 200, firm: 1000, ngo: 500};
    const of = ([median, low_90, high_90]) => ({first: 80, median, low_90, high_90});
    const entries = Object.entries(kinds).map(([kind, numbers]) => [kind, of(numbers)]);
    const changes = Object.fromEntries(entries);
    parley.change_plot.show(changes, all, true, wide && {...changes, state: of(wide)}, false);
    const left = part => document.querySelector(`#plot-state ${part}`)?.style.left ?? null;
    const scale = [...document.querySelectorAll("#plot-scale span")].map(one => one.textContent);
    return [scale, left(".none"), left(".dot"), left(".reach")];
}"""
IN_THE_WAY = """([words]) => {
    const box = words.getBoundingClientRect();
    const inside = ({x, y}) => x > box.left && x < box.right && y > box.top && y < box.bottom;
    return [...document.querySelectorAll("#frontier .scatterlayer .lines path")].some(path => {
        const matrix = path.getScreenCTM(), part = path.getTotalLength() / 199;
        return [...Array(200).keys()].some(step =>
            inside(path.getPointAtLength(part * step).matrixTransform(matrix)));
    });
}"""


@pytest.mark.release
@pytest.mark.browser
def test_changes_lie_on_a_line_of_their_own_with_none_marked(page: Page, open_page) -> None:
    open_designer(open_page, width=1280)
    rest(page)
    # Of 200 states: 4 more are 2 % of all, on a line from none to the end of the widest range.
    scale, none, dot, reach = page.evaluate(DRAW, [[4, 2, 8], [4, 2, 16]])
    assert [words.replace("\u00a0", " ") for words in scale] == ["0", "+8 % of all"]
    assert (none, dot, reach) == ("0%", "25%", "12.5%")
    scale, none, dot, reach = page.evaluate(DRAW, [[-20, -40, 0], None])
    assert [words.replace("\u00a0", " ") for words in scale] == ["0", "−20 % of all"]
    assert (none, dot, reach) == ("100%", "50%", None)


@pytest.mark.release
@pytest.mark.browser
def test_on_a_phone_a_link_leads_to_the_sliders_and_one_back(page: Page, open_page) -> None:
    open_designer(open_page, width=390)
    openness, said = (
        page.get_by_role("slider", name=re.compile("Openness")),
        page.locator("#design-said"),
    )
    expect(openness).not_to_be_in_viewport()
    page.get_by_role("link", name="Change the text").click()
    expect(openness).to_be_in_viewport()
    page.get_by_role("link", name="What it changes").click()
    expect(said).to_be_in_viewport()
    rest(page)
    page.set_viewport_size({"width": 1280, "height": 720})  # both stand beside each other
    expect(page.get_by_role("link", name="Change the text")).to_be_hidden()


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_words_of_a_text_hide_no_line_of_the_frontier(
    page: Page, open_page, width: int
) -> None:
    every = [[f"set=ambition_{principle}:{end}" for principle in range(1, 10)] for end in (0, 1)]
    for text in (STATE_LED, *every):
        open_designer(open_page, *text, width=width)
        rest(page)
        expect(page.locator("#frontier .trace").nth(5)).to_be_attached()
        for name in ("designed text", "present text"):
            words = page.locator("#frontier .annotation-text").filter(has_text=name)
            assert not words.evaluate_all(IN_THE_WAY), (text, name)


@pytest.mark.release
@pytest.mark.browser
def test_the_card_of_the_text_ends_with_what_it_holds(page: Page, open_page) -> None:
    for text in ("set=ambition_8:0", *STATE_LED[:1]):
        open_designer(open_page, text, width=1280)
        last = page.locator("#design-text > *:visible").last.bounding_box()
        card = page.locator("#design-text").bounding_box()
        assert card["y"] + card["height"] - last["y"] - last["height"] < 32
        rest(page)


FITS = """where => {
    const table = document.querySelector(".numbers-table");
    const card = document.getElementById("design-answer");
    const padding = parseFloat(getComputedStyle(card).paddingRight);
    const inside = card.getBoundingClientRect().right - padding;
    return {inside: table.getBoundingClientRect().right <= inside + 1,
        sideways: document.documentElement.scrollWidth > innerWidth};
}"""


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize(
    "text", ["set=ambition_1:0", "set=ambition_1:0&set=ambition_3:1&set=ambition_9:0.8"]
)
def test_on_a_phone_the_ranges_of_other_fits_do_not_widen_the_table(
    page: Page, open_page, text: str
) -> None:
    open_designer(open_page, text, width=390)
    expect(page.locator("#fits-power")).to_have_text(
        re.compile(r"^other fits: .*points$"), timeout=180_000
    )
    assert page.evaluate(FITS) == {"inside": True, "sideways": False}


WORDS = """() => [...document.querySelectorAll("#frontier .annotation-text")].map(one => {
    const {left, right, top, bottom} = one.getBoundingClientRect();
    return {left, right, top, bottom, text: one.textContent};
})"""
ALL, NOTHING = ([f"set=ambition_{principle}:{end}" for principle in range(1, 10)] for end in (1, 0))


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("text", [[], ALL, NOTHING], ids=["present", "all", "nothing"])
def test_the_words_of_the_frontier_stand_apart_and_its_numbers_have_a_link(
    page: Page, open_page, text
) -> None:
    open_designer(open_page, *text, width=1280)
    link = page.locator("[data-file='data/frontier.csv']")
    expect(
        page.locator("#frontier .annotation-text").filter(has_text="duties first")
    ).to_be_visible()
    expect(link).to_have_attribute("href", re.compile(r"^data/frontier\.csv"))
    expect(page.locator("#frontier-provenance")).to_contain_text("band around the frontier")
    expect(page.locator("#frontier-beyond")).to_contain_text(
        "fewer states sign at depth 1 than at depth 0"
    )
    assert re.search(r"\d+ states", page.locator("#frontier-beyond").inner_text()) is None
    words = page.evaluate(WORDS)
    meet = [(one["text"], other["text"]) for k, one in enumerate(words) for other in words[:k]
            if one["left"] < other["right"] and other["left"] < one["right"]
            and one["top"] < other["bottom"] and other["top"] < one["bottom"]]  # fmt: skip
    assert meet == []
    for name in ("design", "design/who"):
        expect(page.locator(f"[data-file='data/{name}.csv']")).to_be_visible(visible=bool(text))


ON_SHADE = """words => {
    const {left, right} = words.getBoundingClientRect();
    const shade = document.querySelector("#frontier .shapelayer path");
    const {left: from, right: to} = shade.getBoundingClientRect();
    return left < to && from < right;
}"""


@pytest.mark.release
@pytest.mark.browser
def test_the_words_of_the_line_of_all_alike_stand_beside_the_depths_within_the_data(
    page: Page, open_page
) -> None:
    open_designer(open_page, width=1280)
    words = page.locator("#frontier .annotation-text").filter(has_text="all raised alike")
    expect(words).to_be_visible()
    assert not words.evaluate(ON_SHADE)


@pytest.mark.release
@pytest.mark.browser
def test_numbers_that_are_not_yet_simulated_have_no_link(page: Page, open_page) -> None:
    page.route(re.compile(r"/data/frontier"), lambda route: None)  # which is never answered
    open_designer(open_page, width=1280)
    link = page.locator("[data-file='data/frontier.csv']")
    expect(link).to_have_text("Frontier (CSV)")
    expect(link).not_to_have_attribute("href", re.compile(""))
    expect(
        page.locator("[data-file='data/design.csv']")
    ).to_be_hidden()  # of nothing changed nothing differs
