"""Feasible changes, and the search for the smallest one of a family that turns a decision: first by the value of
signing, then by simulation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any

from sim.experiments.basis import basis_of_signing
from sim.experiments.outcomes import Array
from sim.experiments.threads import Progress
from sim.explanation.decision import Decision
from sim.explanation.weighing import mean_of_worlds, sum_of_terms
from sim.motives import NAMES
from sim.writing import toml_text

STRIDES = (0.05, 0.2, 1.0)  # shares of the range by which a change is enlarged where a simulation does not confirm it
NO_MOTIVE = "no motive that has a weight here looks at it"
REACHING = ("outreach", "capacity")  # families that make a stakeholder decide, though its motives may stay the same
REACH = "it would have to be reached as well"


@dataclass(frozen=True)
class Change:
    """The smallest change of its `family` that turns the decision, or the largest feasible one where none does.

    `what`: in words; `size` in `unit`; `range_used`: the share of the feasible range, in [0, 1]. `value` (logits) and
    `chance` are those of the round with nothing else changed; `motives`: motive -> contribution before and after.
    `share_before` and `share_after`: the share of worlds signed by the end without the `change` and with it, the whole
    scenario simulated anew; `change` is written as in a scenario file. None where there is nothing to change. `basis`:
    of `share_after`, which a change of the text may have extrapolated; empty where there is none. `turns`:
    most worlds show another decision; `once_reached`: it takes the matter up in few worlds, but more often than not
    signs in these.
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
    motives: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    note: str = ""
    change: Mapping[str, Any] | None = None
    share_before: float | None = None
    share_after: float | None = None
    basis: str = ""

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        return {
            "family": self.family, "what": self.what, "turns": self.turns, "once_reached": self.once_reached,
            "size": self.size, "unit": self.unit,
            "range_used": self.range_used, "value_after": self.value, "chance_after": self.chance,
            "moved": [{"motive": m, "before": before, "after": after} for m, (before, after) in self.motives.items()],
            "note": self.note, "change": self.change,
            "share_before": self.share_before, "share_after": self.share_after, "basis": self.basis,
        }  # fmt: skip

    def as_toml(self) -> str:
        """The `change` in the format of a scenario file; empty where there is none."""
        return "" if self.change is None else toml_text(self.change)


@dataclass(frozen=True)
class Way:
    """A kind of change in *steps* of growing size, the last being the largest feasible one.

    Each function takes the number of a step: `change` returns its change, `contributions` those of the deciders under
    it [worlds, motives], `turns` whether it turns the decision.
    """

    steps: int
    change: Callable[[int], Change]
    contributions: Callable[[int], Array]
    turns: Callable[[int], bool]


def way_by_chance(
    decision: Decision, steps: int, change: Callable[[int], Change], contributions: Callable[[int], Array]
) -> Way:
    """A way that turns the *decision* where its contributions give the chance of its target."""

    def turns(step: int) -> bool:
        return decision.target.has_chance(decision.chance(contributions(step)))

    return Way(steps, change, contributions, turns)


def smallest_step(way: Way) -> int | None:
    """The smallest step that turns the decision, if every larger one does too; None where the last does not."""
    if not way.turns(way.steps):
        return None
    low, high = 0, way.steps
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if way.turns(middle) else (middle, high)
    return high


def search(decision: Decision, ways: list[Way], progress: Progress | None) -> Change:
    """The change that turns the decision and uses the smallest share of its range; where none does, the largest change
    of the way that comes nearest to it.

    The contributions in one round give a first answer. A change of the whole scenario has further effects over time, so
    it is simulated, and enlarged where the simulation does not confirm the answer. For a stakeholder that takes the
    matter up in few worlds only its decision in these counts.
    """
    turning = [
        (way, step)
        for way, step in ((way, smallest_step(way)) for way in ways)
        if step is not None and _acts(_weigh(decision, way, step))
    ]
    if turning:
        way, step = min(turning, key=lambda pair: pair[0].change(pair[1]).range_used or 0.0)
        return _simulate_or_enlarge(decision, way, step, progress)
    sign = 1 if decision.keeps_out else -1
    way = min(ways, key=lambda way: sign * (_weigh(decision, way, way.steps).value or 0.0))
    if not _weigh(decision, way, way.steps).motives:
        return Change(way.change(way.steps).family, NO_MOTIVE, share_before=decision.share_signed)
    return _simulate(decision, way, way.steps, progress)


def _weigh(decision: Decision, way: Way, step: int) -> Change:
    """The change of a *step*, with the value and the chance that follow from it."""
    contributions = way.contributions(step)
    before, after = decision.weighing.means_together, mean_of_worlds(contributions)
    motives = {NAMES[m]: (float(before[m]), float(after[m])) for m in range(len(NAMES)) if before[m] != after[m]}
    chance = decision.chance(contributions)
    return replace(way.change(step), value=float(sum_of_terms(after)), chance=chance, motives=motives)


def _acts(change: Change) -> bool:
    """Whether *change* has any effect: it moves a motive, or brings attention."""
    return bool(change.motives) or change.family in REACHING


def _simulate_or_enlarge(decision: Decision, way: Way, step: int, progress: Progress | None) -> Change:
    """The change of *step*, or a larger one that a simulation confirms, or the largest where none is confirmed."""
    change = _simulate(decision, way, step, progress)
    if decision.not_reached and decision.target.has_chance(change.chance or 0.0):
        note = change.note if change.turns else f"{change.note}; {REACH}".removeprefix("; ")
        return replace(change, once_reached=not change.turns, note=note)
    larger = [min(way.steps, step + ceil(stride * way.steps)) for stride in STRIDES]
    for further in dict.fromkeys(larger):
        if not change.turns and further > step:
            change = _simulate(decision, way, further)
    return change


def _simulate(decision: Decision, way: Way, step: int, progress: Progress | None = None) -> Change:
    """The change of *step*, with the share of worlds signed under it and whether that turns the decision."""
    change = _weigh(decision, way, step)
    assert change.change is not None
    scenario = decision.with_table(change.change)
    share = decision.share_under(scenario, progress)
    turns, basis = decision.target.has_share(share), basis_of_signing(scenario)
    return replace(change, turns=turns, share_before=decision.share_signed, share_after=share, basis=basis)


def ranked(changes: list[Change]) -> list[Change]:
    """*changes* in order: first those that turn the decision, by the share of their range that they use; then those
    that would once the stakeholder is reached; then the others.
    """
    return sorted(changes, key=_place)


def _place(change: Change) -> tuple[bool, bool, float]:
    counts = change.turns or change.once_reached
    return (not change.turns, not change.once_reached, (change.range_used or 0.0) if counts else 0.0)
