"""Two scenarios under the same luck: what the second changes, replicate by replicate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import InputError
from sim.experiments.disclosure import withheld
from sim.experiments.limits import REPLICATES, SEED, check_replicates
from sim.experiments.milestones import paired_milestones
from sim.experiments.outcomes import outcome_frame
from sim.experiments.replicates import Progress, share_of
from sim.experiments.run import Run, run
from sim.record import ASSUMED, Summaries
from sim.scenario import Scenario
from sim.writing import FORMATS, records, save


def compare(
    first: str | Path | Scenario,
    second: str | Path | Scenario,
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Simulate both scenarios with the same seed, as `sim.run` does, and pair them by replicate.

    A changed scenario is one too: `sim.load(name).with_changes(set={dial: value})`. InputError for what does not fit.
    """
    total = 2 * check_replicates(replicates)
    sides = [
        run(
            scenario,
            replicates=replicates,
            seed=seed,
            workers=workers,
            progress=share_of(progress, before, total),
        )
        for scenario, before in ((first, 0), (second, replicates))
    ]
    return Comparison(*sides)


@dataclass(frozen=True, eq=False)
class Comparison:
    """The *second* run less the *first*, each replicate less the one that had the same luck."""

    first: Run
    second: Run

    def __post_init__(self) -> None:
        luck = [(side.seed, side.replicates) for side in (self.first, self.second)]
        if luck[0] != luck[1]:
            raise InputError(
                f"compare: found (seed, replicates) {luck[0]} and {luck[1]}, expected the same in both runs"
            )

    def table(self) -> pd.DataFrame:
        """The public list at dated points: date, kind, first and second (medians), difference (median), low, high."""
        return paired_milestones(self.first.listed, self.second.listed, self.first.scenario, self.second.scenario)

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Differences in every outcome, with the columns of `Run.outcomes`.

        Fitted: median and 90 % interval of the paired differences. Assumed: their range over all combinations of
        assumptions, and nothing for the parts that are `withheld`.
        """
        pairs = zip(self.first.at_corners, self.second.at_corners, strict=True)
        frame = outcome_frame(
            _difference(self.first.by_replicate, self.second.by_replicate),
            [_difference(first, second) for first, second in pairs],
        )
        frame.loc[(frame["basis"] == ASSUMED) & frame["part"].isin(self.withheld), ["low", "high"]] = float("nan")
        return frame

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The groups, or all, whose difference in conduct would be one stakeholder's (sim.experiments.disclosure)."""
        return withheld(self.first, self.second)

    @cached_property
    def signed(self) -> dict[str, float]:
        """iso3 or name -> by how much the share of simulated worlds in which it has signed is larger in the second."""
        return {who: self.second.signed[who] - share for who, share in self.first.signed.items()}

    def simulate_corners(self, progress: Progress | None = None) -> None:
        """Simulate now what `outcomes` will need, with reports of progress."""

        def half(before: int) -> Progress | None:
            return None if progress is None else lambda done, total: progress(before * total + done, 2 * total)

        self.first.simulate_corners(half(0))
        self.second.simulate_corners(half(1))

    def as_json(self) -> dict[str, Any]:
        """What `parley compare --json` writes (docs/json.md)."""
        return {
            "milestones": records(self.table()),
            "signed": self.signed,
            "outcomes": records(self.outcomes),
            "withheld": sorted(self.withheld),
            "manifests": {"first": self.first.manifest, "second": self.second.manifest},
        }

    def save(self, folder: str | Path, formats: Iterable[str] = FORMATS) -> list[Path]:
        """Write the tables in each of *formats*, then both manifests, into *folder*; the files written."""
        signed = pd.DataFrame({"who": list(self.signed), "difference": list(self.signed.values())})
        frames = {"milestones": self.table(), "outcomes": self.outcomes, "signed": signed}
        manifests = {"manifest-first": self.first.manifest, "manifest-second": self.second.manifest}
        return save(Path(folder), frames, formats, manifests)


def _difference(first: Summaries, second: Summaries) -> Summaries:
    return {key: second[key] - first[key] for key in first}
