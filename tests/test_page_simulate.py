"""What the home page asks for beside its record, and what it shows: one world, conduct, the network, the table."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from visits import Visit

import sim
from dashboard.app import create_app
from dashboard.conduct import conduct_of
from dashboard.controls import ROLES, shown_dials
from dashboard.network import network_of, ties_of
from dashboard.pages import simulate
from dashboard.record import record_of, words_of
from dashboard.regional_groups import regional_group
from dashboard.runs import Runs
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
def runs() -> Runs:
    return Runs()


@pytest.fixture(scope="module")
def client():
    return create_app().server.test_client()


# One world


def test_the_worlds_one_by_one_are_the_shares_of_all(run):
    record = record_of(view_of(FEW), run)
    worlds = np.stack([run.world(number).to_numpy() for number in range(1, WORLDS + 1)])
    np.testing.assert_array_equal((worlds == "signed").sum(axis=0), record["signed"])
    np.testing.assert_array_equal((worlds != "not taken up").sum(axis=0), record["taken_up"])


@pytest.mark.parametrize("status", ["waiting", "declined"])
def test_who_waits_and_who_declined_is_as_the_run_counted(run, status):
    people = run.directory()
    states = people.loc[people["kind"] == "state", "id"]
    for number in (1, WORLDS):
        counted = run.values(status)[number - 1, :, sim.KINDS.index("state")]
        np.testing.assert_array_equal((run.world(number)[states] == status).sum(axis=1), counted)


def test_a_world_is_sent_as_its_changes(run, client):
    sent = client.get(f"/data/world?{FEW}&world=3").get_json()
    world = run.world(3)
    for who, changes in sent["courses"].items():
        course = np.zeros(len(world), int)
        for place, status in changes:
            course[place:] = status
        assert [sent["statuses"][number] for number in course] == world[who].tolist()


WRONG = {
    "world?": "found world 0 times, expected it once",
    "world?world=1&world=2": "found world 2 times, expected it once",
    "world?world=0": "world is '0', expected a whole number from 1 to 50",
    "world?worlds=6&world=7": "world is '7', expected a whole number from 1 to 6",
    "world?world=<b>": "world is '<b>', expected a whole number",
    "world?world=1&round=3": "found the key 'round'",
    "conduct?round=3": "found the key 'round'",
    "network?lens=x": "lens is 'x', expected one of full",
    "network/ties?": "found who 0 times, expected it once",
    "network/ties?who=<script>": "who is '<script>', expected the iso3 code of a state or a name on the page",
    "network/ties?who=firm DEU-017": "expected the iso3 code of a state or a name on the page",
    "network/ties?" + "who=A&" * 1000: "expected at most 4000",
}


@pytest.mark.parametrize(("query", "said"), WRONG.items(), ids=[query[:40] for query in WRONG])
def test_a_wrong_question_is_refused_in_one_sentence(query, said, client):
    answer = client.get(f"/data/{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/json")
    assert said in answer.get_json()["message"]


# Conduct


def test_the_range_of_conduct_is_the_one_that_the_command_prints(run, runs):
    told = conduct_of(view_of(FEW), runs)
    for row in run.harm_prevented().itertuples():
        found = [each for each in told["rows"] if each["outcome"] == row.outcome]
        assert [(each["low"], each["high"]) for each in found] in ([], [(row.low, row.high)])
    assert told["headline"]["low"] < told["headline"]["high"]
    assert {one["dial"]: (one["low"], one["high"]) for one in told["assumptions"]} == run.assumptions()
    assert told["combinations"] == 8


def test_an_assumption_set_by_hand_is_no_range(runs):
    told = conduct_of(view_of(f"{FEW}&set=temptation:0.5"), runs)
    assert {one["dial"] for one in told["assumptions"] if one["low"] == one["high"]} == {"temptation"}
    assert told["combinations"] == 4


def test_no_conduct_is_told_where_it_would_be_one_stakeholders(runs):
    by_name = conduct_of(view_of(f"{FEW}&branch=12:BRA:signs"), runs)
    assert (by_name["rows"], by_name["headline"]) == ([], None)
    assert "decides for somebody by name" in by_name["withheld"]
    by_scenario = conduct_of(view_of(f"{FEW}&scenario=no-microsoft"), runs)
    assert {"firm", "all"}.isdisjoint(row["part"] for row in by_scenario["rows"])
    assert by_scenario["headline"] is None


def test_a_dial_that_changes_for_all_withholds_nothing(runs):
    assert conduct_of(view_of(f"{FEW}&branch=12:monitoring:0.5"), runs)["withheld"] is None


def test_conduct_is_told_without_a_name(run, client):
    told = client.get(f"/data/conduct?{FEW}").get_data(as_text=True)
    people = run.directory()
    assert [name for name in [*people["name"], *people["id"]] if f'"{name}"' in told or f" {name} " in told] == []


def test_the_record_the_worlds_and_the_network_hold_no_conduct(client):
    for query in (f"run?{FEW}", f"world?{FEW}&world=1", f"network?{FEW}", f"network/ties?{FEW}&who=USA", "people"):
        told = client.get(f"/data/{query}").get_data(as_text=True)
        conduct = [outcome for outcome in sim.OUTCOMES.values() if outcome.basis == "assumed"]
        assert [each.name for each in conduct if f'"{each.name}"' in told or each.label in told] == []


# The network


def test_everybody_with_a_name_has_one_place_on_the_circle(run):
    network = network_of(run)
    assert sorted(network["ids"]) == sorted(run.signed)
    region = run.directory().set_index("id")["region"]
    around = [region[who] for who in network["ids"]]
    assert [name for name, before in zip(around, [None, *around], strict=False) if name != before] == [
        name for name, _ in network["regions"]
    ]
    assert network_of(sim.run(replicates=1, seed=9)) == network


def test_a_state_heeds_other_states_with_weights_that_sum_to_one(run):
    heeds = ties_of(run, "BRA")["heeds"]
    assert sum(weight for _, weight, _ in heeds) == pytest.approx(1, abs=0.01)
    assert heeds[0] == ["ARG", pytest.approx(0.06, abs=0.03), ["organisations", "region"]]
    assert ("BRA" in [who for who, _, _ in ties_of(run, "ARG")["heeded_by"]])


def test_the_ties_are_those_that_the_model_plays_with(run):
    world, ids = run.setting.world, run.setting.population.ids
    ties = run.ties().groupby(["who", "heeds"])["weight"].sum()
    who = ids.index("Microsoft")
    played = {
        ids[world.ties_to[place]]: world.ties_weight[place]
        for place in range(world.ties_start[who], world.ties_start[who + 1])
    }
    assert {heeded: pytest.approx(played[heeded]) for heeded in ties["Microsoft"].index} == ties["Microsoft"].to_dict()


def test_the_mixing_of_the_layers_is_a_dial(runs):
    regional = ties_of(runs.of(view_of(f"{FEW}&set=organisations_layer_share:0")), "BRA")
    assert {layer for _, _, layers in regional["heeds"] for layer in layers} == {"region"}


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
    alone, *_ = view_of("branch=12:BRA:signs").asked.events
    assert words_of(alone, names) == "Brazil signs"
    assert words_of(replace(alone, who=("BRA", "IND"), value=0.0), names) == "Brazil and India stay out"
    assert words_of(replace(alone, earnest=False, until=20), names) == "Brazil signs, in name only, until month 20"
    assert words_of(replace(alone, who=("every firm",)), names) == "Every firm signs"


def test_every_dial_has_a_control_and_does_in_the_link_what_it_says():
    page = json.dumps(simulate.layout().to_plotly_json(), default=lambda part: part.to_plotly_json())
    usual = view_of("").asked.settings
    for name in DIALS:
        assert f'{{"type": "dial", "name": "{name}"}}' in page
        low, high = view_of("").asked.dials[name].between
        value = low if usual[name] != low else high
        view = view_of(f"set={name}:{value:g}")
        assert view.asked.settings[name] == pytest.approx(value)
        assert {other for other in usual if view.asked.settings[other] != usual[other]} == {name}
        assert view_of(view.query()) == view


@pytest.mark.parametrize("lens", list(sim.LENSES))
def test_every_lens_is_the_one_of_the_record(lens, client):
    assert client.get(f"/data/run?worlds=1&lens={lens}").get_json()["lens"] == lens


# In a browser


@pytest.fixture
def visit(page: Page, address: str):
    visit = Visit(page, address, f"?{FEW}")
    expect(page.locator("#stakeholders .ag-row").first).to_be_attached(timeout=60_000)
    yield visit
    assert visit.wrong == []


@pytest.mark.browser
def test_conduct_is_a_range_that_opens_its_assumptions_by_keyboard(visit, run):
    low, high = run.outcomes.set_index("outcome").loc["harm_prevented", ["low", "high"]]
    digits = 0 if high >= 10 else 1
    expect(visit.page.locator("#harm")).to_have_text(f"{low:.{digits}f} to {high:.{digits}f} %", timeout=60_000)
    expect(visit.page.locator("#conduct-card")).to_contain_text("assumed")
    visit.page.locator("#conduct-more summary").focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#assumptions li")).to_have_count(len(run.assumptions()))
    expect(visit.page.locator("#assumptions")).to_contain_text("temptation 1 to 2 (logits)")


@pytest.mark.browser
def test_the_map_shows_one_world_as_the_link_says(page, address, run):
    visit = Visit(page, address, f"?{FEW}&round=3&world=2")
    expect(page.locator("#world-unit")).to_contain_text(f"world 2 of {WORLDS}, 12 February 2019", timeout=60_000)
    at_three = run.world(2).loc[3]
    drawn = """() => { const [area, dot] = document.querySelector("#world .js-plotly-plot").data;
        return Object.fromEntries([...area.locations.map((id, k) => [id, area.z[k]]),
                                   ...dot.ids.map((id, k) => [id, dot.marker.color[k]])]); }"""
    statuses = ("not taken up", "waiting", "declined", "signed", "left")
    shown = page.evaluate(drawn)
    assert {who: statuses[number] for who, number in shown.items()} == at_three[list(shown)].to_dict()
    assert set(visit.query.split("&")) == {FEW, "round=3", "world=2"}
    page.get_by_role("radiogroup", name="Worlds on the map").get_by_text("All worlds").click()
    page.get_by_role("radiogroup", name="Share shown on the map").get_by_text("Not taken up", exact=True).click()
    expect(page.locator("#world-unit")).to_contain_text(f"Share of the {WORLDS} simulated worlds")
    assert set(visit.query.split("&")) == {FEW, "round=3", "map=untouched"}
    assert visit.wrong == []


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
    assert "who=VNM" in name.get_attribute("href")
    page.locator('#stakeholders .ag-center-cols-container [col-id="name"]').click(position={"x": 150, "y": 10})
    page.wait_for_url("**/stakeholder?*who=VNM*")


@pytest.mark.browser
def test_the_table_follows_the_round_and_keeps_its_order_by_share(visit):
    page = visit.page
    page.locator("#stakeholders").scroll_into_view_if_needed()
    page.locator('#stakeholders .ag-header-cell[col-id="signed"]').click(click_count=1)
    page.locator('#stakeholders .ag-header-cell[col-id="signed"]').click()
    first = page.locator('#stakeholders .ag-row[row-index="0"] [col-id="signed"]')
    expect(first).to_have_text("100 %")
    page.locator("#round").fill("0")
    at_first = page.evaluate("Math.max(...parley.record.signed[0]) / parley.record.worlds")
    expect(first).to_have_text(f"{100 * at_first:.0f} %")


@pytest.mark.browser
def test_all_ties_of_one_are_read_as_a_list(visit, run):
    page = visit.page
    page.locator("#network").scroll_into_view_if_needed()
    expect(page.get_by_role("img", name="Influence network")).to_be_visible()
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
    page.locator("#play").focus()
    page.keyboard.press("Home")
    expect(page.locator("#round-date")).to_have_text("12 January 2018")
    page.locator("#round").fill("60")
    page.locator("#play").press("Space")
    expect(page.locator("#round-date")).to_have_text("12 January 2024", timeout=30_000)
    expect(page.locator("#play")).to_have_text("Play")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#round-number")).to_have_text("month 61")
    page.keyboard.press("End")
    expect(page.locator("#round-number")).to_have_text("month 62")


@pytest.mark.browser
def test_lens_worlds_and_seed_are_those_that_the_controls_say(visit):
    page = visit.page
    page.locator("#lens").click()
    page.get_by_role("option", name="null:").click()
    expect(page.locator("#provenance")).to_contain_text(f"{WORLDS} worlds, seed 1, lens null")
    page.locator("#worlds").fill("4")
    expect(page.locator("#provenance")).to_contain_text("4 worlds, seed 1, lens null")
    page.locator("#seed").fill("5")
    expect(page.locator("#provenance")).to_contain_text("4 worlds, seed 5, lens null")
    assert set(visit.query.split("&")) == {"lens=null", "worlds=4", "seed=5"}
    table = sim.run(replicates=4, seed=5, lens="null").table()
    expect(page.locator("#listed-state")).to_have_text(f"{table[table['kind'] == 'state']['median'].iloc[-1]:.0f}")
