"""The page Campaign: its questions, their answers and routes."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient
from test_names_and_conduct import in_json

import sim
from dashboard.app import create_app
from dashboard.data.questions import CONTRASTS, MONTHS, file_of, question_from, table_of
from dashboard.data.record import directory
from dashboard.jobs import CANCELLED, MOST_WAITING, WAITING, Jobs
from dashboard.limits import PUBLIC
from dashboard.view import MOST_BRANCHES, view_of
from dashboard.worker import Worker

ME = "0123456789abcdef"
PIVOTS = {"kind": "pivots", "view": "worlds=2", "asked": "who=USA&who=FRA&from=2"}
CAMPAIGN = {"kind": "campaign", "view": "scenario=states-only&worlds=2", "asked": "approaches=2"}
HERE = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


# The questions


@pytest.mark.parametrize(
    "same",
    [
        {"asked": ""},
        {"asked": "from=0&most=20"},
        {"view": "worlds=50&seed=1"},
        {"view": "scenario=paris-call-2018"},
    ],
)
def test_a_question_has_one_key_however_it_is_written(same):
    usual = {"kind": "pivots", "view": "", "asked": "most=20"}
    assert question_from(usual | same).key == question_from(usual).key
    assert (
        question_from(PIVOTS).key == question_from(PIVOTS | {"asked": "from=2&who=FRA&who=USA"}).key
    )


def test_questions_that_differ_in_anything_have_keys_of_their_own():
    questions = [
        PIVOTS,
        CAMPAIGN,
        PIVOTS | {"asked": "who=USA&from=2"},
        PIVOTS | {"asked": "who=USA&who=FRA"},
        PIVOTS | {"asked": "most=2&from=2"},
        CAMPAIGN | {"asked": "approaches=3"},
        *(
            PIVOTS | {"view": view}
            for view in ("worlds=3", "worlds=2&seed=2", "worlds=2&lens=realist")
        ),
    ]
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
        assert [row["low_end_high"] for row in rows] == pytest.approx(
            frame["low_end_high"].tolist()
        )
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
    full = "&".join(
        ["scenario=states-only&worlds=2", *(f"branch={t}:BRA:signs" for t in range(MOST_BRANCHES))]
    )
    own = [{"round": 0, "who": "KEN", "outreach": 0.9}]
    assert question_from(CAMPAIGN).link(["KEN"], [sim.approach(["KEN"], 0, 62)]) is not None
    assert question_from(CAMPAIGN).link(["KEN"], own) is None
    assert (
        question_from(CAMPAIGN | {"view": full}).link(["KEN"], [sim.approach(["KEN"], 0, 62)])
        is None
    )


def test_no_answer_joins_a_name_to_conduct(answers):
    assert list(in_json(answers)) == []


@pytest.mark.parametrize(
    ("kind", "name", "rows"),
    [("pivots", "pivots", 6), ("campaign", "approached", 2), ("campaign", "lists", 4)],
)
def test_every_row_of_a_table_says_what_it_rests_on(answers, kind, name, rows):
    table = pd.read_csv(BytesIO(table_of(answers[kind], name)))
    assert len(table) == rows
    assert set(table["basis"]) == {"what if, under fitted weights"}
    assert set(table["assumes"]) == {answers[kind]["assumes"]}
    assert (set(table["worlds"]), set(table["seed"])) == ({2}, {1})
    assert set(table["lens"]) == {"all motives"}
    assert not any("greedy" in each for each in [*table.columns, *table.get("list", [])])
    assert table_of(answers[kind], name).count(b"signs less") == 0


def test_a_table_is_called_after_its_scenario_and_how_many_it_holds(answers):
    assert (
        file_of(answers["campaign"], "approached")
        == "whom-to-approach-states-only-what-if-2-states.csv"
    )
    assert (
        file_of(answers["pivots"], "pivots") == "whose-signature-paris-call-2018-2-candidates.csv"
    )


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
    assert (
        client.post(f"/data/jobs/{job['key']}/leave", json={"visitor": ME}).get_json()["state"]
        == CANCELLED
    )
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
    table = pd.read_csv(
        BytesIO(client.get(f"/data/jobs/{job['key']}/approached.csv", query_string=shipped).data)
    )
    assert dict(zip(table["name"], table["on_the_register"], strict=True)) == told


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": ""},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost:9"},
        {"Origin": "http://["},
    ],
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
    for response in (
        client.post("/data/jobs", json=question),
        client.get("/data/jobs", query_string=question),
    ):
        assert response.status_code == 400
        assert "worlds is 101" in response.get_json()["message"]


def test_a_full_queue_and_an_unknown_job_get_a_sentence(client, jobs):
    for number in range(MOST_WAITING):
        jobs.ask(f"{number}", {}, ME)
    full = client.post("/data/jobs", json=PIVOTS | {"visitor": ME}, headers=HERE)
    assert full.status_code == 429
    assert full.get_json()["message"]
    for path in (
        f"/data/jobs/none?visitor={ME}",
        "/data/jobs/0/lists.csv",
        "/data/jobs/none/pivots.csv",
    ):
        assert client.get(path).status_code == 404
    assert client.get("/data/jobs/0/people.csv").status_code == 400


def test_a_table_of_jobs_that_cannot_be_used_gets_a_sentence(client, jobs):
    jobs.path.mkdir()
    response = client.get("/data/jobs", query_string=PIVOTS)
    assert response.status_code == 503
    assert response.get_json()["message"]
