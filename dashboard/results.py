"""The results of sweeps that `parley dashboard --sweeps FOLDER` shows: folders that `parley sweep`
wrote, by name.

Whoever starts the server names the folder; a visitor chooses among names, and no sentence tells a
path.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import sim

DESCRIPTION = "sweep.json"  # what a folder of a sweep has
MOST_RUNS = 1_000_000  # that the page analyses
OPTION = "--sweeps"
WHERE = "the sweep"


class Results:
    """Folders of sweeps by their names, which stay the same while the server lives."""

    def __init__(self, folders: Mapping[str, Path] = MappingProxyType({})) -> None:
        self._folders = dict(folders)

    @classmethod
    def within(cls, folder: str | Path) -> Results:
        """The sweep in *folder*, or all in the folders of *folder*; InputError, in one sentence,
        where there is none, or where one of them cannot be read.
        """
        place = Path(folder)
        if not str(folder).strip() or not place.is_dir():
            raise sim.InputError(
                f"{OPTION} {folder}: found no folder there, expected one that `parley sweep` wrote"
            )
        place = place.resolve()
        try:
            inside = sorted(path for path in place.iterdir() if (path / DESCRIPTION).is_file())
        except OSError as problem:
            raise sim.InputError(
                f"{OPTION} {folder}: it cannot be read ({problem.strerror})"
            ) from None
        folders = [place] if (place / DESCRIPTION).is_file() else inside
        if not folders:
            raise sim.InputError(
                f"{OPTION} {folder}: found no sweep there, expected a folder that `parley sweep`"
                " wrote, or one that holds such folders"
            )
        for each in folders:
            _check(each)
        return cls({each.name: each for each in folders})

    def __len__(self) -> int:
        return len(self._folders)

    def open(self, name: str) -> sim.SweepResult:
        """The sweep called *name*; InputError, which names no path, where there is none."""
        if name not in self._folders:
            expected = (
                f"one of {', '.join(self._folders)}"
                if self._folders
                else "none, as this server shows none"
            )
            raise sim.InputError(f"{WHERE}: result is {name[:40]!r}, expected {expected}")
        return open_at(name, self.path(name))

    def path(self, name: str) -> Path:
        """Where the sweep called *name* lies."""
        return self._folders[name]

    def listing(self) -> list[dict[str, Any]]:
        """A row per sweep: name, title, question, its points and worlds, how many runs are done,
        and what is wrong.
        """
        rows = []
        for name in self._folders:
            try:
                result = self.open(name)
                rows.append(
                    {
                        "name": name,
                        "title": str(result.description["title"]),
                        "question": str(result.description["question"]),
                        "points": int(result.description["points"]),
                        "replicates": result.replicates,
                        "runs": result.runs,
                        "done": result.runs_complete,
                        "problem": "",
                    }
                )
            except sim.InputError as problem:
                rows.append({"name": name, "title": name, "question": "", "problem": str(problem)})
        return rows


def open_at(name: str, path: Path) -> sim.SweepResult:
    """The sweep at *path*, which visitors know as *name*; InputError, which names no path, where it
    cannot be read.
    """
    try:
        _check(path)
        return sim.open_sweep(path)
    except sim.InputError as problem:
        raise without_path(problem, name, path) from None


def without_path(problem: sim.InputError, name: str, path: Path) -> sim.InputError:
    """The *problem* with a sweep, which names it as visitors do."""
    return sim.InputError(str(problem).replace(str(path), f"{WHERE} {name}"))


def _check(path: Path) -> None:
    """InputError where there is no sweep at *path*, or what says which one it is was damaged."""
    result = sim.open_sweep(path)
    try:
        _ = (result.runs, result.axes, result.runs_complete, list(result.columns["name"]))
        levers, uncertainties = (
            result.description["sweep"][key]["points"] for key in ("levers", "uncertainties")
        )
        if int(levers) * int(uncertainties) != int(result.description["points"]):
            raise ValueError
        if not result.columns["basis"].isin(list(sim.BASES)).all():
            raise ValueError
    except (KeyError, TypeError, ValueError, AttributeError, OSError):
        raise sim.InputError(
            f"{path}: what {DESCRIPTION} says is not whole, expected a folder that `parley sweep`"
            " wrote"
        ) from None
