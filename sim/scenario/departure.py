"""In what a scenario departs from the Paris Call as it was, whose register the weights were fitted
to: nobody has seen what follows, so who signs is a what-if under the fitted weights, even where
nothing is unlike the register.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace

from sim.code_of_conduct import Code
from sim.facts import shipped
from sim.facts.names_in_sentences import with_article
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import day, listing, setting
from sim.parameters import DIALS, Dial, Fitted
from sim.scenario.calendar import end_of_round
from sim.scenario.code import (
    OPENNESS,
    PUBLIC_RULE,
    content_of_code,
    levers_of_text,
    values_of_levers,
)
from sim.scenario.event import Event
from sim.scenario.files import DEFAULT, load
from sim.scenario.scenario import Scenario

# What may be other than it was.
DEPARTURES = CODE, SIGNERS, TEXT, CAMPAIGN, DIAL, EVENT = (
    "code",
    "signers",
    "text",
    "campaign",
    "dials",
    "events",
)
NOT_OBSERVED = "The weights are the register's, which has seen nothing of the kind."
STATES = "paris_call_states"  # the table of the register's states
MOST = 3  # named in one sentence
SWITCH = "0 or 1"  # the unit of a dial that is off or on
POSITIONS = {OPENNESS: "openness", PUBLIC_RULE: "public rule"}


def departures(scenario: Scenario) -> dict[str, str]:
    """What of *scenario* is other than in the Paris Call as it was, under the same lens -> what it
    is, in few words; empty where nothing is. Fitted weights that somebody has set, talks, a second
    code and facts of one's own are `Scenario.extrapolations`. The code counts under weights that
    ship, as those of one's own may be fitted to another.
    """
    paris, code = as_it_was(scenario.lens), scenario.code
    ships = bool(scenario.lens)
    words = {
        CODE: unlike_code(code, paris.code) if ships else "",
        SIGNERS: (
            f"only {_kinds(code)} may sign"
            if ships and code.may_sign != paris.code.may_sign
            else ""
        ),
        TEXT: moved_levers(code, paris.code) if ships else "",
        CAMPAIGN: (
            ""
            if scenario.first_round == paris.first_round
            else f"it begins in round {scenario.first_round}"
        ),
        DIAL: moved_dials(scenario.parameters, paris.parameters),
        EVENT: events_in_words(scenario),
    }
    return {what: each for what, each in words.items() if each}


def why_what_if(scenario: Scenario) -> str:
    """All `departures` in two sentences; empty without."""
    unlike = departures(scenario)
    return f"What if: {'; '.join(unlike.values())}. {_observed(scenario, unlike)}" if unlike else ""


def _observed(scenario: Scenario, unlike: Mapping[str, str]) -> str:
    """What the register has seen of what is *unlike* in *scenario*: nothing of the kind, but for
    signatures of those that are supposed to sign and did, whenever they did.
    """
    if (
        CODE in unlike or not scenario.facts.has_registered_states
    ):  # the register is of another code, or world
        return NOT_OBSERVED
    since = {row["iso3"]: row["signed_by"] for row in shipped.rows_of(STATES)}
    signers = [
        (event, who)
        for event in scenario.events
        if event.what == "choice" and event.value
        for who in event.who
    ]
    members = [(event, who) for event, who in signers if who in since]
    if not members:
        return NOT_OBSERVED
    names = scenario.facts.home_names

    def words(verb: str) -> str:
        each = [
            f"{with_article(names.get(who, who))} {verb} in {since[who]:%B %Y}"
            for _, who in members
        ]
        return listing(each, MOST)

    are_all = all(event.what == "choice" and event.value for event in scenario.events)
    if not (are_all and members == signers and set(unlike) == {EVENT}):
        return (
            "The weights are the register's, which has seen nothing of the kind, except that"
            f" {words('signed')}."
        )
    is_early = all(
        end_of_round(scenario.code.launch, event.round) < since[who] for event, who in members
    )
    return (
        "The weights are the register's, which has seen"
        f" {words('sign')}{', not before' if is_early else ''}."
    )


def unlike_code(code: Code, other: Code) -> str:
    """What sets *code* apart from the *other*, but for its signers, its convenor and the levers of
    its text; empty where nothing does.
    """
    if code.launch != other.launch:
        return f"another code, {code.name}, opened on {day(code.launch)}"
    here, there = (_shape(each) for each in (code, other))
    return "" if here == there else f"another text, of {len(code.provisions)} provisions"


def moved_levers(code: Code, other: Code) -> str:
    """The levers of the text of *code* that are other than in that of the *other*; empty where none
    is.
    """
    there, levers = values_of_levers(other), levers_of_text(code)
    unlike = {
        name: value
        for name, value in values_of_levers(code).items()
        if there.get(name, value) != value
    }
    words = [
        f"{_lever(name, levers)} at {setting(value)}, not {setting(there[name])}"
        for name, value in unlike.items()
    ]
    return f"a text with {listing(words, MOST)}" if words else ""


def _lever(name: str, levers: Mapping[str, Dial]) -> str:
    """What a lever of the text is called: a position, or the ambition of a provision by its
    name.
    """
    return POSITIONS.get(name) or f"ambition of “{levers[name].meaning.partition(': ')[2]}”"


def moved_dials(values: Mapping[str, float], other: Mapping[str, float]) -> str:
    """The dials that are other in *values* than in *other*, but for fitted weights; empty where
    none is.
    """
    unlike = [
        name
        for name in DIALS
        if not isinstance(DIALS[name], Fitted) and values[name] != other[name]
    ]
    return listing([_moved_dial(DIALS[name], values[name], other[name]) for name in unlike], MOST)


def _moved_dial(dial: Dial, value: float, was: float) -> str:
    """One of them: of a switch that is on, what that means."""
    return (
        dial.label
        if dial.unit == SWITCH and value
        else f"{dial.label} at {setting(value)} (was {setting(was)})"
    )


def events_in_words(scenario: Scenario) -> str:
    """The events of *scenario*, each with the month from which it holds; empty without."""
    words = [event_and_month(event, scenario) for event in scenario.events]
    return listing(list(dict.fromkeys(words)), MOST, separator="; ")


def event_and_month(event: Event, scenario: Scenario) -> str:
    """What *event* does, and from which month on, from which to which, or in which alone."""
    months = [
        f"{end_of_round(scenario.code.launch, t):%B %Y}"
        for t in (event.round, event.until)
        if t is not None
    ]
    when = f"in {months[0]}" if event.until == event.round else f"from {' to '.join(months)}"
    return f"{replace(event, until=None).words(scenario.facts.home_names)} {when}"


def _shape(code: Code) -> dict[str, object]:
    """What of *code* is neither a lever, nor its convenor, nor its signers."""
    content = content_of_code(code)
    provisions = [provision[:-1] for provision in content["provisions"]]  # without the ambition
    return {"launch": content["launch"], "provisions": provisions}


def _kinds(code: Code) -> str:
    return listing([KIND_WORDS[kind] for kind in code.may_sign])


@functools.cache
def as_it_was(lens: str) -> Scenario:
    """The Paris Call as it was, under the weights and dials of the *lens*; those that ship where
    there is none.
    """
    paris = load(DEFAULT)
    return paris.with_lens(lens) if lens else paris
