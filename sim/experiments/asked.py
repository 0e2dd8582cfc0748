"""What an experiment is asked about: which scenario, from which round on, and whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sim.calendar import end_of_round, round_of_event
from sim.errors import InputError
from sim.experiments.limits import check_whole
from sim.lenses import lens_named
from sim.scenario import Event, Scenario, load
from sim.scenario.event import kind_of, stakeholder_named
from sim.section import as_date

LAUNCH = 0


def scenario_asked(
    scenario: str | Path | Scenario,
    set: Mapping[str, Any] | None,
    events: Iterable[Event | Mapping[str, Any]],
    choices: Mapping[str, Any] | None,
    lens: str | None,
) -> Scenario:
    """*scenario* under *lens* (None: its own), changed as the arguments of `sim.run` say."""
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    seen = loaded if lens is None else loaded.with_lens(lens_named(lens, "lens").name)
    return seen.with_changes(set=set, events=events, choices=choices)


def starting_round(
    scenario: Scenario, from_round: Any = None, day: Any = None, names: tuple[str, str] = ("from_round", "date")
) -> int:
    """The round that is meant by its number or by a date in it, the launch where neither is given.

    InputError that calls the two arguments by *names* where it is none of *scenario*.
    """
    if day is None:
        first, last = scenario.first_round, scenario.last_round
        return LAUNCH if from_round is None else check_whole(from_round, first, last, names[0])
    if from_round is not None:
        raise InputError(f"{names[1]}: found {names[0]} beside it, expected one of the two")
    launch = scenario.code.launch
    before, end = end_of_round(launch, scenario.first_round - 1), end_of_round(launch, scenario.last_round)
    found = as_date(day)
    if found is None or not before < found <= end:
        shown = f"{day}" if isinstance(day, date) else repr(day)
        raise InputError(f"{names[1]} is {shown}, expected a date such as {launch}, after {before} and not after {end}")
    return round_of_event(launch, found)


def signers_named(scenario: Scenario, names: Iterable[str], where: str = "who") -> list[str]:
    """The ids of those whom *names* mean, each of whom may sign; InputError beginning with *where* otherwise."""
    found: list[str] = []
    for name in names:
        who = stakeholder_named(name, where)
        if kind_of(who) not in scenario.code.may_sign:
            expected = f"one of those who may sign this code ({', '.join(scenario.code.may_sign)})"
            raise InputError(f"{where}: found {who}, expected {expected}")
        if who in found:
            raise InputError(f"{where}: found {who} twice, expected each once")
        found.append(who)
    if not found:
        raise InputError(f"{where}: found nobody, expected at least one state, firm or NGO")
    return found
