"""What the fits rest on: as long as it is what it was when they were last run, they need not run
again before the next release.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

NOTE = Path(__file__).parent / "golden" / "refits.txt"  # the hash of what the fits last passed with
ROOT = Path(__file__).resolve().parent.parent
INPUTS = (
    "sim/dials", "sim/engine", "sim/evidence", "sim/facts", "sim/motives", "sim/population",
    "sim/scenario", "sim/theory", "scenarios/data", "scenarios/paris-call-2018",
)  # fmt: skip


def hash_of_inputs() -> str:
    """The SHA-256 of all sources and data from which weights are fitted, but for the words of the
    sources.
    """
    digest = hashlib.sha256()
    for folder in INPUTS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(ROOT).as_posix().encode())
                digest.update(_content(path))
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    if path.suffix != ".py":
        return path.read_bytes()
    tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            node.body = list(_without_docstring(node.body))
    return ast.dump(tree).encode()


def _without_docstring(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for place, statement in enumerate(body):
        match statement:
            case ast.Expr(value=ast.Constant(value=str())) if place == 0:
                continue
        yield statement
