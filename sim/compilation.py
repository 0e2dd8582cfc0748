"""Compilation by numba, with machine code cached on disk.

Machine code is kept in files (`sim/machine_code.py`) under the fingerprint of its function
(`sim/fingerprints.py`): it is used again as long as nothing changes that it depends on.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from types import FunctionType
from typing import Any

import llvmlite.binding as llvm
import numba
import numpy as np
from numba.core import event, types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.types.misc import unliteral
from numba.extending import models, register_model

from sim import fingerprints
from sim.machine_code import MachineCode
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

# What all machine code depends on besides its function. It is read at the start, as the file of a
# module may be edited later.
BASIS = [
    sys.version,
    numba.__version__,
    np.__version__,
    repr(OPTIONS),
    fingerprints.of_module("sim.struct_of_arrays"),
]

MAKING = RLock()  # of one dispatcher at a time


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


class LinkedContext:
    """numba's context of compilation, but what is read from a file becomes Linked again. numba
    itself would make machine code of it, and whatever is compiled later in the same process would
    call that, which is not optimised as a part of its caller: random numbers take five times as
    long.
    """

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
    options = OPTIONS[decorator] | ({} if from_python else {"no_cpython_wrapper": True})
    dispatcher = numba.njit(**options, pipeline_class=Compiler if from_python else LinkedCompiler)(
        function
    )
    dispatcher.decorator = decorator
    if cached:
        dispatcher._cache = MachineCode(
            f"{function.__module__}.{function.__name__}-{'outer' if from_python else 'inner'}",
            lambda: fingerprints.fingerprint(
                [*BASIS, repr(options), fingerprints.of_function(function)]
            ),
            (lambda context: context) if from_python else LinkedContext,
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
        self._under_way: list[FunctionType] = []
        self._ready: set[FunctionType] = set()

    def on_start(self, start: event.Event) -> None:
        """Called by numba, which compiles one thing at a time."""
        if not self._under_way:
            self._collections = gc.get_threshold()
            gc.set_threshold(*RARE_COLLECTIONS)
        self._under_way.append(start.data["dispatcher"].py_func)

    def on_end(self, end: event.Event) -> None:
        """Called by numba, also where it failed."""
        self._ready.add(self._under_way.pop())
        if not self._under_way:
            gc.set_threshold(*self._collections)
        if self.progress is not None:
            first = self._under_way[0] if self._under_way else end.data["dispatcher"].py_func
            self._tell(self.progress, first)

    def _tell(self, progress: Progress, first: FunctionType) -> None:
        """Report how many functions the *first* one calls, directly or not, and how many of them
        are ready.
        """
        functions = {
            function: function in self._ready or getattr(compiled, "is_ready", False)
            for function, compiled in fingerprints.reachable(first).items()
            if function is first or hasattr(compiled, "is_ready")
        }
        ready = sum(functions.values()) if self._under_way else len(functions)
        progress(ready, len(functions))


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
