"""The one way in which Parley says that something it was given is wrong."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class InputError(ValueError):
    """One sentence that names the place, what was found and what was expected; `parley` then ends with exit code 2."""


def nearest(found: str, known: Iterable[str]) -> str:
    """The clause that ends such a sentence: the valid name closest to *found*, or nothing when none is close."""
    matches = difflib.get_close_matches(str(found), list(known), n=1, cutoff=0.6)
    return f"; did you mean {matches[0]!r}?" if matches else ""
