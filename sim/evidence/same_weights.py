"""A scenario that is to test the weights may describe another code, and change nothing else."""

from __future__ import annotations

from sim.errors import InputError
from sim.scenario import Scenario, load
from sim.scenario.files import DEFAULT

ALLOWED = "in a transfer only [code], ambitions and the rounds may differ"


def check_only_the_code_differs(scenario: Scenario) -> None:
    """InputError, naming the first dial that differs, unless *scenario* has the dials, weights, lens and events of the
    default scenario.
    """
    default = load(DEFAULT)
    for name, value in default.parameters.items():
        found = scenario.parameters[name]
        if found != value:
            where, cause = _whose(scenario, name)
            raise InputError(
                f"{where}: {name} is {found!r}{cause}, expected {value!r} as in {DEFAULT}, since {ALLOWED}"
            )
    if scenario.events != default.events:
        where = next(layer.where for layer in reversed(scenario.layers) if layer.section().sections("events"))
        number = len(scenario.events)
        raise InputError(f"{where}: found {number} event{'s' if number != 1 else ''}, expected none, since {ALLOWED}")


def _whose(scenario: Scenario, dial: str) -> tuple[str, str]:
    """Which layer of *scenario* moved *dial*, and by which key where it is not set itself."""
    for layer in reversed(scenario.layers):
        section = layer.section()
        if dial in section.section("parameters"):
            return f"{layer.where}, [parameters]", ""
        for key in ("lens", "weights"):
            if key in section:
                return layer.where, f" under {key} = {section.values[key]!r}"
    return scenario.name, ""
