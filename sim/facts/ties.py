"""A user's own ties: whose example a stakeholder heeds, and with which weight, in place of the ties
of these stakeholders in the influence network (docs/odd.md, section 5).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.facts.columns import Table
from sim.facts.facts import EXPECTED, Facts
from sim.facts.own import rows_of_frame
from sim.facts.table import Column, Row, number, read_table
from sim.reading import OTHER, as_path, kind_at

COLUMNS = ("source", "target", "weight")
LARGEST_WEIGHT = 1e12

Source = Any  # the path of a CSV or Parquet file, a pandas frame, or Ties


@dataclass(frozen=True)
class Ties:
    """The ties of those who are a source in `rows`, (source, target, weight) with the ids of
    stakeholders, sorted, each pair once: the source heeds the target. `label` is what a manifest
    calls them, `where` what messages do.

    Weights count in relation to the others of their source; a source whose weights are all 0 heeds
    nobody.
    """

    rows: tuple[tuple[str, str, float], ...]
    label: str = field(default="frame", compare=False)
    where: str = field(default="ties", compare=False)

    def __repr__(self) -> str:
        return f"Ties({self.label}, sources={len(self.sources)}, ties={len(self.rows)})"

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The ids of those whose ties these are, sorted."""
        return tuple(dict.fromkeys(source for source, _, _ in self.rows))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the rows, whatever their order in a file and however numbers are written
        there.
        """
        return hashlib.sha256(json.dumps(self.rows).encode()).hexdigest()


def read_ties(source: Source | None, facts: Facts, where: str = "ties") -> Ties | None:
    """The ties in *source*, a CSV or Parquet file or a pandas frame with the columns source, target
    and weight, among the stakeholders of *facts*, named as in scenario files. None: no ties of
    one's own.

    InputError, in one sentence that begins with *where* or names the file, for whatever does not
    fit.
    """
    if source is None or isinstance(source, Ties):
        return source
    table = Table(
        (_stakeholder("source", facts), _stakeholder("target", facts), _WEIGHT),
        ("source", "target"),
    )
    if isinstance(source, (str, Path)):
        path = as_path(source, where)
        label = str(path)
        if path.suffix == ".parquet":
            rows = rows_of_frame(_parquet(path), label, table, False)
        else:
            rows = read_table(path, label, table.columns, table.key)
        return Ties(_sorted(rows, label), path.name, label)
    return Ties(_sorted(rows_of_frame(source, where, table, False), where), where=where)


def _sorted(rows: tuple[Row, ...], label: str) -> tuple[tuple[str, str, float], ...]:
    for row in rows:
        if row["source"] == row["target"]:
            who = row["source"]
            place = f"{label}, row {who} {who}, column target"
            raise InputError(
                f"{place}: found a tie of {who} to itself, expected another stakeholder"
            )
    return tuple(sorted((row["source"], row["target"], row["weight"]) for row in rows))


_WEIGHT = number("weight", 0, LARGEST_WEIGHT)


def _stakeholder(name: str, facts: Facts) -> Column:
    return Column(name, EXPECTED, facts.id_of, hint=facts.nearest)


def _parquet(path: Path) -> Any:
    import pandas as pd

    if kind_at(path, str(path)) == OTHER:  # a table in Parquet is read from its end
        raise InputError(
            f"{path}: found a pipe or a device, expected a file with a table in Parquet"
        )
    try:
        return pd.read_parquet(path)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file, expected a table of ties") from None
    except (OSError, ValueError) as problem:
        reason = str(problem).splitlines()[0]
        raise InputError(
            f"{path}: it cannot be read ({reason}), expected a table in Parquet"
        ) from None
