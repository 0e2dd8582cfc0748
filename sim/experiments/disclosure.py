"""Whose conduct a comparison would give away: where one signature alone changes, a group's conduct is that one's.

The rule is that of official statistics for tables about enterprises (Hundepool et al. 2012, *Statistical Disclosure
Control*): a cell is withheld where fewer than three contribute, or one contributes more than half.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.experiments.outcomes import ALL
from sim.experiments.run import Run
from sim.stakeholders import GROUPS

FEWEST = 3
LARGEST_SHARE = 0.5


def withheld(first: Run, second: Run) -> frozenset[str]:
    """The parts of the outcomes of conduct (groups, or all) whose difference would tell one stakeholder's conduct.

    Where text or dials differ, everybody's conduct may, and nothing is withheld.
    """
    if _of_everybody(first) != _of_everybody(second):
        return frozenset()
    changes = _changes(first, second)
    group = first.setting.world.people.group
    parts = {name: changes[group == place] for place, name in enumerate(GROUPS)} | {ALL: changes}
    return frozenset(name for name, of_part in parts.items() if _gives_away(of_part))


def _of_everybody(run: Run) -> tuple[object, ...]:
    """What a scenario says of all alike."""
    scenario = run.scenario
    return (scenario.parameters, scenario.code, [event for event in scenario.events if event.what == "dial"])


def _changes(first: Run, second: Run) -> NDArray[np.int64]:
    """[stakeholder] in how many worlds its membership differs, or its scenario says something else of it by name."""
    sides = [(run.output.signed_round[:, 0], run.output.left_round[:, 0]) for run in (first, second)]
    (signed, left), (signed_there, left_there) = sides
    worlds: NDArray[np.int64] = ((signed != signed_there) | (left != left_there)).sum(axis=0)
    events = [{event for event in run.scenario.events if event.what in ("choice", "trait")} for run in (first, second)]
    names = {who for event in events[0] ^ events[1] for who in event.who}
    for place, who in enumerate(first.setting.population.ids):
        if who in names:
            worlds[place] = first.replicates
    return worlds


def _gives_away(changes: NDArray[np.int64]) -> bool:
    total = int(changes.sum())
    return total > 0 and (int((changes > 0).sum()) < FEWEST or int(changes.max()) > LARGEST_SHARE * total)
