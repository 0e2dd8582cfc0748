"""The page Code designer: a text beside the present one, and the frontier around it."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from flask.testing import FlaskClient
from test_names_and_conduct import REAL, in_json

import sim
from dashboard.data.pairs import MANY, NAMED
from dashboard.data.words import POWER
from dashboard.pages.designer.below import CONDUCT_BY
from dashboard.pages.designer.layout import CONCERNS, ENDS, TRIES, layout
from dashboard.pages.designer.position import NO_COMMON, effects_of
from dashboard.pages.designer.routes import frame_of, is_of_the_text, present_of
from dashboard.view import view_of
from sim.experiments import assumptions
from sim.facts import SHIPPED
from sim.number_formats import mean, percent

FEW = "worlds=4&set=temptation:1.4"
DEEPER = "set=ambition_1:0.9&set=ambition_7:1"


def content_of(client: FlaskClient, path: str, *query: str) -> dict:
    """The server's answer to a question that makes sense."""
    response = client.get(f"/data/{path}?{'&'.join([FEW, *query])}")
    assert response.status_code == 200, response.json
    return json.loads(response.data)


def named(layout) -> list[str]:
    """All texts of a layout that are called lever-name, in their order."""
    parts = [part for part in layout._traverse() if getattr(part, "className", "") == "lever-name"]
    words = [
        part.children if isinstance(part.children, list) else [part.children] for part in parts
    ]
    return [" ".join(str(getattr(each, "children", each)) for each in some) for some in words]


def test_all_provisions_are_in_sight_with_their_names_and_grouped():
    page = layout()
    names = named(page)
    code = sim.load("paris-call-2018").code
    assert [name for name in names if name[0].isdigit()] == [
        f"{p.principle} {p.short_name[0].upper()}{p.short_name[1:]}"
        for conduct in CONCERNS for p in code.provisions if p.conduct == conduct
    ]  # fmt: skip
    assert {"Openness", "Public rule", "Monitoring", "Sanctions"} <= set(names)
    folded = [part for part in page._traverse() if type(part).__name__ == "Details"]
    assert [name for part in folded for name in named(part)] == []


def test_every_text_to_begin_with_is_a_text(client):
    for changes in TRIES.values():
        link = "&".join(f"set={name}:{value:g}" for name, value in changes.items())
        content = content_of(client, "design", link)
        assert content["query"] != content["present_query"]
        assert all(is_of_the_text(name) for name in changes)


def test_every_provision_of_every_scenario_has_plain_words():
    codes = [sim.load(name).code for name, _, _ in sim.available()]
    assert {frozenset(provision.principle for provision in code.provisions) for code in codes} == {
        frozenset(ENDS)
    }


def test_the_present_text_keeps_all_that_is_not_the_text():
    view = view_of(
        "set=text_openness:0.2&set=text_public_rule:0&set=ambition_8:0&set=temptation:1.2&set=monitoring:1"
        "&branch=12:BRA:signs&may_sign=states"
    )
    assert present_of(view).query() == "set=temptation:1.2&branch=12:BRA:signs"


@pytest.fixture(scope="module")
def design(client) -> dict:
    return content_of(client, "design", DEEPER)


@pytest.fixture(scope="module")
def comparison() -> sim.Comparison:
    present = sim.load("paris-call-2018").with_changes(set={"temptation": 1.4})
    deeper = present.with_changes(set={"ambition_1": 0.9, "ambition_7": 1})
    return sim.compare(present, deeper, replicates=4, seed=1)


def test_those_who_come_and_those_who_leave_are_those_of_the_library(design, comparison):
    names = set(comparison.first.directory()["id"])
    changes = {who: change for who, change in comparison.signed.items() if change and who in names}
    assert (
        {row["id"] for row in design["down"]}
        == {who for who, change in changes.items() if change < 0}
        != set()
    )
    assert {row["id"] for row in design["up"]} == {
        who for who, change in changes.items() if change > 0
    }
    first, second = comparison.first.signed, comparison.second.signed
    turned = {row["id"] for row in [*design["up"], *design["down"]] if row["turns"]}
    crosses = {who for who in changes if (first[who] > 0.5) != (second[who] > 0.5)}
    assert turned == {who for who in crosses if abs(changes[who]) > 0.099}
    rows = {row["id"]: row["second"] - row["first"] for row in [*design["up"], *design["down"]]}
    assert rows == pytest.approx(changes)


def test_whoever_crosses_one_half_by_less_than_a_tenth_is_on_the_edge(client):
    link = "worlds=50&set=ambition_1:0.75&set=ambition_5:0.25"
    content = json.loads(client.get(f"/data/design?{link}").data)
    rows = {row["name"]: row for way in ("up", "down") for row in content[way]}
    assert all(not (row["edge"] and (row["turns"] or row["moves"])) for row in rows.values())
    edge = [row for row in rows.values() if row["edge"]]
    assert {"Dominican Republic", "Haiti"} <= {row["name"] for row in edge}
    assert all(
        row["first"] > 0.5 >= row["second"] and row["first"] - row["second"] < 0.1 for row in edge
    )
    left = [row["second"] - row["first"] for row in content["down"] if row["turns"]]
    assert left == sorted(left)
    assert max(left) <= -0.1
    for row in content[
        "down"
    ]:  # who leaves only to about half of the worlds is marked, and counted with the others
        assert row["near_half"] == (row["turns"] and row["second"] > 0.379)
    assert any(row["near_half"] for row in content["down"])


STATE_LED = ("set=text_openness:0.1", "set=text_public_rule:0.9")


def test_one_coalition_for_another_is_told_where_many_join_and_many_leave(client, comparison):
    content = content_of(client, "design", *STATE_LED)
    people = comparison.first.directory()
    power = dict(zip(people["name"], people["weight"], strict=True))
    for way, told in content["coalitions"].items():
        states = [row for row in content[way] if row["turns"] and row["kind"] == "state"]
        assert told["number"] == len(states) >= MANY
        by_power = sorted(states, key=lambda row: -power[row["name"]])
        assert told["named"] == [row["said"] for row in by_power[:NAMED]]
    assert content_of(client, "design", DEEPER)["coalitions"] is None  # nobody joins


def test_what_is_supposed_of_a_great_power_is_no_finding(client):
    for text in ([], STATE_LED):
        powers = content_of(client, "design", "scenario=great-powers-sign", *text)["powers"]
        assert {power["supposed"] for power in powers} == {"signs"}
    content = content_of(client, "design", "branch=12:USA:stays-out")
    assert {
        power["said"]: power["supposed"] for power in content["powers"] if power["supposed"]
    } == {"the United States": "stays-out"}


def test_other_fits_are_those_of_the_page_compare(client):
    content = content_of(client, "design", DEEPER)
    beside = client.get(
        f"/data/compare?{content['present_query']}&with={quote(content['query'])}"
    ).get_json()
    assert content["other_fits"] == beside["other_fits"] != ""
    [pair] = client.get(f"/data/compare?{content['other_fits']}").get_json()["pairs"]
    assert pair["in_other_fits"].startswith("With other fits that the data allow: ")
    assert content_of(client, "design", DEEPER, "lens=realist")["other_fits"] == ""


def test_the_ranges_of_the_present_levels_are_those_of_simulate(client, design):
    record = client.get(f"/data/run?{FEW}").get_json()
    for kind in sim.KINDS:
        bands = record["bands"]["listed"][kind]
        assert design["levels"][kind] == pytest.approx(
            [bands["low_90"][-1], bands["high_90"][-1]], abs=1e-3
        )


def test_the_great_powers_are_told_of_under_every_text(client):
    for text in ([], ["set=text_openness:0.1&set=text_public_rule:0.9"]):
        content = content_of(client, "design", *text)
        signed = {row["id"]: row for way in ("up", "down") for row in content[way]}
        assert [power["said"] for power in content["powers"]] == [
            "China",
            "Russia",
            "the United States",
        ]
        for power, who in zip(content["powers"], ("CHN", "RUS", "USA"), strict=True):
            moved = signed.get(who)
            assert moved is None or (moved["first"], moved["second"]) == (
                power["first"],
                power["second"],
            )
            assert (moved is None) == (power["first"] == power["second"])
            assert power["in_most"] == (power["second"] > 0.5)


def test_the_levels_are_medians_of_the_worlds(design, comparison):
    first, second = (
        run.by_replicate["signatories", "state"] for run in (comparison.first, comparison.second)
    )
    [row] = [row for row in design["differences"] if row["key"] == "signatories-state"]
    assert [row["first_median"], row["second_median"]] == [np.median(first), np.median(second)]


def test_those_with_a_name_are_counted_among_all_of_their_kind(design, comparison):
    people = comparison.first.directory()
    assert design["with_name"] == people["kind"].value_counts().to_dict()
    assert design["everybody"]["state"] == design["with_name"]["state"] == 193
    sizes = comparison.first.setting.group_sizes
    assert [design["everybody"][kind] for kind in ("firm", "ngo")] == sizes[3:].tolist()
    assert all(
        0 < design["with_name"][kind] < design["everybody"][kind] for kind in ("firm", "ngo")
    )


def test_the_ranges_of_the_changes_are_those_of_pairs(design, comparison):
    first, second = (
        run.by_replicate["signatories", "state"] for run in (comparison.first, comparison.second)
    )
    [row] = [row for row in design["differences"] if row["key"] == "signatories-state"]
    assert [row["low_90"], row["high_90"]] == np.percentile(second - first, [5, 95]).tolist()
    assert row["difference"] == pytest.approx((second - first).mean())
    assert [row["first"], row["second"]] == pytest.approx([first.mean(), second.mean()])


def test_the_depths_are_those_of_the_texts(design, comparison):
    assert design["text"]["present"]["depth"] == comparison.first.scenario.code.depth
    assert design["text"]["designed"]["depth"] == comparison.second.scenario.code.depth
    assert design["text"]["designed"]["ambitions"]["7"] == 1


def test_a_text_has_a_position(client):
    text = content_of(client, "design", "set=text_openness:0.2")["text"]
    assert (text["present"]["text_openness"], text["designed"]["text_openness"]) == (0.8, 0.2)
    assert text["designed"]["text_public_rule"] == text["present"]["text_public_rule"]


def weights_with(folder: Path, **numbers: str) -> sim.Scenario:
    """The Paris Call under the weights that ship, but with other *numbers* on the lines that begin
    so.
    """
    lines = sim.load("paris-call-2018").weights_file.read_text(encoding="utf-8").splitlines()
    section, changed = "", []
    for line in lines:
        section = line.split("]")[0].strip("[") if line.startswith("[") else section
        key = f"{section.replace('.', '_')}_{line.split(' ')[0]}"
        changed.append(f"{line.split(' ')[0]} = {numbers[key]}" if key in numbers else line)
    file = folder / "own.toml"
    file.write_text("\n".join(changed), encoding="utf-8")
    scenario = folder / "scenario.toml"
    scenario.write_text(f'base = "paris-call-2018"\nweights = "{file.name}"\n', encoding="utf-8")
    return sim.load(scenario)


def test_what_is_known_of_a_position_is_what_the_file_of_weights_says(tmp_path):
    effects = effects_of(sim.load("paris-call-2018"))
    assert "instruments show that it matters" in effects["text_openness"].verdict
    assert "do not show that it matters to states" in effects["text_public_rule"].verdict
    weights = [
        weight for weight in sim.load("paris-call-2018").common() if weight.of_text == "openness"
    ]
    assert {weight.name for weight in weights} == {
        "state_direction",
        "state_ideal_point",
        "state_record",
    }
    for weight in weights:
        assert (
            f" {mean(weight.value)} ({mean(weight.low)} to {mean(weight.high)})"
            in effects["text_openness"].numbers
        )
    other = effects_of(
        weights_with(
            tmp_path,
            common_state_affinity="2.5",
            fit_common_low_state_affinity="1.5",
            fit_common_high_state_affinity="3.5",
            fit_low_firm_affinity="1.25",
        )
    )
    assert "instruments show that it matters to states" in other["text_public_rule"].verdict
    assert other["text_public_rule"].numbers.startswith(
        "States 2.5 (1.5 to 3.5). The register alone:"
    )
    assert "firms 5.2 (1.3 to" in other["text_public_rule"].numbers


def test_a_lens_that_looks_at_no_text_says_so():
    effects = effects_of(sim.load("paris-call-2018").with_lens("null"))
    assert {effect.verdict for effect in effects.values()} == {NO_COMMON}


def test_a_text_for_states_alone_has_no_firm(client):
    content = content_of(client, "design", "may_sign=states")
    assert [
        row["second"] for row in content["differences"] if row["key"] == "signatories-firm"
    ] == [0]
    assert content["points"]["designed"]["signatories_ngo"] == 0
    assert "Microsoft" in {row["id"] for row in content["down"]}
    assert content["text"]["designed"]["may_sign"] == ["states"]


def test_the_first_answer_to_a_moved_slider_is_from_the_first_of_the_same_worlds(
    client, comparison
):
    first = client.get(f"/data/design?{FEW.replace('worlds=4', 'worlds=2')}&{DEEPER}").get_json()
    worlds = [
        run.by_replicate["signatories", "firm"][:2] for run in (comparison.first, comparison.second)
    ]
    [row] = [row for row in first["differences"] if row["key"] == "signatories-firm"]
    assert [row["first_median"], row["second_median"]] == [np.median(some) for some in worlds]


@pytest.fixture(scope="module")
def frontier(client) -> dict:
    return content_of(client, "frontier", DEEPER, "set=monitoring:1")


def test_the_frontier_is_that_of_the_present_text_whatever_is_designed(client, frontier):
    assert content_of(client, "frontier") == frontier
    assert "monitoring" not in frontier["view"]
    assert [text["depth"] for text in frontier["texts"] if text["present"]] == [
        sim.load("paris-call-2018").code.depth
    ]


def test_the_first_answer_is_one_way_of_the_frontier(client, frontier):
    first = content_of(client, "frontier/first", DEEPER, "set=monitoring:1")
    together = [text for text in frontier["texts"] if text["way"] == "together"]
    plain = [
        {name: value for name, value in text.items() if name != "frontier"} for text in together
    ]
    assert [
        {name: value for name, value in text.items() if name != "frontier"}
        for text in first["texts"]
    ] == plain
    assert first["of"] == frontier["of"] == len(frontier["texts"]) > len(first["texts"])


def test_each_text_of_the_frontier_was_simulated(client, frontier):
    for text in frontier["texts"][4], frontier["texts"][12]:
        scenario = sim.load("paris-call-2018").with_changes(set={"temptation": 1.4} | text["set"])
        run = sim.run(scenario, replicates=4, seed=1)
        assert text["depth"] == pytest.approx(scenario.code.depth)
        assert text["signatories_state"][1] == np.median(run.by_replicate["signatories", "state"])
    point = content_of(client, "design")["points"]["present"]
    assert point["signatories_state"] == frontier["texts"][4]["signatories_state"][1]


def test_the_link_of_a_text_leads_to_that_text(frontier):
    for text in frontier["texts"]:
        link = "&".join(f"set={name}:{value}" for name, value in text["set"].items())
        assert view_of(link).variant.code.depth == pytest.approx(text["depth"], abs=1e-5)


def test_to_ask_for_everything_costs_signatories(frontier):
    least, most = (
        min(frontier["texts"], key=lambda text: sign * text["depth"]) for sign in (1, -1)
    )
    assert least["signatories_state"][1] > most["signatories_state"][1]
    assert "signatories_state" in least["frontier"]
    assert "signatories_state" in most["frontier"]


@pytest.mark.long
def test_conduct_is_that_of_the_library_without_a_name(client, comparison, design, frontier):
    content = content_of(client, "design/conduct", DEEPER)
    [row] = [
        row for row in content["rows"] if row["outcome"] == "operations" and row["group"] == "firms"
    ]
    there = comparison.outcomes.set_index(["outcome", "part"]).loc[("operations", "firm")]
    assert row["change"] == [there["low"], there["high"]]
    assert [name for name in REAL if f'"{name}"' in json.dumps(content)] == []
    assert list(in_json([content, design, frontier])) == []


def test_a_text_differs_from_itself_in_no_conduct(client):
    rows = content_of(client, "design/conduct")["rows"]
    assert {end for row in rows for end in row["change"]} <= {0, None}


@pytest.mark.long
def test_conduct_by_depth_is_that_of_the_library_at_both_memberships(client, monkeypatch):
    monkeypatch.setattr(
        assumptions, "POINTS", 20
    )  # of the hundred at which each of nine texts is simulated
    content = content_of(client, "frontier/conduct")
    frontier = sim.frontier(
        depths=[0, 1, 2], replicates=1, seed=content["seed"], set={"temptation": 1.4}
    )
    table = frontier.table().set_index(["scale", "membership", "outcome", "part"])
    texts = {
        (row["scale"], row["membership"], row["outcome"], row["part"]): row
        for row in content["texts"]
    }
    for key in itertools.product(
        (0.0, 1.0, 2.0), ("fixed", "free"), ("harm_prevented", "compliance"), ("all",)
    ):
        assert (texts[key]["low"], texts[key]["high"]) == tuple(table.loc[key, ["low", "high"]])
    assert texts[0.0, "free", "harm_prevented", "all"]["high"] == 0
    assert {row["part"] for row in content["texts"]} == {"all", "operations", "practices"}
    assert content["said"].keys() == CONDUCT_BY.keys()


def test_a_frontier_has_few_worlds():
    assert frame_of(view_of("worlds=200")).worlds == 20


def test_what_is_said_of_power_is_what_states_weigh():
    """Words and numbers of `POWER`, against the states of the model and the facts they are computed
    from.
    """
    people = sim.run(sim.load("paris-call-2018"), replicates=1, seed=1).directory()
    states = people[people["kind"] == "state"].set_index("id")["weight"]
    figures = SHIPPED.states()
    size = (
        sum(
            figures[figure] / figures[figure].sum()
            for figure in ("gdp_usd_bn_2017", "population_m_2017")
        )
        / 2
    )
    assert (states / states.max()).to_numpy() == pytest.approx(
        np.sqrt(size / size.max())[states.index], abs=1e-3
    )
    giants = ["USA", "CHN", "RUS"]
    shares = [percent(float(some[giants].sum() / some.sum())) for some in (states, size)]
    assert re.findall(r"\d+\s%", POWER) == shares
