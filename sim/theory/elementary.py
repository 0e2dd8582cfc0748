"""exp, log, the logistic curve and the normal quantile, from plain arithmetic: the same bits on
every processor, compiled or not.
"""

from __future__ import annotations

import math

import numpy as np

from sim.compiled import compiled, compiled_unchecked

_LN2 = 0.6931471805599453
_LN2_HIGH = 0.6931471803691238
_LN2_LOW = 1.9082149292705877e-10
_INVERSE_LN2 = 1.4426950408889634
_SQRT_HALF = 0.7071067811865476
_LARGEST = 700.0
_OVER_3 = 1.0 / 6  # 1 / 3!
_OVER_4 = 1.0 / 24  # 1 / 4!
_OVER_5 = 1.0 / 120  # 1 / 5!
_OVER_6 = 1.0 / 720  # 1 / 6!
_OVER_7 = 1.0 / 5040  # 1 / 7!
_OVER_8 = 1.0 / 40320  # 1 / 8!
_OVER_9 = 1.0 / 362880  # 1 / 9!
_OVER_10 = 1.0 / 3628800  # 1 / 10!
_OVER_11 = 1.0 / 39916800  # 1 / 11!
_OVER_12 = 1.0 / 479001600  # 1 / 12!
_OVER_13 = 1.0 / 6227020800  # 1 / 13!
_POWERS_OF_TWO = np.array([2.0**k for k in range(-1022, 1024)])


@compiled
def exponential(x):
    """e to the power x, relative error below 1e-15; x is held within ±700."""
    x = min(max(x, -_LARGEST), _LARGEST)
    k = math.floor(x * _INVERSE_LN2 + 0.5)
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    square = r * r
    fourth = square * square
    # Taylor's terms, paired so that they do not wait for each other (Estrin's scheme).
    low = (1.0 + r) + square * (0.5 + r * _OVER_3)
    middle = (_OVER_4 + r * _OVER_5) + square * (_OVER_6 + r * _OVER_7)
    high = (_OVER_8 + r * _OVER_9) + square * (_OVER_10 + r * _OVER_11)
    series = low + fourth * (middle + fourth * (high + fourth * (_OVER_12 + r * _OVER_13)))
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


@compiled_unchecked
def logistic(v):
    """1 / (1 + exp(-v)), in (0, 1)."""
    return 1.0 / (1.0 + exponential(-v))


@compiled
def chance_within_a_month(rate):
    """Chance that something that happens at *rate* a month happens in one: 1 - exp(-rate), for rate
    >= 0.
    """
    return 1.0 - exponential(-rate)


@compiled
def normal_quantile(u):
    """The standard normal's quantile at u in (0, 1): Wichura's algorithm AS 241, PPND7 (1988),
    relative error below 1e-7.
    """
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
