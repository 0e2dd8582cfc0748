"""What the page Simulate says of its numbers: of which month they are, what a difference is at its
middle and its ends, and what one dial moves.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from visits import FEW, Gate

from dashboard.data.brief_finding import finding
from dashboard.data.brief_pairs import Change

FAR = "&".join(f"set=ambition_{number}:0.3" for number in range(1, 10))


@pytest.mark.release
@pytest.mark.browser
def test_a_difference_that_so_few_worlds_cannot_tell_has_no_number(visit):
    said = visit.page.evaluate("""() => {
        const changes = [[-2, 1, 3, 0], [0, 2, 4, 0], [-2, 1, 3, 1], [0, 2, 4, 1],
                         [-0.4, 0, 0.3, 1], [-5, -3, -1, -1]];
        return changes.map(([low_90, median, high_90, sign]) => {
            const {is_told, words} = parley.pairs.clear_or_not({low_90, median, high_90, sign});
            return [is_told, words];
        });
    }""")
    unclear = [False, "no clear change"]
    assert said == [
        unclear,
        unclear,
        unclear,
        [True, "2 more"],
        [False, "as many"],
        [True, "3 fewer"],
    ]


@pytest.mark.release
@pytest.mark.browser
def test_chart_and_numbers_say_of_which_month_they_are_and_the_sentence_that_it_is_of_the_end(
    visit,
):
    page = visit.page
    expect(page.locator("#finding-state")).to_contain_text("on the list, Jan 2024: simulated")
    expect(page.locator("#numbers-month")).to_have_text("Numbers at the end, in January 2024")
    page.evaluate("parley.show_round(22)")
    expect(page.locator("#finding-state")).to_contain_text("on the list, Nov 2019: simulated")
    expect(page.locator("#finding-firm")).to_contain_text(" in Nov 2019: ")
    expect(page.locator("#numbers-month")).to_have_text("Numbers in November 2019")
    expect(page.locator("#story")).to_contain_text("81 by January 2024")
    page.evaluate("parley.show_round(1e9)")
    expect(page.locator("#bands-hold")).to_have_text("90 % of worlds (runs), luck alone")


@pytest.mark.release
@pytest.mark.browser
def test_a_difference_has_a_middle_and_its_ends_where_they_say_more(visit):
    said = visit.page.evaluate("""() => {
        const {baseline, record} = parley, last = record.dates.length - 1;
        const changes = [[12, 5, 19, 1], [12, 0, 19, 1], [-3, -3, -3, -1], [0, 0, 1, 1],
                         [4, -1, 9, 1], [0, 0, 0, 0], [2, -3, 4, 0]];
        const words = changes.map(([median, low_90, high_90, sign]) => {
            const one = value => new Array(last + 1).fill(value);
            const edges = {low_90: one(low_90), high_90: one(high_90)};
            const state = {median: one(median), ...edges, sign: one(sign)};
            parley.baseline = {query: record.query, dates: record.dates, difference: {state}};
            const {words, ends} = parley.beside_the_call.in_words("state", last);
            return [words, ends];
        });
        parley.baseline = baseline;
        return words;
    }""")
    assert said == [
        ["12 more", "5 to 19"],
        ["12 more", "0 to 19"],
        ["3 fewer", ""],
        ["as many", "up to 1 more"],
        ["no clear change", "1 fewer to 9 more"],
        ["as many", ""],
        ["no clear change", "3 fewer to 4 more"],
    ]


@pytest.mark.release
@pytest.mark.browser
def test_two_levels_stand_beside_no_difference_that_they_do_not_have(visit):
    """By the two levels and the median, lowest and highest of the differences in pairs."""
    said = visit.page.evaluate("""() => {
        const {baseline, record} = parley, last = record.dates.length - 1;
        const one = value => new Array(last + 1).fill(value);
        const cases = [["state", 8, 8, 4, 12], ["state", 9, 8, 4, 12], ["firm", 9, 8, 4, 12],
                       ["state", 13, 8, 4, 12], ["state", 0, 1, 0, 2],
                       ["state", -9, -7.5, -12, -4], ["state", 1, 0, -1, 2]];
        const words = cases.map(([kind, gap, median, low_90, high_90]) => {
            const edges = Object.entries({median, low_90, high_90, sign: Math.sign(median)});
            const by_month = Object.fromEntries(edges.map(([edge, value]) => [edge, one(value)]));
            const difference = {[kind]: by_month}, levels = {[kind]: one(1000 - gap)};
            const listed = record.bands.listed[kind].median, level = listed[last];
            const {query, dates} = record;
            parley.baseline = {query, dates, difference, levels, supposed: {}};
            listed[last] = 1000;
            const was = parley.beside_the_call.was(kind);
            const both = parley.beside_the_call.level_and_change(kind, last);
            listed[last] = level;
            return [was?.level ?? "", was?.subtracts ?? "", both];
        });
        parley.baseline = baseline;
        return words;
    }""")
    assert said == [
        ["992", True, "1,000, not 992"],
        ["991", False, "1,000, not 991"],
        ["", "", "1,000, 8 more"],
        ["", "", "1,000, 8 more"],
        ["", "", "1,000, 1 more"],
        ["1,009", False, "1,000, not 1,009"],
        ["999", False, "1,000, no clear change"],
    ]


@pytest.mark.release
@pytest.mark.browser
def test_the_headline_the_chart_and_its_heading_have_both_levels_and_a_difference_that_they_have(
    page: Page, open_page
):
    open_page("?worlds=12&set=ambition_1:1")
    page.set_viewport_size({"width": 1280, "height": 720})
    story, labels = (
        page.locator("#story"),
        page.locator("#kinds .annotation", has_text="nothing changed"),
    )
    expect(story).to_contain_text("other fits: ")
    begins = (
        r"(\d+) of 193 states would be on the list in January 2024, against (\d+) simulated with"
        r" nothing "
    )
    told = re.match(
        begins + r"changed(?:: (\d+) fewer)? \(other fits: \d+ to \d+(?: fewer)?\)\.",
        story.inner_text(),
    )
    assert told
    own, was, fewer = told.groups()
    assert fewer in (None, str(int(was) - int(own)))
    expect(labels).to_have_text(
        [f"nothing changed {was}"]
    )  # in the large panel, as ours stands beside it
    expect(page.locator("#finding-state")).to_have_text(f" on the list, Jan 2024: {own}, not {was}")
    on_card = page.locator("#difference-state")
    expect(on_card).to_contain_text(
        f"{fewer} fewer than" if fewer else re.compile(r"^\d+ to \d+ fewer than")
    )
    expect(page.locator("#by-world-key")).to_be_in_viewport()
    open_page("?worlds=12&scenario=great-powers-sign")
    either = (
        r"the list grows by \d( \(world by world\))?, to \d+ of 193 states; (in most worlds )?no"
        r" other state "
    )
    expect(story).to_contain_text(re.compile(either))


@pytest.mark.release
@pytest.mark.browser
def test_a_list_that_stays_as_long_is_said_to_stay(page: Page, open_page):
    open_page("?set=monitoring:0.5&branch=24:BRA:signs")
    stays = re.compile(r"so the list stays at \d+ of 193 states; no other state")
    expect(page.locator("#story")).to_contain_text(stays)


@pytest.mark.release
@pytest.mark.browser
def test_where_states_do_not_surely_change_the_answer_has_who_does(page: Page, open_page):
    story = page.locator("#story")
    open_page(f"?{FEW}&set=ngo_burden:24.5")
    first = r"^NGOs: \d+ fewer \(other fits: \d+ to \d+\)\. "
    expect(story).to_have_text(re.compile(first + r".+\. This is extrapolated\.( |$)"))
    open_page(f"?{FEW}&{FAR}")
    expect(story).to_contain_text("trust the direction, not the size.")
    expect(story).not_to_contain_text("NGOs:")


@pytest.mark.release
@pytest.mark.browser
def test_where_hardly_anybody_joins_or_leaves_the_headline_tells_harm_at_the_same_height(
    page: Page, open_page
):
    open_page(f"?{FEW}&set=monitoring:0.5")
    story = page.locator("#story")
    expect(story).to_contain_text("What it does to harm: being simulated …")
    before = story.bounding_box()
    told = re.compile(
        r"\. (Whether more harm is prevented is unclear|As much harm is|Harm prevented) .*assumed"
    )
    expect(story).to_have_text(told)
    assert story.bounding_box() == before
    words = page.evaluate("parley.statements.harm([-2.7, 0.2])")  # as the page Compare says it
    assert words == "harm prevented would probably fall (assumed: −2.7 to +0.2\u00a0points)"


@pytest.mark.release
@pytest.mark.browser
def test_where_no_change_is_clear_the_headline_stays_a_supposition_and_says_that_it_is_as_before(
    page: Page, open_page
):
    open_page("?set=monitoring:0.5&worlds=50", width=1280)
    story = page.locator("#story")
    expect(story).to_contain_text(
        re.compile(
            r"^(\d+) of 193 states would be on the list in January 2024, as with nothing changed("
            r" \(other fits: .+\))?\. "
        )
    )
    assert "no clear change" not in story.inner_text()


@pytest.mark.release
@pytest.mark.browser
def test_a_slide_counts_from_what_is_simulated_with_nothing_changed_and_names_who_changes_most(
    page: Page, open_page
):
    open_page("?worlds=12&scenario=great-powers-sign&present=1", width=1280)
    said, place, onward = (
        page.locator(f"#presenter-{part}") for part in ("headline", "place", "next")
    )
    expect(place).to_have_text("1 of 5: States")
    expect(page.locator("#by-world-key")).to_be_hidden()  # a slide says it where it is so
    before = onward.bounding_box()
    for kind, many in (("firm", "firms"), ("ngo", "NGOs")):
        page.keyboard.press("ArrowRight")
        expect(page.locator(f"#panel-{kind}")).to_be_visible()
        expect(said).to_have_text(
            re.compile(
                rf"^(\d+ (more|fewer) {many} sign|\d+ {many}, no( clear)? change)( \(other fits:"
                r" .+\))?\.$"
            )
        )
        expect(
            page.locator(f"#adoption-{kind} .annotation", has_text="nothing changed")
        ).to_have_text(re.compile(r"^nothing changed [\d,]+$"))
        expect(page.locator(f"#finding-{kind}")).to_have_text(re.compile(
            r"^( that change most: \S.* \d+\s→\s\d+\s% of worlds| on the list, month by month$)"
        ))  # fmt: skip
    expect(page.locator("#suppositions .supposition")).to_be_visible()
    expect(page.locator("#suppositions button:visible")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#world-card.is-of-change #world")).to_be_visible()
    expect(page.locator("#world .choroplethlocation").first).to_be_visible()
    assert (
        page.locator("#world").bounding_box()["width"]
        > 0.7 * page.locator("#figure").bounding_box()["width"]
    )
    expect(onward).to_have_attribute("aria-disabled", "false")
    page.keyboard.press("ArrowRight")
    expect(place).to_have_text("5 of 5 (last): Numbers")
    expect(onward).to_have_attribute("aria-disabled", "true")
    assert onward.bounding_box() == before  # the buttons stay where they are from slide to slide


@pytest.mark.release
@pytest.mark.browser
def test_a_card_says_other_fits_once_they_are_there_and_keeps_its_height(page: Page, open_page):
    gate = Gate(page, re.compile("data/baseline.*weights=draws"))
    open_page(f"?{FEW}&set=ambition_1:1", width=1280)
    fits, card = page.locator("#difference-state .of-fits"), page.locator("#difference-state")
    expect(fits).to_have_text("other fits: …")
    before = card.bounding_box()["height"]
    page.wait_for_function("() => document.querySelector('#difference-ngo .of-fits')")
    gate.open()
    expect(fits).to_have_text(re.compile(r"^other fits: \d"))
    assert card.bounding_box()["height"] == before


@pytest.mark.release
@pytest.mark.browser
def test_other_fits_are_drawn_where_their_line_has_room_for_its_caps(visit):
    drawn = visit.page.evaluate("""() => {
        const {adoption, has_other_fits} = parley.figures, size = {wide: 600, high: 240};
        const of = (low, high) =>
            adoption(parley.record, "state", {others: {low, high, words: ""}, ...size});
        return [of(80, 81), of(77, 83), of(60, 85)].map(has_other_fits);
    }""")
    assert drawn == [False, True, True]


@pytest.mark.release
@pytest.mark.browser
def test_the_dials_that_are_moved_stand_on_top_and_one_of_several_says_what_is_moved_of_them(
    page: Page, open_page
):
    open_page(f"?{FEW}&set=monitoring:0.5&set=ambition_1:1")
    page.set_viewport_size({"width": 1280, "height": 720})
    first, moved = page.locator("#first-dials"), page.locator(".first-dial.is-moved")
    expect(first.locator("h3")).to_have_text(
        ["What is moved", "What somebody decides", "What nobody has measured"]
    )
    expect(first.locator(".dial-name").nth(0)).to_have_text("Monitoring a decision")
    expect(first.locator(".dial-name").nth(1)).to_contain_text("Provision 1, protect individuals")
    expect(moved).to_have_count(2)  # not the ambition of all, of which one alone is moved
    expect(first.get_by_role("slider").nth(1)).to_have_value("1")
    expect(first.locator(".dial-why:visible")).to_have_text(
        [
            re.compile("More of it brings more strikes in retaliation"),
            re.compile("Why: the more a text asks for"),
        ]
    )
    sweep = first.get_by_role("link", name="The sweep on it")
    expect(sweep).to_have_attribute(
        "href", re.compile(r"^sweeps\?.*set=ambition_1:1.*&sweep=ready%3Dmonitoring$")
    )
    expect(moved.nth(0).get_by_role("slider")).to_be_in_viewport()
    expect(moved.nth(1).get_by_role("slider")).to_be_in_viewport()
    expect(page.locator(".dial-several")).to_have_text("mean of nine; one moved to 1")
    expect(page.locator(".dial-unit").nth(0)).to_have_text(
        "one with a tenth less means hears 55 % less"
    )
    loudness = page.get_by_role("slider", name="Loudness of the campaign")
    loudness.press("End")
    expect(page.locator("#suppositions .supposition")).to_have_count(3)
    expect(loudness).to_be_focused()  # it stays where the hand is
    page.locator("#reset-all").click()
    expect(first.locator("h3")).to_have_text(["What somebody decides", "What nobody has measured"])


@pytest.mark.release
@pytest.mark.browser
def test_the_ambition_of_all_provisions_is_one_dial_that_moves_nine(visit):
    page = visit.page
    dial = page.get_by_role("slider", name="Ambition of all provisions")
    dial.press("End")
    expect(page.locator(".first-dial.is-moved .dial-name")).to_have_text(
        "Ambition of all provisions"
    )
    expect(page).to_have_url(re.compile("ambition_1:1.*ambition_9:1"))
    page.get_by_role("button", name="Reset ambition of all provisions").click()
    expect(page.locator(".first-dial.is-moved")).to_have_count(0)
    assert visit.query == FEW


@pytest.mark.release
@pytest.mark.browser
def test_the_table_opens_with_the_states_of_which_worlds_and_register_differ_most(visit):
    page = visit.page
    page.locator("#see-names").click()
    expect(page.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#table-unit")).to_contain_text(
        "First where worlds and register differ most."
    )
    expect(page.locator("#stakeholders [row-index='3'] [col-id=signed]")).to_contain_text("%")
    gaps = page.evaluate(
        """() => [0, 1, 2, 3].map(k => document.querySelector(`#stakeholders [row-index="${k}"]`))
        .map(row => dashAgGridFunctions.parley_apart(row.getAttribute("row-id")))"""
    )
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] > 0


@pytest.mark.release
@pytest.mark.parametrize(
    ("low", "said"),
    [(8.0, "12 more than in A"), (0.0, "12 more than in A"), (-2.0, "with no clear change from A")],
)
def test_a_headline_gives_the_level_of_the_view_and_the_difference_in_pairs(low, said):
    change = {"median": 12.0, "low_90": low, "high_90": 19.0, "sign": 1}
    after, before = (
        {
            "dates": ["2024-01-12"],
            "bands": {
                "listed": {"firm": {edge: [median] for edge in ("median", "low_90", "high_90")}}
            },
        }
        for median in (738, 727)
    )
    changes = {"firm": Change(change, change, "")}
    told = finding(after, before, "A", "firm", 0, changes)["finding"]
    puts = f"the model puts 738 firms on the list by 12\u00a0January\u00a02024, {said}"
    assert (
        told == f"T{puts[1:]}"
    )  # and not the level of A, as the difference of the two levels is another number
    none, few = (
        {"median": 0.0, "low_90": 0.0, "high_90": high, "sign": int(high > 0)}
        for high in (0.0, 1.0)
    )
    for others, lead in (
        (none, "No other state follows"),
        (few, "In most worlds no other state follows"),
    ):
        both = {"state": Change(none, others, "supposed to sign"), **changes}
        assert finding(after, before, "A", "firm", 0, both)["finding"] == f"{lead}: {puts}"


@pytest.mark.release
@pytest.mark.browser
def test_on_a_phone_a_line_below_the_dials_says_what_a_moved_one_changes(page: Page, open_page):
    open_page("?worlds=6", width=390)
    line, said = page.locator("#result-line"), page.locator("#result-said")
    page.locator(".controls-part summary").first.click()
    expect(line).to_be_hidden()  # nothing is changed
    dial = page.get_by_role("slider", name="Loudness of the campaign")
    dial.press("End")
    expect(line).to_contain_text(re.compile(r"\d+ states, .*simulated with nothing changed"))
    expect(line.locator("strong")).to_contain_text(re.compile(r"\(other fits: .*\d.*\)"))
    expect(line).to_be_in_viewport()
    expect(said).to_contain_text("simulated with nothing changed")
    place = dial.bounding_box()
    assert place["y"] + place["height"] <= line.bounding_box()["y"]
    page.get_by_role("button", name="Reset loudness of the campaign").click()
    expect(line).to_be_hidden()


@pytest.mark.release
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.browser
def test_a_slider_stays_under_the_pointer_as_lines_appear_above_it(page: Page, open_page, width):
    open_page(f"?{FEW}", width=width)
    if width == 390:
        page.locator(".controls-part summary").first.click()
    dial = page.get_by_role("slider", name="Ambition of all provisions")
    dial.scroll_into_view_if_needed()
    before = dial.bounding_box()
    middle = before["y"] + before["height"] / 2
    page.mouse.move(before["x"] + before["width"] * 0.52, middle)
    page.mouse.down()
    page.mouse.move(before["x"] + before["width"] * 0.8, middle, steps=3)
    expect(page.locator("#suppositions .supposition")).to_have_count(1)
    expect(page.locator("#story-ranges")).to_contain_text("With other fits")
    expect(page.locator("#register-key")).to_be_hidden()  # no such point is drawn
    assert dial.bounding_box()["y"] == pytest.approx(before["y"], abs=1.5)
    page.mouse.up()


@pytest.mark.release
@pytest.mark.browser
def test_what_is_far_outside_the_data_is_told_by_its_direction_first(page: Page, open_page):
    open_page(f"?worlds=6&{FAR}", width=390)
    story = page.locator("#story")
    sizes = r"\d+ to \d+ more, (\d+, not \d+,|\d+) with the best fit"
    warns = r"This is extrapolated: trust the direction, not the size\."
    expect(story).to_have_text(re.compile(rf"^(\w+ )?[Mm]ore states would sign: {sizes}\. {warns}"))
    expect(page.locator("#of-register-state")).to_be_hidden()  # it lists the text as it was
    expect(page.locator(".strapline")).to_be_hidden()
    warned = re.compile(r"^ on the list, Jan\s2024, extrapolated: \d+, (\d+ more|not \d+)$")
    expect(page.locator("#finding-state")).to_have_text(warned)
    expect(page.locator("#numbers-far")).to_be_visible()
    size = "getComputedStyle(document.querySelector('#listed-state')).fontSize"
    assert page.evaluate(size) == "22px"  # less than that of a number that the register can judge
    assert page.locator("#story").bounding_box()["y"] < 400


@pytest.mark.release
@pytest.mark.parametrize(
    ("median", "low", "high", "first", "said"),
    [
        (27.0, 4.0, 43.0, 83, "more states than in A, by 4 to 43 with other fits"),
        (12.0, 4.0, 23.0, 83, "somewhat more states than in A, by 4 to 23 with other fits"),
        (12.0, 0.0, 23.0, 83, "perhaps more states than in A, by 0 to 23 with other fits"),
        (-60.0, -70.0, -50.0, 83, "far fewer states than in A, by 50 to 70 with other fits"),
        (
            5.0,
            -3.0,
            12.0,
            83,
            "no clear change in states, beside A, 3 fewer to 12 more with other fits",
        ),
        (0.0, 0.0, 0.0, 83, "as many states as in A"),
    ],
)
def test_a_headline_far_outside_the_data_begins_with_the_direction(median, low, high, first, said):
    ends = {"median": median, "low_90": low, "high_90": high, "sign": (median > 0) - (median < 0)}
    change = Change(ends, ends, "")
    after, before = (
        {
            "dates": ["2024-01-12"],
            "bands": {
                "listed": {"state": {edge: [level] for edge in ("median", "low_90", "high_90")}}
            },
        }
        for level in (first + median, first)
    )
    told = finding(
        after, before, "A", "state", 0, {"state": change}, {"state": change}, is_far=True
    )["finding"]
    best = f"{abs(median):.0f} {'more' if median > 0 else 'fewer'}, " if median else ""
    best = "no clear change, " if "no clear change" in said else best
    assert (
        told == f"Extrapolated: {said} (best fit: {best}{first + median:.0f} by"
        " 12\u00a0January\u00a02024)"
    )
