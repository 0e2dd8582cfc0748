"""Stage 3, *conduct*: those with offensive means decide on operations and their targets, everybody on practices."""

from __future__ import annotations

from sim.compiled import compiled, compiled_into
from sim.engine import random_streams
from sim.engine.arrays import CLASS_FIRM, NOBODY, OPERATION, PRACTICE
from sim.engine.binding import in_force, is_bound, only_code, pledges, power_behind, weigh_bound
from sim.kinds_and_statuses import TRAIT
from sim.motives.affinity import governance_distance
from sim.motives.home import share_of_own
from sim.parameters import AT
from sim.theory.attribution import dependence, friends_behind, naming_probability, trace_probability
from sim.theory.conduct import (
    chance_of_lapse,
    chance_of_operation,
    expected_sanction,
    expected_shame,
    restraint_on_everyone,
    restraint_on_signatories,
    temptation,
    wording_covers,
)
from sim.theory.harm import attractiveness, gross_harm, protection


@compiled_into
def practices(population, codes, variables, dials, seed, replicate, round_number):
    """Set who keeps which practice this month, and everybody's protection. Harm depends on both, no signature does."""
    keep_practices(population, codes, variables, dials, seed, replicate, round_number)
    protect(population, codes, variables, dials)


@compiled_into
def operations(population, codes, variables, dials, seed, replicate, round_number):
    """This month's operations, in place of last month's: their targets and which codes they act against."""
    variables.size[0] = 0
    for code in range(codes.traits.size):
        weigh_bound(population, variables, dials, code)
    operate(population, codes, variables, dials, seed, replicate, round_number)


@compiled
def keep_practices(population, codes, variables, dials, seed, replicate, round_number):
    """Set who keeps which practice this month. Of several codes that one has pledged, the most ambitious counts; one
    block of draws serves four practices.
    """
    draw_blocks(
        population.everybody, codes, variables, PRACTICE, 4, random_streams.PRACTICE, seed, replicate, round_number
    )
    lapse_base, lapse_capacity, lapse_pledge = dials[AT.lapse_base], dials[AT.lapse_capacity], dials[AT.lapse_pledge]
    for k in range(codes.act.size):
        if codes.act[k].conduct != PRACTICE:
            continue
        draws = variables.draws[codes.act[k].place // 4, codes.act[k].place % 4]
        for i in range(population.people.size):
            bound_as = population.people[i].bound_as
            if codes.concerns[k, bound_as] == 0:
                continue
            pledged_ambition = 0.0
            for code in range(codes.traits.size):
                if codes.binds[code, k, bound_as] == 1:
                    pledge = pledges(variables.member[code, i], population.people[i], variables.code[code], dials)
                    pledged_ambition = max(pledged_ambition, codes.ambition[code, k] * pledge)
            lapse = chance_of_lapse(
                lapse_base, lapse_capacity, variables.traits[TRAIT.capacity, i], lapse_pledge, pledged_ambition
            )
            variables.practice[k, i] = 1 if draws[i] >= lapse else 0


@compiled
def draw_blocks(who, codes, variables, conduct, share, stage, seed, replicate, round_number):
    """Draw the random numbers of *who* for all acts of this *conduct*, *share* acts to a block of four.

    The draws are keyed by code 0, however many codes there are: there is one decision on each act.
    """
    for k in range(codes.act.size):
        act = codes.act[k]
        if act.conduct == conduct and act.place % share == 0:
            block = act.place // share
            for place in range(who.size):
                variables.blocks[place] = block
            random_streams.draw_for_all(
                seed, stage, 0, round_number, replicate, who, variables.blocks, variables.draws[block]
            )


@compiled
def protective(act):
    """Whether an act is a practice that protects those who keep it and asks for no restraint."""
    return act.conduct == PRACTICE and act.restraint == 0.0


@compiled
def protect(population, codes, variables, dials):
    """Set everyone's protection of this month: its own practices and, by weight, those of firms, its suppliers."""
    practice_of_suppliers = 0.0
    supply = 0.0
    due = variables.practices_due  # how many practices that protect are asked of each class
    for bound_as in range(due.size):
        due[bound_as] = 0.0
    for i in range(population.people.size):
        variables.protection[i] = 0.0
    for k in range(codes.act.size):
        if not protective(codes.act[k]):
            continue
        for bound_as in range(due.size):
            due[bound_as] += codes.concerns[k, bound_as]
        for i in range(population.people.size):
            if codes.concerns[k, population.people[i].bound_as] == 0:
                continue
            variables.protection[i] += variables.practice[k, i]
            if population.people[i].kind == 1:
                supply += variables.traits[TRAIT.weight, i]
                practice_of_suppliers += variables.traits[TRAIT.weight, i] * variables.practice[k, i]
    suppliers_practices = practice_of_suppliers / supply if supply > 0.0 else 0.0
    for i in range(population.people.size):
        practices_due = due[population.people[i].bound_as]
        own_practices = variables.protection[i] / practices_due if practices_due > 0.0 else 0.0
        variables.protection[i] = protection(
            dials[AT.protection_strength], dials[AT.supplier_share], own_practices, suppliers_practices
        )


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
def operate(population, codes, variables, dials, seed, replicate, round_number):
    """Those with offensive means decide on each operation that some code forbids them, once for all codes."""
    victim_weight, victim_friends = usual_victim(population, variables)
    draw_blocks(
        population.with_means, codes, variables, OPERATION, 2, random_streams.CONDUCT, seed, replicate, round_number
    )
    for place in range(population.with_means.size):
        i = population.with_means[place]
        offence = variables.traits[TRAIT.offence, i]
        if offence == 0.0:
            continue
        # No chance exceeds that of an act of full restraint loading without any restraint, so most draws end here.
        most_likely = chance_of_operation(dials[AT.operation_base], temptation(dials[AT.temptation], offence, 1.0), 0.0)
        if least_draw(variables, place) >= most_likely:
            continue
        bound_as = population.people[i].bound_as
        for k in range(codes.act.size):
            act = codes.act[k]
            if act.conduct != OPERATION or codes.concerns[k, bound_as] == 0:
                continue
            block, pair = act.place // 2, 2 * (act.place % 2)
            draw = variables.draws[block, pair, place]
            if draw >= most_likely:
                continue
            flag_codes(population, codes, variables, dials, i, k, variables.draws[block, pair + 1, place])
            restraint = restraint_anyway(variables, dials, i, victim_weight, victim_friends)
            restraint += restraint_by_codes(population, variables, dials, i, victim_weight, victim_friends)
            temptation_value = temptation(dials[AT.temptation], offence, act.restraint)
            if draw < chance_of_operation(dials[AT.operation_base], temptation_value, restraint):
                add_operation(population, codes, variables, dials, i, k, seed, replicate, round_number)


@compiled
def flag_codes(population, codes, variables, dials, i, k, coverage):
    """Flag the codes that *i* would break by act *k* (variables.breaks), and those of them that it has pledged
    (variables.coalition).

    One draw, *coverage*, decides for all codes whether their wording covers the act, so that a more ambitious wording
    covers all that a less ambitious one does.
    """
    person = population.people[i]
    for code in range(codes.traits.size):
        member = variables.member[code, i]
        covers = codes.binds[code, k, person.bound_as] == 1 and wording_covers(codes.ambition[code, k], coverage)
        breaks = covers and is_bound(member, person, variables.code[code], dials)
        variables.breaks[code] = 1 if breaks else 0
        variables.coalition[code] = 1 if breaks and member.in_name == 0 else 0


@compiled
def least_draw(variables, place):
    """The smallest of the draws that decide on this month's operations of the stakeholder at *place* in with_means.
    Draws that decide on nothing may be among them.
    """
    least = 1.0
    for block in range(variables.draws.shape[0]):
        least = min(least, variables.draws[block, 0, place], variables.draws[block, 2, place])
    return least


@compiled
def chance_of_being_named(dials, weight, victim_weight, backing, watched):
    """Chance of being traced and named by the usual victim; *watched* is monitoring times `watch`."""
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
    chance_named = chance_of_being_named(dials, variables.traits[TRAIT.weight, i], victim_weight, victim_friends, 0.0)
    return restraint_on_everyone(
        dials[AT.deterrence],
        dials[AT.baseline_share],
        expected_shame(chance_named, variables.traits[TRAIT.audience, i]),
    )


@compiled
def restraint_by_codes(population, variables, dials, i, victim_weight, victim_friends):
    """The restraint that the codes flagged in variables.coalition add (logits); 0 where none is flagged. Naming is one
    event before the members of all these codes, and the strongest of the norms against the act counts.
    """
    pledge = False
    norm = 0.0
    for code in range(variables.coalition.size):
        if variables.coalition[code] == 1:
            pledge = True
            norm = max(norm, variables.member[code, i].norm)
    if not pledge:
        return 0.0
    power = power_behind(population, variables, dials, variables.coalition)
    watched = dials[AT.monitoring] * watch(population, variables, dials, variables.coalition, population.people[i].home)
    chance_named = chance_of_being_named(
        dials,
        variables.traits[TRAIT.weight, i],
        victim_weight,
        friends_behind(victim_friends, dials[AT.joint_attribution], power),
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
    """Share of the firms and NGOs of *home* that are on the public list of a code in force, of the codes flagged in
    *flags* [C].
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
                member = variables.member[code, population.own[place]]
                if flags[code] == 1 and member.listed == 1 and in_force(variables.code[code], dials):
                    listed += 1
                    break
    return share_of_own(float(listed), float(own))


@compiled
def add_operation(population, codes, variables, dials, i, k, seed, replicate, round_number):
    """Add one operation, against the codes flagged in variables.breaks. Its victim is the target state or, where the
    act concerns firms, perhaps one of its firms and NGOs.
    """
    draws = random_streams.four_draws(seed, random_streams.TARGET, 0, round_number, replicate, i, k)
    target = draw_target(population, variables, dials, i, draws[0])
    if target == NOBODY:
        return
    victim = target
    own = population.own_start[target + 1] - population.own_start[target]
    if own > 0 and codes.concerns[k, CLASS_FIRM] == 1 and draws[1] < 0.5:
        victim = population.own[population.own_start[target] + int(draws[2] * own)]
    operation = variables.operation[variables.size[0]]
    operation.author = i
    operation.act = k
    operation.target = target
    operation.victim = victim
    operation.severity = gross_harm(codes.act[k].restraint, variables.traits[TRAIT.exposure, victim])
    for code in range(codes.traits.size):
        variables.against[code, variables.size[0]] = variables.breaks[code]
    variables.size[0] += 1


@compiled
def draw_target(population, variables, dials, i, draw):
    """A state other than *i*'s own, drawn by attractiveness; NOBODY where none has anything to lose."""
    home, traits, rivalry = population.people[i].home, variables.traits, dials[AT.target_rivalry]
    openness, public_rule = traits[TRAIT.openness, i], traits[TRAIT.public_rule, i]
    weights = variables.weights
    for j in range(weights.size):
        distance = governance_distance(openness, public_rule, traits[TRAIT.openness, j], traits[TRAIT.public_rule, j])
        weights[j] = attractiveness(traits[TRAIT.exposure, j], rivalry, distance)
    if home >= 0:
        weights[home] = 0.0
    total = 0.0
    for j in range(weights.size):
        total += weights[j]
    return weighted_draw(weights, total, draw)


@compiled
def weighted_draw(weights, total, draw):
    """Index drawn in proportion to *weights* (sum *total*) by a uniform draw; NOBODY where all are 0."""
    below = draw * total
    index = NOBODY
    for j in range(weights.size):
        if weights[j] > 0.0:
            index = j
            if below < weights[j]:
                break
            below -= weights[j]
    return index
