"""The answer to what would bring a stakeholder in, or keep it out: one change where one is told apart as the smallest,
else those that tie. It rests on no weight that is not told from zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.explanation.change import Change
from sim.explanation.decision import Decision, Subject, Target
from sim.explanation.levers import text
from sim.explanation.other_weights import UnderOtherWeights, under_other_weights
from sim.explanation.question import MOST, Question, share_sought
from sim.explanation.search import first_of
from sim.facts.names_in_sentences import with_article
from sim.number_formats import NO_BREAK, day, percent, percent_interval


@dataclass(frozen=True)
class Answer:
    """The *question* and the answer in words, at length and as a headline, and the changes that it `named`: the one
    that is first, or all that cannot be told apart; none where nothing moves it. `turns`: whether they turn the
    decision; `aside`: what is not offered as an answer, and why, in words; `enough`: how many worlds are sought, and
    why, in words; `of_weights`: what other weights would give, without the one that is named and with it.
    """

    question: str
    sentence: str
    headline: str
    named: tuple[Change, ...] = ()
    turns: bool = False
    aside: str = ""
    enough: str = ""
    of_weights: UnderOtherWeights | None = None

    @property
    def first(self) -> Change | None:
        """The one change that turns it and is told apart as the smallest."""
        return self.named[0] if self.turns and len(self.named) == 1 else None

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        before, after = self.of_weights or (None, None)
        return {
            "question": self.question, "sentence": self.sentence, "headline": self.headline, "turns": self.turns,
            "aside": self.aside, "enough": self.enough, "weights_before": None if before is None else list(before),
            "weights_after": None if after is None else list(after),
            "first_families": [change.family for change in self.named],
        }  # fmt: skip


def answer_to(decision: Decision, changes: list[Change]) -> Answer:
    """The answer to the question of *decision*, from the *changes* that were found."""
    offered = [change for change in changes if change.told_from_zero]
    turning = first_of([change for change in offered if change.turns])
    named = tuple(turning or first_of(offered))
    of_weights = under_other_weights(decision, named[0]) if len(named) == 1 else None
    return Answer(
        question_in_words(decision.subject, decision.question),
        *_words(decision, named, bool(turning), of_weights),
        named, bool(turning), _aside(changes), _enough(decision.target), of_weights,
    )  # fmt: skip


def no_answer(subject: Subject, question: Question, share: float) -> Answer:
    """The answer on a stakeholder for which nothing is sought, and that has signed in this *share* of worlds."""
    nothing = _nothing(question, share)
    return Answer(question_in_words(subject, question), nothing, nothing)


def question_in_words(subject: Subject, question: Question) -> str:
    """What would bring Kenya in by 12 November 2018?"""
    name, until = with_article(subject.name), day(question.day)
    if question.keeps_out:
        return f"What would keep {name} out until {until}?"
    return f"What would bring {name} in by {until}?"


def _nothing(question: Question, share: float) -> str:
    if share_sought(question.aim, share) is not None:
        return "An event of the scenario decides for it, so nothing is sought."
    state = "stays out until then" if question.keeps_out else "signs by then"
    of = percent(1 - share if question.keeps_out else share)
    return f"Nothing is needed: it {state} in {of} of the worlds as it is."


def _words(
    decision: Decision, named: tuple[Change, ...], turns: bool, of_weights: UnderOtherWeights | None
) -> tuple[str, str]:
    """The answer at length, and as a headline."""
    worlds = f"{'most' if decision.target.share == MOST else 'nearly all'} worlds"
    sought = f"do so in {worlds}"
    if not named:
        why = "they cannot be told apart, as none is shown to move it beyond luck"
        nothing = f"Nothing tried here is shown to {sought}, nor to move it beyond luck"
        return f"None of these is shown to {sought}: {why}.", nothing
    if len(named) > 1:
        which = "The smallest change that would" if turns else f"None of these would {sought}, and which comes nearest"
        short = "; or ".join(change.in_short for change in named)
        of_these = f"One of these {len(named)} would {sought}; which is the smallest"
        lead = of_these if turns else f"Nothing tried here would {sought}; what comes nearest"
        whole = "; or ".join(change.what for change in named)
        return f"{which} cannot be told apart: {whole}.", f"{lead} cannot be told: {short}"
    (change,) = named
    outcome, short = _outcome(change, of_weights, decision), _shares(change, of_weights, decision)
    if not turns:
        whole = f"None of these is shown to {sought}. What comes nearest: {change.what}. {outcome}"
        return whole, f"Nothing tried here is shown to {sought}. Nearest: if {change.in_short}, {short}"
    return f"The smallest change that would: {change.what}. {outcome}", f"If {change.in_short}, {short}"


def _outcome(change: Change, of_weights: UnderOtherWeights | None, decision: Decision) -> str:
    after, before = percent(change.share_after), percent(change.share_before)
    words = f"It has then signed in {after} of the worlds ({_span(change.low, change.high)} by {_luck(decision)})"
    if of_weights is None:
        return f"{words} instead of {before}."
    then, now = _span(*of_weights.after), _span(*of_weights.before)
    return f"{words} instead of {before}; under other weights that the data leave possible, {then} instead of {now}."


def _shares(change: Change, of_weights: UnderOtherWeights | None, decision: Decision) -> str:
    after, before = percent(change.share_after), percent(change.share_before)
    spans = f"{_span(change.low, change.high)} by {_luck(decision)}"
    if of_weights:
        spans = f"{_span(*of_weights.after)}, not {_span(*of_weights.before)}, with the weights’ uncertainty"
    return f"it has signed in {after} of worlds, not {before} ({spans})"


def _span(low: float | None, high: float | None) -> str:
    return percent_interval(low, high, between=f"{NO_BREAK}to{NO_BREAK}")


def _luck(decision: Decision) -> str:
    return "other luck, each world with weights of its own" if decision.scenario.draws else "other luck alone"


def _aside(changes: list[Change]) -> str:
    """That nothing in the text is shown to move it where what would leans on a weight that is not told from zero, and
    what would turn the decision by such a weight alone.
    """
    weak = [change for change in changes if change.change and not change.told_from_zero]
    sentences = ["Nothing in the text is shown to move it."] if any(each.family == text.FAMILY for each in weak) else []
    turning = [each.in_short for each in weak if each.turns]
    if turning:
        lean = "it leans on a weight" if len(turning) == 1 else "they lean on weights"
        sentences.append(f"Not offered, as {lean} not told from zero: {'; '.join(turning)}.")
    return " ".join(sentences)


def _enough(target: Target) -> str:
    """How many worlds are sought, and why so many."""
    if target.keeps_out:
        if target.share == MOST:
            return f"Enough is fewer than {percent(MOST)} of the worlds: it then stays out in most."
        few = percent(target.share)
        return f"It stays out in most worlds as it is, so enough is fewer than {few}: it then does in nearly all."
    if target.share == MOST:
        return f"Enough is more than {percent(MOST)} of the worlds: it then signs in most."
    many = percent(target.share)
    return f"It signs in most worlds as it is, so enough is more than {many}: it then does in nearly all."
