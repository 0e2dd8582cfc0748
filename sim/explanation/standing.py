"""How a stakeholder stands before any change: its share of worlds, beside what really happened,
and, where something is supposed, beside the Paris Call as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sim.explanation.decision import Subject
from sim.explanation.other_weights import gain_under_other_weights, under_other_weights
from sim.explanation.price import price
from sim.explanation.question import MOST, Question, is_large
from sim.explanation.registration import FULL, had_joined, registration
from sim.explanation.resampling import Interval, interval
from sim.explanation.trial import Trial
from sim.facts.names_in_sentences import with_article
from sim.scenario import Event, Scenario
from sim.scenario.calendar import end_of_round
from sim.scenario.code import content_of_code
from sim.scenario.departure import TEXT, as_it_was, departures, moved_levers


@dataclass(frozen=True, eq=False)
class Standing:
    """How *subject* stands in the worlds of *trial*, by the date of *question*."""

    subject: Subject
    question: Question
    trial: Trial

    @property
    def name(self) -> str:
        """Its name in a sentence."""
        return with_article(self.subject.name)

    @property
    def share(self) -> float:
        """The share of worlds in which it has signed by the date."""
        return self.trial.share_signed

    @cached_property
    def of_weights(self) -> Interval | None:
        """The interval of that share over other weights."""
        return under_other_weights(self.trial)

    @cached_property
    def of_luck(self) -> Interval:
        """The interval of that share over resampled worlds."""
        return interval(self.trial.samples.means(self.trial.signed))

    @cached_property
    def supposed(self) -> str:
        """What is supposed, in words; empty where it is the Paris Call as it was, under all
        motives.
        """
        scenario = self.trial.scenario
        parts = departures(scenario)
        if scenario.stated is not None and TEXT in parts:  # its openness follows from who convenes
            as_stated = replace(scenario.code, openness=scenario.stated.openness)
            parts[TEXT] = moved_levers(as_stated, as_it_was(scenario.lens).code)
        return "; ".join(
            [*_convenor(self.trial), *filter(None, parts.values()), *_weights(self.trial)]
        )

    @property
    def convenes(self) -> bool:
        """Whether it convenes the code itself."""
        return bool(self.subject.who == self.trial.scenario.code.convenor)

    @property
    def is_chosen(self) -> bool:
        """Whether an event decides for it by the date."""
        return any(
            event.round <= self.question.by
            for event in choices_for(self.subject, self.trial.scenario)
        )

    @property
    def as_it_is(self) -> str:
        """What the share before any change is called."""
        return "as supposed" if self.supposed else "as it is"

    @cached_property
    def without(self) -> Standing | None:
        """The same without what is supposed; None where that is nothing, and where the Paris Call
        as it was has other months or another world.
        """
        scenario = self.trial.scenario
        if scenario.facts.own or scenario.ties is not None or not scenario.lens:
            return None
        before = as_it_was(scenario.lens)
        same = (before.code.launch, before.first_round, before.last_round) == (
            scenario.code.launch, scenario.first_round, scenario.last_round
        )  # fmt: skip
        if not same or not (departures(scenario) or scenario.is_extrapolated):
            return None
        if self.subject.kind not in before.code.may_sign:
            return None
        before = before.with_draws() if scenario.draws else before
        return Standing(self.subject, self.question, self.trial.under(before))

    @cached_property
    def at_end(self) -> Standing | None:
        """The same at the end; None where the date is that."""
        scenario, last = self.trial.scenario, self.trial.scenario.last_round
        if self.question.by >= last:
            return None
        question = replace(self.question, by=last, day=end_of_round(scenario.code.launch, last))
        signings = replace(
            self.trial.signings, by=last, like=self.trial.signings.like or self.trial.signings
        )
        return Standing(self.subject, question, Trial(signings, self.trial.who))

    @property
    def is_beside_other_weights(self) -> bool:
        """Whether other weights were looked for, under what is supposed and without it."""
        return self.of_weights is not None and (
            self.without is None or self.without.of_weights is not None
        )

    @property
    def spans(self) -> tuple[Interval, Interval | None]:
        """The interval of the share, and of that without what is supposed: over other weights, else
        over luck alone.
        """
        stands = [self] if self.without is None else [self, self.without]
        wide = self.is_beside_other_weights
        mine, *others = [(each.of_weights if wide else None) or each.of_luck for each in stands]
        return mine, others[0] if others else None

    @cached_property
    def gain_of_weights(self) -> Interval | None:
        """How far what is supposed moves that share, each of the other weights with it and
        without.
        """
        return (
            None
            if self.without is None
            else gain_under_other_weights(self.without.trial, self.trial)
        )

    @property
    def is_told_apart(self) -> bool:
        """Whether what is supposed moves the share in one direction under nearly all other weights;
        where there are none, whether the two intervals lie apart. Where there is nothing to set it
        beside, it does.
        """
        if gain := self.gain_of_weights:
            return gain.low > 0 or gain.high < 0
        mine, other = self.spans
        return other is None or mine.low > other.high or mine.high < other.low

    @property
    def is_large_move(self) -> bool:
        """Whether what is supposed moves the share far enough to matter, and farther than luck."""
        if self.without is None or not is_large(self.without.share, self.share):
            return False
        gain = interval(
            self.trial.samples.means(self.trial.signed.astype(float) - self.without.trial.signed)
        )
        return gain.low > 0 or gain.high < 0

    @cached_property
    def price(self) -> str:
        """Who is lost under what is supposed, in words."""
        return "" if self.without is None else price(self.without.trial, self.trial)

    @cached_property
    def had_joined(self) -> bool | None:
        """Whether it had really joined by the date; None where something is supposed, and where
        nobody knows.
        """
        return (
            None
            if self.supposed
            else had_joined(self.subject, self.trial.scenario, self.question.day)
        )

    @property
    def joined_later(self) -> date | None:
        """The day by which it really joined, where that is after the date and nothing is
        supposed.
        """
        if self.had_joined is not False:
            return None
        entry = registration(self.subject, self.trial.scenario)
        return None if entry is None else entry.by

    @property
    def missed(self) -> bool:
        """Whether the model expects it in where it was not, or out where it was."""
        return self.had_joined is not None and self.had_joined != (self.share > MOST)

    @property
    def is_missed_in_most_fits(self) -> bool:
        """Whether other weights too have it on the wrong side, so that the model is no judge of
        it.
        """
        return self.missed and not self.is_undecided

    @property
    def has(self) -> str:
        """What it has done by the date where it signs, in words: before the launch nobody can."""
        return "has signed by then" if self.question.by >= 0 else "has decided to sign by then"

    @property
    def signs(self) -> str:
        """The same of what is supposed."""
        return "signs by then" if self.question.by >= 0 else "decides to sign by then"

    @property
    def is_in_all_fits(self) -> bool:
        """Whether it stands alike in all worlds under every draw of the weights: it signs in all,
        or in none.
        """
        signed = self.trial.signed_by_draw
        return signed is not None and bool(signed.all() or not signed.any())

    @property
    def is_undecided(self) -> bool:
        """Whether other weights leave open on which side of most worlds it stands."""
        return self.of_weights is not None and self.of_weights.low <= MOST <= self.of_weights.high


def choices_for(subject: Subject, scenario: Scenario) -> list[Event]:
    """The events of *scenario* that decide for *subject*, in their order."""
    names = {subject.who, f"every {subject.kind}"}
    return [
        event
        for event in scenario.events
        if event.what == "choice" and not names.isdisjoint(event.who)
    ]


def _convenor(trial: Trial) -> list[str]:
    """Who convenes, and with which club, where another does than in the Paris Call as it was."""
    code, before = trial.scenario.code, as_it_was(FULL).code
    if code.launch != before.launch or content_of_code(code) == content_of_code(before):
        return []
    names, words = trial.scenario.facts.state_names, []
    if code.convenor != before.convenor:
        read = ", and the text is read as its own" if trial.scenario.stated is not None else ""
        words.append(
            f"{with_article(names[code.convenor])} convenes{read}"
            if code.convenor
            else "nobody convenes"
        )
    elif code.convenor_club != before.convenor_club:
        words.append(f"the convenor's club is {code.convenor_club or 'none'}")
    return words


def _weights(trial: Trial) -> list[str]:
    """Under which weights, where they are not those of all motives."""
    lens = trial.scenario.lens
    if not lens:
        return ["weights of one's own"]
    words = [] if lens == FULL else [f"the weights of the lens {lens}"]
    return [*words, "weights drawn anew in each world"] if trial.scenario.draws else words
