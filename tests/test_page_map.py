"""The world map: every state is drawn, once, in the colour of its share of the worlds at the round shown."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.data.geometry import cut_to
from dashboard.data.record import directory

MARKS = "#world .choroplethlocation, #world .scattergeo .point"
TRACES = "document.querySelector('#world .js-plotly-plot').data"


@pytest.fixture(scope="module")
def states() -> set[str]:
    """The members of the United Nations, as the model knows them."""
    people = directory()
    return set(people.loc[people["kind"] == "state", "id"])


@pytest.fixture(scope="module")
def layers(root) -> dict[str, list[str]]:
    """The ids of the shapes in each layer of the geometry."""
    return {name: [shape["id"] for shape in layer["geometries"]] for name, layer in geometry(root)["objects"].items()}


@pytest.fixture(scope="module")
def dots(root) -> dict[str, dict]:
    """Where the states without a shape are."""
    return json.loads((root / "dashboard/assets/topojson/small_states.json").read_text(encoding="utf-8"))["states"]


def geometry(root) -> dict:
    """The geometry that the page draws."""
    return json.loads((root / "dashboard/assets/topojson/world_110m.json").read_text(encoding="utf-8"))


def test_every_state_is_drawn_and_none_is_drawn_twice(states, layers, dots):
    assert len(states) == 193
    assert sorted([*layers["countries"], *dots]) == sorted(states)


def test_what_is_not_modelled_is_no_state(states, layers):
    assert states.isdisjoint(layers["land"])
    assert {"GRL", "ATA"} < set(layers["land"])


def test_every_shape_is_closed(root):
    topology = geometry(root)

    def ends(arc: int) -> list[list[int]]:
        steps = np.array(topology["arcs"][max(arc, ~arc)])
        both = [steps[0].tolist(), steps.sum(axis=0).tolist()]
        return both if arc >= 0 else both[::-1]

    rings = [ring for layer in topology["objects"].values() for shape in layer["geometries"]
             for polygon in shape["arcs"] for ring in polygon]
    assert all(ends(arc)[1] == ends(following)[0]
               for ring in rings for arc, following in zip(ring, [*ring[1:], ring[0]], strict=True))


def test_a_state_in_two_parts_becomes_one_shape():
    square = [[0, 0], [90, 0], [0, 90], [-90, -90]]
    parts = [{"type": "Polygon", "arcs": [[arc]], "id": who, "properties": {}}
             for arc, who in enumerate(["ESP", "XXX", "ESP"])]
    full = {"objects": {"countries": {"geometries": parts}}, "arcs": [square] * 3,
            "transform": {"scale": [0.1, 0.1], "translate": [-180, -90]}}
    small = cut_to(full, {"ESP"})
    assert [len(shape["arcs"]) for shape in small["objects"]["countries"]["geometries"]] == [2]
    assert [shape["id"] for shape in small["objects"]["land"]["geometries"]] == ["XXX"]


@pytest.fixture
def map_page(page: Page, open_page) -> Page:
    """The page with the map of ten worlds; nothing may leave the host or go wrong."""
    open_page("?worlds=10")
    expect(page.locator(MARKS)).to_have_count(193)
    page.locator("#world").scroll_into_view_if_needed()
    return page


def at(page: Page, day: str) -> Locator:
    """The map as it is labelled on that day."""
    return page.get_by_role("img", name=re.compile(f"World map.*{day}"))


def colours_are_shares(page: Page, place: int) -> None:
    """Waits until there are as many colours as there are shares in the record at *place* among the dates."""
    page.wait_for_function("""([drawn, place]) => {
        const colours = new Set([...document.querySelectorAll(drawn)].map(one => getComputedStyle(one).fill));
        const states = parley.record.names.map((id, k) => [parley.people[id].kind, parley.record.signed.at(place)[k]]);
        return colours.size === new Set(states.filter(([kind]) => kind === "state").map(([, signed]) => signed)).size;
    }""", arg=[MARKS, place])


@pytest.mark.long
@pytest.mark.browser
def test_the_map_follows_the_round_without_asking_the_server(map_page):
    colours_are_shares(map_page, -1)
    expect(map_page.locator("#harm")).to_contain_text("%")  # the last thing that the page asks for by itself
    requests: list[str] = []
    # A browser asks for the page's icon again whenever the address changes.
    map_page.on("request", lambda request: request.url.endswith("/parley.svg") or requests.append(request.url))
    map_page.evaluate("parley.show_round(0)")
    expect(at(map_page, "12 January 2018")).to_be_visible()
    colours_are_shares(map_page, 0)
    map_page.evaluate("parley.show_round(1e9)")
    colours_are_shares(map_page, -1)
    assert requests == []


@pytest.mark.long
@pytest.mark.browser
def test_a_map_out_of_sight_catches_up_when_it_is_seen(map_page):
    map_page.evaluate("scrollTo(0, 0)")
    map_page.set_viewport_size({"width": 1440, "height": 300})
    map_page.evaluate("""new Promise(seen => new IntersectionObserver(
        ([entry], observer) => { if (!entry.isIntersecting) { observer.disconnect(); seen(); } }
    ).observe(document.getElementById("world")))""")
    map_page.evaluate("parley.show_round(0)")
    expect(map_page.locator("#world-unit")).to_contain_text("12 January 2018")
    colours_are_shares(map_page, -1)
    map_page.locator("#world").scroll_into_view_if_needed()
    colours_are_shares(map_page, 0)


@pytest.mark.long
@pytest.mark.browser
def test_the_map_holds_the_shares_of_the_record(map_page):
    pairs = map_page.evaluate(f"""() => {{
        const [area, dot] = {TRACES}, place = id => parley.record.names.indexOf(id), last = parley.record.signed.at(-1);
        const shares = [...area.locations.map((id, k) => [id, area.z[k]]),
                        ...dot.ids.map((id, k) => [id, dot.marker.color[k]])];
        return shares.map(([id, share]) => [share, last[place(id)] / parley.record.worlds]);
    }}""")
    assert len(pairs) == 193
    assert all(share == count for share, count in pairs)


@pytest.mark.long
@pytest.mark.browser
def test_the_three_shares_of_a_state_add_up_to_one(map_page):
    total = np.zeros(171)
    words = {"Signed": "has signed", "Considered, not signed": "has considered it", "Not taken up": "has not taken"}
    for label, meaning in words.items():
        map_page.get_by_role("radiogroup", name="Share shown on the map").get_by_text(label, exact=True).click()
        expect(map_page.locator("#world-unit")).to_contain_text(meaning)
        total += map_page.evaluate(f"{TRACES}[0].z")
    np.testing.assert_allclose(total, 1)


@pytest.mark.long
@pytest.mark.browser
def test_whoever_is_on_the_register_is_outlined_from_its_day_on(map_page):
    outlines = f"{TRACES}[0].locations.filter((_, k) => {TRACES}[0].marker.line.width[k] > 1)"
    at_the_end = map_page.evaluate(outlines)
    assert {"FRA", "USA"} < set(at_the_end)
    map_page.evaluate("parley.show_round(-parley.record.first_round)")
    expect(at(map_page, "12 November 2018")).to_be_visible()
    assert "FRA" in map_page.evaluate(outlines)
    assert "USA" not in map_page.evaluate(outlines)


@pytest.mark.long
@pytest.mark.browser
def test_a_click_opens_the_state_with_the_same_view(map_page):
    map_page.locator("#world .scattergeo .point").last.hover(force=True)
    expect(map_page.locator("#world .hovertext")).to_contain_text("not taken up")
    map_page.mouse.down()
    map_page.mouse.up()
    map_page.wait_for_url("**/stakeholder?worlds=10&who=*")
