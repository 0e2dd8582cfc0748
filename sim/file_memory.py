"""What was made of files, remembered for as long as these files stay as they were."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Generic, TypeVar

from cachetools import LRUCache

Result = TypeVar("Result")
Stamp = tuple[int, int, int]  # number, bytes and time of change of a file

_FILES: ContextVar[dict[Path, Stamp | None] | None] = ContextVar(
    "files", default=None
)  # read since `_listed` began


def note(path: Path) -> None:
    """Note that *path* is about to be read."""
    files = _FILES.get()
    if files is not None:
        files.setdefault(path, _stamp(path))


@contextmanager
def _listed() -> Iterator[dict[Path, Stamp | None]]:
    """A context and the files that are read in it, each with its stamp before it was."""
    files: dict[Path, Stamp | None] = {}
    token = _FILES.set(files)
    try:
        yield files
    finally:
        _FILES.reset(token)


class FileMemory(Generic[Result]):
    """The last results of functions, at most so many, by key. One is given again while all files
    read for it have the number, the size and the time of change that they had.
    """

    def __init__(self, most: int) -> None:
        self._results: LRUCache[str, tuple[Result, dict[Path, Stamp | None]]] = LRUCache(most)
        self._lock = threading.Lock()

    def recall(self, key: str, make: Callable[[], Result]) -> Result:
        """What *make* returned for *key*, or returns now. Whatever it raises is not remembered."""
        with self._lock:
            entry = self._results.get(key)
        if entry is None or any(_stamp(path) != stamp for path, stamp in entry[1].items()):
            with _listed() as read:
                entry = make(), read
            with self._lock:
                self._results[key] = entry
        result, files = entry
        outer = _FILES.get()
        if outer is not None:  # what is being made of this result rests on the same files
            outer.update({path: stamp for path, stamp in files.items() if path not in outer})
        return result


def _stamp(path: Path) -> Stamp | None:
    """What changes when the file changes; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
