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
        which = f"{run['run']}: " if run["run"] else ""
        screen.print(
            printable(
                f"{which}{run['scenario']} ({run['sha256'][:LETTERS]}), {run['replicates']}"
                f" simulated worlds, seed {run['seed']}, Parley {run['parley']}"
            ),
            style="bold",
        )
    count, whole = len(result.files), sum(state == WHOLE for state in result.files.values())
    screen.print(f"{whole} of {count} files are there as the run wrote them.")
    if result.others:
        few = ", ".join(result.others[:MOST_OTHERS])
        more = len(result.others) - MOST_OTHERS
        screen.print(f"Not of this run: {few}{f' and {more} more' if more > 0 else ''}")
