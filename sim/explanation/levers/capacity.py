"""Capacity support: more means to take the matter up and to comply with the text."""

from __future__ import annotations

from typing import Any

from sim.experiments.outcomes import Array
from sim.explanation.change import Change, Way
from sim.explanation.decision import Case
from sim.stakeholders import TRAITS

FAMILY = "capacity"
CAPACITY = TRAITS.index(FAMILY)
MOST_RAISED = 0.2  # of the trait's range, which runs from the poorest and smallest state to the richest and largest
STEP, COARSE_STEP = 0.01, 0.05  # the coarse one where each step has to be simulated


def idle(case: Case) -> str | None:
    """Means only make it easier to sign, for those who lack some."""
    if case.keeps_out:
        return "more capacity keeps nobody out"
    return None if 1 - _capacity(case) >= STEP else "it has all the capacity there is"


def ways(case: Case) -> list[Way]:
    """A raise of its capacity from the round on."""
    before = _capacity(case)
    most = min(MOST_RAISED, 1 - before)
    width = STEP if case.reasons_matter else COARSE_STEP
    steps = max(1, int(most / width + 1e-9))

    def to(step: int) -> float:
        return round(before + (most if step == steps else width * step), 6)

    def table(step: int) -> dict[str, Any]:
        event = {"round": case.of.at, "who": [case.asked.who], "trait": "capacity", "value": to(step)}
        return {"events": [event]}

    def described(step: int) -> Change:
        return Change(
            FAMILY,
            f"support raises its capacity from {before:.2f} to {to(step):.2f}",
            size=round(to(step) - before, 6),
            unit="capacity",
            range_used=step / steps,
            change=table(step),
        )

    def reached(step: int) -> bool:
        """Capacity brings attention too, which no motive shows."""
        return case.aim.in_most(case.share_with(table(step)))

    turns = None if case.reasons_matter else reached
    return [case.way(steps, described, lambda step: _weighed(case, to(step)), turns)]


def _capacity(case: Case) -> float:
    return float(case.of.state.traits[CAPACITY, case.asked.index])


def _weighed(case: Case, capacity: float) -> Array:
    """[worlds, motives] with another capacity, all else as it stood."""
    traits, i = case.of.state.traits, case.asked.index
    before = traits[CAPACITY, i]
    traits[CAPACITY, i] = capacity
    terms = case.of.terms()
    traits[CAPACITY, i] = before
    return case.with_terms(terms)
