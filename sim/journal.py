"""The journal by which the files of a new run take the places of an old one's, one by one, whoever
stops in between.

It holds name -> SHA-256 of the old files and of the new ones, and whoever follows it touches no
file with another hash.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sim.errors import InputError
from sim.file_list import (
    HIDDEN,
    MANIFEST,
    changed_since,
    hash_at,
    is_inside,
    is_listing,
    remove_file,
    sha256_of,
)
from sim.reading import json_object
from sim.writing import json_text, write_into

NEW, JOURNAL = "new", "journal.json"
EXPECTED = (
    "the journal of an interrupted run, as Parley wrote it; remove that folder if nothing in it is"
    " wanted"
)


def is_interrupted(folder: Path) -> bool:
    """Whether a journal in *folder* was not followed to its end."""
    return os.path.lexists(folder / HIDDEN / JOURNAL)


def write_journal(folder: Path, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """From here on the run that was gathered is the one that the folder holds."""
    journal = folder / HIDDEN / JOURNAL
    draft = journal.with_suffix(".part")
    write_into(draft, json_text({"old": old, "new": new}))
    sha256_of(draft, flush=True)
    os.replace(draft, journal)


def follow_journal(folder: Path) -> None:
    """Follow the journal in *folder*, from wherever somebody stopped: the old manifest goes first,
    the new one comes last, so that what lies there is never taken for a run before it is one.

    InputError, and nothing is touched, where the journal is damaged or somebody changed a file in
    the way since.
    """
    stage = folder / HIDDEN
    old, new = _read_journal(folder)
    at_hand = {name: hash_at(stage / NEW / name) for name in new}
    waiting = [name for name, sha256 in at_hand.items() if sha256 is not None]
    for name in waiting:
        if at_hand[name] != new[name]:
            raise changed_since(stage / NEW / name)
    leaving = [name for name in old if name not in new]
    for name in [*waiting, *leaving]:
        if hash_at(folder / name) not in (None, old.get(name), new.get(name)):
            raise changed_since(folder / name)
    if MANIFEST in waiting:
        remove_file(folder, MANIFEST)
    for name in leaving:
        remove_file(folder, name)
    for name in sorted(waiting, key=lambda name: name == MANIFEST):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(stage / NEW / name, folder / name)
    (stage / JOURNAL).unlink()


def drop_journal(folder: Path, old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether nothing of the journal in *folder* was done yet, and it is gone, so that the old run
    is the one there.
    """
    if hash_at(folder / MANIFEST) != old.get(MANIFEST):
        return False
    if not all((folder / HIDDEN / NEW / name).exists() for name in new):
        return False
    try:
        (folder / HIDDEN / JOURNAL).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _read_journal(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Name -> SHA-256 of the old files and of the new ones; InputError where the journal does not
    say so.
    """
    path = folder / HIDDEN / JOURNAL
    if not hash_at(path) or (folder / HIDDEN / NEW).is_symlink():
        raise InputError(f"{path}: found no file, expected {EXPECTED}")
    content = json_object(path, str(path), EXPECTED)
    old, new = content.get("old"), content.get("new")
    if not (
        isinstance(old, dict) and isinstance(new, dict) and is_listing(old) and is_listing(new)
    ):
        raise InputError(f"{path}: it does not map names to hashes, expected {EXPECTED}")
    if MANIFEST not in new or not all(is_inside(folder, name) for name in (*old, *new)):
        raise InputError(
            f"{path}: it names files that are not of a run in this folder, expected {EXPECTED}"
        )
    return old, new
