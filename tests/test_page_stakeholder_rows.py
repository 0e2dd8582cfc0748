"""The page Stakeholder in a browser: the rows of its figure, who is looked for and chosen, and what is in sight."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dashboard.pages import stakeholder
from sim.number_formats import percent

PATH = stakeholder.PATH.removeprefix("/")
FEW = "worlds=10"


@pytest.mark.browser
def test_what_was_tried_in_vain_has_a_row_and_only_keys_that_are_drawn_are_told(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=CHN")
    rows = page.locator("#changes > .shares-plot li")
    expect(rows.first).to_contain_text(re.compile(r"0\s%\sin all fits"))
    expect(rows).to_have_count(2)
    expect(page.locator("#changes > .shares-plot .verdict")).to_have_text(["no effect beyond luck"])
    weaker = page.locator("#changes .beyond .verdict")  # whatever it yields
    expect(weaker).to_have_text([re.compile("hardly moves it"), *["no effect beyond luck"] * 2])
    for key in ("of-fits", "of-luck", "is-enough"):
        expect(page.locator(f"#changes > .keys .{key}")).to_have_count(0)
    expect(page.locator("#changes .beyond .key.of-fits")).to_have_count(0)  # of a small move by weaker evidence
    page.goto(f"{address}{PATH}?{FEW}&who=CHN&by=13")
    expect(page.locator("#changes .beyond .key.of-fits")).to_have_count(1)


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


@pytest.mark.browser
def test_a_name_that_nobody_has_is_answered_with_names_like_it(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=Brasil")
    expect(page.locator("#who-message")).to_contain_text("Nobody here is called “Brasil”. Did you mean Brazil")
    page.get_by_role("button", name="Brazil").click()
    expect(page.locator("#who-name")).to_have_text("Brazil")
    expect(page.locator("#who-message")).to_be_hidden()
    assert "who=BRA" in page.url


@pytest.mark.browser
def test_a_state_is_found_by_other_names_and_whole_names_come_first(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=Turkey")
    expect(page.locator("#who-name")).to_have_text("Türkiye")
    who, first = page.locator("#who"), page.locator("[role=option]:visible").first
    for typed, name in (("UK", "United Kingdom"), ("America", "United States"), ("turkiye", "Türkiye")):
        who.fill(typed)
        expect(first).to_contain_text(name)


@pytest.mark.browser
def test_the_name_and_what_really_happened_stand_there_before_anything_is_simulated(page, address):
    page.route("**/data/run*", lambda route: None)  # never answered
    page.goto(f"{address}{PATH}?{FEW}&who=Kenya")
    expect(page.locator("#who-name")).to_have_text("Kenya")
    expect(page.locator("#happened")).to_contain_text("was not on the register by its last reading")
    expect(page.locator("#told")).to_be_hidden()


@pytest.mark.browser
def test_an_address_opens_the_reasons_and_stays_at_the_name_the_fact_and_the_answer(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=USA#why")
    expect(page.locator("#why .waterfall")).to_be_visible()
    expect(page.locator("#why")).to_have_attribute("open", "")
    for part in ("#who-name", "#happened", "#answer"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.activeElement.tagName") == "BODY"  # no ring about a fold that nobody pressed
    expect(page.locator("#changes .mark").first).to_have_text(f"enough: most worlds, above {percent(0.5)}")
