"""The largest value of a penalised log likelihood within bounds, to the digits that are kept.

A quasi-Newton search (L-BFGS-B) comes near; Newton's method, with the curvature measured from the slopes, ends it. So
what is found does not depend on where a search loses patience, and hardly on the processor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

SIGNIFICANT_DIGITS = 6
NEARING = 60  # iterations of the quasi-Newton search
ENDING = 500  # most of Newton's steps
STEP = 1e-4  # of a weight's scale, to measure curvature
LONGEST = 4.0  # of Newton's steps, in scales
FLAT = 1e-7  # curvatures below are taken for this
LEVEL = 1e-8  # where it is flat, a slope below counts for nothing, in scales
ARRIVED = 1e-11  # a step or a slope, in scales
SHORTEST = 1e-8  # part of a step
SUFFICIENT = 1e-4  # share of the promised gain that a step must bring (Armijo)
ROUNDING = 1e-13  # of a value: a gain below drowns in it, and the slope has to tell
STILL_GOOD = 0.1  # a curvature serves again while each step takes the slope down to this share of it, or less

Values = Mapping[str, float]
Objective = Callable[[Values], tuple[float, Values]]  # dial -> value: what is maximised, and its slopes by dial
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Free:
    """A weight that is fitted: its dial, where the search begins, its bounds, and the size of a notable change."""

    dial: str
    start: float
    low: float
    high: float
    scale: float


@dataclass(frozen=True)
class Maximum:
    """Where the search ended: dial -> weight, and the value there. *at_bound*: the dials that a bound holds back."""

    weights: dict[str, float]
    value: float
    at_bound: tuple[str, ...] = ()


def significant(value: float) -> float:
    """*value* rounded to the significant digits that are kept."""
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def maximised(
    objective: Objective, free: Sequence[Free], fixed: Values, start: Values | None = None, near: bool = False
) -> Maximum:
    """The weights at which *objective* is largest; those of *fixed* that are not *free* stay as they are. The search
    begins at *start*, where it is given; *near* the end, it begins with Newton's method.
    """
    scales = np.array([weight.scale for weight in free])
    low = np.array([weight.low for weight in free]) / scales
    high = np.array([weight.high for weight in free]) / scales

    def named(at: Floats) -> dict[str, float]:
        return {weight.dial: value for weight, value in zip(free, (at * scales).tolist(), strict=True)}

    def measure(at: Floats) -> tuple[float, Floats]:
        value, slopes = objective({**fixed, **named(at)})
        return value, np.array([slopes[weight.dial] for weight in free]) * scales

    at = np.array([weight.start if start is None else start[weight.dial] for weight in free]) / scales
    at = np.clip(at, low, high)
    if not near:
        at = minimize(
            lambda steps: tuple(-part for part in measure(steps)),
            at,
            method="L-BFGS-B",
            jac=True,
            bounds=list(zip(low, high, strict=True)),
            options={"maxiter": NEARING},
        ).x
    at, value, held = _ended(measure, at, low, high)
    weights = {dial: significant(number) for dial, number in named(at).items()}
    return Maximum({**fixed, **weights}, value, tuple(w.dial for w, stuck in zip(free, held, strict=True) if stuck))


def curvature_at(objective: Objective, free: Sequence[Free], weights: Values) -> tuple[list[str], Floats]:
    """The dials of *free* that lie inside their bounds at *weights*, and minus the second derivatives of *objective* in
    them, in multiples of their scales.
    """
    scales = np.array([weight.scale for weight in free])
    at = np.array([weights[weight.dial] for weight in free]) / scales
    inside = [k for k, w in enumerate(free) if w.low < weights[w.dial] < w.high]

    def measure(there: Floats) -> tuple[float, Floats]:
        value, slopes = objective({w.dial: v for w, v in zip(free, (there * scales).tolist(), strict=True)})
        return value, np.array([slopes[weight.dial] for weight in free]) * scales

    return [free[k].dial for k in inside], _curvature(measure, at, measure(at)[1], np.array(inside))


def _ended(
    measure: Callable[[Floats], tuple[float, Floats]], at: Floats, low: Floats, high: Floats
) -> tuple[Floats, float, NDArray[np.bool_]]:
    """Newton's method from *at* within the box: where it ends, the value there, and which coordinates a bound holds.
    What costs is the curvature; it is measured anew where the last one does not bring the slope down quickly.
    """
    value, slope = measure(at)
    bent, curvature, steepness = np.array([], np.int64), np.empty((0, 0)), 0.0
    for _ in range(ENDING):
        held = _held(at, slope, low, high)
        moving = np.flatnonzero(~held)
        if not len(moving) or np.abs(slope[moving]).max() < ARRIVED:
            break
        if not np.array_equal(moving, bent) or np.abs(slope[moving]).max() > STILL_GOOD * steepness:
            bent, curvature = moving, _curvature(measure, at, slope, moving)
        steepness = np.abs(slope[moving]).max()
        step = np.zeros(len(at))
        step[moving] = _newton(curvature, slope[moving])
        if np.abs(step).max() < ARRIVED:
            break
        step *= min(1.0, LONGEST / np.abs(step).max())
        share = 1.0
        while share >= SHORTEST:
            there = np.clip(at + share * step, low, high)
            gained, new_slope = measure(there)
            drowned = gained >= value - ROUNDING * abs(value)
            if gained >= value + SUFFICIENT * (slope @ (there - at)) or (
                drowned and np.abs(new_slope[moving]).max() < steepness / 2
            ):
                at, value, slope = there, gained, new_slope
                break
            share /= 2
        else:
            leaning = _held(at, slope, low + STEP, high - STEP) & ~held
            if not leaning.any():
                break
            # Next to a bound, which cuts the step short, Newton's direction may lead downhill (Bertsekas 1982).
            at = np.where(leaning, np.where(slope < 0, low, high), at)
            value, slope = measure(at)
    return at, value, _held(at, slope, low, high)


def _held(at: Floats, slope: Floats, low: Floats, high: Floats) -> NDArray[np.bool_]:
    """Which coordinates lie at a bound beyond which it would be better."""
    return ((at <= low) & (slope <= 0)) | ((at >= high) & (slope >= 0))


def _curvature(
    measure: Callable[[Floats], tuple[float, Floats]], at: Floats, slope: Floats, moving: NDArray[np.int64]
) -> Floats:
    """Minus the second derivatives in the coordinates *moving*, from differences of the slopes. One-sided: an error
    here costs another step, and moves the end of the search nowhere.
    """
    rows = []
    for coordinate in moving:
        ahead = at.copy()
        ahead[coordinate] += STEP
        rows.append((slope[moving] - measure(ahead)[1][moving]) / STEP)
    found = np.array(rows)
    return (found + found.T) / 2


def _newton(curvature: Floats, slope: Floats) -> Floats:
    """Newton's step uphill, with every curvature taken as positive, so that it never heads for a saddle; and none where
    it is flat and level, as where a chance is as good as 1.
    """
    bends, directions = np.linalg.eigh(curvature)
    along = directions.T @ slope
    level = (np.abs(bends) < FLAT) & (np.abs(along) < LEVEL)
    return directions @ np.where(level, 0.0, along / np.maximum(np.abs(bends), FLAT))
