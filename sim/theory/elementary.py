"""exp, log, the logistic curve and the normal quantile, from plain arithmetic: the same bits on every processor, compiled or not."""

from __future__ import annotations

import math

import numpy as np

from sim.compiled import compiled

_LN2 = 0.6931471805599453
_LN2_HIGH = 0.6931471803691238
_LN2_LOW = 1.9082149292705877e-10
_INVERSE_LN2 = 1.4426950408889634
_SQRT_HALF = 0.7071067811865476
_LARGEST = 700.0
_POWERS_OF_TWO = np.array([2.0**k for k in range(-1022, 1024)])


@compiled
def exponential(x):
    """e to the power x, relative error below 1e-15; x is held within ±700."""
    x = min(max(x, -_LARGEST), _LARGEST)
    k = math.floor(x * _INVERSE_LN2 + 0.5)
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    series = 1.0 + r / 13.0
    series = 1.0 + series * r * (1.0 / 12.0)
    series = 1.0 + series * r * (1.0 / 11.0)
    series = 1.0 + series * r * 0.1
    series = 1.0 + series * r * (1.0 / 9.0)
    series = 1.0 + series * r * 0.125
    series = 1.0 + series * r * (1.0 / 7.0)
    series = 1.0 + series * r * (1.0 / 6.0)
    series = 1.0 + series * r * 0.2
    series = 1.0 + series * r * 0.25
    series = 1.0 + series * r * (1.0 / 3.0)
    series = 1.0 + series * r * 0.5
    series = 1.0 + series * r
    return series * _POWERS_OF_TWO[int(k) + 1022]


@compiled
def logarithm(x):
    """Natural logarithm of x > 0, error below 1e-15 times max(1, |log x|)."""
    mantissa, power = math.frexp(x)
    if mantissa < _SQRT_HALF:
        mantissa *= 2.0
        power -= 1
    s = (mantissa - 1.0) / (mantissa + 1.0)
    square = s * s
    series = 0.0
    for odd in range(25, 0, -2):
        series = series * square + 1.0 / odd
    return 2.0 * s * series + power * _LN2


@compiled
def logistic(v):
    """1 / (1 + exp(-v)), in (0, 1)."""
    return 1.0 / (1.0 + exponential(-v))


@compiled
def chance_within_a_month(rate):
    """Chance that something that happens at *rate* a month happens in one: 1 - exp(-rate), for rate >= 0."""
    return 1.0 - exponential(-rate)


@compiled
def normal_quantile(u):
    """The standard normal's quantile at u in (0, 1): Wichura's algorithm AS 241, PPND7 (1988), relative error below 1e-7."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        above = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
        below = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0
        return q * above / below
    r = math.sqrt(-logarithm(min(u, 1.0 - u)))
    if r <= 5.0:
        r -= 1.6
        above = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
        below = (0.12021132975 * r + 0.73700164250) * r + 1.0
    else:
        r -= 5.0
        above = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150
        below = (0.012258202635 * r + 0.24197894225) * r + 1.0
    return above / below if q > 0.0 else -(above / below)
