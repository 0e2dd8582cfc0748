"""A draft: a text whose answers are not known, as an instrument, so that all that reads instruments
can read it.

The table [instrument] of its file, if there is one, says what kind of instrument it is to be. With
`others` in it the file is that of an instrument, whose members.csv says who was asked; else all
states are, or a group of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim import facts
from sim.code_of_conduct import Code
from sim.errors import InputError, nearest
from sim.evidence.instruments import KINDS, NOT_ASKED, OUTSIDE, Instrument, instrument
from sim.evidence.texts.data import Rows
from sim.reading import Section, literal
from sim.scenario import Scenario
from sim.scenario.text_weights import features_of

KIND = "declaration"  # where no file says it
TABLE = "instrument"


def draft(scenario: Scenario, kind: str | None = None, among: str | None = None) -> Instrument:
    """The text of *scenario* as an instrument of that *kind* (None: as its file says, else a
    declaration), put to the members of *among*, a membership in states.csv (None: to all that its
    file says were asked, else to all states).

    Where nothing but the file speaks, and the file is that of an instrument, its answers are those
    of the file; in all other cases everybody counts as outside. InputError for whatever does not
    fit.
    """
    section = next(
        (
            layer.section().section(TABLE)
            for layer in reversed(scenario.layers)
            if TABLE in layer.table
        ),
        None,
    )
    if "state" not in scenario.code.may_sign:
        raise InputError(
            f"{scenario.name}, [code]: may_sign has no states, expected them among those who may"
            " sign"
        )
    recorded = _recorded(scenario, section)
    form = _kind(section) if kind is None else _checked(kind)
    if recorded is not None and (recorded.scenario.code, recorded.kind, None) == (
        scenario.code,
        form,
        among,
    ):
        return recorded
    if among is not None:
        at_risk = np.isin(list(facts.state_names()), facts.members(among, "among"))
    elif recorded is not None:
        at_risk = recorded.answers != NOT_ASKED
    else:
        at_risk = np.ones(len(facts.state_names()), dtype=bool)
    return Instrument(
        name=scenario.name,
        scenario=scenario,
        kind=form,
        joined_by="vote" if form == "vote" else "signature",
        family=scenario.name if recorded is None else recorded.family,
        scored=False,
        members=pd.DataFrame({"stance": []}, index=pd.Index([], name="iso3")),
        answers=np.where(at_risk, OUTSIDE, NOT_ASKED).astype(np.int8),
    )


def twin(text: Instrument, fitted: Sequence[Rows]) -> Rows | None:
    """The one of the instruments *fitted* that has the same kind, and a code that motives cannot
    tell from that of *text*; None where there is none.
    """
    return next((each for each in fitted if _content(each.instrument) == _content(text)), None)


def features_of_base(code: Code, base: Code) -> list[str]:
    """What *code* has as its *base* has it, in words: whoever writes a short file may forget what
    it leaves unsaid.
    """
    same = {
        "the day of its launch": code.launch == base.launch,
        "the convenor": code.convenor == base.convenor,
        "the convenor's club": code.convenor_club == base.convenor_club,
        **{
            name.replace("_", " "): ours == theirs
            for (name, ours), theirs in zip(
                features_of(code)._asdict().items(), features_of(base), strict=True
            )
        },
    }
    return [name for name, as_there in same.items() if as_there]


def _recorded(scenario: Scenario, section: Section | None) -> Instrument | None:
    """The instrument in the file of *scenario*, whatever was changed since; None where it is that
    of none.
    """
    if section is None:
        return None
    if "others" not in section:
        section.only(("kind", "others"))
        return None
    return instrument(scenario.name if scenario.path is None else scenario.path)


def _kind(section: Section | None) -> str:
    return KIND if section is None else section.one_of("kind", KINDS)


def _checked(kind: str) -> str:
    if not isinstance(kind, str) or kind not in KINDS:
        raise InputError(
            f"kind is {literal(kind)}, expected one of {', '.join(KINDS)}{nearest(kind, KINDS)}"
        )
    return kind


def _content(text: Instrument) -> tuple[object, ...]:
    code = text.scenario.code
    return (text.kind, code.launch, code.convenor, code.convenor_club, *features_of(code))
