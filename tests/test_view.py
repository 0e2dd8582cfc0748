"""The address of a view: what it says, what it may not say, and that one address has one answer."""

from __future__ import annotations

import inspect
import json
import threading
from contextlib import suppress

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from dashboard.app import create_app
from dashboard.cache import Answers
from dashboard.data.record import record_of
from dashboard.data.words import event_words
from dashboard.view import View, view_of

LINK = (
    "scenario=great-powers-sign&lens=realist&set=monitoring:0.5&set=ambition_8:0&may_sign=states,ngos&choose=who:USA,CHN"
    "&branch=12:BRA:signs&worlds=3&seed=7"
)
CONDUCT = [outcome for outcome in sim.OUTCOMES.values() if outcome.basis == "assumed"]


@pytest.fixture(scope="module")
def client():
    return create_app().server.test_client()


def test_a_link_survives_the_round_trip():
    assert view_of(LINK).query() == LINK
    assert view_of(view_of(LINK).query()) == view_of(LINK)


def test_what_is_as_usual_is_not_said():
    assert view_of("").query() == ""
    assert view_of("scenario=paris-call-2018&seed=1").query() == ""


def test_a_link_may_say_who_may_sign():
    assert view_of("may_sign=states").variant.sha256 == sim.load("states-only").sha256


def test_a_view_is_the_scenario_that_the_same_words_make():
    view = view_of("set=monitoring:0.5&branch=12:BRA:stays-out&branch=20:sanctions:1")
    by_hand = sim.load("paris-call-2018").with_changes(
        set={"monitoring": 0.5},
        events=[{"round": 12, "who": "BRA", "signs": False}, {"round": 20, "dial": "sanctions", "value": 1.0}],
    )
    assert view.variant.sha256 == by_hand.sha256


@pytest.mark.parametrize(("start", "until"), [(0, 2), (61, 62), (62, 62)])
def test_an_approach_is_the_outreach_of_a_scenario_file_with_the_strength_of_the_command(start, until):
    strength = inspect.signature(sim.outreach).parameters["strength"].default
    event = {"round": start, "who": ["KEN", "NPL"], "outreach": strength, "until": until}
    by_hand = sim.load("paris-call-2018").with_changes(events=[event])
    view = view_of(f"branch={start}:KEN,NPL:approached")
    assert view.variant.sha256 == by_hand.sha256
    assert view.query() == f"branch={start}:KEN,NPL:approached"


def test_an_approach_brings_somebody_to_take_the_matter_up():
    reached = [view_of(query).run().courses()["taken_up"]["NPL"].iloc[12]
               for query in ("worlds=30", "worlds=30&branch=0:NPL:approached")]  # fmt: skip
    assert reached[0] < reached[1]


WRONG = {
    "scenario=../../etc/passwd": "scenario is '../../etc/passwd', expected one of paris-call-2018",
    "scenario=classics/bass-1969": "scenario is 'classics/bass-1969', expected one of",
    "lens=realism": "lens is 'realism', expected one of full",
    "set=monitoring": "set is 'monitoring', expected NAME:VALUE",
    "set=monitoring:high": "monitoring is 'high', expected a number",
    "set=monitoring:nan": "monitoring is nan, expected a number from 0 to 1",
    "set=monitoring:1e999": "monitoring is inf, expected a number from 0 to 1",
    "set=monitoring:0&set=monitoring:1": "found set of monitoring twice",
    "set=<script>:1": "there is no dial '<script>'",
    "set=ambition_10:1": "there is no dial 'ambition_10'",
    "may_sign=state": "may_sign is ['state'], expected a list of some of states, firms, ngos",
    "may_sign=states,": "may_sign is ['states', ''], expected a text or a list of different texts",
    "may_sign=ngos&branch=1:BRA:signs": "found a choice of BRA, expected one of those who may sign this code (ngo)",
    "choose=who:USA": "there is no choice 'who'",
    "worlds=0": "worlds is '0', expected a whole number from 1 to 200",
    "worlds=100000": "worlds is '100000', expected a whole number from 1 to 200",
    "worlds=1e3": "worlds is '1e3', expected a whole number",
    "seed=-1": "seed is '-1', expected a whole number from 0",
    "seed=" + "9" * 5000: "it has 5005 characters, expected at most 4000",
    "seed=1&seed=2": "found seed twice",
    "worlds=--5": "worlds is '--5', expected a whole number from 1 to 200",
    "branch=12:BRA": "branch is '12:BRA', expected ROUND:WHO:signs, ROUND:WHO:stays-out, ROUND:WHO,…:approached",
    "branch=63:BRA:approached": "branch is '63', expected a whole number from -10 to 62",
    "branch=1:Atlantis:approached": "there is no stakeholder 'Atlantis'",
    "branch=1:KEN,:approached": "who is ['KEN', ''], expected a text or a list of different texts",
    "branch=1:KEN,KEN:approached": "who is ['KEN', 'KEN'], expected a text or a list of different texts",
    "branch=99:BRA:signs": "branch is '99', expected a whole number from -10 to 62",
    "branch=1:Atlantis:signs": "there is no stakeholder 'Atlantis'",
    "colour=red": "found the key 'colour', expected one of scenario",
    "scenario": "found no list of key=value",
    "&".join(f"branch={t}:BRA:signs" for t in range(62)): "found no list of key=value, expected at most 60",
}


@pytest.mark.parametrize(("query", "said"), WRONG.items(), ids=[query[:40] for query in WRONG])
def test_a_wrong_link_is_refused_in_one_sentence(query, said, client):
    answer = client.get("/data/run", query_string=query)
    assert answer.status_code == 400
    assert answer.mimetype == "application/json"
    message = answer.get_json()["message"]
    assert said in message
    assert "\n" not in message
    assert "Traceback" not in message


@given(st.text(max_size=200))
def test_no_text_whatever_breaks_the_server(text):
    with suppress(sim.InputError):
        assert view_of(text).query() is not None


def test_the_record_tells_what_the_run_tells():
    view = view_of("worlds=4")
    run = view.run()
    record = record_of(view, run)
    assert json.loads(json.dumps(record)) == record
    at_end = {name: record["signed"][-1][place] / 4 for place, name in enumerate(record["names"])}
    assert at_end == pytest.approx(run.signed)
    table = run.table()
    states = table[table["kind"] == "state"].iloc[-1]
    assert record["bands"]["listed"]["state"]["median"][-1] == states["median"]
    assert record["register"]["state"][-1] == {"date": "2024-01-19", "count": 81}


def test_nobody_has_signed_who_has_not_taken_it_up():
    record = record_of(view_of("worlds=4"), view_of("worlds=4").run())
    assert all(
        signed <= taken_up
        for at, there in zip(record["signed"], record["taken_up"], strict=True)
        for signed, taken_up in zip(at, there, strict=True)
    )


def test_the_record_holds_no_conduct():
    told = json.dumps(record_of(view_of("worlds=2"), view_of("worlds=2").run()))
    assert [outcome.name for outcome in CONDUCT if f'"{outcome.name}"' in told or outcome.label in told] == []


@pytest.mark.parametrize("name", [name for name, _, _ in sim.available()])
def test_every_event_of_every_scenario_has_plain_words(name):
    for event in sim.load(name).events:
        said = event_words(event)
        assert said
        assert "_" not in said


def test_the_table_opens_in_pandas_and_says_what_it_is(client, tmp_path):
    (tmp_path / "run.csv").write_bytes(client.get("/data/run.csv?worlds=2&seed=3").data)
    table = pd.read_csv(tmp_path / "run.csv")
    assert len(table) == 3 * 73
    assert table["registered"].count() == 3 * 13
    assert set(table["basis"]) == {"fitted to the register"}
    assert set(table["seed"]) == {3}


def test_an_answer_is_computed_once_for_all_who_ask_at_the_same_time():
    answers, computed, begin = Answers(), [], threading.Barrier(5)

    def ask() -> None:
        begin.wait()
        answers.get("one", lambda: computed.append(1) or {"a": 1})

    asking = [threading.Thread(target=ask) for _ in range(5)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(computed) == 1


def test_answers_are_few_and_errors_are_not_kept():
    answers = Answers(entries=3)
    for number in range(10):
        answers.get(str(number), lambda number=number: number)
    assert len(answers) == 3
    with pytest.raises(ZeroDivisionError):
        answers.get("wrong", lambda: 1 / 0)
    assert answers.get("wrong", lambda: 2) == b"2"


def test_a_view_of_one_visitor_is_never_anothers():
    answers = Answers()
    asked = [View(seed=seed, worlds=1) for seed in range(4)]
    got = [json.loads(answers.get(view.query(), lambda view=view: {"seed": view.seed})) for view in asked]
    assert [told["seed"] for told in got] == [0, 1, 2, 3]
