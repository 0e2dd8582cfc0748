"""What an analysis finds of functions of which the truth is known, through the code that analyses a
sweep.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.bootstrap import mean_over_replicates, spread
from sim.analysis.chance import chance, variances
from sim.analysis.effects import Cases, effect, pairs
from sim.analysis.findings import Findings
from sim.analysis.morris import Effects, Turn, elementary_effects
from sim.analysis.of_axes import morris_shares
from sim.analysis.of_levers import analyse_levers
from sim.analysis.question import question
from sim.analysis.scores import feature_scores
from sim.analysis.sobol import sobol_indices
from sim.analysis.study import Study, study_of_function
from sim.analysis.tipping import crossing, grid, steepest, tips, two_groups
from sim.errors import InputError
from sim.sweeps.axis import DIAL, Axis
from sim.sweeps.design import Design
from sim.sweeps.sweep import Part

Truth = Callable[[pd.DataFrame], Any]
PI = float(np.pi)
SOBOL_OF_ISHIGAMI = {"S1": [0.3139, 0.4424, 0.0], "ST": [0.5576, 0.4424, 0.2437]}  # a = 7, b = 0.1


def axes(names: str, low: float = 0.0, high: float = 1.0, steps: int = 0) -> tuple[Axis, ...]:
    return tuple(Axis(name, DIAL, low=low, high=high, steps=steps) for name in names)


def study(truth: Truth, noise: float = 0.0, luck: float = 0.0, **arguments: Any) -> Study:
    """*truth* of the axes, with *noise* that is own to each run and *luck* that all points share,
    as outcome y.
    """

    def function(
        points: pd.DataFrame, replicates: Any, generator: np.random.Generator
    ) -> dict[str, Any]:
        shared = generator.normal(0, luck, len(replicates)) if luck else 0.0
        own = generator.normal(0, noise, (len(points), len(replicates))) if noise else 0.0
        return {
            "y": np.asarray(truth(points), float)[:, None]
            + own
            + shared
            + np.zeros((1, len(replicates)))
        }

    return study_of_function(function, **arguments)


def ishigami(points: pd.DataFrame) -> Any:
    return np.sin(points.a) + 7 * np.sin(points.b) ** 2 + 0.1 * points.c**4 * np.sin(points.a)


def linear(points: pd.DataFrame) -> Any:
    return 2 * points.a + points.b


def sensitivity(
    analysis: sim.Analysis, index: str, at: str = "all", of: str = "outcome"
) -> pd.DataFrame:
    frame = analysis.tables["sensitivity"]
    return frame[(frame["index"] == index) & (frame["at"] == at) & (frame["of"] == of)].set_index(
        "axis"
    )


def on_lever(made: Study, **arguments: Any) -> Findings:
    """What is found about the lever, and nothing else."""
    query, findings = question(made, **arguments), Findings()
    analyse_levers(made, query, query.columns[0], findings)
    return findings


def answer(made: Study, **arguments: Any) -> str:
    return " ".join(on_lever(made, **arguments).texts("answer"))


def saltelli(names: str, rows: int, **more: Any) -> Part:
    return Part(axes(names, **more), Design("saltelli", rows))


def indices(made: Study, lever_point: int | None = None) -> dict[str, pd.DataFrame]:
    """The indices of a study, at all points of its levers or at one, by the function that analyses
    a sweep's, and nothing else of its analysis.
    """
    names = list(made.uncertainties.names)
    values = made.values("y")[slice(None) if lever_point is None else [lever_point]]
    found = sobol_indices(values, len(names), made.common_luck, made.generator(0))
    middle, half = found.values[-1], found.spread.both[-1]
    return {
        index: pd.DataFrame(
            {"value": middle[n], "low": middle[n] - half[n], "high": middle[n] + half[n]},
            index=names,
        )
        for n, index in enumerate(("S1", "ST"))
    }


def elementary(made: Study) -> Effects:
    """The elementary effects of a study, in the same way."""
    shares = morris_shares(made, made.uncertainties)
    found = elementary_effects(made.values("y"), shares, made.common_luck, made.generator(0))
    assert found is not None
    return found


def test_sobol_indices_of_ishigami_lie_in_their_intervals():
    found = indices(study(ishigami, uncertainties=saltelli("abc", 1024, low=-PI, high=PI)))
    for index, truth in SOBOL_OF_ISHIGAMI.items():
        assert (found[index]["low"] <= truth).all()
        assert (truth <= found[index]["high"]).all()
        assert (found[index]["high"] - found[index]["low"]).max() < 0.25


@pytest.mark.long
@pytest.mark.parametrize("common", [False, True])
def test_indices_and_chance_of_a_noisy_function_are_those_of_its_variances(common):
    noise, luck = 0.5, 0.6 if common else 0.0
    made = study(
        linear,
        noise,
        luck,
        uncertainties=saltelli("abc", 128),
        replicates=8,
        common_luck=common,
        seed=3,
    )
    analysis = sim.analyse(made)
    for index in ("S1", "ST"):
        found = sensitivity(analysis, index)
        assert (found["low"] <= [0.8, 0.2, 0.0]).all()
        assert (found["high"] >= [0.8, 0.2, 0.0]).all()
    row = analysis.tables["outcomes"].iloc[0]
    share = (noise**2 + luck**2) / (noise**2 + luck**2 + 5 / 12)
    assert row["low"] < share < row["high"]
    assert row["own_luck"] == pytest.approx(noise**2, rel=0.1)


def test_noise_taken_for_interactions_is_what_the_correction_takes_out():
    found = indices(study(linear, 1.0, uncertainties=saltelli("ab", 512), replicates=4))["ST"][
        "value"
    ]
    as_noisy = study(
        linear, 0.5, uncertainties=saltelli("ab", 512)
    )  # as much noise in a mean, not to be told apart
    assert found.sum() == pytest.approx(1, abs=0.15)
    assert indices(as_noisy)["ST"]["value"].sum() > 1.4


@pytest.mark.long
def test_one_world_at_each_point_tells_nothing_of_chance():
    analysis = sim.analyse(
        study(linear, 0.5, uncertainties=Part(axes("ab"), Design("latin hypercube", 20)))
    )
    assert np.isnan(analysis.tables["outcomes"]["chance"]).all()
    assert any(
        "cannot be told" in each.text for each in analysis.sentences if each.kind == "chance"
    )


def test_indices_at_each_lever_point_are_those_of_the_function_there():
    def truth(points: pd.DataFrame) -> Any:
        return np.where(points["l"] == 0, points.a, points.b)

    lever = Part((Axis("l", DIAL, values=(0.0, 1.0)),))
    made = study(truth, levers=lever, uncertainties=saltelli("ab", 64))
    for lever_point, totals in ((0, [1, 0]), (1, [0, 1]), (None, [0.5, 0.5])):
        assert indices(made, lever_point)["ST"]["value"].tolist() == pytest.approx(totals, abs=0.1)


def test_elementary_effects_of_a_linear_function_are_exact():
    made = study(linear, uncertainties=Part(axes("abc"), Design("morris", 8)))
    mean, mean_of_sizes, spread = elementary(made).values[-1]
    assert mean.tolist() == pytest.approx([2, 1, 0])
    assert mean_of_sizes.tolist() == pytest.approx([2, 1, 0])
    assert spread.tolist() == pytest.approx([0, 0, 0], abs=1e-9)


def test_an_axis_that_does_nothing_has_the_elementary_effect_of_chance():
    made = study(linear, 0.5, uncertainties=Part(axes("abc"), Design("morris", 20)), replicates=4)
    found = elementary(made)
    _, size_of_b, size_of_c = found.values[-1, 1]
    floor = float(found.floor.mean())
    assert size_of_c == pytest.approx(floor, rel=0.2)
    assert size_of_b > 2 * floor


def test_a_ranking_says_which_axes_matter_most_and_which_are_not_told_from_luck():
    def truth(points: pd.DataFrame) -> Any:
        return 4 * points.a - points.b + 0 * points.c

    made = study(truth, 0.3, uncertainties=Part(axes("abcd"), Design("morris", 30)), replicates=4)
    analysis = sim.analyse(made)
    [answer] = [each.text for each in analysis.sentences if each.kind == "answer"]
    assert answer.startswith("Y depends most on one dial: with a at 1 instead of 0, 4")
    assert "2 of 4 dials cannot be told apart from none" in answer
    assert "Which of the first" not in answer
    told = analysis.tables["sensitivity"].query("index == 'mu_star'").set_index("axis")["clear"]
    assert told.to_dict() == {"a": True, "b": True, "c": False, "d": False}
    assert "boxes" not in analysis.tables  # its points are neighbours
    assert {each.headline for each in analysis.sentences} == {
        None
    }  # its dials have no words of their own


@pytest.mark.long
def test_what_decides_which_way_an_axis_goes_is_found_and_none_where_none_does():
    def truth(points: pd.DataFrame) -> Any:
        return points.a * (1 - 2 * points.b) + (points.c - 0.5) ** 2 + points.d

    made = study(truth, uncertainties=Part(axes("abcd"), Design("morris", 60)))
    assert elementary(made).turns == [Turn(1, False), Turn(0, False), Turn(2, True), None]
    rows = sim.analyse(made).tables["sensitivity"].query("index == 'mu'").set_index("axis")
    lower, upper = rows["lower_half_mean"], rows["upper_half_mean"]
    assert (lower["a"], upper["a"]) == pytest.approx((2 / 3, -2 / 3), abs=0.15)
    assert rows.loc["a", "lower_half_low"] < lower["a"] < rows.loc["a", "lower_half_high"]
    assert lower[["c", "d"]].isna().all()  # by itself, and by none


@pytest.mark.long
def test_axes_that_matter_alike_share_the_first_place():
    made = study(
        lambda points: points.a + points.b,
        0.2,
        uncertainties=Part(axes("abc"), Design("morris", 20)),
    )
    [answer] = [each.text for each in sim.analyse(made).sentences if each.kind == "answer"]
    assert "Which of the first 2 moves it most cannot be told" in answer


def test_an_axis_that_does_nothing_scores_about_nothing():
    made = study(
        linear, 0.3, uncertainties=Part(axes("abc"), Design("latin hypercube", 80)), replicates=4
    )
    found = feature_scores(made.points(), made.values("y")[0].mean(axis=1), np.arange(80), 1)
    scores = dict(zip(found.names, found.mean, strict=True))
    assert scores["a"] > scores["b"] > 0.1
    assert abs(scores["c"]) < 0.05
    assert found.explained > 0.7
    share, low, high = found.shares
    assert share.sum() == pytest.approx(1)
    assert ((low >= 0) & (low <= share) & (share <= high) & (high <= 1)).all()


@pytest.mark.long
def test_no_axis_is_found_to_matter_for_noise():
    made = study(
        lambda points: 0 * points.a,
        1.0,
        uncertainties=Part(axes("abc"), Design("latin hypercube", 60)),
    )
    analysis = sim.analyse(made)
    assert any(each.text.startswith("No dial is found to matter") for each in analysis.sentences)
    assert "boxes" not in analysis.tables


def test_a_lever_is_compared_in_the_same_world():
    def truth(points: pd.DataFrame) -> Any:
        return points["l"] * points.a

    lever = Part((Axis("l", DIAL, values=(0.0, 1.0, 2.0)),))
    uncertain = Part(axes("ab"), Design("latin hypercube", 40))
    made = study(
        truth, luck=5.0, levers=lever, uncertainties=uncertain, replicates=4, common_luck=True
    )
    found = [effect(each, True, made.generator(0)) for each in pairs(made, made.columns["y"], "l")]
    assert [each.mean for each in found] == pytest.approx([0.5, 1.0], abs=0.01)
    assert found[1].low < 1.0 < found[1].high
    assert (
        found[1].high - found[1].low < 0.5
    )  # the shared luck, ten times as large, is in no difference
    assert found[1].above == 1


@pytest.mark.parametrize("replicates", [4, 64])
def test_more_replicates_make_a_case_surer(replicates):
    """The difference of two runs has twice the variance of one."""
    lever = Part((Axis("l", DIAL, values=(0.0, 1.0)),))
    uncertain = Part(axes("ab"), Design("latin hypercube", 40))
    made = study(linear, 1.0, levers=lever, uncertainties=uncertain, replicates=replicates)
    (cases,) = pairs(made, made.columns["y"], "l")
    found = effect(cases, False, made.generator(0))
    assert found.chance == pytest.approx((2 / replicates) ** 0.5, rel=0.2)


@pytest.mark.parametrize(("deviation", "hardly"), [(2.0, False), (3.0, True)])
def test_an_effect_counts_cases_and_worlds_apart_and_no_world_without_a_measure(deviation, hardly):
    """Small is what lies below a fifth of a standard deviation of single runs."""
    differences = np.array([[1.0, 3.0, 2.0], [-1.0, 2.0, np.nan], [-4.0, -4.0, -4.0]])
    cases = Cases("l", None, 0.0, 1.0, pd.DataFrame(index=range(3)), differences, 0.0, deviation)
    found = effect(cases, False, np.random.default_rng(1))
    assert (found.mean, found.above, found.worlds_above) == (-0.5, 2 / 3, 4 / 8)
    assert (found.p5, found.p95) == pytest.approx((-3.55, 1.85))
    assert (found.cases, found.hardly) == (3, hardly)


def test_where_a_lever_does_more_is_told():
    lever = Part((Axis("l", DIAL, values=(0.0, 1.0)),))
    uncertain = Part(axes("ab"), Design("latin hypercube", 60))
    made = study(
        lambda points: points["l"] * points.a,
        0.05,
        levers=lever,
        uncertainties=uncertain,
        replicates=4,
    )
    findings = on_lever(made, by="a")
    parts = findings.frames()["regions"]
    assert parts["mean"].is_monotonic_increasing
    assert parts["mean"].tolist() == pytest.approx([1 / 6, 0.5, 5 / 6], abs=0.06)
    assert "In thirds of the assumptions by a, the difference is 0.1" in answer(made, by="a")
    assert set(on_lever(made).frames()["regions"]["by"]) == {"a"}  # found without being told
    assert "no clear difference by b" in answer(made, by="b")


def test_a_lever_that_does_nothing_is_said_to_do_nothing():
    lever = Part((Axis("l", DIAL, values=(0.0, 1.0)),))
    uncertain = Part(axes("ab"), Design("latin hypercube", 40))
    made = study(lambda points: points.a, 1.0, levers=lever, uncertainties=uncertain, replicates=4)
    assert "not clearly another one" in answer(made)


def test_small_beside_chance_is_called_hardly_more_than_nothing():
    lever = Part((Axis("l", DIAL, values=(0.0, 1.0)),))
    uncertain = Part(axes("ab"), Design("latin hypercube", 40))
    made = study(
        lambda points: 0.1 * points["l"],
        luck=1.0,
        levers=lever,
        uncertainties=uncertain,
        replicates=50,
        common_luck=True,
    )
    assert "hardly more than nothing" in answer(made)


def test_a_threshold_is_crossed_where_the_function_crosses_it():
    def truth(points: pd.DataFrame) -> Any:
        return points.a - 0.4 * points.b

    made = study(
        truth, 0.05, levers=Part(axes("ab", steps=6), Design("full factorial")), replicates=20
    )
    found = tips(grid(made, "y", ["a", "b"]), 0.3, False, made.generator(0))
    assert [tip.place for tip in found] == pytest.approx(np.linspace(0.3, 0.7, 6), abs=0.03)
    assert (
        sum(
            tip.low <= place <= tip.high
            for tip, place in zip(found, np.linspace(0.3, 0.7, 6), strict=True)
        )
        >= 5
    )
    assert all(tip.rises for tip in found)


def test_the_steepest_step_is_that_of_a_cliff():
    made = study(
        lambda points: points.a > 0.5,
        0.1,
        levers=Part(axes("a", steps=8), Design("full factorial")),
        replicates=10,
    )
    (tip,) = tips(grid(made, "y", ["a"]), None, False, made.generator(0))
    assert tip.low < 0.5 < tip.high
    assert tip.share == 1


def test_places_on_an_uneven_grid_are_found_by_its_distances():
    at, outcome = np.array([0.0, 1.0, 11.0]), np.array([0.0, 1.0, 3.0])
    assert crossing(at, outcome, 2.0) == 6  # half of the way from 1 to 11
    assert steepest(at, outcome) == 0  # less is gained from 0 to 1, but in a tenth of the way
    assert crossing(np.arange(4.0), np.array([0.0, 4.0, 0.0, 4.0]), 1.0) == 0.25  # the first
    assert np.isnan(crossing(at, outcome, 3.5))
    assert steepest(at, np.ones(3)) == -1


def test_two_kinds_of_worlds_are_told_from_one():
    generator = np.random.default_rng(1)
    two = np.concatenate([generator.normal(0, 1, 30), generator.normal(8, 1, 15)])
    found = two_groups(two, 1)
    assert found.two
    assert (found.low, found.high) == (pytest.approx(0, abs=0.6), pytest.approx(8, abs=0.8))
    assert found.share_high == pytest.approx(1 / 3, abs=0.02)


@pytest.mark.parametrize("away", [-12, 12])
@pytest.mark.parametrize(("outlying", "two"), [(4, False), (8, True)])
def test_a_few_outlying_worlds_are_no_second_kind(away, outlying, two):
    generator = np.random.default_rng(1)
    worlds = [generator.normal(0, 1, 60 - outlying), generator.normal(away, 1, outlying)]
    found = two_groups(np.concatenate(worlds), 1)
    assert found.two == two
    share = outlying / 60
    assert found.share_high == pytest.approx(share if away > 0 else 1 - share, abs=0.01)


@pytest.mark.long
@pytest.mark.parametrize("heap", ["normal", "exponential", "uniform"])
def test_one_heap_of_worlds_is_hardly_ever_taken_for_two(heap):
    generator = np.random.default_rng(2)
    assert sum(two_groups(getattr(generator, heap)(size=40), 1).two for _ in range(20)) <= 1


def test_few_points_are_not_enough_and_many_are():
    lever = Part((Axis("l", DIAL, values=(0.0, 1.0)),))

    def truth(points: pd.DataFrame) -> Any:
        return points["l"] * points.a

    def verdicts(points: int, replicates: int) -> list[str]:
        made = study(
            truth,
            1.0,
            levers=lever,
            uncertainties=Part(axes("ab"), Design("latin hypercube", points)),
            replicates=replicates,
        )
        return list(on_lever(made).texts("enough"))

    assert all(
        text.startswith("Not enough") and "times as many" in text for text in verdicts(10, 2)
    )
    assert all(text.startswith("Enough") for text in verdicts(100, 40))


@pytest.mark.long
def test_too_few_rows_make_indices_wider_than_themselves():
    few = sim.analyse(
        study(ishigami, 2.0, uncertainties=saltelli("abc", 16, low=-PI, high=PI), replicates=2)
    )
    (text,) = [each.text for each in few.sentences if each.kind == "enough"]
    assert text.startswith("Not enough")
    assert "wider than themselves" in text
    assert few.tables["sensitivity"]["wide"].any()


def test_variance_is_parted_into_points_luck_that_they_share_and_luck_of_their_own():
    generator = np.random.default_rng(1)
    points, shared = generator.normal(0, 1, (2000, 1)), generator.normal(0, 1, (1, 4))
    exact = variances(points + shared, True)
    assert exact == pytest.approx([points.var(ddof=1), shared.var(ddof=1), 0])
    own = generator.normal(0, 2, (2000, 4))
    assert variances(points + own, False) == pytest.approx([1, 4, 4], rel=0.15)
    mixed = variances(points + shared + own, True)
    assert mixed == pytest.approx([1, shared.var(ddof=1) + 4, 4], rel=0.15)


def test_intervals_reach_two_and_a_half_percent_into_each_tail():
    """Of a mean, whose standard errors follow from the variances of points and of their luck."""
    generator = np.random.default_rng(1)
    of_point, luck = generator.normal(0, 3, (50, 1)), generator.normal(0, 2, (1, 20))
    of_points, of_replicates = of_point.std() / 50**0.5, luck.std() / 20**0.5
    found = spread(lambda sample, _: sample.mean(), of_point + luck, True, generator, 1000)
    assert found.points == pytest.approx(1.96 * of_points, rel=0.07)
    assert found.replicates == pytest.approx(1.96 * of_replicates, rel=0.07)
    assert found.both == pytest.approx(1.96 * np.hypot(of_points, of_replicates), rel=0.07)


def coverage(
    common: bool, of_points: float, shared: float, own: float, replicates: int = 20
) -> float:
    """How often a 90 % interval holds the mean of a two-way random-effects model: 60 points, so
    many *replicates*, with these deviations of points, of luck that all points share, and of each
    run's.
    """
    hits, number = 0, 300
    for seed in range(number):
        generator = np.random.default_rng(seed)
        values = (
            generator.normal(0, of_points, (60, 1))
            + generator.normal(0, shared, (1, replicates))
            + generator.normal(0, own, (60, replicates))
        )
        found = spread(lambda sample, _: sample.mean(), values, common, generator, 60)
        hits += abs(values.mean()) <= found.both * 1.645 / 1.96
    return hits / number


@pytest.mark.long
@pytest.mark.parametrize(
    ("common", "of_points", "shared", "own"),
    [(True, 1, 0.6, 1), (True, 0.1, 0.1, 3), (True, 0.0, 1, 3), (False, 1, 0, 3), (False, 0, 0, 1)],
)
def test_intervals_of_a_two_way_model_hold_the_truth_as_often_as_they_say(
    common, of_points, shared, own
):
    assert coverage(common, of_points, shared, own) == pytest.approx(0.9, abs=0.045)


@pytest.mark.long
@pytest.mark.parametrize("common", [True, False])
def test_few_replicates_make_intervals_no_narrower_than_they_should_be(common):
    assert coverage(common, 1, 0.1 * common, 1, 3) == pytest.approx(0.9, abs=0.045)


@pytest.mark.parametrize("common", [True, False])
def test_an_interval_has_the_width_of_the_model_from_few_points_and_replicates(common):
    """Of all sources alike, on average over many samples."""
    truth = 1.96 * (1 / 5 + common / 4 + 1 / 20) ** 0.5
    squares = []
    for seed in range(150):
        generator = np.random.default_rng(seed)
        values = generator.normal(0, 1, (5, 1)) + generator.normal(0, 1, (5, 4))
        values += common * generator.normal(0, 1, (1, 4))
        found = spread(lambda sample, _: sample.mean(), values, common, generator, 60)
        squares.append(found.both**2)
    assert np.mean(squares) ** 0.5 == pytest.approx(truth, rel=0.12)


def test_luck_of_a_run_counts_once_in_an_interval():
    """Drawn with points and replicates at once it would count twice, or with shared luck thrice."""
    values = np.random.default_rng(1).normal(0, 1, (40, 20))
    for common in (False, True):
        found = spread(
            lambda sample, _: sample.mean(), values, common, np.random.default_rng(2), 1000
        )
        assert found.both == pytest.approx(1.96 / 800**0.5, rel=0.15)


@pytest.mark.parametrize(("measured", "is_known"), [(3, True), (1, False)])
def test_a_resample_in_which_nothing_is_measured_does_not_take_the_interval_away(
    measured, is_known
):
    """Of twelve worlds so many measure anything: 3 % of the draws hold none of three, and 35 % not
    the only one.
    """
    differences = np.full((5, 12), np.nan)
    differences[:, :measured] = np.random.default_rng(1).normal(5, 0.1, (5, measured))
    cases = Cases("l", None, 0.0, 1.0, pd.DataFrame(index=range(5)), differences, 0.0, 1.0)
    found = effect(cases, True, np.random.default_rng(1))
    assert found.mean == pytest.approx(5, abs=0.1)
    assert found.clear == is_known
    assert np.isnan(found.low) != is_known


def test_luck_that_all_points_share_is_no_part_of_their_difference():
    values = np.tile(np.random.default_rng(1).normal(0, 1, 20), (2, 1))
    shared, own = (
        spread(
            lambda sample, _: sample[0].mean() - sample[1].mean(),
            values,
            common_luck,
            np.random.default_rng(2),
        ).replicates
        for common_luck in (True, False)
    )
    assert (shared, own > 0.3) == (0, True)


def test_a_mean_over_replicates_is_of_those_that_measure_something():
    values = np.array([[1.0, np.nan, 3.0], [np.nan] * 3, [0.0, 0.0, 6.0]])
    assert mean_over_replicates(values).tolist() == pytest.approx([2, np.nan, 2], nan_ok=True)


def test_intervals_of_chance_hold_the_truth_about_as_often_as_they_say():
    hits = 0
    for seed in range(20):
        generator = np.random.default_rng(seed)
        values = generator.normal(0, 1, (60, 1)) + generator.normal(0, 1, (60, 6))
        found = chance(values, False, generator)
        hits += found.low <= 0.5 <= found.high
    assert hits >= 16


@pytest.mark.long
def test_the_same_study_has_the_same_analysis_to_the_bit():
    lever = Part((Axis("l", DIAL, values=(0.0, 1.0)),))
    made = [
        study(
            linear,
            0.3,
            levers=lever,
            uncertainties=Part(axes("ab"), Design("latin hypercube", 30)),
            replicates=3,
        )
        for _ in range(2)
    ]
    assert sim.analyse(made[0]).as_json() == sim.analyse(made[1]).as_json()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"outcome": "z"}, "outcome is 'z', expected one of y"),
        ({"lever": "m"}, "lever is 'm', expected one of l, a, b"),
        ({"lever": "a"}, "lever is a, which design 'latin hypercube'"),
        ({"by": "l", "lever": "l"}, "by is l, which is the lever"),
        ({"where": "y is low"}, "where is 'y is low', expected an outcome"),
        ({"where": "z < 5"}, "where is 'z', expected one of y"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_one_sentence(arguments, named):
    lever = Part((Axis("l", DIAL, values=(0.0, 1.0)),))
    made = study(linear, levers=lever, uncertainties=Part(axes("ab"), Design("latin hypercube", 4)))
    with pytest.raises(InputError, match=named):
        sim.analyse(made, **arguments)
