"""The page Campaign in a browser."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

import sim
from sim.number_formats import difference, interval, mean, percent

LONGEST = 240_000  # milliseconds that a busy computer may take, the compiler's share included


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_the_first_screen_has_the_finding_and_bars_and_what_explains_them_stands_below(
    page: Page, open_page, width: int, height: int
):
    open_page("campaign", width=width)
    bars = page.locator("#campaign-top .part")
    expect(bars).to_have_count(10)
    seen = bars.nth(2).bounding_box()
    assert seen["y"] + seen["height"] <= height
    in_order = ("#campaign-found", "#campaign-top", "#campaign-other-fits", "#campaign-assumes")
    tops = [page.locator(place).bounding_box()["y"] for place in in_order]
    assert tops == sorted(tops)


@pytest.mark.release
@pytest.mark.browser
def test_bars_have_one_mark_below_them_luck_or_the_other_fits_which_differ_far_more(
    page: Page, open_page
):
    open_page("campaign")
    expect(page.locator("#pivots-top .fits")).to_have_count(10)
    expect(page.locator("#campaign-top .luck")).to_have_count(10)
    expect(page.locator("#campaign-answer .key.luck")).to_be_visible()
    expect(page.locator("#pivots-top .luck")).to_have_count(0)
    expect(page.locator("#pivots-answer .key.luck")).to_be_hidden()
    expect(page.locator("#campaign-top .fits, #campaign-answer .key.fits")).to_have_count(0)
    expect(page.locator("#pivots-found")).to_contain_text(
        "others (14 to 89 with other fits), nearly all firms"
    )
    expect(page.locator("#campaign-order")).to_contain_text("more than 10 at random")
    expect(page.locator("#campaign-order")).to_contain_text(
        "in 50 worlds, judged in 100 fresh ones"
    )


# Whether the line of zero lies on its bar, and from which height to which it runs, row by row.
ZEROS = """tracks => tracks.map(track => {
    const zero = track.querySelector(".zero"), parts = [...track.children];
    const {top, bottom} = zero.getBoundingClientRect();
    return [parts.indexOf(zero) > parts.indexOf(track.querySelector(".part")), top, bottom];
})"""


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("question", ["campaign", "pivots"])
def test_the_line_of_zero_is_unbroken_and_its_scale_has_three_numbers_at_least(
    page: Page, open_page, question: str
):
    open_page("campaign", width=1280)
    expect(page.locator(f"#{question}-top .part")).to_have_count(10)
    assert page.locator(f"#{question}-top .axis > span").count() >= 3
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        zeros = page.locator(f"#{question}-top .track").evaluate_all(ZEROS)
        assert all(is_above for is_above, *_ in zeros)
        assert all(after[1] <= before[2] for before, after in pairwise(zeros))


@pytest.mark.release
@pytest.mark.browser
def test_on_paper_the_last_interval_stands_apart_from_the_total(page: Page, open_page):
    open_page("campaign", width=1280)
    expect(page.locator("#campaign-top .part")).to_have_count(10)
    page.emulate_media(media="print")
    luck, total = (
        page.locator("#campaign-top .luck").last.bounding_box(),
        page.locator("#campaign-top .all"),
    )
    assert total.bounding_box()["y"] - luck["y"] - luck["height"] >= 3.5


@pytest.mark.release
@pytest.mark.browser
def test_on_narrow_paper_the_axis_is_that_of_the_bars(page: Page, open_page):
    open_page("campaign", width=720)
    expect(page.locator("#campaign-top .part")).to_have_count(10)
    page.emulate_media(media="print")
    axis, track = (
        page.locator(f"#campaign-top .{name}").first.bounding_box() for name in ("axis", "track")
    )
    assert (axis["x"], axis["width"]) == pytest.approx((track["x"], track["width"]), abs=1)


@pytest.mark.release
@pytest.mark.browser
def test_pivots_are_asked_by_keyboard_and_are_those_of_the_library(page: Page, open_page):
    open_page("campaign?worlds=2")
    expect(page.locator("#campaign-view")).to_contain_text("2 worlds")
    page.get_by_label("How many candidates").fill("4")
    page.locator("#pivots-start").focus()
    page.keyboard.press("Enter")
    rows = page.locator("#pivots-table tbody tr")
    expect(rows).to_have_count(4, timeout=LONGEST)
    pivots = sim.pivots(most=4, replicates=2)
    expect(rows.locator(".whom a")).to_have_text(pivots.table()["name"].tolist())
    means = [difference(mean) for mean in pivots.table()["mean"]]
    expect(rows.locator(".estimate:not(.low-end) strong")).to_have_text(means)
    places = [interval(best, worst) for best, worst in pivots.table()[["best", "worst"]].to_numpy()]
    expect(rows.locator(".rank")).to_have_text(places)
    expect(page.locator("#pivots-assumes")).to_contain_text(pivots.assumes.partition(" (")[0])
    weighs = "By the best fit, a state’s signature weighs with other states and its own firms."
    expect(page.locator("#pivots-assumes")).to_contain_text(weighs)
    assert "pivots=most%3D4" in page.url


@pytest.mark.release
@pytest.mark.browser
def test_whoever_brings_nobody_is_named_with_the_reason_and_not_said_of_all(page: Page, open_page):
    open_page("campaign?worlds=2&pivots=who%3DMicrosoft")
    expect(page.locator("#pivots-start")).to_be_visible()
    page.locator("#pivots-start").press("Enter")
    said = (
        "In this model a single firm brings nobody, by construction: in none of 2 worlds does"
        " anybody follow Microsoft."
    )
    expect(page.locator("#pivots-found")).to_have_text(said, timeout=LONGEST)
    assert (
        page.locator("#pivots-card .question-run").bounding_box()["height"] <= 1
    )  # "Done", for screen readers
    expect(page.locator("#pivots-assumes")).to_contain_text(
        "A firm’s signature weighs with its home state, as"
    )
    expect(page.locator("#pivots-assumes")).to_contain_text(
        "a state’s weighs with other states and its own firms"
    )
    for of_a_ranking in ("#pivots-top", "#pivots-sorted", "#pivots-answer .whole"):
        expect(page.locator(of_a_ranking)).to_be_hidden()
    page.get_by_role("button", name="Ask of the United States, its home state, instead").click()
    expect(page.locator("#pivots-found")).to_contain_text(
        "the United States’ signature", timeout=LONGEST
    )
    assert "pivots=who%3DUSA" in page.url


@pytest.mark.release
@pytest.mark.browser
def test_beside_a_question_of_a_link_the_other_is_its_title_until_it_is_opened(
    page: Page, open_page
):
    open_page("campaign?worlds=2&pivots=who%3DMicrosoft")
    other = page.locator("#campaign-card")
    expect(other.get_by_role("button", name="Open this question")).to_be_visible()
    expect(page.locator("#campaign-start")).to_be_hidden()
    other.get_by_role("button", name="Open this question").press("Enter")
    expect(page.locator("#campaign-start")).to_be_visible()
    expect(page.locator("#campaign-open")).to_be_hidden()


@pytest.mark.release
@pytest.mark.browser
def test_on_a_phone_the_total_stands_below_the_first_rows(page: Page, open_page):
    open_page("campaign", width=390)
    expect(page.locator("#campaign-top tbody tr:visible")).to_have_count(6)
    expect(page.locator("#campaign-top .all")).to_contain_text("+4.6")


@pytest.mark.release
@pytest.mark.browser
def test_an_open_fold_has_all_columns_and_what_was_pressed_stays_where_it_is(page: Page, open_page):
    open_page("campaign", width=1280)
    expect(page.locator("#campaign-top .part")).to_have_count(10)
    for name, table in (("pivots", "pivots-table"), ("campaign", "approached-table")):
        summary = page.locator(f"#{name}-card .whole > summary")
        summary.scroll_into_view_if_needed()
        before = summary.bounding_box()["y"]
        summary.click()
        expect(page.locator(f"#{table}")).to_be_visible()
        page.wait_for_function(
            "place => { const {clientWidth, scrollWidth} = document.getElementById(place);"
            " return scrollWidth <= clientWidth; }",
            arg=table,
        )
        assert abs(summary.bounding_box()["y"] - before) < 3


@pytest.mark.release
@pytest.mark.browser
def test_both_answers_say_in_which_order_their_rows_are_and_are_of_one_height(
    page: Page, open_page
):
    open_page("campaign", width=1280)
    expect(page.locator("#campaign-top thead .whom")).to_have_text(
        "State, by what it adds, and on the register"
    )
    expect(page.locator("#pivots-order")).to_contain_text("In the order of the best fit")
    sizes = [
        page.locator(f"#{name}-card").bounding_box()["height"] for name in ("campaign", "pivots")
    ]
    assert abs(sizes[0] - sizes[1]) < 1


@pytest.mark.release
@pytest.mark.browser
def test_on_a_phone_the_answer_before_stays_until_the_next_comes_and_the_page_leads_to_its_heading(
    page: Page, open_page
):
    visit = open_page(
        "campaign?worlds=3&pivots=who%3DMicrosoft", width=390
    )  # no other test asks it
    page.set_viewport_size({"width": 390, "height": 844})
    ask, answer, found = (page.locator(f"#pivots-{name}") for name in ("start", "answer", "found"))
    expect(ask).to_have_text("Ask", use_inner_text=True)
    expect(page.get_by_label("How many candidates")).to_be_hidden()
    expect(page.locator("#pivots-form")).to_contain_text(
        "Without a name: the 20 that weigh most at first sight."
    )
    ask.press("Enter")
    expect(found).to_be_focused(timeout=LONGEST)
    page.locator("#pivots-form summary").click()
    page.locator("#pivots-card .mantine-Pill-remove").click()
    number = page.get_by_label("How many candidates")
    expect(number).to_be_visible()
    number.fill("40")
    expect(ask).to_have_text("Ask this instead", use_inner_text=True)
    ask.press("Enter")
    expect(answer).to_have_attribute("aria-busy", "true")
    expect(found).to_contain_text("Microsoft")
    expect(found).to_be_visible()
    expect(page.locator("#pivots-top tbody tr")).not_to_have_count(0, timeout=LONGEST)
    expect(answer).to_have_attribute("aria-busy", "false")
    expect(found).to_be_focused()
    visit.settle()
    assert 0 <= found.bounding_box()["y"] < 844 / 3


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("asked", ["", "&pivots=who%3DMicrosoft"])
def test_the_first_question_stands_left_or_above_and_never_changes_sides(
    page: Page, open_page, asked: str
):
    open_page(f"campaign?worlds=2{asked}", width=1280)
    expect(page.locator("#pivots-card")).to_be_visible()
    page.wait_for_function(
        """is_stacked => {
            const [campaign, pivots] = ["campaign", "pivots"].map(
                name => document.getElementById(`${name}-card`).getBoundingClientRect().x);
            return is_stacked ? campaign === pivots : campaign < pivots;
        }""",
        arg=bool(asked),
    )


AT_ONCE = """selector => new MutationObserver((_, watch) => {
    const button = document.querySelector(selector);
    if (button) { watch.disconnect(); button.click(); }
}).observe(document, {childList: true, subtree: true})"""


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "button", "asked"),
    [
        ("campaign?worlds=2&pivots=most%3D3", "#pivots-start", "pivots=most=3"),
        ("campaign?worlds=2", "#campaign-start", "campaign=approaches=10"),
    ],
)
def test_a_press_counts_from_the_moment_the_button_is_there(
    page: Page, open_page, path: str, button: str, asked: str
):
    """The page presses its own button as soon as that is there, before the libraries are."""
    page.add_init_script(f"({AT_ONCE})({json.dumps(button)})")
    visit = open_page(path)
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    assert asked in visit.query
    assert path.partition("?")[2].partition("&")[0] in visit.query
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)


@pytest.mark.release
@pytest.mark.browser
def test_what_is_too_much_for_a_page_is_said_before_anybody_presses(page: Page, open_page):
    open_page("campaign?worlds=200")
    expect(page.locator("#pivots-plan")).to_contain_text(
        "20 candidates in 200 worlds: 4,000 trials, of at most 4,000"
    )
    expect(page.locator("#pivots-start")).to_be_enabled()
    expect(page.locator("#campaign-plan")).to_contain_text("of at most 100 on a page")
    expect(page.locator("#campaign-start")).to_be_disabled()
    page.get_by_label("How many candidates").fill("21")
    expect(page.locator("#pivots-start")).to_be_disabled()


@pytest.mark.release
@pytest.mark.browser
def test_an_answer_is_read_in_other_ways_and_found_again_by_its_address(page: Page, open_page):
    open_page("campaign?worlds=2&pivots=most%3D5")
    expect(page.locator("#pivots-start")).to_be_visible()
    expect(page.get_by_label("How many candidates")).to_have_value("5")
    page.locator("#pivots-start").press("Enter")
    rows = page.locator("#pivots-table tbody tr")
    expect(rows).to_have_count(5, timeout=LONGEST)
    pivots = sim.pivots(most=5, replicates=2)
    whole = page.locator("#pivots-card .whole > summary")
    whole.click()
    page.get_by_role("radiogroup").get_by_text("stays out, beside").click()
    expect(rows.locator(".whom a")).to_have_text(
        pivots.table("stays out less as it is")["name"].tolist()
    )
    page.reload()
    expect(rows).to_have_count(5, timeout=LONGEST)
    whole.click()
    rows.locator(".whom a").first.click()
    expect(page.locator("#who-name")).to_have_text(pivots.table()["name"][0], timeout=LONGEST)


@pytest.mark.release
@pytest.mark.browser
def test_a_question_is_cancelled(page: Page, open_page):
    open_page("campaign?worlds=2")
    page.get_by_label("How many candidates").fill("60")
    page.locator("#pivots-start").press("Enter")
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#pivots-problem")).to_contain_text("cancelled")
    expect(page.locator("#pivots-start")).to_be_focused()
    expect(page.locator("#pivots-answer")).to_be_hidden()


@pytest.mark.release
@pytest.mark.browser
def test_a_campaign_is_that_of_the_library_and_opens_in_simulate(page: Page, open_page):
    open_page("campaign?scenario=states-only&worlds=2", scheme="dark", width=390)
    expect(page.locator("#campaign-view")).to_contain_text("Only states may sign")
    page.get_by_label("How many approaches").fill("2")
    page.locator("#campaign-start").press("Enter")
    rows = page.locator("#approached-table tbody tr")
    expect(rows).to_have_count(2, timeout=LONGEST)
    outreach = sim.outreach("states-only", approaches=2, replicates=2)
    expect(rows.locator(".whom a")).to_have_text(outreach.approached["name"].tolist())
    by_gain = outreach.approached.sort_values("gain", ascending=False, kind="stable")
    top = page.locator("#campaign-top tbody tr:not(.all)")
    expect(top.locator(".whom a")).to_have_text(by_gain["name"].tolist())
    lead = outreach.lists.set_index("list")["gain"]
    added = [difference(gain) for gain in (*by_gain["gain"], lead["greedy"])]
    expect(page.locator("#campaign-top .estimate strong")).to_have_text(added)
    expect(page.locator("#campaign-found")).to_contain_text(f"they bring {mean(lead['greedy'])}")
    expect(page.locator("#campaign-assumes")).to_contain_text(
        "3 months, from November 2018 on, in no order"
    )
    expect(page.locator("#campaign-card .rank")).to_have_count(0)
    shares = [percent(share) for share in outreach.approached["end_not_reached"]]
    expect(rows.locator(".standing:not(.standing + .standing)")).to_have_text(shares)
    expect(page.locator("#lists-table tbody tr")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="Open Simulate with these approaches").click()
    names = ", ".join(outreach.approached["name"])
    expect(page.get_by_role("list", name="Branches")).to_contain_text(f"{names} approached")
