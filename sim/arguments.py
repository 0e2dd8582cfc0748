"""Arguments of runs and experiments: their defaults and ranges, and the scenario, rounds and stakeholders they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.parameters.lenses import lens_named
from sim.reading import as_date
from sim.scenario import Event, Scenario, load
from sim.scenario.calendar import end_of_round, round_of_event
from sim.scenario.event import kind_of, stakeholder_named

REPLICATES, SEED = 200, 1
PIVOTS, PIVOTS_REPLICATES = 40, 50  # half a minute on two processors
APPROACHES, OUTREACH_REPLICATES = 20, 60  # less than a minute
MONTHS = 3
STRENGTH = 0.8  # a rate a month: nine in ten take a matter up within three months, as 1 - exp(-3 x 0.8) is 0.91
MOST_REPLICATES = 100_000  # about seven gigabytes of record
MOST_WORKERS = 1024
LARGEST_SEED = 2**63 - 1  # the largest that luck takes


def check_replicates(value: Any, name: str = "replicates") -> int:
    """*value* as a number of replicates; InputError that begins with *name* otherwise, as for all below."""
    return check_whole(value, 1, MOST_REPLICATES, name)


def check_seed(value: Any, name: str = "seed") -> int:
    """*value* as a seed."""
    return check_whole(value, 0, LARGEST_SEED, name)


def check_workers(value: Any, name: str = "workers") -> int | None:
    """*value* as a number of threads, or None for one per processor."""
    return None if value is None else check_whole(value, 1, MOST_WORKERS, name)


def check_luck(replicates: Any, seed: Any, workers: Any) -> tuple[int, int, int | None]:
    """All three, as an experiment takes them."""
    return check_replicates(replicates), check_seed(seed), check_workers(workers)


def check_number(value: Any, low: float, high: float, name: str) -> float:
    """*value* as a number from *low* to *high*."""
    numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not numeric or not low <= value <= high:
        raise InputError(f"{name} is {value!r}, expected a number from {low:g} to {high:g}")
    return float(value)


def check_whole(value: Any, low: int, high: int, name: str) -> int:
    """*value* as a whole number from *low* to *high*."""
    whole = hasattr(value, "__index__") and not isinstance(value, bool)
    if not whole or not low <= value <= high:
        found = "a number of more than forty digits" if whole and abs(value) > 10**40 else repr(value)
        raise InputError(f"{name} is {found}, expected a whole number from {low} to {high}")
    return int(value)


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
