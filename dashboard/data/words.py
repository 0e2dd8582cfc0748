"""The words of the pages for kinds, statuses, groups, dials, events and branches, and for what a number rests on.

Keys are those of the JSON answers and of the scripts in assets/.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import sim
from dashboard.view import APPROACHED, SIGNS, STAYS_OUT

KINDS = {kind: words[0].upper() + words[1:] for kind, words in sim.KIND_WORDS.items()}
GROUPS = {**sim.GROUP_WORDS, "all": "all"}  # the only parts by which conduct is shown

# Shares of the worlds by status, which add up to one. Who has left counts as one that has considered it.
SHARES = {"signed": "signed", "considered": "considered, not signed", "not_taken_up": sim.STATUSES["not_taken_up"].word}

# What a number rests on: in a badge or a cell, and in full.
FITTED, EXTRAPOLATED, ASSUMED = (sim.BASES[basis] for basis in ("fitted", "extrapolated", "assumed"))
WORLDS = "worlds under the fitted weights"  # those of its text, whatever they were fitted to
FITTED_WORLDS = f"{FITTED}: {WORLDS}"
ASSUMED_RANGES = f"{ASSUMED}: ranges over what nobody has measured"

CHOICES = {SIGNS: "signs", STAYS_OUT: "stays out", APPROACHED: "approached"}  # of a branch
MOST_NAMES = 4  # in one event


def basis_of(*scenarios: sim.Scenario) -> str:
    """What numbers on signing under *scenarios* rest on, in a badge or a cell."""
    return sim.BASES[sim.basis_of_signing(*scenarios)]


def basis_of_worlds(*scenarios: sim.Scenario) -> str:
    """The same in full."""
    return f"{basis_of(*scenarios)}: {worlds_of(*scenarios)}"


def worlds_of(*scenarios: sim.Scenario) -> str:
    """What worlds these are, by their weights: those of the first whose words are other than `WORLDS`."""
    words = [f"worlds under {scenario.weights_words}" for scenario in scenarios]
    return next((each for each in words if each != WORLDS), WORLDS)


def basis_and_why(*scenarios: sim.Scenario) -> dict[str, str]:
    """The parts of an answer on signing from which assets/basis.js writes its badges: the basis in full, and why it is
    no fit to the register; empty where it is one, else that of the first of *scenarios* that has a reason.
    """
    reasons = [scenario.why_extrapolated for scenario in scenarios if scenario.is_extrapolated]
    return {"basis": basis_of_worlds(*scenarios), "why": next(iter(reasons), "")}


def vocabulary() -> dict[str, Any]:
    """The words of `sim` that the scripts in assets/ use: kinds in the singular and as titles, statuses by number, what
    numbers rest on.
    """
    return {
        "kind": {kind: words.removesuffix("s") for kind, words in sim.KIND_WORDS.items()},
        "kinds": KINDS,
        "bases": dict(sim.BASES),
        "dials": {name: dial.label for name, dial in _dials().items() if dial.role != "fitted"},
        "statuses": [{"name": name, **status._asdict()} for name, status in sim.STATUSES.items()],
    }


def dial_words(name: str) -> str:
    """The name of a dial as people read it in the middle of a sentence: its label, as it is declared."""
    dials = _dials()
    return dials[name].label if name in dials else name.replace("_", " ")


@functools.cache
def _dials() -> Mapping[str, Any]:
    """Every dial that a view may set, by name: those of all scenarios that ship."""
    return {name: dial for each, _, _ in sim.available() for name, dial in sim.load(each).dials.items()}


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
