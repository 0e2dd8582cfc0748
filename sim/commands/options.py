"""Options that several commands share, how their values are read, and how a wrong command line is reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.arguments import (
    OUTREACH_REPLICATES,
    PIVOTS_REPLICATES,
    REPLICATES,
    SEED,
    check_replicates,
    check_seed,
    check_workers,
    starting_round,
)
from sim.errors import InputError, nearest
from sim.parameters.lenses import lens_named
from sim.scenario import Scenario, load
from sim.scenario.files import DEFAULT

COMMAND_LINE = "the command line"
NAMED = "A name that `parley list` shows, or the path of a scenario file."

Named = Annotated[str, typer.Argument(metavar="SCENARIO", help=NAMED)]
NamedOrDefault = Annotated[str | None, typer.Argument(metavar="[SCENARIO]", help=NAMED, show_default=DEFAULT)]


def _worlds(usual: int | str) -> Any:
    help_ = "How many worlds to simulate."
    return typer.Option("--replicates", "-n", metavar="NUMBER", help=help_, show_default=str(usual))


Replicates = Annotated[str | None, _worlds(REPLICATES)]
ReplicatesOrClassics = Annotated[str | None, _worlds(f"{REPLICATES}; a classic's own")]
PivotsReplicates = Annotated[str | None, _worlds(PIVOTS_REPLICATES)]
OutreachReplicates = Annotated[str | None, _worlds(OUTREACH_REPLICATES)]
Seed = Annotated[
    str | None,
    typer.Option(
        "--seed", metavar="NUMBER", help="The start of all luck: one seed, one record.", show_default=str(SEED)
    ),
]
Date = Annotated[
    str | None, typer.Option("--date", metavar="DATE", help="As its round: the one that contains this day.")
]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A dial and its value; may be repeated.")
]
Choices = Annotated[
    list[str] | None,
    typer.Option("--choose", metavar="CHOICE=OPTION,…", help="What the scenario leaves open; may be repeated."),
]
Lens = Annotated[
    str | None,
    typer.Option("--lens", metavar="NAME", help="The theory whose motives speak: full, realist, null, …"),
]
Workers = Annotated[
    str | None,
    typer.Option("--workers", metavar="NUMBER", help="Threads, by default one per processor; they change no result."),
]
Json = Annotated[
    str | None, typer.Option("--json", metavar="FILE|-", help="Write JSON to a file, or alone to the standard output.")
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FOLDER", help="Write tables and manifest into this folder.")
]
Formats = Annotated[
    str | None,
    typer.Option("--format", metavar="NAME,…", help="Formats for --out.", show_default="parquet,csv,json"),
]


def settings(pairs: Iterable[str] | None) -> dict[str, float]:
    """The values of --set: dial -> number."""
    return {name: _number(name, value) for name, value in _pairs("--set", pairs, "NAME=VALUE").items()}


def choices(pairs: Iterable[str] | None) -> dict[str, str]:
    """The values of --choose: choice -> option, or several with commas between them."""
    return _pairs("--choose", pairs, "CHOICE=OPTION")


def changed(
    scenario: str, settings: Mapping[str, float], choices: Mapping[str, str], lens: str | None = None
) -> Scenario:
    """The scenario of that name or path under *lens* (None: its own), with these values of dials and these options
    taken.
    """
    loaded = load(scenario)
    seen = loaded if lens is None else loaded.with_lens(lens_named(lens, "--lens").name)
    return seen.with_changes(set=settings, choices=choices, where=COMMAND_LINE)


def luck(
    replicates: str | None, seed: str | None, workers: str | None, usual: int = REPLICATES
) -> tuple[int, int, int | None]:
    """The number of replicates (*usual* where it is not given), the seed and the number of workers."""
    return (
        check_replicates(usual if replicates is None else whole(replicates), "--replicates"),
        check_seed(SEED if seed is None else whole(seed), "--seed"),
        check_workers(None if workers is None else whole(workers), "--workers"),
    )


def whole(text: str) -> int | str:
    """The whole number that *text* is; *text* itself where it is none, for the check of its range to refuse."""
    try:
        return int(text)
    except ValueError:
        return text


def starting(scenario: Scenario, option: str, number: str | None, date: str | None) -> int:
    """The round that *option* gives by its *number*, or --date by a day in it; the launch where neither is given."""
    return starting_round(scenario, None if number is None else whole(number), date, (option, "--date"))


def number(text: str) -> float | str:
    """The number that *text* is; *text* itself where it is none, for the check of its range to refuse."""
    try:
        return float(text)
    except ValueError:
        return text


def only_alone(option: str, others: Mapping[str, Any]) -> None:
    """InputError where any of *others*, by its spelling on the command line, was given beside *option*."""
    given = [name for name, value in others.items() if value]
    if given:
        raise InputError(f"{COMMAND_LINE}: found {given[0]} beside {option}, expected {option} without it")


def _pairs(option: str, pairs: Iterable[str] | None, form: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs or ():
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not (name and equals and value):
            raise InputError(f"{option}: found {pair!r}, expected {form}")
        if name in found:
            raise InputError(f"{option}: found {name} twice, expected it once")
        found[name] = value
    return found


def _number(name: str, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise InputError(f"--set: {name} is {value!r}, expected a number") from None


# Some versions of typer bring a click of their own, whose errors have no other name in common.
USAGE_ERROR: type[typer.BadParameter] = typer.BadParameter.__mro__[1]  # type: ignore[assignment]


def sentence(problem: typer.BadParameter, commands: Iterable[str]) -> str:
    """What is wrong with a command line that could not be read, *commands* being those that there are."""
    said = problem.format_message().rstrip(".")
    context = problem.ctx
    where = str(context.info_name) if context is not None and context.parent is not None else COMMAND_LINE
    kind = type(problem).__name__
    if command := re.match(r"No such command '(.*?)'", said):
        known = list(commands)
        return (
            f"{where}: found the command {command[1]!r}, expected one of {', '.join(known)}{nearest(command[1], known)}"
        )
    if kind == "NoSuchOption":
        option, known = getattr(problem, "option_name", ""), getattr(problem, "possibilities", None) or []
        return f"{where}: found the option {option!r}, expected one that --help lists{nearest(option, known)}"
    if kind == "BadOptionUsage":
        return f"{where}: found nothing after {getattr(problem, 'option_name', '')!r}, expected a value"
    if kind == "MissingParameter" and context is not None:
        return f"{where}: found too few arguments, expected {_form(context)}"
    if (extra := re.match(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", said)) and context is not None:
        return f"{where}: found {extra[1]!r} beside the arguments, expected {_form(context)}"
    return f"{where}: found that {said[0].lower()}{said[1:]}, expected what --help shows"


def _form(context: Any) -> str:
    """How the arguments of a command are written."""
    return " ".join(context.command.collect_usage_pieces(context))
