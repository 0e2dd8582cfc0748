"""Ratification: a state decides at home on what its government signed (two-level games, Putnam
1988; docs/odd.md, section 7.2).
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.theory.elementary import chance_within_a_month


@compiled
def chance_to_take_up_ratification(ratification_rate, capacity):
    """Chance, in a month, that a state that has signed takes up ratification: at
    *ratification_rate* a month with full capacity (in [0, 1]), never with none, since laws need
    officials.
    """
    return chance_within_a_month(ratification_rate * capacity)


@compiled
def enters_into_force(ratifications, ratifications_for_force):
    """Whether this number of ratifications brings the treaty into force."""
    return ratifications >= ratifications_for_force


@compiled
def binds(signed, in_force, has_to_ratify, ratified):
    """Whether a code in force binds a stakeholder: one that signed it and, where it
    *has_to_ratify*, ratified it. All arguments are true or false.
    """
    return signed and in_force and (ratified or not has_to_ratify)
