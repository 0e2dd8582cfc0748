"""What public sources say came of talks that were held: whether a text was agreed on, and who is
said to have refused. No number of the model comes from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sim.errors import nearest
from sim.reading import Section

KEYS = ("agreed", "happened", "sources", "refused")


@dataclass(frozen=True)
class Record:
    """How talks ended, in a sentence or two, by *sources*, and the seats that they name as having
    *refused*.
    """

    agreed: bool
    happened: str
    sources: str
    refused: tuple[str, ...] = ()


def read_record(section: Section, seats: Iterable[str]) -> Record | None:
    """The table [record] of talks among *seats*, None where it is empty. InputError where its
    content is wrong.
    """
    if not section.values:
        return None
    section.only(KEYS)
    refused, names = section.words("refused") if "refused" in section else (), list(seats)
    for who in refused:
        if who not in names:
            raise section.wrong(
                "refused", f"some of the seats {', '.join(names)}{nearest(who, names)}"
            )
    return Record(
        section.truth("agreed"), section.text("happened"), section.text("sources"), refused
    )
