"""Provenance: when each column of the facts was published (SOURCES.md), and whether a prediction
may use it.

A column is in time for a strict prediction if its row there says *strict* and its date of
publication is no later than the day of the launch. Both are checked: the word is our own, the date
can be looked up. Where the row says that figures were revised since, or are estimates of a later
year, the column was published in time but its numbers may have changed: `revised_since` lists these
columns, and a report of a strict prediction has to name them.

That such columns count as in time was chosen with knowledge of the register. Without the ideal
points of votes and the figures of the World Bank no prediction would be possible.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sim import facts
from sim.errors import InputError, nearest

LAUNCH = date(2018, 11, 12)
STRICT_USE = "strict"
TITLE = re.compile(r"^## (?P<table>\w+)\.csv$", re.MULTILINE)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
YEAR = re.compile(r"\b(19|20)\d{2}\b")
MIDDLE = "mid-2018"
BEFORE_LAUNCH = "before the launch"
REVISED = ("revised since", "estimates of")
MONTHS = tuple(month_name)[1:]


@dataclass(frozen=True)
class Provenance:
    """A column's row in SOURCES.md, each cell as it stands there."""

    source: str
    refers_to: str
    published: str
    use: str

    @property
    def in_time(self) -> bool:
        """Whether a strict prediction may use the column."""
        return self.use == STRICT_USE and published_before(self.published, LAUNCH)

    @property
    def revised(self) -> bool:
        """Whether the numbers may have been estimated or revised after the column was published."""
        return any(word in self.published for word in REVISED)


def provenance(document: str | None = None) -> Mapping[str, Mapping[str, Provenance]]:
    """Table -> column -> its row in *document*, by default SOURCES.md; InputError for a row that
    has not five cells.
    """
    text = facts.sources() if document is None else document
    parts = TITLE.split(text)
    return {table: _rows(table, body) for table, body in zip(parts[1::2], parts[2::2], strict=True)}


def published_late(columns: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of *columns*, as (table, column), that a strict prediction must not know.

    InputError for one that SOURCES.md does not list.
    """
    return [column for column in columns if not _row_of(*column).in_time]


def revised_since(columns: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of *columns*, as (table, column), whose figures may have been estimated or revised
    after the launch.
    """
    return [column for column in columns if _row_of(*column).revised]


def published_before(published: str, day: date) -> bool:
    """Whether the cell *published* gives a time before the end of *day*.

    A month and a year alone count as their last day; a year with "revised since" counts as its
    first day, as the day of publication is not known then. A dash gives no time and counts as in
    time: it stands beside our own reading of the text. Anything else is late.
    """
    if BEFORE_LAUNCH in published or published == "–":
        return True
    if MIDDLE in published:
        return date(LAUNCH.year, 7, 31) <= day
    days = [date.fromisoformat(text) for text in DAY.findall(published)]
    if days:
        return max(days) <= day
    years = [int(match.group()) for match in YEAR.finditer(published)]
    if not years:
        return False
    month = next((number for number, name in enumerate(MONTHS, start=1) if name in published), None)
    if month is not None:
        return date(max(years), month, monthrange(max(years), month)[1]) <= day
    return (date(max(years), 1, 1) if REVISED[0] in published else date(max(years), 12, 31)) <= day


def _rows(table: str, body: str) -> dict[str, Provenance]:
    rows = {}
    for line in (line for line in body.splitlines() if line.startswith("| ")):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 5:
            where = f"SOURCES.md, {table}.csv, row {cells[0]}"
            raise InputError(
                f"{where}: found {len(cells)} cells, expected column, source, refers to,"
                " published, use"
            )
        rows[cells[0]] = Provenance(*cells[1:])
    rows.pop("column", None)
    return rows


def _row_of(table: str, column: str) -> Provenance:
    tables = provenance()
    if table not in tables:
        raise InputError(f"SOURCES.md: there is no table {table!r}{nearest(table, tables)}")
    if column not in tables[table]:
        raise InputError(
            f"SOURCES.md, {table}.csv: there is no column"
            f" {column!r}{nearest(column, tables[table])}"
        )
    return tables[table][column]
