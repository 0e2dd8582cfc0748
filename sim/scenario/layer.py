"""A scenario is a pile of layers: the files of its base, its own file, then the changes made to it. A later layer has the last word."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim import facts
from sim.errors import InputError
from sim.section import Section
from sim.table import file_text
from sim.text import Code, read_provisions

FILE_KEYS = (
    "base", "title", "question", "first_round", "last_round", "weights", "parameters", "code", "events", "choices")
CODE_KEYS = ("name", "launch", "convenor", "convenor_club", "openness", "public_rule", "may_sign", "provisions")

PLURALS = {"states": "state", "firms": "firm", "ngos": "ngo"}


@dataclass(frozen=True)
class Layer:
    """What one file says, or one set of changes: `where` is how messages call it, `folder` is where the paths in it start."""

    where: str
    folder: Path | None
    table: Mapping[str, Any]

    def section(self) -> Section:
        return Section(self.table, self.where)

    def without_hindsight(self) -> Layer:
        """The same layer without the events that only hindsight could have put there."""
        events = [section.values for section in self.section().sections("events") if section.values.get("hindsight") is not True]
        return Layer(self.where, self.folder, {**self.table, "events": events})


def toml_table(path: Path, label: str) -> Mapping[str, Any]:
    """The content of the TOML file *path*; InputError (calling the file *label*) where it is no file, empty, no text, or no TOML."""
    content = file_text(path, label, "a table in TOML")
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as problem:
        raise InputError(f"{label}: found {_lower(str(problem))}, expected a table in TOML, each key once") from None


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def read_code(section: Section, before: Code | None, folder: Path | None) -> Code:
    """The code that *section* describes; what it does not say is as in *before*, and must be said where that is None."""
    section.only(CODE_KEYS)
    inherited = {} if before is None else {key: getattr(before, key) for key in CODE_KEYS}

    def default(key: str) -> dict[str, Any]:
        return {"default": inherited[key]} if key in inherited else {}

    return Code(
        name=section.text("name", **default("name")),
        launch=section.day("launch", **default("launch")),
        convenor=_optional(section, "convenor", facts.state_names(), inherited.get("convenor")),
        convenor_club=_optional(section, "convenor_club", facts.MEMBERSHIPS, inherited.get("convenor_club")),
        openness=section.number("openness", 0, 1, **default("openness")),
        public_rule=section.number("public_rule", 0, 1, **default("public_rule")),
        may_sign=_may_sign(section) if "may_sign" in section or before is None else before.may_sign,
        provisions=_provisions(section, folder) if "provisions" in section or before is None else before.provisions,
    )


def _optional(section: Section, key: str, known: Iterable[str], inherited: str | None) -> str | None:
    """One of *known*; an empty text means nobody, also where the base names somebody."""
    if section.values.get(key) == "":
        return None
    return section.one_of(key, known, inherited)


def _may_sign(section: Section) -> tuple[str, ...]:
    words = section.words("may_sign")
    for word in words:
        if word not in PLURALS:
            raise section.wrong("may_sign", f"a list of some of {', '.join(PLURALS)}")
    return tuple(kind for plural, kind in PLURALS.items() if plural in words)


def _provisions(section: Section, folder: Path | None) -> Any:
    """The provisions as tables of the section, or read from the CSV file that it names: one of scenarios/data, or one in *folder*."""
    named = section.values.get("provisions")
    if not isinstance(named, str):
        return read_provisions(section.sections("provisions"), section.where)
    shipped = facts.DATA / named
    return facts.provisions(shipped if shipped.is_file() else (folder or Path()) / named)
