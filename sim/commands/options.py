"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.errors import InputError
from sim.experiments.asked import starting_round
from sim.experiments.limits import (
    OUTREACH_REPLICATES,
    PIVOTS_REPLICATES,
    REPLICATES,
    SEED,
    check_replicates,
    check_seed,
    check_workers,
)
from sim.lenses import lens_named
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
