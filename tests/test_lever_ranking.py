"""Which of several levers moves an outcome most, and where inside its range it peaks: functions of
which the truth is known.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from test_analysis_truths import axes, on_lever, study

import sim
from sim.analysis.effects import pairs
from sim.analysis.lever_ranking import rank_levers
from sim.analysis.peak import peak_of
from sim.analysis.study import study_of_function
from sim.errors import InputError
from sim.findings import Unit, Verdict
from sim.sweeps.axis import DIAL, Axis
from sim.sweeps.design import Design
from sim.sweeps.sweep import Part

GRID = (0.0, 0.5, 1.0)
LEVERS = Part((Axis("a", DIAL, values=GRID), Axis("b", DIAL, values=GRID)))
SETS = 20


def of(truth: Any, noise: float = 0.2, levers: Part = LEVERS, sets: int = SETS, **more: Any) -> Any:
    sampled = Part(axes("u"), Design("latin hypercube", sets)) if sets else None
    return study(truth, noise, levers=levers, uncertainties=sampled, replicates=5, **more)


def ranked(made: Any, names: str = "ab") -> Any:
    return rank_levers(made, made.columns["y"], tuple(names))


def test_a_lever_that_moves_more_in_each_set_of_assumptions_is_clearly_first():
    found = ranked(of(lambda p: p.b - 4 * p.a * (1 + p.u)))
    first, second = found.places
    assert (first.name, first.before, first.after) == ("a", 1, 0)
    assert (second.name, second.before, second.after) == ("b", 0, 1)
    assert first.luck.low < 6 < first.luck.high
    assert second.estimate == pytest.approx(1, abs=0.15)
    assert first.fits.low == pytest.approx(4.2, abs=0.4)
    assert first.fits.high == pytest.approx(7.8, abs=0.4)
    assert (found.ahead, found.sets, found.verdict) == (SETS, SETS, Verdict.CLEAR)
    assert found.lead == pytest.approx(first.estimate - second.estimate)
    assert found.unit is Unit.NUMBER


def test_a_lever_that_is_first_under_some_assumptions_alone_is_perhaps_first():
    found = ranked(of(lambda p: 6 * p.a * p.u + 2 * p.b, sets=40))
    assert found.first.name == "a"
    assert found.ahead / found.sets == pytest.approx(2 / 3, abs=0.05)
    assert found.verdict is Verdict.PERHAPS


def test_an_effect_is_over_sets_of_assumptions_and_not_over_values_of_another_lever():
    made = of(lambda p: p.a * (3 + p.u) + 5 * p.a * p.b, 0.2)
    tables = sim.analyse(made).tables
    row = tables["effects"].iloc[1]
    place = ranked(made).first
    assert (row["lever"], row["before"], row["after"]) == ("a", place.before, place.after)
    assert (row["cases"], row["mean"]) == (SETS, pytest.approx(place.estimate))
    assert (row["p5"], row["p95"]) == pytest.approx((place.fits.low, place.fits.high))
    assert row["high"] - row["low"] == pytest.approx(place.luck.high - place.luck.low, rel=0.2)
    assert tables["regions"]["cases"].sum() == SETS * len(GRID)


def test_levers_that_move_alike_cannot_be_told_apart_and_none_is_none():
    assert ranked(of(lambda p: p.a + p.b, 0.5)).verdict is Verdict.CANNOT_TELL
    verdicts = [ranked(of(lambda p: 0 * p.a, 1.0, seed=seed)).verdict for seed in range(20)]
    assert verdicts.count(Verdict.NOTHING) >= 17


def test_without_assumptions_luck_alone_decides_and_a_lever_may_be_an_uncertainty():
    found = ranked(of(lambda p: 3 * p.a + p.b, sets=0))
    assert (found.sets, found.verdict) == (1, Verdict.CLEAR)
    assert {place.fits for place in found.places} == {None}
    apart = study(
        lambda p: p.a + 3 * p.b, 0.1, levers=Part(LEVERS.axes[:1]),
        uncertainties=Part(LEVERS.axes[1:]), replicates=5,
    )  # fmt: skip
    assert ranked(apart).first.name == "b"
    assert sim.analyse(apart, lever=["a", "b"]).findings[0].first.name == "b"


def test_the_question_of_several_levers_is_answered_by_their_ranking():
    made = of(lambda p: 3 * p.a + p.b)
    analysis = sim.analyse(made)
    ranking = analysis.findings[0]
    assert ranking.first.name == "a"
    (answer,) = [each for each in analysis.sentences if each.kind == "answer"]
    assert answer.headline[0].startswith("A clearly moves y most, by 3")
    assert "ahead of all others in 20 of 20 sets of assumptions" in answer.text
    content = analysis.as_json()
    assert content["rivals"] == ["a", "b"]
    assert content["findings"][0]["finding"] == "leverranking"
    assert content["findings"][0]["verdict"] == "clear"
    assert [place["name"] for place in content["findings"][0]["places"]] == ["a", "b"]


@pytest.mark.parametrize("arguments", [{"lever": "b"}, {"by": "b"}])
def test_one_lever_that_is_named_is_not_ranked(arguments):
    analysis = sim.analyse(of(lambda p: 3 * p.a + p.b, sets=0), **arguments)
    assert analysis.query.rivals == ()
    assert not any(each.measure == "y" and hasattr(each, "places") for each in analysis.findings)


def test_a_lever_that_cannot_be_compared_is_refused():
    with pytest.raises(InputError, match="lever is u, which design"):
        sim.analyse(of(lambda p: p.a), lever=["a", "u"])


def bend(points: pd.DataFrame) -> Any:
    return 8 * points.a * (1 - points.a) + points.a


@pytest.mark.parametrize("sign", [1, -1])
def test_a_peak_inside_the_range_is_told_with_how_far_it_lies_beyond_either_end(sign):
    made = of(lambda p: sign * bend(p), 0.2)
    peak = peak_of(made, made.columns["y"], pairs(made, made.columns["y"], "a"))
    assert (peak.lever, peak.at, peak.is_low) == ("a", 0.5, sign < 0)
    assert peak.from_first == pytest.approx(2.5, abs=0.1)
    assert peak.from_last == pytest.approx(1.5, abs=0.1)
    assert peak.luck_of_first.low < 2.5 < peak.luck_of_first.high
    way = "lowest" if sign < 0 else "highest"
    answer = sim.analyse(made, lever="a").answer
    assert f"Y is {way} inside the range, with a at 0.5" in answer


def test_a_slope_has_no_peak_and_noise_hardly_ever():
    made = of(lambda p: p.a)
    assert peak_of(made, made.columns["y"], pairs(made, made.columns["y"], "a")) is None
    flat = [of(lambda p: 0 * p.a, 1.0, seed=seed) for seed in range(20)]
    peaks = [peak_of(each, each.columns["y"], pairs(each, each.columns["y"], "a")) for each in flat]
    assert sum(peak is not None for peak in peaks) <= 2


def test_an_effect_that_is_largest_in_the_middle_of_what_it_is_told_apart_by_is_told_there():
    def truth(points: pd.DataFrame) -> Any:
        return points.a * (1 + 4 * (np.abs(points.u - 0.5) < 1 / 6))

    one = Part((Axis("a", DIAL, values=(0.0, 1.0)),))
    made = of(truth, 0.1, one, 60)
    analysis = sim.analyse(made, lever="a", by="u")
    effect = analysis.tables["effects"]["mean"].iloc[0]
    low, middle, high = analysis.tables["regions"]["mean"]
    assert max(low, high) < effect < middle
    assert analysis.tables["regions"]["peak"].tolist() == [False, True, False]
    assert "1.0 where u lies below 0.34, 5.0 from 0.34" in analysis.answer


def test_a_peak_of_an_effect_is_seen_through_luck_that_all_points_share():
    """Luck moves the effect by more than the peak, everywhere alike."""

    def function(points: pd.DataFrame, replicates: Any, generator: Any) -> dict[str, Any]:
        luck = generator.normal(0, 10, len(replicates))
        size = 1 + points.u + 0.5 * (points.b == 0.5)
        return {"y": np.outer(points.a, luck) + (points.a * size).to_numpy()[:, None]}

    uncertain = Part(axes("u"), Design("latin hypercube", 30))
    made = study_of_function(
        function, levers=LEVERS, uncertainties=uncertain, replicates=5, common_luck=True
    )
    regions = sim.analyse(made, lever="a", by="b").tables["regions"]
    low, middle, high = regions["mean"]
    assert middle - high == pytest.approx(0.5)
    assert regions["low"][1] < low
    assert regions["peak"].tolist() == [False, True, False]
    assert regions["stands_out"].all()


def test_an_effect_beyond_both_ends_of_what_it_is_told_apart_by_names_what_takes_it_there():
    """Where that is no clear peak either: the numbers beside the effect then lie around it."""
    noisy = [of(lambda p: p.a, 3.0, LEVERS, 10, seed=seed) for seed in range(10)]
    tables = [on_lever(made, lever="a", by="b").frames() for made in noisy]
    peaks = 0
    for table in tables:
        effect, regions = table["effects"]["mean"].iloc[-1], table["regions"]
        peaks += regions["peak"].any()
        named = regions["mean"][regions["stands_out"]]
        assert named.min() <= effect <= named.max()
    assert peaks <= 1
