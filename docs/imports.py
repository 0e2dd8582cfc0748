"""Who imports whom in sim and dashboard, read from the files: among modules, and among rooms.

A room is a folder or a single file of sim, a file of the command line, or all else of dashboard.
Imports inside functions count.
Those for the type checker alone do not, save in sim/__init__.py, whose names are imported when they
are first used.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FACE = "sim"  # the public names, in sim/__init__.py
PAGES = "dashboard"
COMMAND_LINE = ("dashboard.cli", "dashboard.__main__")  # it stands above simulations and pages


def name_of(path: Path) -> str:
    """sim/theory/__init__.py is sim.theory."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def modules() -> dict[str, Path]:
    """Name -> file of every module of sim and dashboard."""
    paths = (
        path for folder in ("sim", "dashboard") for path in sorted((ROOT / folder).rglob("*.py"))
    )
    return {name_of(path): path for path in paths}


def nodes(tree: ast.AST, *, type_checking: bool) -> Iterator[ast.AST]:
    """All nodes below *tree*; without *type_checking*, none that only the type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if (
            isinstance(node, ast.If)
            and ast.unparse(node.test) == "TYPE_CHECKING"
            and not type_checking
        ):
            continue
        yield node
        yield from nodes(node, type_checking=type_checking)


def imported_names(source: str, *, type_checking: bool = False) -> Iterator[str]:
    """Full name of all that a module's *source* imports: `from sim import run` gives sim.run."""
    for node in nodes(ast.parse(source), type_checking=type_checking):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_of(name: str) -> str | None:
    """The module of sim or dashboard in which an imported *name* lies; None where it lies in
    neither.
    """
    while name and name not in modules():
        name = name.rpartition(".")[0]
    return name or None


@cache
def imports() -> dict[str, frozenset[str]]:
    """Module -> the other modules that it imports."""
    graph = {}
    for module, path in modules().items():
        names = imported_names(path.read_text(encoding="utf-8"), type_checking=module == FACE)
        graph[module] = frozenset(
            found for name in names if (found := module_of(name)) not in (None, module)
        )
    return graph


def room_of(module: str) -> str:
    """sim.theory.signing lies in sim.theory, dashboard.pages.compare in dashboard."""
    parts = module.split(".")
    return PAGES if parts[0] == PAGES and module not in COMMAND_LINE else ".".join(parts[:2])


@cache
def rooms() -> dict[str, frozenset[str]]:
    """Room -> the other rooms that its modules import."""
    graph: dict[str, set[str]] = {room_of(module): set() for module in modules()}
    for module, names in imports().items():
        graph[room_of(module)] |= {room_of(name) for name in names} - {room_of(module)}
    return {room: frozenset(names) for room, names in graph.items()}


def circles(graph: dict[str, frozenset[str]]) -> list[frozenset[str]]:
    """The largest sets of two or more in which each imports, by way of others, each."""
    reached = {start: reachable(graph, start) for start in graph}
    sets = {frozenset({b for b in reached[a] if a in reached[b]}) for a in graph if a in reached[a]}
    return sorted(sets, key=sorted)


def reachable(graph: dict[str, frozenset[str]], start: str) -> frozenset[str]:
    """All that *start* imports, itself or by way of others."""
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph[name]
    return frozenset(found)
