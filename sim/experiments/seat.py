"""Why a seat accepts or refuses the text that talks end with, and the smallest change that would
turn it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.errors import InputError, nearest
from sim.experiments.basis import ASSUMED
from sim.negotiation.seats import seats_named
from sim.negotiation.table import Floats, Table
from sim.number_formats import decimal, mean
from sim.reading import literal
from sim.theory import bargaining
from sim.writing import plain, records

if TYPE_CHECKING:
    from sim.experiments.negotiate import Negotiation

HALVINGS = 60  # of the interval in which the smallest change lies
SHOWN = 0.005  # the least change of a level that a sentence names
LEAST = 1e-4  # U that a sentence names
MOST = 3  # provisions in a sentence
NOTE = "in this model; assumed, and no evidence of anybody's reasons"


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


@dataclass(frozen=True, eq=False)
class SeatExplanation:
    """Why one seat of a negotiation accepts the final text or refuses it, in all replicates.
    `accepts`: the share in which it accepts. All of it is assumed.
    """

    negotiation: Negotiation
    who: str
    name: str
    seat: int

    basis = ASSUMED

    def __repr__(self) -> str:
        talks = self.negotiation.talks.name
        return f"SeatExplanation({talks}, {self.name}, accepts={self.accepts:.2f})"

    @property
    def gains(self) -> Floats:
        """[replicate] what the final text is worth to it above what it has without one, U - r."""
        gains: Floats = self.negotiation.drafts.final_gains[:, self.seat]
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
        table = self.negotiation.at_table.of(self._refuses)
        texts = self.negotiation.drafts.final_texts[self._refuses]
        return table, texts, *smallest_change(table, self.seat, texts)

    def table(self) -> pd.DataFrame:
        """A row per provision: number, provision, text (the mean final level), wants (the mean of
        what the seat likes best), attention (its share of the seat's, in [0, 1]), against (what it
        adds, in U, to what the seat holds against the text, below 0 where it speaks for it),
        kept_by (the mean level of the nearest text that the seat would accept, over the replicates
        in which it refuses and there is one; nothing where there are none), basis.
        """
        at, texts = self.negotiation.at_table, self.negotiation.drafts.final_texts
        _, _, nearest_texts, exists = self._nearest()
        levels = (
            nearest_texts[exists].mean(axis=0) if exists.any() else np.full(texts.shape[1], np.nan)
        )
        return pd.DataFrame(
            {
                "number": np.arange(1, texts.shape[1] + 1),
                "provision": [subject.provision for subject in self.negotiation.talks.subjects],
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
    def sentences(self) -> tuple[str, ...]:
        """Why, and what would turn it, in plain words."""
        count, refuses = len(self.gains), len(self._refuses)
        rows = self.table()
        first = (
            f"{self.name} accepts the final text in {count - refuses} of {count} simulated worlds"
            f" ({NOTE})."
        )
        against = rows.sort_values("against", ascending=False)
        holds = [
            _side(row) for row in against.head(MOST).to_dict("records") if row["against"] > LEAST
        ]
        likes = [
            row["provision"]
            for row in against[::-1].head(MOST).to_dict("records")
            if row["against"] < -LEAST
        ]
        second = f"Most against it speaks {'; '.join(holds)}. " if holds else ""
        second += f"Most for it: {', '.join(likes)}." if likes else ""
        return tuple(
            filter(None, (first, second.strip(), self._change_sentence() if refuses else ""))
        )

    def _change_sentence(self) -> str:
        _, texts, nearest_texts, exists = self._nearest()
        if not exists.any():
            return "No text within what is in force and what is tabled would keep it."
        moves = (nearest_texts - texts)[exists].mean(axis=0)
        order = [
            int(k) for k in np.argsort(-np.abs(moves), kind="stable") if abs(moves[k]) >= SHOWN
        ]
        subjects = self.negotiation.talks.subjects
        words = [
            f"{subjects[k].provision} {'up' if moves[k] > 0 else 'down'} by"
            f" {decimal(abs(moves[k]))}"
            for k in order[:MOST]
        ]
        rest = len(order) - MOST
        more = f" and {rest} smaller move{'s' if rest > 1 else ''}" if rest > 0 else ""
        where = (
            "" if exists.all() else f", where there is any ({exists.sum()} of {len(exists)} worlds)"
        )
        before, after = self.others_refuse()
        others = (
            f"of the other seats with a vote {mean(before)} refuse before it and {mean(after)}"
            " after it, on average"
        )
        size = ", ".join(words) if words else "less than a hundredth of a level"
        return f"The smallest change that would keep it{where}: {size}{more}; {others}."

    def as_json(self) -> dict[str, Any]:
        """The content of `parley explain --json` for a seat (docs/json.md)."""
        content = {
            "who": self.who,
            "name": self.name,
            "basis": ASSUMED,
            "accepts": self.accepts,
            "gain": self.gains.mean(),
            "sentences": self.sentences,
            "provisions": records(self.table()),
            "others_refuse": dict(zip(("before", "after"), self.others_refuse(), strict=True)),
            "manifest": self.negotiation.manifest,
        }
        return dict(plain(content))


def _side(row: Mapping[Any, Any]) -> str:
    """A provision, and whether the text goes too far on it for the seat."""
    return (
        f"{row['provision']}, which goes"
        f" {'too far' if row['text'] > row['wants'] else 'not far enough'}"
    )


def explain_seat(negotiation: Negotiation, who: str) -> SeatExplanation:
    """Why the seat *who*, by iso3 or name, accepts or refuses; InputError where it has no seat."""
    ids = negotiation.talks.seats
    names = seats_named(ids, negotiation.talks.facts).names
    seat = next(
        (place for place, pair in enumerate(zip(ids, names, strict=True)) if who in pair), None
    )
    if seat is None:
        every = [*ids, *names]
        expected = f"one of {', '.join(ids)}{nearest(who, every) if isinstance(who, str) else ''}"
        raise InputError(f"explain: who is {literal(who)}, which has no seat, expected {expected}")
    return SeatExplanation(negotiation, ids[seat], names[seat], seat)
