"""A change that somebody could make, how far it goes, what it does to the decision, and how a scenario says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.experiments.outcomes import Array
from sim.writing import toml_text


@dataclass(frozen=True)
class Change:
    """The smallest change of its `family` that turns the decision, or the largest feasible one where none does.

    `what` says it in words; `size` in `unit`, and `range_used` as a share of what is feasible. `value` (logits) and
    `chance` are those of the round with nothing else changed; `moved` holds motive -> contribution before and after.
    `share_before` and `share_after`: the share of worlds signed by the end without the `change` and with it, the whole
    scenario simulated anew; `change` is written as in a scenario file. None where there is nothing to change.
    `turns` says that most worlds show another decision; `once_reached`, of somebody who takes the matter up in few
    worlds, that it would sooner sign in these.
    """

    family: str
    what: str
    turns: bool = False
    once_reached: bool = False
    size: float | None = None
    unit: str = ""
    range_used: float | None = None
    value: float | None = None
    chance: float | None = None
    moved: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    note: str = ""
    change: Mapping[str, Any] | None = None
    share_before: float | None = None
    share_after: float | None = None

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        return {
            "family": self.family, "what": self.what, "turns": self.turns, "once_reached": self.once_reached,
            "size": self.size, "unit": self.unit,
            "range_used": self.range_used, "value_after": self.value, "chance_after": self.chance,
            "moved": [{"motive": m, "before": before, "after": after} for m, (before, after) in self.moved.items()],
            "note": self.note, "change": self.change,
            "share_before": self.share_before, "share_after": self.share_after,
        }  # fmt: skip

    def as_toml(self) -> str:
        """The `change` as a scenario file says it; empty where there is none."""
        return "" if self.change is None else toml_text(self.change)


@dataclass(frozen=True)
class Way:
    """A kind of change that goes from nothing to all that is feasible in so many steps.

    `described` says the change of a step; `weighed`, what the deciders then weigh [worlds, motives]; `turns`, whether
    the decision is another one.
    """

    steps: int
    described: Callable[[int], Change]
    weighed: Callable[[int], Array]
    turns: Callable[[int], bool]


def smallest(way: Way) -> int | None:
    """The least step that turns the decision, where every larger one then does too; None where the last does not."""
    if not way.turns(way.steps):
        return None
    low, high = 0, way.steps
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if way.turns(middle) else (middle, high)
    return high


def ranked(changes: list[Change]) -> list[Change]:
    """Those that turn the decision first, by the share of their feasible range that they use; then those that would
    once it is reached; then the others.
    """
    return sorted(changes, key=_place)


def _place(change: Change) -> tuple[bool, bool, float]:
    counted = change.turns or change.once_reached
    return (not change.turns, not change.once_reached, (change.range_used or 0.0) if counted else 0.0)
