"""One scenario, many replicates: what `sim.run` returns and `parley run` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim import engine
from sim.errors import InputError, nearest
from sim.experiments.assumptions import Summaries, conduct_at_corners, range_over
from sim.experiments.milestones import PERCENTILES, milestone_table
from sim.experiments.replicates import (
    LARGEST_SEED,
    MOST_REPLICATES,
    MOST_WORKERS,
    Progress,
    Setting,
    replicate,
    setting,
    whole_number,
)  # fmt: skip
from sim.experiments.shares import by_decile, largest_misses, signed_shares
from sim.manifest import manifest
from sim.output import Output
from sim.record import ASSUMED, FITTED, MEASURED, OUTCOMES, history_frame, series, summaries
from sim.scenario import Event, Scenario, load
from sim.tallies import GROUPS
from sim.writing import records


def run(
    scenario: str | Path | Scenario = "paris-call-2018",
    *,
    replicates: int = 200,
    seed: int = 1,
    set: Mapping[str, Any] | None = None,
    events: Iterable[Event | Mapping[str, Any]] = (),
    choices: Mapping[str, Any] | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Run:
    """Simulate *scenario* (a name that `sim.available()` lists, a path, or a Scenario) *replicates* times.

    set: dial -> value; events: more [[events]], as in a scenario file; choices: choice -> option or options.
    seed: 0 to 2**63 - 1; the same seed gives the same record, whatever the number of *workers* (threads; by default one per processor).
    progress(done, total) is called now and then. InputError, in one sentence, for whatever does not fit.
    """
    whole_number("replicates", replicates, 1, MOST_REPLICATES)
    whole_number("seed", seed, 0, LARGEST_SEED)
    if workers is not None:
        whole_number("workers", workers, 1, MOST_WORKERS)
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    loaded = loaded.with_changes(set=set, events=events, choices=choices)
    given = setting(loaded)
    output = replicate(given, replicates, seed, workers=workers, progress=progress)
    return Run(loaded, replicates, seed, given, output, engine.play, workers)


@dataclass(frozen=True, eq=False)
class Run:
    """The record of one scenario under *replicates* different lucks."""

    scenario: Scenario
    replicates: int
    seed: int
    setting: Setting = field(repr=False)
    output: Output = field(repr=False)
    play: Callable[..., None] = field(repr=False)
    workers: int | None = field(repr=False)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """All that it takes to repeat this run to the bit."""
        return manifest(self.scenario, self.replicates, self.seed)

    def table(self) -> pd.DataFrame:
        """The public list at the register's dates: date, kind, registered, median, low, high (5th and 95th percentile).

        These are worlds under the fitted weights; the intervals do not hold the weights' own uncertainty.
        """
        return milestone_table(series(OUTCOMES["listed"], self.output, self.group_sizes), self.scenario)

    @cached_property
    def signed(self) -> dict[str, float]:
        """iso3 or name -> share of simulated worlds in which it has signed by the end."""
        return signed_shares(self.setting.population, self.output)

    def deciles(self) -> pd.DataFrame:
        """The 193 states in tenths by their share of simulated worlds, with the share that is on the register."""
        return by_decile(self.signed)

    def misses(self) -> list[str]:
        """The five states whose share lies farthest from what happened, in words."""
        return largest_misses(self.signed)

    def history(self, outcome: str) -> pd.DataFrame:
        """Tidy frame of one of `sim.OUTCOMES`, under the scenario's own dials: replicate, round, date, kind or group, value, basis."""
        measured = [known.name for known in MEASURED]
        if outcome not in measured:
            raise InputError(
                f"history: there is no outcome {outcome!r}, expected one of {', '.join(measured)}{nearest(outcome, measured)}"
            )
        return history_frame(
            OUTCOMES[outcome], self.output, self.group_sizes, self.scenario.first_round, self.scenario.code.launch
        )

    @cached_property
    def group_sizes(self) -> np.ndarray[Any, Any]:
        """[5] how many stakeholders each of `sim.GROUPS` has."""
        return np.bincount(self.setting.world.people.group, minlength=len(GROUPS)).astype(np.float64)

    @cached_property
    def by_replicate(self) -> Summaries:
        """(outcome, part) -> one number per replicate, under the scenario's own dials."""
        return summaries(self.output, self.group_sizes, self.scenario.first_round)

    @cached_property
    def at_corners(self) -> list[Summaries]:
        """As `by_replicate`, for each combination of the assumptions about conduct, with the harm prevented."""
        return self.simulate_corners()

    def simulate_corners(self, progress: Progress | None = None) -> list[Summaries]:
        """What `at_corners` keeps, with reports of progress; asked for by `outcomes`, and not before."""
        if "at_corners" not in self.__dict__:
            self.__dict__["at_corners"] = conduct_at_corners(
                self.scenario,
                self.setting,
                self.group_sizes,
                self.replicates,
                self.seed,
                self.play,
                self.workers,
                progress,
            )
        return self.__dict__["at_corners"]

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Tidy: outcome, label, unit, by (kind, group or nothing), part, when, basis, median, low, high.

        Fitted outcomes have a median and a 90 % interval over replicates; assumed ones only a range over their assumptions.
        """
        rows = []
        for outcome in OUTCOMES.values():
            for part in outcome.parts:
                if outcome.basis == FITTED:
                    low, median, high = np.percentile(self.by_replicate[outcome.name, part], PERCENTILES)
                else:
                    low, high = range_over([corner[outcome.name, part] for corner in self.at_corners])
                    median = np.nan
                rows.append(
                    (
                        outcome.name,
                        outcome.label,
                        outcome.unit,
                        outcome.by,
                        part,
                        outcome.when,
                        outcome.basis,
                        float(median),
                        float(low),
                        float(high),
                    )
                )
        columns = ["outcome", "label", "unit", "by", "part", "when", "basis", "median", "low", "high"]
        return pd.DataFrame(rows, columns=columns)

    def harm_prevented(self) -> pd.DataFrame:
        """The rows of `outcomes` that compare with the same world without the code, as ranges over the assumptions."""
        compares = [outcome.name for outcome in OUTCOMES.values() if outcome.basis == ASSUMED and not outcome.column]
        return self.outcomes[self.outcomes["outcome"].isin(compares)].reset_index(drop=True)

    def as_json(self) -> dict[str, Any]:
        """What `parley run --json` writes (docs/json.md)."""
        return {
            "milestones": records(self.table()),
            "signed": self.signed,
            "outcomes": records(self.outcomes),
            "deciles": records(self.deciles()),
            "misses": self.misses(),
            "manifest": self.manifest,
        }
