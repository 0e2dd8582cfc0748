"""What a run writes: the content of its JSON, and its tables. Labels and units are words."""

from __future__ import annotations

from collections.abc import Iterable
from math import nan
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.experiments.outcomes import ALL, MEASURED, OUTCOMES, Outcome
from sim.findings import ASSUMED, Difference, Level, Range
from sim.scenario import Scenario
from sim.words.outcomes import outcome_label, outcome_unit
from sim.writing import records

if TYPE_CHECKING:
    from sim.results.run import Run

HISTORY, TIES = "history", "ties"


def long_frames(scenario: Scenario) -> tuple[str, ...]:
    """The frames that `Run.save` writes in one format alone. The ties of a scaled population are
    none of them: a million stakeholders have twenty million, and they follow from the manifest.
    """
    return (HISTORY, TIES) if scenario.parameters.population_scale == 1.0 else (HISTORY,)


def outcome_frame(findings: Iterable[Level | Difference | Range]) -> pd.DataFrame:
    """Tidy: outcome, part, label, unit, by (kind, group or ""), when (end or total), basis, median
    (not a number for a range), low, high.
    """
    rows = []
    for each in findings:
        outcome = OUTCOMES[each.measure]
        rows.append(
            {
                "outcome": each.measure,
                "part": each.part,
                "label": outcome_label(each.measure),
                "unit": outcome_unit(each.measure),
                "by": outcome.by,
                "when": outcome.when,
                "basis": each.basis,
                "median": _median(each),
                "low": nan if each.ends is None else each.ends.low,
                "high": nan if each.ends is None else each.ends.high,
            }
        )
    return pd.DataFrame(rows)


def difference_frame(findings: Iterable[Difference]) -> pd.DataFrame:
    """Tidy: outcome, part, label, unit, basis, first and second (means over the pairs), difference,
    low, high.
    """
    return pd.DataFrame(
        [
            {
                "outcome": each.measure,
                "part": each.part,
                "label": outcome_label(each.measure),
                "unit": outcome_unit(each.measure),
                "basis": each.basis,
                "first": each.first,
                "second": each.second,
                "difference": each.estimate,
                "low": nan if each.ends is None else each.ends.low,
                "high": nan if each.ends is None else each.ends.high,
            }
            for each in findings
        ]
    )


def _median(finding: Level | Difference | Range) -> float:
    if isinstance(finding, Range):
        return nan
    return finding.estimate if isinstance(finding, Level) else finding.median


def json_of_run(run: Run) -> dict[str, Any]:
    """The content of `parley run --json` for *run*."""
    content = {
        "headline": run.headline,
        "findings": run.findings.as_json(),
        "milestones": records(run.table()),
        "signed": run.signed,
        "signed_soon": run.signed_soon,
        "outcomes": records(run.outcomes),
        "assumptions": records(run.assumptions()),
        "deciles": records(run.deciles()),
        "misses": run.misses(),
        **{name: records(frame) for name, frame in _of_two_codes(run).items()},
        "manifest": run.manifest,
    }
    if run.negotiation is not None:
        content["negotiation"] = run.negotiation.summary
    if run.conduct_by_name:
        content["named_conduct"] = records(run.named_conduct)
    return content


def frames_of_run(run: Run) -> dict[str, pd.DataFrame]:
    """The tables of *run* by name: one each, the histories of all outcomes in one, and all ties."""
    shares = {"share": list(run.signed.values()), "share_soon": list(run.signed_soon.values())}
    return {
        "milestones": run.table().assign(basis=run.basis),
        "outcomes": run.outcomes,
        "assumptions": run.assumptions().assign(basis=ASSUMED),
        "signed": pd.DataFrame({"who": list(run.signed), **shares}).assign(basis=run.basis),
        **_of_two_codes(run),
        HISTORY: pd.concat([_history(run, outcome) for outcome in MEASURED], ignore_index=True),
        **({TIES: run.ties()} if TIES in long_frames(run.scenario) else {}),
        **({"named_conduct": run.named_conduct} if run.conduct_by_name else {}),
    }


def _of_two_codes(run: Run) -> dict[str, pd.DataFrame]:
    return (
        {"codes": run.codes(), "effect_of_rival": run.effect_of_rival()}
        if run.scenario.open_rival
        else {}
    )


def _history(run: Run, outcome: Outcome) -> pd.DataFrame:
    """One outcome's history in the columns that all have in common: part stands for its kind, its
    group or all.
    """
    history = run.history(outcome.name)
    part = history.pop(outcome.by) if outcome.by else ALL
    history.insert(0, "outcome", outcome.name)
    history.insert(1, "part", part)
    return history
