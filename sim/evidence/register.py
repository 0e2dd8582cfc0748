"""The register of supporters, dated in rounds: the data of calibration (docs/odd.md, section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim import facts
from sim.kinds_and_statuses import KINDS
from sim.scenario import Scenario
from sim.scenario.calendar import round_of_count, round_of_event

NEVER = 32767


@dataclass(frozen=True)
class Milestones:
    """Totals on the public list at dated points, each read at the last round that ends on or before
    its date.
    """

    dates: tuple[date, ...]
    rounds: NDArray[np.int64]
    counts: Mapping[str, NDArray[np.int64]]  # kind -> one count per date


@dataclass(frozen=True)
class StateDates:
    """When each state signed, as far as is known: after the end of round `after`, by the end of
    round `by`.
    """

    # [193] last round known absent; the one before the first where nothing is known
    after: NDArray[np.int64]
    by: NDArray[np.int64]  # [193] first round known present; NEVER for those that have not signed


@dataclass(frozen=True)
class OrganisationCounts:
    """Firms or NGOs by home country and the round by which they were listed."""

    homes: tuple[str, ...]
    rounds: NDArray[np.int64]  # [K]
    listed: NDArray[np.int64]  # [homes, K] newly listed since the round before


@dataclass(frozen=True)
class Register:
    """All that is known, up to the end of `last_round`."""

    last_round: int
    milestones: Milestones
    states: StateDates
    organisations: Mapping[str, OrganisationCounts]  # "firm" and "ngo"

    @property
    def signed(self) -> NDArray[np.int64]:
        """[193] 1 for the states on the register."""
        return (self.states.by != NEVER).astype(np.int64)

    @property
    def last_signature(self) -> int:
        """The round by which the last of these states had signed."""
        return int(self.states.by[self.states.by != NEVER].max())


def register(scenario: Scenario, known_by: date | None = None) -> Register:
    """The register of the Paris Call in the rounds of *scenario*: all, or what was known by the day
    *known_by*.
    """
    launch, last_round = scenario.code.launch, scenario.last_round
    if known_by is not None:
        last_round = min(last_round, round_of_count(launch, known_by))
    return Register(
        last_round=last_round,
        milestones=milestones(launch, known_by),
        states=_within(state_dates(launch, scenario.first_round, known_by), last_round),
        organisations={
            kind: organisation_counts(kind, launch, last_round, known_by) for kind in KINDS[1:]
        },
    )


def _within(dates: StateDates, last_round: int) -> StateDates:
    """*dates* cut off at *last_round*: a state that signed by a later round counts as signed by its
    end, unless it is known to have signed after it.
    """
    by = np.maximum(np.minimum(dates.by, last_round), dates.after + 1)
    return StateDates(dates.after, np.where(dates.by == NEVER, NEVER, by))


def milestones(launch: date, known_by: date | None = None) -> Milestones:
    """The register's milestones, counted in rounds from *launch*."""
    table = facts.milestones()
    if known_by is not None:
        table = table[table["date"] <= known_by]
    dates = tuple(table["date"])
    return Milestones(
        dates=dates,
        rounds=np.array([round_of_count(launch, day) for day in dates]),
        counts={kind: table[f"{kind}s"].to_numpy(np.int64) for kind in KINDS},
    )


def state_dates(launch: date, first_round: int, known_by: date | None = None) -> StateDates:
    """The interval in which each of the 193 states signed, in rounds from *launch*; the first opens
    the campaign.
    """
    seats = facts.states().index
    after = np.full(len(seats), first_round - 1, dtype=np.int64)
    by = np.full(len(seats), NEVER, dtype=np.int64)
    for iso3, row in facts.register_states().iterrows():
        if known_by is not None and row["signed_by"] > known_by:
            continue
        seat = seats.get_loc(iso3)
        by[seat] = round_of_event(launch, row["signed_by"])
        if row["not_yet_on"] is not None:
            after[seat] = round_of_count(launch, row["not_yet_on"])
    return StateDates(after=after, by=by)


def organisation_counts(
    kind: str, launch: date, last_round: int, known_by: date | None = None
) -> OrganisationCounts:
    """Firms or NGOs (*kind*) by home, in rounds from *launch*; what is listed later counts at
    *last_round*.
    """
    table = facts.register_organisations()
    table = table[table["kind"] == kind]
    if known_by is not None:
        table = table[table["listed_by"] <= known_by]
    rounds = np.minimum([round_of_count(launch, day) for day in table["listed_by"]], last_round)
    counts = table.assign(round=rounds).pivot_table(
        index="iso3", columns="round", values="organisations", aggfunc="sum", fill_value=0
    )
    return OrganisationCounts(
        homes=tuple(counts.index),
        rounds=counts.columns.to_numpy(np.int64),
        listed=counts.to_numpy(np.int64),
    )


def shares_signed(dates: StateDates, marks: Milestones) -> NDArray[np.float64]:
    """[193, 1 + milestones] each state's share of having signed at the end of the campaign's eve
    and at each milestone.

    0 before its interval, 1 after it. Within their intervals states have the same share, such that
    the sum is the register's total: of the 51 states of launch day only 28 are known by name.
    """
    shares = np.zeros((len(dates.by), 1 + len(marks.rounds)))
    for k, (t, total) in enumerate(zip(marks.rounds, marks.counts["state"], strict=True), start=1):
        certain = dates.by <= t
        open_ = (dates.after < t) & (t < dates.by) & (dates.by != NEVER)
        shares[certain, k] = 1
        if open_.any():
            shares[open_, k] = min(max((total - certain.sum()) / open_.sum(), 0), 1)
    return np.maximum.accumulate(shares, axis=1)


def signed_as_rounds_begin(
    dates: StateDates, marks: Milestones, rounds: NDArray[np.int64]
) -> NDArray[np.float64]:
    """[193, T] share of having signed before each of *rounds*: `shares_signed`, and evenly between
    milestones; where an interval ends between two, from its end on in full.
    """
    shares = shares_signed(dates, marks)
    known_at = [rounds[0] - 1, *marks.rounds]
    before = rounds - 1
    signed = np.stack([np.interp(before, known_at, row) for row in shares])
    signed[before[None] <= dates.after[:, None]] = 0
    signed[before[None] >= dates.by[:, None]] = 1
    return np.maximum.accumulate(signed, axis=1)
