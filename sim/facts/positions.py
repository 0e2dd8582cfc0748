"""What stakeholders said in public, to be read beside an explanation. Shown, and never simulated."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Position:
    """One statement: who made it (iso3, a name of organisations.csv, or EU), when, what in our words, and where."""

    who: str
    date: date
    said: str
    source: str
    url: str

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        return asdict(self)
