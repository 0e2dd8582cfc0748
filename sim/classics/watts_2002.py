"""Watts (2002), A simple model of global cascades on random networks, PNAS 99(9).

Everybody joins once a share of neighbours has. One who joins first sets off a cascade only where those whom a single
neighbour suffices hang together: in networks neither too sparse nor too dense. In this model the share of neighbours is
the motive peers, and the threshold is the inclination with its sign turned.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from math import exp, factorial, floor

from scipy.optimize import brentq

from sim.classics.classic import Check, Luck
from sim.classics.crowd import EVERYBODY_EVERY_ROUND, crowd, spread
from sim.classics.graphs import poisson
from sim.parameters import Lever, Values
from sim.parameters.declaration import declared

SOURCE = "Watts 2002"
GLOBAL = 0.1  # share of all people that a cascade has to exceed
ROUNDING = 1e-9  # in hand, so that a share that equals the threshold is seen to
# Between these multiples of either end of the window so few people do not show on which side of it they are.
TOO_NEAR = ((0.8, 1.1), (0.9, 1.2))


def degree(default: float, meaning: str) -> Lever:
    """A mean degree."""
    return Lever(default, between=(0.1, 20), unit="neighbours", source=SOURCE, meaning=meaning)


class Watts:
    people = Lever(
        10_000, between=(1000, 100_000), whole=True, unit="people", source=SOURCE, meaning="how many there are"
    )
    threshold = Lever(
        0.18, between=(0.05, 1), unit="share", source=SOURCE, meaning="share of neighbours that have to join first"
    )
    mean_degree = degree(1.5, "mean number of neighbours in the first network")
    denser_mean_degree = degree(5.0, "mean number of neighbours in the second network")
    sparse_mean_degree = degree(0.8, "mean number of neighbours in the third network")
    dense_mean_degree = degree(7.0, "mean number of neighbours in the fourth network")


DIALS = declared(Watts)


def checks(values: Values, luck: Luck) -> Iterator[Check | str]:
    """The share of runs with a global cascade, at each mean degree."""
    ends = window(values.threshold)
    inside = f"from {ends[0]:.3f} to {ends[1]:.3f}" if ends else "nowhere"
    yield f"By the generating function, global cascades are possible at mean degrees {inside}."
    for mean in (values.mean_degree, values.denser_mean_degree, values.sparse_mean_degree, values.dense_mean_degree):
        reached = luck.each(partial(cascade, int(values.people), values.threshold, mean, luck.seed))
        share = sum(size > GLOBAL * values.people for size in reached) / luck.replicates
        if any(low * end < mean < high * end for end, (low, high) in zip(ends, TOO_NEAR, strict=False)):
            yield f"A mean degree of {mean:g} is too near the end of the window to check: {share:g} of runs cascade."
            continue
        expected = chance_of_cascade(values.threshold, mean)
        name = f"share of runs with a global cascade, mean degree {mean:g}"
        yield Check(name, expected, share, luck.tolerance(expected))


def window(threshold: float) -> tuple[float, ...]:
    """The two mean degrees between which the vulnerable, whom one neighbour suffices, hang together; () for none.

    At its ends the sum of k (k - 1) p(k) over the vulnerable degrees k is the mean degree itself (Watts 2002, the
    cascade condition), p being Poisson.
    """
    most = vulnerable(threshold)
    amid = most - 1  # inside the window, if there is one
    if condition(amid, most) <= 0:
        return ()
    return brentq(condition, 0, amid, args=(most,)), brentq(condition, amid, 10 * most, args=(most,))


def condition(mean: float, most: int) -> float:
    """Above 0 inside the window: mean degree times the chance of a Poisson number of at most *most* - 2, less 1."""
    return mean * sum(poisson_chance(mean, k) for k in range(most - 1)) - 1


def vulnerable(threshold: float) -> int:
    """The most neighbours with whom one of them suffices."""
    return floor(1 / threshold + ROUNDING)


def chance_of_cascade(threshold: float, mean: float) -> float:
    """The chance that somebody drawn at random is tied to the giant cluster of the vulnerable, in a large network.

    A tie fails to lead there with chance x = 1 - sum of k p(k) / mean (1 - x**(k - 1)) over the vulnerable degrees.
    """
    fails, before = 0.0, 1.0
    while abs(fails - before) > 1e-12:
        before = fails
        fails = 1 - sum(
            k * poisson_chance(mean, k) / mean * (1 - fails ** (k - 1)) for k in range(1, vulnerable(threshold) + 1)
        )
    return round(1 - exp(mean * (fails - 1)), 9)


def poisson_chance(mean: float, k: int) -> float:
    """The chance of exactly *k*."""
    return exp(-mean) * mean**k / factorial(k)


def cascade(people: int, threshold: float, mean: float, seed: int, replicate: int) -> int:
    """How many join in one network after one did; all are alike, so it may be the first."""
    dials = {"state_peers": 1, "state_inclination": ROUNDING - threshold, **EVERYBODY_EVERY_ROUND}
    return spread(crowd(people, dials, poisson(people, mean, seed, replicate)), [0])
