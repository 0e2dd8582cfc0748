"""The error for all wrong input, the hint at the nearest valid name, and the exit codes of
commands.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

WRONG_INPUT, INTERRUPTED = 2, 130  # exit codes; that of Ctrl-C is the one of shells
LONGEST = 1200  # characters of a sentence; what lies in the middle of a longer one is left out
LONGEST_NAME = 100  # characters of a name that may be a misspelt one


class InputError(ValueError):
    """One sentence that names the place, what was found and what was expected; `parley` then ends
    with exit code 2.

    It can be printed anywhere: parts of characters are written out, and at most LONGEST characters
    remain.
    """

    def __init__(self, sentence: str) -> None:
        printable = sentence.encode("utf-8", "backslashreplace").decode("utf-8")
        if len(printable) > LONGEST:
            half = LONGEST // 2 - 3
            printable = f"{printable[:half]} ... {printable[-half:]}"
        super().__init__(printable)


def nearest(name: Any, names: Iterable[str]) -> str:
    """The end of such a sentence: the one of *names* closest to *name*; nothing where none is, or
    *name* is no text.
    """
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        return ""
    matches = difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f"; did you mean {matches[0]!r}?" if matches else ""
