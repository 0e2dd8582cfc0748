"""What the first page shows of a run: the public list by kind and round, and the register's counts of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

import sim

KINDS = {"state": "States", "firm": "Firms", "ngo": "NGOs"}
EDGES = ["low_90", "low_50", "median", "high_50", "high_90"]
QUANTILES = np.array([0.05, 0.25, 0.5, 0.75, 0.95])


@dataclass(frozen=True)
class Adoption:
    """The public list in every round of a run, without the run: a thousand numbers are kept, not a million.

    `curves[kind]`: a row per round from the launch on, `round`, `date` (its last day) and EDGES, in counts;
    `registers[kind]`: a row per dated count, `date` and `registered`, and the row of the curve in which it is read: the
    last round that ends on or before `date`, on `read_on`.
    """

    title: str
    replicates: int
    seed: int
    curves: dict[str, pd.DataFrame]
    registers: dict[str, pd.DataFrame]

    def csv(self) -> str:
        """A row per kind and round; a count of the register stands in the round in which it is read."""
        tables = []
        for kind in KINDS:
            counts = self.registers[kind][["round", "registered", "date"]].rename(columns={"date": "registered_on"})
            curve = self.curves[kind].astype(dict.fromkeys(EDGES, float)).round(dict.fromkeys(EDGES, 2))
            tables.append(curve.merge(counts, how="left", on="round").assign(kind=kind))
        table = pd.concat(tables).assign(
            basis="fitted to the register: worlds under the fitted weights", replicates=self.replicates, seed=self.seed,
        )
        return table.set_index("kind").to_csv(lineterminator="\n")


def adoption_of(run: sim.Run) -> Adoption:
    """Reduces *run* to what is shown of it."""
    listed, milestones = run.history("listed").query("round >= 0"), run.table()
    curves, registers = {}, {}
    for kind in KINDS:
        worlds = listed[listed["kind"] == kind].groupby(["round", "date"])["value"]
        curve = worlds.quantile(QUANTILES).unstack().set_axis(EDGES, axis=1).reset_index()
        curve["date"] = pd.to_datetime(curve["date"])
        counts = milestones.loc[milestones["kind"] == kind, ["date", "registered"]]
        counts["date"] = pd.to_datetime(counts["date"])
        curves[kind], registers[kind] = curve, pd.merge_asof(counts, curve.assign(read_on=curve["date"]), on="date")
    return Adoption(run.scenario.title, run.replicates, run.seed, curves, registers)
