"""What the pages get to see of a run: bands, counts and shares of worlds by round, as plain JSON; signing only.

A run holds millions of numbers, a page some thousands. Nothing here joins a name to conduct, which is told by group on
a route of its own.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

import sim
from dashboard.view import View

EDGES = {"low_90": 5, "low_50": 25, "median": 50, "high_50": 75, "high_90": 95}
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
        "log": log_of(scenario),
    }


def settings_of(view: View) -> dict[str, float]:
    """The value of every dial as the scenario, its lens and its choices have it, before anything was moved."""
    return View(scenario=view.scenario, lens=view.lens, choose=view.choose).asked.settings


def dates_of(run: sim.Run) -> list[str]:
    """The last day of every round, as 2018-11-12."""
    days = run.history("power_share")
    return [day.isoformat() for day in days.loc[days["replicate"] == 0, "date"]]


def log_of(scenario: sim.Scenario) -> list[dict[str, Any]]:
    """The scenario's events in plain words, by round."""
    return [{"round": event.round, "words": words_of(event), "why": event.why} for event in scenario.events]


def words_of(event: sim.Event) -> str:
    """One event as people say it."""
    who = ", ".join(event.who[:4]) + (f" and {len(event.who) - 4} more" if len(event.who) > 4 else "")
    match event.what:
        case "choice":
            manner = "" if event.earnest else ", in name only"
            return f"{who}: signs{manner}" if event.value == 1 else f"{who}: stays out"
        case "dial":
            return f"{event.name.replace('_', ' ')} becomes {event.value:g}"
        case "trait":
            return f"{who}: {event.name.replace('_', ' ')} becomes {event.value:g}"
        case _:
            return f"{who}: approached, a rate of {event.value:g} a month"


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
