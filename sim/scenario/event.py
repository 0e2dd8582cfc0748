"""Events: from a round on, somebody signs or stays out, is approached, changes a trait, or the world changes a dial (model.md, section 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sim import facts
from sim.calendar import end_of_round, round_of_event
from sim.errors import InputError, nearest
from sim.parameters import DIALS, dial_named
from sim.section import Section
from sim.stakeholders import KINDS, TRAITS
from sim.text import Code

EVENT_KEYS = (
    "date", "round", "who", "group", "kind", "signs", "earnest", "dial", "trait", "value", "outreach", "until", "hindsight", "why")
ACTIONS = ("signs", "dial", "trait", "outreach")
MOST_OUTREACH = 10.0  # a month in which hardly anybody fails to take the matter up

_POTENTIAL = re.compile(r"(firm|ngo) ([A-Z]{3})-\d{3,}")


@dataclass(frozen=True)
class Event:
    """Something that holds from *round* on, until a later event says otherwise.

    what      value                                          who
    choice    1 signs (0 stays out, or leaves)               whose choice it is
    dial      the new value of the dial *name*               nobody
    trait     the new value of the trait *name*, in [0, 1]   whose trait it is
    outreach  added rate of taking up, a month               who is approached

    `who` holds ids (a state's iso3, an organisation's name, "firm DEU-017") or one kind of stakeholders as "every firm". An event that is not
    *earnest* is a signature in name: conduct does not change. Outreach ends after round *until*. `hindsight` marks what nobody could have put there at the launch.
    """

    round: int
    what: str
    who: tuple[str, ...]
    value: float
    name: str = ""
    earnest: bool = True
    until: int | None = None
    hindsight: bool = False
    why: str = ""

    def table(self) -> dict[str, Any]:
        """The event as [[events]] of a scenario file writes it."""
        table: dict[str, Any] = {"round": self.round}
        if self.who and self.who[0].startswith("every "):
            table["kind"] = self.who[0].removeprefix("every ")
        elif self.who:
            table["who"] = list(self.who)
        if self.what == "choice":
            table["signs"] = self.value == 1
        elif self.what == "outreach":
            table["outreach"] = self.value
        else:
            table |= {self.what: self.name, "value": self.value}
        if not self.earnest:
            table["earnest"] = False
        extras = {"until": self.until, "hindsight": self.hindsight or None, "why": self.why or None}
        return table | {key: value for key, value in extras.items() if value is not None}

    def rivals(self, other: Event) -> bool:
        """Whether both speak of the same thing in the same round, so that only one of them can hold."""
        same = (self.round, self.what, self.name) == (other.round, other.what, other.name)
        return same and (self.what == "dial" or not set(self.who).isdisjoint(other.who))


def read_event(section: Section, code: Code, first_round: int, last_round: int) -> Event:
    """The event that *section* describes, in a run from *first_round* to *last_round*; InputError where it makes no sense there."""
    section.only(EVENT_KEYS)
    actions = [action for action in ACTIONS if action in section]
    if len(actions) != 1:
        raise InputError(f"{section.where}: found {' and '.join(actions) or 'no action'}, expected exactly one of {', '.join(ACTIONS)}")
    action = actions[0]
    _only_with(section, "earnest", action == "signs" and section.values["signs"] is True, "signs = true")
    _only_with(section, "until", action == "outreach", "outreach")
    _only_with(section, "value", action in ("dial", "trait"), "dial or trait")

    start = _round(section, ("date", "round"), code, first_round, last_round)
    details: dict[str, Any] = {"hindsight": section.truth("hindsight", False), "why": section.text("why", "")}
    if action == "dial":
        for key in ("who", "group", "kind"):
            _only_with(section, key, False, "signs, trait or outreach")
        name = section.text("dial")
        dial = dial_named(name, DIALS, section.where)
        if dial.structural:
            raise section.wrong("dial", "a dial that may change during a run; this one shapes the population")
        if "value" not in section:
            raise section.wrong("value", f"a number from {dial.between[0]:g} to {dial.between[1]:g}")
        return Event(start, "dial", (), dial.check(section.values["value"], section.where), name, **details)

    who = _who(section)
    if action == "trait":
        name = section.one_of("trait", TRAITS)
        return Event(start, "trait", who, section.number("value", 0, 1), name, **details)
    if action == "outreach":
        until = _round(section, ("until",), code, start, last_round) if "until" in section else None
        return Event(start, "outreach", who, section.number("outreach", 0, MOST_OUTREACH), until=until, **details)
    for stakeholder in who:
        if kind_of(stakeholder) not in code.may_sign:
            allowed = ", ".join(code.may_sign)
            raise InputError(f"{section.where}: found a choice of {stakeholder}, expected one of those who may sign this code ({allowed})")
    return Event(start, "choice", who, float(section.truth("signs")), earnest=section.truth("earnest", True), **details)


def kind_of(stakeholder: str) -> str:
    """State, firm or ngo: the kind of an id, or of "every firm"."""
    if stakeholder.startswith("every "):
        return stakeholder.removeprefix("every ")
    potential = _POTENTIAL.fullmatch(stakeholder)
    return potential[1] if potential else facts.organisation_kinds().get(stakeholder, "state")


def _only_with(section: Section, key: str, allowed: bool, action: str) -> None:
    if key in section and not allowed:
        raise InputError(f"{section.where}: found {key}, expected it only beside {action}")


def _round(section: Section, keys: tuple[str, ...], code: Code, earliest: int, latest: int) -> int:
    """The round that one of *keys* names, by number or by a date in it."""
    given = [key for key in keys if key in section]
    span = f"{end_of_round(code.launch, earliest)} (round {earliest}) to {end_of_round(code.launch, latest)} (round {latest})"
    if len(given) != 1:
        raise InputError(f"{section.where}: found {' and '.join(given) or 'no date'}, expected exactly one of {' and '.join(keys)}")
    key = given[0]
    value = section.values[key]
    if key == "round" or (key == "until" and isinstance(value, int)):
        if isinstance(value, bool) or not isinstance(value, int) or not earliest <= value <= latest:
            raise section.wrong(key, f"a whole number of the run, {earliest} to {latest}")
        return value
    start = round_of_event(code.launch, section.day(key))
    if not earliest <= start <= latest:
        raise section.wrong(key, f"a date of the run, {span}")
    return start


def _who(section: Section) -> tuple[str, ...]:
    given = [key for key in ("who", "group", "kind") if key in section]
    if len(given) != 1:
        raise InputError(f"{section.where}: found {' and '.join(given) or 'nobody'}, expected exactly one of who, group, kind")
    if "kind" in section:
        return (f"every {section.one_of('kind', KINDS)}",)
    if "group" in section:
        return facts.members(section.text("group"), section.where)
    return tuple(_stakeholder(name, section.where) for name in section.words("who"))


@lru_cache(maxsize=1)
def _ids() -> Mapping[str, str]:
    """Every spelling under which a state or a named organisation is known, in small letters -> its id."""
    spelled = {name.casefold(): name for name in facts.organisation_kinds()}
    spelled |= {name.casefold(): iso3 for iso3, name in facts.state_names().items()}
    return spelled | {iso3.casefold(): iso3 for iso3 in facts.state_names()}


def _stakeholder(name: str, where: str) -> str:
    known = _ids().get(name.casefold())
    if known is not None:
        return known
    potential = _POTENTIAL.fullmatch(name)
    if potential and potential[2] in facts.home_names():
        return name
    spellings = [*facts.state_names(), *facts.state_names().values(), *facts.organisation_kinds()]
    raise InputError(
        f"{where}: there is no stakeholder {name!r}, expected a state (USA), a firm or an NGO of organisations.csv, or one such as "
        f"'firm DEU-017'{nearest(name, spellings)}")
