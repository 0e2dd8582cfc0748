"""The catalogue of classics: their names and the descriptions in their files, without any
computation.
"""

from __future__ import annotations

from typing import NamedTuple

from sim import facts
from sim.arguments import MOST_REPLICATES
from sim.errors import InputError, nearest
from sim.reading import Section, file_text, literal, toml_table
from sim.scenario.files import CLASSICS, classics


class Description(NamedTuple):
    """The files of a classic; *claim* is its result in a sentence, *replicates* how many it
    simulates by default.
    """

    name: str  # with the prefix, as `parley run` takes it
    title: str
    question: str
    claim: str
    replicates: int
    notes: str


def available_classics() -> list[tuple[str, str, str]]:
    """(name, title, question) of every classic, by name."""
    return [
        (classic.name, classic.title, classic.question)
        for classic in map(description_of, classics())
    ]


def description_of(name: str) -> Description:
    """The classic called *name*, with or without its prefix; InputError with the nearest name where
    there is none.
    """
    files = classics()
    if not isinstance(name, str):
        raise InputError(f"classic is {literal(name)}, expected one of {', '.join(files)}")
    full = name if name.startswith(CLASSICS) else f"{CLASSICS}{name}"
    if full not in files:
        raise InputError(
            f"{name}: found no such classic, expected one of"
            f" {', '.join(files)}{nearest(full, files)}"
        )
    file, notes = files[full], files[full].with_name("notes.md")
    section = Section(toml_table(file, facts.label_of(file)), facts.label_of(file))
    section.only(("title", "question", "claim", "replicates"))
    return Description(
        name=full,
        title=section.text("title"),
        question=section.text("question"),
        claim=section.text("claim"),
        replicates=section.whole("replicates", 1, MOST_REPLICATES),
        notes=file_text(notes, facts.label_of(notes), "notes"),
    )
