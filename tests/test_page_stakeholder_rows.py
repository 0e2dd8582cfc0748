"""The page Stakeholder in a browser: the rows of its figure, who is looked for and chosen, and what
is in sight.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dashboard.pages import stakeholder
from sim.number_formats import percent

PATH = stakeholder.PATH.removeprefix("/")
FEW = "worlds=10"


@pytest.mark.release
@pytest.mark.browser
def test_what_was_tried_in_vain_has_a_row_and_only_keys_that_are_drawn_are_told(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=CHN")
    rows = page.locator(
        "#changes > .shares-plot li"
    )  # one figure, as nothing moves it on which an answer may rest
    expect(rows.first).to_contain_text(re.compile(r"0\s%\sin all fits"))
    expect(page.locator("#changes > .shares-plot .before")).to_have_count(1)
    expect(rows.nth(2)).to_have_text(re.compile("^On weaker evidence only"))
    verdicts = page.locator("#changes .verdict")
    expect(page.locator("#changes .apart .after")).to_have_count(3)  # hollow, with a key
    filled = "all => all.map(each => getComputedStyle(each).borderTopWidth)"
    assert set(page.locator("#changes .apart .after").evaluate_all(filled)) == {"2px"}
    assert set(page.locator("#changes .before .after").evaluate_all(filled)) == {"0px"}
    expect(page.locator("#changes > .keys")).to_contain_text(
        "weaker evidence: no answer rests on it"
    )
    in_vain = "no effect beyond luck"
    expect(verdicts).to_have_text([in_vain, re.compile("hardly moves it"), *[in_vain] * 2])
    expect(page.locator("#changes .beyond, #changes .try")).to_have_count(
        0
    )  # nor is there anything to try
    for key in ("of-fits", "is-enough"):
        expect(page.locator(f"#changes > .keys .{key}")).to_have_count(
            0
        )  # of a small move by weaker evidence
    page.goto(f"{address}{PATH}?{FEW}&who=CHN&by=13")
    expect(page.locator("#changes > .keys .of-fits")).to_have_count(1)
    expect(page.locator("#changes .try")).to_have_count(2)


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("who", ["USA", "ISR"])
def test_on_a_phone_what_is_sought_stands_in_the_card(page, address, who):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}{PATH}?{FEW}&who={who}&by=13")
    mark, figure = (
        page.locator("#changes .mark.sought").first,
        page.locator("#changes .shares-plot").first,
    )
    expect(figure).to_be_attached()
    expect(page.locator("#turn-state")).to_have_text("")
    for closed in page.locator(
        "#changes > details:not([open]):has(> .shares-plot .mark) > summary"
    ).all():
        closed.click()
    expect(mark).to_have_text(re.compile(r"^nearly always in: over 90\s%$"))
    expect(mark).to_be_visible()
    words, room = mark.bounding_box(), figure.bounding_box()
    assert words["x"] >= room["x"]
    assert words["x"] + words["width"] <= room["x"] + room["width"]
    assert words["height"] < 3 * 14 * 1.3


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize(("query", "fact"), [("who=Google", "in"), ("who=ISR&by=13", "out")])
def test_of_whom_the_model_misses_the_miss_is_a_picture_and_what_was_tried_is_folded_in_grey(
    page, address, query, fact
):
    page.goto(f"{address}{PATH}?{FEW}&{query}")
    expect(page.locator("#answer")).to_contain_text("The model misses ")
    miss = page.locator("#changes > .shares-plot li")
    expect(miss).to_have_count(1)
    expect(miss).to_contain_text("As it is")
    expect(miss.locator(".in-fact")).to_have_text(f"in fact: {fact}")
    tried = page.locator("#changes > .beyond > summary")
    expect(tried).to_have_text(re.compile("^What was tried, in the model only: "))
    expect(
        page.locator("#changes .beyond .before, #changes .turns, #changes .key.is-enough")
    ).to_have_count(0)
    expect(
        page.locator("#changes .verdict", has_text=re.compile("^(enough|perhaps)"))
    ).to_have_count(0)
    expect(page.locator("#changes .verdict", has_text="in the model only")).to_have_count(
        int(fact == "out")
    )
    keys = page.locator("#changes > .keys li")
    expect(keys).to_have_text(
        [re.compile("share of 200 worlds$"), re.compile("other fits"), "what really happened"]
    )
    mark, share = (
        miss.locator(".in-fact").bounding_box(),
        miss.locator(".shares strong").bounding_box(),
    )
    assert (
        share["x"] > mark["x"] + mark["width"] + 32 or fact == "out"
    )  # so that it is not read as that mark's
    expect(miss.locator(".shares")).to_contain_text("of worlds")
    rows, badge = page.locator("#changes > .beyond .changes"), page.locator("[data-signing=who]")
    expect(rows.first).to_be_hidden()
    expect(page.locator("#sureness")).to_be_hidden()
    expect(badge).to_have_text("fitted to the register")  # as no change is shown
    expect(page.locator("[data-why=who]")).to_be_hidden()
    page.locator("#changes > .beyond > summary").click()
    expect(rows.first).to_be_visible()
    expect(badge).to_have_text("what if, under fitted weights")
    expect(page.locator("#changes > .beyond .reasons")).to_contain_text("What is asked: ")
    page.get_by_role("button", name="why the model has it so").click()
    expect(page.locator("#why .waterfall")).to_be_visible()


@pytest.mark.release
@pytest.mark.browser
def test_a_report_is_a_link_with_its_day_and_what_no_motive_explains_has_a_name(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=Google")
    report = page.locator("#happened a")
    expect(report).to_have_text("The Hill, 13 November 2018")
    expect(report).to_have_attribute("href", re.compile("^https://thehill.com/"))
    because = (
        "what holds it back most is a general reluctance of firms, whose cause the model does not"
        " know"
    )
    expect(page.locator("#because")).to_contain_text(because)
    outweighs = "A general reluctance of firms outweighs the 2 motives for signing."
    expect(page.locator("#answer-why")).to_have_text(outweighs)
    expect(page.locator("#motives")).to_contain_text(
        "The general leaning is one constant of the model for all firms"
    )


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize(("who", "side"), [("CHN", "over"), ("CAN", "under")])
def test_what_is_enough_is_named_on_its_own_side_of_its_line(page, address, who, side):
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{address}{PATH}?{FEW}&who={who}&by=13")
        mark, line = (
            page.locator("#changes .mark.sought").first,
            page.locator("#changes .line.sought").first,
        )
        expect(mark).to_contain_text(f": {side} {percent(0.5)}")
        words, at = mark.bounding_box(), line.bounding_box()["x"]
        assert words["x"] > at if side == "over" else words["x"] + words["width"] < at
        ends = page.locator("#changes .share-axis .tick").evaluate_all(
            """all => [all.at(0), all.at(-1)].map(tick => tick.getBoundingClientRect().left
                + parseFloat(getComputedStyle(tick, "::before").left))"""
        )
        track = page.locator("#changes .share-track").first.bounding_box()
        assert ends == pytest.approx([track["x"], track["x"] + track["width"]], abs=1.5)


@pytest.mark.release
@pytest.mark.browser
def test_the_place_of_the_first_estimate_is_of_its_height_before_it_comes(page, address):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.route("**/data/explain/first*", lambda route: None)  # never answered
    page.goto(f"{address}{PATH}?{FEW}&who=EGY&by=13")
    expect(page.locator("#changes .shape")).to_have_count(3)
    waiting = page.locator("#changes").bounding_box()
    page.unroute("**/data/explain/first*")
    page.reload()
    expect(page.locator("#changes .shares-plot .share-axis").first).to_be_visible()
    drawn = page.locator("#changes").bounding_box()
    assert drawn["y"] + drawn["height"] == pytest.approx(waiting["y"] + waiting["height"], abs=90)


@pytest.mark.release
@pytest.mark.browser
def test_who_is_chosen_next_is_asked_its_own_question(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=USA&by=13&aim=out")
    expect(page.locator("[data-aim=out]")).to_have_attribute("aria-pressed", "true")
    page.locator("#who").fill("Kenya")
    page.get_by_role("option", name="Kenya (KEN)").click()
    expect(page.locator("#who-name")).to_have_text("Kenya")
    expect(page.locator("[data-aim=in]")).to_have_attribute("aria-pressed", "true")
    assert "aim=" not in page.url
    assert "by=13" in page.url


@pytest.mark.release
@pytest.mark.browser
def test_a_name_typed_after_a_press_takes_the_place_of_the_one_that_stands_there(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=USA&by=13")
    expect(page.locator("#who-name")).to_have_text("United States")
    page.locator("#who").click()
    page.keyboard.type("China")
    expect(page.locator("#who")).to_have_value("China")


@pytest.mark.release
@pytest.mark.browser
def test_a_name_that_nobody_has_is_answered_with_names_like_it(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=Brasil")
    expect(page.locator("#who-message")).to_contain_text(
        "Nobody here is called “Brasil”. Did you mean Brazil"
    )
    page.get_by_role("button", name="Brazil").click()
    expect(page.locator("#who-name")).to_have_text("Brazil")
    expect(page.locator("#who-message")).to_be_hidden()
    assert "who=BRA" in page.url


@pytest.mark.release
@pytest.mark.browser
def test_a_state_is_found_by_other_names_and_whole_names_come_first(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=Turkey")
    expect(page.locator("#who-name")).to_have_text("Türkiye")
    who, first = page.locator("#who"), page.locator("[role=option]:visible").first
    for typed, name in (
        ("UK", "United Kingdom"),
        ("America", "United States"),
        ("turkiye", "Türkiye"),
    ):
        who.fill(typed)
        expect(first).to_contain_text(name)


@pytest.mark.release
@pytest.mark.browser
def test_the_name_and_what_really_happened_stand_there_before_anything_is_simulated(page, address):
    page.route("**/data/run*", lambda route: None)  # never answered
    page.goto(f"{address}{PATH}?{FEW}&who=Kenya")
    expect(page.locator("#who-name")).to_have_text("Kenya")
    expect(page.locator("#happened")).to_contain_text("was not on the register by its last reading")
    expect(page.locator("#told")).to_be_hidden()


@pytest.mark.release
@pytest.mark.browser
def test_an_address_that_asks_why_opens_the_reasons_told_once_below_the_answer(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=USA#why")
    expect(page.locator("#why .waterfall")).to_be_visible()
    expect(page.locator("#why")).to_have_attribute("open", "")
    expect(page.locator("#because")).to_contain_text(
        "Why, in the model: what holds it back most is the offensive"
    )
    for part in (
        "#who-name",
        "#happened",
        "#answer",
        "#because",
        "#changes > .shares-plot .share-axis",
    ):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    assert (
        page.evaluate("document.activeElement.tagName") == "BODY"
    )  # no ring about a fold that nobody pressed
    expect(page.locator("#changes .mark").first).to_have_text(f"brought in: over {percent(0.5)}")
    assert (
        page.locator("#answer + #whom-to-approach:empty + #because").count() == 1
    )  # also where nobody asks why
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#follows")).to_be_visible()  # on paper the question has its answer
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#sureness")).not_to_have_attribute("open", "")


@pytest.mark.release
@pytest.mark.browser
def test_the_dot_on_a_short_line_is_small_so_that_the_line_is_seen(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=Google")
    row = page.locator("#changes > .shares-plot .before")
    expect(row.locator(".of-weights")).to_be_visible()
    dot, line = (row.locator(name).bounding_box() for name in (".after", ".of-weights"))
    assert line["x"] + 6 < dot["x"]
    assert dot["x"] + dot["width"] + 6 < line["x"] + line["width"]


@pytest.mark.release
@pytest.mark.browser
def test_the_convenor_has_one_bar_for_convening_of_the_mean_of_the_union_it_decides_with(
    page, address
):
    page.goto(f"{address}{PATH}?{FEW}&who=FRA")
    expect(page.locator("#why > summary h2")).to_have_text(
        "Why does the European Union, deciding as one, sign?"
    )
    average = (
        "These are averages over the European Union, as the model lets its members decide as one."
    )
    expect(page.locator("#because")).to_contain_text(average)
    convenor = "that one of its members, France, is the convenor"
    expect(page.locator("#answer-why")).to_contain_text(f"the strongest is {convenor}")
    expect(page.locator("main")).not_to_contain_text("on average")  # it is said once
    bars = page.locator(".waterfall tr[data-motive]")
    expect(bars.first).to_contain_text(convenor)  # the longest comes first
    expect(bars.filter(has_text="convenor")).to_have_count(1)
    expect(page.locator("#whom-to-approach a")).to_have_attribute(
        "href", re.compile("campaign[?].*worlds=")
    )
    expect(page.locator("#history-place")).to_be_hidden()
    expect(page.locator("#history-now")).to_contain_text(
        re.compile(r"Signed in all \d+ worlds: 100")
    )
    page.goto(f"{address}{PATH}?{FEW}&who=DEU")
    expect(page.locator("#because")).to_contain_text(average)
    expect(page.locator("#whom-to-approach")).to_be_empty()
