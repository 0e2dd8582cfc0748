"""The table of long questions and whoever works on it: asked once, stopped when unwanted, never torn, never lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient
from test_names_and_conduct import in_json

import sim
from dashboard import jobs as table
from dashboard.app import create_app
from dashboard.data.questions import CONTRASTS, MONTHS, question_from, table_of
from dashboard.jobs import (
    CANCELLED,
    DONE,
    FAILED,
    MOST_ENDED,
    MOST_WAITING,
    RUNNING,
    WAITING,
    Job,
    Jobs,
    QueueFullError,
)
from dashboard.limits import PUBLIC
from dashboard.view import MOST_BRANCHES, view_of
from dashboard.worker import COMMAND, ENDED, Worker, time_left

ME, YOU = "0123456789abcdef", "fedcba9876543210"
PIVOTS = {"kind": "pivots", "view": "worlds=2", "asked": "who=USA&who=FRA&from=2"}
CAMPAIGN = {"kind": "campaign", "view": "scenario=states-only&worlds=2", "asked": "approaches=2"}

# Processes that stand in for the real one: each tells its number, and waits, ends or answers.
TELL = "import json, os, sys, time; q = json.loads(sys.stdin.readline()); "
SAY = "print(json.dumps({'done': 1, 'total': 4, 'seconds_left': 9.0}), flush=True); "
WAITS = TELL + SAY + "open(q['file'], 'w').write(str(os.getpid())); time.sleep(600)"
ENDS = TELL + SAY + "print('{\"resu', end='', flush=True); os._exit(9)"
ANSWERS = TELL + "print(json.dumps({'result': {'said': q['file']}}), flush=True)"


no_signals = pytest.mark.skipif(os.name == "nt", reason="Windows cannot ask after a process by a signal")


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    return Jobs(tmp_path)


def working(jobs: Jobs, script: str) -> Worker:
    """A worker whose processes run *script*."""
    worker = Worker(jobs, (sys.executable, "-P", "-c", script))
    worker.wake()
    return worker


def until(holds: Callable[[], Any]) -> Any:
    """What *holds* gives once it is true; the test ends where it never is."""
    for _ in range(2400):
        if found := holds():
            return found
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def at(jobs: Jobs, state: str, key: str = "a", visitor: str = ME) -> Job:
    """The job *key*, once it is in *state*; meanwhile *visitor* waits for it."""
    return until(lambda: (job := jobs.find(key, visitor)) and job.state == state and job)


def test_the_same_question_asked_twice_is_one_job(jobs):
    assert jobs.ask("a", {}, ME) == jobs.ask("a", {}, YOU)
    assert jobs.claim("worker").key == "a"
    assert jobs.ask("a", {}, ME).state == RUNNING
    assert jobs.claim("worker") is None


@pytest.mark.parametrize(
    "same",
    [
        {"asked": ""},
        {"asked": "from=0&most=20"},
        {"view": "worlds=50&seed=1"},
        {"view": "scenario=paris-call-2018"},
    ],
)
def test_a_question_has_one_key_however_it_is_said(same):
    usual = {"kind": "pivots", "view": "", "asked": "most=20"}
    assert question_from(usual | same).key == question_from(usual).key
    assert question_from(PIVOTS).key == question_from(PIVOTS | {"asked": "from=2&who=FRA&who=USA"}).key


def test_questions_that_differ_in_anything_have_keys_of_their_own():
    asked = [
        PIVOTS, CAMPAIGN, PIVOTS | {"asked": "who=USA&from=2"}, PIVOTS | {"asked": "who=USA&who=FRA"},
        PIVOTS | {"asked": "most=2&from=2"}, CAMPAIGN | {"asked": "approaches=3"},
        *(PIVOTS | {"view": view} for view in ("worlds=3", "worlds=2&seed=2", "worlds=2&lens=realist")),
    ]  # fmt: skip
    assert len({question_from(one).key for one in asked}) == len(asked)


@pytest.mark.parametrize("question", [PIVOTS, CAMPAIGN], ids=["pivots", "campaign"])
def test_what_a_question_says_of_itself_is_that_question(question):
    asked = question_from(question)
    assert question_from(json.loads(json.dumps(asked.content))) == asked


def test_a_job_is_done_and_its_answer_survives_a_restart(jobs, tmp_path):
    jobs.ask("a", {"file": "x"}, ME)
    working(jobs, ANSWERS)
    assert at(jobs, DONE).result == {"said": "x"}
    assert Jobs(tmp_path).find("a").result == {"said": "x"}
    assert Jobs(tmp_path).ask("a", {"file": "x"}, YOU).state == DONE


@no_signals
def test_a_job_tells_how_far_it_is_and_stops_its_process_when_it_is_cancelled(jobs, tmp_path):
    file = tmp_path / "number"
    jobs.ask("a", {"file": str(file)}, ME)
    working(jobs, WAITS)
    number = int(until(lambda: file.exists() and file.read_text()))
    until(lambda: (jobs.find("a", ME).done, jobs.find("a", ME).total) == (1, 4))
    assert jobs.leave("a", ME).state == CANCELLED
    until(lambda: ended(number))
    assert jobs.find("a").message == table.STOPPED


def ended(number: int) -> bool:
    """Whether there is no process of that *number*."""
    try:
        os.kill(number, 0)
    except OSError:
        return True
    return False


def test_who_cancels_does_not_cancel_for_another(jobs):
    jobs.ask("a", {}, ME)
    jobs.ask("a", {}, YOU)
    assert jobs.leave("a", ME).state == WAITING
    assert jobs.leave("a", YOU).state == CANCELLED


@no_signals
def test_a_job_that_nobody_polls_is_cancelled_and_its_process_stopped(jobs, tmp_path):
    file = tmp_path / "number"
    for key in "ab":
        jobs.ask(key, {"file": str(file)}, ME)
    working(jobs, WAITS)
    number = int(until(lambda: file.exists() and file.read_text()))
    jobs._idle = 0.1
    until(lambda: ended(number))
    for key in "ab":  # the one that ran, and the one that waited
        job = until(lambda key=key: (found := jobs.find(key)) and found.state == CANCELLED and found)
        assert job.message == table.UNWANTED


def test_a_job_whose_process_was_killed_says_so_and_can_be_asked_again(jobs):
    jobs.ask("a", {"file": "x"}, ME)
    working(jobs, ENDS)
    assert at(jobs, FAILED).message == ENDED
    assert jobs.ask("a", {"file": "x"}, ME).state == WAITING
    working(jobs, ANSWERS)
    assert at(jobs, DONE).result == {"said": "x"}


def test_a_job_whose_server_was_killed_says_so_and_can_be_asked_again(tmp_path):
    Jobs(tmp_path).ask("a", {"file": "x"}, ME)
    assert Jobs(tmp_path).claim("a server that is no more").state == RUNNING
    later = Jobs(tmp_path, silent=0)
    assert later.find("a", ME).message == table.INTERRUPTED
    assert later.ask("a", {"file": "x"}, ME).state == WAITING
    assert not later.report("a", "a server that is no more", 1, 2, None)
    later.end("a", "a server that is no more", {"said": "too late"})
    assert later.find("a").state == WAITING


def test_a_full_queue_says_so_and_lets_in_who_asks_what_waits_already(jobs):
    for number in range(MOST_WAITING):
        assert jobs.ask(f"{number}", {}, ME).before == number
    with pytest.raises(QueueFullError):
        jobs.ask("one more", {}, ME)
    assert jobs.find("one more") is None
    assert jobs.ask("0", {}, YOU).state == WAITING
    assert [jobs.claim("worker").key for _ in range(MOST_WAITING)] == [f"{number}" for number in range(MOST_WAITING)]


def torn_at_the_start(path: Path) -> None:
    path.write_bytes(b"no table at all" * 100)


def torn_in_the_middle(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


@pytest.mark.parametrize("tear", [torn_at_the_start, torn_in_the_middle])
def test_a_torn_table_is_put_aside_and_told(jobs, caplog, tear):
    jobs.ask("a", {}, ME)
    tear(jobs.path)
    assert jobs.ask("b", {}, ME).state == WAITING
    assert jobs.find("a") is None
    assert Path(f"{jobs.path}.torn").exists()
    assert "damaged" in caplog.text


def test_a_table_that_was_deleted_is_begun_anew(jobs):
    jobs.ask("a", {}, ME)
    jobs.path.unlink()
    assert jobs.find("a", ME) is None
    assert jobs.ask("a", {}, ME).state == WAITING


def test_answers_are_few_and_the_one_asked_for_last_stays(jobs):
    for number in range(MOST_ENDED + 5):
        jobs.ask(f"{number}", {}, ME)
        jobs.claim("worker")
        jobs.end(f"{number}", "worker", {"number": number})
        assert jobs.ask("0", {}, ME).result == {"number": 0}
    kept = [number for number in range(MOST_ENDED + 5) if jobs.find(f"{number}")]
    assert len(kept) <= MOST_ENDED + 1
    assert kept[-1] == MOST_ENDED + 4


def test_visitors_are_noted_up_to_a_number(jobs, monkeypatch):
    monkeypatch.setattr(table, "MOST_VISITORS", 2)
    for visitor in ("1", "2", "3"):
        jobs.ask("a", {}, visitor)
    assert jobs.leave("a", "1").state == WAITING
    assert jobs.leave("a", "2").state == CANCELLED


def test_the_time_left_goes_by_the_pace_since_the_first_report():
    clock = iter([100, 104, 110])
    left = time_left(lambda: next(clock))
    assert left(2, 22) is None
    assert left(4, 22) == 36
    assert left(12, 22) == 10


def test_the_process_ends_when_its_server_does():
    long = {"kind": "pivots", "view": "worlds=66", "asked": "most=60"}
    here = {**os.environ, "PYTHONPATH": str(Path(sim.__file__).parent.parent)}
    pipe = subprocess.PIPE
    with subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, text=True, env=here) as process:
        process.stdin.write(json.dumps(long) + "\n")
        process.stdin.close()
        assert process.wait(timeout=120) == 1
        assert "result" not in process.stdout.read()


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    return {one["kind"]: question_from(one).answer() for one in (PIVOTS, CAMPAIGN)}


def test_pivots_are_what_the_library_says(answers):
    done = sim.pivots(who=["FRA", "USA"], from_round=2, replicates=2)
    for contrast in CONTRASTS:
        rows, frame = answers["pivots"]["pivots"][contrast], done.table(contrast)
        assert [row["who"] for row in rows] == frame["who"].tolist()
        assert [row["low_end_high"] for row in rows] == pytest.approx(frame["low_end_high"].tolist())
    assert answers["pivots"]["assumes"] == done.assumes


def test_the_list_of_approaches_is_what_the_library_says(answers):
    done = sim.outreach("states-only", approaches=2, replicates=2)
    assert answers["campaign"]["asked"] == done.asked
    assert done.asked["months"] == MONTHS
    for name in ("approached", "lists"):
        rows, frame = answers["campaign"][name], getattr(done, name)
        assert [row["gain"] for row in rows] == pytest.approx(frame["gain"].tolist())
        assert [row["who"] for row in rows] == frame["who"].tolist()


def test_the_link_to_simulate_is_the_world_of_the_approaches(answers):
    done = sim.outreach("states-only", approaches=2, replicates=2)
    approached = sim.run("states-only", events=done.events, replicates=2)
    assert view_of(answers["campaign"]["try"]).run().signed == approached.signed


def test_approaches_on_top_of_the_scenarios_own_are_no_link(answers):
    question = question_from(CAMPAIGN)
    chosen = [row["who"] for row in answers["campaign"]["approached"]]
    assert question.link(chosen, [{"round": 0, "who": who, "outreach": 0.9} for who in chosen]) is None


def test_a_view_that_is_full_of_branches_already_has_no_link_and_an_answer_all_the_same(answers):
    full = "&".join(["scenario=states-only&worlds=2", *(f"branch={t}:BRA:signs" for t in range(MOST_BRANCHES))])
    question, chosen = question_from(CAMPAIGN | {"view": full}), answers["campaign"]["approached"][0]["who"]
    assert question.link([chosen], [sim.approach([chosen], 0, 62)]) is None


def test_no_answer_joins_a_name_to_conduct(answers):
    assert list(in_json(answers)) == []


@pytest.mark.parametrize(
    ("kind", "name", "rows"), [("pivots", "pivots", 6), ("campaign", "approached", 2), ("campaign", "lists", 4)]
)
def test_the_tables_open_in_pandas_and_say_what_they_are(answers, kind, name, rows):
    frame = pd.read_csv(BytesIO(table_of(answers[kind], name)))
    assert len(frame) == rows
    assert set(frame["basis"]) == {"fitted to the register"}
    assert set(frame["assumes"]) == {answers[kind]["assumes"]}
    assert (set(frame["worlds"]), set(frame["seed"])) == ({2}, {1})


@pytest.fixture
def client(jobs: Jobs, monkeypatch) -> FlaskClient:
    """Whoever asks the server, whose worker sleeps."""
    monkeypatch.setattr(Worker, "wake", lambda self: None)
    return create_app(jobs=jobs).server.test_client()


HERE = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


def test_a_question_is_started_found_polled_and_left(client, jobs):
    started = client.post("/data/jobs", json=PIVOTS | {"visitor": ME}, headers=HERE).get_json()
    assert started["state"] == WAITING
    found = client.get("/data/jobs", query_string=PIVOTS).get_json()
    assert client.get(f"/data/jobs/{started['key']}?visitor={ME}").get_json() == found == started
    assert client.post(f"/data/jobs/{started['key']}/leave", json={"visitor": ME}).get_json()["state"] == CANCELLED
    assert client.get("/data/jobs", query_string=CAMPAIGN).get_json()["state"] == "none"


@pytest.mark.parametrize(
    "elsewhere",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": ""}, {"Origin": "http://localhost:9"}, {"Origin": "http://["}],
)
def test_no_other_site_can_start_or_cancel_anything(client, elsewhere):
    for path in ("/data/jobs", "/data/jobs/a/leave"):
        answer = client.post(path, json=PIVOTS | {"visitor": ME}, headers=elsewhere)
        assert (answer.status_code, answer.get_json()["message"]) == (
            403, "a question may be started from Parley's own pages only")  # fmt: skip
    assert client.get("/data/jobs", query_string=PIVOTS).get_json()["state"] == "none"


@pytest.mark.parametrize(
    "sent",
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
def test_what_is_no_question_is_refused_in_one_sentence(client, sent):
    answer = client.post("/data/jobs", **sent)
    assert answer.status_code == 400
    assert answer.get_json()["message"].startswith("the question: ")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "sweep"}, "kind is 'sweep', expected pivots or campaign"),
        ({"kind": None}, "found no kind, view and asked"),
        ({"view": "scenario=../etc"}, "scenario is '../etc', expected one of"),
        ({"view": "worlds=-1"}, "worlds is '-1', expected a whole number from 1 to 200"),
        ({"view": "worlds=200", "asked": "most=60"}, "60 candidates in 200 worlds are 12000 trials"),
        ({"asked": "most=0"}, "pivots: most is '0', expected a whole number from 1 to 60"),
        ({"asked": "most=nan"}, "pivots: most is 'nan', expected a whole number"),
        ({"asked": "most=--5"}, "pivots: most is '--5', expected a whole number"),
        ({"asked": "most=3&most=4"}, "found most more than 1 times"),
        ({"asked": "most=3&who=USA"}, "found most beside who"),
        ({"asked": "who=\ud800"}, "who is '\\ud800', expected a state (USA)"),
        ({"view": "set=\x00:1"}, "there is no dial '\\x00'"),
        ({"asked": "who=Atlantis"}, "who is 'Atlantis', expected a state (USA)"),
        ({"asked": "&".join(["who=USA"] * 21)}, "found who more than 20 times"),
        ({"asked": "from=63"}, "pivots: from is '63', expected a whole number from -10 to 62"),
        ({"asked": "weight=1"}, "found the key 'weight', expected one of most, from, who"),
        ({"asked": "most"}, "found no list of key=value"),
        ({"view": "scenario=states-only", "asked": "who=Microsoft"}, "found Microsoft, expected one of those"),
        ({"kind": "campaign", "asked": "approaches=21"}, "approaches is '21', expected a whole number from 1 to 20"),
        ({"kind": "campaign", "asked": "from=61"}, "campaign: from is '61', expected a whole number from -10 to 60"),
        ({"kind": "campaign", "asked": "", "view": "worlds=101"}, "worlds is 101, expected at most 100"),
    ],
)  # fmt: skip
def test_a_question_beyond_its_bounds_is_refused_in_one_sentence(client, asked, said):
    answer = client.post("/data/jobs", json=PIVOTS | {"visitor": ME} | asked, headers=HERE)
    assert answer.status_code == 400
    assert said in answer.get_json()["message"]
    assert "\n" not in answer.get_json()["message"]


def test_a_public_server_holds_a_question_to_its_bounds(jobs, monkeypatch):
    monkeypatch.setattr(Worker, "wake", lambda self: None)
    client = create_app(PUBLIC, jobs=jobs).server.test_client()
    asked = PIVOTS | {"view": f"worlds={PUBLIC.worlds + 1}", "visitor": ME}
    for answer in (client.post("/data/jobs", json=asked), client.get("/data/jobs", query_string=asked)):
        assert "worlds is 101, expected at most 100 on this public server" in answer.get_json()["message"]


def test_a_full_queue_and_a_job_unknown_are_told_in_a_sentence(client, jobs):
    for number in range(MOST_WAITING):
        jobs.ask(f"{number}", {}, ME)
    full = client.post("/data/jobs", json=PIVOTS | {"visitor": ME}, headers=HERE)
    assert (full.status_code, full.get_json()["message"][:17]) == (429, "the queue is full")
    for path in (f"/data/jobs/none?visitor={ME}", "/data/jobs/0/lists.csv", "/data/jobs/none/pivots.csv"):
        assert client.get(path).status_code == 404
    assert "expected one of pivots" in client.get("/data/jobs/0/people.csv").get_json()["message"]


def test_a_table_that_cannot_be_used_is_told_in_a_sentence(client, jobs):
    jobs.path.mkdir()
    answer = client.get("/data/jobs", query_string=PIVOTS)
    assert (answer.status_code, answer.get_json()["message"][:28]) == (503, "the table of questions canno")
