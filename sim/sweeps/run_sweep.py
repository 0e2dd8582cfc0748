"""The simulation of a sweep: its runs in chunks, by whatever executor, into its folder.

What the numbers are depends on nothing here: each run has its draws from its seed, its replicate
and its purpose.
"""

from __future__ import annotations

import shutil
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import numpy as np

from sim.arguments import THREADS, check_workers
from sim.errors import InputError
from sim.sweeps.block import simulate_block
from sim.sweeps.chunk import Chunk, ChunkFile, chunk_of, play_chunk, serialised, table_of
from sim.sweeps.executors import Pool, pool_of
from sim.sweeps.points import Points
from sim.sweeps.sweep import Sweep
from sim.sweeps.sweep_file import load_sweep
from sim.sweeps.sweep_folder import SweepFolder, finished
from sim.sweeps.sweep_result import SweepResult
from sim.threads import Progress, usable_processors

CHUNK = 1.0  # seconds that a chunk takes
LONGEST_CHUNK = 30.0  # of sweeps so long that shorter ones would make more than MANY_CHUNKS files
MANY_CHUNKS = 5_000
TRIAL = 0.2  # seconds of the trial by which the runs of a chunk are found
LARGEST_CHUNK = 20_000  # runs
AHEAD = 2  # chunks under way or waiting, for each worker
LOSSES = 3  # times that workers may be lost while nothing is finished


class Trial(NamedTuple):
    """What a short trial on one processor found: seconds and bytes of a run."""

    seconds: float
    bytes: float


def sweep(
    sweep: str | Path | Mapping[str, Any] | Sweep,
    out: str | Path | None = None,
    *,
    replicates: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    executor: str | Executor = THREADS,
    progress: Progress | None = None,
) -> SweepResult:
    """Simulate *sweep* (a name that `parley list` shows, the path of a sweep file, or a table with
    its keys) into the folder *out*, or what is missing of it there; without *out*, into a folder
    that goes with the result.

    replicates, seed: in place of those of the file. workers: how many chunks are played at once, by
    default one per processor. executor: "threads", "processes", "dask" (a cluster of this machine),
    the address of a Dask scheduler, or an executor of `concurrent.futures`. progress(done, total)
    counts runs. The numbers are the same whatever these are, and whatever interrupts it: what is
    done is in the folder, and the same call goes on from there.

    InputError, in one sentence, for whatever does not fit.
    """
    loaded = load_sweep(sweep, replicates=replicates, seed=seed)
    number = check_workers(workers)
    points, passing = Points(loaded), out is None
    place = mkdtemp(prefix="parley-sweep-") if out is None else out
    with pool_of(executor, number) as pool, SweepFolder(place, loaded) as folder:
        folder.write_points(points)
        if gaps := folder.missing():
            size = chunk_size(points, gaps, number or usable_processors())
            _play(points, folder, gaps, size, pool, progress)
        if finished(folder.folder) is None:
            folder.finish()
    result = SweepResult(folder.folder)
    if passing:
        weakref.finalize(result, shutil.rmtree, folder.folder, ignore_errors=True)
    return result


def estimate(sweep: Sweep, workers: int | None) -> dict[str, float]:
    """About how many seconds and bytes *sweep* takes, as a short trial on one processor says, on so
    many *workers*.
    """
    each, number = trial(Points(sweep)), workers or usable_processors()
    return {
        "workers": number,
        "seconds": each.seconds * sweep.runs / number,
        "bytes": each.bytes * sweep.runs,
    }


def trial(points: Points) -> Trial:
    """Play some runs of the first points, and forget them; in processor time, whatever else the
    machine does.
    """
    size, seconds = 1, 0.0
    while True:
        chunk = chunk_of(points, 0, min(size, points.sweep.runs), Path())
        start = time.thread_time()
        numbers = [
            simulate_block(block.setting, block.dials, block.runs, chunk.seed, block.columns)
            for block in chunk.blocks
        ]
        content = serialised(table_of(chunk, np.concatenate(numbers)))
        seconds = time.thread_time() - start
        if size > 1 and (seconds >= TRIAL or size >= points.sweep.runs or size >= LARGEST_CHUNK):
            return Trial(
                seconds / (chunk.last - chunk.first), len(content) / (chunk.last - chunk.first)
            )
        size *= 4  # the first one may have compiled


def chunk_size(points: Points, gaps: list[tuple[int, int]], workers: int) -> int:
    """How many runs a chunk has: as many as a trial says take CHUNK seconds, fewer where there are
    few, more where there are very many.
    """
    missing = sum(last - first for first, last in gaps)
    if missing <= 1:
        return 1
    each = trial(points).seconds
    seconds = min(max(CHUNK, missing * each / MANY_CHUNKS), LONGEST_CHUNK)
    return max(1, min(round(seconds / each), LARGEST_CHUNK, -(-missing // (2 * workers))))


def _chunks(points: Points, gaps: list[tuple[int, int]], size: int, stage: Path) -> Iterator[Chunk]:
    for start, end in gaps:
        for first in range(start, end, size):
            yield chunk_of(points, first, min(first + size, end), stage)


def _play(
    points: Points,
    folder: SweepFolder,
    gaps: list[tuple[int, int]],
    size: int,
    pool: Callable[[], Pool],
    progress: Progress | None,
) -> None:
    """Play all *gaps* in chunks of so many runs, a few of them ahead; an interruption ends it after
    those under way.
    """
    total = points.sweep.runs
    count = total - sum(last - first for first, last in gaps)
    chunks = _chunks(points, gaps, size, folder.stage)
    current, losses = pool(), 0
    pending: dict[Future[ChunkFile], Chunk] = {}
    again: list[Chunk] = []  # those of lost workers
    try:
        while True:
            loss = False
            while len(pending) < AHEAD * current.workers:
                if (chunk := again.pop() if again else next(chunks, None)) is None:
                    break
                try:
                    pending[current.executor.submit(play_chunk, chunk)] = chunk
                except current.losses:  # a worker was lost since the last one was taken
                    again.append(chunk)
                    loss = True
                    break
            if not pending and not loss:
                return
            over, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in over:
                chunk = pending.pop(future)
                try:
                    folder.record(future.result())
                except current.losses:
                    again.append(chunk)
                    loss = True
                    continue
                count, losses = count + chunk.last - chunk.first, 0
                if progress is not None:
                    progress(count, total)
            if loss:
                losses += 1
                if losses > LOSSES:
                    raise InputError(
                        f"sweep: workers ended {losses} times before they finished a chunk,"
                        " expected some that live"
                    )
                again += pending.values()
                pending.clear()
                current = pool()
    except BaseException as problem:
        _end(pending, folder)
        raise folder.sentence(problem) from None


def _end(pending: Mapping[Future[ChunkFile], Chunk], folder: SweepFolder) -> None:
    """Call off what has not begun, and keep what is finished of the rest."""
    for future in pending:
        future.cancel()
    for future in pending:
        if not future.cancelled():
            with suppress(Exception):
                folder.record(future.result(timeout=2 * LONGEST_CHUNK))
