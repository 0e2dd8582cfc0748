"""Stage 4, *attribute*: operations are traced, rightly, wrongly or not at all, and victims name in public or keep
silent.
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.engine import random_streams
from sim.engine.arrays import NOBODY, TRAIT
from sim.engine.stages.conduct import watch
from sim.engine.stages.treaty import is_bound, power_behind
from sim.parameters import AT
from sim.theory.attribution import dependence, friends_behind, naming_probability, trace_probability


@compiled
def attribute(world, text, state, dials, seed, replicate, round_number):
    """Set traced_to (NOBODY where the author stays unknown) and named for each of this month's operations."""
    for operation in range(state.size[0]):
        author, act = state.operation[operation].author, state.operation[operation].act
        draws = random_streams.four_draws(seed, random_streams.ATTRIBUTE, 0, round_number, replicate, author, act)
        found = trace_probability(
            dials[AT.attribution_quality],
            dials[AT.monitoring],
            watch(world, state, dials, text.forbids[act], world.people[author].home),
        )
        held = NOBODY
        if draws[0] < found:
            held = author
        elif draws[1] < dials[AT.wrongful_trace]:
            held = draw_suspect(world, state, author, state.operation[operation].target, draws[2])
        state.operation[operation].traced_to = held
        state.operation[operation].named = 0
        if held != NOBODY:
            named = draws[3] < chance_named(world, text, state, dials, act, state.operation[operation].target, held)
            state.operation[operation].named = 1 if named else 0


@compiled
def chance_named(world, text, state, dials, act, target, accused):
    """Chance that state *target* names *accused* for an *act*; those may stand by it, and name with it, whom a code on
    that act binds as it does the target.
    """
    for code in range(text.code.size):
        stands_by = is_bound(state.member[code, target], world.people[target], state.code[code], dials)
        state.coalition[code] = 1 if stands_by and text.forbids[act, code] == 1 else 0
    power = power_behind(world, state, dials, state.coalition)
    return naming_probability(
        dials[AT.naming_base],
        dials[AT.naming_weight],
        state.traits[TRAIT.weight, target],
        dials[AT.naming_friends],
        friends_behind(world.friends[target], dials[AT.joint_attribution], power),
        dials[AT.naming_dependence],
        dependence(state.traits[TRAIT.weight, target], state.traits[TRAIT.weight, accused]),
    )


@compiled
def draw_suspect(world, state, author, target, draw):
    """Somebody other than the author and the target, drawn by offensive means: the usual suspects."""
    total = 0.0
    for place in range(world.with_means.size):
        j = world.with_means[place]
        if j != author and j != target:
            total += state.traits[TRAIT.offence, j]
    below = draw * total
    suspect = NOBODY
    for place in range(world.with_means.size):
        j = world.with_means[place]
        weight = state.traits[TRAIT.offence, j]
        if j in (author, target) or weight == 0.0:
            continue
        suspect = j
        if below < weight:
            break
        below -= weight
    return suspect
