"""What would count as another decision of a stakeholder, and everything that the search for it looks at."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from sim.engine.arrays import FREE, NEVER, NOT_TAKEN_UP
from sim.engine.membership import leave, weigh_signatories
from sim.experiments.outcomes import Array
from sim.experiments.simulate import EachReplicate, Progress, Replicate, Setting, SignaturesAlone, simulate
from sim.explanation.weighing import DELIBERATE, EVENTS, Moment, Weighing, sum_of_terms
from sim.scenario import Scenario


@dataclass(frozen=True)
class Subject:
    """The stakeholder who is explained, by its id, name, kind and place in the population, and the round in which it
    deliberates.
    """

    who: str
    name: str
    kind: str
    index: int
    round: int


WORLDS = 40  # occasions differ little between worlds


def occasions(moment: Moment, replicates: int, seed: int, workers: int | None) -> float:
    """How many times, on average, the one who is explained takes the matter up when its signature is undone at once.

    In the stages *events* and *deliberate* alone, which is all that taking up depends on.
    """
    number = min(replicates, WORLDS)
    observe = EachReplicate(partial(_occasions, moment))
    numbers: list[int] = simulate(moment.setting, number, seed, observe, rule=moment.rule, workers=workers)
    return sum(numbers) / number


def _occasions(moment: Moment, world: Replicate) -> int:
    """The same, in one replicate."""
    number = 0
    for t in world.rounds:
        world.play(t, EVENTS)
        world.play(t, DELIBERATE)
        number += int(world.state.member.taken_up_round[0, moment.index] == t)
        _undo_signatures(world.state, moment, t)
    return number


def _undo_signatures(state: Any, moment: Moment, t: int) -> None:
    """Nobody of those who decide together has signed or taken the matter up."""
    member, world = state.member, moment.setting.population_arrays
    for i in moment.deciders:
        if member.forced[0, i] == FREE:
            if member.signed[0, i]:
                leave(state, world, 0, i, t)
            member.status[0, i], member.taken_up_round[0, i], member.left_round[0, i] = NOT_TAKEN_UP, NEVER, NEVER
    weigh_signatories(state, world, 0)


def implied_occasions(share: float, chance: float) -> float:
    """The number of occasions at which a *chance* each time leads to a signature in that *share* of worlds.

    0 where a share of none or all says nothing about it.
    """
    if not 0 < share < 1 or not 0 < chance < 1:
        return 0.0
    return math.log(1 - share) / math.log(1 - chance)


def chance_for_half(number: float) -> float:
    """The chance to sign on each of *number* occasions with which one signs in half of all worlds."""
    return 1 - 0.5 ** (1 / number) if number > 0 else 1.0


SIGN, BE_REACHED, STAY_OUT = "sign", "be reached", "stay out"
MOST = 0.5  # of the simulated worlds; a chance of one half


@dataclass(frozen=True)
class Target:
    """The decision that is sought. `action`: one of the three above. `chance`: what the chance to sign, when it takes
    the matter up, has to reach, or to fall below for staying out. `occasions`: how often it takes the matter up as long
    as it has not signed.
    """

    action: str
    chance: float
    occasions: float

    def has_chance(self, chance: float) -> bool:
        """Whether a *chance* to sign is on the side that is sought."""
        return chance < self.chance if self.action == STAY_OUT else chance >= self.chance

    def has_share(self, share: float) -> bool:
        """Whether a *share* of worlds signed by the end is on the side of one half that is sought."""
        return share < MOST if self.action == STAY_OUT else share > MOST

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        return {"what": self.action, "chance": self.chance, "occasions": self.occasions}


def target_decision(
    moment: Moment, share_signed: float, chance: float, replicates: int, seed: int, workers: int | None
) -> Target:
    """What would be another decision for somebody who signs in *share_signed* of the worlds by the end, and with this
    *chance* when it takes the matter up in the round that is explained.

    Who signs in most worlds could stay out. Who does not could come to sign; or, where its chance is one half or more
    already, be reached. Its chance differs between rounds, so beside the occasions themselves their number counts that
    its record implies; the more demanding of the two holds, and nothing more than one half is required.
    """
    simulated = occasions(moment, replicates, seed, workers)
    implied = implied_occasions(share_signed, chance)
    if share_signed > MOST:
        number = max(simulated, implied)
        return Target(STAY_OUT, chance_for_half(number), number)
    if chance >= MOST:
        return Target(BE_REACHED, MOST, simulated)
    number = min(simulated, implied or simulated)
    return Target(SIGN, min(MOST, chance_for_half(number)), number)


@dataclass(frozen=True, eq=False)
class Decision:
    """A decision for which a change is sought: its scenario, round, worlds and target; `share_signed` and
    `taken_up_round` [worlds] by the end.
    """

    scenario: Scenario
    moment: Moment
    subject: Subject
    weighing: Weighing
    target: Target
    share_signed: float
    taken_up_round: np.ndarray[Any, Any]
    replicates: int
    seed: int
    workers: int | None

    @property
    def keeps_out(self) -> bool:
        """Whether a change is sought that would keep it out."""
        return self.target.action == STAY_OUT

    @property
    def motives_matter(self) -> bool:
        """Whether other motives could turn it: not where it would sign anyway and is only not reached."""
        return self.target.action in (SIGN, STAY_OUT)

    @property
    def not_reached(self) -> bool:
        """Whether it could come to sign, but does not take the matter up in most worlds."""
        return self.target.action == SIGN and float(np.mean(self.taken_up_round == NEVER)) > MOST

    @cached_property
    def terms(self) -> Array:
        """[motives] of the deciders in one world, before any change."""
        return self.moment.terms()

    def with_terms(self, terms: Array) -> Array:
        """[worlds, motives] the contributions where those of one world become *terms*.

        Only those motives may move that are the same in all worlds.
        """
        return np.where(terms != self.terms, terms, self.weighing.together)

    def chance(self, contributions: Array) -> float:
        """The chance to sign, when the matter is taken up, for *contributions* [worlds, motives] of the deciders."""
        return self.moment.chance(sum_of_terms(contributions))

    def share_with(self, table: Mapping[str, Any], progress: Progress | None = None) -> float:
        """The share of worlds in which it has signed by the end when the scenario says *table* too, same draws."""
        setting = Setting.from_scenario(self.scenario.with_table(table, "explain"))
        worlds = simulate(
            setting, self.replicates, self.seed, SignaturesAlone(),
            rule=self.moment.rule, workers=self.workers, progress=progress,
        )  # fmt: skip
        return float(np.mean(worlds.signed[:, self.subject.index]))
