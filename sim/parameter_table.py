"""The table of dials in docs/odd.md, from their declarations; `python -m sim.parameter_table docs/odd.md` writes it."""

from __future__ import annotations

import sys
from pathlib import Path

from sim.errors import InputError
from sim.parameters import DIALS, Dial
from sim.textfile import file_text
from sim.writing import write_text

NAME = "dials"
HEADINGS = ("dial", "role", "default", "range", "unit", "meaning", "source")


def parameter_table() -> str:
    """A table in Markdown for each group of dials, one row per dial; a fitted one has no default."""
    groups: dict[str, list[Dial]] = {}
    for dial in DIALS.values():
        groups.setdefault(dial.group, []).append(dial)
    tables = []
    for dials in groups.values():
        rows = [HEADINGS, ("---",) * len(HEADINGS), *map(_cells, dials)]
        tables.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
    return "\n\n".join(tables)


def _cells(dial: Dial) -> tuple[str, ...]:
    low, high = dial.between
    default = "–" if dial.default is None else f"{dial.default:g}"
    role = f"{dial.role}, structural" if dial.structural else dial.role
    return (f"`{dial.name}`", role, default, f"{low:g} to {high:g}", dial.unit, dial.meaning, dial.source)


def with_table(text: str, where: str, name: str, table: str) -> str:
    """*text* with what stands between the two marks of the table called *name* replaced by *table*; an InputError
    beginning with *where* without them.
    """
    begin, end = f"<!-- table of {name}: begin -->", f"<!-- table of {name}: end -->"
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise InputError(f"{where}: found no place for the table of {name}, expected one between {begin!r} and {end!r}")
    before, after = text[: text.index(begin)], text[text.index(end) :]
    return f"{before}{begin}\n\n{table}\n\n{after}"


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        write_text(
            Path(argument),
            with_table(file_text(Path(argument), argument, "a document"), argument, NAME, parameter_table()),
        )
