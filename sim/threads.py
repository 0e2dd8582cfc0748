"""Jobs on threads, as compiled code runs without the interpreter's lock, and how progress of them
is told.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

Progress = Callable[[int, int], None]  # (units done, units in all)
Result = TypeVar("Result")


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_threads(
    jobs: Sequence[Callable[[], Result]],
    workers: int | None,
    progress: Progress | None = None,
    sizes: Sequence[int] | None = None,
) -> list[Result]:
    """What each of *jobs* returns, in their order; an interruption ends it after the jobs under
    way.

    *progress* counts the jobs done, or the sum of their *sizes*. A single worker is the thread that
    calls.
    """
    sizes = [1] * len(jobs) if sizes is None else sizes
    threads, total = min(workers or usable_processors(), len(jobs)), sum(sizes)
    if threads <= 1:
        results, count = [], 0
        for job, size in zip(jobs, sizes, strict=True):
            results.append(job())
            count += size
            if progress is not None:
                progress(count, total)
        return results
    # Imported here, as it loads a dozen modules that a command's --help has no use for.
    from concurrent.futures import ThreadPoolExecutor, as_completed

    with ThreadPoolExecutor(threads) as pool:
        size_of = {pool.submit(job): size for job, size in zip(jobs, sizes, strict=True)}
        count = 0
        try:
            for future in as_completed(size_of):
                future.result()
                count += size_of[future]
                if progress is not None:
                    progress(count, total)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        return [future.result() for future in size_of]


def share_of(progress: Progress | None, before: int, total: int) -> Progress | None:
    """Progress of a part of the work, reported as progress of the whole: *before* units are done,
    *total* is all.
    """
    return None if progress is None else lambda count, _: progress(before + count, total)
