"""Sources that tests may edit: a small package of compiled functions, and a copy of Parley."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def edit(path: Path, old: str, new: str) -> None:
    """Write *new* in place of *old*, which must be there, into the file *path*."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def start(
    program: str, environment: dict[str, str], standard_error: int = subprocess.PIPE
) -> subprocess.Popen[str]:
    """A new interpreter that runs *program*."""
    return subprocess.Popen(
        [sys.executable, "-P", "-c", program],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=standard_error,
        text=True,
    )


def output(process: subprocess.Popen[str]) -> str:
    """What a *process* prints until it ends; it must succeed."""
    text, errors = process.communicate()
    assert process.returncode == 0, errors
    return text


class Sources:
    """Sources in a folder, with a cache folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache = folder / "sources", folder / "cache"
        self.folder.mkdir()

    @property
    def environment(self) -> dict[str, str]:
        """Variables under which an interpreter finds these sources and their cache."""
        return {
            "PYTHONPATH": f"{self.folder}{os.pathsep}{ROOT}",
            "XDG_CACHE_HOME": str(self.cache),
            "LOCALAPPDATA": "",
            # Python tells an edited source by its second and its size, which may stay as they are.
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def edit(self, file: str, old: str, new: str) -> None:
        edit(self.folder / file, old, new)

    def run(self, program: str, standard_error: int = subprocess.PIPE) -> str:
        """What *program* prints."""
        return output(start(program, self.environment, standard_error))


class House(Sources):
    """A copy of Parley."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        for name in ("sim", "dashboard", "scenarios"):
            shutil.copytree(
                ROOT / name,
                self.folder / name,
                ignore=shutil.ignore_patterns("__pycache__", "assets"),
            )


# The files of a package in which a function leads to others, to a constant, to a column and to
# fields.
PACKAGE = {
    "__init__": "",
    "formula": (
        '''
"""A formula."""
import numpy as np
from sim.compiled import compiled, compiled_unchecked

STEEPNESS = 2.0
TABLE = np.array([1.0, 2.0])

@compiled
def formula(x):
    """Twice x, and something."""
    return STEEPNESS * x * TABLE[0] + something(x)

@compiled
def something(x):
    return x

@compiled
def other(x):
    return x
'''
    ),
    "layout": (
        '''
"""Columns and fields."""
from collections import namedtuple
from typing import NamedTuple

AT = namedtuple("AT", ["base", "slope"])(0, 1)
Wide = namedtuple("Wide", ["level", "trend"])
Unread = namedtuple("Unread", ["some", "more"])

class Narrow(NamedTuple):
    """Two numbers."""
    reach: object
    limit: object
'''
    ),
    "caller": (
        '''
"""Who calls it."""
from package import formula
from package.layout import AT, Narrow
from sim.compiled import compiled

@compiled
def caller(wide, dials):
    """The formula, of a dial."""
    return formula.formula(dials[AT.base]) * wide.level * Narrow(1.0, 3.0).reach
'''
    ),
    "apart": "VALUE = 1",
}

CALL = (
    "import numpy as np; from package.caller import caller; from package.layout import Wide;"
    " print(caller(Wide(2.0, 5.0), np.array([3.0, 7.0])))"
)
RESULT = 18.0  # (2 * 3 * 1 + 3) * 2 * 1
FUNCTIONS = {"caller", "formula", "something"}  # that are compiled for it


class Package(Sources):
    """The package above."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        (self.folder / "package").mkdir()
        for name, text in PACKAGE.items():
            (self.folder / "package" / f"{name}.py").write_text(text, encoding="utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        self.edit(f"package/{file}.py", old, new)

    def call(self) -> float:
        """The result of the function `caller`, as a new interpreter finds it."""
        return float(self.run(CALL))

    def machine_code(self) -> dict[Path, int]:
        """Every file of machine code, and when it was written."""
        files = (self.cache / "parley" / "compiled").rglob("*.code")
        return {file: file.stat().st_mtime_ns for file in files}


def functions(machine_code: set[Path]) -> set[str]:
    """The functions of the package whose machine code is in these files."""
    return {file.parent.name.partition("-")[0].rpartition(".")[2] for file in machine_code}
