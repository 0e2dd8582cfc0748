"""The words of the pages for kinds, statuses, groups, dials, events and branches, and for what a number rests on.

Keys are those of the JSON answers and of the scripts in assets/.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import sim
from dashboard.view import APPROACHED, SIGNS, STAYS_OUT

KINDS = {"state": "States", "firm": "Firms", "ngo": "NGOs"}

# Statuses: of everybody in one world, in the order in which data/world numbers them; then as each page words them.
STATUSES = ("not taken up", "waiting", "declined", "signed", "left")
STATUSES_ON_MAP = {
    "signed": "signed", "waiting": "considered and waits", "declined": "considered and declined, or left",
    "untouched": "not taken up",
}  # fmt: skip
STATUSES_OUTSIDE = {
    "not-reached": "have not taken it up", "waiting": "considered and wait", "declined": "considered and declined",
}  # fmt: skip
STATUSES_OF_APPROACHED = {
    "not_reached": "has not been reached", "waits": "reached, waits for others", "declines": "reached, would decline",
    "signed": "has signed", "left": "has left",
}  # fmt: skip

# Shares of the worlds, which add up to one.
SHARES_ON_MAP = {"signed": "Signed", "waiting": "Considered, has not signed", "untouched": "Not taken up"}
SHARES_IN_TABLE = {"signed": "Signed", "considered": "Considered", "not_reached": "Not taken up"}
SHARES_IN_HISTORY = {"signed": "signed", "considered": "considered, not signed", "not-reached": "not taken up"}

# Groups for which conduct is told.
GROUPS = {
    "state_high": "most capable third of states", "state_middle": "middle third", "state_low": "least capable third",
    "firm": "firms", "ngo": "NGOs", "all": "all",
}  # fmt: skip

# What a number rests on: in a badge or a cell, and in full.
FITTED, ASSUMED = "fitted to the register", "assumed"
FITTED_WORLDS = f"{FITTED}: worlds under the fitted weights"
ASSUMED_RANGES = f"{ASSUMED}: ranges over what nobody has measured"

CHOICES = {SIGNS: "signs", STAYS_OUT: "stays out", APPROACHED: "approached"}  # of a branch
MOST_NAMES = 4  # in one event


def dial_words(name: str) -> str:
    """The name of a dial as people read it."""
    return name.replace("_", " ")


def branch_words(branch: str, names: Mapping[str, str]) -> tuple[str, str]:
    """The month from which a branch of a link acts, and what it does; *names* are those of ids."""
    month, what, value = branch.split(":")
    if value in CHOICES:
        return month, f"{', '.join(names.get(who, who) for who in what.split(','))} {CHOICES[value]}"
    return month, f"{dial_words(what)} becomes {value}"


def event_words(event: sim.Event, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """What an event of a scenario does; *names* are those of ids."""
    if event.what == "dial":
        return f"{dial_words(event.name)} becomes {event.value:g}"
    every = event.who[0].startswith("every ")
    one = every or len(event.who) == 1
    who = _listing([names.get(each, each) for each in event.who])
    until = "" if event.until is None else f", until month {event.until}"
    match event.what:
        case "choice":
            verb = {True: ("signs", "sign"), False: ("stays out", "stay out")}[event.value == 1][not one]
            words = f"{who} {verb}" if event.earnest else f"{who} {verb}, in name only"
        case "trait":
            words = f"{dial_words(event.name)} of {who} becomes {event.value:g}"
        case _:
            words = f"{who} {'is' if one else 'are'} approached: added attention, a rate of {event.value:g} a month"
    return words[0].upper() + words[1:] + until if every else words + until


def _listing(names: Sequence[str]) -> str:
    """A, B and C; of many, the first few."""
    parts, more = list(names[:MOST_NAMES]), len(names) - MOST_NAMES
    if more > 0:
        parts.append(f"{more} more")
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
