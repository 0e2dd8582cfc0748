"""Tables in CSV: what each column may hold, how a table is read, and how its empty cells are
filled.

Columns first, then reading, then filling.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from numbers import Real
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from sim.errors import InputError, nearest
from sim.reading import as_date, file_text

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
FilledTable = tuple[
    tuple[Row, ...], tuple[tuple[str, str], ...]
]  # rows, and (iso3, column) of each filled cell

DECIMALS = 3  # of a filled cell


@dataclass(frozen=True)
class Column:
    """One column: its name, the content that a message says is expected, and the function that
    reads a cell, which returns None for a wrong one.

    `hint` is the clause that ends the message on a wrong cell, such as "did you mean 'FRA'?".
    """

    name: str
    expected: str
    read: Callable[[str], Any]
    may_be_empty: bool = False
    may_be_absent: bool = False
    hint: Callable[[str], str] = lambda cell: ""


def text(name: str) -> Column:
    """Any text."""
    return Column(name, "a text", str)


def iso3(name: str) -> Column:
    """The code of a country, such as FRA."""

    def read(cell: str) -> str | None:
        return (
            cell
            if len(cell) == 3 and cell.isascii() and cell.isalpha() and cell.isupper()
            else None
        )

    return Column(name, "three capital letters", read)


def one_of(name: str, *words: str) -> Column:
    """One of *words*."""
    return Column(name, f"one of {', '.join(words)}", lambda cell: cell if cell in words else None)


def flag(name: str) -> Column:
    """A yes or no: 1 or 0."""
    return Column(name, "0 or 1", lambda cell: int(cell) if cell in ("0", "1") else None)


def address(name: str) -> Column:
    """An address on the web."""
    return Column(
        name,
        "an address that begins with https://",
        lambda cell: cell if _is_address(cell) else None,
    )


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


def read_table(
    path: Path,
    label: str,
    columns: Sequence[Column],
    key: Sequence[str],
    may_have_no_rows: bool = False,
) -> tuple[Row, ...]:
    """The rows of the CSV file *path*, typed by *columns*, empty cells as None.

    InputError, which calls the file *label*, where a cell is not as declared or two rows agree in
    all columns of *key*, or where there are no rows, unless it *may_have_no_rows*.
    """
    lines = csv.reader(io.StringIO(file_text(path, label, "a table in CSV")), strict=True)
    try:
        header = next(lines)
        _check_header(header, columns, f"{label}, line 1")
        numbered = ((f"{label}, line {lines.line_num}", cells) for cells in lines)
        return _typed_rows(header, numbered, label, columns, key, may_have_no_rows)
    except csv.Error as problem:
        raise InputError(
            f"{label}, line {lines.line_num}: found {problem}, expected a table in CSV"
        ) from None


def read_frame(
    frame: pd.DataFrame,
    label: str,
    columns: Sequence[Column],
    key: Sequence[str],
    may_have_no_rows: bool = False,
) -> tuple[Row, ...]:
    """As `read_table`, of a pandas *frame*, whose index may be one of *columns*; missing values are
    empty cells.
    """
    names = [column.name for column in columns]
    if frame.index.name in names and frame.index.name not in frame.columns:
        frame = frame.reset_index()
    header = [str(name) for name in frame.columns]
    _check_header(header, columns, f"{label}, header")
    cells = ([_cell(value) for value in row] for row in frame.itertuples(index=False, name=None))
    numbered = ((f"{label}, row {place}", row) for place, row in enumerate(cells, start=1))
    return _typed_rows(header, numbered, label, columns, key, may_have_no_rows)


def _cell(value: Any) -> str:
    """*value* as a cell of a file writes it; nothing where it is missing."""
    if isinstance(value, Real) or type(value).__name__.startswith("bool"):  # numpy's own is no Real
        number = float(value)
        return (
            "" if math.isnan(number) else str(int(number)) if number.is_integer() else repr(number)
        )
    text = str(value)
    if value is None or text in ("<NA>", "NaT"):
        return ""
    return value.isoformat()[: len("2018-11-12")] if hasattr(value, "isoformat") else text


def _typed_rows(
    header: list[str],
    lines: Iterable[tuple[str, list[str]]],
    label: str,
    columns: Sequence[Column],
    key: Sequence[str],
    may_have_no_rows: bool,
) -> tuple[Row, ...]:
    """The rows of *lines*, each the place of a line in messages and its cells."""
    by_name = {column.name: column for column in columns}
    rows: dict[tuple[Any, ...], Row] = {}
    for where, cells in lines:
        if len(cells) != len(header):
            raise InputError(
                f"{where}: found {len(cells)} cells, expected {len(header)}, one for each column"
            )
        row = {
            name: _value(cell, by_name[name], where)
            for name, cell in zip(header, cells, strict=True)
        }
        identity = tuple(row[name] for name in key)
        if identity in rows:
            repeated = ", ".join(map(str, identity))
            once = f"each {' and '.join(key)} once"
            raise InputError(
                f"{where}, column {key[0]}: found {repeated} a second time, expected {once}"
            )
        rows[identity] = row
    if not rows and not may_have_no_rows:
        raise InputError(f"{label}: found a header without rows, expected at least one row")
    return tuple(rows.values())


def _check_header(header: list[str], columns: Sequence[Column], where: str) -> None:
    expected = [column.name for column in columns]
    for name in (column.name for column in columns if not column.may_be_absent):
        if name not in header:
            unknown = [other for other in header if other not in expected]
            message = f"{where}: the column {name!r} is missing, expected {', '.join(expected)}"
            raise InputError(message + nearest(name, unknown))
    for name in header:
        if name not in expected or header.count(name) > 1:
            problem = "a second time" if name in expected else "as a column"
            message = f"{where}: found {name!r} {problem}, expected {', '.join(expected)} once each"
            raise InputError(message)


def _value(cell: str, column: Column, where: str) -> Any:
    cell = cell.strip()
    if not cell:
        if column.may_be_empty:
            return None
        raise InputError(
            f"{where}, column {column.name}: the cell is empty, expected {column.expected}"
        )
    value = column.read(cell)
    if value is None:
        raise InputError(
            f"{where}, column {column.name}: found {cell!r}, expected"
            f" {column.expected}{column.hint(cell)}"
        )
    return value


def fill_empty_cells(
    rows: tuple[Row, ...], states: tuple[Row, ...], label: str = "states.csv"
) -> FilledTable:
    """*rows* with a value in every empty cell, and (iso3, column) of each cell that is filled.

    A missing figure of 2018 takes the value of 2017. Where that is missing too, the cell takes the
    median of the *states* in the same region, or of all states where the region has no value; GDP
    takes the median per head times the population, because a region does not determine size.
    InputError, which calls the table *label*, where no state has a value.
    """
    full_rows, cells = [], []
    for row in rows:
        empty = [column for column, value in row.items() if value is None]
        cells += [(row["iso3"], column) for column in empty]
        full_rows.append(
            row | {column: _fill_value(row, column, states, label) for column in empty}
        )
    return tuple(full_rows), tuple(cells)


def _fill_value(row: Row, column: str, states: tuple[Row, ...], label: str) -> float:
    year_before = row.get(column.replace("_2018", "_2017"))
    if year_before is not None:
        return float(year_before)

    def size(home: Row) -> float:
        return (
            float(home[column.replace("gdp_usd_bn", "population_m")])
            if column.startswith("gdp_usd_bn")
            else 1.0
        )

    with_value = [state for state in states if state[column] is not None]
    if not with_value:
        where = f"{label}, row {row['iso3']}, column {column}"
        raise InputError(
            f"{where}: the cell is empty in all states, expected a value in at least one to fill it"
            " from"
        )
    neighbours = [state for state in with_value if state["region"] == row["region"]] or with_value
    return round(median(state[column] / size(state) for state in neighbours) * size(row), DECIMALS)
