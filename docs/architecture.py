"""docs/architecture.md: the drawing beside it, and its table of rooms, both made from the imports.

`python -m docs.architecture` writes them.
"""

from __future__ import annotations

import ast
import re

from docs.drawing import drawing, floors
from docs.imports import FACE, ROOT, modules, rooms
from sim.document_tables import with_tables
from sim.evidence.report.document import markdown_table
from sim.writing import write_text

LONG = 120  # letters of a sentence in the table
PAGE, DRAWING = ROOT / "docs" / "architecture.md", ROOT / "docs" / "house.svg"


def table_of_rooms() -> str:
    """A row for each room, from the top of the house to its foot: what it holds, and what it
    imports.
    """
    at = floors()
    rows = []
    for name in sorted(at, key=lambda name: (-at[name], name)):
        path = modules()[name]
        where = (
            (path.parent if path.name == "__init__.py" and name != FACE else path)
            .relative_to(ROOT)
            .as_posix()
        )
        imported = ", ".join(other.removeprefix("sim.") for other in sorted(rooms()[name]))
        rows.append((f"[{where}](../{where})", holds(name), imported or "–"))
    return markdown_table(("room", "what it holds", "imports"), rows)


def holds(room: str) -> str:
    """What a room holds, as its docstring begins: the first sentence, and of a long one its first
    part.
    """
    if room == FACE:
        return "the public names"
    docstring = ast.get_docstring(ast.parse(modules()[room].read_text(encoding="utf-8"))) or ""
    sentence = re.split(r"(?<=[.])\s", " ".join(re.sub(r"\([^()]*\)", "", docstring).split()))[0]
    for mark in ("; ", ": "):
        sentence = sentence if len(sentence) <= LONG else sentence.split(mark)[0]
    return sentence.rstrip(". ")


def page(text: str) -> str:
    """docs/architecture.md, whose *text* is given, with its table written anew."""
    return with_tables(text, PAGE.name, {"rooms": table_of_rooms})


if __name__ == "__main__":
    write_text(DRAWING, drawing())
    write_text(PAGE, page(PAGE.read_text(encoding="utf-8")))
