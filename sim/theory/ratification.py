"""Ratification: what a government signed is taken up again at home (two-level games, Putnam 1988; docs/odd.md, section
7.2).
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.theory.elementary import chance_within_a_month


@compiled
def chance_to_take_up_ratification(ratification_rate, share_of_attention):
    """Chance, in a month, that a state that has signed takes up ratification: *ratification_rate* a month for full
    attention.
    """
    return chance_within_a_month(ratification_rate * share_of_attention)


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
