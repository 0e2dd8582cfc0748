"""What the columns of a sweep's runs are: name, label, unit, and on what they rest."""

from __future__ import annotations

from typing import Any

from sim.experiments.basis import basis_of_signing, furthest
from sim.experiments.outcomes import OUTCOMES, column_names
from sim.facts.names_in_sentences import enumeration
from sim.findings import ASSUMED, EXTRAPOLATED, FITTED
from sim.kinds_and_statuses import KINDS
from sim.scenario import Scenario
from sim.sweeps.axis import CHOICE, CHOOSE, DIAL, LENS, Axis
from sim.sweeps.block import OTHERS, SIGNATORIES, others_names
from sim.sweeps.sweep import Sweep
from sim.words.outcomes import outcome_label, outcome_unit


def columns_of(sweep: Sweep) -> list[dict[str, Any]]:
    """A table for each column that *sweep* keeps: its name, the outcome and the part of which it
    is, label, unit, and basis: `fitted` (to the register), `what_if` or `extrapolated` at some
    point or at all, or `assumed`.
    """
    signing = _basis_of_signing(sweep)
    rows = []
    for name in sweep.outcomes:
        outcome = OUTCOMES[name]
        basis = signing if outcome.basis == FITTED else ASSUMED
        rows += [
            {
                "name": column,
                "outcome": name,
                "part": part,
                "label": outcome_label(name),
                "unit": outcome_unit(name),
                "basis": basis,
            }
            for column, part in zip(column_names(outcome), outcome.parts, strict=True)
        ]
    label = f"Signatories other than {enumeration(_names(sweep), 'and')}"
    rows += [
        {
            "name": column,
            "outcome": OTHERS,
            "part": kind,
            "label": label,
            "unit": outcome_unit(SIGNATORIES),
            "basis": signing,
        }
        for column, kind in zip(others_names(sweep.outcomes, sweep.signers), KINDS, strict=False)
    ]
    rows += [
        {
            "name": f"signed_{who}",
            "outcome": "signed",
            "part": who,
            "label": "Has signed by the end",
            "unit": "0 or 1",
            "basis": signing,
        }
        for who in sweep.signers
    ]
    return rows


def _names(sweep: Sweep) -> list[str]:
    """What the signers of *sweep* are called."""
    names = next(iter(sweep.scenarios.values())).facts.state_names
    return [names.get(who, who) for who in sweep.signers]


def _basis_of_signing(sweep: Sweep) -> str:
    """The basis furthest from the register of a scenario at an end of any axis, or of all."""
    furthest_so_far = FITTED
    for scenario in sweep.scenarios.values():
        variants = (_variant(scenario, axis, value) for axis in sweep.axes for value in _ends(axis))
        together = _ends_of_all(sweep, scenario)
        for variant in (scenario, *variants, *together):
            furthest_so_far = furthest(furthest_so_far, basis_of_signing(variant))
            if furthest_so_far == EXTRAPOLATED:
                return EXTRAPOLATED
    return furthest_so_far


def _ends_of_all(sweep: Sweep, scenario: Scenario) -> list[Scenario]:
    """*scenario* with all dials at their lowest, and all at their highest, as nine ambitions go
    further than one.
    """
    dials = [axis for axis in sweep.axes if axis.kind == DIAL]
    ends = [
        {name: value for axis in dials for name, value in axis.settings(_ends(axis)[end]).items()}
        for end in (0, 1)
    ]
    return [scenario.with_changes(set=values) for values in ends]


def _ends(axis: Axis) -> list[Any]:
    """The values of *axis* to look at: of numbers, the lowest and the highest."""
    if axis.kind != DIAL:
        return list(axis.values)
    return [min(axis.values), max(axis.values)] if axis.values else [axis.low, axis.high]


def _variant(scenario: Scenario, axis: Axis, value: Any) -> Scenario:
    if axis.kind == DIAL:
        return scenario.with_changes(set=axis.settings(value))
    if axis.kind == CHOICE:
        return scenario.with_changes(choices={axis.name.removeprefix(CHOOSE): value})
    return scenario.with_lens(value) if axis.kind == LENS else scenario
