"""How the commands print: tables on the standard output, everything else on the standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from math import floor, log10
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from rich.console import Console
from rich.table import Table

from sim.commands.options import COMMAND_LINE
from sim.scenario.whole import FULL
from sim.tallies import GROUPS
from sim.writing import FORMATS, json_text, known_formats, writable_file, writable_folder, write_text

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario

STANDARD_OUTPUT = "-"
WIDTH_OF_FILES = 140

KIND_HEADINGS = {"state": "states", "firm": "firms", "ngo": "NGOs"}
GROUP_HEADINGS = dict(
    zip(GROUPS, ("most capable third of states", "middle third", "least capable third", "firms", "NGOs"), strict=True)
)


def console() -> Console:
    """The standard output, wide enough for every table where it is no terminal."""
    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else WIDTH_OF_FILES)


def said(scenario: Scenario) -> str:
    """Under which lens, with which options and which dials moved on the command line: one line, or nothing."""
    moved: dict[str, Any] = {}
    for layer in scenario.layers:
        if layer.where == COMMAND_LINE:
            moved |= layer.table.get("parameters", {})
    parts = [f"lens {scenario.lens}"] if scenario.lens not in ("", FULL) else []
    parts += [f"{name} {', '.join(taken)}" for name, taken in scenario.chosen.items()]
    parts += [f"{name} {value:g}" for name, value in moved.items()]
    return f"With {'; '.join(parts)}." if parts else ""


def headline(screen: Console, words: str, scenario: Scenario) -> None:
    """Print what is shown, and what of *scenario* was changed on the command line."""
    screen.print(words, style="bold")
    if with_what := said(scenario):
        screen.print(with_what)


class Result(Protocol):
    """What an experiment found, as tables in files and as JSON."""

    def save(self, folder: str | Path, formats: Iterable[str] = ...) -> Any:
        """Write the tables and the manifest."""

    def as_json(self) -> dict[str, Any]:
        """All of it as JSON."""


Done = TypeVar("Done", bound=Result)


class Target:
    """Where a command's results go besides the screen, checked before anything is computed."""

    def __init__(self, json: str | None, out: Path | None = None, formats: str | None = None) -> None:
        self.json = json
        self.out = out
        self.formats = known_formats(part.strip() for part in formats.split(",")) if formats is not None else FORMATS
        if json is not None and json != STANDARD_OUTPUT:
            writable_file(Path(json))
        if out is not None:
            writable_folder(out)

    @property
    def prints(self) -> bool:
        """Whether the standard output is for people."""
        return self.json != STANDARD_OUTPUT

    def take(self, done: Done, show: Callable[[Done, Console], None]) -> None:
        """Write the tables and the JSON, where they were asked for, and *show* it to people."""
        if self.out is not None:
            done.save(self.out, self.formats)
        self.emit(done.as_json)
        if self.prints:
            show(done, console())

    def emit(self, content: Callable[[], Any]) -> None:
        """Write the JSON, where it was asked for."""
        if self.json == STANDARD_OUTPUT:
            sys.stdout.write(json_text(content()))
            sys.stdout.flush()
        elif self.json is not None:
            write_text(Path(self.json), json_text(content()))


def table(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]], left: int = 1) -> Table:
    """A plain table; all but the first *left* columns are set to the right."""
    drawn = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="dim")
    for number, name in enumerate(columns):
        drawn.add_column(name, justify="left" if number < left else "right", overflow="fold")
    for row in rows:
        drawn.add_row(*row)
    return drawn


def outcome_table(title: str, outcomes: pd.DataFrame, headings: Mapping[str, str]) -> Table:
    """Ranges of *outcomes*, a row each, with a column for each part in *headings*."""
    rows = []
    for (label, unit), parts in outcomes.groupby(["label", "unit"], sort=False):
        ranges = {
            part: span(low, high) for part, low, high in zip(parts["part"], parts["low"], parts["high"], strict=True)
        }
        rows.append((str(label), str(unit), *(ranges.get(part, "") for part in headings)))
    return table(title, ("", "unit", *headings.values()), rows, left=2)


def span(low: float, high: float) -> str:
    """A range with three significant digits at its larger end, or a dash where there is nothing to measure."""
    if low != low:
        return "–"
    largest = max(abs(low), abs(high))
    digits = 0 if largest == 0 else min(3, max(0, 2 - floor(log10(largest))))
    return f"{low:.{digits}f} to {high:.{digits}f}"


def interval(low: float | None, high: float | None) -> str:
    """The ends of an interval of differences, or a dash where there is none."""
    return "–" if low is None or high is None else f"{low:+.2f} to {high:+.2f}"


@contextmanager
def reporting(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar with the time taken and left, on the standard error where that is a terminal; while the model is compiled,
    another one above it.
    """
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from sim.compiled import compilation_reported

    stderr = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        compilation = bar.add_task("Compiling the model, this once", start=False, visible=False)
        task = bar.add_task(label, total=None)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        def report_compilation(ready: int, total: int) -> None:
            bar.start_task(compilation)
            bar.update(compilation, completed=ready, total=total, visible=ready < total)

        with compilation_reported(report_compilation):
            yield report
