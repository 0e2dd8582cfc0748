"""The classics on the shelf: which there are, and what their files say, without computing anything."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sim import facts
from sim.arguments import MOST_REPLICATES
from sim.errors import InputError, nearest
from sim.reading import Section, file_text, toml_table
from sim.scenario.files import CLASSICS, classics


class Description(NamedTuple):
    """What the folder of a classic says of it; *replicates* is how many it simulates where nobody asks for others."""

    name: str  # with the prefix, as `parley run` takes it
    title: str
    question: str
    replicates: int
    notes: str


def available_classics() -> list[tuple[str, str, str]]:
    """(name, title, question) of every classic, by name."""
    return [(found.name, found.title, found.question) for found in map(described, classics())]


def described(name: str) -> Description:
    """The classic called *name*, with or without its prefix; InputError with the nearest name where there is none."""
    known = classics()
    full = name if name.startswith(CLASSICS) else f"{CLASSICS}{name}"
    if full not in known:
        raise InputError(f"{name}: found no such classic, expected one of {', '.join(known)}{nearest(full, known)}")
    file = known[full]
    section = Section(toml_table(file, facts.label_of(file)), facts.label_of(file))
    section.only(("title", "question", "replicates"))
    return Description(
        name=full,
        title=section.text("title"),
        question=section.text("question"),
        replicates=section.whole("replicates", 1, MOST_REPLICATES),
        notes=_notes(file),
    )


def _notes(file: Path) -> str:
    notes = file.with_name("notes.md")
    return file_text(notes, facts.label_of(notes), "notes")
