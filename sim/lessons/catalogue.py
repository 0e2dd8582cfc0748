"""The catalogue of lessons: their files, and the card of each, without any simulation.

A lesson is Markdown with TOML front matter between two lines `+++`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError
from sim.facts import SCENARIOS, label_of
from sim.reading import Section, file_text, toml_of

FOLDER = SCENARIOS / "lessons"
FENCE = "+++"
FORM = f"a lesson: a line {FENCE}, keys in TOML, a line {FENCE}, then the headings in Markdown"
MOST_BYTES = 2**20
MOST_ORDER, MOST_MINUTES = 999, 240
KINDS_OF_LESSON = {  # what stands beside the prediction
    "record": "what the public register or the record of talks says",
    "theorem": "a result that is proved or published, and that the simulation reproduces",
    "assumption": "what holds because we assume it",
    "debate": "reasons on both sides",
}
TWO_SIDES = ("assumption", "debate")  # the kinds without an answer


@dataclass(frozen=True)
class Card:
    """What the card of a lesson shows: its kind is one of KINDS_OF_LESSON, its question a line."""

    name: str
    order: int
    title: str
    kind: str
    question: str
    minutes: int


def available_lessons() -> tuple[str, ...]:
    """The names of all lessons that ship, in their order."""
    return tuple(card.name for card in cards())


def cards() -> list[Card]:
    """The cards of all lessons that ship, in their order."""
    all_ = [card_of(parts(file)[0], name) for name, file in lesson_files().items()]
    return sorted(all_, key=lambda card: (card.order, card.name))


def lesson_files() -> dict[str, Path]:
    """The file of each lesson that ships, by name."""
    return {file.stem: file for file in sorted(FOLDER.glob("*.md"))}


def card_of(whole: Section, name: str) -> Card:
    """The card in the front matter of the lesson called *name*."""
    return Card(
        name=name,
        order=whole.whole("order", 0, MOST_ORDER),
        title=whole.text("title"),
        kind=whole.one_of("kind", KINDS_OF_LESSON),
        question=whole.text("question"),
        minutes=whole.whole("minutes", 1, MOST_MINUTES),
    )


def parts(file: Path) -> tuple[Section, str]:
    """The front matter and the Markdown of the lesson in *file*."""
    label = label_of(file)
    lines = file_text(file, label, FORM, MOST_BYTES).splitlines()
    places = [place for place, line in enumerate(lines) if line.strip() == FENCE]
    if len(places) < 2 or places[0] != 0:
        raise InputError(
            f"{label}: found no front matter between two lines {FENCE}, expected {FORM}"
        )
    front = toml_of("\n".join(lines[1 : places[1]]), label)
    return Section(front, label), "\n".join(lines[places[1] + 1 :])
