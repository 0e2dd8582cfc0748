"""What a number rests on: the register, the fitted weights in a world that the register has not
seen, an extrapolation from the fit, or assumptions.
"""

from __future__ import annotations

from typing import Any

from sim.errors import InputError
from sim.findings import BASES, EXTRAPOLATED, FITTED, WHAT_IF
from sim.reading import literal
from sim.scenario import Scenario
from sim.scenario.departure import departures, why_what_if


def basis_of_signing(*scenarios: Scenario) -> str:
    """What numbers on signing rest on. `extrapolated` if anything of any of *scenarios* is unlike
    the register to which the weights were fitted (`Scenario.extrapolations`); else `what_if` if any
    departs from the Paris Call as it was, by a dial, an event, its text or who may sign; else
    `fitted`.
    """
    return furthest(*(_basis_of(scenario) for scenario in scenarios))


def basis_of_what_if(*scenarios: Scenario) -> str:
    """The same for numbers that compare each scenario with what did not happen in it: never
    `fitted`.
    """
    return furthest(WHAT_IF, *(_basis_of(scenario) for scenario in scenarios))


def why_not_fitted(*scenarios: Scenario) -> str:
    """Why numbers on signing are not fitted to the register, in a few sentences: the reason of the
    first of *scenarios* that is as far from it as all; empty where they are fitted.
    """
    basis = basis_of_signing(*scenarios)
    far = next((scenario for scenario in scenarios if _basis_of(scenario) == basis), None)
    return "" if far is None else far.why_extrapolated or why_what_if(far)


def furthest(*bases: str) -> str:
    """The one of *bases* that is furthest from the register; `fitted` of none."""
    return max(bases, key=BASES.index, default=FITTED)


def _basis_of(scenario: Any) -> str:
    if not isinstance(scenario, Scenario):
        raise InputError(
            f"scenario is {literal(scenario)}, expected a Scenario, as parley.load returns one"
        )
    if scenario.is_extrapolated:
        return EXTRAPOLATED
    return WHAT_IF if departures(scenario) else FITTED
