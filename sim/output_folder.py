"""A folder of results: it holds one run or none, whatever interrupts the writer, and `manifest.json` lists its files.

Files are written into the hidden folder `.parley` in it, and take their places together at the end. On Linux the old
folder and the new one change places in one step. Elsewhere, and where others' files lie among them, they are moved one
by one along a journal, by which whoever comes next finishes what was interrupted. What no manifest lists is never
written over, moved or removed.
"""

from __future__ import annotations

import ctypes
import glob
import hashlib
import json
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
from sim.reading import as_path
from sim.staging import BusyError, Stage, uninterrupted
from sim.writing import json_text, known_formats, reason, write_into

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"
HIDDEN, NEW, JOURNAL = ".parley", "new", "journal.json"
AT_THE_CURRENT_FOLDER, EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


class OutputFolder:
    """The *folder* in the hands of its only writer, from `with` to the end, made where it is missing.

    `file` and `add` gather files, and `commit` puts them in place of the run that was there; without it the folder is
    as it was, and missing if it was missing. InputError where another writer is at work, nothing can be written, or a
    manifest is there that lists no files.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = as_path(folder, "folder", "a folder to write into")
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
                self._stage.end(keep=(self._stage.path / JOURNAL).exists())
            for each in self._new_folders:
                with suppress(OSError):  # it holds a run by now
                    each.rmdir()

    def _sentence(self, problem: BaseException) -> BaseException:
        """The InputError on a *problem* with the folder; any other problem as it is."""
        if isinstance(problem, FileExistsError):
            return InputError(f"{self.folder}: found a file, expected a folder to write into")
        if isinstance(problem, BusyError):
            return InputError(
                f"{self.folder}: found that another run is being written there, expected one writer at a time"
            )
        if isinstance(problem, OSError):
            return InputError(
                f"{self.folder}: nothing can be written there ({reason(problem)}), expected a folder to write into"
            )
        return problem

    def _recover(self) -> None:
        """Finish or clear what writers left that ended before their time."""
        assert self._stage is not None
        if (self._stage.path / JOURNAL).exists():
            _finish(self._real)
        self._stage.clear()
        for each in _beside(self._real):
            _dissolve(each, self._real)
        if os.path.lexists(self._real / MANIFEST) and not listed_files(self._real):
            raise InputError(
                f"{self.folder}: found {MANIFEST}, which lists no files, expected an empty folder or one that holds a "
                "run of this version"
            )

    @contextmanager
    def file(self, name: str) -> Iterator[Path]:
        """The path at which to write the file *name*, which may lie in a folder (`evidence/models.svg`)."""
        path = self._real / HIDDEN / NEW / name
        if path.exists():
            raise InputError(f"{self.folder / name}: found two files for this one name, expected another name for one")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            yield path
        except OSError as problem:
            raise self._sentence(problem) from None
        self.names.append(name)

    def name_of(self, path: Path) -> str | None:
        """The name by which *path* is a file of this folder; None where it lies elsewhere."""
        file, folder = Path(os.path.realpath(path)), Path(os.path.realpath(self.folder))
        return file.relative_to(folder).as_posix() if file != folder and file.is_relative_to(folder) else None

    def add(self, name: str, text: str) -> None:
        """Write *text* as the file *name*."""
        with self.file(name) as path:
            write_into(path, text)

    def commit(self, manifest: Mapping[str, Any]) -> list[Path]:
        """Put all files in place, with *manifest* and their hashes as `manifest.json`; the files, that one last.

        InputError, and the folder is as it was, where that cannot be or a file that no run wrote would be written over.
        """
        try:
            hashes = {name: sha256_of(self._real / HIDDEN / NEW / name, flush=True) for name in sorted(self.names)}
            self.add(MANIFEST, json_text({**manifest, "files": hashes}))
            sha256_of(self._real / HIDDEN / NEW / MANIFEST, flush=True)
            with uninterrupted():
                self._replace()
        except OSError as problem:
            raise self._sentence(problem) from None
        return [self.folder / name for name in self.names]

    def _replace(self) -> None:
        """Put what is new in the place of what is old."""
        old = listed_files(self._real)
        for name in self.names:
            if blocking := _in_the_way(self._real, name, old):
                raise InputError(
                    f"{self.folder / blocking}: found it there, and no run wrote it, expected nothing of that name, as "
                    "only what a run wrote is written over"
                )
        alone = next(other_files(self._real, old), None) is None
        if not (alone and self._exchange()):
            _write_journal(self._real, old, self.names)
            _finish(self._real)

    def _exchange(self) -> bool:
        """Whether the new folder has changed places with the old one, in one step, and the old one is dissolved."""
        new, aside = self._real / HIDDEN / NEW, _aside(self._real)
        if sys.platform != "linux" or _is_current(self._real):  # whose shell would be left in a folder that is gone
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
    """Put each of *frames* in each of *formats*, *documents* as JSON and *manifest* into *folder*, in place of the run
    that was there; the paths of the files. InputError, and the folder is as it was, where that cannot be.

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


def sha256_of(path: Path, flush: bool = False) -> str:
    """The SHA-256 of the file *path*; with *flush*, the file is on the disk by then."""
    with path.open("rb+") if flush else path.open("rb") as file:
        if flush:
            os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def listed_files(folder: Path) -> dict[str, str]:
    """Name -> SHA-256 of the files that the manifest in *folder* lists, itself included, with no hash of its own; none
    where there is no such list. Names that lead out of the folder do not count. OSError where it cannot be read.
    """
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        listed = {name: f"{sha256}" for name, sha256 in files.items() if _is_inside(folder, name)}
    except (FileNotFoundError, IsADirectoryError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
    return {**listed, MANIFEST: ""}


def other_files(folder: Path, names: Collection[str], below: str = "") -> Iterator[str]:
    """What lies in *folder* besides the files *names*: files, and folders in which there is none of them."""
    folders = {parent.as_posix() for name in names for parent in PurePosixPath(name).parents}
    for entry in sorted(os.scandir(folder / below), key=lambda entry: entry.name):
        name = f"{below}{entry.name}"
        if name in folders and entry.is_dir(follow_symlinks=False):
            yield from other_files(folder, names, f"{name}/")
        elif name != HIDDEN and name not in names:
            yield name


def finish_interrupted(folder: Path) -> None:
    """Put the rest of a run in its place whose writer ended in the midst of it; InputError where that cannot be."""
    if (folder / HIDDEN / JOURNAL).exists():
        with OutputFolder(folder):
            pass


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


def _is_inside(folder: Path, name: str) -> bool:
    """Whether *name* is that of a file in *folder*, not by way of a link to another folder."""
    parts = PurePosixPath(name)
    path = folder.resolve() / parts
    if parts.is_absolute() or {".", ".."} & {*name.split("/")} or "\\" in name or ":" in name:
        return False
    return path.parent.resolve() == path.parent and not (path.is_dir() and not path.is_symlink())


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
    """Whether two folders have changed places in one step: Linux alone can, and not on every disk."""
    try:
        exchange = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    exchange.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    here, paths = AT_THE_CURRENT_FOLDER, (os.fsencode(first), os.fsencode(second))
    return bool(exchange(here, paths[0], here, paths[1], EXCHANGE) == 0)


def _aside(folder: Path) -> Path:
    """A name beside *folder* that nobody else has."""
    return folder.parent / f".{folder.name}.parley-{secrets.token_hex(8)}"


def _beside(folder: Path) -> list[Path]:
    """What was left beside *folder* by writers that ended while it changed places."""
    ours = re.compile(rf"\.{re.escape(folder.name)}\.parley-[0-9a-f]{{16}}")
    paths = folder.parent.glob(f".{glob.escape(folder.name)}.parley-*")
    return [path for path in paths if ours.fullmatch(path.name) and path.is_dir() and not path.is_symlink()]


def _dissolve(aside: Path, folder: Path) -> None:
    """Remove the run in *aside*, the manifest last, and give back to *folder* what somebody put there meanwhile."""
    with suppress(OSError):
        for name in [name for name in listed_files(aside) if name != MANIFEST]:
            _remove(aside, name)
        shutil.rmtree(aside / HIDDEN, ignore_errors=True)
        for name in list(other_files(aside, (MANIFEST,))):
            with suppress(OSError):  # a folder of the run, empty by now
                (aside / name).rmdir()
            if os.path.lexists(aside / name) and not os.path.lexists(folder / name):
                os.rename(aside / name, folder / name)
        if listed_files(aside):
            _remove(aside, MANIFEST)
        aside.rmdir()


def _remove(folder: Path, name: str) -> None:
    """Remove the file *name* in *folder*, and its own folders where they are empty by then."""
    (folder / name).unlink(missing_ok=True)
    for parent in PurePosixPath(name).parents[:-1]:
        with suppress(OSError):
            (folder / parent).rmdir()


def _write_journal(folder: Path, old: Iterable[str], new: Iterable[str]) -> None:
    """From here on the run that was gathered is the one that the folder holds."""
    journal = folder / HIDDEN / JOURNAL
    draft = journal.with_suffix(".part")
    write_into(draft, json_text({"old": list(old), "new": list(new)}))
    sha256_of(draft, flush=True)
    os.replace(draft, journal)


def _finish(folder: Path) -> None:
    """Follow the journal in *folder*, from wherever somebody stopped: the old manifest goes first, the new one comes
    last, so that what lies there is never taken for a run before it is one.
    """
    stage = folder / HIDDEN
    journal = json.loads((stage / JOURNAL).read_text(encoding="utf-8"))
    old, new = ([name for name in journal[age] if _is_inside(folder, name)] for age in ("old", "new"))
    waiting = [name for name in new if (stage / NEW / name).exists()]
    if MANIFEST in waiting:
        _remove(folder, MANIFEST)
    for name in old:
        if name not in new:
            _remove(folder, name)
    for name in sorted(waiting, key=lambda name: name == MANIFEST):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(stage / NEW / name, folder / name)
    (stage / JOURNAL).unlink()
