"""Chunks: some runs of a sweep that one worker plays in one go and writes as one Parquet file.

Rows are runs: the number of the point, the number of the replicate (from 1 on, as `parley.run`
numbers them), the value of each axis, and what is kept of the run.
"""

from __future__ import annotations

import hashlib
import os
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.experiments.outcomes import Array
from sim.sweeps.axis import DIAL, WEIGHTS, Axis
from sim.sweeps.block import simulate_block
from sim.sweeps.points import Block, Points

POINT, REPLICATE = "point", "replicate"
COMPRESSION = "zstd"


class Chunk(NamedTuple):
    """The runs *first* to *last* - 1 of a sweep, with all that a worker needs to play them. axes:
    the values at each of the points that it touches, from *first_point* on. stage: the folder for
    the new file.
    """

    first: int
    last: int
    first_point: int
    points: NDArray[np.int64]  # [runs]
    replicates: NDArray[np.int32]  # [runs] from 1 on
    axes: Mapping[str, list[Any]]
    schema: pa.Schema
    blocks: tuple[Block, ...]
    seed: int
    stage: str


class ChunkFile(NamedTuple):
    """A file that a worker wrote: which runs it holds, where it lies until it takes its place, and
    how it was made.
    """

    first: int
    last: int
    path: str
    bytes: int
    sha256: str
    seconds: float


def chunk_of(points: Points, first: int, last: int, stage: Path) -> Chunk:
    """The chunk of the runs *first* to *last* - 1."""
    sweep = points.sweep
    numbers = np.arange(first, last, dtype=np.int64)
    of_runs = numbers // sweep.replicates
    members = range(int(of_runs[0]), int(of_runs[-1]) + 1)
    rows = [points.display(point) for point in members]
    blocks = tuple(points.blocks(first, last))
    keyed = numbers if not sweep.common_random_numbers else numbers % sweep.replicates
    return Chunk(
        first=first,
        last=last,
        first_point=members[0],
        points=of_runs,
        replicates=(keyed + 1).astype(np.int32),
        axes={axis.name: [row[axis.name] for row in rows] for axis in sweep.axes},
        schema=schema(sweep.axes, blocks[0].columns.names),
        blocks=blocks,
        seed=sweep.seed,
        stage=str(stage),
    )


def play_chunk(chunk: Chunk) -> ChunkFile:
    """Play the runs of *chunk* and write them into a file of its stage. OSError where that cannot
    be written.
    """
    start = time.perf_counter()
    numbers = np.concatenate(
        [
            simulate_block(block.setting, block.dials, block.runs, chunk.seed, block.columns)
            for block in chunk.blocks
        ]
    )
    content = serialised(table_of(chunk, numbers))
    path = Path(chunk.stage) / f"{chunk.first}-{chunk.last}-{uuid.uuid4().hex}.parquet"
    try:
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    sha256 = hashlib.sha256(content).hexdigest()
    return ChunkFile(
        chunk.first, chunk.last, str(path), len(content), sha256, time.perf_counter() - start
    )


def table_of(chunk: Chunk, numbers: Array) -> pa.Table:
    """A row per run of *chunk*, with *numbers* [runs, columns]."""
    rows = chunk.points - chunk.first_point
    axes = [np.array(values)[rows] for values in chunk.axes.values()]
    columns = [chunk.points, chunk.replicates, *axes, *np.ascontiguousarray(numbers.T)]
    arrays = [
        pa.array(column, field.type) for column, field in zip(columns, chunk.schema, strict=True)
    ]
    return pa.table(arrays, schema=chunk.schema)


def schema(axes: tuple[Axis, ...], names: list[str]) -> pa.Schema:
    """The columns of every file of a sweep on *axes* that keeps the columns *names*."""
    types = {DIAL: pa.float64(), WEIGHTS: pa.int32()}
    return pa.schema(
        [
            (POINT, pa.int64()),
            (REPLICATE, pa.int32()),
            *((axis.name, types.get(axis.kind, pa.string())) for axis in axes),
            *((name, pa.float64()) for name in names),
        ]
    )


def serialised(table: pa.Table) -> bytes:
    """*table* as a Parquet file."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression=COMPRESSION)
    content: bytes = sink.getvalue().to_pybytes()
    return content
