"""The step Run of a lesson: figures to watch as one list, the chart in sight of the sliders, and
values in words.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from sim.number_formats import NO_BREAK

pytestmark = [pytest.mark.browser, pytest.mark.long]

STATES = f"{NO_BREAK}states"


def run_of(page: Page, open_page, name: str, width: int = 1280, chart: bool = True) -> None:
    open_page(f"learn?lesson={name}", width=width)
    page.set_viewport_size({"width": width, "height": 844})
    page.locator("[name=lesson-option]").first.check()
    page.get_by_role("button", name="This is my prediction").click()
    if chart:
        expect(page.locator("#lesson-adoption .annotation-text").first).to_be_attached()
    expect(page.locator(".lesson-watch").first).to_be_visible()


def test_states_that_nobody_reached_are_counted_beside_the_list_without_the_programme(
    page: Page, open_page
):
    run_of(page, open_page, "not-reached")
    rows = page.locator(".lesson-watch")
    words = [
        "sign with the programme",
        "sign without the programme",
        "never considered it",
        "wait",
        "declined",
    ]
    expect(rows.locator("dt")).to_have_text([re.compile(f"{each}$") for each in words])
    signatories, without, absent, waiting, refusals = (
        int(number.removesuffix(STATES)) for number in rows.locator("strong").all_inner_texts()
    )
    assert signatories > without
    assert 190 < signatories + absent + waiting + refusals < 200
    finding = page.locator("#lesson-finding")
    expect(finding).to_have_text(re.compile("^States on the list by .*, in nine of ten worlds: "))
    expect(finding).not_to_contain_text(
        str(signatories)
    )  # which the list and the end of the line say
    expect(page.locator("#lesson-adoption").get_by_text("programme begins")).to_be_attached()

    attention, inclination = page.locator(".lesson-dial").all()
    expect(attention.locator(".dial-value")).to_have_text(f"55{NO_BREAK}% less")
    expect(inclination.locator(".dial-value")).to_have_text("as fitted")
    page.get_by_role("slider").first.press("Home")
    expect(attention.locator(".dial-first")).to_contain_text(f"at first 55{NO_BREAK}% less")
    expect(page.locator("#lesson-adoption").get_by_text("at first")).to_contain_text(
        str(signatories)
    )
    expect(rows.nth(2)).to_contain_text(f"at first {absent}")
    expect(page.locator("[data-why=lesson]")).to_contain_text(f"not 55{NO_BREAK}% less")
    page.get_by_role("slider").nth(1).press("Home")
    expect(inclination.locator(".dial-value")).to_have_text("20 below the fit")


@pytest.mark.release
def test_numbers_of_before_a_move_are_gone_until_those_after_it_are_there(page: Page, open_page):
    run_of(page, open_page, "depth-breadth")
    numbers = page.locator(".lesson-watch strong")
    first = numbers.all_inner_texts()
    assert (first[0][-1], first[1].endswith(STATES)) == ("%", True)
    expect(page.locator(".lesson-watch").nth(1)).to_contain_text("by luck alone")
    after_key = """() => {
        document.querySelector("[data-lesson-dial=ambition] input")
            .dispatchEvent(new Event("input", {bubbles: true}));
        return [...document.querySelectorAll(".lesson-watch strong")].map(one => one.textContent);
    }"""
    page.locator("[data-lesson-dial=ambition] input").evaluate("one => { one.value = 0.6; }")
    assert set(page.evaluate(after_key)) == {"…"}
    expect(numbers.nth(1)).to_have_text(re.compile(r"^\d+\sstates$"))
    assert numbers.nth(1).inner_text() != first[1]
    beside = re.compile(r"each set of assumptions beside itself: .*\spoints$")
    expect(page.locator(".lesson-watch").first.locator(".lesson-notes")).to_have_text(beside)
    expect(page.locator("#lesson-chart .basis")).to_be_visible()
    told = "each of the 9 provisions at 0.6 (the Call: 0.52 on average)"
    expect(page.locator("[data-why=lesson]")).to_contain_text(told)


@pytest.mark.release
def test_a_value_ends_where_its_slider_does_before_and_after_it_moves(page: Page, open_page):
    run_of(page, open_page, "not-reached")
    ends = """box => [".dial-value", ".slide input"]
        .map(of => box.querySelector(of).getBoundingClientRect().right)"""
    dial = page.locator(".lesson-dial").first
    for key in ("", "Home"):
        if key:
            page.get_by_role("slider").first.press(key)
        value, slider = dial.evaluate(ends)
        assert value == pytest.approx(slider, abs=3)


@pytest.mark.release
def test_on_a_phone_the_figures_stand_between_the_first_slider_and_the_second(
    page: Page, open_page
):
    run_of(page, open_page, "not-reached", width=390)
    first, second = page.locator(".lesson-dial").all()
    first.evaluate("one => one.scrollIntoView()")
    expect(page.locator(".lesson-watch").last).to_be_in_viewport(ratio=1)
    places = (first, page.locator(".lesson-watch").first, second, page.locator("#lesson-adoption"))
    heights = [place.bounding_box()["y"] for place in places]
    assert heights == sorted(heights)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.release
@pytest.mark.parametrize("name", ["depth-breadth", "firebreaks"])
def test_on_a_laptop_dials_and_figures_begin_in_the_upper_half(page: Page, open_page, name):
    run_of(page, open_page, name, chart=name == "depth-breadth")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.evaluate("scrollTo(0, 0)")
    for place in (".lesson-dial", ".lesson-watched"):
        assert page.locator(place).first.bounding_box()["y"] <= 340
    expect(page.locator("#lesson-text-fold")).to_be_hidden()
    page.get_by_text("How to read this").click()
    expect(page.locator("#lesson-text-fold")).to_be_visible()


def test_two_texts_are_compared_by_their_figures_and_the_chart_folds(page: Page, open_page):
    run_of(page, open_page, "firebreaks", chart=False)
    table = page.locator(".lesson-two").first
    expect(table.locator("thead th")).to_have_text(["With the ban", "Without it", "Change"])
    strikes = table.locator(".lesson-watch").first.locator("strong")
    first = strikes.all_inner_texts()
    assert first[2].startswith("+")
    of_signing = table.locator(".lesson-watch").nth(2).locator("td .lesson-notes").all_inner_texts()
    assert len([each for each in of_signing if re.fullmatch(r"\d+ to \d+", each)]) == 2
    expect(table.locator(".lesson-watch").nth(1)).to_contain_text(
        "Simulated, assumed; ranges over 100 sets"
    )
    expect(page.locator(".lesson-span-ends").first).to_have_text(re.compile(r"^0[\d,]+$"))
    expect(page.locator("#lesson-adoption")).to_be_hidden()
    page.get_by_role("slider").first.press("Home")
    expect(table.locator(".lesson-watch").first).to_contain_text(f"change at first {first[2]}")
    assert strikes.nth(1).inner_text() != first[1]
    page.get_by_text("Who signs, month by month").click()
    expect(page.locator("#lesson-adoption .trace").first).to_be_visible()
    page.get_by_role("button", name="Without it").click()
    expect(page.get_by_role("button", name="Without it")).to_have_attribute("aria-pressed", "true")
