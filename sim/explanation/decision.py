"""A decision of a stakeholder, the target that would be another decision, and the inputs of the search for a change."""

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
from sim.experiments.simulate import EachReplicate, Replicate, Setting, SignaturesAlone, simulate
from sim.experiments.threads import Progress
from sim.explanation.weighing import DELIBERATE, EVENTS, Moment, Weighing, sum_of_terms
from sim.scenario import Scenario


@dataclass(frozen=True)
class Subject:
    """The stakeholder that is explained: id, name, kind, place in the population, and the round in which it
    deliberates.
    """

    who: str
    name: str
    kind: str
    index: int
    round: int


WORLDS = 40  # occasions differ little between worlds


def occasions(moment: Moment, replicates: int, seed: int, workers: int | None) -> float:
    """How many times, on average, the stakeholder takes the matter up in a run if its signatures are undone at once.

    Only the stages *events* and *deliberate* are played, as taking up depends on nothing else.
    """
    number = min(replicates, WORLDS)
    observe = EachReplicate(partial(_occasions, moment))
    numbers: list[int] = simulate(moment.setting, number, seed, observe, rule=moment.rule, workers=workers)
    return sum(numbers) / number


def _occasions(moment: Moment, world: Replicate) -> int:
    """The number of occasions in one replicate."""
    number = 0
    for t in world.rounds:
        world.play(t, EVENTS)
        world.play(t, DELIBERATE)
        number += int(world.state.member.taken_up_round[0, moment.index] == t)
        _undo_signatures(world.state, moment, t)
    return number


def _undo_signatures(state: Any, moment: Moment, t: int) -> None:
    """Undo signatures and taking up of all who decide together."""
    member, world = state.member, moment.setting.population_arrays
    for i in moment.deciders:
        if member.forced[0, i] == FREE:
            if member.signed[0, i]:
                leave(state, world, 0, i, t)
            member.status[0, i], member.taken_up_round[0, i], member.left_round[0, i] = NOT_TAKEN_UP, NEVER, NEVER
    weigh_signatories(state, world, 0)


def implied_occasions(share: float, chance: float) -> float:
    """The number of occasions that leads to a signature in this *share* of worlds, with this *chance* on each.

    0 where the share or the chance is 0 or 1, which implies no number.
    """
    if not 0 < share < 1 or not 0 < chance < 1:
        return 0.0
    return math.log(1 - share) / math.log(1 - chance)


def chance_for_half(number: float) -> float:
    """The chance to sign on each of *number* occasions that leads to a signature in half of all worlds."""
    return 1 - 0.5 ** (1 / number) if number > 0 else 1.0


SIGN, BE_REACHED, STAY_OUT = "sign", "be reached", "stay out"
MOST = 0.5  # of the simulated worlds; a chance of one half


@dataclass(frozen=True)
class Target:
    """The decision that a change should bring about. `action`: one of the three above. `chance`: the threshold for the
    chance to sign when it takes the matter up, to reach or, for staying out, to fall below. `occasions`: how often it
    takes the matter up while it has not signed.
    """

    action: str
    chance: float
    occasions: float

    def has_chance(self, chance: float) -> bool:
        """Whether a *chance* to sign meets the target."""
        return chance < self.chance if self.action == STAY_OUT else chance >= self.chance

    def has_share(self, share: float) -> bool:
        """Whether a *share* of worlds signed by the end meets the target."""
        return share < MOST if self.action == STAY_OUT else share > MOST

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        return {"what": self.action, "chance": self.chance, "occasions": self.occasions}


def target_decision(
    moment: Moment, share_signed: float, chance: float, replicates: int, seed: int, workers: int | None
) -> Target:
    """The opposite decision for a stakeholder that signs in *share_signed* of the worlds by the end, and with this
    *chance* when it takes the matter up in the round that is explained.

    If it signs in most worlds, the target is to stay out. Otherwise it is to sign or, where its chance is one half or
    more already, to be reached. As the chance differs between rounds, both the simulated number of occasions and the
    one implied by the share count: the more demanding holds, but no chance above one half is required.
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
    """All inputs of the search for a change: scenario, round, worlds and target; `share_signed` and `taken_up_round`
    [worlds] by the end.
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
        """Whether the target is to stay out."""
        return self.target.action == STAY_OUT

    @property
    def motives_matter(self) -> bool:
        """Whether a change of motives could turn it: not where it only has to be reached."""
        return self.target.action in (SIGN, STAY_OUT)

    @property
    def not_reached(self) -> bool:
        """Whether the target is to sign, but it takes the matter up in too few worlds."""
        return self.target.action == SIGN and float(np.mean(self.taken_up_round == NEVER)) > MOST

    @cached_property
    def terms(self) -> Array:
        """[motives] of the deciders in one world, before any change."""
        return self.moment.terms()

    def with_terms(self, terms: Array) -> Array:
        """[worlds, motives] the contributions with those of one world, *terms*, where these differ from before.

        Only motives that are the same in all worlds may differ. Where each world has its own weights, all move as far
        as the one does under the fitted weights.
        """
        if len(self.moment.setting.draws):
            return self.weighing.together + (terms - self.terms)
        return np.where(terms != self.terms, terms, self.weighing.together)

    def chance(self, contributions: Array) -> float:
        """The chance to sign, when the matter is taken up, for *contributions* [worlds, motives] of the deciders."""
        return self.moment.chance(sum_of_terms(contributions))

    def with_table(self, table: Mapping[str, Any]) -> Scenario:
        """The scenario with *table* added to it."""
        return self.scenario.with_table(table, "explain")

    def share_under(self, scenario: Scenario, progress: Progress | None = None) -> float:
        """The share of worlds signed by the end under another *scenario* and the same draws."""
        setting = Setting.from_scenario(scenario)
        worlds = simulate(
            setting, self.replicates, self.seed, SignaturesAlone(),
            rule=self.moment.rule, workers=self.workers, progress=progress,
        )  # fmt: skip
        return float(np.mean(worlds.signed[:, self.subject.index]))
