"""The page Compare from links that somebody wrote by hand, and in a window that changes its
width.
"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from visits import Visit

FEW = "worlds=3"
BARE, WHOLE = "with=great-powers-sign", "with=scenario%3Dgreat-powers-sign"
NO_VIEW = "This link names no view that can be compared, but “scenario=nonsense”."


def expect_refusal(visit: Visit) -> None:
    """Nothing went wrong on the page but that the server refused a view."""
    assert visit.wrong
    assert [
        each for each in visit.wrong if "/data/" not in each and "400 (BAD REQUEST)" not in each
    ] == []
    visit.wrong.clear()


@pytest.mark.parametrize("answer", ["", ".csv", "/curves.csv", "/conduct"])
def test_the_name_of_a_scenario_alone_is_that_scenario(client: FlaskClient, answer: str):
    bare, whole = (client.get(f"/data/compare{answer}?{FEW}&{beside}") for beside in (BARE, WHOLE))
    assert bare.status_code == 200
    assert bare.data == whole.data


def test_a_refusal_says_which_of_the_views_beside_cannot_be_read(client: FlaskClient):
    refusal = client.get(f"/data/compare?{FEW}&{BARE}&with=nonsense&with=lens%3Dnope")
    assert refusal.status_code == 400
    assert refusal.json["unread"] == ["nonsense", "lens=nope"]
    assert "'nonsense'" in refusal.json["message"]
    assert (
        "unread" not in client.get(f"/data/compare?scenario=nope&{BARE}").json
    )  # which is that of the view itself


@pytest.mark.release
@pytest.mark.browser
def test_a_link_with_the_name_of_a_scenario_alone_opens_on_it(page: Page, open_page):
    open_page(f"compare?{FEW}&{BARE}")
    expect(page.locator("#compare-finding")).to_contain_text("If the great powers sign (B)")
    expect(page.get_by_role("button", name="The great powers sign", pressed=True)).to_be_visible()
    assert WHOLE in page.url


@pytest.mark.release
@pytest.mark.browser
def test_what_a_link_names_that_is_no_view_is_left_out_and_said_without_machine_language(
    page: Page, open_page
):
    visit = open_page(f"compare?{FEW}&with=nonsense")
    expect(page.locator("#message")).to_have_text(f"{NO_VIEW} Press one of these:")
    expect(page.locator("#view-a")).to_have_text("The Paris Call, 2018")
    expect(page.locator(".ready:visible")).to_have_count(5)
    expect(page.locator("#compared li")).to_have_count(1)  # A alone, where nothing is beside it
    assert "nonsense" not in page.url
    page.emulate_media(media="print")
    expect(page.locator("#message")).to_have_text(NO_VIEW, use_inner_text=True)
    page.emulate_media(media="screen")
    page.locator(".ready:visible").first.click()
    expect(page.locator("#compare-finding")).to_contain_text("(B)")
    expect(page.locator("#message")).to_be_hidden()
    expect_refusal(visit)


@pytest.mark.release
@pytest.mark.browser
def test_beside_what_cannot_be_read_the_rest_is_compared(page: Page, open_page):
    visit = open_page(f"compare?{FEW}&with=nonsense&with=hack-back")
    expect(page.locator("#compare-finding")).to_contain_text("If firms may hack back (B)")
    expect(page.locator("#message")).to_contain_text(
        "“scenario=nonsense”, cannot be compared, so it is left out"
    )
    expect_refusal(visit)


@pytest.mark.release
@pytest.mark.browser
def test_where_the_view_itself_cannot_be_read_one_link_leads_on(page: Page, open_page):
    visit = open_page("compare?scenario=nope")
    expect(page.locator("#message")).to_contain_text("'nope'")
    for place in ("#compared", "#compare-ready", ".add-view"):
        expect(page.locator(place)).to_be_hidden()
    expect(page.get_by_role("link", name="Compare the Paris Call as it was")).to_have_attribute(
        "href", "compare"
    )
    expect_refusal(visit)


@pytest.mark.release
@pytest.mark.browser
def test_the_figure_is_drawn_anew_where_the_window_changes_its_width(page: Page, open_page):
    open_page(f"compare?{FEW}&{WHOLE}", width=1280)
    years = page.locator("#compare-curves .xtick text")
    expect(years.first).to_have_text("2019")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(years.first).to_have_text("’19")
