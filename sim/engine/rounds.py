"""One round as its stages, and a run as its rounds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled, compiled_into
from sim.engine import random_streams
from sim.engine.arrays import begin
from sim.engine.binding import open_codes
from sim.engine.counts import (
    add_lapses,
    add_operations,
    count_conduct,
    count_signing,
    note_everybody,
)
from sim.engine.foresight import take_dials
from sim.engine.stages.attribute import attribute
from sim.engine.stages.conduct import operations, practices
from sim.engine.stages.deliberate import deliberate
from sim.engine.stages.events import events
from sim.engine.stages.learn import learn
from sim.engine.stages.respond import respond
from sim.parameters import AT
from sim.theory.attention import attention_shock


class Stages(NamedTuple):
    """A selection of the stages of a month, in their order, which `one_round` plays."""

    events: bool = True
    deliberate: bool = True
    conduct: bool = True
    attribute: bool = True
    respond: bool = True
    learn: bool = True
    practices: bool = (
        True  # of conduct, with protection: harm depends on them, and no signature does
    )
    # of deliberate: whether who does not sign waits or declines; no signature depends on it
    waiting: bool = True


STAGES = tuple(name for name in Stages._fields if name not in ("practices", "waiting"))
ALL_STAGES = Stages()
SIGNING_STAGES = Stages(practices=False)
DATES_STAGES = Stages(practices=False, waiting=False)


def only(*names: str) -> Stages:
    """The selection of those of STAGES that are called *names*; TypeError for what is no stage."""
    flags = dict.fromkeys(Stages._fields, False) | dict.fromkeys(names, True)
    return Stages(**flags | {"practices": flags["conduct"], "waiting": flags["deliberate"]})


@compiled_into
def start(population, variables, dials, seed, replicate):
    """A replicate before its first round, with its own factors on attention."""
    begin(variables, population, dials[AT.confidence_start])
    draws = random_streams.four_draws(seed, random_streams.REPLICATE, 0, 0, replicate, 0, 0)
    variables.shock[0] = attention_shock(dials[AT.state_attention_shock], draws[0])
    variables.shock[1] = attention_shock(dials[AT.firm_attention_shock], draws[1])
    variables.shock[2] = attention_shock(dials[AT.ngo_attention_shock], draws[2])


@compiled_into
def one_round(
    population,
    codes,
    variables,
    dials,
    event_arrays,
    seed,
    conduct_seed,
    replicate,
    round_number,
    code_is_open,
    stages,
    counts,
):
    """The stages of one month, in their order; *stages* (Stages) says which take place, *counts*
    [world columns] receives blows exchanged. What is done, traced and answered is drawn with
    *conduct_seed*, all else with *seed*.
    """
    take_dials(variables, dials)
    if codes.traits.size > 1:
        open_codes(codes, variables, round_number)
    if stages.events:
        events(population, codes, variables, event_arrays, round_number, code_is_open)
    if stages.deliberate and code_is_open:
        deliberate(
            population, codes, variables, dials, seed, replicate, round_number, stages.waiting
        )
    if round_number < 0:
        return  # the campaign: a code that is not yet open binds nobody
    if stages.conduct and stages.practices:
        practices(population, codes, variables, dials, conduct_seed, replicate, round_number)
    if stages.conduct:
        operations(population, codes, variables, dials, conduct_seed, replicate, round_number)
    if stages.attribute:
        attribute(population, codes, variables, dials, conduct_seed, replicate, round_number)
    if stages.respond:
        respond(population, codes, variables, dials, conduct_seed, replicate, round_number, counts)
    if stages.learn:
        learn(population, codes, variables, dials, round_number)


@compiled_into
def count_round(population, codes, variables, dials, round_number, per_code, worldwide):
    """Fill one round of the two tables of counts: [C, code columns] and [world columns]."""
    for code in range(codes.traits.size):
        count_signing(population, variables, dials, code, round_number, per_code[code])
    count_conduct(population, codes, variables, dials, round_number, worldwide)


@compiled_into
def on_record(population, number):
    """The numbers of those in so many columns of dates: everybody, those on record, or the first of
    them.
    """
    return population.everybody if number == population.everybody.size else population.on_record


@compiled_into
def follow(population, variables, shadow, place):
    """Give everyone on record the dates of signing that replicate *place* of another run had, so
    that conduct is counted by them. Nobody becomes a signatory.
    """
    some = on_record(population, shadow.signed.shape[2])
    for code in range(shadow.signed.shape[1]):
        for column in range(shadow.signed.shape[2]):
            i = np.int64(some[column])
            variables.member.signed_round[code, i] = shadow.signed[place, code, column]
            variables.member.left_round[code, i] = shadow.left[place, code, column]


@compiled
def play(
    population,
    codes,
    variables,
    schedules,
    event_arrays,
    seed,
    conduct_seed,
    first,
    last,
    first_round,
    code_is_open,
    stages,
    shadow,
    out,
):
    """Replicates *first* to *last* - 1, each from its first round to its last; place r of every
    array of *out* receives replicate first + r.

    *seed* is of all draws but those of conduct, which have *conduct_seed*; they are the same unless
    what is done shall not follow from what is public. *schedules* [1 or as many as replicates, R,
    dials]: the dials of all replicates, or of each.
    Where the code is not open nobody signs; *shadow* (Shadow, empty for none) then says whose
    conduct counts as a signatory's. Of several codes the first ones are recorded, as many as *out*
    has a place for.
    """
    member = variables.member
    for replicate in range(first, last):
        place = replicate - first
        schedule = schedules[min(place, schedules.shape[0] - 1)]
        start(population, variables, schedule[0], seed, replicate)
        if shadow.signed.size > 0:
            follow(population, variables, shadow, place)
        for t in range(schedule.shape[0]):
            one_round(
                population,
                codes,
                variables,
                schedule[t],
                event_arrays,
                seed,
                conduct_seed,
                replicate,
                first_round + t,
                code_is_open,
                stages,
                out.worldwide[place, t],
            )
            if out.per_code.shape[1] > 0:
                for code in range(out.per_code.shape[2]):
                    count_signing(
                        population,
                        variables,
                        schedule[t],
                        code,
                        first_round + t,
                        out.per_code[place, t, code],
                    )
            if stages.practices:
                count_conduct(
                    population,
                    codes,
                    variables,
                    schedule[t],
                    first_round + t,
                    out.worldwide[place, t],
                )
            if out.members.shape[1] > 0:
                note_everybody(
                    population,
                    codes,
                    variables,
                    schedule[t],
                    out.members[place, t],
                    out.public[place, t],
                    out.operations_of[place, t],
                    out.practices_of[place, t],
                )
            if out.undertaken.shape[1] > 0:
                add_operations(population, variables, out.undertaken[place])
                if stages.practices and first_round + t >= 0:
                    add_lapses(population, codes, variables, out.lapses[place])
            if out.states_signed.shape[1] > 0:
                for i in range(population.own_start.size - 1):
                    out.states_signed[place, t] += variables.member.signed[0, i]
        some = on_record(population, out.status.shape[2])
        for code in range(out.status.shape[1]):
            for column in range(out.status.shape[2]):
                i = np.int64(some[column])
                out.taken_up_round[place, code, column] = member.taken_up_round[code, i]
                out.signed_round[place, code, column] = member.signed_round[code, i]
                out.listed_round[place, code, column] = member.listed_round[code, i]
                out.left_round[place, code, column] = member.left_round[code, i]
                out.status[place, code, column] = member.status[code, i]
