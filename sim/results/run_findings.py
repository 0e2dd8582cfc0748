"""What a run, or a comparison of two, finds as values: outcomes, the largest misses, and what is
supposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sim.experiments.shares import Miss
from sim.findings import Difference, Level, Range
from sim.scenario import Scenario
from sim.scenario.departure import departures


def suppositions(*scenarios: Scenario) -> tuple[str, ...]:
    """In what any of *scenarios* is other than the Paris Call as it was, or unlike its register, by
    the keys of `departures` and `extrapolations` in a manifest.
    """
    keys = [key for each in scenarios for key in (*departures(each), *each.extrapolations)]
    return tuple(dict.fromkeys(keys))


@dataclass(frozen=True)
class RunFindings:
    """All that is found: *outcomes* in their order, a finding for each part; the largest *misses*;
    and the *suppositions* on which these rest.
    """

    outcomes: tuple[Level | Range, ...]
    misses: Sequence[Miss]
    suppositions: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """All of it in the types of JSON (docs/json.md)."""
        return {
            "outcomes": [each.as_json() for each in self.outcomes],
            "misses": [asdict(each) for each in self.misses],
            "suppositions": list(self.suppositions),
        }


@dataclass(frozen=True)
class ComparisonFindings:
    """Differences in *outcomes* in their order, a finding for each part, and the *suppositions* of
    either side.
    """

    outcomes: tuple[Difference | Range, ...]
    suppositions: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """All of it in the types of JSON (docs/json.md)."""
        return {
            "outcomes": [each.as_json() for each in self.outcomes],
            "suppositions": list(self.suppositions),
        }
