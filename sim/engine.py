"""One round as its stages, and a run as its rounds."""

from __future__ import annotations

import numpy as np

from sim import luck
from sim.compiled import compiled, compiled_into
from sim.counting import count_conduct, count_signing
from sim.parameters import AT
from sim.stages.attribute import attribute
from sim.stages.conduct import conduct, operations
from sim.stages.deliberate import deliberate
from sim.stages.events import events
from sim.stages.learn import learn
from sim.stages.respond import respond
from sim.state import begin
from sim.theory.attention import attention_shock

STAGES = ("events", "deliberate", "conduct", "attribute", "respond", "learn")
ALL_STAGES = np.ones(len(STAGES), np.uint8)
OPERATIONS_ALONE = 2  # of the stage conduct: without practices, on which harm alone depends, and no signature does
SIGNING_STAGES = np.array([1, 1, OPERATIONS_ALONE, 1, 1, 1], np.uint8)


@compiled
def start(world, state, dials, seed, replicate):
    """The world before its first round, with its luck in attention."""
    begin(state, world, dials[AT.confidence_start])
    draws = luck.four_draws(seed, luck.WORLD, 0, 0, replicate, 0, 0)
    state.shock[0] = attention_shock(dials[AT.state_attention_shock], draws[0])
    state.shock[1] = attention_shock(dials[AT.firm_attention_shock], draws[1])
    state.shock[2] = attention_shock(dials[AT.ngo_attention_shock], draws[2])


@compiled_into
def one_round(world, text, state, dials, happenings, seed, replicate, round_number, code_is_open, stages, counts):
    """The stages of one month, in order; *stages* [6] says which take place (conduct may be OPERATIONS_ALONE), *counts*
    [world columns] receives blows exchanged.
    """
    if stages[0]:
        events(world, text, state, happenings, round_number, code_is_open)
    if stages[1] and code_is_open:
        deliberate(world, text, state, dials, seed, replicate, round_number)
    if round_number < 0:
        return  # the campaign: a code that is not yet open binds nobody
    if stages[2] == OPERATIONS_ALONE:
        operations(world, text, state, dials, seed, replicate, round_number)
    elif stages[2]:
        conduct(world, text, state, dials, seed, replicate, round_number)
    if stages[3]:
        attribute(world, text, state, dials, seed, replicate, round_number)
    if stages[4]:
        respond(world, text, state, dials, seed, replicate, round_number, counts)
    if stages[5]:
        learn(world, text, state, dials, round_number)


@compiled_into
def count_round(world, text, state, dials, round_number, per_code, worldwide):
    """Fill one round of the two tables of counts: [C, code columns] and [world columns]."""
    for code in range(text.code.size):
        count_signing(world, state, dials, code, round_number, per_code[code])
    count_conduct(world, text, state, dials, round_number, worldwide)


@compiled_into
def follow(state, shadow, place):
    """Give everyone the dates of signing that replicate *place* of another run had, without the signatures: a shadow's
    are only counted by.
    """
    for code in range(shadow.signed.shape[1]):
        for i in range(shadow.signed.shape[2]):
            state.member[code, i].signed_round = shadow.signed[place, code, i]
            state.member[code, i].left_round = shadow.left[place, code, i]


@compiled
def play(world, text, state, schedule, happenings, seed, first, last, first_round, code_is_open, stages, shadow, out):
    """Replicates *first* to *last* - 1, each from its first round to its last; place r of every array of *out* receives
    replicate first + r.

    Where the code is not open nobody signs; *shadow* (Shadow, empty for none) then says whose conduct is told apart.
    """
    for replicate in range(first, last):
        place = replicate - first
        start(world, state, schedule[0], seed, replicate)
        if shadow.signed.size > 0:
            follow(state, shadow, place)
        for t in range(schedule.shape[0]):
            one_round(
                world,
                text,
                state,
                schedule[t],
                happenings,
                seed,
                replicate,
                first_round + t,
                code_is_open,
                stages,
                out.worldwide[place, t],
            )
            if stages[2] == OPERATIONS_ALONE:
                for code in range(text.code.size):
                    count_signing(world, state, schedule[t], code, first_round + t, out.per_code[place, t, code])
            else:
                count_round(
                    world, text, state, schedule[t], first_round + t, out.per_code[place, t], out.worldwide[place, t]
                )
        for code in range(text.code.size):
            for i in range(world.people.size):
                member = state.member[code, i]
                out.taken_up_round[place, code, i] = member.taken_up_round
                out.signed_round[place, code, i] = member.signed_round
                out.listed_round[place, code, i] = member.listed_round
                out.left_round[place, code, i] = member.left_round
                out.status[place, code, i] = member.status


@compiled
def play_signatures(world, text, state, schedule, happenings, seed, numbers, first_round, blows, out):
    """The replicates *numbers*, as `play` has them, as far as who signs depends on it; place r of every array of *out*
    (Signatures) receives the r-th.

    Practices and protection are left out, which harm alone depends on, and nothing is counted; *blows* [world columns]
    is scratch. Operations stay: standing and confidence, which bear on signing, follow from them.
    """
    for place in range(numbers.size):
        replicate = numbers[place]
        start(world, state, schedule[0], seed, replicate)
        for t in range(schedule.shape[0]):
            dials, round_number = schedule[t], first_round + t
            events(world, text, state, happenings, round_number, True)
            deliberate(world, text, state, dials, seed, replicate, round_number)
            if round_number >= 0:
                operations(world, text, state, dials, seed, replicate, round_number)
                attribute(world, text, state, dials, seed, replicate, round_number)
                respond(world, text, state, dials, seed, replicate, round_number, blows)
                learn(world, text, state, dials, round_number)
            for i in range(world.own_start.size - 1):
                out.states_signed[place, t] += state.member[0, i].signed
        for i in range(world.people.size):
            out.status[place, i] = state.member[0, i].status
            out.signed_round[place, i] = state.member[0, i].signed_round
            out.left_round[place, i] = state.member[0, i].left_round
