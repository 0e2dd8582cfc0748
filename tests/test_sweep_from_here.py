"""The verdict on a sweep that begins away from the present text: first what the last setting changes of that text."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from dashboard.data.compare import comparison_of, conduct_of, side_of, views_of
from dashboard.data.pairs import under_other_fits
from dashboard.data.ready_answers import answers, finding, how_sure
from dashboard.data.ready_questions import ready_questions
from dashboard.data.sweep_from_here import from_here, in_points, yes_or_no
from dashboard.view import View


def fewer_by_compare(before: View, after: View) -> str:
    """How many fewer states sign with other fits, as the page Compare says it."""
    sides = [side_of(view, view.run()) for view in under_other_fits(before, after)]
    (pair,) = comparison_of(sides, [before, after])["pairs"]
    return re.search(r"(\d+ to \d+ fewer) states", pair["in_other_fits"]).group(1)


def test_the_verdict_says_what_a_text_that_asks_for_all_changes_of_the_present_one_as_compare_has_it():
    answer = answers()[ready_questions()["depth-and-breadth"].key]
    here, last = views_of(answer["from_here"]["compare"])
    assert here == View()
    assert {last.variant.settings[f"ambition_{k}"] for k in range(1, 10)} == {1}
    (harm,) = (row["ranges"][0] for row in conduct_of([here, last])["rows"]
               if row["outcome"] == "harm_prevented" and row["group"] == "all")  # fmt: skip
    verdict = finding(answer)
    assert verdict == (
        f"From the present text, {yes_or_no(*harm)}: a text that asks for all prevents {in_points(*harm)} of the harm, "
        f"and {fewer_by_compare(here, last)} states sign."
    )
    assert how_sure(answer) == [answer["from_here"]]
    below = answer["sentences"][0]["headline"][1]
    assert below.startswith("From a text that asks for little, yes, though it loses about 75 of 119 signing states (")


def test_the_verdict_is_made_of_what_the_analysis_found_not_of_its_words():
    shipped = answers()[ready_questions()["depth-and-breadth"].key]
    price = SimpleNamespace(kind="state", loses=7, signing=9)
    found = SimpleNamespace(gain=SimpleNamespace(claim="It is so.", after="a longer text", before="less", price=price))
    first, *_ = from_here(shipped, found)["sentences"]
    assert first["headline"][0].partition(": ")[2].startswith("a longer text prevents ")
    assert first["headline"][1].startswith("From a text that asks for less, yes, though it loses about 7 of 9 signing ")
    assert first["headline"][1].endswith(" with other fits). It is so.")
    assert from_here(shipped, SimpleNamespace(gain=None)) == {}  # no price is asked for
    assert from_here(shipped | {"how_sure": {}}, found) == {}  # an address that cannot say its settings


@pytest.mark.parametrize(
    ("low", "high", "word"), [(-0.04, 2.5, "perhaps"), (0.6, 3.5, "yes"), (-2.0, -0.1, "no"), (-0.01, 0.01, "no")]
)
def test_a_verdict_is_a_yes_where_both_ends_are_more(low, high, word):
    assert yes_or_no(low, high) == word


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-0.04, 2.5, "as much or up to 2.5 points more"), (0.6, 3.5, "0.6 to 3.5 points more"),
        (-1.0, 2.0, "1.0 points less to 2.0 points more"), (-2.0, -0.1, "no more"), (-0.01, 0.01, "no more"),
    ],
)  # fmt: skip
def test_a_range_of_harm_prevented_is_told_with_the_sign_of_both_ends(low, high, words):
    assert in_points(low, high) == words
