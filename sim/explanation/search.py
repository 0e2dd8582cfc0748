"""The search for the smallest change of each family that turns a decision: guessed from the round
that is explained, then simulated, rung by rung, until the worlds decide; judged in worlds that did
not choose it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.experiments.basis import basis_of_signing
from sim.experiments.outcomes import Array
from sim.explanation.decision import Decision, Target
from sim.explanation.levers import (
    CAPACITY,
    FAMILIES,
    FORUM,
    OUTREACH,
    Change,
    Doubt,
    Family,
    Footing,
    Way,
    Why,
)
from sim.explanation.question import Judgement, is_large
from sim.explanation.standing import price
from sim.explanation.trial import (
    gain_under_other_weights,
    interval,
    is_decided,
    under_other_weights,
)
from sim.explanation.weighing import mean_of_worlds, sum_of_terms
from sim.motives import NAMES, OF_TEXT
from sim.scenario import Scenario
from sim.scenario.text_weights import share_for, weights_for
from sim.scenario.weights import FittedWeight
from sim.threads import Progress, share_of

CHOOSING = 100  # worlds at most, in which a change is looked for
REACHING = (OUTREACH, CAPACITY)  # make a stakeholder decide, though its motives may stay the same
MOST_RUNGS = 5  # that are simulated of one family
BEYOND = 1 + 1e-9  # of its range: what a change needs that does not turn the decision
MOSTLY = 0.5  # share of the common weights from which they are what a change leans on


@dataclass(frozen=True)
class Candidate:
    """The *change* that a family has to offer, and for each sample of worlds how large it has to be
    to turn the decision: a share of its range, above 1 where none does, the more the farther the
    largest is from it.
    """

    change: Change
    need: Array


def search(decision: Decision, ways: list[Way], progress: Progress | None) -> Candidate:
    """What the *ways* of a family have to offer: of those on which an answer may rest; of the
    others where none of these moves the decision beyond luck, and far enough to be called a move.
    """
    leaning = [(way, _may_rest_on(decision, way)) for way in ways]
    clear = [way for way, may in leaning if may]
    others = [way for way, may in leaning if not may]
    if not clear or not others:
        return _search(decision, ways, progress)
    candidate = _search(decision, clear, progress)
    change = candidate.change
    return candidate if change.moves and change.is_large_move else _search(decision, others, None)


def _may_rest_on(decision: Decision, way: Way) -> bool:
    """Whether the weight on which *way* leans is told from zero, and the record can bear it as far
    as is guessed.
    """
    change = weigh(decision, way, way.least_guess or way.rungs)
    return footing(decision, change).told_from_zero and decision.can_be_borne(change.change or {})


def _search(decision: Decision, ways: list[Way], progress: Progress | None) -> Candidate:
    """The change that turns the decision and uses the smallest share of its range; where none does,
    the largest change of the way that comes nearest to it.

    The contributions in one round say where to begin. A change of the whole scenario has further
    effects over time, so it is simulated, and one rung less or more until the worlds decide. For a
    stakeholder that takes the matter up in few worlds only its decision in these counts, unless the
    change reaches it.
    """
    guesses = [(way, way.least_guess) for way in ways]
    likely = [
        (way, rung)
        for way, rung in guesses
        if rung is not None and _acts(weigh(decision, way, rung))
    ]
    sign = 1 if decision.keeps_out else -1

    def by_effect(way: Way, rung: int) -> float:
        return sign * (weigh(decision, way, rung).value or 0.0)

    if likely:
        least = min(way.change(rung).range_used or 0.0 for way, rung in likely)
        nearest = [
            pair for pair in likely if (pair[0].change(pair[1]).range_used or 0.0) <= least + 1e-9
        ]
        way, rung = min(nearest, key=lambda pair: by_effect(*pair))
    else:
        way = min(ways, key=lambda way: by_effect(way, way.rungs))
        rung = way.rungs
        if not _acts(weigh(decision, way, rung)):
            return Candidate(
                none_of(decision, way.change(rung).family, Why.UNMOVED), _never(decision)
            )
    return _Ladder(decision, way, progress).climb(rung)


def without_luck(decision: Decision, change: Change) -> Change:
    """*change*, or none of its family where it moves the share no more than luck does: of a
    stakeholder that is hardly reached it may still tell what would count once it is, but no
    convenor is named for that, nor for a small move, nor for one that other weights do not bear
    out.
    """
    gain = change.gain_of_weights
    is_clear = change.is_large_move and (gain is None or not gain.low <= 0 <= gain.high)
    counts = change.moves or change.once_reached
    if change.family == FORUM:
        counts = change.moves and is_clear
    if change.change is None or counts:
        return change
    return replace(
        none_of(decision, change.family, Why.SMALL if change.moves else Why.LUCK),
        lever=change.lever, share_after=change.share_after, low=change.low, high=change.high,
        basis=change.basis, footing=change.footing, borne=change.borne,
    )  # fmt: skip


def none_of(decision: Decision, family: str, why: Why) -> Change:
    """No change of a *family*, and *why*."""
    return Change(family, why=why, share_before=decision.share_signed)


def weigh(decision: Decision, way: Way, rung: int) -> Change:
    """The change of a *rung*, with the value and the chance that follow from it."""
    contributions = way.contributions(rung)
    before, after = decision.weighing.means_together, mean_of_worlds(contributions)
    motives = {
        NAMES[m]: (float(before[m]), float(after[m]))
        for m in range(len(NAMES))
        if before[m] != after[m]
    }
    chance = decision.chance(contributions)
    return replace(
        way.change(rung), value=float(sum_of_terms(after)), chance=chance, motives=motives
    )


def _acts(change: Change) -> bool:
    """Whether *change* has any effect: it moves a motive, or brings attention."""
    return bool(change.motives) or change.family in REACHING


def is_moved(decision: Decision, gain: Array) -> bool:
    """Whether *gain* [worlds], what a change adds in each, is beyond luck, and towards the
    target.
    """
    gains = interval(decision.trial.samples.means(gain))
    return gains.high < 0 if decision.keeps_out else gains.low > 0


def _never(decision: Decision) -> Array:
    return np.full(decision.trial.samples.means(decision.trial.signed).shape, np.inf)


class _Ladder:
    """The rungs of a way that have been simulated."""

    def __init__(self, decision: Decision, way: Way, progress: Progress | None) -> None:
        self.decision, self.way, self.progress = decision, way, progress
        self.signed: dict[int, NDArray[np.bool_]] = {0: decision.trial.signed}

    def climb(self, rung: int) -> Candidate:
        """The smallest rung that turns the decision, beginning with this one."""
        decision, way = self.decision, self.way
        reaches = way.change(rung).family in REACHING
        if decision.not_reached and not reaches and not self._turns(rung):
            return self._candidate(rung)
        if self._turns(rung):
            while rung > 1 and len(self.signed) <= MOST_RUNGS and self._turns(rung - 1):
                rung -= 1
        else:
            stride = 1
            while rung < way.rungs and not self._turns(rung):
                last = len(self.signed) >= MOST_RUNGS
                rung, stride = way.rungs if last else min(way.rungs, rung + stride), 2 * stride
            while (
                rung > 1
                and len(self.signed) <= MOST_RUNGS
                and self._turns(rung)
                and self._turns(rung - 1)
            ):
                rung -= 1
        return self._candidate(rung)

    def _turns(self, rung: int) -> bool:
        """Whether the worlds seem to turn at this rung."""
        self._means(rung)
        return self.decision.seems_to_turn(self.signed[rung])

    def _means(self, rung: int) -> Array:
        """[samples] the share of worlds signed by the date at this rung."""
        if rung not in self.signed:
            table = self.way.change(rung).change
            assert table is not None
            trial = self.decision.trial.under(self.decision.with_table(table))
            self.signed[rung] = trial.play(self.progress).signed
            self.progress = None
        return self.decision.means(self.signed[rung])

    def _candidate(self, rung: int) -> Candidate:
        self._means(rung)
        gain = self.signed[rung].astype(float) - self.signed[0]
        change = replace(
            weigh(self.decision, self.way, rung),
            moves=is_moved(self.decision, gain),
            share_before=float(np.mean(self.signed[0])),
            share_after=float(np.mean(self.signed[rung])),
        )
        return Candidate(change, self._need())

    def _need(self) -> Array:
        """[samples] the share of the range at which a sample turns, between two rungs along a
        straight line.
        """
        target, rungs = self.decision.target, sorted(self.signed)
        means = {rung: self._means(rung) for rung in rungs}
        before = means[0]
        sizes = {rung: self.way.change(rung).range_used or 0.0 if rung else 0.0 for rung in rungs}
        bound = target.bound(before)
        need = 1 + np.abs(bound - means[rungs[-1]])  # none turns: the nearer, the better
        for low, high in zip(rungs[-2::-1], rungs[:0:-1], strict=True):
            turns, rise = target.turns(means[high], before), means[high] - means[low]
            part = np.clip((bound - means[low]) / np.where(rise == 0, 1.0, rise), 0.0, 1.0)
            between = (
                sizes[low] + (sizes[high] - sizes[low]) * part
                if self.way.matter_of_degree
                else sizes[high]
            )
            need = np.where(
                turns, np.where(target.turns(means[low], before), sizes[low], between), need
            )
        return need


def ranked(decision: Decision, candidates: list[Candidate]) -> list[Change]:
    """The changes of *candidates* in order, each with the share of samples in which it is first.
    Those on which an answer may rest come before the others, which are never first; of either those
    that turn the decision by the size that they need, then those that would once the stakeholder is
    reached, then the rest by what they yield. Samples in which nothing has to change tell nothing
    of them.
    """
    if not candidates:
        return []
    needs = np.array([candidate.need for candidate in candidates])[:, decision.is_open]
    needs[[not candidate.change.is_offered for candidate in candidates]] = np.inf
    is_found = np.isfinite(needs).any(axis=0)
    firsts = np.argmin(needs, axis=0)
    changes = [
        replace(candidate.change, first=float(np.mean((firsts == k) & is_found)))
        for k, candidate in enumerate(candidates)
    ]
    middles = [float(np.median(candidate.need)) for candidate in candidates]

    def place(k: int) -> tuple[bool, bool, bool, float]:
        change = changes[k]
        return not change.is_offered, not change.turns, not change.once_reached, middles[k]

    return [changes[k] for k in sorted(range(len(changes)), key=place)]


def footing(decision: Decision, change: Change) -> Footing:
    """How well the weight of the motive that *change* moves most is known. There is no doubt
    where it moves no motive, its weight was set by hand, or the fit tells it from zero and no other
    text speaks against that.
    """
    if not change.motives or change.change is None:
        return Footing()
    gaps = {motive: abs(after - before) for motive, (before, after) in change.motives.items()}
    motive = max(gaps, key=lambda each: gaps[each])
    dial = f"{decision.subject.kind}_{motive}"
    scenario = decision.with_table(change.change)
    weights, common = decision.known_weights
    if dial not in weights or not _as_fitted(scenario, dial):
        return Footing()
    of_text = OF_TEXT[dial] if dial in common else ""
    others = any(
        _is_clear(each) for name, each in common.items() if of_text and OF_TEXT.get(name) == of_text
    )
    if dial in common and share_for(scenario.code, scenario.weights_file) >= MOSTLY:
        doubt = None if _is_clear(common[dial]) else Doubt.TEXTS
    elif _is_clear(weights[dial]):
        doubt = None if not of_text or others else Doubt.MIXED
    elif others:
        doubt = Doubt.BESIDE
    else:
        doubt = Doubt.NEITHER if of_text else Doubt.REGISTER
    return Footing(doubt, motive, decision.subject.kind, of_text)


def _is_clear(weight: FittedWeight) -> bool:
    """Whether the draws of *weight* keep away from zero; one without draws, at its bound, is clear
    unless it is 0.
    """
    if weight.low is None or weight.high is None:
        return weight.value != 0
    return not weight.low <= 0 <= weight.high


def _as_fitted(scenario: Scenario, dial: str) -> bool:
    """Whether *scenario* has the fitted weight of *dial*, and not one set by hand."""
    fitted: float = weights_for(scenario.code, scenario.weights_file)[dial]
    return bool(scenario.parameters[dial] == fitted)


def judged(decision: Decision, candidate: Candidate) -> Candidate:
    """*candidate* with what its change yields in the worlds of *decision*. One that does not turn
    it in these needs more than its range. In the worlds that chose it that is a first estimate,
    corrected as all that is counted there.
    """
    change = candidate.change
    if change.change is None:
        return replace(candidate, change=replace(change, share_before=decision.share_before))
    scenario, samples = decision.with_table(change.change), decision.trial.samples
    trial = decision.trial.under(scenario)
    means, gain = decision.means(trial.signed), trial.signed.astype(float) - decision.trial.signed
    spread, gains = interval(means), interval(samples.means(gain))
    moves, rests = is_moved(decision, gain), footing(decision, change)
    after = decision.share(trial.signed)
    is_clear = moves and bool(is_large(decision.share_before, after))
    turns = is_clear and is_decided(decision.target.has_shares(means))
    once = not turns and decision.not_reached and decision.target.has_chance(change.chance or 0.0)
    change = replace(
        change,
        turns=turns,
        once_reached=once,
        moves=moves,
        share_before=decision.share_before,
        share_after=after,
        low=spread.low,
        high=spread.high,
        gain_low=gains.low,
        gain_high=gains.high,
        basis=basis_of_signing(scenario),
        footing=rests,
        borne=decision.can_be_borne(change.change),
        price=price(decision.trial, trial, change.change),
    )
    return Candidate(change, candidate.need if turns else np.maximum(candidate.need, BEYOND))


def verdict(target: Target, change: Change) -> Judgement:
    """Whether *change* is enough: only perhaps where luck or other weights may say otherwise. Where
    it rests on what the record cannot bear, or on a weight that is not told from zero, that cannot
    be judged. A small move is none, wherever it ends.
    """
    if not change.is_large_move:
        return Judgement.HARDLY
    is_beyond = bool(target.has_shares(np.array(change.share_after)))
    if not change.turns and not (is_beyond and change.moves and not change.once_reached):
        return Judgement.NOT_ENOUGH
    if not change.is_offered:
        return Judgement.CANNOT_BE_JUDGED
    is_sure = change.turns and is_enough_by_other_weights(target, change)
    return Judgement.ENOUGH if is_sure else Judgement.PERHAPS


def is_enough_by_other_weights(target: Target, change: Change) -> bool:
    """Whether *change* turns the decision under nearly all other weights too, and moves it in the
    same direction.
    """
    if change.of_weights is None:
        return True
    gain = change.gain_of_weights
    moves = gain is None or (gain.high < 0 if target.keeps_out else gain.low > 0)
    return moves and target.holds_all(change.of_weights)


def with_weights(decision: Decision, changes: list[Change]) -> list[Change]:
    """*changes*, with what other weights would give of each, and with their verdicts. Weaker
    evidence for a small move is told without: no weights make an answer of it.
    """
    is_drawn = any(each.change for each in changes) and decision.trial.signed_by_draw is not None

    def wider(each: Change) -> Change:
        return (
            _under_other_weights(decision, each)
            if is_drawn and (each.is_offered or each.is_large_move)
            else each
        )

    target = decision.target
    return [
        replace(each, verdict=verdict(target, each)) if each.change else each
        for each in map(wider, changes)
    ]


def _under_other_weights(decision: Decision, change: Change) -> Change:
    trial = decision.trial.under(decision.with_table(change.change or {}))
    gain = gain_under_other_weights(decision.trial, trial)
    return replace(change, of_weights=under_other_weights(trial), gain_of_weights=gain)


@dataclass(frozen=True, eq=False)
class AllChanges:
    """For each family of levers the smallest change that turns the *decision*, or the largest
    feasible one; none of those families that cannot act here, and why. Each part is computed at its
    first use.
    """

    decision: Decision

    @cached_property
    def elsewhere(self) -> Decision:
        """The same decision in the worlds in which a change is chosen."""
        return self.decision.elsewhere(CHOOSING)

    @cached_property
    def _why_not(self) -> dict[Family, Why]:
        """Family that cannot act here -> why."""
        return {
            family: why for family in FAMILIES if (why := family.why_not(self.decision)) is not None
        }

    @cached_property
    def _ways(self) -> list[list[Way]]:
        """[families] the ways of those that can."""
        return [
            ways
            for family in FAMILIES
            if family not in self._why_not and (ways := family.ways(self.decision))
        ]

    @cached_property
    def candidates(self) -> list[Candidate]:
        """[families] what each has to offer, in the worlds that choose it."""
        return self._choose(None)

    def choose(self, progress: Progress | None) -> None:
        """Computes `candidates`, with reports of progress while each change is simulated."""
        if "candidates" not in self.__dict__:
            self.__dict__["candidates"] = self._choose(progress)

    def _choose(self, progress: Progress | None) -> list[Candidate]:
        number = len(self._ways)
        parts = [share_of(progress, place * CHOOSING, number * CHOOSING) for place in range(number)]
        return [search(self.elsewhere, *each) for each in zip(self._ways, parts, strict=True)]

    @cached_property
    def first(self) -> list[Change]:
        """The changes as the worlds that choose them have them, which simulates nothing more:
        neither intervals over other weights nor verdicts.
        """
        elsewhere = self.elsewhere
        return self._made_first(
            self._in_order([judged(elsewhere, candidate) for candidate in self.candidates])
        )

    @cached_property
    def whole(self) -> list[Change]:
        """The changes as other worlds judge them, with what other weights would give of each. Those
        that turn the decision come first, by the share of their feasible range that they use.
        """
        decision = self.decision
        changes = self._in_order([judged(decision, candidate) for candidate in self.candidates])
        return self._made_first(
            [without_luck(decision, each) for each in with_weights(decision, changes)]
        )

    def _in_order(self, candidates: list[Candidate]) -> list[Change]:
        return [
            without_luck(self.decision, change) for change in ranked(self.elsewhere, candidates)
        ]

    def _made_first(self, changes: list[Change]) -> list[Change]:
        none = [none_of(self.decision, family.name, why) for family, why in self._why_not.items()]
        return [
            *(each for each in changes if each.change),
            *(each for each in changes if not each.change),
            *none,
        ]
