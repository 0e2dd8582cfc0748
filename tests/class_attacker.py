"""Whoever wants to know what teams of a class have decided in secret, and has what a class leaves
behind: the seed, who signed, and the debrief's table of invented countries; and Parley itself.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from dashboard.classroom import cast
from dashboard.classroom.keys import BYTES, Key
from dashboard.classroom.plan import ACCUSE, KEEP, PLANS
from dashboard.classroom.seats import seats_of
from dashboard.classroom.world import Order, World, scenario_named

PARIS = "paris-call-2018"
STEPS = {step.kind: step.month for step in PLANS["50"]}
UNTIL = (STEPS[ACCUSE], STEPS["exit"])  # months at which accusations are told
SAMPLES = 120  # worlds from which an attacker learns how often each country is accused
MOST_TOLD = 3  # so many accusations count as one more would
STEPS_OF_A_WALK = 20_000

Row = tuple[bool, int, int]  # of the table: whether it acted, how often it was accused by UNTIL


@dataclass(frozen=True)
class Secret:
    """What each team has decided, and the session's key; without one, the luck of conduct is that
    of the seed, and the model decides for all others, as it once was.
    """

    seed: int
    breaks: Mapping[str, bool]  # by seat
    key: Key | None

    def rows(self, countries: Sequence[str]) -> dict[str, Row]:
        """What the debrief's table has of each country, whose name the attacker does not know."""
        kept = {who: not breaks for who, breaks in self.breaks.items()}
        if self.key is None:
            world = World(
                PARIS, self.seed, (), [Order(STEPS[KEEP], *each) for each in kept.items()]
            )
        else:
            told = cast.orders(dict.fromkeys(countries, ""), kept, STEPS[KEEP], self.key)
            world = World(PARIS, self.seed, (), told, (), self.key.conduct_seed)
        done = [each for each in world.operations() if each.month >= STEPS[KEEP]]
        accused = {
            until: Counter(each.accused for each in done if each.month <= until) for until in UNTIL
        }
        authors = Counter(each.author for each in done if each.month <= UNTIL[-1])
        return {
            who: (self.breaks.get(who, authors[who] > 0), *(accused[until][who] for until in UNTIL))
            for who in countries
        }


@functools.cache
def countries_of(seats: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The countries of a class of so many seats, and those of them that teams play."""
    countries = tuple(cast.cast_of_seats(PARIS, seats, Key(bytes(1))))
    playable = {seat.id for seat in seats_of(scenario_named(PARIS), seats)}
    return countries, tuple(who for who in countries if who in playable)


def session(seats: int, number: int, *, keyed: bool) -> Secret:
    """A class in which every seat decides by the toss of a coin, with a key of its own or, as it
    once was, with the luck of its seed.
    """
    draws = np.random.default_rng([seats, number])
    breaks = {who: bool(draws.integers(2)) for who in countries_of(seats)[1]}
    return Secret(number, breaks, Key(draws.bytes(BYTES)) if keyed else None)


def played_again(secret: Secret, seats: int) -> list[tuple[bool, ...]]:
    """Which decisions give the rows of this class once its world is played again from its seed."""
    countries, teams = countries_of(seats)
    rows = sorted(secret.rows(countries).values())
    number = sum(secret.breaks.values())
    return [
        guess
        for guess in product((False, True), repeat=len(teams))
        if sum(guess) == number
        and rows
        == sorted(
            Secret(secret.seed, dict(zip(teams, guess, strict=True)), None).rows(countries).values()
        )
    ]


def _place(row: Row) -> tuple[int, int, int]:
    return int(row[0]), min(row[1], MOST_TOLD), min(row[2], MOST_TOLD)


@functools.cache
def chances(seats: int) -> dict[str, NDArray[np.float64]]:
    """[acted, accused by the first month, by the last] how often the rows of each country are so,
    learned from classes of other seeds and keys; no row is thought impossible.
    """
    countries, _ = countries_of(seats)
    found = {who: np.full((2, MOST_TOLD + 1, MOST_TOLD + 1), 0.05) for who in countries}
    for number in range(SAMPLES):
        for who, row in session(seats, 1000 + number, keyed=True).rows(countries).items():
            found[who][_place(row)] += 1.0
    return {who: counts / counts.sum() for who, counts in found.items()}


def belief(secret: Secret, seats: int) -> dict[str, float]:
    """How probable it is to the attacker that each team broke the text, by a walk over all ways to
    give the table's rows to the countries (Metropolis).
    """
    countries, teams = countries_of(seats)
    rows = list(secret.rows(countries).values())
    draws = np.random.default_rng(seats)
    draws.shuffle(rows)
    weights = np.log([[chances(seats)[who][_place(row)] for row in rows] for who in countries])
    holds = np.arange(len(countries))  # row of each country
    acted, broke = np.zeros(len(countries)), np.array([row[0] for row in rows])
    pairs = draws.integers(len(countries), size=(STEPS_OF_A_WALK, 2))
    for (one, other), luck in zip(pairs, np.log(draws.random(STEPS_OF_A_WALK)), strict=True):
        gain = (
            weights[one, holds[other]]
            + weights[other, holds[one]]
            - weights[one, holds[one]]
            - weights[other, holds[other]]
        )
        if luck < gain:
            holds[[one, other]] = holds[[other, one]]
        acted += broke[holds]
    return {
        who: float(acted[number] / STEPS_OF_A_WALK)
        for number, who in enumerate(countries)
        if who in teams
    }
