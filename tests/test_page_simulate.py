"""The page Simulate: what its routes answer, one world, conduct as ranges, the network; and the
page in a browser.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from test_names_and_conduct import LABELS
from visits import Visit

import sim
from dashboard.app import create_app
from dashboard.cache import Runs, Store
from dashboard.data.record import record_of
from dashboard.limits import OWN
from dashboard.pages.simulate import routes
from dashboard.pages.simulate.conduct import conduct_of
from dashboard.pages.simulate.map import one_world_of
from dashboard.pages.simulate.network import network_of, ties_of
from dashboard.turns import Bounds
from dashboard.view import view_of
from sim.number_formats import count, extent, percent

WORLDS = 6
FEW = f"worlds={WORLDS}"


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=WORLDS)


@pytest.fixture(scope="module")
def runs() -> Runs:
    return Runs()


# One world


def test_the_worlds_one_by_one_are_the_shares_of_all(run):
    record = record_of(view_of(FEW), run)
    worlds = np.stack([run.world(number).to_numpy() for number in range(1, WORLDS + 1)])
    np.testing.assert_array_equal((worlds == "signed").sum(axis=0), record["signed"])
    np.testing.assert_array_equal((worlds != "not taken up").sum(axis=0), record["taken_up"])


@pytest.mark.parametrize("status", ["waiting", "declined"])
def test_as_many_wait_and_have_declined_as_the_run_counts(run, status):
    people = run.directory()
    states = people.loc[people["kind"] == "state", "id"]
    for number in (1, WORLDS):
        counts = run.values(status)[number - 1, :, sim.KINDS.index("state")]
        np.testing.assert_array_equal((run.world(number)[states] == status).sum(axis=1), counts)


def test_a_world_is_sent_as_its_changes(run, client):
    content = client.get(f"/data/world?{FEW}&world=3").get_json()
    world = run.world(3)
    for who, changes in content["courses"].items():
        course = np.zeros(len(world), int)
        for place, status in changes:
            course[place:] = status
        assert [content["statuses"][number] for number in course] == world[who].tolist()


@pytest.mark.parametrize(
    "query", ["", "world=1&world=2", "world=0", f"{FEW}&world=7", "world=<b>", "world=1&round=3"]
)
def test_a_world_that_is_none_is_refused(query):
    with pytest.raises(sim.InputError, match=r"world|round"):
        one_world_of(query)


# Conduct


def test_the_range_of_conduct_is_the_one_that_the_command_prints(run, runs):
    content = conduct_of(view_of(FEW), runs, Store(1))
    for row in run.harm_prevented().itertuples():
        same = [each for each in content["rows"] if each["outcome"] == row.outcome]
        assert [(each["low"], each["high"]) for each in same] in ([], [(row.low, row.high)])
    assert content["headline"]["low"] < content["headline"]["high"]
    told = run.assumptions().set_index("dial")
    assert [one["dial"] for one in content["assumptions"]] == list(told.index)
    for one in content["assumptions"]:
        assert (one["low"], one["high"]) == tuple(told.loc[one["dial"], ["low", "high"]])
    assert {one["dial"] for one in content["assumptions"] if one["more"] is not None} == set(
        told.index[told["clear"]]
    )
    assert content["points"] == 100


@pytest.mark.long
def test_an_assumption_set_by_hand_is_no_range(runs):
    content = conduct_of(view_of(f"{FEW}&set=temptation:0.5"), runs, Store(1))
    assert {one["dial"] for one in content["assumptions"] if one["low"] == one["high"]} == {
        "temptation"
    }
    assert content["points"] == 100


def test_conduct_that_would_be_one_stakeholders_is_withheld(runs):
    by_link = conduct_of(view_of(f"{FEW}&branch=12:BRA:signs"), runs, Store(1))
    assert (by_link["rows"], by_link["headline"]) == ([], None)
    assert by_link["withheld"]
    by_scenario = conduct_of(view_of(f"{FEW}&scenario=no-microsoft"), runs, Store(1))
    assert {"firm", "all"}.isdisjoint(row["part"] for row in by_scenario["rows"])
    assert by_scenario["headline"] is None
    assert by_scenario["withheld"]


@pytest.mark.long
def test_a_dial_that_changes_for_all_withholds_nothing(runs):
    assert (
        conduct_of(view_of(f"{FEW}&branch=12:monitoring:0.5"), runs, Store(1))["withheld"] is None
    )


def test_conduct_waits_its_turn_and_never_holds_up_what_is_known(monkeypatch):
    starts, go_on = threading.Semaphore(0), threading.Event()

    def slow(view, runs, baselines):
        starts.release()
        go_on.wait(60)
        return {"query": view.query()}

    monkeypatch.setattr(routes, "conduct_of", slow)
    client = create_app(replace(OWN, conduct=Bounds(1, 1, 1, 1))).server.test_client
    go_on.set()
    assert client().get("/data/conduct?seed=1").status_code == 200
    go_on.clear()
    under_way = threading.Thread(target=lambda: client().get("/data/conduct?seed=2"))
    under_way.start()
    assert starts.acquire(timeout=60)
    assert starts.acquire(timeout=60)
    assert client().get("/data/conduct?seed=3").status_code == 202
    assert client().get("/data/conduct?seed=1").status_code == 200
    go_on.set()
    under_way.join()


# The network


def test_everybody_with_a_name_has_one_place_on_the_circle(run):
    network = network_of(run)
    assert sorted(network["ids"]) == sorted(run.signed)
    region = run.directory().set_index("id")["region"]
    around = [region[who] for who in network["ids"]]
    assert [
        name for name, before in zip(around, [None, *around], strict=False) if name != before
    ] == [name for name, _ in network["regions"]]
    assert network_of(sim.run(replicates=1, seed=9)) == network


def test_regions_that_heed_each_other_are_neighbours_on_the_circle(run):
    around = [region for region, _ in network_of(run)["regions"]]
    place = around.index("Western Europe")
    beside = {around[place - 1], around[(place + 1) % len(around)]}
    assert beside <= {"Southern Europe", "Northern Europe", "Eastern Europe"}


def test_the_most_heeded_come_with_the_sums_of_their_weights(run):
    sums = run.ties_by_layer().groupby("heeds")["weight"].sum().sort_values(ascending=False)
    most = network_of(run)["most_heeded"]
    assert [weight for _, _, weight in most] == pytest.approx(
        sums.iloc[: len(most)].tolist(), abs=1e-3
    )


def test_a_great_power_that_few_heed_has_its_rank(run):
    ((who, rank, by, _),), ties = network_of(run)["powers"], run.ties_by_layer()
    sums, heed = ties.groupby("heeds")["weight"].sum(), ties.groupby("heeds")["who"].nunique()
    assert (who, rank, by) == ("CHN", 1 + (sums > sums["CHN"]).sum(), heed["CHN"])


def test_a_state_heeds_other_states_with_weights_that_sum_to_one(run):
    heeds = ties_of(run, "BRA")["heeds"]
    assert sum(weight for _, weight, _ in heeds) == pytest.approx(1, abs=0.01)
    assert heeds[0] == ["ARG", pytest.approx(0.06, abs=0.03), ["organisations", "region"]]
    assert "BRA" in [who for who, _, _ in ties_of(run, "ARG")["heeded_by"]]


def test_the_ties_are_those_that_the_model_plays_with(run):
    world, ids = run.setting.population_arrays, run.setting.population.ids
    ties = run.ties_by_layer().groupby(["who", "heeds"])["weight"].sum()
    who = ids.index("Microsoft")
    weights = {
        ids[world.ties_to[place]]: world.ties_weight[place]
        for place in range(world.ties_start[who], world.ties_start[who + 1])
    }
    assert {who: pytest.approx(weights[who]) for who in ties["Microsoft"].index} == ties[
        "Microsoft"
    ].to_dict()


def test_the_mixing_of_the_layers_is_a_dial(runs):
    regional = ties_of(runs.of(view_of(f"{FEW}&set=organisations_layer_share:0")), "BRA")
    assert {layer for _, _, layers in regional["heeds"] for layer in layers} == {"region"}


@pytest.mark.parametrize("who", ["<script>", "firm DEU-017"])
def test_ties_of_somebody_without_a_name_are_refused(run, who):
    with pytest.raises(sim.InputError, match="who"):
        ties_of(run, who)


# In a browser


@pytest.mark.browser
def test_the_page_shows_the_run_and_what_a_moved_dial_changes(page: Page, open_page):
    visit = open_page("?worlds=10")
    expect(page.locator(".graph .point")).to_have_count(3 * 13)
    medians = sim.run(replicates=10).table().groupby("kind")["median"].last()
    for kind, median in medians.items():
        expect(page.locator(f"#listed-{kind}")).to_have_text(count(median))
    expect(page.locator("#harm")).to_contain_text("%")
    before = page.locator("#listed-state").inner_text()
    page.get_by_role("slider", name="Loudness of the campaign").focus()
    page.keyboard.press("Home")
    expect(page.locator("#listed-state")).not_to_have_text(before)
    assert set(visit.query.split("&")) == {"set=attention_scale:0", "worlds=10"}
    page.get_by_role("button", name="Reset loudness of the campaign").click()
    expect(page.locator("#listed-state")).to_have_text(before)
    assert visit.query == "worlds=10"
    page.get_by_role("tab", name="Map").click()
    expect(page.locator("#world [data-member]")).to_have_count(193)
    assert "figure=map" in visit.query
    page.get_by_role("tab", name="Table").click()
    expect(page.locator("#stakeholders .ag-row").first).to_be_visible()


@pytest.mark.long
@pytest.mark.browser
def test_a_link_restores_the_view(page: Page, open_page):
    link = (
        "scenario=great-powers-sign&choose=who:USA,CHN&lens=realist&set=monitoring:0.5&branch=12:BRA:signs&worlds=10"
        "&seed=3&round=6"
    )
    visit = open_page(f"?{link}")
    expect(page.locator("#title")).to_have_text("The great powers sign")
    expect(page.locator("#provenance")).to_contain_text(
        "10 simulated worlds, draw of chance 3, lens realist"
    )
    expect(page.locator("#round-number")).to_have_text("month 6")
    expect(page.locator("#branches")).to_contain_text("Brazil signs")
    page.get_by_text("dials, by what they are about").click()
    page.get_by_role("button", name="Rules of the code").click()
    expect(page.locator(".dial").get_by_role("slider", name="Monitoring")).to_have_attribute(
        "aria-valuenow", "0.5"
    )
    expect(page.locator('[data-idle="ratification_rate"]')).to_have_text(
        re.compile("^Does nothing here, while")
    )
    assert sorted(visit.query.split("&")) == sorted(link.split("&"))
    page.locator("#reset-all").click()
    expect(page.locator(":is(.dial, .first-dial).is-moved")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("set="))


@pytest.fixture(scope="module")
def visit(profile: BrowserContext, address: str) -> Iterator[Visit]:
    """The page, opened once for the tests that follow, which run in this order."""
    page = profile.new_page()
    visit = Visit(page, address, f"?{FEW}")
    page.get_by_role("tab", name="Table").click()
    expect(page.locator("#stakeholders .ag-row").first).to_be_visible()
    yield visit
    assert visit.wrong == []
    page.close()


@pytest.mark.long
@pytest.mark.browser
def test_conduct_is_a_range_that_opens_its_assumptions_by_keyboard(visit, run):
    low, high = run.outcomes.set_index("outcome").loc["harm_prevented", ["low", "high"]]
    expect(visit.page.locator("#harm")).to_have_text(f"{extent(low, high)} %")
    expect(visit.page.locator("#conduct-card")).to_contain_text("assumed")
    visit.page.locator("#conduct-more > summary").press("Enter")
    clear = run.assumptions()["clear"].sum()
    expect(visit.page.locator("#assumptions li")).to_have_count(min(clear, 5))
    expect(visit.page.locator("#assumptions")).to_contain_text("share of crime in harm 0.3")
    expect(visit.page.locator("#assumptions")).to_contain_text(
        "The more, the less harm is prevented"
    )
    visit.page.locator("#assumptions-others-title").press("Enter")
    expect(visit.page.locator("#assumptions-others li")).to_have_count(
        len(run.assumptions()) - min(clear, 5)
    )


@pytest.mark.long
@pytest.mark.browser
def test_conduct_is_on_the_page_in_its_own_card_alone(visit):
    text = visit.page.locator("body").inner_text().lower()
    card = visit.page.locator("#conduct-card").inner_text().lower()
    assert [
        label for label in LABELS if text.count(label.lower()) > card.count(label.lower())
    ] == []


@pytest.mark.long
@pytest.mark.browser
def test_all_ties_of_one_are_read_as_a_list(visit, run):
    page = visit.page
    page.get_by_role("tab", name="Network").click()
    page.locator("#network-who").fill("Brazil")
    expect(page.locator("[data-combobox-selected]")).to_have_text("Brazil")
    page.keyboard.press("Enter")
    heeds = ties_of(run, "BRA")["heeds"]
    expect(page.locator("#network-finding")).to_contain_text("Brazil’s ten strongest ties: ")
    expect(page.locator("#network-ties h3").first).to_have_text(f"Brazil heeds: {len(heeds)}")
    strongest = run.directory().set_index("id")["name"][heeds[0][0]]
    expect(page.locator("#network-ties tbody tr").first).to_contain_text(strongest)
    page.locator("#network-layer").click()
    page.get_by_role("option", name="Same sub-region").click()
    regional = [tie for tie in heeds if "region" in tie[2]]
    expect(page.locator("#network-ties h3").first).to_have_text(f"Brazil heeds: {len(regional)}")


@pytest.mark.long
@pytest.mark.browser
def test_playing_shows_round_after_round_and_asks_nobody(visit):
    page = visit.page
    expect(page.locator("#harm")).to_contain_text(
        "%"
    )  # the last thing that the page asks for by itself
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.get_by_label("Speed, in rounds a second").select_option("2 a second")
    page.locator("#round").fill("10")
    expect(page.locator("#round-number")).to_have_text("month 0")
    at_launch = int(page.locator("#listed-state").inner_text())
    page.locator("#play").click()
    expect(page.locator("#round-number")).to_have_text(re.compile(r"month ([3-9]|\d\d)"))
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_text("Play")
    assert int(page.locator("#listed-state").inner_text()) > at_launch
    assert [url for url in requests if "/data/" in url] == []
    assert "round=" in visit.query


@pytest.mark.long
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


@pytest.mark.long
@pytest.mark.browser
def test_the_table_follows_the_round_and_keeps_its_order_by_share(visit):
    page = visit.page
    page.get_by_role("tab", name="Table").click()
    page.locator('#stakeholders .ag-header-cell[col-id="signed"]').click()
    first = page.locator('#stakeholders .ag-row[row-index="0"] [col-id="signed"]')
    expect(first).to_have_text("100 %")
    page.locator("#round").fill("0")
    most = page.evaluate("() => Math.max(...parley.record.signed[0]) / parley.record.worlds")
    expect(first).to_have_text(percent(most))


@pytest.mark.long
@pytest.mark.browser
def test_the_table_is_filtered_by_group_and_by_words_and_opens_a_stakeholder(visit, run):
    people = run.directory()
    in_asean = people[people["memberships"].map(lambda groups: "asean" in groups)]
    page = visit.page
    page.locator("#table-group").click()
    page.get_by_role("option", name="ASEAN").click()
    expect(page.locator("#table-count")).to_have_text(f"{len(in_asean)} of {len(people)} shown.")
    page.get_by_label("Search", exact=True).fill("viet nam")  # one of its other names
    expect(page.locator("#table-count")).to_have_text(f"1 of {len(people)} shown.")
    name = page.locator("#stakeholders").get_by_role("link", name="Vietnam")
    expect(name).to_have_attribute("href", f"stakeholder?{FEW}&round=-10&figure=table&who=VNM")
    page.locator('#stakeholders .ag-center-cols-container [col-id="name"]').click(
        position={"x": 150, "y": 10}
    )
    page.wait_for_url("**/stakeholder?*who=VNM*")


@pytest.mark.long
@pytest.mark.browser
def test_the_map_shows_one_world_as_the_link_says_and_every_control_moves_the_link(
    page, open_page, run
):
    visit = open_page(f"?{FEW}&round=3&world=2")
    expect(page.locator("#world-unit")).to_contain_text(f"world 2 of {WORLDS}, 12 February 2019")
    at_three = run.world(2).loc[3]
    values = """() => { const [area, dot] = document.querySelector("#world .js-plotly-plot").data;
        return Object.fromEntries([...area.locations.map((id, k) => [id, area.z[k]]),
                                   ...dot.ids.map((id, k) => [id, dot.marker.color[k]])]); }"""
    expect(page.locator("#world .choroplethlocation[data-member]")).to_have_count(171)
    statuses = page.evaluate(values)
    words = {status.number: status.word for status in sim.STATUSES.values()}
    assert {who: words[number] for who, number in statuses.items()} == at_three[
        list(statuses)
    ].to_dict()
    assert set(visit.query.split("&")) == {FEW, "round=3", "world=2"}
    page.get_by_role("radiogroup", name="Worlds on the map").get_by_text("All worlds").click()
    page.get_by_role("radiogroup", name="Share shown on the map").get_by_text(
        "Not taken up", exact=True
    ).click()
    expect(page.locator("#world-unit")).to_contain_text(f"Share of the {WORLDS} simulated worlds")
    assert set(visit.query.split("&")) == {FEW, "round=3", "map=untouched"}
    page.locator("#lens").click()
    page.get_by_role("option", name="null:").click()
    page.locator("#worlds").fill("4")
    expect(page.locator("#provenance")).to_contain_text("4 simulated worlds, lens null")
    page.locator("#seed").fill("5")
    expect(page.locator("#provenance")).to_contain_text(
        "4 simulated worlds, draw of chance 5, lens null"
    )
    assert set(visit.query.split("&")) == {
        "lens=null",
        "worlds=4",
        "seed=5",
        "round=3",
        "map=untouched",
    }
    medians = sim.run(replicates=4, seed=5, lens="null").listed
    expect(page.locator("#listed-state")).to_have_text(count(np.median(medians[:, 13, 0])))
    page.locator("#weights").click()
    page.get_by_role("option", name="luck and weights").click()
    expect(page.locator(".basis").first).to_contain_text("worlds under draws of the fitted weights")
    assert "weights=draws" in visit.query.split("&")
    medians = sim.run(replicates=4, seed=5, lens="null", weights="draws").listed
    expect(page.locator("#listed-state")).to_have_text(count(np.median(medians[:, 13, 0])))
