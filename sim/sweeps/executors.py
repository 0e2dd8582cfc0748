"""Executors: who plays the chunks of a sweep. All are those of `concurrent.futures`, so another one
fits in as well.

threads     over compiled code, which runs without the interpreter's lock: the default
processes   one each, where threads stand in each other's way
dask        the workers of a Dask cluster, at an address such as tcp://scheduler:8786, or as many of
            this machine
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple

from sim.arguments import THREADS
from sim.errors import InputError
from sim.extras import extra
from sim.reading import literal
from sim.threads import usable_processors

PROCESSES, DASK = "processes", "dask"
ADDRESSES = ("tcp://", "tls://", "ws://", "wss://", "inproc://")  # of a Dask scheduler
PATIENCE = "5s"  # for a scheduler to answer at an address


class Pool(NamedTuple):
    """An executor, how many chunks it plays at once, and the errors by which it says that it lost a
    worker.
    """

    executor: Executor
    workers: int
    losses: tuple[type[BaseException], ...] = ()


@contextmanager
def pool_of(executor: str | Executor, workers: int | None) -> Iterator[Callable[[], Pool]]:
    """A function that returns the pool; called again after a worker was lost, it returns one that
    works.

    executor: THREADS, PROCESSES, DASK, the address of a Dask scheduler, or an executor of one's
    own, which stays open. InputError for anything else, or where no scheduler answers.
    """
    check_executor(executor)
    number = workers or usable_processors()
    if not isinstance(executor, str):
        yield lambda: Pool(executor, number, (BrokenExecutor,))
    elif executor == THREADS:
        with ThreadPoolExecutor(number) as threads:
            yield lambda: Pool(threads, number)
    elif executor == PROCESSES:
        with _processes(number) as make:
            yield make
    else:
        with _dask(executor, workers) as pool:
            yield lambda: pool


def check_executor(executor: Any) -> None:
    """InputError where *executor* is none that `pool_of` takes."""
    if isinstance(executor, str):
        if executor not in (THREADS, PROCESSES, DASK) and not executor.startswith(ADDRESSES):
            expected = (
                f"one of {THREADS}, {PROCESSES}, {DASK}, or the address of a Dask scheduler such as"
                " tcp://HOST:8786"
            )
            raise InputError(f"executor is {literal(executor)}, expected {expected}")
    elif not isinstance(executor, Executor) and not hasattr(executor, "submit"):
        raise InputError(
            f"executor is {literal(executor)}, expected a name or an executor of concurrent.futures"
        )


@contextmanager
def _processes(number: int) -> Iterator[Callable[[], Pool]]:
    pools: list[ProcessPoolExecutor] = []

    def make() -> Pool:
        context = multiprocessing.get_context(
            "spawn"
        )  # as the threads of compiled code do not outlive a fork
        pools.append(ProcessPoolExecutor(number, mp_context=context, initializer=_begin_worker))
        return Pool(pools[-1], number, (BrokenExecutor,))

    try:
        yield make
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


def _begin_worker() -> None:
    """Leave interruptions to the main process, and end when that one does, in whatever way."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        assert parent is not None
        parent.join()
        os._exit(1)

    if parent is not None:
        threading.Thread(target=watch, daemon=True).start()


# A worker loads this first. By way of parley it finds the sim that is Parley's, and none of the
# folder in which it was started.
_begin_worker.__module__ = "parley.sweeps.executors"


@contextmanager
def _dask(address: str, workers: int | None) -> Iterator[Pool]:
    with extra("dask", "executor"):
        from distributed import Client, LocalCluster
        from distributed.scheduler import KilledWorker
    cluster: Any = None
    if address == DASK:
        number = workers or usable_processors()
        cluster = LocalCluster(
            n_workers=number, threads_per_worker=1, dashboard_address="127.0.0.1:0"
        )
    try:
        client = Client(address, timeout=PATIENCE) if cluster is None else Client(cluster)
    except (OSError, ValueError):  # the latter for what is no address
        raise InputError(
            f"dask: no scheduler answers at {address}, expected one that runs there"
        ) from None
    try:
        number = workers or max(1, sum(client.nthreads().values()))
        yield Pool(client.get_executor(pure=False), number, (KilledWorker,))
    finally:
        client.close()
        if cluster is not None:
            cluster.close()
