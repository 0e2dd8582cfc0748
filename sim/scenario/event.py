"""Events: from a round on, a stakeholder signs, stays out or is approached, keeps a code or breaks
it, or a trait or a dial changes (docs/odd.md, section 3); and the names of stakeholders in scenario
files.

No real name stands beside conduct: no file and no table decides the conduct of somebody real.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from sim.code_of_conduct import Code
from sim.errors import InputError
from sim.facts import SHIPPED, Facts
from sim.facts.facts import EVERY, POTENTIAL
from sim.kinds_and_statuses import KINDS, TRAITS
from sim.parameters import DIALS, dial_named
from sim.reading import Section, as_date, as_list, check_number, check_whole, literal
from sim.scenario.calendar import EARLIEST_ROUND, LATEST_ROUND, dates_within, round_within
from sim.scenario.code import levers_of_text

KEYS = (
    "date",
    "round",
    "who",
    "group",
    "kind",
    "signs",
    "earnest",
    "keeps",
    "dial",
    "trait",
    "value",
    "outreach",
    "until",
    "holds",
    "hindsight",
    "why",
)
WHATS = ("choice", "conduct", "dial", "trait", "outreach")
ACTIONS = ("signs", "keeps", "dial", "trait", "outreach")
NAMELESS = 'a kind, or of those with no real name, as in "firm DEU-017" or a world of one\'s own'
MOST_OUTREACH = (
    10.0  # a rate a month; at this rate a stakeholder is practically certain to take the matter up
)


@dataclass(frozen=True)
class Event:
    """A value that holds from *round* on, until a later event replaces it.

    what      value                                          who
    choice    1 signs, 0 stays out or leaves                 who chooses
    conduct   1 keeps what the code asks, 0 breaks it        who does so
    dial      the new value of the dial *name*               nobody
    trait     the new value of the trait *name*, in [0, 1]   whose trait changes
    outreach  added rate of taking up, a month               who is approached

    `who` holds ids (a state's iso3, an organisation's name, "firm DEU-017") or one kind of
    stakeholders as "every firm". A signature that is not *earnest* is in name only: conduct does
    not change. Outreach and changes of traits end after round *until*. `hindsight` marks an event
    that was unknown at the launch. Conduct of somebody with a real name is neither written nor
    told: `table` refuses it with an InputError, and sim/words/suppositions.py leaves the name out.
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

    def __post_init__(self) -> None:
        """InputError for a field of another type."""
        if not isinstance(self.what, str) or self.what not in WHATS:
            raise InputError(
                f"event: what is {literal(self.what)}, expected one of {', '.join(WHATS)}"
            )
        if not isinstance(self.who, (tuple, list)) or not all(
            isinstance(who, str) for who in self.who
        ):
            raise InputError(f"event: who is {literal(self.who)}, expected a list of names")
        low, high = (0.0, 1.0) if self.what in ("choice", "conduct") else (-math.inf, math.inf)
        check_number(self.value, low, high, "event: value")
        check_whole(self.round, EARLIEST_ROUND, LATEST_ROUND, "event: round")
        if self.until is not None:
            check_whole(self.until, EARLIEST_ROUND, LATEST_ROUND, "event: until")
        for field, kind in (("name", str), ("why", str), ("earnest", bool), ("hindsight", bool)):
            if not isinstance(getattr(self, field), kind):
                expected = "a text" if kind is str else "true or false"
                raise InputError(
                    f"event: {field} is {literal(getattr(self, field))}, expected {expected}"
                )

    @property
    def kind(self) -> str | None:
        """The kind of which it is about every stakeholder; None where it names them, or nobody."""
        every = bool(self.who) and self.who[0].startswith(EVERY)
        return self.who[0].removeprefix(EVERY) if every else None

    def table(self) -> dict[str, Any]:
        """The event as [[events]] of a scenario file writes it."""
        if self.what == "conduct" and (real := [who for who in self.who if is_real(who)]):
            raise InputError(f"event: found the conduct of {real[0]}, expected that of {NAMELESS}")
        table: dict[str, Any] = {"round": self.round}
        if self.kind:
            table["kind"] = self.kind
        elif self.who:
            table["who"] = list(self.who)
        if self.what == "choice":
            table["signs"] = self.value == 1
        elif self.what == "conduct":
            table["keeps"] = self.value == 1
        elif self.what == "outreach":
            table["outreach"] = self.value
        else:
            table |= {self.what: self.name, "value": self.value}
        if not self.earnest:
            table["earnest"] = False
        extras = {"until": self.until, "hindsight": self.hindsight or None, "why": self.why or None}
        return table | {key: value for key, value in extras.items() if value is not None}

    def rivals(self, other: Event) -> bool:
        """Whether both set the same thing in the same round."""
        same = (self.round, self.what, self.name) == (other.round, other.what, other.name)
        return same and (self.what == "dial" or not set(self.who).isdisjoint(other.who))


def tables_of(events: Any, where: str) -> list[Any]:
    """*events*, each an Event or a table as in a scenario file, as tables; InputError that begins
    with *where* where they are no list.
    """
    return [
        event.table() if isinstance(event, Event) else event
        for event in as_list(events, f"{where}: events", "events")
    ]


def read_events(
    sections: list[Section], code: Code, first_round: int, last_round: int, facts: Facts
) -> list[Event]:
    """The events of *sections*, all [[events]] of one file, in a run from *first_round* to
    *last_round*, about the stakeholders of *facts*.

    InputError where one is not valid in that run, or where two set the same thing in the same
    round. A stakeholder under `who` may be an exception to a group or kind: of such two events, the
    later one holds. An event with `holds = false` is checked and left out.
    """
    events: dict[int, Event] = {}
    for number, section in enumerate(sections):
        event = _read_event(section, code, first_round, last_round, facts)
        if not section.truth("holds", True):
            continue
        for earlier, other in events.items():
            if event.rivals(other) and ("who" in section) == ("who" in sections[earlier]):
                repeated = f"the same thing in round {event.round} as number {earlier + 1} has"
                raise InputError(f"{section.where}: found {repeated}, expected each thing once")
        events[number] = event
    return list(events.values())


def is_real(who: str, facts: Facts = SHIPPED) -> bool:
    """Whether *who*, an id in *facts* or "every firm", is somebody real: its id or name is among
    those that ship.
    """
    if who.startswith(EVERY) or POTENTIAL.fullmatch(who):
        return False
    return any(SHIPPED.id_of(name) is not None for name in (who, facts.state_names.get(who, who)))


def _read_event(
    section: Section, code: Code, first_round: int, last_round: int, facts: Facts
) -> Event:
    section.only(KEYS)
    action = _only_one(section, ACTIONS, "no action")
    _only_beside(
        section, "earnest", action == "signs" and section.values["signs"] is True, "signs = true"
    )
    _only_beside(section, "until", action in ("outreach", "trait"), "outreach or trait")
    _only_beside(section, "value", action in ("dial", "trait"), "dial or trait")

    start = _round(
        section, _only_one(section, ("date", "round"), "no date"), code, first_round, last_round
    )
    details: dict[str, Any] = {
        "hindsight": section.truth("hindsight", False),
        "why": section.text("why", ""),
    }
    if "until" in section:
        details["until"] = _round(section, "until", code, start, last_round)
    if action == "dial":
        name, value = _dial(section, code)
        return Event(start, "dial", (), value, name, **details)
    who = _who(section, facts)
    if action == "trait":
        name = section.one_of("trait", TRAITS)
        return Event(start, "trait", who, section.number("value", 0, 1), name, **details)
    if action == "outreach":
        return Event(
            start, "outreach", who, section.number("outreach", 0, MOST_OUTREACH), **details
        )
    if action == "keeps":
        if real := [stakeholder for stakeholder in who if is_real(stakeholder, facts)]:
            name = facts.state_names.get(real[0], real[0])
            raise InputError(
                f"{section.where}: found the conduct of {name}, expected that of {NAMELESS}"
            )
        return Event(start, "conduct", who, float(section.truth("keeps")), **details)
    for stakeholder in who:
        if kind_of(stakeholder, facts) not in code.may_sign:
            expected = f"one of those who may sign this code ({', '.join(code.may_sign)})"
            raise InputError(
                f"{section.where}: found a choice of {stakeholder}, expected {expected}"
            )
    details["earnest"] = section.truth("earnest", True)
    return Event(start, "choice", who, float(section.truth("signs")), **details)


def kind_of(stakeholder: str, facts: Facts) -> str:
    """The kind, state, firm or ngo, of an id in *facts* or of "every firm"."""
    if stakeholder.startswith(EVERY):
        return stakeholder.removeprefix(EVERY)
    potential = POTENTIAL.fullmatch(stakeholder)
    return potential[1] if potential else facts.organisation_kinds.get(stakeholder, "state")


def _only_one(section: Section, keys: tuple[str, ...], none: str) -> str:
    """The one of *keys* that the section has; *none* is what a message calls having none of
    them.
    """
    present = [key for key in keys if key in section]
    if len(present) != 1:
        raise InputError(
            f"{section.where}: found {' and '.join(present) or none}, expected exactly one of"
            f" {', '.join(keys)}"
        )
    return present[0]


def _only_beside(section: Section, key: str, fits: bool, action: str) -> None:
    """InputError where the section has *key* without *action*, the keys that it belongs to."""
    if key in section and not fits:
        raise InputError(f"{section.where}: found {key}, expected it only beside {action}")


def _round(section: Section, key: str, code: Code, earliest: int, latest: int) -> int:
    """The round under *key*, written as a number or as a date in it."""
    value = section.values[key]
    if key == "round" or isinstance(value, (int, float)):
        return section.whole(key, earliest, latest)
    day = as_date(value)
    t = None if day is None else round_within(code.launch, day, earliest, latest)
    if t is None:
        dates = dates_within(code.launch, earliest, latest)
        raise section.wrong(key, f"a date {dates}, in rounds {earliest} to {latest}")
    return t


def _dial(section: Section, code: Code) -> tuple[str, float]:
    """The name of a dial that may change during a run, and its new value."""
    for key in ("who", "group", "kind"):
        _only_beside(section, key, False, "signs, keeps, trait or outreach")
    if section.text("dial") in levers_of_text(code):
        raise section.wrong(
            "dial",
            "a dial that may change during a run, as this one is part of the text to be signed",
        )
    dial = dial_named(section.text("dial"), DIALS, section.where)
    if dial.structural:
        raise section.wrong(
            "dial", "a dial that may change during a run, as this one shapes the population"
        )
    if "value" not in section:
        raise section.wrong("value", f"a number from {dial.between[0]:g} to {dial.between[1]:g}")
    return dial.name, dial.check(section.values["value"], section.where)


def _who(section: Section, facts: Facts) -> tuple[str, ...]:
    key = _only_one(section, ("who", "group", "kind"), "nobody")
    if key == "kind":
        return (EVERY + section.one_of("kind", KINDS),)
    if key == "group":
        return facts.members(section.text("group"), section.where)
    who = tuple(stakeholder_named(name, section.where, facts) for name in section.words("who"))
    if len(set(who)) < len(who):
        raise section.wrong("who", "different stakeholders")
    return who


def stakeholder_named(name: str, where: str, facts: Facts = SHIPPED) -> str:
    """The id in *facts* of the stakeholder *name*: a state by iso3 or name, a firm or NGO by name,
    or one such as "firm DEU-017".

    InputError that begins with *where* and has the nearest name where there is no such stakeholder.
    """
    return facts.stakeholder(name, where)
