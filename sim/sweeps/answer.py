"""The table [answer] of a sweep file: which outcome answers its question, what moves it, and where
to look.

[answer]
outcome = "harm_prevented"           of the outcomes that the sweep keeps; a list has several
lever = "sanctions"                  the axis that is compared, value by value; several in a list
                                     are ranked by how far each moves the outcome
by = "attribution_quality"           the axis by which its effect is told apart
by_end = "low"                       the end of that axis about which the question asks, or "high"
where = "harm_prevented < 5"         the worlds to look for
yes_or_no = true                     whether the question is one of yes, where the lever raises the
                                     first outcome, or no, where it lowers it
price = "signatories_state"          an outcome that the question fears to lose with it
because = "Watching alone ..."       why the answer is what it is, in a sentence that begins with a
                                     finding
note = "A watched text ..."          what a reader has to know beside the answer, in a sentence or
                                     two

Nothing in it moves a number of the sweep; `parley analyse` reads it (docs/analysis.md).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sim.errors import nearest
from sim.reading import Section, literal

ANSWER = "answer"
OUTCOME, LEVER, BY, BY_END, WHERE, YES_OR_NO, PRICE, BECAUSE, NOTE = KEYS = (
    "outcome",
    "lever",
    "by",
    "by_end",
    "where",
    "yes_or_no",
    "price",
    "because",
    "note",
)
ENDS = LOW, HIGH = "low", "high"


def read_answer(
    section: Section, axes: Collection[str], outcomes: Collection[str]
) -> dict[str, Any]:
    """The table in *section*, as it stands, checked against the *axes* of the sweep and the names
    of the *outcomes* it keeps, with those of their parts. InputError where one is not among them.
    """
    section.only(KEYS)
    answer: dict[str, Any] = {}
    if OUTCOME in section:
        value = section.values[OUTCOME]
        names = [value] if isinstance(value, str) else list(section.words(OUTCOME))
        for name in names:
            if name not in outcomes:
                raise section.wrong(
                    OUTCOME, f"some of {', '.join(outcomes)}{nearest(name, outcomes)}"
                )
        answer[OUTCOME] = names
    for key in (LEVER, BY):
        if key in section:
            value = section.values[key]
            are_several = key == LEVER and not isinstance(value, str)
            names = list(section.words(key)) if are_several else [section.text(key)]
            for name in names:
                if name not in axes:
                    expected = f"{', '.join(axes)}{nearest(name, axes)}, not {literal(name)}"
                    raise section.wrong(key, f"one of the axes {expected}")
            answer[key] = names if are_several else names[0]
    if YES_OR_NO in section:
        answer[YES_OR_NO] = section.truth(YES_OR_NO, False)
    if BY_END in section:
        if BY not in section or section.values[BY_END] not in ENDS:
            raise section.wrong(BY_END, f"{' or '.join(ENDS)}, of the axis that {BY} names")
        answer[BY_END] = section.values[BY_END]
    if PRICE in section:
        if section.values[PRICE] not in answer.get(OUTCOME, ())[1:]:
            raise section.wrong(PRICE, f"one of the outcomes that {OUTCOME} names after the first")
        answer[PRICE] = section.values[PRICE]
    return answer | {key: section.text(key) for key in (WHERE, BECAUSE, NOTE) if key in section}
