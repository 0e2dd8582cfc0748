"""A document for any medium: sections of sentences, tables and figures.

It is written as Markdown here and printed by sim.commands.documents; a page can draw its JSON. Text
is plain, except for `code` and *stress*, marked as here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any


class Block:
    """A part of a document."""

    def as_json(self) -> dict[str, Any]:
        """Its `kind` (section, sentences, paragraph, table, figure) and its fields, in the types of
        JSON.
        """
        return {
            "kind": type(self).__name__.lower(),
            **{name: _plain(value) for name, value in vars(self).items()},
        }


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
    marks    signs in its cells, and what they mean
    """

    columns: Sequence[str]
    align: str
    rows: Sequence[Sequence[str]]
    title: str = ""
    notes: tuple[str, ...] = ()
    summary: bool = False
    name: str = ""
    lead: str = ""
    marks: tuple[tuple[str, str], ...] = ()

    def all_notes(self) -> tuple[str, ...]:
        """The notes, after what the marks mean."""
        meanings = ", ".join(f"{sign} {words}" for sign, words in self.marks)
        return (f"{meanings}.", *self.notes) if meanings else self.notes


class Figure(Block):
    """A figure, by the *name* of its file: its *title*, what it shows in *words*, its *source* (how
    many states and worlds, which seed), and the *numbers* behind it for whoever cannot draw.
    """

    def __init__(self, name: str, title: str, words: str, source: str, *numbers: Table) -> None:
        self.name, self.title, self.words, self.source, self.numbers = (
            name,
            title,
            words,
            source,
            numbers,
        )


class Section(Block):
    """Blocks below a title. A document is a section.

    folded  whether a reader opens it only if interested
    name    by which an address leads to it; empty where none does
    basis   what its numbers rest on, where that has to stand beside them
    """

    def __init__(
        self, title: str, *blocks: Block, folded: bool = False, name: str = "", basis: str = ""
    ) -> None:
        self.title, self.blocks, self.folded, self.name, self.basis = (
            title,
            blocks,
            folded,
            name,
            basis,
        )

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


def markdown(document: Section, figures: str) -> str:
    """*document* in Markdown, its figures as the files NAME.svg in the folder *figures*."""
    return "\n\n".join(_section(document, figures, 1)) + "\n"


def _section(section: Section, figures: str, level: int) -> list[str]:
    """The parts of *section*; lists that follow each other are one."""
    parts = [f"{'#' * level} {section.title}" if level < 3 else f"**{section.title}**"]
    before: Block | None = None
    for block in section.blocks:
        if isinstance(block, Section) and block.folded:
            parts.append(_folded(block, figures))
        elif isinstance(block, Section):
            parts += _section(block, figures, level + 1)
        elif _is_list(block) and _is_list(before):
            parts[-1] += f"\n{_block(block, figures)}"
        else:
            parts.append(_block(block, figures))
        before = block
    return parts


def _folded(section: Section, figures: str) -> str:
    _, *parts = _section(section, figures, 3)
    return "\n\n".join([f"<details><summary>{section.title}</summary>", *parts, "</details>"])


def _is_list(block: Block | None) -> bool:
    return isinstance(block, Sentences) and not block.running


def _block(block: Block, figures: str) -> str:
    match block:
        case Paragraph(text):
            return re.sub(r"\b[\w-]+\.md\b", r"[\g<0>](\g<0>)", text)
        case Sentences(running=True):
            return " ".join(block.sentences)
        case Sentences():
            return "\n".join(
                f"- **{lead}**{rest}" if lead else f"- {rest}" for lead, rest in block.parts()
            )
        case Table():
            return "\n\n".join(
                [markdown_table(block.columns, block.rows, block.align), *block.all_notes()]
            )
        case Figure():
            return f"![{block.words}]({figures}/{block.name}.svg)"
    raise TypeError(f"found {type(block).__name__}, expected a block of a document")


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[str]], align: str = "") -> str:
    """A table in Markdown; *align* has a letter for each column as in Table, by default l(eft) for
    all.
    """
    rules = [RULES[letter] for letter in align or "l" * len(columns)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (columns, rules, *rows))
