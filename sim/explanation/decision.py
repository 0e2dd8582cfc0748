"""A decision of a stakeholder, the target that would be another decision, and the inputs of the search for a change."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.arguments import place_of
from sim.engine.arrays import FREE, NEVER, NOT_TAKEN_UP
from sim.engine.membership import leave, weigh_signatories
from sim.engine.rule import Rule
from sim.experiments.outcomes import Array
from sim.experiments.simulate import EachReplicate, Replicate, Setting, SignaturesAlone, Worlds, simulate
from sim.experiments.threads import Progress
from sim.explanation.question import MOST, Question, share_sought
from sim.explanation.resampling import Samples
from sim.explanation.weighing import DELIBERATE, EVENTS, Moment, Weighing, sum_of_terms
from sim.kinds_and_statuses import KINDS
from sim.population import Population
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


def subject_of(population: Population, who: str, round_number: int = 0, name: str = "what_happened") -> Subject:
    """*who*, an id in the *population*, as it deliberates in that round. InputError that begins with *name*."""
    index = place_of(population, who, name)
    return Subject(who, population.names[index], KINDS[population.kind[index]], index, round_number)


WORLDS = 40  # occasions differ little between worlds


def occasions(moment: Moment, by: int, replicates: int, seed: int, workers: int | None) -> float:
    """How many times, on average, the stakeholder takes the matter up until round *by* is over, if its signatures are
    undone at once.

    Only the stages *events* and *deliberate* are played, as taking up depends on nothing else.
    """
    number, setting = min(replicates, WORLDS), moment.setting.until(by)
    observe = EachReplicate(partial(_occasions, moment))
    numbers: list[int] = simulate(setting, number, seed, observe, rule=moment.rule, workers=workers)
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


def chance_for(share: float, number: float) -> float:
    """The chance to sign on each of *number* occasions that leads to a signature in this *share* of all worlds."""
    return 1 - (1 - share) ** (1 / number) if number > 0 else 1.0


SIGN, BE_REACHED, STAY_OUT = "sign", "be reached", "stay out"


@dataclass(frozen=True)
class Target:
    """The decision that a change should bring about. `action`: one of the three above. `share`: of the worlds, to rise
    above or, for staying out, to fall below. `chance`: likewise the chance to sign when it takes the matter up, to
    reach. `occasions`: how often it takes the matter up by the date while it has not signed.
    """

    action: str
    share: float
    chance: float
    occasions: float

    @property
    def keeps_out(self) -> bool:
        """Whether it is to stay out."""
        return self.action == STAY_OUT

    def has_chance(self, chance: float) -> bool:
        """Whether a *chance* to sign meets the target."""
        return chance < self.chance if self.keeps_out else chance >= self.chance

    def has_shares(self, shares: Array) -> NDArray[np.bool_]:
        """Whether each of *shares* of worlds signed by the date meets the target."""
        return np.asarray(shares < self.share if self.keeps_out else shares > self.share)

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        return {"what": self.action, "share": self.share, "chance": self.chance, "occasions": self.occasions}


def target_decision(
    moment: Moment,
    question: Question,
    share_signed: float,
    chance: float,
    replicates: int,
    seed: int,
    workers: int | None,
) -> Target | None:
    """The decision that answers the *question* for a stakeholder that signs in *share_signed* of the worlds by its
    date, and with this *chance* when it takes the matter up in the round that is explained; None where it is made in
    nearly all worlds already.

    It is to stay out, to sign or, where its chance is as high as the share that is sought, to be reached. As the chance
    differs between rounds, both the simulated number of occasions and the one implied by the share count: the more
    demanding holds, but no chance above the share that is sought is required.
    """
    share = share_sought(question.aim, share_signed)
    if share is None:
        return None
    simulated = occasions(moment, question.by, replicates, seed, workers)
    implied = implied_occasions(share_signed, chance)
    if question.keeps_out:
        number = max(simulated, implied)
        return Target(STAY_OUT, share, chance_for(share, number), number)
    if chance >= share:
        return Target(BE_REACHED, share, share, simulated)
    number = min(simulated, implied or simulated)
    return Target(SIGN, share, min(share, chance_for(share, number)), number)


@dataclass(frozen=True, eq=False)
class Decision:
    """All inputs of the search for a change: scenario, round, question, worlds and target; `worlds`: who signs in them
    by the date of the question; `taken_up_round` [worlds] of the stakeholder.
    """

    scenario: Scenario
    moment: Moment
    subject: Subject
    question: Question
    weighing: Weighing
    target: Target
    worlds: Worlds
    taken_up_round: np.ndarray[Any, Any]
    replicates: int
    seed: int
    workers: int | None

    @property
    def keeps_out(self) -> bool:
        """Whether the target is to stay out."""
        return self.target.keeps_out

    @property
    def motives_matter(self) -> bool:
        """Whether a change of motives could turn it: not where it only has to be reached."""
        return self.target.action in (SIGN, STAY_OUT)

    @property
    def not_reached(self) -> bool:
        """Whether the target is to sign, but by the date it takes the matter up in too few worlds."""
        return self.target.action == SIGN and float(np.mean(self.taken_up_round > self.question.by)) > MOST

    @cached_property
    def signed(self) -> NDArray[np.bool_]:
        """[worlds] whether it is a signatory at the date."""
        return signed_by(self.worlds, self.subject.index, self.question.by)

    @property
    def share_signed(self) -> float:
        """The share of worlds in which it is."""
        return float(np.mean(self.signed))

    @cached_property
    def samples(self) -> Samples:
        """The worlds, drawn again."""
        return Samples(self.replicates, self.seed)

    @cached_property
    def share_of_each(self) -> Array:
        """[N] the share of worlds in which each one is a signatory at the date."""
        by = self.question.by
        shares: Array = ((self.worlds.signed_round <= by) & (self.worlds.left_round > by)).mean(axis=0)
        return shares

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

    def signed_under(self, scenario: Scenario, progress: Progress | None = None) -> NDArray[np.bool_]:
        """[worlds] whether it is a signatory at the date under another *scenario* and the same draws."""
        worlds = worlds_until(
            Setting.from_scenario(scenario), self.question.by, self.replicates, self.seed, self.moment.rule,
            self.workers, progress,
        )  # fmt: skip
        return signed_by(worlds, self.subject.index, self.question.by)


def worlds_until(
    setting: Setting,
    by: int,
    replicates: int,
    seed: int,
    rule: Rule | None,
    workers: int | None,
    progress: Progress | None = None,
) -> Worlds:
    """Who signs in so many *replicates* of *setting*, played until round *by* is over."""
    return simulate(
        setting.until(by), replicates, seed, SignaturesAlone(), rule=rule, workers=workers, progress=progress
    )


def signed_by(worlds: Worlds, index: int, by: int) -> NDArray[np.bool_]:
    """[worlds] whether the stakeholder *index* is a signatory when round *by* is over."""
    return np.asarray((worlds.signed_round[:, index] <= by) & (worlds.left_round[:, index] > by))
