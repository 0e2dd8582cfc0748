"""The verdict on a sweep that begins away from the present text: first what the last setting
changes of that text.
"""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from dashboard.data.compare import comparison_of, conduct_of, side_of, views_of
from dashboard.data.pairs import under_other_fits
from dashboard.data.ready_answers import answers, finding
from dashboard.data.ready_questions import ready_questions
from dashboard.data.sweep_from_here import from_here, in_points, too_many, yes_or_no
from dashboard.view import View

NO_LESS = "In nine in ten sets of assumptions it prevents no less harm than the present one."


def fewer_by_compare(before: View, after: View) -> str:
    """How many fewer states sign with other fits, as the page Compare says it."""
    sides = [side_of(view, view.run()) for view in under_other_fits(before, after)]
    (pair,) = comparison_of(sides, [before, after])["pairs"]
    return re.search(r"(\d+ to \d+ fewer) states", pair["in_other_fits"]).group(1)


def in_spaces(text: str) -> str:
    return text.replace("\xa0", " ")


@pytest.mark.long
def test_the_verdict_says_what_a_text_that_asks_for_all_changes_as_compare_has_it():
    answer = answers()[ready_questions()["depth-and-breadth"].key]
    here, last = views_of(answer["from_here"]["compare"])
    assert here == View()
    assert {last.variant.settings[f"ambition_{k}"] for k in range(1, 10)} == {1}
    (harm,) = (row["ranges"][0] for row in conduct_of([here, last])["rows"]
               if row["outcome"] == "harm_prevented" and row["group"] == "all")  # fmt: skip
    lost = fewer_by_compare(here, last).removesuffix(" fewer")
    assert in_spaces(finding(answer)) == in_spaces(
        f"From the present text, {yes_or_no(*harm)}: a text that asks for all prevents"
        f" {in_points(*harm)} of the harm, and loses {lost} of 83 signing states."
    )
    rows, present = answer["from_here"]["rows"]["harm_prevented"], answer["from_here"]["present"]
    between = min(row["low"] for row in rows[:-1] if row["value"] > present)
    said = answer["sentences"][0]["headline"][1]
    assert said == too_many("a text that asks for all", *harm, between)
    assert said.endswith("the present one; one in between may prevent up to 0.3 points less.")
    below = answer["from_here"]["from_first"]
    assert below.startswith(
        "From a text that asks for little, yes, though it loses about 75 of 119 signing states ("
    )


def test_what_each_setting_changes_of_the_present_text_is_what_the_verdict_says():
    answer = answers()[ready_questions()["depth-and-breadth"].key]
    said, rows = finding(answer), answer["from_here"]["rows"]
    assert [row["value"] for row in rows["harm_prevented"]] == [0.2, 0.4, 0.6, 0.8, 1]
    last = {outcome: own[-1]["told"] for outcome, own in rows.items()}
    assert last["harm_prevented"] in said
    assert f"loses {last['signatories_state'].removesuffix(' fewer')} of" in in_spaces(said)
    for own in (
        rows.values()
    ):  # the present text lies between 0.4 and 0.6, so that what is told turns there
        assert [row["low"] < row["high"] for row in own] == [True] * 5
    assert rows["harm_prevented"][1]["high"] < 0 < rows["harm_prevented"][2]["high"]
    assert rows["signatories_state"][2]["high"] < 0 < rows["signatories_state"][1]["low"]


@pytest.mark.long
def test_the_verdict_is_made_of_what_the_analysis_found_not_of_its_words():
    shipped = answers()[ready_questions()["depth-and-breadth"].key]
    price = SimpleNamespace(kind="state", loses=7, signing=9)
    found = SimpleNamespace(
        gain=SimpleNamespace(claim="It is so.", after="a longer text", before="less", price=price)
    )
    content = from_here(shipped, found)
    first, *_ = content["sentences"]
    assert first["headline"][0].partition(": ")[2].startswith("a longer text prevents ")
    below = content["from_here"]["from_first"]
    assert below.startswith(
        "From a text that asks for less, yes, though it loses about 7 of 9 signing "
    )
    assert below.endswith(" with other fits). It is so.")
    assert from_here(shipped, SimpleNamespace(gain=None)) == {}  # no price is asked for
    assert (
        from_here(shipped | {"how_sure": {}}, found) == {}
    )  # an address that cannot say its settings


@pytest.mark.parametrize(
    ("low", "high", "word", "verdict"),
    [
        (-0.04, 2.5, "perhaps a little", NO_LESS),
        (0.6, 3.5, "yes, a little", NO_LESS),
        (0.6, 9.0, "yes", NO_LESS),
        (-1.0, 9.0, "perhaps", "The losses may "),
        (-2.0, -0.1, "no", "The losses cost "),
        (-0.01, 0.01, "no", "The losses cost "),
    ],
)
def test_a_verdict_is_a_yes_where_both_ends_are_more_and_too_many_are_lost_where_less_is_prevented(
    low, high, word, verdict
):
    assert yes_or_no(low, high) == word
    assert too_many("it", low, high).startswith(verdict)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-0.04, 2.5, "0 to 2.5 points more"), (0.6, 3.5, "0.6 to 3.5 points more"),
        (-1.0, 2.0, "1.0 points less to 2.0 points more"), (-2.0, -0.1, "0.1 to 2.0 points less"),
        (-2.0, 0.01, "0 to 2.0 points less"), (-0.01, 0.01, "no more"),
    ],
)  # fmt: skip
def test_a_range_of_harm_prevented_is_told_with_the_sign_of_both_ends(low, high, words):
    assert in_spaces(in_points(low, high)) == words
