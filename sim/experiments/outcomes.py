"""Outcomes of a run: name, unit and basis (of signing: fitted to the register; or assumed),
declared once. What each is called stands in sim/words/en/outcomes.ftl, by its name.

Where a run departs from the Paris Call as it was, what is fitted elsewhere is a what-if or
extrapolated from the fit (sim/experiments/basis.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.engine.outputs import CODE_COLUMNS, WORLD_COLUMNS, Output
from sim.errors import InputError, nearest
from sim.experiments.basis import basis_of_signing
from sim.findings import ASSUMED, FITTED, Difference, Finding, Interval, Level, Range, Unit, Verdict
from sim.kinds_and_statuses import GROUPS, KINDS
from sim.reading import literal
from sim.scenario import Scenario
from sim.scenario.calendar import end_of_round

END, TOTAL = "end", "total"  # read at the last round; summed over the rounds from the launch on
ALL = "all"

Array = NDArray[np.float64]
Of = TypeVar("Of", bound=Finding)
Summaries = dict[tuple[str, str], Array]  # (outcome, part) -> one number per replicate


@dataclass(frozen=True)
class Outcome:
    """One outcome, measured per replicate and round.

    by: "kind", "group" (conduct, which is never reported by name), or "" for no parts. column: the
    column of counts, or the beginning of the names of several. share_of: the column, or "group", of
    which the outcome is a share. An outcome without a column compares two worlds. when: how a
    history is reduced to one number. basis: FITTED for signing, which is a what-if or extrapolated
    in other runs (sim/experiments/basis.py); ASSUMED for conduct.
    """

    name: str
    unit: Unit
    basis: str
    by: str = ""
    column: str = ""
    share_of: str = ""
    when: str = END

    @property
    def parts(self) -> tuple[str, ...]:
        """The kinds or groups by which it is measured; for groups, also all of them together."""
        return {"kind": KINDS, "group": (*GROUPS, ALL)}.get(self.by, (ALL,))

    @property
    def of_signing(self) -> bool:
        """Whether it can be had without practices and harm."""
        return self.basis == FITTED


def _by_name(*outcomes: Outcome) -> dict[str, Outcome]:
    """Outcomes by name, those of signing first."""
    in_order = sorted(outcomes, key=lambda outcome: not outcome.of_signing)
    return {outcome.name: outcome for outcome in in_order}


OUTCOMES: Mapping[str, Outcome] = _by_name(
    Outcome("signatories", Unit.COUNT, FITTED, by="kind", column="signed"),
    Outcome("listed", Unit.COUNT, FITTED, by="kind", column="listed"),
    Outcome("taken_up", Unit.COUNT, FITTED, by="kind", column="taken_up"),
    Outcome("waiting", Unit.COUNT, FITTED, by="kind", column="waiting"),
    Outcome("declined", Unit.COUNT, FITTED, by="kind", column="declined"),
    Outcome("withdrawn", Unit.COUNT, FITTED, by="kind", column="left"),
    Outcome("power_share", Unit.SHARE, FITTED, column="power_share"),
    Outcome("ratified", Unit.COUNT, ASSUMED, column="ratified"),
    Outcome("in_force", Unit.MONTHS, ASSUMED, column="in_force", when=TOTAL),
    Outcome("operations", Unit.COUNT, ASSUMED, by="group", column="operations", when=TOTAL),
    Outcome("acted_against", Unit.MONTHS, ASSUMED, by="group", column="acted_against", when=TOTAL),
    Outcome(
        "compliance",
        Unit.SHARE,
        ASSUMED,
        by="group",
        column="members_keeping",
        share_of="members_with_means",
    ),
    Outcome(
        "observed_compliance",
        Unit.SHARE,
        ASSUMED,
        by="group",
        column="members_seen_keeping",
        share_of="members_with_means",
    ),
    Outcome("lapses", Unit.MONTHS, ASSUMED, by="group", column="lapses", when=TOTAL),
    Outcome("traced", Unit.COUNT, ASSUMED, column="traced", when=TOTAL),
    Outcome("named", Unit.COUNT, ASSUMED, by="group", column="named", when=TOTAL),
    Outcome("wrongly_blamed", Unit.COUNT, ASSUMED, by="group", column="wrongly_blamed", when=TOTAL),
    Outcome("standing", Unit.SCORE, ASSUMED, by="group", column="standing", share_of="group"),
    Outcome("strikes", Unit.COUNT, ASSUMED, column="strikes", when=TOTAL),
    Outcome("chains", Unit.COUNT, ASSUMED, column="chains", when=TOTAL),
    Outcome("runaway", Unit.COUNT, ASSUMED, column="runaway", when=TOTAL),
    Outcome("confidence", Unit.SHARE, ASSUMED, column="confidence"),
    Outcome("internalisation", Unit.SCORE, ASSUMED, column="norm"),
    Outcome("harm_index", Unit.INDEX, ASSUMED),
    Outcome("harm_prevented", Unit.PERCENT, ASSUMED),
    Outcome("restraint", Unit.PERCENT, ASSUMED),
    Outcome("protection", Unit.PERCENT, ASSUMED),
    Outcome("retaliation", Unit.PERCENT, ASSUMED),
    Outcome("selection", Unit.PERCENT, ASSUMED),
)


def column_names(outcome: Outcome) -> list[str]:
    """Names of the columns of *outcome*: signatories_state, compliance_all, or power_share, which
    has no parts.
    """
    return [f"{outcome.name}_{part}" if outcome.by else outcome.name for part in outcome.parts]


MEASURED = tuple(outcome for outcome in OUTCOMES.values() if outcome.column)


def check_measured(outcome: str, conduct: bool) -> None:
    """InputError where there is no *outcome* over time, or it is one of conduct in a run without
    *conduct*.
    """
    measured = list(OUTCOMES)
    if not isinstance(outcome, str) or outcome not in measured:
        expected = f"one of {', '.join(measured)}{nearest(outcome, measured)}"
        raise InputError(
            f"history: there is no outcome {literal(outcome)} over time, expected {expected}"
        )
    if not conduct and OUTCOMES[outcome].basis == ASSUMED:
        raise InputError(
            f"history: {outcome} was left out, as the run was made with conduct=False, expected"
            " True"
        )


def series(outcome: Outcome, output: Output, group_sizes: Array) -> Array:
    """[replicate, round, part] the outcome in every round; NaN where it is a share of nothing.

    *group_sizes* [5] says how many stakeholders each group of kinds_and_statuses.GROUPS has.
    """
    counts = _columns(outcome.column, outcome, output)
    if outcome.share_of == "group":
        whole = np.broadcast_to(np.append(group_sizes, group_sizes.sum()), counts.shape)
    elif outcome.share_of:
        whole = _columns(outcome.share_of, outcome, output)
    else:
        return counts
    return np.divide(counts, whole, out=np.full(counts.shape, np.nan), where=whole > 0)


def _columns(column: str, outcome: Outcome, output: Output) -> Array:
    """[replicate, round, part] the counts in *column*, under the first code."""
    if outcome.by == "":
        names = [column]
    else:
        names = [f"{column}_{part}" for part in outcome.parts if part != ALL]
    per_code = names[0] in CODE_COLUMNS
    columns = CODE_COLUMNS if per_code else WORLD_COLUMNS
    table = output.per_code[:, :, 0, :] if per_code else output.worldwide
    counts: Array = table[:, :, [columns.index(name) for name in names]]
    if outcome.by == "group":
        counts = np.concatenate([counts, counts.sum(axis=2, keepdims=True)], axis=2)
    return counts


def summaries(output: Output, group_sizes: Array, first_round: int) -> Summaries:
    """(outcome, part) -> one number per replicate: at the last round, or summed from the launch
    on.
    """
    result: Summaries = {}
    for outcome in MEASURED:
        history = series(outcome, output, group_sizes)
        summary = history[:, -1] if outcome.when == END else history[:, -first_round:].sum(axis=1)
        result |= {(outcome.name, part): summary[:, p] for p, part in enumerate(outcome.parts)}
    return result


def history_frame(outcome: Outcome, values: Array, scenario: Scenario) -> pd.DataFrame:
    """*values* [replicate, round, part] of *outcome*, tidy: replicate (1 for the first), round,
    date (the last day of the round), kind or group (if measured by them), value, basis.
    """
    first_round, launch = scenario.first_round, scenario.code.launch
    replicates, rounds, parts = values.shape
    numbers = np.arange(first_round, first_round + rounds)
    days = np.array([end_of_round(launch, int(t)) for t in numbers], dtype=object)
    frame = pd.DataFrame(
        {
            "replicate": np.repeat(np.arange(1, replicates + 1), rounds * parts),
            "round": np.tile(np.repeat(numbers, parts), replicates),
            "date": np.tile(np.repeat(days, parts), replicates),
            outcome.by or "group": np.tile(
                np.array(outcome.parts, dtype=object), replicates * rounds
            ),
            "value": values.ravel(),
            "basis": basis_of_signing(scenario) if outcome.basis == FITTED else outcome.basis,
        }
    )
    return frame if outcome.by else frame.drop(columns="group")


PERCENTILES = (5, 50, 95)


def levels(
    by_replicate: Summaries, basis: str, seed: int, of_fits: bool = False
) -> tuple[Level, ...]:
    """Each part of each outcome of signing, whose *basis* is given: its median over the replicates,
    with 90 % of them as luck, or, where each has the weights of another fit (*of_fits*), over fits.
    """

    def level(outcome: Outcome, part: str) -> Level:
        numbers = by_replicate[outcome.name, part]
        ends = _ends(numbers)
        return Level(
            measure=outcome.name,
            part=part,
            unit=outcome.unit,
            basis=basis,
            worlds=len(numbers),
            seed=seed,
            verdict=_verdict_of_level(ends, len(numbers)),
            estimate=_median(numbers),
            luck=None if of_fits else ends,
            fits=ends if of_fits else None,
        )

    return tuple(level(*each) for each in _parts(of_signing=True))


def differences(
    first: Summaries, second: Summaries, basis: str, seed: int, of_fits: bool = False
) -> tuple[Difference, ...]:
    """How much more there is of each part of each outcome of signing in the *second* of two runs,
    whose worlds are paired; as `levels` otherwise.
    """

    def difference(outcome: Outcome, part: str) -> Difference:
        here, there = (each[outcome.name, part] for each in (first, second))
        ends = _ends(there - here)
        return Difference(
            measure=outcome.name,
            part=part,
            unit=outcome.unit,
            basis=basis,
            worlds=len(here),
            seed=seed,
            verdict=_verdict_of_difference(ends),
            first=float(here.mean()),
            second=float(there.mean()),
            estimate=float((there - here).mean()),
            median=_median(there - here),
            luck=None if of_fits else ends,
            fits=ends if of_fits else None,
        )

    return tuple(difference(*each) for each in _parts(of_signing=True))


def ranges(
    over_assumptions: Summaries, seed: int, before: Summaries | None = None
) -> tuple[Range, ...]:
    """Each part of each outcome that is assumed: 90 % of a sample of assumptions
    (*over_assumptions*: one number per point), or of what they are more than *before* at the same
    points.
    """

    def span(outcome: Outcome, part: str) -> Range:
        numbers = over_assumptions[outcome.name, part]
        ends = _ends(numbers if before is None else numbers - before[outcome.name, part])
        if before is None:
            verdict = Verdict.NOTHING if ends is None else Verdict.PERHAPS
        else:
            verdict = _verdict_of_difference(ends)
        return Range(
            measure=outcome.name,
            part=part,
            unit=outcome.unit,
            basis=ASSUMED,
            worlds=len(numbers),
            seed=seed,
            verdict=verdict,
            fits=ends,
        )

    return tuple(span(*each) for each in _parts(of_signing=False))


def finding_on(findings: Iterable[Of], outcome: str, part: str) -> Of:
    """The one of *findings* on a *part* of an *outcome*."""
    return next(each for each in findings if (each.measure, each.part) == (outcome, part))


def _parts(of_signing: bool) -> Iterator[tuple[Outcome, str]]:
    """All parts of all outcomes of signing, or of all that are assumed."""
    some = (outcome for outcome in OUTCOMES.values() if outcome.of_signing == of_signing)
    return ((outcome, part) for outcome in some for part in outcome.parts)


def _verdict_of_level(ends: Interval | None, worlds: int) -> Verdict:
    """Clear where 90 % of several worlds agree, nothing where they agree on none."""
    if ends is None or worlds == 1:
        return Verdict.CANNOT_TELL
    if ends.low < ends.high:
        return Verdict.PERHAPS
    return Verdict.NOTHING if ends.high == 0 else Verdict.CLEAR


def _verdict_of_difference(ends: Interval | None) -> Verdict:
    """Clear where all of it is on one side of none, perhaps where it begins at none, nothing where
    all of it is none; where it lies on both sides, worlds contradict each other.
    """
    if ends is None or ends.low < 0 < ends.high:
        return Verdict.CANNOT_TELL
    if ends.low > 0 or ends.high < 0:
        return Verdict.CLEAR
    return Verdict.NOTHING if ends.low == ends.high else Verdict.PERHAPS


def _median(numbers: Array) -> float:
    return float(np.percentile(numbers, PERCENTILES)[1])


def _ends(numbers: Array) -> Interval | None:
    """Their `range_over`; None where nobody could be measured."""
    low, high = range_over(numbers)
    return None if np.isnan(low) else Interval(low, high)


def range_over(numbers: Array) -> tuple[float, float]:
    """The 5th and the 95th percentile of *numbers*; NaN where nobody could be measured."""
    measured = numbers[~np.isnan(numbers)]
    if not measured.size:
        return float("nan"), float("nan")
    low, high = np.percentile(measured, (PERCENTILES[0], PERCENTILES[-1]))
    return float(low), float(high)
