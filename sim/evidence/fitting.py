"""The largest value of a penalised log likelihood within bounds, and how sharply the data tell its weights apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import minimize

ITERATIONS = 1000
SIGNIFICANT_DIGITS = 6
SHARP = 0.8  # weights whose estimates correlate more than this are called hard to tell apart
AT_BOUND = 1e-4  # of a weight's scale: closer to its lower bound the search has only not arrived
STEP = 1e-2  # of a weight's scale, to measure curvature
RESTARTS = 2  # the search forgets its picture of the curvature and begins again where it stopped


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
    """Where the search ended. Standard errors and correlations are the curvature's; weights at a bound have none."""

    weights: dict[str, float]
    value: float
    standard_errors: dict[str, float] = field(default_factory=dict)
    hard_to_tell_apart: tuple[tuple[str, str, float], ...] = ()


def significant(value: float) -> float:
    """*value* rounded to the significant digits that are kept."""
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def maximised(
    objective: Callable[[Mapping[str, float]], float], free: Sequence[Free], fixed: Mapping[str, float]
) -> Maximum:
    """The weights at which *objective*, a function of dial -> value, is largest; those of *fixed* that are not *free*
    stay as they are.
    """
    scales = np.array([weight.scale for weight in free])

    def lost(steps: np.ndarray) -> float:
        values = steps * scales
        found = {weight.dial: value for weight, value in zip(free, values.tolist(), strict=True)}
        return -objective({**fixed, **found})

    at = np.array([weight.start for weight in free]) / scales
    for _ in range(RESTARTS):
        at = minimize(
            lost,
            at,
            method="L-BFGS-B",
            jac="3-point",
            bounds=[(weight.low / weight.scale, weight.high / weight.scale) for weight in free],
            options={"maxiter": ITERATIONS, "maxfun": 10**7, "ftol": 1e-11, "gtol": 1e-5},
        ).x
    values = at * scales
    for k, weight in enumerate(free):
        if values[k] - weight.low < AT_BOUND * weight.scale:
            values[k] = weight.low
    inside = [
        k
        for k, weight in enumerate(free)
        if weight.low + STEP * weight.scale < values[k] < weight.high - STEP * weight.scale
    ]
    covariance = np.linalg.pinv(_curvature(lost, at, inside))
    errors = np.sqrt(np.maximum(np.diag(covariance), 0))
    pairs = []
    for a in range(len(inside)):
        for b in range(a):
            correlation = covariance[a, b] / (errors[a] * errors[b]) if errors[a] * errors[b] > 0 else 0.0
            if abs(correlation) > SHARP:
                pairs.append((free[inside[b]].dial, free[inside[a]].dial, round(float(correlation), 2)))
    return Maximum(
        weights={**fixed, **{w.dial: significant(value) for w, value in zip(free, values.tolist(), strict=True)}},
        value=-float(lost(at)),
        standard_errors={free[k].dial: float(errors[a] * scales[k]) for a, k in enumerate(inside)},
        hard_to_tell_apart=tuple(sorted(pairs, key=lambda pair: -abs(pair[2]))),
    )


def _curvature(lost: Callable[[np.ndarray], float], at: np.ndarray, inside: Sequence[int]) -> np.ndarray:
    """Second differences of *lost* in the coordinates *inside*."""
    size = len(inside)
    curvature = np.zeros((size, size))
    moves = np.eye(len(at))[list(inside)] * STEP
    for a in range(size):
        for b in range(a + 1):
            corners = [lost(at + s * moves[a] + t * moves[b]) * s * t for s in (1, -1) for t in (1, -1)]
            curvature[a, b] = curvature[b, a] = sum(corners) / (4 * STEP * STEP)
    return curvature
