"""Output of commands: each composes its content once, in the form of its JSON, and prints the same
content for people. Tables go to the standard output, progress and errors to the standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from sim.commands import options
from sim.commands.options import COMMAND_LINE
from sim.errors import InputError
from sim.experiments.basis import BASES
from sim.number_formats import count, difference_interval, extent, setting, significant
from sim.output_folder import OutputFolder
from sim.reading import as_path
from sim.scenario.scenario import FULL
from sim.words.suppositions import why_not_fitted
from sim.writing import FORMATS, json_text, known_formats, writable_file, write_text

if TYPE_CHECKING:
    from types import TracebackType

    from sim.scenario import Scenario

STANDARD_OUTPUT = "-"
WIDTH_OF_FILES = 140

Record = Mapping[str, Any]  # a row of a table, as JSON has it
Column = tuple[
    str, str | Callable[[Record], str]
]  # its heading, and the format or the function of a cell
COLUMN_OF_A_SWEEP: tuple[Column, ...] = (  # what it is, and its mean over points
    ("", "{label}"),
    ("part", lambda row: "" if row["part"] == "all" else row["part"]),
    ("unit", "{unit}"),
    ("basis", "{basis}"),
    ("mean", lambda row: significant(row["mean"])),
)


def console() -> Console:
    """The standard output, wide enough for every table where it is not a terminal."""
    return Console(
        highlight=False, markup=False, width=None if sys.stdout.isatty() else WIDTH_OF_FILES
    )


def changes(scenario: Scenario, dials: Mapping[str, float] | None = None) -> str:
    """The lens, the options, the *dials*, and the facts and ties of one's own, in one line; empty
    where there are none. *dials* are by default those that the command line sets.
    """
    here = [layer.table for layer in scenario.layers if layer.where == COMMAND_LINE]
    if dials is None:
        set_here = [table.get("parameters", {}) for table in here]
        dials = {name: value for values in set_here for name, value in values.items()}
    parts = [f"lens {scenario.lens}"] if scenario.lens not in ("", FULL) else []
    parts += [f"{name} {', '.join(options)}" for name, options in scenario.answers.items()]
    of_code = [pair for table in here for pair in table.get("code", {}).items()]
    parts += [
        f"{name} {', '.join(value) if isinstance(value, list) else value}"
        for name, value in of_code
    ]
    parts += [f"{name} {setting(value)}" for name, value in dials.items()]
    if scenario.facts.own:
        parts.append(
            f"the facts {scenario.facts.label} (its own {', '.join(scenario.facts.tables)})"
        )
    if scenario.ties is not None:
        parts.append(f"the ties {scenario.ties.label} of {len(scenario.ties.sources)} stakeholders")
    return f"With {'; '.join(parts)}." if parts else ""


def what_is_in_interval(scenario: Scenario) -> str:
    """What an interval over the worlds of *scenario* holds, and what it does not."""
    if scenario.draws:
        return "luck and the weights' uncertainty"
    return "luck alone, not other fits that the data allow (--weights draws)"


def on_signing(title: str, basis: str) -> str:
    """*title* of a table of numbers on signing, and what they rest on."""
    return f"{title}  [{BASES[basis]}]"


def headline(
    screen: Console, words: str, scenario: Scenario, dials: Mapping[str, float] | None = None
) -> None:
    """Print the subject, and below it the `changes` to *scenario*, and why who signs is no fit to
    the register if so.
    """
    screen.print(words, style="bold")
    for line in (changes(scenario, dials), why_not_fitted(scenario)):
        if line:
            screen.print(line)


@dataclass(frozen=True)
class Output:
    """The options of a command that has tables to write."""

    json: options.Json = None
    out: options.Out = None
    format_: options.Formats = None

    def target(self) -> Target:
        """Where they go."""
        return Target(self.json, self.out, self.format_)


class Target:
    """The destination of a command's results, from --json, --out and --format, checked before
    anything is computed.

    A command with --out has its folder from `with` to the end, and nobody else writes there
    meanwhile.
    """

    def __init__(
        self, json: str | None, out: Path | None = None, formats: str | None = None
    ) -> None:
        self.json = json
        self.folder = None if out is None else OutputFolder(out)
        self.formats = (
            known_formats(part.strip() for part in formats.split(","))
            if formats is not None
            else FORMATS
        )
        if formats is not None and out is None:
            raise InputError(f"{COMMAND_LINE}: found --format alone, expected --out beside it")
        if json is not None and json != STANDARD_OUTPUT and self._name_in_folder() is None:
            writable_file(as_path(json, "--json"))

    def __enter__(self) -> Target:
        if self.folder is not None:
            self.folder.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.folder is not None:
            self.folder.__exit__(kind, problem, trace)

    def expect(
        self, tables: Iterable[str], long: Iterable[str] = (), documents: Iterable[str] = ()
    ) -> None:
        """InputError where something stands in the way of the *tables* in each format, of those
        that are *long* in the first format, or of the *documents* in JSON, as
        `sim.output_folder.save` writes them, or of the file of --json.
        """
        if self.folder is None:
            return
        names = [f"{table}.{suffix}" for table in tables for suffix in self.formats]
        names += [f"{table}.{suffix}" for table in long for suffix in self.formats[:1]]
        names += [f"{document}.json" for document in documents]
        if (own := self._name_in_folder()) is not None:
            if own in names:
                raise InputError(
                    f"--json: found {self.json}, the name of a table of --out, expected another"
                    " name"
                )
            names.append(own)
        self.folder.expect(names)

    @property
    def prints(self) -> bool:
        """Whether the standard output is for people."""
        return self.json != STANDARD_OUTPUT

    def deliver(
        self,
        content: Any,
        show: Callable[[Any, Console], None],
        save: Callable[[OutputFolder, Iterable[str]], Any] | None = None,
    ) -> None:
        """Write the tables by *save* and the *content* as JSON where the options say so, and *show*
        it to people.
        """
        if self.folder is not None and save is not None:
            self.add_json(content)
            save(self.folder, self.formats)
        self.emit(lambda: content)
        if self.prints:
            show(content, console())

    def add_json(self, content: Any) -> None:
        """Let *content* be a file of the run, where that is in the folder of --out that --json asks
        for it.
        """
        if self.folder is not None and (name := self._name_in_folder()):
            self.folder.add(name, json_text(content))

    def _name_in_folder(self) -> str | None:
        if self.folder is None or self.json is None or self.json == STANDARD_OUTPUT:
            return None
        return self.folder.name_of(as_path(self.json, "--json"))

    def emit(self, content: Callable[[], Any]) -> None:
        """Write the JSON where the options say so, unless it is a file of the run."""
        if self.json == STANDARD_OUTPUT:
            sys.stdout.write(json_text(content()))
            sys.stdout.flush()
        elif self.json is not None and self._name_in_folder() is None:
            write_text(Path(self.json), json_text(content()))


def table(
    title: str, columns: Iterable[str], rows: Iterable[Iterable[str]], left: int = 1
) -> Table:
    """A plain table; the first *left* columns are set to the left, the others to the right."""
    screen_table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        header_style="dim",
    )
    for number, name in enumerate(columns):
        screen_table.add_column(name, justify="left" if number < left else "right", overflow="fold")
    for row in rows:
        screen_table.add_row(*row)
    return screen_table


def record_table(
    title: str, columns: Sequence[Column], records: Iterable[Record], left: int = 1
) -> Table:
    """A table with a row for each of *records*."""
    cells = [cell.format_map if isinstance(cell, str) else cell for _, cell in columns]
    rows = [[cell(record) for cell in cells] for record in records]
    return table(title, [heading for heading, _ in columns], rows, left)


def outcome_table(
    title: str,
    outcomes: Iterable[Record],
    headings: Mapping[str, str],
    *,
    differences: bool = False,
) -> Table:
    """Ranges of *outcomes*, or of *differences* in them: a row per outcome, a column for each part
    in *headings*.
    """
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for row in outcomes:
        ends = extent(row["low"], row["high"], row["unit"], differences)
        rows.setdefault((row["label"], row["unit"]), {})[row["part"]] = ends
    cells = (
        (*outcome, *(parts.get(part, "") for part in headings)) for outcome, parts in rows.items()
    )
    return table(title, ("", "unit", *headings.values()), cells, left=2)


def number(key: str, words: Callable[..., str], *more: Any) -> Callable[[Record], str]:
    """The cell with the number of a record under *key*, in the *words* of a function of
    `sim.number_formats`.
    """
    return lambda record: words(record[key], *more)


def interval(heading: str, low: str, high: str, places: int = 1) -> Column:
    """A column with the interval from one difference of a record to another."""
    return heading, lambda record: difference_interval(record[low], record[high], places)


@contextmanager
def reporting(label: str, of: str = "") -> Iterator[Callable[[int, int], None]]:
    """A bar with the time taken and left, on the standard error where that is a terminal; while the
    model is compiled, another one above it. *of* says what is counted, where how many of them a
    second are shown too.
    """
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    from sim.compilation import compilation_reported

    class RateColumn(ProgressColumn):
        """How many are done a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{count(task.speed)} {of} a second" if of and task.speed else "")

    stderr = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        compilation = bar.add_task("Compiling the model, this once", start=False, visible=False)
        task = bar.add_task(label, total=None)

        def report(count: int, total: int) -> None:
            bar.update(task, completed=count, total=total)

        def report_compilation(ready: int, total: int) -> None:
            bar.start_task(compilation)
            bar.update(compilation, completed=ready, total=total, visible=ready < total)

        with compilation_reported(report_compilation):
            yield report
