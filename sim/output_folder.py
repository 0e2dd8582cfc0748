"""A folder of results: it holds one run or none, whatever interrupts the writer, and
`manifest.json` lists its files.

Files are written into the hidden folder `.parley` in it. Once all are there, the last of them being
the new manifest, they take their places one by one: the old manifest leaves first, the new one
comes last. A writer that is killed before that leaves the old run. One that is killed later leaves
the new run, some of its files still in the hidden folder, and the next writer moves them.

What the manifest lists with the SHA-256 that it has is as the run wrote it. All else is somebody
else's, and is never written over, moved or removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sim.errors import InputError
from sim.reading import as_path, is_unicode, json_object, literal
from sim.writing import (
    BusyError,
    Stage,
    json_text,
    known_formats,
    plain,
    reason,
    uninterrupted,
    write_into,
)

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"
HIDDEN = ".parley"
NEW, OLD = f"{HIDDEN}/new", f"{HIDDEN}/old.json"  # the files of the new run, the old manifest
FILES, SEAL = "files", "seal"
EXPECTED = "a manifest as `parley run --out` writes it"
LONGEST_NAME = 4096
LETTERS = 12  # of a hash in a sentence
IS_SHA256 = re.compile(r"[0-9a-f]{64}").fullmatch


class OutputFolder:
    """The *folder* in the hands of its only writer, from `with` to the end, made where it is
    missing.

    `file` and `add` gather files, and `commit` puts them in place of the run that was there;
    without it the folder is as it was, and missing if it was missing. InputError where another
    writer is at work, nothing can be written, a manifest is there that is not Parley's, or a file
    of the run there was changed since.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = as_path(folder, "folder", "a folder to write into")
        if not is_unicode(f"{self.folder}"):
            raise InputError(
                f"folder: found {literal(str(folder))}, which is not UTF-8, expected a name in"
                " UTF-8"
            )
        self.names: list[str] = []

    def __enter__(self) -> OutputFolder:
        self._stage: Stage | None = None
        self._is_moving = True  # as the last writer may have been
        self._real = Path(os.path.realpath(self.folder))
        above = (self._real, *self._real.parents)
        self._missing = [each for each in above if not os.path.exists(each)]
        try:
            with uninterrupted():
                self._real.mkdir(parents=True, exist_ok=True)
                self._stage = Stage(self._real / HIDDEN)
                self._finish()
                self._is_moving = False
                self._stage.clear()
                self._old = self._old_files()
                (self._real / NEW).mkdir()
        except BaseException as problem:
            self.__exit__()
            raise self._sentence(problem) from None
        return self

    def __exit__(self, *_: object) -> None:
        with uninterrupted():
            if self._stage is not None:
                if not self._is_moving:  # without the manifest no file beside it counts
                    with suppress(OSError):
                        (self._real / NEW / MANIFEST).unlink()
                self._stage.end(keep=self._is_moving)
            for each in self._missing:
                with suppress(OSError):  # it holds a run by now
                    each.rmdir()

    def _sentence(self, problem: BaseException) -> BaseException:
        """The InputError on a *problem* with the folder; any other problem as it is."""
        if isinstance(problem, FileExistsError):
            return InputError(f"{self.folder}: found a file, expected a folder to write into")
        if isinstance(problem, BusyError):
            return InputError(
                f"{self.folder}: found that another run is being written there, expected one writer"
                " at a time"
            )
        if isinstance(problem, OSError):
            return InputError(
                f"{self.folder}: nothing can be written there ({reason(problem)}), expected a"
                " folder to write into"
            )
        return problem

    def _finish(self) -> None:
        """Put the run in place whose writer was killed while it did, if there is one; InputError,
        and nothing is touched, where somebody changed one of its files or one in their way.
        """
        new = listed_files(self._real, f"{NEW}/{MANIFEST}")
        if not new:
            return
        old = listed_files(self._real, OLD) or listed_files(self._real)
        for name, sha256 in new.items():
            if hash_at(self._real / NEW / name) not in (None, sha256):
                raise changed_since(self.folder / NEW / name)
        for name in (MANIFEST, *old, *new):
            if hash_at(self._real / name) not in (None, old.get(name), new.get(name)):
                raise changed_since(self.folder / name)
        _move(self._real, old, new)

    def _old_files(self) -> dict[str, str]:
        """Name -> SHA-256 of the files of the run that is there; InputError where they are not as
        it wrote them.
        """
        old = listed_files(self._real)
        if not old and os.path.lexists(self._real / MANIFEST):
            raise InputError(
                f"{self.folder}: found {MANIFEST}, which is not as a run wrote it, expected an"
                " empty folder or one that holds a run of this version"
            )
        for name, sha256 in old.items():
            if hash_at(self._real / name) not in (sha256, None):
                raise changed_since(self.folder / name)
        return old

    def expect(self, names: Iterable[str]) -> None:
        """InputError where what no run wrote stands in the way of the files *names*, before these
        are computed.
        """
        for name in names:
            if blocking := _in_the_way(self._real, name, self._old):
                raise InputError(
                    f"{self.folder / blocking}: found it there, and no run wrote it, expected"
                    " nothing of that name, as only what a run wrote is written over"
                )

    @contextmanager
    def file(self, name: str) -> Iterator[Path]:
        """The path at which to write the file *name*, which may lie in a folder
        (`evidence/models.svg`).
        """
        path = self._real / NEW / self._checked(name)
        if path.exists():
            raise InputError(
                f"{self.folder / name}: found two files for this one name, expected another name"
                " for one"
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            yield path
        except OSError as problem:
            raise self._sentence(problem) from None
        self.names.append(name)

    def name_of(self, path: Path) -> str | None:
        """The name by which *path* is a file of this folder; None where it lies elsewhere,
        InputError where no run may have a file of that name.
        """
        file, folder = Path(os.path.realpath(path)), Path(os.path.realpath(self.folder))
        if file == folder:
            raise InputError(
                f"{path}: found the folder to write into, expected a file in it or elsewhere"
            )
        if not file.is_relative_to(folder):
            return None
        name = file.relative_to(folder).as_posix()
        if name == MANIFEST:
            raise InputError(
                f"{path}: found the name of the manifest of the run, expected another one"
            )
        return self._checked(name)

    def _checked(self, name: str) -> str:
        """*name*, where a file of a run may be called so."""
        if is_name(name):
            return name
        raise InputError(
            f"{self.folder}: found the name {literal(name)} for a file in it, expected one in UTF-8"
            f" without colon, backslash or control characters, and not in {HIDDEN}"
        )

    def add(self, name: str, text: str) -> None:
        """Write *text* as the file *name*."""
        with self.file(name) as path:
            write_into(path, text)

    def commit(self, manifest: Mapping[str, Any]) -> list[Path]:
        """Put all files in place, with *manifest* and their hashes as `manifest.json`; the files,
        that one last.

        InputError, and the folder is as it was, where that cannot be or a file that no run wrote
        would be written over.
        """
        try:
            files = {
                name: sha256_of(self._real / NEW / name, flush=True) for name in sorted(self.names)
            }
            old = self._old = self._old_files()
            self.expect([*files, MANIFEST])
            with uninterrupted():
                self._replace(old, files, manifest)
        except OSError as problem:
            raise self._sentence(problem) from None
        return [self.folder / name for name in self.names]

    def _replace(
        self, old: Mapping[str, str], files: Mapping[str, str], manifest: Mapping[str, Any]
    ) -> None:
        """Write the new manifest, from which on the new run is the one that the folder holds, and
        move its files.
        """
        self.add(MANIFEST, json_text(with_files(manifest, files)))
        sha256_of(self._real / NEW / MANIFEST, flush=True)
        self._is_moving = True
        try:
            _move(self._real, old, [*files, MANIFEST])
        except OSError as problem:
            is_there = MANIFEST not in old or (self._real / MANIFEST).exists()
            if is_there and all((self._real / NEW / name).exists() for name in files):
                self._is_moving = False  # and the old run stays
                raise
            raise InputError(
                f"{self.folder}: the new run is there in part only ({reason(problem)}), expected a"
                " folder to write into; the next command with this --out finishes it"
            ) from None
        self._is_moving = False


def _move(folder: Path, old: Collection[str], new: Collection[str]) -> None:
    """Put the files *new* in the place of the files *old* of *folder*, from wherever somebody
    stopped.
    """
    if MANIFEST in old and (folder / MANIFEST).exists():
        os.replace(folder / MANIFEST, folder / OLD)
    for name in old:
        if name not in new:
            remove_file(folder, name)
    for name in sorted(new, key=lambda name: name == MANIFEST):
        if (folder / NEW / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(folder / NEW / name, folder / name)


def writer(folder: str | Path | OutputFolder) -> AbstractContextManager[OutputFolder]:
    """The *folder* with its only writer: the one that has it already, or a new one."""
    return nullcontext(folder) if isinstance(folder, OutputFolder) else OutputFolder(folder)


def save(
    folder: str | Path | OutputFolder,
    frames: Mapping[str, pd.DataFrame],
    formats: Iterable[str],
    manifest: Mapping[str, Any],
    documents: Mapping[str, Any] | None = None,
    long: Collection[str] = (),
) -> list[Path]:
    """Put each of *frames* in each of *formats*, *documents* as JSON and *manifest* into *folder*,
    in place of the run that was there; the paths of the files. InputError, and the folder is as it
    was, where that cannot be.

    The frames called *long* are written in the first format only.
    """
    suffixes = known_formats(formats)
    with writer(folder) as place:
        for name, frame in frames.items():
            for suffix in suffixes[:1] if name in long else suffixes:
                with place.file(f"{name}.{suffix}") as path:
                    write_into(path, frame)
        for name, content in (documents or {}).items():
            place.add(f"{name}.json", json_text(content))
        return place.commit(manifest)


def other_files(folder: Path, names: Collection[str], below: str = "") -> Iterator[str]:
    """What lies in *folder* besides the files *names*: files, and folders in which there is none of
    them.
    """
    folders = {parent.as_posix() for name in names for parent in PurePosixPath(name).parents}
    for entry in sorted(os.scandir(folder / below), key=lambda entry: entry.name):
        name = f"{below}{entry.name}"
        if name in folders and entry.is_dir(follow_symlinks=False):
            yield from other_files(folder, names, f"{name}/")
        elif name != HIDDEN and name not in names:
            yield name


def _in_the_way(folder: Path, name: str, old: Collection[str]) -> str | None:
    """What no run wrote and stands where the file *name* or one of its folders belongs."""
    for parent in reversed(PurePosixPath(name).parents[:-1]):
        path = folder / parent
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            return parent.as_posix()
    return name if os.path.lexists(folder / name) and name not in old else None


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


def listed_files(folder: Path, at: str = MANIFEST) -> dict[str, str]:
    """Name -> SHA-256 of the files of *folder* that the manifest *at* that place in it lists,
    itself included; none where it is not Parley's or somebody edited it. Names that lead out of the
    folder do not count. OSError where it cannot be read.
    """
    path = folder / at
    if not (own_hash := hash_at(path)):
        return {}
    try:
        manifest = json_object(path, str(path), EXPECTED)
    except InputError:
        return {}
    run, files = manifest.get("manifest", manifest), manifest.get(FILES)
    version = manifest.get("parley", run.get("parley") if isinstance(run, dict) else None)
    if not (isinstance(version, str) and files and isinstance(files, dict)) or is_edited(manifest):
        return {}
    if not all(isinstance(sha256, str) and IS_SHA256(sha256) for sha256 in files.values()):
        return {}
    return {
        **{name: sha256 for name, sha256 in files.items() if is_inside(folder, name)},
        MANIFEST: own_hash,
    }


def is_interrupted(folder: Path) -> bool:
    """Whether a writer ended, or is at work, while the files of its run took their places in
    *folder*: the new manifest is whole and not yet in its own.
    """
    return bool(listed_files(folder, f"{NEW}/{MANIFEST}"))


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
