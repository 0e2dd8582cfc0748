"""The page Negotiate: what its links may ask, its answers beside the library's, and the page in a
browser.
"""

from __future__ import annotations

import io
import json
import re
from itertools import combinations
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Locator, Page, expect
from test_pages import faults_by_scheme
from visits import Gate, Visit

import sim
from dashboard.app import create_app
from dashboard.limits import PUBLIC, problem_of
from dashboard.pages.negotiate.answers import told_of
from dashboard.pages.negotiate.question import question_of, talks_on_offer
from dashboard.pages.negotiate.rescue import (
    NEARLY_EMPTY,
    OF_SIDE_OFFERS,
    SIDE_OFFERS,
    VOTE,
    WEAKER,
    finding_of,
    last_draft,
)
from dashboard.pages.negotiate.routes import MOST_WORTH, NEGOTIATIONS, Negotiations
from sim.number_formats import mean, percent, percent_interval
from sim.theory.bargaining import carries
from sim.words import say

TALKS = "un-gge-2017"
FEW = "replicates=20"
DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "negotiation.md"


def content_of(client: FlaskClient, path: str, query: str) -> dict:
    """The server's answer to a question that makes sense."""
    response = client.get(f"/data/negotiate{path}?{query}")
    assert response.status_code == 200, response.json
    return json.loads(response.data)


@pytest.fixture(scope="module")
def negotiation() -> sim.Negotiation:
    return sim.negotiate(TALKS, replicates=20)


@pytest.fixture(scope="module")
def answer(client: FlaskClient) -> dict:
    return content_of(client, "", f"{FEW}&world=3")


# What a link asks


def test_a_link_without_anything_asks_the_group_of_2017():
    asked, shown = question_of("")
    assert (asked.talks, asked.replicates, asked.seed, asked.world) == (TALKS, 200, 1, 1)
    assert asked.query() == ""
    assert shown.draft is shown.levels is None


def test_a_link_leads_to_itself():
    link = (
        "talks=un-gge-2015&set=rule:majority&set=tabled_3:0.4&without=USA,CHN"
        "&replicates=30&seed=7&world=4"
    )
    assert question_of(link)[0].query() == link
    assert question_of(link)[0].changed.rule == "majority"
    assert "CHN" not in question_of(link)[0].changed.seats


@pytest.mark.parametrize("name", talks_on_offer())
def test_all_talks_on_offer_can_be_opened_as_they_ship(name):
    assert question_of(f"talks={name}")[0].changed.seats == sim.load_talks(name).seats


LEVELS = ",".join(str(max(one.in_force, one.tabled)) for one in sim.load_talks(TALKS).subjects)
WRONG = {
    "talks=atlantis": "'atlantis'",
    "talks=../../etc/passwd": "expected one of grand-bargain",
    "talks=oewg-2021&talks=oewg-2021": "found talks twice",
    "colour=red": "the key 'colour'",
    "set=tabled_99:1": "'tabled_99'",
    "set=rule:whim": "'whim'",
    "set=rule:open-call": "no convenor",
    "set=transfer_efficiency:nan": "transfer_efficiency is nan",
    "set=trades:perhaps": "trades is 'perhaps'",
    "set=rule": "set is 'rule', expected NAME:VALUE",
    "set=trades:1&set=trades:0": "set of trades twice",
    "without=ATL": "without is 'ATL'",
    "replicates=0": "replicates is '0'",
    "replicates=201": "replicates is '201'",
    "talks=oewg-2021&set=deadline:200": "found 200 worlds (replicates), expected at most 44",
    "talks=oewg-2021&set=trades:1": "found 200 worlds (replicates), expected at most 51",
    "seed=-1": "seed is '-1'",
    "world=201": "world is '201'",
    "world=21&replicates=20": "world is '21', expected a whole number from 1 to 20",
    "draft=0": "draft is '0'",
    "levels=1": "found 1 levels, expected 13",
    f"levels={LEVELS.replace('0.8', '2', 1)}": "level 1 is '2'",
    f"levels={LEVELS.replace('0.8', 'x', 1)}": "level 1 is 'x'",
    "&".join(
        f"set=tabled_{number}:0" for number in range(1, 14)
    ): "no provision tabled above its level in force",
    "without=" + ",".join(sim.load_talks(TALKS).seats[1:]): "found 1 seat with a vote",
}


@pytest.mark.parametrize("link", WRONG)
def test_a_wrong_link_is_one_sentence(client, link):
    response = client.get(f"/data/negotiate?{link}")
    assert response.status_code == 400
    assert WRONG[link] in response.json["message"]
    assert len(response.json["message"].splitlines()) == 1


def test_a_draft_beyond_the_last_of_its_world_is_refused(client, answer):
    last = len(answer["drafts"])
    assert client.get(f"/data/negotiate?{FEW}&world=3&draft={last}").status_code == 200
    response = client.get(f"/data/negotiate?{FEW}&world=3&draft={last + 1}")
    assert f"expected a whole number from 1 to {last}" in response.json["message"]


def test_a_public_server_answers_what_the_page_asks_at_first():
    assert problem_of("", PUBLIC) == problem_of("replicates=200&world=200", PUBLIC) == ""


def test_a_public_server_negotiates(answer):
    client = create_app(PUBLIC).server.test_client()
    assert client.get(f"/data/negotiate?{FEW}&world=3").get_json() == answer


def test_what_is_kept_of_negotiations_is_bounded_by_seats_and_worlds():
    kept = Negotiations()
    for seed in range(1, 12):
        kept.of(question_of(f"replicates=2&seed={seed}")[0])
    assert len(kept) == NEGOTIATIONS
    for seed in range(1, 4):
        kept.of(question_of(f"talks=un-route&replicates=200&set=chair:compromise&seed={seed}")[0])
    assert len(kept) == MOST_WORTH // (193 * 200)
    assert (
        kept.of(
            question_of("talks=un-route&replicates=200&set=chair:compromise&seed=3&world=9")[0]
        ).seed
        == 3
    )


# Answers beside the library's


def test_the_answer_is_the_librarys(answer, negotiation):
    assert answer["told"] == json.loads(json.dumps(told_of(negotiation.answer)))
    said = [answer["told"]["headline"], *(part["words"] for part in answer["told"]["parts"])]
    assert said == list(negotiation.sentences[:-1])  # as `parley negotiate` prints them
    assert answer["adopted"] == negotiation.drafts.is_adopted.sum()
    assert answer["basis"] == sim.BASES["assumed"]
    assert [seat["who"] for seat in answer["seats"]] == list(negotiation.talks.seats)
    seats = negotiation.seats().set_index("who")
    assert [seat["blocks"] for seat in answer["seats"]] == pytest.approx(
        seats["blocks"][list(negotiation.talks.seats)]
    )


def test_what_would_have_saved_talks_that_fail_is_negotiated_and_others_need_nothing(
    client, answer
):
    rescues = answer["rescues"]
    order = [(row["adopted"], row["kept"]) for row in rescues]
    assert order == sorted(order, reverse=True)
    for row in rescues:
        changed, _ = question_of(row["query"])
        assert changed.negotiation().drafts.is_adopted.sum() == row["adopted"]
    by_words = {row["words"]: row["adopted"] for row in rescues}
    assert by_words[VOTE] == answer["replicates"]
    of_chair = by_words[WEAKER]
    first_world = content_of(client, "", FEW)
    levels = ",".join(map(str, first_world["drafts"][-1]["text"]))
    assert content_of(client, "/tabled", f"{FEW}&levels={levels}")["adopted"] == of_chair == 20
    assert 0 <= by_words["talks without China and Cuba"] < answer["replicates"] / 2
    assert [row["words"] for row in rescues if row["because"]] == [WEAKER]
    supposes = {row["words"]: row["supposes"] for row in rescues if row["supposes"]}
    assert supposes == {SIDE_OFFERS: OF_SIDE_OFFERS, VOTE: "13 of 25 seats are enough"}
    counted, why, currency = answer["of_rescues"]
    assert f"nearly empty if it keeps {percent(NEARLY_EMPTY)}" in counted
    last = first_world["drafts"][-1]
    assert f"though {25 - last['accept']} of 25 refuse it in the first run" in why
    assert "points" in currency
    agreed = content_of(client, "", f"talks=un-gge-2015&{FEW}")
    assert (agreed["rescues"], agreed["of_rescues"], agreed["rescues_in_short"]) == ([], [], "")


def test_what_gives_a_text_is_told_apart_from_what_gives_a_nearly_empty_one(answer):
    """Both in the numbers as the page shows them."""
    rescues = answer["rescues"]
    for row in rescues:
        assert row["gives_text"] == (row["adopted"] > answer["replicates"] / 2)
        assert row["is_nearly_empty"] == (round(row["kept"], 2) <= 0.25)
    assert (
        answer["rescues_in_short"]
        == "4 of these 5 changes give a text in most worlds, 2 of them a nearly empty one"
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", ""),
        ("--", "None of these 2 changes gives a text in most worlds"),
        ("-", "Not even this one change gives a text in most worlds"),
        ("t-", "1 of these 2 changes gives a text in most worlds"),
        ("e--", "1 of these 3 changes gives a text in most worlds, a nearly empty one"),
        ("ee-", "2 of these 3 changes give a text in most worlds, each of them a nearly empty one"),
        ("te", "Each of these 2 changes gives a text in most worlds, 1 of them a nearly empty one"),
        ("t", "This one change gives a text in most worlds"),
    ],
)
def test_it_is_counted_how_many_changes_give_a_text_and_of_these_how_many_a_nearly_empty_one(
    given, words
):
    """t: gives a text; e: a nearly empty one; -: none in most worlds."""
    assert (
        finding_of([{"gives_text": one != "-", "is_nearly_empty": one == "e"} for one in given])
        == words
    )


TWO_THIRDS = "set=rule:majority&set=quota_number:0.6666"
TOLD = {
    "": "No consensus: no text is adopted in any of 20",
    "without=CUB,CHN": "No consensus in most worlds: a text is adopted in 1 of 20",
    "set=rule:majority": "A majority (13 of 25 seats): a text is adopted in 20 of 20",
    TWO_THIRDS: "Two thirds (17 of 25 seats): a text is adopted in 20 of 20",
    "talks=un-gge-2015": "Consensus: a text is adopted in 20 of 20",
}


LUCK = {  # what luck decides: whether there is a text, or of talks that fail over what and by whom
    "": "The talks fail in all worlds; luck decides what divides most and who refuses.",
    "without=CUB,CHN": (
        "The talks fail in 19 of 20 worlds; luck decides what divides most and who refuses."
    ),
    "set=rule:majority": (
        "All worlds have a text, but luck decides how far it goes: on “law applies (Charter)” "
    ),
    TWO_THIRDS: (
        "All worlds have a text, but luck decides how far it goes: on “law applies (Charter)” "
    ),
    "talks=un-gge-2015": (
        "All worlds have a text, but luck decides how far it goes: on “human rights” "
    ),
}


@pytest.mark.parametrize("link", TOLD)
def test_the_answer_says_whether_they_agree_who_refuses_or_gains_over_what_and_how_sure_that_is(
    link,
):
    asked, _ = question_of(f"{FEW}&{link}".strip("&"))
    negotiation, original = asked.negotiation(), sim.load_talks(asked.talks)
    told = negotiation.answer
    assert told.headline.startswith(TOLD[link])
    subject, who, what, certainty = (part.words for part in told.parts)
    assert (
        f"{len(negotiation.talks.seats)} states negotiate {len(original.subjects)} provisions"
        in subject
    )
    most_new = max(original.subjects, key=lambda one: one.tabled - one.in_force).provision
    assert f"most that is new on “{most_new}”" in subject
    adopted = negotiation.drafts.is_adopted
    if adopted.any():
        assert f"eeps {percent(negotiation.share_left())} of what was tabled at first" in what
    if adopted.mean() <= 0.5:
        refuse = ((negotiation.drafts.final_gains[~adopted] < 0).sum(axis=1)).mean()
        assert f"On average {refuse:.0f} of {len(negotiation.talks.seats)} refuse" in who
        assert "too far for" in who
        worst = negotiation.drafts.final_gains[~adopted].min(axis=1).mean()
        assert (
            f"the seat that likes it least would lose {-100 * worst:.1f} points on average" in what
        )
        assert f"“{next(iter(negotiation.provisions))}”" in what
    else:
        most = sim.with_article(negotiation.seats().sort_values("gain")["name"].iloc[-1])
        assert f"{most[0].upper()}{most[1:]} and " in who
        assert " gain most" in who
        outvoted = negotiation.unwilling()["outvoted"] > 0.5
        assert ("outvoted" in who) == outvoted.any()
    if adopted.any():
        means = negotiation.drafts.final_gains[adopted].mean(axis=0)
        assert list(negotiation.gains_of_text.values()) == pytest.approx(means.tolist(), abs=1e-6)
    assert certainty.startswith(LUCK[link])
    assert ("The talks really" in certainty) == ("=" not in link or link.startswith("talks="))
    suits = int((negotiation.slack >= 0).sum())
    assert told.room.endswith(f"in {({0: 'none', 20: 'all'}).get(suits, suits)} of 20 worlds")


def on_scale(negotiation: sim.Negotiation) -> pd.DataFrame:
    """Of each provision that may move, how far the text goes: 0 as in force, 1 as tabled at
    first.
    """
    table = negotiation.table().set_index("provision")
    table = table[table["tabled"] > table["in_force"]]
    new = table["tabled"] - table["in_force"]
    return table[["text", "low", "high"]].sub(table["in_force"], axis=0).div(new, axis=0).round(6)


def test_a_text_that_all_worlds_have_is_not_the_same_in_all_and_the_answer_says_where():
    negotiation = sim.negotiate(TALKS, replicates=20, set={"rule": "majority"})
    shares = on_scale(negotiation)
    wide = (shares["high"] - shares["low"])[lambda width: width >= 0.2].sort_values(ascending=False)
    assert list(wide.index) == ["law applies (Charter)", "supply chain"]
    first, second = (
        percent_interval(*shares.loc[one, ["low", "high"]], between=" to ") for one in wide.index
    )
    said = (
        f"on “{wide.index[0]}” {first} of what was tabled at first and on “{wide.index[1]}”"
        f" {second}, in nine worlds"
    )
    assert said in negotiation.answer.parts[-1].words
    more = sim.negotiate("un-gge-2015", replicates=20)
    widths = on_scale(more)["high"] - on_scale(more)["low"]
    assert (
        f"; {(widths >= 0.2).sum() - 2} more provisions vary by a fifth or more."
        in more.answer.parts[-1].words
    )
    paid = sim.negotiate(TALKS, replicates=5, set={"transfer_efficiency": 1.0})
    assert paid.answer.parts[-1].words.startswith(
        "Luck hardly matters: all worlds have the same text."
    )


@pytest.mark.parametrize("quota", [0.5, 0.6, 0.6666, 0.667, 1.0])
def test_the_answer_tells_the_fewest_seats_that_carry_a_vote(quota):
    negotiation = sim.negotiate(
        TALKS, replicates=1, set={"rule": "majority", "quota_number": quota}, without="CHN"
    )
    needed, votes, weights = negotiation.answer.majority, np.arange(24), np.ones(24)
    assert carries(votes < needed, weights, quota, 0.0)
    assert not carries(votes < needed - 1, weights, quota, 0.0)
    assert f"({needed} of 24 seats)" in negotiation.answer.headline
    assert f"A text stands if {needed} of 24 seats accept it" in negotiation.answer.parts[0].words
    assert sim.negotiate(TALKS, replicates=1).answer.majority == 0


def test_all_provisions_of_which_as_little_is_left_are_named():
    negotiation = sim.negotiate(TALKS, replicates=20, set={"rule": "majority"})
    none = on_scale(negotiation)["text"].map(percent)[lambda words: words == percent(0.0)].index
    assert len(none) == 3
    [which] = [part.words for part in negotiation.answer.parts if part.lead == "Which text"]
    first, second, third = none
    assert which.endswith(
        f"Least is left of “{first}”, “{second}” and “{third}” ({percent(0.0)} each)."
    )


@pytest.mark.parametrize("name", ["un-gge-2005", TALKS, "un-gge-2021", "un-route"])
def test_the_public_record_stands_beside_the_model_of_talks_as_they_ship(client, name):
    record, negotiation = sim.load_talks(name).record, sim.negotiate(name, replicates=20)
    told = content_of(client, "", f"talks={name}&{FEW}")["record"]
    if record is None:
        assert told == {"happened": say("talks-not-held"), "sources": "", "beside": ""}
        return
    assert (told["happened"], told["sources"]) == (record.happened, record.sources)
    assert told["beside"].startswith("another end") == (record.agreed != (negotiation.agreed > 0.5))
    changed = content_of(client, "", f"talks={name}&{FEW}&set=rule:majority")["record"]
    assert changed == told | {"beside": ""}


def test_blockers_whom_no_account_names_are_counted(answer, negotiation):
    named = negotiation.talks.record.refused
    assert named == ("CUB", "CHN", "RUS")
    others = [
        who for who, share in negotiation.blockers.items() if share > 0.5 and who not in named
    ]
    beside = answer["record"]["beside"]
    assert f"{len(others)} seats that these accounts do not name (" in beside
    names = negotiation.seats().set_index("name")["who"]
    first, second = (
        beside.removesuffix(" most often) refuse as well.").rpartition("(")[2].split(" and ")
    )
    most = max(negotiation.blockers[who] for who in others)
    assert [negotiation.blockers[names[name]] for name in (first, second)] == [most, most]


def test_a_draft_on_show_is_that_of_its_world(answer, negotiation):
    assert answer["final"] == negotiation.drafts.final[2] + 1
    assert len(answer["drafts"]) == negotiation.drafts.count[2]
    for number in (0, 7, len(answer["drafts"]) - 1):
        draft, gains = answer["drafts"][number], negotiation.drafts.gains[number, 2]
        assert draft["objects"] == np.flatnonzero(gains < 0).tolist()
        assert draft["accept"] == (gains >= 0).sum()
        assert draft["text"] == pytest.approx(negotiation.drafts.texts[number, 2], abs=1e-3)
        assert draft["gains"] == pytest.approx(1000 * gains, abs=0.01)
        assert draft["hurt"] == np.argsort(gains, kind="stable")[:30].tolist()
        blame = negotiation.at_table.blame(negotiation.drafts.texts[number])[2]
        assert np.array(draft["blame"]) == pytest.approx(1000 * blame[draft["hurt"]], abs=0.01)


def test_the_text_of_a_chair_is_worth_what_the_table_says(client, negotiation):
    levels = [round(float(level), 3) for level in negotiation.drafts.texts[12, 2]]
    content = content_of(client, "/text", f"{FEW}&world=3&levels={','.join(map(str, levels))}")
    gains = negotiation.at_table.gains(np.array(levels))
    assert content["objects"] == np.flatnonzero(gains[2] < 0).tolist()
    assert content["accepts"] == (gains >= 0).sum(axis=0).tolist()
    assert content["adopted"] == negotiation.adopts(levels).sum() == 0
    assert content["least"]["seat"] == gains[2].argmin()
    low, high = negotiation.at_table.low, negotiation.at_table.high
    assert content["kept"] == pytest.approx((levels - low).sum() / (high - low).sum(), abs=1e-4)


def test_the_text_best_for_the_worst_off_seat_says_whether_it_suits_all(client, negotiation):
    content = content_of(client, "/widest", f"{FEW}&world=3")
    assert content["levels"] == pytest.approx(negotiation.solutions(3)["widest"], abs=1e-3)
    assert (content["suits_all"], negotiation.slack[2] >= 0) == (False, False)
    assert content_of(client, "/widest", f"talks=un-gge-2013&{FEW}")["suits_all"] is True


def test_a_text_that_no_seat_would_take_as_it_is_can_be_agreed_on_once_it_is_tabled(
    client, negotiation
):
    levels = content_of(client, "/widest", f"{FEW}&world=3")["levels"]
    asked = f"{FEW}&world=3&levels={','.join(map(str, levels))}"
    assert content_of(client, "/text", asked)["adopted"] == 0
    tabled = content_of(client, "/tabled", asked)
    then = sim.negotiate(
        TALKS, replicates=20, set={f"tabled_{k}": level for k, level in enumerate(levels, start=1)}
    )
    assert tabled["adopted"] == then.drafts.is_adopted.sum() == 20
    assert (
        tabled["kept"]
        == content_of(
            client,
            "",
            asked.partition("&levels")[0]
            + "".join(f"&set=tabled_{k}:{level}" for k, level in enumerate(levels, start=1)),
        )["kept"]
    )


def test_refusing_is_worth_less_where_less_is_tabled(negotiation):
    question, _ = question_of(FEW)
    weaker = question.tabling(last_draft(negotiation)).negotiation().at_table.reservation
    as_tabled = negotiation.at_table.reservation
    assert (weaker <= as_tabled + 1e-3).mean() > 0.9
    assert (weaker < as_tabled - 0.05).mean() > 0.3


def test_what_is_kept_is_told_of_what_was_tabled_at_first(client):
    lower = "set=tabled_11:0.2&set=tabled_12:0.2&set=tabled_13:0"
    content = content_of(client, "", f"{FEW}&{lower}")
    negotiation = sim.negotiate(
        TALKS, replicates=20, set={"tabled_11": 0.2, "tabled_12": 0.2, "tabled_13": 0}
    )
    first = sim.negotiate(TALKS, replicates=1).at_table
    kept = (negotiation.drafts.final_texts - first.low).sum(axis=1) / (first.high - first.low).sum()
    assert content["kept"] == pytest.approx(kept.mean(), abs=1e-4)
    assert content["kept"] < negotiation.tabled_share.mean()


def test_who_accepts_for_payment_alone_is_told_apart_and_counted(client):
    content = content_of(client, "", f"{FEW}&set=transfer_efficiency:0.5")
    negotiation = sim.negotiate(TALKS, replicates=20, set={"transfer_efficiency": 0.5})
    final, gains = content["drafts"][content["final"] - 1], negotiation.drafts.final_gains[0]
    assert final["paid"] == np.flatnonzero(gains < 0).tolist() != []
    assert (final["objects"], final["accept"]) == ([], 25)
    assert {row["name"] for row in content["unwilling"]} >= {"China", "Cuba"}
    finals = negotiation.drafts.final_gains
    lost, gained = (np.maximum(sign * finals, 0).sum(axis=1).mean() for sign in (-1, 1))
    assert content["payment"] == pytest.approx(
        {"worlds": 20, "lost": lost, "handed": 2 * lost, "gained": gained}
    )
    assert lost <= gained / 2  # else nobody could pay
    unpaid = content_of(client, "", FEW)
    assert (unpaid["drafts"][0]["paid"], unpaid["payment"]) == ([], None)


@pytest.mark.release
@pytest.mark.browser
def test_what_a_text_is_worth_is_told_before_payment_where_others_pay(page: Page, open_page):
    open_talks(open_page, set="transfer_efficiency:0.5")
    beside = page.locator("#negotiate-next")
    expect(beside.get_by_role("heading")).to_have_text(
        re.compile("^Before payment, Canada gains most")
    )
    expect(beside.get_by_role("columnheader").last).to_have_text(
        "Points better off, before payment"
    )
    expect(beside).to_contain_text(
        re.compile(r"together they lose [\d.]+ points on average, so the others hand over")
    )
    page.get_by_role("button", name="China: accepts for payment alone").click()
    expect(page.locator("#negotiate-seat")).to_contain_text(
        "worse off than without a text, before payment."
    )


def test_the_question_of_talks_that_are_changed_is_not_why_they_failed(client, answer):
    assert answer["question"] == sim.load_talks(TALKS).question
    assert (
        content_of(client, "", f"{FEW}&set=rule:majority")["question"]
        == "What if the rule were a majority?"
    )


def test_a_room_of_193_tells_who_is_hurt_most_alone(client):
    content = content_of(client, "", "talks=oewg-2021&replicates=3")
    assert len(content["seats"]) == 193
    assert {len(draft["hurt"]) for draft in content["drafts"]} == {30}
    assert {len(draft["gains"]) for draft in content["drafts"]} == {193}


def test_the_tables_can_be_taken_along_and_say_how_to_repeat_them(client, negotiation):
    for name, rows in (("seats", 25), ("provisions", 13), ("drafts", 40), ("blame", 25 * 13)):
        response = client.get(f"/data/negotiate/{name}.csv?{FEW}&world=3&draft=5")
        table = pd.read_csv(io.BytesIO(response.data))
        assert len(table) == rows
        assert set(table["basis"]) == {"assumed"}
        assert (table["worlds"].iloc[0], table["seed"].iloc[0]) == (20, 1)
        if name == "drafts":
            drafts = content_of(client, "", f"{FEW}&world=3")
            assert set(table["world"]) == {3}
            assert table["accept_in_world"].dropna().tolist() == [
                draft["accept"] for draft in drafts["drafts"]
            ]
            assert table["accept"].tolist() == [draft["accept"] for draft in drafts["path"]]
    assert set(table["draft"]) == {5}
    other = client.get(f"/data/negotiate/blame.csv?{FEW}&world=3&draft=6")
    assert set(pd.read_csv(io.BytesIO(other.data))["draft"]) == {6}
    of_seats = table.groupby("who", sort=False)
    failing_cost = negotiation.at_table.failing_cost
    assert (failing_cost - of_seats["blame"].sum()).tolist() == pytest.approx(
        of_seats["gain"].first(), abs=1e-4
    )


def test_a_table_of_blame_has_every_draft_of_its_own_world_and_no_other(client):
    query = "talks=un-gge-2013&replicates=4"
    drafts = sim.negotiate("un-gge-2013", replicates=4).drafts.count.tolist()
    assert len(set(drafts)) > 1
    for world, last in enumerate(drafts, 1):
        for draft, status in ((last, 200), (last + 1, 400)):
            link = f"{query}&world={world}&draft={draft}"
            assert client.get(f"/data/negotiate/blame.csv?{link}").status_code == status


def test_the_end_under_other_assumptions_is_that_of_the_library(client, negotiation):
    content = content_of(client, "/assumptions", f"{FEW}&world=3")
    there = negotiation.over_assumptions(100)
    assert content == {
        "points": 100, "sentences": list(there.sentences), "basis": "assumed"
    }  # fmt: skip


def test_talks_that_take_long_are_tried_under_fewer_assumptions():
    assert question_of("")[0].points == 100
    assert question_of("talks=oewg-2021")[0].points == 40
    assert question_of(f"{FEW}&set=trades:1")[0].points == 40


def open_talks(open_page, *query: str, width: int = 1280, **inner: str) -> Visit:
    link = urlencode({"replicates": "20", **inner})
    visit = open_page(
        f"negotiate?{'&'.join([*query, urlencode({'negotiation': link})])}", width=width
    )
    expect(visit.page.locator("#negotiate-answer")).to_contain_text("simulated worlds")
    expect(visit.page.locator("body.asking")).to_have_count(0)
    return visit


def open_fold(page: Page, name: str) -> None:
    page.locator(f"#negotiate-{name}-fold > summary").click()


def slider(page: Page, provision: str) -> Locator:
    return page.get_by_role("slider", name=re.compile(f"^{provision}, from", re.IGNORECASE))


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_whoever_asks_is_told_how_robust_the_end_is(page: Page, open_page, negotiation, width):
    visit = open_talks(open_page, replicates="20", width=width)
    page.get_by_role("button", name="Try 100 other sets of assumptions").click()
    there = page.locator("#negotiate-robust")
    expect(there.locator("p")).to_have_text(list(negotiation.over_assumptions(100).sentences))
    expect(there).to_contain_text("assumed")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.wrong == []
    page.get_by_text("a majority vote in place of consensus").click()  # other talks
    expect(page.locator("#negotiate-answer")).to_contain_text("A majority")
    expect(there.locator("p")).to_have_count(0)
    expect(page.locator("#negotiate-try")).to_be_enabled()


@pytest.mark.long
@pytest.mark.browser
def test_the_page_answers_first_and_every_seat_has_its_place(page: Page, open_page):
    open_page("negotiate", width=1280)
    told = sim.negotiate(TALKS).answer
    expect(page.locator("#negotiate-answer")).to_have_text(told.headline)
    expect(page.locator("#negotiate-parts dt + dd")).to_have_text(
        [part.words for part in told.parts[1:]]
    )
    expect(page.locator("#negotiate-subject")).to_contain_text(told.parts[0].words)
    assert page.locator("#negotiate-parts").bounding_box()["y"] < 400  # in sight at once
    card = page.get_by_role("region", name="What came of the talks")
    expect(card).to_contain_text("assumed")
    expect(card).to_contain_text("no evidence of any state's reasons")
    expect(page.locator("#negotiate-seats .seat")).to_have_count(25)
    open_fold(page, "heat")
    expect(page.locator("#negotiate-heat .hm").first).to_be_attached()
    expect(page.locator("#negotiate-heat .heatmap-label text", has_text="▽").first).to_be_attached()
    boxes = page.locator("#negotiate-seats .seat").evaluate_all(
        "seats => seats.map(seat => (({x, y, right, bottom}) => [x, y, right,"
        " bottom])(seat.getBoundingClientRect()))"
    )
    for (x, y, right, bottom), (x2, y2, right2, bottom2) in combinations(boxes, 2):
        assert right <= x2 or right2 <= x or bottom <= y2 or bottom2 <= y
    cut = (
        "seats => seats.filter(seat => seat.firstChild.scrollWidth >"
        " seat.firstChild.clientWidth).length"
    )
    assert page.locator("#negotiate-seats .seat").evaluate_all(cut) == 0


SHARES = (
    "bars => bars.map(bar => bar.firstChild.getBoundingClientRect().width /"
    " bar.getBoundingClientRect().width)"
)
LOOK = (
    "rows => rows.map(row => [/nearly empty/.test(row.innerText), !row.querySelector('.is-rare')])"
)


@pytest.mark.release
@pytest.mark.browser
def test_what_would_have_saved_talks_is_drawn_by_how_much_of_the_text_is_kept(
    page: Page, open_page, answer
):
    open_talks(open_page)
    rescues, beside = answer["rescues"], page.locator("#negotiate-next")
    expect(beside.get_by_role("heading")).to_have_text(answer["rescues_in_short"])
    expect(beside.get_by_role("columnheader").last).to_have_text(
        "How much it keeps of what was tabled"
    )
    drawn = beside.locator(".share-bar").evaluate_all(SHARES)
    assert drawn == pytest.approx([row["kept"] for row in rescues], abs=0.01)
    looks = [[row["is_nearly_empty"], row["gives_text"]] for row in rescues]
    assert beside.locator("tbody tr").evaluate_all(LOOK) == looks


@pytest.mark.release
@pytest.mark.browser
def test_what_only_failed_talks_tell_has_no_column_where_none_fail(page: Page, open_page):
    better_off = "Points better off than without a text"
    cases = (
        ({}, ["Over", "Share of all objections"]),
        ({"set": "rule:majority"}, [better_off, "In nine worlds of ten"]),
    )
    for link, last in cases:
        open_talks(open_page, **link)
        open_fold(page, "all")
        for table, words in zip(("all", "provisions"), last, strict=True):
            expect(page.locator(f"#negotiate-{table} th[scope=col]").last).to_have_text(words)
    for words in ("failures", "objections"):
        expect(page.locator("#negotiate-all-fold")).not_to_contain_text(words)


@pytest.mark.long
@pytest.mark.browser
def test_a_change_is_a_short_link_and_what_it_supposes_stands_below(page: Page, open_page):
    open_talks(open_page)
    row = page.locator(".of-rescues tbody tr").filter(has_text="side offers")
    expect(row.get_by_role("button")).to_have_text(SIDE_OFFERS)
    expect(row.locator(".because")).to_have_text(OF_SIDE_OFFERS)


LEFT = "places => places.map(place => place.getBoundingClientRect().left)"
CELLS = """rows => rows.map(row => [...row.children].map(cell => {
  const words = document.createRange();
  words.selectNodeContents(cell);
  const {top, bottom, left, right} = words.getBoundingClientRect();
  return [top, bottom, left, right];
}))"""


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_what_would_have_saved_talks_is_told_in_lines_that_do_not_overlap(
    page: Page, open_page, width
):
    open_talks(open_page, width=width)
    rows = page.locator(".of-rescues tbody tr").evaluate_all(CELLS)
    assert rows
    for change, worlds, kept in rows:
        assert change[1] <= min(worlds[0], kept[0]) + 1
        assert worlds[3] <= kept[2] or worlds[1] <= kept[0] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_weaker_text_succeeds_as_refusing_it_is_worth_less(negotiation):
    """The last draft is worth the same to each seat whatever is tabled. Once it is tabled itself,
    more accept it; and where nobody can agree on what is tabled without the others, it need not be
    tabled.
    """
    last = last_draft(negotiation)
    then = negotiation.talks.with_changes(
        set={f"tabled_{place}": level for place, level in enumerate(last, 1)}
    )
    once_tabled = sim.negotiate(then, replicates=20, seed=1)
    assert (once_tabled.drafts.gains[0] >= 0).sum() > (negotiation.gains(last) >= 0).sum()
    assert once_tabled.drafts.is_adopted.all()
    alone = sim.negotiate(
        negotiation.talks.with_changes(set={"club_reach": 0.0}), replicates=20, seed=1
    )
    assert not negotiation.drafts.is_adopted.any()
    assert alone.drafts.is_adopted.all()


def test_the_draft_nearest_to_adoption_is_the_one_whose_worst_off_seat_loses_least(negotiation):
    votes, worlds = negotiation.at_table.votes, negotiation.failures
    worst = negotiation.drafts.gains[:, worlds][:, :, votes].min(axis=2)
    assert worst.max(axis=0) == pytest.approx(
        worst[negotiation.drafts.final[worlds], np.arange(len(worlds))]
    )
    [who] = [part.words for part in negotiation.answer.parts if part.lead == "Who refuses"]
    assert "refuse even the draft nearest to agreement" in who


@pytest.mark.release
@pytest.mark.browser
def test_of_the_last_draft_it_is_said_why_it_is_nearest_and_of_gains_where_zero_is(
    page: Page, open_page, answer
):
    open_talks(open_page)
    first, last = answer["drafts"][0], answer["drafts"][answer["final"] - 1]
    assert first["accept"] > last["accept"]
    said = page.locator("#negotiate-state")
    expect(said).to_contain_text(
        "Not adopted, but the draft nearest to agreement: no seat loses more than"
    )
    more = f"draft 1 has more support ({first['accept']} seats), but one seat would lose"
    expect(said).to_contain_text(more)
    page.get_by_role("button", name="a majority vote in place of consensus").click()
    expect(page.locator(".gain-bar > .zero")).not_to_have_count(0)
    lines = page.locator(".gain-bar > .zero").evaluate_all(LEFT)
    assert max(lines) - min(lines) < 1


@pytest.mark.long
@pytest.mark.browser
def test_the_scrubber_shows_another_draft_and_its_tally(page: Page, open_page, answer):
    visit = open_talks(open_page, world="3")
    scrubber = page.get_by_role("slider", name="Draft on show")
    name = "Draft {} of {} in world 3".format
    expect(page.locator("#negotiate-draft")).to_have_text(
        name(answer["final"], len(answer["drafts"]))
    )
    scrubber.press("Home")
    first = answer["drafts"][0]
    expect(page.locator("#negotiate-draft")).to_have_text(name(1, len(answer["drafts"])))
    expect(page.locator("#negotiate-count")).to_have_text(f"{first['accept']} of 25 accept")
    expect(page.locator("#negotiate-state")).to_contain_text("The text as tabled")
    expect(page.locator(".seat.is-against")).to_have_count(25 - first["accept"])
    humanitarian_law = answer["provisions"][10]
    way = (first["text"][10] - humanitarian_law["low"]) / (
        humanitarian_law["high"] - humanitarian_law["low"]
    )
    expect(page.locator("[data-level='10'] .level-value")).to_have_text(percent(way))
    scrubber.press("ArrowRight")
    expect(page.locator("#negotiate-count")).to_have_text(
        f"{answer['drafts'][1]['accept']} of 25 accept"
    )
    assert "draft=2" in visit.query
    page.evaluate("scrollTo(0, 0)")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.locator("#negotiate-play").press("Enter")
    expect(page.locator("#negotiate-play")).to_have_text("Pause")
    expect(page.locator("#negotiate-seats")).to_be_in_viewport(
        ratio=0.95
    )  # what it plays is in sight
    expect(page.locator("#negotiate-draft")).not_to_have_text(re.compile("Draft 2 of"))
    page.keyboard.press("Enter")
    expect(page.locator("#negotiate-play")).to_have_text("Play")


@pytest.mark.long
@pytest.mark.browser
def test_a_seat_says_what_the_text_is_worth_to_it(page: Page, open_page, answer):
    open_talks(open_page, world="3")
    cuba = next(place for place, seat in enumerate(answer["seats"]) if seat["who"] == "CUB")
    final = answer["drafts"][answer["final"] - 1]
    assert cuba in final["objects"]
    page.get_by_role("button", name="Cuba: does not accept").click()
    worth = mean(abs(final["gains"][cuba]) / 10)
    words = (
        f"Cuba does not accept: with this text it would be {worth} points worse off than without a"
        " text."
    )
    expect(page.locator("#negotiate-seat")).to_contain_text(words)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#negotiate-seat")).not_to_contain_text("Cuba")


@pytest.mark.long
@pytest.mark.browser
def test_a_chairs_slider_changes_who_accepts_as_the_table_says(page: Page, open_page, negotiation):
    visit = open_talks(open_page, world="3")
    page.get_by_text("Take the chair").click()
    page.get_by_role("button", name="All that is tabled").click()
    expect(page.get_by_role("button", name="Table it")).to_be_disabled()
    expect(page.locator("#negotiate-state")).to_contain_text(
        "This is already tabled: move a provision first."
    )
    countermeasures = slider(page, "countermeasures")
    levels = negotiation.at_table.high.copy()
    expect(countermeasures).to_have_value(str(levels[12]))
    countermeasures.press("Home")
    levels[12] = negotiation.at_table.low[12]
    gains = negotiation.at_table.gains(levels)
    expect(page.locator("#negotiate-count")).to_have_text(f"{(gains[2] >= 0).sum()} of 25 accept")
    expect(page.get_by_role("button", name="Table it")).to_be_enabled()
    expect(page.locator(".seat.is-against")).to_have_count(int((gains[2] < 0).sum()))
    expect(page.locator("#negotiate-verdict")).to_contain_text("adopted in 0 of 20 worlds")
    expect(page.locator("#negotiate-state")).to_contain_text(
        re.compile(r"if you table it .* a text in \d+ of 20")
    )
    expect(page.locator("#negotiate-answer")).to_contain_text(
        "As the talks stand, no text is adopted in any of 20"
    )
    kept = (levels - negotiation.at_table.low).sum() / (
        negotiation.at_table.high - negotiation.at_table.low
    ).sum()
    expect(page.locator("#negotiate-verdict")).to_contain_text(
        f"{percent(kept)} of what was tabled at first"
    )
    assert "levels=" in visit.query
    countermeasures.press("ArrowRight")
    expect(countermeasures).to_have_value("0.01")
    page.get_by_text("Watch the drafts").click()
    expect(page.locator("#negotiate-draft")).to_contain_text("Draft")
    page.get_by_text("Take the chair").click()
    expect(countermeasures).to_have_value("0.01")


@pytest.mark.long
@pytest.mark.browser
def test_the_group_of_2017_comes_to_a_text_by_the_clicks_of_the_document(page: Page, open_page):
    """The clicks that docs/negotiation.md describes, and the numbers that it gives."""
    words = (
        DOCUMENT.read_text(encoding="utf-8")
        .partition("## As chair, on the page")[2]
        .partition("\n## ")[0]
    )
    clicks = re.findall(r"^\d+\. \*([^*]+)\*", words, re.MULTILINE)
    assert clicks == ["Take the chair", "Start from the last draft", "Table it"]
    visit = open_page("negotiate", width=1280)
    expect(page.locator("#negotiate-answer")).to_contain_text("in any of 200")
    for click in clicks:
        page.get_by_text(click, exact=True).click()
    expect(page.locator("#negotiate-answer")).to_have_text(
        "Consensus: a text is adopted in 200 of 200 simulated worlds."
    )
    expect(page.locator("#negotiate-now")).to_have_text(
        re.compile("a text is adopted in 200 of 200")
    )
    kept = re.search(r"keeps (\d+) % of what was tabled", words)[1]
    expect(page.locator("#negotiate-cost")).to_contain_text(
        f"keeps {kept} % of what was tabled at first"
    )
    expect(page.locator(".seat.is-against")).to_have_count(0)
    page.get_by_role("button", name="Back to the talks as they were").press("Enter")
    expect(page.locator("#negotiate-answer")).to_contain_text("in any of 200")
    assert "tabled_" not in visit.query


@pytest.mark.long
@pytest.mark.browser
def test_a_link_holds_the_whole_negotiation(page: Page, open_page):
    levels = [max(one.in_force, one.tabled) for one in sim.load_talks("un-gge-2015").subjects]
    levels[3] = sim.load_talks("un-gge-2015").subjects[3].in_force
    asked = {
        "talks": "un-gge-2015",
        "set": "rule:majority",
        "without": "RUS",
        "seed": "7",
        "world": "4",
    }
    visit = open_talks(open_page, "seed=5", **asked, levels=",".join(map(str, levels)))
    expect(page.get_by_role("textbox", name="Talks")).to_have_value(
        "UN group of governmental experts, 2014–15"
    )
    expect(page.get_by_role("textbox", name="World on show")).to_have_value("4")
    expect(page.locator("#negotiate-seed")).to_have_value("7")
    expect(page.locator("#negotiate-rule")).to_have_value("majority: over half accept")
    expect(page.locator(".seat")).to_have_count(len(sim.load_talks("un-gge-2015").seats) - 1)
    expect(page.locator("#negotiate-draft")).to_have_text("Your text in world 4")
    negotiation = sim.negotiate(
        "un-gge-2015", replicates=20, seed=7, set={"rule": "majority"}, without="RUS"
    )
    accept = (negotiation.gains(levels)[3] >= 0).sum()
    counted = f"{accept} of {len(negotiation.talks.seats)} accept, 10 needed"
    expect(page.locator("#negotiate-count")).to_have_text(counted)
    [inner] = parse_qs(page.url.partition("?")[2])["negotiation"]
    question, shown = question_of(inner)
    assert parse_qs(question.query()) == {
        key: [value] for key, value in ({"replicates": "20"} | asked).items()
    }
    assert shown.levels == tuple(levels)
    assert visit.query.startswith("seed=5&")
    link = page.url
    page.reload()
    expect(page.locator("#negotiate-count")).to_have_text(counted)
    assert page.url == link


@pytest.mark.long
@pytest.mark.browser
def test_the_other_levers_of_a_chair_are_moved_by_keyboard(page: Page, open_page):
    visit = open_talks(open_page, world="3")
    heaviest = page.locator(".seat", has_text="China").locator(".weight")
    assert heaviest.evaluate("bar => bar.style.width") == "100%"
    page.get_by_role("button", name="Change the talks ↓").press("Enter")
    expect(page.locator("#negotiate-rule")).to_be_visible()
    page.get_by_role("slider", name="Side offers").press("End")
    expect(page.locator("#negotiate-answer")).to_contain_text("20 of 20")
    expect(page.get_by_role("button", name="Cuba: accepts for payment alone")).to_contain_text("$")
    paid = page.locator(".seat.is-paid").count()
    expect(page.locator("#negotiate-count")).to_have_text(
        f"25 of 25 accept, {paid} for payment alone"
    )
    expect(page.locator("#side-offer-says")).to_contain_text("of these, 100 % arrives")
    assert "set=transfer_efficiency:1" in visit.query
    page.get_by_role("slider", name="Side offers").press("Home")
    expect(page.locator("#negotiate-answer")).to_contain_text("in any of 20 ")
    page.get_by_role("textbox", name="Empty seats").click()
    page.get_by_role("option", name="Cuba").click()
    page.keyboard.press("Escape")
    expect(page.locator(".seat")).to_have_count(24)
    assert "without=CUB" in visit.query
    expect(page.locator("#negotiate-cost")).to_contain_text("You left Cuba’s seat empty.")
    page.get_by_role("switch", name="Package trades").press("Space")
    expect(page.locator("#negotiate-cost")).to_contain_text("with package trades")
    page.get_by_role("textbox", name="Rule").click()
    page.get_by_role("option", name="majority").click()
    expect(page.locator("#negotiate-answer")).to_contain_text(
        "A majority (13 of 24 seats): a text is adopted in 20"
    )
    expect(page.locator("#negotiate-levers-title")).to_contain_text("by majority (13 of 24)")
    expect(page.locator("#negotiate-now")).to_be_in_viewport()
    expect(page.locator("#negotiate-now")).to_contain_text(
        "A majority (13 of 24 seats): a text is adopted in 20"
    )
    expect(page.locator("#negotiate-now .in-short")).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#negotiate-now")).to_have_text(
        "Majority: text in 20 of 20", use_inner_text=True
    )
    page.set_viewport_size({"width": 1280, "height": 720})
    page.get_by_role("textbox", name="Rule").click()
    gate = Gate(page, "**/data/negotiate?*")
    page.get_by_role("option", name="two thirds").click()
    expect(page.locator("#negotiate-answer")).to_have_text("Negotiating again under two thirds …")
    gate.open()
    expect(page.locator("#negotiate-answer")).to_contain_text(
        "Two thirds (16 of 24 seats)"
    )  # and not one more
    cost = page.locator("#negotiate-cost")
    expect(cost).to_contain_text("the rule, now two thirds")
    expect(page.locator("#negotiate-levers-title")).to_contain_text("by two thirds (16 of 24)")
    expect(page.locator("#negotiate-rule")).to_have_value("two thirds: two in three accept")
    assert "set=rule:majority&set=quota_number:0.6666" in visit.query
    assert heaviest.evaluate("bar => bar.style.width") == "0%"  # a vote counts every seat alike
    expect(page.locator("#negotiate-reading")).to_contain_text("Every seat has one vote.")
    page.get_by_role("button", name="See the result ↑").press("Enter")
    expect(page.locator("#negotiate-answer")).to_be_in_viewport()


@pytest.mark.long
@pytest.mark.browser
def test_a_room_of_193_is_chips_on_a_phone_and_a_link_that_is_wrong_says_so(
    page: Page, address: str
):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}negotiate?negotiation=talks%3Datlantis")
    expect(page.locator("#message")).to_contain_text("talks is 'atlantis'")
    expect(page.locator("#negotiate-shown")).to_be_hidden()
    page.goto(
        f"{address}negotiate?{urlencode({'negotiation': 'talks=oewg-2021&replicates=3&draft=1'})}"
    )
    expect(page.locator(".seat")).to_have_count(193)
    expect(page.locator(".seat").first).to_have_class(re.compile("is-against"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.release
@pytest.mark.browser
def test_the_chair_is_accessible_in_every_look(page: Page, open_page):
    for width in (1440, 390):
        visit = open_talks(open_page, world="3", levels=LEVELS, width=width)
        page.get_by_role("button", name="Open all").click()
        page.get_by_text("The same as a table").click()
        assert faults_by_scheme(page, visit, width) == {"light": [], "dark": []}
    menu = page.locator("#negotiate-heat-fold .download")
    menu.locator("summary").click()
    with page.expect_download() as download:
        menu.get_by_text("CSV", exact=True).click()
    table = pd.read_csv(download.value.path())
    assert set(table["draft"]) == {"own"}
    with page.expect_download() as download:
        menu.get_by_text("SVG", exact=True).click()
    assert "assumed" in Path(download.value.path()).read_text().lower()
