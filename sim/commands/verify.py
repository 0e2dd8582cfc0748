"""`parley verify`: which run a folder of results holds, and whether each of its files is there and
whole.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands import options
from sim.commands.printing import STANDARD_OUTPUT, Record, Target
from sim.errors import InputError
from sim.output_folder import LETTERS
from sim.reading import as_path, literal, printable
from sim.verification import WHOLE, Verification
from sim.verification import verify as hold_against_manifest
from sim.words.language import say

if TYPE_CHECKING:
    from rich.console import Console

FAULTY = 2
MOST_OTHERS = 5

Folder = Annotated[
    str, typer.Argument(metavar="FOLDER", help="A folder that --out of another command wrote.")
]


def verify(folder: Folder, json: options.Json = None) -> None:
    """Say which run a folder holds, and whether each of its files is there, whole and of that run;
    if not, the exit code is 2.
    """
    place = as_path(folder, "FOLDER", "a folder that holds a run")
    if json is not None and _is_in(json, place):
        raise InputError(
            f"--json: found {literal(json)}, in the folder to verify, expected a file elsewhere"
        )
    target = Target(json)
    result = hold_against_manifest(place)
    target.deliver(result.as_json(), partial(show_verification, result=result))
    for fault in result.faults:
        typer.echo(f"parley: {fault}", err=True)
    if not result.is_whole:
        raise typer.Exit(FAULTY)


def _is_in(json: str, folder: Path) -> bool:
    """Whether the file *json* lies in *folder*; not so the standard output."""
    file = os.path.realpath(as_path(json, "--json"))
    return json != STANDARD_OUTPUT and Path(file).is_relative_to(os.path.realpath(folder))


def show_verification(content: Record, screen: Console, result: Verification) -> None:
    """Print which run it is, how many of its files are whole, and what else lies there."""
    for run in content["runs"]:
        words = say(
            "folder-run",
            run=run["run"] or None,
            scenario=run["scenario"],
            hash=run["sha256"][:LETTERS],
            worlds=run["replicates"],
            seed=str(run["seed"]),
            version=run["parley"],
        )
        screen.print(printable(words), style="bold")
    whole = sum(state == WHOLE for state in result.files.values())
    screen.print(say("folder-files", whole=whole, files=len(result.files)))
    if result.others:
        few, more = result.others[:MOST_OTHERS], len(result.others[MOST_OTHERS:])
        screen.print(say("folder-others", files=few, more=more))
