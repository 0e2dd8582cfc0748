"""The home page: its controls, and what it shows of conduct, one world, the network, the table and the play bar."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import Browser, expect
from visits import Visit

import sim
from dashboard.app import create_app
from dashboard.controls import ROLES, dial_controls, shown_dials
from dashboard.data.record import regional_group
from dashboard.data.words import STATUSES, event_words
from dashboard.pages.simulate.network import ties_of
from dashboard.view import view_of

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods")

WORLDS = 6
FEW = f"worlds={WORLDS}"
DIALS = [name for role in ROLES for name in shown_dials(role)]


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=WORLDS)


@pytest.fixture(scope="module")
def client():
    return create_app().server.test_client()


# Words, groups and controls


def test_regional_groups_have_as_many_members_as_the_list_of_the_united_nations():
    people = sim.run(replicates=1).directory()
    states = people[people["kind"] == "state"]
    assert Counter(map(regional_group, states["id"], states["region"])) == {
        "African": 54, "Asia-Pacific": 54, "Eastern European": 23, "Latin American and Caribbean": 33,
        "Western European and others": 29,
    }  # fmt: skip


def test_events_are_told_with_names():
    names = {"BRA": "Brazil", "IND": "India"}
    alone, *_ = view_of("branch=12:BRA:signs").variant.events
    assert event_words(alone, names) == "Brazil signs"
    assert event_words(replace(alone, who=("BRA", "IND"), value=0.0), names) == "Brazil and India stay out"
    assert event_words(replace(alone, earnest=False, until=20), names) == "Brazil signs, in name only, until month 20"
    assert event_words(replace(alone, who=("every firm",)), names) == "Every firm signs"


def test_every_dial_has_a_control_and_does_in_the_link_what_it_says():
    controls = [control for role in ROLES for control in dial_controls(role)]
    page = json.dumps(controls, default=lambda part: part.to_plotly_json())
    usual = view_of("").variant.settings
    for name in DIALS:
        assert f'{{"type": "dial", "name": "{name}"}}' in page
        low, high = view_of("").variant.dials[name].between
        value = low if usual[name] != low else high
        view = view_of(f"set={name}:{value:g}")
        assert view.variant.settings[name] == pytest.approx(value)
        assert {other for other in usual if view.variant.settings[other] != usual[other]} == {name}
        assert view_of(view.query()) == view


def test_every_option_of_every_choice_is_what_the_link_chooses():
    for name, _, _ in sim.available():
        for choice in sim.load(name).choices.values():
            for option in choice.options:
                view = view_of(f"scenario={name}&choose={choice.name}:{option.name}")
                assert view.variant.chosen[choice.name] == (option.name,)


@pytest.mark.parametrize("lens", list(sim.LENSES))
def test_every_lens_is_the_one_of_the_record(lens, client):
    assert client.get(f"/data/run?worlds=1&lens={lens}").get_json()["lens"] == lens


# In a browser


@pytest.fixture(scope="module")
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """The page, opened once for the claims that follow; each leaves it so that the next can be made."""
    page = browser.new_page()
    visit = Visit(page, address, f"?{FEW}")
    expect(page.locator("#stakeholders .ag-row").first).to_be_attached()
    yield visit
    assert visit.wrong == []
    page.close()


@pytest.mark.browser
def test_conduct_is_a_range_that_opens_its_assumptions_by_keyboard(visit, run):
    low, high = run.outcomes.set_index("outcome").loc["harm_prevented", ["low", "high"]]
    digits = 0 if high >= 10 else 1
    expect(visit.page.locator("#harm")).to_have_text(f"{low:.{digits}f} to {high:.{digits}f} %")
    expect(visit.page.locator("#conduct-card")).to_contain_text("assumed")
    visit.page.locator("#conduct-more summary").press("Enter")
    expect(visit.page.locator("#assumptions li")).to_have_count(len(run.assumptions()))
    expect(visit.page.locator("#assumptions")).to_contain_text("temptation 1 to 2 (logits)")


@pytest.mark.browser
def test_all_ties_of_one_are_read_as_a_list(visit, run):
    page = visit.page
    page.locator("#network-who").fill("Brazil")
    expect(page.locator("[data-combobox-selected]")).to_have_text("Brazil")
    page.keyboard.press("Enter")
    heeds = ties_of(run, "BRA")["heeds"]
    expect(page.locator("#network-ties h3").first).to_have_text(f"Brazil heeds: {len(heeds)}")
    strongest = run.directory().set_index("id")["name"][heeds[0][0]]
    expect(page.locator("#network-ties tbody tr").first).to_contain_text(strongest)
    page.get_by_role("radiogroup", name="Layer of ties").get_by_text("Same sub-region").click()
    regional = [tie for tie in heeds if "region" in tie[2]]
    expect(page.locator("#network-ties h3").first).to_have_text(f"Brazil heeds: {len(regional)}")


@pytest.mark.browser
def test_the_play_bar_has_speeds_and_keys(visit):
    page = visit.page
    page.get_by_label("Speed, in rounds a second").select_option("12 a second")
    page.locator("#play").press("Home")
    expect(page.locator("#round-date")).to_have_text("12 January 2018")
    page.locator("#round").fill("60")
    page.locator("#play").press("Space")
    expect(page.locator("#round-date")).to_have_text("12 January 2024")
    expect(page.locator("#play")).to_have_text("Play")
    page.locator("#play").press("ArrowLeft")
    expect(page.locator("#round-number")).to_have_text("month 61")
    page.locator("#play").press("End")
    expect(page.locator("#round-number")).to_have_text("month 62")


@pytest.mark.browser
def test_the_table_follows_the_round_and_keeps_its_order_by_share(visit):
    page = visit.page
    header = page.locator('#stakeholders .ag-header-cell[col-id="signed"]')
    header.click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    header.click()
    first = page.locator('#stakeholders .ag-row[row-index="0"] [col-id="signed"]')
    expect(first).to_have_text("100 %")
    page.locator("#round").fill("0")
    most = page.evaluate("() => Math.max(...parley.record.signed[0]) / parley.record.worlds")
    expect(first).to_have_text(f"{100 * most:.0f} %")


@pytest.mark.browser
def test_the_table_is_filtered_by_group_and_by_words_and_opens_a_stakeholder(visit, run):
    people = run.directory()
    in_asean = people[people["memberships"].map(lambda groups: "asean" in groups)]
    page = visit.page
    page.get_by_role("group", name="Regional group").get_by_text("ASEAN", exact=True).click()
    expect(page.locator("#table-count")).to_have_text(f"{len(in_asean)} of {len(people)} shown.")
    page.get_by_label("Search", exact=True).fill("viet")
    expect(page.locator("#table-count")).to_have_text(f"1 of {len(people)} shown.")
    name = page.locator("#stakeholders").get_by_role("link", name="Vietnam")
    expect(name).to_have_attribute("href", f"stakeholder?{FEW}&round=-10&who=VNM")
    page.locator('#stakeholders .ag-center-cols-container [col-id="name"]').click(position={"x": 150, "y": 10})
    page.wait_for_url("**/stakeholder?*who=VNM*")


@pytest.mark.browser
def test_the_map_shows_one_world_as_the_link_says(page, address, run):
    visit = Visit(page, address, f"?{FEW}&round=3&world=2")
    expect(page.locator("#world-unit")).to_contain_text(f"world 2 of {WORLDS}, 12 February 2019")
    at_three = run.world(2).loc[3]
    drawn = """() => { const [area, dot] = document.querySelector("#world .js-plotly-plot").data;
        return Object.fromEntries([...area.locations.map((id, k) => [id, area.z[k]]),
                                   ...dot.ids.map((id, k) => [id, dot.marker.color[k]])]); }"""
    expect(page.locator("#world .choroplethlocation")).to_have_count(171)
    shown = page.evaluate(drawn)
    assert {who: STATUSES[number] for who, number in shown.items()} == at_three[list(shown)].to_dict()
    assert set(visit.query.split("&")) == {FEW, "round=3", "world=2"}
    page.get_by_role("radiogroup", name="Worlds on the map").get_by_text("All worlds").click()
    page.get_by_role("radiogroup", name="Share shown on the map").get_by_text("Not taken up", exact=True).click()
    expect(page.locator("#world-unit")).to_contain_text(f"Share of the {WORLDS} simulated worlds")
    assert set(visit.query.split("&")) == {FEW, "round=3", "map=untouched"}
    # The same page goes on: one loading is enough for what the other controls say.
    page.locator("#lens").click()
    page.get_by_role("option", name="null:").click()
    expect(page.locator("#provenance")).to_contain_text(f"{WORLDS} worlds, seed 1, lens null")
    page.locator("#worlds").fill("4")
    expect(page.locator("#provenance")).to_contain_text("4 worlds, seed 1, lens null")
    page.locator("#seed").fill("5")
    expect(page.locator("#provenance")).to_contain_text("4 worlds, seed 5, lens null")
    assert set(visit.query.split("&")) == {"lens=null", "worlds=4", "seed=5", "round=3", "map=untouched"}
    table = sim.run(replicates=4, seed=5, lens="null").listed
    expect(page.locator("#listed-state")).to_have_text(f"{np.median(table[:, 13, 0]):.0f}")
    assert visit.wrong == []
