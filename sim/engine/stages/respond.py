"""Stage 5, *respond*: the named lose standing, victims with means may strike back, which may be
answered in turn.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled, compiled_into
from sim.engine import random_streams
from sim.engine.arrays import NOBODY, STRIKE_BACK
from sim.engine.binding import is_bound, pledges
from sim.engine.outputs import WORLD
from sim.kinds_and_statuses import FIRM, NGO, STATE, TRAIT
from sim.parameters import AT
from sim.theory.conduct import wording_covers
from sim.theory.harm import gross_harm
from sim.theory.learning import standing_when_named
from sim.theory.retaliation import firm_readiness, strikes_back

MOST_BLOWS = 64
STRIKE_SEVERITY = 1.0


@compiled
def respond(population, codes, variables, dials, seed, replicate, round_number, counts):
    """Standing lost, blows exchanged; blows and their harm go to this round's *counts* [world
    columns].
    """
    for operation in range(variables.size[0]):
        accused = variables.operation[operation].traced_to
        if accused == NOBODY:
            continue
        if variables.operation[operation].named == 1:
            variables.standing[accused] = standing_when_named(
                variables.standing[accused], dials[AT.standing_loss]
            )
        if population.people.home[accused] != variables.operation[operation].target:
            retaliate(
                population,
                codes,
                variables,
                dials,
                operation,
                seed,
                replicate,
                round_number,
                counts,
            )


@compiled
def readiness(population, codes, variables, dials, i):
    """Chance that *i* strikes back after a blow: states with offensive means, and firms, less where
    a code that they or their home state pledged forbids it.
    """
    if population.people.kind[i] == STATE:
        return dials[AT.strike_back] if variables.traits[TRAIT.offence, i] > 0.0 else 0.0
    if population.people.kind[i] == NGO:
        return 0.0
    home = population.people.home[i]
    by_itself = 0.0
    by_state = 0.0
    for k in range(codes.act.size):
        if codes.act[k].conduct != STRIKE_BACK:
            continue
        for code in range(codes.traits.size):
            ambition = codes.ambition[code, k]
            by_itself = max(
                by_itself,
                ambition * pledges(population, variables, dials, code, i),
            )
            if home >= 0:
                by_state = max(
                    by_state,
                    ambition * pledges(population, variables, dials, code, home),
                )
    return firm_readiness(
        dials[AT.firm_strike_back], dials[AT.baseline_share], 0.5 * (by_itself + by_state)
    )


@compiled_into
def retaliate(
    population, codes, variables, dials, operation, seed, replicate, round_number, counts
):
    """The chain of blows that one traced operation sets off; the two sides strike in turn. It
    counts as much as its first author does.
    """
    author, k = (
        np.int64(variables.operation[operation].author),
        np.int64(variables.operation[operation].act),
    )
    victim, accused = (
        np.int64(variables.operation[operation].victim),
        variables.operation[operation].traced_to,
    )
    striker, opponent = victim, np.int64(accused)
    number = population.counts_as[population.people.kind[author]]
    pending = 1
    blow = 0
    cut_off = False
    while pending > 0 and blow < MOST_BLOWS:
        answers = 0
        ready = readiness(population, codes, variables, dials, striker)
        for _ in range(pending):
            if blow == MOST_BLOWS:
                cut_off = True
                break
            draws = random_streams.four_draws(
                seed,
                random_streams.RESPOND,
                0,
                round_number,
                replicate,
                author,
                k * MOST_BLOWS + blow,
            )
            blow += 1
            if strikes_back(
                ready, dials[AT.firebreak], dials[AT.leave_cyberspace], draws[0], draws[1], draws[2]
            ):
                blows = (
                    2
                    if population.people.kind[striker] == STATE and draws[3] < dials[AT.allies_join]
                    else 1
                )
                answers += blows
                land(
                    population,
                    codes,
                    variables,
                    dials,
                    striker,
                    opponent,
                    blows,
                    number,
                    draws[3],
                    round_number,
                    counts,
                )
        if answers > 0 and striker == victim and opponent == accused and blow == 1:
            counts[WORLD.chains] += number
        striker, opponent = opponent, striker
        pending = answers
    if cut_off or pending > 0:
        counts[WORLD.runaway] += number


@compiled
def land(
    population,
    codes,
    variables,
    dials,
    striker,
    victim,
    blows,
    number,
    coverage,
    round_number,
    counts,
):
    """Count *blows* by *striker* against *victim*, times *number*, and their harm; those of a firm
    that a code binds may breach its ban on striking back.
    """
    gross = number * blows * gross_harm(STRIKE_SEVERITY, variables.traits[TRAIT.exposure, victim])
    counts[WORLD.strikes] += number * blows
    counts[WORLD.strike_harm_gross] += gross
    counts[WORLD.strike_harm_saved] += gross * variables.protection[victim]
    if population.people.kind[striker] != FIRM:
        return
    for code in range(codes.traits.size):
        if not is_bound(population, variables, dials, code, striker):
            continue
        for k in range(codes.act.size):
            if codes.act[k].conduct == STRIKE_BACK and wording_covers(
                codes.ambition[code, k], coverage
            ):
                variables.member.last_against[code, striker] = round_number
