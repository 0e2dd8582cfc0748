"""Whether a folder of results holds one whole run, and which: its files against the hashes in its manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.arguments import LARGEST_SEED, MOST_REPLICATES
from sim.errors import InputError
from sim.output_folder import MANIFEST, finish_interrupted, listed_files, other_files, sha256_of
from sim.reading import Section, json_object
from sim.writing import reason

EXPECTED = "a manifest as `parley run --out` writes it"
WHOLE, OUTSIDE = "whole", "outside"
LETTERS = 12  # of a hash in a sentence


@dataclass(frozen=True)
class Verification:
    """What a folder of results holds: `runs`, one of them or those of a comparison by name, each with its `scenario`,
    `sha256`, `seed`, `replicates` and `parley` (the version); the state of each of its `files` (`whole`, `missing`,
    `changed`, `unreadable` or `outside`); a sentence each on the `faults`; and the `others`, which no run wrote.
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
            "folder": str(self.folder),
            "whole": self.is_whole,
            "runs": [{"run": name, **run} for name, run in self.runs.items()],
            "files": [{"file": name, "state": state} for name, state in self.files.items()],
            "faults": list(self.faults),
            "others": list(self.others),
        }


def verify(folder: str | Path) -> Verification:
    """Hold the files in *folder*, as `Run.save` or `parley run --out` left them, against its manifest.

    Where the writer ended in the midst of putting a run in its place, that is finished first. InputError where there is
    no such folder, or no manifest that can be read and lists files.
    """
    folder = Path(folder)
    if not folder.is_dir():
        thing = "a file" if folder.exists() else "nothing"
        raise InputError(f"{folder}: found {thing}, expected a folder that holds a run")
    finish_interrupted(folder)
    label = f"{folder / MANIFEST}"
    manifest = json_object(folder / MANIFEST, label, EXPECTED)
    listed = listed_files(folder)
    if not listed:
        raise InputError(f"{label}: it lists no files, expected {EXPECTED} in this version")
    states, faults = {}, []
    for name in Section(manifest, label).section("files"):
        path = folder / name
        states[name], fault = _state(path, listed[name]) if name in listed else (OUTSIDE, "it is not in this folder")
        if fault:
            faults.append(f"{path}: {fault}, expected the file that the run wrote")
    runs = dict(_runs(manifest, folder, states))
    return Verification(folder, runs, states, tuple(faults), tuple(other_files(folder, listed)))


def _state(path: Path, expected: str) -> tuple[str, str]:
    """The state of the file *path*, and what is wrong with it; empty where nothing is."""
    try:
        sha256 = sha256_of(path)
    except FileNotFoundError:
        return "missing", "it is missing"
    except OSError as problem:
        return "unreadable", f"it cannot be read ({reason(problem)})"
    if sha256 == expected:
        return WHOLE, ""
    return "changed", f"its SHA-256 begins with {sha256[:LETTERS]} and not with {expected[:LETTERS]}"


def _runs(
    manifest: Mapping[str, Any], folder: Path, states: Mapping[str, str]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Name -> run of each that *manifest* describes, by itself, within, or in files of a comparison that are whole."""
    if "manifests" in manifest:
        for name, file in Section(manifest, str(folder / MANIFEST)).section("manifests").values.items():
            if states.get(file) == WHOLE:
                yield name, _run(json_object(folder / file, str(folder / file), EXPECTED), folder / file)
    else:
        yield "", _run(manifest.get("manifest", manifest), folder / MANIFEST)


def _run(manifest: Any, path: Path) -> Mapping[str, Any]:
    """Which run *manifest* describes; InputError where it does not say."""
    if not isinstance(manifest, dict):
        raise InputError(f"{path}: its manifest is no object, expected {EXPECTED}")
    content = Section(manifest, str(path))
    scenario = content.section("scenario")
    return {
        "scenario": scenario.text("name"),
        "sha256": scenario.text("sha256"),
        "seed": content.whole("seed", 0, LARGEST_SEED),
        "replicates": content.whole("replicates", 1, MOST_REPLICATES),
        "parley": content.text("parley"),
    }
