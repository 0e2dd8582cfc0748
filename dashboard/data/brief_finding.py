"""The first sentences of a brief: what happened and how near the model comes, or what the view
changes beside another, never surer than other fits that the data allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sim
from dashboard.controls import capital
from dashboard.data.brief_pairs import (
    Change,
    Told,
    direction,
    nobody_follows,
    other_fits_give,
    told_of,
)
from sim import number_formats as formats

FITTED_TO_IT = (
    "The weights were fitted to this very register, so that the two agree proves little and is no"
    " forecast."
)


def about_words(title: str) -> str:
    """What a brief on the scenario of that *title* is about, so that nobody takes it for the page
    that he came from.
    """
    return f"Brief on “{title}”"


def finding(
    record: Mapping[str, Any],
    beside: Mapping[str, Any] | None,
    without: str,
    kind: str,
    place: int,
    changes: Mapping[str, Change] | None = None,
    of_other_fits: Mapping[str, Change] | None = None,
    is_far: bool = False,
) -> dict[str, str]:
    """The first sentence, and the one below it: how many of *kind* the model puts on the list, and
    the difference from the baseline *beside* it, which is called *without*, by the *changes* of
    each kind in pairs of worlds, also *of_other_fits*; where there is none, beside the register.
    The baseline's own number stands nowhere, as it is not what that difference is from. Where the
    view *is_far* outside the data, the direction is told first.
    """
    day, words, changes = _unbroken_day(record["dates"][place]), sim.KIND_WORDS[kind], changes or {}
    bands, others = record["bands"]["listed"][kind], of_other_fits or {}
    number = formats.count(bands["median"][place])
    low, high = (formats.count(bands[edge][place]) for edge in ("low_90", "high_90"))
    ninety = formats.percent(0.9)
    span = f"In {ninety} of the simulated worlds there are between {low} and {high}."
    if beside is not None:
        lead, change = nobody_follows(changes, others), changes.get(kind)
        if is_far and change is not None:
            first = beside["bands"]["listed"][kind]["median"][place]
            far = _extrapolated(change, others.get(kind), first, number, words, day, without)
            return {"finding": far, "lead": span}
        if change is not None and change.lead:
            best = told_of(change.everybody)
            told = f"{change.lead} {_of_as_many(best)}: {number} {words} on the list by {day}"
            return {
                "finding": ". ".join(capital(part) for part in (told, lead) if part),
                "lead": span,
            }
        said = f"the model puts {number} {words} on the list by {day}"
        if change is not None:
            said += f", {_beside(told_of(change.everybody))} {without}"
            if kind in others:
                said += other_fits_give(others[kind].everybody, change.everybody)
        return {"finding": capital(": ".join(filter(None, [lead, said]))), "lead": span}
    registered, is_end = record["registered"][kind][place], place == len(record["dates"]) - 1
    happened = "".join(part for part, _ in record.get("happened", ()))
    if happened and is_end and kind == "state":
        model = (
            f"The model ends at {number} {words}, between {low} and {high} in {ninety} of its"
            " worlds."
        )
        return {"finding": happened, "lead": f"{model} {FITTED_TO_IT}"}
    said = f"The model puts {number} {words} on the list by {day}"
    if registered is not None:
        verb = "was" if registered == 1 else "were"
        counted = f"{said}; in fact there {verb} {formats.count(registered)}"
        return {"finding": counted, "lead": f"{span} {FITTED_TO_IT}"}
    return {"finding": said, "lead": span}


def _extrapolated(
    change: Change,
    wide: Change | None,
    first: float,
    number: str,
    words: str,
    day: str,
    without: str,
) -> str:
    """The direction of a *change* from the *first* level on, with its ends under other fits, and
    only then the *number* that the best fit has; as the page Simulate says it.
    """
    to = direction(first, change, wide)
    many = f"other {words}" if change.supposed else words
    what = (
        f"{to.way} in {many}, beside {without}"
        if to.is_unclear
        else f"{to.way} {many} {'as' if to.is_level else 'than'} in {without}"
    )
    best = told_of(change.others)
    than = (
        ""
        if best.is_level
        else best.words + (f" beyond those {change.supposed}" if change.supposed else "") + ", "
    )
    of_best, by = "" if wide is None else "best fit: ", "by " if to.has_side else ""
    return (
        f"Extrapolated: {what}{f', {by}{to.ends} with other fits' if to.ends else ''}"
        f" ({of_best}{than}{number} by {day})"
    )


def _of_as_many(change: Told) -> str:
    """A *change* in words, as the end of a sentence that does not name what it is from."""
    return f"{change.words} as before" if change.is_level else change.words


def _beside(change: Told) -> str:
    """A *change* in words, and what joins it to that from which it is one."""
    if change.is_unclear:
        return f"with {change.words} from"
    return f"{change.words} {'as' if change.is_level else 'than'} in"


def _unbroken_day(day: str) -> str:
    """12 January 2024, which stays on one line."""
    return formats.day(day).replace(" ", formats.NO_BREAK)
