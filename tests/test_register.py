"""The data of a fit: the register in rounds, without those left out, and without facts published
too late.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from provenance import LAUNCH, provenance, published_before, published_late, revised_since
from scipy import sparse

from sim import InputError, facts, population
from sim.evidence.baselines import read_features
from sim.evidence.organisations import OrganisationEvidence, organisation_evidence
from sim.evidence.register import (
    NEVER,
    Milestones,
    OrganisationCounts,
    Register,
    StateDates,
    milestones,
    organisation_counts,
    register,
    signed_as_rounds_begin,
    state_dates,
)
from sim.evidence.states import own_organisations_listed, state_evidence
from sim.facts import shipped
from sim.facts.columns import TABLES
from sim.population import STRICT, STRUCTURAL, Measures
from sim.population.names import Texts
from sim.scenario import Scenario

SEATS = list(facts.states().index)


def seat(iso3: str) -> int:
    return SEATS.index(iso3)


def without(*out: str) -> np.ndarray:
    return ~np.isin(SEATS, out)


def numbers(part: Any) -> list[Any]:
    """All numbers of a piece of evidence, as arrays."""
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
        for a, b in zip(
            numbers(getattr(one, field.name)), numbers(getattr(other, field.name)), strict=True
        )
    )


@pytest.mark.parametrize(
    ("iso3", "after", "by"), [("USA", 34, 36), ("AUS", 0, 1), ("DEU", -11, 0), ("CHN", -11, NEVER)]
)
def test_dates_become_intervals_of_rounds(iso3: str, after: int, by: int) -> None:
    dates = state_dates(LAUNCH, first_round=-10)
    assert (dates.after[seat(iso3)], dates.by[seat(iso3)]) == (after, by)


def test_every_interval_holds_a_round() -> None:
    dates = state_dates(LAUNCH, first_round=-10)
    assert (dates.after < dates.by).all()
    assert (dates.by != NEVER).sum() == len(facts.register_states())


def test_milestones_are_read_at_the_last_round_that_has_ended() -> None:
    marks = milestones(LAUNCH)
    assert list(marks.rounds) == [0, 2, 10, 11, 12, 13, 19, 24, 25, 28, 36, 37, 62]
    assert marks.counts["state"][0] == 51


@pytest.mark.parametrize("kind", ["firm", "ngo"])
def test_no_organisation_of_the_register_is_lost(kind: str) -> None:
    table = facts.register_organisations()
    counts = organisation_counts(kind, LAUNCH, last_round=62)
    assert counts.listed.sum() == table.loc[table["kind"] == kind, "organisations"].sum()


def test_what_is_known_of_signatures_only_grows(full_register: Register) -> None:
    rounds = np.arange(-10, 63)
    known_signatures = signed_as_rounds_begin(
        full_register.states, full_register.milestones, rounds
    )
    assert (np.diff(known_signatures, axis=1) >= 0).all()
    assert known_signatures[seat("FRA"), -1] == 1
    assert known_signatures[seat("CHN")].max() == 0
    assert known_signatures[seat("USA"), rounds == 34] == 0


def test_a_signature_counts_in_full_from_the_round_after_its_interval() -> None:
    """Between two milestones, of which the later one has both states."""
    dates = StateDates(after=np.array([0, 0]), by=np.array([5, 12]))
    marks = Milestones((), np.array([0, 12]), {"state": np.array([0, 2])})
    known_signatures = signed_as_rounds_begin(dates, marks, np.arange(14))
    assert (known_signatures[:, 5] < 1).all()
    assert known_signatures[:, 6].tolist() == [1, pytest.approx(known_signatures[1, 7] * 5 / 6)]


def test_the_totals_of_what_is_known_by_state_are_those_of_the_register(
    states, full_register
) -> None:
    """Up to one state, which the public list has before its date of signing."""
    total = states.counts_for @ states.listed
    assert total == pytest.approx(full_register.milestones.counts["state"], abs=1.01)
    open_ = (
        full_register.milestones.rounds < 10
    )  # before all names were known the total alone decides
    assert total[open_] == pytest.approx(full_register.milestones.counts["state"][open_])


def test_the_register_known_by_a_day_holds_nothing_later(paris_call: Scenario) -> None:
    day = date(2019, 9, 16)
    then, later = register(paris_call, day), register(paris_call)
    assert then.last_round == 10
    assert max(then.milestones.dates) <= day
    signatories = then.states.by != NEVER
    assert then.states.by[signatories].max() <= 10
    dates_in_time = facts.register_states()["signed_by"] <= day
    assert signatories.sum() == dates_in_time.sum() < (later.states.by != NEVER).sum()
    for kind, counts in then.organisations.items():
        assert counts.rounds.max() <= 10
        assert (
            counts.listed.sum()
            == later.organisations[kind].listed[:, later.organisations[kind].rounds <= 10].sum()
        )


def test_a_state_sees_its_firms_and_ngos_from_the_month_after_they_were_listed() -> None:
    """2 of ten in round 0 and 4 more by round 4, evenly in between; one home has no seat."""
    dates = np.array([0, 4])
    counts = {
        "firm": OrganisationCounts(("FRA",), dates, np.array([[2, 3]])),
        "ngo": OrganisationCounts(("FRA", "XKX"), dates, np.array([[0, 1], [9, 9]])),
    }
    homes = np.array([1] * 10 + [-1] * 3, np.int32)
    listed = own_organisations_listed(counts, ("DEU", "FRA"), homes, np.arange(-2, 8))
    assert listed[0].tolist() == [0] * 10
    assert listed[1] == pytest.approx([0, 0, 0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.6, 0.6])


def test_a_state_never_sees_more_than_all_its_firms() -> None:
    counts = {"firm": OrganisationCounts(("FRA",), np.array([0]), np.array([[5]]))}
    listed = own_organisations_listed(counts, ("FRA",), np.array([0, 0], np.int32), np.arange(3))
    assert listed.tolist() == [[0, 1, 1]]


def with_another_past(full_register: Register, iso3: str) -> Register:
    """The register if *iso3*, which signed late, had signed in round 13 and had ten times the
    firms.
    """
    after, by = full_register.states.after.copy(), full_register.states.by.copy()
    at = full_register.milestones.rounds
    earlier = ((at >= 13) & (at < by[seat(iso3)])).astype(int)
    after[seat(iso3)], by[seat(iso3)] = 12, 13
    firms = full_register.organisations["firm"]
    entries = firms.listed.copy()
    home = firms.homes.index(iso3)
    entries[home] *= 10
    so_far = np.interp(at, firms.rounds, np.cumsum(9 * firms.listed[home]))
    counts = full_register.milestones.counts
    return replace(
        full_register,
        states=StateDates(after, by),
        milestones=replace(
            full_register.milestones,
            counts={**counts, "state": counts["state"] + earlier, "firm": counts["firm"] + so_far},
        ),
        organisations={**full_register.organisations, "firm": replace(firms, listed=entries)},
    )


def test_a_state_that_is_left_out_leaves_no_trace(
    paris_call: Scenario, full_register: Register
) -> None:
    keep = without("USA")
    other = with_another_past(full_register, "USA")
    assert same(
        state_evidence(paris_call, full_register, keep), state_evidence(paris_call, other, keep)
    )
    assert not same(state_evidence(paris_call, full_register), state_evidence(paris_call, other))


def test_firms_and_ngos_of_a_state_left_out_leave_no_trace(
    paris_call, full_register, organisations
):
    def evidence(of: Register, keep: np.ndarray | None) -> OrganisationEvidence:
        data = organisation_evidence(organisations.kind, paris_call, of, 0.5, keep)
        late = (
            data.total_rounds >= data.date_rounds[0]
        )  # before, homes share the total as they do later
        return replace(data, totals=data.totals[late], total_rounds=data.total_rounds[late])

    keep = without("USA")
    other = with_another_past(full_register, "USA")
    assert same(evidence(full_register, keep), evidence(other, keep))
    assert not same(evidence(full_register, None), evidence(other, None))


# When facts were published.

POPULATION_TABLES = ("states", "other_homes", "organisations")
REGISTER = ("paris_call_states", "paris_call_organisations_by_country", "paris_call_milestones")
COLUMNS = [
    (table, column)
    for table in POPULATION_TABLES
    for column in provenance()[table]
    if column != "iso3"
]
LATE = published_late(COLUMNS)

Probe = Callable[[Measures, Iterable[tuple[str, str]]], bool]


@pytest.fixture
def moves(monkeypatch: pytest.MonkeyPatch, paris_call: Scenario) -> Iterator[Probe]:
    """Whether other values in some columns change the population or the features of the
    baselines.
    """
    tables = {table: getattr(facts, table)() for table in POPULATION_TABLES}

    def probe(measures: Measures, columns: Iterable[tuple[str, str]]) -> bool:
        before = fingerprint(paris_call, measures)
        other = {table: frame.copy() for table, frame in tables.items()}
        for table, column in columns:
            other[table][column] = other_values(other[table], column)
        with monkeypatch.context() as patch:
            for table, frame in other.items():
                patch.setattr(*place_of(table), lambda *_, frame=frame: frame.copy())
            try:
                return fingerprint(paris_call, measures) != before
            except ValueError:  # a firm in a sector of NGOs: the column is read
                return True

    yield probe
    population._build.cache_clear()


def place_of(table: str) -> tuple[object, str]:
    """Where *table* is read: a method of Facts, or for the register a function of its own."""
    return (facts.Facts, table) if hasattr(facts.Facts, table) else (facts, table)


def other_values(table: pd.DataFrame, column: str) -> pd.Series:
    """Other values of *column*, of the same sort, in every row if possible."""
    values = table[column]
    if set(values) <= {0, 1}:
        return 1 - values
    if column == "size_rank":
        return table.groupby(["kind", "iso3"])[column].transform(
            lambda ranks: ranks.to_numpy()[::-1]
        )
    reverse = pd.Series(values.to_numpy()[::-1], index=values.index)
    if "kind" in table and column != "kind":
        reverse = table.groupby("kind")[column].transform(lambda of_kind: of_kind.to_numpy()[::-1])
    return reverse * 0.9 + 0.01 if pd.api.types.is_numeric_dtype(reverse) else reverse


def fingerprint(scenario: Scenario, measures: Measures) -> str:
    """A digest of everything in the population and in the features, built anew."""
    population._build.cache_clear()
    parts = [
        population.build(scenario.parameters, measures),
        read_features(scenario, measures),
    ]
    digest = hashlib.sha256()

    def add(part: object) -> None:
        if isinstance(part, Mapping):
            for name, each in part.items():
                digest.update(name.encode())
                add(each)
        elif sparse.issparse(part):
            for array in (part.indptr, part.indices, part.data):
                digest.update(array.tobytes())
        elif isinstance(part, np.ndarray):
            digest.update(part.tobytes())
        elif isinstance(part, Texts):
            add(tuple(part))
        else:
            digest.update(repr(part).encode())

    for part in parts:
        add(vars(part))
    return digest.hexdigest()


def test_the_late_columns_of_states_are_those_that_describe_2018_or_december() -> None:
    assert {column for _, column in LATE} == {
        "power_cinc_2018", "freedom_2018", "gci_2018", "internet_users_pct_2018", "gdp_usd_bn_2018",
        "population_m_2018", "unga_73_27_oewg", "unga_73_266_gge",
    }  # fmt: skip


def test_nothing_that_was_published_late_enters_a_strict_prediction(moves: Probe) -> None:
    assert not moves(STRICT, LATE)


def test_what_enters_late_is_found_out(moves: Probe) -> None:
    assert moves(STRUCTURAL, LATE)


@pytest.mark.parametrize("column", ["gci_2017", "budapest_party"])
def test_what_was_known_does_enter(moves: Probe, column: str) -> None:
    assert moves(STRICT, [("states", column)])
    assert published_late([("states", column)]) == []


def test_memberships_that_are_left_out_move_no_feature(
    paris_call: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = Measures(left_out=frozenset({"budapest_party"}))
    before = read_features(paris_call, without)
    table = facts.states()
    table["budapest_party"] = 1 - table["budapest_party"]
    monkeypatch.setattr(*place_of("states"), lambda *_: table.copy())
    population._build.cache_clear()
    after = read_features(paris_call, without)
    population._build.cache_clear()
    assert "budapest_party" not in before.covariate_names
    assert np.array_equal(before.static, after.static)
    assert np.array_equal(before.covariates, after.covariates)


@pytest.mark.long
@pytest.mark.parametrize(
    ("measures", "late"),
    [
        (STRICT, set()),
        (
            Measures(year=2018),
            {"freedom_2018", "internet_users_pct_2018", "gdp_usd_bn_2018", "population_m_2018"},
        ),
        (Measures(power="cinc"), {"power_cinc_2018"}),
    ],
)
def test_every_column_that_enters_is_known_and_the_late_ones_are_told(moves, measures, late):
    entering = [column for column in COLUMNS if moves(measures, [column])]
    assert {column for _, column in published_late(entering)} == late
    assert {
        ("states", "idealpoint_2017"),
        ("states", "gci_2017"),
        ("organisations", "sector"),
    } <= set(entering)


def test_the_register_is_not_even_read(
    monkeypatch: pytest.MonkeyPatch, paris_call: Scenario
) -> None:
    rows_of = shipped.rows_of.__wrapped__

    def guard(table: str) -> object:
        assert table not in REGISTER, f"{table} was read"
        return rows_of(table)

    monkeypatch.setattr(shipped, "rows_of", guard)
    monkeypatch.setattr(facts, "SHIPPED", facts.Facts())
    population._build.cache_clear()
    for measures in (STRICT, STRUCTURAL):
        fingerprint(paris_call, measures)
    with pytest.raises(AssertionError, match="paris_call_states was read"):
        facts.register_states()


def test_all_of_the_register_is_late() -> None:
    columns = [(table, column) for table in REGISTER for column in provenance()[table]]
    assert published_late(columns) == columns


def test_every_column_of_every_table_is_dated() -> None:
    for name, table in TABLES.items():
        optional = {column.name for column in table.columns if column.may_be_absent}
        assert {column.name for column in table.columns} - optional == set(provenance()[name])


def test_what_was_out_in_time_and_revised_since_is_named() -> None:
    revisions = {column for _, column in revised_since(COLUMNS)}
    assert revisions == {
        "idealpoint_2017",
        "internet_users_pct_2017",
        "gdp_usd_bn_2017",
        "population_m_2017",
    }


@pytest.mark.parametrize(
    ("day", "in_time"),
    [
        ("2018-11-12", True),
        ("2018-11-13", False),
        ("to 2018-11-12", True),
        ("July 2017", True),
        ("2017", True),
        ("November 2018", False),
        ("2018", False),
        ("2019", False),
        ("mid-2018, revised since", True),
        ("2019, revised since", False),
        ("after the launch", False),
        ("the date itself", False),
        ("", False),
        ("estimates of 2020 on votes cast before the launch", True),
        ("estimates of 2020", False),
    ],
)
def test_dates_of_publication_are_read_as_they_are_written(day: str, in_time: bool) -> None:
    assert published_before(day, LAUNCH) is in_time


@pytest.mark.parametrize(
    ("day", "use"), [("July 2019", "strict"), ("July 2017", "structural"), ("", "no")]
)
def test_neither_a_late_date_nor_another_use_is_let_pass(day: str, use: str) -> None:
    document = (
        f"## states.csv\n\n| column | source | refers to | published | use |\n| a | b | c | {day} |"
        f" {use} |\n"
    )
    assert not provenance(document)["states"]["a"].in_time


def test_a_row_without_all_its_cells_is_refused() -> None:
    with pytest.raises(
        InputError, match=r"SOURCES.md, states.csv, row a: found 2 cells, expected column, source"
    ):
        provenance("## states.csv\n\n| a | b |\n")


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        (
            ("states", "fredom_2017"),
            "states.csv: there is no column 'fredom_2017'; did you mean 'freedom_2017'",
        ),
        (("statse", "freedom_2017"), "there is no table 'statse'; did you mean 'states'"),
    ],
)
def test_a_column_without_provenance_is_refused(column: tuple[str, str], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        published_late([column])
