"""The public facts behind a scenario: the tables of scenarios/data, with their provenance in SOURCES.md.

Each table is checked against its declaration in columns.py: a value that is missing, repeated, of another type or out
of range is an InputError that names file, line and column. Every call returns a new frame, which the caller may change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sim.code_of_conduct import Provision, read_provisions
from sim.errors import InputError, nearest
from sim.facts.columns import MEMBERSHIPS, NGO_TYPES, PROVISIONS, SECTORS, TABLES
from sim.facts.table import FilledTable, Row, fill_empty_cells, read_table
from sim.reading import Section, file_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DATA", "LEFT_THE_UNION", "MEMBERSHIPS", "NGO_TYPES", "SCENARIOS", "SECTORS", "UNION", "Position", "data_sha256",
    "filled_cells", "home_names", "label_of", "members", "milestones", "organisation_kinds", "organisations",
    "other_homes", "positions", "provisions", "register_organisations", "register_states", "rows_of", "sources",
    "state_names", "states",
]  # fmt: skip

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
DATA = SCENARIOS / "data"
UNION = "EU"  # makes statements for its members, and is not a stakeholder
LEFT_THE_UNION = {"GBR": date(2020, 1, 31)}  # Agreement on the withdrawal of the United Kingdom, Official Journal L 29


@dataclass(frozen=True)
class Position:
    """A public statement: who made it (iso3, a name of organisations.csv, or EU), when, its content in our words, and
    where it can be read.
    """

    who: str
    date: date
    said: str
    source: str
    url: str

    def as_json(self) -> dict[str, Any]:
        """The statement as `parley explain --json` writes it."""
        return asdict(self)


def states() -> pd.DataFrame:
    """The 193 members of the United Nations: index iso3 in alphabetical order, columns as in states.csv.

    Empty cells are filled by the rule of `fill_empty_cells`; `filled_cells` lists them.
    """
    return _frame(_filled_states()[0])


def other_homes() -> pd.DataFrame:
    """Homes of firms and NGOs without a seat in the United Nations: index iso3, columns as in other_homes.csv."""
    return _frame(_filled_other_homes()[0])


def filled_cells() -> tuple[tuple[str, str], ...]:
    """(iso3, column) of each cell of `states` and `other_homes` for which no source has a value."""
    return _filled_states()[1] + _filled_other_homes()[1]


def organisations() -> pd.DataFrame:
    """Firms and NGOs known by name, sorted by kind, home and size: columns as in organisations.csv."""
    import pandas as pd

    return pd.DataFrame(_organisations())


def register_states() -> pd.DataFrame:
    """States on the register of the Paris Call: index iso3, columns not_yet_on (a date or None), signed_by, basis."""
    table = "paris_call_states"
    for row in rows_of(table):
        if row["not_yet_on"] is not None and row["not_yet_on"] >= row["signed_by"]:
            where = f"{label_of(_path(table))}, row {row['iso3']}, column not_yet_on"
            raise InputError(
                f"{where}: found {row['not_yet_on']}, expected a date before {row['signed_by']} (signed_by)"
            )
    _check_homes(table, state_names(), "of states.csv")
    return _frame(rows_of(table))


def register_organisations() -> pd.DataFrame:
    """Organisations on the register: columns kind, iso3, listed_by (a date), organisations (how many)."""
    import pandas as pd

    table = "paris_call_organisations_by_country"
    _check_homes(table, home_names(), "of states.csv or other_homes.csv")
    return pd.DataFrame(rows_of(table))


def milestones() -> pd.DataFrame:
    """Totals of the register by date: columns date, states, firms, ngos, public_authorities (may be NA), basis."""
    import pandas as pd

    frame = pd.DataFrame(rows_of("paris_call_milestones")).sort_values("date", ignore_index=True)
    return frame.astype({"public_authorities": "Int64"})


def provisions(path: Path = DATA / "paris_call_provisions.csv") -> tuple[Provision, ...]:
    """The provisions in the table at *path*, which has the columns of the Paris Call's; by default its nine."""
    label = label_of(path)
    rows = read_table(path, label, PROVISIONS.columns, PROVISIONS.key)
    return read_provisions([Section(row, f"{label}, row {row['principle']}") for row in rows], label)


def positions() -> tuple[Position, ...]:
    """Public statements of stakeholders, sorted by who and date. They appear beside an explanation; no simulation reads
    them.
    """
    table = "positions"
    speakers = [*state_names(), *organisation_kinds(), UNION]
    for row in rows_of(table):
        if row["who"] not in speakers:
            where = f"{label_of(_path(table))}, row {row['who']} {row['date']}, column who"
            expected = f"the iso3 of a state, a name of organisations.csv, or {UNION}{nearest(row['who'], speakers)}"
            raise InputError(f"{where}: found {row['who']!r}, expected {expected}")
    statements = (Position(**row) for row in rows_of(table))
    return tuple(sorted(statements, key=lambda position: (position.who, position.date)))


def label_of(path: Path) -> str:
    """The name of the file *path* in messages: relative to the folder of scenarios/ where it ships, else as it is."""
    return path.relative_to(SCENARIOS.parent).as_posix() if path.is_relative_to(SCENARIOS) else str(path)


def sources() -> str:
    """The provenance of every column, in Markdown: its source, its date of publication and its permitted uses."""
    return file_text(DATA / "SOURCES.md", label_of(DATA / "SOURCES.md"), "a document")


@lru_cache(maxsize=1)
def state_names() -> Mapping[str, str]:
    """iso3 -> name of each of the 193 states, in alphabetical order of iso3."""
    return MappingProxyType(dict(sorted((row["iso3"], row["name"]) for row in rows_of("states"))))


@lru_cache(maxsize=1)
def home_names() -> Mapping[str, str]:
    """iso3 -> name of every home: the states, then the homes without a seat."""
    return MappingProxyType({**state_names(), **{row["iso3"]: row["name"] for row in rows_of("other_homes")}})


@lru_cache(maxsize=1)
def organisation_kinds() -> Mapping[str, str]:
    """Name -> kind ("firm" or "ngo") of everybody in organisations.csv."""
    return MappingProxyType({row["name"]: row["kind"] for row in _organisations()})


def members(group: str, where: str) -> tuple[str, ...]:
    """iso3 of the states in *group*, a column of states.csv; InputError beginning with *where* for another name."""
    if group not in MEMBERSHIPS:
        expected = f"one of {', '.join(MEMBERSHIPS)}{nearest(group, MEMBERSHIPS)}"
        raise InputError(f"{where}: there is no group {group!r}, expected {expected}")
    return tuple(sorted(row["iso3"] for row in rows_of("states") if row[group]))


@lru_cache(maxsize=1)
def data_sha256() -> str:
    """SHA-256 of the content of all tables that a simulation reads; line ends do not matter."""
    digest = hashlib.sha256()
    for table in sorted(name for name, declaration in TABLES.items() if declaration.simulated):
        content = file_text(_path(table), label_of(_path(table)), "a table in CSV")
        digest.update("\n".join([table, *content.splitlines(), ""]).encode())
    return digest.hexdigest()


@lru_cache(maxsize=len(TABLES))
def rows_of(table: str) -> tuple[Row, ...]:
    """The rows of *table*, one of TABLES, as they stand in its file: typed, empty cells as None. Do not change them."""
    return read_table(_path(table), label_of(_path(table)), TABLES[table].columns, TABLES[table].key)


def _path(table: str) -> Path:
    return DATA / f"{table}.csv"


def _frame(rows: tuple[Row, ...]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows).set_index("iso3").sort_index()


@lru_cache(maxsize=1)
def _filled_states() -> FilledTable:
    return fill_empty_cells(rows_of("states"), rows_of("states"))


@lru_cache(maxsize=1)
def _filled_other_homes() -> FilledTable:
    return fill_empty_cells(rows_of("other_homes"), rows_of("states"))


@lru_cache(maxsize=1)
def _organisations() -> tuple[Row, ...]:
    """The rows of organisations.csv, sorted by kind, home and rank, after the checks that concern several cells."""
    table = "organisations"
    _check_homes(table, home_names(), "of states.csv or other_homes.csv")
    rows = sorted(rows_of(table), key=lambda row: (row["kind"], row["iso3"], row["size_rank"]))
    for row in rows:
        expected = SECTORS if row["kind"] == "firm" else NGO_TYPES
        if row["sector"] not in expected:
            where = f"{label_of(_path(table))}, row {row['name']}, column sector"
            raise InputError(f"{where}: found {row['sector']!r}, expected one of {', '.join(expected)}")
    for (kind, iso3), group in groupby(rows, key=lambda row: (row["kind"], row["iso3"])):
        ranks = [row["size_rank"] for row in group]
        if ranks != list(range(1, len(ranks) + 1)):
            where = f"{label_of(_path(table))}, {kind}s of {iso3}, column size_rank"
            raise InputError(f"{where}: found {', '.join(map(str, ranks))}, expected each from 1 to {len(ranks)} once")
    return tuple(rows)


def _check_homes(table: str, homes: Mapping[str, str], expected: str) -> None:
    """InputError where a row of *table* names a home that is not among *homes*."""
    for row in rows_of(table):
        if row["iso3"] not in homes:
            where = f"{label_of(_path(table))}, column iso3"
            raise InputError(
                f"{where}: there is no home {row['iso3']!r}, expected one {expected}{nearest(row['iso3'], homes)}"
            )
