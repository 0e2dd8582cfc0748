"""Whom a code binds. A declaration binds whoever signed it. A treaty binds nobody before it is in
force, and no state before it has ratified: in stage 2, *deliberate*, states that have signed ratify
it, and it enters into force.

Every place where membership has consequences for conduct asks here.
"""

from __future__ import annotations

from sim.compiled import compiled, compiled_into
from sim.engine import random_streams
from sim.engine.arrays import NOBODY, note_mover
from sim.engine.weigh_motives import weigh_motives
from sim.kinds_and_statuses import STATE, TRAIT
from sim.parameters import AT
from sim.theory.ratification import binds, chance_to_take_up_ratification, enters_into_force
from sim.theory.signing import chance_of_signing


@compiled
def in_force(code, dials):
    """Whether a *code* (CODE_VARIABLES) has any consequences: a declaration once it is open, a
    treaty once enough states have ratified it.
    """
    return code.is_open == 1 and (dials[AT.ratification_needed] == 0.0 or code.in_force == 1)


@compiled_into
def is_bound(population, variables, dials, code, i):
    """Whether *code* binds *i*, in earnest or in name."""
    has_to_ratify = dials[AT.ratification_needed] > 0.0 and population.people.kind[i] == STATE
    return binds(
        variables.member.signed[code, i] == 1,
        in_force(variables.code[code], dials),
        has_to_ratify,
        variables.member.ratified[code, i] == 1,
    )


@compiled
def pledges(population, variables, dials, code, i):
    """1 where *code* binds *i* and it signed in earnest, 0 otherwise and for a signature in name
    only.
    """
    in_earnest = variables.member.in_name[code, i] == 0
    return 1.0 if in_earnest and is_bound(population, variables, dials, code, i) else 0.0


@compiled
def weigh_bound(population, variables, dials, code):
    """Set the share of the states' material power that the code binds: these states can sanction
    and name together.
    """
    if dials[AT.ratification_needed] == 0.0 and variables.code[code].is_open == 1:
        variables.code[code].bound_power = variables.code[code].power_share
        return
    power = 0.0
    all_power = 0.0
    for i in range(population.own_start.size - 1):
        all_power += variables.traits[TRAIT.weight, i]
        if is_bound(population, variables, dials, code, i):
            power += variables.traits[TRAIT.weight, i]
    variables.code[code].bound_power = power / all_power if all_power > 0.0 else 0.0


@compiled
def power_behind(population, variables, dials, flags):
    """Share of the states' material power that is bound by any of the codes flagged in *flags* [C].

    An act gets one response, in which every state to which its omission was owed may take part,
    each once (International Law Commission, Articles on State Responsibility, 2001, articles 46 and
    51).
    """
    alone = only_code(flags)
    if alone != NOBODY:
        return variables.code[alone].bound_power
    power = 0.0
    all_power = 0.0
    for i in range(population.own_start.size - 1):
        all_power += variables.traits[TRAIT.weight, i]
        for code in range(flags.size):
            if flags[code] == 1 and is_bound(population, variables, dials, code, i):
                power += variables.traits[TRAIT.weight, i]
                break
    return power / all_power if all_power > 0.0 else 0.0


@compiled
def only_code(flags):
    """The one code that *flags* [C] flag, NOBODY where there is none or more than one."""
    flagged = NOBODY
    for code in range(flags.size):
        if flags[code] == 1:
            if flagged != NOBODY:
                return NOBODY
            flagged = code
    return flagged


@compiled
def open_codes(codes, variables, round_number):
    """Open each code that opens after the first when its launch has come; its signatures bind
    nobody before.
    """
    for code in range(codes.traits.size):
        is_open = (
            1 if round_number >= codes.traits[code].launch or codes.traits[code].launch <= 0 else 0
        )
        if variables.code[code].is_open != is_open:
            variables.code[code].is_open = is_open
            for i in range(variables.standing.size):
                note_mover(variables, i)


@compiled
def ratify(population, codes, variables, dials, code, seed, replicate, round_number):
    """States that have signed and not ratified may take ratification up, each for itself, and
    decide on it by the same rule as on signing; those that do not ratify may take it up again
    later.
    """
    for i in range(population.own_start.size - 1):
        if variables.member.signed[code, i] == 0 or variables.member.ratified[code, i] == 1:
            continue
        capacity = variables.traits[TRAIT.capacity, i]
        draws = random_streams.four_draws(
            seed, random_streams.RATIFY, code, round_number, replicate, i, 0
        )
        if draws[0] < chance_to_take_up_ratification(dials[AT.ratification_rate], capacity):
            value = weigh_motives(population, codes, variables, dials, code, i, False)
            if draws[1] < chance_of_signing(value, dials[AT.rationality]):
                variables.member.ratified[code, i] = 1
                note_mover(variables, i)


@compiled
def enter_into_force(population, variables, dials, code):
    """Once enough states have ratified the treaty is in force, and stays so when some of them leave
    (Vienna Convention on the Law of Treaties 1969, article 55).
    """
    ratifications = 0
    for i in range(population.own_start.size - 1):
        ratifications += variables.member.ratified[code, i]
    if variables.code[code].in_force == 0 and enters_into_force(
        ratifications, dials[AT.ratifications_for_force]
    ):
        variables.code[code].in_force = 1
        for i in range(population.everybody.size):
            note_mover(variables, i)
