"""Capacity support: more means to take the matter up and to comply with the text."""

from __future__ import annotations

import numpy as np

from sim.experiments.outcomes import Array
from sim.explanation.change import RUNGS, Change, Way
from sim.explanation.decision import Decision
from sim.facts.names_in_sentences import with_article
from sim.kinds_and_statuses import TRAITS
from sim.number_formats import decimal
from sim.population import STATE

FAMILY = "capacity"
CAPACITY = TRAITS.index(FAMILY)
# of the trait's range, which runs from the poorest and smallest state to the richest and largest
MOST_RAISED = 0.2


def why_not(decision: Decision) -> str | None:
    """More capacity only helps to sign, and support goes to the half of all states that have least
    of it, or to who has no more than they.
    """
    if decision.keeps_out:
        return "more capacity keeps nobody out"
    people = decision.moment.setting.population
    middle = float(np.median(decision.moment.state.traits[CAPACITY, people.kind == STATE]))
    if _capacity(decision) <= middle:
        return None
    name = with_article(decision.subject.name)
    return f"support goes only to those with less capacity than most states, and {name} has more"


def ways(decision: Decision) -> list[Way]:
    """Higher capacity from the start on."""
    before = _capacity(decision)
    most = min(MOST_RAISED, 1 - before)

    def to(rung: int) -> float:
        return round(before + most * rung / RUNGS, 6)

    def change(rung: int) -> Change:
        event = {
            "round": decision.question.start,
            "who": [decision.subject.who],
            "trait": FAMILY,
            "value": to(rung),
        }
        return Change(
            FAMILY,
            f"support raises its capacity (from {decimal(before)} to {decimal(to(rung))}, of 1 at"
            " most)",
            lever="support",
            size=round(to(rung) - before, 6),
            unit="capacity",
            range_used=rung / RUNGS,
            change={"events": [event]},
        )

    def turns(rung: int) -> bool:
        """Capacity also brings attention, which is in no motive."""
        return not decision.motives_matter or decision.target.has_chance(
            decision.chance(contributions(rung))
        )

    def contributions(rung: int) -> Array:
        return _contributions(decision, to(rung))

    return [Way(RUNGS, change, contributions, turns)]


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
