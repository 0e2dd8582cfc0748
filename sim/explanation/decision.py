"""What would count as another decision of a stakeholder, and everything that the search for it looks at."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np

from sim.arguments import place_of
from sim.engine.arrays import FREE, NEVER, NOT_TAKEN_UP
from sim.engine.membership import leave, weigh_signatories
from sim.experiments.outcomes import Array
from sim.experiments.simulate import EachReplicate, Progress, Replicate, Setting, SignaturesAlone, simulate
from sim.explanation.change import Change, Way
from sim.explanation.weighing import DELIBERATE, EVENTS, Moment, Weighing, added_up, mean_of_worlds
from sim.population import Population
from sim.scenario import Scenario
from sim.stakeholders import KINDS
from sim.theory.motives import NAMES


@dataclass(frozen=True)
class Asked:
    """One stakeholder, by its id, name, kind and place in the population, and the round in which it deliberates."""

    who: str
    name: str
    kind: str
    index: int
    round: int


def asked(population: Population, who: str, at: int, where: str) -> Asked:
    """*who*, an id, in round *at*; InputError beginning with *where* for a potential one beyond the last."""
    index = place_of(population, who, where)
    return Asked(who, population.names[index], KINDS[population.kind[index]], index, at)


WORLDS = 40  # occasions differ little between worlds


def occasions(of: Moment, replicates: int, seed: int, workers: int | None) -> float:
    """How many times, on average, the one whom *of* is about takes the matter up when its signature is undone at once.

    In the stages *events* and *deliberate* alone, which is all that taking up depends on.
    """
    number = min(replicates, WORLDS)
    observe = EachReplicate(partial(_occasions, of))
    numbers: list[int] = simulate(of.given, number, seed, observe, rule=of.rule, workers=workers)
    return sum(numbers) / number


def _occasions(of: Moment, world: Replicate) -> int:
    """The same, in one replicate."""
    number = 0
    for t in world.rounds:
        world.play(t, EVENTS)
        world.play(t, DELIBERATE)
        number += int(world.state.member.taken_up_round[0, of.who] == t)
        _as_before(world.state, of, t)
    return number


def _as_before(state: Any, of: Moment, t: int) -> None:
    """Nobody of those who decide together has signed or taken the matter up."""
    member, world = state.member, of.given.world
    for i in of.deciders:
        if member.forced[0, i] == FREE:
            if member.signed[0, i]:
                leave(state, world, 0, i, t)
            member.status[0, i], member.taken_up_round[0, i], member.left_round[0, i] = NOT_TAKEN_UP, NEVER, NEVER
    weigh_signatories(state, world, 0)


def implied(share: float, chance: float) -> float:
    """The number of occasions at which a *chance* each time leads to a signature in that *share* of worlds.

    0 where a share of none or all says nothing about it.
    """
    if not 0 < share < 1 or not 0 < chance < 1:
        return 0.0
    return math.log(1 - share) / math.log(1 - chance)


def telling_chance(number: float) -> float:
    """The chance to sign on each of *number* occasions with which one signs in half of all worlds."""
    return 1 - 0.5 ** (1 / number) if number > 0 else 1.0


SIGN, BE_REACHED, STAY_OUT = "sign", "be reached", "stay out"
MOST = 0.5  # of the simulated worlds; a chance of one half


@dataclass(frozen=True)
class Aim:
    """`what`: one of the three above. `chance`: what the chance to sign, when it takes the matter up, has to reach, or
    to fall below for staying out. `occasions`: how often it takes the matter up as long as it has not signed.
    """

    what: str
    chance: float
    occasions: float

    def met(self, chance: float) -> bool:
        """Whether a *chance* to sign is on the other side."""
        return chance < self.chance if self.what == STAY_OUT else chance >= self.chance

    def in_most(self, share: float) -> bool:
        """Whether a *share* of worlds signed by the end is on the other side of one half."""
        return share < MOST if self.what == STAY_OUT else share > MOST


def aim(of: Moment, share_signed: float, chance: float, replicates: int, seed: int, workers: int | None) -> Aim:
    """What would be another decision for somebody who signs in *share_signed* of the worlds by the end, and with this
    *chance* when it takes the matter up in the round that is explained.

    Who signs in most worlds could stay out. Who does not could come to sign; or, where its chance is one half or more
    already, be reached. Its chance differs between rounds, so beside the occasions themselves their number counts that
    its record implies; the more demanding of the two holds, and nothing more than one half is asked.
    """
    counted = occasions(of, replicates, seed, workers)
    recorded = implied(share_signed, chance)
    if share_signed > MOST:
        number = max(counted, recorded)
        return Aim(STAY_OUT, telling_chance(number), number)
    if chance >= MOST:
        return Aim(BE_REACHED, MOST, counted)
    number = min(counted, recorded or counted)
    return Aim(SIGN, min(MOST, telling_chance(number)), number)


@dataclass(frozen=True, eq=False)
class Case:
    """One explanation's scenario, round, worlds and aim; `share_signed` and `taken_up_round` [worlds] by the end."""

    scenario: Scenario
    of: Moment
    asked: Asked
    weighed: Weighing
    aim: Aim
    share_signed: float
    taken_up_round: np.ndarray[Any, Any]
    replicates: int
    seed: int
    workers: int | None

    @property
    def keeps_out(self) -> bool:
        """Whether a change is sought that would keep it out."""
        return self.aim.what == STAY_OUT

    @property
    def reasons_matter(self) -> bool:
        """Whether other motives could turn it: not where it would sign anyway and is only not reached."""
        return self.aim.what in (SIGN, STAY_OUT)

    @property
    def not_reached(self) -> bool:
        """Whether it could come to sign, but does not take the matter up in most worlds."""
        return self.aim.what == SIGN and float(np.mean(self.taken_up_round == NEVER)) > MOST

    @cached_property
    def terms(self) -> Array:
        """[motives] of the deciders in one world, before any change."""
        return self.of.terms()

    def with_terms(self, terms: Array) -> Array:
        """[worlds, motives] what is weighed where the contributions of one world become *terms*.

        Only those motives may move that are the same in all worlds.
        """
        return np.where(terms != self.terms, terms, self.weighed.together)

    def chance(self, together: Array) -> float:
        """The chance to sign, when the matter is taken up, for contributions [worlds, motives]."""
        return self.of.chance(added_up(together))

    def way(
        self,
        steps: int,
        described: Callable[[int], Change],
        weighed: Callable[[int], Array],
        turns: Callable[[int], bool] | None = None,
    ) -> Way:
        """A way that turns the decision, where *turns* does not say it, by what is weighed."""
        return Way(steps, described, weighed, turns or (lambda step: self.aim.met(self.chance(weighed(step)))))

    def taken(self, way: Way, step: int) -> Change:
        """The change of a *step*, with what the deciders then weigh."""
        together = way.weighed(step)
        before, after = self.weighed.means_together, mean_of_worlds(together)
        moved = {NAMES[m]: (float(before[m]), float(after[m])) for m in range(len(NAMES)) if before[m] != after[m]}
        return replace(way.described(step), value=float(added_up(after)), chance=self.chance(together), moved=moved)

    def share_with(self, table: Mapping[str, Any], progress: Progress | None = None) -> float:
        """The share of worlds in which it has signed by the end when the scenario says *table* too, same luck."""
        given = Setting.from_scenario(self.scenario.with_table(table, "explain"))
        worlds = simulate(
            given, self.replicates, self.seed, SignaturesAlone(),
            rule=self.of.rule, workers=self.workers, progress=progress,
        )  # fmt: skip
        return float(np.mean(worlds.signed[:, self.asked.index]))
