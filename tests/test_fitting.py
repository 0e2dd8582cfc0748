"""The search for the largest value goes on until it is there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from sim.evidence.newton import FreeWeight, maximise


def test_the_search_finds_a_known_maximum_and_names_the_bound() -> None:
    free = [FreeWeight("near", 0.0, -10, 10, 1.0), FreeWeight("held", 1.0, 0, 10, 1.0)]

    def objective(at: Mapping[str, float]) -> tuple[float, dict[str, float]]:
        value = -((at["near"] - 2) ** 2) / (2 * 0.5**2) - at["held"]
        return value, {"near": -(at["near"] - 2) / 0.5**2, "held": -1.0}

    best = maximise(objective, free, {"other": 3.0})
    assert best.weights == pytest.approx({"other": 3, "near": 2, "held": 0}, abs=1e-6)
    assert best.at_bound == ("held",)


def test_a_search_that_begins_beside_a_bound_is_not_caught_there() -> None:
    def leaning(at: Mapping[str, float]) -> tuple[float, dict[str, float]]:
        x, y = at["x"], at["y"]
        return -(x**2 + 1.8 * x * y + y**2) / 2 - x - y / 2, {"x": -x - 0.9 * y - 1, "y": -y - 0.9 * x - 0.5}

    free = [FreeWeight("x", 1, 0, 10, scale=1.0), FreeWeight("y", 1, -10, 10, scale=1.0)]
    found = maximise(leaning, free, {}, start={"x": 5e-9, "y": 0.0}, near=True)
    assert found.weights == {"x": 0.0, "y": -0.5}
    assert found.at_bound == ("x",)


def test_the_search_crosses_a_saddle() -> None:
    """From a point where the curvature has the wrong sign it still goes uphill."""
    free = [FreeWeight("x", 0.1, -10, 10, 1.0)]

    def objective(at: Mapping[str, float]) -> tuple[float, dict[str, float]]:
        x = at["x"]
        return x**2 - x**4 / 4, {"x": 2 * x - x**3}

    assert maximise(objective, free, {}, start={"x": 0.1}).weights["x"] == pytest.approx(np.sqrt(2), rel=1e-5)


def along_a_ridge(at: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """Rosenbrock's function turned over: a bent ridge with its top at (1, 1), and its slopes."""
    x, y = at["x"], at["y"]
    off = y - x**2
    return -100 * off**2 - (1 - x) ** 2, {"x": 400 * x * off + 2 * (1 - x), "y": -200 * off}


def on_a_height(at: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """A flat top at pi, of so large a value that what is gained near it drowns in rounding, which here is a wave."""
    off = at["x"] - np.pi
    rounding = 1e-9 * float(np.sin(1e9 * off))
    return -1e5 - 1e-3 * float(np.cosh(off)) + rounding, {"x": -1e-3 * float(np.sinh(off))}


def test_a_search_goes_on_to_the_end_of_a_long_ridge() -> None:
    free = [FreeWeight("x", -30.0, -100, 100, scale=1.0), FreeWeight("y", 900.0, -1e4, 1e4, scale=1.0)]
    assert maximise(along_a_ridge, free, {}).weights == pytest.approx({"x": 1.0, "y": 1.0}, rel=1e-6)


def test_a_search_ends_where_the_slope_does_whatever_rounding_makes_of_the_value() -> None:
    for start in (0.0, 3.0, 3.14):
        found = maximise(on_a_height, [FreeWeight("x", start, -10, 10, scale=1.0)], {})
        assert found.weights["x"] == pytest.approx(np.pi, rel=2e-6)
