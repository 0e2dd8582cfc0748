"""What the home page asks for beside its record: one world, conduct as ranges, the influence network."""

from __future__ import annotations

import threading

import numpy as np
import pytest

import sim
from dashboard.app import create_app
from dashboard.cache import Runs
from dashboard.data.record import record_of
from dashboard.pages.simulate import routes
from dashboard.pages.simulate.conduct import conduct_of
from dashboard.pages.simulate.network import network_of, ties_of
from dashboard.view import view_of

WORLDS = 6
FEW = f"worlds={WORLDS}"


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


def test_conduct_waits_its_turn_and_never_holds_up_what_is_known(monkeypatch):
    begun, go_on = threading.Semaphore(0), threading.Event()

    def slow(view, runs):
        begun.release()
        go_on.wait(60)
        return {"query": view.query()}

    monkeypatch.setattr(routes, "conduct_of", slow)
    monkeypatch.setattr(routes, "MOST_WAITING", 1)
    client = create_app().server.test_client
    go_on.set()
    assert client().get("/data/conduct?seed=1").status_code == 200
    go_on.clear()
    under_way = threading.Thread(target=lambda: client().get("/data/conduct?seed=2"))
    under_way.start()
    assert begun.acquire(timeout=60)
    assert begun.acquire(timeout=60)
    refused = client().get("/data/conduct?seed=3")
    assert (refused.status_code, "being simulated" in refused.get_json()["message"]) == (202, True)
    assert client().get("/data/conduct?seed=1").status_code == 200
    go_on.set()
    under_way.join()


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


def test_regions_that_heed_each_other_are_neighbours_on_the_circle(run):
    around = [region for region, _ in network_of(run)["regions"]]
    place = around.index("Western Europe")
    beside = {around[place - 1], around[(place + 1) % len(around)]}
    assert beside <= {"Southern Europe", "Northern Europe", "Eastern Europe"}


def test_whoever_is_heeded_most_is_told_with_the_sum_of_its_weights(run):
    sums = run.ties().groupby("heeds")["weight"].sum().sort_values(ascending=False)
    told = network_of(run)["most_heeded"]
    assert [weight for _, _, weight in told] == pytest.approx(sums.iloc[: len(told)].tolist(), abs=1e-3)


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
