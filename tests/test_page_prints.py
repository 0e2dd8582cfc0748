"""What pages have on paper: values beside their rows, and nothing of what only a screen can do."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from dashboard.pages.method import FIRST_ON_PAPER
from sim import evidence_on_record

pytestmark = pytest.mark.browser

FEW = "worlds=3"
# How far each value at the right of a figure stands from the nearest name of a row, in pixels.
APART = """place => {
    const box = one => one.getBoundingClientRect();
    const middle = one => (box(one).top + box(one).bottom) / 2;
    const all = (of, kept = () => true) => [...place.querySelectorAll(of)].filter(kept);
    const names = all(".ytick text").map(middle);
    // above the plot are numbers of its axis
    const end = Math.max(...all(".xtick text").map(one => box(one).left));
    const is_value = one => box(one).left >= end && /^\\d+$/.test(one.textContent);
    const values = all(".annotation-text", is_value).map(middle);
    return values.map(value => Math.min(...names.map(name => Math.abs(value - name))));
}"""


def on_paper(page: Page) -> None:
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


@pytest.mark.release
def test_on_paper_the_values_of_a_figure_stand_level_with_the_names_of_its_rows(page, open_page):
    open_page(f"evidence?{FEW}#instruments", width=1280)
    expect(page.locator("#instruments-auc .point").first).to_be_attached()
    on_paper(page)
    apart = page.locator("#instruments .on-paper").evaluate(APART)
    assert len(apart) == len(evidence_on_record().content["instruments"]["instruments"])
    assert max(apart) < 3


@pytest.mark.release
def test_on_paper_an_answer_says_how_sure_it_is_and_has_no_button_or_empty_question(
    page, open_page
):
    open_page(f"stakeholder?{FEW}&who=USA&by=13", width=1280)
    expect(page.locator("#follows p").first).to_be_attached()
    on_paper(page)
    expect(page.locator("#follows p").first).to_be_visible()
    expect(page.locator("#sureness > summary")).to_be_hidden()
    for part in page.locator(
        "#changes .beyond"
    ).all():  # whose changes stand in a part of their own
        expect(part).to_be_hidden()
    aim = page.locator(".aim[aria-pressed=true]")
    assert aim.evaluate("one => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0)"


@pytest.mark.release
def test_on_paper_sliders_are_bars_without_knobs_or_a_key_of_what_nobody_moved(page, open_page):
    open_page(f"designer?{FEW}", width=1280)
    expect(page.locator("#designer.is-present")).to_be_attached()
    on_paper(page)
    slide = page.locator(".designer .slide input").first
    assert slide.evaluate("one => getComputedStyle(one).appearance") == "none"
    assert float(slide.evaluate("one => one.style.getPropertyValue('--part')")) == pytest.approx(
        0.8
    )
    expect(page.locator(".designer .of-tick")).to_be_hidden()


@pytest.mark.release
def test_on_paper_the_card_of_a_text_ends_below_what_it_says(page, open_page):
    open_page(f"designer?{FEW}", width=1280)
    expect(page.locator("#designer.is-present")).to_be_attached()
    on_paper(page)
    assert (
        page.locator(".designer .harm").evaluate("one => getComputedStyle(one).minHeight") == "0px"
    )
    degree, value = page.locator(".lever:has(.degree)").last.locator(".degree, .lever-value").all()
    above, below = degree.bounding_box(), value.bounding_box()
    assert below["y"] - above["y"] - above["height"] >= 2


@pytest.mark.release
def test_on_paper_it_is_said_once_that_closed_parts_are_left_out(page, open_page):
    open_page("method", width=1280)
    expect(page.locator("#dial-rows tr").first).to_be_attached()
    on_paper(page)
    said = (
        "all => all.map(one => getComputedStyle(one, '::after').content).filter(words => words !=="
        " 'none')"
    )
    [words] = page.locator(".fold-content").evaluate_all(said)
    assert "only those that were open" in words


@pytest.mark.release
def test_on_paper_a_comparison_has_every_measure_and_a_chart_as_high_as_it_is(page, open_page):
    open_page(f"compare?{FEW}&with=scenario%3Dgreat-powers-sign", width=1280)
    expect(page.locator(".every-measure")).to_be_attached()
    expect(page.locator("#compare-curves .main-svg").first).to_be_attached()
    on_paper(page)
    expect(page.locator(".every-measure table")).to_be_visible()
    spare = (
        "box => box.parentElement.getBoundingClientRect().bottom -"
        " box.getBoundingClientRect().bottom"
    )
    assert page.locator(".compare-figure .on-paper").evaluate(spare) < 30


@pytest.mark.release
def test_on_paper_who_may_sign_is_said_without_boxes(page, open_page):
    open_page(f"designer?{FEW}&may_sign=states,firms", width=1280)
    expect(page.locator("#designer.is-answered")).to_be_attached()
    said, box = (
        page.locator("#may-sign-said"),
        page.locator("#may-sign-box .mantine-Checkbox-root").first,
    )
    expect(said).to_be_hidden()
    on_paper(page)
    expect(said).to_have_text("States, firms")
    expect(said).to_be_visible()
    expect(box).to_be_hidden()


@pytest.mark.release
def test_on_paper_the_second_answer_of_a_campaign_is_not_cut_after_its_first_row(page, open_page):
    open_page("campaign", width=1280)
    expect(page.locator("#pivots-top .part")).to_have_count(10)
    on_paper(page)
    broken = [page.locator(f"#{name}-card").evaluate("one => getComputedStyle(one).breakInside")
              for name in ("campaign", "pivots")]  # fmt: skip
    assert broken == ["auto", "avoid"]


@pytest.mark.release
def test_on_paper_the_last_names_of_a_comparison_stand_right_below_the_others(page, open_page):
    open_page("compare?with=scenario%3Dgreat-powers-sign", width=1280)
    expect(page.locator(".moved-rest:not(.every-measure)")).to_be_attached()
    on_paper(page)
    rows = page.locator("#pairs .moved-both").evaluate_all(
        "all => all.map(one => [...one.querySelectorAll('table:first-child tbody tr')]"
        ".map(row => row.getBoundingClientRect()).map(({top, bottom}) => [top, bottom])).flat()"
    )
    gaps = [below[0] - above[1] for above, below in pairwise(rows)]
    assert gaps == pytest.approx([0] * len(gaps), abs=2)


@pytest.mark.release
def test_on_paper_talks_have_a_title_in_one_line_and_nothing_to_press(page, open_page):
    open_page("negotiate?talks=un-gge-2017&replicates=20", width=1280)
    expect(page.locator("#negotiate-shown")).to_be_visible()
    page.get_by_role("button", name="Open all").click()
    note, changes = page.locator("#negotiate-tally-note"), page.locator(".of-rescues")
    expect(note).to_contain_text("press a bar")
    expect(changes).to_contain_text("press it")
    on_paper(page)
    title = page.locator(".talks-head h1").bounding_box()
    assert title["width"] > 0.9 * page.locator(".negotiate").bounding_box()["width"]
    assert "press" not in note.inner_text() + changes.inner_text()
    chart, heat = (page.locator(f"#negotiate-{name}-fold .on-paper") for name in ("tally", "heat"))
    assert (
        chart.bounding_box()["height"] + heat.bounding_box()["height"] < 800
    )  # one sheet for both, with their words


@pytest.mark.release
def test_on_paper_the_first_dials_are_said_to_be_the_first_and_classics_stand_in_threes(
    page, open_page
):
    open_page("method", width=1280)
    expect(page.locator("#dial-rows tr").first).to_be_attached()
    expect(page.locator("#answer-classics")).to_contain_text("9 of")
    expect(page.locator(".of-first-dials")).to_be_hidden()
    on_paper(page)
    expect(page.locator(".of-first-dials")).to_have_text(
        re.compile(rf"^The first {FIRST_ON_PAPER} of \d+ dials, ")
    )
    expect(page.locator(".of-first-dials")).to_be_visible()
    expect(page.locator(".of-all-dials")).to_be_hidden()
    expect(page.locator("#dial-rows tr:visible")).to_have_count(FIRST_ON_PAPER)
    cards = [card.bounding_box() for card in page.locator(".classics > li").all()]
    assert len({round(card["x"]) for card in cards}) == 3
    wide = page.locator(".picture svg").evaluate_all("all => all.map(one => one.clientWidth)")
    assert max(wide) < cards[0]["width"]
