"""The maximum of a penalised log likelihood within bounds, to six significant digits.

A quasi-Newton search (L-BFGS-B) comes near, and Newton's method, with the curvature measured from
the slopes, ends the search. So the result does not depend on a stopping rule, and hardly on the
processor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

SIGNIFICANT_DIGITS = 6
QUASI_NEWTON_STEPS = 60  # at most
NEWTON_STEPS = 500  # at most
STEP = 1e-4  # of a weight's scale, to measure curvature
LONGEST_STEP = 4.0  # of Newton's steps, in scales
FLAT = 1e-7  # a smaller curvature is taken for this
LEVEL = 1e-8  # where it is flat, a smaller slope counts as 0; in scales
CONVERGED = 1e-11  # a search ends at a smaller step or slope, in scales
SHORTEST_STEP = 1e-8  # the smallest part of a step that is tried
SUFFICIENT = 1e-4  # share of the promised gain that a step must bring (Armijo)
ROUNDING = 1e-13  # of a value: a smaller gain is lost in rounding, and the slope decides
REUSED = 0.1  # a curvature is used again while each step reduces the slope to this share or less

Values = Mapping[str, float]
# dial -> value: what is maximised, and its slopes by dial
Objective = Callable[[Values], tuple[float, Values]]
Floats = NDArray[np.float64]
Measure = Callable[[Floats], tuple[float, Floats]]


@dataclass(frozen=True)
class FreeWeight:
    """A weight that is fitted: its dial, where the search begins, its bounds, and the size of a
    notable change.
    """

    dial: str
    start: float
    low: float
    high: float
    scale: float


@dataclass(frozen=True)
class Maximum:
    """Where the search ended: dial -> weight, and the value there. *at_bound*: the dials that a
    bound holds back.
    """

    weights: dict[str, float]
    value: float
    at_bound: tuple[str, ...] = ()


@dataclass(frozen=True)
class KindFit:
    """The fit of one kind of stakeholder: where the search ended; dial -> weight, of all that are
    fitted and what follows from them; the log likelihood of the register's dates or counts, and the
    penalty, in natural logarithms.
    """

    best: Maximum
    weights: dict[str, float]
    log_likelihood: float
    penalty: float


def rounded(value: float) -> float:
    """*value* rounded to the significant digits that are kept."""
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def maximise(
    objective: Objective,
    free: Sequence[FreeWeight],
    fixed: Values,
    start: Values | None = None,
    near: bool = False,
) -> Maximum:
    """The weights at which *objective* is largest; those of *fixed* that are not *free* stay as
    they are. The search begins at *start*, where it is given; *near* the end, it begins with
    Newton's method.
    """
    scales = np.array([weight.scale for weight in free])
    low = np.array([weight.low for weight in free]) / scales
    high = np.array([weight.high for weight in free]) / scales
    measure = _scaled(objective, free, fixed)
    at = (
        np.array([weight.start if start is None else start[weight.dial] for weight in free])
        / scales
    )
    at = np.clip(at, low, high)
    if not near:
        at = minimize(
            lambda steps: tuple(-part for part in measure(steps)),
            at,
            method="L-BFGS-B",
            jac=True,
            bounds=list(zip(low, high, strict=True)),
            options={"maxiter": QUASI_NEWTON_STEPS},
        ).x
    at, value, held_by_bound = _newton_search(measure, at, low, high)
    weights = {dial: rounded(number) for dial, number in _by_dial(free, at).items()}
    at_bound = tuple(free[k].dial for k in np.flatnonzero(held_by_bound).tolist())
    return Maximum({**fixed, **weights}, value, at_bound)


def curvature_at(
    objective: Objective, free: Sequence[FreeWeight], weights: Values
) -> tuple[list[str], Floats]:
    """The dials of *free* that lie inside their bounds at *weights*, and minus the second
    derivatives of *objective* in them, in multiples of their scales.
    """
    scales = np.array([weight.scale for weight in free])
    at = np.array([weights[weight.dial] for weight in free]) / scales
    inside = [k for k, w in enumerate(free) if w.low < weights[w.dial] < w.high]
    measure = _scaled(objective, free, {})
    return [free[k].dial for k in inside], _curvature(measure, at, measure(at)[1], np.array(inside))


def _by_dial(free: Sequence[FreeWeight], at: Floats) -> dict[str, float]:
    """Dial -> weight, from *at* [n] in multiples of the scales."""
    values = (at * np.array([weight.scale for weight in free])).tolist()
    return {weight.dial: value for weight, value in zip(free, values, strict=True)}


def _scaled(objective: Objective, free: Sequence[FreeWeight], fixed: Values) -> Measure:
    """*objective* as a function of the *free* weights alone, and its slopes, all in multiples of
    their scales.
    """
    scales = np.array([weight.scale for weight in free])

    def measure(at: Floats) -> tuple[float, Floats]:
        value, slopes = objective({**fixed, **_by_dial(free, at)})
        return value, np.array([slopes[weight.dial] for weight in free]) * scales

    return measure


def _newton_search(
    measure: Measure, at: Floats, low: Floats, high: Floats
) -> tuple[Floats, float, NDArray[np.bool_]]:
    """Newton's method from *at* within the bounds: where it ends, the value there, and which
    coordinates a bound holds. Measuring the curvature is what takes time; it is done again where
    the last one does not reduce the slope quickly.
    """
    value, slope = measure(at)
    coordinates, curvature, steepness = np.array([], np.int64), np.empty((0, 0)), 0.0
    for _ in range(NEWTON_STEPS):
        held_by_bound = _at_bound(at, slope, low, high)
        moving = np.flatnonzero(~held_by_bound)
        if not len(moving) or np.abs(slope[moving]).max() < CONVERGED:
            break
        if (
            not np.array_equal(moving, coordinates)
            or np.abs(slope[moving]).max() > REUSED * steepness
        ):
            coordinates, curvature = moving, _curvature(measure, at, slope, moving)
        steepness = np.abs(slope[moving]).max()
        step = np.zeros(len(at))
        step[moving] = _newton_step(curvature, slope[moving])
        if np.abs(step).max() < CONVERGED:
            break
        step *= min(1.0, LONGEST_STEP / np.abs(step).max())
        share = 1.0
        while share >= SHORTEST_STEP:
            next_at = np.clip(at + share * step, low, high)
            new_value, new_slope = measure(next_at)
            lost_in_rounding = new_value >= value - ROUNDING * abs(value)
            if new_value >= value + SUFFICIENT * (slope @ (next_at - at)) or (
                lost_in_rounding and np.abs(new_slope[moving]).max() < steepness / 2
            ):
                at, value, slope = next_at, new_value, new_slope
                break
            share /= 2
        else:
            near_bound = _at_bound(at, slope, low + STEP, high - STEP) & ~held_by_bound
            if not near_bound.any():
                break
            # Next to a bound, which cuts the step short, Newton's direction may lead downhill
            # (Bertsekas 1982).
            at = np.where(near_bound, np.where(slope < 0, low, high), at)
            value, slope = measure(at)
    return at, value, _at_bound(at, slope, low, high)


def _at_bound(at: Floats, slope: Floats, low: Floats, high: Floats) -> NDArray[np.bool_]:
    """Which coordinates lie at a bound beyond which it would be better."""
    return ((at <= low) & (slope <= 0)) | ((at >= high) & (slope >= 0))


def _curvature(measure: Measure, at: Floats, slope: Floats, moving: NDArray[np.int64]) -> Floats:
    """Minus the second derivatives in the coordinates *moving*, from one-sided differences of the
    slopes: an error here costs another step, but does not change where the search ends.
    """
    rows = []
    for coordinate in moving:
        ahead = at.copy()
        ahead[coordinate] += STEP
        rows.append((slope[moving] - measure(ahead)[1][moving]) / STEP)
    matrix = np.array(rows)
    return (matrix + matrix.T) / 2


def _newton_step(curvature: Floats, slope: Floats) -> Floats:
    """Newton's step uphill, with every curvature taken as positive, so that it never goes to a
    saddle; and no step where both curvature and slope are as good as 0, as where a chance is nearly
    1.
    """
    bends, directions = np.linalg.eigh(curvature)
    along = directions.T @ slope
    level = (np.abs(bends) < FLAT) & (np.abs(along) < LEVEL)
    return directions @ np.where(level, 0.0, along / np.maximum(np.abs(bends), FLAT))
