"""Tables to download: every row says what it rests on and what it takes to repeat it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

import sim
from dashboard.data.pairs import ENDS, supposed
from dashboard.data.record import EDGES, dates_of, provenance, readings, record_of, regional_group
from dashboard.data.suppositions import as_it_was
from dashboard.data.words import basis_of
from dashboard.view import SCENARIO, View

PUBLIC = "the public register"
NO_LAUNCH_YET = "ready to sign: nobody can before the launch"
SIGNED = "signed"
EUROPE = " Europe"  # with which the names of the regions end that the map enlarges
DIGITS = 9  # after the point, beyond which a sum of binary fractions shows as noise
# Where a formula may begin: a sign of one, also in the wide letters of East Asia, first in a cell
# or after what parts cells, and behind quotation marks.
FORMULA = re.compile(r'(^|[;,|\t\r\n])(?="*[=+\-@\t\r＝＋－＠])')


def run_table(
    view: View,
    run: sim.Run,
    beside: Mapping[str, Any] | None = None,
    wider: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """The bands of the public list: a row per kind and round. Where *view* changes something,
    *beside* is it beside the Paris Call as it was, as the page asks for it: the median there, and
    the change in pairs of worlds; *wider* is the same under other fits that the data allow.
    """
    record = record_of(view, run)
    parts = []
    for kind in sim.KINDS:
        parts.append(
            pd.DataFrame(
                {
                    "kind": kind,
                    "round": range(
                        record["first_round"], record["first_round"] + len(record["dates"])
                    ),
                    "date": record["dates"],
                    **{edge: record["bands"]["listed"][kind][edge] for edge in EDGES},
                    "registered": pd.array(record["registered"][kind], dtype="Int64"),
                    "registered_on": [
                        each["date"] for each in readings(record["register"][kind], record["dates"])
                    ],
                }
            )
        )
    table = pd.concat(parts, ignore_index=True)
    if beside is not None:
        changes = pd.concat([_change(kind, beside, wider) for kind in sim.KINDS])
        table = table.merge(changes, on=["kind", "date"], how="left")
    return table.assign(
        basis=basis_of(view.variant),
        **provenance(view),
        view=view.query(),
        basis_of_registered=PUBLIC,
    )


def _change(kind: str, beside: Mapping[str, Any], wider: Mapping[str, Any] | None) -> pd.DataFrame:
    """What changes of a *kind*: a row per date that both have."""
    change = beside["difference"][kind]
    columns = {f"change_{edge}": change[edge] for edge in ("median", *ENDS)}
    if wider is not None:
        columns |= {f"other_fits_change_{edge}": wider["difference"][kind][edge] for edge in ENDS}
    return pd.DataFrame(
        {"kind": kind, "date": beside["dates"], "median_without": beside["levels"][kind], **columns}
    )


def shares_table(
    view: View, run: sim.Run, round_shown: int, beside: sim.Run | None = None
) -> pd.DataFrame:
    """The share of simulated worlds in which each has signed by *round_shown*: a row per state or
    organisation. Where *view* changes something, *beside* is the run of the Paris Call as it was:
    the share there, and whether the choice of each is what the view supposes.
    """
    courses, place = run.courses(), round_shown - view.variant.first_round
    signed, taken_up = (courses[outcome].iloc[place] for outcome in ("signed", "taken_up"))
    people, date = run.directory().set_index("id").loc[list(signed.index)], dates_of(run)[place]
    table = pd.DataFrame(
        {
            "id": list(signed.index),
            "name": people["name"].tolist(),
            "kind": people["kind"].tolist(),
            "region": people["region"].tolist(),
            "regional_group": [
                regional_group(*home) for home in zip(people["home"], people["region"], strict=True)
            ],
            "europe": people["region"].str.endswith(EUROPE).tolist(),
            "round": round_shown,
            "date": date,
            "signed": signed.to_numpy().round(6),
            "signed_means": signed_means(round_shown),
            "considered": (taken_up - signed).to_numpy().round(6),
            "not_taken_up": (1 - taken_up).to_numpy().round(6),
            "on_the_register_by": [
                day.isoformat() if day else None for day in people["supporter_since"]
            ],
        }
    )
    if beside is not None:
        days = dates_of(beside)
        before = (
            beside.courses()["signed"].iloc[days.index(date)]
            if date in days
            else pd.Series(dtype=float)
        )
        told = supposed(as_it_was(view), view, dict(zip(table["id"], table["kind"], strict=True)))
        theirs = {who for each in told.values() for who in each["who"]}
        shares = before.reindex(signed.index).to_numpy().round(6)
        table = table.assign(signed_without=shares, is_supposed=table["id"].isin(theirs))
    repeats = {**provenance(view), "view": view.query()}
    return table.assign(basis=basis_of(view.variant), **repeats, basis_of_on_the_register_by=PUBLIC)


def signed_means(month: int) -> str:
    """What a share of worlds that have signed by *month* says: before the launch that it has
    decided to.
    """
    return NO_LAUNCH_YET if month < 0 else SIGNED


def unusual(view: View) -> str:
    """What a file on *view* that is of somebody is called after beside that; empty for the Paris
    Call as it was.
    """
    return scenario_of(view).removeprefix(SCENARIO).removeprefix("-")


def scenario_of(view: View) -> str:
    """What a file on *view* is called after: its scenario, and a what-if, where more is
    supposed.
    """
    alone = View(
        scenario=view.scenario,
        lens=view.lens,
        weights=view.weights,
        worlds=view.worlds,
        seed=view.seed,
    )
    return view.scenario if view == alone else f"{view.scenario}-what-if"


def month_of(view: View, round_shown: int) -> str:
    """The month of that round, 2019-12, for the name of a file."""
    launch = view.variant.code.launch
    year, month = divmod(12 * launch.year + launch.month - 1 + round_shown, 12)
    return f"{year}-{month + 1:02}"


def file_name(*parts: str, ends: str = ".csv") -> str:
    """The name of a download of which the *parts* say what it holds, so that one does not overwrite
    another.
    """
    return (
        "-".join(filter(None, (re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-") for part in parts)))
        + ends
    )


def as_csv(rows: pd.DataFrame | Sequence[Mapping[str, Any]], **same: Any) -> bytes:
    """*rows* for any program, each with what is the *same* in all of them; no cell is a formula to
    a spreadsheet, and no number has more DIGITS after the point than say something.
    """
    table = (
        (rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows))
        .assign(**same)
        .round(DIGITS)
    )
    for column in table.select_dtypes(exclude="number"):
        table[column] = [
            without_formula(cell) if isinstance(cell, str) else cell for cell in table[column]
        ]
    table.columns = [without_formula(str(name)) for name in table.columns]
    return table.to_csv(index=False, lineterminator="\n").encode()


def as_parquet(table: pd.DataFrame, **about: str) -> bytes:
    """*table* with its types, for pandas and others; the metadata of the file (`attrs` in pandas)
    say what it is *about*.
    """
    file = io.BytesIO()
    table.attrs |= about
    table.to_parquet(file, index=False)
    return file.getvalue()


def without_formula(cell: str) -> str:
    """*cell* as a text that no spreadsheet takes for a formula, at whichever sign it parts columns:
    by locale that is a comma, a semicolon or a tab, also inside of a quoted text.
    """
    return FORMULA.sub(r"\1'", cell)
