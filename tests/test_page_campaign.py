"""The page Campaign: its questions, their answers and routes, and the page in a browser."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from test_names_and_conduct import in_json

import sim
from dashboard.app import create_app
from dashboard.data.questions import CONTRASTS, MONTHS, question_from, table_of
from dashboard.data.record import directory
from dashboard.jobs import CANCELLED, MOST_WAITING, WAITING, Jobs
from dashboard.limits import PUBLIC
from dashboard.view import MOST_BRANCHES, view_of
from dashboard.worker import Worker
from sim.number_formats import difference, interval, mean, percent

ME = "0123456789abcdef"
PIVOTS = {"kind": "pivots", "view": "worlds=2", "asked": "who=USA&who=FRA&from=2"}
CAMPAIGN = {"kind": "campaign", "view": "scenario=states-only&worlds=2", "asked": "approaches=2"}
HERE = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
LONGEST = 240_000  # milliseconds that a busy computer may take, the compiler's share included


# The questions


@pytest.mark.parametrize(
    "same",
    [{"asked": ""}, {"asked": "from=0&most=20"}, {"view": "worlds=50&seed=1"}, {"view": "scenario=paris-call-2018"}],
)
def test_a_question_has_one_key_however_it_is_written(same):
    usual = {"kind": "pivots", "view": "", "asked": "most=20"}
    assert question_from(usual | same).key == question_from(usual).key
    assert question_from(PIVOTS).key == question_from(PIVOTS | {"asked": "from=2&who=FRA&who=USA"}).key


def test_questions_that_differ_in_anything_have_keys_of_their_own():
    questions = [
        PIVOTS, CAMPAIGN, PIVOTS | {"asked": "who=USA&from=2"}, PIVOTS | {"asked": "who=USA&who=FRA"},
        PIVOTS | {"asked": "most=2&from=2"}, CAMPAIGN | {"asked": "approaches=3"},
        *(PIVOTS | {"view": view} for view in ("worlds=3", "worlds=2&seed=2", "worlds=2&lens=realist")),
    ]  # fmt: skip
    assert len({question_from(question).key for question in questions}) == len(questions)


@pytest.mark.parametrize("content", [PIVOTS, CAMPAIGN], ids=["pivots", "campaign"])
def test_the_content_of_a_question_is_that_question(content):
    question = question_from(content)
    assert question_from(json.loads(json.dumps(question.content))) == question


# Each with what the sentence names.
@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ({"kind": "flood"}, "'flood'"),
        ({"kind": None}, "kind"),
        ({"view": "scenario=../etc"}, "'../etc'"),
        ({"view": "worlds=-1"}, "'-1'"),
        ({"view": "worlds=200", "asked": "most=60"}, "12000 trials"),
        ({"asked": "most=0"}, "most is '0'"),
        ({"asked": "most=nan"}, "most is 'nan'"),
        ({"asked": "most=--5"}, "most is '--5'"),
        ({"asked": "most=3&most=4"}, "most"),
        ({"asked": "most=3&who=USA"}, "most beside who"),
        ({"asked": "who=\ud800"}, "who"),
        ({"view": "set=\x00:1"}, "dial"),
        ({"asked": "who=Atlantis"}, "'Atlantis'"),
        ({"asked": "&".join(["who=USA"] * 21)}, "20 times"),
        ({"asked": "from=63"}, "from is '63'"),
        ({"asked": "weight=1"}, "'weight'"),
        ({"asked": "most"}, "expected a key and its value"),
        ({"view": "scenario=states-only", "asked": "who=Microsoft"}, "Microsoft"),
        ({"kind": "campaign", "asked": "approaches=21"}, "approaches is '21'"),
        ({"kind": "campaign", "asked": "from=61"}, "from is '61'"),
        ({"kind": "campaign", "asked": "", "view": "worlds=101"}, "worlds is 101"),
    ],
)
def test_a_wrong_question_is_refused_in_one_sentence_that_names_what_is_wrong(fault, word):
    with pytest.raises(sim.InputError) as problem:
        question_from(PIVOTS | fault)
    assert word in str(problem.value)
    assert len(str(problem.value).splitlines()) == 1


def test_an_answer_repeats_the_question_as_each_visitor_spells_it(answers):
    """One job for a question, however it is spelled, and each sees the own words."""
    mine = CAMPAIGN | {"view": "scenario=states-only&set=monitoring:0.50&worlds=2&seed=1"}
    yours = CAMPAIGN | {"view": "worlds=2&scenario=states-only&set=monitoring:.5"}
    assert question_from(mine).key == question_from(yours).key
    said = [question_from(question).wording(answers["campaign"]) for question in (mine, yours)]
    for words, spelling in zip(said, ("monitoring:0.50&", "monitoring:.5&"), strict=True):
        assert spelling in words["query"]
        assert spelling in words["try"]
    assert len({view_of(words["try"]).variant.sha256 for words in said}) == 1


# Their answers


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    return {content["kind"]: question_from(content).answer() for content in (PIVOTS, CAMPAIGN)}


@pytest.fixture(scope="module")
def outreach() -> sim.Outreach:
    return sim.outreach("states-only", approaches=2, replicates=2)


def test_pivots_are_those_of_the_library(answers):
    pivots = sim.pivots(who=["FRA", "USA"], from_round=2, replicates=2)
    for contrast in CONTRASTS:
        rows, frame = answers["pivots"]["pivots"][contrast], pivots.table(contrast)
        assert [row["who"] for row in rows] == frame["who"].tolist()
        assert [row["low_end_high"] for row in rows] == pytest.approx(frame["low_end_high"].tolist())
        for row in rows:
            asked = f"who == '{row['who']}' and contrast == '{contrast}' and peers == 'estimate'"
            own = pivots.differences.query(asked)
            told = [[row[kind], row[f"{kind}_low"], row[f"{kind}_high"]] for kind in sim.KINDS]
            own = own.set_index("others").loc[list(sim.KINDS), ["mean", "low", "high"]]
            assert own.to_numpy() == pytest.approx(np.array(told))
    assert answers["pivots"]["assumes"] == pivots.assumes
    assert answers["pivots"]["weights_on_signatures"] == pivots.weights_on_signatures


def test_the_list_of_approaches_is_that_of_the_library(answers, outreach):
    assert answers["campaign"]["asked"] == outreach.arguments
    assert outreach.arguments["months"] == MONTHS
    for name in ("approached", "lists"):
        rows, frame = answers["campaign"][name], getattr(outreach, name)
        assert [row["gain"] for row in rows] == pytest.approx(frame["gain"].tolist())
        assert [row["who"] for row in rows] == frame["who"].tolist()


def test_the_link_to_simulate_is_the_world_of_the_approaches(answers, outreach):
    run = sim.run("states-only", events=outreach.events, replicates=2)
    assert view_of(answers["campaign"]["try"]).run().signed == run.signed


def test_an_address_that_cannot_say_the_approaches_is_no_link():
    full = "&".join(["scenario=states-only&worlds=2", *(f"branch={t}:BRA:signs" for t in range(MOST_BRANCHES))])
    own = [{"round": 0, "who": "KEN", "outreach": 0.9}]
    assert question_from(CAMPAIGN).link(["KEN"], [sim.approach(["KEN"], 0, 62)]) is not None
    assert question_from(CAMPAIGN).link(["KEN"], own) is None
    assert question_from(CAMPAIGN | {"view": full}).link(["KEN"], [sim.approach(["KEN"], 0, 62)]) is None


def test_no_answer_joins_a_name_to_conduct(answers):
    assert list(in_json(answers)) == []


@pytest.mark.parametrize(
    ("kind", "name", "rows"), [("pivots", "pivots", 6), ("campaign", "approached", 2), ("campaign", "lists", 4)]
)
def test_every_row_of_a_table_says_what_it_rests_on(answers, kind, name, rows):
    table = pd.read_csv(BytesIO(table_of(answers[kind], name)))
    assert len(table) == rows
    assert set(table["basis"]) == {"what if, under fitted weights"}
    assert set(table["assumes"]) == {answers[kind]["assumes"]}
    assert (set(table["worlds"]), set(table["seed"])) == ({2}, {1})


# Their routes


@pytest.fixture
def jobs(tmp_path) -> Jobs:
    return Jobs(tmp_path)


@pytest.fixture
def client(jobs, monkeypatch) -> FlaskClient:
    """A client of a server whose worker sleeps."""
    monkeypatch.setattr(Worker, "wake", lambda self: None)
    return create_app(jobs=jobs).server.test_client()


def test_a_question_is_started_found_polled_and_left(client):
    job = client.post("/data/jobs", json=PIVOTS | {"visitor": ME}, headers=HERE).get_json()
    assert job["state"] == WAITING
    again = client.get("/data/jobs", query_string=PIVOTS).get_json()
    assert client.get(f"/data/jobs/{job['key']}?visitor={ME}").get_json() == again == job
    assert client.post(f"/data/jobs/{job['key']}/leave", json={"visitor": ME}).get_json()["state"] == CANCELLED
    assert client.get("/data/jobs", query_string=CAMPAIGN).get_json()["state"] == "none"


def test_the_states_to_approach_are_told_with_when_they_joined_in_fact(client):
    shipped = {"kind": "campaign", "view": "", "asked": ""}
    job = client.get("/data/jobs", query_string=shipped).get_json()
    told = {row["name"]: row["on_the_register"] for row in job["result"]["approached"]}
    people = directory().set_index("name")
    assert {name for name, words in told.items() if words == "never"} == {
        name for name in told if people["supporter_since"][name] is None
    }
    assert told["Montenegro"] == "by Sep 2019"
    table = pd.read_csv(BytesIO(client.get(f"/data/jobs/{job['key']}/approached.csv", query_string=shipped).data))
    assert dict(zip(table["name"], table["on_the_register"], strict=True)) == told


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": ""}, {"Origin": "http://localhost:9"}, {"Origin": "http://["}],
)
def test_no_other_site_can_start_or_cancel_anything(client, headers):
    for path in ("/data/jobs", "/data/jobs/a/leave"):
        assert client.post(path, json=PIVOTS | {"visitor": ME}, headers=headers).status_code == 403
    assert client.get("/data/jobs", query_string=PIVOTS).get_json()["state"] == "none"


@pytest.mark.parametrize(
    "body",
    [
        {"data": json.dumps(PIVOTS | {"visitor": ME}), "content_type": "text/plain"},
        {"data": "kind=pivots", "content_type": "application/x-www-form-urlencoded"},
        {"data": "{", "content_type": "application/json"},
        {"data": "[" * 10_000, "content_type": "application/json"},
        {"data": b"\xff\xfe", "content_type": "application/json"},
        {"json": [PIVOTS]},
        {"json": PIVOTS | {"visitor": ME, "asked": "x" * 20_000}},
        {"json": PIVOTS},
        {"json": PIVOTS | {"visitor": 7}},
        {"json": PIVOTS | {"visitor": "<script>"}},
    ],
)
def test_a_body_that_is_no_question_is_refused_in_one_sentence(client, body):
    response = client.post("/data/jobs", **body)
    assert response.status_code == 400
    assert len(response.get_json()["message"].splitlines()) == 1


def test_a_public_server_holds_a_question_to_its_limits(jobs, monkeypatch):
    monkeypatch.setattr(Worker, "wake", lambda self: None)
    client = create_app(PUBLIC, jobs=jobs).server.test_client()
    question = PIVOTS | {"view": f"worlds={PUBLIC.worlds + 1}", "visitor": ME}
    for response in (client.post("/data/jobs", json=question), client.get("/data/jobs", query_string=question)):
        assert response.status_code == 400
        assert "worlds is 101" in response.get_json()["message"]


def test_a_full_queue_and_an_unknown_job_get_a_sentence(client, jobs):
    for number in range(MOST_WAITING):
        jobs.ask(f"{number}", {}, ME)
    full = client.post("/data/jobs", json=PIVOTS | {"visitor": ME}, headers=HERE)
    assert full.status_code == 429
    assert full.get_json()["message"]
    for path in (f"/data/jobs/none?visitor={ME}", "/data/jobs/0/lists.csv", "/data/jobs/none/pivots.csv"):
        assert client.get(path).status_code == 404
    assert client.get("/data/jobs/0/people.csv").status_code == 400


def test_a_table_of_jobs_that_cannot_be_used_gets_a_sentence(client, jobs):
    jobs.path.mkdir()
    response = client.get("/data/jobs", query_string=PIVOTS)
    assert response.status_code == 503
    assert response.get_json()["message"]


# The page


@pytest.mark.browser
def test_pivots_are_asked_by_keyboard_and_are_those_of_the_library(page: Page, open_page):
    open_page("campaign?worlds=2")
    expect(page.locator("#campaign-view")).to_contain_text("2 worlds")
    page.get_by_label("How many candidates").fill("4")
    page.locator("#pivots-start").focus()
    page.keyboard.press("Enter")
    rows = page.locator("#pivots-table tbody tr")
    expect(rows).to_have_count(4, timeout=LONGEST)
    pivots = sim.pivots(most=4, replicates=2)
    expect(rows.locator(".whom a")).to_have_text(pivots.table()["name"].tolist())
    means = [difference(mean) for mean in pivots.table()["mean"]]
    expect(rows.locator(".estimate:not(.low-end) strong")).to_have_text(means)
    places = [interval(best, worst) for best, worst in pivots.table()[["best", "worst"]].to_numpy()]
    expect(rows.locator(".rank")).to_have_text(places)
    expect(page.locator("#pivots-assumes")).to_contain_text(pivots.assumes.partition(" (")[0])
    weighs = "By the best fit, a state’s signature weighs with other states and its own firms."
    expect(page.locator("#pivots-assumes")).to_contain_text(weighs)
    assert "pivots=most%3D4" in page.url


@pytest.mark.browser
def test_whoever_brings_nobody_is_named_with_the_reason_and_not_said_of_all(page: Page, open_page):
    open_page("campaign?worlds=2&pivots=who%3DMicrosoft")
    expect(page.locator("#pivots-start")).to_be_visible()
    page.locator("#pivots-start").press("Enter")
    said = "By how the model is built, a single firm brings nobody: in none of 2 worlds does anybody follow Microsoft."
    expect(page.locator("#pivots-found")).to_have_text(said, timeout=LONGEST)
    assert page.locator("#pivots-card .question-run").bounding_box()["height"] <= 1  # "Done", for screen readers
    expect(page.locator("#pivots-assumes")).to_contain_text("A firm’s signature weighs with its home state, as")
    expect(page.locator("#pivots-assumes")).to_contain_text("a state’s weighs with other states and its own firms")
    for of_a_ranking in ("#pivots-top", "#pivots-sorted", "#pivots-answer .whole"):
        expect(page.locator(of_a_ranking)).to_be_hidden()


AT_ONCE = """selector => new MutationObserver((_, watch) => {
    const button = document.querySelector(selector);
    if (button) { watch.disconnect(); button.click(); }
}).observe(document, {childList: true, subtree: true})"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "button", "asked"),
    [
        ("campaign?worlds=2&pivots=most%3D3", "#pivots-start", "pivots=most=3"),
        ("campaign?worlds=2", "#campaign-start", "campaign=approaches=10"),
    ],
)
def test_a_press_counts_from_the_moment_the_button_is_there(page: Page, open_page, path: str, button: str, asked: str):
    """The page presses its own button as soon as that is there, before the libraries are."""
    page.add_init_script(f"({AT_ONCE})({json.dumps(button)})")
    visit = open_page(path)
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    assert asked in visit.query
    assert path.partition("?")[2].partition("&")[0] in visit.query
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)


@pytest.mark.browser
def test_what_is_too_much_for_a_page_is_said_before_anybody_presses(page: Page, open_page):
    open_page("campaign?worlds=200")
    expect(page.locator("#pivots-plan")).to_contain_text("20 candidates in 200 worlds: 4,000 trials, of at most 4,000")
    expect(page.locator("#pivots-start")).to_be_enabled()
    expect(page.locator("#campaign-plan")).to_contain_text("of at most 100 on a page")
    expect(page.locator("#campaign-start")).to_be_disabled()
    page.get_by_label("How many candidates").fill("21")
    expect(page.locator("#pivots-start")).to_be_disabled()


@pytest.mark.long
@pytest.mark.browser
def test_an_answer_is_read_in_other_ways_and_found_again_by_its_address(page: Page, open_page):
    open_page("campaign?worlds=2&pivots=most%3D5")
    expect(page.locator("#pivots-start")).to_be_visible()
    expect(page.get_by_label("How many candidates")).to_have_value("5")
    page.locator("#pivots-start").press("Enter")
    rows = page.locator("#pivots-table tbody tr")
    expect(rows).to_have_count(5, timeout=LONGEST)
    pivots = sim.pivots(most=5, replicates=2)
    whole = page.locator("#pivots-card .whole > summary")
    whole.click()
    page.get_by_role("radiogroup").get_by_text("stays out, beside").click()
    expect(rows.locator(".whom a")).to_have_text(pivots.table("stays out less as it is")["name"].tolist())
    page.reload()
    expect(rows).to_have_count(5, timeout=LONGEST)
    whole.click()
    rows.locator(".whom a").first.click()
    expect(page.locator("#who-name")).to_have_text(pivots.table()["name"][0], timeout=LONGEST)


@pytest.mark.long
@pytest.mark.browser
def test_a_question_is_cancelled(page: Page, open_page):
    open_page("campaign?worlds=2")
    page.get_by_label("How many candidates").fill("60")
    page.locator("#pivots-start").press("Enter")
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#pivots-problem")).to_contain_text("cancelled")
    expect(page.locator("#pivots-start")).to_be_focused()
    expect(page.locator("#pivots-answer")).to_be_hidden()


@pytest.mark.long
@pytest.mark.browser
def test_a_campaign_is_that_of_the_library_and_opens_in_simulate(page: Page, open_page):
    open_page("campaign?scenario=states-only&worlds=2", scheme="dark", width=390)
    expect(page.locator("#campaign-view")).to_contain_text("Only states may sign")
    page.get_by_label("How many approaches").fill("2")
    page.locator("#campaign-start").press("Enter")
    rows = page.locator("#approached-table tbody tr")
    expect(rows).to_have_count(2, timeout=LONGEST)
    outreach = sim.outreach("states-only", approaches=2, replicates=2)
    for order in (rows, page.locator("#campaign-top tbody tr:not(.all)")):
        expect(order.locator(".whom a")).to_have_text(outreach.approached["name"].tolist())
    lead = outreach.lists.set_index("list")["gain"]
    added = [difference(gain) for gain in (*outreach.approached["gain"], lead["greedy"])]
    expect(page.locator("#campaign-top .estimate strong")).to_have_text(added)
    expect(page.locator("#campaign-found")).to_contain_text(f"these 2 bring {mean(lead['greedy'])}")
    expect(page.locator("#campaign-assumes")).to_contain_text("3 months, from November 2018 on, in no order")
    expect(page.locator("#campaign-card .rank")).to_have_count(0)
    shares = [percent(share) for share in outreach.approached["end_not_reached"]]
    expect(rows.locator(".standing:not(.standing + .standing)")).to_have_text(shares)
    expect(page.locator("#lists-table tbody tr")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="Open Simulate with these approaches").click()
    names = ", ".join(outreach.approached["name"])
    expect(page.get_by_role("list", name="Branches")).to_contain_text(f"{names} approached")
