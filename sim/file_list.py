"""The list of a run's files in its `manifest.json`, by name and SHA-256, and the seal that binds
the manifest together.

What the list names with the hash that it has is as the run wrote it. All else in the folder is
somebody else's.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from sim.errors import InputError
from sim.reading import json_object
from sim.writing import plain

MANIFEST = "manifest.json"
HIDDEN = ".parley"
FILES, SEAL = "files", "seal"
EXPECTED = "a manifest as `parley run --out` writes it"
LONGEST_NAME = 4096
LETTERS = 12  # of a hash in a sentence
IS_SHA256 = re.compile(r"[0-9a-f]{64}").fullmatch


def sha256_of(path: Path, flush: bool = False) -> str:
    """The SHA-256 of the file *path*; with *flush*, the file is on the disk by then."""
    with path.open("rb+") if flush else path.open("rb") as file:
        if flush:
            os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_at(path: Path) -> str | None:
    """The SHA-256 of the file *path*; None where there is nothing, an empty text where there is a
    folder, a link, a pipe or a device.
    """
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    return sha256_of(path) if stat.S_ISREG(mode) else ""


def seal_of(manifest: Mapping[str, Any]) -> str:
    """The SHA-256 of all keys of *manifest* but the seal, as JSON with sorted keys and without
    spaces, in ASCII.
    """
    content = {key: value for key, value in manifest.items() if key != SEAL}
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def with_files(manifest: Mapping[str, Any], files: Mapping[str, str]) -> dict[str, Any]:
    """*manifest* with its *files*, name -> SHA-256, and its seal."""
    content = plain({**manifest, FILES: files})
    return {**content, SEAL: seal_of(content)}


def is_edited(manifest: Mapping[str, Any]) -> bool:
    """Whether *manifest* has a seal that does not fit."""
    return SEAL in manifest and manifest[SEAL] != seal_of(manifest)


def is_listing(files: Any) -> bool:
    """Whether *files* maps names to hashes."""
    hashes = files.values() if isinstance(files, Mapping) else [None]
    return all(isinstance(sha256, str) and IS_SHA256(sha256) for sha256 in hashes)


def listed_files(folder: Path) -> dict[str, str]:
    """Name -> SHA-256 of the files that the manifest in *folder* lists, itself included; none where
    it is not Parley's or somebody edited it. Names that lead out of the folder do not count.
    OSError where it cannot be read.
    """
    path = folder / MANIFEST
    if not (own_hash := hash_at(path)):
        return {}
    try:
        manifest = json_object(path, str(path), EXPECTED)
    except InputError:
        return {}
    run, files = manifest.get("manifest", manifest), manifest.get(FILES)
    version = manifest.get("parley", run.get("parley") if isinstance(run, dict) else None)
    if not (isinstance(version, str) and files and is_listing(files)) or is_edited(manifest):
        return {}
    return {
        **{name: sha256 for name, sha256 in files.items() if is_inside(folder, name)},
        MANIFEST: own_hash,
    }


def is_name(name: str) -> bool:
    """Whether *name* can be that of a file of a run, on every system, and in UTF-8."""
    parts = name.split("/")
    if {"", ".", ".."} & {*parts} or parts[0].casefold() == HIDDEN or len(name) > LONGEST_NAME:
        return False
    return not re.search(r"[\\:\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", name)


def is_inside(folder: Path, name: str) -> bool:
    """Whether *name* is that of a file in *folder*, not by way of a link to another folder."""
    if not is_name(name):
        return False
    try:
        parent = (folder.resolve() / PurePosixPath(name)).parent
        return parent.resolve() == parent and not os.path.islink(parent)
    except (OSError, ValueError):  # a name too long, links in a circle
        return False


def remove_file(folder: Path, name: str) -> None:
    """Remove the file *name* in *folder*, and its own folders where they are empty by then."""
    (folder / name).unlink(missing_ok=True)
    for parent in PurePosixPath(name).parents[:-1]:
        try:
            (folder / parent).rmdir()
        except OSError:
            return


def changed_since(path: Path) -> InputError:
    """The InputError that somebody changed the file *path* that a run wrote."""
    return InputError(
        f"{path}: found it changed since the run wrote it, expected it as it was, or elsewhere"
    )
