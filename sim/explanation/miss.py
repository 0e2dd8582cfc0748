"""The words on a stakeholder whom the model has in where it was out, or out where it was in: how it stands, and what
that leaves open.
"""

from __future__ import annotations

from sim.explanation.question import MOST
from sim.explanation.registration import joined_in
from sim.explanation.resampling import Interval
from sim.explanation.standing import Standing
from sim.explanation.summary import span_words
from sim.number_formats import NO_BREAK, day, percent, points_interval, worlds

OTHER_FITS = "other fits that the data allow"
EACH_ON_ITS_OWN = f"each is a range of {percent(0.9)} of the fits on its own"  # so ends do not differ by it


def miss(standing: Standing) -> str:
    """That the model has it in, or out, and that it was not so: unsure where other weights say either."""
    until = day(standing.question.day).replace(" ", NO_BREAK)
    if standing.is_undecided and standing.of_weights:
        has = f"has {standing.name} in by {until} in {_share(standing)}"
        span = span_words(*standing.of_weights)
        return f"The model is unsure here: the best fit {has}, other fits in {span}; {fact(standing)}"
    side = f"in by {until}" if standing.share > MOST else f"out until {until}"
    differs = "is wrong here" if standing.of_weights else "differs from the record here"
    return f"The model {differs}: it has {standing.name} {side}; {fact(standing)}"


def fact(standing: Standing) -> str:
    """How it was by the date, or when it joined, where that was later."""
    later = standing.joined_later
    return f"in fact {joined_in(later) if later else 'it was in' if standing.had_joined else 'it was out'}"


def as_it_is(standing: Standing, with_others: bool = True) -> str:
    """How many worlds have it in, by the fitted weights and, *with_others*, by others, and how it was."""
    words = f"{_share(standing)} by the best fit"
    if with_others and standing.of_weights:
        words += f", {span_words(*standing.of_weights)} by {OTHER_FITS}"
    return f"{words}; {fact(standing)}"


def doubt(standing: Standing) -> str:
    """That the model cannot say what really turned the decision, and why not."""
    verb = "kept it out" if standing.question.keeps_out else "brought it in"
    so_in_fact = bool(standing.had_joined) != standing.question.keeps_out
    really = f"really {verb}" if so_in_fact else f"would really have {verb}"
    why = (
        "before any change, some fits have it in and others out" if standing.is_undecided
        else "it has it on the wrong side before any change"
    )  # fmt: skip
    return f"The model cannot say what {really}: {why}"


def gives_of(of_weights: Interval, before: Interval | None, instead: str, again: bool) -> str:
    """What other weights give, and gave *before*; *again*: where they are spoken of already."""
    which = "these other fits" if again else OTHER_FITS
    return f"{which} give {span_words(*of_weights)}" + (f", {instead} {span_words(*before)}" if before else "")


def moves_each(gain: Interval) -> str:
    """How far the share under each of other fits is moved."""
    return f"moves each by {points_interval(*gain, 0)}"


def _share(standing: Standing) -> str:
    return f"{percent(standing.share)} of {worlds(standing.trial.replicates)}"
