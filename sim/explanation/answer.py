"""The answer to what would bring a stakeholder in, or keep it out: one change where one is told
apart as the smallest, else those that tie. It rests on no weight that is not told from zero, and on
nothing that the record cannot bear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.experiments.basis import basis_of_signing, furthest
from sim.explanation.decision import Decision, Target
from sim.explanation.levers import TEXT, Change, Doubt
from sim.explanation.question import MOST, Judgement, share_sought
from sim.explanation.search import AllChanges, is_enough_by_other_weights
from sim.explanation.standing import Standing
from sim.explanation.trial import DECIDED, Interval
from sim.findings import WHAT_IF
from sim.scenario import Scenario

NEARLY_ALL_SAMPLES = 0.99  # in which a change is first that is far ahead


@dataclass(frozen=True, eq=False)
class AnswerFindings:
    """What is found about the question on *standing*: the *changes* that were tried to reach the
    *target*, those of them that the answer `named`, and whether these turn the decision (`turns`).
    Without a target nothing is sought. *scenarios*: those that the answer is about, the first
    before any change; *worlds*: in which a first estimate was made, 0 of an answer.
    """

    standing: Standing
    is_asked: bool  # whether somebody asked for this aim
    scenarios: tuple[Scenario, ...]
    target: Target | None = None
    changes: tuple[Change, ...] = ()
    named: tuple[Change, ...] = ()
    turns: bool = False
    worlds: int = 0

    @property
    def basis(self) -> str:
        """What the answer rests on, its weakest part."""
        bases = [basis_of_signing(each) for each in self.scenarios]
        return bases[0] if self.target is None else furthest(WHAT_IF, *bases)

    @property
    def first(self) -> Change | None:
        """The one change that turns it and is told apart as the smallest."""
        return self.named[0] if self.turns and len(self.named) == 1 else None

    @property
    def single(self) -> bool:
        """Whether it names one change."""
        return len(self.named) == 1

    # What opens the answer

    @property
    def names_what_turns(self) -> bool:
        """Whether it names changes that are enough, or perhaps."""
        return self.turns or bool(self.named and all(map(self._is_beyond, self.named)))

    def _is_beyond(self, change: Change) -> bool:
        """Whether the share with *change* is one that is sought, be it by luck, after a move that
        is none of luck.
        """
        return change.moves and change.is_large_move and self._is_sought(change.share_after)

    def _is_sought(self, share: float | None) -> bool:
        return self.target is not None and bool(self.target.has_shares(np.array(share)))

    @property
    def misses(self) -> bool:
        """Whether the model has it on the wrong side, and either no other fit has it on the right
        one, or no change is shown to turn the decision: then no change is an answer.
        """
        standing = self.standing
        may_be_right = standing.missed and standing.is_undecided and self.names_what_turns
        return self.target is not None and standing.missed and not may_be_right

    @property
    def opens_with_supposed(self) -> bool:
        """Whether the verdict on what is supposed opens the answer, though more is sought."""
        return self.target is not None and not self.misses and self.standing.leads

    @property
    def opens_with_share(self) -> bool:
        """Whether what is supposed opens it by the share that it yields, which is no verdict."""
        is_told = self.target is None or self.misses or self.opens_with_supposed
        return not is_told and bool(self.standing.supposed) and self.standing.before is not None

    @property
    def tells_of_supposed(self) -> bool:
        """Whether the answer begins with what is supposed."""
        is_all = self.target is None and not self.decides_nothing
        return (is_all and bool(self.standing.supposed)) or (
            self.opens_with_supposed or self.opens_with_share
        )

    @property
    def tells_of_convenor(self) -> bool:
        """Whether the answer is that it convenes the call itself, which nothing would change."""
        standing = self.standing
        return standing.convenes and standing.question.keeps_out and not self.names_what_turns

    @property
    def seeks_nearly_all(self) -> bool:
        """Whether nearly all worlds are sought, and not only most."""
        return self.target is not None and self.target.share != MOST

    @property
    def decides_nothing(self) -> bool:
        """Whether nothing is sought though too few worlds show it: what it decides is supposed."""
        standing = self.standing
        return share_sought(standing.question.aim, standing.share) is not None

    # How sure it is

    def is_sure(self, change: Change) -> bool:
        """Whether *change* is enough under nearly all other weights too."""
        return self.target is None or is_enough_by_other_weights(self.target, change)

    @property
    def verdicts(self) -> tuple[bool, ...]:
        """Whether what is named is enough, or perhaps, in its order: one may be the one and another
        the other.
        """
        return tuple(dict.fromkeys(self.turns and self.is_sure(each) for each in self.named))

    @property
    def is_perhaps(self) -> bool:
        """Whether it names what is perhaps enough."""
        return self.names_what_turns and self.verdicts != (True,)

    @property
    def falls_short(self) -> bool:
        """Whether some other fits do not reach what is sought with a change that is named."""
        return any(
            self.target is not None
            and each.of_weights is not None
            and not self.target.holds_all(each.of_weights)
            for each in self.named
        )

    @property
    def goes_both_ways(self) -> bool:
        """Whether some other fits move it the other way."""
        return not all(map(self.is_sure, self.named))

    @property
    def by_luck(self) -> list[Interval]:
        """Of the changes that are named the shares over worlds drawn again, where what is sought
        lies between them.
        """
        spans = [
            Interval(each.low, each.high)
            for each in self.named
            if each.low is not None and each.high is not None
        ]
        return (
            []
            if self.target is None
            else [each for each in spans if each.low < self.target.share < each.high]
        )

    @property
    def is_beside_other_weights(self) -> bool:
        """Whether other weights were looked for, under each change that is named."""
        return bool(self.named) and all(each.of_weights is not None for each in self.named)

    @property
    def has_mixed_evidence(self) -> bool:
        """Whether it names what turns the decision on evidence that is mixed."""
        return self.names_what_turns and any(
            each.footing.doubt == Doubt.MIXED for each in self.named
        )

    @property
    def ranges_overlap(self) -> bool:
        """Whether the ranges over other weights of the one change that is named, and of the share
        before it, overlap.
        """
        before = self.standing.of_weights
        after = self.named[0].of_weights if len(self.named) == 1 else None
        if before is None or after is None:
            return False
        return before.low < after.high and after.low < before.high

    # What it leaves out

    @property
    def leaves_open(self) -> bool:
        """Whether a change is enough in the model, but rests on what no answer may rest on."""
        return any(each.verdict == Judgement.CANNOT_BE_JUDGED for each in self.changes)

    @property
    def has_weaker(self) -> bool:
        """Whether a change moves it that the register cannot check."""
        return any(each.change and not each.is_offered and each.moves for each in self.changes)

    @property
    def far_moves(self) -> list[Change]:
        """The changes that move it far."""
        return [each for each in self.changes if each.change and each.moves and each.is_large_move]

    @cached_property
    def example(self) -> Change | None:
        """Where none is named, the change that moves it most; None where none moves it far."""
        pick = min if self.standing.question.keeps_out else max
        moving = () if self.named else self.far_moves
        return pick(moving, key=lambda each: each.share_after or 0.0, default=None)

    @property
    def utmost(self) -> tuple[float, Interval | None] | None:
        """The largest share of worlds that was reached, as far as the register can check that, or
        the smallest where it is to stay out, with its range; None where nothing of that moves it,
        and where a move too small to count crosses what is sought.
        """
        side = -1 if self.standing.question.keeps_out else 1
        ends = [
            (each.share_after, each.of_weights)
            for each in self.changes
            if (each.is_offered or not self.leaves_open) and each.share_after is not None
        ]
        width = [0.0 if span is None else span.high - span.low for _, span in ends]
        order = sorted(range(len(ends)), key=lambda k: (side * ends[k][0], width[k]))
        most = ends[order[-1]] if order else None
        if most is None or side * most[0] <= side * self.standing.share:
            return None
        return None if self._is_sought(most[0]) else most

    @property
    def is_text_weak(self) -> bool:
        """Whether what moves it in the text leans on a weight that is not told from zero."""
        return any(
            each.family == TEXT and not each.told_from_zero for each in self.changes if each.change
        )

    @property
    def left_out(self) -> tuple[list[Change], list[Change]]:
        """What would turn the decision, and is no example: by a weight that is not told from zero
        alone, and by an extrapolation.
        """
        turning = [
            each for each in self.changes if each.change and each.turns and each is not self.example
        ]
        return (
            [each for each in turning if not each.told_from_zero],
            [each for each in turning if each.told_from_zero and not each.borne],
        )

    # A first estimate

    @property
    def stands_out(self) -> Change | None:
        """The change that is named which other worlds will hardly take back: it is first in nearly
        all samples, and whatever else an answer may rest on yields less by more than luck.
        """
        return next(filter(self._is_far_ahead, self.named), None) if self.turns else None

    def _is_far_ahead(self, change: Change) -> bool:
        keeps_out = self.standing.question.keeps_out

        def is_behind(other: Change) -> bool:
            low, high = (other.low, change.high) if keeps_out else (change.low, other.high)
            return low is not None and high is not None and low > high

        others = (each for each in self.changes if each.is_offered and each is not change)
        return change.first >= NEARLY_ALL_SAMPLES and all(map(is_behind, others))


def named_of(changes: Sequence[Change]) -> tuple[tuple[Change, ...], bool]:
    """The changes of *changes* that an answer names, and whether they turn the decision: of those
    that do the first; else of those that are perhaps enough, so that no answer says "none" over a
    row that says "perhaps"; else those that come nearest.
    """
    offered = [change for change in changes if change.is_offered]
    turning = first_of([change for change in offered if change.turns])
    perhaps = [change for change in offered if change.verdict == Judgement.PERHAPS]
    return tuple(turning or first_of(perhaps) or perhaps or first_of(offered)), bool(turning)


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


def answer_to(
    decision: Decision, standing: Standing, changes: Sequence[Change], is_asked: bool,
    worlds: int = 0,
) -> AnswerFindings:  # fmt: skip
    """What is found about the question of *decision*, from the *changes* that were tried. The
    answer is about those that it tells of: none where it tells of a miss.
    """
    named, turns = named_of(changes)

    def findings(scenarios: tuple[Scenario, ...]) -> AnswerFindings:
        return AnswerFindings(
            standing, is_asked, scenarios, decision.target, tuple(changes), named, turns, worlds
        )

    alone = findings((decision.scenario,))
    if alone.misses:
        return alone
    told_of = (decision.with_table(each.change or {}) for each in named)
    return findings((decision.scenario, *told_of))


def first_estimate(search: AllChanges, standing: Standing, is_asked: bool) -> AnswerFindings:
    """What is found from what the *search* has so far: no intervals over other weights, and nothing
    of what is enough.
    """
    worlds = search.elsewhere.trial.replicates
    return answer_to(search.decision, standing, search.first, is_asked, worlds)


def no_answer(standing: Standing, is_asked: bool) -> AnswerFindings:
    """What is found where nothing is sought."""
    return AnswerFindings(standing, is_asked, (standing.trial.scenario,))
