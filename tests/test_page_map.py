"""The world map: every state is drawn, once, in the colour of its share of the worlds at the round
shown.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.data.geometry import DISPUTED, clockwise, is_open, whose, with_layers
from dashboard.data.record import directory

MARKS = "#world [data-member]"
TRACES = "document.querySelector('#world .js-plotly-plot').data"


@pytest.fixture(scope="module")
def states() -> set[str]:
    """The members of the United Nations, as the model knows them."""
    people = directory()
    return set(people.loc[people["kind"] == "state", "id"])


@pytest.fixture(scope="module")
def layers(root) -> dict[str, list[str]]:
    """The ids of the shapes in each layer of the geometry."""
    return {
        name: [shape["id"] for shape in layer["geometries"]]
        for name, layer in geometry(root)["objects"].items()
    }


@pytest.fixture(scope="module")
def dots(root) -> dict[str, dict]:
    """Where the states without a shape are."""
    return json.loads(
        (root / "dashboard/assets/topojson/small_states.json").read_text(encoding="utf-8")
    )["states"]


def geometry(root) -> dict:
    """The geometry that the page draws."""
    return json.loads(
        (root / "dashboard/assets/topojson/world_110m.json").read_text(encoding="utf-8")
    )


def test_every_state_is_drawn_and_none_is_drawn_twice(states, layers, dots):
    assert len(states) == 193
    assert sorted([*layers["countries"], *dots]) == sorted(states)


def test_what_is_not_modelled_is_no_state(states, layers):
    assert states.isdisjoint(layers["land"])
    assert {"GRL", "TWN", "XKX"} < set(layers["land"])


def outlines(topology: dict) -> Iterator[tuple[str, bool, list[np.ndarray]]]:
    """Whose it is, whether it is a hole, and the places of every outline, in degrees."""
    scale, corner = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + corner for arc in topology["arcs"]]
    for layer in topology["objects"].values():
        for shape in layer["geometries"]:
            for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
                for number, ring in enumerate(polygon):
                    yield (
                        shape["id"],
                        number > 0,
                        [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring],
                    )


def whose_is(topology: dict, x: float, y: float) -> set[str]:
    """The areas that the place lies in: from there a line to the east crosses their outlines an odd
    number of times.
    """
    crossings: Counter[str] = Counter()
    for who, _, arcs in outlines(topology):
        way = np.concatenate(arcs)
        (x1, y1), (x2, y2) = way.T, np.roll(way, -1, axis=0).T
        with np.errstate(divide="ignore", invalid="ignore"):
            crossings[who] += int(
                np.sum(((y1 > y) != (y2 > y)) & (x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)))
            )
    return {who for who, number in crossings.items() if number % 2}


def test_every_shape_is_closed(root):
    for who, _, arcs in outlines(geometry(root)):
        assert all(
            (arc[-1] == after[0]).all()
            for arc, after in zip(arcs, [*arcs[1:], arcs[0]], strict=True)
        ), who


def test_no_shape_fills_the_world_outside_it(root):
    for who, is_hole, arcs in outlines(geometry(root)):
        (x1, y1), (x2, y2) = (way := np.concatenate(arcs)).T, np.roll(way, -1, axis=0).T
        assert (np.sum(x1 * y2 - x2 * y1) < 0) != is_hole, who
        assert np.ptp(way[:, 0]) < 180, who


@pytest.mark.parametrize(
    ("place", "area"),
    [
        ((2.3, 48.9), "FRA"),
        ((34.2, 45.3), "UKR"),
        ((45, 9.5), "SOM"),
        ((33.4, 35.3), "CYP"),
        ((-81, 22.2), "CUB"),
        ((43.9, 42.3), "GEO"),
        ((-14, 24), "ESH"),
        ((-10.5, 27.2), "ESH"),
        ((35.2, 31.9), "PSE"),
        ((121, 24), "TWN"),
        ((76, 34), "XJI"),
        ((74.6, 35.8), "XJP"),
        ((79.5, 35.2), "XAC"),
        ((94, 28), "XAP"),
        ((28.4, 9.8), "XAB"),
        ((21, 42.6), "XKX"),
        ((35.75, 33), "XGO"),
        ((17, 78.6), "SJM"),
        ((-53, 4), "GUF"),
        ((178, -17.8), "FJI"),
        ((-178, 67), "RUS"),
    ],
)
def test_a_place_lies_where_the_united_nations_see_it(root, place, area):
    assert whose_is(geometry(root), *place) == {area}


def test_a_disputed_border_is_dashed_and_another_is_not(root):
    lines = json.loads(
        (root / "dashboard/assets/topojson/open_borders.json").read_text(encoding="utf-8")
    )["lines"]
    nearest = {
        name: min(np.hypot(*(np.array(line) - place).T).min() for line in lines)
        for name, place in {
            "line of control": (75.3, 34.6),
            "isthmus of Crimea": (33.7, 46.1),
            "Sudan and South Sudan": (32.2, 11.9),
            "France and Spain": (0.7, 42.8),
        }.items()
    }
    assert [name for name, degrees in nearest.items() if degrees > 1] == ["France and Spain"]


def test_what_is_disputed_is_no_part_of_a_state_but_crimea(layers):
    assert DISPUTED - set(layers["land"]) == {"XCR"}
    assert whose("RUS", 34.2, 45.3) == "XCR"
    assert whose("RUS", 38.9, 45.0) == "RUS"


def test_a_border_is_open_only_where_it_is_named():
    assert is_open("IND", "XJI")
    assert is_open("SDN", "EGY").west == 33
    assert is_open("FRA", "ESP") is None


def test_an_outline_that_runs_the_wrong_way_is_turned():
    square = [[0, 0], [9, 0], [0, 9], [-9, 0], [0, -9]]
    shapes = [{"type": "Polygon", "arcs": [[0]], "id": who} for who in ("LSO", "XXX")]
    topology = {"objects": {"areas": {"geometries": shapes}}, "arcs": [square], "transform": {}}
    layers = with_layers(clockwise(topology), {"LSO"})["objects"]
    assert {
        name: [shape["arcs"] for shape in layer["geometries"]] for name, layer in layers.items()
    } == {"countries": [[[-1]]], "land": [[[-1]]]}


@pytest.fixture
def map_page(page: Page, open_page) -> Page:
    """The page with the map of ten worlds; nothing may leave the host or go wrong."""
    open_page("?worlds=10&figure=map")
    expect(page.locator(MARKS)).to_have_count(193)
    page.locator("#world").scroll_into_view_if_needed()
    return page


def at(page: Page, day: str) -> Locator:
    """The map as it is labelled on that day."""
    return page.get_by_role("img", name=re.compile(f"World map.*{day}"))


def colours_are_shares(page: Page, place: int) -> None:
    """Waits until there are as many colours as there are shares in the record at *place* among the
    dates.
    """
    page.wait_for_function(
        """([drawn, place]) => {
        const fill = one => getComputedStyle(one).fill, {names, signed} = parley.record;
        const colours = new Set([...document.querySelectorAll(drawn)].map(fill));
        const shares = names.map((id, k) => [parley.people[id].kind, signed.at(place)[k]])
            .filter(([kind]) => kind === "state").map(([, share]) => share);
        return colours.size === new Set(shares).size;
    }""",
        arg=[MARKS, place],
    )


@pytest.mark.release
@pytest.mark.browser
def test_the_map_follows_the_round_without_asking_the_server(map_page):
    colours_are_shares(map_page, -1)
    expect(map_page.locator("#harm")).to_contain_text(
        "%"
    )  # the last thing that the page asks for by itself
    requests: list[str] = []
    # A browser asks for the page's icon again whenever the address changes.
    map_page.on(
        "request",
        lambda request: request.url.endswith("/parley.svg") or requests.append(request.url),
    )
    map_page.evaluate("parley.show_round(0)")
    expect(at(map_page, "12 January 2018")).to_be_visible()
    colours_are_shares(map_page, 0)
    map_page.evaluate("parley.show_round(1e9)")
    colours_are_shares(map_page, -1)
    assert requests == []


@pytest.mark.release
@pytest.mark.browser
def test_a_map_out_of_sight_catches_up_when_it_is_seen(map_page):
    map_page.set_viewport_size({"width": 1440, "height": 300})
    map_page.evaluate("scrollTo(0, document.body.scrollHeight)")
    map_page.evaluate("""new Promise(seen => new IntersectionObserver(
        ([entry], observer) => { if (!entry.isIntersecting) { observer.disconnect(); seen(); } }
    ).observe(document.getElementById("world")))""")
    map_page.evaluate("parley.show_round(0)")
    expect(map_page.locator("#world-unit")).to_contain_text("12 January 2018")
    colours_are_shares(map_page, -1)
    map_page.locator("#world").scroll_into_view_if_needed()
    colours_are_shares(map_page, 0)


@pytest.mark.release
@pytest.mark.browser
def test_the_map_holds_the_shares_of_the_record(map_page):
    pairs = map_page.evaluate(f"""() => {{
        const [area, dot] = {TRACES}, {{names, signed}} = parley.record, last = signed.at(-1);
        const place = id => names.indexOf(id);
        const shares = [...area.locations.map((id, k) => [id, area.z[k]]),
                        ...dot.ids.map((id, k) => [id, dot.marker.color[k]])];
        return shares.map(([id, share]) => [share, last[place(id)] / parley.record.worlds]);
    }}""")
    assert len(pairs) == 193
    assert all(share == count for share, count in pairs)


@pytest.mark.release
@pytest.mark.browser
def test_the_three_shares_of_a_state_add_up_to_one(map_page):
    total = np.zeros(171)
    words = {
        "Signed": "has signed",
        "Considered only": "has considered it",
        "Not taken up": "has not taken",
    }
    for label, meaning in words.items():
        map_page.get_by_role("radiogroup", name="Share shown on the map").get_by_text(
            label, exact=True
        ).click()
        expect(map_page.locator("#world-unit")).to_contain_text(meaning)
        total += map_page.evaluate(f"{TRACES}[0].z")
    np.testing.assert_allclose(total, 1)


@pytest.mark.release
@pytest.mark.browser
def test_europe_is_enlarged_and_the_world_comes_back_by_keyboard(map_page):
    button = map_page.get_by_role("button", name="Enlarge Europe")
    before = map_page.locator("#world [data-member=DEU]").bounding_box()["width"]
    for pressed, is_large in (("true", True), ("false", False)):
        button.press("Enter")
        expect(button).to_have_attribute("aria-pressed", pressed)
        larger = (
            "document.querySelector('#world [data-member=DEU]')?.getBoundingClientRect().width >"
            f" {2 * before}"
        )
        map_page.wait_for_function(larger if is_large else f"!({larger})")
    colours_are_shares(map_page, -1)


@pytest.mark.release
@pytest.mark.browser
def test_whoever_is_on_the_register_has_a_point_from_its_day_on(map_page):
    points = """[...document.querySelectorAll("#world [data-listed]")]
        .filter(point => getComputedStyle(point).opacity > 0).map(point => point.dataset.listed)"""
    on_the_list = """parley.record.names.filter(id => parley.people[id].kind === "state"
        && (parley.people[id].supporter_since ?? "9999") <= parley.record.dates[parley.round()])"""
    assert {"FRA", "USA", "SGP"} < set(map_page.evaluate(points))
    assert sorted(map_page.evaluate(points)) == sorted(map_page.evaluate(on_the_list))
    map_page.evaluate("parley.show_round(-parley.record.first_round)")
    expect(at(map_page, "12 November 2018")).to_be_visible()
    expect(map_page.locator("#world [data-listed=USA]")).to_have_css("opacity", "0")
    assert sorted(map_page.evaluate(points)) == sorted(map_page.evaluate(on_the_list))
    assert "FRA" in map_page.evaluate(points)


@pytest.mark.release
@pytest.mark.browser
def test_no_mark_is_cut_at_the_edge_of_the_map(map_page):
    frame = map_page.locator("#world .main-svg").first.bounding_box()
    for mark in map_page.locator("#world .scattergeo .point").all():
        box = mark.bounding_box()
        assert frame["x"] <= box["x"], mark.get_attribute("data-member")
        assert box["x"] + box["width"] <= frame["x"] + frame["width"], mark.get_attribute(
            "data-member"
        )


@pytest.mark.release
@pytest.mark.browser
def test_a_click_opens_the_state_with_the_same_view(map_page):
    map_page.locator("#world .scattergeo [data-member]").last.hover(force=True)
    expect(map_page.locator("#world .hovertext")).to_contain_text("not taken up")
    map_page.mouse.down()
    map_page.mouse.up()
    map_page.wait_for_url("**/stakeholder?worlds=10&who=*&figure=map")


def row_of(page: Page, is_part: bool) -> list[str]:
    """The words of the key of a downloaded map, or of Europe alone."""
    key = page.evaluate("part => parley.key_of_map(parley.figures.colour, part)", is_part)
    return [words["text"] for words in key["annotations"]]


@pytest.mark.release
@pytest.mark.browser
def test_the_key_of_a_picture_is_one_row_of_the_scale_and_every_mark(map_page):
    shares = ["0\u00a0%", "25\u00a0%", "50\u00a0%", "75\u00a0%", "100\u00a0%", "of worlds"]
    marks = ["on the register", "small state", "not modelled", "border not settled"]
    assert row_of(map_page, False) == [*shares, *marks]
    map_page.goto(map_page.url.replace("worlds=10", "worlds=6&scenario=great-powers-sign"))
    expect(map_page.locator("#world-card.is-of-change .of-changes")).to_be_visible()
    changes = ["−50", "−25", "0", "+25", "+50", "points"]
    map_page.wait_for_function(
        "parley.key_of_map?.(parley.figures.colour, false).annotations[0].text === '−50'"
    )
    assert (
        row_of(map_page, False)
        == row_of(map_page, True)
        == [*changes, marks[0], "supposed", *marks[1:]]
    )
    assert map_page.evaluate("parley.key_of_map(parley.figures.colour, false).low") == 0


@pytest.mark.release
@pytest.mark.browser
def test_russia_is_ringed_in_europe_too_where_its_choice_is_supposed(map_page):
    ringed = """parley.map_of_europe().data.filter(({name, lon}) => name === "rings" && lon)
        .flatMap(({ids, marker}) => ids.filter((id, k) => marker.opacity[k]))"""
    map_page.goto(map_page.url.replace("worlds=10", "worlds=6&scenario=great-powers-sign"))
    expect(map_page.locator("#world-card.is-of-change .of-changes")).to_be_visible()
    assert set(map_page.evaluate(ringed)) == {"RUS"}


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize(("width", "face"), [(1280, ""), (1440, ""), (1280, "&present=1")])
def test_the_scale_of_the_map_is_wide_and_ends_where_america_begins(
    page: Page, open_page, width, face
):
    open_page(f"?worlds=6&scenario=great-powers-sign&figure=map{face}", width=width)
    if face:
        expect(page.locator("#presenter-place")).to_contain_text("States")
        for _ in range(3):
            page.keyboard.press("ArrowRight")
    scale, unit = (
        page.locator(".of-changes .world-scale"),
        page.locator(".of-changes > :last-child"),
    )
    expect(scale).to_be_visible()
    assert scale.bounding_box()["width"] >= (160 if face else 120)
    peru, end = page.locator("#world [data-member=PER]"), unit.bounding_box()
    expect(peru).to_be_visible()
    page.wait_for_function(
        """end => {
        const peru = document.querySelector("#world [data-member=PER]");
        return peru.getBoundingClientRect().left > end;
    }""",
        arg=end["x"] + end["width"],
    )
    lines = [
        line.bounding_box()
        for line in page.locator("#world-card .world-key > li").all()
        if line.is_visible()
    ]
    gap = page.locator("#play").bounding_box()["y"] - max(
        line["y"] + line["height"] for line in lines
    )
    assert 8 <= gap <= 24


@pytest.mark.release
@pytest.mark.browser
def test_a_picture_of_europe_alone_has_a_title_of_its_own(map_page):
    title = map_page.evaluate("parley.title_of_europe()")
    assert re.fullmatch(r"Simulated: \d+ of 4\d states have .* in more than half the worlds", title)
