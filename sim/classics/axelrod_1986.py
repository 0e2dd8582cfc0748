"""Axelrod (1986), An evolutionary approach to norms, American Political Science Review 80(4); with
Galán and Izquierdo (2005), Appearances can be deceiving, Journal of Artificial Societies and Social
Simulation 8(3) 2.

A norm collapses if only those who break it are punished, as punishing has a cost and no gain. It
lasts longer if those who do not punish are punished too, unless that costs too much. Parley has no
reproduction, so this classic is a game of its own. No closed form is known; the expected numbers
are from the authors' simulations.

First the dials, then the game, then the published results and the checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from math import sqrt
from typing import Any, NamedTuple

import numpy as np

from sim.classics.classic import Check, Replication
from sim.classics.picture import Picture, reference, trace
from sim.compiled import compiled
from sim.dials.dial import dials_of
from sim.engine.random_streams import CLASSICS, four_draws
from sim.parameters import Lever, Values

Array = np.ndarray[Any, Any]

SOURCE = "Axelrod 1986"
PLAY, BREED = 2, 3  # purposes of draws, beside those of graphs.py
HIGHEST = 7  # of the eight levels of a trait
TOLERANCE = 0.1
DEFAULT_GENERATIONS = 1000
PICTURED = tuple(range(50, DEFAULT_GENERATIONS + 1, 50))  # generations


class Payoffs(NamedTuple):
    """Payoffs of single events; all but temptation are losses, written as positive numbers."""

    temptation: float
    hurt: float
    punishment: float
    enforcement: float
    metapunishment: float
    metaenforcement: float


AXELROD = Payoffs(
    temptation=3, hurt=1, punishment=9, enforcement=2, metapunishment=9, metaenforcement=2
)
WITHOUT_METANORMS = AXELROD._replace(metapunishment=0, metaenforcement=0)
SETTING_OF_THE_AUTHORS = {"people": 20, "opportunities": 4, "mutation": 0.01}


def points(default: float, meaning: str) -> Lever:
    """A payoff of one event."""
    return Lever(default, between=(0, 100), unit="points", source=SOURCE, meaning=meaning)


class Axelrod:
    temptation = points(AXELROD.temptation, "gained by whoever breaks the norm")
    hurt = points(AXELROD.hurt, "lost by everybody else when somebody breaks it")
    punishment = points(AXELROD.punishment, "lost by whoever is punished for it")
    enforcement = points(AXELROD.enforcement, "lost by whoever punishes")
    metapunishment = points(AXELROD.metapunishment, "lost by whoever is punished for not punishing")
    metaenforcement = points(AXELROD.metaenforcement, "lost by whoever punishes that")
    weak_share = Lever(
        0.1,
        between=(0, 1),
        unit="share",
        source="Galán and Izquierdo 2005",
        meaning=(
            "what metapunishment and metaenforcement are in the last run, as a share of the above"
        ),
    )
    people = Lever(
        20, between=(3, 100), whole=True, unit="people", source=SOURCE, meaning="how many there are"
    )
    opportunities = Lever(
        4,
        between=(1, 20),
        whole=True,
        unit="a generation",
        source=SOURCE,
        meaning="chances to break the norm",
    )
    mutation = Lever(
        0.01,
        between=(0, 1),
        unit="probability",
        source=SOURCE,
        meaning="that a bit changes in a child",
    )


DIALS = dials_of(Axelrod)


class Society(NamedTuple):
    """[people] the levels of the two traits, 0 to 7, and the payoffs of this generation; and room
    for the children.
    """

    boldness: Array
    vengefulness: Array
    payoff: Array
    children: Array  # [2 people, 2]


def empty_society(people: int) -> Society:
    """A society whose levels are all 0; `draw_levels` sets them."""
    whole = np.zeros((2, people), np.int64)
    return Society(
        whole[0].copy(), whole[1].copy(), np.zeros(people), np.zeros((2 * people, 2), np.int64)
    )


@compiled
def draw_levels(society: Society, seed: int, replicate: int) -> None:
    """Draw both levels of everybody, each of the eight with the same chance."""
    for i in range(society.boldness.size):
        draws = four_draws(seed, CLASSICS, BREED, -1, replicate, i, 0)
        society.boldness[i] = int(draws[0] * (HIGHEST + 1))
        society.vengefulness[i] = int(draws[1] * (HIGHEST + 1))


@compiled
def play_generations(
    society: Society, payoffs: Payoffs, metanorms: bool, opportunities: int, mutation: float,
    first: int, last: int, seed: int, replicate: int,
) -> None:  # fmt: skip
    """Generations *first* to *last* - 1."""
    for generation in range(first, last):
        for i in range(society.payoff.size):
            society.payoff[i] = 0.0
        for i in range(society.payoff.size):
            for opportunity in range(opportunities):
                meet_opportunity(
                    society,
                    payoffs,
                    metanorms,
                    i,
                    opportunity,
                    opportunities,
                    seed,
                    generation,
                    replicate,
                )
        breed(society, mutation, seed, generation, replicate)


@compiled
def meet_opportunity(
    society: Society,
    payoffs: Payoffs,
    metanorms: bool,
    i: int,
    opportunity: int,
    opportunities: int,
    seed: int,
    generation: int,
    replicate: int,
) -> None:
    """One opportunity of *i* to break the norm, with its punishments."""
    people = society.payoff.size
    place = opportunity * people
    if society.boldness[i] == 0:
        return
    chance_seen = four_draws(seed, CLASSICS, PLAY, generation, replicate, i, place + i)[0]
    if chance_seen * HIGHEST >= society.boldness[i]:
        return
    society.payoff[i] += payoffs.temptation
    for j in range(people):
        if j == i:
            continue
        society.payoff[j] -= payoffs.hurt
        if society.vengefulness[j] == 0 and not metanorms:
            continue
        draws = four_draws(seed, CLASSICS, PLAY, generation, replicate, i, place + j)
        if draws[0] >= chance_seen:
            continue
        if draws[1] * HIGHEST < society.vengefulness[j]:
            society.payoff[i] -= payoffs.punishment
            society.payoff[j] -= payoffs.enforcement
        elif metanorms:
            for k in range(people):
                if k in (i, j) or society.vengefulness[k] == 0:
                    continue
                block = (opportunities + place + j) * people + k
                draws = four_draws(seed, CLASSICS, PLAY, generation, replicate, i, block)
                if draws[0] < chance_seen and draws[1] * HIGHEST < society.vengefulness[k]:
                    society.payoff[j] -= payoffs.metapunishment
                    society.payoff[k] -= payoffs.metaenforcement


@compiled
def breed(society: Society, mutation: float, seed: int, generation: int, replicate: int) -> None:
    """The next generation: two children for people a standard deviation above the mean payoff, none
    for those one below, one for the others; then random children are removed or repeated until
    their number is right.

    Where all payoffs are equal everybody has two, as in Galán and Izquierdo.
    """
    people = society.payoff.size
    mean = 0.0
    for i in range(people):
        mean += society.payoff[i] / people
    variance = 0.0
    for i in range(people):
        variance += (society.payoff[i] - mean) * (society.payoff[i] - mean) / people
    deviation = sqrt(variance)
    count = 0
    for i in range(people):
        children = 1
        if society.payoff[i] >= mean + deviation:
            children = 2
        elif society.payoff[i] <= mean - deviation:
            children = 0
        for _ in range(children):
            society.children[count, 0] = society.boldness[i]
            society.children[count, 1] = society.vengefulness[i]
            count += 1
    turn = 0
    while count != people:
        draws = four_draws(seed, CLASSICS, BREED, generation, replicate, turn, 0)
        parent = int(draws[0] * count)
        turn += 1
        if count > people:
            count -= 1
            society.children[parent, 0] = society.children[count, 0]
            society.children[parent, 1] = society.children[count, 1]
        else:
            society.children[count, 0] = society.children[parent, 0]
            society.children[count, 1] = society.children[parent, 1]
            count += 1
    for i in range(people):
        for trait in range(2):
            draws = four_draws(seed, CLASSICS, BREED, generation, replicate, i, 1 + trait)
            level = society.children[i, trait]
            for bit in range(3):
                if draws[bit] < mutation:
                    level ^= 1 << bit
            society.children[i, trait] = level
        society.boldness[i] = society.children[i, 0]
        society.vengefulness[i] = society.children[i, 1]


class Published(NamedTuple):
    """A result of Galán and Izquierdo: the share of runs in which the norm has *collapsed* or is
    *established*.
    """

    metanorms: bool
    payoffs: Payoffs
    generation: int
    state: str
    share: float


PUBLISHED = (
    Published(False, WITHOUT_METANORMS, 100, "collapsed", 0.15),
    Published(False, WITHOUT_METANORMS, 1000, "collapsed", 0.97),
    Published(True, AXELROD, 1000, "collapsed", 0.0),
    Published(True, AXELROD._replace(temptation=10), 1000, "established", 1.0),
    Published(
        True, AXELROD._replace(metapunishment=0.9, metaenforcement=0.2), 2000, "collapsed", 1.0
    ),
)


def checks(parameters: Values, replication: Replication) -> Iterator[Check | str]:
    """The norms game, the metanorms game, and the metanorms game with weak metanorms."""
    full = Payoffs(*(parameters[name] for name in Payoffs._fields))
    for game, metanorms, share in (
        ("norms game", False, 0.0),
        ("metanorms game", True, 1.0),
        ("weak metanorms", True, parameters.weak_share),
    ):
        payoffs = full._replace(
            metapunishment=round(share * full.metapunishment, 9),
            metaenforcement=round(share * full.metaenforcement, 9),
        )
        results = published(parameters, metanorms, payoffs)
        generations = tuple(result.generation for result in results) or (DEFAULT_GENERATIONS,)
        histories = replication.each(
            partial(simulated, parameters, metanorms, payoffs, generations, replication.seed)
        )
        for result, states in zip(results, zip(*histories, strict=True), strict=False):
            name = f"share of runs {result.state} after {result.generation} generations, {game}"
            yield Check(
                name, result.share, states.count(result.state) / replication.replicates, TOLERANCE
            )
        if not results:
            ends = [history[0] for history in histories]
            collapsed, established = (
                ends.count(state) / len(ends) for state in ("collapsed", "established")
            )
            yield (
                f"For the {game} with these payoffs nothing has been published to check by. After"
                f" {DEFAULT_GENERATIONS} generations it has collapsed in {collapsed:g} of runs, and"
                f" is established in {established:g}."
            )


def published(parameters: Values, metanorms: bool, payoffs: Payoffs) -> list[Published]:
    """The published results for these parameters."""
    if any(parameters[name] != value for name, value in SETTING_OF_THE_AUTHORS.items()):
        return []
    return [result for result in PUBLISHED if result[:2] == (metanorms, payoffs)]


def simulated(
    parameters: Values,
    metanorms: bool,
    payoffs: Payoffs,
    generations: tuple[int, ...],
    seed: int,
    replicate: int,
) -> list[str]:
    """The state of the norm after each of *generations* in one run."""
    society = empty_society(int(parameters.people))
    draw_levels(society, seed, replicate)
    opportunities, mutation = int(parameters.opportunities), parameters.mutation
    states = []
    for first, last in zip((0, *generations), generations, strict=False):
        play_generations(
            society, payoffs, metanorms, opportunities, mutation, first, last, seed, replicate
        )
        states.append(state_of(society))
    return states


def state_of(society: Society) -> str:
    """Collapsed, established, or neither, by the bounds in section 5 of Galán and Izquierdo."""
    everybody = society.boldness.size * HIGHEST
    bold, vengeful = (
        HIGHEST * int(society.boldness.sum()),
        HIGHEST * int(society.vengefulness.sum()),
    )
    if bold >= 6 * everybody and vengeful <= everybody:
        return "collapsed"
    return "established" if bold <= 2 * everybody and vengeful >= 5 * everybody else "neither"


def picture(parameters: Values, replication: Replication) -> Picture:
    """The share of runs in which the norm has collapsed, by generation, in both games; and what was
    published.
    """
    full, traces = Payoffs(*(parameters[name] for name in Payoffs._fields)), []
    without = full._replace(metapunishment=0.0, metaenforcement=0.0)
    for name, metanorms, payoffs in (
        ("norm alone", False, without),
        ("with metanorms", True, full),
    ):
        one = partial(simulated, parameters, metanorms, payoffs, PICTURED, replication.seed)
        by_generation = list(zip(*replication.each(one), strict=True))
        shares = [states.count("collapsed") / len(states) for states in by_generation]
        traces.append(trace(name, PICTURED, shares))
        of = [
            each for each in published(parameters, metanorms, payoffs) if each.state == "collapsed"
        ]
        traces.append(
            reference("", [each.generation for each in of], [each.share for each in of], dots=True)
        )
    return Picture(
        "generations", "runs in which the norm has collapsed", tuple(traces), percent=True
    )
