"""What can be downloaded of a view, as tables: every row says what it rests on and what it takes to repeat it."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd

import sim
from dashboard.data.record import EDGES, dates_of, record_of
from dashboard.view import View

SIGNING, PUBLIC = "fitted to the register", "the public register"


def run_table(view: View, run: sim.Run) -> pd.DataFrame:
    """The bands of the public list: a row per kind and round."""
    record = record_of(view, run)
    parts = []
    for kind in sim.KINDS:
        points = [(point["date"], point["count"]) for point in record["register"][kind]]
        known = [_read_in(points, place, record["dates"]) for place in range(len(record["dates"]))]
        parts.append(
            pd.DataFrame(
                {
                    "kind": kind,
                    "round": range(record["first_round"], record["first_round"] + len(record["dates"])),
                    "date": record["dates"],
                    **{edge: record["bands"]["listed"][kind][edge] for edge in EDGES},
                    "registered": pd.array(known, dtype="Int64"),
                }
            )
        )
    return _with_provenance(pd.concat(parts, ignore_index=True), view, run).assign(basis_of_registered=PUBLIC)


def shares_table(view: View, run: sim.Run, round_shown: int) -> pd.DataFrame:
    """The share of simulated worlds in which each has signed by *round_shown*: a row per state or organisation."""
    courses = run.courses()
    signed, taken_up = (courses[what].iloc[round_shown - view.asked.first_round] for what in ("signed", "taken_up"))
    people = run.directory().set_index("id").loc[list(signed.index)]
    table = pd.DataFrame(
        {
            "id": list(signed.index),
            "name": people["name"].tolist(),
            "kind": people["kind"].tolist(),
            "round": round_shown,
            "date": dates_of(run)[round_shown - view.asked.first_round],
            "signed": signed.to_numpy().round(6),
            "considered": (taken_up - signed).to_numpy().round(6),
            "not_taken_up": (1 - taken_up).to_numpy().round(6),
            "on_the_register_by": [day.isoformat() if day else None for day in people["supporter_since"]],
        }
    )
    return _with_provenance(table, view, run).assign(basis_of_on_the_register_by=PUBLIC)


def _with_provenance(table: pd.DataFrame, view: View, run: sim.Run) -> pd.DataFrame:
    told: dict[str, Any] = {
        "basis": SIGNING, "scenario": view.scenario, "worlds": run.replicates, "seed": run.seed,
        "version": sim.__version__, "view": view.query(),
    }  # fmt: skip
    return table.assign(**told)


def _read_in(points: list[tuple[str, int]], place: int, dates: list[str]) -> int | None:
    """The count that is read in the round at *place*: the last of a day on which it ends, or of one before the next."""
    following = dates[place + 1] if place + 1 < len(dates) else "9999"
    return next((count for when, count in reversed(points) if dates[place] <= when < following), None)


def as_csv(table: pd.DataFrame) -> bytes:
    """The table for any program; no cell begins as the formulas of a spreadsheet do."""
    plain = table.copy()
    for column in plain.select_dtypes(exclude="number"):
        plain[column] = [_no_formula(cell) if isinstance(cell, str) else cell for cell in plain[column]]
    return plain.to_csv(index=False, lineterminator="\n").encode()


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def as_parquet(table: pd.DataFrame) -> bytes:
    """The table with its types, for pandas and others."""
    file = io.BytesIO()
    table.to_parquet(file, index=False)
    return file.getvalue()
