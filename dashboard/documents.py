"""Documents that the page Method shows: each is kept once, and the wheel carries it along (pyproject.toml)."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
IN_SOURCES = {"odd.md": HERE.parent / "docs" / "odd.md", "CITATION.cff": HERE.parent / "CITATION.cff"}
LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]+\)")
# Square brackets are intervals; the page would take them for links. Formulas, code and real links stay as they are.
BRACKET = re.compile(r"(^ {4}.*$|`[^`]+`|\[[^\]]+\]\(https?:[^)]+\))|\[", re.MULTILINE)
TABLE = re.compile(r"<!-- table of (\w+): begin -->.*<!-- table of \1: end -->", re.DOTALL)


def document(name: str) -> str:
    """The text of the document called *name*: from the wheel, or from the sources that are run in place."""
    installed = HERE / name
    return (installed if installed.is_file() else IN_SOURCES[name]).read_text(encoding="utf-8")


def sections(markdown: str) -> list[tuple[str, str]]:
    """(title, text) of every section of the second level, after what stands before the first, whose title is empty.

    Links to other files lead nowhere in a page and become their words; generated tables are left out.
    """
    plain = LINK.sub(r"\1", TABLE.sub("", markdown))
    plain = BRACKET.sub(lambda found: found[1] or r"\[", plain)
    before, *rest = re.split(r"^## ", plain, flags=re.MULTILINE)
    parts = [("", re.sub(r"^# .*\n", "", before).strip())]
    for part in rest:
        title, _, text = part.partition("\n")
        parts.append((title.strip(), text.strip()))
    return parts


def citation(version: str) -> dict[str, str]:
    """How to cite this *version*, by the name of the form: as a sentence, and for BibTeX."""
    said = document("CITATION.cff")
    found = {key: re.search(pattern, said, re.MULTILINE) for key, pattern in
             (("title", r'^title: "(.+)"$'), ("author", r"^ *- name: (.+)$"))}  # fmt: skip
    title, author = (match[1] if match else "Parley" for match in (found["title"], found["author"]))
    bibtex = (
        f"@software{{parley,\n  author = {{{{{author}}}}},\n  title = {{{{{title}}}}},\n  version = {{{version}}},\n}}"
    )
    return {"Text": f"{author}. {title}, version {version}. Software.", "BibTeX": bibtex}
