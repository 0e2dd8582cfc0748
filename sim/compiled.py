"""Compiled functions: machine code, cached on disk, and plain Python where NUMBA_DISABLE_JIT is set.

numba's own cache compares only the file of a function, and does not notice a change of a function or constant in
another file. So each function has a folder of its own, named by its fingerprint (`sim/fingerprints.py`): machine code
is used again as long as nothing changes that it depends on.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import update_wrapper
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar, cast

import numba
from numba.core import event, types
from numba.core.types.misc import unliteral
from numba.extending import models, register_model, typeof_impl

from sim import fingerprints
from sim.fingerprints import Key

Function = TypeVar("Function", bound=Callable[..., Any])

DAYS_UNUSED = 30  # after which a folder of the cache is removed

# While numba compiles, it makes millions of small objects that last, and garbage collection takes a tenth of the time.
# These thresholds (of gc.set_threshold) make it rare; memory grows by a tenth instead.
RARE_COLLECTIONS = (20_000, 50, 1_000)

# The options of numba for each decorator. No function may make arrays: all memory is the caller's, so references need
# not be counted (_nrt), which would take two fifths of a run's time.
_WITHOUT_ARRAYS = {"nogil": True, "_nrt": False, "no_cfunc_wrapper": True}
OPTIONS: dict[str, dict[str, Any]] = {
    "compiled": _WITHOUT_ARRAYS,
    "compiled_unchecked": {**_WITHOUT_ARRAYS, "error_model": "numpy"},
    "compiled_into": {**_WITHOUT_ARRAYS, "inline": "always"},
    "compiled_here": {"nogil": True, "no_cfunc_wrapper": True},
}


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def cache_folder() -> Path:
    """The folder of compiled code and results: the user's cache folder or, where that is not writable, a temporary one
    for this process.
    """
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if os.path.isabs(home) and _writable(Path(home) / "parley"):
        return Path(home) / "parley"
    temporary = Path(tempfile.mkdtemp(prefix="parley-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    return temporary / "parley"


CACHE_FOLDER = cache_folder()


def used_folder(kind: str, name: str) -> Path:
    """The folder *name* of the cache, among those of one *kind*, marked as used today.

    Where it is new, folders of its kind without use for DAYS_UNUSED days are removed.
    """
    folder = CACHE_FOLDER / kind / name
    with suppress(OSError):  # on a read-only disk nothing is marked or removed
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
    """numba's dispatcher of *function*, which compiles it for each combination of types of arguments."""
    if not cached:
        return numba.njit(**options)(function)
    how_arrays_are_read = fingerprints.of_module("sim.struct_of_arrays")
    parts = [repr(OPTIONS), repr(options), how_arrays_are_read, fingerprints.of_function(function)]
    name = fingerprints.fingerprint(parts)
    with _MAKING:
        others = numba.config.CACHE_DIR
        numba.config.CACHE_DIR = str(used_folder("compiled", name))
        try:
            return numba.njit(cache=True, **options)(function)
        finally:
            numba.config.CACHE_DIR = others


def _in_a_wide_frame(function: Callable[..., Any], *arguments: Any) -> Any:
    """What *function* returns.

    Python keeps the frames of calls in chunks of 16 kB. Where a loop calls across the end of a chunk, it asks the
    system for the next one in every turn, which takes a fifth of the time of compilation. A frame wider than a chunk
    gets one of its own, of half a megabyte, and half of that is left for the calls inside.
    """
    return function(*arguments)


_in_a_wide_frame.__code__ = _in_a_wide_frame.__code__.replace(co_stacksize=33_000)  # of 8 bytes


class Compiled:
    """A function that numba compiles when it is first called, once for Python and once for other compiled code.

    Most functions are called from compiled code alone. To make them callable from Python as well would take a fifth
    more of the time of compilation.
    """

    def __init__(self, function: Callable[..., Any], options: Mapping[str, Any], cached: bool = True) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self._options, self._cached = options, cached
        self._for_python: Any = None
        self._for_compiled: Any = None
        if cached:
            fingerprints.note(function)

    def __call__(self, *arguments: Any) -> Any:
        if self._for_python is None:
            with _MAKING:
                self._for_python = self._for_python or _dispatcher(self.py_func, self._options, self._cached)
        if not self._for_python.signatures:
            return _in_a_wide_frame(self._for_python, *arguments)
        return self._for_python(*arguments)

    def for_compiled(self) -> Any:
        """The dispatcher for calls from other compiled code, which Python cannot call."""
        options = {**self._options, "no_cpython_wrapper": True}
        with _MAKING:
            self._for_compiled = self._for_compiled or _dispatcher(self.py_func, options, self._cached)
        return self._for_compiled

    @property
    def is_ready(self) -> bool:
        """Whether other compiled code can call it at once."""
        return self._for_compiled is not None and bool(self._for_compiled.signatures)


class CompiledType(types.Dispatcher):  # type: ignore[misc]
    """numba's type of a `Compiled` function, which compiles it for types alone, not once more for each constant that is
    handed to it.
    """

    def get_call_type(self, context: Any, arguments: Any, named: Any) -> Any:
        """The signature for these types of arguments."""
        return super().get_call_type(
            context,
            tuple(unliteral(argument) for argument in arguments),
            {name: unliteral(argument) for name, argument in named.items()},
        )


register_model(CompiledType)(models.OpaqueModel)


@typeof_impl.register(Compiled)
def _type_of(function: Compiled, _: Any) -> CompiledType:
    return CompiledType(function.for_compiled())


Progress = Callable[[int, int], None]  # (functions ready, functions in all)


class Compilation(event.Listener):
    """Reports the progress of numba from one function to all functions that are compiled with it."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self._under_way: list[Key] = []
        self._ready: set[Key] = set()

    def on_start(self, start: event.Event) -> None:
        """Called by numba, which compiles one thing at a time."""
        if not self._under_way:
            self._collections = gc.get_threshold()
            gc.set_threshold(*RARE_COLLECTIONS)
        self._under_way.append(_key(start))

    def on_end(self, end: event.Event) -> None:
        """Called by numba, also where it failed."""
        self._ready.add(self._under_way.pop())
        if not self._under_way:
            gc.set_threshold(*self._collections)
        if self.progress is not None:
            self._tell(self.progress, self._under_way[0] if self._under_way else _key(end))

    def _tell(self, progress: Progress, first: Key) -> None:
        """Report how many functions the *first* one calls, directly or not, and how many of them are ready."""
        functions = [key for key in fingerprints.reachable(first) if isinstance(_object(key), Compiled)]
        ready = sum(key in self._ready or _object(key).is_ready for key in functions)
        progress(ready if self._under_way else len(functions), len(functions))


def _key(compiling: event.Event) -> Key:
    function = compiling.data["dispatcher"].py_func
    return function.__module__, function.__name__


def _object(key: Key) -> Any:
    return getattr(sys.modules[key[0]], key[1], None)


_COMPILATION = Compilation()
event.register("numba:compile", _COMPILATION)


@contextmanager
def compilation_reported(progress: Progress) -> Iterator[None]:
    """A context in which *progress* is called after each function that is compiled, and with all functions after the
    last; never, where all are in the cache.
    """
    _COMPILATION.progress = progress
    try:
        yield
    finally:
        _COMPILATION.progress = None


def compiled(function: Function) -> Function:
    """*function* as machine code, without the interpreter lock; results do not depend on whether it is compiled."""
    return _compiled(function, "compiled")


def compiled_unchecked(function: Function) -> Function:
    """As `compiled`, for functions that never divide by 0: without that check, loops can be vectorised."""
    return _compiled(function, "compiled_unchecked")


def compiled_into(function: Function) -> Function:
    """As `compiled`, but inlined into its caller: for loops that processors can then do several at once, and for
    functions with one caller and many arrays, which compile in half the time.
    """
    return function if numba.config.DISABLE_JIT else _dispatcher(function, OPTIONS["compiled_into"])


def compiled_here(function: Function) -> Function:
    """As `compiled`, but for this process only: for a researcher's own rule, whose source no fingerprint covers."""
    return _compiled(function, "compiled_here", cached=False)


def _compiled(function: Function, decorator: str, cached: bool = True) -> Function:
    return function if numba.config.DISABLE_JIT else cast(Function, Compiled(function, OPTIONS[decorator], cached))


def in_plain_python(function: Function) -> Function:
    """The formula of a compiled *function* as it is written, which takes whole arrays where it is plain arithmetic."""
    return getattr(function, "py_func", function)  # type: ignore[no-any-return]
