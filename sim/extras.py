"""Packages that come with one of Parley's extras, and the sentence where they are not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sim.errors import InputError


@contextmanager
def extra(name: str, where: str) -> Iterator[None]:
    """Around imports of what the extra *name* brings and *where* needs; InputError where it is not
    there. Without that extra all else works.
    """
    try:
        yield
    except ModuleNotFoundError as problem:
        package = (problem.name or "").partition(".")[0]
        if package in ("", "sim", "dashboard"):
            raise
        raise InputError(
            f"{where}: {package} is not installed, expected it: install Parley with its extra"
            f" `{name}` (pip install '.[{name}]', where the dot is the folder of its sources or"
            " the path of its wheel)"
        ) from None
