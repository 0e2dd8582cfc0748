"""The page Simulate of a treaty, which binds those that ratify it, and how a scenario's questions,
the tour, the slides and the pictures of its curves look on screens of all sizes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from visits import Gate, opened

from dashboard.cache import Runs, Store
from dashboard.pages.simulate.conduct import conduct_of
from dashboard.requests import BusyError
from dashboard.view import view_of
from sim import number_formats as formats

FEW = "worlds=6"
TREATY = f"scenario=binding-treaty&{FEW}"
IN_ALL = f"{TREATY}&choose=force:all"
EMPTY = re.compile("^$")


@pytest.mark.long
def test_conduct_says_how_many_states_ratify_a_treaty_and_of_a_declaration_nothing():
    runs, kept = Runs(), Store(2)
    treaty, in_all, call = (
        conduct_of(view_of(query), runs, kept) for query in (TREATY, IN_ALL, FEW)
    )
    outcomes = runs.of(view_of(TREATY)).outcomes
    row = outcomes[outcomes["outcome"] == "ratified"].iloc[0]
    beside = "its monitoring and sanctions"
    binding = treaty["ratified"].pop("binding")
    assert treaty["ratified"] == {
        "low": row["low"],
        "high": row["high"],
        "is_in_force": True,
        "beside": beside,
    }
    assert binding[0] < binding[1] < 0  # a declaration binds all who sign, and prevents more
    alone = conduct_of(view_of(f"{TREATY}&choose=verified:no&choose=sanctioned:no"), runs, kept)
    assert alone["ratified"]["beside"] == ""
    assert (
        alone["ratified"]["binding"] == alone["beside"]["change"]
    )  # nothing else is other than for the Call
    assert in_all["ratified"]["is_in_force"] is False
    assert call["ratified"] is None


@pytest.mark.long
def test_the_brief_of_a_treaty_tells_whom_it_binds_and_what_comes_of_harm(client):
    told, call = (client.get(f"/brief?{query}").text for query in (TREATY, FEW))
    ratified = client.get(f"/data/conduct?{TREATY}").get_json()["ratified"]
    ends = formats.interval(ratified["low"], ratified["high"])
    assert f". Only {ends} would ratify it and be bound (assumed)</h1>" in told
    assert "Even with its monitoring and sanctions, " in told
    less = formats.extent(-ratified["binding"][1], -ratified["binding"][0], "%")
    assert (
        f"As a declaration, which binds all who sign, the same would prevent {less} points more"
        " (assumed)." in told
    )
    in_all = client.get(f"/brief?{IN_ALL}").text
    assert ". Too few would ratify it for it to bind anybody (assumed)</h1>" in in_all
    assert "As a declaration" not in in_all
    assert not re.search("ratif|Harm:", call)
    elsewhere = (
        "A treaty binds no state before it ratifies; how many would is assumed, and told on the"
        " page Simulate."
    )
    assert elsewhere not in told
    assert elsewhere not in client.get(f"/brief?{TREATY}&round=3").text, "it is of the end"


@pytest.mark.long
def test_where_too_many_wait_for_conduct_the_brief_of_a_treaty_says_where_it_is_told(
    client, monkeypatch
):
    def busy(*_):
        raise BusyError("others wait", 1)

    monkeypatch.setattr("dashboard.brief.conduct_of", busy)
    told = client.get("/brief?scenario=binding-treaty&worlds=5").text
    assert "how many would is assumed, and told on the page Simulate." in told


@pytest.fixture(scope="module")
def treaty(profile: BrowserContext, address: str) -> Iterator[Page]:
    """The page of the treaty, opened once for the tests that only look at it."""
    with opened(profile, address, f"?{TREATY}", width=1280) as visit:
        expect(visit.page.locator("#ratified strong")).to_have_text(re.compile(r"^\d+–\d+$"))
        yield visit.page


@pytest.mark.release
@pytest.mark.browser
def test_a_treaty_is_told_by_who_signs_who_ratifies_and_what_that_does_to_harm(treaty: Page):
    page, told = treaty, treaty.locator("#ratified strong")
    expect(page.locator("#story")).to_contain_text(f"{told.inner_text()} would ratify it (assumed)")
    expect(page.locator("#story")).to_contain_text(
        " (assumed), even with its monitoring and sanctions."
    )
    expect(page.locator("#finding-state")).to_have_text(
        re.compile(r": \d+ on the list, \d+–\d+ ratify \(assumed\)$")
    )
    expect(page.locator("#story")).to_contain_text(re.compile("harm prevented|harm is prevented"))
    expect(page.locator("#ratified")).to_contain_text("of 193 states")
    expect(page.locator("#ratified-card")).to_contain_text("assumed")


@pytest.mark.release
@pytest.mark.browser
def test_the_reason_of_a_fall_is_told_where_binding_only_some_explains_it(treaty: Page):
    story, card = treaty.locator("#story"), treaty.locator("#ratified-binds")
    expect(story).to_contain_text(
        ". Only these would be bound, so harm prevented would fall ", timeout=60_000
    )
    as_many = (
        "As a treaty, the Paris Call would be signed by as many states as with nothing changed ("
    )
    expect(story).to_contain_text(as_many)
    beside = (
        r"^it binds only these states; as a declaration, .*[\d.]+–[\d.]+.points more harm than as a"
        r" treaty$"
    )
    expect(card).to_have_text(re.compile(beside))


@pytest.mark.release
@pytest.mark.browser
def test_no_reason_of_a_fall_is_told_where_binding_only_some_explains_little(
    page: Page, open_page, address: str
):
    content = page.request.get(f"{address}/data/conduct?{TREATY}").json()
    content["ratified"]["binding"] = [-0.2, -0.1]
    page.route(re.compile("data/conduct"), lambda route: route.fulfill(json=content))
    open_page(f"?{TREATY}", width=1280)
    expect(page.locator("#story")).to_contain_text(
        ", even with its monitoring and sanctions.", timeout=60_000
    )
    expect(page.locator("#story")).not_to_contain_text("Only these would be bound")


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_chart_shows_how_many_ratify_and_nothing_moves_as_it_comes(
    page: Page, open_page, width
):
    gate = Gate(page, re.compile("data/conduct"))
    open_page(f"?{TREATY}", width=width)
    labels, key = page.locator("#adoption-state .annotation"), page.locator("#ratified-key")
    expect(labels.filter(has_text="nothing changed" if width > 460 else "changed")).to_be_visible()
    expect(page.locator("#difference-state")).not_to_contain_text("…")
    places = ("#figure", "#by-world-key", "#panel-firm")
    gate.wait()
    before = [page.locator(place).bounding_box() for place in places]
    gate.open()
    label = labels.filter(has_text="ratify")
    expect(label).to_contain_text(re.compile(r"ratify ?\d+–\d+\(assumed\)"), timeout=60_000)
    expect(key).to_be_visible()
    after = [page.locator(place).bounding_box() for place in places]
    assert after == before
    spoken = re.compile("states ratify it by the end")
    expect(page.locator("#panel-state .curve")).to_have_attribute("aria-label", spoken)
    assert page.evaluate(
        "parley.figures.has_ratified(parley.chart.picture_of('state', {wide: 1100, high: 500}))"
    )
    assert "Dashed bar" in page.evaluate("parley.chart.note_of('state')")
    boxes = [one.bounding_box() for one in labels.all()]
    of_ends = sorted(
        (box for box in boxes if box["x"] >= label.bounding_box()["x"] - 1),
        key=lambda box: box["y"],
    )
    assert len(of_ends) >= 4
    for above, below in pairwise(of_ends):
        assert (
            above["y"] + above["height"] <= below["y"] + 6
        )  # a label's box has room around its words


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_ratifications_and_harm_are_the_first_numbers_of_a_treaty_for_eyes_and_keys(
    page: Page, open_page, width
):
    open_page(f"?{TREATY}", width=width)
    expect(page.locator("#ratified strong")).to_have_text(re.compile(r"\d"), timeout=60_000)
    titles = page.evaluate(
        """() => [...document.querySelectorAll('#headlines > .card:not([hidden])')]
        .map(card => [card.getBoundingClientRect(), card.querySelector('h2').textContent])
        .sort(([a], [b]) => a.y - b.y || a.x - b.x).map(([, title]) => title)"""
    )
    assert titles[:3] == ["Ratified", "Harm prevented", "States on the list"]
    page.locator("#conduct-more > summary").focus()
    page.keyboard.press("Tab")
    reached = "document.activeElement.closest('#headlines .card').querySelector('h2').textContent"
    assert page.evaluate(reached) == "Material power"


@pytest.mark.release
@pytest.mark.browser
def test_what_conduct_assumes_is_told_without_symbols_of_formulas(treaty: Page):
    expect(treaty.locator("#assumptions-lead")).not_to_be_empty(timeout=60_000)
    told = (
        treaty.locator("#conduct-more").text_content() + treaty.locator("#controls").text_content()
    )
    assert "share of shame and sanction" in told
    assert not re.search(r"\bb0\b", told, re.IGNORECASE)


@pytest.mark.release
@pytest.mark.browser
def test_where_the_server_refuses_to_tell_of_harm_nothing_of_it_is_waited_for(
    page: Page, address: str
):
    words = {"message": "harm is not told here"}
    page.route(re.compile("data/conduct"), lambda route: route.fulfill(status=400, json=words))
    page.goto(f"{address}/?{TREATY}")
    expect(page.locator("#harm-unit")).to_have_text(words["message"])
    expect(page.locator("#ratified-card")).to_be_hidden()
    expect(page.locator("#ratified-key")).to_be_hidden()
    expect(page.locator("#story")).not_to_contain_text("being simulated")


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("scenario", ["binding-treaty", "third-way", "great-powers-sign"])
def test_what_a_scenario_asks_stands_above_its_answer_which_is_as_wide_as_a_phone(
    page: Page, open_page, scenario
):
    open_page(f"?scenario={scenario}&{FEW}", width=390)
    expect(page.locator("#story")).not_to_have_text(EMPTY)
    page.locator(".choices-part > summary").click()
    boxes = page.locator(".choices .mantine-Select-wrapper")
    expect(boxes.first).to_be_visible()
    for box in boxes.all():
        label = box.locator("xpath=..").locator("label").bounding_box()
        place = box.bounding_box()
        assert label["y"] + label["height"] <= place["y"] + 1
        assert place["width"] > 340
        assert place["x"] + place["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.release
@pytest.mark.browser
def test_an_answer_longer_than_its_box_is_shown_as_a_whole(treaty: Page):
    long = treaty.locator(".choices .is-long")
    expect(long).to_have_count(1)
    shown = treaty.evaluate(
        "getComputedStyle(document.querySelector('.choices .is-long'), '::after').content"
    )
    assert shown == f'"{long.locator("input").input_value()}"'


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 720)])
def test_no_step_of_the_tour_hides_a_chart_or_the_dials_it_tells_of(
    page: Page, open_page, width, height
):
    page.set_viewport_size({"width": width, "height": height})
    visit = open_page(f"?{FEW}", width=width)
    page.set_viewport_size({"width": width, "height": height})
    expect(page.locator("#story")).to_contain_text("The simulation ends")
    page.locator("#tour-start").click()
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("ArrowRight")
    covered = """() => {
        const of = id => document.getElementById(id).getBoundingClientRect();
        const box = of("tour"), part = of(innerWidth < 1024 ? "kinds" : "figure");
        return box.left < part.right && box.right > part.left
            && box.top < part.bottom && box.bottom > part.top;
    }"""
    assert page.evaluate(covered) is False
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#tour")).to_contain_text("5 of 6")
    visit.settle()
    box, dials = (page.locator(place).bounding_box() for place in ("#tour", "#controls"))
    assert box["x"] + box["width"] < dials["x"] or box["y"] + box["height"] < dials["y"]


@pytest.mark.release
@pytest.mark.browser
def test_a_picture_of_a_small_panel_names_what_the_large_one_names(
    page: Page, open_page, tmp_path: Path
):
    open_page(f"?{FEW}", width=390)
    expect(page.locator("#story")).to_contain_text("The simulation ends")
    expect(page.locator("#adoption-firm .main-svg").first).to_be_attached()
    with page.expect_download() as download:
        page.locator("#panel-firm .download button", has_text="SVG").evaluate(
            "button => button.click()"
        )
    download.value.save_as(tmp_path / "firms.svg")
    drawn = (tmp_path / "firms.svg").read_text(encoding="utf-8")
    for name in ("launch", "first anniversary", "simulated", "register", "2020"):
        assert f">{name}" in drawn, name


@pytest.mark.release
@pytest.mark.browser
def test_a_link_to_slides_has_no_menu_and_counts_the_arrows_pressed_before_its_record(
    page: Page, address: str
):
    gate = Gate(page, re.compile("data/run"))
    page.goto(f"{address}/?{FEW}&present=1")
    expect(page.locator("#headlines")).to_be_attached()
    expect(page.locator(".top")).to_be_hidden()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    gate.open()
    expect(page.locator("#presenter-place")).to_have_text("2 of 5: Firms")
    page.keyboard.press("Escape")
    expect(page.locator(".top")).to_be_visible()
