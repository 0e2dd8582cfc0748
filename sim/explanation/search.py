"""The search for the smallest change of a family that turns a decision: guessed from the round that
is explained, then simulated, rung by rung, until the worlds decide. What it yields is then judged
in worlds that did not choose it (sim/explanation/judging.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.experiments.outcomes import Array
from sim.explanation.change import Change, Way
from sim.explanation.decision import Decision
from sim.explanation.footing import footing
from sim.explanation.question import LEAST_MOVE
from sim.explanation.resampling import DECIDED, interval
from sim.explanation.weighing import mean_of_worlds, sum_of_terms
from sim.motives import NAMES
from sim.number_formats import count, points
from sim.threads import Progress

NO_MOTIVE = "no motive that has a weight here looks at it"
REACHING = (
    "outreach",
    "capacity",
)  # families that make a stakeholder decide, though its motives may stay the same
WITHIN_LUCK = {"forum": "no convenor who would sign itself"}  # else nothing of this kind
UNNAMED = {"forum": "another state convenes"}  # what was tried where it is not to be named
LUCK, SMALL = (
    " moves it more than luck does",
    f" is shown to move it by {count(100 * LEAST_MOVE)} points or more",
)
NO_EFFECT = "no effect beyond luck"
MOST_RUNGS = 5  # that are simulated of one family


@dataclass(frozen=True)
class Finding:
    """The *change* that a family has to offer, and for each sample of worlds how large it has to be
    to turn the decision: a share of its range, above 1 where none does, the more the farther the
    largest is from it.
    """

    change: Change
    need: Array


def search(decision: Decision, ways: list[Way], progress: Progress | None) -> Finding:
    """What the *ways* of a family have to offer: of those on which an answer may rest; of the
    others where none of these moves the decision beyond luck, and far enough to be called a move.
    """
    leaning = [(way, _may_rest_on(decision, way)) for way in ways]
    clear = [way for way, may in leaning if may]
    others = [way for way, may in leaning if not may]
    if not clear or not others:
        return _search(decision, ways, progress)
    finding = _search(decision, clear, progress)
    change = finding.change
    return finding if change.moves and change.is_large_move else _search(decision, others, None)


def _may_rest_on(decision: Decision, way: Way) -> bool:
    """Whether the weight on which *way* leans is told from zero, and the record can bear it as far
    as is guessed.
    """
    change = weigh(decision, way, way.least_guess or way.rungs)
    return footing(decision, change).told_from_zero and decision.can_be_borne(change.change or {})


def _search(decision: Decision, ways: list[Way], progress: Progress | None) -> Finding:
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
            return Finding(none_of(decision, way.change(rung).family, NO_MOTIVE), _never(decision))
    return _Ladder(decision, way, progress).climb(rung)


def without_luck(decision: Decision, change: Change) -> Change:
    """*change*, or none of its family where it moves the share no more than luck does: of a
    stakeholder that is hardly reached it may still tell what would count once it is, but no
    convenor is named for that, nor for a small move, nor for one that other weights do not bear
    out.
    """
    is_convenor, gain = change.family in WITHIN_LUCK, change.gain_of_weights
    is_clear = change.is_large_move and (gain is None or not gain.low <= 0 <= gain.high)
    counts = (change.moves and is_clear) if is_convenor else (change.moves or change.once_reached)
    if change.change is None or counts:
        return change
    words = WITHIN_LUCK.get(change.family, "nothing of this kind") + (
        SMALL if change.moves else LUCK
    )
    return replace(
        none_of(decision, change.family, words),
        share_after=change.share_after, low=change.low, high=change.high, basis=change.basis,
        told_from_zero=change.told_from_zero, borne=change.borne,
        without_effect=UNNAMED.get(change.family, change.in_short),
        verdict_in_words=_small(change) if change.moves else NO_EFFECT,
    )  # fmt: skip


def _small(change: Change) -> str:
    """How far a *change* moves the share that is not to be named for it."""
    return (
        f"{'not shown to move' if change.is_large_move else 'hardly moves'} it"
        f" ({points(change.points, 0)})"
    )


def none_of(decision: Decision, family: str, words: str) -> Change:
    """No change of a *family*, and why in *words*."""
    return Change(family, words, share_before=decision.share_signed)


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

    def climb(self, rung: int) -> Finding:
        """The smallest rung that turns the decision, beginning with this one."""
        decision, way = self.decision, self.way
        reaches = way.change(rung).family in REACHING
        if decision.not_reached and not reaches and not self._turns(rung):
            return self._finding(rung)
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
        return self._finding(rung)

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

    def _finding(self, rung: int) -> Finding:
        self._means(rung)
        gain = self.signed[rung].astype(float) - self.signed[0]
        change = replace(
            weigh(self.decision, self.way, rung),
            moves=is_moved(self.decision, gain),
            share_before=float(np.mean(self.signed[0])),
            share_after=float(np.mean(self.signed[rung])),
        )
        return Finding(change, self._need())

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


def ranked(decision: Decision, findings: list[Finding]) -> list[Change]:
    """The changes of *findings* in order, each with the share of samples in which it is first.
    Those on which an answer may rest come before the others, which are never first; of either those
    that turn the decision by the size that they need, then those that would once the stakeholder is
    reached, then the rest by what they yield. Samples in which nothing has to change tell nothing
    of them.
    """
    if not findings:
        return []
    needs = np.array([finding.need for finding in findings])[:, decision.is_open]
    needs[[not finding.change.is_offered for finding in findings]] = np.inf
    is_found = np.isfinite(needs).any(axis=0)
    firsts = np.argmin(needs, axis=0)
    changes = [
        replace(finding.change, first=float(np.mean((firsts == k) & is_found)))
        for k, finding in enumerate(findings)
    ]
    middles = [float(np.median(finding.need)) for finding in findings]

    def place(k: int) -> tuple[bool, bool, bool, float]:
        change = changes[k]
        return not change.is_offered, not change.turns, not change.once_reached, middles[k]

    return [changes[k] for k in sorted(range(len(changes)), key=place)]


def first_of(changes: list[Change]) -> list[Change]:
    """Those of *changes* that may be the smallest: one where it stays first in nine of ten samples,
    else as many as it takes for that, which cannot be told apart. None where nothing moves the
    decision beyond luck.
    """
    first: list[Change] = []
    for change in sorted(
        (each for each in changes if each.moves), key=lambda change: -change.first
    ):
        if change.first == 0 or sum(each.first for each in first) >= DECIDED:
            break
        first.append(change)
    return first
