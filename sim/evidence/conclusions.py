"""Which conclusions about conduct survive which assumptions: each claim of sim.evidence.claims under each of them.

A claim holds under an assumption where it is so in nearly every simulated world: where the 5th and the 95th percentile
of the differences between worlds of the same luck both lie on its side. Not the interval of the mean decides, since
history is one world, and with enough worlds any mean differs from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.arguments import SEED, check_simulation
from sim.engine.outputs import NO_SHADOW, Output, Shadow
from sim.evidence.claims import ASSUMPTIONS, CALL, CLAIMS, NO_CODE, WORLDS, Assumption, Claim
from sim.experiments.conduct_ranges import harm_prevented
from sim.experiments.outcomes import ALL, ASSUMED, PERCENTILES, Array, Summaries, summaries
from sim.experiments.simulate import AllOutputs, Progress, Setting, share_of, simulate
from sim.writing import plain, records

REPLICATES = 40  # a minute and a half on one processor, and an end of the interval is no single world
HOLDS, DOES_NOT, UNDECIDED = "holds", "does not hold", "undecided"
MARKS = {HOLDS: "yes", DOES_NOT: "no", UNDECIDED: "?"}
METHOD = (
    "A conclusion holds where it is so from the 5th to the 95th percentile of simulated worlds, each beside the one of "
    "the same luck; it does not hold where the opposite is so; it is undecided where nothing, or either, may be. "
    "Near these limits other luck may tip a cell."
)
LIMITS = (
    "What survives here may still follow from the model's form, which none of these assumptions changes; the weights "
    "of signing stay as fitted throughout. None of it is evidence about any state, firm or NGO."
)


def conclusions(
    replicates: int = REPLICATES,
    seed: int = SEED,
    workers: int | None = None,
    progress: Progress | None = None,
    claims: Sequence[Claim] = CLAIMS,
    assumptions: Sequence[Assumption] = ASSUMPTIONS,
) -> Conclusions:
    """Try each of *claims* under each of *assumptions*, in so many *replicates* of each of the worlds they compare.

    progress(done, total) is called after each world under each assumption. The same seed gives the same table, whatever
    the number of *workers*. InputError for numbers that do not fit.
    """
    replicates, seed, workers = check_simulation(replicates, seed, workers)
    first = (CALL, NO_CODE)
    worlds = [name for name in WORLDS if name in first or any(name in claim.worlds for claim in claims)]
    rows = []
    for place, assumption in enumerate(assumptions):
        part = share_of(progress, place * len(worlds), len(assumptions) * len(worlds))
        told = _told(assumption, worlds, replicates, seed, workers, part)
        rows += [_row(claim, assumption, claim.so_far(told)) for claim in claims]
    return Conclusions(tuple(claims), tuple(assumptions), replicates, seed, pd.DataFrame(rows))


def _told(
    assumption: Assumption,
    worlds: Sequence[str],
    replicates: int,
    seed: int,
    workers: int | None,
    progress: Progress | None,
) -> dict[str, Summaries]:
    """The numbers of each of the *worlds*, which begin with CALL and NO_CODE; all harm is measured by the second's."""

    def played(name: str, dates: Shadow = NO_SHADOW) -> tuple[Setting, Output]:
        given = Setting.from_scenario(WORLDS[name].under(assumption.dials), assumption.measures)
        observe = AllOutputs(code_is_open=WORLDS[name].code_is_open, shadow=dates)
        return given, simulate(given, replicates, seed, observe, workers=workers)

    call = played(CALL)
    dates = Shadow(call[1].signed_round, call[1].left_round)
    bare = played(NO_CODE, dates)
    criminal_share = WORLDS[CALL].under(assumption.dials).parameters.criminal_share
    found = {}
    for done, name in enumerate(worlds, start=1):
        given, output = {CALL: call, NO_CODE: bare}.get(name) or played(name)
        harm = harm_prevented(bare[1], output, criminal_share, given.first_round)
        found[name] = summaries(output, given.group_sizes, given.first_round)
        found[name] |= {(outcome, ALL): numbers for outcome, numbers in harm.items()}
        if progress is not None:
            progress(done, len(worlds))
    return found


def _row(claim: Claim, assumption: Assumption, so_far: Array) -> dict[str, object]:
    """One cell of the table; worlds in which there is nothing to measure do not count."""
    measured = so_far[~np.isnan(so_far)]
    ends = np.percentile(measured, PERCENTILES) if measured.size else np.full(len(PERCENTILES), np.nan)
    low, median, high = (float(end) for end in ends)
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

    frame: tidy, conclusion (a claim's name), assumption, value, low, high (median, 5th and 95th percentile over the
    worlds of how far it is so: above 0 as concluded, below 0 the opposite), share (of worlds in which it is so), unit,
    holds ("holds", "does not hold" or "undecided") and basis (assumed).
    """

    claims: tuple[Claim, ...]
    assumptions: tuple[Assumption, ...]
    replicates: int
    seed: int
    frame: pd.DataFrame

    @property
    def cells(self) -> dict[str, dict[str, str]]:
        """conclusion -> assumption -> what is found (holds, ...)."""
        found: dict[str, dict[str, str]] = {claim.name: {} for claim in self.claims}
        for conclusion, assumption, holds in self.frame[["conclusion", "assumption", "holds"]].to_numpy():
            found[conclusion][assumption] = holds
        return found

    @property
    def verdicts(self) -> dict[str, str]:
        """conclusion -> what becomes of it, in words."""
        return {name: verdict(found) for name, found in self.cells.items()}

    def as_json(self) -> dict[str, Any]:
        """Everything: sentences, assumptions, cells and verdicts; no name of anybody stands in it."""
        verdicts = self.verdicts
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
            {"name": each.name, "meaning": each.meaning, "dials": dict(each.dials), "offence": each.measures.offence}
            for each in self.assumptions
        ]
        content = {
            "basis": ASSUMED,
            "method": METHOD,
            "limits": LIMITS,
            "replicates": self.replicates,
            "seed": self.seed,
            "conclusions": claims,
            "assumptions": assumptions,
            "cells": records(self.frame),
        }
        return dict(plain(content))

    def as_markdown(self) -> str:
        """The table for people, as `as_markdown` makes it."""
        return as_markdown(self.as_json())


def counts_as_markdown(told: Mapping[str, Any]) -> str:
    """A short table of what `Conclusions.as_json` has *told*: under how many assumptions each conclusion holds."""
    found = [(cell["conclusion"], cell["holds"]) for cell in told["cells"]]
    rows = [
        [each["sentence"], *(f"{found.count((each['name'], holds))}" for holds in MARKS), each["verdict"]]
        for each in told["conclusions"]
    ]
    lines = [["Conclusion", *MARKS, "Verdict"], ["---", *("--:" for _ in MARKS), "---"], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_markdown(told: Mapping[str, Any]) -> str:
    """The table for people, of what `Conclusions.as_json` has *told*: a row per conclusion, a column per assumption,
    then what they mean.
    """
    found = {(cell["conclusion"], cell["assumption"]): cell["holds"] for cell in told["cells"]}
    names = [each["name"] for each in told["assumptions"]]
    rows = [
        [each["sentence"], *(MARKS[found[each["name"], name]] for name in names), each["verdict"]]
        for each in told["conclusions"]
    ]
    lines = [["Conclusion", *names, "Verdict"], ["---", *(":-:" for _ in names), "---"], *rows]
    marks = ", ".join(f"*{mark}*: {holds}" for holds, mark in MARKS.items())
    return "\n".join(
        [
            *(f"| {' | '.join(line)} |" for line in lines),
            "",
            f"Conduct is assumed, not fitted to the register. {marks}. {told['method']} A verdict of survival asks "
            f"that it holds under more than half. {told['limits']} {told['replicates']} worlds each, seed "
            f"{told['seed']}.",
            "",
            *(f"- **{each['name']}**: {each['meaning']}." for each in told["assumptions"]),
            "",
        ]
    )


def verdict(found: dict[str, str]) -> str:
    """What becomes of a conclusion, given what is *found* (holds, …) under each assumption.

    It survives where it holds under more than half of them.
    """
    kept = [name for name, each in found.items() if each == HOLDS]
    lost = [name for name in found if name not in kept]
    if not lost:
        return "survives all"
    if len(kept) > len(lost):
        return f"survives all but {', '.join(lost)}"
    if kept:
        return f"does not survive: holds under {', '.join(kept)} only"
    if all(each == DOES_NOT for each in found.values()):
        return "does not survive: the opposite does"
    return "does not survive"
