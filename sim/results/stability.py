"""Stability of membership: who would gain by leaving, who by joining, on whom others' signatures
hang, and what it would take to win a state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.arguments import (
    LAUNCH,
    PIVOTS_REPLICATES,
    SEED,
    check_one_code,
    scenario_with_changes,
)
from sim.errors import InputError
from sim.experiments.influence import ASSUMES
from sim.experiments.intervals import METHOD
from sim.experiments.manifest import manifest
from sim.experiments.membership import Effect, StabilityResult, standing_at_the_end
from sim.experiments.outcomes import Array
from sim.experiments.pivots import Trial
from sim.experiments.simulate import EachReplicate, Setting, SignaturesAlone, worlds_of
from sim.output_folder import OutputFolder, save
from sim.population import STATE
from sim.request import Request
from sim.scenario import Event, Scenario
from sim.scenario.files import DEFAULT
from sim.threads import Progress, in_threads
from sim.words.stability import stability_sentences
from sim.writing import FORMATS, records


def stability(
    scenario: str | Path | Scenario = DEFAULT,
    *,
    replicates: int = PIVOTS_REPLICATES,
    seed: int = SEED,
    set: Mapping[str, Any] | None = None,
    events: Iterable[Event | Mapping[str, Any]] = (),
    choices: Mapping[str, Any] | None = None,
    lens: str | None = None,
    facts: Any = None,
    ties: Any = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Stability:
    """Who would gain by leaving or by joining *scenario* at its end, in its median world, and what
    each state's turn does to others.

    The median world is the one that is in the middle by the number of states that are signatories
    at the end. In *replicates* worlds each signatory of the median world is made to stay out, and
    each other state to sign from the launch on, under the same luck. The other arguments are those
    of `parley.run`.

    InputError, in one sentence, for whatever does not fit.
    """
    loaded = scenario_with_changes(scenario, set, events, choices, lens, facts=facts, ties=ties)
    return stability_of(Request(loaded, replicates, seed, workers, progress))


def stability_of(request: Request) -> Stability:
    """The stability of the membership in what *request* asks for."""
    loaded, replicates, seed = request.scenario, request.replicates, request.seed
    check_one_code(loaded, "stability")
    if "state" not in loaded.code.may_sign:
        raise InputError(
            "stability: states may not sign this code, expected one that they may sign"
        )
    setting = Setting.from_scenario(loaded)
    of_worlds = request.with_progress(None)
    standings = worlds_of(of_worlds, setting, EachReplicate(standing_at_the_end))
    numbers = [int(each.signed.sum()) for each in standings]
    median = int(np.argsort(numbers, kind="stable")[(replicates - 1) // 2])
    base = worlds_of(of_worlds, setting, SignaturesAlone())
    trials = [
        partial(_effect_of, Trial(loaded, setting, base, i, LAUNCH, seed), not signed)
        for i, signed in enumerate(standings[median].signed.tolist())
    ]
    effects = in_threads(trials, request.workers, request.progress)
    return Stability(loaded, setting, replicates, seed, median, tuple(standings), np.stack(effects))


def _effect_of(trial: Trial, signs: bool) -> Array:
    """[Q, S + 1] how many more than as it is, of each other state (-1, 0 or 1) and of all other
    stakeholders.
    """
    worlds = trial.worlds(signs)
    change = worlds.signed.astype(np.float64) - trial.base.signed
    change[:, trial.index] = 0.0
    states = int((trial.setting.population.kind == STATE).sum())
    return np.column_stack([change[:, :states], change.sum(axis=1)])


@dataclass(frozen=True, eq=False)
class Stability(StabilityResult):
    """How stable the membership of a code is, with its words, tables and files."""

    interval = METHOD
    assumes = ASSUMES

    def __repr__(self) -> str:
        return f"Stability({self.scenario.name}, replicates={self.replicates}, seed={self.seed})"

    def table(self) -> pd.DataFrame:
        """A row per state: signatories of the median world first, who has most to gain by turning
        first.

        who, name, signatory, decides (itself, the Union, an event), share (of worlds in which it is
        a signatory), value (of signing, points, at the end of the median world), value_low and
        value_high (90 % of worlds), chance (to sign when it takes the matter up), gain (points, by
        leaving or by signing), stable (whether it has nothing to gain, or an event decides),
        payment (points that it lacks for signing to be as likely as not), others (how many other
        signatures its turn adds, of a signatory mostly below 0), low and high (95 %, of the mean),
        basis (of a signatory `assumed`, as what leaving costs is), assumes.
        """
        return pd.DataFrame(self._states)

    @cached_property
    def brought(self) -> pd.DataFrame:
        """Whom a state's turn moves: who turns, its name, signs (whether it is made to sign, or to
        stay out), whom and the other's name, the change in the share of worlds in which the other
        is a signatory, low and high (95 %, of the mean), basis, assumes. At most five for each, the
        largest first, and those alone whose change is three standard errors from 0, as there are
        two hundred to choose from; nobody in a single world.
        """
        return pd.DataFrame(self._clear_effects, columns=Effect._fields)

    @property
    def sentences(self) -> list[str]:
        """Whether membership is stable, who is nearest to turning, on whom it hangs, and what would
        win a state.
        """
        return stability_sentences(self)

    @property
    def arguments(self) -> dict[str, Any]:
        """What was asked besides the scenario."""
        return {"command": "stability", "median_world": self.median + 1}

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest of the scenario as it is."""
        return manifest(self.scenario, self.replicates, self.seed)

    def as_json(self) -> dict[str, Any]:
        """What `parley stability --json` writes (docs/json.md)."""
        return {
            "sentences": self.sentences,
            "findings": self.findings.as_json(),
            "stability": records(self.table()),
            "brought": records(self.brought),
            "assumes": ASSUMES,
            "interval": METHOD,
            "asked": self.arguments,
            "manifest": self.manifest,
        }

    def save(
        self, folder: str | Path | OutputFolder, formats: Iterable[str] = FORMATS
    ) -> list[Path]:
        """Write both tables in each of *formats*, then manifest.json, into *folder*; the files
        written.
        """
        frames = {"stability": self.table(), "brought": self.brought}
        document = {
            "sentences": self.sentences,
            "assumes": ASSUMES,
            "interval": METHOD,
            "asked": self.arguments,
        }
        return save(folder, frames, formats, {**document, "manifest": self.manifest})
