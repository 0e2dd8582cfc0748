"""The answer to what would bring a stakeholder in, or keep it out: one change where one is told
apart as the smallest, else those that tie. It rests on no weight that is not told from zero, and on
nothing that the record cannot bear.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sim.experiments.basis import basis_of_signing, furthest, why_not_fitted
from sim.explanation import supposed_words
from sim.explanation.answer_words import Wording
from sim.explanation.change import Change
from sim.explanation.decision import Decision
from sim.explanation.miss import IN_BRACKETS
from sim.explanation.other_weights import gain_under_other_weights, under_other_weights
from sim.explanation.search import first_of
from sim.explanation.sought_words import enough, question_in_words, why_asked
from sim.explanation.standing import Standing
from sim.explanation.untried import untried
from sim.explanation.verdict import PERHAPS, verdict, verdict_in_words
from sim.findings import WHAT_IF
from sim.scenario import Scenario
from sim.scenario.departure import NOT_OBSERVED


@dataclass(frozen=True)
class Answer:
    """The *question* and the answer in words, at length and as a headline, and the changes that it
    `named`: the one that is first, or all that cannot be told apart; none where nothing moves it.

    The headline is the `finding` and, where it has one, the `caveat`, its second sentence, which
    begins with `alone`: how far what is supposed moves it by itself, where more is sought;
    `in_brief`: the finding for the head of a brief; `turns`: whether they turn the decision;
    `lines`: what the headline leaves out, each with its lead, and `follows`, the same in one
    paragraph; `aside`: what the answer leaves out, and why, in words; `untried`: which changes are
    not tried, and why not; `enough`: how many worlds are sought, and why; `why_asked`: why it is
    this question, where nobody asked for it; `basis` and `why`: what the headline rests on, its
    weakest part; `standing`: how the stakeholder stands before any change; `misses`: whether the
    headline is that the model has it on the wrong side, and no change is shown to turn that.
    """

    question: str
    sentence: str
    headline: str
    finding: str
    in_brief: str
    standing: Standing
    basis: str
    why: str
    caveat: str = ""
    alone: str = ""
    named: tuple[Change, ...] = ()
    turns: bool = False
    follows: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    aside: str = ""
    untried: str = ""
    enough: str = ""
    why_asked: str = ""
    misses: bool = False

    @property
    def first(self) -> Change | None:
        """The one change that turns it and is told apart as the smallest."""
        return self.named[0] if self.turns and len(self.named) == 1 else None

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        standing, without = self.standing, self.standing.without
        before = standing.of_weights
        after = self.named[0].of_weights if len(self.named) == 1 else None
        return {
            "question": self.question,
            "sentence": self.sentence,
            "headline": self.headline,
            "finding": self.finding,
            "in_brief": self.in_brief,
            "brackets": f"{IN_BRACKETS}.",
            "caveat": self.caveat,
            "alone": self.alone,
            "misses": self.misses,
            "turns": self.turns,
            "follows": self.follows,
            "lines": [list(line) for line in self.lines],
            "aside": self.aside,
            "untried": self.untried,
            "enough": self.enough,
            "why_asked": self.why_asked,
            "basis": self.basis,
            "why": self.why,
            "supposed": standing.supposed,
            "as_it_is": standing.as_it_is,
            "in_all_fits": standing.is_in_all_fits,
            "without": None if without is None else without.share,
            "weights_without": None
            if without is None or without.of_weights is None
            else list(without.of_weights),
            "weights_before": None if before is None else list(before),
            "weights_after": None if after is None else list(after),
            "first_families": [change.family for change in self.named],
            **supposed_words.as_json(standing),
        }


def named_of(changes: list[Change]) -> tuple[tuple[Change, ...], bool]:
    """The changes of *changes* that an answer names, and whether they turn the decision: of those
    that do the first; else of those that are perhaps enough, so that no answer says "none" over a
    row that says "perhaps"; else those that come nearest.
    """
    offered = [change for change in changes if change.is_offered]
    turning = first_of([change for change in offered if change.turns])
    perhaps = [change for change in offered if change.verdict == PERHAPS]
    return tuple(turning or first_of(perhaps) or perhaps or first_of(offered)), bool(turning)


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

    return [_with_verdict(decision, wider(each)) if each.change else each for each in changes]


def _with_verdict(decision: Decision, change: Change) -> Change:
    judged = replace(change, verdict=verdict(decision.target, change))
    return replace(judged, verdict_in_words=verdict_in_words(decision.target, judged))


def _under_other_weights(decision: Decision, change: Change) -> Change:
    trial = decision.trial.under(decision.with_table(change.change or {}))
    gain = gain_under_other_weights(decision.trial, trial)
    return replace(change, of_weights=under_other_weights(trial), gain_of_weights=gain)


def answer_to(
    decision: Decision, standing: Standing, changes: list[Change], is_asked: bool
) -> Answer:
    """The answer to the question of *decision*, from the *changes* that were found; *is_asked*:
    somebody asked for its aim.
    """
    named, turns = named_of(changes)
    words = Wording(standing, decision.target, named, turns, changes)
    scenarios = [decision.with_table(change.change or {}) for change in words.told_of]
    return Answer(
        question_in_words(standing),
        words.sentence,
        words.headline,
        words.finding,
        words.in_brief,
        standing,
        *what_it_rests_on(decision.scenario, *scenarios),
        words.caveat,
        words.alone,
        named,
        turns,
        words.follows,
        tuple(words.lines),
        words.aside,
        untried(changes),
        enough(standing, decision.target),
        "" if is_asked else why_asked(standing),
        words.opens_with_miss,
    )


def what_it_rests_on(*scenarios: Scenario) -> tuple[str, str]:
    """The basis of an answer from one scenario and those of the changes that it names, and why it
    is no better.
    """
    basis = furthest(WHAT_IF, *(basis_of_signing(each) for each in scenarios))
    return basis, why_not_fitted(*scenarios) or f"What if: one change at a time. {NOT_OBSERVED}"


def no_answer(standing: Standing, is_asked: bool) -> Answer:
    """The answer where nothing is sought."""
    words, scenario = Wording(standing), standing.trial.scenario
    return Answer(
        question_in_words(standing),
        words.headline,
        words.headline,
        words.finding,
        words.in_brief,
        standing,
        basis_of_signing(scenario),
        why_not_fitted(scenario),
        words.caveat,
        follows=words.follows,
        lines=tuple(words.lines),
        why_asked="" if is_asked else why_asked(standing),
    )
