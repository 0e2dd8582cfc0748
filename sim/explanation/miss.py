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
    """That the model has it in, or out, and that it was not so: that it is wrong, or only leans the wrong way where
    other weights cross the middle.
    """
    until, is_in = day(standing.question.day).replace(" ", NO_BREAK), standing.share > MOST
    if standing.is_undecided and standing.of_weights:
        share = f"{'' if is_in else 'only '}{percent(standing.share)} of worlds"
        has = f"it has {standing.name} in by {until} in {share}"
        leans = f"The model leans the wrong way here: {has}, but that could be {span_words(*standing.of_weights)}"
        return f"{leans}; {fact(standing)}"
    side = f"in by {until}" if is_in else f"out until {until}"
    differs = "is wrong here" if standing.of_weights else "differs from the record here"
    return f"The model {differs}: it has {standing.name} {side}; {fact(standing)}"


def fact(standing: Standing) -> str:
    """How it was by the date, or when it joined, where that was later."""
    later = standing.joined_later
    return f"in fact {joined_in(later) if later else 'it was in' if standing.had_joined else 'it was out'}"


def as_it_is(standing: Standing) -> str:
    """How many worlds have it in, by the fitted weights and by others, and how it was."""
    words = f"{percent(standing.share)} of {worlds(standing.trial.replicates)} by the best fit"
    if standing.of_weights:
        words += f", {span_words(*standing.of_weights)} by {OTHER_FITS}"
    return f"{words}; {fact(standing)}"


def doubt(standing: Standing) -> str:
    """That the model cannot say what turns the decision, nor what really did, and why not."""
    keeps_out, in_fact = standing.question.keeps_out, standing.had_joined
    if in_fact is None:
        what = f"what would {'keep it out' if keeps_out else 'bring it in'}"
    else:
        verb = "kept it out" if keeps_out else "brought it in"
        what = f"what really {verb}" if in_fact != keeps_out else f"what would really have {verb}"
    why = (
        "before any change, some fits have it in and others out" if standing.is_undecided
        else "it has it on the wrong side before any change"
    )  # fmt: skip
    return f"The model cannot say {what}: {why}"


def gives_of(of_weights: list[Interval], before: Interval | None, again: bool) -> str:
    """What other weights give under each change, and gave *before*; *again*: where they are spoken of already."""
    which, spans = "these other fits" if again else OTHER_FITS, [span_words(*each) for each in of_weights]
    return f"{which} give {' or '.join(spans)}" + (f", instead of {span_words(*before)}" if before else "")


def moves_each(gain: Interval) -> str:
    """How far the share under each of other fits is moved."""
    return f"moves each by {points_interval(*gain, 0)}"

