"""What the page Negotiate says of talks that are changed: the question they ask, what the other
rules give, and what the weight of a seat is for.
"""

from __future__ import annotations

import re

import numpy as np
import pytest

import sim
from dashboard.pages.negotiate.otherwise import (
    before_and_now,
    of_weight,
    other_rules,
    question_of_changed,
    still_no_text,
)
from dashboard.pages.negotiate.question import Question, question_of

FEW = "replicates=20"
MAJORITY, TWO_THIRDS = "set=rule:majority", "set=rule:majority&set=quota_number:0.6666"


def asked(link: str) -> Question:
    return question_of(link)[0]


def said_of(link: str) -> str:
    question = asked(link)
    return other_rules(question, question.negotiation())


@pytest.mark.parametrize(
    ("link", "question"),
    [
        (MAJORITY, "What if the rule were a majority?"),
        (TWO_THIRDS, "What if the rule were two thirds?"),
        ("set=rule:majority&set=quota_number:0.8", "What if the rule were a vote of 80 %?"),
        ("without=CUB,CHN", "What if China and Cuba stayed away?"),
        ("without=USA", "What if the United States stayed away?"),
        ("without=CUB,CHN,RUS,USA", "What if 4 seats were empty?"),
        ("set=tabled_3:0&set=transfer_efficiency:0.5",
         "What if another text were tabled and those who gain could pay those who lose?"),
        ("set=trades:1", "What if provisions were traded in packages?"),
        ("set=growth:2", "What if these talks ran otherwise?"),
    ],
)  # fmt: skip
def test_talks_that_are_changed_ask_what_if_that_were_so(link, question):
    one = asked(f"{FEW}&{link}")
    assert question_of_changed(one, one.changed).replace("\N{NO-BREAK SPACE}", " ") == question


def test_of_talks_that_are_changed_it_is_said_what_came_of_them_before_and_comes_now():
    def said(link: str) -> str:
        one = asked(f"{FEW}&{link}")
        return before_and_now(one, one.negotiation())

    def refuse(link: str) -> str:
        negotiation = asked(f"{FEW}&{link}").negotiation()
        [who] = [part.words for part in negotiation.answer.parts if part.lead == "Who refuses"]
        return re.search(r"On average (\d+ of \d+) refuse", who)[1]

    none = "no text in any of 20 worlds; on average {} seats refuse"
    before, without = none.format(refuse("world=1")), none.format(refuse("without=CHN"))
    assert before != without
    assert said("without=CHN") == f"Before: {before}. Now: {without}."
    assert said(MAJORITY) == f"Before: {before}. Now: a text in 20 of 20 worlds."
    assert re.match(
        r"Before: a text in 20 of 20 worlds, which keeps \d+\s%",
        said("talks=un-gge-2015&without=USA"),
    )
    assert said("world=3") == ""


def test_of_talks_that_still_have_no_text_the_headline_says_what_the_change_did():
    def said(link: str) -> dict[str, str] | None:
        one = asked(f"{FEW}&{link}")
        return still_no_text(one, one.negotiation())

    told = said("without=CHN")
    assert told is not None
    found = re.fullmatch(
        r"Without China still no text in any of 20 worlds; on average (\d+) of 24 seats refuse, not"
        r" (\d+) of 25\.",
        told["headline"],
    )
    assert found
    now, before = found.groups()
    assert int(now) < int(before)
    assert told["short"] == f"Without China: text in 0 of 20, {now} refuse (before {before})"
    assert said(MAJORITY) is None  # a text there, of which the headline tells
    assert said("world=3") is None
    assert said("talks=un-gge-2015&without=USA") is None


@pytest.mark.long
@pytest.mark.parametrize("talks", [name for name, _, _ in sim.available_talks()])
@pytest.mark.parametrize(("link", "other"), [(MAJORITY, TWO_THIRDS), (TWO_THIRDS, MAJORITY)])
def test_that_the_other_vote_gives_the_same_text_is_so_where_it_is_negotiated(talks, link, other):
    said = said_of(f"talks={talks}&{FEW}&{link}")
    here, there = (asked(f"talks={talks}&{FEW}&{rule}").negotiation() for rule in (link, other))
    assert f"({there.answer.majority} of {int(here.at_table.votes.sum())} seats)" in said
    assert re.search(r"gives the same text|is the same vote", said)
    assert np.array_equal(here.drafts.final_texts, there.drafts.final_texts)
    assert np.array_equal(here.drafts.is_adopted, there.drafts.is_adopted)
    accept = (here.drafts.final_gains[:, here.at_table.votes] >= 0).sum(axis=1).mean()
    assert "is the same vote" in said or f": {accept:.0f} accept it" in said


def test_consensus_stands_beside_a_vote_as_it_is_negotiated():
    assert said_of(f"{FEW}&{MAJORITY}").endswith("; only consensus blocks it.")
    agreed = asked(f"talks=un-gge-2013&{FEW}").negotiation()
    assert agreed.drafts.is_adopted.all()
    kept = f"{100 * agreed.share_left():.0f}\N{NO-BREAK SPACE}%"
    assert f"Consensus has a text too, in 20 of 20 worlds; it keeps {kept}." in said_of(
        f"talks=un-gge-2013&{FEW}&{MAJORITY}"
    )


def test_a_vote_that_more_seats_have_to_carry_fails_more_often_in_a_room_that_is_split():
    room = {"SEN", "KEN", "KAZ", "EGY", "KOR", "RUS", "BRA", "AUS", "FRA"}
    away = ",".join(seat for seat in sim.load_talks("un-gge-2017").seats if seat not in room)
    links = {rule: f"{FEW}&without={away}&{rule}" for rule in (MAJORITY, TWO_THIRDS)}
    carried = {
        rule: int(asked(link).negotiation().drafts.is_adopted.sum()) for rule, link in links.items()
    }
    assert 0 < carried[TWO_THIRDS] < carried[MAJORITY] == 20
    more, fewer = (
        f"in {carried[TWO_THIRDS]} of 20 worlds, instead of 20",
        "in 20 of 20 worlds, instead of",
    )
    assert said_of(links[MAJORITY]).startswith(
        f"Two thirds (6 of 9 seats) would adopt this text {more}"
    )
    assert said_of(links[TWO_THIRDS]).startswith(
        f"A simple majority (5 of 9 seats) would adopt this text {fewer}"
    )


def test_nothing_is_said_of_other_rules_where_a_quota_changes_what_is_drafted():
    for link in (
        "",
        f"{MAJORITY}&set=amendments:0",
        f"{MAJORITY}&set=quota_weight:0.6",
        f"{MAJORITY}&set=trades:1",
    ):
        assert said_of(f"replicates=5&{link}".rstrip("&")) == ""


def test_weight_is_no_vote_and_half_of_it_is_power():
    half = "50 % of all weight is shared alike, 50 % goes by material power"
    for link, first in (
        ("", "Any seat can block, whatever its weight."),
        (MAJORITY, "Every seat has one vote."),
        ("set=transfer_efficiency:1", "Drafts give more to seats that weigh more"),
        (f"{MAJORITY}&set=quota_weight:0.6", "The vote counts seats and their weight"),
    ):
        said = of_weight(asked(link).changed).replace("\N{NO-BREAK SPACE}", " ")
        assert said.startswith(first)
        assert half in said
