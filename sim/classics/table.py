"""The table of docs/classics.md, by running every classic as it ships; `python -m sim.classics.table docs/classics.md`
writes it, in some minutes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sim.classics.classic import Classic, classic
from sim.classics.shelf import available_classics
from sim.errors import InputError
from sim.textfile import file_text
from sim.writing import write_text

BEGIN, END = "<!-- table of classics: begin -->", "<!-- table of classics: end -->"
HEADINGS = ("classic", "what is checked", "expected", "simulated", "tolerance")


def rows_of(done: Classic) -> list[str]:
    """A row in Markdown for each check."""
    return [
        f"| `{done.description.name}` | {check.name} | {check.expected:.4g} | {check.simulated:.4g} | "
        f"{f'± {check.tolerance:.2g}' if check.tolerance else 'exact'} |"
        for check in done.checks
    ]


def classics_table() -> str:
    """The whole table."""
    rows = [row for name, _, _ in available_classics() for row in rows_of(classic(name))]
    return "\n".join([f"| {' | '.join(HEADINGS)} |", "|---" * len(HEADINGS) + "|", *rows])


def with_table(text: str, where: str) -> str:
    """*text* with the table between its two marks written anew; an InputError beginning with *where* without them."""
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise InputError(f"{where}: found no place for the table, expected one between {BEGIN!r} and {END!r}")
    before, after = text[: text.index(BEGIN)], text[text.index(END) :]
    return f"{before}{BEGIN}\n\n{classics_table()}\n\n{after}"


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        write_text(Path(argument), with_table(file_text(Path(argument), argument, "a document"), argument))
