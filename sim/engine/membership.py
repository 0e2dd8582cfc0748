"""Who joins and who leaves a code, who is on its public list, and what its signatories weigh."""

from __future__ import annotations

from sim.compiled import compiled
from sim.engine.arrays import LEFT, NEVER, SIGNED, TRAIT


@compiled
def sign(state, world, code, i, round_number):
    """*i* becomes a signatory of *code*."""
    state.member[code, i].signed = 1
    state.member[code, i].status = SIGNED
    state.member[code, i].signed_round = round_number
    state.member[code, i].left_round = NEVER


@compiled
def publish(state, world, code, i, round_number):
    """*i* appears on the public list of *code*."""
    state.member[code, i].listed = 1
    state.member[code, i].listed_round = round_number
    if world.people[i].kind != 0 and world.people[i].home >= 0:
        state.own_listed[code, world.people[i].home] += 1


@compiled
def leave(state, world, code, i, round_number):
    """*i* stops being a signatory of *code* and is struck off the public list."""
    state.member[code, i].signed = 0
    state.member[code, i].in_name = 0
    state.member[code, i].ratified = 0
    state.member[code, i].status = LEFT
    state.member[code, i].left_round = round_number
    state.member[code, i].publication = NEVER
    if state.member[code, i].listed == 1:
        state.member[code, i].listed = 0
        if world.people[i].kind != 0 and world.people[i].home >= 0:
            state.own_listed[code, world.people[i].home] -= 1


@compiled
def weigh_signatories(state, world, code):
    """Shares of the states' material power, and of all offensive means, that signatories of *code* hold."""
    power = 0.0
    all_power = 0.0
    for i in range(world.own_start.size - 1):
        all_power += state.traits[TRAIT.weight, i]
        power += state.traits[TRAIT.weight, i] * state.member[code, i].signed
    offence = 0.0
    all_offence = 0.0
    for place in range(world.with_means.size):
        i = world.with_means[place]
        all_offence += state.traits[TRAIT.offence, i]
        offence += state.traits[TRAIT.offence, i] * state.member[code, i].signed
    state.code[code].power_share = power / all_power if all_power > 0.0 else 0.0
    state.code[code].offence_share = offence / all_offence if all_offence > 0.0 else 0.0
