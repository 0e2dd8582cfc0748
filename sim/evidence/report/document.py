"""A document for any medium: sections of sentences, tables and figures.

Templates write it as Markdown, sim.commands.documents prints it, and a page can draw its JSON. Text
is plain, except for `code` and *stress*, marked as here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

LEAD = re.compile(r"\*\*(.+?)\*\*(.*)")


def lead_and_text(text: str) -> tuple[str, str]:
    """The lead of *text*, empty where it has none, and all of it without the stars."""
    part = LEAD.fullmatch(text)
    return (part[1], f"{part[1]}{part[2]}") if part else ("", text)


class Block:
    """A part of a document."""

    @property
    def kind(self) -> str:
        """section, sentences, paragraph, table or figure."""
        return type(self).__name__.lower()

    def as_json(self) -> dict[str, Any]:
        """Its `kind` and its fields, in the types of JSON."""
        return {"kind": self.kind, **{name: _plain(value) for name, value in vars(self).items()}}


@dataclass(frozen=True)
class Paragraph(Block):
    """Running text. The name of a document in it, such as odd.md, leads to that document."""

    text: str


@dataclass(frozen=True)
class Sentences(Block):
    """Sentences on one subject, one below the other, or one after the other where they are
    *running*.

    name   of the subject, by which a page finds them; empty if no page does
    leads  the first words of each sentence, which name its topic; none, or one for each
    """

    name: str
    sentences: Sequence[str]
    leads: Sequence[str] = ()
    running: bool = False

    @classmethod
    def of(cls, name: str, texts: Sequence[str], running: bool = False) -> Sentences:
        """Sentences from *texts*, in which `**words:**` at the beginning are the lead."""
        parts = [lead_and_text(text) for text in texts]
        leads = [lead for lead, _ in parts]
        return cls(name, [text for _, text in parts], leads if any(leads) else (), running)

    def parts(self) -> Iterator[tuple[str, str]]:
        """Each sentence as its lead, empty where it has none, and the rest."""
        for place, sentence in enumerate(self.sentences):
            lead = self.leads[place] if self.leads else ""
            yield lead, sentence.removeprefix(lead)


@dataclass(frozen=True)
class Table(Block):
    """A table of cells of text.

    align    a letter for each column: l(eft), c(entre) or r(ight)
    notes    sentences that stand below it
    summary  whether it repeats in short what the numbers behind a figure say in full
    name     of the panel of a figure that shows these numbers; empty where none does
    lead     the words with which its first note begins, and which sum it up
    technical  whether its notes are for statisticians
    marks    signs in its cells, and what they mean
    heads    of each column what stands above its heading, which may be empty, and its heading
             below that
    """

    columns: Sequence[str]
    align: str
    rows: Sequence[Sequence[str]]
    title: str = ""
    notes: tuple[str, ...] = ()
    summary: bool = False
    name: str = ""
    lead: str = ""
    technical: bool = False
    marks: tuple[tuple[str, str], ...] = ()
    heads: tuple[tuple[str, str], ...] = ()

    def all_notes(self) -> tuple[str, ...]:
        """The notes, after what the marks mean."""
        meanings = ", ".join(f"{sign} {words}" for sign, words in self.marks)
        return (f"{meanings}.", *self.notes) if meanings else self.notes


class Figure(Block):
    """A figure, by the *name* of its file: its *title*, what it shows in *words*, its *source* (how
    many states and worlds, which seed), and the *numbers* behind it for whoever cannot draw.
    """

    def __init__(self, name: str, captions: Sequence[str], *numbers: Table) -> None:
        self.name, self.numbers = name, numbers
        self.title, self.words, self.source = captions


class Section(Block):
    """Blocks below a title. A document is a section.

    folded  whether a reader opens it only if interested
    name    by which an address leads to it; empty where none does
    basis   what its numbers rest on, where that has to stand beside them
    """

    def __init__(
        self, title: str, *blocks: Block, folded: bool = False, name: str = "", basis: str = ""
    ) -> None:
        self.title, self.blocks, self.folded = title, blocks, folded
        self.name, self.basis = name, basis

    def figures(self) -> Iterator[Figure]:
        """All figures in it."""
        for block in self.blocks:
            if isinstance(block, Section):
                yield from block.figures()
            elif isinstance(block, Figure):
                yield block

    def sentences(self) -> Iterator[tuple[str, list[str]]]:
        """Name -> sentences, of all sentences in it that have a name."""
        for block in self.blocks:
            if isinstance(block, Section):
                yield from block.sentences()
            elif isinstance(block, Sentences) and block.name:
                yield block.name, list(block.sentences)


def _plain(value: Any) -> Any:
    if isinstance(value, Block):
        return value.as_json()
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


RULES = {"l": "---", "c": ":-:", "r": "--:"}


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[str]], align: str = "") -> str:
    """A table in Markdown; *align* has a letter for each column as in Table, by default l(eft) for
    all.
    """
    rules = [RULES[letter] for letter in align or "l" * len(columns)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (columns, rules, *rows))
