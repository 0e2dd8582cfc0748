"""Hysteresis: whether an outcome keeps what was, once a dial is back at the same value.

A dial stands low for some time in one world and high in another, under the same luck; then it
stands at the same value in both, in the same months. What still differs at the end is memory of the
way there, and neither time nor luck, which both share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.axis_words import words_of_dial
from sim.analysis.study import Column
from sim.analysis.words import INTERVAL, amount, badge, between, lower_first, upper_first
from sim.arguments import SEED, as_scenario
from sim.dials.dial import dial_named
from sim.errors import InputError, nearest
from sim.experiments.basis import basis_of_signing
from sim.experiments.intervals import mean_interval
from sim.experiments.outcomes import ALL, MEASURED, Array, column_names
from sim.findings import ASSUMED, FITTED
from sim.number_formats import setting
from sim.reading import check_whole, literal
from sim.request import Request
from sim.results.disclosure import PARTS, bound_by_few
from sim.results.run import Run, run_of
from sim.scenario import Scenario
from sim.scenario.files import DEFAULT
from sim.words.outcomes import outcome_label, outcome_unit

STEPS, MONTHS, REPLICATES = 5, 36, 40
SEASON = 12  # months at the end, over which an outcome is read
FEWEST_MONTHS, MOST_MONTHS = SEASON, 240


@dataclass(frozen=True, eq=False)
class Hysteresis:
    """The outcome at each value of a dial, come from below and from above.

    frame: a row per value, with the mean `from_below` and `from_above`, their mean `difference` and
    its 95 % interval, `low` to `high`, over worlds paired by their luck.
    """

    column: Column
    dial: str
    months: int
    frame: pd.DataFrame

    @property
    def sentence(self) -> str:
        """Whether the past is kept, and at which value most."""
        inner = self.frame.iloc[1:-1] if len(self.frame) > 2 else self.frame
        widest = inner.iloc[int(inner["difference"].abs().to_numpy().argmax())]
        dial = words_of_dial(self.dial)
        name, place = lower_first(self.column.words), dial.at(widest["value"])
        interval = f"{INTERVAL} {between(widest['low'], widest['high'], self.column)}"
        size = amount(abs(widest["difference"]), self.column)
        if not ((inner["low"] > 0) | (inner["high"] < 0)).any():
            return (
                f"{upper_first(name)} is not clearly another one after {self.months} months at the"
                f" same value of {dial.label}, whether it was lower or higher before (at most"
                f" {size}, {interval}). {badge(self.column)}"
            )
        higher = "higher" if widest["difference"] > 0 else "lower"
        whole = amount(float(np.ptp(self.frame["from_below"])), self.column)
        return (
            f"After {self.months} months at {place}, {name} is still {size} {higher} where"
            f" {self.dial} was high before than where it was low ({interval}); the dial itself"
            f" moves it by {whole}. {badge(self.column)}"
        )


def hysteresis(
    dial: str, outcome: str, scenario: str | Path | Scenario = DEFAULT, *,
    low: float | None = None, high: float | None = None, steps: int = STEPS, months: int = MONTHS,
    replicates: int = REPLICATES, seed: int = SEED, workers: int | None = None,
) -> Hysteresis:  # fmt: skip
    """Whether *outcome* (one that is measured over time, such as `operations` or `confidence`, of
    all or of a part) differs at the end where *dial* stood at *low* for so many *months*, and where
    it stood at *high*, and then as long at the same value in both, one of *steps* between them (by
    default the ends of its plausible range, else of its range). In *replicates* worlds under the
    same luck each.

    InputError, in one sentence, for whatever does not fit, also where conduct would be that of one
    or two (sim.results.disclosure).
    """
    request = Request(as_scenario(scenario), replicates, seed, workers)
    world = request.scenario
    declared = dial_named(dial, world.dials, "dial")
    least, most = declared.plausible or declared.between
    asked_for = {"low": least if low is None else low, "high": most if high is None else high}
    ends = [declared.check(end, name) for name, end in asked_for.items()]
    if not ends[0] < ends[1]:
        raise InputError(
            f"low is {setting(ends[0])} and high {setting(ends[1])}, expected a low one below the"
            " high one"
        )
    length = check_whole(months, FEWEST_MONTHS, MOST_MONTHS, "months")
    number_of_values = check_whole(steps, 2, 100, "steps")
    values: list[float] = np.round(np.linspace(ends[0], ends[1], number_of_values), 12).tolist()
    column, measure = _measure(world, outcome)

    def at(start: float, value: float) -> Array:
        """[R] the outcome at the end of a world in which the dial stood at *start* and then at
        *value*.
        """
        later = {"round": length, "dial": dial, "value": value}
        there = world.with_table({"last_round": 2 * length - 1}).with_changes(
            set={dial: start}, events=[later]
        )
        return measure(run_of(request.of(there)))

    rows = []
    for value in values:
        below, above = (at(end, value) for end in ends)
        paired = mean_interval(above - below)
        rows.append((value, float(np.nanmean(below)), float(np.nanmean(above)), *paired))
    frame = pd.DataFrame(
        rows, columns=["value", "from_below", "from_above", "difference", "low", "high"]
    )
    return Hysteresis(column, dial, length, frame.assign(basis=column.basis))


def _measure(scenario: Scenario, name: Any) -> tuple[Column, Callable[[Run], Array]]:
    """The column of that name, and how to read its mean over the last SEASON months of a run, one
    per replicate.
    """
    columns = {
        column: (outcome, part)
        for outcome in MEASURED
        for column, part in zip(column_names(outcome), outcome.parts, strict=True)
    }
    of_all = f"{name}_{ALL}" if isinstance(name, str) else ""
    asked_for = of_all if of_all in columns else name
    if not isinstance(asked_for, str) or asked_for not in columns:
        raise InputError(
            f"outcome is {literal(name)}, expected one of"
            f" {', '.join(columns)}{nearest(name, columns)}"
        )
    outcome, part = columns[asked_for]
    basis = basis_of_signing(scenario) if outcome.basis == FITTED else ASSUMED
    place = outcome.parts.index(part)

    def measure(of: Run) -> Array:
        if not outcome.of_signing and _is_of_few(of, part):
            raise InputError(
                f"{scenario.name}: {asked_for} would be the conduct of one or two, expected a"
                " scenario in which more are bound, or an outcome of signing"
            )
        return np.asarray(of.values(outcome.name)[:, -SEASON:, place].mean(axis=1))

    words = outcome_label(outcome.name), outcome_unit(outcome.name)
    return Column(asked_for, *words, basis, outcome.name, part), measure


def _is_of_few(run: Run, part: str) -> bool:
    """Whether in some world of *run* the conduct of a *part* would be that of one or two."""
    signed, left = run.output.signed_round[:, 0], run.output.left_round[:, 0]
    setting = run.setting
    few = bound_by_few(
        setting.population_arrays, setting.events, signed, left, run.scenario.last_round
    )
    return bool(few[:, PARTS.index(part)].any())
