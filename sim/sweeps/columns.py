"""What the columns of a sweep's runs are: name, label, unit, and on what they rest."""

from __future__ import annotations

from typing import Any

from sim.experiments.basis import ASSUMED, FITTED, basis_of_signing
from sim.experiments.outcomes import OUTCOMES, column_names
from sim.sweeps.sweep import Sweep


def columns_of(sweep: Sweep) -> list[dict[str, Any]]:
    """A table for each column that *sweep* keeps: its name, the outcome and the part of which it is, label, unit, and
    basis: `fitted` (to the register), `extrapolated` from that fit at all points or at some, or `assumed`.
    """
    bases = {basis_of_signing(scenario) for scenario in sweep.scenarios.values()}
    signing = FITTED if bases == {FITTED} else "extrapolated"
    rows = []
    for name in sweep.outcomes:
        outcome = OUTCOMES[name]
        basis = signing if outcome.basis == FITTED else ASSUMED
        for column, part in zip(column_names(outcome), outcome.parts, strict=True):
            rows.append(
                {
                    "name": column,
                    "outcome": name,
                    "part": part,
                    "label": outcome.label,
                    "unit": outcome.unit,
                    "basis": basis,
                }
            )
    rows += [
        {"name": f"signed_{who}", "outcome": "signed", "part": who, "label": f"{who} has signed by the end",
         "unit": "0 or 1", "basis": signing}
        for who in sweep.signers
    ]  # fmt: skip
    return rows
