"""A sweep on disk, as `parley.sweep` returns and `parley.open_sweep` opens it: its points, its
runs, and means over them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import InputError, nearest
from sim.reading import FOLDER, as_path, kind_at, literal
from sim.sweeps.chunk import POINT, REPLICATE
from sim.sweeps.files import DESCRIPTION
from sim.sweeps.sweep_folder import POINTS, Part, finished, read_ledger, read_sweep_file

if TYPE_CHECKING:
    import pyarrow.dataset as ds


class SweepResult:
    """The sweep in *folder*, or as much of it as is done. InputError where there is none."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = as_path(folder, "folder", "a folder that `parley sweep` wrote")
        if kind_at(self.folder, str(folder)) != FOLDER or not (self.folder / DESCRIPTION).exists():
            raise InputError(
                f"{folder}: found no sweep there, expected a folder that `parley sweep` wrote"
            )
        self.description = read_sweep_file(self.folder)

    def __repr__(self) -> str:
        return f"SweepResult({self.name}, {self.runs_complete} of {self.runs} runs, {self.folder})"

    @property
    def name(self) -> str:
        """Of the sweep."""
        return str(self.description["name"])

    @property
    def sha256(self) -> str:
        """Of all on which the numbers depend."""
        return str(self.description["sha256"])

    @property
    def replicates(self) -> int:
        """At each point."""
        return int(self.description["sweep"]["replicates"])

    @property
    def runs(self) -> int:
        """How many runs the whole sweep has."""
        return int(self.description["points"]) * self.replicates

    @property
    def parts(self) -> list[Part]:
        """The files of runs."""
        return read_ledger(self.folder)

    @property
    def runs_complete(self) -> int:
        """How many runs are there."""
        return sum(part.last - part.first for part in self.parts)

    @property
    def bytes(self) -> int:
        """The size of the files of runs."""
        return sum(part.bytes for part in self.parts)

    @property
    def is_finished(self) -> bool:
        """Whether all runs are there."""
        return finished(self.folder) is not None

    @property
    def hash(self) -> str:
        """SHA-256 of all numbers, by point and replicate; InputError before the sweep is
        finished.
        """
        manifest = finished(self.folder)
        if manifest is None:
            raise InputError(
                f"{self.folder}: {self.runs_complete} of {self.runs} runs are done, expected all of"
                " them for the hash"
            )
        return str(manifest["hash"])

    @cached_property
    def axes(self) -> list[dict[str, Any]]:
        """A table for each axis, those of the levers first: name, kind, values or from and to."""
        spec = self.description["sweep"]
        return [*spec["levers"]["axes"], *spec["uncertainties"]["axes"]]

    @cached_property
    def columns(self) -> pd.DataFrame:
        """A row per column that is kept of each run: name, outcome, part, label, unit, basis."""
        return pd.DataFrame(self.description["columns"])

    @property
    def points(self) -> pd.DataFrame:
        """A row per point: its number from 0 on, and the value of each axis."""
        return pd.read_parquet(self.folder / POINTS)

    @property
    def dataset(self) -> ds.Dataset:
        """The runs that are done, as a dataset of Arrow, from which to read columns and rows
        without all the rest.
        """
        import pyarrow.dataset as datasets

        return datasets.dataset(
            [str(self.folder / part.file) for part in self.parts], format="parquet"
        )

    def frame(self, columns: Iterable[str] | None = None) -> pd.DataFrame:
        """The runs that are done, a row each, by point and replicate: all columns, or these beside
        the two.
        """
        names = (
            None
            if columns is None
            else [POINT, REPLICATE, *(self._checked(name) for name in columns)]
        )
        tables = [pq.read_table(self.folder / part.file, columns=names) for part in self.parts]
        if not tables:
            raise InputError(f"{self.folder}: no run is done yet, expected at least one")
        frame: pd.DataFrame = pa.concat_tables(tables).to_pandas()
        return frame

    def means(self, columns: Iterable[str] | None = None) -> pd.DataFrame:
        """A row per point whose replicates are all done: the value of each axis, and of each column
        its mean over replicates, and their standard deviation as NAME_sd. Runs in which a column
        measures nothing do not count.
        """
        names = [
            self._checked(name) for name in (self.columns["name"] if columns is None else columns)
        ]
        size = int(self.description["points"])
        count, total, squares = (np.zeros((size, len(names))) for _ in range(3))
        counts = np.zeros(size, np.int64)
        for part in self.parts:
            table = pq.read_table(self.folder / part.file, columns=[POINT, *names])
            at = table.column(POINT).to_numpy()
            counts += np.bincount(at, minlength=size)
            for place, name in enumerate(names):
                values = table.column(name).to_numpy()
                is_there = ~np.isnan(values)
                count[:, place] += np.bincount(at[is_there], minlength=size)
                total[:, place] += np.bincount(at[is_there], values[is_there], size)
                squares[:, place] += np.bincount(at[is_there], values[is_there] ** 2, size)
        whole = counts == self.replicates
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = total / count
            spread = np.sqrt(np.maximum(squares - count * mean**2, 0.0) / (count - 1))
        numbers = {name: mean[:, place] for place, name in enumerate(names)}
        numbers |= {f"{name}_sd": spread[:, place] for place, name in enumerate(names)}
        return pd.concat([self.points, pd.DataFrame(numbers)], axis=1)[whole].reset_index(drop=True)

    def _checked(self, name: str) -> str:
        all_names = [*(axis["name"] for axis in self.axes), *self.columns["name"]]
        if not isinstance(name, str) or name not in all_names:
            raise InputError(
                f"columns: there is no {literal(name)}, expected some of {', '.join(all_names)}"
                f"{nearest(name, all_names)}"
            )
        return name


def open_sweep(folder: str | Path) -> SweepResult:
    """The sweep in *folder*, finished or not; InputError where there is none."""
    return SweepResult(folder)
