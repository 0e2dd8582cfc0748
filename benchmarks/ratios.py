"""How many times faster than a tuned peer in plain Mesa the engine plays the same model: `python -m
benchmarks.ratios`.

All ways of a group are timed in turn, in one process, again and again; a ratio is of two times of
the same turn, so that what else the machine does counts little. Times are of the processor, but for
`mesa.batch_run`, whose processes start and end in between: there they are by the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks import gather, ways
from benchmarks.scale import in_a_process, ties_of
from sim.experiments.simulate import AllOutputs, simulate
from sim.threads import usable_processors

TURNS = 5
WORLDS, POINTS, SWEEP, BATCH, PROCESSES = 20, 5, 400, 40, 2
SIZES = (1_500, 10_000, 100_000, 1_000_000)
SCALES = (1.0, 4.9, 49.0, 490.0)  # some 2,200, 10,000, 100,000 and 1,000,000 stakeholders
LIBRARIES = ("numpy", "numba", "scipy", "pandas", "mesa")


class Timed(NamedTuple):
    """One *way* to play so many *worlds*."""

    name: str
    way: ways.Way
    worlds: int = 1


class Row(NamedTuple):
    """What one way took, a time in seconds for each turn, and its ratios to the first way of its
    group.
    """

    group: str
    name: str
    seconds: list[float]  # a world, or a round
    ratios: list[float]

    def __str__(self) -> str:
        times = f"{1e3 * statistics.median(self.seconds):10.3f} ms"
        low, middle, high = min(self.ratios), statistics.median(self.ratios), max(self.ratios)
        return f"  {self.name:46}{times}   {middle:8.2f} x  ({low:.2f} to {high:.2f})"


def in_turn(
    group: str,
    timed: Sequence[Timed],
    turns: int,
    clock: Callable[[], float] = time.process_time,
    multiples: bool = False,
) -> list[Row]:
    """Each of *timed* once to warm up, then all of them in each of so many *turns*. Ratios say how
    many times faster than the first each is or, for *multiples*, how many times its time it takes.
    """
    for one in timed:
        one.way()
    taken: list[list[float]] = [[] for _ in timed]
    for _ in range(turns):
        for one, seconds in zip(timed, taken, strict=True):
            start = clock()
            one.way()
            seconds.append((clock() - start) / one.worlds)
    return [
        Row(
            group,
            one.name,
            seconds,
            [own / first if multiples else first / own for first, own in pairs],
        )
        for one, seconds in zip(timed, taken, strict=True)
        for pairs in [list(zip(taken[0], seconds, strict=True))]
    ]


def worlds(turns: int) -> list[Row]:
    """A world, by all ways that play one."""
    timed = [
        Timed("tuned Mesa", ways.peer),
        Timed(f"sim.run of {WORLDS} worlds, a world", ways.run_of(WORLDS), WORLDS),
        Timed("ParleyModel.step() and its DataCollector", ways.step),
        Timed("ParleyModel.run_for and its DataCollector", ways.run_for),
    ]
    return in_turn("a world", timed, turns)


def signing(turns: int) -> list[Row]:
    """A world without conduct."""
    timed = [
        Timed("tuned Mesa", ways.peers_signing),
        Timed(f"the engine, {WORLDS} worlds, a world", ways.signing_of(WORLDS), WORLDS),
    ]
    return in_turn("signing alone, a world", timed, turns)


def sweep(turns: int) -> list[Row]:
    """A run of a sweep, each under other dials."""
    timed = [
        Timed("tuned Mesa", ways.peers_sweep_of(POINTS), POINTS),
        Timed("sim.run(set=...) in a loop", ways.loop_of(POINTS), POINTS),
        Timed(f"sim.sweep of {SWEEP} runs", ways.sweep_of(SWEEP), SWEEP),
    ]
    return in_turn(f"a sweep of {ways.SWEPT}, a run of one world", timed, turns)


def batch(turns: int) -> list[Row]:
    """`mesa.batch_run`, by the clock, with the start of its processes."""
    timed = [
        Timed("tuned Mesa", ways.peers_batch_of(BATCH, PROCESSES), BATCH),
        Timed("ParleyModel", ways.batch_of(BATCH, PROCESSES), BATCH),
    ]
    group = f"mesa.batch_run on {PROCESSES} processes, {BATCH} worlds, by the clock, a world"
    return in_turn(group, timed, min(turns, 2), time.perf_counter)


def bound(turns: int, sizes: Sequence[int]) -> list[Row]:
    """A round of the engine beside the gather over its own ties, and the gather over random ties of
    other sizes.
    """
    setting = ways.setting()
    rounds, own = len(setting.schedule), ties_of(setting)
    people = own.start.size - 1

    def play() -> None:
        simulate(setting, 2, next(ways.SEEDS), AllOutputs(), workers=1)

    group = (
        f"a round of {people:,} stakeholders, {own.to.size:,} ties (x: multiples of the gather of"
        " float64)"
    )
    timed = [*_gathers(own), Timed("a round of the engine, with its counts", play, 2 * rounds)]
    rows = in_turn(group, timed, turns, multiples=True)
    for size in sizes:
        ties = gather.random_ties(size)
        group = f"a gather over random ties of {size:,}, {ties.to.size:,} ties (x: likewise)"
        rows += in_turn(group, _gathers(ties), turns, multiples=True)
    return rows


def scale(turns: int, scales: Sequence[float]) -> list[Row]:
    """A round of a population of each scale beside the gather over its own ties, each in a process
    of its own.
    """
    rows: list[Row] = []
    for each in scales:
        taken = in_a_process(each, turns)
        group = (
            f"population_scale {each:g}: {taken.people:,} stakeholders, {taken.ties:,} ties, built"
            f" in {taken.building:.1f} s, at most {taken.peak:.0f} MiB (x: multiples of the gather"
            " of float64)"
        )
        pairs = (
            ("gather of float64", taken.gathers),
            ("gather of uint8", taken.gathers_of_bytes),
            ("a round of the engine, with its counts", taken.rounds),
        )
        rows += [
            Row(
                group,
                name,
                seconds,
                [own / first for first, own in zip(taken.gathers, seconds, strict=True)],
            )
            for name, seconds in pairs
        ]
    return rows


def _gathers(ties: gather.Ties) -> list[Timed]:
    """Both gathers over *ties*, as often as takes some hundredths of a second."""
    often = max(1, 5_000_000 // ties.to.size)
    return [
        Timed(
            f"gather of {kind.__name__}",
            partial(_repeat, gather.gatherer(ties, kind), often),
            often,
        )
        for kind in (np.float64, np.uint8)
    ]


def _repeat(way: ways.Way, often: int) -> None:
    for _ in range(often):
        way()


def machine() -> str:
    """What it was measured on."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        model = platform.processor() or platform.machine()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    cores = f"{os.cpu_count()} cores, {usable_processors()} of them usable"
    return (
        f"{model}, {cores}{load}; {platform.platform()}\nPython {platform.python_version()},"
        f" {libraries}"
    )


GROUPS: dict[str, Callable[[int], list[Row]]] = {
    "worlds": worlds, "signing": signing, "sweep": sweep, "batch": batch,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the ratios, group by group."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ratios", description=__doc__)
    names = [*GROUPS, "bound", "scale"]
    parser.add_argument(
        "groups", nargs="*", metavar="GROUP", help=f"some of {', '.join(names)}; all by default"
    )
    parser.add_argument("--turns", type=int, default=TURNS, help="how often each way is timed")
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        default=SIZES,
        help="people of the random ties of the gather",
    )
    parser.add_argument(
        "--scales",
        type=float,
        nargs="*",
        default=SCALES,
        help="of the populations of the group scale",
    )
    parser.add_argument("--json", type=Path, help="write all times to this file as well")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.groups if name not in names]
    if unknown:
        parser.error(f"there is no group {unknown[0]!r}, expected some of {', '.join(names)}")
    print(machine())
    rows: list[Row] = []
    all_groups: dict[str, Any] = {
        **GROUPS,
        "bound": partial(bound, sizes=chosen.sizes),
        "scale": partial(scale, scales=chosen.scales),
    }
    for name in chosen.groups or names:
        latest = all_groups[name](chosen.turns)
        for place, row in enumerate(latest):
            if place == 0 or row.group != latest[place - 1].group:
                print(f"\n{row.group[0].upper()}{row.group[1:]}")
            print(row, flush=True)
        rows += latest
    if chosen.json:
        content = {"machine": machine(), "rows": [row._asdict() for row in rows]}
        chosen.json.write_text(json.dumps(content, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
