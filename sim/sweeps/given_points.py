"""Points that somebody gives one by one: a CSV or Parquet file, or a pandas frame, with a column
for each dial.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.dials.dial import Dial, dial_named
from sim.errors import InputError
from sim.reading import FILE, as_path, kind_at
from sim.sweeps.axis import DIAL, Axis

EXPECTED = "a table of points, with a column for each dial and a row for each point"


def given_columns(
    source: Any, folder: Path, dials: Mapping[str, Dial], where: str
) -> dict[str, tuple[float, ...]]:
    """Dial -> its value at each of the points in *source*: a frame, or a file at a path from
    *folder* on.

    InputError that begins with *where*, or names the file, where it has no column or no row, a
    column that is no dial of *dials*, or a value out of a dial's range.
    """
    import pandas as pd

    if isinstance(source, pd.DataFrame):
        frame, label = source, where
    else:
        path = folder / as_path(source, where, f"the path of {EXPECTED}")
        frame, label = _read(path), str(path)
    if frame.empty:
        raise InputError(f"{label}: found no point, expected {EXPECTED}")
    columns = {}
    for name in frame.columns:
        dial = dial_named(name, dials, label)
        values = frame[name].tolist()
        columns[name] = tuple(
            dial.check(value, f"{label}, row {row}") for row, value in enumerate(values, start=1)
        )
    return columns


def _read(path: Path) -> Any:
    import pandas as pd

    if kind_at(path, str(path)) != FILE:
        raise InputError(f"{path}: there is no such file, expected {EXPECTED}")
    try:
        return pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    except (OSError, ValueError) as problem:
        reason = (str(problem).splitlines() or ["it is empty"])[0]
        raise InputError(f"{path}: it cannot be read ({reason}), expected {EXPECTED}") from None


def given_axes(columns: Mapping[str, tuple[float, ...]]) -> tuple[Axis, ...]:
    """An axis for each of *columns*, with the values that it takes."""
    return tuple(
        Axis(name, DIAL, values=tuple(sorted(set(values)))) for name, values in columns.items()
    )
