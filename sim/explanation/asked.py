"""Whom an explanation is about, and which round of the run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sim.calendar import end_of_round, round_of_event
from sim.errors import InputError, nearest
from sim.population import Population
from sim.scenario import Scenario
from sim.section import as_date, shown
from sim.stakeholders import KINDS


@dataclass(frozen=True)
class Asked:
    """One stakeholder, by its id, name, kind and place in the population, and the round in which it deliberates."""

    who: str
    name: str
    kind: str
    index: int
    round: int


def asked(population: Population, who: str, at: int, where: str) -> Asked:
    """*who*, an id, in round *at*; InputError beginning with *where* for a potential one beyond the last."""
    if who not in population.ids:
        expected = f"a firm or an NGO that its home country is large enough for{nearest(who, population.ids)}"
        raise InputError(f"{where}: there is no stakeholder {who!r}, expected {expected}")
    index = population.ids.index(who)
    return Asked(who, population.names[index], KINDS[population.kind[index]], index, at)


def round_asked(scenario: Scenario, value: Any, where: str) -> int:
    """The round that *value* means: a number, a date in it, either as a text, or None for the launch.

    InputError beginning with *where* for anything else, and for a round outside the run.
    """
    if value is None:
        return 0
    first, last, launch = scenario.first_round, scenario.last_round, scenario.code.launch
    number = _number(value)
    day = as_date(value) if number is None else None
    if day is not None:
        number = round_of_event(launch, day)
    if number is None or not first <= number <= last:
        dates = f"a date after {end_of_round(launch, first - 1)} and not after {end_of_round(launch, last)}"
        raise InputError(f"{where} is {shown(value)}, expected a whole number from {first} to {last}, or {dates}")
    return number


def _number(value: Any) -> int | None:
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            return None
    whole = hasattr(value, "__index__") and not isinstance(value, (bool, date))
    return int(value) if whole else None
