"""A hidden folder in which something is written before it takes its place, for one writer at a
time.

It is held by a lock on a file in it, which the system gives up when its holder ends, in whatever
way. So a writer knows whether another is alive, and clears what a dead one left.
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from sim.errors import InputError

LOCK = "lock"
PATIENCE = 0.3  # seconds, in which a writer that is about to end may do so
OFTEN = 0.01

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: int) -> bool:
        """Whether the open *file* is now locked for this writer, be it a process or a thread."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a disk without locks
            return True
        return True


class BusyError(InputError):
    """Another writer holds the place."""


class Stage:
    """The hidden folder *path*, made where it is missing and held until `end`; what a dead writer
    left is still in it.

    BusyError where another writer still holds it after *patience* seconds, OSError where it cannot
    be made, InputError where somebody else made what is there.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self.path = path
        last = time.monotonic() + patience
        while (file := _hold(path)) is None:
            if time.monotonic() > last:
                raise BusyError(f"{path}: another writer is at work there, expected one at a time")
            time.sleep(OFTEN)
        self._file = file

    def clear(self) -> None:
        """Remove all that is in it."""
        for each in self.path.iterdir():
            if each.is_dir() and not each.is_symlink():
                shutil.rmtree(each)
            elif each.name != LOCK:
                each.unlink()

    def end(self, keep: bool = False) -> None:
        """Let go, and remove the folder; with *keep*, leave all that is in it to the next
        writer.
        """
        if not keep:
            try:
                self.clear()
            except OSError:
                keep = (
                    True  # with the lock, by which the next writer knows that it may clear the rest
                )
        if sys.platform == "win32":  # where an open file cannot be removed
            os.close(self._file)
        if keep:
            if sys.platform != "win32":
                os.close(self._file)
            return
        with suppress(OSError):  # the lock last, as the next writer may come as soon as it has gone
            (self.path / LOCK).unlink()
            self.path.rmdir()
        if sys.platform != "win32":
            os.close(self._file)


def _hold(path: Path) -> int | None:
    """The locked file in the folder *path*; None where another writer has it, or has just taken it
    away.
    """
    with suppress(FileExistsError):
        path.mkdir()
    if not is_stage(path):
        raise InputError(
            f"{path}: found there what no run wrote, expected nothing of that name, or what a run"
            " left"
        )
    try:
        file = os.open(path / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return None
    except OSError:
        with suppress(OSError):  # unless another writer has it
            path.rmdir()
        raise
    if _lock(file) and _is_at(file, path / LOCK):
        return file
    os.close(file)
    return None


def is_stage(path: Path) -> bool:
    """Whether *path* is a folder in which a writer was or is, empty, or nothing: what is in it may
    be removed.
    """
    try:
        if not stat.S_ISDIR(path.lstat().st_mode):
            return False
        for _ in range(20):  # as other writers may come and go meanwhile
            if not os.listdir(path):
                return True
            with suppress(FileNotFoundError):
                lock = (path / LOCK).lstat()
                return stat.S_ISREG(lock.st_mode) and lock.st_size == 0
    except FileNotFoundError:
        return True
    return False


def _is_at(file: int, path: Path) -> bool:
    """Whether the open *file* is still the one at *path*."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


@contextmanager
def uninterrupted() -> Iterator[None]:
    """An interruption waits until the end, so that a step of several parts is done whole."""
    if threading.current_thread() is not threading.main_thread():  # others are never interrupted
        yield
        return
    waiting: list[int] = []

    def remember(number: int, _: FrameType | None) -> None:
        waiting.append(number)

    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    ours = {
        number: handler for number, handler in handlers.items() if handler is not None
    }  # and not that of C
    for number in ours:
        signal.signal(number, remember)
    try:
        yield
    finally:
        for number, handler in ours.items():
            signal.signal(number, handler)
        if waiting:
            signal.raise_signal(waiting[0])
