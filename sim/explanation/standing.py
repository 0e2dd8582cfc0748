"""How a stakeholder stands before any change: its share of worlds, beside what really happened,
and, where something is supposed, beside the Paris Call as it was; and who else is lost by that.

A day of joining lies in an interval. Of the states of launch day only those of the Union are known
by name, and the first stored reading of the register names the others: they may have joined at the
launch. The register is read by country where it lists firms and NGOs, so that of these only those
are known whom a report names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import Any

import numpy as np

from sim import facts
from sim.engine.arrays import NEVER
from sim.experiments.basis import basis_of_signing
from sim.experiments.milestones import has_register
from sim.experiments.outcomes import PERCENTILES
from sim.explanation.levers import Price
from sim.explanation.question import MOST, Judgement, Question, Subject, is_large, share_sought
from sim.explanation.trial import (
    Interval,
    Trial,
    gain_under_other_weights,
    interval,
    under_other_weights,
)
from sim.facts import Registration
from sim.facts.facts import EVERY
from sim.findings import EXTRAPOLATED
from sim.kinds_and_statuses import KINDS, STATE, STATUSES
from sim.scenario import Event, Scenario
from sim.scenario.calendar import end_of_round
from sim.scenario.code import content_of_code
from sim.scenario.departure import EVENT, TEXT, Departure, as_it_was, departures, moved_levers

FULL = "full"  # the lens under which the Paris Call is as it was
# of the worlds: neither luck alone nor the number of worlds decides who loses so much
FAR_FEWER = 0.25
LEAST = 0.05  # of the signatories of a kind: fewer are not worth a word


def status_shares(status: np.ndarray[Any, Any]) -> dict[str, float]:
    """Each of STATUSES -> the share of worlds with this *status* [worlds]."""
    return {name: float(np.mean(status == each.number)) for name, each in STATUSES.items()}


def dates_of(rounds: np.ndarray[Any, Any], launch: date) -> dict[str, Any] | None:
    """The 5th, 50th and 95th percentile of *rounds* [worlds] among worlds in which it happens, each
    with its date.

    None where it happens in no world.
    """
    occurrences = rounds[rounds != NEVER]
    if not occurrences.size:
        return None
    percentiles = (
        np.percentile(occurrences, PERCENTILES, method="inverted_cdf").astype(int).tolist()
    )
    return {
        name: {"round": t, "date": end_of_round(launch, t)}
        for name, t in zip(("low", "median", "high"), percentiles, strict=True)
    }


def registration(subject: Subject, scenario: Scenario) -> Registration | None:
    """What is known of *subject*; None where nothing is, and where the code or the world of
    *scenario* is another.
    """
    if not has_register(scenario):
        return None
    never = Registration(None, last_reading()) if subject.kind == "state" else None
    return facts.registrations().get(subject.who, never)


def had_joined(subject: Subject, scenario: Scenario, until: date) -> bool | None:
    """Whether the *subject* had really joined *until* then; None where nobody knows."""
    entry = registration(subject, scenario)
    if entry is None or not scenario.code.launch <= until <= last_reading():
        return None
    if entry.by is not None and entry.by <= until:
        return True
    return False if entry.after is not None and until <= entry.after else None


@cache
def last_reading() -> date:
    """The day on which the register was read last."""
    day: date = facts.milestones()["date"].max()
    return day


@cache
def nameless_at_launch() -> tuple[int, int]:
    """How many states joined at the launch that are not known by name, and how many they are
    among.
    """
    states = [each for who, each in facts.registrations().items() if who in facts.state_names()]
    at_launch = int(facts.milestones()["states"].iloc[0])
    return at_launch - sum(each.at_launch for each in states), sum(
        not each.is_dated for each in states
    )


def positions_of(who: str, all_facts: facts.Facts, *, of_union: bool) -> list[facts.Position]:
    """What *who* (an id) said in public on the code or its subject, as *all_facts* have it; for a
    member *of_union* also what the European Union said while it was one.
    """
    until = facts.LEFT_THE_UNION.get(who, date.max) if of_union else date.min
    return [
        position
        for position in all_facts.positions()
        if position.who == who or (position.who == facts.UNION and position.date <= until)
    ]


def price(before: Trial, after: Trial, change: Mapping[str, Any] | None = None) -> Price:
    """Who is lost in the worlds of *after*: of the states that sign in most of those *before*,
    those that sign in far fewer, and the share of each other kind that no longer signs. Whom the
    *change* itself keeps out is not counted, nor is the stakeholder.
    """
    people = before.setting.population
    absences = [
        event["who"] for event in (change or {}).get("events", ()) if event.get("signs") is False
    ]
    apart = {before.who}.union(*absences)
    counts = np.ones(len(people.ids), bool)
    counts[[people.ids.index(who) for who in apart if who in people.ids]] = False
    then, now = before.share_of_each, after.share_of_each
    lose = counts & (people.kind == STATE) & (then > MOST) & (then - now >= FAR_FEWER)
    losers: list[int] = sorted(
        np.flatnonzero(lose).tolist(), key=lambda i: -people.trait("weight")[i]
    )
    others: dict[str, float] = {}
    for number, kind in list(enumerate(KINDS))[1:]:
        of_kind = counts & (people.kind == number)
        had, has = (
            trial.signatories[:, of_kind].sum(axis=1).astype(float) for trial in (before, after)
        )
        loss = float((had - has).mean() / had.mean()) if had.any() else 0.0
        if loss >= LEAST and interval(before.samples.means(has - had)).high < 0:
            others[kind] = loss
    return Price(tuple(people.names[i] for i in losers), others)


@dataclass(frozen=True)
class Supposition:
    """What is supposed beside the Paris Call as it was, under all motives. `convenor`: the name of
    another state that convenes, empty where nobody does, None where it is the same; `is_read_anew`:
    the text is read as its own; `club`: the convenor's club, empty for none, None where it is the
    same; `departures`: all else that is other than it was; `lens`: that of the
    weights, empty for weights of one's own, None for all motives; `has_draws`: each world has
    weights of its own. `is_several`: more than one thing is; `is_of_it`: what comes first is done
    by the stakeholder, or to it.
    """

    convenor: str | None = None
    is_read_anew: bool = False
    club: str | None = None
    departures: tuple[Departure, ...] = ()
    lens: str | None = None
    has_draws: bool = False
    is_several: bool = False
    is_of_it: bool = False

    def __bool__(self) -> bool:
        others = (self.convenor, self.club, self.lens)
        return bool(self.departures or self.has_draws) or any(each is not None for each in others)


def _supposition(scenario: Scenario, who: str) -> Supposition:
    parts = departures(scenario)
    if scenario.stated is not None and TEXT in parts:  # its openness follows from who convenes
        as_stated = replace(scenario.code, openness=scenario.stated.openness)
        text = moved_levers(as_stated, as_it_was(scenario.lens).code)
        parts = {what: each for what, each in (parts | {TEXT: text}).items() if each is not None}
    code, before = scenario.code, as_it_was(FULL).code
    convenor = club = None
    if code.launch == before.launch and content_of_code(code) != content_of_code(before):
        if code.convenor != before.convenor:
            convenor = scenario.facts.state_names[code.convenor] if code.convenor else ""
        elif code.convenor_club != before.convenor_club:
            club = code.convenor_club or ""
    lens = None if scenario.lens == FULL else scenario.lens or ""
    has_draws = bool(scenario.lens and scenario.draws)
    whole = tuple(parts.values())
    number = len(whole) + has_draws + sum(each is not None for each in (convenor, club, lens))
    actors = {actor for event in scenario.events for actor in event.who}
    return Supposition(
        convenor,
        convenor is not None and scenario.stated is not None,
        club,
        whole,
        lens,
        has_draws,
        number > 1 or len(scenario.events) > 1,
        code.convenor == who if convenor else number == 1 and EVENT in parts and actors == {who},
    )


@dataclass(frozen=True, eq=False)
class Standing:
    """How *subject* stands in the worlds of *trial*, by the date of *question*."""

    subject: Subject
    question: Question
    trial: Trial

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
    def supposed(self) -> Supposition:
        """What is supposed; nothing where it is the Paris Call as it was, under all motives."""
        return _supposition(self.trial.scenario, self.subject.who)

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
    def price(self) -> Price:
        """Who is lost under what is supposed."""
        return Price() if self.without is None else price(self.without.trial, self.trial)

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

    @property
    def leads(self) -> bool:
        """Whether what is supposed opens the answer though more is sought: it moves the share far,
        so that whoever tries a change finds the verdict on it.
        """
        return bool(self.supposed) and not self.is_chosen and self.is_large_move

    @property
    def before(self) -> Standing | None:
        """The same in the Paris Call as it was, as the measure of what is supposed; None where
        there is none, and where its own choice is supposed.
        """
        return None if self.is_chosen else self.without

    @property
    def misses_without(self) -> bool:
        """Whether the model has it on the wrong side in the Paris Call as it was: then it is no
        judge of what is supposed.
        """
        return self.before is not None and self.before.is_missed_in_most_fits

    @property
    def share_sought_without(self) -> float | None:
        """The share of worlds that would be sought without what is supposed, and so by which that
        is judged; None where nothing would be.
        """
        before = self.before
        return None if before is None else share_sought(self.question.aim, before.share)

    @property
    def verdict(self) -> Judgement | None:
        """Whether what is supposed is enough by what would be sought without it, as a change is
        judged; None where nothing would be sought.
        """
        question, sought = self.question, self.share_sought_without
        if sought is None:
            return None
        if not self.is_large_move:
            return Judgement.HARDLY
        if not (self.share < sought if question.keeps_out else self.share > sought):
            return Judgement.NOT_ENOUGH
        if basis_of_signing(self.trial.scenario) == EXTRAPOLATED:
            return Judgement.CANNOT_BE_JUDGED
        span, _ = self.spans
        holds = span.high < sought if question.keeps_out else span.low > sought
        judged = Judgement.ENOUGH if holds and self.is_told_apart else Judgement.PERHAPS
        return judged.of_a_miss if self.misses_without else judged


def choices_for(subject: Subject, scenario: Scenario) -> list[Event]:
    """The events of *scenario* that decide for *subject*, in their order."""
    names = {subject.who, EVERY + subject.kind}
    return [
        event
        for event in scenario.events
        if event.what == "choice" and not names.isdisjoint(event.who)
    ]
