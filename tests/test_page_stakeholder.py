"""What the server says of a stakeholder: why it signs or stays out, and what would turn it."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from test_names_and_conduct import in_json

import sim
from dashboard.cache import Runs
from dashboard.data import explanations
from dashboard.data.explanations import question_of
from dashboard.data.ready_questions import ready_explanations
from dashboard.pages import stakeholder
from sim.number_formats import percent

PATH = stakeholder.PATH.removeprefix("/")
FEW = "worlds=10"


def explanation_of(client: FlaskClient, query: str, path: str = "explain") -> dict[str, Any]:
    """The server's answer to a question that makes sense."""
    response = client.get(f"/data/{path}?{query}")
    assert response.status_code == 200, response.text
    return json.loads(response.text)


@pytest.fixture
def few(monkeypatch):
    """Questions are answered in few worlds."""
    monkeypatch.setattr(explanations, "MOST_WORLDS", 10)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("who", ["USA", "DEU", "Microsoft", "Access Now"])
def test_contributions_add_up_to_the_value(client, who):
    content = explanation_of(client, f"{FEW}&who={who}&round=0")
    assert sum(part["value"] for part in content["contributions"]) == pytest.approx(
        content["value"]
    )


@pytest.mark.usefixtures("few")
def test_the_explanation_is_that_of_the_library(client):
    content = explanation_of(client, f"{FEW}&lens=realist&who=bra&round=12")
    run = sim.run(sim.load("paris-call-2018").with_lens("realist"), replicates=10, seed=1)
    explanation = run.explain("BRA", 12).as_json()
    assert {key: content[key] for key in content.keys() & explanation.keys()} == {
        key: value
        for key, value in explanation.items()
        if key not in ("aim", "answer", "changes", "manifest")
    }


@pytest.mark.usefixtures("few")
def test_a_member_of_the_union_is_shown_beside_the_union(client):
    content = explanation_of(client, f"{FEW}&who=Germany&round=0")
    assert {"Germany", "France"} < set(content["decided_with"])
    assert content["value"] != content["value_together"]


@pytest.mark.usefixtures("few")
def test_every_trait_has_words_and_a_value(client):
    content = explanation_of(client, f"{FEW}&who=Microsoft&round=0")
    assert tuple(stakeholder.TRAITS) == tuple(content["traits"]) == sim.TRAITS
    assert all(0 <= value <= 1 for value in content["traits"].values())


def test_a_question_is_answered_in_as_many_worlds_as_a_page_may_have():
    assert question_of(f"{FEW}&who=FRA").view.worlds == 200
    assert question_of("set=population_scale:4&who=USA").view.worlds == 50


def ready(name: str) -> explanations.Question:
    """A question whose answer ships, asked on a view of few worlds."""
    parts = dict(zip(("who", "by"), name.split("-"), strict=True))
    return question_of(f"{FEW}&{urlencode(parts)}")


def test_the_brief_of_a_view_has_the_worlds_of_the_page_where_its_answer_ships(client):
    explained = explanations.explanation_of(ready("USA-0"), Runs())
    number = round(explained["shares"]["signed"][-1] * explained["worlds"])
    text = client.get("/brief?who=USA").text
    assert (
        f"The United States: in by January\N{NO-BREAK SPACE}2024 in {percent(number / 200)} of 200"
        " worlds" in text
    )
    assert "These numbers are of 50 worlds, as on the page Simulate; those above of 200" in text
    assert "The page Stakeholder counts" not in text
    assert "The page Stakeholder counts 200 worlds" in client.get("/brief?who=SRB").text


def test_a_brief_counts_the_changes_on_weaker_evidence_as_the_page_and_says_what_its_answer_assumes(
    client,
):
    changes = explanations.changes_of(ready("KEN-0"), Runs())["changes"]
    tried = [change for change in changes if change["change"] or change["without_effect"]]
    weaker = [change for change in tried if not (change["borne"] and change["told_from_zero"])]
    text = html.unescape(client.get("/brief?who=KEN&by=0").text)
    head, rows = "weaker evidence: no answer rests on it", text.count('<li class="apart">')
    left = len(weaker) - rows
    assert 0 < rows < len(weaker)
    assert text.count(head) == 1
    assert (
        f"Parley’s page shows {left} more change{'' if left == 1 else 's'}, on weaker evidence."
        in text
    )
    assert (
        "In the model, if Kenya were approached from September to November 2018, it would sign"
        " in 56" in text
    )
    assert ": perhaps enough. <span" in text
    assert f"Without the change it signs by then in {percent(0.09)} of worlds" in text
    assert "The brackets hold" not in text
    assert (
        "Here: one change at a time; how strong a change is tried is our judgement; an approach"
        in text
    )
    assert text.count("<strong>The Paris Call:</strong>") == 1


def test_a_brief_of_who_never_signs_draws_what_is_on_weaker_evidence_and_has_no_block_of_months(
    client,
):
    text = html.unescape(client.get("/brief?who=CHN&by=13").text)
    changes = explanations.changes_of(ready("CHN-13"), Runs())["changes"]
    strongest = max(change["share_after"] for change in changes if not change["borne"])
    assert text.count('<li class="apart">') == 3
    assert f"<strong>{percent(strongest)}</strong>" in text.partition("no answer rests on it")[2]
    assert "Parley’s page shows" not in text
    assert "by month</h2>" not in text
    assert "The same in every month from the launch on." in text
    assert f"as it is, {percent(0)}" not in text


def test_what_most_visitors_ask_first_is_answered_at_once_as_it_would_be_simulated():
    assert all(
        ready(name) == question and question.ready
        for name, question in ready_explanations().items()
    )
    found = explanations.explanation_of(ready("USA-0"), Runs())
    simulated = explanations.simulated_explanation(ready("USA-0"), Runs())
    by_name = {"ships": True, "said": "the United States"}
    assert json.loads(json.dumps(simulated)) | by_name == found


@pytest.mark.long
@pytest.mark.parametrize(("name", "aim"), [("USA-13", None), ("USA-13", "in"), ("KEN-0", None)])
def test_a_change_that_ships_is_the_one_that_would_be_found(name, aim):
    question = replace(ready(name), aim=aim)
    simulated = explanations.simulated_changes(question, Runs())
    assert json.loads(json.dumps(simulated)) == explanations.changes_of(question, Runs())
    assert replace(question, aim="out").ready is None


@pytest.mark.usefixtures("few")
def test_a_question_is_by_default_of_the_date_of_the_round_and_of_what_it_did_not_do(client):
    first = explanation_of(client, f"{FEW}&who=FRA")
    assert first["asked"] == {"aim": "out", "by": 0, "day": "2018-11-12", "start": -10}
    other = explanation_of(client, f"{FEW}&who=FRA&by=13&aim=in")
    assert other["asked"] == {"aim": "in", "by": 13, "day": "2019-12-12", "start": 2}
    late = explanation_of(client, f"{FEW}&who=USA&by=13")
    assert late["asked"]["aim"] == "in"  # as it was out in fact
    assert "launched the Call, and was on the register from that day" in first["happened"]


@pytest.mark.usefixtures("few")
def test_what_it_weighs_is_of_the_date_that_is_asked_about(client):
    question = "scenario=states-only&worlds=4&who=BRA"
    asked = explanation_of(client, f"{question}&by=13")
    then = explanation_of(client, f"{question}&round=13")
    assert asked["contributions"] == then["contributions"]
    assert asked["contributions"] != explanation_of(client, question)["contributions"]
    assert (asked["date"], asked["round"]) == ("2019-12-12", 13)


@pytest.mark.parametrize("text", ["who=bra", "who=Brazil", "who=BRAZIL", "round=0&who=BRA"])
def test_somebody_is_found_by_id_or_name_in_any_case(text):
    assert question_of(text) == question_of("who=BRA&round=0")


# Each with what the sentence names.
@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("who=Frnace", "did you mean 'France'"),
        ("who=Microsft", "did you mean 'Microsoft'"),
        ("who=%3Cscript%3Ealert(1)%3C/script%3E", "'<script>alert"),
        ("who=firm+DEU-017", "'firm DEU-017'"),
        ("who=" + 3000 * "A", "nobody is called 'AAAA"),
        ("who=%00%ff", "nobody is called"),
        ("round=0", "no who"),
        ("", "no who"),
        ("who=USA&who=CHN", "who twice"),
        ("who=USA&round=0&round=1", "round twice"),
        ("who=USA&round=63", "'63'"),
        ("who=USA&round=" + 99 * "9", "round"),
        ("who=USA&round=%D9%A1", "round"),
        ("who=USA&round=0.5", "'0.5'"),
        ("who=USA&set=capacity:1", "capacity"),
        ("who=USA&who2=1", "'who2'"),
        ("who=USA&by=-99", "'-99'"),
        ("who=USA&aim=up", "'up', expected one of in, out"),
        ("who=USA&first=yes", "'first'"),
        ("&".join(["who=USA"] * 900), "4000"),
    ],
)
def test_a_wrong_question_is_refused_in_one_sentence_that_names_what_is_wrong(query, word):
    with pytest.raises(sim.InputError) as problem:
        question_of(query)
    assert word in str(problem.value)
    assert len(str(problem.value).splitlines()) == 1


@pytest.mark.usefixtures("few")
def test_a_first_estimate_has_the_shape_of_the_answer_that_takes_its_place_and_claims_less(client):
    question = f"{FEW}&scenario=states-only&who=BRA"
    first, whole = (
        explanation_of(client, question, path) for path in ("explain/first", "explain/changes")
    )
    assert (first["is_estimate"], first["search_worlds"], first["worlds"]) == (True, 10, 10)
    assert "is_estimate" not in whole
    assert explanation_of(client, question, "explain/first") == first  # neither is the other's
    assert whole.keys() - first.keys() == set()
    assert (first["aim"], first["signed_by"]) == (whole["aim"], whole["signed_by"])
    assert {change["family"] for change in first["changes"]} == {
        change["family"] for change in whole["changes"]
    }
    assert not any(
        change["tried"] or change["verdict"] or change["of_weights"] for change in first["changes"]
    )


def test_what_ships_and_what_seeks_nothing_is_whole_at_once(client):
    for question in ("who=USA&by=13", f"{FEW}&scenario=states-only&who=FRA&aim=in"):
        first, whole = (
            explanation_of(client, question, path) for path in ("explain/first", "explain/changes")
        )
        assert first == {**whole, "is_estimate": False}


@pytest.mark.usefixtures("few")
def test_changes_come_with_shares_and_intervals_and_an_address(client):
    content = explanation_of(client, f"{FEW}&scenario=states-only&who=BRA", "explain/changes")
    changes = [change for change in content["changes"] if change["change"]]
    assert content["worlds"] == 10
    assert {change["family"] for change in content["changes"]} >= {"text", "forum", "signature"}
    assert all(
        0 <= change[share] <= 1 for change in changes for share in ("share_before", "share_after")
    )
    assert all(change["low"] <= change["share_after"] <= change["high"] for change in changes)
    assert all(change["tried"] for change in changes)


@pytest.mark.parametrize(
    ("supposed", "option"),
    [
        ("convenor=GAB", "--set convenor=GAB"),
        ("set=ambition_1:0", "--set ambition_1=0"),
        ("may_sign=states", "--set may_sign=states"),
        (
            "branch=0:KEN:capacity=0.6",
            """--event 'round = 0, who = ["KEN"], trait = "capacity", value = 0.6'""",
        ),
    ],
)
def test_a_brief_of_something_supposed_says_so_and_its_command_repeats_it(
    client, monkeypatch, supposed, option
):
    monkeypatch.setattr(explanations, "MOST_WORLDS", 6)
    text = html.unescape(client.get(f"/brief/file?who=CHN&by=1&aim=in&{supposed}").text)
    assert option in text
    assert "<strong>Supposing</strong>" in text or re.search(
        r"<h1[^>]*>Supposing [^<]+, China ", text
    )
    for words in ("as it is", "nothing changed", "The Paris Call as it was, with nothing"):
        assert words not in text


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("who", ["USA", "Microsoft"])
def test_what_really_happened_is_told_without_a_simulation(client, who):
    happened = explanation_of(client, f"{FEW}&who={who}", "explain/happened")
    assert happened == {"happened": explanation_of(client, f"{FEW}&who={who}")["happened"]}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("who", ["RUS", "DEU", "Kaspersky"])
def test_no_conduct_stands_beside_a_name(client, who):
    question = f"worlds=4&who={who}&round=0"
    contents = [explanation_of(client, question, path) for path in ("explain", "explain/changes")]
    assert [name for content in contents for name in in_json(content)] == []


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("path", ["explain", "explain/changes"])
def test_one_question_has_one_answer_whatever_month_other_pages_show(client, path):
    """Where a date is asked about the month of the other pages tells nothing; else it is the
    date.
    """
    months = "by=12", "by=12&round=40", "round=12"
    first, *others = (explanation_of(client, f"{FEW}&who=USA&{month}", path) for month in months)
    assert [first] * 2 == others
