"""What the pages get to see of a run: bands, counts and shares of worlds by round, as plain JSON; signing only.

A run holds millions of numbers, a page some thousands. Nothing here joins a name to conduct, which is told by group on
a route of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np

import sim
from dashboard.view import View

EDGES = {"low_90": 5, "low_50": 25, "median": 50, "high_50": 75, "high_90": 95}
MOST_NAMED = 4  # in one event

# Found once: the dates of a calendar, of which few ship, and the names, which no dial changes.
_DATES: dict[tuple[date, int, int], list[str]] = {}
_NAMES: dict[str, str] = {}
BY_KIND = ("listed", "taken_up", "waiting", "declined", "withdrawn")
FITTED = "fitted to the register: worlds under the fitted weights"


def record_of(view: View, run: sim.Run) -> dict[str, Any]:
    """All that the page of one simulated view shows."""
    scenario = view.asked
    courses = run.courses()
    return {
        "query": view.query(),
        "scenario": scenario.name,
        "title": scenario.title,
        "question": scenario.question,
        "lens": scenario.lens,
        "worlds": run.replicates,
        "seed": run.seed,
        "version": sim.__version__,
        "basis": FITTED,
        "settings": settings_of(view),
        "chosen": {name: list(taken) for name, taken in scenario.chosen.items()},
        "first_round": scenario.first_round,
        "dates": dates_of(run),
        "bands": {
            **{outcome: _bands_by_kind(run, outcome) for outcome in BY_KIND},
            "power_share": bands(run.values("power_share")[:, :, 0], digits=4),
        },
        "register": _register(run),
        "names": list(courses["signed"].columns),
        "signed": _whole_numbers(courses["signed"].to_numpy(), run.replicates),
        "taken_up": _whole_numbers(courses["taken_up"].to_numpy(), run.replicates),
        "log": log_of(scenario, names_of(run)),
    }


def names_of(run: sim.Run) -> dict[str, str]:
    """id -> name, of everybody who goes by a name."""
    if not _NAMES:
        people = run.directory()
        _NAMES.update(zip(people["id"], people["name"], strict=True))
    return _NAMES


def settings_of(view: View) -> dict[str, float]:
    """The value of every dial as the scenario, its lens and its choices have it, before anything was moved."""
    return View(scenario=view.scenario, lens=view.lens, choose=view.choose).asked.settings


def dates_of(run: sim.Run) -> list[str]:
    """The last day of every round, as 2018-11-12."""
    scenario = run.scenario
    key = (scenario.code.launch, scenario.first_round, scenario.last_round)
    if key not in _DATES:
        days = run.history("power_share")
        _DATES[key] = [day.isoformat() for day in days.loc[days["replicate"] == 1, "date"]]
    return list(_DATES[key])


def log_of(scenario: sim.Scenario, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The scenario's events in plain words, by round; *names* are those of ids."""
    return [{"round": event.round, "words": words_of(event, names), "why": event.why} for event in scenario.events]


def words_of(event: sim.Event, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """One event as people say it, with *names* for ids."""
    if event.what == "dial":
        return f"{event.name.replace('_', ' ')} becomes {event.value:g}"
    every = event.who[0].startswith("every ")
    one = every or len(event.who) == 1
    who = _listed([names.get(each, each) for each in event.who])
    until = "" if event.until is None else f", until month {event.until}"
    match event.what:
        case "choice":
            verb = {True: ("signs", "sign"), False: ("stays out", "stay out")}[event.value == 1][not one]
            said = f"{who} {verb}" if event.earnest else f"{who} {verb}, in name only"
        case "trait":
            said = f"{event.name.replace('_', ' ')} of {who} becomes {event.value:g}"
        case _:
            said = f"{who} {'is' if one else 'are'} approached: added attention, a rate of {event.value:g} a month"
    return said[0].upper() + said[1:] + until if every else said + until


def _listed(names: Sequence[str]) -> str:
    """A, B and C; of many, the first few."""
    said, more = list(names[:MOST_NAMED]), len(names) - MOST_NAMED
    if more > 0:
        said.append(f"{more} more")
    return " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else said[0]


def _bands_by_kind(run: sim.Run, outcome: str) -> dict[str, dict[str, list[float]]]:
    values = run.values(outcome)
    return {kind: bands(values[:, :, place]) for place, kind in enumerate(sim.KINDS)}


def bands(values: np.ndarray, digits: int = 1) -> dict[str, list[float]]:
    """Percentiles over the worlds of *values* [world, round], by the name of the edge."""
    edges = np.percentile(values, list(EDGES.values()), axis=0).round(digits)
    return dict(zip(EDGES, edges.tolist(), strict=True))


def _register(run: sim.Run) -> dict[str, list[dict[str, Any]]]:
    """The register's dated counts by kind, where the code is the one that it lists."""
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in sim.KINDS}
    for row in run.table().itertuples():
        if isinstance(row.registered, (int, np.integer)):
            day: date = row.date  # type: ignore[assignment]
            found[str(row.kind)].append({"date": day.isoformat(), "count": int(row.registered)})
    return found


def _whole_numbers(shares: np.ndarray, worlds: int) -> list[list[int]]:
    """[round][stakeholder] in how many of the worlds."""
    counts: list[list[int]] = np.rint(shares * worlds).astype(int).tolist()
    return counts
