"""The answer to what would bring a stakeholder in, or keep it out, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.explanation.change import Change
from sim.explanation.decision import Target
from sim.explanation.levers import text
from sim.explanation.question import MOST, share_sought
from sim.explanation.resampling import Interval
from sim.explanation.standing import Standing
from sim.explanation.summary import capital
from sim.number_formats import NO_BREAK, day, percent, percent_interval


def question_in_words(standing: Standing) -> str:
    """What would bring Kenya in by 12 November 2018?"""
    until = day(standing.question.day)
    if standing.question.keeps_out:
        return f"What would keep {standing.name} out until {until}?"
    return f"What would bring {standing.name} in by {until}?"


def verdict(target: Target, change: Change) -> str:
    """Whether *change* is enough: not told where luck or other weights may say otherwise, nor where it rests on what
    the record cannot bear.
    """
    if not change.turns:
        if change.once_reached:
            return "only once it is reached as well"
        is_beyond = bool(target.has_shares(np.array(change.share_after)))
        return "cannot be told" if is_beyond and change.is_offered else "not enough"
    if not change.borne:
        return "beyond the record"
    if not change.told_from_zero:
        return "not shown"
    return "enough" if change.of_weights is None or target.holds_all(change.of_weights) else "cannot be told"


@dataclass(frozen=True)
class Wording:
    """The words on *standing*, and on the changes *named* of all *changes* that would reach the *target*, where one is
    sought; *turns*: whether they are shown to.
    """

    standing: Standing
    target: Target | None = None
    named: tuple[Change, ...] = ()
    turns: bool = False
    changes: list[Change] | tuple[()] = ()

    @property
    def headline(self) -> str:
        """The answer in short: where the model misses, that first; then the change, what it yields, and its price."""
        words = capital(self._headline())
        if not self.standing.missed:
            return words
        return f"{self._expectation()}. {words}"

    def _headline(self) -> str:
        standing, goal = self.standing, self._goal()
        if not self.named:
            return f"{self._nothing_tried()} is shown to {goal}, nor to move it beyond luck"
        if len(self.named) > 1:
            short = "; or ".join(change.in_short for change in self.named)
            if not self.turns:
                return f"{self._nothing_tried()} is shown to {goal}; what comes nearest cannot be told: {short}"
            if all(self._is_sure(change) for change in self.named):
                return f"one of these {len(self.named)} would {goal}; which is the smallest cannot be told: {short}"
            return f"whether one of these {len(self.named)} would {goal} cannot be told, nor which comes first: {short}"
        (change,) = self.named
        after = self._share(change.share_after, change.of_weights, change)
        if standing.missed:
            condition = f"if {change.in_short}: {after}{self._price(change.price)}"
        else:
            yields = f"{self._has_signed()} in {after} of worlds"
            before = self._share(standing.share, standing.of_weights)
            condition = f"if {change.in_short}, {yields}, without that in {before}{self._price(change.price)}"
        if not self.turns and not self._is_beyond(change):
            return f"{self._nothing_tried()} is shown to {goal}. Nearest: {condition}"
        is_told = self.turns and self._is_sure(change)
        return condition if is_told else f"{condition}. Whether that is enough cannot be told"

    @property
    def sentence(self) -> str:
        """The answer at length."""
        sought = f"do so in {self._worlds()}"
        if not self.named:
            why = "they cannot be told apart, as none is shown to move it beyond luck"
            return f"{self._none_of_these()} is shown to {sought}: {why}."
        whole = "; or ".join(change.what for change in self.named)
        if len(self.named) > 1:
            which = (
                "The smallest change that would" if self.turns
                else f"{self._none_of_these()} would {sought}, and which comes nearest"
            )  # fmt: skip
            return f"{which} cannot be told apart: {whole}."
        (change,) = self.named
        after, before = percent(change.share_after), percent(change.share_before)
        luck = f"({_span(change.low, change.high)} by {self._luck()})"
        outcome = f"It has then signed in {after} of the worlds {luck} instead of {before}"
        if change.of_weights and self.standing.of_weights:
            then, now = _span(*change.of_weights), _span(*self.standing.of_weights)
            outcome += f"; under other weights that the data leave possible, {then} instead of {now}"
        outcome += self._price(change.price)
        if not self.turns:
            return f"{self._none_of_these()} is shown to {sought}. What comes nearest: {whole}. {outcome}."
        doubt = "" if self._is_sure(change) else " Whether that is enough cannot be told under these other weights."
        return f"The smallest change that would: {whole}. {outcome}.{doubt}"

    @property
    def nothing(self) -> str:
        """The answer where nothing is sought."""
        standing, question = self.standing, self.standing.question
        if share_sought(question.aim, standing.share) is not None:
            return "An event of the scenario decides for it, so nothing is sought."
        share = self._share(standing.share, standing.of_weights)
        if standing.supposed:
            words = f"Supposing {standing.supposed}: {standing.name} {self._has()} in {share} of worlds"
            if (without := standing.without) is not None:
                words += f", without that in {self._share(without.share, without.of_weights)}"
            return f"{words}{self._price(standing.price)}."
        if standing.missed:
            return f"{self._expectation()}. So nothing is sought: {self._already()} in nearly all worlds already."
        return f"Nothing is needed: {self._already()} in {self._of_aim(standing.share)} of the worlds as it is."

    @property
    def estimate(self) -> str:
        """What a few worlds say: no intervals, and nothing of what is enough."""
        standing = self.standing
        if self.target is None:
            return f"{standing.name} {self._has()} in about {percent(standing.share)} of worlds"
        if not self.named:
            return f"nothing tried here is seen to {self._goal()}"
        if len(self.named) > 1:
            return f"what counts most may be one of these: {'; or '.join(change.in_short for change in self.named)}"
        (change,) = self.named
        after, before = percent(change.share_after), percent(standing.share)
        return f"if {change.in_short}, {self._has_signed()} in about {after} of worlds, without that in about {before}"

    @property
    def brackets(self) -> str:
        """What the intervals of the headline are."""
        words = self.nothing if self.target is None else self.headline
        if self.standing.of_weights is None or f"{NO_BREAK}to{NO_BREAK}" not in words:
            return ""
        return f"In brackets: {percent(0.9)} of other weights that the data leave possible."

    @property
    def aside(self) -> str:
        """What is not offered: that nothing in the text is shown to move it where what would leans on a weight that is
        not told from zero; what would turn the decision by such a weight alone, and by an extrapolation.
        """
        real = [change for change in self.changes if change.change]
        weak = [change for change in real if not change.told_from_zero]
        sentences = []
        if any(each.family == text.FAMILY for each in weak):
            sentences.append("Nothing in the text is shown to move it.")
        if turning := [each.in_short for each in weak if each.turns]:
            lean = "it leans on a weight" if len(turning) == 1 else "they lean on weights"
            sentences.append(f"Not offered, as {lean} not told from zero: {'; '.join(turning)}.")
        far = [each for each in real if each.told_from_zero and not each.borne and each.turns]
        if far:
            lies = "it lies" if len(far) == 1 else "they lie"
            words = "; ".join(f"{each.in_short}{self._price(each.price)}" for each in far)
            sentences.append(f"Not offered, as {lies} beyond what the record can bear: {words}.")
        return " ".join(sentences)

    @property
    def enough(self) -> str:
        """How many worlds are sought, and why so many."""
        if self.target is None:
            return ""
        sought, here = percent(self.target.share), self.standing.as_it_is
        if self.target.keeps_out:
            if self.target.share == MOST:
                return f"Enough is fewer than {sought} of the worlds: it then stays out in most."
            return f"It stays out in most worlds {here}, so enough is fewer than {sought}: it then does in nearly all."
        if self.target.share == MOST:
            return f"Enough is more than {sought} of the worlds: it then signs in most."
        return f"It signs in most worlds {here}, so enough is more than {sought}: it then does in nearly all."

    @property
    def why_asked(self) -> str:
        """Why it is asked what would keep it out, where nobody asked for that."""
        if not self.standing.question.keeps_out:
            return ""
        return "Asked is what would keep it out, as it has signed in most worlds by then."

    def _expectation(self) -> str:
        """That the model expects it in, or out, and that it was not so."""
        standing = self.standing
        side = "in" if standing.share > MOST else "out"
        share = _beside(percent(standing.share), standing.of_weights, ", {}")
        return f"The model expects {standing.name} {side} by then ({share}); {standing.missed}"

    def _goal(self) -> str:
        keeps_out, name = self.standing.question.keeps_out, self.standing.name
        if self.target is None or self.target.share == MOST:
            return f"keep {name} out" if keeps_out else f"bring {name} in"
        return f"keep {name} out of nearly all worlds" if keeps_out else f"bring {name} into nearly all worlds"

    def _worlds(self) -> str:
        return f"{'most' if self.target is None or self.target.share == MOST else 'nearly all'} worlds"

    def _nothing_tried(self) -> str:
        return f"nothing tried here{self._that_can_be_borne()}"

    def _none_of_these(self) -> str:
        return f"None of these{self._that_can_be_borne()}"

    def _that_can_be_borne(self) -> str:
        far = any(each.turns and not each.borne for each in self.changes)
        return " that the record can bear" if far else ""

    def _has(self) -> str:
        return "has signed by then" if self.standing.question.by >= 0 else "has decided to sign by then"

    def _has_signed(self) -> str:
        return f"{self.standing.name} {self._has()}"

    def _already(self) -> str:
        return "it stays out until then" if self.standing.question.keeps_out else "it signs by then"

    def _of_aim(self, share: float) -> str:
        return percent(1 - share if self.standing.question.keeps_out else share)

    def _is_beyond(self, change: Change) -> bool:
        """Whether the share with *change* is one that is sought, be it by luck."""
        return self.target is not None and bool(self.target.has_shares(np.array(change.share_after)))

    def _is_sure(self, change: Change) -> bool:
        """Whether *change* is enough under nearly all other weights too."""
        return self.target is None or change.of_weights is None or self.target.holds_all(change.of_weights)

    def _share(self, share: float | None, of_weights: Interval | None, change: Change | None = None) -> str:
        """A share of worlds, with its interval over other weights or, for a *change* without one, over luck."""
        if of_weights:
            return _beside(percent(share), of_weights, " ({})")
        if change is None:
            return percent(share)
        return f"{percent(share)} ({_span(change.low, change.high)} by {self._luck()})"

    def _luck(self) -> str:
        has_draws = self.standing.trial.scenario.draws
        return "other luck, each world with weights of its own" if has_draws else "other luck alone"

    def _price(self, words: str) -> str:
        return f"; but then {words}" if words else ""


def _beside(share: str, of_weights: Interval | None, form: str) -> str:
    """*share* and, in that *form*, its interval over other weights, where it is none of a single number."""
    span = "" if of_weights is None else _span(*of_weights)
    return share if span in ("", share) else f"{share}{form.format(span)}"


def _span(low: float | None, high: float | None) -> str:
    return percent_interval(low, high, between=f"{NO_BREAK}to{NO_BREAK}")
