"""Options of several commands, the reading of their values, and the message on a wrong command
line.
"""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ClassVar, get_type_hints

import typer

from sim.arguments import (
    PIVOTS_REPLICATES,
    REPLICATES,
    SEED,
    check_replicates,
    check_seed,
    check_workers,
    starting_round,
    with_weights,
)
from sim.errors import InputError, nearest
from sim.facts import read_facts, read_ties
from sim.lenses import lens_named
from sim.reading import as_path
from sim.request import Request
from sim.scenario import Scenario, load
from sim.scenario.files import DEFAULT

COMMAND_LINE = "the command line"
LAST_PORT = 65535
OF_CODE = (
    "convenor",
    "convenor_club",
    "may_sign",
)  # which --set takes beside dials: of the code, as a file has it
NAME_OR_PATH = "A name that `parley list` shows, or the path of a scenario file."


def path_option(option: str, *others: str, **more: Any) -> Any:
    """An option that takes a path, which may not be empty."""

    def read(value: Any) -> Path:
        try:
            return as_path(value, option)
        except InputError as problem:
            raise typer.BadParameter(str(problem)) from problem

    return typer.Option(option, *others, parser=read, **more)


ScenarioName = Annotated[str, typer.Argument(metavar="SCENARIO", help=NAME_OR_PATH)]
ScenarioNameOrDefault = Annotated[
    str | None, typer.Argument(metavar="SCENARIO", help=NAME_OR_PATH, show_default=DEFAULT)
]


def number_option(option: str, *others: str, check: Callable[..., Any], **more: Any) -> Any:
    """An option that takes a whole number, which *check* (sim.arguments) returns or refuses."""

    def read(value: Any) -> Any:
        try:
            return check(whole(value), option)
        except InputError as problem:
            raise typer.BadParameter(str(problem)) from problem

    return typer.Option(option, *others, metavar="NUMBER", parser=read, **more)


def replicates_option(default: int | str, words: str = "How many worlds to simulate.") -> Any:
    """--replicates, where the number is *default* if nobody gives one."""
    names = ("--replicates", "-n")
    return number_option(*names, check=check_replicates, help=words, show_default=str(default))


Replicates = Annotated[int | None, replicates_option(REPLICATES)]
Seed = Annotated[
    int | None,
    number_option(
        "--seed",
        check=check_seed,
        help="The seed of all random streams: one seed, one record.",
        show_default=str(SEED),
    ),
]
Date = Annotated[
    str | None,
    typer.Option(
        "--date", metavar="DATE", help="Instead of the round: a day, which means its round."
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="A dial and its value, or convenor=ISO3; may be repeated.",
    ),
]
Events = Annotated[
    list[str] | None,
    typer.Option(
        "--event",
        metavar="EVENT",
        help=(
            "An event as a scenario file has it, as in 'round = 0, who = [\"USA\"], signs = true';"
            " may be repeated."
        ),
    ),
]
Choices = Annotated[
    list[str] | None,
    typer.Option(
        "--choose",
        metavar="CHOICE=OPTION,…",
        help="An option of the scenario's choices; may be repeated.",
    ),
]
Lens = Annotated[
    str | None,
    typer.Option(
        "--lens", metavar="NAME", help="The theory whose motives count: full, realist, null, …"
    ),
]
Weights = Annotated[
    str | None,
    typer.Option(
        "--weights",
        metavar="draws",
        help="One draw of the weights in each world: intervals hold their uncertainty.",
    ),
]
Facts = Annotated[
    Path | None,
    path_option(
        "--facts",
        metavar="FOLDER",
        help=(
            "A world of one's own: some of states.csv, other_homes.csv, organisations.csv and"
            " positions.csv, each in place of the one that ships."
        ),
    ),
]
Ties = Annotated[
    Path | None,
    path_option(
        "--ties",
        metavar="FILE",
        help=(
            "Whose example counts: a CSV or Parquet file with source, target and weight, in place"
            " of the ties of each source in it."
        ),
    ),
]
Workers = Annotated[
    int | None,
    number_option(
        "--workers",
        check=check_workers,
        help="How many work at once, by default one per processor; they change no result.",
    ),
]
Json = Annotated[
    str | None,
    typer.Option(
        "--json", metavar="FILE|-", help="Write JSON to a file, or alone to the standard output."
    ),
]
Out = Annotated[
    Path | None,
    path_option(
        "--out",
        metavar="FOLDER",
        help="Write tables and manifest into this folder, in place of its run.",
    ),
]
Formats = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="NAME,…", help="Formats for --out.", show_default="parquet,csv,json"
    ),
]


def load_in_world(name: str, facts: Path | None, ties: Path | None) -> Scenario:
    """The scenario of that name or path in the world of --facts and --ties."""
    of = read_facts(facts, "--facts")
    return load(name, facts=of, ties=read_ties(ties, of, "--ties"))


def settings(pairs: Iterable[str] | None) -> dict[str, float]:
    """The values of --set: dial -> number."""
    return {
        name: _number(name, value) for name, value in _by_name("--set", pairs, "NAME=VALUE").items()
    }


def words_and_numbers(pairs: Iterable[str] | None) -> dict[str, float | str]:
    """The values of a --set that takes words as well: name -> number, or the word itself."""
    return {name: number(value) for name, value in _by_name("--set", pairs, "NAME=VALUE").items()}


def text(value: str) -> str | list[float]:
    """The value of --text: a word, or the levels of provisions with commas between them."""
    if "," not in value:
        return value
    levels = [number(level) for level in value.split(",")]
    wrong = next((level for level in levels if isinstance(level, str)), None)
    if wrong is not None:
        raise InputError(
            f"--text: found {wrong!r} among the levels, expected numbers from 0 to 1 with commas"
            " between"
        )
    return [float(level) for level in levels]


def choices(pairs: Iterable[str] | None) -> dict[str, str]:
    """The values of --choose: choice -> option, or several with commas between them."""
    return _by_name("--choose", pairs, "CHOICE=OPTION")


def scenario(
    name: str | None,
    set_: Iterable[str] | None,
    choose: Iterable[str] | None,
    lens: str | None = None,
    weights: str | None = None,
    facts: Path | None = None,
    ties: Path | None = None,
) -> Scenario:
    """The scenario of that name or path (None: the default) with the values of --set, --choose,
    --lens (None: its own lens) and --weights, in the world of --facts and --ties.
    """
    of_code, others = _of_code(set_)
    dials, answers = settings(others), choices(choose)
    loaded = load_in_world(DEFAULT if name is None else name, facts, ties)
    if of_code:
        loaded = loaded.with_table({"code": of_code}, COMMAND_LINE)
    under_lens = loaded if lens is None else loaded.with_lens(lens_named(lens, "--lens").name)
    with_settings = under_lens.with_changes(set=dials, choices=answers, where=COMMAND_LINE)
    return with_weights(with_settings, weights, "--weights")


def _of_code(pairs: Iterable[str] | None) -> tuple[dict[str, Any], list[str]]:
    """What --set says of the code, as a scenario file says it, and the other pairs."""
    others = [pair for pair in pairs or () if pair.partition("=")[0].strip() not in OF_CODE]
    own: dict[str, Any] = dict(
        _by_name("--set", (pair for pair in pairs or () if pair not in others), "NAME=VALUE")
    )
    if "may_sign" in own:
        own["may_sign"] = own["may_sign"].split(",")
    return own, others


def events(texts: Iterable[str] | None) -> list[dict[str, Any]]:
    """The values of --event: each the keys and values of one event."""
    tables = []
    for text in texts or ():
        try:
            tables.append(tomllib.loads(f"event = {{{text}}}")["event"])
        except tomllib.TOMLDecodeError as problem:
            expected = "the keys of an event, as in 'round = 0, who = [\"USA\"], signs = true'"
            raise InputError(f"--event: found {text!r}, expected {expected}") from problem
    return tables


@dataclass(frozen=True)
class Simulation:
    """The options of every command that simulates a scenario, which a `sim.request.Request` is made
    from. A command with another number of worlds has a class of its own.
    """

    worlds: ClassVar[int] = REPLICATES  # where --replicates is not there

    replicates: Replicates = None
    seed: Seed = None
    set_: Settings = None
    choose: Choices = None
    lens: Lens = None
    weights: Weights = None
    facts: Facts = None
    ties: Ties = None
    workers: Workers = None

    def scenario(self, name: str | None) -> Scenario:
        """The scenario of that name or path (None: the default), with these options."""
        return scenario(
            name, self.set_, self.choose, self.lens, self.weights, self.facts, self.ties
        )

    def request(self, name: str | Scenario | None) -> Request:
        """What is to be simulated: *name* as in `scenario`, or the scenario itself."""
        scenario = name if isinstance(name, Scenario) else self.scenario(name)
        return Request(scenario, self.number, self.start, self.workers)

    @property
    def number(self) -> int:
        """How many worlds."""
        return self.worlds if self.replicates is None else self.replicates

    @property
    def start(self) -> int:
        """The seed."""
        return SEED if self.seed is None else self.seed

    def are_there(self, *names: str) -> dict[str, bool]:
        """Whether each of these options is on the command line, by its spelling there."""
        return {f"--{name.rstrip('_')}": getattr(self, name) not in (None, []) for name in names}


@dataclass(frozen=True)
class SimulationOfPivots(Simulation):
    """The same of pivots and of stability."""

    worlds = PIVOTS_REPLICATES
    replicates: Annotated[int | None, replicates_option(PIVOTS_REPLICATES)] = None


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """*command* as typer reads it: in place of each parameter whose type is a group of options (a
    dataclass) stand these options, of which the command gets the group.
    """
    parameters = inspect.signature(command, eval_str=True).parameters
    groups: dict[str, Any] = {
        name: each.annotation for name, each in parameters.items() if is_dataclass(each.annotation)
    }
    options: list[inspect.Parameter] = []
    for name, parameter in parameters.items():
        options += (
            _options_of(groups[name])
            if name in groups
            else [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)]
        )

    @wraps(command)
    def call(**values: Any) -> None:
        for name, group in groups.items():
            values[name] = group(**{each.name: values.pop(each.name) for each in fields(group)})
        command(**values)

    call.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    call.__annotations__ = {option.name: option.annotation for option in options}
    return call


def _options_of(group: Any) -> list[inspect.Parameter]:
    """The fields of a group as parameters."""
    types, kind = get_type_hints(group, include_extras=True), inspect.Parameter.KEYWORD_ONLY
    return [
        inspect.Parameter(each.name, kind, default=each.default, annotation=types[each.name])
        for each in fields(group)
    ]


def first_round(scenario: Scenario, option: str, number: str | None, date: str | None) -> int:
    """The round in *number*, the value of *option*, or the round of --date; the launch where
    neither is there.
    """
    return starting_round(
        scenario, None if number is None else whole(number), date, (option, "--date")
    )


def whole(text: str) -> int | str:
    """The whole number in *text*, or *text* itself, which the check of the range then refuses."""
    try:
        return int(text) if _is_plain(text) else text
    except ValueError:
        return text


def number(text: str) -> float | str:
    """The number in *text*, or *text* itself, which the check of the range then refuses."""
    try:
        return float(text) if _is_plain(text) else text
    except ValueError:
        return text


def _is_plain(text: str) -> bool:
    """Whether *text* is written as numbers are on a command line: no other digits than 0 to 9,
    nothing between them.
    """
    return text.isascii() and "_" not in text


def on_command_line(context: typer.Context) -> list[str]:
    """The arguments and options that are on the command line, as --help spells them."""
    names = []
    for each in context.command.params:
        source = context.get_parameter_source(str(each.name))
        if source is not None and source.name == "COMMANDLINE":
            is_option = each.opts[0].startswith("-")
            names.append(each.opts[0] if is_option else str(each.metavar))
    return names


def only_alone(option: str, others: Mapping[str, Any]) -> None:
    """InputError where one of *others*, by its spelling on the command line, has a value beside
    *option*.
    """
    beside = [name for name, value in others.items() if value]
    if beside:
        raise InputError(
            f"{COMMAND_LINE}: found {beside[0]} beside {option}, expected {option} without it"
        )


def _by_name(option: str, pairs: Iterable[str] | None, form: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in pairs or ():
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not (name and equals and value):
            raise InputError(f"{option}: found {pair!r}, expected {form}")
        if name in values:
            raise InputError(f"{option}: found {name} twice, expected it once")
        values[name] = value
    return values


def _number(name: str, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise InputError(f"--set: {name} is {value!r}, expected a number") from None


# Some versions of typer bring a click of their own, whose errors have no other name in common.
USAGE_ERROR: type[typer.BadParameter] = typer.BadParameter.__mro__[1]  # type: ignore[assignment]


def sentence(problem: typer.BadParameter, commands: Iterable[str]) -> str:
    """The sentence on a command line that cannot be read; *commands* are the existing ones."""
    if isinstance(problem.__cause__, InputError):
        return str(problem.__cause__)
    message = problem.format_message().rstrip(".")
    context = problem.ctx
    where = (
        str(context.info_name)
        if context is not None and context.parent is not None
        else COMMAND_LINE
    )
    kind = type(problem).__name__
    if command := re.match(r"No such command '(.*?)'", message):
        names = list(commands)
        return (
            f"{where}: found the command {command[1]!r}, expected one of"
            f" {', '.join(names)}{nearest(command[1], names)}"
        )
    if kind == "NoSuchOption":
        option, names = (
            getattr(problem, "option_name", ""),
            getattr(problem, "possibilities", None) or [],
        )
        return (
            f"{where}: found the option {option!r}, expected one that --help"
            f" lists{nearest(option, names)}"
        )
    if kind == "BadOptionUsage":
        return (
            f"{where}: found nothing after {getattr(problem, 'option_name', '')!r}, expected a"
            " value"
        )
    if kind == "MissingParameter" and context is not None:
        return f"{where}: found too few arguments, expected {_form(context)}"
    if (
        extra := re.match(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", message)
    ) and context is not None:
        return f"{where}: found {extra[1]!r} beside the arguments, expected {_form(context)}"
    return f"{where}: found that {message[0].lower()}{message[1:]}, expected what --help shows"


def _form(context: Any) -> str:
    """The arguments of a command as its usage shows them."""
    return " ".join(context.command.collect_usage_pieces(context))
