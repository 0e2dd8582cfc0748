"""A scenario is a pile of layers: the files of its base, its own file, then changes. A later one has the last word."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim import facts
from sim.errors import InputError
from sim.section import Section
from sim.textfile import file_text

KEYS = (
    "base", "title", "question", "first_round", "last_round", "weights", "lens", "parameters", "code", "events",
    "choices",
)  # fmt: skip


@dataclass(frozen=True)
class Layer:
    """What one file says, or one set of changes: how messages call it, where the paths in it start, its table."""

    where: str
    folder: Path
    table: Mapping[str, Any]

    def section(self) -> Section:
        """The layer's table, whose keys were checked."""
        section = Section(self.table, self.where)
        section.only(KEYS)
        return section

    def without_hindsight(self) -> Layer:
        """The same layer without the events that only hindsight could have put there."""
        events = [
            event.values for event in self.section().sections("events") if event.values.get("hindsight") is not True
        ]
        return replace(self, table={**self.table, "events": events})


def layer_of(file: Path) -> Layer:
    """The layer that the TOML file *file* holds; InputError where it is no file, empty, no text, or no TOML."""
    label = facts.label_of(file)
    return Layer(label, file.parent, toml_table(file, label))


def toml_table(file: Path, label: str) -> Mapping[str, Any]:
    """The content of the TOML file *file*, called *label* in messages."""
    content = file_text(file, label, "a table in TOML")
    try:
        return tomllib.loads(content)
    except (ValueError, RecursionError) as problem:  # a number of 5,000 digits is no TOMLDecodeError
        expected = 'lines such as title = "The Paris Call", each key once'
        raise InputError(f"{label}: found no valid TOML ({problem}), expected {expected}") from None
