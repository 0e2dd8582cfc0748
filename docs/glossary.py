"""docs/glossary.md, from docs/glossary.toml: each term of Parley, what it means here, where it
lives, and what others call it. `python -m docs.glossary` writes it.
"""

from __future__ import annotations

import tomllib
from typing import Any, NamedTuple

from docs.imports import ROOT, modules
from sim.evidence.report.document import markdown_table
from sim.writing import write_text

SOURCE, PAGE = ROOT / "docs" / "glossary.toml", ROOT / "docs" / "glossary.md"
HEAD = """# What the words mean

Each term, what it means in Parley, the name that defines it, and what others call the same or
something near it. This page is written by `make docs` from [glossary.toml](glossary.toml); change
that. How the parts hang together stands in [architecture.md](architecture.md), the formulas in
[odd.md](odd.md).

*Others* are Mesa, NetLogo and Starsim, which simulate agents; KTAB and NegMAS, which simulate
bargaining; Axelrod-Python, which plays repeated games; EMA Workbench, which explores models; and
the literature.
"""


class Term(NamedTuple):
    """One term; *where* is module:name of what defines it."""

    term: str
    means: str
    where: str
    elsewhere: str

    @property
    def module(self) -> str:
        return self.where.partition(":")[0]

    @property
    def name(self) -> str:
        return self.where.partition(":")[2]


def source() -> dict[str, Any]:
    """What glossary.toml holds."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def groups() -> dict[str, list[Term]]:
    """Title -> terms, in their order."""
    return {
        group["title"]: [Term(**term) for term in group["terms"]] for group in source()["group"]
    }


def row(term: Term) -> tuple[str, ...]:
    """One row of a table; a module that is not there gets no link."""
    path = modules().get(term.module)
    where = f"[{term.where}](../{path.relative_to(ROOT).as_posix()})" if path else f"`{term.where}`"
    return f"**{term.term}**", term.means, where, term.elsewhere or "–"


def page() -> str:
    """The whole document."""
    parts = [HEAD]
    for title, terms in groups().items():
        table = markdown_table(("term", "here", "defined in", "elsewhere"), map(row, terms))
        parts.append(f"## {title}\n\n{table}\n")
    words = [
        (f"**{word['use']}**", word["means"], ", ".join(word["instead"]))
        for word in source()["word"]
    ]
    table = markdown_table(("we say", "for", "and not"), words)
    return "\n".join([*parts, f"## One word, one meaning\n\n{table}\n"])


if __name__ == "__main__":
    write_text(PAGE, page())
