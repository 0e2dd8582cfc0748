"""The answer to what would bring a stakeholder in, or keep it out: one change where one is told apart as the smallest,
else those that tie.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.explanation.change import Change
from sim.explanation.decision import Subject, Target
from sim.explanation.question import MOST, Question, share_sought
from sim.explanation.search import first_of
from sim.explanation.summary import with_article
from sim.number_formats import NO_BREAK, TO, day, percent, percent_interval


@dataclass(frozen=True)
class Answer:
    """The *question* and the answer in words, at length and as a headline, and the changes that it `named`: the one
    that is first, or all that cannot be told apart; none where nothing moves it. `turns`: whether they turn the
    decision.
    """

    question: str
    sentence: str
    headline: str
    named: tuple[Change, ...]
    turns: bool

    @property
    def first(self) -> Change | None:
        """The one change that turns it and is told apart as the smallest."""
        return self.named[0] if self.turns and len(self.named) == 1 else None

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        return {
            "question": self.question, "sentence": self.sentence, "headline": self.headline, "turns": self.turns,
            "first_families": [change.family for change in self.named],
        }  # fmt: skip


def answer_to(
    subject: Subject, question: Question, target: Target | None, share: float, changes: list[Change]
) -> Answer:
    """The answer to *question* on a stakeholder that has signed by its date in this *share* of worlds."""
    text = question_in_words(subject, question)
    if target is None:
        nothing = _nothing(question, share)
        return Answer(text, nothing, nothing, (), False)
    turning = first_of([change for change in changes if change.turns])
    named = tuple(turning or first_of(changes))
    return Answer(text, *_words(target, named, bool(turning)), named, bool(turning))


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


def _words(target: Target, named: tuple[Change, ...], turns: bool) -> tuple[str, str]:
    """The answer at length, and as a headline."""
    worlds = f"{'most' if target.share == MOST else 'nearly all'} worlds"
    sought = f"do so in {worlds}"
    if not named:
        none = f"None of these would {sought}: they cannot be told apart, as none moves it beyond luck."
        return none, f"Nothing tried here would {sought}, nor moves it beyond luck"
    if len(named) > 1:
        which = "The smallest change that would" if turns else f"None of these would {sought}, and which comes nearest"
        short = "; or ".join(change.in_short for change in named)
        of_these = f"One of these {len(named)} would {sought}; which is the smallest"
        lead = of_these if turns else f"Nothing tried here would {sought}; what comes nearest"
        whole = "; or ".join(change.what for change in named)
        return f"{which} cannot be told apart: {whole}.", f"{lead} cannot be told: {short}"
    (change,) = named
    if not turns:
        none, near = f"None of these would {sought}.", f"if {change.in_short}, it has signed in {_shares(change)}"
        whole = f"{none} What comes nearest: {change.what}. {_outcome(change)}"
        return whole, f"Nothing tried here would {sought}. Nearest: {near}"
    whole = f"The smallest change that would: {change.what}. {_outcome(change)}"
    return whole, f"If {change.in_short}, it has signed in {_shares(change)}"


def _outcome(change: Change) -> str:
    between = percent_interval(change.low, change.high, between=TO)
    after, before = percent(change.share_after), percent(change.share_before)
    return f"It has then signed in {after} of the worlds ({between}) instead of {before}."


def _shares(change: Change) -> str:
    between = percent_interval(change.low, change.high, between=f"{NO_BREAK}to{NO_BREAK}")
    return f"{percent(change.share_after)} of worlds ({between}), not {percent(change.share_before)}"
