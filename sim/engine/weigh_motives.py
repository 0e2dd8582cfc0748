"""The value of signing for one stakeholder: each motive's value times its weight, and their sum
(logits).

`parley explain` shows these same numbers.
"""

from __future__ import annotations

import numpy as np
from numba import literal_unroll

from sim.compiled import compiled
from sim.kinds_and_statuses import KINDS
from sim.motives import MOTIVES, NAMES, VALUES
from sim.parameters import AT

NO_WEIGHT = -1  # where a kind does not have a motive
COLUMNS = np.array(  # [kinds, motives] of weights
    [
        [
            getattr(AT, f"{kind}_{motive}") if kind in MOTIVES[motive].weights else NO_WEIGHT
            for motive in NAMES
        ]
        for kind in KINDS
    ]
)


@compiled
def weigh_motives(population, codes, variables, dials, code, i, if_all_signed):
    """Sum (logits) of the contributions of all motives of *i*; fills variables.contributions, in
    the order of motives, then, where another code is open, with what its own signature of that one
    adds.

    With *if_all_signed* the motives that depend on others' signatures are valued as if everybody
    had signed.
    """
    kind = population.people.kind[i]
    total = 0.0
    m = 0
    for value in literal_unroll(VALUES):
        column = COLUMNS[kind, m]
        contribution = 0.0
        if column != NO_WEIGHT and dials[column] != 0.0:
            contribution = dials[column] * value(
                population, codes, variables, dials, code, i, if_all_signed
            )
        variables.contributions[m] = contribution
        total += contribution
        m += 1
    if codes.traits.size > 1:
        beside = value_beside_others(codes, variables, code, i)
        variables.contributions[m] = beside
        total += beside
    return total


@compiled
def weigh_some(population, codes, variables, dials, code, who, values, contributions):
    """Fill values [n] and contributions [n, motives] with what `weigh_motives` has for each of
    *who* [n], as others have signed.
    """
    for place in range(who.size):
        values[place] = weigh_motives(population, codes, variables, dials, code, who[place], False)
        for m in range(contributions.shape[1]):
            contributions[place, m] = variables.contributions[m]


@compiled
def value_beside_others(codes, variables, code, i):
    """What the signatures that *i* has given to other codes add to the value of signing this one
    (logits).
    """
    beside = 0.0
    for other in range(codes.traits.size):
        if (
            other != code
            and variables.member.signed[other, i] == 1
            and codes.overlap[code, other] != 0.0
        ):
            beside += codes.overlap[code, other]
    return beside


@compiled
def fill_with_values(population, codes, variables, dials, code, values):
    """Fill values [motives, N] with each motive of each stakeholder before its weight, 0 where its
    kind has none.
    """
    m = 0
    for value in literal_unroll(VALUES):
        for i in range(population.everybody.size):
            values[m, i] = 0.0
            if COLUMNS[population.people.kind[i], m] != NO_WEIGHT:
                values[m, i] = value(population, codes, variables, dials, code, i, False)
        m += 1
