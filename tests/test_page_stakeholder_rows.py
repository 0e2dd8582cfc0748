"""The page Stakeholder in a browser: the rows of its figure, and who is looked for and chosen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dashboard.pages import stakeholder

PATH = stakeholder.PATH.removeprefix("/")
FEW = "worlds=10"


@pytest.mark.browser
def test_what_was_tried_in_vain_has_a_row_and_only_keys_that_are_drawn_are_told(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=CHN")
    rows = page.locator("#changes > .shares-plot li")
    expect(rows.first).to_contain_text(re.compile(r"0\s%\sin all fits"))
    expect(rows).to_have_count(4)
    expect(page.locator("#changes > .shares-plot .verdict")).to_have_text(["no effect beyond luck"] * 3)
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
