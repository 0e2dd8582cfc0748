"""The files of scenarios/data: where they lie, what messages call them, their rows, and their text
for hashes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from sim.facts.columns import TABLES
from sim.facts.table import Row, read_table
from sim.reading import file_text

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
DATA = SCENARIOS / "data"


def label_of(path: Path) -> str:
    """The name of the file *path* in messages: relative to the folder of scenarios/ where it ships,
    else as it is.
    """
    return (
        path.relative_to(SCENARIOS.parent).as_posix()
        if path.is_relative_to(SCENARIOS)
        else str(path)
    )


def path_of(table: str) -> Path:
    """The file of *table*, one of TABLES."""
    return DATA / f"{table}.csv"


@lru_cache(maxsize=len(TABLES))
def rows_of(table: str) -> tuple[Row, ...]:
    """The rows of *table*, one of TABLES, as they stand in its file: typed, empty cells as None. Do
    not change them.
    """
    return read_table(
        path_of(table), label_of(path_of(table)), TABLES[table].columns, TABLES[table].key
    )


@cache
def sizes_of_tables() -> Mapping[str, int]:
    """Name -> number of rows of every table, those included that no simulation reads."""
    texts = {
        path.stem: file_text(path, label_of(path), "a table in CSV")
        for path in sorted(DATA.glob("*.csv"))
    }
    return {name: sum(1 for _ in csv.DictReader(io.StringIO(text))) for name, text in texts.items()}


def text_of(table: str) -> str:
    """The text of the file of *table*."""
    return file_text(path_of(table), label_of(path_of(table)), "a table in CSV")
