"""Ratification, in stage 2 where the code is a treaty: states that have signed ratify it, and it enters into force."""

from __future__ import annotations

from sim.compiled import compiled
from sim.engine import random_streams
from sim.engine.build import TRAIT
from sim.engine.stages.motives import weigh_motives
from sim.parameters import AT
from sim.theory.choice import chance_of_signing
from sim.theory.ratification import chance_to_take_up_ratification, enters_into_force


@compiled
def ratify(world, text, state, dials, code, seed, replicate, round_number):
    """States that have signed and not ratified take ratification up, each for itself, and ratify by the same choice by
    which they signed; whoever does not may take it up again.
    """
    for i in range(world.own_start.size - 1):
        if state.member[code, i].signed == 0 or state.member[code, i].ratified == 1:
            continue
        capacity = state.traits[TRAIT.capacity, i]
        draws = random_streams.four_draws(seed, random_streams.RATIFY, code, round_number, replicate, i, 0)
        if draws[0] < chance_to_take_up_ratification(dials[AT.ratification_rate], capacity):
            value = weigh_motives(world, text, state, dials, code, i, False)
            if draws[1] < chance_of_signing(value, dials[AT.rationality]):
                state.member[code, i].ratified = 1


@compiled
def enter_into_force(world, state, dials, code):
    """Once enough states have ratified the treaty is in force, and stays so when some of them leave (Vienna Convention
    on the Law of Treaties 1969, article 55).
    """
    ratifications = 0
    for i in range(world.own_start.size - 1):
        ratifications += state.member[code, i].ratified
    if enters_into_force(ratifications, dials[AT.ratifications_for_force]):
        state.code[code].in_force = 1
