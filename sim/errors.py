"""The error for all wrong input, and the hint at the nearest valid name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class InputError(ValueError):
    """One sentence that names the place, what was found and what was expected; `parley` then ends with exit code 2."""


def nearest(name: str, names: Iterable[str]) -> str:
    """The end of such a sentence: the one of *names* closest to *name*, or nothing when none is close."""
    matches = difflib.get_close_matches(str(name), list(names), n=1, cutoff=0.6)
    return f"; did you mean {matches[0]!r}?" if matches else ""
