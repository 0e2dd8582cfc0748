"""Counting: the numbers of one round, from the state variables at its end."""

from __future__ import annotations

from sim.compiled import compiled
from sim.engine.arrays import DECLINED, LEFT, NEVER, NOBODY, PRACTICE, WAITING
from sim.engine.binding import in_force, is_bound
from sim.engine.outputs import CODE, WORLD
from sim.engine.stages.learn import MEMORY
from sim.kinds_and_statuses import TRAIT
from sim.parameters import AT
from sim.theory.harm import crime_let_through


@compiled
def count_signing(population, variables, dials, code, round_number, counts):
    """Fill the round's *counts* [code columns] for one code."""
    counts[CODE.power_share] = variables.code[code].power_share
    counts[CODE.offence_share] = variables.code[code].offence_share
    counts[CODE.confidence] = variables.code[code].confidence
    if round_number >= 0 and in_force(variables.code[code], dials):
        counts[CODE.in_force] = 1.0
    for i in range(population.people.size):
        kind = population.people[i].kind
        member = variables.member[code, i]
        status = member.status
        counts[CODE.signed_state + kind] += member.signed
        counts[CODE.listed_state + kind] += member.listed
        counts[CODE.ratified] += member.ratified
        if member.taken_up_round != NEVER:
            counts[CODE.taken_up_state + kind] += 1.0
        if status == WAITING:
            counts[CODE.waiting_state + kind] += 1.0
        elif status == DECLINED:
            counts[CODE.declined_state + kind] += 1.0
        elif status == LEFT:
            counts[CODE.left_state + kind] += 1.0
    norm = 0.0
    members = 0.0
    for place in range(population.with_means.size):
        i = population.with_means[place]
        group = population.people[i].group
        member = variables.member[code, i]
        if member.last_against == round_number:
            counts[CODE.acted_against_state_high + group] += 1.0
        if variables.traits[TRAIT.offence, i] > 0.0 and is_bound(
            member, population.people[i], variables.code[code], dials
        ):
            members += 1.0
            norm += member.norm
            counts[CODE.members_with_means_state_high + group] += 1.0
            if round_number - member.last_against >= MEMORY:
                counts[CODE.members_keeping_state_high + group] += 1.0
            if round_number - member.last_seen >= MEMORY:
                counts[CODE.members_seen_keeping_state_high + group] += 1.0
    counts[CODE.norm] = norm / members if members > 0.0 else 0.0


@compiled
def count_conduct(population, codes, variables, dials, round_number, counts):
    """Fill the round's *counts* [world columns]; harm is counted by whether its author is a signatory of
    some code, by the dates of signing.
    """
    for place in range(variables.size[0]):
        operation = variables.operation[place]
        author = operation.author
        accused = operation.traced_to
        counts[WORLD.operations_state_high + population.people[author].group] += 1.0
        if accused != NOBODY:
            counts[WORLD.traced] += 1.0
            if operation.named == 1 and accused == author:
                counts[WORLD.named_state_high + population.people[accused].group] += 1.0
            elif operation.named == 1:
                counts[WORLD.wrongly_blamed_state_high + population.people[accused].group] += 1.0
        gross = operation.severity
        saved = gross * variables.protection[operation.victim]
        counts[WORLD.harm_gross] += gross
        counts[WORLD.harm_saved] += saved
        if is_member(variables, author, round_number):
            counts[WORLD.harm_by_members] += gross - saved
        else:
            counts[WORLD.harm_by_others] += gross - saved
    for place in range(population.with_means.size):
        if is_member(variables, population.with_means[place], round_number):
            counts[WORLD.members_with_means] += 1.0
        else:
            counts[WORLD.others_with_means] += 1.0
    if round_number >= 0:
        count_practices(population, codes, variables, dials, counts)


@compiled
def is_member(variables, i, round_number):
    """Whether *i* had signed some code by this round and not left it."""
    for code in range(variables.code.size):
        if variables.member[code, i].signed_round <= round_number < variables.member[code, i].left_round:
            return True
    return False


@compiled
def count_practices(population, codes, variables, dials, counts):
    """Lapses per group, standing per group (a sum over its members), and the share of crime that is let through."""
    for i in range(population.people.size):
        counts[WORLD.standing_state_high + population.people[i].group] += variables.standing[i]
    diligent = 0.0
    hosts = 0.0
    for k in range(codes.act.size):
        if codes.act[k].conduct != PRACTICE:
            continue
        for i in range(population.people.size):
            person = population.people[i]
            if codes.concerns[k, person.bound_as] == 0:
                continue
            counts[WORLD.lapses_state_high + person.group] += 1.0 - variables.practice[k, i]
            if person.kind == 0 and codes.act[k].restraint > 0.0:
                hosts += variables.traits[TRAIT.exposure, i]
                diligent += variables.traits[TRAIT.exposure, i] * variables.practice[k, i]
    diligence = diligent / hosts if hosts > 0.0 else 0.0
    through = 0.0
    exposed = 0.0
    for j in range(population.friends.size):
        exposure = variables.traits[TRAIT.exposure, j]
        exposed += exposure
        through += exposure * crime_let_through(variables.protection[j], dials[AT.diligence_strength], diligence)
    counts[WORLD.crime_let_through] = through / exposed if exposed > 0.0 else 0.0
