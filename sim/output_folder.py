"""A folder of results: it holds one run or none, whatever interrupts the writer, and
`manifest.json` lists its files.

Files are written into the hidden folder `.parley` in it, and take their places together at the end.
On Linux the old folder and the new one change places in one step. Elsewhere, and where others'
files lie among them, they are moved one by one along a journal, by which whoever comes next
finishes what was interrupted. What no manifest lists is never written over, moved or removed, nor
is what somebody changed since.
"""

from __future__ import annotations

import ctypes
import glob
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sim.errors import InputError
from sim.file_list import (
    HIDDEN,
    MANIFEST,
    changed_since,
    hash_at,
    is_name,
    listed_files,
    remove_file,
    sha256_of,
    with_files,
)
from sim.journal import NEW, drop_journal, follow_journal, is_interrupted, write_journal
from sim.reading import as_path, is_unicode, literal
from sim.staging import BusyError, Stage, is_stage, uninterrupted
from sim.writing import json_text, known_formats, reason, write_into

if TYPE_CHECKING:
    import pandas as pd

AT_THE_CURRENT_FOLDER, EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


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
        self._new_folders: list[Path] = []
        self._stage: Stage | None = None
        self._real = Path(os.path.realpath(self.folder))
        try:
            with uninterrupted():
                self._new_folders = _make(self._real)
                self._stage = Stage(self._real / HIDDEN)
                self._recover()
                (self._real / HIDDEN / NEW).mkdir()
        except BaseException as problem:
            self.__exit__()
            raise self._sentence(problem) from None
        return self

    def __exit__(self, *_: object) -> None:
        with uninterrupted():
            if self._stage is not None:
                self._stage.end(
                    keep=self._stage.path == self._real / HIDDEN and is_interrupted(self._real)
                )
            for each in self._new_folders:
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

    def _recover(self) -> None:
        """Finish or clear what writers left that ended before their time."""
        assert self._stage is not None
        if is_interrupted(self._real):
            follow_journal(self._real)
        self._stage.clear()
        for each in _beside(self._real):
            _dissolve(each, self._real)
        self._old = self._old_files()

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
        path = self._real / HIDDEN / NEW / self._checked(name)
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
            hashes = {
                name: sha256_of(self._real / HIDDEN / NEW / name, flush=True)
                for name in sorted(self.names)
            }
            self.add(MANIFEST, json_text(with_files(manifest, hashes)))
            hashes[MANIFEST] = sha256_of(self._real / HIDDEN / NEW / MANIFEST, flush=True)
            with uninterrupted():
                self._replace(hashes)
        except OSError as problem:
            raise self._sentence(problem) from None
        return [self.folder / name for name in self.names]

    def _replace(self, new: Mapping[str, str]) -> None:
        """Put the files *new*, name -> SHA-256, in the place of the old ones."""
        old = self._old = self._old_files()
        self.expect(self.names)
        alone = next(other_files(self._real, old), None) is None
        if not (alone and self._exchange()):
            write_journal(self._real, old, new)
            try:
                follow_journal(self._real)
            except (OSError, InputError) as problem:
                if drop_journal(self._real, old, new) or isinstance(problem, InputError):
                    raise
                raise InputError(
                    f"{self.folder}: the new run is there in part only ({reason(problem)}),"
                    " expected a folder to write into; the next command with this --out"
                    " finishes it"
                ) from None

    def _exchange(self) -> bool:
        """Whether the new folder has changed places with the old one, in one step, and the old one
        is dissolved.
        """
        new, aside = self._real / HIDDEN / NEW, _aside(self._real)
        if sys.platform != "linux" or _is_current(
            self._real
        ):  # whose shell would be left in a folder that is gone
            return False
        try:
            as_old, as_new = self._real.stat(), new.stat()
            if (as_old.st_uid, as_old.st_gid) != (as_new.st_uid, as_new.st_gid):
                return False
            new.chmod(stat.S_IMODE(as_old.st_mode))
            os.rename(new, aside)
        except OSError:  # the parent folder is another disk, or not ours to write
            return False
        if not change_places(aside, self._real):
            os.rename(aside, new)
            return False
        assert self._stage is not None
        self._stage.path = aside / HIDDEN
        _dissolve(aside, self._real)
        return True


@contextmanager
def writer(folder: str | Path | OutputFolder) -> Iterator[OutputFolder]:
    """The *folder* with its only writer: the one that has it already, or a new one."""
    if isinstance(folder, OutputFolder):
        yield folder
    else:
        with OutputFolder(folder) as place:
            yield place


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


def _make(folder: Path) -> list[Path]:
    """Make *folder*; all that were missing above it and itself, the deepest first."""
    missing = []
    for each in (folder, *folder.parents):
        if each.exists():
            break
        missing.append(each)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise
    return missing


def _in_the_way(folder: Path, name: str, old: Collection[str]) -> str | None:
    """What no run wrote and stands where the file *name* or one of its folders belongs."""
    for parent in reversed(PurePosixPath(name).parents[:-1]):
        path = folder / parent
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            return parent.as_posix()
    return name if os.path.lexists(folder / name) and name not in old else None


def _is_current(folder: Path) -> bool:
    try:
        return Path.cwd().resolve().is_relative_to(folder)
    except OSError:
        return False


def change_places(first: Path, second: Path) -> bool:
    """Whether two folders have changed places in one step: Linux alone can, and not on every
    disk.
    """
    try:
        exchange = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    exchange.argtypes = [
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_uint,
    ]
    here, paths = AT_THE_CURRENT_FOLDER, (os.fsencode(first), os.fsencode(second))
    return bool(exchange(here, paths[0], here, paths[1], EXCHANGE) == 0)


def _aside(folder: Path) -> Path:
    """A name beside *folder* that nobody else has."""
    return folder.parent / f".{folder.name}.parley-{secrets.token_hex(8)}"


def _beside(folder: Path) -> list[Path]:
    """What was left beside *folder* by writers that ended while it changed places."""
    ours = re.compile(rf"\.{re.escape(folder.name)}\.parley-[0-9a-f]{{16}}")
    paths = folder.parent.glob(f".{glob.escape(folder.name)}.parley-*")
    return [
        path
        for path in paths
        if ours.fullmatch(path.name) and path.is_dir() and not path.is_symlink()
    ]


def _dissolve(aside: Path, folder: Path) -> None:
    """Remove the run in *aside*, the manifest last, and give back to *folder* what somebody put
    there or changed.
    """
    with suppress(OSError):
        listed = listed_files(aside)
        if not listed and os.path.lexists(
            aside / MANIFEST
        ):  # it cannot be read now, so what is the run's is not known
            return
        own_hash = listed.pop(MANIFEST, None)
        for name, sha256 in listed.items():
            if hash_at(aside / name) == sha256:
                remove_file(aside, name)
        if is_stage(aside / HIDDEN):
            shutil.rmtree(aside / HIDDEN, ignore_errors=True)
        for name in list(other_files(aside, (MANIFEST,))):
            with suppress(OSError):  # a folder of the run, empty by now
                (aside / name).rmdir()
            if os.path.lexists(aside / name) and not os.path.lexists(folder / name):
                os.rename(aside / name, folder / name)
        if own_hash and hash_at(aside / MANIFEST) == own_hash:
            remove_file(aside, MANIFEST)
        aside.rmdir()
