"""The expected path of states under given weights, and its slopes: the chance of each to have signed, round by round.

Compiled; all memory is the caller's. D deciders (the European Union is one, every other state another), T rounds, G
great powers, M = 4 motives that move with prevalence. *Slopes* are derivatives of the objective that the fit maximises:
each function adds its own to those it receives. Inner loops run over deciders, which are neighbours in memory, and do
one thing each, so that the processor can do several at once.
"""

from __future__ import annotations

from collections import namedtuple

from sim.compiled import compiled, compiled_unchecked
from sim.theory.elementary import chance_within_a_month, logarithm, logistic

MOVING = ("peers", "home", "patron", "security")
PEERS, HOME, PATRON, SECURITY = range(len(MOVING))
CERTAIN = 1.0 - 1e-12
TINY = 1e-200  # products of chances are taken to logarithms before they get smaller

Surroundings = namedtuple(
    "Surroundings",
    [
        "examples",  # [D, D] how much the example of the row counts for the column
        "heeds",  # [D, D] the same, turned: how much the row heeds the column
        "great_powers",  # [G] their places among the deciders
        "allied",  # [G, D] share of the column's members whose patron is the great power of the row
        "offence",  # [D] share of the world's offence
        "safety",  # [D] the motive of security if all offence were held by signatories
        "home",  # [T, D] share of one's own firms and NGOs on the public list
    ],
)

Slopes = namedtuple(
    "Slopes",
    [
        "moving",  # [M] of the weights of the motives that move
        "value",  # [T, D] of the sum of all motives
        "taken_up",  # [T, D] of the chance of taking the matter up
    ],
)


@compiled
def take_up(shares, attention, taken_up):
    """Fill taken_up [T, D], chances to take the matter up, from *shares* [D] of the *attention* [T], a rate a month."""
    for t in range(attention.size):
        for d in range(shares.size):
            taken_up[t, d] = chance_within_a_month(shares[d] * attention[t])


@compiled
def add_rows(rows, weights, total):
    """Add to total [n] the *rows* [m, n], each times its weight of *weights* [m], in their order."""
    m = 0
    while m + 4 <= weights.size:
        a, b, c, d = weights[m], weights[m + 1], weights[m + 2], weights[m + 3]
        if a != 0.0 or b != 0.0 or c != 0.0 or d != 0.0:
            for i in range(total.size):
                total[i] = total[i] + rows[m, i] * a + rows[m + 1, i] * b + rows[m + 2, i] * c + rows[m + 3, i] * d
        m += 4
    for rest in range(m, weights.size):
        for i in range(total.size):
            total[i] += rows[rest, i] * weights[rest]


@compiled
def meet(surroundings, signed, t, moving):
    """Fill moving [M, D], the motives that move with prevalence (order of MOVING), of round number *t*, which begins
    with signed [D], chances.
    """
    offence_signed = 0.0
    for d in range(signed.size):
        offence_signed += surroundings.offence[d] * signed[d]
    for d in range(signed.size):
        moving[PEERS, d] = 0.0
        moving[HOME, d] = surroundings.home[t, d]
        moving[PATRON, d] = 0.0
        moving[SECURITY, d] = surroundings.safety[d] * offence_signed
    add_rows(surroundings.examples, signed, moving[PEERS])
    for g in range(surroundings.great_powers.size):
        for d in range(signed.size):
            moving[PATRON, d] += surroundings.allied[g, d] * signed[surroundings.great_powers[g]]


@compiled
def choose(weights, value, moving, signs):
    """Fill signs [D], the chance to sign of whoever takes it up: the motives that stand still, *value* [D], and those
    of moving [M, D] times their *weights* [M], in logits.
    """
    for d in range(value.size):
        signs[d] = value[d]
    add_rows(moving, weights, signs)
    for d in range(value.size):
        signs[d] = logistic(signs[d])


@compiled
def expected_path(surroundings, weights, value, taken_up, signed, moving, signs):
    """Fill signed [T + 1, D], the chance of having signed as each round begins and at the end, when everybody meets the
    others' expected signatures; moving [T, M, D]; and signs [T, D], the chance to sign of whoever takes it up.
    """
    rounds, deciders = taken_up.shape
    for d in range(deciders):
        signed[0, d] = 0.0
    for t in range(rounds):
        meet(surroundings, signed[t], t, moving[t])
        choose(weights, value, moving[t], signs[t])
        for d in range(deciders):
            signed[t + 1, d] = signed[t, d] + (1.0 - signed[t, d]) * taken_up[t, d] * signs[t, d]


@compiled
def add_slopes_of_path(surroundings, weights, taken_up, signed, moving, signs, of_signed, slopes, carried, of_value):
    """Add what the path contributes of which signed [T + 1, D] itself has the slopes *of_signed*, by going through it
    backwards (the adjoint method: Griewank and Walther 2008). *carried* and *of_value* [D] are working memory.
    """
    rounds, deciders = taken_up.shape
    for d in range(deciders):
        carried[d] = 0.0
    for t in range(rounds - 1, -1, -1):
        for d in range(deciders):
            slope = carried[d] + of_signed[t + 1, d]
            outside = (1.0 - signed[t, d]) * slope
            of_value[d] = outside * taken_up[t, d] * signs[t, d] * (1.0 - signs[t, d])
            slopes.value[t, d] += of_value[d]
            slopes.taken_up[t, d] += outside * signs[t, d]
            carried[d] = slope * (1.0 - taken_up[t, d] * signs[t, d])
        unsafe = 0.0
        for d in range(deciders):
            unsafe += surroundings.safety[d] * of_value[d]
        for m in range(weights.size):
            of_weight = slopes.moving[m]
            for d in range(deciders):
                of_weight += of_value[d] * moving[t, m, d]
            slopes.moving[m] = of_weight
        for d in range(deciders):
            carried[d] += weights[SECURITY] * surroundings.offence[d] * unsafe
        for g in range(surroundings.great_powers.size):
            heeding = 0.0
            for d in range(deciders):
                heeding += surroundings.allied[g, d] * of_value[d]
            carried[surroundings.great_powers[g]] += weights[PATRON] * heeding
        for d in range(deciders):
            of_value[d] *= weights[PEERS]
        add_rows(surroundings.heeds, of_value, carried)


@compiled_unchecked
def add_log_chances(
    weights, value, taken_up, moving, after, by, first_round, counts_for, slopes, log_chances, signs, working
):
    """Fill log_chances [D] with the log of each decider's chance to sign after round *after* and by round *by* (never
    within the rounds, where *by* lies beyond them), moving [T, M, D] given; and add the slopes of their sum, each taken
    *counts_for* [D] times. *signs* [T, D] and *working* [3, D] are working memory.
    """
    rounds, deciders = taken_up.shape
    before, within, of_value = working
    beyond = first_round + rounds
    for d in range(deciders):
        log_chances[d], before[d], within[d] = 0.0, 1.0, 1.0
    for t in range(rounds):
        choose(weights, value, moving[t], signs[t])
        now = first_round + t
        for d in range(deciders):
            stays_out = 1.0 - min(taken_up[t, d] * signs[t, d], CERTAIN)
            if by[d] >= beyond or now <= after[d]:
                before[d] *= stays_out
                if before[d] < TINY:
                    log_chances[d] += logarithm(before[d])
                    before[d] = 1.0
            elif now <= by[d]:
                within[d] = max(within[d] * stays_out, TINY)
    for d in range(deciders):
        log_chances[d] += logarithm(before[d])
        if by[d] < beyond:
            within[d] = min(within[d], CERTAIN)
            log_chances[d] += logarithm(1.0 - within[d])
            within[d] = -within[d] / (1.0 - within[d])
    for t in range(rounds):
        now = first_round + t
        for d in range(deciders):
            outside = by[d] >= beyond or now <= after[d]
            slope = counts_for[d] * (1.0 if outside else within[d] if now <= by[d] else 0.0)
            of_hazard = -slope / (1.0 - min(taken_up[t, d] * signs[t, d], CERTAIN))
            of_value[d] = of_hazard * taken_up[t, d] * signs[t, d] * (1.0 - signs[t, d])
            slopes.value[t, d] += of_value[d]
            slopes.taken_up[t, d] += of_hazard * signs[t, d]
        for m in range(weights.size):
            of_weight = slopes.moving[m]
            for d in range(deciders):
                of_weight += of_value[d] * moving[t, m, d]
            slopes.moving[m] = of_weight
