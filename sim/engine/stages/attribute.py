"""Stage 4, *attribute*: operations are traced rightly, wrongly or not at all, and victims may name
the author in public.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.engine import random_streams
from sim.engine.arrays import NOBODY
from sim.engine.binding import is_bound, power_behind
from sim.engine.foresight import foresee_operations
from sim.engine.stages.conduct import NEAR, UNSURE, watch
from sim.kinds_and_statuses import TRAIT
from sim.parameters import AT
from sim.theory.attribution import dependence, friends_behind, naming_probability, trace_probability


@compiled
def attribute(population, codes, variables, dials, seed, replicate, round_number):
    """Set traced_to (NOBODY where the author stays unknown) and named for each of this month's
    operations.
    """
    foresee_operations(population, codes, variables, dials)
    for operation in range(variables.size[0]):
        author, act = (
            np.int64(variables.operation[operation].author),
            np.int64(variables.operation[operation].act),
        )
        target = np.int64(variables.operation[operation].target)
        draws = random_streams.four_draws(
            seed, random_streams.ATTRIBUTE, 0, round_number, replicate, author, act
        )
        chance_traced = trace_probability(
            dials[AT.attribution_quality],
            dials[AT.monitoring],
            watch(population, variables, dials, codes.forbids[act], population.people.home[author]),
        )
        traced_to = NOBODY
        if draws[0] < chance_traced:
            traced_to = author
        elif draws[1] < dials[AT.wrongful_trace]:
            traced_to = draw_suspect(population, variables, author, target, draws[2])
        variables.operation[operation].traced_to = traced_to
        variables.operation[operation].named = 0
        if traced_to != NOBODY:
            chance = chance_named(population, codes, variables, dials, act, target, traced_to)
            variables.operation[operation].named = 1 if draws[3] < chance else 0


@compiled
def chance_named(population, codes, variables, dials, act, target, accused):
    """Chance that state *target* names *accused* for an *act*. The members of the codes that forbid
    the act and bind the target may name together with it.
    """
    for code in range(codes.traits.size):
        stands_by = is_bound(population, variables, dials, code, target)
        variables.coalition[code] = 1 if stands_by and codes.forbids[act, code] == 1 else 0
    power = power_behind(population, variables, dials, variables.coalition)
    return naming_probability(
        dials[AT.naming_base],
        dials[AT.naming_weight],
        variables.traits[TRAIT.weight, target],
        dials[AT.naming_friends],
        friends_behind(population.friends[target], dials[AT.joint_attribution], power),
        dials[AT.naming_dependence],
        dependence(variables.traits[TRAIT.weight, target], variables.traits[TRAIT.weight, accused]),
    )


@compiled
def draw_suspect(population, variables, author, target, draw):
    """Somebody other than the author and the target, drawn by offensive means: the usual
    suspects.
    """
    suspect = draw_by_sums(population, variables, author, target, draw)
    if suspect == UNSURE:
        suspect = draw_one_by_one(population, variables, author, target, draw)
    return suspect


@compiled
def draw_by_sums(population, variables, author, target, draw):
    """What `draw_one_by_one` draws, found by halving in the sums of the means of all up to each;
    UNSURE where it is so near to a neighbour that rounding could decide between them.
    """
    sums, size = variables.foresight.means_so_far, population.with_means.size
    if size == 0:
        return NOBODY
    first, second = min(author, target), max(author, target)
    near = NEAR * sums[size - 1]
    below = draw * sums_without(population, variables, first, second, size - 1)
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        if below < sums_without(population, variables, first, second, middle):
            high = middle
        else:
            low = middle + 1
    if low == size or sums_without(population, variables, first, second, low) - below <= near:
        return UNSURE
    if low > 0 and below - sums_without(population, variables, first, second, low - 1) <= near:
        return UNSURE
    return np.int64(population.with_means[low])


@compiled
def sums_without(population, variables, first, second, place):
    """The offensive means of all up to *place* in with_means, but for those of stakeholders *first*
    and *second*.
    """
    j, means = np.int64(population.with_means[place]), variables.foresight.means_so_far[place]
    if j >= first:
        means -= variables.traits[TRAIT.offence, first]
    if j >= second and second != first:
        means -= variables.traits[TRAIT.offence, second]
    return means


@compiled
def draw_one_by_one(population, variables, author, target, draw):
    """Somebody other than the author and the target, drawn by offensive means, one after the
    other.
    """
    total = 0.0
    for place in range(population.with_means.size):
        j = np.int64(population.with_means[place])
        if j != author and j != target:
            total += variables.traits[TRAIT.offence, j]
    below = draw * total
    suspect = NOBODY
    for place in range(population.with_means.size):
        j = np.int64(population.with_means[place])
        weight = variables.traits[TRAIT.offence, j]
        if j in (author, target) or weight == 0.0:
            continue
        suspect = j
        if below < weight:
            break
        below -= weight
    return suspect
