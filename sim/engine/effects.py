"""Effects of one signature on others' motives, at the present standing and confidence, by the
motives' own functions.

N stakeholders, M motives, Q worlds, J stakeholders whose signature is in question.
"""

from __future__ import annotations

import numpy as np
from numba import literal_unroll

from sim.compiled import compiled
from sim.engine.weigh_motives import COLUMNS, NO_WEIGHT
from sim.motives import EFFECTS, NAMES, ON_SIGNATURES

PLACES = np.array([NAMES.index(name) for name in ON_SIGNATURES])  # among all motives


@compiled
def add_effects(population, codes, variables, dials, code, i, j, terms):
    """Add to terms [M] what the signature of *j* adds to the motives of *i*, times their weights
    (logits).
    """
    kind = population.people.kind[i]
    number = 0
    for effect in literal_unroll(EFFECTS):
        m = PLACES[number]
        column = COLUMNS[kind, m]
        if column != NO_WEIGHT and dials[column] != 0.0:
            terms[m] += dials[column] * effect(population, codes, variables, dials, code, i, j)
        number += 1


@compiled
def add_effects_in_worlds(
    population, codes, variables, dials, code, i, others, standing, confidence, terms
):
    """Add to terms [Q, J, M] what the signatures of *others* [J] add to the motives of *i* in
    worlds with this *standing* [Q, N] and *confidence* [Q], which *variables* have afterwards.
    """
    for world in range(confidence.size):
        variables.code[code].confidence = confidence[world]
        for who in range(standing.shape[1]):
            variables.standing[who] = standing[world, who]
        for place in range(others.size):
            add_effects(
                population, codes, variables, dials, code, i, others[place], terms[world, place]
            )


@compiled
def add_influence(population, codes, variables, dials, code, listens, terms, logits):
    """Add to logits [N] what each signature adds to the value of signing of all who listen [N], 0
    or 1; *terms* [M] is working memory.
    """
    for i in range(listens.size):
        if listens[i] == 0.0:
            continue
        for j in range(logits.size):
            for m in range(terms.size):
                terms[m] = 0.0
            add_effects(population, codes, variables, dials, code, i, j, terms)
            for m in range(terms.size):
                logits[j] += terms[m]


@compiled
def fill_with_effects(
    population, codes, variables, dials, code, number, listeners, examples, effects
):
    """Fill effects [A, B] with what the signatures of *examples* [B] add to the motive *number* of
    ON_SIGNATURES with the *listeners* [A], before its weight.
    """
    n = 0
    for effect in literal_unroll(EFFECTS):
        if n == number:
            for a in range(listeners.size):
                for b in range(examples.size):
                    effects[a, b] = effect(
                        population, codes, variables, dials, code, listeners[a], examples[b]
                    )
        n += 1
