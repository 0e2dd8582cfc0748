"""Watts (2002), A simple model of global cascades on random networks, PNAS 99(9).

Everybody joins once a share of neighbours has. A first member sets off a cascade only where the
vulnerable, for whom a single neighbour suffices, are connected: in networks neither too sparse nor
too dense. In Parley the share of neighbours is the motive peers, and the threshold is the
inclination with the opposite sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from math import exp, factorial, floor

from scipy.optimize import brentq

from sim.classics.classic import Check, Replication
from sim.classics.crowd import EVERYBODY_EVERY_ROUND, crowd_of, spread
from sim.classics.graphs import poisson
from sim.classics.picture import Picture, reference, steps, trace
from sim.dials.dial import dials_of
from sim.parameters import Lever, Values

SOURCE = "Watts 2002"
GLOBAL = 0.1  # share of all people that a global cascade exceeds
ROUNDING = 1e-9  # margin by which a share that equals the threshold still reaches it
PICTURED = (0.8, 1.5, 2.5, 4.0, 5.0, 7.0)  # mean degrees
# Multiples of either end of the window between which so few people do not show on which side of it
# they are.
TOO_NEAR = ((0.8, 1.1), (0.9, 1.2))


def degree(default: float, meaning: str) -> Lever:
    """A mean degree."""
    return Lever(default, between=(0.1, 20), unit="neighbours", source=SOURCE, meaning=meaning)


class Watts:
    people = Lever(
        10_000,
        between=(1000, 100_000),
        whole=True,
        unit="people",
        source=SOURCE,
        meaning="how many there are",
    )
    threshold = Lever(
        0.18,
        between=(0.05, 1),
        unit="share",
        source=SOURCE,
        meaning="share of neighbours that have to join first",
    )
    mean_degree = degree(1.5, "mean number of neighbours in the first network")
    denser_mean_degree = degree(5.0, "mean number of neighbours in the second network")
    sparse_mean_degree = degree(0.8, "mean number of neighbours in the third network")
    dense_mean_degree = degree(7.0, "mean number of neighbours in the fourth network")


DIALS = dials_of(Watts)


def checks(parameters: Values, replication: Replication) -> Iterator[Check | str]:
    """The share of runs with a global cascade, at each mean degree."""
    ends = window(parameters.threshold)
    inside = f"from {ends[0]:.3f} to {ends[1]:.3f}" if ends else "nowhere"
    yield f"By the generating function, global cascades are possible at mean degrees {inside}."
    for name in ("mean_degree", "denser_mean_degree", "sparse_mean_degree", "dense_mean_degree"):
        mean = parameters[name]
        one_cascade = partial(
            cascade, int(parameters.people), parameters.threshold, mean, replication.seed
        )
        sizes = replication.each(one_cascade)
        share = sum(size > GLOBAL * parameters.people for size in sizes) / replication.replicates
        if any(
            low * end < mean < high * end for end, (low, high) in zip(ends, TOO_NEAR, strict=False)
        ):
            yield (
                f"A mean degree of {mean:g} is too near the end of the window to check: {share:g}"
                " of runs cascade."
            )
            continue
        expected = chance_of_cascade(parameters.threshold, mean)
        yield Check(
            f"share of runs with a global cascade, mean degree {mean:g}",
            expected,
            share,
            replication.tolerance(expected),
        )


def window(threshold: float) -> tuple[float, ...]:
    """The two mean degrees between which the vulnerable are connected; () for none.

    At its ends the sum of k (k - 1) p(k) over the vulnerable degrees k is the mean degree itself
    (Watts 2002, the cascade condition), p being Poisson.
    """
    most = vulnerable(threshold)
    inside = most - 1  # the window, if there is one
    if condition(inside, most) <= 0:
        return ()
    return brentq(condition, 0, inside, args=(most,)), brentq(
        condition, inside, 10 * most, args=(most,)
    )


def condition(mean: float, most: int) -> float:
    """Above 0 inside the window: mean degree times the chance of a Poisson number of at most *most*
    - 2, less 1.
    """
    return mean * sum(poisson_chance(mean, k) for k in range(most - 1)) - 1


def vulnerable(threshold: float) -> int:
    """The largest number of neighbours of which one suffices."""
    return floor(1 / threshold + ROUNDING)


def chance_of_cascade(threshold: float, mean: float) -> float:
    """The chance that a random person is tied to the giant cluster of the vulnerable, in a large
    network.

    A tie fails to lead there with chance x = 1 - sum of k p(k) / mean (1 - x**(k - 1)) over the
    vulnerable degrees.
    """
    fails, before = 0.0, 1.0
    while abs(fails - before) > 1e-12:
        before = fails
        fails = 1 - sum(
            k * poisson_chance(mean, k) / mean * (1 - fails ** (k - 1))
            for k in range(1, vulnerable(threshold) + 1)
        )
    return round(1 - exp(mean * (fails - 1)), 9)


def poisson_chance(mean: float, k: int) -> float:
    """The chance of exactly *k*."""
    return exp(-mean) * mean**k / factorial(k)


def cascade(people: int, threshold: float, mean: float, seed: int, replicate: int) -> int:
    """The number of members in one network after the first person joins; all are alike."""
    dials = {"state_peers": 1, "state_inclination": ROUNDING - threshold, **EVERYBODY_EVERY_ROUND}
    return spread(crowd_of(people, dials, poisson(people, mean, seed, replicate)), [0])


def picture(parameters: Values, replication: Replication) -> Picture:
    """The share of runs with a global cascade by mean degree: in theory, and simulated."""
    low, high = window(parameters.threshold) or (0.0, 0.0)
    line = steps(0.3, 8.0, 78)
    in_theory = [
        chance_of_cascade(parameters.threshold, mean) if low < mean < high else 0.0 for mean in line
    ]
    shares = []
    for mean in PICTURED:
        one = partial(cascade, int(parameters.people), parameters.threshold, mean, replication.seed)
        sizes = replication.each(one)
        shares.append(sum(size > GLOBAL * parameters.people for size in sizes) / len(sizes))
    traces = (
        reference("in theory", line, in_theory),
        trace("simulated", PICTURED, shares, dots=True),
    )
    return Picture(
        "neighbours, on average", "runs in which one sets off many", traces, percent=True
    )
