"""Parley: states, firms and NGOs sign a code of conduct for cyberspace or stay out, keep it or act against it.

This is the public face. Whatever stands in `__all__` is imported when it is first asked for: `import sim` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.errors import InputError
from sim.version import __version__

if TYPE_CHECKING:
    from sim.experiments.run import Run, run
    from sim.mesa_model import ParleyModel
    from sim.parameters import DIALS
    from sim.record import OUTCOMES, Outcome
    from sim.scenario import Event, Scenario, available, load
    from sim.stakeholders import KINDS, TRAITS
    from sim.tallies import GROUPS

_FOUND_IN = {
    "DIALS": "sim.parameters", "Event": "sim.scenario", "GROUPS": "sim.tallies",
    "KINDS": "sim.stakeholders", "OUTCOMES": "sim.record", "Outcome": "sim.record", "ParleyModel": "sim.mesa_model",
    "Run": "sim.experiments.run", "Scenario": "sim.scenario", "TRAITS": "sim.stakeholders", "available": "sim.scenario",
    "load": "sim.scenario", "run": "sim.experiments.run",
}  # fmt: skip

__all__ = [
    "DIALS", "GROUPS", "KINDS", "OUTCOMES", "TRAITS", "Event", "InputError", "Outcome", "ParleyModel", "Run",
    "Scenario", "__version__", "available", "load", "run",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _FOUND_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_FOUND_IN[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
