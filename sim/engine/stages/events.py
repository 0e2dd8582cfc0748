"""Stage 1, *events*: what the scenario, a branch or a class decided from outside."""

from __future__ import annotations

from sim.compiled import compiled
from sim.engine.arrays import CHOICE, MUST_SIGN, MUST_STAY_OUT, TRAIT_CHANGE
from sim.engine.membership import leave, publish, sign, weigh_signatories


@compiled
def events(world, text, state, happenings, round_number, code_is_open):
    """Apply the events of this round, then publish the signatures whose time has come."""
    for e in range(happenings.round.size):
        if happenings.round[e] != round_number:
            continue
        code = happenings.code[e]
        i = happenings.who[e]
        if happenings.what[e] == TRAIT_CHANGE:
            state.traits[happenings.name[e], i] = happenings.value[e]
        elif happenings.what[e] == CHOICE:
            if code_is_open:
                decide_for(world, state, code, i, happenings.value[e] > 0.0, happenings.earnest[e], round_number)
        else:
            state.member[code, i].outreach = happenings.value[e]
    for code in range(text.code.size):
        publish_due(world, state, code, round_number)
        weigh_signatories(state, world, code)


@compiled
def decide_for(world, state, code, i, signs, earnest, round_number):
    """From here on *i* signs, in earnest or in name, or stays out; what it chose before is overruled."""
    if signs:
        state.member[code, i].forced = MUST_SIGN
        state.member[code, i].in_name = 1 - earnest
        if state.member[code, i].signed == 0:
            state.member[code, i].taken_up_round = min(state.member[code, i].taken_up_round, round_number)
            sign(state, world, code, i, round_number)
            state.member[code, i].publication = max(0, round_number)
    else:
        state.member[code, i].forced = MUST_STAY_OUT
        if state.member[code, i].signed == 1:
            leave(state, world, code, i, round_number)


@compiled
def publish_due(world, state, code, round_number):
    """Put on the public list whoever signed and is due; nothing is public before the launch."""
    if round_number < 0:
        return
    for i in range(world.people.size):
        member = state.member[code, i]
        if member.signed == 1 and member.listed == 0 and member.publication <= round_number:
            publish(state, world, code, i, round_number)
