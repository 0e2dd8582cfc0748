"""Stage 1, *events*: the decisions and changes that the scenario prescribes."""

from __future__ import annotations

from sim.compiled import compiled
from sim.engine.arrays import CHOICE, MUST_SIGN, MUST_STAY_OUT, TRAIT_CHANGE
from sim.engine.membership import leave, publish, sign, weigh_signatories


@compiled
def events(population, codes, variables, event_arrays, round_number, code_is_open):
    """Apply the events of this round, then publish the signatures whose time has come."""
    for e in range(event_arrays.round.size):
        if event_arrays.round[e] != round_number:
            continue
        code = event_arrays.code[e]
        i = event_arrays.who[e]
        if event_arrays.what[e] == TRAIT_CHANGE:
            variables.traits[event_arrays.name[e], i] = event_arrays.value[e]
        elif event_arrays.what[e] == CHOICE:
            if code_is_open:
                decide_for(
                    population, variables, code, i, event_arrays.value[e] > 0.0, event_arrays.earnest[e], round_number
                )
        else:
            variables.member[code, i].outreach = event_arrays.value[e]
    for code in range(codes.traits.size):
        publish_due(population, variables, code, round_number)
        weigh_signatories(variables, population, code)


@compiled
def decide_for(population, variables, code, i, signs, earnest, round_number):
    """From this round on *i* signs, in earnest or in name, or stays out, whatever it decided before."""
    if signs:
        variables.member[code, i].forced = MUST_SIGN
        variables.member[code, i].in_name = 1 - earnest
        if variables.member[code, i].signed == 0:
            variables.member[code, i].taken_up_round = min(variables.member[code, i].taken_up_round, round_number)
            sign(variables, population, code, i, round_number)
            variables.member[code, i].publication = max(0, round_number)
    else:
        variables.member[code, i].forced = MUST_STAY_OUT
        if variables.member[code, i].signed == 1:
            leave(variables, population, code, i, round_number)


@compiled
def publish_due(population, variables, code, round_number):
    """Put signatures that are due on the public list; nothing is public before the launch."""
    if round_number < 0:
        return
    for i in range(population.people.size):
        member = variables.member[code, i]
        if member.signed == 1 and member.listed == 0 and member.publication <= round_number:
            publish(variables, population, code, i, round_number)
