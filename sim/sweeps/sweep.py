"""A sweep: at which points of which axes to simulate a scenario, how often, and which outcomes to
keep.

Levers are what somebody could decide on, uncertainties what nobody has measured: each has axes and
a design, and every point of the one is simulated with every point of the other, as in the XLRM
framework (Lempert, Popper and Bankes 2003).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario import Scenario
from sim.sweeps.axis import Axis
from sim.sweeps.design import FACTORIAL, OWN, Design
from sim.version import __version__

LEVERS, UNCERTAINTIES = "levers", "uncertainties"
ALL_COMBINATIONS = Design(FACTORIAL)


@dataclass(frozen=True)
class Part:
    """The axes of the levers, or of the uncertainties, and the design on them; one point where
    there is no axis.

    own_values: the values of each axis at each point, where somebody gives them.
    """

    axes: tuple[Axis, ...] = ()
    design: Design = ALL_COMBINATIONS
    own_values: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many points it has."""
        return self.design.size(self.axes) if self.axes else 1

    def columns(self, seed: int) -> dict[str, Sequence[Any] | NDArray[np.float64]]:
        """Axis -> its value at each point, numbers as an array; the sample depends on *seed*
        alone.
        """
        if self.own_values or not self.axes:
            return {name: np.array(values) for name, values in self.own_values.items()}
        columns = zip(self.axes, self.design.columns(self.axes, seed), strict=True)
        return {
            axis.name: np.array(values) if _are_numbers(axis, values) else values
            for axis, values in columns
        }

    def as_json(self) -> dict[str, Any]:
        """What a manifest says of it."""
        return {
            "design": self.design.name,
            "points": self.size,
            "sample": self.design.points,
            "axes": [axis.as_json() for axis in self.axes],
            **(
                {"given": {name: list(values) for name, values in self.own_values.items()}}
                if self.own_values
                else {}
            ),
        }


def _are_numbers(axis: Axis, values: Sequence[Any]) -> bool:
    """Whether all *values* of *axis* are numbers, none of them the scenario's own."""
    return axis.has_numbers and OWN not in values


@dataclass(frozen=True, eq=False)
class Sweep:
    """A sweep over *levers* and *uncertainties*, each point in so many *replicates*.

    scenarios: that of the file, or those of its axis `scenarios`, under the file's lens, parameters
    and choices. With *common_random_numbers* the replicates of all points have the same draws, so
    that points differ by their dials alone; else each run has draws of its own. outcomes: names of
    `parley.OUTCOMES`; signers: ids whose signature is kept. answer: the table [answer] of its file,
    on which no number depends (sim/sweeps/answer.py).
    """

    name: str
    title: str
    question: str
    scenarios: Mapping[str, Scenario]
    levers: Part
    uncertainties: Part
    replicates: int
    seed: int
    common_random_numbers: bool
    outcomes: tuple[str, ...]
    signers: tuple[str, ...]
    answer: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return (
            f"Sweep({self.name}, {self.points} points, {self.replicates} replicates,"
            f" seed={self.seed})"
        )

    @property
    def axes(self) -> tuple[Axis, ...]:
        """All axes, those of the levers first."""
        return (*self.levers.axes, *self.uncertainties.axes)

    @property
    def points(self) -> int:
        """How many points it has."""
        return self.levers.size * self.uncertainties.size

    @property
    def runs(self) -> int:
        """How many runs it has: all replicates of all points."""
        return self.points * self.replicates

    def as_json(self) -> dict[str, Any]:
        """All on which its numbers depend, as a manifest has it."""
        return {
            "parley": __version__,
            "scenarios": {name: scenario.sha256 for name, scenario in self.scenarios.items()},
            LEVERS: self.levers.as_json(),
            UNCERTAINTIES: self.uncertainties.as_json(),
            "replicates": self.replicates,
            "seed": self.seed,
            "common_random_numbers": self.common_random_numbers,
            "outcomes": list(self.outcomes),
            "signers": list(self.signers),
        }

    @property
    def sha256(self) -> str:
        """SHA-256 of `as_json`: two sweeps with the same one have the same numbers."""
        canonical = json.dumps(
            self.as_json(), sort_keys=True, separators=(",", ":"), allow_nan=False
        )
        return hashlib.sha256(canonical.encode()).hexdigest()
