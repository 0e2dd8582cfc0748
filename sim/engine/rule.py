"""A researcher's own decision rule in place of `sim.theory.signing.chance_of_signing`, without
touching a file.

Compiled code finds the functions it calls by their names in its module. So every function that
leads to the rule is built again from its own code, with the other rule under that name, and
compiled once per process.
"""

from __future__ import annotations

import dis
import inspect
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from types import FunctionType
from typing import Any

from numba.core.errors import NumbaError

from sim.compiled import compiled_here
from sim.errors import InputError
from sim.reading import literal
from sim.theory.signing import chance_of_signing

Rule = Callable[[float, float], float]
Replacements = dict[
    Any, Any
]  # a function -> what stands in its place, itself where nothing in it changes

EXPECTED = "a function of (value, rationality) that returns a chance from 0 to 1"
TRIED_VALUES = (-30.0, -1.0, 0.0, 1.0, 30.0)
TRIED_RATIONALITIES = (0.0, 1.0, 20.0)

_BUILDING = Lock()  # threads that ask for the same rule get the same functions, compiled once


def with_rule(function: Callable[..., Any], rule: Rule | None) -> Callable[..., Any]:
    """*function*, which may be any compiled one of sim, with *rule* (value, rationality -> chance)
    deciding who signs.

    The rule decides on leaving as well, where value is that of leaving. InputError where it is not
    such a function, or is none that numba can compile. None leaves all as it is.
    """
    if rule is None:
        return function
    _check_callable(rule)
    with _BUILDING:
        rebuilt = _rebuilt(function, _replacements(rule))

    def checked(*arguments: Any) -> Any:
        with failures_told():
            return rebuilt(*arguments)

    return checked


@contextmanager
def failures_told() -> Iterator[None]:
    """A context in which a rule is at work: whatever it raises, or numba says of it, is told as an
    InputError.
    """
    try:
        yield
    except NumbaError as problem:
        reason = str(problem).strip().splitlines()[0]
        raise InputError(
            f"choose: numba cannot compile it ({reason}), expected plain arithmetic on two numbers"
        ) from None
    except Exception as problem:
        raise InputError(
            f"choose: it fails on a value of the model with {literal(problem)}, expected {EXPECTED}"
        ) from None


@lru_cache(maxsize=16)
def _replacements(rule: Rule) -> Replacements:
    _check(rule)
    own = rule if hasattr(rule, "py_func") else compiled_here(rule)
    with failures_told():
        own(0.0, 1.0)
    return {chance_of_signing: own}


def _check_callable(rule: Any) -> None:
    """InputError where *rule* is no function, compiled or not, of two arguments."""
    try:
        if not isinstance(getattr(rule, "py_func", rule), FunctionType):
            raise TypeError
        inspect.signature(rule).bind(0.0, 1.0)
    except (TypeError, ValueError):
        raise InputError(f"choose: found {literal(rule)}, expected {EXPECTED}") from None


def _check(rule: Rule) -> None:
    for value in TRIED_VALUES:
        for rationality in TRIED_RATIONALITIES:
            try:
                chance = rule(value, rationality)
            except Exception as problem:
                raise InputError(
                    f"choose: it fails for ({value:g}, {rationality:g}) with {literal(problem)},"
                    f" expected {EXPECTED}"
                ) from None
            if (
                not isinstance(chance, (int, float))
                or not math.isfinite(chance)
                or not 0 <= chance <= 1
            ):
                raise InputError(
                    f"choose: it returns {chance!r} for ({value:g}, {rationality:g}), expected"
                    f" {EXPECTED}"
                )


def _rebuilt(function: Any, replacements: Replacements) -> Any:
    """*function*, built again where it calls, directly or not, a function that is replaced."""
    if function in replacements:
        return replacements[function]
    source = getattr(function, "py_func", function)
    calls = {
        place.argval for place in dis.get_instructions(source) if place.opname == "LOAD_GLOBAL"
    }
    ours = {
        name: source.__globals__[name] for name in calls if _is_ours(source.__globals__.get(name))
    }
    names = {name: _rebuilt(function, replacements) for name, function in ours.items()}
    rebuilt: Any = function
    if any(names[name] is not ours[name] for name in names):
        rebuilt = FunctionType(source.__code__, source.__globals__ | names, source.__name__)
        if source is not function:  # it was compiled
            rebuilt = compiled_here(rebuilt)
    replacements[function] = rebuilt
    return rebuilt


def _is_ours(function: Any) -> bool:
    """Whether *function* is one of sim, compiled or plain Python."""
    source = getattr(function, "py_func", function)
    return isinstance(source, FunctionType) and source.__module__.startswith("sim.")
