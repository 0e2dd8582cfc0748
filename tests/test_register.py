"""The register in rounds, and that whoever is left out of a fit leaves no trace in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from sim import facts
from sim.evidence import register as targets
from sim.evidence.organisations.data import OrganisationEvidence, organisation_evidence
from sim.evidence.register import NEVER, Register, StateDates
from sim.evidence.states.data import StateEvidence, state_evidence
from sim.scenario import Scenario

LAUNCH = date(2018, 11, 12)
SEATS = list(facts.states().index)


def seat(iso3: str) -> int:
    return SEATS.index(iso3)


def without(*out: str) -> np.ndarray:
    return ~np.isin(SEATS, out)


def numbers(part: Any) -> list[Any]:
    """Everything that evidence holds, in arrays."""
    if isinstance(part, np.ndarray):
        return [part]
    if isinstance(part, Mapping):
        return [np.array(list(part.values()))]
    if hasattr(part, "toarray"):
        return [part.toarray()]
    if isinstance(part, tuple):
        return [number for each in part for number in numbers(each)]
    return [np.array(part)]


def same(one: Any, other: Any) -> bool:
    """Whether two pieces of evidence hold the same."""
    return all(
        np.allclose(a, b, rtol=0, atol=1e-9) if a.dtype.kind in "fiu" else (a == b).all()
        for field in fields(one)
        for a, b in zip(numbers(getattr(one, field.name)), numbers(getattr(other, field.name)), strict=True)
    )


@pytest.mark.parametrize(
    ("iso3", "after", "by"), [("USA", 34, 36), ("AUS", 0, 1), ("DEU", -11, 0), ("CHN", -11, targets.NEVER)]
)
def test_dates_become_intervals_of_rounds(iso3: str, after: int, by: int) -> None:
    dates = targets.state_dates(LAUNCH, first_round=-10)
    assert (dates.after[seat(iso3)], dates.by[seat(iso3)]) == (after, by)


def test_every_interval_holds_a_round() -> None:
    dates = targets.state_dates(LAUNCH, first_round=-10)
    assert (dates.after < dates.by).all()
    assert (dates.by != targets.NEVER).sum() == len(facts.register_states())


def test_milestones_are_read_at_the_last_round_that_has_ended() -> None:
    milestones = targets.milestones(LAUNCH)
    assert list(milestones.rounds) == [0, 2, 10, 11, 12, 13, 19, 24, 25, 28, 36, 37, 62]
    assert milestones.counts["state"][0] == 51


@pytest.mark.parametrize("kind", ["firm", "ngo"])
def test_no_organisation_of_the_register_is_lost(kind: str) -> None:
    register = facts.register_organisations()
    counted = targets.organisation_counts(kind, LAUNCH, last_round=62)
    assert counted.listed.sum() == register.loc[register["kind"] == kind, "organisations"].sum()


def test_what_is_known_of_signatures_only_grows(known: Register) -> None:
    rounds = np.arange(-10, 63)
    signed = targets.signed_as_rounds_begin(known.states, known.milestones, rounds)
    assert (np.diff(signed, axis=1) >= 0).all()
    assert signed[seat("FRA"), -1] == 1
    assert signed[seat("CHN")].max() == 0
    assert signed[seat("USA"), rounds == 34] == 0


def test_the_totals_of_what_is_known_by_state_are_those_of_the_register(states: StateEvidence, known: Register) -> None:
    """But for a state or two that the public list had when the names say that it could not."""
    total = states.counts_for @ states.listed
    assert total == pytest.approx(known.milestones.counts["state"], abs=1.01)
    open_ = known.milestones.rounds < 10  # before all names were known the total alone decides
    assert total[open_] == pytest.approx(known.milestones.counts["state"][open_])


def test_the_register_known_by_a_day_holds_nothing_later(paris_call: Scenario) -> None:
    day = date(2019, 9, 16)
    then, later = targets.register(paris_call, day), targets.register(paris_call)
    assert then.last_round == 10
    assert max(then.milestones.dates) <= day
    signed = then.states.by != NEVER
    assert then.states.by[signed].max() <= 10
    listed = facts.register_states()["signed_by"] <= day
    assert signed.sum() == listed.sum() < (later.states.by != NEVER).sum()
    for kind, counts in then.organisations.items():
        assert counts.rounds.max() <= 10
        assert counts.listed.sum() == later.organisations[kind].listed[:, later.organisations[kind].rounds <= 10].sum()


def with_another_past(known: Register, iso3: str) -> Register:
    """The register, had *iso3* (of those that signed late) signed in round 13, and had it ten times the firms."""
    after, by = known.states.after.copy(), known.states.by.copy()
    at = known.milestones.rounds
    earlier = ((at >= 13) & (at < by[seat(iso3)])).astype(int)
    after[seat(iso3)], by[seat(iso3)] = 12, 13
    firms = known.organisations["firm"]
    listed = firms.listed.copy()
    home = firms.homes.index(iso3)
    listed[home] *= 10
    so_far = np.interp(at, firms.rounds, np.cumsum(9 * firms.listed[home]))
    counts = known.milestones.counts
    return replace(
        known,
        states=StateDates(after, by),
        milestones=replace(
            known.milestones, counts={**counts, "state": counts["state"] + earlier, "firm": counts["firm"] + so_far}
        ),
        organisations={**known.organisations, "firm": replace(firms, listed=listed)},
    )


def test_a_state_that_is_left_out_leaves_no_trace(paris_call: Scenario, known: Register) -> None:
    keep = without("USA")
    other = with_another_past(known, "USA")
    assert same(state_evidence(paris_call, known, keep), state_evidence(paris_call, other, keep))
    assert not same(state_evidence(paris_call, known), state_evidence(paris_call, other))


def test_firms_and_ngos_of_a_state_left_out_leave_no_trace(
    paris_call: Scenario, known: Register, organisations: OrganisationEvidence
) -> None:
    def evidence(register: Register, keep: np.ndarray | None) -> OrganisationEvidence:
        found = organisation_evidence(organisations.kind, paris_call, register, 0.5, keep)
        listed_late = found.total_rounds >= found.date_rounds[0]  # before, homes share the total as they do later
        return replace(found, totals=found.totals[listed_late], total_rounds=found.total_rounds[listed_late])

    keep = without("USA")
    other = with_another_past(known, "USA")
    assert same(evidence(known, keep), evidence(other, keep))
    assert not same(evidence(known, None), evidence(other, None))
