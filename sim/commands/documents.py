"""Printing of a document on the terminal: words first, and tables of numbers in place of
figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from sim.commands.printing import table
from sim.evidence.report.document import Block, Figure, Paragraph, Section, Sentences, Table

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod

JUSTIFY: dict[str, JustifyMethod] = {"l": "left", "c": "center", "r": "right"}


def show(document: Section, screen: Console) -> None:
    """Print *document*; the numbers of figures come at the end of their section."""
    screen.print(document.title, style="bold")
    numbers = [
        numbers
        for block in document.blocks
        if isinstance(block, Figure)
        for numbers in block.numbers
    ]
    for block in document.blocks:
        if not (isinstance(block, Table) and block.summary and numbers):
            _show(block, screen)
    for each in numbers:
        _show(each, screen)


def _show(block: Block, screen: Console) -> None:
    match block:
        case Section():
            screen.print()
            show(block, screen)
        case Paragraph(text):
            screen.print(text)
        case Sentences():
            show_sentences(block, screen)
        case Table():
            screen.print("", _table(block))
            for note in block.all_notes():
                screen.print(note)


def show_sentences(block: Sentences, screen: Console) -> None:
    """Print sentences, a line each, their topic in bold."""
    for lead, rest in block.parts():
        screen.print(Text.assemble("" if block.running else "- ", (lead, "bold"), rest))


def _table(block: Table) -> object:
    screen_table = table(block.title, block.columns, block.rows)
    for column, letter in zip(screen_table.columns, block.align, strict=True):
        column.justify = JUSTIFY[letter]
    return screen_table
