"""Text files as they come from people: read whole, or refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sim.errors import InputError


def file_text(path: Path, label: str, expected: str) -> str:
    """The text of *path*, without a byte-order mark.

    InputError, calling the file *label*, where it is no file, cannot be read, is empty, or is no text in UTF-8.
    """
    if path.is_dir():
        raise InputError(f"{label}: found a directory, expected {expected}")
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{label}: there is no such file, expected {expected}") from None
    except OSError as problem:
        raise InputError(f"{label}: it cannot be read ({problem.strerror}), expected {expected}") from None
    if b"\0" in raw:
        raise InputError(f"{label}: found a binary file, expected {expected}")
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise InputError(
            f"{label}, line {line}: found bytes that are not UTF-8, expected {expected} in UTF-8"
        ) from None
    if not content.strip():
        raise InputError(f"{label}: the file is empty, expected {expected}")
    return content


def json_object(path: Path, label: str, expected: str) -> dict[str, Any]:
    """The JSON object that *path* holds; InputError where it is no such file, torn, or holds something else."""
    content = file_text(path, label, expected)
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise InputError(f"{label}: it is no JSON ({problem}), expected {expected}") from None
    if not isinstance(found, dict):
        raise InputError(f"{label}: found JSON of another kind, expected {expected}")
    return found
