"""What a scenario supposes, said in plain words: one test for each message."""

from __future__ import annotations

from datetime import date

import pytest

import sim
from sim.scenario import Event
from sim.scenario.departure import (
    Move,
    MovedDials,
    MovedText,
    OtherCode,
    OtherProvisions,
    OtherSigners,
    OtherStart,
    happenings,
)
from sim.scenario.dials_in_use import NoSigner, NoWeight, WhileAt
from sim.scenario.extrapolation import (
    UNLIKE,
    BesideAnother,
    Convenor,
    FeaturePair,
    Reading,
    Recorded,
    Unlike,
    UnlikeConvenor,
    UnlikePopulation,
    UnlikeText,
    UnlikeWeights,
)
from sim.scenario.weights import FittedWeight, NoError
from sim.words import event_words, remark
from sim.words.language import ENGLISH
from sim.words.suppositions import departure_words, idle_words, unlike_words, why_what_if

PARIS = sim.load("paris-call-2018")
FRANCE = Convenor("France", "francophonie")
AMERICA = Convenor("United States", "")


def test_whatever_may_be_unlike_the_register_has_a_message():
    assert all(ENGLISH.has(f"unlike-{what}") for what in UNLIKE)


@pytest.mark.parametrize(
    ("what", "unlike", "words"),
    [
        ("world", Unlike(), "world of the register, and these facts are of another."),
        ("population", UnlikePopulation(4), "4 times as many, each of which counts as 1/4 in all"),
        (
            "convenor",
            UnlikeConvenor(AMERICA, FRANCE, None, None),
            "It is convened by the United States; the text of the register, by France with its club"
            " francophonie. What a convenor moves is hardly told",
        ),
        (
            "convenor",
            UnlikeConvenor(
                AMERICA, FRANCE, Reading(0.8, "France"), Reading(0.777, "United States")
            ),
            "Assumed: the same text, whose openness is 0.8 beside France, reads as 0.78 beside the"
            " United States.",
        ),
        ("convenor", UnlikeConvenor(Convenor(None, ""), FRANCE, None, None), "by nobody; the"),
        (
            "text",
            UnlikeText(
                (FeaturePair("openness", 0.1, 0.8), FeaturePair("public_rule", 0.9, 0.6)), 1
            ),
            "openness is 0.1 instead of 0.8, public rule 0.9 instead of 0.6. It stands across",
        ),
        (
            "text",
            UnlikeText((FeaturePair("restraint", 1, 0.52), FeaturePair("burden", 1, 0.5)), 0),
            "all prohibitions together are at 1 instead of 0.52, all duties together at 1 instead"
            " of 0.5. The weights are the register's own",
        ),
        (
            "text",
            UnlikeText((FeaturePair("openness", 0.45, 0.8),), 0.5),
            "states' weights are 50\u00a0% those fitted to many instruments",
        ),
        ("negotiation", Unlike(), "where talks fail, no code opens."),
        (
            "weights",
            UnlikeWeights(("state_peers",)),
            "as it was fitted: weight of other states' example.",
        ),
        (
            "weights",
            UnlikeWeights(("state_peers", "state_peers", "state_peers", "state_home")),
            "example, 1 more.",
        ),
        ("rival", BesideAnother("A/RES/73/27"), "is open beside it, A/RES/73/27: who signs that"),
        ("weights", Recorded("As it was."), "As it was."),
    ],
)
def test_what_is_unlike_the_register_is_said(what, unlike, words):
    assert words in unlike_words(what, unlike)


@pytest.mark.parametrize(
    ("departure", "words"),
    [
        (OtherCode("Mine", date(2020, 1, 2)), "another code, Mine, opened on 2 January 2020"),
        (OtherProvisions(2), "another text, of 2 provisions"),
        (OtherSigners(("firm", "ngo")), "only firms and NGOs may sign"),
        (
            MovedText(
                (Move("text_openness", 0.7, 0.8), Move("ambition_8", 0, 0.6)),
                {"ambition_8": "no private hack-back"},
            ),
            "a text with openness at 0.7, not 0.8 and ambition of “no private hack-back” at 0, not"
            " 0.6",
        ),
        (OtherStart(-3), "it begins in round -3"),
        (
            MovedDials((Move("monitoring", 0.5, 0), Move("ratification_needed", 1, 0))),
            "monitoring at 0.5 (was 0) and a treaty, to be ratified",
        ),
        (MovedDials((Move("bloc_votes", 0, 1),)), "the EU decides as one at 0 (was 1)"),
    ],
)
def test_what_departs_from_the_paris_call_is_said(departure, words):
    assert departure_words(departure) == words


def test_events_of_the_same_words_are_one_and_of_many_the_first_are_told():
    signs = {"who": ["KEN"], "signs": True}
    events = [{"round": 0, **signs}, {"round": 0, "kind": "firm", "signs": True}]
    events += [{"round": number, **signs} for number in (2, 3)]
    scenario = PARIS.with_changes(events=events)
    assert departure_words(happenings(scenario)) == (
        "Kenya signs from November 2018; Every firm signs from November 2018; Kenya signs from"
        " January 2019 and 1 more"
    )


def test_all_that_departs_is_one_sentence():
    scenario = PARIS.with_changes(set={"monitoring": 0.5, "ambition_8": 0})
    assert why_what_if(scenario) == (
        "What if: a text with ambition of “no private hack-back” at 0, not 0.6; monitoring at 0.5"
        " (was 0). The weights are the register's, which has seen nothing of the kind."
    )
    assert why_what_if(PARIS) == ""


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Event(3, "dial", (), 0.5, "joint_attribution"), "joint attribution becomes 0.5"),
        (Event(3, "choice", ("USA",), 1.0), "USA signs"),
        (Event(3, "choice", ("every ngo",), 0.0), "Every ngo stays out"),
        (Event(3, "trait", ("KEN", "BRA"), 0.5, "public_rule"), "public rule of KEN and BRA"),
        (
            Event(3, "outreach", ("KEN",), 0.1, until=5),
            "KEN is approached at a rate of 0.1 a month, until month 5",
        ),
        (Event(3, "outreach", ("KEN", "BRA"), 0.1), "KEN and BRA are approached"),
        (Event(3, "conduct", ("firm DEU-017",), 1.0), "firm DEU-017 keeps what the code asks"),
    ],
)
def test_what_an_event_does_is_said(event, words):
    assert event_words(event).startswith(words)


@pytest.mark.parametrize(
    ("idle", "words"),
    [
        (NoSigner(("firm", "ngo")), "as no firms and no NGOs may sign"),
        (NoWeight(), "as the motives that it acts through have no weight"),
        (WhileAt((("a", 0), ("b", 0.5))), "while “a” is 0 and “b” is 0.5"),
    ],
)
def test_why_a_dial_does_nothing_is_said(idle, words):
    assert idle_words(idle) == words


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (None, ""),
        (NoError.OTHER_LENS, "no part of this lens"),
        (NoError.TIED, "tied to firm_attention_launch"),
        (NoError.UNTOLD, "not told by one text"),
        (NoError.BOUND, "at its bound"),
    ],
)
def test_why_a_weight_has_no_error_is_said(reason, words):
    name = "firm_attention_campaign"
    assert remark(FittedWeight(name, 0.0, None, None, None, reason, "")) == words
