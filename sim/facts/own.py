"""A user's own facts: a folder with some of the tables of scenarios/data, or pandas frames in their
columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import InputError, nearest
from sim.facts import shipped
from sim.facts.columns import TABLES, Table
from sim.facts.facts import SHIPPED, Facts
from sim.facts.table import Row, read_frame, read_table
from sim.reading import FOLDER, NOTHING, as_path, kind_at, literal

if TYPE_CHECKING:
    import pandas as pd

OWN = ("states", "other_homes", "organisations", "positions")  # the tables that may be one's own
MAY_BE_EMPTY = ("other_homes", "organisations", "positions")

Source = (
    Facts | str | Path | Any
)  # a folder, a pandas frame in the columns of states.csv, or a mapping table -> frame


def read_facts(source: Source | None, where: str = "facts") -> Facts:
    """The facts in *source*: a folder with some of states.csv, other_homes.csv, organisations.csv
    and positions.csv; a pandas frame in the columns of states.csv; or a mapping from the names of
    these tables to frames. None: those that ship.

    A table that is there replaces the shipped one as a whole, the others stay. A table that says
    what the shipped one says is no table of one's own. InputError, in one sentence, for whatever
    does not fit, be it a cell, a table, or tables that do not fit each other; it begins with
    *where* where there is no file to name.
    """
    if source is None:
        return SHIPPED
    if isinstance(source, Facts):
        return source
    if isinstance(source, (str, Path)):
        return _checked(*_of_folder(as_path(source, where), where))
    frames = source if isinstance(source, Mapping) else {"states": source}
    return _checked(*_of_frames(frames, where))


def _checked(label: str, rows: Mapping[str, tuple[Row, ...]], labels: Mapping[str, str]) -> Facts:
    """The facts with these tables, as far as they say something else than those that ship."""
    own = {}
    for table, content in rows.items():
        in_order = _in_order(content, TABLES[table])
        if in_order != _in_order(shipped.rows_of(table), TABLES[table]):
            own[table] = in_order
    if not own:
        return SHIPPED
    facts = Facts(label, own, labels)
    facts.check()
    return facts


def _in_order(rows: tuple[Row, ...], table: Table) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: [row[name] for name in table.key]))


def _of_folder(
    folder: Path, where: str
) -> tuple[str, Mapping[str, tuple[Row, ...]], Mapping[str, str]]:
    files = _files(folder, where)
    labels = {table: str(file) for table, file in files.items()}
    rows = {
        table: read_table(
            file, labels[table], TABLES[table].columns, TABLES[table].key, table in MAY_BE_EMPTY
        )
        for table, file in files.items()
    }
    return folder.resolve().name, rows, labels


def _files(folder: Path, where: str) -> Mapping[str, Path]:
    """Table of one's own -> its file in *folder*. A table that cannot be one's own may be there as
    it ships.
    """
    expected = f"a folder with some of {', '.join(f'{table}.csv' for table in OWN)}"
    kind = kind_at(folder, where)
    if kind != FOLDER:
        problem = "there is no such folder" if kind == NOTHING else f"found {kind}"
        raise InputError(f"{where} is {literal(str(folder))}: {problem}, expected {expected}")
    files = {}
    for file in sorted(folder.glob("*.csv")):
        if file.stem not in TABLES:
            hint = nearest(file.name, [f"{table}.csv" for table in TABLES])
            raise InputError(f"{file}: found a table of that name, expected {expected}{hint}")
        if file.stem in OWN:
            files[file.stem] = file
            continue
        table = TABLES[file.stem]
        if read_table(file, str(file), table.columns, table.key) != shipped.rows_of(file.stem):
            raise InputError(
                f"{file}: found another table than the one that ships, expected the same or none,"
                " as weights are fitted to it and scenario files name provisions"
            )
    if not files:
        raise InputError(
            f"{where} is {literal(str(folder))}: found none of these tables in it, expected"
            f" {expected}"
        )
    return files


def _of_frames(
    frames: Mapping[Any, Any], where: str
) -> tuple[str, Mapping[str, tuple[Row, ...]], Mapping[str, str]]:
    if not frames:
        raise InputError(f"{where}: found no table, expected frames of some of {', '.join(OWN)}")
    rows, labels = {}, {}
    for table, frame in frames.items():
        if table not in OWN:
            hint = nearest(str(table), OWN)
            raise InputError(
                f"{where}: found a table {literal(table)}, expected some of {', '.join(OWN)}{hint}"
            )
        labels[table] = f"{where}, {table}"
        rows[table] = rows_of_frame(frame, labels[table], TABLES[table], table in MAY_BE_EMPTY)
    return f"frames: {', '.join(sorted(rows))}", rows, labels


def rows_of_frame(
    frame: pd.DataFrame | Any, label: str, table: Table, may_have_no_rows: bool
) -> tuple[Row, ...]:
    """The rows of a pandas *frame*, as `read_table` returns those of a file; InputError for
    anything else.
    """
    if not (hasattr(frame, "itertuples") and hasattr(frame, "columns")):
        expected = "a folder, or pandas frames" if label.count(",") else "a file, or a pandas frame"
        raise InputError(f"{label}: found {literal(frame)}, expected {expected}")
    return read_frame(frame, label, table.columns, table.key, may_have_no_rows)
