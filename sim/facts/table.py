"""Tables in CSV: each column is declared with what may stand in it, anything else is an InputError; empty cells are
filled by one rule.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from sim.errors import InputError, nearest
from sim.reading import as_date, file_text

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column: its name, what a cell holds (as a message says it), how to read a cell (None where it is wrong).

    `meant` is the clause that ends a message, and says what a wrong cell may have been meant to hold.
    """

    name: str
    expected: str
    read: Callable[[str], Any]
    may_be_empty: bool = False
    may_be_absent: bool = False
    meant: Callable[[str], str] = lambda cell: ""


def text(name: str) -> Column:
    """Any text."""
    return Column(name, "a text", str)


def iso3(name: str) -> Column:
    """The code of a country, such as FRA."""

    def read(cell: str) -> str | None:
        return cell if len(cell) == 3 and cell.isascii() and cell.isalpha() and cell.isupper() else None

    return Column(name, "three capital letters", read)


def one_of(name: str, *words: str) -> Column:
    """One of *words*."""
    return Column(name, f"one of {', '.join(words)}", lambda cell: cell if cell in words else None)


def flag(name: str) -> Column:
    """Whether something is so: 0 or 1."""
    return Column(name, "0 or 1", lambda cell: int(cell) if cell in ("0", "1") else None)


def address(name: str) -> Column:
    """Where something stands on the web."""
    return Column(name, "an address that begins with https://", lambda cell: cell if _is_address(cell) else None)


def _is_address(cell: str) -> bool:
    return cell.startswith("https://") and "." in cell and " " not in cell


def day(name: str, may_be_empty: bool = False) -> Column:
    """A date."""
    return Column(name, "a date such as 2018-11-12", as_date, may_be_empty)


def whole(name: str, low: int, high: int, may_be_empty: bool = False) -> Column:
    """A whole number from *low* to *high*."""

    def read(cell: str) -> int | None:
        try:
            value = int(cell)
        except ValueError:
            return None
        return value if low <= value <= high else None

    return Column(name, f"a whole number from {low} to {high}", read, may_be_empty)


def number(name: str, low: float, high: float, may_be_empty: bool = False) -> Column:
    """A number from *low* to *high*."""

    def read(cell: str) -> float | None:
        try:
            value = float(cell)
        except ValueError:
            return None
        return value if not math.isnan(value) and low <= value <= high else None

    return Column(name, f"a number from {low:g} to {high:g}", read, may_be_empty)


def read_table(path: Path, label: str, columns: Sequence[Column], key: Sequence[str]) -> tuple[Row, ...]:
    """The rows of the CSV file *path*, typed as *columns* say, empty cells as None.

    InputError, calling the file *label*, where anything is not as declared, or where two rows agree in all of *key*.
    """
    lines = csv.reader(io.StringIO(file_text(path, label, "a table in CSV")), strict=True)
    rows: dict[tuple[Any, ...], Row] = {}
    try:
        header = next(lines)
        _check_header(header, columns, label)
        by_name = {column.name: column for column in columns}
        for cells in lines:
            where = f"{label}, line {lines.line_num}"
            if len(cells) != len(header):
                raise InputError(f"{where}: found {len(cells)} cells, expected {len(header)}, one for each column")
            row = {name: _value(cell, by_name[name], where) for name, cell in zip(header, cells, strict=True)}
            identity = tuple(row[name] for name in key)
            if identity in rows:
                found = ", ".join(map(str, identity))
                once = f"each {' and '.join(key)} once"
                raise InputError(f"{where}, column {key[0]}: found {found} a second time, expected {once}")
            rows[identity] = row
    except csv.Error as problem:
        raise InputError(f"{label}, line {lines.line_num}: found {problem}, expected a table in CSV") from None
    if not rows:
        raise InputError(f"{label}: found a header without rows, expected at least one row")
    return tuple(rows.values())


def _check_header(found: list[str], columns: Sequence[Column], label: str) -> None:
    where = f"{label}, line 1"
    expected = [column.name for column in columns]
    for name in (column.name for column in columns if not column.may_be_absent):
        if name not in found:
            unknown = [other for other in found if other not in expected]
            message = f"{where}: the column {name!r} is missing, expected {', '.join(expected)}"
            raise InputError(message + nearest(name, unknown))
    for name in found:
        if name not in expected or found.count(name) > 1:
            problem = "a second time" if name in expected else "as a column"
            message = f"{where}: found {name!r} {problem}, expected {', '.join(expected)} once each"
            raise InputError(message)


def _value(cell: str, column: Column, where: str) -> Any:
    cell = cell.strip()
    if not cell:
        if column.may_be_empty:
            return None
        raise InputError(f"{where}, column {column.name}: the cell is empty, expected {column.expected}")
    value = column.read(cell)
    if value is None:
        raise InputError(
            f"{where}, column {column.name}: found {cell!r}, expected {column.expected}{column.meant(cell)}"
        )
    return value


DECIMALS = 3

Filled = tuple[tuple[Row, ...], tuple[tuple[str, str], ...]]


def filled(rows: tuple[Row, ...], states: tuple[Row, ...]) -> Filled:
    """*rows* without empty cells, and (iso3, column) of each that was empty.

    A figure of 2018 that is missing is that of 2017. What is missing then is the median of the *states* of the same
    region, or of the world where the region has none; of GDP the median per head, as a region says nothing about size.
    """
    full_rows, cells = [], []
    for row in rows:
        empty = [column for column, value in row.items() if value is None]
        cells += [(row["iso3"], column) for column in empty]
        full_rows.append(row | {column: _by_the_rule(row, column, states) for column in empty})
    return tuple(full_rows), tuple(cells)


def _by_the_rule(row: Row, column: str, states: tuple[Row, ...]) -> float:
    year_before = row.get(column.replace("_2018", "_2017"))
    if year_before is not None:
        return float(year_before)

    def size(home: Row) -> float:
        return float(home[column.replace("gdp_usd_bn", "population_m")]) if column.startswith("gdp_usd_bn") else 1.0

    known = [state for state in states if state[column] is not None]
    neighbours = [state for state in known if state["region"] == row["region"]] or known
    return round(median(state[column] / size(state) for state in neighbours) * size(row), DECIMALS)
