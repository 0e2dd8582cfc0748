"""Fingerprints of code, which change where a result may change, but not with docstrings, comments
or blank lines.

The fingerprint of a compiled function covers its instructions, those of every function that it
calls, directly or not, the values of the constants that these read (such as the columns of the
dials, but not their meanings), and the fields of named tuples in their order. All is read from
memory, so a file that is edited after its import misleads nobody. The fingerprint of a module
covers the syntax of its file and of that of every module that it imports.
"""

from __future__ import annotations

import ast
import dis
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

DIGITS = 16  # hexadecimal ones
FUNCTIONS = 1_000  # about which something is remembered: more than the model has


def fingerprint(parts: Iterable[str]) -> str:
    """Sixteen hexadecimal digits that stand for *parts* in their order."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)} {part}".encode())
    return digest.hexdigest()[:DIGITS]


def of_function(function: Callable[..., Any]) -> str:
    """The fingerprint of *function*, compiled or not, and of all that its machine code depends
    on.
    """
    return fingerprint(sorted(_part(source) for source in reachable(function)))


def reachable(function: Callable[..., Any]) -> dict[FunctionType, Any]:
    """*function* and all functions that it calls, directly or not: each as it is written, and as
    its callers know it, compiled or not.
    """
    functions: dict[FunctionType, Any] = {}
    pending: list[Any] = [function]
    while pending:
        each = pending.pop()
        source = _formula(each)
        if source not in functions:
            functions[source] = each
            pending += (value for value in _read(source) if _is_followed(value, source))
    return functions


def _formula(function: Any) -> Any:
    return getattr(function, "py_func", function)


def _is_followed(value: Any, reader: FunctionType) -> bool:
    """Whether *value* is a compiled function, or any function of Parley or of the package of its
    *reader*.
    """
    source = _formula(value)
    return isinstance(source, FunctionType) and (
        source is not value or _package(source.__module__) in _packages(reader)
    )


def _packages(reader: FunctionType) -> set[str]:
    return {_package(__name__), _package(reader.__module__)}


def _package(module: str) -> str:
    return module.partition(".")[0]


@lru_cache(FUNCTIONS)
def _part(function: FunctionType) -> str:
    """The part of one function in a fingerprint."""
    return fingerprint(
        [
            _text(function, function),
            repr((function.__code__.co_argcount, function.__code__.co_varnames)),
            repr((function.__defaults__, function.__kwdefaults__)),
            *(f"{name} {argument!r}" for name, argument in _instructions(function)),
            *(_text(value, function) for value in _read(function)),
        ]
    )


@lru_cache(FUNCTIONS)
def _instructions(function: FunctionType) -> tuple[tuple[str, Any], ...]:
    """What *function* does, step by step: in it no docstring, comment or line is left."""
    return tuple(_steps(function.__code__))


def _steps(code: CodeType) -> Iterator[tuple[str, Any]]:
    for step in dis.get_instructions(code):
        if isinstance(step.argval, CodeType):  # a function inside
            yield from _steps(step.argval)
        else:
            yield step.opname, step.argval


@lru_cache(FUNCTIONS)
def _read(function: FunctionType) -> tuple[Any, ...]:
    """The values of all global names that *function* reads, builtins aside."""
    values = function.__globals__
    names: set[str] = set()
    attributes: set[str] = set()
    for step, name in _instructions(function):
        if step == "LOAD_GLOBAL":
            names.add(name)
        elif step in ("LOAD_ATTR", "LOAD_METHOD"):
            attributes.add(name)
    return tuple(
        part
        for name in sorted(names & values.keys())
        for part in _parts(values[name], attributes, _packages(function))
    )


def _parts(value: Any, attributes: set[str], packages: set[str]) -> Iterator[Any]:
    """*value* itself; the *attributes* of a module of the *packages*; the kind, the length and the
    members of a tuple, which may be functions.
    """
    if isinstance(value, ModuleType) and _package(value.__name__) in packages:
        for name in sorted(attributes & vars(value).keys()):
            yield from _parts(vars(value)[name], attributes, packages)
    elif isinstance(value, tuple):
        yield from (type(value), len(value))
        for member in value:
            yield from _parts(member, attributes, packages)
    else:
        yield value


def _text(value: Any, reader: FunctionType) -> str:
    """The full text of a *value* that compiled code may read; the same only for equal values."""
    if _is_followed(value, reader):  # what it does is a part of its own
        source, decorator = _formula(value), getattr(value, "decorator", "")
        return f"{source.__module__}.{source.__qualname__} {decorator}"
    if isinstance(value, np.ndarray):
        return f"{value.dtype.descr} {value.shape} {hashlib.sha256(value.tobytes()).hexdigest()}"
    if isinstance(value, (type, ModuleType)) or callable(value):  # of some version of a package
        return f"{getattr(value, '__module__', '')} {value.__name__} {_fields(value)}"
    if isinstance(value, (bool, int, float, complex, str, np.generic, np.dtype, type(None))):
        return repr(value)
    raise TypeError(
        f"a compiled function reads {value!r}, expected numbers, arrays, named tuples or functions"
    )


def _fields(value: Any) -> tuple[str, ...]:
    """The fields of a named tuple in their order: machine code finds a field by its place."""
    return getattr(value, "_fields", ())


def of_module(name: str) -> str:
    """The fingerprint of the imported module *name* and of all that it imports, directly or not,
    from its own package and from this one.
    """
    folders = {
        package: _folder(package)
        for package in (name.partition(".")[0], __name__.partition(".")[0])
    }
    if _source(folders, name) is None:
        raise ModuleNotFoundError(f"there is no module {name}")
    parts: dict[str, str] = {}
    pending = [name]
    while pending:
        module = pending.pop()
        path = _source(folders, module)
        if module not in parts and path is not None:
            syntax, imports = _content(path)
            parts[module] = f"{module} {syntax}"
            if (
                b"iter_modules(" in path.read_bytes()
            ):  # a package that imports whatever lies in its folder
                pending += [
                    f"{module}.{file.stem}" for file in path.parent.glob("*.py") if file != path
                ]
            for module_name, names in imports:
                inside = [f"{module_name}.{name}" for name in names]
                modules = [name for name in inside if _source(folders, name) is not None]
                pending += modules if len(modules) == len(inside) > 0 else [module_name, *modules]
    return fingerprint(parts[module] for module in sorted(parts))


def _folder(package: str) -> Path:
    """The folder of a *package*, or its file where it is one."""
    module = sys.modules[package]
    file = Path(str(module.__file__))
    return file.parent if hasattr(module, "__path__") else file


def _source(folders: dict[str, Path], module: str) -> Path | None:
    """The file of *module*, if it lies in one of the *folders* of packages."""
    package, *rest = module.split(".")
    if package not in folders:
        return None
    path = folders[package].joinpath(*rest)
    files = (path / "__init__.py", path.with_suffix(".py"))
    return next((file for file in files if file.is_file()), None)


@cache
def _content(path: Path) -> tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The syntax of the file *path*, as a fingerprint, and the modules that it imports, each with
    the names taken.
    """
    tree = ast.parse(path.read_bytes())
    imports: list[tuple[str, tuple[str, ...]]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports += [(alias.name, ()) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imports.append((str(node.module), tuple(alias.name for alias in node.names)))
        elif isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            _take_docstring_from(node)
    return fingerprint([ast.dump(tree)]), tuple(imports)


def _take_docstring_from(
    node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef,
) -> None:
    if ast.get_docstring(node, clean=False) is not None:
        node.body = node.body[1:] or [ast.Pass()]
