"""Talks over a scenario's text before it opens: the table [negotiation] and the dials of
negotiations, as its layers give them. `sim.negotiation` reads who sits at the table and by which
rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.dials.negotiation import DEFAULTS
from sim.dials.negotiation import DIALS as TALKS_DIALS
from sim.errors import InputError
from sim.reading import Section

KEY = "negotiation"  # of the table
KEYS = (
    "in_force",
    "seats",
    "group",
    "voice",
    "rule",
    "chair",
    "settle",
    "deadline",
    "amendments",
    "trades",
    "text",
)
OPEN_CALL = "open-call"  # the rule by which the convenor's text stands
NEGOTIATED, TABLED = "negotiated", "tabled"  # the text that opens


@dataclass(frozen=True, eq=False)
class TextTalks:
    """What a scenario says of talks over its text: `section`, the table [negotiation] of all
    layers, and `values` of dials of negotiations.
    """

    section: Section
    values: Mapping[str, float]

    @property
    def decides(self) -> bool:
        """Whether talks decide on the text that opens, which else is that of the scenario."""
        text, rule = self.section.values.get("text", NEGOTIATED), self.section.values.get("rule")
        return text == NEGOTIATED and rule != OPEN_CALL

    @property
    def content(self) -> dict[str, Any]:
        """For a hash: nothing where the scenario's own text opens."""
        return {KEY: {**self.section.values, "dials": dict(self.values)}} if self.decides else {}


def read_text_talks(sections: Sequence[Section]) -> TextTalks | None:
    """The talks in *sections*, the tables of all layers, a later one over an earlier one; None
    where none has any. InputError where a table has another key, or a dial of negotiations is set
    without talks.
    """
    tables, values = [], {}
    for section in sections:
        parameters = section.section("parameters")
        for name in TALKS_DIALS.keys() & parameters.values.keys():
            values[name] = TALKS_DIALS[name].check(parameters.values[name], parameters.where)
        if KEY in section:
            tables.append(section.section(KEY))
            tables[-1].only(KEYS)
            tables[-1].one_of("text", (NEGOTIATED, TABLED), NEGOTIATED)
    if not tables:
        if values:
            tables = [section.section("parameters") for section in reversed(sections)]
            where = next(table.where for table in tables if values.keys() & table.values.keys())
            problem = f"{next(iter(values))}, a dial of negotiations, without a table [{KEY}]"
            raise InputError(f"{where}: found {problem}, expected one")
        return None
    merged = {key: value for table in tables for key, value in table.values.items()}
    for key, other in (("seats", "group"), ("group", "seats")):
        if key in tables[-1] and other not in tables[-1]:
            merged.pop(other, None)
    return TextTalks(Section(merged, tables[-1].file, KEY), {**DEFAULTS, **values})
