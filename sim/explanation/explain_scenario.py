"""`parley.explain`: a simulation of a scenario, and why one stakeholder signs or stays out in its
worlds; and `parley.what_happened`, from the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.arguments import REPLICATES, SEED, as_scenario, check_round, scenario_with_changes
from sim.engine.rule import Rule
from sim.experiments.run import run_of
from sim.experiments.simulate import check_text
from sim.explanation.decision import subject_of
from sim.explanation.question import check_aim, check_by
from sim.explanation.registration import register_words
from sim.population import build
from sim.request import Request
from sim.scenario import Event, Scenario
from sim.scenario.event import stakeholder_named
from sim.threads import Progress

if TYPE_CHECKING:
    from sim.explanation.explanation import Explanation


def explain(
    scenario: str | Path | Scenario,
    who: str,
    *,
    round: int | str | date | None = None,
    by: int | str | date | None = None,
    aim: str | None = None,
    replicates: int = REPLICATES,
    seed: int = SEED,
    set: Mapping[str, Any] | None = None,
    events: Iterable[Event | Mapping[str, Any]] = (),
    choices: Mapping[str, Any] | None = None,
    lens: str | None = None,
    weights: str | None = None,
    facts: Any = None,
    ties: Any = None,
    workers: int | None = None,
    choose: Rule | None = None,
    progress: Progress | None = None,
) -> Explanation:
    """Simulate *scenario* as `parley.run` does, and explain *who* (a state by iso3 or name, a firm
    or NGO by name, or one such as "firm DEU-017") as it deliberates in *round* (its number or a
    date in it; by default the launch), and what would bring it "in" *by* a date, or keep it "out":
    the *aim*, as `Run.explain` takes both.

    InputError, in one sentence, for whatever does not fit.
    """
    loaded = scenario_with_changes(scenario, set, events, choices, lens, weights, facts, ties)
    stakeholder_named(who, "explain", loaded.facts)
    check_text(loaded)
    check_by(loaded, by, check_round(loaded, round))
    check_aim(aim)
    request = Request(loaded, replicates, seed, workers, progress, choose)
    return run_of(request).explain(who, round, by, aim)


def what_happened(scenario: str | Path | Scenario, who: str) -> str:
    """What really happened with *who*, from the register of the Paris Call, in a sentence; empty
    where the code or the world of *scenario* is another. Nothing is simulated.
    """
    loaded = as_scenario(scenario)
    population = build(loaded.parameters, of=loaded.facts)
    return register_words(
        subject_of(population, stakeholder_named(who, "what_happened", loaded.facts)), loaded
    )
