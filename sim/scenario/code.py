"""The code of conduct as a scenario file describes it, in [code] and [[code.provisions]]."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from sim import facts
from sim.code_of_conduct import Code, Provision, read_provisions
from sim.errors import nearest
from sim.parameters import Dial, Lever
from sim.parameters.declaration import declared
from sim.reading import REQUIRED, Section

KEYS = ("name", "launch", "convenor", "convenor_club", "openness", "public_rule", "may_sign", "provisions")
WHO = {"states": "state", "firms": "firm", "ngos": "ngo"}


def read_code(section: Section, before: Code | None, folder: Path) -> Code:
    """The code that *section* describes. What it leaves out is as in *before*, and must be there where that is None."""
    section.only(KEYS)

    def as_before(key: str) -> object:
        return REQUIRED if before is None else getattr(before, key)

    return Code(
        name=section.text("name", as_before("name")),
        launch=section.day("launch", as_before("launch")),
        convenor=_named(section, "convenor", facts.state_names(), "the iso3 of a state, such as FRA", before),
        convenor_club=_named(
            section, "convenor_club", facts.MEMBERSHIPS, f"one of {', '.join(facts.MEMBERSHIPS)}", before
        ),
        openness=section.number("openness", 0, 1, as_before("openness")),
        public_rule=section.number("public_rule", 0, 1, as_before("public_rule")),
        may_sign=before.may_sign if before and "may_sign" not in section else _may_sign(section),
        provisions=before.provisions if before and "provisions" not in section else _provisions(section, folder),
    )


def ambition_levers(code: Code) -> dict[str, Dial]:
    """One lever per provision of *code*, ambition_1 and so on: in [0, 1], by default as the text has it."""
    levers = {
        f"ambition_{provision.principle}": Lever(
            provision.ambition,
            between=(0, 1),
            unit="share",
            source="the text of the code",
            meaning=f"how ambitious provision {provision.principle} is: {provision.short_name}",
        )
        for provision in code.provisions
    }
    return declared(type("Text", (), levers))


def _named(section: Section, key: str, known: Collection[str], expected: str, before: Code | None) -> str | None:
    """One of *known*. It may be left out; an empty text means nobody, also where the base names somebody."""
    value: str | None = section.values.get(key, getattr(before, key, None))
    if not value and isinstance(value, str):
        return None
    if value is not None and (not isinstance(value, str) or value not in known):
        raise section.wrong(key, f"{expected}{nearest(value, known)}")
    return value


def _may_sign(section: Section) -> tuple[str, ...]:
    words = section.words("may_sign")
    for word in words:
        if word not in WHO:
            raise section.wrong("may_sign", f"a list of some of {', '.join(WHO)}{nearest(word, WHO)}")
    return tuple(kind for plural, kind in WHO.items() if plural in words)


def _provisions(section: Section, folder: Path) -> tuple[Provision, ...]:
    """The provisions, as tables or in the CSV file that is named: one of scenarios/data, or else one in *folder*."""
    named = section.values.get("provisions")
    if not isinstance(named, str):
        return read_provisions(section.sections("provisions"), section.where)
    shipped = facts.DATA / named
    return facts.provisions(shipped if shipped.is_file() else folder / named)
