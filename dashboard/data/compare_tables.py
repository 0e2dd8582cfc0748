"""The tables of the page Compare to take along: the curves of its views, and what each changes
beside another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.data.compare import PAIRS
from dashboard.data.tables import as_csv
from dashboard.data.words import KINDS

ENDS = ("median", "low_90", "high_90")
NUMBERS = (
    "first_median",
    "second_median",
    "first",
    "second",
    "difference",
    "median",
    "low_90",
    "high_90",
    *PAIRS,
)
DIFFERENCES = [
    "pair",
    "measure",
    "unit",
    *NUMBERS,
    *(f"other_fits_{end}" for end in ENDS),
    "basis",
    "worlds",
    "seed",
    "version",
    "first_supposes",
    "second_supposes",
    "first_view",
    "second_view",
]


def curves_table(comparison: Mapping[str, Any], wide: Mapping[str, Any] | None = None) -> bytes:
    """The curves as CSV: a row per view, kind and round; then of each view less the one beside it,
    pair by pair, with the ends that the same pairs give under other fits, where *wide* is these.
    """
    in_other_fits = {pair["letter"]: pair["by_month"] for pair in (wide or {"pairs": ()})["pairs"]}
    views = {view["letter"]: view for view in comparison["views"]}
    rows: list[dict[str, Any]] = [
        {
            "view": view["letter"],
            "kind": kind,
            "date": day,
            **{edge: listed[edge][place] for edge in listed},
            "basis": view["basis"],
            **_provenance(comparison),
            "supposing": view["name"],
            "link": view["query"],
        }
        for view in comparison["views"]
        for kind, listed in view["listed"].items()
        for place, day in enumerate(view["dates"])
    ]
    rows += [
        {"view": f"{pair['letter']} less {pair['beside']}", "kind": kind, "date": day,
         **{edge: pair["by_month"][kind][edge][place] for edge in ENDS},
         **{f"other_fits_{end}": each[kind][end][place] for end in ENDS[1:]
            if (each := in_other_fits.get(pair["letter"])) is not None},
         "basis": pair["basis"].partition(":")[0], **_provenance(comparison),
         "supposing": views[pair["letter"]]["name"], "link": views[pair["letter"]]["query"]}
        for pair in comparison["pairs"]
        for kind in KINDS
        for place, day in enumerate(pair["by_month"]["dates"])
    ]  # fmt: skip
    return as_csv(rows)


def differences_table(
    comparison: Mapping[str, Any], wide: Mapping[str, Any] | None = None
) -> bytes:
    """The differences as CSV: a row per pair and measure, with what the same pairs give under other
    fits, where *wide* is these.
    """
    in_other_fits = {
        (pair["letter"], row["key"]): {f"other_fits_{end}": row[end] for end in ENDS}
        for pair in (wide or {"pairs": ()})["pairs"]
        for row in pair["differences"]
    }
    views = {view["letter"]: view for view in comparison["views"]}
    rows = [
        {
            "pair": f"{pair['letter']} less {pair['beside']}",
            "measure": row["label"],
            "unit": row["unit"],
            **{key: row[key] for key in NUMBERS},
            **in_other_fits.get((pair["letter"], row["key"]), {}),
            "basis": pair["basis"].partition(":")[0],
            **_provenance(comparison),
            **{
                f"{side}_{key}": views[pair[whose]][own]
                for side, whose in (("first", "beside"), ("second", "letter"))
                for key, own in (("supposes", "name"), ("view", "query"))
            },
        }
        for pair in comparison["pairs"]
        for row in pair["differences"]
    ]
    return as_csv(pd.DataFrame(rows, columns=DIFFERENCES))


def _provenance(comparison: Mapping[str, Any]) -> dict[str, Any]:
    return {key: comparison[key] for key in ("worlds", "seed", "version")}
