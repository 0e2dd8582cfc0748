"""Disclosure control: differences in a group's conduct that would reveal the conduct of a single stakeholder.

The rule is that of official statistics for tables about enterprises (Hundepool et al. 2012, *Statistical Disclosure
Control*): a cell is withheld where fewer than three contribute, or one contributes more than half.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.experiments.outcomes import ALL
from sim.experiments.run import Run
from sim.kinds_and_statuses import GROUPS

FEWEST = 3
LARGEST_SHARE = 0.5


def withheld(first: Run, second: Run) -> frozenset[str]:
    """The groups, or all, whose difference in conduct would reveal one stakeholder's conduct.

    Where the code or the dials differ, everybody's conduct may differ, and nothing is withheld.
    """
    if _of_everybody(first) != _of_everybody(second):
        return frozenset()
    changes = _changes(first, second)
    group = first.setting.population_arrays.people.group
    parts = {name: changes[group == place] for place, name in enumerate(GROUPS)} | {ALL: changes}
    return frozenset(name for name, of_part in parts.items() if _gives_away(of_part))


def _of_everybody(run: Run) -> tuple[object, ...]:
    """The parts of a scenario that concern all stakeholders alike."""
    scenario = run.scenario
    return (scenario.parameters, scenario.code, [event for event in scenario.events if event.what == "dial"])


def _changes(first: Run, second: Run) -> NDArray[np.int64]:
    """[N] in how many worlds one's membership differs; all worlds where an event about one by name differs."""
    sides = [(run.output.signed_round[:, 0], run.output.left_round[:, 0]) for run in (first, second)]
    (signing, leaving), (signing_there, leaving_there) = sides
    worlds: NDArray[np.int64] = ((signing != signing_there) | (leaving != leaving_there)).sum(axis=0)
    events = [{event for event in run.scenario.events if event.what in ("choice", "trait")} for run in (first, second)]
    names = {who for event in events[0] ^ events[1] for who in event.who}
    for place, who in enumerate(first.setting.population.ids):
        if who in names:
            worlds[place] = first.replicates
    return worlds


def _gives_away(changes: NDArray[np.int64]) -> bool:
    total = int(changes.sum())
    return total > 0 and (int((changes > 0).sum()) < FEWEST or int(changes.max()) > LARGEST_SHARE * total)
