"""The single negotiating text: drafts one after the other, each put before all seats, until one is
adopted or the deadline ends the talks. Every draft is kept with what it is worth to each seat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.negotiation.alternating import alternate
from sim.negotiation.amendments import amend
from sim.negotiation.chairs import chair_named, revise
from sim.negotiation.table import Floats, Table
from sim.negotiation.talks import ALTERNATING, CONSENSUS, FIRST, GROWING_WEIGHT, Talks
from sim.negotiation.trades import trade
from sim.scenario.text_talks import OPEN_CALL
from sim.theory import bargaining

Truths = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Drafts:
    """All drafts of Q negotiations; after the last one of a negotiation its text stays as it is."""

    texts: Floats  # [D, Q, K]
    gains: Floats  # [D, Q, N] U - r: a seat objects where it is below 0
    count: NDArray[np.int64]  # [Q] drafts made
    final: NDArray[np.int64]  # [Q] the draft that was adopted, or that came nearest to it
    is_adopted: Truths  # [Q]

    @property
    def final_texts(self) -> Floats:
        """[Q, K] the text adopted, or the one that came nearest to it."""
        return self.texts[self.final, np.arange(len(self.final))]

    @property
    def final_gains(self) -> Floats:
        """[Q, N] what it is worth to each seat, U - r."""
        return self.gains[self.final, np.arange(len(self.final))]


def passes(table: Table, talks: Talks, gains: Floats) -> Truths:
    """[Q] whether a text with these *gains* [Q, N] is adopted."""
    voters = table.votes
    accepts = bargaining.accepts(gains)
    if talks.rule == OPEN_CALL:
        return np.ones(len(gains), dtype=np.bool_)
    if talks.rule == CONSENSUS:
        return accepts[:, voters].all(axis=1) | paid(table, talks, gains).any(axis=1)
    quotas = (talks.values["quota_number"], talks.values["quota_weight"])
    return bargaining.carries(accepts[:, voters], table.weights[voters], *quotas)


def paid(table: Table, talks: Talks, gains: Floats) -> Truths:
    """[Q, N] who accepts a text with these *gains* [Q, N] because others pay for it alone: by
    consensus, whoever loses by it where what the others offer suffices.
    """
    voters = table.votes
    if talks.rule != CONSENSUS:
        return np.zeros(gains.shape, dtype=np.bool_)
    suffices = bargaining.can_compensate(gains[:, voters], table.transfer_efficiency)
    loses = ~bargaining.accepts(gains) & voters
    result: Truths = loses & suffices[:, None]
    return result


def nearness(table: Table, talks: Talks, gains: Floats) -> Floats:
    """[Q] how near a text that fails is to being adopted: by consensus its least gain; else the
    weight that accepts it.
    """
    voters = table.votes
    if talks.rule == CONSENSUS:
        return gains[:, voters].min(axis=1)
    return (bargaining.accepts(gains[:, voters]) * table.weights[voters]).sum(axis=1)


def negotiate_drafts(table: Table, talks: Talks) -> Drafts:
    """All drafts of the *talks* at *table*."""
    record = Record(table, talks)
    record.add(np.broadcast_to(table.high, (table.replicates, len(table.high))))
    if talks.chair == ALTERNATING:
        record.add(
            alternate(table, talks.values["patience_first"], talks.values["patience_second"])
        )
    elif talks.amendments:
        _vote_on_amendments(record)
    elif talks.rule != OPEN_CALL:
        _draft(record)
    if talks.trades:
        record.add(trade(table, record.best_texts))
    return record.drafts()


def _vote_on_amendments(record: Record) -> None:
    """Amendments until nobody moves one that carries: the text that is then put to the vote is the
    last.
    """
    while record.number < record.talks.deadline:
        texts = amend(record.table, record.texts[-1])
        if np.array_equal(texts, record.texts[-1]):
            break
        record.add(texts)
    record.put_last()


def _draft(record: Record) -> None:
    """Drafts of the chair until one is adopted, and revisions of it until the deadline or until
    nothing is left to gain.
    """
    table, talks = record.table, record.talks
    chair = chair_named(talks.chair, table, talks.values["growth"])
    revises = talks.settle != FIRST and talks.rule == CONSENSUS and talks.chair == GROWING_WEIGHT
    while record.number < talks.deadline:
        texts, gains = record.texts[-1], record.gains[-1]
        following = np.where(record.is_adopted[:, None], texts, chair.next(table, texts, gains))
        everybody = (bargaining.accepts(gains) | ~table.votes).all(axis=1)
        if revises and everybody.any():
            numbers = np.flatnonzero(everybody)
            following[numbers] = revise(table.of(numbers), texts[numbers], gains[numbers])
        objects = ~everybody & ~record.is_adopted
        if np.array_equal(following, texts) and not (
            talks.chair == GROWING_WEIGHT and objects.any()
        ):
            # a text at the edge of what is tabled can stand still while objections still grow
            break
        record.add(following)


class Record:
    """The drafts so far, and the best of them."""

    def __init__(self, table: Table, talks: Talks) -> None:
        self.table, self.talks = table, talks
        self.texts: list[Floats] = []
        self.gains: list[Floats] = []
        count = table.replicates
        self.count = np.zeros(count, dtype=np.int64)
        self.final = np.zeros(count, dtype=np.int64)
        self.is_adopted = np.zeros(count, dtype=np.bool_)
        self._nearness = np.full(count, -np.inf)

    @property
    def number(self) -> int:
        """How many drafts there are."""
        return len(self.texts)

    @property
    def best_texts(self) -> Floats:
        """[Q, K] the texts that are adopted, or nearest to it."""
        return np.stack(self.texts)[self.final, np.arange(len(self.final))]

    def add(self, texts: Floats) -> None:
        """One more draft. Once a text is adopted, whatever follows it, a revision or a trade, takes
        its place.
        """
        gains = self.table.gains(texts)
        is_new = (
            (texts != self.texts[-1]).any(axis=1)
            if self.texts
            else np.ones(len(texts), dtype=np.bool_)
        )
        adopts = passes(self.table, self.talks, gains)
        near = nearness(self.table, self.talks, gains)
        better = np.where(self.is_adopted, adopts & is_new, adopts | (near > self._nearness))
        self.count[is_new] = self.number + 1
        self.final[better] = self.number
        self._nearness[better] = near[better]
        self.is_adopted |= adopts
        self.texts.append(texts)
        self.gains.append(gains)

    def put_last(self) -> None:
        """Let the last draft be the one put to the vote, whatever was better before the
        amendments.
        """
        self.final[:] = self.count - 1
        self.is_adopted = passes(self.table, self.talks, self.gains[-1])

    def drafts(self) -> Drafts:
        """All of it."""
        return Drafts(
            np.stack(self.texts), np.stack(self.gains), self.count, self.final, self.is_adopted
        )
