"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.errors import InputError

Replicates = Annotated[int, typer.Option("--replicates", "-n", help="How many worlds to simulate.", show_default=True)]
Seed = Annotated[int, typer.Option("--seed", help="Start of all luck; the same seed gives the same record.")]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A dial and its value; may be repeated.")
]
Choices = Annotated[
    list[str] | None,
    typer.Option("--choose", metavar="CHOICE=OPTION,…", help="What the scenario leaves open; may be repeated."),
]
Workers = Annotated[
    int | None, typer.Option("--workers", help="Threads; by default one per processor. Changes no result.")
]
Json = Annotated[
    str | None, typer.Option("--json", metavar="FILE|-", help="Write JSON to a file, or alone to the standard output.")
]
Folder = Annotated[
    Path | None, typer.Option("--out", metavar="FOLDER", help="Write tables and manifest into this folder.")
]
Formats = Annotated[str, typer.Option("--format", metavar="NAME,…", help="Formats of the tables: parquet, csv, json.")]


def settings(pairs: Iterable[str] | None) -> dict[str, float]:
    """The values of --set: dial -> number."""
    return {name: _number(name, value) for name, value in _pairs("--set", pairs, "NAME=VALUE").items()}


def choices(pairs: Iterable[str] | None) -> dict[str, str]:
    """The values of --choose: choice -> options, with commas between several."""
    return _pairs("--choose", pairs, "CHOICE=OPTION")


def _pairs(option: str, pairs: Iterable[str] | None, form: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs or ():
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not (name and equals and value):
            raise InputError(f"{option}: found {pair!r}, expected {form}")
        if name in found:
            raise InputError(f"{option}: found {name} twice, expected it once")
        found[name] = value
    return found


def _number(name: str, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise InputError(f"--set: {name} is {value!r}, expected a number") from None


def given_beside(options: dict[str, Any]) -> list[str]:
    """The names of those *options* that were given."""
    return [name for name, value in options.items() if value]
