"""Which conclusions about conduct hold under which assumptions: each claim of sim.evidence.claims
under each of them.

A claim holds under an assumption where it is true in nearly every simulated world: where the 5th
and the 95th percentile of the effect, over pairs of worlds with the same random draws, are both
positive. The interval of the mean is not used, since history is one world, and with enough worlds
any mean differs from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.arguments import SEED
from sim.engine.outputs import NO_SHADOW, Output, Shadow
from sim.evidence.claims import ASSUMPTIONS, CALL, CLAIMS, NO_CODE, WORLDS, Assumption, Claim
from sim.evidence.report.rendering import texts
from sim.experiments.conduct_ranges import harm_prevented
from sim.experiments.outcomes import ALL, PERCENTILES, Array, Summaries, summaries
from sim.experiments.simulate import AllOutputs, Setting, worlds_of
from sim.findings import ASSUMED
from sim.request import Request
from sim.threads import Progress
from sim.writing import plain, records

# a minute and a half on one processor; enough that no single world is an end of the interval
REPLICATES = 40
HOLDS, DOES_NOT, UNDECIDED = "holds", "does not hold", "undecided"
VERDICT_WORDS = {HOLDS: "holds", UNDECIDED: "undecided", DOES_NOT: "fails"}  # of a verdict


def conclusions(
    replicates: int = REPLICATES,
    seed: int = SEED,
    workers: int | None = None,
    progress: Progress | None = None,
    claims: Sequence[Claim] = CLAIMS,
    assumptions: Sequence[Assumption] = ASSUMPTIONS,
) -> Conclusions:
    """Try each of *claims* under each of *assumptions*, in so many *replicates* of each of the
    worlds they compare.

    progress(done, total) is called after each world under each assumption. The same seed gives the
    same table, whatever the number of *workers*. InputError for numbers that do not fit.
    """
    request = Request(WORLDS[CALL].under({}), replicates, seed, workers, progress)
    first = (CALL, NO_CODE)
    worlds = [
        name for name in WORLDS if name in first or any(name in claim.worlds for claim in claims)
    ]
    rows = []
    for place, assumption in enumerate(assumptions):
        part = request.part(place * len(worlds), len(assumptions) * len(worlds))
        by_world = _summaries_by_world(part, assumption, worlds)
        rows += [_row(claim, assumption, claim.effect(by_world)) for claim in claims]
    return Conclusions(
        tuple(claims), tuple(assumptions), request.replicates, request.seed, pd.DataFrame(rows)
    )


def _summaries_by_world(
    request: Request, assumption: Assumption, worlds: Sequence[str]
) -> dict[str, Summaries]:
    """World -> its outcomes, of the *worlds*, which begin with CALL and NO_CODE; harm is in % of
    that of NO_CODE.
    """

    def simulate_world(name: str, dates: Shadow = NO_SHADOW) -> tuple[Setting, Output]:
        scenario = WORLDS[name].under(assumption.dials)
        arrays = Setting.from_scenario(scenario, assumption.measures)
        observe = AllOutputs(code_is_open=WORLDS[name].code_is_open, shadow=dates)
        return arrays, worlds_of(request.of(scenario).with_progress(None), arrays, observe)

    call = simulate_world(CALL)
    dates = Shadow(call[1].signed_round, call[1].left_round)
    bare = simulate_world(NO_CODE, dates)
    criminal_share = WORLDS[CALL].under(assumption.dials).parameters.criminal_share
    by_world = {}
    for number, name in enumerate(worlds, start=1):
        arrays, output = {CALL: call, NO_CODE: bare}.get(name) or simulate_world(name)
        harm = harm_prevented(bare[1], output, criminal_share, arrays.first_round)
        by_world[name] = summaries(output, arrays.group_sizes, arrays.first_round)
        by_world[name] |= {(outcome, ALL): numbers for outcome, numbers in harm.items()}
        if request.progress is not None:
            request.progress(number, len(worlds))
    return by_world


def _row(claim: Claim, assumption: Assumption, effect: Array) -> dict[str, object]:
    """One cell of the table; worlds in which the effect is undefined do not count."""
    measured = effect[~np.isnan(effect)]
    interval = (
        np.percentile(measured, PERCENTILES) if measured.size else np.full(len(PERCENTILES), np.nan)
    )
    low, median, high = (float(end) for end in interval)
    return {
        "conclusion": claim.name,
        "assumption": assumption.name,
        "value": median,
        "low": low,
        "high": high,
        "share": float((measured > 0).mean()) if measured.size else float("nan"),
        "unit": claim.unit,
        "holds": HOLDS if low > 0 else DOES_NOT if high < 0 else UNDECIDED,
        "basis": ASSUMED,
    }


@dataclass(frozen=True, eq=False)
class Conclusions:
    """The table of conclusions by assumptions.

    frame: tidy, with conclusion (a claim's name), assumption, value, low, high (median, 5th and
    95th percentile over the worlds of the effect, above 0 as concluded, below 0 the opposite),
    share (of worlds with an effect above 0, in [0, 1]), unit, holds ("holds", "does not hold" or
    "undecided") and basis (assumed).
    """

    claims: tuple[Claim, ...]
    assumptions: tuple[Assumption, ...]
    replicates: int
    seed: int
    frame: pd.DataFrame

    @property
    def cells(self) -> dict[str, dict[str, str]]:
        """conclusion -> assumption -> holds, does not hold or undecided."""
        cells: dict[str, dict[str, str]] = {claim.name: {} for claim in self.claims}
        for conclusion, assumption, holds in self.frame[
            ["conclusion", "assumption", "holds"]
        ].to_numpy():
            cells[conclusion][assumption] = holds
        return cells

    @property
    def verdicts(self) -> dict[str, str]:
        """conclusion -> under how many assumptions it holds, is undecided and fails, in words."""
        return {name: verdict(by_assumption) for name, by_assumption in self.cells.items()}

    def as_json(self) -> dict[str, Any]:
        """Everything: sentences, assumptions, cells and verdicts; no name of anybody stands in
        it.
        """
        verdicts, words = self.verdicts, texts("conclusions")
        claims = [
            {
                "name": claim.name,
                "sentence": claim.sentence,
                "unit": claim.unit,
                "scenarios": sorted({WORLDS[world].scenario for world in claim.worlds}),
                "verdict": verdicts[claim.name],
            }
            for claim in self.claims
        ]
        assumptions = [
            {
                "name": each.name,
                "subject": each.subject,
                "level": each.level,
                "meaning": each.meaning,
                "dials": dict(each.dials),
                "offence": each.measures.offence,
            }
            for each in self.assumptions
        ]
        content = {
            "basis": ASSUMED,
            "method": words["method"][0],
            "limits": words["limits"][0],
            "replicates": self.replicates,
            "seed": self.seed,
            "conclusions": claims,
            "assumptions": assumptions,
            "cells": records(self.frame),
        }
        return dict(plain(content))


def verdict(by_assumption: Mapping[str, str]) -> str:
    """What a row of the table says, in words, from assumption -> its cell: holds in all, undecided
    in all, fails in all, or each of these with its number, the largest first.
    """
    of = len(by_assumption)
    counts = {
        words: sum(cell == each for cell in by_assumption.values())
        for each, words in VERDICT_WORDS.items()
    }
    verdicts = sorted(
        ((words, number) for words, number in counts.items() if number), key=lambda item: -item[1]
    )
    (first, number), *others = verdicts
    if not others:
        return f"{first} in all"
    return ", ".join(
        [f"{first} in {number} of {of}", *(f"{words} in {more}" for words, more in others)]
    )
