"""What the commands print: tables on the standard output, everything else on the standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from sim.writing import json_text, writable_file, write_text

if TYPE_CHECKING:
    from sim.experiments.replicates import Progress

STDOUT = "-"


def console() -> Console:
    """The standard output; wide enough for every table where it is no terminal."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else 140, soft_wrap=False)


def check_json_target(target: str | None) -> None:
    """InputError, before anything is computed, where the JSON cannot be written to *target*."""
    if target not in (None, STDOUT):
        writable_file(Path(str(target)))


def emit_json(target: str, content: Any) -> None:
    """*content* as JSON, to the file *target* or to the standard output."""
    if target == STDOUT:
        sys.stdout.write(json_text(content))
    else:
        write_text(Path(target), json_text(content))


def table(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]], left: int = 1) -> Table:
    """A plain table; all but the first *left* columns are set to the right."""
    drawn = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="dim")
    for number, name in enumerate(columns):
        drawn.add_column(name, justify="left" if number < left else "right", overflow="fold")
    for row in rows:
        drawn.add_row(*row)
    return drawn


@contextmanager
def reporting(label: str) -> Iterator[Progress]:
    """A bar with the time left on the standard error, where that is a terminal."""
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f}/{task.total:.0f}"),
        TimeRemainingColumn(),
    )
    stderr = Console(stderr=True)
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task(f"{label} (the first time the model is compiled, which takes a minute)", total=None)

        def report(done: int, total: int) -> None:
            bar.update(task, description=label, completed=done, total=total)

        yield report
