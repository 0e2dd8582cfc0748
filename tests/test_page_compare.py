"""Views side by side under the same luck, and branches: what the server answers, and what a browser shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Locator, Page, expect

import sim
from dashboard.app import create_app

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods")

CONDUCT = [outcome for outcome in sim.OUTCOMES.values() if outcome.basis == "assumed"]
FEW = "worlds=10"
GREAT_POWERS = "with=" + quote("scenario=great-powers-sign")
BRAZIL = "branch=12:BRA:signs"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Whoever asks the server, without a network."""
    return create_app().server.test_client()


def compared(client: FlaskClient, *query: str, path: str = "/data/compare") -> dict:
    """The server's answer to views that it does not refuse."""
    answer = client.get(f"{path}?{'&'.join([FEW, *query])}")
    assert answer.status_code == 200, answer.json
    return json.loads(answer.data)


def refused(client: FlaskClient, *query: str, path: str = "/data/compare") -> str:
    """The sentence with which the server refuses."""
    answer = client.get(f"{path}?{'&'.join([FEW, *query])}")
    assert answer.status_code == 400
    return answer.json["message"]


def differences(pair: dict) -> dict[str, dict]:
    return {row["key"]: row for row in pair["differences"]}


def test_a_view_differs_in_nothing_from_itself(client):
    [pair] = compared(client, "with=")["pairs"]
    assert {row[end] for row in pair["differences"] for end in ("difference", "low_90", "high_90")} == {0}
    assert pair["up"] == pair["down"] == []


def test_the_differences_are_those_of_the_library(client):
    [pair] = compared(client, GREAT_POWERS)["pairs"]
    done = sim.compare("paris-call-2018", "great-powers-sign", replicates=10, seed=1)
    paired = done.second.by_replicate["power_share", "all"] - done.first.by_replicate["power_share", "all"]
    shown = differences(pair)["power_share"]
    assert shown["low_90"] <= sorted(paired)[5] <= shown["high_90"]
    moved = {row["id"]: row["second"] - row["first"] for row in [*pair["up"], *pair["down"]]}
    assert moved == {who: pytest.approx(done.signed[who]) for who in moved}
    assert {"CHN", "RUS"} <= set(moved)


def test_those_not_taken_up_and_those_that_took_it_up_are_all_the_states(client):
    [pair] = compared(client, "with=")["pairs"]
    run = sim.run(replicates=10, seed=1)
    taken_up = sorted(run.by_replicate["taken_up", "state"])
    assert differences(pair)["not_taken_up-state"]["first"] == 193 - (taken_up[4] + taken_up[5]) / 2


def test_all_views_have_the_luck_of_the_first(client):
    views = compared(client, "seed=7", "with=" + quote("scenario=hack-back&seed=3&worlds=2"))["views"]
    assert [view["query"] for view in views] == ["worlds=10&seed=7", "scenario=hack-back&worlds=10&seed=7"]


def test_a_view_is_named_in_plain_words(client):
    [first, second] = compared(client, BRAZIL, "with=" + quote("lens=realist&set=monitoring:0.5"))["views"]
    assert first["name"] == "The Paris Call, 2018; Brazil signs from month 12"
    assert second["name"] == "The Paris Call, 2018; lens realist; monitoring 0.5"


@pytest.mark.parametrize("path", ["/data/compare", "/data/compare.csv", "/data/compare/conduct"])
def test_what_cannot_be_compared_is_refused_in_a_sentence(client, path):
    assert "scenario is 'nope', expected one of paris-call-2018" in refused(client, "with=scenario%3Dnope", path=path)
    assert refused(client, *["with="] * 4, path=path) == "the link: found 5 views, expected at most 4"
    assert "found the key 'with'" in refused(client, "with=with%3D", path=path)


def test_no_conduct_is_sent_with_the_names(client):
    sent = "".join(client.get(f"/data/{path}?{FEW}&{GREAT_POWERS}").text for path in ("compare", "compare.csv"))
    assert "fitted to the register" in sent
    assert [outcome.name for outcome in CONDUCT if f'"{outcome.name}"' in sent or outcome.label in sent] == []


def test_conduct_is_told_as_ranges_by_group_and_without_a_name(client):
    told = compared(client, BRAZIL, GREAT_POWERS, path="/data/compare/conduct")
    assert told["basis"].startswith("assumed")
    assert {row["label"] for row in told["rows"]} == {outcome.label for outcome in CONDUCT}
    assert all(len(ends) == 2 for row in told["rows"] for ends in row["ranges"])
    assert [name for name in ("BRA", "Brazil", "China", "USA") if name in json.dumps(told)] == []


@pytest.fixture(scope="module")
def address(address: str) -> str:
    """Where the pages are served, without the last stroke."""
    return address.rstrip("/")


@pytest.fixture
def visit(page: Page, address: str) -> Iterator[Page]:
    """A browser in which nothing goes wrong and which asks nobody else."""
    wrong: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else wrong.append(asked.url))
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_viewport_size({"width": 1440, "height": 900})
    yield page
    assert wrong == []


SIMULATED = 30_000  # milliseconds that a busy computer may take for some worlds


def curves(page: Page) -> Locator:
    """Edges, median and points of the states, and the median without the branches where there are any."""
    return page.locator("#adoption-state .trace")


@pytest.mark.browser
def test_the_great_powers_bring_more_power(visit, address):
    visit.goto(f"{address}/compare?{FEW}")
    visit.get_by_role("textbox", name="Add a scenario").click()
    visit.get_by_role("option", name="The great powers sign").click()
    card = visit.get_by_role("region", name="B less A", exact=True)
    expect(card).to_be_visible(timeout=SIMULATED)
    expect(card.get_by_role("row", name="Share of material power").locator("strong")).to_contain_text("+")
    expect(card.get_by_role("row", name="China")).to_contain_text("100 %")
    assert "with=scenario%3Dgreat-powers-sign" in visit.url
    visit.get_by_role("button", name="Remove view B").click()
    expect(card).to_have_count(0, timeout=SIMULATED)
    assert "with=" not in visit.url


@pytest.mark.browser
def test_conduct_is_fetched_when_it_is_asked_for(visit, address):
    asked: list[str] = []
    visit.on("request", lambda request: asked.append(request.url) if "compare/conduct" in request.url else None)
    visit.goto(f"{address}/compare?{FEW}&{GREAT_POWERS}")
    expect(visit.get_by_role("heading", name="B less A")).to_be_visible(timeout=SIMULATED)
    assert asked == []
    visit.get_by_text("Conduct: what the others change").click()
    expect(visit.locator("#conduct").get_by_text("assumed", exact=True)).to_be_visible()
    expect(visit.locator("#conduct-table tbody").first).to_be_visible(timeout=2 * SIMULATED)


@pytest.mark.browser
def test_a_branch_changes_the_address_survives_a_reload_and_can_be_removed(visit, address):
    visit.goto(f"{address}/?{FEW}&round=12")
    expect(curves(visit)).to_have_count(6, timeout=SIMULATED)
    who = visit.get_by_role("textbox", name="Who", exact=True)
    who.click()
    who.fill("Brazil")
    visit.get_by_role("option", name="Brazil").click()
    visit.get_by_role("button", name="Run on with this choice").click()
    branch = visit.get_by_role("list", name="Branches").get_by_role("listitem")
    expect(branch).to_contain_text("From 12 November 2019: Brazil signs")
    expect(visit.get_by_text("median without the branches")).to_be_visible(timeout=SIMULATED)
    assert BRAZIL in visit.url
    visit.reload()
    expect(branch).to_contain_text("Brazil signs", timeout=SIMULATED)
    expect(curves(visit)).to_have_count(7, timeout=SIMULATED)
    branch.get_by_role("button").click()
    expect(branch).to_have_count(0)
    expect(curves(visit)).to_have_count(6, timeout=SIMULATED)
    assert "branch" not in visit.url


@pytest.mark.browser
def test_a_dial_changes_from_the_round_shown_on(visit, address):
    visit.goto(f"{address}/?{FEW}&round=24")
    expect(curves(visit)).to_have_count(6, timeout=SIMULATED)
    visit.get_by_role("textbox", name="Dial", exact=True).click()
    visit.get_by_role("option", name="monitoring").click()
    visit.get_by_label("becomes (0 to 1)").fill("0.5")  # its range and its present value come together
    visit.get_by_role("button", name="Run on with this dial").click()
    expect(visit.get_by_role("list", name="Branches")).to_contain_text("monitoring becomes 0.5")
    assert "branch=24:monitoring:0.5" in visit.url
