"""The tables [parameters] of a scenario's layers: values of dials, levers of the text, and what is
called uncertain.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sim import facts
from sim.code_of_conduct import Code
from sim.dials import RIVAL_DIALS
from sim.dials.negotiation import DIALS as TALKS_DIALS
from sim.errors import nearest
from sim.parameters import CONDUCT_DIALS, DIALS, Values, dial_named
from sim.reading import Section
from sim.scenario.code import levers_of_text, with_lever


def with_parameters(section: Section, code: Code, dials: dict[str, float]) -> Code:
    """Add the values of *section*, [parameters], to *dials*, and its levers of the text to the
    *code* that is returned. Dials of negotiations are left to `read_text_talks`, those of a second
    code are taken out by `read_rival`.
    """
    levers = levers_of_text(code)
    for name, value in section.values.items():
        if name in TALKS_DIALS:
            continue
        number = dial_named(name, {**DIALS, **RIVAL_DIALS, **levers}, section.where).check(
            value, section.where
        )
        if name in levers:
            code = with_lever(code, name, number)
        else:
            dials[name] = number
    return code


def uncertain_dials(section: Section) -> set[str]:
    """The assumptions about conduct that *section* calls uncertain, whatever value it gives
    them.
    """
    names = section.words("uncertain") if section.values.get("uncertain") else ()
    for name in names:
        if name not in CONDUCT_DIALS:
            raise section.wrong(
                "uncertain", f"dials of conduct by name{nearest(name, CONDUCT_DIALS)}"
            )
    return set(names)


def all_values(
    dials: Mapping[str, float], fitted: Mapping[str, float], weights_file: Path
) -> Values:
    """The value of every dial: the one in *dials*, else the *fitted* weight, of *weights_file*,
    else the default.
    """
    defaults = {name: dial.default for name, dial in DIALS.items() if dial.default is not None}
    return Values(DIALS, {**defaults, **fitted, **dials}, facts.label_of(weights_file))
