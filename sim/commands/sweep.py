"""`parley sweep`: a scenario at many points of its dials, into a folder, from where it was left."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.arguments import THREADS
from sim.commands import options
from sim.commands.printing import (
    COLUMN_OF_A_SWEEP,
    Column,
    Record,
    Target,
    number,
    record_table,
    reporting,
)
from sim.errors import InputError
from sim.number_formats import TO, count, duration, interval, percent, setting, significant, size
from sim.output_folder import LETTERS

if TYPE_CHECKING:
    from rich.console import Console

    from sim.sweeps.sweep import Sweep
    from sim.sweeps.sweep_result import SweepResult

Name = Annotated[
    str,
    typer.Argument(
        metavar="SWEEP", help="A sweep that `parley list` shows, or the path of a sweep file."
    ),
]
Folder = Annotated[
    Path | None,
    options.path_option(
        "--out", "-o", metavar="FOLDER", help="Where the runs are kept; it goes on from there."
    ),
]
Replicates = Annotated[
    int | None,
    options.replicates_option("the file's own", "How many runs at each point."),
]
Executor = Annotated[
    str | None,
    typer.Option(
        "--executor",
        metavar="NAME",
        help="Who plays: threads or processes of this machine.",
        show_default=THREADS,
    ),
]
Dask = Annotated[
    str | None,
    typer.Option(
        "--dask",
        metavar="ADDRESS",
        help="The workers of a Dask cluster, tcp://HOST:PORT, or `local`: of this machine.",
    ),
]
Status = Annotated[
    bool, typer.Option("--status", help="Only say how much of it is done in the folder.")
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run", help="Only say what it would simulate, how long that takes, how large it gets."
    ),
]


def sweep(
    name: Name,
    out: Folder = None,
    replicates: Replicates = None,
    seed: options.Seed = None,
    workers: options.Workers = None,
    executor: Executor = None,
    dask: Dask = None,
    status: Status = False,
    dry_run: DryRun = False,
    json: options.Json = None,
) -> None:
    """Simulate a scenario at many points of its dials, choices, lenses or weights, each in many
    worlds. What is done is kept in the folder: the same command goes on from there, after whatever
    interrupted it.
    """
    from sim.sweeps.executors import check_executor
    from sim.sweeps.sweep_file import load_sweep

    loaded = load_sweep(name, replicates=replicates, seed=seed)
    who = _executor(executor, dask)
    check_executor(who)
    if status and dry_run:
        raise InputError("--status: found --dry-run beside it, expected one of the two")
    if out is None and not dry_run:
        raise InputError("sweep: --out is missing, expected a folder for the runs")
    target = Target(json)
    if dry_run:
        from sim.sweeps.run_sweep import estimate

        target.deliver({**_content(loaded), **estimate(loaded, workers)}, show_estimate)
        return
    assert out is not None
    if status:
        from sim.sweeps.sweep_result import open_sweep

        target.deliver(_progress(open_sweep(out), loaded), show_status)
        return
    start = time.monotonic()
    result = _simulate(loaded, out, workers, who)
    content = {
        **_content(loaded),
        "hash": result.hash,
        "seconds": round(time.monotonic() - start, 3),
        "bytes": result.bytes,
        "folder": str(out),
        "means": _means(result),
    }
    target.deliver(content, partial(show_sweep, result=result))


def _executor(executor: str | None, dask: str | None) -> str:
    if dask is None:
        return THREADS if executor is None else executor
    if executor is not None:
        raise InputError("--dask: found --executor beside it, expected one of the two")
    return "dask" if dask == "local" else dask


def _simulate(loaded: Sweep, out: Path, workers: int | None, executor: str) -> SweepResult:
    from sim.sweeps.run_sweep import sweep as simulate
    from sim.sweeps.sweep_result import open_sweep

    try:
        with reporting("Simulating", of="runs") as report:
            return simulate(loaded, out, workers=workers, executor=executor, progress=report)
    except KeyboardInterrupt:
        count = open_sweep(out).runs_complete
        typer.echo(
            f"parley: {count} of {loaded.runs} runs are kept in {out}; the same command goes on"
            " from there",
            err=True,
        )
        raise


def _content(loaded: Sweep) -> dict[str, Any]:
    return {
        "name": loaded.name,
        "title": loaded.title,
        "question": loaded.question,
        "sha256": loaded.sha256,
        "points": loaded.points,
        "replicates": loaded.replicates,
        "runs": loaded.runs,
        "seed": loaded.seed,
        "axes": [axis.as_json() for axis in loaded.axes],
    }


def _progress(result: SweepResult, loaded: Sweep) -> dict[str, Any]:
    if result.sha256 != loaded.sha256:
        raise InputError(
            f"{result.folder}: found another sweep there ({result.name},"
            f" {result.sha256[:LETTERS]}), expected {loaded.name} ({loaded.sha256[:LETTERS]})"
        )
    return {
        **_content(loaded),
        "done": result.runs_complete,
        "finished": result.is_finished,
        "hash": result.hash if result.is_finished else None,
        "bytes": result.bytes,
        "files": len(result.parts),
        "folder": str(result.folder),
    }


def _means(result: SweepResult) -> list[dict[str, Any]]:
    """For each column: its mean over all points, and the lowest and the highest mean of a point."""
    frame = result.means()
    rows = []
    for column in result.description["columns"]:
        means = frame[column["name"]]
        rows.append(
            {
                **column,
                "mean": float(means.mean()),
                "low": float(means.min()),
                "high": float(means.max()),
            }
        )
    return rows


def show_sweep(content: Record, screen: Console, result: SweepResult) -> None:
    """Print what was simulated, the means over points, and the hash of all numbers."""
    screen.print(f"{content['title']}: {content['question']}", style="bold")
    screen.print(
        f"{count(content['runs'])} runs: {count(content['points'])} points of"
        f" {content['replicates']} worlds each, seed {content['seed']}.\n"
    )
    columns: list[Column] = [
        *COLUMN_OF_A_SWEEP,
        ("lowest", number("low", significant)),
        ("highest point", number("high", significant)),
    ]
    screen.print(
        record_table(
            "Means over worlds: of all points, of the lowest and of the highest one",
            columns,
            content["means"],
            left=4,
        ),
        "",
    )
    rate = content["runs"] / content["seconds"] if content["seconds"] else 0.0
    screen.print(
        f"In {result.folder}, {size(content['bytes'])}; {duration(content['seconds'])},"
        f" {count(rate)} runs a second."
    )
    screen.print(f"hash {content['hash']}")
    screen.print(f"parley analyse {result.folder} says what that answers.")


def show_status(content: Record, screen: Console) -> None:
    """Print how much of the sweep is done."""
    screen.print(f"{content['title']}: {content['question']}", style="bold")
    screen.print(
        f"{count(content['done'])} of {count(content['runs'])} runs are done"
        f" ({percent(content['done'] / content['runs'])}), in {content['files']} files of"
        f" {size(content['bytes'])}."
    )
    screen.print(
        f"hash {content['hash']}"
        if content["finished"]
        else "The same command without --status goes on from there."
    )


def show_estimate(content: Record, screen: Console) -> None:
    """Print the axes, the number of runs, and what they would take."""
    screen.print(f"{content['title']}: {content['question']}", style="bold")
    columns: list[Column] = [("axis", "{name}"), ("kind", "{kind}"), ("values", _values)]
    screen.print(record_table("Axes", columns, content["axes"], left=3), "")
    screen.print(
        f"{count(content['runs'])} runs: {count(content['points'])} points of"
        f" {content['replicates']} worlds each, about {duration(content['seconds'])} on"
        f" {content['workers']} workers, {size(content['bytes'])}."
    )


def _values(axis: Record) -> str:
    if "values" in axis:
        return ", ".join(
            setting(value) if isinstance(value, float) else str(value) for value in axis["values"]
        )
    steps = f", in {axis['steps']} steps" if "steps" in axis else ""
    return f"{interval(axis['from'], axis['to'], setting, TO)}{steps}"
