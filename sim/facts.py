"""The public facts behind a world, from scenarios/data; SOURCES.md there says where each column comes from and when it was published.

Every table is read against its declaration below: whatever is missing, twice, of another type or out of range is an InputError that
names the file, the line and the column. Tables come back as pandas frames of their own, free to be changed by whoever asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from statistics import median
from types import MappingProxyType
from typing import TYPE_CHECKING

from sim.errors import InputError, nearest
from sim.section import Section
from sim.table import Column, Row, day, file_text, flag, iso3, number, one_of, read_table, text, whole
from sim.text import Provision, read_provisions

if TYPE_CHECKING:
    import pandas as pd

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
DATA = SCENARIOS / "data"

MEMBERSHIPS = (
    "eu", "nato", "oecd", "council_of_europe", "francophonie", "commonwealth", "african_union", "oas", "asean", "sco", "csto", "cis",
    "brics", "g7", "g20", "five_eyes", "freedom_online_coalition", "budapest_party",
)
SECTORS = ("platform", "software", "security", "telecom", "finance", "utility", "defence", "industry", "services")
NGO_TYPES = ("advocacy", "association", "university", "think tank")

_VOTES = ("yes", "no", "abstain", "absent")


def _figures(year: int) -> tuple[Column, ...]:
    return (
        number(f"internet_users_pct_{year}", 0, 100, may_be_empty=True),
        number(f"gdp_usd_bn_{year}", 0.001, 1e6, may_be_empty=True),
        number(f"population_m_{year}", 0.0001, 1e4),
    )


_HOME = (
    iso3(), text("name"), text("region"), number("freedom_2017", -4, 100, may_be_empty=True), *_figures(2017),
    whole("sponsored_operations_to_2018", 0, 10_000),
)
_COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "states": (
        *_HOME, number("idealpoint_2017", -10, 10), number("gci_2017", 0, 1), number("power_cinc_2018", 0, 1),
        *(flag(name) for name in MEMBERSHIPS), number("freedom_2018", -4, 100), number("gci_2018", 0, 1, may_be_empty=True),
        *_figures(2018), one_of("unga_73_27_oewg", *_VOTES), one_of("unga_73_266_gge", *_VOTES),
    ),
    "other_homes": (*_HOME, *(flag(name) for name in ("council_of_europe", "freedom_online_coalition", "budapest_party"))),
    "organisations": (
        text("name"), one_of("kind", "firm", "ngo"), iso3(), one_of("sector", *SECTORS, *NGO_TYPES), flag("consumer_facing"),
        whole("size_rank", 1, 1000),
    ),
    "paris_call_states": (iso3(), day("not_yet_on", may_be_empty=True), day("signed_by"), text("basis")),
    "paris_call_organisations_by_country": (
        one_of("kind", "firm", "ngo", "public_authority"), iso3(), day("listed_by"), whole("organisations", 1, 10_000)),
    "paris_call_milestones": (
        day("date"), whole("states", 0, 193), whole("firms", 0, 100_000), whole("ngos", 0, 100_000),
        whole("public_authorities", 0, 100_000, may_be_empty=True), text("basis"),
    ),
    "paris_call_provisions": (
        whole("principle", 1, 99), text("short_name"), text("binds"), *(number(name, -1, 1) for name in (
            "restraint", "burden", "position", "ambition")), text("breaking_it_is"),
    ),
}
_KEYS: Mapping[str, tuple[str, ...]] = {
    "states": ("iso3",), "other_homes": ("iso3",), "organisations": ("name",), "paris_call_states": ("iso3",),
    "paris_call_organisations_by_country": ("kind", "iso3", "listed_by"), "paris_call_milestones": ("date",),
    "paris_call_provisions": ("principle",),
}


def states() -> pd.DataFrame:
    """The 193 members of the United Nations: index iso3 in alphabetical order, columns as in states.csv, empty cells filled (see `filled_cells`)."""
    return _frame(_filled_states()[0])


def other_homes() -> pd.DataFrame:
    """Homes of firms and NGOs without a seat in the United Nations: index iso3, columns as in other_homes.csv, empty cells filled."""
    return _frame(_filled_other_homes()[0])


def filled_cells() -> tuple[tuple[str, str], ...]:
    """(iso3, column) of each cell that no source gives and the rule in SOURCES.md fills."""
    return _filled_states()[1] + _filled_other_homes()[1]


def organisations() -> pd.DataFrame:
    """Firms and NGOs that appear under their own names: one row each, by kind, home and size, columns as in organisations.csv."""
    import pandas as pd

    return pd.DataFrame(_organisations())


def register_states() -> pd.DataFrame:
    """The states on the register of the Paris Call: index iso3, columns not_yet_on (a date or None), signed_by (a date), basis."""
    rows = rows_of("paris_call_states")
    for row in rows:
        if row["not_yet_on"] is not None and row["not_yet_on"] >= row["signed_by"]:
            raise InputError(
                f"{_label('paris_call_states')}, row {row['iso3']}, column not_yet_on: found {row['not_yet_on']}, "
                f"expected a date before signed_by, {row['signed_by']}")
    _check_countries("paris_call_states", seats_only=True)
    return _frame(rows)


def register_organisations() -> pd.DataFrame:
    """Firms, NGOs and public authorities on the register: columns kind, iso3, listed_by (a date), organisations (how many)."""
    import pandas as pd

    _check_countries("paris_call_organisations_by_country")
    return pd.DataFrame(rows_of("paris_call_organisations_by_country"))


def milestones() -> pd.DataFrame:
    """Totals on the register at dated points, in the order of dates: columns date, states, firms, ngos, public_authorities, basis."""
    import pandas as pd

    rows = rows_of("paris_call_milestones")
    frame = pd.DataFrame(sorted(rows, key=lambda row: row["date"]))
    return frame.astype({"public_authorities": "Int64"})


def provisions(path: Path = DATA / "paris_call_provisions.csv") -> tuple[Provision, ...]:
    """The provisions in the table at *path*, which has the columns of the Paris Call's; by default its nine principles."""
    table, label = "paris_call_provisions", label_of(path)
    rows = read_table(path, label, _COLUMNS[table], _KEYS[table])
    return read_provisions([Section(row, f"{label}, row {row['principle']}") for row in rows], label)


def label_of(path: Path) -> str:
    """How messages call the file *path*: from scenarios/ on where it is ours, as it was given where it is the user's."""
    return path.relative_to(SCENARIOS.parent).as_posix() if path.is_relative_to(SCENARIOS) else str(path)


@lru_cache(maxsize=1)
def home_names() -> Mapping[str, str]:
    """iso3 -> name of every home: the 193 states, then the homes without a seat."""
    return MappingProxyType({row["iso3"]: row["name"] for table in ("states", "other_homes") for row in rows_of(table)})


@lru_cache(maxsize=1)
def state_names() -> Mapping[str, str]:
    """iso3 -> name of each of the 193 states, in alphabetical order of iso3."""
    return MappingProxyType({row["iso3"]: row["name"] for row in sorted(rows_of("states"), key=lambda row: row["iso3"])})


@lru_cache(maxsize=1)
def organisation_kinds() -> Mapping[str, str]:
    """Name -> kind ("firm" or "ngo") of everybody in organisations.csv."""
    return MappingProxyType({row["name"]: row["kind"] for row in _organisations()})


def members(group: str, where: str) -> tuple[str, ...]:
    """iso3 of the states in *group*, a column of states.csv that lists a membership; InputError beginning with *where* for another name."""
    if group not in MEMBERSHIPS:
        raise InputError(f"{where}: there is no group {group!r}, expected one of {', '.join(MEMBERSHIPS)}{nearest(group, MEMBERSHIPS)}")
    return tuple(sorted(row["iso3"] for row in rows_of("states") if row[group] == 1))


@lru_cache(maxsize=1)
def data_sha256() -> str:
    """One hash over the content of all tables, whatever the line ends of the computer."""
    digest = hashlib.sha256()
    for table in sorted(_COLUMNS):
        content = file_text(_path(table), _label(table), "a table in CSV")
        digest.update("\n".join([table, *content.splitlines(), ""]).encode())
    return digest.hexdigest()


@lru_cache(maxsize=len(_COLUMNS))
def rows_of(table: str) -> tuple[Row, ...]:
    """The rows of *table* as they stand in its file, typed, empty cells as None."""
    return read_table(_path(table), _label(table), _COLUMNS[table], _KEYS[table])


def _path(table: str) -> Path:
    return DATA / f"{table}.csv"


def _label(table: str) -> str:
    return label_of(_path(table))


def _frame(rows: tuple[Row, ...]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows).set_index("iso3").sort_index()


@lru_cache(maxsize=1)
def _organisations() -> tuple[Row, ...]:
    _check_countries("organisations")
    rows = sorted(rows_of("organisations"), key=lambda row: (row["kind"], row["iso3"], row["size_rank"]))
    for row, following in zip(rows, rows[1:], strict=False):
        if all(row[key] == following[key] for key in ("kind", "iso3", "size_rank")):
            raise InputError(
                f"{_label('organisations')}, row {following['name']}, column size_rank: found {row['size_rank']} a second time, "
                f"expected each rank once for a kind and home")
        _check_sector(row)
    return tuple(rows)


def _check_sector(row: Row) -> None:
    expected = SECTORS if row["kind"] == "firm" else NGO_TYPES
    if row["sector"] not in expected:
        raise InputError(
            f"{_label('organisations')}, row {row['name']}, column sector: found {row['sector']!r}, expected one of {', '.join(expected)}")


def _check_countries(table: str, seats_only: bool = False) -> None:
    known = state_names() if seats_only else home_names()
    for row in rows_of(table):
        if row["iso3"] not in known:
            raise InputError(
                f"{_label(table)}, column iso3: there is no home {row['iso3']!r}, expected one of states.csv"
                f"{'' if seats_only else ' or other_homes.csv'}{nearest(row['iso3'], known)}")


@lru_cache(maxsize=1)
def _filled_states() -> tuple[tuple[Row, ...], tuple[tuple[str, str], ...]]:
    return _filled(rows_of("states"), rows_of("states"))


@lru_cache(maxsize=1)
def _filled_other_homes() -> tuple[tuple[Row, ...], tuple[tuple[str, str], ...]]:
    return _filled(rows_of("other_homes"), rows_of("states"))


def _filled(rows: tuple[Row, ...], among: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[tuple[str, str], ...]]:
    """*rows* without empty cells, and which were empty. An empty cell gets the median of the states of its region, of the world where the region
    has none; GDP is filled per head, since a region's median says nothing about size."""
    filled, cells = [], []
    for row in rows:
        full = dict(row)
        for column in row:
            if row[column] is None:
                full[column] = _by_the_rule(row, column, among)
                cells.append((row["iso3"], column))
        filled.append(full)
    return tuple(filled), tuple(cells)


def _by_the_rule(row: Row, column: str, among: tuple[Row, ...]) -> float:
    def per(other: Row) -> float:
        return other[f"population_m_{column[-4:]}"] if column.startswith("gdp_usd_bn") else 1.0

    known = [other for other in among if other[column] is not None]
    neighbours = [other for other in known if other["region"] == row["region"]] or known
    return round(median(other[column] / per(other) for other in neighbours) * per(row), 3)
