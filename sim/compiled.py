"""Compiled functions: machine code, cached on disk, and plain Python where NUMBA_DISABLE_JIT is set.

numba's own cache compares the file that holds a function, and does not notice a change in a function or a constant
from another file. So each function has a folder of its own, named by its fingerprint (`sim/fingerprints.py`): machine
code is used again exactly as long as nothing changes on which it depends.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import numba

from sim import fingerprints

Function = TypeVar("Function", bound=Callable[..., Any])

DAYS_UNUSED = 30  # after which a folder of the cache is removed

# How numba compiles what bears each decorator. No function may make arrays: memory is the caller's, so references to it
# need not be counted (_nrt), which would take two fifths of a run's time.
OPTIONS: dict[str, dict[str, Any]] = {
    "compiled": {"nogil": True, "_nrt": False},
    "compiled_unchecked": {"nogil": True, "_nrt": False, "error_model": "numpy"},
    "compiled_into": {"nogil": True, "_nrt": False, "inline": "always"},
}


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def cache_folder() -> Path:
    """Where compiled code and results are kept: the user's cache folder, or one that lives as long as this process
    where that cannot be written.
    """
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if os.path.isabs(home) and _writable(Path(home) / "parley"):
        return Path(home) / "parley"
    temporary = Path(tempfile.mkdtemp(prefix="parley-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    return temporary / "parley"


CACHE_FOLDER = cache_folder()


def used_folder(kind: str, name: str) -> Path:
    """The folder *name* of the cache, among those of one *kind*, noted as used today.

    Where it is new, those of its kind that nobody used for DAYS_UNUSED days are removed.
    """
    folder = CACHE_FOLDER / kind / name
    with suppress(OSError):  # where nothing can be written, nothing is noted and nothing removed
        if folder.exists():
            os.utime(folder)
        else:
            folder.mkdir(parents=True)
            oldest = time.time() - DAYS_UNUSED * 86400
            for other in folder.parent.iterdir():
                if other.stat().st_mtime < oldest:
                    shutil.rmtree(other, ignore_errors=True)
    return folder


_DECORATING = Lock()  # numba reads the folder of its cache from a variable of the process


def _cached(function: Function, decorator: str) -> Function:
    compile_it = numba.njit(cache=True, **OPTIONS[decorator])
    if numba.config.DISABLE_JIT:
        return compile_it(function)  # type: ignore[no-any-return]
    name = fingerprints.fingerprint([repr(OPTIONS), fingerprints.of_function(function)])
    with _DECORATING:
        others = numba.config.CACHE_DIR
        numba.config.CACHE_DIR = str(used_folder("compiled", name))
        try:
            return compile_it(function)  # type: ignore[no-any-return]
        finally:
            numba.config.CACHE_DIR = others


def compiled(function: Function) -> Function:
    """*function* compiled at its first call, without the interpreter lock; results do not depend on whether it was."""
    return _cached(function, "compiled")


def compiled_unchecked(function: Function) -> Function:
    """As `compiled`, for what never divides by 0: without looking, loops over it can do several at once."""
    return _cached(function, "compiled_unchecked")


def compiled_into(function: Function) -> Function:
    """As `compiled`, but written out wherever it is called, for loops that would else not do several at once."""
    return _cached(function, "compiled_into")


def compiled_here(function: Function) -> Function:
    """As `compiled`, but for this process only: for a researcher's own rule, whose source no fingerprint covers."""
    return numba.njit(nogil=True)(function)  # type: ignore[no-any-return]


def in_plain_python(function: Function) -> Function:
    """The formula of a compiled *function* as it is written, which takes whole arrays where it is plain arithmetic."""
    return getattr(function, "py_func", function)  # type: ignore[no-any-return]
