"""A decision of a stakeholder, the target that would be another decision, and the inputs of the
search for a change.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.arrays import FREE, NEVER, NOT_TAKEN_UP
from sim.engine.membership import leave, weigh_signatories
from sim.experiments.basis import basis_of_signing
from sim.experiments.outcomes import Array
from sim.experiments.simulate import EachReplicate, Replicate, worlds_of
from sim.explanation.question import (
    LEAST_MOVE,
    MOST,
    ROUNDING,
    Question,
    Subject,
    is_large,
    share_sought,
)
from sim.explanation.trial import Interval, Trial
from sim.explanation.weighing import TAKING_UP, Moment, Weighing, sum_of_terms
from sim.findings import EXTRAPOLATED
from sim.request import Request
from sim.scenario import Scenario
from sim.scenario.text_weights import weights_for
from sim.scenario.weights import FittedWeight

WORLDS = 40  # occasions differ little between worlds


def occasions(moment: Moment, by: int, request: Request) -> float:
    """How many times, on average, the stakeholder takes the matter up until round *by* is over, if
    its signatures are undone at once.

    Only the stages *events* and *deliberate* are played, as taking up depends on nothing else.
    """
    some = replace(request, replicates=min(request.replicates, WORLDS))
    observe = EachReplicate(partial(_occasions, moment), in_one_state=True)
    numbers: list[int] = worlds_of(some, moment.setting.until(by), observe)
    return sum(numbers) / some.replicates


def _occasions(moment: Moment, world: Replicate) -> int:
    """The number of occasions in one replicate."""
    number = 0
    for t in world.rounds:
        world.play(t, TAKING_UP)
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
            member.status[0, i], member.taken_up_round[0, i], member.left_round[0, i] = (
                NOT_TAKEN_UP,
                NEVER,
                NEVER,
            )
    weigh_signatories(state, world, 0)


def implied_occasions(share: float, chance: float) -> float:
    """The number of occasions that leads to a signature in this *share* of worlds, with this
    *chance* on each.

    0 where the share or the chance is 0 or 1, which implies no number.
    """
    if not 0 < share < 1 or not 0 < chance < 1:
        return 0.0
    return math.log(1 - share) / math.log(1 - chance)


def chance_for(share: float, number: float) -> float:
    """The chance to sign on each of *number* occasions that leads to a signature in this *share* of
    all worlds.
    """
    return 1 - (1 - share) ** (1 / number) if number > 0 else 1.0


SIGN, BE_REACHED, STAY_OUT = "sign", "be reached", "stay out"


@dataclass(frozen=True)
class Target:
    """The decision that a change should bring about. `action`: one of the three above. `share`: of
    the worlds, to rise above or, for staying out, to fall below. `chance`: likewise the chance to
    sign when it takes the matter up, to reach. `occasions`: how often it takes the matter up by the
    date while it has not signed.
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

    def turns(self, shares: Array, before: Array) -> NDArray[np.bool_]:
        """Whether each of *shares* meets the target and is a large move from the share *before*."""
        return np.asarray(self.has_shares(shares) & is_large(before, shares))

    def bound(self, before: Array) -> Array:
        """Which share a change has to reach to turn the decision, from the share *before*."""
        if self.keeps_out:
            return np.minimum(self.share, before - LEAST_MOVE)
        return np.maximum(self.share, before + LEAST_MOVE)

    def holds_all(self, shares: Interval) -> bool:
        """Whether both ends of *shares* meet the target."""
        return bool(self.has_shares(np.array(shares)).all())

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        return {
            "what": self.action,
            "share": self.share,
            "chance": self.chance,
            "occasions": self.occasions,
        }


def target_decision(
    moment: Moment,
    question: Question,
    share_signed: float,
    chance: float,
    request: Request,
) -> Target | None:
    """The decision that answers the *question* for a stakeholder that signs in *share_signed* of
    the worlds by its date, and with this *chance* when it takes the matter up in the round that is
    explained; None where it is made in nearly all worlds already.

    It is to stay out, to sign or, where its chance is as high as the share that is sought, to be
    reached. As the chance differs between rounds, both the simulated number of occasions and the
    one implied by the share count: the more demanding holds, but no chance above the share that is
    sought is required.
    """
    share = share_sought(question.aim, share_signed)
    if share is None:
        return None
    simulated = occasions(moment, question.by, request)
    implied = implied_occasions(share_signed, chance)
    if question.keeps_out:
        number = max(simulated, implied)
        return Target(STAY_OUT, share, chance_for(share, number), number)
    if chance >= share:
        return Target(BE_REACHED, share, share, simulated)
    number = min(simulated, implied or simulated)
    return Target(SIGN, share, min(share, chance_for(share, number)), number)


class KnownWeights(NamedTuple):
    """What is known of the fitted weights, and of those that many instruments have in common, by
    dial.
    """

    fitted: Mapping[str, FittedWeight]
    common: Mapping[str, FittedWeight]


ERRORS = 2  # standard errors of a share in the worlds that judge a change


@dataclass(frozen=True, eq=False)
class Decision:
    """All inputs of the search for a change: scenario, round, question, target, and the *trial*:
    the worlds in which it is counted who signs by the date of the question; `taken_up_round`
    [worlds] of the stakeholder. `margin`: how far beyond the target a share has to be where a
    change is chosen, so that other worlds, which judge it, seldom take it back; `level`: the share
    of these other worlds in which it signs before any change.
    """

    scenario: Scenario
    moment: Moment
    subject: Subject
    question: Question
    weighing: Weighing
    target: Target
    trial: Trial
    taken_up_round: np.ndarray[Any, Any]
    margin: float = 0.0
    level: float | None = None

    def elsewhere(self, most: int) -> Decision:
        """The same decision, counted in at most so many worlds of other luck, from which a change
        is to be chosen.
        """
        sought = self.target.share
        error = math.sqrt(sought * (1 - sought) / self.trial.replicates)
        room = sought if self.keeps_out else 1 - sought
        margin = min(ERRORS * error, room / 2)
        return replace(
            self, trial=self.trial.elsewhere(most), margin=margin, level=self.share_signed
        )

    def means(self, signed: NDArray[np.bool_]) -> Array:
        """[samples] the share of worlds in which it has *signed* after a change, corrected by how
        far the worlds that judge are from these before the change (a control variate).
        """
        return self.trial.samples.means(signed) + self._correction(signed)

    def share(self, signed: NDArray[np.bool_]) -> float:
        """The same of the worlds as they are, in [0, 1]."""
        return min(1.0, max(0.0, float(np.mean(signed)) + self._correction(signed)))

    def _correction(self, signed: NDArray[np.bool_]) -> float:
        before = self.trial.signed
        if self.level is None or not before.any() or before.all():
            return 0.0
        slope = float(np.cov(signed, before, bias=True)[0, 1] / before.var())
        return slope * (self.level - float(before.mean()))

    def seems_to_turn(self, signed: NDArray[np.bool_]) -> bool:
        """Whether the share of worlds in which it has *signed* is beyond the target by the margin,
        and far from the share before the change.
        """
        share, before = float(self.means(signed).mean()), self.share_before
        safe = share + self.margin if self.keeps_out else share - self.margin
        room = before if self.keeps_out else 1 - before
        gain = abs(share - before) - min(self.margin, max(0.0, (room - LEAST_MOVE) / 2))
        return bool(self.target.has_shares(np.array(safe)) and gain >= LEAST_MOVE - ROUNDING)

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
        """Whether the target is to sign, but by the date it takes the matter up in too few
        worlds.
        """
        return (
            self.target.action == SIGN
            and float(np.mean(self.taken_up_round > self.question.by)) > MOST
        )

    @property
    def share_signed(self) -> float:
        """The share of worlds in which it is a signatory at the date."""
        return self.trial.share_signed

    @property
    def share_before(self) -> float:
        """The same in the worlds that judge a change, before any."""
        return self.share_signed if self.level is None else self.level

    @cached_property
    def is_open(self) -> NDArray[np.bool_]:
        """[samples] whether something has to change in them; all, where none tells."""
        is_open = np.asarray(~self.target.has_shares(self.means(self.trial.signed)))
        return is_open if is_open.any() else np.ones_like(is_open)

    @cached_property
    def terms(self) -> Array:
        """[motives] of the deciders in one world, before any change."""
        return self.moment.terms()

    def with_terms(self, terms: Array) -> Array:
        """[worlds, motives] the contributions with those of one world, *terms*, where these differ
        from before.

        Only motives that are the same in all worlds may differ. Where each world has its own
        weights, all move as far as the one does under the fitted weights.
        """
        if len(self.moment.setting.draws):
            return self.weighing.together + (terms - self.terms)
        return np.where(terms != self.terms, terms, self.weighing.together)

    def chance(self, contributions: Array) -> float:
        """The chance to sign, when the matter is taken up, for *contributions* [worlds, motives] of
        the deciders.
        """
        return self.moment.chance(sum_of_terms(contributions))

    def with_table(self, table: Mapping[str, Any]) -> Scenario:
        """The scenario with *table* added to it."""
        return self.trial.signings.with_table(table)

    @cached_property
    def weights(self) -> dict[str, float]:
        """Dial -> weight that holds for the code of the scenario."""
        return weights_for(self.scenario.code, self.scenario.weights_file)

    @cached_property
    def known_weights(self) -> KnownWeights:
        """The weights in the file of the scenario, which no change of a table replaces."""
        scenario = self.scenario
        return KnownWeights(
            {weight.name: weight for weight in scenario.fitted()},
            {weight.name: weight for weight in scenario.common()},
        )

    def can_be_borne(self, table: Mapping[str, Any]) -> bool:
        """Whether the record can bear *table*: with it the scenario is no farther from the register
        than without, and no other state convenes.
        """
        is_farther = "code" in table or not self.scenario.is_extrapolated
        return basis_of_signing(self.with_table(table)) != EXTRAPOLATED or not is_farther
