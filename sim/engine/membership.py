"""Membership: joining and leaving a code, its public list, and the power that its signatories hold."""

from __future__ import annotations

from sim.compiled import compiled
from sim.engine.arrays import LEFT, NEVER, SIGNED
from sim.kinds_and_statuses import TRAIT


@compiled
def sign(variables, population, code, i, round_number):
    """*i* becomes a signatory of *code*."""
    variables.member[code, i].signed = 1
    variables.member[code, i].status = SIGNED
    variables.member[code, i].signed_round = round_number
    variables.member[code, i].left_round = NEVER


@compiled
def publish(variables, population, code, i, round_number):
    """*i* appears on the public list of *code*."""
    variables.member[code, i].listed = 1
    variables.member[code, i].listed_round = round_number
    if population.people[i].kind != 0 and population.people[i].home >= 0:
        variables.own_listed[code, population.people[i].home] += 1


@compiled
def leave(variables, population, code, i, round_number):
    """*i* stops being a signatory of *code* and is struck off the public list."""
    variables.member[code, i].signed = 0
    variables.member[code, i].in_name = 0
    variables.member[code, i].ratified = 0
    variables.member[code, i].status = LEFT
    variables.member[code, i].left_round = round_number
    variables.member[code, i].publication = NEVER
    if variables.member[code, i].listed == 1:
        variables.member[code, i].listed = 0
        if population.people[i].kind != 0 and population.people[i].home >= 0:
            variables.own_listed[code, population.people[i].home] -= 1


@compiled
def weigh_signatories(variables, population, code):
    """Shares of the states' material power, and of all offensive means, that signatories of *code* hold."""
    power = 0.0
    all_power = 0.0
    for i in range(population.own_start.size - 1):
        all_power += variables.traits[TRAIT.weight, i]
        power += variables.traits[TRAIT.weight, i] * variables.member[code, i].signed
    offence = 0.0
    all_offence = 0.0
    for place in range(population.with_means.size):
        i = population.with_means[place]
        all_offence += variables.traits[TRAIT.offence, i]
        offence += variables.traits[TRAIT.offence, i] * variables.member[code, i].signed
    variables.code[code].power_share = power / all_power if all_power > 0.0 else 0.0
    variables.code[code].offence_share = offence / all_offence if all_offence > 0.0 else 0.0
