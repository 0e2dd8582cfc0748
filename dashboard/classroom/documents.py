"""The documents for teachers that are printed or shown: from the wheel, or from docs/teaching of
the sources.
"""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt

DASHBOARD = Path(__file__).resolve().parent.parent
FOLDERS = (DASHBOARD / "teaching", DASHBOARD.parent / "docs" / "teaching")
READER = MarkdownIt("commonmark", {"html": False}).enable("table")
LINK = re.compile(
    r"\[([^\]]+)\]\((?!https?:)[^)]+\)"
)  # to another document, which leads nowhere in print
BREAK = re.compile(r"^---$", re.MULTILINE)  # between two pages


def document_pages(name: str) -> list[str]:
    """The pages of the document *name*, as HTML."""
    path = next(file for file in (folder / f"{name}.md" for folder in FOLDERS) if file.is_file())
    text = LINK.sub(r"\1", path.read_text(encoding="utf-8"))
    return [str(READER.render(page)) for page in BREAK.split(text)]
