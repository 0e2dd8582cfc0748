"""Counting: the numbers of one round, from the state variables at its end.

Of a population with s times as many firms and NGOs each of them counts as 1/s
(population.counts_as), so that numbers of all scales compare, and can be added up with those of
states.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled, compiled_into
from sim.engine.arrays import DECLINED, LEFT, NEVER, NOBODY, PRACTICE, WAITING
from sim.engine.binding import in_force, is_bound
from sim.engine.foresight import foresee_practices
from sim.engine.outputs import BOUND, CODE, IN_NAME, WORLD
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
    member = variables.member
    for kind in range(population.kind_start.size - 1):
        signed, listed, ratified, taken_up, waiting, declined, left = 0, 0, 0, 0, 0, 0, 0
        for i in range(
            np.int64(population.kind_start[kind]), np.int64(population.kind_start[kind + 1])
        ):
            signed += member.signed[code, i] == 1
            listed += member.listed[code, i] == 1
            ratified += member.ratified[code, i] == 1
            taken_up += member.taken_up_round[code, i] != NEVER
            waiting += member.status[code, i] == WAITING
            declined += member.status[code, i] == DECLINED
            left += member.status[code, i] == LEFT
        number = population.counts_as[kind]
        counts[CODE.signed_state + kind] = number * signed
        counts[CODE.listed_state + kind] = number * listed
        counts[CODE.ratified] += ratified
        counts[CODE.taken_up_state + kind] = number * taken_up
        counts[CODE.waiting_state + kind] = number * waiting
        counts[CODE.declined_state + kind] = number * declined
        counts[CODE.left_state + kind] = number * left
    norms, last_against, last_seen = (
        member.norm[code],
        member.last_against[code],
        member.last_seen[code],
    )
    norm = 0.0
    members = 0.0
    for place in range(population.with_means.size):
        i = np.int64(population.with_means[place])
        group = population.people.group[i]
        # Sums without branches, as no processor can guess who is a member.
        has_means = variables.traits[TRAIT.offence, i] > 0.0
        is_able_member = has_means & is_bound(population, variables, dials, code, i)
        keeps = round_number - last_against[i] >= MEMORY
        seems_to_keep = round_number - last_seen[i] >= MEMORY
        number = is_able_member * population.counts_as[population.people.kind[i]]
        members += number
        norm += number * norms[i]
        counts[CODE.acted_against_state_high + group] += number * (last_against[i] == round_number)
        counts[CODE.members_with_means_state_high + group] += number * is_able_member
        counts[CODE.members_keeping_state_high + group] += number * (is_able_member & keeps)
        counts[CODE.members_seen_keeping_state_high + group] += number * (
            is_able_member & seems_to_keep
        )
    counts[CODE.norm] = norm / members if members > 0.0 else 0.0


@compiled
def count_conduct(population, codes, variables, dials, round_number, counts):
    """Fill the round's *counts* [world columns]; harm is counted by whether its author is a
    signatory of some code, by the dates of signing.
    """
    for place in range(variables.size[0]):
        operation = variables.operation[place]
        author = np.int64(operation.author)
        accused = operation.traced_to
        number = population.counts_as[population.people.kind[author]]
        counts[WORLD.operations_state_high + population.people.group[author]] += number
        if accused != NOBODY:
            counts[WORLD.traced] += number
            if operation.named == 1 and accused == author:
                counts[WORLD.named_state_high + population.people.group[accused]] += number
            elif operation.named == 1:
                blamed = population.counts_as[population.people.kind[accused]]
                counts[WORLD.wrongly_blamed_state_high + population.people.group[accused]] += blamed
        gross = number * operation.severity
        saved = gross * variables.protection[operation.victim]
        counts[WORLD.harm_gross] += gross
        counts[WORLD.harm_saved] += saved
        if is_member(variables, author, round_number):
            counts[WORLD.harm_by_members] += gross - saved
        else:
            counts[WORLD.harm_by_others] += gross - saved
    members = 0.0
    others = 0.0
    for place in range(population.with_means.size):
        i = np.int64(population.with_means[place])
        number = population.counts_as[population.people.kind[i]]
        belongs = is_member(variables, i, round_number)
        members += number * belongs
        others += number * (not belongs)
    counts[WORLD.members_with_means] = members
    counts[WORLD.others_with_means] = others
    if round_number >= 0:
        count_practices(population, codes, variables, dials, counts)


@compiled_into
def is_member(variables, i, round_number):
    """Whether *i* had signed some code by this round and not left it."""
    belongs = False
    for code in range(variables.code.size):
        has_signed = variables.member.signed_round[code, i] <= round_number
        belongs |= has_signed & (round_number < variables.member.left_round[code, i])
    return belongs


@compiled
def note_everybody(population, codes, variables, dials, members, public, operations, practices):
    """Set for each stakeholder how the first code binds it (BOUND or IN_NAME, else 0), whether it
    is on its public list, its operations of this month, and how many practices it keeps.
    """
    for i in range(members.size):
        members[i] = 0
        public[i] = variables.member.listed[0, i]
        if is_bound(population, variables, dials, 0, i):
            members[i] = IN_NAME if variables.member.in_name[0, i] == 1 else BOUND
    operations[:] = 0
    practices[:] = 0
    for place in range(variables.size[0]):
        operations[np.int64(variables.operation[place].author)] += 1
    for k in range(codes.act.size):
        if codes.act[k].conduct == PRACTICE:
            for i in range(members.size):
                practices[i] += variables.practice[k, i]


@compiled
def add_operations(population, variables, undertaken):
    """Add this month's operations to *undertaken* [K], in the places of their authors among those
    on record.
    """
    for place in range(variables.size[0]):
        author = np.int64(variables.operation[place].author)
        column = np.searchsorted(population.on_record, author)
        if column < undertaken.size and population.on_record[column] == author:
            undertaken[column] += 1


@compiled
def add_lapses(population, codes, variables, lapses):
    """Add the practices that each on record neglects this month to *lapses* [K]."""
    for column in range(lapses.size):
        i = np.int64(population.on_record[column])
        for k in range(codes.act.size):
            if codes.act[k].conduct == PRACTICE:
                is_due = codes.concerns[k, population.people.bound_as[i]] == 1
                lapses[column] += is_due & (variables.practice[k, i] == 0)


@compiled_into
def sum_of_standing(variables, first, end):
    """The sum of the standing of stakeholders *first* to *end* - 1, in their order; nearly
    everybody's is 1.
    """
    at_full = 0
    for i in range(first, end):
        at_full += variables.standing[i] == 1.0
    if at_full == end - first:
        return float(at_full)
    total = 0.0
    for i in range(first, end):
        total += variables.standing[i]
    return total


@compiled
def count_practices(population, codes, variables, dials, counts):
    """Lapses per group, standing per group (a sum over its members), and the share of crime that is
    let through.
    """
    foresee_practices(population, codes, variables, dials)
    group, due, states = (
        population.people.group,
        variables.foresight.due,
        np.int64(population.kind_start[1]),
    )
    for i in range(states):
        counts[WORLD.standing_state_high + group[i]] += variables.standing[i]
    diligent = 0.0
    for k in range(codes.act.size):
        if codes.act[k].conduct != PRACTICE:
            continue
        for g in range(due.shape[1]):
            number = population.counts_as[
                max(0, g - 2)
            ]  # three groups of states, then firms, then NGOs
            counts[WORLD.lapses_state_high + g] += number * due[codes.act[k].place, g]
        for i in range(states):
            counts[WORLD.lapses_state_high + group[i]] -= variables.practice[k, i]
            if codes.act[k].restraint > 0.0:
                diligent += variables.traits[TRAIT.exposure, i] * variables.practice[k, i]
    for kind in (1, 2):  # firms, and NGOs, are a group each
        first, end = (
            np.int64(population.kind_start[kind]),
            np.int64(population.kind_start[kind + 1]),
        )
        if first < end:
            number = population.counts_as[kind]
            counts[WORLD.standing_state_high + group[first]] = number * sum_of_standing(
                variables, first, end
            )
            for k in range(codes.act.size):
                if codes.act[k].conduct == PRACTICE:
                    practices = 0
                    for i in range(first, end):
                        practices += variables.practice[k, i] == 1
                    counts[WORLD.lapses_state_high + group[first]] -= number * practices
    hosts = variables.foresight.alike[0].hosts
    diligence = diligent / hosts if hosts > 0.0 else 0.0
    through = 0.0
    exposed = 0.0
    for j in range(population.friends.size):
        exposure = variables.traits[TRAIT.exposure, j]
        exposed += exposure
        through += exposure * crime_let_through(
            variables.protection[j], dials[AT.diligence_strength], diligence
        )
    counts[WORLD.crime_let_through] = through / exposed if exposed > 0.0 else 0.0
