"""The page Code designer: a text beside the present one, the frontier around it, and the page in a browser."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from test_names_and_conduct import REAL, in_json
from visits import Visit

import sim
from dashboard.data.words import EXTRAPOLATED, POWER, WHAT_IF
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
    words = [part.children if isinstance(part.children, list) else [part.children] for part in parts]
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
    assert {frozenset(provision.principle for provision in code.provisions) for code in codes} == {frozenset(ENDS)}


def test_the_present_text_keeps_all_that_is_not_the_text():
    view = view_of("set=text_openness:0.2&set=text_public_rule:0&set=ambition_8:0&set=temptation:1.2&set=monitoring:1"
                   "&branch=12:BRA:signs&may_sign=states")
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
    assert {row["id"] for row in design["down"]} == {who for who, change in changes.items() if change < 0} != set()
    assert {row["id"] for row in design["up"]} == {who for who, change in changes.items() if change > 0}
    first, second = comparison.first.signed, comparison.second.signed
    turned = {row["id"] for row in [*design["up"], *design["down"]] if row["turns"]}
    assert turned == {who for who in changes if (first[who] > 0.5) != (second[who] > 0.5)}
    rows = {row["id"]: row["second"] - row["first"] for row in [*design["up"], *design["down"]]}
    assert rows == pytest.approx(changes)


def test_the_levels_are_medians_of_the_worlds(design, comparison):
    first, second = (run.by_replicate["signatories", "state"] for run in (comparison.first, comparison.second))
    [row] = [row for row in design["differences"] if row["key"] == "signatories-state"]
    assert [row["first_median"], row["second_median"]] == [np.median(first), np.median(second)]


def test_those_with_a_name_are_counted_among_all_of_their_kind(design, comparison):
    people = comparison.first.directory()
    assert design["with_name"] == people["kind"].value_counts().to_dict()
    assert design["everybody"]["state"] == design["with_name"]["state"] == 193
    sizes = comparison.first.setting.group_sizes
    assert [design["everybody"][kind] for kind in ("firm", "ngo")] == sizes[3:].tolist()
    assert all(0 < design["with_name"][kind] < design["everybody"][kind] for kind in ("firm", "ngo"))


def test_the_ranges_of_the_changes_are_those_of_pairs(design, comparison):
    first, second = (run.by_replicate["signatories", "state"] for run in (comparison.first, comparison.second))
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
    """The Paris Call under the weights that ship, but with other *numbers* on the lines that begin so."""
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
    weights = [weight for weight in sim.load("paris-call-2018").common() if weight.of_text == "openness"]
    assert {weight.name for weight in weights} == {"state_direction", "state_ideal_point", "state_record"}
    for weight in weights:
        assert f" {mean(weight.value)} ({mean(weight.low)} to {mean(weight.high)})" in effects["text_openness"].numbers
    other = effects_of(weights_with(tmp_path, common_state_affinity="2.5", fit_common_low_state_affinity="1.5",
                                    fit_common_high_state_affinity="3.5", fit_low_firm_affinity="1.25"))  # fmt: skip
    assert "instruments show that it matters to states" in other["text_public_rule"].verdict
    assert other["text_public_rule"].numbers.startswith("States 2.5 (1.5 to 3.5). The register alone:")
    assert "firms 5.2 (1.3 to" in other["text_public_rule"].numbers


def test_a_lens_that_looks_at_no_text_says_so():
    effects = effects_of(sim.load("paris-call-2018").with_lens("null"))
    assert {effect.verdict for effect in effects.values()} == {NO_COMMON}


def test_a_text_for_states_alone_has_no_firm(client):
    content = content_of(client, "design", "may_sign=states")
    assert [row["second"] for row in content["differences"] if row["key"] == "signatories-firm"] == [0]
    assert content["points"]["designed"]["signatories_ngo"] == 0
    assert "Microsoft" in {row["id"] for row in content["down"]}
    assert content["text"]["designed"]["may_sign"] == ["states"]


def test_the_first_answer_to_a_moved_slider_is_from_the_first_of_the_same_worlds(client, comparison):
    first = client.get(f"/data/design?{FEW.replace('worlds=4', 'worlds=2')}&{DEEPER}").get_json()
    worlds = [run.by_replicate["signatories", "firm"][:2] for run in (comparison.first, comparison.second)]
    [row] = [row for row in first["differences"] if row["key"] == "signatories-firm"]
    assert [row["first_median"], row["second_median"]] == [np.median(some) for some in worlds]


@pytest.fixture(scope="module")
def frontier(client) -> dict:
    return content_of(client, "frontier", DEEPER, "set=monitoring:1")


def test_the_frontier_is_that_of_the_present_text_whatever_is_designed(client, frontier):
    assert content_of(client, "frontier") == frontier
    assert "monitoring" not in frontier["view"]
    assert [text["depth"] for text in frontier["texts"] if text["present"]] == [sim.load("paris-call-2018").code.depth]


def test_the_first_answer_is_one_way_of_the_frontier(client, frontier):
    first = content_of(client, "frontier/first", DEEPER, "set=monitoring:1")
    together = [text for text in frontier["texts"] if text["way"] == "together"]
    plain = [{name: value for name, value in text.items() if name != "frontier"} for text in together]
    assert [{name: value for name, value in text.items() if name != "frontier"} for text in first["texts"]] == plain
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
    least, most = (min(frontier["texts"], key=lambda text: sign * text["depth"]) for sign in (1, -1))
    assert least["signatories_state"][1] > most["signatories_state"][1]
    assert "signatories_state" in least["frontier"]
    assert "signatories_state" in most["frontier"]


def test_conduct_is_that_of_the_library_without_a_name(client, comparison, design, frontier):
    content = content_of(client, "design/conduct", DEEPER)
    [row] = [row for row in content["rows"] if row["outcome"] == "operations" and row["group"] == "firms"]
    there = comparison.outcomes.set_index(["outcome", "part"]).loc[("operations", "firm")]
    assert row["change"] == [there["low"], there["high"]]
    assert [name for name in REAL if f'"{name}"' in json.dumps(content)] == []
    assert list(in_json([content, design, frontier])) == []


def test_a_text_differs_from_itself_in_no_conduct(client):
    rows = content_of(client, "design/conduct")["rows"]
    assert {end for row in rows for end in row["change"]} <= {0, None}


def test_conduct_by_depth_is_that_of_the_library_at_both_memberships(client, monkeypatch):
    monkeypatch.setattr(assumptions, "POINTS", 20)  # of the hundred at which each of nine texts is simulated
    content = content_of(client, "frontier/conduct")
    frontier = sim.frontier(depths=[0, 1, 2], replicates=1, seed=content["seed"], set={"temptation": 1.4})
    table = frontier.table().set_index(["scale", "membership", "outcome", "part"])
    texts = {(row["scale"], row["membership"], row["outcome"], row["part"]): row for row in content["texts"]}
    for key in itertools.product((0.0, 1.0, 2.0), ("fixed", "free"), ("harm_prevented", "compliance"), ("all",)):
        assert (texts[key]["low"], texts[key]["high"]) == tuple(table.loc[key, ["low", "high"]])
    assert texts[0.0, "free", "harm_prevented", "all"]["high"] == 0
    assert {row["part"] for row in content["texts"]} == {"all", "operations", "practices"}
    assert any(sentence.startswith("At fixed membership") for sentence in content["sentences"])


def test_a_frontier_has_few_worlds():
    assert frame_of(view_of("worlds=200")).worlds == 20


def test_what_is_said_of_power_is_what_states_weigh():
    """Words and numbers of `POWER`, against the states of the model and the facts they are computed from."""
    people = sim.run(sim.load("paris-call-2018"), replicates=1, seed=1).directory()
    states = people[people["kind"] == "state"].set_index("id")["weight"]
    figures = SHIPPED.states()
    size = sum(figures[figure] / figures[figure].sum() for figure in ("gdp_usd_bn_2017", "population_m_2017")) / 2
    assert (states / states.max()).to_numpy() == pytest.approx(np.sqrt(size / size.max())[states.index], abs=1e-3)
    giants = ["USA", "CHN", "RUS"]
    shares = [percent(float(some[giants].sum() / some.sum())) for some in (states, size)]
    assert re.findall(r"\d+\s%", POWER) == shares


def open_designer(open_page, *query: str, width: int = 1440) -> Visit:
    visit = open_page(f"designer?{'&'.join([FEW, *query])}", width=width)
    expect(visit.page.locator("#design-provenance")).to_contain_text("4 worlds under each text")
    return visit


def levels_agree(page: Page) -> bool:
    """Whether what is between the two levels of each row, as they are written, is its change."""
    rows = [[page.locator(f"#{of}-{name}").inner_text() for of in ("present", "design", "change")]
            for name in ("state", "firm", "ngo", "power")]  # fmt: skip
    assert "unclear" not in [change for _, _, change in rows][:2]  # of states and firms
    numbers = [[float(re.sub(r"\s|%|,|points", "", text).replace("−", "-")) for text in row]
               for row in rows if row[2] != "unclear"]  # fmt: skip
    return all(second - first == pytest.approx(change) for first, second, change in numbers)


def rest(page: Page) -> None:
    """Waits until the server has nothing more to simulate for the page."""
    expect(page.locator("#designer")).to_have_attribute("data-slow", "no", timeout=180_000)


@pytest.mark.long
@pytest.mark.browser
def test_a_provision_is_moved_by_keyboard_and_put_back(page: Page, open_page) -> None:
    visit = open_designer(open_page)
    expect(page.locator("#design-depth")).to_have_text("0.51")
    expect(page.locator("#frontier .trace").first).to_be_attached()
    page.get_by_role("slider", name=re.compile("7. Cyber hygiene")).focus()
    page.keyboard.press("End")
    expect(page.locator("#design-depth")).to_have_text("0.56")
    expect(page.locator("#change-state")).to_contain_text("−")
    expect(page.locator("#design-said")).to_contain_text("fewer states")
    assert levels_agree(page)
    expect(page).to_have_url(re.compile("set=ambition_7:1"))
    expect(page.get_by_role("region", name="Who would leave").get_by_role("row")).not_to_have_count(0)
    expect(page.locator("#people-moved")).to_contain_text(re.compile(r"less likely to sign: .+ \(\d+\s→\s\d+\s%\)"))
    page.get_by_role("button", name="Back to the present text").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#design-depth")).to_have_text("0.51")
    assert ("ambition" in visit.query, "temptation" in visit.query) == (False, True)
    rest(page)


@pytest.mark.browser
def test_the_position_is_moved_by_keyboard_and_put_back(page: Page, open_page) -> None:
    visit = open_designer(open_page)
    badge, change = page.locator("[data-signing=page]"), page.locator("#change-state")
    expect(badge).to_have_text(WHAT_IF)
    expect(page.locator("#verdict-text_openness")).to_contain_text("show that it matters")
    openness = page.get_by_role("slider", name=re.compile("Openness: 0 state control; 1 open, rights-based"))
    expect(openness).to_have_value("0.8")
    expect(page.locator("#plain-text_openness")).to_have_text("The data show that states mind it")
    for principle, degree in {5: "Less than half", 1: "About half", 2: "More than half"}.items():  # 0.4, 0.5 and 0.6
        expect(page.locator(f"#says-ambition_{principle}")).to_contain_text(f"{degree}: ")
    openness.press("Home")
    expect(badge).to_have_text(EXTRAPOLATED)
    expect(page.locator("[data-why=page]")).to_contain_text("openness is 0 instead of 0.8")
    expect(page.locator("#design-far")).to_contain_text("Far outside the data: read directions, not numbers.")
    expect(page.locator("#design-said")).to_have_text(re.compile(r"(Far|Somewhat) (fewer|more) \D+ \(extrapolated\)$"))
    expect(change).to_have_text(re.compile("^(far|somewhat) fewer$"))  # the direction; its range stands paler beside it
    expect(page.locator("#interval-state")).to_have_text(re.compile(r"^[+−]?\d+\sto\s[+−]?\d+$"))
    expect(page.locator("#design-state")).to_be_hidden()
    for way, name in (("up", "North Korea"), ("down", "Canada")):
        expect(page.locator(f"#people-{way}")).to_contain_text(name)
        expect(page.locator(f"#people-{way} summary")).to_have_text("All names (how many is unreliable)")
        expect((rows := page.locator(f"#people-{way} tbody tr")).first).to_be_hidden()
        states = rows.filter(has_not=page.locator(".dimmed")).count()
        farthest = [link.text_content() for link in rows.locator("th a").all()[:3]]
        expect(page.locator(f"#people-{way}-counts")).to_have_text(
            re.compile(rf"^(Mostly states|States\D*)\. Farthest: {re.escape(', '.join(farthest))}$")
        )
        expect(page.locator(f"#people-{way} details p")).to_have_text(re.compile(rf"^{states} state"))
        shares = [re.findall(r"\d+", row.locator("td").text_content()) for row in rows.all()]
        assert all((int(first) > 50) != (int(second) > 50) for first, second in shares)  # others may be likelier
    expect(page.locator("#people-named")).to_have_text(re.compile(r"^Only \d+ of .+ and all 193 states"))
    expect(page.locator("#people-sum")).to_contain_text(re.compile(r"states, .*firms and .*NGOs\."))
    expect(page.locator("#design-depth")).to_have_text("0.51")
    expect(page).to_have_url(re.compile("set=text_openness:0"))
    page.get_by_role("button", name="Back to the present text").press("Enter")
    expect(badge).to_have_text(WHAT_IF)
    expect(page.locator("#design-far")).to_be_hidden()
    expect(page.locator("[data-why=page]")).to_contain_text("temptation at 1.4, not 1.5")
    assert ("text_" in visit.query, "temptation" in visit.query) == (False, True)
    rest(page)


WIDTHS = "places => places.map(place => Math.round(place.getBoundingClientRect().width))"
CUT = "place => place.scrollWidth > place.clientWidth"
HOLLOW = """([path]) =>
  getComputedStyle(path).fill === getComputedStyle(document.querySelector('.card')).backgroundColor"""


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 1280, 390])
def test_sliders_are_alike_and_no_column_of_provisions_is_cut(page: Page, open_page, width: int) -> None:
    open_designer(open_page, "set=text_openness:0.1", "set=text_public_rule:0.9", width=width)
    widths = page.locator(".slide input").evaluate_all(WIDTHS)
    assert max(widths) - min(widths) <= 1
    page.get_by_text("What each provision binds and weighs").click()
    assert not page.locator(".provisions").evaluate(CUT)
    assert not page.locator("#design-answer").evaluate(CUT)
    rest(page)


@pytest.mark.long
@pytest.mark.browser
def test_a_text_outside_the_data_is_hollow_on_the_frontier(page: Page, open_page) -> None:
    open_designer(open_page, "set=text_openness:0.1")
    words = page.locator("#frontier .annotation-text")
    expect(words.filter(has_text="outside the data")).to_be_visible()
    expect(words.filter(has_text="depth within the data")).to_be_visible()
    assert page.locator("#frontier .trace").last.locator("path.point").evaluate_all(HOLLOW)
    for key in ("most", "zone"):
        expect(page.locator(f"#designer .key.{key}")).to_be_visible()
    rest(page)


@pytest.mark.long
@pytest.mark.browser
def test_on_a_phone_a_line_says_what_a_moved_slider_changes(page: Page, open_page) -> None:
    open_designer(open_page, width=390)
    slider = page.get_by_role("slider", name=re.compile("7. Cyber hygiene"))
    slider.press("End")
    line = page.locator("#design-line")
    expect(line).to_have_text(re.compile(r"\d+→\d+\sstates"))
    expect(line).to_be_in_viewport()
    expect(slider).to_be_in_viewport(ratio=1)
    assert slider.bounding_box()["y"] + slider.bounding_box()["height"] <= line.bounding_box()["y"]
    page.set_viewport_size({"width": 320, "height": 256})  # a window at four times its size
    expect(line).to_be_hidden()
    rest(page)


@pytest.mark.long
@pytest.mark.browser
def test_a_text_of_the_frontier_is_tried_at_the_present_position(page: Page, open_page) -> None:
    visit = open_designer(open_page, "set=text_openness:0.2", "set=monitoring:0.5")
    expect(page.locator("[data-signing=frontier]")).to_have_text(EXTRAPOLATED)
    page.get_by_text("The simulated texts, to try").click()
    page.get_by_role("button", name=re.compile("Try: all raised alike, nothing asked")).press("Enter")
    expect(page.locator("#design-depth")).to_have_text("0.00")
    assert ("text_openness" in visit.query, "monitoring:0.5" in visit.query) == (False, True)
    rest(page)


@pytest.mark.long
@pytest.mark.browser
def test_a_link_restores_the_text_and_opens_it_elsewhere(page: Page, open_page) -> None:
    visit = open_designer(open_page, DEEPER, "may_sign=states,firms", width=390)
    expect(page.get_by_role("slider", name=re.compile("1. Protect"))).to_have_value("0.9")
    expect(page.get_by_role("checkbox", name="NGOs")).not_to_be_checked()
    expect(page.locator("#design-ngo")).to_have_text("0")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("checkbox", name="NGOs").press("Space")
    expect(page.locator("#change-ngo")).to_contain_text("−")
    expect(page.locator("#design-ngo")).not_to_have_text("0")
    assert "may_sign" not in visit.query
    rest(page)
    page.get_by_role("link", name="Compare both texts").click()
    card = page.get_by_role("region", name="B less A", exact=True)
    expect(card.get_by_role("row", name="NGOs that have signed")).to_be_visible()
    present, design = visit.query.split("with=")
    assert ("ambition" in present, "ambition_1:0.9" in design) == (False, True)


@pytest.mark.long
@pytest.mark.browser
def test_a_text_of_the_frontier_can_be_tried(page: Page, open_page) -> None:
    visit = open_designer(open_page)
    expect(page.locator("#frontier .trace").first).to_be_visible()
    expect(page.locator("#frontier-said")).to_contain_text("Within the data a deeper text costs signatories")
    assert page.locator("#by-depth .trace").count() == 0  # it takes long, so it waits until somebody opens it
    page.get_by_text("The simulated texts, to try").click()
    page.get_by_role("button", name=re.compile("Try: all raised alike, nothing asked")).press("Enter")
    expect(page.locator("#design-depth")).to_have_text("0.00")
    assert "set=ambition_9:0" in visit.query
    page.get_by_role("radiogroup", name="Whose participation").get_by_text("Power").click()
    expect(page.locator("#frontier .ytitle")).to_have_text("% of material power")
    expect(page.locator("#frontier .xtitle")).to_have_text("what the text asks for")
    page.get_by_text("What a deeper text does to conduct").click()
    expect(page.locator("#by-depth .trace").first).to_be_attached(timeout=600_000)  # nine texts in many worlds
    page.get_by_role("radiogroup", name="Which conduct").get_by_text("Compliance").click()
    expect(page.locator("#by-depth .ytitle")).to_have_text("compliance, %")
    expect(page.locator("#by-depth-said")).to_contain_text("where everybody decides anew, compliance")
    rest(page)


@pytest.mark.long
@pytest.mark.browser
def test_there_is_a_way_out_of_a_link_that_says_no_text(page: Page, address: str) -> None:
    page.goto(f"{address}designer?{FEW}&scenario=no-microsoft&may_sign=states")
    expect(page.get_by_role("alert")).to_contain_text("expected one of those who may sign this code (state)")
    page.get_by_role("button", name="Back to the present text").click()
    expect(page.locator("#design-provenance")).to_contain_text("4 worlds under each text")
    expect(page.get_by_role("alert")).to_be_hidden()
    rest(page)
