"""Ratification: what a government signed is taken up again at home (two-level games, Putnam 1988; docs/odd.md, section
7.2).
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.theory.elementary import chance_within_a_month


@compiled
def chance_to_take_up_ratification(ratification_rate, capacity):
    """Chance, in a month, that a state that has signed takes up ratification: at *ratification_rate* a month with full
    capacity (in [0, 1]), never with none. Whoever signed need not be reached any more, but laws need officials.
    """
    return chance_within_a_month(ratification_rate * capacity)


@compiled
def enters_into_force(ratifications, ratifications_for_force):
    """Whether so many ratifications bring the treaty into force."""
    return ratifications >= ratifications_for_force


@compiled
def binds(signed, in_force, has_to_ratify, ratified):
    """Whether a code binds somebody (all arguments true or false): whoever signed it, once it is in force, states that
    have to ratify it only once they did.
    """
    return signed and in_force and (ratified or not has_to_ratify)
