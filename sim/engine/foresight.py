"""Foresight: what follows from the world, the texts and the dials alone, worked out once and not in
every month.

It holds until an event changes a trait, or the schedule a dial (`sim.engine.arrays.forget`). The
chances of lapses rest on pledges too: of whoever joins or leaves a code they alone are worked out
anew.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled, compiled_into
from sim.engine.arrays import OPERATION, PARTS, PRACTICE, forget, note_mover
from sim.engine.binding import pledges
from sim.kinds_and_statuses import FIRM, STATE, TRAIT
from sim.parameters import AT, DIALS, Fitted
from sim.theory.attention import attention_share
from sim.theory.attribution import dependence, naming_probability, trace_probability
from sim.theory.conduct import (
    chance_of_lapse,
    chance_of_operation,
    expected_shame,
    restraint_on_everyone,
    temptation,
)

UNKNOWN = -1.0  # an allure that nobody has asked for yet
IS_FITTED = np.array(
    [isinstance(dial, Fitted) for dial in DIALS.values()]
)  # [dials] to who signed, and when
ROUNDED_UP = (
    1.0 + 1e-12
)  # codes add to restraint and make no operation likelier, but for how numbers are rounded


@compiled
def take_dials(variables, dials):
    """Note with which *dials* all is worked out from now on. Of what is foreseen, attention alone
    rests on those that are fitted to signatures, as the weights of motives are.
    """
    before = variables.foresight.dials
    for column in range(dials.size):
        if dials[column] != before[column]:
            before[column] = dials[column]
            if IS_FITTED[column]:
                variables.foresight.alike[0].of_attention = 0
            else:
                forget(variables)


@compiled
def foresee_attention(population, codes, variables, dials):
    """Everybody's share of its kind's attention."""
    if variables.foresight.alike[0].of_attention == 1:
        return
    for i in range(population.everybody.size):
        gradient = dials[AT.state_attention_gradient]
        if population.people.kind[i] != STATE:
            gradient = dials[AT.organisations_attention_gradient]
        for code in range(codes.traits.size):
            variables.foresight.share[code, i] = attention_share(
                gradient,
                variables.traits[TRAIT.capacity, i],
                dials[AT.state_attention_club],
                codes.convenor[code, 1, i],
            )
    variables.foresight.alike[0].of_attention = 1


@compiled
def foresee_operations(population, codes, variables, dials):
    """The usual victim, and of everybody with means the restraint that does not depend on any code,
    and the chances that operations have without any other.
    """
    foresight = variables.foresight
    if foresight.alike[0].of_operations == 1:
        return
    victim_weight, victim_friends = usual_victim(population, variables)
    foresight.alike[0].victim_weight = victim_weight
    foresight.alike[0].victim_friends = victim_friends
    means_so_far = 0.0
    for place in range(population.with_means.size):
        i = np.int64(population.with_means[place])
        offence = variables.traits[TRAIT.offence, i]
        restraint = restraint_anyway(variables, dials, i, victim_weight, victim_friends)
        foresight.restraint[place] = restraint
        for k in range(codes.act.size):
            act = codes.act[k]
            if act.conduct == OPERATION:
                is_possible = (
                    offence > 0.0 and codes.concerns[k, population.people.bound_as[i]] == 1
                )
                temptation_value = temptation(dials[AT.temptation], offence, act.restraint)
                chance = chance_of_operation(dials[AT.operation_base], temptation_value, restraint)
                foresight.likeliest[act.place, place] = ROUNDED_UP * chance if is_possible else 0.0
        foresight.allure[place, PARTS - 1] = UNKNOWN
        means_so_far += offence
        foresight.means_so_far[place] = means_so_far
    foresight.alike[0].of_operations = 1


@compiled
def usual_victim(population, variables):
    """Weight and friends of the average victim, states weighted by what they have to lose."""
    exposure = 0.0
    weight = 0.0
    friends = 0.0
    for j in range(population.friends.size):
        exposure += variables.traits[TRAIT.exposure, j]
        weight += variables.traits[TRAIT.exposure, j] * variables.traits[TRAIT.weight, j]
        friends += variables.traits[TRAIT.exposure, j] * population.friends[j]
    if exposure == 0.0:
        return 0.0, 0.0
    return weight / exposure, friends / exposure


@compiled
def chance_of_being_named(dials, weight, victim_weight, backing, watched):
    """Chance of being traced and named by the usual victim; *watched* is monitoring times
    `watch`.
    """
    return trace_probability(dials[AT.attribution_quality], 1.0, watched) * naming_probability(
        dials[AT.naming_base],
        dials[AT.naming_weight],
        victim_weight,
        dials[AT.naming_friends],
        backing,
        dials[AT.naming_dependence],
        dependence(victim_weight, weight),
    )


@compiled
def restraint_anyway(variables, dials, i, victim_weight, victim_friends):
    """The restraint on *i* that does not depend on any code (logits)."""
    chance_named = chance_of_being_named(
        dials, variables.traits[TRAIT.weight, i], victim_weight, victim_friends, 0.0
    )
    return restraint_on_everyone(
        dials[AT.deterrence],
        dials[AT.baseline_share],
        expected_shame(chance_named, variables.traits[TRAIT.audience, i]),
    )


@compiled
def foresee_practices(population, codes, variables, dials):
    """Everybody's chances of lapses, and what practices protect; later the lapses of those alone
    who have joined or left a code since.
    """
    if variables.foresight.alike[0].of_practices == 0:
        foresee_practices_due(population, codes, variables)
        for i in range(population.everybody.size):
            note_mover(variables, i)
        variables.foresight.alike[0].of_practices = 1
    for place in range(variables.mover_size[0]):
        i = np.int64(variables.movers[place])
        foresee_lapses(population, codes, variables, dials, i)
        variables.is_mover[i] = 0
    variables.mover_size[0] = 0


@compiled
def foresee_lapses(population, codes, variables, dials, i):
    """The chances that *i* neglects each practice. Of several codes that it has pledged, the most
    ambitious counts.
    """
    bound_as = population.people.bound_as[i]
    for k in range(codes.act.size):
        if codes.act[k].conduct != PRACTICE:
            continue
        pledged_ambition = 0.0
        for code in range(codes.traits.size):
            if codes.binds[code, k, bound_as] == 1:
                pledge = pledges(population, variables, dials, code, i)
                pledged_ambition = max(pledged_ambition, codes.ambition[code, k] * pledge)
        lapse = chance_of_lapse(
            dials[AT.lapse_base],
            dials[AT.lapse_capacity],
            variables.traits[TRAIT.capacity, i],
            dials[AT.lapse_pledge],
            pledged_ambition,
        )
        is_due = codes.concerns[k, bound_as] == 1
        variables.foresight.lapse[codes.act[k].place, i] = lapse if is_due else 1.0


@compiled
def protective(act):
    """Whether an act is a practice that protects those who keep it and asks for no restraint."""
    return act.conduct == PRACTICE and act.restraint == 0.0


@compiled_into
def foresee_practices_due(population, codes, variables):
    """Who is to keep which practice: how many of them protect each, and what all firms would
    supply, and all states host, if they kept theirs.
    """
    foresight = variables.foresight
    foresight.practices_due[:] = 0
    foresight.due[:] = 0.0
    supply = 0.0
    hosts = 0.0
    for k in range(codes.act.size):
        if codes.act[k].conduct != PRACTICE:
            continue
        for i in range(population.everybody.size):
            kind = population.people.kind[i]
            if codes.concerns[k, population.people.bound_as[i]] == 0:
                continue
            foresight.due[codes.act[k].place, population.people.group[i]] += 1.0
            if protective(codes.act[k]):
                foresight.practices_due[i] += 1
                if kind == FIRM:
                    supply += variables.traits[TRAIT.weight, i]
            elif kind == STATE:
                hosts += variables.traits[TRAIT.exposure, i]
    foresight.alike[0].supply = supply
    foresight.alike[0].hosts = hosts
