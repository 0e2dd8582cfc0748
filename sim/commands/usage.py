"""A wrong command line in the words of every other wrong input: where, what was found, what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import typer

from sim.commands.options import COMMAND_LINE
from sim.errors import nearest

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
