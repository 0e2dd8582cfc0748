"""Designs of sweeps, the axes on which they lie, and the plausible ranges that these may take."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.experiments.outcomes import column_names
from sim.parameters import DIALS, Fitted, Lever, Uncertainty
from sim.scenario.code import levers_of_text
from sim.sweeps.axis import Axis
from sim.sweeps.design import LATIN, MORRIS, SALTELLI, SAMPLES, SOBOL, Design
from sim.sweeps.points import Points
from sim.sweeps.sweep_file import load_sweep

UNIT = [Axis(name, "dial", low=0.0, high=1.0) for name in "abc"]


# Designs


def test_a_latin_hypercube_has_one_point_in_each_stratum_of_each_axis():
    for column in Design(LATIN, 20).columns(UNIT, seed=1):
        assert sorted(int(20 * value) for value in column) == list(range(20))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_stays_within_its_ranges_and_depends_on_its_seed_alone(name):
    design = Design(name, 8)
    first, again, other = (design.columns(UNIT, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert all(0 <= value <= 1 for column in first for value in column)
    assert len(first[0]) == design.size(UNIT)


def test_sizes_are_those_of_the_methods():
    assert Design(SOBOL, 8).size(UNIT) == 8
    assert Design(SALTELLI, 8).size(UNIT) == 8 * (3 + 2)
    assert Design(MORRIS, 8).size(UNIT) == 8 * (3 + 1)


def test_each_step_of_a_trajectory_moves_one_axis():
    points = np.array(Design(MORRIS, 5).columns(UNIT, 1)).T.reshape(5, 4, 3)
    assert (np.count_nonzero(np.diff(points, axis=1), axis=2) == 1).all()


def test_a_full_factorial_has_every_combination_once():
    numbers = [Axis("a", "dial", values=(0.0, 1.0)), Axis("b", "dial", low=0, high=1, steps=3)]
    axes = [*numbers, Axis("l", "lens", ("x", "y"))]
    columns = Design("full factorial").columns(axes, 1)
    assert sorted(zip(*columns, strict=True)) == sorted(
        itertools.product((0.0, 1.0), (0.0, 0.5, 1.0), ("x", "y"))
    )


def test_one_at_a_time_moves_one_axis_from_the_scenario():
    sweep = load_sweep(
        {
            "levers": {
                "design": "one at a time",
                "sanctions": [1, 2],
                "monitoring": {"from": 0, "to": 1},
            }
        }
    )
    frame = Points(sweep).frame()
    assert frame[["sanctions", "monitoring"]].values.tolist() == [
        [0, 0],
        [1, 0],
        [2, 0],
        [0, 0],
        [0, 1],
    ]


@given(st.floats(0, 1), st.integers(-3, 3), st.integers(1, 9))
def test_whole_numbers_and_lists_take_equal_parts_of_the_way(share, low, more):
    whole = Axis("n", "dial", low=low, high=low + more, whole=True)
    listed = Axis("n", "lens", values=tuple(range(low, low + more + 1)))
    at = whole.at(np.array([share]))
    assert at == listed.at(np.array([share]))
    assert low <= at[0] <= low + more


# Dials


def test_every_uncertainty_has_a_plausible_range_around_its_default():
    for dial in DIALS.values():
        assert (dial.plausible is not None) == isinstance(dial, Uncertainty), dial.name
        if dial.plausible is not None:
            assert (
                dial.between[0]
                <= dial.plausible[0]
                <= dial.default
                <= dial.plausible[1]
                <= dial.between[1]
            )
            assert dial.plausible_as


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"levers": {"temptation": [0, 1]}},
        {"parameters": {"temptation": 1}},
        {"levers": {"design": "given", "file": pd.DataFrame({"temptation": [0.5, 1]})}},
    ],
)
def test_every_leaves_out_what_has_a_line_elsewhere(elsewhere):
    part = {"every": "plausible", "points": 2, "design": "latin hypercube"}
    names = [axis.name for axis in sim.load_sweep({**elsewhere, "uncertainties": part}).axes]
    assert names.count("temptation") == (0 if "parameters" in elsewhere else 1)
    assert {"baseline_share", "deterrence"} <= set(names)


def test_every_takes_all_other_uncertainties():
    sweep = load_sweep(
        {"uncertainties": {"temptation": [1], "every": "plausible", "points": 1, "design": "sobol"}}
    )
    names = {axis.name: axis for axis in sweep.axes}
    assert set(names) == {name for name, dial in DIALS.items() if isinstance(dial, Uncertainty)}
    assert names["temptation"].values == (1.0,)
    assert (names["deterrence"].low, names["deterrence"].high) == DIALS["deterrence"].plausible


def test_no_dial_is_called_as_an_outcome():
    kept = {column for outcome in sim.OUTCOMES.values() for column in column_names(outcome)}
    levers = levers_of_text(sim.load("paris-call-2018").code)
    assert not kept & {*DIALS, *levers, "point", "replicate", "scenario", "lens", "weights"}


# Doors


def test_the_problem_of_a_group_has_plausible_bounds():
    problem = sim.problem("Attribution")
    assert problem["num_vars"] == len(problem["names"]) == 6
    assert problem["bounds"][0] == [0.1, 0.6]
    every = sim.problem()
    assert set(every["names"]) == {
        name for name, dial in DIALS.items() if isinstance(dial, Uncertainty)
    }
    levers = sim.problem("TextRules")
    assert not [name for name in levers["names"] if isinstance(DIALS[name], Fitted)]
    assert [name for name in levers["names"] if isinstance(DIALS[name], Lever)]
    with pytest.raises(sim.InputError, match="did you mean 'Conduct'"):
        sim.problem("conducts")


def test_given_points_are_simulated_as_they_are():
    rows = pd.DataFrame({"sanctions": [0.0, 2.0, 0.5], "monitoring": [1.0, 0.0, 0.25]})
    table = {
        "replicates": 1,
        "outcomes": ["signatories"],
        "levers": {"design": "given", "file": rows},
    }
    assert sim.sweep(table).points[["sanctions", "monitoring"]].equals(rows)


def test_a_sweep_without_a_folder_goes_with_its_result():
    result = sim.sweep({"replicates": 1, "outcomes": ["signatories"], "levers": {"sanctions": [0]}})
    folder = result.folder
    assert folder.exists()
    del result
    assert not folder.exists()
