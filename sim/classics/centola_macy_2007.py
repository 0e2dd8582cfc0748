"""Centola and Macy (2007), Complex contagions and the weakness of long ties, American Journal of
Sociology 113(3).

On a ring whose neighbourhoods overlap, a behaviour that needs two examples spreads to everybody
from two neighbours. Where the ties are rewired the same two reach nobody, because hardly anybody
has both as neighbours. In Parley the share of neighbours is the motive peers, and the threshold is
the inclination with the opposite sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import factorial

from sim.classics.classic import Check, Replication
from sim.classics.crowd import EVERYBODY_EVERY_ROUND, Array, Crowd, crowd_of, growth, spread
from sim.classics.graphs import neighbours_of, rewired, ring
from sim.classics.picture import Picture, trace
from sim.dials.dial import dials_of
from sim.errors import InputError
from sim.parameters import Lever, Values

SOURCE = "Centola and Macy 2007"
# the critical number of seeds is at least so many times the seeds where they surely do not suffice
FAR = 5


class CentolaMacy:
    people = Lever(
        1000,
        between=(50, 2000),
        whole=True,
        unit="people",
        source=SOURCE,
        meaning="how many there are",
    )
    neighbours = Lever(
        4, between=(2, 10), whole=True, unit="people", source=SOURCE, meaning="whom each is tied to"
    )
    threshold = Lever(
        2,
        between=(1, 10),
        whole=True,
        unit="people",
        source=SOURCE,
        meaning="neighbours that have to join first",
    )
    seeds = Lever(
        2,
        between=(1, 10),
        whole=True,
        unit="people",
        source=SOURCE,
        meaning="who join first, side by side",
    )
    rewired_share = Lever(
        1.0,
        between=(0, 1),
        unit="share",
        source=SOURCE,
        meaning="share of ties that are rewired in the second network",
    )


DIALS = dials_of(CentolaMacy)


def checks(parameters: Values, replication: Replication) -> Iterator[Check | str]:
    """The ring, then the rewired ring."""
    people, neighbours, seeds = (
        int(parameters.people),
        int(parameters.neighbours),
        int(parameters.seeds),
    )
    if neighbours % 2:
        raise InputError(
            f"neighbours is {neighbours}, expected an even number, half of them on either side"
        )
    if seeds > neighbours:
        raise InputError(
            f"seeds is {seeds}, expected no more than there are neighbours, {neighbours}"
        )
    regular = ring(people, neighbours)
    spreads = parameters.threshold <= min(seeds, neighbours // 2)
    members = joined(parameters, regular, range(seeds))
    yield Check("join on the ring", people if spreads else seeds, members, 0)

    def most_join(replicate: int) -> bool:
        ties = rewired(regular, parameters.rewired_share, replication.seed, replicate)
        return joined(parameters, ties, [0, *neighbours_of(0, ties)[: seeds - 1]]) > people / 2

    share = sum(replication.each(most_join)) / replication.replicates
    enough = seeds_that_suffice(people, neighbours, int(parameters.threshold))
    if parameters.rewired_share < 1:
        yield (
            f"No closed form is known for partial rewiring: more than half join in {share:g} of"
            " runs."
        )
    elif enough > 0 and FAR * seeds > enough:
        yield (
            f"So small a network may be set off by chance: more than half join in {share:g} of"
            " runs."
        )
    else:
        yield Check(
            "share of runs in which more than half join, rewired", float(enough == 0), share, 0.05
        )


def seeds_that_suffice(people: int, neighbours: int, threshold: int) -> float:
    """The number of seeds that set off a random network: 0 where one example suffices, else the
    critical number of Janson, Łuczak, Turova and Vallier (2012), (1 - 1/r) ((r - 1)! / (n p^r))^(1
    / (r - 1)).
    """
    if threshold == 1:
        return 0.0
    ties = (neighbours / people) ** threshold
    return (1 - 1 / threshold) * (factorial(threshold - 1) / (people * ties)) ** (
        1 / (threshold - 1)
    )


def joined(parameters: Values, ties: Array, seeds: list[int] | range) -> int:
    """The number of members in the end."""
    return spread(crowd(parameters, ties), seeds)


def crowd(parameters: Values, ties: Array) -> Crowd:
    """Those people with these *ties*; half a neighbour of margin keeps rounding from deciding
    anything.
    """
    inclination = (0.5 - parameters.threshold) / parameters.neighbours
    dials = {"state_peers": 1, "state_inclination": inclination, **EVERYBODY_EVERY_ROUND}
    return crowd_of(int(parameters.people), dials, ties)


def picture(parameters: Values, replication: Replication) -> Picture:
    """How many have joined, round by round, on the ring and in its first rewiring."""
    seeds, regular = int(parameters.seeds), ring(int(parameters.people), int(parameters.neighbours))
    ties = rewired(regular, parameters.rewired_share, replication.seed, 0)
    first = list(growth(crowd(parameters, regular), range(seeds)))
    second = list(growth(crowd(parameters, ties), [0, *neighbours_of(0, ties)[: seeds - 1]]))
    second += second[-1:] * (len(first) - len(second))
    each = max(1, len(first) // 60)  # rounds between points
    names = f"near ties: {first[-1]} join", f"far ties: {second[-1]} join"
    traces = [
        trace(name, range(0, len(of), each), of[::each])
        for name, of in zip(names, (first, second), strict=True)
    ]
    return Picture("rounds", "people who have joined", tuple(traces))
