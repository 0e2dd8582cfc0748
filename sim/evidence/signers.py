"""Signers of another instrument: a table of states, with the day on which each signed where that is known.

A state that is not in the table has not signed. So it may have one row or all 193, but not none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from sim import facts
from sim.errors import InputError, nearest
from sim.facts.table import Column, day, read_table
from sim.scenario import Scenario

Signers = Mapping[str, date | None]  # iso3 -> the day, or None where it is not known

FILE = "signers.csv"


def read_signers(path: Path) -> Signers:
    """The states in the CSV file *path*, with columns iso3 and, optionally, signed_by (a date, or empty).

    InputError, naming file, line and column, for a state that is none, one that comes twice, anything that is no date,
    other columns, or a table without rows.
    """
    columns = (state_column(), replace(day("signed_by", may_be_empty=True), may_be_absent=True))
    rows = read_table(path, facts.label_of(path), columns, key=("iso3",))
    return {row["iso3"]: row.get("signed_by") for row in rows}


def signers_beside(scenario: Scenario) -> Path:
    """The file signers.csv in the folder of *scenario*, as instruments that ship have one; InputError where none is."""
    if scenario.path is None or not (file := scenario.path.with_name(FILE)).is_file():
        raise InputError(f"{scenario.name}: found no {FILE} beside it, expected a table of those who signed")
    return file


def state_column() -> Column:
    names = facts.state_names()
    codes = {name.casefold(): iso3 for iso3, name in names.items()}

    def hint(cell: str) -> str:
        """The state of that name, else the most similar code."""
        return nearest(codes.get(cell.casefold(), cell.upper()), names)

    return Column(
        "iso3",
        "the iso3 of one of the 193 members of the United Nations, such as FRA",
        lambda cell: cell if cell in names else None,
        hint=hint,
    )
