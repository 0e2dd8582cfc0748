"""Disclosure control: differences in a group's conduct that would reveal the conduct of a single
stakeholder.

The rule is that of official statistics for tables about enterprises (Hundepool et al. 2012,
*Statistical Disclosure Control*): a cell is withheld where fewer than three contribute, or one
contributes more than half.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.experiments.outcomes import ALL
from sim.experiments.run import Run
from sim.kinds_and_statuses import GROUPS
from sim.scenario import Scenario

FEWEST = 3
LARGEST_SHARE = 0.5


def withheld(first: Run, second: Run) -> frozenset[str]:
    """The groups, or all, whose difference in conduct would reveal one stakeholder's conduct.

    Where the code or the dials differ, everybody's conduct may differ, and nothing is withheld.
    """
    if _of_everybody(first.scenario) != _of_everybody(second.scenario):
        return frozenset()
    changes, group = _changes(first, second)
    parts = {name: changes[group == place] for place, name in enumerate(GROUPS)} | {ALL: changes}
    return frozenset(name for name, of_part in parts.items() if _gives_away(of_part))


def differ_by_few(first: Scenario, second: Scenario) -> bool:
    """Whether two scenarios are alike but for what one or two do by name, so that a difference in
    conduct between their worlds would be theirs.
    """
    names = _names_of_events(first, second)
    return _of_everybody(first) == _of_everybody(second) and 0 < len(names) < FEWEST


def _of_everybody(scenario: Scenario) -> tuple[object, ...]:
    """The parts of a *scenario* that concern all stakeholders alike."""
    dials = [event for event in scenario.events if event.what == "dial"]
    rival = scenario.open_rival
    return (scenario.parameters, scenario.code, dials, rival and (rival.code, rival.values))


def _changes(first: Run, second: Run) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """[all who are in either] in how many worlds one's membership differs, and one's group; all
    worlds where an event about one by name, a fact of one's own or of one's home, or a tie of one
    differs, and where one is in one world alone.
    """
    names, homes = (
        _names_that_differ(first, second),
        first.scenario.facts.differences(second.scenario.facts),
    )
    ours, theirs = (_by_id(run) for run in (first, second))
    worlds, groups = [], []
    for who in dict.fromkeys([*ours, *theirs]):
        here, there = ours.get(who), theirs.get(who)
        if here is None or there is None or who in names | homes or here.home in homes:
            worlds.append(first.replicates)
        else:
            worlds.append(int((here.dates != there.dates).any(axis=0).sum()))
        groups.append((here or theirs[who]).group)
    return np.array(worlds, dtype=np.int64), np.array(groups, dtype=np.int64)


def _names_that_differ(first: Run, second: Run) -> set[str]:
    """The ids of those on whom events or ties of one scenario say something else than those of the
    other.
    """
    names = _names_of_events(first.scenario, second.scenario)
    if first.scenario.ties != second.scenario.ties:
        ties = [set(run.ties().itertuples(index=False, name=None)) for run in (first, second)]
        names |= {source for source, _, _ in ties[0] ^ ties[1]}
    return names


def _names_of_events(first: Scenario, second: Scenario) -> set[str]:
    """The ids of those about whom the events of one scenario say something else than those of the
    other.
    """
    events = [
        {(0, event) for event in of.events if event.what in ("choice", "trait")}
        for of in (first, second)
    ]
    for ours, of in zip(events, (first, second), strict=True):
        ours |= {
            (1, event)
            for event in (of.open_rival.events if of.open_rival else ())
            if event.what == "choice"
        }
    return {who for _, event in events[0] ^ events[1] for who in event.who}


class _Member(NamedTuple):
    """One stakeholder's group, its home, and when it signed and left each code [2 C, worlds]."""

    group: int
    home: str
    dates: NDArray[np.int16]


def _by_id(run: Run) -> dict[str, _Member]:
    population, group = run.setting.population, run.setting.population_arrays.people.group
    dates = np.concatenate([run.output.signed_round, run.output.left_round], axis=1).swapaxes(0, 1)
    return {
        population.ids[place]: _Member(
            int(group[place]), population.home_iso3[place], dates[:, :, column]
        )
        for column, place in enumerate(run.setting.population_arrays.on_record.tolist())
    }


def _gives_away(changes: NDArray[np.int64]) -> bool:
    total = int(changes.sum())
    return total > 0 and (
        int((changes > 0).sum()) < FEWEST or int(changes.max()) > LARGEST_SHARE * total
    )
