"""Why a seat accepts or refuses the text that talks end with, and the smallest change that would
turn it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.errors import InputError, nearest
from sim.findings import ASSUMED
from sim.negotiation.result import TalksResult
from sim.negotiation.seats import seats_named
from sim.negotiation.table import Floats, Table
from sim.negotiation.talks import Talks
from sim.reading import literal
from sim.theory import bargaining

HALVINGS = 60  # of the interval in which the smallest change lies
SHOWN = 0.005  # the least change of a level that a sentence names
LEAST = 1e-4  # U that a sentence names


def smallest_change(table: Table, seat: int, texts: Floats) -> tuple[Floats, np.ndarray[Any, Any]]:
    """[Q, K] the texts nearest to *texts* (the sum of squares of all moves is least) that the
    *seat* accepts, within what may move at the table, and [Q] whether there are any; *texts*
    themselves where it accepts them.

    What a seat loses is a sum of squares, so the nearest text lies on a path from the text to what
    the seat wants, on which each level goes the further the more the seat cares for it (the
    condition of Karush, Kuhn and Tucker for one quadratic constraint): a bisection finds where it
    begins to accept.
    """
    wants, cares = table.ideals[:, seat], table.effective[:, seat]

    def on_path(share: Floats) -> Floats:
        """The texts at a *share* [Q] of the way, from 0 (as they are) to 1 (what the seat
        wants).
        """
        part = share[:, None]
        whole = (1.0 - part) + part * cares
        towards = np.divide(part * cares, whole, out=np.zeros(cares.shape), where=whole > 0.0)
        return np.clip(texts + towards * (wants - texts), table.low, table.high)

    def accepts(share: Floats) -> np.ndarray[Any, Any]:
        return np.asarray(bargaining.accepts(table.gains(on_path(share))[:, seat]))

    low, high = np.zeros(len(texts)), np.ones(len(texts))
    already, ever = accepts(low), accepts(high)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        enough = accepts(middle)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.where((already | ~ever)[:, None], texts, on_path(high)), already | ever


class Reason(NamedTuple):
    """A provision that speaks against a text for a seat: it goes `too_far` or `too_little`."""

    provision: str
    side: str


class SeatChange(NamedTuple):
    """The smallest change that would keep a seat: in how many `worlds` of those in which it refuses
    there is one, and by how much each provision moves in their mean, most first.
    """

    worlds: int
    moves: tuple[tuple[str, float], ...]


@dataclass(frozen=True, eq=False)
class SeatResult:
    """Why one seat of a negotiation accepts the final text or refuses it, in all replicates.
    `accepts`: the share in which it accepts. All of it is assumed.
    """

    result: TalksResult
    who: str
    name: str
    seat: int

    basis = ASSUMED

    def __repr__(self) -> str:
        talks = self.result.talks.name
        return f"{type(self).__name__}({talks}, {self.name}, accepts={self.accepts:.2f})"

    @property
    def gains(self) -> Floats:
        """[replicate] what the final text is worth to it above what it has without one, U - r."""
        gains: Floats = self.result.drafts.final_gains[:, self.seat]
        return gains

    @property
    def accepts(self) -> float:
        """The share of replicates in which it accepts the final text."""
        return float(bargaining.accepts(self.gains).mean())

    @property
    def _refuses(self) -> np.ndarray[Any, Any]:
        return np.flatnonzero(~bargaining.accepts(self.gains))

    def _nearest(self) -> tuple[Table, Floats, Floats, np.ndarray[Any, Any]]:
        """The table in the replicates in which it refuses, the texts there, the nearest ones that
        it accepts, and whether there are any.
        """
        table = self.result.at_table.of(self._refuses)
        texts = self.result.drafts.final_texts[self._refuses]
        return table, texts, *smallest_change(table, self.seat, texts)

    def table(self) -> pd.DataFrame:
        """A row per provision: number, provision, text (the mean final level), wants (the mean of
        what the seat likes best), attention (its share of the seat's, in [0, 1]), against (what it
        adds, in U, to what the seat holds against the text, below 0 where it speaks for it),
        kept_by (the mean level of the nearest text that the seat would accept, over the replicates
        in which it refuses and there is one; nothing where there are none), basis.
        """
        at, texts = self.result.at_table, self.result.drafts.final_texts
        _, _, nearest_texts, exists = self._nearest()
        levels = (
            nearest_texts[exists].mean(axis=0) if exists.any() else np.full(texts.shape[1], np.nan)
        )
        return pd.DataFrame(
            {
                "number": np.arange(1, texts.shape[1] + 1),
                "provision": [subject.provision for subject in self.result.talks.subjects],
                "text": texts.mean(axis=0),
                "wants": at.ideals[:, self.seat].mean(axis=0),
                "attention": at.saliences[:, self.seat].mean(axis=0),
                "against": at.blame(texts)[:, self.seat].mean(axis=0),
                "kept_by": levels,
            }
        ).assign(basis=ASSUMED)

    def others_refuse(self) -> tuple[float, float]:
        """How many of the other seats with a vote refuse the final text, and the nearest one that
        this seat accepts: the means of the replicates in which it refuses and there is one; nan
        where there are none.
        """
        table, texts, nearest_texts, exists = self._nearest()
        others = table.votes & (np.arange(len(table.votes)) != self.seat)
        refuse = [
            ~bargaining.accepts(table.gains(each))[exists] & others
            for each in (texts, nearest_texts)
        ]
        before, after = (
            float(each.sum(axis=1).mean()) if exists.any() else np.nan for each in refuse
        )
        return before, after

    @property
    def refusals(self) -> int:
        """In how many replicates it refuses the final text."""
        return len(self._refuses)

    def reasons(self, most: int) -> tuple[list[Reason], list[str]]:
        """The provisions that speak most against the text, and those that speak most for it, at
        most so many of each, those that weigh most first.
        """
        rows = self.table().sort_values("against", ascending=False).to_dict("records")
        against = [
            Reason(row["provision"], "too_far" if row["text"] > row["wants"] else "too_little")
            for row in rows[:most]
            if row["against"] > LEAST
        ]
        likes = [row["provision"] for row in rows[::-1][:most] if row["against"] < -LEAST]
        return against, likes

    @cached_property
    def change(self) -> SeatChange:
        """The smallest change of the text that would keep it."""
        _, texts, nearest_texts, exists = self._nearest()
        if not exists.any():
            return SeatChange(0, ())
        moves = (nearest_texts - texts)[exists].mean(axis=0)
        order = [int(k) for k in np.argsort(-np.abs(moves), kind="stable")]
        subjects = self.result.talks.subjects
        return SeatChange(
            int(exists.sum()),
            tuple(
                (subjects[k].provision, float(moves[k])) for k in order if abs(moves[k]) >= SHOWN
            ),
        )


def seat_of(talks: Talks, who: str) -> tuple[str, str, int]:
    """The id, the name and the place of the seat *who*, by iso3 or name; InputError where it has
    none.
    """
    ids = talks.seats
    names = seats_named(ids, talks.facts).names
    seat = next(
        (place for place, pair in enumerate(zip(ids, names, strict=True)) if who in pair), None
    )
    if seat is None:
        every = [*ids, *names]
        expected = f"one of {', '.join(ids)}{nearest(who, every) if isinstance(who, str) else ''}"
        raise InputError(f"explain: who is {literal(who)}, which has no seat, expected {expected}")
    return ids[seat], names[seat], seat
