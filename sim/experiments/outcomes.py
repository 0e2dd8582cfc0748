"""Outcomes of a run: name, label, unit and basis (of signing: fitted to the register; or assumed),
declared once.

Where a run departs from the Paris Call as it was, what is fitted elsewhere is a what-if or
extrapolated from the fit (sim/experiments/basis.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.engine.outputs import CODE_COLUMNS, WORLD_COLUMNS, Output
from sim.errors import InputError, nearest
from sim.experiments.basis import basis_of_signing
from sim.findings import ASSUMED, FITTED
from sim.kinds_and_statuses import GROUPS, KINDS
from sim.reading import literal
from sim.scenario import Scenario
from sim.scenario.calendar import end_of_round

END, TOTAL = "end", "total"  # read at the last round; summed over the rounds from the launch on
ALL = "all"

Array = NDArray[np.float64]
Summaries = dict[tuple[str, str], Array]  # (outcome, part) -> one number per replicate


@dataclass(frozen=True)
class Outcome:
    """One outcome, measured per replicate and round.

    by: "kind", "group" (conduct, which is never reported by name), or "" for no parts. column: the
    column of counts, or the beginning of the names of several. share_of: the column, or "group", of
    which the outcome is a share. An outcome without a column compares two worlds. when: how a
    history is reduced to one number. alone: its label where it stands without the outcome of which
    it is a part. basis: FITTED for signing, which is a what-if or extrapolated
    in other runs (sim/experiments/basis.py); ASSUMED for conduct.
    """

    name: str
    label: str
    unit: str
    basis: str
    by: str = ""
    column: str = ""
    share_of: str = ""
    when: str = END
    alone: str = ""

    @property
    def title(self) -> str:
        """Its label where it stands alone."""
        return self.alone or self.label

    @property
    def parts(self) -> tuple[str, ...]:
        """The kinds or groups by which it is measured; for groups, also all of them together."""
        return {"kind": KINDS, "group": (*GROUPS, ALL)}.get(self.by, (ALL,))

    @property
    def of_signing(self) -> bool:
        """Whether it can be had without practices and harm."""
        return self.basis == FITTED


def _by_name(*outcomes: Outcome) -> dict[str, Outcome]:
    return {outcome.name: outcome for outcome in outcomes}


OUTCOMES: Mapping[str, Outcome] = _by_name(
    Outcome("signatories", "Signatories", "stakeholders", FITTED, "kind", "signed"),
    Outcome("listed", "On the public list", "stakeholders", FITTED, "kind", "listed"),
    Outcome("taken_up", "Have taken the matter up", "stakeholders", FITTED, "kind", "taken_up"),
    Outcome(
        "waiting", "Considered it and wait for others", "stakeholders", FITTED, "kind", "waiting"
    ),
    Outcome("declined", "Considered it and declined", "stakeholders", FITTED, "kind", "declined"),
    Outcome("withdrawn", "Signed and left", "stakeholders", FITTED, "kind", "left"),
    Outcome(
        "power_share",
        "Signatories' share of states' material power",
        "share",
        FITTED,
        "",
        "power_share",
    ),
    Outcome("ratified", "States that have ratified", "states", ASSUMED, "", "ratified"),
    Outcome(
        "in_force",
        "In force (a declaration: since its launch)",
        "months",
        ASSUMED,
        "",
        "in_force",
        when=TOTAL,
    ),
    Outcome("operations", "Operations", "operations", ASSUMED, "group", "operations", when=TOTAL),
    Outcome(
        "acted_against",
        "Acted against the code (simulated)",
        "stakeholder-months",
        ASSUMED,
        "group",
        "acted_against",
        when=TOTAL,
    ),
    Outcome(
        "compliance",
        "Compliance of signatories with means (simulated)",
        "share, over twelve months",
        ASSUMED,
        "group",
        "members_keeping",
        "members_with_means",
    ),
    Outcome(
        "observed_compliance",
        "Compliance as the world sees it",
        "share, over twelve months",
        ASSUMED,
        "group",
        "members_seen_keeping",
        "members_with_means",
    ),
    Outcome(
        "lapses",
        "Practices neglected (simulated)",
        "practice-months",
        ASSUMED,
        "group",
        "lapses",
        when=TOTAL,
    ),
    Outcome("traced", "Operations traced", "operations", ASSUMED, "", "traced", when=TOTAL),
    Outcome(
        "named", "Rightly named in public", "operations", ASSUMED, "group", "named", when=TOTAL
    ),
    Outcome(
        "wrongly_blamed",
        "Wrongly blamed",
        "operations",
        ASSUMED,
        "group",
        "wrongly_blamed",
        when=TOTAL,
    ),
    Outcome("standing", "Standing", "mean, 0 to 1", ASSUMED, "group", "standing", "group"),
    Outcome("strikes", "Strikes in retaliation", "strikes", ASSUMED, "", "strikes", when=TOTAL),
    Outcome("chains", "Chains of retaliation", "chains", ASSUMED, "", "chains", when=TOTAL),
    Outcome(
        "runaway", "Chains that had to be cut off", "chains", ASSUMED, "", "runaway", when=TOTAL
    ),
    Outcome(
        "confidence", "Confidence in signatories' compliance", "share", ASSUMED, "", "confidence"
    ),
    Outcome(
        "internalisation",
        "Internalised norm among signatories with means",
        "mean, 0 to 1",
        ASSUMED,
        "",
        "norm",
    ),
    Outcome("harm_index", "Harm (100: the same world without the code)", "index", ASSUMED),
    Outcome("harm_prevented", "Harm prevented by the code", "% of harm without it", ASSUMED),
    Outcome(
        "restraint",
        "of which by restraint",
        "% of harm without it",
        ASSUMED,
        alone="Harm prevented by restraint",
    ),
    Outcome(
        "protection",
        "of which by protection",
        "% of harm without it",
        ASSUMED,
        alone="Harm prevented by protection",
    ),
    Outcome(
        "retaliation",
        "of which by retaliation avoided",
        "% of harm without it",
        ASSUMED,
        alone="Harm prevented by retaliation avoided",
    ),
    Outcome(
        "selection",
        "Beside it, and not prevented by the code: selection",
        "% of harm without it",
        ASSUMED,
    ),
)


def column_names(outcome: Outcome) -> list[str]:
    """Names of the columns of *outcome*: signatories_state, compliance_all, or power_share, which
    has no parts.
    """
    return [f"{outcome.name}_{part}" if outcome.by else outcome.name for part in outcome.parts]


def column_of(outcome: Outcome) -> str:
    """The column that the name of *outcome* alone means, wherever it stands: that of all parts
    together, where there is one, else that of the first, as states are of signatories.
    """
    part = ALL if ALL in outcome.parts else outcome.parts[0]
    return column_names(outcome)[outcome.parts.index(part)]


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


def outcome_frame(
    by_replicate: Summaries, over_assumptions: Summaries, of_signing: str
) -> pd.DataFrame:
    """Tidy: outcome, label, unit, by (kind, group or ""), part, when (end or total), basis, median,
    low, high.

    An outcome of signing, whose basis is *of_signing*, has its median and 90 % interval over the
    replicates. One that is assumed has no median: it is given as the range over a sample of
    assumptions (*over_assumptions*: one number per point).
    """
    rows = []
    for outcome in OUTCOMES.values():
        basis = of_signing if outcome.basis == FITTED else outcome.basis
        for part in outcome.parts:
            key = (outcome.name, part)
            if outcome.basis == FITTED:
                low, median, high = (
                    float(number) for number in np.percentile(by_replicate[key], PERCENTILES)
                )
            else:
                low, high = range_over(over_assumptions[key])
                median = float("nan")
            rows.append(
                (
                    *key,
                    outcome.label,
                    outcome.unit,
                    outcome.by,
                    outcome.when,
                    basis,
                    median,
                    low,
                    high,
                )
            )
    columns = ["outcome", "part", "label", "unit", "by", "when", "basis", "median", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def range_over(numbers: Array) -> tuple[float, float]:
    """The 5th and the 95th percentile of *numbers*; NaN where nobody could be measured."""
    measured = numbers[~np.isnan(numbers)]
    if not measured.size:
        return float("nan"), float("nan")
    low, high = np.percentile(measured, (PERCENTILES[0], PERCENTILES[-1]))
    return float(low), float(high)
