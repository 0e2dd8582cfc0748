"""The frontier of depth and breadth: who signs, who complies, what is prevented, what changes as a
text asks for more.

A text that asks for little is signed and kept by many, so that compliance alone says nothing of
what a code does: what counts is how far signatories depart from what they would have done anyway
(Downs, Rocke and Barsoom 1996, *Is the good news about compliance good news about cooperation?*).
As who signs moves with the text, everything is said twice: with the signatories of the text as it
is, bound by each depth (*fixed* membership), and with everybody deciding anew (*free*).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.arguments import (
    DEPTHS,
    MOST_DEPTHS,
    REPLICATES,
    SEED,
    check_one_code,
    scenario_with_changes,
)
from sim.engine.build import code_arrays
from sim.errors import InputError
from sim.experiments.assumptions import POINTS, sample, under_sample, values_of
from sim.experiments.basis import basis_of_signing
from sim.experiments.frontier import (
    AS_IT_IS,
    EVERYTHING,
    FIXED,
    FREE,
    LABELS,
    NOTHING,
    SIGNING,
    ConductWorlds,
    FrontierResult,
    middle_and_ends,
    signing_under,
)
from sim.experiments.manifest import manifest
from sim.experiments.outcomes import ALL
from sim.experiments.simulate import Setting
from sim.findings import Interval
from sim.kinds_and_statuses import GROUPS
from sim.output_folder import OutputFolder, save
from sim.reading import as_list, as_whole, check_number, check_whole, literal
from sim.request import Request
from sim.results.participation import text_at_step
from sim.results.run import run_of
from sim.scenario import Event, Scenario
from sim.scenario.files import DEFAULT
from sim.threads import Progress, in_threads
from sim.words.frontier import conduct_sentences, frontier_sentences
from sim.writing import FORMATS, records

ENDS = ("middle", "low", "high")
FEW = 4  # worlds that tell whether conduct is one stakeholder's
RISES, FALLS, UNCLEAR, SAME = "rises", "falls", "unclear", "same"


def frontier(
    scenario: str | Path | Scenario = DEFAULT,
    *,
    depths: int | Iterable[float] = DEPTHS,
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
    progress: Progress | None = None,
) -> Frontier:
    """Simulate *scenario* under texts that ask for nothing up to everything, at fixed and at free
    membership.

    depths: so many texts (3 to 1000), half of them below the text as it is; or their scales, which
    rise, from 0 (no provision asks for anything) by 1 (the text as it is) to 2 (all ambitions are
    1). Below 1 each ambition is multiplied by the scale, above 1 it goes the share scale - 1 of the
    way to 1. replicates: the worlds for signing; conduct is a range over the assumptions, as in
    `Run.outcomes`. All texts share their luck. The other arguments are those of `parley.run`.

    InputError, in one sentence, for whatever does not fit.
    """
    loaded = scenario_with_changes(scenario, set, events, choices, lens, weights, facts, ties)
    return frontier_of(Request(loaded, replicates, seed, workers, progress), depths)


def frontier_of(request: Request, depths: int | Iterable[float] = DEPTHS) -> Frontier:
    """The frontier of what *request* asks for; *depths* as in `frontier`."""
    scales, loaded, replicates = scales_of(depths), request.scenario, request.replicates
    check_one_code(loaded, "frontier")
    scenarios = [text_at_step(loaded, scale - AS_IT_IS) for scale in scales]
    setting = Setting.from_scenario(loaded)
    codes = [code_arrays(setting.population, (each.code,)) for each in scenarios]
    total = len(scales) * (replicates + 2 * POINTS)
    signing = signing_under(request, setting, codes, total)
    as_it_is = signing_under(request.with_progress(None), setting, [setting.codes], total)
    points = sample(loaded, request.seed)
    rest = request.part(len(scales) * replicates, total)
    worlds = ConductWorlds(
        under_sample(setting, points),
        codes,
        values_of("criminal_share", points, loaded),
        request.seed,
    )
    jobs = [partial(worlds.conduct, number) for number in range(len(points))]
    conduct = in_threads(jobs, rest.workers, rest.progress, [2 * len(scales)] * len(jobs))
    few = replace(request.with_progress(None), replicates=min(replicates, FEW))
    untold = run_of(few).untold
    return Frontier(
        scenario=loaded,
        scales=scales,
        replicates=replicates,
        seed=request.seed,
        depths=tuple(each.code.depth for each in scenarios),
        bases=tuple(basis_of_signing(each) for each in scenarios),
        signing={
            key: np.stack([np.broadcast_to(as_it_is[key], signing[key].shape), signing[key]])
            for key in signing
        },
        conduct={
            (name, part): np.stack([world[name, part] for world in conduct], axis=-1)
            + (np.nan if (part if part in GROUPS else ALL) in untold.of(name) else 0.0)
            for name, part in conduct[0]
        },
    )


def scales_of(depths: Any) -> tuple[float, ...]:
    """The scales of so many texts, or those given; InputError where they are none, or do not
    rise.
    """
    is_list = isinstance(depths, Iterable) and not isinstance(depths, (str, bytes, Mapping, Set))
    if not is_list or as_whole(depths) is not None:
        number = check_whole(depths, 3, MOST_DEPTHS, "depths")
        below = np.linspace(NOTHING, AS_IT_IS, number // 2, endpoint=False)
        return (*below.tolist(), *np.linspace(AS_IT_IS, EVERYTHING, number - len(below)).tolist())
    numbers = as_list(depths, "depths", "numbers that rise")
    scales = tuple(check_number(scale, NOTHING, EVERYTHING, "depths") for scale in numbers)
    if not 2 <= len(scales) <= MOST_DEPTHS or any(low >= high for low, high in pairwise(scales)):
        raise InputError(
            f"depths is {literal(list(scales))}, expected 2 to {MOST_DEPTHS} numbers that rise"
        )
    return scales


@dataclass(frozen=True, eq=False)
class Frontier(FrontierResult):
    """A scenario under texts of rising depth, with its words, tables and files."""

    def __repr__(self) -> str:
        what = (
            f"{self.scenario.name}, depths={len(self.scales)}, replicates={self.replicates},"
            f" seed={self.seed}"
        )
        return f"Frontier({what})"

    def table(self) -> pd.DataFrame:
        """Tidy: scale, depth, membership (fixed, free), outcome, part, label, unit, middle, low,
        high, basis.

        Signing has the median over the worlds and the ends of 90 % of them. Conduct, which is
        assumed, has no middle: it is the range over the assumptions, 5th to 95th percentile, NaN
        where nobody is left to be measured. Departure has the parts operations and practices;
        harm_prevented is % of the harm in the same world without the code.
        """
        about = ["scale", "depth", "membership", "outcome", "part", "label", "unit"]
        rows = [
            (scale, depth, membership, outcome, part, *LABELS[outcome], *numbers, basis)
            for text, (scale, depth) in enumerate(zip(self.scales, self.depths, strict=True))
            for way, membership in enumerate((FIXED, FREE))
            for (outcome, part), values in self._values()
            for numbers in [middle_and_ends(values[way, text], outcome in SIGNING)]
            for basis in [self._basis(outcome, [text] if way else [])]
        ]
        return pd.DataFrame(rows, columns=[*about, *ENDS, "basis"])

    @cached_property
    def changes(self) -> pd.DataFrame:
        """`findings` as a table: membership, outcome, part, unit, from_scale, to_scale, middle,
        low, high (as in `table`, of differences), sign (`rises` or `falls` where the whole band is
        on one side of 0, `same` where it is 0, else `unclear`), basis.
        """
        about = ["membership", "outcome", "part", "unit", "from_scale", "to_scale"]
        rows = []
        for each in self.findings.values():
            change, interval = each.change, each.interval or Interval(nan, nan)
            unit = LABELS[change.measure][1]
            middle = nan if change.estimate is None else change.estimate
            ends = (interval.low, interval.high)
            of = (each.membership, change.measure, each.part, unit, *each.stretch)
            rows.append((*of, middle, *ends, _sign(*ends), change.basis))
        return pd.DataFrame(rows, columns=[*about, *ENDS, "sign", "basis"])

    @property
    def sentences(self) -> list[str]:
        """What deeper texts do, in plain words: to participation, compliance, departure and
        harm.
        """
        return frontier_sentences(self)

    @property
    def conduct_sentences(self) -> Mapping[tuple[str, str], list[str]]:
        """(outcome, part) -> what deeper texts do to that of conduct: with everybody deciding anew
        and with the same signatories, from the text as it is on, then from the shallowest on.
        """
        return conduct_sentences(self)

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments besides the scenario."""
        return {"command": "frontier", "depths": list(self.scales), "points_of_assumptions": POINTS}

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest of the scenario as it is."""
        return manifest(self.scenario, self.replicates, self.seed)

    def as_json(self) -> dict[str, Any]:
        """What `parley frontier --json` writes (docs/json.md)."""
        return {
            "sentences": self.sentences,
            "findings": {
                "headline": self.headline.as_json(),
                "changes": [each.as_json() for each in self.findings.values()],
            },
            "frontier": records(self.table()),
            "changes": records(self.changes),
            "asked": self.arguments,
            "manifest": self.manifest,
        }

    def save(
        self, folder: str | Path | OutputFolder, formats: Iterable[str] = FORMATS
    ) -> list[Path]:
        """Write both tables in each of *formats*, then manifest.json, into *folder*; the files
        written.
        """
        document = {"sentences": self.sentences, "asked": self.arguments, "manifest": self.manifest}
        return save(folder, {"frontier": self.table(), "changes": self.changes}, formats, document)


def _sign(low: float, high: float) -> str:
    """Whether what changes by *low* to *high* rises or falls."""
    if low == high == 0.0:
        return SAME
    return RISES if low > 0.0 else FALLS if high < 0.0 else UNCLEAR
