"""The words on a stakeholder whom the model has in where it was out, or out where it was in, and what that leaves open.
"""

from __future__ import annotations

from sim.explanation.question import MOST
from sim.explanation.registration import joined_in, registration
from sim.explanation.resampling import Interval
from sim.explanation.standing import Standing
from sim.explanation.summary import span_words
from sim.number_formats import day, percent, points_interval

OTHER_FITS = "other fits that the data allow"


def miss(standing: Standing, where: str = "") -> str:
    """That the model has it in, or out, and that it was not so: that it is wrong, or only a poor judge where other
    weights cross the middle. *where*: in which view it has it so, in words.
    """
    differs = "is wrong here" if standing.of_weights else "differs from the record here"
    judges = "is a poor judge here" if standing.is_undecided else differs
    return f"the model {judges}: {where}{has_on_side(standing)}"


def has_on_side(standing: Standing) -> str:
    """On which side the model has it, and how it was."""
    side = "in by then" if standing.share > MOST else "out until then"
    return f"it has {standing.name} {side}, which in fact {fact(standing).removeprefix('in fact it ')}"


def miss_alone(standing: Standing) -> str:
    """That the model misses it, beside its share with its range over other weights, and what that leaves untold."""
    in_fact = "kept it out" if standing.had_joined is False else "brought it in"
    judges = "is a poor judge of" if standing.is_undecided else "misses"
    entry, record = registration(standing.subject, standing.trial.scenario), fact(standing).removeprefix("in fact ")
    if entry is not None and entry.at_launch:
        record = "it joined at the launch"
    share = share_with_range(standing.share, standing.of_weights)
    here = f"here it has signed by {day(standing.question.day)} in {share}"
    return f"The model {judges} {standing.name}: {record}, and {here}, so nothing below says what {in_fact}"


def fact(standing: Standing) -> str:
    """How it was by the date, or when it joined, where that was later."""
    later = standing.joined_later
    return f"in fact {joined_in(later) if later else 'it was in' if standing.had_joined else 'it was out'}"


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


def share_with_range(share: float | None, of_weights: Interval | None, of: str = " of worlds") -> str:
    """A share of worlds, with its range over other weights where that says more: 65 % of worlds (17 to 92 %)."""
    span = "" if of_weights is None else span_words(*of_weights)
    return f"{percent(share)}{of}{f' ({span})' if span not in ('', percent(share)) else ''}"


def moves_each(what: str, gain: Interval) -> str:
    """How far *what* moves the share under each of other fits, so that the ends of two ranges need not differ by it."""
    by = points_interval(*gain, 0)
    return f"under the same weights before and after, {what} moves the share by {by} in {percent(0.9)} of them"

