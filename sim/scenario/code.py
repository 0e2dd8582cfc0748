"""The code of conduct in a scenario file: the tables [code] and [[code.provisions]]."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from sim import facts
from sim.code_of_conduct import Code, Provision, default_conduct, read_provisions
from sim.dials.dial import dials_of
from sim.errors import nearest
from sim.facts import Facts
from sim.motives import OF_TEXT
from sim.parameters import Dial, Lever
from sim.reading import FILE, REQUIRED, Section, as_path, kind_at
from sim.theory.reactive_devaluation import openness_as_read

DEPTHS = ("restraint", "burden")  # of a whole text, instead of its provisions
KEYS = (
    "name",
    "launch",
    "convenor",
    "convenor_club",
    "openness",
    "public_rule",
    "may_sign",
    "provisions",
    *DEPTHS,
)
BREACHES = {
    "restraint": "an operation that the text asks to refrain from",
    "burden": "a duty that is not done",
}
CONVENOR = "the iso3 of a state, such as "
WHO = {"states": "state", "firms": "firm", "ngos": "ngo"}


def read_code(section: Section, before: Code | None, folder: Path) -> Code:
    """The code that *section* describes. A key that it leaves out has its value in *before*, and is
    required where that is None. *folder* is where paths in the section start.
    """
    section.only(KEYS)

    def default(key: str) -> object:
        return REQUIRED if before is None else getattr(before, key)

    return Code(
        name=section.text("name", default("name")),
        launch=section.day("launch", default("launch")),
        convenor=_name_or_none(section, "convenor", None, f"{CONVENOR}FRA", before),
        convenor_club=_name_or_none(
            section,
            "convenor_club",
            facts.MEMBERSHIPS,
            f"one of {', '.join(facts.MEMBERSHIPS)}",
            before,
        ),
        openness=section.number("openness", 0, 1, default("openness")),
        public_rule=section.number("public_rule", 0, 1, default("public_rule")),
        may_sign=before.may_sign if before and "may_sign" not in section else _may_sign(section),
        provisions=_provisions(section, before, folder),
    )


def check_convenor(sections: Sequence[Section], code: Code, states: Collection[str]) -> None:
    """InputError, naming the last of *sections*, all [code] of one scenario, that has it, where the
    convenor of *code* is none of the *states*.
    """
    if code.convenor is not None and code.convenor not in states:
        section = next(section for section in reversed(sections) if "convenor" in section)
        example = "FRA" if "FRA" in states else next(iter(states))
        raise section.wrong("convenor", f"{CONVENOR}{example}{nearest(code.convenor, states)}")


def club_kept(code: Code, facts: Facts) -> str | None:
    """The club of *code*, stated beside another convenor than it has now: kept where that one
    belongs to it.
    """
    club = code.convenor_club
    return (
        club
        if club
        and any(row["iso3"] == code.convenor and row[club] for row in facts.rows_of("states"))
        else None
    )


def content_of_code(code: Code) -> dict[str, Any]:
    """All of *code* that affects a result, for a hash."""
    return {
        "launch": code.launch.isoformat(),
        "convenor": [code.convenor, code.convenor_club],
        "position": [code.openness, code.public_rule],
        "may_sign": code.may_sign,
        "provisions": [
            [p.principle, sorted(p.bound), p.prevented_by_states, p.conduct,
             p.restraint, p.burden, p.position, p.ambition]
            for p in code.provisions
        ],
    }  # fmt: skip


class Stated(NamedTuple):
    """The openness that a text was given beside another convenor than the one who convenes it
    now.
    """

    openness: float
    convenor: str  # iso3


def as_read(code: Code, author: str | None, openness: Mapping[str, float]) -> Code:
    """*code* with the openness at which it is read: as it was stated beside its first convenor, the
    *author*, and nearer to another state that convenes it since. *openness* is that of the states;
    no convenor moves nothing.
    """
    before, now = openness.get(author or ""), openness.get(code.convenor or "")
    if author == code.convenor or before is None or now is None:
        return code
    return replace(code, openness=round(openness_as_read(code.openness, before, now), 6))


OPENNESS, PUBLIC_RULE, AMBITION = "text_openness", "text_public_rule", "ambition_"  # of levers
POSITIONS = {
    OPENNESS: "openness of the text",
    PUBLIC_RULE: "public rule in the text",
}  # what those are called


def levers_of_text(code: Code) -> dict[str, Dial]:
    """The levers of *code*, by default as in the text and in [0, 1]: its position, text_openness
    and text_public_rule, and the ambition of each provision, ambition_1 and so on.
    """
    return dict(_levers_of_text(code))


@functools.lru_cache(maxsize=64)  # a page asks for those of a text dozens of times
def _levers_of_text(code: Code) -> dict[str, Dial]:
    source = "the text of the code"
    levers = {
        OPENNESS: Lever(
            code.openness,
            between=(0, 1),
            unit="share",
            source=source,
            meaning="how open and rights-based the text is; 0 is state control",
            label=POSITIONS[OPENNESS],
        ),
        PUBLIC_RULE: Lever(
            code.public_rule,
            between=(0, 1),
            unit="share",
            source=source,
            meaning=(
                "how far the text leaves governance to public authority; 0 is private self-rule"
            ),
            label=POSITIONS[PUBLIC_RULE],
            idle=({name: 0.0 for name, of_text in OF_TEXT.items() if of_text == "public rule"},),
        ),
    }
    levers |= {
        f"{AMBITION}{provision.principle}": Lever(
            provision.ambition,
            between=(0, 1),
            unit="share",
            source=source,
            meaning=f"how ambitious provision {provision.principle} is: {provision.short_name}",
            label=f"provision {provision.principle}, {provision.short_name}",
        )
        for provision in code.provisions
    }
    return dials_of(type("Text", (), {"title": "What the text asks", **levers}))


def values_of_levers(code: Code) -> dict[str, float]:
    """The value of each of the levers of *code*."""
    ambitions = {
        f"{AMBITION}{provision.principle}": provision.ambition for provision in code.provisions
    }
    return {OPENNESS: code.openness, PUBLIC_RULE: code.public_rule, **ambitions}


def with_lever(code: Code, lever: str, value: float) -> Code:
    """The same code, with another *value* of one of its levers."""
    if lever == OPENNESS:
        return replace(code, openness=value)
    if lever == PUBLIC_RULE:
        return replace(code, public_rule=value)
    return code.with_ambition(int(lever.removeprefix(AMBITION)), value)


def _name_or_none(
    section: Section, key: str, names: Collection[str] | None, expected: str, before: Code | None
) -> str | None:
    """The value of *key*, one of *names* (None: any text), or None. An empty text means nobody,
    also where the base names somebody.
    """
    value: str | None = section.values.get(key, getattr(before, key, None))
    if not value and isinstance(value, str):
        return None
    if value is not None and (
        not isinstance(value, str) or (names is not None and value not in names)
    ):
        raise section.wrong(key, f"{expected}{nearest(value, names or ())}")
    return value


def _may_sign(section: Section) -> tuple[str, ...]:
    words = section.words("may_sign")
    for word in words:
        if word not in WHO:
            raise section.wrong(
                "may_sign", f"a list of some of {', '.join(WHO)}{nearest(word, WHO)}"
            )
    return tuple(kind for plural, kind in WHO.items() if plural in words)


def _provisions(section: Section, before: Code | None, folder: Path) -> tuple[Provision, ...]:
    """The provisions: tables, the name of a CSV file in scenarios/data, else in *folder*, or the
    depths of the whole text; those *before* where the section has none of these.
    """
    depths = [key for key in DEPTHS if key in section]
    if depths:
        return _whole_text(section, before, depths)
    if before and "provisions" not in section:
        return before.provisions
    file = section.values.get("provisions")
    if not isinstance(file, str):
        return read_provisions(section.sections("provisions"), section.where)
    path = as_path(file, f"{section.where}: provisions")
    shipped = facts.DATA / path
    return facts.provisions(shipped if kind_at(shipped, section.where) == FILE else folder / path)


def _whole_text(section: Section, before: Code | None, depths: list[str]) -> tuple[Provision, ...]:
    """Two provisions, for the restraint and the burden of the whole text, of which *depths* are in
    the section.
    """
    if "provisions" in section:
        raise section.wrong("provisions", f"either provisions or {depths[0]} of the whole text")
    ambitions = {
        "restraint": section.number(
            "restraint", 0, 1, before.depth_restraint if before else REQUIRED
        ),
        "burden": section.number("burden", 0, 1, before.depth_burden if before else REQUIRED),
    }
    return tuple(
        Provision(
            principle=number,
            short_name=f"{name}, of the whole text",
            binds="all",
            restraint=float(name == "restraint"),
            burden=float(name == "burden"),
            position=0.0,
            ambition=ambition,
            breaking_it_is=BREACHES[name],
            conduct=default_conduct("all", float(name == "restraint")),
        )
        for number, (name, ambition) in enumerate(ambitions.items(), start=1)
    )
