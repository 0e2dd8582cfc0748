"""Sources that a test edits, and the interpreters that it has read them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def edit(path: Path, old: str, new: str) -> None:
    """Write *new* in place of *old*, which must be there, into the file *path*."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def run(program: str, environment: dict[str, str], standard_error: int = subprocess.PIPE) -> str:
    """What a new interpreter prints that runs *program*; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], env={**os.environ, **environment}, stdout=subprocess.PIPE,
        stderr=standard_error, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
