"""The expected path of firms or of NGOs under given weights, and its slopes: the chance of each to
have signed, and to be on the public list, round by round.

Compiled; all memory is the caller's. T rounds, N organisations of one kind. *Slopes* are
derivatives of the objective that the fit maximises.
"""

from __future__ import annotations

from collections import namedtuple

from sim.compiled import compiled
from sim.theory.elementary import chance_within_a_month, logistic
from sim.theory.publication import BACKLOG_BEGINS, BACKLOG_ENDS, BACKLOG_PUBLISHED

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

Path = namedtuple(
    "Path",
    [
        "signed",  # [T + 1, N] chance of having signed as each round begins, and at the end
        "listed",  # [T, N] of being on it by the end of each round
        "public",  # [T, N] of being on it as each round begins
        "taken_up",  # [T, N] chance to take the matter up
        "with_home",  # [T, N] chance to sign, having taken it up, with the home state on the list
        "without_home",  # [T, N] the same without the home state on it
    ],
)

Slopes = namedtuple(
    "Slopes",
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
