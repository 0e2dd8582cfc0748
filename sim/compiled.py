"""Compiled functions: machine code, and plain Python where NUMBA_DISABLE_JIT is set.

A function is compiled when it is first called (`sim/compilation.py`). Until then numba is not
loaded, so what is declared beside a formula can be read at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])

IN_PLAIN_PYTHON = os.environ.get("NUMBA_DISABLE_JIT", "0").strip() not in ("", "0")


class Compiled:
    """A function that numba compiles when it is first called, once for Python and once for other
    compiled code.

    Most functions are called from compiled code alone. To make them callable from Python as well
    would take a fifth more of the time of compilation.
    """

    def __init__(self, function: Callable[..., Any], decorator: str, cached: bool = True) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self.decorator, self._cached = decorator, cached
        self._for_python: Any = None
        self._is_compiled = False
        self._for_compiled: Any = None

    def __call__(self, *arguments: Any) -> Any:
        if self._is_compiled:
            return self._for_python(*arguments)
        from sim import compilation

        with compilation.MAKING:
            self._for_python = self._for_python or compilation.dispatcher(
                self.py_func, self.decorator, self._cached
            )
        result = compilation.in_a_wide_frame(self._for_python, *arguments)
        self._is_compiled = bool(getattr(self._for_python, "signatures", True))
        return result

    def for_compiled(self) -> Any:
        """The dispatcher for calls from other compiled code, which Python cannot call."""
        from sim import compilation

        with compilation.MAKING:
            self._for_compiled = self._for_compiled or compilation.dispatcher(
                self.py_func, self.decorator, self._cached, from_python=False
            )
        return self._for_compiled

    @property
    def _numba_type_(self) -> Any:
        """The type by which numba knows it."""
        from sim import compilation

        return compilation.CompiledType(self.for_compiled())

    @property
    def is_ready(self) -> bool:
        """Whether other compiled code can call it at once."""
        return self._for_compiled is not None and bool(self._for_compiled.signatures)


def compiled(function: Function) -> Function:
    """*function* as machine code, without the interpreter lock; results do not depend on whether it
    is compiled.
    """
    return _compiled(function, "compiled")


def compiled_unchecked(function: Function) -> Function:
    """As `compiled`, for functions that never divide by 0: without that check, loops can be
    vectorised.
    """
    return _compiled(function, "compiled_unchecked")


def compiled_into(function: Function) -> Function:
    """As `compiled`, but inlined into its caller: for loops that processors can then do several at
    once, and for functions with one caller and many arrays, which compile in half the time.
    """
    if IN_PLAIN_PYTHON:
        return function
    from sim import compilation

    return cast(Function, compilation.dispatcher(function, "compiled_into"))


def compiled_here(function: Function) -> Function:
    """As `compiled`, but for this process only: for a researcher's own rule, whose source no
    fingerprint covers.
    """
    return _compiled(function, "compiled_here", cached=False)


def _compiled(function: Function, decorator: str, cached: bool = True) -> Function:
    return function if IN_PLAIN_PYTHON else cast(Function, Compiled(function, decorator, cached))


def in_plain_python(function: Function) -> Function:
    """The formula of a compiled *function* as it is written, which takes whole arrays where it is
    plain arithmetic.
    """
    return getattr(function, "py_func", function)  # type: ignore[no-any-return]
