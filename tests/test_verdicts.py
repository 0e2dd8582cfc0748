"""Whether a change is called enough: only one that moves the share of worlds far, and beyond
luck.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.explanation.answer import AnswerFindings
from sim.explanation.decision import Target
from sim.explanation.levers import Change, ProvisionLever, WholeTextLever
from sim.explanation.question import LEAST_MOVE, Judgement
from sim.explanation.search import verdict
from sim.explanation.trial import Interval, Samples, interval
from sim.words.explanation import lever_words, size_words, verdict_words

BY = 13  # the end of 2019


@pytest.fixture(scope="module")
def more() -> sim.Run:
    """A world for each draw of the weights."""
    return sim.run(replicates=100, seed=1, conduct=False)


@pytest.mark.long
def test_serbia_is_not_kept_out_by_five_points_that_happen_to_lie_around_a_half():
    """Whatever is called enough, or perhaps, moves it by ten points or more of the same worlds,
    beyond luck.
    """
    explanation = sim.run(replicates=200, seed=1, conduct=False).explain("SRB", by="2024-01-12")
    assert 0.5 < explanation.signed_by < 0.55
    made = [change for change in explanation.changes if change.change]
    across = [change for change in made if change.share_after < 0.5]
    small = [change for change in across if abs(change.points) < LEAST_MOVE]
    assert {change.verdict for change in small} == {"hardly moves it"}
    assert not any(change.turns for change in small)
    assert all(change.gain_high < 0 for change in made if change.verdict in ("enough", "perhaps"))
    assert not explanation.answer.findings.turns
    assert not explanation.answer.named
    weak = [change for change in made if change.verdict == "cannot be judged"]
    assert {change.basis for change in weak} == {"extrapolated"}
    assert all(change.gain_high < -LEAST_MOVE for change in weak)


@pytest.mark.parametrize(
    ("to", "words"), [(0.53, "hardly moves it"), (0.57, "hardly moves it"), (0.63, "perhaps")]
)
def test_a_small_move_is_not_enough_on_whichever_side_of_what_is_sought_it_ends(to, words):
    change = Change("text", moves=True, change={"a": 1}, share_before=0.48, share_after=to)
    assert verdict(Target("sign", 0.5, 0.5, 1), change) == words


@pytest.mark.parametrize(
    ("to", "borne", "words"),
    [(0.52, True, "hardly moves it (+4\u00a0points)"), (0.8, True, "not enough"),
     (0.898, True, "not enough: more is asked"),
     (0.95, True, "perhaps"), (0.95, False, "cannot be judged"),
     (0.8, False, "not enough")],
)  # fmt: skip
def test_a_verdict_says_how_far_it_moves_or_how_much_is_asked(to, borne, words):
    target = Target("sign", 0.9, 0.9, 1)
    change = Change(
        "text",
        moves=True,
        change={"a": 1},
        share_before=0.48,
        share_after=to,
        borne=borne,
    )
    judged = replace(change, verdict=verdict(target, change))
    assert verdict_words(judged, target) == words


def test_why_a_change_is_only_perhaps_enough_is_that_some_fits_or_some_luck_fall_short():
    target = Target("sign", 0.5, 0.5, 1)
    change = Change(
        "text",
        moves=True,
        turns=True,
        change={"a": 1},
        share_before=0.2,
        share_after=0.6,
        low=0.55,
        high=0.65,
    )
    by_luck, some = replace(change, low=0.45), Interval(0.3, 0.8)
    assert reasons(target, change) == (False, False, [])
    assert reasons(target, by_luck) == (False, False, [Interval(0.45, 0.65)])
    assert reasons(target, replace(change, of_weights=some)) == (True, True, [])
    both = replace(by_luck, of_weights=some)
    assert reasons(target, both) == (True, True, [Interval(0.45, 0.65)])
    out = Target("stay out", 0.5, 0.5, 1)
    assert reasons(out, replace(change, of_weights=some, low=0.1, high=0.2))[0]
    other_way = replace(change, of_weights=Interval(0.6, 0.8), gain_of_weights=Interval(-0.1, 0.5))
    assert reasons(target, other_way) == (False, True, [])


def reasons(target: Target, change: Change) -> tuple[bool, bool, list[Interval]]:
    """Why an answer that names *change* is only perhaps."""
    found = AnswerFindings(None, True, (), target, (change,), (change,), turns=True)
    return found.falls_short, found.goes_both_ways, found.by_luck


def test_how_far_a_change_moves_it_is_told_of_the_same_weights_with_it_and_without(more):
    answer = more.explain("USA").answer
    (change,), before = answer.named, answer.standing.of_weights
    gain = change.gain_of_weights
    assert change.of_weights.low < before.high  # the two spans overlap
    assert 0 < gain.low < change.share_after - change.share_before < gain.high
    assert "How sure: The change moves the share by +" in answer.follows
    assert "% of fits, each compared with itself. " in answer.follows


@pytest.mark.long
def test_why_nearly_all_worlds_are_sought_is_told_and_of_a_miss_in_the_lines_how_sure_that_is(more):
    nearly_all, most = more.explain("USA", by=BY, aim="in").answer, more.explain("USA").answer
    assert "signs in most worlds as it is, so enough is more than 90" in nearly_all.enough
    (change,), how_sure = nearly_all.named, dict(nearly_all.lines)["How sure"]
    assert ("Perhaps only: some of these fits fall short of 90" in how_sure) == (
        change.of_weights.low <= 0.9
    )
    assert "Enough is more than 50\u00a0%" in most.follows
    assert "enough is more than 90" in nearly_all.follows


@pytest.mark.long
@pytest.mark.parametrize("who", ["USA", "IND"])
def test_a_text_asks_for_nothing_where_its_ambition_falls_to_zero_and_for_less_where_it_does_not(
    more, who
):
    """The words of a row and those of its size in full are of one change."""
    for change in more.explain(who, by=BY, aim="in").changes:
        if isinstance(change.lever, ProvisionLever | WholeTextLever) and change.change:
            of_all = change.change["parameters"].values()
            (after,) = {*of_all}
            assert change.lever.after == after
            if change.lever.key.endswith("lowered"):
                provisions = "“" if len(of_all) == 1 else "any provision"
                assert lever_words(change).startswith(
                    f"the text asks {'nothing' if after == 0 else 'less'} on {provisions}"
                )
                assert f" {after:g}, of 1 at most" in size_words(change)


def test_one_seed_has_one_set_of_samples_and_another_has_another():
    values = np.arange(20) % 3 == 0
    one, again, other = (Samples(20, seed).means(values) for seed in (1, 1, 2))
    assert (one == again).all()
    assert (one != other).any()
    assert interval(one).low < values.mean() < interval(one).high


@pytest.mark.long
def test_no_answer_says_none_over_a_change_that_is_perhaps_enough():
    """Egypt has two that cannot be told apart in size, of which only the one ends above what is
    sought.
    """
    explanation = sim.run(replicates=200, seed=1, conduct=False).explain("EGY", by=BY)
    verdicts = {
        change.family: change.verdict for change in explanation.changes if change.is_offered
    }
    assert verdicts["text"] == "perhaps"
    assert verdicts["outreach"] == "not enough"
    answer = explanation.answer
    assert [change.family for change in answer.named] == ["text"]
    assert answer.headline.startswith(
        "If the text asked nothing on “lifecycle security”, Egypt would sign in "
    )
    assert answer.caveat.endswith("The evidence is mixed, and the two ranges overlap")
    assert answer.untried.endswith(
        "to those with less capacity than most states, and Egypt has more."
    )


@pytest.mark.parametrize(
    ("judged", "told"),
    [
        ("enough", "in the model only"),
        ("perhaps", "in the model only"),
        ("not enough", "not enough"),
        ("hardly moves it", "hardly moves it"),
        ("cannot be judged", "cannot be judged"),
    ],
)
def test_of_whom_the_model_misses_nothing_is_called_enough(judged, told):
    assert Judgement(judged).of_a_miss == told
    target = Target("sign", 0.5, 0.5, 1)
    change = Change("text", share_before=0.6, share_after=0.61, verdict=Judgement(judged))
    for is_missed, expected in ((True, told), (False, judged)):
        assert verdict_words(change, target, is_missed=is_missed).startswith(expected)
