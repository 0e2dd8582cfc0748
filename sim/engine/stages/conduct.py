"""Stage 3, *conduct*: those with offensive means decide on operations and their targets, everybody
on practices.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled, compiled_into, compiled_unchecked
from sim.engine import random_streams
from sim.engine.arrays import CLASS_FIRM, FREE, MUST_BREAK, NOBODY, OPERATION, PARTS, PRACTICE, SOME
from sim.engine.binding import in_force, is_bound, only_code, power_behind, weigh_bound
from sim.engine.foresight import (
    UNKNOWN,
    chance_of_being_named,
    foresee_operations,
    foresee_practices,
    protective,
)
from sim.engine.random_streams import as_draw
from sim.kinds_and_statuses import TRAIT
from sim.motives.affinity import governance_distance
from sim.motives.home import share_of_own
from sim.parameters import AT
from sim.theory.attribution import friends_behind
from sim.theory.conduct import (
    chance_of_operation,
    expected_sanction,
    expected_shame,
    restraint_on_signatories,
    temptation,
    wording_covers,
)
from sim.theory.harm import attractiveness, gross_harm, protection

UNSURE = -2  # no index, nor NOBODY
NEAR = 1e-9  # as a share of all weights, far above what rounding moves their sums by


@compiled_into
def practices(population, codes, variables, dials, seed, replicate, round_number):
    """Set who keeps which practice this month, and everybody's protection. Harm depends on both, no
    signature does.
    """
    foresee_practices(population, codes, variables, dials)
    keep_practices(population, codes, variables, dials, seed, replicate, round_number)
    protect(population, codes, variables, dials)


@compiled_into
def operations(population, codes, variables, dials, seed, replicate, round_number):
    """This month's operations, in place of last month's: their targets and which codes they act
    against.
    """
    foresee_operations(population, codes, variables, dials)
    variables.size[0] = 0
    for code in range(codes.traits.size):
        weigh_bound(population, variables, dials, code)
    operate(population, codes, variables, dials, seed, replicate, round_number)


@compiled_into
def keep_practices(population, codes, variables, dials, seed, replicate, round_number):
    """Set who keeps which practice this month; one block of draws serves four practices."""
    for first in range(0, population.everybody.size, SOME):
        some = population.everybody[first : first + SOME]
        for k in range(codes.act.size):
            if codes.act[k].conduct != PRACTICE:
                continue
            place = codes.act[k].place
            if place % 4 == 0:
                draw_block(
                    variables,
                    some,
                    0,
                    place // 4,
                    random_streams.PRACTICE,
                    seed,
                    replicate,
                    round_number,
                )
            keep_unless_lapsed(
                variables.words[0, place % 4],
                variables.foresight.lapse[place, first : first + SOME],
                variables.practice[k, first : first + SOME],
            )


@compiled
def keep_unless_lapsed(words, lapse, practice):
    """Set who of some stakeholders keeps a practice, by their random words and their chances of a
    lapse.
    """
    for place in range(practice.size):
        practice[place] = 1 if as_draw(words[place]) >= lapse[place] else 0


@compiled
def draw_block(variables, some, at, block, stage, seed, replicate, round_number):
    """Draw the random words of *some* stakeholders from one *block*, into variables.words[at].

    They are keyed by code 0, however many codes there are: there is one decision on each act.
    """
    variables.blocks[:] = block
    random_streams.words_for_all(
        seed, stage, 0, round_number, replicate, some, variables.blocks, variables.words[at]
    )


@compiled_unchecked
def protect(population, codes, variables, dials):
    """Set everyone's protection of this month: its own practices and, by weight, those of firms,
    its suppliers.
    """
    practice_of_suppliers = 0.0
    practices_due, weights = variables.foresight.practices_due, variables.traits[TRAIT.weight]
    variables.protection[:] = 0.0
    for k in range(codes.act.size):
        if protective(codes.act[k]):
            practice = variables.practice[k]
            for i in range(population.everybody.size):
                variables.protection[i] += practice[i]
            for i in range(np.int64(population.kind_start[1]), np.int64(population.kind_start[2])):
                practice_of_suppliers += weights[i] * practice[i]
    supply = variables.foresight.alike[0].supply
    suppliers_practices = practice_of_suppliers / supply if supply > 0.0 else 0.0
    strength, supplier_share = dials[AT.protection_strength], dials[AT.supplier_share]
    for i in range(population.everybody.size):
        own_practices = variables.protection[i] / practices_due[i] if practices_due[i] > 0 else 0.0
        variables.protection[i] = protection(
            strength, supplier_share, own_practices, suppliers_practices
        )


@compiled_into
def operate(population, codes, variables, dials, seed, replicate, round_number):
    """Those with offensive means decide on each operation that some code forbids them, once for all
    codes; one block of draws serves two operations.
    """
    for first in range(0, population.with_means.size, SOME):
        some = population.with_means[first : first + SOME]
        variables.flags[:] = 0
        for k in range(codes.act.size):
            if codes.act[k].conduct != OPERATION:
                continue
            operation = codes.act[k].place
            block, pair = operation // 2, 2 * (operation % 2)
            if pair == 0:
                draw_block(
                    variables,
                    some,
                    block,
                    block,
                    random_streams.CONDUCT,
                    seed,
                    replicate,
                    round_number,
                )
            likeliest = variables.foresight.likeliest[operation, first : first + SOME]
            flag_tempted(variables.words[block, pair], likeliest, variables.flags)
        flag_breakers(variables.order, some, variables.flags)
        for place in range(some.size):
            if variables.flags[place] == 1:
                consider(
                    population, codes, variables, dials, first, place, seed, replicate, round_number
                )


@compiled
def flag_tempted(words, likeliest, flags):
    """Flag those of some stakeholders who may undertake an operation, by its random words; most
    need no closer look.
    """
    for place in range(likeliest.size):
        flags[place] |= as_draw(words[place]) < likeliest[place]


@compiled
def flag_breakers(order, some, flags):
    """Flag those of *some* stakeholders whom an event tells to break the code."""
    for place in range(some.size):
        if order[some[place]] == MUST_BREAK:
            flags[place] = 1


@compiled
def consider(population, codes, variables, dials, first, place, seed, replicate, round_number):
    """Whoever stands at first + place in with_means decides on each operation, by the words at
    *place*; what an event decides on its conduct holds for those that the first code asks it to
    leave.
    """
    foresight, i = variables.foresight, np.int64(population.with_means[first + place])
    offence, bound_as = variables.traits[TRAIT.offence, i], population.people.bound_as[i]
    if variables.order[i] == MUST_BREAK and offence > 0.0:
        break_first_code(
            population, codes, variables, dials, first, place, seed, replicate, round_number
        )
    for k in range(codes.act.size):
        act = codes.act[k]
        if act.conduct != OPERATION or codes.concerns[k, bound_as] == 0:
            continue
        if variables.order[i] != FREE and asks_to_leave(codes, k, bound_as):
            continue
        words, pair = variables.words[act.place // 2], 2 * (act.place % 2)
        draw = as_draw(words[pair, place])
        if draw >= foresight.likeliest[act.place, first + place]:
            continue
        flag_codes(population, codes, variables, dials, i, k, as_draw(words[pair + 1, place]))
        restraint = foresight.restraint[first + place] + restraint_by_codes(
            population, variables, dials, i
        )
        temptation_value = temptation(dials[AT.temptation], offence, act.restraint)
        if draw < chance_of_operation(dials[AT.operation_base], temptation_value, restraint):
            add_operation(
                population, codes, variables, dials, first + place, k, seed, replicate, round_number
            )


@compiled
def asks_to_leave(codes, k, bound_as):
    """Whether the first code asks those of a class to leave act *k*."""
    return codes.binds[0, k, bound_as] == 1 and codes.ambition[0, k] > 0.0


@compiled
def break_first_code(
    population, codes, variables, dials, first, place, seed, replicate, round_number
):
    """Whoever stands at first + place in with_means undertakes one of the operations that the first
    code asks it to leave: that of the lowest draw, in a form that the wording covers.
    """
    i = np.int64(population.with_means[first + place])
    bound_as, act, lowest = population.people.bound_as[i], NOBODY, 2.0
    for k in range(codes.act.size):
        if codes.act[k].conduct != OPERATION or not asks_to_leave(codes, k, bound_as):
            continue
        draw = as_draw(
            variables.words[codes.act[k].place // 2, 2 * (codes.act[k].place % 2), place]
        )
        if draw < lowest:
            act, lowest = k, draw
    if act != NOBODY:
        flag_codes(population, codes, variables, dials, i, act, 0.0)
        add_operation(
            population, codes, variables, dials, first + place, act, seed, replicate, round_number
        )


@compiled
def flag_codes(population, codes, variables, dials, i, k, coverage):
    """Flag the codes that *i* would break by act *k* (variables.breaks), and those of them that it
    has pledged (variables.coalition).

    One draw, *coverage*, decides for all codes whether their wording covers the act, so that a more
    ambitious wording covers all that a less ambitious one does.
    """
    bound_as = population.people.bound_as[i]
    for code in range(codes.traits.size):
        covers = codes.binds[code, k, bound_as] == 1 and wording_covers(
            codes.ambition[code, k], coverage
        )
        breaks = covers and is_bound(population, variables, dials, code, i)
        variables.breaks[code] = 1 if breaks else 0
        variables.coalition[code] = 1 if breaks and variables.member.in_name[code, i] == 0 else 0


@compiled
def restraint_by_codes(population, variables, dials, i):
    """The restraint that the codes flagged in variables.coalition add (logits); 0 where none is
    flagged. Naming is one event before the members of all these codes, and the strongest of the
    norms against the act counts.
    """
    pledge = False
    norm = 0.0
    for code in range(variables.coalition.size):
        if variables.coalition[code] == 1:
            pledge = True
            norm = max(norm, variables.member.norm[code, i])
    if not pledge:
        return 0.0
    usual = variables.foresight.alike[0]
    power = power_behind(population, variables, dials, variables.coalition)
    watched = dials[AT.monitoring] * watch(
        population, variables, dials, variables.coalition, population.people.home[i]
    )
    chance_named = chance_of_being_named(
        dials,
        variables.traits[TRAIT.weight, i],
        usual.victim_weight,
        friends_behind(usual.victim_friends, dials[AT.joint_attribution], power),
        watched,
    )
    return restraint_on_signatories(
        dials[AT.deterrence],
        dials[AT.baseline_share],
        expected_shame(chance_named, variables.traits[TRAIT.audience, i]),
        expected_sanction(chance_named, dials[AT.sanctions], power),
        dials[AT.norm_weight],
        norm,
    )


@compiled
def watch(population, variables, dials, flags, home):
    """Share of the firms and NGOs of *home* that are on the public list of a code in force, of the
    codes flagged in *flags* [C].
    """
    if home < 0:
        return 0.0
    own = population.own_start[home + 1] - population.own_start[home]
    alone = only_code(flags)
    listed = 0
    if alone != NOBODY:
        listed = variables.own_listed[alone, home] if in_force(variables.code[alone], dials) else 0
    else:
        for place in range(population.own_start[home], population.own_start[home + 1]):
            for code in range(flags.size):
                is_listed = variables.member.listed[code, population.own[place]] == 1
                if flags[code] == 1 and is_listed and in_force(variables.code[code], dials):
                    listed += 1
                    break
    return share_of_own(float(listed), float(own))


@compiled
def add_operation(population, codes, variables, dials, place, k, seed, replicate, round_number):
    """Add one operation of whoever stands at *place* in with_means, against the codes flagged in
    variables.breaks. Its victim is the target state or, where the act concerns firms, perhaps one
    of its firms and NGOs.
    """
    i = np.int64(population.with_means[place])
    draws = random_streams.four_draws(seed, random_streams.TARGET, 0, round_number, replicate, i, k)
    target = draw_target(population, variables, dials, place, draws[0])
    if target == NOBODY:
        return
    victim = target
    own = population.own_start[target + 1] - population.own_start[target]
    if own > 0 and codes.concerns[k, CLASS_FIRM] == 1 and draws[1] < 0.5:
        victim = np.int64(population.own[population.own_start[target] + int(draws[2] * own)])
    operation = variables.operation[variables.size[0]]
    operation.author = i
    operation.act = k
    operation.target = target
    operation.victim = victim
    operation.severity = gross_harm(
        codes.act[k].restraint, variables.traits[TRAIT.exposure, victim]
    )
    for code in range(codes.traits.size):
        variables.against[code, variables.size[0]] = variables.breaks[code]
    variables.size[0] += 1


@compiled_into
def draw_target(population, variables, dials, place, draw):
    """A state other than the own one of whoever stands at *place* in with_means, drawn by
    attractiveness; NOBODY where none has anything to lose.
    """
    i, states = np.int64(population.with_means[place]), variables.weights.size
    allure = variables.foresight.allure[place]
    if allure[PARTS - 1] == UNKNOWN:
        weigh_targets(population, variables, dials, i, 0, states)
        add_up(variables.weights, allure)
    target = draw_in_one_part(population, variables, dials, i, allure, draw)
    if target == UNSURE:
        weigh_targets(population, variables, dials, i, 0, states)
        target = weighted_draw(variables.weights, allure[PARTS - 1], draw)
    return target


@compiled
def weigh_targets(population, variables, dials, i, first, end):
    """Set variables.weights of the states from *first* to *end* - 1 to their attractiveness to *i*,
    which spares its own.
    """
    home, traits, rivalry = population.people.home[i], variables.traits, dials[AT.target_rivalry]
    openness, public_rule = traits[TRAIT.openness, i], traits[TRAIT.public_rule, i]
    weights, exposures = variables.weights[first:end], traits[TRAIT.exposure, first:end]
    positions = traits[TRAIT.openness, first:end], traits[TRAIT.public_rule, first:end]
    for j in range(weights.size):
        distance = governance_distance(openness, public_rule, positions[0][j], positions[1][j])
        weights[j] = attractiveness(exposures[j], rivalry, distance)
    if first <= home < end:
        variables.weights[home] = 0.0


@compiled
def add_up(weights, sums):
    """Fill sums [PARTS] with the sum of all *weights* up to the end of each part of them."""
    length = -(-weights.size // PARTS)
    total = 0.0
    for part in range(PARTS):
        for j in range(part * length, min((part + 1) * length, weights.size)):
            total += weights[j]
        sums[part] = total


@compiled_into
def draw_in_one_part(population, variables, dials, i, allure, draw):
    """What `weighted_draw` would draw, from the weights of that part of the states alone in which
    it lies by the sums *allure* [PARTS]; UNSURE where it is so near to a neighbour that rounding
    could decide between them.
    """
    states, near = variables.weights.size, NEAR * allure[PARTS - 1]
    length = -(-states // PARTS)
    below = draw * allure[PARTS - 1]
    part = 0
    while part < PARTS - 1 and below >= allure[part]:
        part += 1
    if part > 0:
        below -= allure[part - 1]
        if below < near:
            return UNSURE
    first, end = part * length, min((part + 1) * length, states)
    weigh_targets(population, variables, dials, i, first, end)
    for j in range(first, end):
        weight = variables.weights[j]
        if abs(below - weight) <= near:
            return UNSURE
        if below < weight:
            return j
        below -= weight
    return UNSURE


@compiled
def weighted_draw(weights, total, draw):
    """Index drawn in proportion to *weights* (sum *total*) by a uniform draw; NOBODY where all are
    0.
    """
    below = draw * total
    index = NOBODY
    for j in range(weights.size):
        if weights[j] > 0.0:
            index = j
            if below < weights[j]:
                break
            below -= weights[j]
    return index
