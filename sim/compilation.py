"""Compilation by numba, with machine code cached on disk.

Machine code is kept in files (`sim/machine_code.py`) under a name that holds the fingerprint of the
function (`sim/fingerprints.py`): it is used again as long as nothing changes that it depends on.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

import llvmlite.binding as llvm
import numba
from numba.core import event, types
from numba.core.caching import CompileResultCacheImpl
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.types.misc import unliteral
from numba.extending import models, register_model

from sim import fingerprints
from sim.fingerprints import Key
from sim.machine_code import machine_code
from sim.threads import Progress

# While numba compiles, it makes millions of small objects that last, and garbage collection takes a
# tenth of the time. These thresholds (of gc.set_threshold) make it rare; memory grows by a tenth
# instead.
RARE_COLLECTIONS = (20_000, 50, 1_000)

# The options of numba for each decorator. No function may make arrays: all memory is the caller's,
# so references need not be counted (_nrt), which would take two fifths of a run's time.
_WITHOUT_ARRAYS = {"nogil": True, "_nrt": False, "no_cfunc_wrapper": True}
OPTIONS: dict[str, dict[str, Any]] = {
    "compiled": _WITHOUT_ARRAYS,
    "compiled_unchecked": {**_WITHOUT_ARRAYS, "error_model": "numpy"},
    "compiled_into": {**_WITHOUT_ARRAYS, "inline": "always"},
    "compiled_here": {"nogil": True, "no_cfunc_wrapper": True},
}

MAKING = RLock()  # numba reads the folder of its cache from a variable of the process


class Linked(JITCodeLibrary):  # type: ignore[misc]
    """The code of a function that other compiled code alone calls: it is optimised and becomes
    machine code as a part of each caller. To do so for itself as well, as in numba, would take a
    third of the time of compilation.
    """

    class Generator:
        """numba's generator of code, which has no environment for a function without machine
        code.
        """

        def __init__(self, generator: Any) -> None:
            self._generator = generator

        def __getattr__(self, name: str) -> Any:
            return getattr(self._generator, name)

        def set_env(self, name: str, environment: Any) -> None:
            """Nothing."""

    @property
    def codegen(self) -> Any:
        """The generator, where numba asks for it."""
        return self.Generator(self._codegen)

    def get_pointer_to_function(self, name: str) -> int:
        """0, for no machine code."""
        return 0

    def serialize_using_object_code(self) -> Any:
        """What is kept on disk, from which callers are compiled."""
        return self.serialize_using_bitcode()

    def _optimize_final_module(self) -> None:
        """Left to the callers."""

    def _finalize_final_module(self) -> None:
        self._finalized = True


class LinkedCache(CompileResultCacheImpl):  # type: ignore[misc]
    """How code that is Linked is read from a file: as Linked code again. numba itself would make
    machine code of it, and whatever is compiled later in the same process would call that, which is
    not optimised as a part of its caller: random numbers take five times as long.
    """

    class Context:
        """numba's context of compilation, whose libraries are Linked."""

        def __init__(self, context: Any) -> None:
            self._context = context

        def __getattr__(self, name: str) -> Any:
            return getattr(self._context, name)

        def codegen(self) -> Any:
            """What makes a library of the content of a file."""
            return self

        def unserialize_library(self, content: tuple[str, str, bytes]) -> Linked:
            """The library of this *content*: its name, its kind, which is LLVM's bitcode, and the
            code.
            """
            name, _, code = content
            library = Linked(self._context.codegen(), name)
            library._final_module = llvm.parse_bitcode(code)
            library._finalize_final_module()
            return library

    def rebuild(self, target_context: Any, payload: Any) -> Any:
        """What numba knows of a compiled function."""
        return (
            super()
            .rebuild(self.Context(target_context), payload)
            ._replace(target_context=target_context)
        )


class LinkedCompiler(Compiler):  # type: ignore[misc]
    """numba's compiler, for code that is Linked."""

    def __init__(
        self, typing_context: Any, target_context: Any, library: Any, *others: Any
    ) -> None:
        super().__init__(typing_context, target_context, library, *others)
        self.state.library = Linked(target_context.codegen(), "linked")
        self.state.library.enable_object_caching()


def dispatcher(
    function: Callable[..., Any], decorator: str, cached: bool = True, from_python: bool = True
) -> Any:
    """numba's dispatcher of *function* with the options of a *decorator*, which compiles it for
    each combination of types of arguments; Python can call it only if so asked.
    """
    options = (
        OPTIONS[decorator] if from_python else {**OPTIONS[decorator], "no_cpython_wrapper": True}
    )
    compiler = Compiler if from_python else LinkedCompiler
    if not cached:
        return numba.njit(**options, pipeline_class=compiler)(function)
    how_arrays_are_read = fingerprints.of_module("sim.struct_of_arrays")
    parts = [repr(OPTIONS), repr(options), how_arrays_are_read, fingerprints.of_function(function)]
    name = f"{function.__module__}.{function.__name__}-{'outer' if from_python else 'inner'}"
    with MAKING:
        dispatcher = numba.njit(**options, pipeline_class=compiler)(function)
        dispatcher._cache = machine_code(
            function,
            name,
            fingerprints.fingerprint(parts),
            CompileResultCacheImpl if from_python else LinkedCache,
        )
        return dispatcher


def in_a_wide_frame(function: Callable[..., Any], *arguments: Any) -> Any:
    """What *function* returns.

    Python keeps the frames of calls in chunks of 16 kB. Where a loop calls across the end of a
    chunk, it asks the system for the next one in every turn, which takes a fifth of the time of
    compilation. A frame wider than a chunk gets one of its own, of half a megabyte, and half of
    that is left for the calls inside.
    """
    return function(*arguments)


in_a_wide_frame.__code__ = in_a_wide_frame.__code__.replace(co_stacksize=33_000)  # of 8 bytes


class CompiledType(types.Dispatcher):  # type: ignore[misc]
    """numba's type of a `Compiled` function, which compiles it for types alone, not once more for
    each constant that is handed to it.
    """

    def unify(self, context: Any, other: Any) -> None:
        """Never: each function of a tuple keeps a type of its own, so that a loop over the tuple
        calls it directly.
        """

    def get_call_type(self, context: Any, arguments: Any, named: Any) -> Any:
        """The signature for these types of arguments."""
        return super().get_call_type(
            context,
            tuple(unliteral(argument) for argument in arguments),
            {name: unliteral(argument) for name, argument in named.items()},
        )


register_model(CompiledType)(models.OpaqueModel)


class Compilation(event.Listener):
    """Reports the progress of numba from one function to all functions that are compiled with
    it.
    """

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
        """Report how many functions the *first* one calls, directly or not, and how many of them
        are ready.
        """
        functions = [
            key for key in fingerprints.reachable(first) if hasattr(_object(key), "is_ready")
        ]
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
    """A context in which *progress* is called after each function that is compiled, and with all
    functions after the last; never, where all are in the cache.
    """
    _COMPILATION.progress = progress
    try:
        yield
    finally:
        _COMPILATION.progress = None
