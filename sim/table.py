"""Tables of facts as CSV: each column is declared with what may stand in it, and whatever else stands there is an InputError with its place."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import InputError, nearest
from sim.section import as_date

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column: its name, what a cell holds (in words, for the message), how to read it (None where it cannot), and whether it may be empty."""

    name: str
    expected: str
    read: Callable[[str], Any]
    may_be_empty: bool = False


def text(name: str, may_be_empty: bool = False) -> Column:
    return Column(name, "a text", str, may_be_empty)


def iso3(name: str = "iso3") -> Column:
    return Column(name, "three capital letters", lambda cell: cell if len(cell) == 3 and cell.isalpha() and cell.isupper() else None)


def one_of(name: str, *words: str) -> Column:
    return Column(name, f"one of {', '.join(words)}", lambda cell: cell if cell in words else None)


def flag(name: str) -> Column:
    return Column(name, "0 or 1", lambda cell: int(cell) if cell in ("0", "1") else None)


def day(name: str, may_be_empty: bool = False) -> Column:
    return Column(name, "a date such as 2018-11-12", as_date, may_be_empty)


def whole(name: str, low: int, high: int, may_be_empty: bool = False) -> Column:
    def read(cell: str) -> int | None:
        try:
            value = int(cell)
        except ValueError:
            return None
        return value if low <= value <= high else None
    return Column(name, f"a whole number from {low} to {high}", read, may_be_empty)


def number(name: str, low: float, high: float, may_be_empty: bool = False) -> Column:
    def read(cell: str) -> float | None:
        try:
            value = float(cell)
        except ValueError:
            return None
        return value if not math.isnan(value) and low <= value <= high else None
    return Column(name, f"a number from {low:g} to {high:g}", read, may_be_empty)


def file_text(path: Path, label: str, expected: str) -> str:
    """The text of *path*, without a byte-order mark; InputError (calling the file *label*) where it is no file, empty, or no UTF-8 text."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{label}: there is no such file, expected {expected}") from None
    except IsADirectoryError:
        raise InputError(f"{label}: found a directory, expected {expected}") from None
    except OSError as problem:
        if path.is_dir():
            raise InputError(f"{label}: found a directory, expected {expected}") from None
        raise InputError(f"{label}: it cannot be read ({problem.strerror}), expected {expected}") from None
    if b"\0" in raw:
        raise InputError(f"{label}: found a binary file, expected {expected}")
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[:problem.start].count(b"\n") + 1
        raise InputError(f"{label}, line {line}: found bytes that are not UTF-8, expected {expected} in UTF-8") from None
    if not content.strip():
        raise InputError(f"{label}: the file is empty, expected {expected}")
    return content


def read_table(path: Path, label: str, columns: Sequence[Column], key: Sequence[str]) -> tuple[Row, ...]:
    """The rows of the CSV file *path*, typed as *columns* say, empty cells as None; no two rows may agree in all columns of *key*."""
    reader = csv.reader(io.StringIO(file_text(path, label, "a table in CSV")), strict=True)
    rows: dict[tuple[Any, ...], Row] = {}
    try:
        header = next(reader)
        _check_header(header, [column.name for column in columns], label)
        by_name = {column.name: column for column in columns}
        for cells in reader:
            where = f"{label}, line {reader.line_num}"
            if len(cells) != len(header):
                raise InputError(f"{where}: found {len(cells)} cells, expected {len(header)}, one for each column")
            row = {name: _value(cell, by_name[name], where) for name, cell in zip(header, cells, strict=True)}
            identity = tuple(row[name] for name in key)
            if identity in rows:
                found = ", ".join(str(part) for part in identity)
                raise InputError(f"{where}, column {key[0]}: found {found} a second time, expected each {' and '.join(key)} once")
            rows[identity] = row
    except csv.Error as problem:
        raise InputError(f"{label}, line {reader.line_num}: {problem}, expected a table in CSV") from None
    if not rows:
        raise InputError(f"{label}: found a header without rows, expected at least one row")
    return tuple(rows.values())


def _check_header(found: list[str], expected: list[str], label: str) -> None:
    for name in expected:
        if name not in found:
            unknown = [other for other in found if other not in expected]
            raise InputError(f"{label}, line 1: the column {name!r} is missing, expected {', '.join(expected)}{nearest(name, unknown)}")
    for name in found:
        if name not in expected or found.count(name) > 1:
            problem = "a second time" if name in expected else "as a column"
            raise InputError(f"{label}, line 1: found {name!r} {problem}, expected {', '.join(expected)} once each{nearest(name, expected)}")


def _value(cell: str, column: Column, where: str) -> Any:
    cell = cell.strip()
    if not cell:
        if column.may_be_empty:
            return None
        raise InputError(f"{where}, column {column.name}: the cell is empty, expected {column.expected}")
    value = column.read(cell)
    if value is None:
        raise InputError(f"{where}, column {column.name}: found {cell!r}, expected {column.expected}")
    return value
