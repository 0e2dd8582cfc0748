"""Whether a folder of results holds one whole run, and which: its files against the hashes in its
manifest.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.arguments import LARGEST_SEED, MOST_REPLICATES
from sim.errors import InputError
from sim.output_folder import (
    EXPECTED,
    FILES,
    IS_SHA256,
    LETTERS,
    MANIFEST,
    NEW,
    SEAL,
    hash_at,
    is_edited,
    is_inside,
    is_interrupted,
    other_files,
)
from sim.reading import FOLDER, NOTHING, Section, as_path, json_object, kind_at, literal, printable
from sim.sweeps.files import DESCRIPTION
from sim.writing import reason

WHOLE, OUTSIDE = "whole", "outside"


@dataclass(frozen=True)
class Verification:
    """What a folder of results holds: `runs`, one of them, or those of a comparison or a sweep by
    name, each with its `scenario`, `sha256`, `seed`, `replicates` and `parley` (the version); the
    state of each of its `files` (`whole`, `missing`, `changed`, `unreadable` or `outside`); a
    sentence each on the `faults`; and the `others`, which no run wrote.
    """

    folder: Path
    runs: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, str]
    faults: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every file of the run is there as the run wrote it."""
        return not self.faults

    def as_json(self) -> dict[str, Any]:
        """What `parley verify --json` writes (docs/json.md)."""
        return {
            "folder": printable(str(self.folder)),
            "whole": self.is_whole,
            "runs": [{"run": name, **run} for name, run in self.runs.items()],
            "files": [{"file": name, "state": state} for name, state in self.files.items()],
            "faults": list(self.faults),
            "others": list(self.others),
        }


def verify(folder: str | Path) -> Verification:
    """Hold the files in *folder*, as `Run.save` or `parley run --out` left them, against its
    manifest.

    It only reads, and finds accidents and edits; whoever writes a manifest anew with all its hashes
    is not found. Where a writer was killed while the files of its run took their places, the run is
    that one, and it is a fault until the next writer there finishes it. InputError where there is
    no such folder, or no manifest that can be read and lists files.
    """
    folder = as_path(folder, "folder", "a folder that holds a run")
    if (kind := kind_at(folder, printable(str(folder)))) != FOLDER:
        raise InputError(f"{folder}: found {kind}, expected a folder that holds a run")
    faults = []
    try:
        folders = (folder / NEW, folder) if is_interrupted(folder) else (folder,)
        file = folders[0] / MANIFEST
        label = f"{file}"
        if len(folders) > 1:
            fault = (
                f"{folder}: a run was interrupted while it took its place, expected it whole; the"
                " next one that is "
            )
            faults.append(f"{fault}written there finishes it")
        elif (folder / DESCRIPTION).exists() and kind_at(file, label) == NOTHING:
            problem = "found a sweep that is not finished, expected all of its runs"
            raise InputError(f"{folder}: {problem}; `parley sweep` into this folder goes on")
        if hash_at(file) == "":
            raise InputError(f"{label}: found no file, expected {EXPECTED}")
        manifest = json_object(file, label, EXPECTED)
        if not isinstance(manifest.get(FILES), dict):
            raise InputError(f"{label}: it lists no files, expected {EXPECTED} in this version")
        states, of_files = _states(folders, manifest[FILES])
        others = tuple(printable(name) for name in other_files(folder, {*states, MANIFEST}))
    except OSError as problem:
        sentence = f"{folder}: it cannot be read ({reason(problem)})"
        raise InputError(f"{sentence}, expected a folder that holds a run") from None
    faults += [*_faults_of(manifest, label), *of_files]
    runs = dict(_runs(manifest, folders, states))
    return Verification(folder, runs, states, tuple(printable(fault) for fault in faults), others)


def _faults_of(manifest: Mapping[str, Any], label: str) -> Iterator[str]:
    """What is wrong with *manifest* itself."""
    if SEAL not in manifest:
        yield f"{label}: it has no {SEAL}, expected that of {EXPECTED}"
    elif is_edited(manifest):
        yield (
            f"{label}: found it edited, as its {SEAL} does not fit, expected it as the run wrote it"
        )
    if not manifest[FILES]:
        yield f"{label}: its list of files is empty, expected the files that the run wrote"
    if "manifests" not in manifest:
        return
    manifests = manifest["manifests"]
    if not (isinstance(manifests, dict) and manifests):
        yield (
            f"{label}: manifests is {literal(manifests)}, expected the file of each run of a"
            " comparison"
        )
        return
    for name, file in manifests.items():
        if not isinstance(file, str) or file not in manifest[FILES]:
            yield (
                f"{label}: the manifest of {literal(name)} is {literal(file)}, expected one of its"
                " files"
            )


def _place(folders: Sequence[Path], name: str) -> Path:
    """The file *name* in the first of *folders* that has it, or in the last."""
    return next(
        (each / name for each in folders if os.path.lexists(each / name)), folders[-1] / name
    )


def _states(folders: Sequence[Path], files: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Name -> state of each of *files*, and what is wrong with them."""
    folder, states, faults = folders[-1], {}, []
    for name, sha256 in files.items():
        if name == MANIFEST or not is_inside(folder, name):
            states[name] = OUTSIDE
            faults.append(
                f"{folder}: {literal(name)} is listed and is not in this folder, expected files of"
                " the run"
            )
            continue
        path = _place(folders, name)
        states[name], fault = _state(path, sha256)
        if fault:
            faults.append(f"{path}: {fault}, expected the file that the run wrote")
    return states, faults


def _state(path: Path, expected: Any) -> tuple[str, str]:
    """The state of the file *path*, and what is wrong with it; empty where nothing is."""
    if not (isinstance(expected, str) and IS_SHA256(expected)):
        return "changed", f"it is listed with {literal(expected)} and not with its SHA-256"
    try:
        sha256 = hash_at(path)
    except OSError as problem:
        return "unreadable", f"it cannot be read ({reason(problem)})"
    if sha256 is None:
        return "missing", "it is missing"
    if not sha256:
        return "changed", "found a link, a folder, a pipe or a device"
    if sha256 == expected:
        return WHOLE, ""
    return (
        "changed",
        f"its SHA-256 begins with {sha256[:LETTERS]} and not with {expected[:LETTERS]}",
    )


def _runs(
    manifest: Mapping[str, Any], folders: Sequence[Path], states: Mapping[str, str]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Name -> run of each that *manifest* describes, by itself, within, or in files of a comparison
    that are whole.
    """
    if "made_from" in manifest:  # a sweep
        made_from = manifest["made_from"]
        for name, each in made_from.items() if isinstance(made_from, dict) else ():
            yield name, _run(each, folders[0] / MANIFEST)
    elif "manifests" in manifest:
        manifests = manifest["manifests"]
        for name, file in manifests.items() if isinstance(manifests, dict) else ():
            if isinstance(file, str) and states.get(file) == WHOLE:
                path = _place(folders, file)
                yield name, _run(json_object(path, str(path), EXPECTED), path)
    else:
        yield "", _run(manifest.get("manifest", manifest), folders[0] / MANIFEST)


def _run(manifest: Any, path: Path) -> Mapping[str, Any]:
    """Which run *manifest* describes; InputError where it does not say."""
    if not isinstance(manifest, dict):
        raise InputError(f"{path}: its manifest is no object, expected {EXPECTED}")
    content = Section(manifest, str(path))
    scenario = content.section("talks" if "talks" in content else "scenario")
    return {
        "scenario": scenario.text("name"),
        "sha256": scenario.text("sha256"),
        "seed": content.whole("seed", 0, LARGEST_SEED),
        "replicates": content.whole("replicates", 1, MOST_REPLICATES),
        "parley": content.text("parley"),
    }
