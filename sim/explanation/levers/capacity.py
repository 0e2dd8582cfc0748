"""Capacity support: more means to take the matter up and to comply with the text."""

from __future__ import annotations

from typing import Any

from sim.experiments.outcomes import Array
from sim.explanation.change import Change, Way, way_by_chance
from sim.explanation.decision import Decision
from sim.kinds_and_statuses import TRAITS
from sim.number_formats import decimal

FAMILY = "capacity"
CAPACITY = TRAITS.index(FAMILY)
MOST_RAISED = 0.2  # of the trait's range, which runs from the poorest and smallest state to the richest and largest
STEP, COARSE_STEP = 0.01, 0.05  # the coarse one where each step has to be simulated


def why_not(decision: Decision) -> str | None:
    """More capacity only helps to sign, and only where some is lacking."""
    if decision.keeps_out:
        return "more capacity keeps nobody out"
    return None if 1 - _capacity(decision) >= STEP else "it has all the capacity there is"


def ways(decision: Decision) -> list[Way]:
    """Higher capacity from the round on."""
    before = _capacity(decision)
    most = min(MOST_RAISED, 1 - before)
    width = STEP if decision.motives_matter else COARSE_STEP
    steps = max(1, int(most / width + 1e-9))

    def to(step: int) -> float:
        return round(before + (most if step == steps else width * step), 6)

    def table(step: int) -> dict[str, Any]:
        event = {"round": decision.moment.round, "who": [decision.subject.who], "trait": "capacity", "value": to(step)}
        return {"events": [event]}

    def change(step: int) -> Change:
        return Change(
            FAMILY,
            f"support raises its capacity from {decimal(before)} to {decimal(to(step))}",
            size=round(to(step) - before, 6),
            unit="capacity",
            range_used=step / steps,
            change=table(step),
        )

    def turns(step: int) -> bool:
        """Capacity also brings attention, which is in no motive, so that each step is simulated."""
        return decision.target.has_share(decision.share_under(decision.with_table(table(step))))

    def contributions(step: int) -> Array:
        return _contributions(decision, to(step))

    if decision.motives_matter:
        return [way_by_chance(decision, steps, change, contributions)]
    return [Way(steps, change, contributions, turns)]


def _capacity(decision: Decision) -> float:
    return float(decision.moment.state.traits[CAPACITY, decision.subject.index])


def _contributions(decision: Decision, capacity: float) -> Array:
    """[worlds, motives] with another capacity, all else unchanged."""
    traits, i = decision.moment.state.traits, decision.subject.index
    before = traits[CAPACITY, i]
    traits[CAPACITY, i] = capacity
    terms = decision.moment.terms()
    traits[CAPACITY, i] = before
    return decision.with_terms(terms)
