"""The files of sweeps: a shipped one by name, in the folder beside the scenarios; a user's own by
path.
"""

from __future__ import annotations

from pathlib import Path

from sim.errors import InputError, nearest
from sim.facts.shipped import SCENARIOS, label_of
from sim.reading import FILE, Section, as_path, kind_at, toml_table

FOLDER = SCENARIOS / "sweeps"
DESCRIPTION = "sweep.json"  # in the folder of a sweep


def available_sweeps() -> list[tuple[str, str, str]]:
    """(name, title, question) of every shipped sweep, by name."""
    rows = []
    for name, file in sorted(_shipped().items()):
        section = Section(toml_table(file, label_of(file)), label_of(file))
        rows.append((name, section.text("title"), section.text("question")))
    return rows


def sweep_file(sweep: str | Path) -> Path:
    """The file of the shipped sweep of that name, or the one at that path; InputError where there
    is none.
    """
    path = as_path(sweep, "sweep", "a name that `parley list` shows or the path of a sweep file")
    shipped = _shipped()
    if str(sweep) in shipped:
        return shipped[str(sweep)]
    if kind_at(path, str(sweep)) != FILE:
        expected = (
            f"one of {', '.join(sorted(shipped))} or the path of a .toml"
            f" file{nearest(path.stem, shipped)}"
        )
        raise InputError(f"{sweep}: found no such sweep, expected {expected}")
    return path


def _shipped() -> dict[str, Path]:
    return {file.stem: file for file in FOLDER.glob("*.toml")}
