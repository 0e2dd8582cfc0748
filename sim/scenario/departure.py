"""In what a scenario departs from the Paris Call as it was, whose register the weights were fitted
to: nobody has seen what follows, so who signs is a what-if under the fitted weights, even where
nothing is unlike the register. Values alone, which sim/words/suppositions.py says.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sim.code_of_conduct import Code
from sim.facts import shipped
from sim.parameters import DIALS, Fitted
from sim.scenario.calendar import end_of_round
from sim.scenario.code import AMBITION, content_of_code, values_of_levers
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
STATES = "paris_call_states"  # the table of the register's states


@dataclass(frozen=True)
class OtherCode:
    """Another code, with its name and the day on which it opened."""

    name: str
    launch: date


@dataclass(frozen=True)
class OtherProvisions:
    """Another text, of so many provisions."""

    number: int


@dataclass(frozen=True)
class OtherSigners:
    """The kinds that may sign."""

    kinds: tuple[str, ...]


class Move(NamedTuple):
    """A dial or a lever of the text by *name*: its value, and what it *was*."""

    name: str
    value: float
    was: float


@dataclass(frozen=True)
class MovedText:
    """The levers of the text that are moved, and what each provision among them is called, by
    lever.
    """

    moves: tuple[Move, ...]
    provisions: Mapping[str, str]


@dataclass(frozen=True)
class OtherStart:
    """The round in which the campaign begins."""

    first_round: int


@dataclass(frozen=True)
class MovedDials:
    """The dials that are moved, but for fitted weights."""

    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Happening:
    """An event, the last day of the month in which it begins, and of that in which it ends, if it
    does; the *names* of ids.
    """

    event: Event
    begin: date
    end: date | None
    names: Mapping[str, str]


@dataclass(frozen=True)
class Happenings:
    """What happens by an event."""

    each: tuple[Happening, ...]


Departure = (
    OtherCode | OtherProvisions | OtherSigners | MovedText | OtherStart | MovedDials | Happenings
)


@dataclass(frozen=True)
class Sighting:
    """What the register has seen of what is supposed: the name of each state that is supposed to
    sign and did, and when. *is_all*: nothing else is supposed; *is_early*: each is supposed to sign
    before it did.
    """

    signatures: tuple[tuple[str, date], ...] = ()
    is_all: bool = False
    is_early: bool = False


def departures(scenario: Scenario) -> dict[str, Departure]:
    """What of *scenario* is other than in the Paris Call as it was, under the same lens -> how;
    empty where nothing is. Fitted weights that somebody has set, talks, a second code and facts of
    one's own are `Scenario.extrapolations`. The code counts under weights that ship, as those of
    one's own may be fitted to another.
    """
    paris, code = as_it_was(scenario.lens), scenario.code
    of: dict[str, Departure | None] = {}
    if scenario.lens:
        of[CODE] = unlike_code(code, paris.code)
        if code.may_sign != paris.code.may_sign:
            of[SIGNERS] = OtherSigners(code.may_sign)
        of[TEXT] = moved_levers(code, paris.code)
    if scenario.first_round != paris.first_round:
        of[CAMPAIGN] = OtherStart(scenario.first_round)
    of[DIAL] = moved_dials(scenario.parameters, paris.parameters)
    of[EVENT] = happenings(scenario)
    return {what: departure for what, departure in of.items() if departure is not None}


def sighting(scenario: Scenario, unlike: Mapping[str, Departure]) -> Sighting:
    """What the register has seen of what is *unlike* in *scenario*: nothing of the kind, but for
    signatures of those that are supposed to sign and did, whenever they did.
    """
    if (
        CODE in unlike or not scenario.facts.has_registered_states
    ):  # the register is of another code, or world
        return Sighting()
    since = {row["iso3"]: row["signed_by"] for row in shipped.rows_of(STATES)}
    signers = [
        (event, who)
        for event in scenario.events
        if event.what == "choice" and event.value
        for who in event.who
    ]
    members = [(event, who) for event, who in signers if who in since]
    names, launch = scenario.facts.home_names, scenario.code.launch
    only_signatures = all(event.what == "choice" and event.value for event in scenario.events)
    return Sighting(
        signatures=tuple((names.get(who, who), since[who]) for _, who in members),
        is_all=only_signatures and members == signers and set(unlike) == {EVENT},
        is_early=all(end_of_round(launch, event.round) < since[who] for event, who in members),
    )


def unlike_code(code: Code, other: Code) -> OtherCode | OtherProvisions | None:
    """What sets *code* apart from the *other*, but for its signers, its convenor and the levers of
    its text; None where nothing does.
    """
    if code.launch != other.launch:
        return OtherCode(code.name, code.launch)
    return None if _shape(code) == _shape(other) else OtherProvisions(len(code.provisions))


def moved_levers(code: Code, other: Code) -> MovedText | None:
    """The levers of the text of *code* that are other than in that of the *other*; None where none
    is.
    """
    here = values_of_levers(code)
    moves = _moves(here, values_of_levers(other), here)
    provisions = {f"{AMBITION}{each.principle}": each.short_name for each in code.provisions}
    return MovedText(moves, provisions) if moves else None


def moved_dials(values: Mapping[str, float], other: Mapping[str, float]) -> MovedDials | None:
    """The dials that are other in *values* than in *other*, but for fitted weights; None where
    none is.
    """
    moves = _moves(values, other, [name for name in DIALS if not isinstance(DIALS[name], Fitted)])
    return MovedDials(moves) if moves else None


def _moves(
    values: Mapping[str, float], other: Mapping[str, float], names: Iterable[str]
) -> tuple[Move, ...]:
    return tuple(
        Move(name, values[name], other[name])
        for name in names
        if name in other and values[name] != other[name]
    )


def happenings(scenario: Scenario) -> Happenings | None:
    """The events of *scenario*, each with its months; None without any."""
    each = tuple(happening(event, scenario) for event in scenario.events)
    return Happenings(each) if each else None


def happening(event: Event, scenario: Scenario) -> Happening:
    """An *event* of *scenario*, with its months."""
    launch = scenario.code.launch
    end = None if event.until is None else end_of_round(launch, event.until)
    return Happening(event, end_of_round(launch, event.round), end, scenario.facts.home_names)


def _shape(code: Code) -> dict[str, object]:
    """What of *code* is neither a lever, nor its convenor, nor its signers."""
    content = content_of_code(code)
    provisions = [provision[:-1] for provision in content["provisions"]]  # without the ambition
    return {"launch": content["launch"], "provisions": provisions}


@functools.cache
def as_it_was(lens: str) -> Scenario:
    """The Paris Call as it was, under the weights and dials of the *lens*; those that ship where
    there is none.
    """
    paris = load(DEFAULT)
    return paris.with_lens(lens) if lens else paris
