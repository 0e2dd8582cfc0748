"""Whom a code binds: whoever signed it; if it has to be ratified, nobody before it is in force, and no state before it
has ratified. Every place where membership has consequences for conduct asks here.
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.parameters import AT
from sim.theory.ratification import binds
from sim.world import TRAIT


@compiled
def in_force(state, dials, code):
    """Whether the code has any consequences: a declaration always, a treaty once enough states have ratified it."""
    return dials[AT.ratification_needed] == 0.0 or state.code[code].in_force == 1


@compiled
def is_bound(world, state, dials, code, i):
    """Whether the code binds *i*, in earnest or in name."""
    member = state.member[code, i]
    has_to_ratify = dials[AT.ratification_needed] > 0.0 and world.people[i].kind == 0
    return binds(member.signed == 1, in_force(state, dials, code), has_to_ratify, member.ratified == 1)


@compiled
def pledges(world, state, dials, code, i):
    """1 for whoever the code binds in earnest, 0 for others and for those who signed in name only."""
    return 1.0 if state.member[code, i].in_name == 0 and is_bound(world, state, dials, code, i) else 0.0


@compiled
def weigh_bound(world, state, dials, code):
    """Set the share of the states' material power that those hold whom the code binds: who can sanction and name
    jointly.
    """
    if dials[AT.ratification_needed] == 0.0:
        state.code[code].bound_power = state.code[code].power_share
        return
    power = 0.0
    all_power = 0.0
    for i in range(world.own_start.size - 1):
        all_power += state.traits[TRAIT.weight, i]
        if is_bound(world, state, dials, code, i):
            power += state.traits[TRAIT.weight, i]
    state.code[code].bound_power = power / all_power if all_power > 0.0 else 0.0
