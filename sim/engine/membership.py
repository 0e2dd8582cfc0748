"""Whom a code binds: whoever signed it; if it has to be ratified, nobody before it is in force, and no state before it
has ratified. Every place where membership has consequences for conduct asks here.
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.engine.build import TRAIT
from sim.parameters import AT
from sim.theory.ratification import binds


@compiled
def in_force(code, dials):
    """Whether a *code* (CODE_STATE) has any consequences: a declaration always, a treaty once enough states have
    ratified it.
    """
    return dials[AT.ratification_needed] == 0.0 or code.in_force == 1


@compiled
def is_bound(member, person, code, dials):
    """Whether *code* (CODE_STATE) binds a *person* (PERSON) that stands to it as *member* (MEMBER), in earnest or in
    name.
    """
    has_to_ratify = dials[AT.ratification_needed] > 0.0 and person.kind == 0
    return binds(member.signed == 1, in_force(code, dials), has_to_ratify, member.ratified == 1)


@compiled
def pledges(member, person, code, dials):
    """1 for whoever the code binds in earnest, 0 for others and for those who signed in name only."""
    return 1.0 if member.in_name == 0 and is_bound(member, person, code, dials) else 0.0


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
        if is_bound(state.member[code, i], world.people[i], state.code[code], dials):
            power += state.traits[TRAIT.weight, i]
    state.code[code].bound_power = power / all_power if all_power > 0.0 else 0.0
