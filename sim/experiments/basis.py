"""What a number rests on: the register, an extrapolation from it, or assumptions."""

from __future__ import annotations

from collections.abc import Mapping

from sim.scenario import Scenario

FITTED, EXTRAPOLATED, ASSUMED = "fitted", "extrapolated", "assumed"

# In words, as badges have them. Signing is fitted or extrapolated; conduct is assumed.
BASES: Mapping[str, str] = {
    FITTED: "fitted to the register",
    EXTRAPOLATED: "extrapolated from the fit",
    ASSUMED: "assumed",
}


def basis_of_signing(*scenarios: Scenario) -> str:
    """What numbers on signing rest on: `extrapolated` if anything of any of *scenarios* is unlike the register to which
    the weights were fitted (`Scenario.extrapolations`), else `fitted`.
    """
    return EXTRAPOLATED if any(scenario.is_extrapolated for scenario in scenarios) else FITTED
