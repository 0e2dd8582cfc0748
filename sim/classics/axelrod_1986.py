"""Axelrod (1986), An evolutionary approach to norms, American Political Science Review 80(4); with Galán and Izquierdo
(2005), Appearances can be deceiving, Journal of Artificial Societies and Social Simulation 8(3) 2.

Where breaking a norm is punished by some, nobody gains by being one of them, and the norm collapses; where it is
punished not to punish, the norm lasts longer, but not whatever that costs. Nobody in this model has children, so the
classic is a game of its own (norms_game.py). No closed form is known, only what the authors found by simulation.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from math import sqrt
from typing import Any, NamedTuple

import numpy as np

from sim.classics.classic import Check, Luck
from sim.compiled import compiled
from sim.engine import random_streams
from sim.parameters import Lever, Values
from sim.parameters.declaration import declared

Array = np.ndarray[Any, Any]

PLAY, BREED = 2, 3  # purposes of luck, beside those of graphs.py
HIGHEST = 7  # of the eight levels


class Payoffs(NamedTuple):
    """What one event is worth; all but temptation are losses, written as positive numbers."""

    temptation: float
    hurt: float
    punishment: float
    enforcement: float
    metapunishment: float
    metaenforcement: float


class Society(NamedTuple):
    """[people] the levels, from 0 to 7, and the payoffs of this generation; scratch for the next."""

    boldness: Array
    vengefulness: Array
    payoff: Array
    children: Array  # [2 people, 2]


def society(people: int) -> Society:
    """Nobody yet: `settle` draws the levels."""
    whole = np.zeros((2, people), np.int64)
    return Society(whole[0].copy(), whole[1].copy(), np.zeros(people), np.zeros((2 * people, 2), np.int64))


@compiled
def settle(players: Society, seed: int, replicate: int) -> None:
    """Draw everybody's levels, each of eight alike."""
    for i in range(players.boldness.size):
        draws = random_streams.four_draws(seed, random_streams.CLASSICS, BREED, -1, replicate, i, 0)
        players.boldness[i] = int(draws[0] * (HIGHEST + 1))
        players.vengefulness[i] = int(draws[1] * (HIGHEST + 1))


@compiled
def live(
    players: Society, payoffs: Payoffs, metanorms: bool, opportunities: int, mutation: float,
    first: int, last: int, seed: int, replicate: int,
) -> None:  # fmt: skip
    """Generations *first* to *last* - 1."""
    for generation in range(first, last):
        for i in range(players.payoff.size):
            players.payoff[i] = 0.0
        for i in range(players.payoff.size):
            for opportunity in range(opportunities):
                tempt(players, payoffs, metanorms, i, opportunity, opportunities, seed, generation, replicate)
        breed(players, mutation, seed, generation, replicate)


@compiled
def tempt(
    players: Society, payoffs: Payoffs, metanorms: bool, i: int, opportunity: int, opportunities: int,
    seed: int, generation: int, replicate: int,
) -> None:  # fmt: skip
    """One opportunity of *i* to defect, and what follows from it."""
    people = players.payoff.size
    place = opportunity * people
    if players.boldness[i] == 0:
        return
    seen = random_streams.four_draws(seed, random_streams.CLASSICS, PLAY, generation, replicate, i, place + i)[0]
    if seen * HIGHEST >= players.boldness[i]:
        return
    players.payoff[i] += payoffs.temptation
    for j in range(people):
        if j == i:
            continue
        players.payoff[j] -= payoffs.hurt
        if players.vengefulness[j] == 0 and not metanorms:
            continue
        draws = random_streams.four_draws(seed, random_streams.CLASSICS, PLAY, generation, replicate, i, place + j)
        if draws[0] >= seen:
            continue
        if draws[1] * HIGHEST < players.vengefulness[j]:
            players.payoff[i] -= payoffs.punishment
            players.payoff[j] -= payoffs.enforcement
        elif metanorms:
            for k in range(people):
                if k in (i, j) or players.vengefulness[k] == 0:
                    continue
                block = (opportunities + place + j) * people + k
                draws = random_streams.four_draws(seed, random_streams.CLASSICS, PLAY, generation, replicate, i, block)
                if draws[0] < seen and draws[1] * HIGHEST < players.vengefulness[k]:
                    players.payoff[j] -= payoffs.metapunishment
                    players.payoff[k] -= payoffs.metaenforcement


@compiled
def breed(players: Society, mutation: float, seed: int, generation: int, replicate: int) -> None:
    """The next generation: two children for whoever is a standard deviation above the mean, none for whoever is one
    below, one for the others; then chance removes or repeats children until their number is right.

    Where all do equally well everybody has two, as Galán and Izquierdo have it.
    """
    people = players.payoff.size
    mean = 0.0
    for i in range(people):
        mean += players.payoff[i] / people
    variance = 0.0
    for i in range(people):
        variance += (players.payoff[i] - mean) * (players.payoff[i] - mean) / people
    spread = sqrt(variance)
    count = 0
    for i in range(people):
        children = 1
        if players.payoff[i] >= mean + spread:
            children = 2
        elif players.payoff[i] <= mean - spread:
            children = 0
        for _ in range(children):
            players.children[count, 0] = players.boldness[i]
            players.children[count, 1] = players.vengefulness[i]
            count += 1
    turn = 0
    while count != people:
        draws = random_streams.four_draws(seed, random_streams.CLASSICS, BREED, generation, replicate, turn, 0)
        chosen = int(draws[0] * count)
        turn += 1
        if count > people:
            count -= 1
            players.children[chosen, 0] = players.children[count, 0]
            players.children[chosen, 1] = players.children[count, 1]
        else:
            players.children[count, 0] = players.children[chosen, 0]
            players.children[count, 1] = players.children[chosen, 1]
            count += 1
    for i in range(people):
        for trait in range(2):
            draws = random_streams.four_draws(seed, random_streams.CLASSICS, BREED, generation, replicate, i, 1 + trait)
            level = players.children[i, trait]
            for bit in range(3):
                if draws[bit] < mutation:
                    level ^= 1 << bit
            players.children[i, trait] = level
        players.boldness[i] = players.children[i, 0]
        players.vengefulness[i] = players.children[i, 1]


SOURCE = "Axelrod 1986"
TOLERANCE = 0.1
AXELROD = Payoffs(temptation=3, hurt=1, punishment=9, enforcement=2, metapunishment=9, metaenforcement=2)
WITHOUT = AXELROD._replace(metapunishment=0, metaenforcement=0)
ALIKE = {"people": 20, "opportunities": 4, "mutation": 0.01}
USUAL = 1000  # generations


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
        meaning="what metapunishment and metaenforcement are in the last run, as a share of the above",
    )
    people = Lever(20, between=(3, 100), whole=True, unit="people", source=SOURCE, meaning="how many there are")
    opportunities = Lever(
        4, between=(1, 20), whole=True, unit="a generation", source=SOURCE, meaning="chances to break the norm"
    )
    mutation = Lever(0.01, between=(0, 1), unit="probability", source=SOURCE, meaning="that a bit changes in a child")


DIALS = declared(Axelrod)


class Finding(NamedTuple):
    """What Galán and Izquierdo report: a share of runs in which the norm has *collapsed* or is *established*."""

    metanorms: bool
    payoffs: Payoffs
    generation: int
    state: str
    share: float


FINDINGS = (
    Finding(False, WITHOUT, 100, "collapsed", 0.15),
    Finding(False, WITHOUT, 1000, "collapsed", 0.97),
    Finding(True, AXELROD, 1000, "collapsed", 0.0),
    Finding(True, AXELROD._replace(temptation=10), 1000, "established", 1.0),
    Finding(True, AXELROD._replace(metapunishment=0.9, metaenforcement=0.2), 2000, "collapsed", 1.0),
)


def checks(values: Values, luck: Luck) -> Iterator[Check | str]:
    """The norms game, the metanorms game, and the metanorms game with weak metanorms."""
    full = Payoffs(*(values[name] for name in Payoffs._fields))
    for game, metanorms, share in (
        ("norms game", False, 0.0),
        ("metanorms game", True, 1.0),
        ("weak metanorms", True, values.weak_share),
    ):
        payoffs = full._replace(
            metapunishment=round(share * full.metapunishment, 9), metaenforcement=round(share * full.metaenforcement, 9)
        )
        findings = findings_for(values, metanorms, payoffs)
        generations = tuple(finding.generation for finding in findings) or (USUAL,)
        histories = luck.each(partial(simulated, values, metanorms, payoffs, generations, luck.seed))
        for finding, states in zip(findings, zip(*histories, strict=True), strict=False):
            name = f"share of runs {finding.state} after {finding.generation} generations, {game}"
            yield Check(name, finding.share, states.count(finding.state) / luck.replicates, TOLERANCE)
        if not findings:
            ends = [history[0] for history in histories]
            collapsed, established = (ends.count(state) / luck.replicates for state in ("collapsed", "established"))
            yield (
                f"For the {game} with these payoffs nothing has been published to check by. After {USUAL} generations "
                f"it has collapsed in {collapsed:g} of runs, and is established in {established:g}."
            )


def findings_for(values: Values, metanorms: bool, payoffs: Payoffs) -> list[Finding]:
    """What is reported for these parameters."""
    if any(values[name] != value for name, value in ALIKE.items()):
        return []
    return [finding for finding in FINDINGS if finding[:2] == (metanorms, payoffs)]


def simulated(
    values: Values, metanorms: bool, payoffs: Payoffs, generations: tuple[int, ...], seed: int, replicate: int
) -> list[str]:
    """The state of the norm after each of *generations* in one run."""
    people = society(int(values.people))
    settle(people, seed, replicate)
    states = []
    for first, last in zip((0, *generations), generations, strict=False):
        live(people, payoffs, metanorms, int(values.opportunities), values.mutation, first, last, seed, replicate)
        states.append(state_of(people))
    return states


def state_of(people: Society) -> str:
    """Collapsed, established, or neither, by the bounds that Galán and Izquierdo set in section 5."""
    everybody = people.boldness.size * HIGHEST
    bold, vengeful = HIGHEST * int(people.boldness.sum()), HIGHEST * int(people.vengefulness.sum())
    if bold >= 6 * everybody and vengeful <= everybody:
        return "collapsed"
    return "established" if bold <= 2 * everybody and vengeful >= 5 * everybody else "neither"
