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
from sim.number_formats import TO, interval, setting, significant
from sim.output_folder import LETTERS
from sim.words.language import say

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
        progress = {"runs_done": open_sweep(out).runs_complete, "runs": loaded.runs}
        typer.echo(say("sweep-interrupted", folder=str(out), **progress), err=True)
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
    _show_subject(content, screen)
    screen.print(say("sweep-played", seed=str(content["seed"]), **_size(content)))
    screen.print("")
    columns: list[Column] = [
        *COLUMN_OF_A_SWEEP,
        (say("sweep-head-lowest"), number("low", significant)),
        (say("sweep-head-highest"), number("high", significant)),
    ]
    screen.print(record_table(say("sweep-means"), columns, content["means"], left=4), "")
    seconds, folder = content["seconds"], str(result.folder)
    rate = content["runs"] / seconds if seconds else 0.0
    cost = {"bytes": content["bytes"], "seconds": seconds, "rate": rate}
    screen.print(say("sweep-folder", folder=folder, **cost))
    screen.print(say("sweep-hash", hash=content["hash"]))
    screen.print(say("sweep-analyse", folder=folder))


def show_status(content: Record, screen: Console) -> None:
    """Print how much of the sweep is done."""
    _show_subject(content, screen)
    runs, runs_done = content["runs"], content["done"]
    progress = {"runs": runs, "runs_done": runs_done, "share": runs_done / runs}
    screen.print(say("sweep-status", files=content["files"], bytes=content["bytes"], **progress))
    is_finished = content["finished"]
    screen.print(say("sweep-hash", hash=content["hash"]) if is_finished else say("sweep-goes-on"))


def show_estimate(content: Record, screen: Console) -> None:
    """Print the axes, the number of runs, and what they would take."""
    _show_subject(content, screen)
    columns: list[Column] = [
        (say("sweep-head-axis"), "{name}"),
        (say("sweep-head-kind"), "{kind}"),
        (say("sweep-head-values"), _values),
    ]
    screen.print(record_table(say("sweep-axes"), columns, content["axes"], left=3), "")
    costs = {key: content[key] for key in ("seconds", "workers", "bytes")}
    screen.print(say("sweep-estimate", **costs, **_size(content)))


def _show_subject(content: Record, screen: Console) -> None:
    subject = say("sweep-subject", title=content["title"], question=content["question"])
    screen.print(subject, style="bold")


def _size(content: Record) -> dict[str, int]:
    return {
        "runs": content["runs"],
        "points": content["points"],
        "worlds": content["replicates"],
    }


def _values(axis: Record) -> str:
    if "values" in axis:
        values = (
            setting(value) if isinstance(value, float) else str(value) for value in axis["values"]
        )
        return ", ".join(values)
    span = interval(axis["from"], axis["to"], setting, TO)
    return say("sweep-values", values=span, steps=axis.get("steps"))
