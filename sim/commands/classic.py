"""`parley run classics/NAME`: a classic of the literature beside what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.classics.shelf import described
from sim.commands import options
from sim.commands.printing import Target, console, reporting, table

if TYPE_CHECKING:
    from rich.console import Console

    from sim.classics.classic import Classic


def run_classic(
    name: str,
    replicates: str | None,
    seed: str | None,
    settings: Mapping[str, float],
    workers: str | None,
    target: Target,
) -> None:
    """Run the classic called *name* and print or write its checks."""
    found = described(name)
    asked = str(found.replicates) if replicates is None else replicates
    number, start, threads = options.luck(asked, seed, workers)

    from sim.classics.classic import classic

    with reporting("Simulating") as report:
        done = classic(
            name,
            set=settings,
            seed=start,
            replicates=number,
            workers=threads,
            progress=report,
            where=options.COMMAND_LINE,
        )
    target.emit(done.as_json)
    if target.prints:
        show(done, console())


def show(done: Classic, screen: Console) -> None:
    """Print a classic: its question, every check, and what there is to say about them."""
    screen.print(done.description.title, style="bold")
    screen.print(f"{done.description.question}\n")
    rows = [
        (
            row["name"],
            *(f"{row[key]:.4g}" for key in ("expected", "simulated", "tolerance")),
            "yes" if row["within"] else "no",
        )
        for row in done.rows()
    ]
    screen.print(table("", ("", "expected", "simulated", "tolerance", "within"), rows))
    for remark in done.remarks:
        screen.print(f"\n{remark}")
