"""Whether and when a stakeholder really joined the Paris Call, as far as that is known, and the
words on it.

A day of joining lies in an interval. Of the states of launch day only those of the Union are known
by name, and the first stored reading of the register names the others: they may have joined at the
launch. The register is read by country where it lists firms and NGOs, so that of these only those
are known whom a report names.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from sim import facts
from sim.experiments.milestones import has_register
from sim.explanation.decision import Subject
from sim.facts import Registration
from sim.facts.names_in_sentences import with_article
from sim.kinds_and_statuses import SINGULAR_WORDS
from sim.number_formats import count, day
from sim.scenario import Scenario
from sim.scenario.departure import as_it_was

FULL = "full"  # the lens under which the Paris Call is as it was


def registration(subject: Subject, scenario: Scenario) -> Registration | None:
    """What is known of *subject*; None where nothing is, and where the code or the world of
    *scenario* is another.
    """
    if not has_register(scenario):
        return None
    never = Registration(None, _last_reading()) if subject.kind == "state" else None
    return facts.registrations().get(subject.who, never)


def had_joined(subject: Subject, scenario: Scenario, until: date) -> bool | None:
    """Whether the *subject* had really joined *until* then; None where nobody knows."""
    entry = registration(subject, scenario)
    if entry is None or not scenario.code.launch <= until <= _last_reading():
        return None
    if entry.by is not None and entry.by <= until:
        return True
    return False if entry.after is not None and until <= entry.after else None


def register_words(subject: Subject, scenario: Scenario) -> str:
    """Whether and when the *subject* joined, in one sentence or two; empty where the code or the
    world of *scenario* is another.
    """
    if not has_register(scenario):
        return ""
    entry, launch = registration(subject, scenario), scenario.code.launch
    if subject.kind != "state":
        return _words_of_organisation(subject, entry, launch)
    name = with_article(subject.name)
    name = name[:1].upper() + name[1:]
    if entry is None or entry.by is None:
        return f"{name} was not on the register by its last reading, {day(_last_reading())}."
    if entry.at_launch and subject.who == as_it_was(FULL).code.convenor:
        return f"{name} launched the Call, and was on the register from that day, {day(entry.by)}."
    if entry.at_launch:
        return f"{name} was on the register at the launch, {day(entry.by)}."
    if entry.is_dated:
        return (
            f"{name} joined by {day(entry.by)}, {_time_after(launch, entry.by)} after the launch."
        )
    return (
        f"{name} was on the register by {day(entry.by)}, perhaps since the launch: the exact day is"
        " not known."
    )


def why_not_dated(subject: Subject, scenario: Scenario) -> str:
    """Why the day is not known on which a state joined, in two sentences; empty where it is, and of
    others.
    """
    entry = registration(subject, scenario)
    if (
        subject.kind != "state"
        or entry is None
        or entry.by is None
        or entry.is_dated
        or entry.at_launch
    ):
        return ""
    nameless, later = _nameless_at_launch()
    return (
        f"The oldest stored copy of the register is of {day(entry.by)}. Of the {count(later)}"
        f" states first named there, {count(nameless)} had joined at the launch;"
        f" {with_article(subject.name)} may be one of them."
    )


def register_as_json(subject: Subject, scenario: Scenario) -> dict[str, Any]:
    """What really happened, who reports it, and why its day is not known, as `parley explain
    --json` writes it.
    """
    return {
        "happened": register_words(subject, scenario),
        "happened_source": source_of(subject, scenario),
        "why_not_dated": why_not_dated(subject, scenario),
    }


def source_of(subject: Subject, scenario: Scenario) -> dict[str, str] | None:
    """Who reports what is known of an organisation, in the words that `register_words` has in
    brackets, and the url; None where nobody does, and of states, which the register itself names.
    """
    entry = registration(subject, scenario)
    return {"words": entry.source, "url": entry.url} if entry is not None and entry.source else None


def _words_of_organisation(subject: Subject, entry: Registration | None, launch: date) -> str:
    name, kind = subject.name, SINGULAR_WORDS[subject.kind]
    if entry is None:
        return (
            f"Whether {name} joined is not known here: the register is read by country alone, and"
            f" no {kind} by name."
        )
    if entry.by is None:
        assert entry.after is not None
        return (
            f"{name} had not joined by {day(entry.after)} ({entry.source}); what came later is not"
            " known here."
        )
    if entry.at_launch:
        return f"{name} joined at the launch, {day(entry.by)} ({entry.source})."
    when = (
        f"{_time_after(launch, entry.by)} after the launch"
        if entry.is_dated
        else "perhaps at the launch"
    )
    joined = "joined" if entry.is_dated else "had joined"
    return f"{name} {joined} by {day(entry.by)}, {when} ({entry.source})."


@cache
def _last_reading() -> date:
    day: date = facts.milestones()["date"].max()
    return day


@cache
def _nameless_at_launch() -> tuple[int, int]:
    """How many states joined at the launch that are not known by name, and how many they are
    among.
    """
    states = [each for who, each in facts.registrations().items() if who in facts.state_names()]
    at_launch = int(facts.milestones()["states"].iloc[0])
    return at_launch - sum(each.at_launch for each in states), sum(
        not each.is_dated for each in states
    )


def _time_after(launch: date, when: date) -> str:
    months = (when.year - launch.year) * 12 + when.month - launch.month
    if months < 1:
        return "within weeks"
    number, unit = (months, "month") if months < 12 else (round(months / 12), "year")
    return f"{'about ' if months >= 12 else ''}{number} {unit}{'' if number == 1 else 's'}"


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
