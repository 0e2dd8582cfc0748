"""Stage 1, *events*: the decisions and changes that the scenario prescribes."""

from __future__ import annotations

from sim.compiled import compiled, compiled_into
from sim.engine.arrays import (
    CHOICE,
    CONDUCT,
    MUST_BREAK,
    MUST_KEEP,
    MUST_SIGN,
    MUST_STAY_OUT,
    TRAIT_CHANGE,
    forget,
    note_mover,
)
from sim.engine.membership import leave, publish, sign, weigh_signatories


@compiled
def events(population, codes, variables, event_arrays, round_number, code_is_open):
    """Apply the events of this round, then publish the signatures whose time has come."""
    for e in range(first_event(event_arrays, round_number), event_arrays.round.size):
        if event_arrays.round[e] != round_number:
            break
        code = event_arrays.code[e]
        launch = codes.traits[code].launch
        i = event_arrays.who[e]
        if event_arrays.what[e] == TRAIT_CHANGE:
            variables.traits[event_arrays.name[e], i] = event_arrays.value[e]
            forget(variables)
        elif event_arrays.what[e] == CHOICE:
            if code_is_open:
                signs, earnest = event_arrays.value[e] > 0.0, event_arrays.earnest[e]
                delay = event_arrays.name[e]
                decide_for(
                    population, variables, code, i, signs, earnest, launch, delay, round_number
                )
        elif event_arrays.what[e] == CONDUCT:
            if code_is_open:
                variables.order[i] = MUST_KEEP if event_arrays.value[e] > 0.0 else MUST_BREAK
        else:
            variables.member.outreach[code, i] = event_arrays.value[e]
    for code in range(codes.traits.size):
        publish_due(population, variables, code, codes.traits[code].launch, round_number)
        if variables.code[code].turnover > 0:
            weigh_signatories(variables, population, code)


@compiled
def first_event(event_arrays, round_number):
    """The number of the first event of this round or a later one."""
    low, high = 0, event_arrays.round.size
    while low < high:  # rounds rise
        middle = (low + high) // 2
        if event_arrays.round[middle] < round_number:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def decide_for(population, variables, code, i, signs, earnest, launch, delay, round_number):
    """From this round on *i* signs, in earnest or in name, or stays out, whatever it decided
    before. The code opens in round *launch*; its signature is public after a *delay* of so many
    rounds, and not before the launch.
    """
    if signs:
        variables.member.forced[code, i] = MUST_SIGN
        variables.member.in_name[code, i] = 1 - earnest
        note_mover(variables, i)
        if variables.member.signed[code, i] == 0:
            variables.member.taken_up_round[code, i] = min(
                variables.member.taken_up_round[code, i], round_number
            )
            sign(variables, population, code, i, round_number)
            variables.member.publication[code, i] = max(launch, round_number) + delay
    else:
        variables.member.forced[code, i] = MUST_STAY_OUT
        if variables.member.signed[code, i] == 1:
            leave(variables, population, code, i, round_number)


@compiled_into
def publish_due(population, variables, code, launch, round_number):
    """Put signatures that are due on the public list; nothing is public before the round of the
    launch.
    """
    if round_number < launch:
        return
    member = variables.member
    if (
        number_due(member.signed[code], member.listed[code], member.publication[code], round_number)
        == 0
    ):
        return
    for i in range(population.everybody.size):
        is_due = member.publication[code, i] <= round_number
        if is_due and member.signed[code, i] == 1 and member.listed[code, i] == 0:
            publish(variables, population, code, i, round_number)


@compiled_into
def number_due(signed, listed, publication, round_number):
    """How many signatures are due on the public list; without a branch for each, this takes a tenth
    of the time.
    """
    number = 0
    for i in range(signed.size):
        number += (signed[i] == 1) & (listed[i] == 0) & (publication[i] <= round_number)
    return number
