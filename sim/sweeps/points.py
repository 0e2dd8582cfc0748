"""The points of a sweep: the values of its axes at each, and what they make of the world that is
simulated there.

Most dials are a number in a vector, so that a point costs no more than its dials. A scenario, a
lens, a choice, a lever of the text and a dial that shapes the population make another world: it is
composed once and kept while its points follow on one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.arguments import column_of
from sim.engine.build import Changes, dial_vector, engine_arrays
from sim.experiments.outcomes import Array
from sim.experiments.simulate import check_text
from sim.parameters import AT, DIALS
from sim.scenario import Scenario
from sim.scenario.draws import draws_for
from sim.sweeps.axis import CHOICE, CHOOSE, DIAL, LENS, SCENARIO, WEIGHTS, Axis
from sim.sweeps.block import RunColumns, SweepSetting
from sim.sweeps.design import OWN
from sim.sweeps.sweep import Sweep

WORLDS_KEPT = 64  # composed ones, some three megabytes each

Key = tuple[tuple[str, Any], ...]  # the values that make another world, by the name of their axis


class World(NamedTuple):
    """A scenario as composed for some points of a sweep, and what it is for compiled code. draws:
    [draws, D] the weights of each draw, nan for dials that no draw sets.
    """

    scenario: Scenario
    setting: SweepSetting
    dials: Array  # [D] before any axis changes one
    draws: Array
    columns: RunColumns


class Block(NamedTuple):
    """Runs of one sweep that one call of `simulate_block` plays: [Q, 2] rows of *dials* [P, D] and
    replicates.
    """

    setting: SweepSetting
    dials: Array
    runs: NDArray[np.int64]
    columns: RunColumns


def makes_another_world(axis: Axis) -> bool:
    """Whether a value of *axis* is more than a number in the vector of dials."""
    return axis.kind in (SCENARIO, LENS, CHOICE) or (
        axis.kind == DIAL and (axis.name not in DIALS or DIALS[axis.name].structural)
    )


class Points:
    """The points of *sweep*, numbered from 0: all those of its uncertainties at the first point of
    its levers, then all at the second, and so on.
    """

    def __init__(self, sweep: Sweep) -> None:
        self.sweep = sweep
        self._levers, self._uncertainties = (
            part.columns(sweep.seed) for part in (sweep.levers, sweep.uncertainties)
        )
        self._of_worlds = [axis.name for axis in sweep.axes if makes_another_world(axis)]
        self._dials = [
            axis.name for axis in sweep.axes if axis.kind == DIAL and not makes_another_world(axis)
        ]
        self._world = lru_cache(maxsize=max(1, int(WORLDS_KEPT / _largest_scale(sweep))))(
            self._composed
        )

    def __len__(self) -> int:
        return self.sweep.points

    def place(self, point: int) -> tuple[int, int]:
        """The number of the lever's point, and that of the uncertainties' point."""
        return divmod(point, self.sweep.uncertainties.size)

    def values(self, point: int) -> dict[str, Any]:
        """Axis -> its value at *point*; OWN for what the scenario has."""
        lever, uncertainty = self.place(point)
        return {
            **{name: _value(column[lever]) for name, column in self._levers.items()},
            **{name: _value(column[uncertainty]) for name, column in self._uncertainties.items()},
        }

    def world(self, point: int) -> World:
        """The world of *point*."""
        values = self.values(point)
        return self._world(
            tuple((name, values[name]) for name in self._of_worlds if values[name] is not OWN)
        )

    def scenario(self, point: int) -> Scenario:
        """The scenario of *point*, all its dials in it: what `parley.run` simulates to the same
        numbers. With draws of the weights it has those of the point's draw, set by hand.
        """
        dials = dict(zip(DIALS, self.dials(point).tolist(), strict=True))
        world = self.world(point)
        changes = {
            name: value for name, value in dials.items() if value != world.scenario.parameters[name]
        }
        return world.scenario.with_changes(set=changes)

    def dials(self, point: int) -> Array:
        """[D] the value of each dial at *point*, before any event."""
        world, values = self.world(point), self.values(point)
        dials = world.dials.copy()
        if (draw := values.get(WEIGHTS, OWN)) is not OWN:
            row = world.draws[draw - 1]
            dials = np.where(np.isnan(row), dials, row)
        for name in self._dials:
            if values[name] is not OWN:
                dials[getattr(AT, name)] = values[name]
        return dials

    def replicate(self, point: int, number: int) -> int:
        """The replicate, as draws are keyed from 0 on, of the run *number*, from 0 on, at
        *point*.
        """
        return (
            number if self.sweep.common_random_numbers else point * self.sweep.replicates + number
        )

    def blocks(self, first: int, last: int) -> list[Block]:
        """The runs *first* to *last* - 1 of the sweep, those of a point after another, in blocks of
        one world each.
        """
        replicates, blocks = self.sweep.replicates, []
        points = range(first // replicates, -(-last // replicates))
        for world, members in _stretches(self, points):
            runs = [
                (row, self.replicate(point, number))
                for row, point in enumerate(members)
                for number in range(
                    max(first - point * replicates, 0), min(last - point * replicates, replicates)
                )
            ]
            dials = np.stack([self.dials(point) for point in members])
            blocks.append(Block(world.setting, dials, np.array(runs, np.int64), world.columns))
        return blocks

    def frame(self, points: range | None = None) -> pd.DataFrame:
        """A row per point: its number, and the value of each axis, also where it is the scenario's
        own.
        """
        numbers = range(len(self)) if points is None else points
        rows = [self.display(point) for point in numbers]
        frame = pd.DataFrame(
            {axis.name: _column(axis, [row[axis.name] for row in rows]) for axis in self.sweep.axes}
        )
        frame.insert(0, "point", np.fromiter(numbers, np.int64))
        return frame

    def display(self, point: int) -> dict[str, Any]:
        """Axis -> its value at *point*, also where it is the scenario's own."""
        values = self.values(point)
        if OWN not in values.values():
            return values
        world, dials = self.world(point).scenario, self.dials(point)
        for axis in self.sweep.axes:
            if values[axis.name] is OWN:
                values[axis.name] = _own(axis, world, dials)
        return values

    def _composed(self, key: Key) -> World:
        """The world of the values of *key*."""
        values = dict(key)
        scenarios = self.sweep.scenarios
        scenario = (
            scenarios[values[SCENARIO]] if SCENARIO in values else next(iter(scenarios.values()))
        )
        if LENS in values:
            scenario = scenario.with_lens(values[LENS])
        choices = {
            name.removeprefix(CHOOSE): value for name, value in key if name.startswith(CHOOSE)
        }
        axes = {axis.name: axis for axis in self.sweep.axes if axis.kind == DIAL}
        dials = {
            dial: each
            for name, value in key
            if name in axes
            for dial, each in axes[name].settings(value).items()
        }
        scenario = scenario.with_changes(
            set=dials, choices=choices, where=f"sweep {self.sweep.name}"
        )
        check_text(scenario)
        population, people, codes, _, events = engine_arrays(scenario)
        rounds = scenario.last_round - scenario.first_round + 1
        setting = SweepSetting(
            people, codes, events, Changes.from_scenario(scenario), scenario.first_round, rounds
        )
        signers = tuple(
            column_of(people.on_record, population, who, "signers") for who in self.sweep.signers
        )
        kinds = people.people.kind[people.on_record[np.array(signers, np.int64)]]
        counts = tuple(
            map(tuple, (np.eye(len(people.counts_as)) * people.counts_as)[kinds].tolist())
        )
        columns = RunColumns(self.sweep.outcomes, signers, self.sweep.signers, counts)
        return World(scenario, setting, dial_vector(scenario), self._draws(scenario), columns)

    def _draws(self, scenario: Scenario) -> Array:
        """The weights of each draw, of those that nobody has set."""
        if not any(axis.kind == WEIGHTS for axis in self.sweep.axes):
            return np.empty((0, len(DIALS)))
        columns: Mapping[str, Any] = scenario.with_draws().draws_of_weights
        number = len(next(iter(draws_for(scenario.code, scenario.weights_file).values())))
        rows = np.full((number, len(DIALS)), np.nan)
        for dial, each in columns.items():
            rows[:, getattr(AT, dial)] = each
        return rows


def _largest_scale(sweep: Sweep) -> float:
    """The largest population_scale of any point: so many times three megabytes a world takes."""
    axes = [axis for axis in sweep.axes if axis.name == "population_scale"]
    of_axes = [max((*axis.values, axis.high)) for axis in axes]
    return max(
        *of_axes,
        *(scenario.parameters.population_scale for scenario in sweep.scenarios.values()),
        1.0,
    )


def _value(value: Any) -> Any:
    """A value of a column, in a type of Python."""
    return value.item() if isinstance(value, np.generic) else value


def _stretches(points: Points, numbers: range) -> Iterator[tuple[World, list[int]]]:
    """The points *numbers* in stretches of one world each."""
    members: list[int] = []
    before: World | None = None
    for point in numbers:
        world = points.world(point)
        if before is not None and world is not before:
            yield before, members
            members = []
        before = world
        members.append(point)
    if before is not None:
        yield before, members


def _own(axis: Axis, scenario: Scenario, dials: Array) -> Any:
    """The value of *axis* that *scenario* has."""
    if axis.kind == DIAL:
        if axis.name in DIALS:
            return float(dials[getattr(AT, axis.name)])
        return float(np.mean([scenario.settings[name] for name in axis.settings(None)]))
    if axis.kind == CHOICE:
        return ",".join(scenario.answers[axis.name.removeprefix(CHOOSE)])
    return {SCENARIO: scenario.name, LENS: scenario.lens, WEIGHTS: 0}[axis.kind]


def _column(axis: Axis, values: list[Any]) -> Any:
    """A column of a frame: numbers, or texts of a few kinds."""
    if axis.kind == DIAL:
        return np.array(values, np.float64)
    if axis.kind == WEIGHTS:
        return np.array(values, np.int32)
    return pd.Categorical(values, categories=list(dict.fromkeys([*axis.values, *values])))
