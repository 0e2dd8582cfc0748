"""What a world of states is expected to do under given weights, and how each number that enters would move that.

Compiled, and all memory is the caller's. D deciders (the European Union is one, every other state another), T rounds,
G great powers, M = 4 motives that move with prevalence. *Slopes* are derivatives of what the fit makes as large as
possible: each function adds its own to those that it is given.
"""

from __future__ import annotations

from collections import namedtuple

from sim.compiled import compiled
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
        "home",  # [D, T] share of one's own firms and NGOs on the public list
    ],
)

Slopes = namedtuple(
    "Slopes",
    [
        "moving",  # [M] of the weights of the motives that move
        "value",  # [D, T] of the sum of all motives
        "taken_up",  # [D, T] of the chance of taking the matter up
    ],
)


@compiled
def take_up(shares, attention, taken_up):
    """Fill taken_up [D, T], chances to take the matter up, from *shares* [D] of the *attention* [T], a rate a month."""
    for d in range(shares.size):
        for t in range(attention.size):
            taken_up[d, t] = chance_within_a_month(shares[d] * attention[t])


@compiled
def meet(around, signed, t, moving, example):
    """Fill moving[:, :, t], the motives that move with prevalence (order of MOVING), from signed[:, t], chances.
    *example* [D] is working memory.
    """
    deciders = around.offence.size
    held = 0.0
    for d in range(deciders):
        held += around.offence[d] * signed[d, t]
        example[d] = 0.0
    for e in range(deciders):
        chance = signed[e, t]
        if chance != 0.0:
            for d in range(deciders):
                example[d] += around.examples[e, d] * chance
    for d in range(deciders):
        moving[PEERS, d, t] = example[d]
        moving[HOME, d, t] = around.home[d, t]
        moving[PATRON, d, t] = 0.0
        for g in range(around.great_powers.size):
            moving[PATRON, d, t] += around.allied[g, d] * signed[around.great_powers[g], t]
        moving[SECURITY, d, t] = around.safety[d] * held


@compiled
def sum_of_motives(weights, value, moving, d, t):
    """The motives that stand still, *value* [D], and those that move, times their *weights* [M], in logits."""
    total = value[d]
    for m in range(weights.size):
        total += weights[m] * moving[m, d, t]
    return total


@compiled
def expected_path(around, weights, value, taken_up, signed, moving, signs, example):
    """Fill signed [D, T + 1], the chance of having signed as each round begins and at the end, when everybody meets the
    others' expected signatures; and signs [D, T], the chance to sign of whoever takes it up. *example* [D] is working
    memory.
    """
    deciders, rounds = taken_up.shape
    for d in range(deciders):
        signed[d, 0] = 0.0
    for t in range(rounds):
        meet(around, signed, t, moving, example)
        for d in range(deciders):
            signs[d, t] = logistic(sum_of_motives(weights, value, moving, d, t))
            signed[d, t + 1] = signed[d, t] + (1.0 - signed[d, t]) * taken_up[d, t] * signs[d, t]


@compiled
def add_slopes_of_path(around, weights, taken_up, signed, moving, signs, of_signed, slopes, carried, of_value):
    """Add what the path contributes of which signed [D, T + 1] itself has the slopes *of_signed*, by going through it
    backwards (the adjoint method: Griewank and Walther 2008). *carried* and *of_value* [D] are working memory.
    """
    deciders, rounds = taken_up.shape
    for d in range(deciders):
        carried[d] = 0.0
    for t in range(rounds - 1, -1, -1):
        unsafe = 0.0
        for d in range(deciders):
            slope = carried[d] + of_signed[d, t + 1]
            outside = (1.0 - signed[d, t]) * slope
            of_value[d] = outside * taken_up[d, t] * signs[d, t] * (1.0 - signs[d, t])
            slopes.value[d, t] += of_value[d]
            slopes.taken_up[d, t] += outside * signs[d, t]
            for m in range(weights.size):
                slopes.moving[m] += of_value[d] * moving[m, d, t]
            carried[d] = slope * (1.0 - taken_up[d, t] * signs[d, t])
            unsafe += around.safety[d] * of_value[d]
        for d in range(deciders):
            carried[d] += weights[SECURITY] * around.offence[d] * unsafe
        for d in range(deciders):
            heeding = weights[PEERS] * of_value[d]
            if heeding != 0.0:
                for e in range(deciders):
                    carried[e] += around.heeds[d, e] * heeding
        for g in range(around.great_powers.size):
            heeding = 0.0
            for d in range(deciders):
                heeding += around.allied[g, d] * of_value[d]
            carried[around.great_powers[g]] += weights[PATRON] * heeding


@compiled
def add_log_chances(weights, value, taken_up, moving, after, by, first_round, counts_for, slopes, log_chances, signs):
    """Fill log_chances [D] with the log of each decider's chance to sign after round *after* and by round *by* (never
    within the rounds, where *by* lies beyond them), *moving* [M, D, T] given; and add the slopes of their sum, each
    taken *counts_for* [D] times. *signs* [D, T] is working memory.
    """
    deciders, rounds = taken_up.shape
    for d in range(deciders):
        never = by[d] >= first_round + rounds
        last = rounds if never else by[d] - first_round + 1
        log_before, before, within = 0.0, 1.0, 1.0
        for t in range(last):
            signs[d, t] = logistic(sum_of_motives(weights, value, moving, d, t))
            stays_out = 1.0 - min(taken_up[d, t] * signs[d, t], CERTAIN)
            if never or t + first_round <= after[d]:
                before *= stays_out
                if before < TINY:
                    log_before += logarithm(before)
                    before = 1.0
            else:
                within = max(within * stays_out, TINY)
        log_chances[d] = log_before + logarithm(before)
        of_within = 0.0
        if not never:
            within = min(within, CERTAIN)
            log_chances[d] += logarithm(1.0 - within)
            of_within = -within / (1.0 - within)
        for t in range(last):
            slope = counts_for[d]
            if not never and t + first_round > after[d]:
                slope *= of_within
            of_hazard = -slope / (1.0 - min(taken_up[d, t] * signs[d, t], CERTAIN))
            of_value = of_hazard * taken_up[d, t] * signs[d, t] * (1.0 - signs[d, t])
            slopes.value[d, t] += of_value
            slopes.taken_up[d, t] += of_hazard * signs[d, t]
            for m in range(weights.size):
                slopes.moving[m] += of_value * moving[m, d, t]
