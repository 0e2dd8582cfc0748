"""The page Compare: beside which view the others are set, what a supposed choice changes where it
would not come anyway, and whether every line of the figure has its name.
"""

from __future__ import annotations

from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from test_page_compare import FEW, GREAT_POWERS, answer, curves

import sim
from dashboard.data.pairs import reference_of
from dashboard.view import view_of


@pytest.mark.parametrize(
    ("links", "place"),
    [
        (["", "branch=0:USA:signs"], 0),
        (["branch=0:USA:signs", ""], 1),
        (["scenario=hack-back", "scenario=great-powers-sign", ""], 2),
        (["lens=realist&branch=0:USA:signs", "lens=realist"], 1),
        (["branch=0:USA:signs&set=monitoring:0.5", "branch=0:USA:signs", ""], 2),
        (["branch=0:USA:signs", "branch=0:CHN:signs"], 0),
        (["branch=0:USA:signs", "branch=0:USA:signs&set=monitoring:0.5"], 0),
        (["", ""], 0),
    ],
)
def test_views_are_set_beside_the_plainest_that_the_first_is_a_change_of(links, place):
    assert reference_of([view_of(link) for link in links]) == place


def test_what_a_signature_changes_is_the_same_in_either_order(client):
    supposing = "branch=0:USA:signs"
    [first], [second] = (
        answer(client, *query)["pairs"]
        for query in ([f"with={quote(supposing)}"], [supposing, "with="])
    )
    assert (second["letter"], second["beside"]) == ("A", "B")
    told = ("differences", "supposed", "agreement", "anyway", "up", "down", "chosen")
    assert {key: first[key] for key in told} == {key: second[key] for key in told}
    table = client.get(f"/data/compare.csv?{FEW}&{supposing}&with=").text
    assert "A less B" in table
    assert "B less A" not in table


def test_it_is_told_in_how_many_worlds_a_signature_comes_anyway_and_what_it_brings_in_the_others(
    client,
):
    [pair] = answer(client, "worlds=40", "with=" + quote("branch=0:USA:signs"), few="")["pairs"]
    before, after = (
        sim.run(view_of(link).variant, replicates=40, seed=1) for link in ("", "branch=0:USA:signs")
    )
    signs = before.listed_among(["USA"])[:, -1] > 0
    assert pair["anyway"]["who"] == [{"said": "the United States", "worlds": int(signs.sum())}]
    firms = (after.listed[:, -1, 1] - before.listed[:, -1, 1])[~signs]
    assert pair["anyway"]["turned"]["firm"]["median"] == np.median(firms)
    assert answer(client, "with=" + quote("scenario=hack-back"))["pairs"][0]["anyway"] is None


def test_whoever_is_counted_among_those_who_move_far_is_told_and_nobody_else(client):
    """Those whose choice is supposed stand apart; where nobody moves far, those who move most are
    told.
    """
    for link in ("scenario=great-powers-sign", "lens=null"):
        [pair] = answer(client, "with=" + quote(link))["pairs"]
        assert {way: len(pair[way]) for way in ("up", "down")} == pair["moved"]
        assert not {row["id"] for row in pair["up"]} & {row["id"] for row in pair["chosen"]}
    [alike] = answer(client, "with=" + quote("scenario=states-only"))["pairs"]
    assert {row["kind"] for way in ("up", "down") for row in alike[way]} == {
        "state"
    }  # the others may not sign


# In a browser


@pytest.mark.release
@pytest.mark.browser
def test_what_is_supposed_is_one_press_from_the_same_without_it(page: Page, open_page):
    open_page(f"compare?{FEW}&branch=0:USA:signs")
    page.get_by_role("button", name="A, without what is supposed").click()
    expect(page.locator("#compare-finding")).to_contain_text(
        "If the United States signs in November 2018 (A), "
    )
    expect(page.locator("#compare-provenance")).to_contain_text(
        "10 worlds under the fitted weights in each view"
    )
    page.get_by_role("button", name="Remove view B").click()
    expect(page.get_by_role("button", name="Remove view B")).to_have_count(0)
    expect(page.get_by_role("button", name="A, without what is supposed")).to_be_visible()


STATES_ONLY = f"with={quote('scenario=states-only')}"
OVERLAPS = """() => {
    const box_of = each => each.getBoundingClientRect();
    const figure = box_of(document.querySelector("#compare-curves"));
    const boxes = [...document.querySelectorAll("#compare-curves .annotation-text")].map(box_of);
    const inside = boxes.every(({top, bottom, right}) =>
        top >= figure.top - 1 && bottom <= figure.bottom + 1 && right <= figure.right + 1);
    const apart = boxes.every((a, k) =>
        boxes.slice(k + 1).every(b => a.bottom <= b.top + 1 || b.bottom <= a.top + 1));
    return {number: boxes.length, inside, apart};
}"""


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("views", "number"),
    [
        ("branch=0:USA:signs&with=", 2),
        (STATES_ONLY, 2),
        (f"with={quote('scenario=states-only')}&with={quote('scenario=hack-back')}", 3),
        (
            f"{GREAT_POWERS}&with={quote('scenario=states-only')}&with={quote('scenario=hack-back')}",
            4,
        ),
    ],
    ids=["a signature", "states only", "three", "four"],
)
def test_every_line_has_its_name_and_no_name_lies_over_another(
    page: Page, open_page, views, number, width
):
    open_page(f"compare?{FEW}&{views}", width=width)
    page.set_viewport_size({"width": width, "height": 720})
    expect(page.locator("#compare-curves .annotation-text")).to_have_count(number)
    page.wait_for_function("document.fonts.status === 'loaded'")
    if views == STATES_ONLY:  # nobody moves, so the figure waits for a press
        flat = page.locator("#compare-flat")
        expect(flat).to_contain_text("Among states, who signs hardly changes")
        flat.get_by_role("button").click()
        expect(page.locator("#compare-curves .nsewdrag")).to_be_visible()
    plot, figure = (
        page.locator(f"#compare-curves {part}").bounding_box()
        for part in (".nsewdrag", ".js-plotly-plot")
    )
    assert (
        width > 640 or plot["width"] > 0.7 * figure["width"]
    )  # the names of a phone stand above the figure
    assert page.evaluate(OVERLAPS) == {"number": number, "inside": True, "apart": True}
    assert width > 640 or page.locator("#compare-key li").count() >= number


@pytest.mark.release
@pytest.mark.browser
def test_a_dial_changes_from_the_round_shown_on(page: Page, open_page):
    open_page(f"?{FEW}&round=24")
    expect(curves(page)).to_have_count(6)
    page.get_by_role("textbox", name="Dial", exact=True).click()
    page.get_by_role("option", name="monitoring").click()
    page.get_by_label("becomes (0 to 1)").fill(
        "0.5"
    )  # the range and the present value come together
    page.get_by_role("button", name="Run on with this dial").click()
    expect(page.get_by_role("list", name="Branches")).to_contain_text("Monitoring becomes 0.5")
    assert "branch=24:monitoring:0.5" in page.url
