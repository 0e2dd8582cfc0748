"""Writing of Parquet, CSV, JSON and TOML, in a hidden place and then renamed, so that no file is
half-written.

First values and texts, then files and checks of their names, then the hidden place, which one
writer has at a time. A folder of several files is sim/output_folder.py.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from errno import ENOLCK, ENOSYS, EOPNOTSUPP
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import InputError, nearest
from sim.reading import FOLDER, OTHER, as_list, kind_at, literal

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("parquet", "csv", "json")
PATIENCE, FOR_A_FILE = 0.3, 60.0  # seconds that a writer waits for another one to end
LOCK = "writer.lock"


def plain(value: Any) -> Any:
    """*value* in the types of JSON: dates as 2018-11-12, arrays as lists, missing values and NaN as
    null.
    """
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(part) for part in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, (str, bool, int, float)) else None


def json_text(content: Any) -> str:
    """*content* as JSON, indented for people, with a line end."""
    return json.dumps(plain(content), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def toml_text(table: Mapping[str, Any]) -> str:
    """*table* as a scenario file writes it: tables of plain values, and lists of such tables."""
    parts = []
    for name, content in table.items():
        for part in content if isinstance(content, (list, tuple)) else [content]:
            heading = f"[{name}]" if part is content else f"[[{name}]]"
            lines = [
                f"{key} = {json.dumps(plain(value), ensure_ascii=False)}"
                for key, value in part.items()
            ]
            parts.append("\n".join([heading, *lines, ""]))
    return "\n".join(parts)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of *frame* in the types of JSON."""
    return [
        plain(dict(zip(frame.columns, row, strict=True)))
        for row in frame.itertuples(index=False, name=None)
    ]


def write_text(path: Path, content: str) -> None:
    """*content* as the file *path*, in UTF-8; InputError where it cannot be written."""
    with replacing(path) as temporary:
        write_into(temporary, content)


def write_into(path: Path, content: str | pd.DataFrame) -> None:
    """A text in UTF-8, or a table in the format, one of FORMATS, that the suffix names, as the new
    file *path*.
    """
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8", newline="\n")
    elif path.suffix == ".parquet":
        content.to_parquet(path, index=False)
    elif path.suffix == ".csv":
        content.to_csv(path, index=False, lineterminator="\n")
    else:
        write_into(path, json_text(records(content)))


def reason(problem: OSError) -> str:
    """Why something could not be written, in the system's words."""
    return os.strerror(problem.errno) if problem.errno else f"{problem}"


def known_formats(formats: Iterable[str]) -> tuple[str, ...]:
    """*formats*, where each is one of FORMATS; InputError otherwise."""
    names = tuple(as_list(formats, "formats", "names"))
    for name in names:
        if name not in FORMATS:
            raise InputError(
                f"format is {literal(name)}, expected one or more of"
                f" {', '.join(FORMATS)}{nearest(name, FORMATS)}"
            )
    return names


def writable_file(path: Path) -> Path:
    """*path*, where a file can be written in its place; InputError otherwise."""
    kind = kind_at(path, str(path))
    if kind == FOLDER:
        raise InputError(f"{path}: found a folder, expected the name of a file to write")
    if kind_at(path.parent, str(path)) != FOLDER:
        raise InputError(
            f"{path}: there is no folder {str(path.parent)!r}, expected one that exists"
        )
    try:
        if kind == OTHER:
            _check_device(path)
            return path
        stage = _hidden_beside(path.resolve())
        if not is_stage(stage):
            raise InputError(
                f"{path}: found {stage.name} beside it, which no run wrote, expected nothing of"
                " that name"
            )
        with tempfile.TemporaryFile(dir=path.resolve().parent):
            pass
    except OSError as problem:
        raise _cannot_be_written(path, problem) from None
    return path


def _check_device(path: Path) -> None:
    """OSError where the device *path* takes nothing, as /dev/full: it is asked by a write of no
    bytes. A pipe is not asked, as whoever reads it would take that for its end.
    """
    if not path.is_char_device():
        return
    device = os.open(path, os.O_WRONLY)
    try:
        os.write(device, b"")
    finally:
        os.close(device)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """The name of a new file that takes the place of *path* at the end, and is removed after an
    error.

    It lies in a hidden folder beside *path*, which one writer has at a time, the next one waiting;
    what a dead one left there is removed. A link stays, and its target is replaced; a pipe or a
    device is written directly.
    """
    try:
        if kind_at(path, str(path)) in (FOLDER, OTHER):  # a file must not replace it
            yield path
            return
        target = path.resolve()
        stage = Stage(_hidden_beside(target), FOR_A_FILE)
        try:
            stage.clear()
            yield stage.path / target.name
            os.replace(stage.path / target.name, target)
        finally:
            stage.end()
    except BusyError:
        raise InputError(
            f"{path}: another writer is at work there, expected one that ends"
        ) from None
    except OSError as problem:
        raise _cannot_be_written(path, problem) from None


def _hidden_beside(target: Path) -> Path:
    """The hidden folder in which the file *target* is written."""
    return target.with_name(f".{target.name}.parley")


def _cannot_be_written(path: Path, problem: OSError) -> InputError:
    return InputError(
        f"{path}: it cannot be written ({reason(problem)}), expected a place for a new file"
    )


class BusyError(InputError):
    """Another writer is at work."""


class Stage:
    """The hidden folder *path* in which files are written before they take their places, made where
    it is missing and held by one writer until `end`.

    The lock on a file in it is given up by the system however its holder ends. So whoever has the
    lock knows that what else lies there was left by a writer that was killed. BusyError where
    another writer still has it after *patience* seconds, OSError where it cannot be made,
    InputError where somebody else made what is there.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        from filelock import FileLock  # here, since most commands write nothing

        self.path = path
        self._lock = FileLock(path / LOCK, poll_interval=0.01, fallback_to_soft=False)
        while not self._has_lock(patience):  # the last writer removed the folder just then
            pass

    def _has_lock(self, patience: float) -> bool:
        """Whether the lock is held now; False where the folder for it is gone."""
        with suppress(FileExistsError):
            self.path.mkdir()
        if not is_stage(self.path):
            raise InputError(
                f"{self.path}: found there what no run wrote, expected nothing of that name, or"
                " what a run left"
            )
        try:
            self._lock.acquire(timeout=patience)
        except (FileNotFoundError, FileExistsError):  # filelock makes the folder where it is gone
            return False
        except TimeoutError:
            raise BusyError(f"{self.path}: another writer is at work, expected one") from None
        except OSError as problem:
            if problem.errno not in (ENOLCK, ENOSYS, EOPNOTSUPP):
                with suppress(OSError):  # unless another writer has it
                    self.path.rmdir()
                raise
            (self.path / LOCK).touch()  # a disk without locks, where writers do not see each other
        return True

    def clear(self) -> None:
        """Remove all that is in it."""
        for each in self.path.iterdir():
            if each.is_dir() and not each.is_symlink():
                shutil.rmtree(each)
            elif each.name != LOCK:
                each.unlink()

    def end(self, keep: bool = False) -> None:
        """Let go, and remove the folder; with *keep*, or where that cannot be, leave what is in it
        to the next writer.
        """
        try:
            if not keep:
                self.clear()
        except OSError:
            keep = True
        if not keep:
            with suppress(OSError):  # on Windows, which removes it when it is let go
                (self.path / LOCK).unlink()  # whoever waits for it takes a new one
        self._lock.release()
        with suppress(OSError):  # another writer is in it by now
            if keep:
                (self.path / LOCK).touch()
            else:
                self.path.rmdir()


def is_stage(path: Path) -> bool:
    """Whether *path* is nothing, an empty folder, or one that a writer made: what is in it may be
    removed.
    """
    if path.is_symlink():
        return False
    try:
        names = os.listdir(path)
    except FileNotFoundError:
        return True
    except NotADirectoryError:
        return False
    return not names or LOCK in names


@contextmanager
def uninterrupted() -> Iterator[None]:
    """An interruption waits until the end, so that a step of several parts is done whole."""
    waiting: list[int] = []
    handlers = {}
    if threading.current_thread() is threading.main_thread():  # others are never interrupted
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is not None:  # and not one of C
                handlers[number] = signal.signal(number, lambda one, _: waiting.append(one))
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if waiting:
            signal.raise_signal(waiting[0])
