"""Tables of the literature and at random, for tests of negotiations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from sim.negotiation.files import load_talks
from sim.negotiation.procedure import Drafts, negotiate_drafts
from sim.negotiation.table import Table, table_at_reservation
from sim.negotiation.talks import Talks
from sim.negotiation.zone import Zone

GGE_2017 = load_talks("un-gge-2017")


def by(rule: str = "consensus", **others: Any) -> Talks:
    """The procedure of the talks of 2017, changed: rule, chair, settle, trades, amendments, and
    dials by name.
    """
    values = {key: others.pop(key) for key in list(others) if key in GGE_2017.values}
    amendments = others.pop("amendments", rule == "majority")
    return replace(
        GGE_2017, rule=rule, amendments=amendments, values={**GGE_2017.values, **values}, **others
    )


def at(
    ideals: Any, saliences: Any, reservation: Any, talks: Talks | None = None
) -> tuple[Table, Drafts]:
    """One table, with levels from 0 to 1, and its drafts."""
    arrays = [np.array([part], dtype=float) for part in (ideals, saliences, reservation)]
    provisions = arrays[0].shape[2]
    table = table_at_reservation(*arrays, np.zeros(provisions), np.ones(provisions))
    return table, negotiate_drafts(table, talks or by())


def random_tables(
    seats: int, provisions: int, replicates: int, slack: tuple[float, float], seed: int
) -> Table:
    """Tables whose zone of agreement has a slack within these bounds, as the convex programme has
    it.
    """
    stream = np.random.default_rng(seed)
    ideals = stream.random((replicates, seats, provisions))
    saliences = stream.dirichlet(np.ones(provisions), (replicates, seats))
    low, high = np.zeros(provisions), np.ones(provisions)
    table = table_at_reservation(ideals, saliences, np.zeros((replicates, seats)), low, high)
    offers = stream.random((replicates, provisions))
    reservation = table.utilities(offers) - stream.exponential(0.05, (replicates, seats))
    table = table_at_reservation(ideals, saliences, reservation, low, high)
    more = np.array([Zone(table, number).slack() for number in range(replicates)]) - stream.uniform(
        *slack, replicates
    )
    return table_at_reservation(ideals, saliences, reservation + more[:, None], low, high)
