"""The page of one stakeholder: what its routes answer, and what a browser shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from test_names_and_conduct import in_frame, in_json
from visits import Visit

import sim
from dashboard.app import create_app
from dashboard.cache import Runs
from dashboard.pages import stakeholder
from dashboard.view import View

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods")

PATH = stakeholder.PATH.removeprefix("/")
FEW = "worlds=10"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Who asks the server, without a port."""
    return create_app().server.test_client()


def told(client: FlaskClient, query: str, path: str = "explain") -> dict[str, Any]:
    """What the server answers to a question that makes sense."""
    response = client.get(f"/data/{path}?{query}")
    assert response.status_code == 200, response.text
    return json.loads(response.text)


@pytest.mark.parametrize("who", ["USA", "DEU", "Microsoft", "Access Now"])
def test_contributions_add_up_to_the_value(client, who):
    said = told(client, f"{FEW}&who={who}&round=0")
    assert sum(part["value"] for part in said["contributions"]) == pytest.approx(said["value"])


def test_the_route_says_what_python_says(client):
    said = told(client, f"{FEW}&lens=realist&who=bra&round=12")
    run = sim.run(sim.load("paris-call-2018").with_lens("realist"), replicates=10, seed=1)
    explanation = run.explain("BRA", 12).as_json()
    assert {key: said[key] for key in said.keys() & explanation.keys()} == {
        key: value for key, value in explanation.items() if key not in ("aim", "changes", "manifest")
    }


def test_a_member_of_the_union_is_shown_beside_the_union(client):
    said = told(client, f"{FEW}&who=Germany&round=0")
    assert {"Germany", "France"} < set(said["decided_with"])
    assert said["value"] != said["value_together"]


def test_every_trait_has_words_and_a_value(client):
    said = told(client, f"{FEW}&who=Microsoft&round=0")
    assert tuple(stakeholder.TRAITS) == tuple(said["traits"]) == sim.TRAITS
    assert all(0 <= value <= 1 for value in said["traits"].values())


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("who=Frnace", "who is 'Frnace', expected .*did you mean 'France'"),
        ("who=Microsft", "did you mean 'Microsoft'"),
        ("who=%3Cscript%3Ealert(1)%3C/script%3E", "who is '<script>alert"),
        ("who=firm+DEU-017", "who is 'firm DEU-017', expected .* with a name"),
        ("who=" + 3000 * "A", "who is 'A{40}', expected"),
        ("who=%00%ff", "who is .*, expected"),
        ("round=0", "found no who"),
        ("", "found no who"),
        ("who=USA&who=CHN", "found who twice"),
        ("who=USA&round=0&round=1", "found round twice"),
        ("who=USA&round=63", "round is '63', expected a whole number from -10 to 62"),
        ("who=USA&round=" + 99 * "9", "round is '9{40}', expected"),
        ("who=USA&round=%D9%A1", "round is .*, expected a whole number"),
        ("who=USA&round=0.5", "round is '0.5', expected"),
        ("who=USA&set=capacity:1", "the link"),
        ("who=USA&who2=1", "found the key 'who2'"),
        ("&".join(["who=USA"] * 900), "expected at most 4000"),
    ],
)
@pytest.mark.parametrize("path", ["explain", "explain/changes", "explain.csv", "explain/history.csv"])
def test_a_wrong_question_gets_one_sentence(client, path, query, sentence):
    response = client.get(f"/data/{path}?{query}")
    message = json.loads(response.text)["message"]
    assert (response.status_code, response.mimetype) == (400, "application/json")
    assert len(message.splitlines()) == 1
    assert re.search(sentence, message)


def test_changes_come_with_shares_before_and_after_from_a_bounded_number_of_worlds(client, monkeypatch):
    monkeypatch.setattr(stakeholder, "MOST_WORLDS", 4)
    said = told(client, f"{FEW}&scenario=states-only&who=BRA&round=0", "explain/changes")
    simulated = [change for change in said["changes"] if change["change"]]
    assert said["worlds"] == 4
    assert {change["family"] for change in said["changes"]} >= {"text", "forum", "signature"}
    assert all(0 <= change[share] <= 1 for change in simulated for share in ("share_before", "share_after"))
    assert all(change["file"].startswith("[") for change in simulated)


def test_worlds_are_simulated_once_and_few_are_kept(monkeypatch):
    runs, simulated = Runs(entries=2), []
    monkeypatch.setattr(
        View, "run", lambda view: simulated.append(view.seed) or SimpleNamespace(seed=view.seed, replicates=1)
    )
    assert [runs.of(View(seed=seed)).seed for seed in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 2]
    assert simulated == [1, 2, 3, 2]
    assert len(runs) == 2


def test_the_tables_say_that_they_are_fitted_and_how_to_repeat_them(client):
    for path in ("explain.csv", "explain/history.csv"):
        table = pd.read_csv(StringIO(client.get(f"/data/{path}?{FEW}&who=KEN&round=3").text))
        assert table["basis"].str.startswith("fitted to the register").all()
        assert (table[["who", "round", "worlds", "seed"]] == ["KEN", 3, 10, 1]).all(axis=None)
    assert table[["signed", "considered", "not_taken_up"]].sum(axis=1).to_numpy() == pytest.approx(1)


@pytest.mark.parametrize("who", ["RUS", "DEU", "Kaspersky"])
def test_no_conduct_stands_beside_a_name(client, who):
    answers = [told(client, f"{FEW}&who={who}&round=0", path) for path in ("explain", "explain/changes")]
    tables = [
        pd.read_csv(StringIO(client.get(f"/data/{path}?{FEW}&who={who}").text))
        for path in ("explain.csv", "explain/history.csv")
    ]
    assert [name for answer in answers for name in in_json(answer)] == []
    assert [name for table in tables for name in in_frame(table)] == []


@pytest.fixture
def visit(page: Page, address: str) -> Iterator[Page]:
    """The page of the USA at the launch; nothing may go wrong there or leave the host."""
    visit = Visit(page, address, f"{PATH}?{FEW}&round=0&who=United+States")
    expect(page.locator("#told")).to_be_visible(timeout=60_000)
    yield page
    if PATH in page.url:
        assert visit.wrong == []


def motives(page: Page) -> dict[str, float]:
    """The waterfall's rows as shown."""
    rows = page.locator(".waterfall tbody tr").all()
    return {
        row.get_attribute("data-motive"): float(row.locator(".logits").first.inner_text().replace("−", "-"))
        for row in rows
    }


@pytest.mark.browser
def test_restraint_speaks_most_against_the_signature_of_the_usa_at_the_launch(visit):
    shown = motives(visit)
    assert min(shown, key=shown.get) == "restraint"
    assert sum(value for motive, value in shown.items() if motive != "V") == pytest.approx(shown["V"], abs=0.06)


@pytest.mark.browser
def test_a_state_is_chosen_by_keyboard_and_the_address_says_whom(visit):
    visit.locator("#who").focus()
    visit.keyboard.press("Control+a")
    visit.keyboard.type("Kenya")
    expect(visit.get_by_role("option", name="Kenya (KEN)")).to_be_visible()
    visit.keyboard.press("Enter")
    expect(visit.get_by_role("heading", level=1)).to_have_text("Kenya")
    assert "who=KEN" in visit.url
    expect(visit.locator("#reading")).to_contain_text("this is no evidence of the state's reasons")


@pytest.mark.browser
def test_the_history_follows_the_round_shown_and_marks_the_register(visit):
    expect(visit.locator("#history .js-fill")).to_have_count(3)
    expect(visit.locator("#register-key")).to_contain_text("on the register by")
    before = visit.locator("#history-now").inner_text()
    visit.locator("#round").focus()
    visit.keyboard.press("End")
    expect(visit.locator("#history-now")).not_to_have_text(before)


@pytest.mark.browser
def test_a_signature_can_be_supposed_by_keyboard_and_nothing_else_can(visit):
    expect(visit.locator("[data-suppose]")).to_have_text(["signs", "stays out"])
    visit.get_by_role("button", name="signs", exact=True).focus()
    visit.keyboard.press("Enter")
    visit.wait_for_url("**/?*branch=0:USA:signs*")
    expect(visit.locator("#log")).to_contain_text("United States signs", timeout=60_000)


@pytest.mark.browser
def test_what_would_turn_it_can_be_stopped_and_leads_to_simulate(visit):
    visit.route("**/data/explain/changes?*", lambda route: None)
    button = visit.locator("#turn")
    button.click()
    expect(visit.locator("#turn-state")).to_have_text("simulating…")
    button.click()
    expect(visit.locator("#turn-state")).to_have_text("stopped")
    visit.unroute("**/data/explain/changes?*")
    signature = {"events": [{"round": 0, "who": ["CHN"], "signs": True}]}
    change = {"family": "signature", "what": "China signs", "note": "", "turns": True, "change": signature, "file": ""}
    change |= {"share_before": 0.2, "share_after": 0.7}
    other = change | {"family": "forum", "change": {"code": {"convenor": "CHE"}}, "file": '[code]\nconvenor = "CHE"\n'}
    answer = {"aim": {"what": "sign"}, "worlds": 10, "changes": [change, other]}
    visit.route("**/data/explain/changes?*", lambda route: route.fulfill(json=answer))
    button.click()
    expect(visit.locator("#changes .shares").first).to_contain_text("0.20 → 0.70")
    assert visit.get_by_role("link", name="Try it").get_attribute("href") == "/?worlds=10&branch=0:CHN:signs"
    expect(visit.locator("#changes pre")).to_have_count(1)


@pytest.mark.browser
def test_whoever_may_not_sign_has_nothing_to_weigh(visit, address):
    visit.goto(f"{address}{PATH}?{FEW}&scenario=states-only&who=Microsoft")
    expect(visit.get_by_text("nothing to decide")).to_be_visible(timeout=60_000)
    for hidden in ("#suppose", "#motives", "#history", "#turn"):
        expect(visit.locator(hidden)).to_be_hidden()


@pytest.mark.browser
def test_the_page_fits_a_phone(visit):
    visit.set_viewport_size({"width": 390, "height": 800})
    visit.reload()
    expect(visit.locator("#history .js-fill")).to_have_count(3, timeout=60_000)
    assert visit.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.browser
def test_nobody_of_that_name_is_said_on_the_page(page, address):
    page.goto(f"{address}{PATH}?{FEW}&who=%3Cb%3EFrnace")
    expect(page.locator("#who-message")).to_contain_text("who is '<b>Frnace', expected", timeout=60_000)
    expect(page.locator("#told")).to_be_hidden()
