"""What a number rests on: the register, the fitted weights in a world that the register has not
seen, an extrapolation from the fit, or assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.errors import InputError
from sim.findings import ASSUMED, EXTRAPOLATED, FITTED, WHAT_IF
from sim.reading import literal
from sim.scenario import Scenario
from sim.scenario.departure import departures

# In words, as badges have them, from what was observed to what nobody has measured. Signing is one
# of the first three; conduct is assumed.
BASES: Mapping[str, str] = {
    FITTED: "fitted to the register",
    WHAT_IF: "what if, under fitted weights",
    EXTRAPOLATED: "extrapolated from the fit",
    ASSUMED: "assumed",
}


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


def furthest(*bases: str) -> str:
    """The one of *bases* that is furthest from the register; `fitted` of none."""
    return max(bases, key=list(BASES).index, default=FITTED)


def _basis_of(scenario: Any) -> str:
    if not isinstance(scenario, Scenario):
        raise InputError(
            f"scenario is {literal(scenario)}, expected a Scenario, as parley.load returns one"
        )
    if scenario.is_extrapolated:
        return EXTRAPOLATED
    return WHAT_IF if departures(scenario) else FITTED
