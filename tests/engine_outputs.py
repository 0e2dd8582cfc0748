"""Outputs of the engine: scenarios simulated by the engine itself, without `sim.run`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.engine import rounds as engine
from sim.engine.arrays import empty_variables
from sim.engine.build import engine_arrays
from sim.engine.outputs import CODE_COLUMNS, NO_SHADOW, WORLD_COLUMNS, Output, Shadow, empty_output
from sim.population import Population
from sim.scenario import Scenario, load


@dataclass(frozen=True)
class EngineOutput:
    """A scenario's output, read by the names of its columns; *code* is the number of the code that
    is read.
    """

    population: Population
    output: Output
    code: int = 0

    def column(self, name: str) -> np.ndarray:
        """[replicates, rounds] of a column; a *name* without a kind or group is the sum over
        them.
        """
        table, columns = (
            (self.output.per_code[:, :, self.code], CODE_COLUMNS)
            if any(c.startswith(name) for c in CODE_COLUMNS)
            else (self.output.worldwide, WORLD_COLUMNS)
        )
        places = [i for i, c in enumerate(columns) if c == name] or [
            i for i, c in enumerate(columns) if c.startswith(name + "_")
        ]
        assert places, f"no column {name}"
        return table[:, :, places].sum(axis=2)

    def total(self, name: str) -> float:
        """The column's sum over replicates and rounds."""
        return float(self.column(name).sum())

    def signed(self, who: str) -> np.ndarray:
        """[replicates] whether *who* is a signatory at the end."""
        return self.output.status[:, self.code, self.population.ids.index(who)] == 3


def play(
    name: str | Scenario = "paris-call-2018",
    *,
    replicates: int = 3,
    seed: int = 1,
    events: Any = (),
    code_is_open: bool = True,
    without: str = "",
    shadow: Shadow = NO_SHADOW,
    **dials: float,
) -> EngineOutput:
    """*name* with *dials* set, the stage *without* left out."""
    scenario = load(name) if isinstance(name, str) else name
    scenario = scenario.with_changes(set=dials, events=list(events))
    population, arrays, codes, schedule, event_arrays = engine_arrays(scenario)
    output = empty_output(replicates, schedule.shape[0], codes.traits.size, len(population.ids))
    stages = engine.ALL_STAGES._replace(**{without: False} if without else {})
    engine.play(
        arrays,
        codes,
        empty_variables(arrays, codes),
        schedule[None],
        event_arrays,
        seed,
        seed,
        0,
        replicates,
        scenario.first_round,
        code_is_open,
        stages,
        shadow,
        output,
    )
    return EngineOutput(population, output)
