"""The page Compare, and branches: views side by side under the same random streams, on the server
and in a browser.
"""

from __future__ import annotations

import json
import re
from urllib.parse import quote, unquote

import numpy as np
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Locator, Page, expect

import sim
from dashboard.data.view_names import condition_of, labels_of, name_of
from dashboard.view import view_of
from sim import number_formats

CONDUCT = {
    sim.words.outcome_label(name) for name, each in sim.OUTCOMES.items() if each.basis == "assumed"
}
FEW = "worlds=10"
GREAT_POWERS = "with=" + quote("scenario=great-powers-sign")
BRAZIL = "branch=12:BRA:signs"


def answer(client: FlaskClient, *query: str, path: str = "/data/compare", few: str = FEW) -> dict:
    """The server's answer to views that it does not refuse."""
    response = client.get(f"{path}?{'&'.join(filter(None, [few, *query]))}")
    assert response.status_code == 200, response.json
    return json.loads(response.data)


def differences(pair: dict) -> dict[str, dict]:
    return {row["key"]: row for row in pair["differences"]}


def test_a_view_differs_in_nothing_from_itself(client):
    [pair] = answer(client, "with=")["pairs"]
    assert {
        row[end]
        for row in pair["differences"]
        for end in ("difference", "low_90", "high_90", "sign")
    } == {0}
    assert pair["up"] == pair["down"] == []


def test_the_differences_are_those_of_the_library(client):
    [pair] = answer(client, GREAT_POWERS)["pairs"]
    comparison = sim.compare("paris-call-2018", "great-powers-sign", replicates=10, seed=1)
    first, second = (
        run.by_replicate["power_share", "all"] for run in (comparison.first, comparison.second)
    )
    power = differences(pair)["power_share"]
    assert power["low_90"] <= sorted(second - first)[5] <= power["high_90"]
    movers = {
        row["id"]: row["second"] - row["first"]
        for row in [*pair["up"], *pair["down"], *pair["chosen"]]
    }
    assert movers == {who: pytest.approx(comparison.signed[who]) for who in movers}
    assert {"CHN", "RUS"} <= set(movers)


def test_those_not_taken_up_and_those_that_took_it_up_are_all_the_states(client):
    [pair] = answer(client, "with=")["pairs"]
    run = sim.run(replicates=10, seed=1)
    considering = run.by_replicate["taken_up", "state"].mean()
    assert differences(pair)["not_taken_up-state"]["first"] == pytest.approx(193 - considering)


def test_both_pages_say_the_same_of_a_difference(client):
    """Levels as medians, the difference as the median and the ends of 90 % of the pairs, and what
    follows beyond those supposed.
    """
    [pair] = answer(client, GREAT_POWERS)["pairs"]
    query, ends = "scenario=great-powers-sign", ("median", "low_90", "high_90", "sign")
    simulated, beside = (
        answer(client, query, path=path) for path in ("/data/run", "/data/baseline")
    )
    months = len(pair["by_month"]["dates"])
    assert pair["by_month"]["dates"] == beside["dates"][-months:]
    for kind in sim.KINDS:
        row, change = differences(pair)[f"listed-{kind}"], beside["difference"][kind]
        assert row["second_median"] == simulated["bands"]["listed"][kind]["median"][-1]
        assert [row[end] for end in ends] == [change[end][-1] for end in ends]
        assert {end: pair["by_month"][kind][end] for end in ends} == {
            end: change[end][-months:] for end in ends
        }
    assert pair["in_other_fits"] == beside["in_other_fits"]  # which the views of `other_fits` say
    assert f"{beside['other_fits']}" in unquote(answer(client, GREAT_POWERS)["other_fits"])
    [(kind, told)] = pair["supposed"].items()
    assert (kind, told) == ("state", {name: beside["supposed"]["state"][name] for name in told})
    assert told


def test_the_public_list_differs_as_in_the_library(client):
    [pair] = answer(client, GREAT_POWERS)["pairs"]
    comparison = sim.compare("paris-call-2018", "great-powers-sign", replicates=10, seed=1)
    first, second = (
        run.values("listed")[:, -1, 0] for run in (comparison.first, comparison.second)
    )
    listed = differences(pair)["listed-state"]
    assert listed["difference"] == pytest.approx(np.mean(second - first))
    assert [listed["low_90"], listed["high_90"]] == np.percentile(second - first, [5, 95]).tolist()


def test_it_is_told_in_how_many_pairs_there_are_more_and_in_how_many_fewer(client):
    [pair] = answer(client, GREAT_POWERS)["pairs"]
    comparison = sim.compare("paris-call-2018", "great-powers-sign", replicates=10, seed=1)
    first, second = (
        run.values("listed")[:, -1, 1] for run in (comparison.first, comparison.second)
    )
    firms = {"pairs_more": int((second > first).sum()), "pairs_fewer": int((second < first).sum())}
    assert pair["agreement"]["firm"] == firms
    assert firms.items() <= differences(pair)["listed-firm"].items()
    beyond_the_three, all_of_them = pair["agreement"]["state"], differences(pair)["listed-state"]
    assert beyond_the_three["pairs_more"] < all_of_them["pairs_more"]


def test_a_curve_is_the_median_of_the_worlds_beside_the_register(client):
    [first, _] = answer(client, GREAT_POWERS)["views"]
    run = sim.run(replicates=10, seed=1)
    medians = np.median(run.values("listed")[:, -len(first["dates"]) :, 0], axis=0)
    assert first["listed"]["state"]["median"] == medians.tolist()
    table = run.table()
    counts = table.loc[(table["kind"] == "state") & table["registered"].notna(), "registered"]
    assert [point["count"] for point in first["register"]["state"]] == counts.tolist()


def test_who_moves_by_a_tenth_of_the_worlds_is_counted_beyond_those_supposed_to(client):
    [pair] = answer(client, GREAT_POWERS)["pairs"]
    comparison = sim.compare("paris-call-2018", "great-powers-sign", replicates=10, seed=1)
    people = set(comparison.first.directory()["id"]) - {"USA", "CHN", "RUS"}
    far = [
        change
        for who, change in comparison.signed.items()
        if who in people and abs(change) >= 0.1 - 1e-9
    ]
    assert pair["moved"] == {
        "up": sum(change > 0 for change in far),
        "down": sum(change < 0 for change in far),
    }
    assert {row["id"] for row in pair["chosen"] if row["supposed"] == "supposed to sign"} <= {
        "USA",
        "CHN",
        "RUS",
    }


def test_a_view_is_labelled_by_what_tells_it_from_the_others(client):
    views = answer(client, GREAT_POWERS, "with=" + quote("set=monitoring:0.5"))["views"]
    assert [view["label"] for view in views] == [
        "The Paris Call, 2018",
        "The great powers sign",
        "monitoring 0.5",
    ]


def test_another_convenor_tells_a_view_from_the_paris_call_as_it_was(client):
    content = answer(client, "with=" + quote("convenor=USA"))
    assert [view["label"] for view in content["views"]] == [
        "The Paris Call, 2018",
        "convened by the United States",
    ]
    assert name_of(view_of("convenor=FRA")) == "The Paris Call, 2018"  # who convenes it anyway
    [pair] = answer(client, "with=" + quote("branch=0:USA:signs"))["pairs"]
    assert [row["said"] for row in pair["chosen"]] == ["the United States"]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("branch=0:USA:signs", "If the United States signs in November 2018"),
        ("branch=24:monitoring:0.5", "If monitoring becomes 0.5 from November 2020"),
        ("scenario=great-powers-sign", "If the great powers sign"),
        (
            "scenario=binding-treaty&set=monitoring:0.5",
            "With a binding treaty, and with monitoring 0.5",
        ),
        ("scenario=no-microsoft", "Without Microsoft"),
        ("convenor=USA", "Convened by the United States"),
        (
            "convenor=USA&branch=0:CHN:signs",
            "Convened by the United States, and if China signs in November 2018",
        ),
        (
            "lens=null&branch=0:CHN:signs",
            "Under the null lens, and if China signs in November 2018",
        ),
        ("may_sign=states", "Open to states alone"),
        ("branch=0:KEN:approached", "With Kenya approached from November 2018"),
        (
            "set=monitoring:0.5&branch=0:CHN:signs",
            "With monitoring 0.5, and if China signs in November 2018",
        ),
        ("set=monitoring:0.5", "With monitoring 0.5"),
        ("set=sanctions:2", "With the strongest sanctions"),
        ("set=monitoring:1&set=sanctions:1", "With full monitoring and sanctions 1"),
        ("set=text_openness:0.1&set=text_public_rule:0.9", "With a state-led text"),
        ("set=text_openness:0.1", "With openness of the text 0.1"),
        ("lens=realist", "Under the realist lens"),
    ],
)
def test_what_a_view_supposes_begins_a_sentence(link, words):
    views = [view_of(""), view_of(link)]
    assert condition_of(views[1], labels_of(views)[1]) == words


def test_all_views_have_the_worlds_and_the_seed_of_the_first(client):
    views = answer(client, "seed=7", "with=" + quote("scenario=hack-back&seed=3&worlds=2"))["views"]
    assert [view["query"] for view in views] == [
        "worlds=10&seed=7",
        "scenario=hack-back&worlds=10&seed=7",
    ]


def test_a_view_is_named_by_its_scenario_and_its_changes(client):
    [first, second] = answer(client, BRAZIL, "with=" + quote("lens=realist&set=monitoring:0.5"))[
        "views"
    ]
    assert first["name"] == "The Paris Call, 2018; Brazil signs from November 2019"
    assert second["name"] == "The Paris Call, 2018; lens realist; monitoring 0.5"


def test_a_text_is_named_by_what_it_asks_for():
    def named(ambitions: dict[int, float]) -> str:
        link = "&".join(
            f"set=ambition_{principle}:{value:g}" for principle, value in ambitions.items()
        )
        return name_of(view_of(link)).removeprefix("The Paris Call, 2018; ")

    every = range(1, 10)
    assert named(dict.fromkeys(every, 1)) == "a text that asks for all"
    assert named(dict.fromkeys(every, 0)) == "a text that asks for nothing"
    assert named({1: 0.9, 2: 0.9, 7: 1}) == "a text with 3 provisions changed"
    assert named({7: 1}) == "provision 7, cyber hygiene, at 1"


@pytest.mark.parametrize("path", ["/data/compare", "/data/compare.csv", "/data/compare/conduct"])
@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("with=scenario%3Dnope", "'nope'"),
        ("with=&with=&with=&with=", "5 views"),
        ("with=with%3D", "'with'"),
    ],
)
def test_what_cannot_be_compared_is_refused(client, path, query, word):
    response = client.get(f"{path}?{FEW}&{query}")
    assert response.status_code == 400
    assert word in response.json["message"]


def test_conduct_is_compared_in_every_outcome_and_without_a_name(client):
    content = answer(client, BRAZIL, GREAT_POWERS, path="/data/compare/conduct")
    assert {row["label"] for row in content["rows"]} == CONDUCT
    assert [name for name in ("BRA", "Brazil", "China", "USA") if name in json.dumps(content)] == []


# In a browser


def curves(page: Page) -> Locator:
    """Edges, median and points of the states, and the median without the branches where there are
    any.
    """
    return page.locator("#adoption-state .trace")


@pytest.mark.browser
def test_the_great_powers_bring_more_power(page: Page, open_page):
    open_page(f"compare?{FEW}")
    expect(page.locator("#compare[aria-busy=false]")).to_be_attached()  # nothing moves any more
    page.get_by_role("textbox", name="Another scenario").fill("great powers")
    page.get_by_role("option", name="The great powers sign").click()
    card = page.get_by_role("region", name="B compared with A", exact=True)
    power = card.locator(".power")
    expect(power).to_contain_text("Material power held by signatory states: ")
    expect(power.locator("strong")).to_contain_text("more")
    card.get_by_text("Every measure, B beside A").click()
    expect(card.locator(".differences").get_by_role("columnheader")).to_have_text(
        ["At the end, median of worlds", "A", re.compile("^B compared with A, pair by pair")]
    )  # no other median to subtract
    card.get_by_text("What “material power” counts").click()
    expect(card.locator(".of-power p")).to_contain_text("square root")
    expect(card.locator(".chosen")).to_contain_text("China (0 % → 100 %)")
    expect(page.locator("#compare-curves .trace").first).to_be_attached()
    assert "with=scenario%3Dgreat-powers-sign" in page.url
    page.get_by_role("button", name="Remove view B").click()
    expect(card).to_have_count(0)
    assert "with=" not in page.url


@pytest.mark.long
@pytest.mark.browser
def test_one_press_sets_a_question_beside_the_view_and_the_first_screen_answers_it(
    page: Page, open_page
):
    """At 1280 x 720 the finding and what B has more than A need no scrolling. States come first in
    the finding, and what is clear of others is said beside them; the figure shows the kind that
    differs most surely.
    """
    open_page(f"compare?{FEW}")
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(page.locator("#compare[aria-busy=false]")).to_be_attached()
    expect(page.locator("#compare-finding")).not_to_be_visible()  # until something is compared
    expect(
        page.get_by_role("link", name="Brief on the Paris Call as it was", exact=True)
    ).to_be_visible()
    ready = page.locator(".ready:visible")
    expect(ready).to_have_count(5)
    ready.filter(has_text="Washington, Beijing and Moscow").press("Enter")
    states, firms = (shown_difference("great-powers-sign", kind) for kind in ("state", "firm"))
    sentence = page.locator("#compare-finding h2")
    expect(
        sentence
        # the states that are supposed to sign are no finding; its ranges stand below it
    ).to_have_text(
        re.compile(
            rf"^If the great powers sign \(B\), [^(]*states? follow[^(]*; {firms} firms sign\.$"
        )
    )
    expect(
        page.get_by_role("link", name="Brief", exact=True)
    ).to_be_visible()  # as it is of this comparison
    of_other_fits = re.compile("^With other fits that the data allow: .* states")
    expect(page.locator("#compare-finding .other-fits")).to_contain_text(of_other_fits)
    expect(page.locator("#compare-sure")).not_to_contain_text("10 pairs")  # as the table has it
    rows = page.locator("#compare-findings")
    of_states = re.compile(
        rf"^States\d+{states} ?\(.*to sign; no other state follows in (all|\d of) 10 pairs"
    )
    expect(rows.get_by_role("row", name="States")).to_contain_text(of_states)
    more = re.compile(rf"^Firms\d+{firms} \(.*\)more in all 10 pairs")
    expect(rows.get_by_role("row", name="Firms")).to_contain_text(more)
    reading = page.locator("#compare-reading")
    expect(reading).to_contain_text(
        re.compile(r"^Firms change most clearly.*luck alone;\s+90.%.with other fits\.$")
    )
    expect_spans(page, 1)  # of the pairs under other fits, on an axis that holds it
    card = page.get_by_role("region", name="B compared with A", exact=True)
    expect(card).to_contain_text(
        re.compile(r"By luck, a share of so few worlds may be up to 27\spoints off")
    )
    expect(card.get_by_role("columnheader", name="More often", exact=True).first).to_be_visible()
    expect(ready.and_(page.locator("[aria-pressed=true]"))).to_have_text(
        re.compile("^The great powers sign")
    )
    label = page.locator("#compare-curves .annotation-text", has_text="than A")
    expect(label).to_contain_text(re.compile(f"{firms} ?than A"))
    for place in ("#compare-finding", "#compare-curves"):
        box = page.locator(place).bounding_box()
        assert 0 <= box["y"] < box["y"] + box["height"] <= 720
    page.get_by_role("radiogroup", name="Who is counted").get_by_text("NGOs").click()
    expect(page.locator("#compare-finding")).to_contain_text("NGOs")
    expect(reading).to_contain_text(
        re.compile("^NGOs on the public list")
    )  # as somebody chose them


def expect_spans(page: Page, number: int) -> None:
    """So many spans stand right of the figure, all within its axis."""
    page.wait_for_function(
        """number => {
        const {shapes, yaxis} = document.querySelector("#compare-curves .js-plotly-plot").layout;
        const [low, high] = yaxis.range;
        const upright = shapes.filter(({x0, x1, xsizemode}) => xsizemode === "pixel" && x0 === x1);
        return upright.filter(({y0, y1}) => low <= y0 && y0 <= y1 && y1 <= high).length === number;
    }""",
        arg=number,
    )


def shown_difference(scenario: str, kind: str) -> str:
    """What *scenario* changes of a *kind* on the list, in words."""
    comparison = sim.compare("paris-call-2018", scenario, replicates=10, seed=1)
    first, second = (
        run.listed[:, -1, sim.KINDS.index(kind)] for run in (comparison.first, comparison.second)
    )
    median = float(np.median(second - first))
    return number_formats.change_in_words(median, median)


@pytest.mark.release
@pytest.mark.browser
def test_a_difference_that_may_be_luck_is_called_that(page: Page, open_page):
    """Under monitoring few worlds differ, by one or two states, and it cannot be told which way."""
    open_page(f"compare?worlds=50&with={quote('set=monitoring:0.5')}")
    expect(page.locator("#compare-finding")).to_contain_text("hardly anybody joins or leaves")
    expect(page.locator("#compare-sure")).to_contain_text("What differs may be luck")
    page.get_by_role("button", name="Show who signs, month by month").click()
    expect(page.locator("#compare-curves")).to_be_visible()
    states = page.locator("#compare-findings").get_by_role("row", name="States")
    expect(states.locator("strong")).to_have_text("may be luck")
    expect(page.locator("#pairs-luck")).to_be_visible()
    expect(states).to_contain_text(re.compile(r"alike in \d+ of 50 pairs"))


@pytest.mark.release
@pytest.mark.browser
def test_beside_several_views_each_has_a_row_and_a_line_of_what_it_has_more(page: Page, open_page):
    """All views over each other, with the register, where one of them lies far from the one
    beside.
    """
    open_page(f"compare?{FEW}&{GREAT_POWERS}&with={quote('scenario=hack-back')}")
    rows = page.locator("#compare-findings tbody tr")
    expect(rows).to_have_text(
        [re.compile("^A The Paris Call"), re.compile("^B The great"), re.compile("^C Firms may")]
    )
    for condition in ("If the great powers sign (B), ", "If firms may hack back (C), "):
        expect(page.locator("#compare-finding")).to_contain_text(condition)
    blocks = page.locator(
        "#compare-finding .of-view"
    )  # each with its range; what all rest on alike, the card says
    expect(blocks.locator(".other-fits")).to_have_text(
        [re.compile(r"^With other fits: .*\d+ to \d+ more firms")] * 2
    )
    expect(blocks.locator(".tag")).to_have_count(0)
    expect_spans(page, 4)  # of luck and of other fits, of each of two views
    labels = page.locator("#compare-curves .annotation-text")
    more = re.compile("^[BC]: .* than A")
    expect(labels).to_have_text([re.compile("^as in A"), more, more])
    open_page(f"compare?{FEW}&{GREAT_POWERS}&with={quote('set=text_openness:0')}")
    counts = len(sim.run(replicates=1).table().query("kind == 'state' and registered.notna()"))
    expect(page.locator("#compare-curves .points path")).to_have_count(counts)


@pytest.mark.release
@pytest.mark.browser
def test_where_firms_may_not_sign_it_is_said(page: Page, open_page):
    open_page(f"compare?{FEW}&with={quote('scenario=states-only')}")
    card = page.get_by_role("region", name="B compared with A", exact=True)
    card.get_by_text("Every measure, B beside A").click()
    expect(card.get_by_role("row", name="Firms that have signed")).to_contain_text(
        "firms may not sign"
    )
    expect(card.get_by_role("row", name=re.compile("Firms"))).to_have_count(1)
    expect(card.get_by_role("row", name="States that have signed, all on the list")).to_have_count(
        1
    )
    expect(card.get_by_role("row", name="States on the public list")).to_have_count(0)
    expect(card).to_contain_text("Firms and NGOs may not sign in B, so they are left out.")
    expect(card.get_by_role("heading", level=2)).to_contain_text(
        re.compile("state|less often|more often")
    )
    expect(card.locator(".moved-both").get_by_role("row", name="Cisco")).to_have_count(0)
    expect(card.locator(".moved-both table")).to_have_count(
        2
    )  # those who leave have the whole width


@pytest.mark.release
@pytest.mark.browser
def test_another_scenario_is_offered_the_paris_call_as_it_was(page: Page, open_page):
    open_page(f"compare?{FEW}&scenario=hack-back")
    ready = page.locator(".ready:visible strong")
    offered = [
        "The Paris Call, 2018",
        "The great powers sign",
        "Only states may sign",
        "The strongest sanctions",
    ]
    expect(ready).to_have_text([*offered, "A state-led text"])
    ready.first.click()
    expect(page.locator("#compare-finding")).to_contain_text("If firms may hack back (A), ")
    expect(page.locator("#pairs-luck")).not_to_be_visible()  # as nothing is so marked
    expect(page).to_have_title("Compare: Firms may hack back · Parley")
    page.get_by_role("textbox", name="A, convened by another state").fill("United States")
    page.get_by_role("option", name="United States").click()
    expect(page.locator("#compared li").last).to_contain_text("Convened by the United States")
    expect(page.locator("#compare-finding")).to_contain_text(
        "Extrapolated, convened by the United States (C): "
    )


@pytest.mark.long
@pytest.mark.browser
def test_conduct_is_fetched_when_it_is_opened(page: Page, open_page):
    requests: list[str] = []
    page.on(
        "request",
        lambda request: requests.append(request.url) if "compare/conduct" in request.url else None,
    )
    open_page(f"compare?{FEW}&{GREAT_POWERS}")
    expect(page.get_by_role("region", name="B compared with A", exact=True)).to_be_visible()
    assert requests == []
    page.get_by_text("What changes in conduct").click()
    expect(page.locator("#conduct").get_by_text("assumed", exact=True)).to_be_visible()
    rows = page.locator("#conduct-table tbody")
    expect(rows.first).to_contain_text("Harm prevented")
    assert rows.and_(page.locator(":visible")).count() == 5  # the other outcomes wait in a fold
    page.get_by_text("Every outcome, by group").click()
    expect(rows.filter(has_text="Wrongly blamed")).to_be_visible()


@pytest.mark.long
@pytest.mark.browser
def test_a_branch_changes_the_address_survives_a_reload_and_can_be_removed(page: Page, open_page):
    open_page(f"?{FEW}&round=12")
    expect(curves(page)).to_have_count(6)
    who = page.get_by_role("textbox", name="Who", exact=True)
    who.click()
    who.fill("Brazil")
    page.get_by_role("option", name="Brazil").click()
    page.get_by_role("button", name="Run on with this choice").click()
    branch = page.get_by_role("list", name="Branches").get_by_role("listitem")
    expect(branch).to_contain_text("Brazil signs")
    expect(page.locator("#beside-key")).to_be_visible()
    assert BRAZIL in page.url
    page.reload()
    expect(branch).to_contain_text("Brazil signs")
    expect(curves(page)).to_have_count(7)
    branch.get_by_role("button").click()
    expect(branch).to_have_count(0)
    expect(curves(page)).to_have_count(6)
    assert "branch" not in page.url
