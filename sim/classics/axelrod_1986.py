"""Axelrod (1986), An evolutionary approach to norms, American Political Science Review 80(4); with Galán and Izquierdo
(2005), Appearances can be deceiving, Journal of Artificial Societies and Social Simulation 8(3) 2.

Where breaking a norm is punished by some, nobody gains by being one of them, and the norm collapses; where it is
punished not to punish, the norm lasts longer, but not whatever that costs. Nobody in this model has children, so the
classic is a game of its own (norms_game.py). No closed form is known, only what the authors found by simulation.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from sim.classics.checks import Check, Luck
from sim.classics.norms_game import HIGHEST, Payoffs, Society, live, settle, society
from sim.parameters import Lever, Values
from sim.parameters.declaration import declared

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


class Found(NamedTuple):
    """What Galán and Izquierdo found: a share of runs in which the norm has *collapsed* or is *established*."""

    metanorms: bool
    payoffs: Payoffs
    generation: int
    state: str
    share: float


PUBLISHED = (
    Found(False, WITHOUT, 100, "collapsed", 0.15),
    Found(False, WITHOUT, 1000, "collapsed", 0.97),
    Found(True, AXELROD, 1000, "collapsed", 0.0),
    Found(True, AXELROD._replace(temptation=10), 1000, "established", 1.0),
    Found(True, AXELROD._replace(metapunishment=0.9, metaenforcement=0.2), 2000, "collapsed", 1.0),
)


def checks(given: Values, luck: Luck) -> Iterator[Check | str]:
    """The norms game, the metanorms game, and the metanorms game with weak metanorms."""
    full = Payoffs(*(given[name] for name in Payoffs._fields))
    for game, metanorms, share in (
        ("norms game", False, 0.0),
        ("metanorms game", True, 1.0),
        ("weak metanorms", True, given.weak_share),
    ):
        payoffs = full._replace(
            metapunishment=round(share * full.metapunishment, 9), metaenforcement=round(share * full.metaenforcement, 9)
        )
        known = published(given, metanorms, payoffs)
        generations = tuple(found.generation for found in known) or (USUAL,)
        histories = luck.each(partial(simulated, given, metanorms, payoffs, generations, luck.seed))
        for found, states in zip(known, zip(*histories, strict=True), strict=False):
            name = f"share of runs {found.state} after {found.generation} generations, {game}"
            yield Check(name, found.share, states.count(found.state) / luck.replicates, TOLERANCE)
        if not known:
            ends = [history[0] for history in histories]
            collapsed, established = (ends.count(state) / luck.replicates for state in ("collapsed", "established"))
            yield (
                f"For the {game} with these payoffs nothing has been published to check by. After {USUAL} generations "
                f"it has collapsed in {collapsed:g} of runs, and is established in {established:g}."
            )


def published(given: Values, metanorms: bool, payoffs: Payoffs) -> list[Found]:
    """What was found for these parameters."""
    if any(given[name] != value for name, value in ALIKE.items()):
        return []
    return [found for found in PUBLISHED if found[:2] == (metanorms, payoffs)]


def simulated(
    given: Values, metanorms: bool, payoffs: Payoffs, generations: tuple[int, ...], seed: int, replicate: int
) -> list[str]:
    """The state of the norm after each of *generations* in one run."""
    people = society(int(given.people))
    settle(people, seed, replicate)
    states = []
    for first, last in zip((0, *generations), generations, strict=False):
        live(people, payoffs, metanorms, int(given.opportunities), given.mutation, first, last, seed, replicate)
        states.append(state_of(people))
    return states


def state_of(people: Society) -> str:
    """Collapsed, established, or neither, by the bounds that Galán and Izquierdo set in section 5."""
    everybody = people.boldness.size * HIGHEST
    bold, vengeful = HIGHEST * int(people.boldness.sum()), HIGHEST * int(people.vengefulness.sum())
    if bold >= 6 * everybody and vengeful <= everybody:
        return "collapsed"
    return "established" if bold <= 2 * everybody and vengeful >= 5 * everybody else "neither"
