"""The public facts behind a scenario: the tables of scenarios/data, with their provenance in
SOURCES.md, or a user's own in place of some of them.

Each table is checked against its declaration in columns.py: a value that is missing, repeated, of
another type or out of range is an InputError that names file, line and column. The functions here
are about the facts that ship (SHIPPED); those of a scenario are its `facts`. Every call returns a
new frame, which the caller may change.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sim.code_of_conduct import Provision, read_provisions
from sim.errors import InputError, nearest
from sim.facts import shipped
from sim.facts.columns import MEMBERSHIPS, NGO_TYPES, PROVISIONS, SECTORS
from sim.facts.facts import SHIPPED, UNION, Facts, OrganisationReport, Position, Registration
from sim.facts.own import read_facts
from sim.facts.shipped import DATA, SCENARIOS, label_of
from sim.facts.table import read_table
from sim.facts.ties import Ties, read_ties
from sim.reading import Section, file_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DATA",
    "LEFT_THE_UNION",
    "MEMBERSHIPS",
    "NGO_TYPES",
    "SCENARIOS",
    "SECTORS",
    "SHIPPED",
    "UNION",
    "Facts",
    "OrganisationReport",
    "Position",
    "Registration",
    "Ties",
    "data_sha256",
    "filled_cells",
    "frame_of",
    "home_names",
    "label_of",
    "members",
    "milestones",
    "organisation_kinds",
    "organisation_reports",
    "organisations",
    "other_homes",
    "positions",
    "provisions",
    "read_facts",
    "read_ties",
    "register_organisations",
    "register_states",
    "registrations",
    "sizes_of_tables",
    "sources",
    "state_names",
    "states",
]

LEFT_THE_UNION = {
    "GBR": date(2020, 1, 31)
}  # Agreement on the withdrawal of the United Kingdom, Official Journal L 29


def states() -> pd.DataFrame:
    """The 193 members of the United Nations: index iso3 in alphabetical order, columns as in
    states.csv.

    Empty cells are filled by the rule of `fill_empty_cells`; `filled_cells` lists them.
    """
    return SHIPPED.states()


def other_homes() -> pd.DataFrame:
    """Homes of firms and NGOs without a seat in the United Nations: index iso3, columns as in
    other_homes.csv.
    """
    return SHIPPED.other_homes()


def filled_cells() -> tuple[tuple[str, str], ...]:
    """(iso3, column) of each cell of `states` and `other_homes` for which no source has a value."""
    return SHIPPED.filled_cells()


def organisations() -> pd.DataFrame:
    """Firms and NGOs known by name, sorted by kind, home and size: columns as in
    organisations.csv.
    """
    return SHIPPED.organisations()


def frame_of(table: str) -> pd.DataFrame:
    """One of states, other_homes, organisations and positions as it stands in its file, empty cells
    as missing values: a start for facts of one's own.
    """
    return SHIPPED.frame_of(table)


def register_states() -> pd.DataFrame:
    """States on the register of the Paris Call: index iso3, columns not_yet_on (a date or None),
    signed_by, basis.
    """
    import pandas as pd

    table = "paris_call_states"
    rows = shipped.rows_of(table)
    for row in rows:
        if row["not_yet_on"] is not None and row["not_yet_on"] >= row["signed_by"]:
            where = f"{label_of(shipped.path_of(table))}, row {row['iso3']}, column not_yet_on"
            raise InputError(
                f"{where}: found {row['not_yet_on']}, expected a date before {row['signed_by']}"
                " (signed_by)"
            )
    SHIPPED.check_homes(table, state_names(), "of states.csv")
    return pd.DataFrame(rows).set_index("iso3").sort_index()


def register_organisations() -> pd.DataFrame:
    """Organisations on the register: columns kind, iso3, listed_by (a date), organisations (how
    many).
    """
    import pandas as pd

    table = "paris_call_organisations_by_country"
    SHIPPED.check_homes(table, home_names(), "of states.csv or other_homes.csv")
    return pd.DataFrame(shipped.rows_of(table))


def organisation_reports() -> tuple[OrganisationReport, ...]:
    """What reports say of firms and NGOs by name, whether they joined the Paris Call. No simulation
    reads it, and weights are fitted to the counts by country.
    """
    table = "paris_call_organisation_reports"
    names, label = organisation_kinds(), label_of(shipped.path_of(table))
    rows = tuple(OrganisationReport(**row) for row in shipped.rows_of(table))
    for row in rows:
        if row.name not in names:
            expected = f"a name of organisations.csv{nearest(row.name, names)}"
            raise InputError(
                f"{label}, row {row.name}, column name: found {row.name!r}, expected {expected}"
            )
        days = [each for each in (row.not_yet_on, row.signed_by) if each is not None]
        if not days or days != sorted(set(days)):
            raise InputError(
                f"{label}, row {row.name}: found {row.not_yet_on} as not_yet_on and {row.signed_by}"
                " as signed_by, expected one of the two, or both in this order"
            )
    return rows


@cache
def registrations() -> Mapping[str, Registration]:
    """Of whom it is known whether it really joined the Paris Call: iso3, or the name of a firm or
    NGO -> what is known. States that are not here never joined.
    """
    launch = milestones()["date"].min()
    states = (
        (str(iso3), row["signed_by"], row["not_yet_on"], "", "")
        for iso3, row in register_states().iterrows()
    )
    organisations = (
        (row.name, row.signed_by, row.not_yet_on, row.source, row.url)
        for row in organisation_reports()
    )
    return {
        who: Registration(by, after, by is not None and by <= launch, source, url)
        for who, by, after, source, url in (*states, *organisations)
    }


def milestones() -> pd.DataFrame:
    """Totals of the register by date: columns date, states, firms, ngos, public_authorities (may be
    NA), basis.
    """
    import pandas as pd

    frame = pd.DataFrame(shipped.rows_of("paris_call_milestones")).sort_values(
        "date", ignore_index=True
    )
    return frame.astype({"public_authorities": "Int64"})


def provisions(path: Path = DATA / "paris_call_provisions.csv") -> tuple[Provision, ...]:
    """The provisions in the table at *path*, which has the columns of the Paris Call's; by default
    its nine.
    """
    label = label_of(path)
    rows = read_table(path, label, PROVISIONS.columns, PROVISIONS.key)
    return read_provisions(
        [Section(row, f"{label}, row {row['principle']}") for row in rows], label
    )


def positions() -> tuple[Position, ...]:
    """Public statements of stakeholders, sorted by who and date. They appear beside an explanation;
    no simulation reads them.
    """
    return SHIPPED.positions()


def sources() -> str:
    """The provenance of every column, in Markdown: its source, its date of publication and its
    permitted uses.
    """
    return file_text(DATA / "SOURCES.md", label_of(DATA / "SOURCES.md"), "a document")


def sizes_of_tables() -> Mapping[str, int]:
    """Name -> number of rows of each table that `sources` tells of."""
    return shipped.sizes_of_tables()


def state_names() -> Mapping[str, str]:
    """iso3 -> name of each of the 193 states, in alphabetical order of iso3."""
    return SHIPPED.state_names


def home_names() -> Mapping[str, str]:
    """iso3 -> name of every home: the states, then the homes without a seat."""
    return SHIPPED.home_names


def organisation_kinds() -> Mapping[str, str]:
    """Name -> kind ("firm" or "ngo") of everybody in organisations.csv."""
    return SHIPPED.organisation_kinds


def members(group: str, where: str) -> tuple[str, ...]:
    """iso3 of the states in *group*, a column of states.csv; InputError beginning with *where* for
    another name.
    """
    return SHIPPED.members(group, where)


def data_sha256() -> str:
    """SHA-256 of the content of all tables that a simulation reads; line ends do not matter."""
    return SHIPPED.sha256
