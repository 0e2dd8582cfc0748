"""Signers of another instrument: a table of states, or of firms and NGOs with a name, with the day
on which each signed where that is known.

A state or an organisation that is not in the table has not signed. So it may have one row or all of
them, but not none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from sim import facts
from sim.errors import InputError, nearest
from sim.facts.table import Column, day, read_table
from sim.kinds_and_statuses import KINDS, SINGULAR_WORDS
from sim.reading import as_path, file_text
from sim.scenario import Scenario

# iso3, or the name of an organisation -> the day, or None where it is not known
Signers = Mapping[str, date | None]

FILE = "signers.csv"


def read_signers(path: str | Path) -> Signers:
    """The states in the CSV file *path*, with columns iso3 and, optionally, signed_by (a date, or
    empty).

    InputError, naming file, line and column, for a state that is none, one that comes twice,
    anything that is no date, other columns, or a table without rows.
    """
    columns = (state_column(), replace(day("signed_by", may_be_empty=True), may_be_absent=True))
    file = as_path(path, "signers")
    rows = read_table(file, facts.label_of(file), columns, key=("iso3",))
    return {row["iso3"]: row.get("signed_by") for row in rows}


def lists_organisations(path: str | Path) -> bool:
    """Whether the CSV file *path* lists firms and NGOs, as it has the column name and no iso3."""
    file = as_path(path, "signers")
    header = next(
        csv.reader(io.StringIO(file_text(file, facts.label_of(file), "a table in CSV"))), []
    )
    return "name" in header and "iso3" not in header


def read_members(path: str | Path, may_sign: Collection[str]) -> Signers:
    """The firms and NGOs in the CSV file *path*, with columns name (as in organisations.csv, and of
    a kind that *may_sign*) and, optionally, signed_by. Members that organisations.csv does not name
    cannot be scored.

    InputError, naming file, line and column, as for `read_signers`.
    """
    names = [name for name, kind in facts.organisation_kinds().items() if kind in may_sign]
    spellings = {name.casefold(): name for name in names}
    who = " or ".join(
        SINGULAR_WORDS[kind] for kind in KINDS if kind in may_sign and kind != "state"
    )
    column = Column(
        "name",
        f"the name of a {who} in organisations.csv; leave out members that it does not name",
        lambda cell: spellings.get(cell.casefold()),
        hint=lambda cell: nearest(cell, names),
    )
    columns = (column, replace(day("signed_by", may_be_empty=True), may_be_absent=True))
    file = as_path(path, "signers")
    rows = read_table(file, facts.label_of(file), columns, key=("name",))
    return {row["name"]: row.get("signed_by") for row in rows}


def signers_beside(scenario: Scenario) -> Path:
    """The file signers.csv in the folder of *scenario*; InputError where none is."""
    if scenario.path is None or not (file := scenario.path.with_name(FILE)).is_file():
        raise InputError(
            f"{scenario.name}: found no {FILE} beside it, expected a table of those who signed"
        )
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
