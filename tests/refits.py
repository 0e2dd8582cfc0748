"""What the fits rest on: as long as it is what it was when they were last run, they need not run
again before the next release.
"""

from __future__ import annotations

import ast
import hashlib
import io
import tokenize
from pathlib import Path

NOTE = Path(__file__).parent / "golden" / "refits.txt"  # the hash of what the fits last passed with
ROOT = Path(__file__).resolve().parent.parent
INPUTS = (
    "sim/dials", "sim/engine", "sim/evidence", "sim/facts", "sim/motives", "sim/population",
    "sim/scenario", "sim/theory", "scenarios/data", "scenarios/paris-call-2018", "pins/core.txt",
)  # fmt: skip
WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef)


def hash_of_inputs() -> str:
    """The SHA-256 of all sources, data and versions of packages from which weights are fitted, but
    for the words of the sources. It is the same under every Python.
    """
    digest = hashlib.sha256()
    for place in INPUTS:
        for path in sorted((ROOT / place).rglob("*")) or [ROOT / place]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(ROOT).as_posix().encode())
                is_code = path.suffix == ".py"
                digest.update(code_of(path.read_text("utf-8")) if is_code else path.read_bytes())
    return digest.hexdigest()


def code_of(source: str) -> bytes:
    """The lines of *source* without docstrings, comments and empty lines."""
    lines = source.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, WITH_DOCSTRING) and ast.get_docstring(node):
            first, last = node.body[0].lineno, node.body[0].end_lineno
            lines[first - 1 : last] = [""] * (last - first + 1)
    return "\n".join(line.rstrip() for line in lines if line.strip()).encode()
