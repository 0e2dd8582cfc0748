"""Membership: joining and leaving a code, its public list, and the power that its signatories
hold.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.engine.arrays import LEFT, NEVER, SIGNED, note_mover
from sim.kinds_and_statuses import STATE, TRAIT


@compiled
def sign(variables, population, code, i, round_number):
    """*i* becomes a signatory of *code*."""
    variables.member.signed[code, i] = 1
    variables.member.status[code, i] = SIGNED
    variables.member.signed_round[code, i] = round_number
    variables.member.left_round[code, i] = NEVER
    variables.code[code].turnover = 1
    note_mover(variables, i)


@compiled
def publish(variables, population, code, i, round_number):
    """*i* appears on the public list of *code*."""
    variables.member.listed[code, i] = 1
    variables.member.listed_round[code, i] = round_number
    if population.people.kind[i] != STATE and population.people.home[i] >= 0:
        variables.own_listed[code, population.people.home[i]] += 1


@compiled
def leave(variables, population, code, i, round_number):
    """*i* stops being a signatory of *code* and is struck off the public list."""
    variables.member.signed[code, i] = 0
    variables.member.in_name[code, i] = 0
    variables.member.ratified[code, i] = 0
    variables.member.status[code, i] = LEFT
    variables.member.left_round[code, i] = round_number
    variables.member.publication[code, i] = NEVER
    variables.code[code].turnover = 1
    note_mover(variables, i)
    if variables.member.listed[code, i] == 1:
        variables.member.listed[code, i] = 0
        if population.people.kind[i] != STATE and population.people.home[i] >= 0:
            variables.own_listed[code, population.people.home[i]] -= 1


@compiled
def weigh_signatories(variables, population, code):
    """Shares of the states' material power, and of all offensive means, that signatories of *code*
    hold.
    """
    power = 0.0
    all_power = 0.0
    for i in range(population.own_start.size - 1):
        all_power += variables.traits[TRAIT.weight, i]
        power += variables.traits[TRAIT.weight, i] * variables.member.signed[code, i]
    offence = 0.0
    all_offence = 0.0
    for place in range(population.with_means.size):
        i = np.int64(population.with_means[place])
        means = variables.traits[TRAIT.offence, i] * population.counts_as[population.people.kind[i]]
        all_offence += means
        offence += means * variables.member.signed[code, i]
    variables.code[code].turnover = 0
    variables.code[code].power_share = power / all_power if all_power > 0.0 else 0.0
    variables.code[code].offence_share = offence / all_offence if all_offence > 0.0 else 0.0
