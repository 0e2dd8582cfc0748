"""The first screen of the page Simulate: a sentence made of the record, a chart that plays once,
three questions; what a view changes beside the Paris Call; the tour and the presenter, by keyboard.
"""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from visits import FEW, Gate, Visit

import sim
from dashboard.data.record import directory, record_of
from dashboard.limits import OWN
from dashboard.view import view_of
from sim import number_formats

LAST = "month 62"
POWERS = "scenario=great-powers-sign"


@pytest.mark.parametrize("name", [name for name, _, _ in sim.available()])
def test_every_scenario_says_what_to_look_at(name):
    words = sim.load(name).look_at
    assert len(words.split()) > 15
    assert not re.search(r"[*`\n]|What is assumed", words)


def test_a_scenario_without_notes_says_nothing_to_look_at(tmp_path):
    (tmp_path / "own.toml").write_text(
        'base = "paris-call-2018"\ntitle = "Own"\n', encoding="utf-8"
    )
    assert sim.load(tmp_path / "own.toml").look_at == ""


# In a browser


def medians(name: str = "paris-call-2018") -> np.ndarray:
    """[round, kind] the median lists of six worlds."""
    return np.median(sim.run(name, replicates=6).listed, axis=0)


def box(page: Page, what: str) -> dict[str, float]:
    """Where the element lies on the screen, found and measured at once, as a figure drawn anew has
    other elements.
    """
    expect(page.locator(what)).to_be_visible()
    return page.locator(what).evaluate("element => element.getBoundingClientRect().toJSON()")


@pytest.mark.long
@pytest.mark.browser
def test_the_sentence_is_made_of_the_register_and_of_the_record(visit):
    story = visit.page.locator("#story")
    states = directory().set_index("id").loc[["USA", "CHN", "RUS"], "supporter_since"]
    assert all(day is None or day.year > 2018 for day in states)
    assert states["USA"].year == 2021  # so that it was absent at the launch, and is not missing
    expect(visit.page.locator("#ask-why")).to_have_text("Why was Washington absent at launch?")
    table = sim.run(replicates=6).table().query("kind == 'state' and registered.notna()")
    table = table.set_index("date")["registered"]
    wrong = record_of(view_of(FEW), sim.run(replicates=6))["wrong_names"]
    launch, a_year_on, end = table.iloc[0], table.loc[: date(2019, 11, 12)].iloc[-1], table.iloc[-1]
    expect(story).to_have_text(
        f"{launch} states joined at launch, {a_year_on} within a year, {end} by January 2024: "
        "Washington only in 2021, Beijing and Moscow never. "
        f"The simulation ends at {np.floor(medians()[-1, 0] + 0.5):.0f} of 193: right total, "
        "many wrong names."
    )
    apart = visit.page.locator("#names-apart")
    expects = f"In most worlds {wrong['expected']} states sign"
    expect(apart).to_contain_text(
        f"{expects}; {wrong['never']} of them never joined, {wrong['came']} that joined are"
    )
    assert (
        wrong["expected"] - wrong["never"] + wrong["came"] == end
    )  # so that the names add up to the register
    expect(
        visit.page.locator("#question")
    ).to_be_hidden()  # it asks for what nobody has measured, too


@pytest.mark.long
@pytest.mark.browser
def test_the_first_screen_says_what_this_is_and_holds_sentence_chart_player_and_questions(visit):
    page = visit.page
    expect(page.locator(".strapline")).to_have_text(
        re.compile("the Paris Call, France’s voluntary code.*simulator")
    )
    expect(page.locator("#log-card")).to_be_hidden()  # nothing happens from outside
    expect(page.locator("#adoption-state .point")).to_have_count(13)
    for width, height in ((1280, 720), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("scrollTo(0, 0)")
        assert box(page, "#panel-state .curve")["height"] > height / 4
        assert box(page, "#names-apart")["height"] < 30  # one line
        for part in (
            ".strapline",
            "#story",
            "#panel-state .curve",
            "#panel-ngo .curve",
            "#play",
            "#presets",
        ):
            assert box(page, part)["bottom"] <= height, part
        curve, bar = box(page, "#kinds"), box(page, ".play-bar")
        assert curve["bottom"] <= bar["y"]


@pytest.mark.release
@pytest.mark.browser
def test_on_a_phone_scenario_and_questions_come_before_the_chart_and_the_controls_last_and_closed(
    visit,
):
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("scrollTo(0, 0)")
    parts = (
        ".scenario-place",
        "#story",
        "#presets",
        "#panel-state .curve",
        ".play-bar",
        "#headlines",
        "#controls",
    )
    places = [box(page, part) for part in parts]
    assert [place["y"] for place in places] == sorted(place["y"] for place in places)
    assert places[3]["bottom"] < 844
    assert places[4]["height"] < 60
    page.wait_for_function(
        "() => document.documentElement.scrollWidth <= 390"
    )  # figures are drawn anew a little later
    page.set_viewport_size({"width": 1280, "height": 720})


@pytest.mark.long
@pytest.mark.browser
def test_play_is_near_by_keyboard(visit):
    page = visit.page
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    steps = 0
    while page.evaluate("document.activeElement.id") != "play":
        page.keyboard.press("Tab")
        steps += 1
        assert steps <= 25


@pytest.mark.release
@pytest.mark.browser
def test_play_is_as_near_where_several_dials_are_moved_whose_chips_are_one_stop(
    page: Page, open_page
):
    open_page(f"?{FEW}&set=ambition_1:1&set=monitoring:0.5", width=1280)
    expect(page.locator("#suppositions button")).to_have_count(3)
    expect(page.locator("#adoption-state .trace").first).to_be_attached()
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "play":
            break
        if page.evaluate("document.activeElement.matches('.take-away')"):
            page.keyboard.press("ArrowLeft")
            expect(page.get_by_role("button", name="Take all away")).to_be_focused()
    assert page.evaluate("document.activeElement.id") == "play"


@pytest.mark.long
@pytest.mark.browser
def test_the_tour_has_six_steps_and_needs_no_mouse(visit):
    page = visit.page
    tour = page.get_by_role("dialog")
    expect(tour).to_have_count(0)
    page.locator("#tour-start").press("Enter")
    titles = set()
    for step in range(1, 7):
        expect(tour).to_contain_text(f"{step} of 6")
        titles.add(tour.get_by_role("heading").inner_text())
        expect(page.locator(".toured")).to_have_count(1)
        if step < 6:
            page.keyboard.press("Enter")
    assert len(titles) == 6
    page.keyboard.press("Escape")
    expect(tour).to_have_count(0)
    expect(page.locator("#tour-start")).to_be_focused()


@pytest.mark.release
@pytest.mark.browser
def test_a_step_of_the_tour_opens_what_it_tells_of_on_a_phone(page: Page, open_page):
    open_page(f"?{FEW}", width=390)
    expect(page.locator("#story")).to_contain_text("The simulation ends")
    expect(page.locator(".controls-part[open]")).to_have_count(0)
    page.locator("#tour-start").click()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog")).to_contain_text("5 of 6")
    expect(page.locator(".controls-part:not([open])")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".controls-part[open]")).to_have_count(0)


@pytest.mark.release
@pytest.mark.browser
def test_presenting_shows_one_chart_a_screen_by_keyboard(visit):
    page, press = visit.page, visit.page.keyboard.press
    press("p")
    headlines = {"state": "#story", "firm": "#presenter-headline", "ngo": "#presenter-headline"}
    for kind, words in (
        ("state", "states"),
        ("firm", "Firms at the end: simulated "),
        ("ngo", "NGOs at the end: "),
    ):
        expect(page.locator(f"#panel-{kind}")).to_be_visible()
        expect(page.locator(".head .story:visible")).to_have_count(1)
        expect(page.locator(headlines[kind])).to_contain_text(words)
        expect(page.locator("body")).to_have_class(re.compile("is-whole"))
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(100)
        assert page.evaluate("scrollY") == 0
        expect(page.locator(".scenario-place")).to_be_hidden()
        expect(page.locator("#kinds > .card:visible")).to_have_count(1)
        assert (
            page.locator(".is-large .xtick text").first.evaluate(
                "e => parseInt(getComputedStyle(e).fontSize)"
            )
            >= 16
        )
        press("ArrowRight")
    expect(page.locator("#world-card")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Enlarge Europe").click()
    expect(page.locator("#world-card.is-europe")).to_be_visible()
    press("ArrowRight")
    expect(page.locator("#headlines")).to_be_visible()
    press("PageUp")
    press("Home")
    press("ArrowUp")
    expect(page.locator("#round-number")).to_have_text(LAST)
    press("ArrowDown")
    expect(page.locator("#round-number")).to_have_text("month 61")
    press("Space")
    expect(page.locator("#round-number")).to_have_text(LAST)
    assert "present=1" in visit.query
    press("Escape")
    expect(page.locator("#controls")).to_be_visible()
    expect(page.get_by_role("tab", name="Chart")).to_have_attribute("aria-selected", "true")
    assert visit.query == FEW


@pytest.mark.long
@pytest.mark.browser
def test_the_questions_lead_where_they_say_and_the_cards_say_the_difference(visit):
    page = visit.page
    expect(page.locator("#ask-why")).to_have_attribute(
        "href", f"stakeholder?{FEW}&round=0&who=USA#why"
    )
    expect(page.locator("#ask-text")).to_have_attribute("href", f"designer?{FEW}")
    expect(page.locator("#difference-state")).to_be_hidden()
    expect(page.locator("#question")).to_contain_text("with the text and the campaign as they were")
    dial = page.get_by_role(
        "slider", name="Loudness of the campaign"
    )  # a first dial, and a decision
    dial.press("ArrowRight")
    expect(page.locator("#question")).to_be_empty()
    page.get_by_role("button", name="Reset loudness of the campaign").click()
    expect(page.locator("#question")).to_contain_text("with the text and the campaign as they were")
    page.locator("#ask-powers").click()
    expect(page.locator("#title")).to_have_text("The great powers sign")
    expect(page.locator("#question")).to_contain_text("Washington, Beijing and Moscow")
    own, first = (
        sim.run(name, replicates=6).listed[:, -1, 0]
        for name in ("great-powers-sign", "paris-call-2018")
    )
    low, middle, high = (
        number_formats.count(end) for end in np.percentile(own - first, [5, 50, 95])
    )
    for place, words in (("#difference-state", f"{middle} more"), ("#story", f"grows by {middle}")):
        expect(page.locator(place)).to_contain_text(words)
    expect(page.locator("#finding-state")).to_contain_text(
        re.compile(rf": \d+, ({middle} more|not \d+)$")
    )
    expect(page.locator("#story")).to_contain_text(
        "Three sign. The model already had Washington sign in most worlds"
    )
    expect(page.locator("#story")).to_contain_text(re.compile(r"\(other fits: \d.*\)"))
    expect(page.locator("#fits-key")).to_be_visible()
    expect(page.locator("#adoption-state .annotation", has_text="other fits")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.evaluate("scrollTo(0, 0)")
    assert box(page, "#presets")["bottom"] <= 720
    plots = page.locator("#kinds .js-plotly-plot")
    large, *small = plots.evaluate_all("all => all.map(one => one._fullLayout._size.h)")
    assert (large >= 220, min(small) >= 70) == (True, True)
    expect(page.locator("#difference-state")).to_contain_text(
        f"{low} to {high} in 90\u00a0% of pairs of worlds"
    )
    expect(page.locator("#numbers-beside")).to_contain_text("each beside the same world without it")
    expect(page.locator("#story")).to_contain_text(
        re.compile("o other state|Beyond the states|other states")
    )
    ranges = page.locator("#story-ranges")
    expect(ranges).to_contain_text(f"{low} to {high} more states in 90\u00a0% of pairs of worlds")
    expect(ranges).to_contain_text(
        re.compile("With other fits that the data allow: .* more states")
    )
    expect(page.locator("#difference-state")).to_contain_text("other fits: ")
    expect(page.locator("#ask-powers")).to_have_attribute("aria-current", "true")
    expect(page.locator("#beside-key")).to_be_visible()
    assert set(visit.query.split("&")) == {FEW, POWERS}
    page.locator("#look-at-more summary").click()
    expect(page.locator("#look-at li")).to_have_count(3)  # a sentence each
    expect(page.locator("#look-at-more")).to_contain_text(
        "The register is the public list of its supporters"
    )
    expect(page.locator("#look-at")).to_contain_text("nobody more or fewer signs")
    page.locator("#ask-powers").click()
    expect(page.locator("#title")).to_have_text("The Paris Call, 2018")
    expect(page.locator("#difference-state")).to_be_hidden()
    expect(page.locator("#ask-powers")).not_to_have_attribute("aria-current", "true")


@pytest.mark.release
@pytest.mark.browser
def test_the_table_tells_who_never_joined_from_whom_nothing_is_known(page: Page, open_page):
    open_page(f"?{FEW}")
    expect(page.locator("#story")).to_contain_text("wrong names")
    said = page.evaluate("""() => Object.fromEntries(Object.values(parley.people).map(
        one => [one.id, dashAgGridFunctions.parley_registration(one)]))""")
    assert said["CHN"] == "never"
    assert "2021" in said["USA"]
    without = directory().query("kind != 'state' and supporter_since.isna()")["id"]
    assert {said[who] for who in without} == {"not known"}
    marked = {who for who, words in said.items() if re.search("expected", words)}
    wrong = page.evaluate(
        """() => Object.values(parley.people).filter(({id, kind, supporter_since: since}) =>
        kind === "state" && Boolean(since) !== parley.shares(id).signed > 0.5).map(({id}) => id)"""
    )
    assert marked == set(wrong) != set()
    assert all(
        re.search(r"^\w+ \d{4}, unexpected$|^expected, never came$", said[who]) for who in wrong
    )


@pytest.mark.long
@pytest.mark.browser
def test_a_question_keeps_what_is_supposed_and_the_chart_marks_from_when(page: Page, open_page):
    supposed = {"set=monitoring:0.5", "branch=24:BRA:signs"}
    visit = open_page(f"?{FEW}&{'&'.join(supposed)}")
    expect(
        page.locator("#adoption-state .annotation", has_text="supposed from here")
    ).to_be_visible()
    assert supposed < set(
        page.locator("#ask-text").get_attribute("href").partition("?")[2].split("&")
    )
    page.locator("#ask-powers").click()
    expect(page.locator("#title")).to_have_text("The great powers sign")
    assert set(visit.query.split("&")) == {FEW, POWERS, *supposed}
    page.locator("#ask-powers").click()
    expect(page.locator("#title")).to_have_text("The Paris Call, 2018")
    assert set(visit.query.split("&")) == {FEW, *supposed}
    expect(page.locator("#branch-round")).to_have_text(
        "the launch, 12 November 2018,"
    )  # the last month has no future
    page.evaluate("parley.show_round(0)")
    expect(page.locator("#finding-state")).to_contain_text(
        "nobody can sign before 12 November 2018"
    )
    veil, label = (
        box(page, f"#panel-state {part}")
        for part in (".veil", ".annotation:has-text('nothing changed')")
    )
    assert veil["x"] + veil["width"] >= label["x"] + label["width"]  # as those words are of the end


@pytest.mark.long
@pytest.mark.browser
def test_more_worlds_than_there_can_be_get_a_sentence(visit):
    page = visit.page
    expect(page.get_by_label(f"Worlds (1 to {OWN.worlds})")).to_be_visible()
    page.locator("#worlds").fill("500")
    expect(page.locator("#worlds-limit")).to_contain_text(f"at most {OWN.worlds} worlds")
    expect(page).to_have_url(re.compile(f"worlds={OWN.worlds}"))
    page.locator("#worlds").fill("6")
    expect(page.locator("#worlds-limit")).to_be_hidden()


@pytest.mark.long
@pytest.mark.browser
def test_a_round_that_is_none_gets_a_sentence_and_the_last_round(visit):
    for asked in ("NaN", "999", "1.5"):
        visit.page.goto(f"{visit.page.url.split('?')[0]}?{FEW}&round={asked}")
        expect(visit.page.locator("#message")).to_contain_text(
            f"round {asked}, expected a whole number from -10 to 62"
        )
        expect(visit.page.locator("#round-number")).to_have_text(LAST)


@pytest.mark.long
@pytest.mark.browser
def test_a_link_that_cannot_be_read_leads_to_the_paris_call(page: Page, address: str):
    page.goto(f"{address}?scenario=atlantis")
    expect(page.locator("#message")).to_contain_text("'atlantis'")
    expect(page.locator("#figure")).to_be_hidden()
    page.get_by_role("link", name="Begin with the Paris Call as it was").click()
    expect(page.locator("#title")).to_have_text("The Paris Call, 2018")
    expect(page.locator("#figure")).to_be_visible()


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_curves_are_drawn_before_their_library_and_the_story_begins_at_its_start(
    browser: Browser, address: str, motion
):
    page = browser.new_page()  # which has nothing from an earlier visit
    library = Gate(page, "**/plotly.min.js")
    visit = Visit(page, address, f"?{FEW}", motion=motion)
    sketch = page.locator("#panel-state .sketch")
    expect(sketch).to_be_visible()
    expect(sketch).to_contain_text("first anniversary")
    expect(sketch.locator("circle")).to_have_count(13)  # the register's counts
    label = sketch.locator(".end", has_text="simulated")
    expect(label).to_have_text(f"simulated {np.floor(medians()[-1, 0] + 0.5):.0f}")
    # Faint, until the chart that plays comes to it.
    expect(sketch.locator(".course")).to_have_css("opacity", "1" if motion == "reduce" else "0.26")
    left = "panel => panel.querySelector('{}').getBoundingClientRect().x"
    place = page.locator("#panel-state").evaluate(left.format(".sketch circle"))
    library.open()
    expect(page.locator("#adoption-state .point")).to_have_count(13)
    expect(sketch).to_be_hidden()
    assert page.locator("#panel-state").evaluate(left.format(".point")) == pytest.approx(
        place, abs=6
    )
    assert visit.wrong == []
    page.close()


@pytest.mark.release
@pytest.mark.browser
def test_the_chart_plays_once_by_itself_and_any_input_ends_it(page: Page, open_page):
    open_page(f"?{FEW}&round=3", motion="no-preference")
    expect(page.locator("#adoption-state .point")).to_have_count(13)
    expect(page.locator("#round-number")).to_have_text("month 3")  # as the link says
    assert page.evaluate("parley.story.is_telling()") is False

    page.goto(page.url.split("?")[0] + f"?{FEW}")
    expect(page.locator("#round-number")).to_have_text(re.compile(r"month ([1-9]|[1-5]\d)$"))
    expect(
        page.locator("#panel-state .veil")
    ).to_be_visible()  # over what it has not come to, which is there
    expect(page.locator("#adoption-state .point")).to_have_count(13)
    expect(page.locator("#round-number")).to_have_text(LAST)
    page.wait_for_function("() => !parley.story.is_telling()")
    expect(page.locator("#panel-state .veil")).to_be_hidden()
    assert page.url.endswith(f"?{FEW}")

    page.reload()  # once is enough
    expect(page.locator("#adoption-state .point")).to_have_count(13)
    expect(page.locator("#round-number")).to_have_text(LAST)
    assert page.evaluate("parley.story.is_telling()") is False

    page.evaluate("sessionStorage.clear()")
    page.reload()
    page.wait_for_function("() => window.parley?.story?.is_telling()")
    page.mouse.wheel(0, 10)
    expect(page.locator("#round-number")).to_have_text(LAST)
    assert page.evaluate("parley.story.is_telling()") is False

    page.evaluate("sessionStorage.clear()")
    page.reload()
    page.wait_for_function("() => window.parley?.story?.is_telling()")
    page.pdf()  # paper has no month on the way
    expect(page.locator("#round-number")).to_have_text(LAST)


@pytest.mark.long
@pytest.mark.browser
def test_another_scenario_changes_title_numbers_and_address(page, open_page):
    visit = open_page(f"?{FEW}")
    page.locator("#scenario").click()
    page.get_by_role("option", name="Only states may sign").click()
    expect(page.locator("#title")).to_have_text("Only states may sign")
    expect(page.locator("#listed-firm")).to_have_text("–")  # they may not sign
    assert visit.query == f"scenario=states-only&{FEW}"
