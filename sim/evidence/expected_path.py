"""The expected path of states, and that of firms or of NGOs, under given weights, and its slopes:
the chance of each to have signed, and of the latter to be on the public list, round by round.

Compiled; all memory is the caller's. T rounds; D deciders (the European Union is one, every other
state another) or N organisations of one kind. *Slopes* are derivatives of the objective that the
fit maximises: each function adds its own to those it receives. Inner loops run over deciders, which
are neighbours in memory, and do one thing each, so that the processor can do several at once.
"""

from __future__ import annotations

from collections import namedtuple

from sim.compiled import compiled, compiled_unchecked
from sim.theory.elementary import chance_within_a_month, logarithm, logistic
from sim.theory.publication import BACKLOG_BEGINS, BACKLOG_ENDS, BACKLOG_PUBLISHED

CERTAIN = 1.0 - 1e-12
TINY = 1e-200  # products of chances are taken to logarithms before they get smaller

StateSlopes = namedtuple(
    "StateSlopes",
    [
        "value",  # [T, D] of the sum of all motives
        "taken_up",  # [T, D] of the chance of taking the matter up
    ],
)


@compiled
def take_up(shares, attention, taken_up):
    """Fill taken_up [T, D], chances to take the matter up, from *shares* [D] of the *attention*
    [T], a rate a month.
    """
    for t in range(attention.size):
        for d in range(shares.size):
            taken_up[t, d] = chance_within_a_month(shares[d] * attention[t])


@compiled
def add_rows(rows, weights, total):
    """Add to total [n] the *rows* [m, n], each times its weight of *weights* [m], in their
    order.
    """
    m = 0
    while m + 4 <= weights.size:
        a, b, c, d = weights[m], weights[m + 1], weights[m + 2], weights[m + 3]
        if a != 0.0 or b != 0.0 or c != 0.0 or d != 0.0:
            for i in range(total.size):
                total[i] = (
                    total[i]
                    + rows[m, i] * a
                    + rows[m + 1, i] * b
                    + rows[m + 2, i] * c
                    + rows[m + 3, i] * d
                )
        m += 4
    for rest in range(m, weights.size):
        for i in range(total.size):
            total[i] += rows[rest, i] * weights[rest]


@compiled
def expected_path(effects, value, taken_up, signed, signs):
    """Fill signed [T + 1, D], the chance of having signed as each round begins and at the end, when
    everybody meets the others' expected signatures; and signs [T, D], the chance to sign of whoever
    takes it up.

    effects  [D, D] what the signature of the row adds to the value of the column, in logits
    value    [T, D] all else, in logits
    """
    rounds, deciders = taken_up.shape
    for d in range(deciders):
        signed[0, d] = 0.0
    for t in range(rounds):
        for d in range(deciders):
            signs[t, d] = value[t, d]
        add_rows(effects, signed[t], signs[t])
        for d in range(deciders):
            signs[t, d] = logistic(signs[t, d])
        for d in range(deciders):
            signed[t + 1, d] = signed[t, d] + (1.0 - signed[t, d]) * taken_up[t, d] * signs[t, d]


@compiled
def add_slopes_of_path(heeds, taken_up, signed, signs, of_signed, slopes, carried):
    """Add what the path contributes of which signed [T + 1, D] itself has the slopes *of_signed*,
    by going through it backwards (the adjoint method: Griewank and Walther 2008). *heeds* [D, D]
    are the effects turned, by listener; *carried* [D] is working memory.
    """
    rounds, deciders = taken_up.shape
    for d in range(deciders):
        carried[d] = 0.0
    for t in range(rounds - 1, -1, -1):
        of_value = slopes.value[t]
        for d in range(deciders):
            slope = carried[d] + of_signed[t + 1, d]
            outside = (1.0 - signed[t, d]) * slope
            of_value[d] = outside * taken_up[t, d] * signs[t, d] * (1.0 - signs[t, d])
            slopes.taken_up[t, d] += outside * signs[t, d]
            carried[d] = slope * (1.0 - taken_up[t, d] * signs[t, d])
        add_rows(heeds, of_value, carried)


@compiled_unchecked
def add_log_chances(
    value, taken_up, after, by, first_round, counts_for, slopes, log_chances, signs, working
):
    """Fill log_chances [D] with the log of each decider's chance to sign after round *after* and by
    round *by* (never within the rounds, where *by* lies beyond them), value [T, D] given; and add
    the slopes of their sum, each taken *counts_for* [D] times. *signs* [T, D] and *working* [2, D]
    are working memory.
    """
    rounds, deciders = taken_up.shape
    before, within = working
    beyond = first_round + rounds
    for d in range(deciders):
        log_chances[d], before[d], within[d] = 0.0, 1.0, 1.0
    for t in range(rounds):
        for d in range(deciders):
            signs[t, d] = logistic(value[t, d])
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
            slopes.value[t, d] += of_hazard * taken_up[t, d] * signs[t, d] * (1.0 - signs[t, d])
            slopes.taken_up[t, d] += of_hazard * signs[t, d]


# Firms and NGOs

# Rows of a sparse array: whose example each heeds. Places are unsigned, so that nobody looks for
# negative ones.
Neighbours = namedtuple("Neighbours", ["start", "to", "weight"])

Conditions = namedtuple(
    "Conditions",
    [
        "first_round",
        "backlog_share",
        "home_signed",  # [T, N] chance that the home state is on the public list as a round begins
        "shares",  # [N] of its kind's attention
    ],
)

Listing = namedtuple(
    "Listing",
    [
        "signed",  # [T + 1, N] chance of having signed as each round begins, and at the end
        "listed",  # [T, N] of being on it by the end of each round
        "public",  # [T, N] of being on it as each round begins
        "taken_up",  # [T, N] chance to take the matter up
        "with_home",  # [T, N] chance to sign, having taken it up, with the home state on the list
        "without_home",  # [T, N] the same without the home state on it
    ],
)

OrganisationSlopes = namedtuple(
    "OrganisationSlopes",
    [
        "value",  # [T, N] of the sum of all motives, whether the home state is on the list or not
        "home",  # [N] of what the home state adds
        "attention",  # [T] of the attention
    ],
)


@compiled
def in_backlog(round_number):
    """Whether a share of what is signed in this round waits to be published."""
    return BACKLOG_BEGINS <= round_number <= BACKLOG_ENDS


@compiled
def expected_listing(conditions, neighbours, value, home, attention, path, waiting):
    """Fill *path* when everybody meets its neighbours' expected entries on the public list,
    *attention* [T] being a rate a month. *waiting* [N] is working memory.

    neighbours  Neighbours: what each adds to the value of signing, in logits
    value       [T, N] all else but what the home state adds, *home* [N]
    """
    rounds, organisations = path.listed.shape
    start, to, weight = neighbours
    for i in range(organisations):
        path.signed[0, i] = 0.0
        waiting[i] = 0.0
    for t in range(rounds):
        now = conditions.first_round + t
        public = path.public[t]
        for i in range(organisations):
            if now == BACKLOG_PUBLISHED:
                waiting[i] = 0.0
            public[i] = path.signed[t, i] - waiting[i] if now >= 0 else 0.0
        total, with_home, taken_up = path.without_home[t], path.with_home[t], path.taken_up[t]
        for i in range(organisations):
            total[i] = value[t, i]
            for place in range(start[i], start[i + 1]):
                total[i] += weight[place] * public[to[place]]
        for i in range(organisations):
            with_home[i] = logistic(total[i] + home[i])
        for i in range(organisations):
            total[i] = logistic(total[i])
        for i in range(organisations):
            taken_up[i] = chance_within_a_month(conditions.shares[i] * attention[t])
        waits = conditions.backlog_share if in_backlog(now) else 0.0
        for i in range(organisations):
            home_signed = conditions.home_signed[t, i]
            signs = (
                home_signed * path.with_home[t, i] + (1.0 - home_signed) * path.without_home[t, i]
            )
            newly = (1.0 - path.signed[t, i]) * path.taken_up[t, i] * signs
            path.signed[t + 1, i] = path.signed[t, i] + newly
            waiting[i] += waits * newly
            path.listed[t, i] = path.signed[t + 1, i] - waiting[i] if now >= 0 else 0.0


@compiled
def add_slopes(conditions, neighbours, path, of_listed, slopes, of_signed, of_waiting):
    """Add to *slopes* what the *path* contributes of which listed [T, N] itself has the slopes
    *of_listed*, by going through it backwards (the adjoint method: Griewank and Walther 2008). The
    last two [N] are working memory.
    """
    rounds, organisations = path.listed.shape
    start, to, weight = neighbours
    for i in range(organisations):
        of_signed[i] = 0.0
        of_waiting[i] = 0.0
    for t in range(rounds - 1, -1, -1):
        now = conditions.first_round + t
        waits = conditions.backlog_share if in_backlog(now) else 0.0
        of_attention = 0.0
        of_value = slopes.value[t]
        for i in range(organisations):
            if now >= 0:
                of_signed[i] += of_listed[t, i]
                of_waiting[i] -= of_listed[t, i]
            of_newly = of_signed[i] + waits * of_waiting[i]
            home_signed = conditions.home_signed[t, i]
            signs = (
                home_signed * path.with_home[t, i] + (1.0 - home_signed) * path.without_home[t, i]
            )
            taken_up = path.taken_up[t, i]
            outside = (1.0 - path.signed[t, i]) * of_newly
            signs_with, signs_without = path.with_home[t, i], path.without_home[t, i]
            of_home_listed = outside * taken_up * home_signed * signs_with * (1.0 - signs_with)
            of_value[i] = of_home_listed
            of_value[i] += (
                outside * taken_up * (1.0 - home_signed) * signs_without * (1.0 - signs_without)
            )
            slopes.home[i] += of_home_listed
            of_attention += outside * signs * conditions.shares[i] * (1.0 - taken_up)
            of_signed[i] -= of_newly * taken_up * signs
        slopes.attention[t] += of_attention
        if now >= 0:
            for i in range(organisations):
                for place in range(start[i], start[i + 1]):
                    of_signed[to[place]] += weight[place] * of_value[i]
                    of_waiting[to[place]] -= weight[place] * of_value[i]
        if now == BACKLOG_PUBLISHED:
            for i in range(organisations):
                of_waiting[i] = 0.0
