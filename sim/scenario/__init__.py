"""Scenarios: a code, the values of dials, and events, read from TOML, checked and frozen, without
pandas or numba.
"""

from sim.scenario.choice import Choice, Option
from sim.scenario.event import Event
from sim.scenario.files import available, load
from sim.scenario.scenario import Scenario

__all__ = ["Choice", "Event", "Option", "Scenario", "available", "load"]
