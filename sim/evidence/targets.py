"""The register of supporters in rounds: what calibration has to explain (docs/odd.md, section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim import facts
from sim.calendar import round_of_count, round_of_event
from sim.stakeholders import KINDS

NEVER = 32767


@dataclass(frozen=True)
class Milestones:
    """Totals on the public list at dated points, each read at the last round that ends on or before its date."""

    dates: tuple[date, ...]
    rounds: NDArray[np.int64]
    counts: dict[str, NDArray[np.int64]]  # kind -> one count per date


@dataclass(frozen=True)
class StateDates:
    """When each state signed, as far as is known: after the end of round `after`, by the end of round `by`."""

    after: NDArray[np.int64]  # [193] last round known absent; the one before the first where nothing is known
    by: NDArray[np.int64]  # [193] first round known present; NEVER for those that have not signed


@dataclass(frozen=True)
class OrganisationCounts:
    """Firms or NGOs by home country and the round by which they were listed."""

    homes: tuple[str, ...]
    rounds: NDArray[np.int64]  # [K]
    listed: NDArray[np.int64]  # [homes, K] newly listed since the round before


def milestones(launch: date) -> Milestones:
    """The register's milestones, counted in rounds from *launch*."""
    table = facts.milestones()
    dates = tuple(table["date"])
    return Milestones(
        dates=dates,
        rounds=np.array([round_of_count(launch, day) for day in dates]),
        counts={kind: table[f"{kind}s"].to_numpy(np.int64) for kind in KINDS},
    )


def state_dates(launch: date, first_round: int) -> StateDates:
    """The interval in which each of the 193 states signed, in rounds from *launch*; the first opens the campaign."""
    register = facts.register_states()
    seats = facts.states().index
    after = np.full(len(seats), first_round - 1, dtype=np.int64)
    by = np.full(len(seats), NEVER, dtype=np.int64)
    for iso3, row in register.iterrows():
        seat = seats.get_loc(iso3)
        by[seat] = round_of_event(launch, row["signed_by"])
        if row["not_yet_on"] is not None:
            after[seat] = round_of_count(launch, row["not_yet_on"])
    return StateDates(after=after, by=by)


def organisation_counts(kind: str, launch: date, last_round: int) -> OrganisationCounts:
    """Firms or NGOs (*kind*) by home, in rounds from *launch*; what is listed later counts at *last_round*."""
    register = facts.register_organisations()
    register = register[register["kind"] == kind]
    rounds = np.minimum([round_of_count(launch, day) for day in register["listed_by"]], last_round)
    table = register.assign(round=rounds).pivot_table(
        index="iso3", columns="round", values="organisations", aggfunc="sum", fill_value=0
    )
    return OrganisationCounts(
        homes=tuple(table.index), rounds=table.columns.to_numpy(np.int64), listed=table.to_numpy(np.int64)
    )
