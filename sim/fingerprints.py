"""Fingerprints of code, which change where a result may change, but not with docstrings, comments
or blank lines.

The fingerprint of a compiled function covers its syntax, that of every compiled function that it
calls, directly or not, the values of the constants that these read (such as the column of a dial,
but not its meaning), and the order of the fields of named tuples. The fingerprint of a module
covers its syntax and that of every module that it imports.
"""

from __future__ import annotations

import ast
import builtins
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

import numpy as np

DIGITS = 16  # hexadecimal ones

Key = tuple[str, str]  # of a function: its module and its name
Name = tuple[str, ...]  # a global name and the attributes read from it: ("luck", "four_draws")


class Definition(NamedTuple):
    """The parts of a function's source that its fingerprint needs."""

    syntax: str
    names: tuple[Name, ...]  # that it reads, except its own variables
    attributes: tuple[str, ...]  # all attributes that it reads


def fingerprint(parts: Iterable[str]) -> str:
    """Sixteen hexadecimal digits that stand for *parts* in their order."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)} {part}".encode())
    return digest.hexdigest()[:DIGITS]


def note(function: Callable[..., Any]) -> None:
    """Read the source of *function* now, as its file may be edited before its fingerprint is
    needed.
    """
    _definitions(_file(function.__module__))
    _layouts(_package(function.__module__))


def of_function(function: Callable[..., Any]) -> str:
    """The fingerprint of *function*, defined at the top of a module, and of all that its machine
    code depends on.
    """
    parts = _parts((function.__module__, function.__name__))
    return fingerprint(parts[key] for key in sorted(parts))


def reachable(key: Key) -> list[Key]:
    """The function *key* and all of Parley that it calls, directly or not; empty for another
    package's function.
    """
    return list(_parts(key)) if key[0].partition(".")[0] == __name__.partition(".")[0] else []


def _parts(first: Key) -> dict[Key, str]:
    """The parts of a fingerprint: of the function *first* and of each that it calls, directly or
    not.
    """
    parts: dict[Key, str] = {}
    pending = [first]
    while pending:
        key = pending.pop()
        if key not in parts:
            parts[key], calls = _part(key)
            pending += calls
    return parts


@cache
def _part(key: Key) -> tuple[str, list[Key]]:
    """The part of one function in a fingerprint, and the functions that it calls."""
    module, name = key
    definition = _definitions(_file(module))[name]
    layouts = _layouts(_package(module))
    content = [definition.syntax]
    for attribute in definition.attributes:
        content += layouts.get(attribute, ())
    calls = []
    for read in definition.names:
        value = _value(module, read)
        if isinstance(value, str):
            content.append(value)
        else:
            calls += value
            content += [".".join(key) for key in value]
    return fingerprint(content), calls


def of_module(name: str) -> str:
    """The fingerprint of the imported module *name* and of all that it imports, directly or not,
    from its own package and from this one.
    """
    folders = {
        package: _package(package)
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


def _file(module: str) -> Path:
    return Path(str(sys.modules[module].__file__))


def _package(module: str) -> Path:
    """The folder of the topmost package of *module*, or its file where it lies in none."""
    top = sys.modules[module.partition(".")[0]]
    return _file(top.__name__).parent if hasattr(top, "__path__") else _file(top.__name__)


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


@cache
def _definitions(path: Path) -> dict[str, Definition]:
    """The functions at the top of the file *path*, by name, without their annotations."""
    functions = (
        node for node in ast.parse(path.read_bytes()).body if isinstance(node, ast.FunctionDef)
    )
    return {function.name: _definition(function) for function in functions}


def _definition(function: ast.FunctionDef) -> Definition:
    _take_docstring_from(function)
    function.returns = None
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    for argument in arguments:
        argument.annotation = None
    own = {argument.arg for argument in arguments}
    names: set[Name] = set()
    attributes: set[str] = set()
    visited: set[ast.AST] = set()
    for statement in function.body:
        for node in ast.walk(statement):  # from the outside in
            if isinstance(node, ast.Attribute):
                attributes.add(node.attr)
            elif isinstance(node, ast.Name):
                if not isinstance(node.ctx, ast.Load):
                    own.add(node.id)
            else:
                continue
            if node not in visited:
                chain = _chain(node)
                visited.update(chain)
                names.add(
                    tuple(part.id if isinstance(part, ast.Name) else part.attr for part in chain)
                )
    read = sorted(name for name in names if name and name[0] not in own)
    return Definition(ast.dump(function), tuple(read), tuple(sorted(attributes)))


def _chain(node: ast.AST) -> list[ast.Name | ast.Attribute]:
    """A name and the attributes read from it, in their order; nothing where *node* reads from
    something else.
    """
    chain: list[ast.Name | ast.Attribute] = []
    while isinstance(node, ast.Attribute):
        chain.insert(0, node)
        node = node.value
    return [node, *chain] if isinstance(node, ast.Name) else []


@cache
def _layouts(package: Path) -> dict[str, list[str]]:
    """The named tuples of *package*, each with its fields in their order, by each of their fields.

    Machine code finds a field by its place, which numba's cache does not compare.
    """
    layouts: dict[str, list[str]] = {}
    for path in sorted(package.rglob("*.py")) if package.is_dir() else [package]:
        source = path.read_bytes()
        if b"namedtuple(" in source or b"NamedTuple" in source:
            for name, fields in _named_tuples(ast.parse(source)):
                for field in fields:
                    layouts.setdefault(field, []).append(
                        f"{path.relative_to(package.parent)} {name} {fields}"
                    )
    return layouts


def _named_tuples(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """The name of each named tuple at the top of a file, and its fields where they are written
    out.
    """
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and "NamedTuple" in [
            ast.unparse(base) for base in node.bases
        ]:
            targets = [part.target for part in node.body if isinstance(part, ast.AnnAssign)]
            yield node.name, [target.id for target in targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            call = node.value
            if isinstance(call.func, ast.Name) and call.func.id == "namedtuple":
                name, *fields = (
                    str(part.value) for part in ast.walk(call) if isinstance(part, ast.Constant)
                )
                yield name, fields


def _value(module: str, name: Name) -> str | list[Key]:
    """The value of *name* in *module*: the key of a function of Parley, those of a named tuple of
    functions, or the text of a constant.
    """
    first, *attributes = name
    if first in _definitions(_file(module)):
        return [(module, first)]
    scope = vars(sys.modules[module])
    if first not in scope and hasattr(builtins, first):
        return first
    value: Any = scope[first]
    for attribute in attributes:
        if not isinstance(value, ModuleType) and not hasattr(value, "_fields"):
            break
        value = getattr(value, attribute)
    members = value if isinstance(value, tuple) else (value,)
    functions: list[Any] = [getattr(member, "py_func", member) for member in members]
    if functions and all(_is_ours(function, module) for function in functions):
        return [(function.__module__, function.__name__) for function in functions]
    return f"{'.'.join(name)} {_text(value)}"


def _is_ours(function: Any, module: str) -> bool:
    """Whether *function* is one of the package of *module*."""
    return (
        isinstance(function, FunctionType)
        and function.__module__.partition(".")[0] == module.partition(".")[0]
    )


def _text(value: Any) -> str:
    """The full text of a *value* that compiled code may read; the same only for equal values."""
    if isinstance(value, np.ndarray):
        return f"{value.dtype.descr} {value.shape} {hashlib.sha256(value.tobytes()).hexdigest()}"
    if isinstance(value, type) and hasattr(value, "_fields"):
        return f"{value.__qualname__} {value._fields}"
    if isinstance(value, tuple):
        return f"{type(value).__qualname__} {[_text(part) for part in value]}"
    if callable(value) or isinstance(
        value, ModuleType
    ):  # of another package, whose version numba compares
        return value.__name__
    if isinstance(value, (bool, int, float, complex, str, np.generic, np.dtype, type(None))):
        return repr(value)
    raise TypeError(
        f"a compiled function reads {value!r}, expected numbers, arrays, named tuples or functions"
    )
