"""Scenario discovery, asked for boxes that are planted, and for none where there is none."""

from __future__ import annotations

import logging
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analysis.discovery import SLICES, can_be_found, condition, discover, inside
from sim.analysis.prim import Search, quantile
from sim.errors import InputError

CASES = 200
RULE = condition("y < 5", "where")
SEEDS = st.integers(0, 10**6)


def found(frame, of_interest, seed=0, common_luck=False):
    """What is found where *of_interest* [cases, or cases and worlds] have a low outcome."""
    values = np.where(of_interest, 0.0, 10.0)
    values = values[:, None] if values.ndim == 1 else values
    return discover(frame, values, RULE, common_luck, np.random.default_rng(seed))


def uniform(seed, axes="abcd", cases=CASES):
    generator = np.random.default_rng(seed)
    return pd.DataFrame({name: generator.random(cases) for name in axes}), generator


@settings(max_examples=12, deadline=None)
@given(SEEDS, st.floats(0.3, 0.6), st.floats(0.3, 0.6), st.booleans(), st.booleans())
def test_a_box_in_two_axes_is_found_with_its_ends_and_no_other_axis(seed, a, b, flip_a, flip_b):
    frame, _ = uniform(seed)
    in_a = frame.a > 1 - a if flip_a else frame.a < a
    in_b = frame.b > 1 - b if flip_b else frame.b < b
    box = found(frame, (in_a & in_b).to_numpy())
    limits = {limit.axis: limit for limit in box.limits}
    assert set(limits) == {"a", "b"}
    for name, width, flip in (("a", a, flip_a), ("b", b, flip_b)):
        low, high = limits[name].low, limits[name].high
        assert (low if flip else high) == pytest.approx(1 - width if flip else width, abs=0.06)
        assert (high if flip else low) is None
    assert min(box.coverage[0], box.density[0]) > 0.9


@settings(max_examples=8, deadline=None)
@given(SEEDS, st.sampled_from(["x", "y", "z"]))
def test_a_box_of_texts_is_found(seed, text):
    frame, generator = uniform(seed, "ab")
    frame["kind"] = generator.choice(["x", "y", "z"], CASES)
    box = found(frame, ((frame.kind == text) & (frame.a < 0.7)).to_numpy())
    limits = {limit.axis: limit for limit in box.limits}
    assert limits["kind"].values == (text,)
    assert limits["a"].high == pytest.approx(0.7, abs=0.06)
    assert "b" not in limits


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_coverage_and_density_are_shares_of_the_cases_in_the_limits(seed):
    frame, generator = uniform(seed)
    of_interest = ((frame.a < 0.4) & (generator.random(CASES) < 0.8)).to_numpy()
    box = found(frame, of_interest)
    members = inside(frame, box.limits)
    assert (members == box.members).all()
    assert box.coverage[0] == of_interest[members].sum() / of_interest.sum()
    assert box.density[0] == of_interest[members].mean()
    assert box.base == of_interest.mean()
    assert box.density[0] > box.base


@pytest.mark.long
def test_of_noise_at_most_one_sample_in_ten_has_a_box():
    boxes = 0
    for seed in range(40):
        frame, generator = uniform(seed, "abc", 80)
        boxes += found(frame, generator.random(80) < 0.3, seed) is not None
    assert boxes <= 4  # of 40, where one in twenty is meant


def test_a_single_case_at_the_other_end_hides_no_box():
    a = np.linspace(0, 1, 72)
    frame = pd.DataFrame({"a": a, "b": np.random.default_rng(1).random(72)})
    (limit,) = found(frame, (a < 0.25) | (a == a[-2])).limits
    assert (limit.axis, limit.low) == ("a", None)
    assert limit.high == pytest.approx(0.25, abs=0.02)


def test_intervals_over_worlds_hold_the_shares_and_single_worlds_are_told_apart():
    frame, generator = uniform(5)
    chance = np.where(frame.a < 0.4, 0.9, 0.05)[:, None]
    box = found(frame, generator.random((CASES, 8)) < chance)
    for middle, low, high in (box.coverage, box.density):
        assert low <= middle <= high
    assert box.worlds == pytest.approx(0.9, abs=0.05)
    assert box.worlds_outside == pytest.approx(0.05, abs=0.04)


def test_with_one_world_at_each_point_a_box_has_no_interval():
    frame, _ = uniform(5)
    box = found(frame, (frame.a < 0.4).to_numpy())
    assert np.isnan(box.coverage[1:]).all()


@pytest.mark.parametrize(("share", "cases", "can"), [
    (0.5, 100, True), (0.01, 200, False), (0.95, 100, False), (0.5, 10, False), (0.1, 30, False),
])  # fmt: skip
def test_a_box_is_looked_for_where_some_but_not_nearly_all_are_of_interest(share, cases, can):
    of_interest = np.arange(cases) < share * cases
    assert can_be_found(of_interest) == can
    if not can:
        assert found(uniform(1, "a", cases)[0], of_interest) is None


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
def test_a_condition_holds_on_its_side_and_for_no_case_without_a_value(sign):
    holds = condition(f"y {sign} -1.5e-1", "where").holds(np.array([-1.0, -0.15, 1.0, np.nan]))
    assert holds.tolist() == ["<" in sign, "=" in sign, ">" in sign, False]


@pytest.mark.parametrize("text", ["y", "y < low", "y = 3", "< 3", "y < 3 < 4", "y < 1.2.3"])
def test_what_is_no_condition_is_refused(text):
    with pytest.raises(InputError, match=r"where is .*, expected an outcome"):
        condition(text, "where")


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6))
def test_the_path_is_that_of_the_ema_workbench(seed):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = pytest.importorskip("ema_workbench.analysis.prim")
        logging.getLogger("EMA").setLevel(logging.ERROR)
        frame, generator = uniform(seed, "abc", 150)
        frame["kind"] = generator.choice(["x", "y", "z"], 150)
        of_interest = ((frame.a < 0.4) & (frame.kind != "x") | (frame.b > 0.95)).to_numpy()
        codes = np.unique(frame.kind, return_inverse=True)[1].astype(np.int64)
        axes = [*(frame[name].to_numpy() for name in "abc"), codes]
        search = Search(axes, of_interest)
        for share in SLICES:
            with_text = frame.assign(kind=frame.kind.astype("category"))
            other = module.Prim(
                with_text, of_interest, threshold=0.01, mass_min=0.05, peel_alpha=share
            ).find_box()
            path = search.path(share, 0.05)
            rows = other.peeling_trajectory
            assert [int(box.members.sum()) for box in path] == rows["n"].astype(int).tolist()
            quasi: dict[str, float] = {}
            for axis, _, quasi_p in search.ends(path[-1]):
                quasi["abck"[axis]] = max(quasi.get("abck"[axis], 0.0), quasi_p)
            expected = {name[0]: max(ends) for name, ends in other.qp[-1].items()}
            assert quasi == pytest.approx(expected)


@pytest.mark.parametrize(
    ("values", "share", "at"),
    [
        ([0, 1, 2, 3], 0.5, 1.5),
        ([0, 0, 0, 1], 0.1, 0.5),  # past those that are the same
        ([0, 1, 1, 1], 0.9, 0.5),
        ([2, 2, 2], 0.1, 2),
    ],
)
def test_a_slice_ends_between_two_values(values, share, at):
    assert quantile(np.array(values, float), share) == at
