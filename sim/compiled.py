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
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import update_wrapper
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar, cast

import numba
from numba.extending import typeof_impl

from sim import fingerprints

Function = TypeVar("Function", bound=Callable[..., Any])

DAYS_UNUSED = 30  # after which a folder of the cache is removed

# How numba compiles what bears each decorator. No function may make arrays: memory is the caller's, so references to it
# need not be counted (_nrt), which would take two fifths of a run's time.
OPTIONS: dict[str, dict[str, Any]] = {
    "compiled": {"nogil": True, "_nrt": False},
    "compiled_unchecked": {"nogil": True, "_nrt": False, "error_model": "numpy"},
    "compiled_into": {"nogil": True, "_nrt": False, "inline": "always"},
    "compiled_here": {"nogil": True},
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


_MAKING = RLock()  # numba reads the folder of its cache from a variable of the process


def _dispatcher(function: Callable[..., Any], options: Mapping[str, Any], cached: bool = True) -> Any:
    """What numba makes of *function*: it compiles once for each combination of types of arguments."""
    if not cached:
        return numba.njit(**options)(function)
    name = fingerprints.fingerprint([repr(OPTIONS), repr(options), fingerprints.of_function(function)])
    with _MAKING:
        others = numba.config.CACHE_DIR
        numba.config.CACHE_DIR = str(used_folder("compiled", name))
        try:
            return numba.njit(cache=True, **options)(function)
        finally:
            numba.config.CACHE_DIR = others


class Compiled:
    """A function that numba compiles when it is first called, once for Python and once for other compiled code.

    Most functions are called from compiled code alone. What it takes to call one from Python too would be half of the
    time of compilation, as such arguments as the world are taken apart into dozens of arrays.
    """

    def __init__(self, function: Callable[..., Any], options: Mapping[str, Any], cached: bool = True) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self._options, self._cached = {**options, "no_cfunc_wrapper": True}, cached
        self._for_python: Any = None
        self._for_compiled: Any = None
        if cached:
            fingerprints.note(function)

    def __call__(self, *arguments: Any) -> Any:
        if self._for_python is None:
            with _MAKING:
                self._for_python = self._for_python or _dispatcher(self.py_func, self._options, self._cached)
        return self._for_python(*arguments)

    def for_compiled(self) -> Any:
        """What other compiled code calls, and Python cannot."""
        options = {**self._options, "no_cpython_wrapper": True}
        with _MAKING:
            self._for_compiled = self._for_compiled or _dispatcher(self.py_func, options, self._cached)
        return self._for_compiled


@typeof_impl.register(Compiled)
def _type_of(function: Compiled, _: Any) -> Any:
    return numba.types.Dispatcher(function.for_compiled())


def compiled(function: Function) -> Function:
    """*function* as machine code, without the interpreter lock; results do not depend on whether it is compiled."""
    return _compiled(function, "compiled")


def compiled_unchecked(function: Function) -> Function:
    """As `compiled`, for what never divides by 0: without looking, loops over it can do several at once."""
    return _compiled(function, "compiled_unchecked")


def compiled_into(function: Function) -> Function:
    """As `compiled`, but written out wherever it is called, for loops that would else not do several at once."""
    return function if numba.config.DISABLE_JIT else _dispatcher(function, OPTIONS["compiled_into"])


def compiled_here(function: Function) -> Function:
    """As `compiled`, but for this process only: for a researcher's own rule, whose source no fingerprint covers."""
    return _compiled(function, "compiled_here", cached=False)


def _compiled(function: Function, decorator: str, cached: bool = True) -> Function:
    return function if numba.config.DISABLE_JIT else cast(Function, Compiled(function, OPTIONS[decorator], cached))


def in_plain_python(function: Function) -> Function:
    """The formula of a compiled *function* as it is written, which takes whole arrays where it is plain arithmetic."""
    return getattr(function, "py_func", function)  # type: ignore[no-any-return]
