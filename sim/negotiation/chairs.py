"""Strategies of a chair: the next draft after one to which somebody objects. The first draft is the
text tabled.

A chair knows what seats want, as the literature on the single negotiating text assumes after rounds
of criticism (Fisher and Ury 1981; Raiffa 1982), and no seat pretends to object.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from sim.negotiation.table import Floats, Table
from sim.negotiation.talks import BY_PROVISION, COMPROMISE, GROWING_WEIGHT, MOST_RESISTED, RED_LINES
from sim.theory import bargaining

STEP = 0.25  # of what is tabled: how far the most resisted provision moves in a draft
HALVINGS = 12  # of a step of revision before the chair leaves the text as it is
SMALLEST_STEP = 1e-5  # of any provision, in a revision


class Chair(Protocol):
    """Whoever writes the drafts."""

    def next(self, table: Table, texts: Floats, gains: Floats) -> Floats:
        """The texts [Q, K] after those to which seats objected where their *gains* [Q, N] are below
        0.
        """
        ...


class GrowingWeight:
    """Each draft is the weighted compromise, in which whoever objects weighs more the longer it
    objects.
    """

    def __init__(self, table: Table, growth: float) -> None:
        self.growth = growth
        self.weights = np.broadcast_to(table.weights, (table.replicates, len(table.weights)))
        self.draft = 0  # the text as tabled, to which objections bring the seats to the table

    def next(self, table: Table, texts: Floats, gains: Floats) -> Floats:
        """The compromise under the weights that the objections lead to."""
        if self.draft:
            objections = np.where(table.votes, gains, 0.0)
            self.weights = bargaining.growing_weight(
                self.weights, objections, self.growth, self.draft
            )
        self.draft += 1
        return table.compromise(self.weights)


class WeightedCompromise:
    """One compromise by weight and salience, as the models of bargaining among states have it
    (Achen 2006), and no other.
    """

    def next(self, table: Table, texts: Floats, gains: Floats) -> Floats:
        """The compromise, whatever is objected."""
        return table.compromise(table.weights)


class ByProvision:
    """Each provision by itself, at the weighted mean of the ideals: as none is weighed against
    another, saliences do not count (issue by issue: Fershtman 1990).
    """

    def next(self, table: Table, texts: Floats, gains: Floats) -> Floats:
        """The means of the ideals, whatever is objected."""
        return bargaining.compromise(table.weights, table.ideals, np.ones(1), table.low, table.high)


class MostResistedFirst:
    """The provision that objectors resist most moves by STEP of what is tabled towards what they
    want; steps shrink.
    """

    def __init__(self) -> None:
        self.step = STEP

    def next(self, table: Table, texts: Floats, gains: Floats) -> Floats:
        """The text with one provision moved."""
        objecting = ((gains < 0.0) & table.votes) * table.weights
        resistance = (objecting[..., None] * np.maximum(0.0, table.blame(texts))).sum(axis=1)
        provision = resistance.argmax(axis=1)
        rows = np.arange(len(texts))
        slopes = objecting[..., None] * table.effective * (table.ideals - texts[:, None, :])
        pull = slopes.sum(axis=1)[rows, provision]
        moved_texts = texts.copy()
        size = self.step * (table.high - table.low)[provision]
        moved_texts[rows, provision] = np.clip(
            texts[rows, provision] + np.sign(pull) * size,
            table.low[provision],
            table.high[provision],
        )
        self.step *= 0.95
        return moved_texts


class RedLines:
    """Every provision goes down to the lowest red line: the level beyond which a seat with a vote
    would rather have the text in force on it, as far above its ideal as that lies below.
    """

    def next(self, table: Table, texts: Floats, gains: Floats) -> Floats:
        """The text within the red lines."""
        lines = 2.0 * table.ideals - table.in_force
        return np.clip(lines[:, table.votes].min(axis=1), table.low, table.high)


def chair_named(name: str, table: Table, growth: float) -> Chair:
    """The chair of that *name*, one of CHAIRS but alternating offers, as talks begin."""
    chairs: dict[str, Callable[[], Chair]] = {
        GROWING_WEIGHT: lambda: GrowingWeight(table, growth),
        COMPROMISE: WeightedCompromise,
        BY_PROVISION: ByProvision,
        MOST_RESISTED: MostResistedFirst,
        RED_LINES: RedLines,
    }
    return chairs[name]()


def revise(table: Table, texts: Floats, gains: Floats) -> Floats:
    """The texts [Q, K] after those that everybody with a vote accepts: the best step, of halves,
    towards the weighted Nash point at which nobody walks and the product grows; the same text where
    there is none.
    """
    voters = table.weights * table.votes
    target = table.compromise(np.where(table.votes, bargaining.nash_weights(voters, gains), 0.0))
    best = bargaining.log_nash_product(voters, gains)
    revised, numbers, step = (
        texts.copy(),
        np.flatnonzero(np.abs(target - texts).max(axis=1) > SMALLEST_STEP),
        1.0,
    )
    for _ in range(HALVINGS):
        part = table.of(numbers)
        candidates = texts[numbers] + step * (target[numbers] - texts[numbers])
        after = part.gains(candidates)
        product = bargaining.log_nash_product(voters, after)
        better = (bargaining.accepts(after) | ~table.votes).all(axis=1) & (product > best[numbers])
        revised[numbers[better]], best[numbers[better]] = candidates[better], product[better]
        has_peak = ~better & (revised[numbers] != texts[numbers]).any(
            axis=1
        )  # the product is concave along the way
        numbers, step = numbers[~has_peak], step / 2
        if not numbers.size:
            break
    return revised
