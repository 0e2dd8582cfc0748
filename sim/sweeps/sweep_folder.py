"""The folder of a sweep, which holds all of its runs that are done, whatever interrupts the writer.

sweep.json      what the sweep is: two sweeps with the same `sha256` in it have the same numbers
points.parquet  a row per point, with the value of each axis
runs/           the runs, in Parquet files; the name of a file says which runs it holds
ledger.jsonl    a line per file that is whole, with its SHA-256: what is not in it does not count,
                and is done again
manifest.json   when all runs are there: the hash of all numbers, and that of each file (`parley
                verify`)

A file is written whole under another name and flushed to the disk, then takes its place, then gets
its line.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import InputError
from sim.output_folder import HIDDEN, LETTERS, MANIFEST, sha256_of, with_files
from sim.reading import FOLDER, NOTHING, Section, as_path, json_object, kind_at
from sim.results.manifest import manifest
from sim.sweeps.chunk import ChunkFile, schema
from sim.sweeps.columns import columns_of
from sim.sweeps.files import DESCRIPTION
from sim.sweeps.points import Points
from sim.sweeps.sweep import Sweep
from sim.writing import BusyError, Stage, json_text, reason, uninterrupted, write_into, write_text

POINTS, LEDGER, RUNS = "points.parquet", "ledger.jsonl", "runs"
EXPECTED = "a folder that `parley sweep` wrote"
POINTS_AT_ONCE = 50_000


class Part(NamedTuple):
    """A file of runs: the runs *first* to *last* - 1, its name in the folder, its size and its
    SHA-256.
    """

    first: int
    last: int
    file: str
    bytes: int
    sha256: str


class SweepFolder:
    """The *folder* of *sweep* in the hands of its only writer, from `with` to the end; made where
    it is missing.

    InputError where another writer is at work, another sweep or anything else is there, or nothing
    can be file.
    """

    def __init__(self, folder: str | Path, sweep: Sweep) -> None:
        self.folder = as_path(folder, "folder", "a folder to write into")
        self.sweep = sweep
        self.parts: list[Part] = []

    def __enter__(self) -> SweepFolder:
        self._stage: Stage | None = None
        self._is_new = False
        try:
            with uninterrupted():
                self._is_new = kind_at(self.folder, str(self.folder)) == NOTHING
                if not self._is_new:
                    self._check()
                self.folder.mkdir(parents=True, exist_ok=True)
                self._stage = Stage(self.folder / HIDDEN)
                self._stage.clear()
                self._begin()
        except BaseException as problem:
            self.__exit__()
            raise self.sentence(problem) from None
        return self

    def __exit__(self, *_: object) -> None:
        with uninterrupted():
            if self._stage is not None:
                self._stage.end()
            if self._is_new:
                with suppress(OSError):  # it holds a sweep by now
                    self.folder.rmdir()

    def sentence(self, problem: BaseException) -> BaseException:
        """The InputError on a *problem* with the folder; any other problem as it is."""
        if isinstance(problem, BusyError):
            return InputError(
                f"{self.folder}: found that another sweep is being written there, expected one at a"
                " time"
            )
        if isinstance(problem, OSError):
            count = sum(part.last - part.first for part in self.parts)
            return InputError(
                f"{self.folder}: nothing more can be written there ({reason(problem)}), expected"
                f" room and leave to write; {count} of {self.sweep.runs} runs are kept, and the"
                " same command goes on from there"
            )
        return problem

    @property
    def stage(self) -> Path:
        """Where workers write new files."""
        return self.folder / HIDDEN

    def _check(self) -> None:
        """InputError where the folder holds something else than this sweep."""
        if kind_at(self.folder, str(self.folder)) != FOLDER:
            raise InputError(f"{self.folder}: found a file, expected a folder to write into")
        names = set(os.listdir(self.folder))
        if DESCRIPTION not in names:
            if names - {HIDDEN}:
                other = sorted(names - {HIDDEN})[0]
                raise InputError(
                    f"{self.folder}: found {other} there, which is of no sweep, expected an empty"
                    " folder or one of this sweep"
                )
            return
        there = read_sweep_file(self.folder)
        if there["sha256"] != self.sweep.sha256:
            raise InputError(
                f"{self.folder}: found another sweep there ({there['name']},"
                f" {there['sha256'][:LETTERS]}), expected this one ({self.sweep.name},"
                f" {self.sweep.sha256[:LETTERS]}) or an empty folder"
            )

    def _begin(self) -> None:
        """Write what the sweep is, and read which runs are there; remove files that no line of the
        ledger names.

        What the sweep is comes first and in one step, since without it the folder is taken for that
        of something else.
        """
        if not (self.folder / DESCRIPTION).exists():
            write_into(self.stage / DESCRIPTION, json_text(description(self.sweep)))
            os.replace(self.stage / DESCRIPTION, self.folder / DESCRIPTION)
        (self.folder / RUNS).mkdir(exist_ok=True)
        self.parts = [part for part in read_ledger(self.folder) if _is_whole(self.folder, part)]
        self._rewrite_ledger()
        named = {part.file for part in self.parts}
        for path in (self.folder / RUNS).iterdir():
            if f"{RUNS}/{path.name}" not in named and path.suffix == ".parquet":
                path.unlink()

    def write_points(self, points: Points) -> None:
        """Write the table of points, if it is not there."""
        target = self.folder / POINTS
        if target.exists():
            return
        temporary = self.stage / POINTS
        try:
            columns = schema(self.sweep.axes, []).remove(1)  # which has the replicate
            with pq.ParquetWriter(temporary, columns) as writer:
                for first in range(0, len(points), POINTS_AT_ONCE):
                    frame = points.frame(range(first, min(first + POINTS_AT_ONCE, len(points))))
                    writer.write_table(
                        pa.Table.from_pandas(frame, preserve_index=False).cast(columns)
                    )
            sha256_of(temporary, flush=True)
            os.replace(temporary, target)
        except OSError as problem:
            raise self.sentence(problem) from None

    def missing(self) -> list[tuple[int, int]]:
        """The stretches (first, last + 1) of runs that are not there."""
        gaps, at = [], 0
        for part in sorted(self.parts):
            if part.first > at:
                gaps.append((at, part.first))
            at = max(at, part.last)
        if at < self.sweep.runs:
            gaps.append((at, self.sweep.runs))
        return gaps

    def record(self, file: ChunkFile) -> None:
        """Put a file that a worker wrote in its place, and note it. OSError where that cannot
        be.
        """
        name = f"{RUNS}/{file.first:012d}-{file.last:012d}.parquet"
        part = Part(file.first, file.last, name, file.bytes, file.sha256)
        with uninterrupted():
            os.replace(file.path, self.folder / name)
            with (self.folder / LEDGER).open("ab") as ledger:
                ledger.write(_line(part))
                ledger.flush()
                os.fsync(ledger.fileno())
            self.parts.append(part)

    def _rewrite_ledger(self) -> None:
        write_text(
            self.folder / LEDGER, b"".join(_line(part) for part in sorted(self.parts)).decode()
        )

    def finish(self) -> str:
        """Write the manifest, now that all runs are there; the hash of all numbers."""
        self.parts.sort()
        self._rewrite_ledger()
        numbers = hash_of_numbers(self.folder, self.parts)
        content = {**description(self.sweep), "hash": numbers, "runs": self.sweep.runs}
        names = [DESCRIPTION, POINTS, LEDGER]
        files = {name: sha256_of(self.folder / name) for name in names} | {
            part.file: part.sha256 for part in self.parts
        }
        write_text(self.folder / MANIFEST, json_text(with_files(content, files)))
        return numbers


def description(sweep: Sweep) -> dict[str, Any]:
    """What sweep.json says; `made_from` has the manifest of each scenario, with which the sweep can
    be repeated.
    """
    return {
        "sweep": sweep.as_json(),
        "name": sweep.name,
        "sha256": sweep.sha256,
        "title": sweep.title,
        "question": sweep.question,
        "answer": dict(sweep.answer),
        "points": sweep.points,
        "columns": columns_of(sweep),
        "made_from": {
            name: manifest(scenario, sweep.replicates, sweep.seed)
            for name, scenario in sweep.scenarios.items()
        },
    }


def read_sweep_file(folder: Path) -> dict[str, Any]:
    """What sweep.json in *folder* says; InputError where it is none."""
    content = json_object(folder / DESCRIPTION, f"{folder / DESCRIPTION}", EXPECTED)
    section = Section(content, f"{folder / DESCRIPTION}")
    for key in ("name", "sha256", "title", "question"):
        section.text(key)
    section.section("sweep")
    section.sections("columns")
    return content


def read_ledger(folder: Path) -> list[Part]:
    """The parts that the ledger in *folder* names; a line that was not written to its end does not
    count.
    """
    try:
        lines = (folder / LEDGER).read_bytes().split(b"\n")[:-1]
    except FileNotFoundError:
        return []
    parts: dict[tuple[int, int], Part] = {}
    for line in lines:
        with suppress(ValueError, TypeError, KeyError):
            content = json.loads(line)
            part = Part(*(content[field] for field in Part._fields))
            if part.file == f"{RUNS}/{part.first:012d}-{part.last:012d}.parquet":
                parts[part.first, part.last] = part
    return sorted(parts.values())


def _line(part: Part) -> bytes:
    return (json.dumps(part._asdict()) + "\n").encode()


def _is_whole(folder: Path, part: Part) -> bool:
    """Whether the file of *part* is as it was file."""
    path = folder / part.file
    try:
        return path.stat().st_size == part.bytes and sha256_of(path) == part.sha256
    except OSError:
        return False


def hash_of_numbers(folder: Path, parts: list[Part]) -> str:
    """SHA-256 of all numbers of a sweep: its columns' names, then row by row, in the order of
    points and replicates.

    It does not depend on how runs are shared among files, nor on how the files are file.
    """
    digest = hashlib.sha256()
    names: list[str] | None = None
    for table in tables(folder, parts):
        if names is None:
            names = table.column_names
            digest.update(json.dumps(names).encode())
        digest.update(row_bytes(table))
    return digest.hexdigest()


def tables(folder: Path, parts: list[Part]) -> Iterator[pa.Table]:
    """The table of each part, in the order of runs."""
    for part in sorted(parts):
        yield pq.read_table(folder / part.file)


def row_bytes(table: pa.Table) -> bytes:
    """The rows of *table* one after another, each number as the 8 bytes of a float64, each text as
    the number that the first bytes of its SHA-256 make.
    """
    columns = [_numbers(table.column(name)) for name in table.column_names]
    return np.ascontiguousarray(np.column_stack(columns)).tobytes()


def _numbers(column: pa.ChunkedArray) -> np.ndarray[Any, Any]:
    if pa.types.is_string(column.type):
        texts = column.to_pylist()
        codes = {text: _number_of(text) for text in set(texts)}
        return np.array([codes[text] for text in texts], np.float64)
    numbers = column.to_numpy().astype(np.float64)
    return np.where(np.isnan(numbers), np.nan, numbers) + 0.0  # one NaN, one zero


def _number_of(text: str) -> float:
    return float(int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big"))


def finished(folder: Path) -> Mapping[str, Any] | None:
    """The manifest of the sweep in *folder*; None where it is not finished."""
    if kind_at(folder / MANIFEST, str(folder)) == NOTHING:
        return None
    return json_object(folder / MANIFEST, f"{folder / MANIFEST}", EXPECTED)
