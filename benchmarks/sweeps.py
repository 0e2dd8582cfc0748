"""What sweeps cost beside the worlds they simulate: `python -m benchmarks.sweeps`.

Memory: one sweep of a small world (the states of the G7 alone), and one of a hundred times as many
runs, each in a process of its own. Dask: the same sweep by processes of this machine and by a Dask
cluster of as many, both started before, in turn; a ratio is of two times of the same turn.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sim
from benchmarks.memory import peak_memory
from benchmarks.ratios import machine
from sim.threads import usable_processors

FEW, MANY = 10_000, 1_000_000  # runs
REPLICATES = 100  # at each point
RUNS_OF_DASK, TURNS = 8_000, 5
MEGABYTE = 2.0**20


def small_world() -> sim.Scenario:
    """The Paris Call among the seven states of the G7, without firms and NGOs."""
    states = sim.facts.frame_of("states")
    others = {
        name: sim.facts.frame_of(name).head(0)
        for name in ("other_homes", "organisations", "positions")
    }
    return sim.load("paris-call-2018", facts={"states": states[states["g7"] == 1], **others})


def sweep_of(runs: int, scenario: Any = "paris-call-2018") -> dict[str, Any]:
    """A sweep of so many runs, signing alone, over two dials."""
    points = max(1, runs // REPLICATES)
    dials = {"attention_scale": {"from": 0.5, "to": 2}, "rationality": {"from": 0.8, "to": 1.2}}
    return {
        "scenario": scenario,
        "replicates": REPLICATES,
        "outcomes": ["signatories"],
        "uncertainties": {"design": "latin hypercube", "points": points, **dials},
    }


def play_alone(runs: int) -> None:
    """Sweep the small world, and print what it took."""
    start = time.perf_counter()
    with TemporaryDirectory() as folder:
        result = sim.sweep(sweep_of(runs, small_world()), Path(folder) / "sweep")
        seconds = time.perf_counter() - start
        peak = peak_memory() / MEGABYTE
        print(
            json.dumps(
                {"runs": runs, "seconds": seconds, "peak": peak, "bytes": result.bytes / runs}
            )
        )


def in_a_process(runs: int) -> dict[str, float]:
    """What `play_alone` prints in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.sweeps", "--alone", str(runs)]
    answer: dict[str, float] = json.loads(
        subprocess.run(command, capture_output=True, check=True, text=True).stdout
    )
    return answer


def memory(many: int) -> None:
    """Print time, memory and size of few runs and of *many*."""
    few, more = in_a_process(FEW), in_a_process(many)
    for each in (few, more):
        print(
            f"  {each['runs']:9,.0f} runs {each['seconds']:8.1f} s "
            f" {each['runs'] / each['seconds']:7.0f} a second  {each['peak']:5.0f} MB at most "
            f" {each['bytes']:5.1f} bytes a run"
        )
    print(f"  memory of many over that of few: {more['peak'] / few['peak']:.2f}")


def seconds_by(executor: Executor, workers: int) -> float:
    """The seconds of the sweep by *executor*, whose workers have compiled before."""
    start = time.perf_counter()
    sim.sweep(sweep_of(RUNS_OF_DASK), executor=executor, workers=workers)
    return time.perf_counter() - start


def dask(turns: int) -> None:
    """Print what Dask adds to the time of processes."""
    from distributed import Client, LocalCluster

    workers = usable_processors()
    with (
        ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as processes,
        LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0"
        ) as cluster,
        Client(cluster) as client,
    ):
        by_dask = client.get_executor(pure=False)
        pairs = [
            (seconds_by(processes, workers), seconds_by(by_dask, workers)) for _ in range(turns + 1)
        ][1:]
    ratios, seconds = (
        [second / first for first, second in pairs],
        statistics.median(first for first, _ in pairs),
    )
    print(
        f"  {RUNS_OF_DASK} runs on {workers} workers: processes {seconds:.1f} s, "
        f"Dask {statistics.median(ratios):.3f} times that ({min(ratios):.3f} to {max(ratios):.3f})"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--many", type=int, default=MANY, help="runs of the larger sweep")
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        play_alone(arguments.alone)
        return
    print(machine())
    print("memory, of a small world")
    memory(arguments.many)
    print("Dask beside processes, the default world")
    dask(arguments.turns)


if __name__ == "__main__":
    main()
