"""Bargaining over one text: what a text is worth to a seat, what it has without one, who blocks,
and the solutions of the literature (docs/odd.md, section 7.9). Arrays of NumPy that broadcast:
ideals, saliences and losses end in [seat, provision], texts in [provision], gains and weights in
[seat].
"""

from __future__ import annotations

import numpy as np

LEAST_GAIN = 1e-9  # below which a gain counts as this much, in products


def loss(text, ideals, saliences):
    """What each provision of *text* costs each seat: its salience times the square of the distance
    to its ideal, in [0, 1]. The spatial model of voting (Enelow and Hinich 1984); separable, so
    that U is concave and the texts that everybody accepts are a convex set.
    """
    return saliences * (text[..., None, :] - ideals) ** 2


def utility(text, ideals, saliences):
    """U, what *text* is worth to each seat, in [0, 1]: 1 less all losses."""
    return 1.0 - loss(text, ideals, saliences).sum(axis=-1)


def weight(power, power_share):
    """The weight of each seat, summing to 1: *power_share* of it by power, the rest alike (formal
    equality and power: Steinberg 2002). *power* is one number per seat, not all of them 0.
    """
    return (1.0 - power_share) / power.size + power_share * power / power.sum()


def like_minded(governance_positions, weights):
    """v [seat, other]: the weight of each seat in the club of those who think like the first,
    itself among them. Nobody counts from one position, in [-1, 1], away on.
    """
    distance = np.abs(governance_positions[:, None] - governance_positions[None, :])
    return weights[None, :] * np.maximum(0.0, 1.0 - distance)


def club_text(club_weights, ideals, saliences, low, high):
    """The text that the club of each seat would write, [..., seat, provision], within the table:
    its ideals, weighted by v and salience.
    """
    weighted = np.matmul(club_weights, saliences * ideals) / np.matmul(club_weights, saliences)
    return np.clip(weighted, low, high)


def reservation(value_in_force, value_of_club_text, reach, failing_cost):
    """r, what a seat has where the talks fail: the text in force, or, as far as the club of the
    like-minded reaches (*reach*, in [0, 1]), a text of their own; less the cost of failing (best
    alternatives: Fisher and Ury 1981; minilateral clubs: Victor 2011).
    """
    return (
        value_in_force + reach * np.maximum(0.0, value_of_club_text - value_in_force) - failing_cost
    )


def blame(text, in_force, club_texts, reach, ideals, saliences):
    """How much each provision of *text* adds to what a seat holds against it, [..., seat,
    provision], below 0 where it speaks for the text. Summed over provisions, less the cost of
    failing, it is r - U, exactly.

    A provision costs what it loses beside the text in force, and what the club's text would have
    gained on it.
    """
    before = loss(in_force, ideals, saliences)
    with_club = saliences * (club_texts - ideals) ** 2
    prefers_club = (before.sum(axis=-1) > with_club.sum(axis=-1))[..., None]
    return (
        loss(text, ideals, saliences)
        - before
        + reach[:, None] * prefers_club * (before - with_club)
    )


def compromise(weights, ideals, saliences, low, high):
    """The text of the largest weighted sum of U within the table, [..., provision]: of each
    provision the mean of the ideals, weighted by weight and salience.
    """
    by_provision = weights[..., None] * saliences
    return np.clip((by_provision * ideals).sum(axis=-2) / by_provision.sum(axis=-2), low, high)


def growing_weight(weights, gains, growth, draft):
    """The *weights* after the objections to a *draft*, from 1 on: whoever objects (a gain U - r
    below 0) weighs more, the more the longer and the louder it objects, by the factor exp(*growth*)
    at most, and by less with each draft (multiplicative weights: Arora, Hazan and Kale 2012).
    """
    short = np.maximum(-gains, 0.0)
    loudest = np.maximum(short.max(axis=-1, keepdims=True), LEAST_GAIN)
    grown = weights * np.exp(growth / np.sqrt(draft) * short / loudest)
    return grown / grown.sum(axis=-1, keepdims=True)


def nash_weights(weights, gains):
    """The weights whose `compromise` is the text itself where the weighted Nash product is largest
    (Nash 1950; Kalai 1977): w / (U - r).
    """
    return weights / np.maximum(gains, LEAST_GAIN)


def log_nash_product(weights, gains):
    """The logarithm of the weighted Nash product of the *gains*, each at least LEAST_GAIN."""
    return (weights * np.log(np.maximum(gains, LEAST_GAIN))).sum(axis=-1)


def accepts(gains):
    """Whether a seat accepts a text: it is worth at least what the seat has without one."""
    return gains >= 0.0


def can_compensate(gains, transfer_efficiency):
    """Whether side offers of those who gain make up for what others lose, where a share
    *transfer_efficiency* of an offer arrives (issue linkage by side payments: Sebenius 1983). With
    0 nobody may lose.
    """
    return np.maximum(-gains, 0.0).sum(axis=-1) <= transfer_efficiency * np.maximum(gains, 0.0).sum(
        axis=-1
    )


def relief(losses, losses_in_force, reservations, reservation_cost):
    """What a seat saves by reserving its position on at most so many provisions, for each of which
    the text in force goes on to hold for it, at *reservation_cost* each (reservations to treaties:
    Helfer 2006), [..., seat].
    """
    saved = np.sort(np.maximum(0.0, losses - losses_in_force - reservation_cost), axis=-1)
    return saved[..., saved.shape[-1] - min(reservations, saved.shape[-1]) :].sum(axis=-1)


def carries(votes, weights, quota_number, quota_weight):
    """Whether *votes*, true or false, [..., seat], reach both quotas, shares of seats and of
    weight, and more than half of the seats.
    """
    number = votes.sum(axis=-1) / votes.shape[-1]
    by_weight = (votes * weights).sum(axis=-1) / weights.sum(axis=-1)
    return (number >= quota_number) & (number > 0.5) & (by_weight >= quota_weight - 1e-12)


def rubinstein_share(patience_first, patience_second):
    """The share of a pie of size 1 that whoever offers first keeps where both alternate without end
    (Rubinstein 1982). Patience, the worth of a pie one offer later, lies in [0, 1) for at least one
    of them.
    """
    return (1.0 - patience_second) / (1.0 - patience_first * patience_second)


def openness_of_text(openness, positions, tabled, text):
    """The openness of a *text*, in [0, 1], where the one *tabled* has *openness*: it stands as far
    from the middle as what is left of the sides of its provisions, *positions* in [-1, 1], and
    across the middle where those of the other side are left. Ours: nobody has measured how a text
    loses its side.
    """
    whole = (positions * tabled).sum(axis=-1)
    if abs(whole) < LEAST_GAIN:
        return openness + 0.0 * text.sum(axis=-1)
    return np.clip(0.5 + (openness - 0.5) * (positions * text).sum(axis=-1) / whole, 0.0, 1.0)
