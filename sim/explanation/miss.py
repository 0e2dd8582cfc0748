"""The words on a stakeholder whom the model has in where it was out, or out where it was in, and
what that leaves open.
"""

from __future__ import annotations

from sim.explanation.registration import registration
from sim.explanation.resampling import Interval
from sim.explanation.standing import Standing
from sim.explanation.summary import span_words
from sim.number_formats import NO_BREAK, percent, points_interval

OTHER_FITS = "other fits that the data allow"
IN_BRACKETS = f"The brackets hold {percent(0.9)} of {OTHER_FITS}, which weigh the motives otherwise"


def miss_first(standing: Standing) -> str:
    """That the model has it in where it was out, or out where it was in, which opens whatever is
    said of it next.
    """
    side = "out" if standing.had_joined else "in"
    share = share_with_range(standing.share, standing.of_weights)
    signs = "signing in only " if standing.had_joined else "in "
    return (
        f"The model wrongly has {standing.name} {side} by then, {signs}{share}: in fact"
        f" {fact(standing)}"
    )


def leaning(standing: Standing) -> str:
    """How it was in fact, where the model has it on the other side, but under some other weights on
    this one: it leans there, as a table of whom it expected says too, and no more.
    """
    return f"In fact {fact(standing)}; the model, at {percent(standing.share)}, leans the other way"


def miss_alone(standing: Standing) -> str:
    """That the model misses it, beside its share with its range over other weights, and what that
    leaves untold.
    """
    entry, record = registration(standing.subject, standing.trial.scenario), fact(standing)
    if entry is not None and entry.at_launch:
        record = "it joined at the launch"
    share = share_with_range(standing.share, standing.of_weights)
    here = f"here it has signed in {'only ' if standing.had_joined else ''}{share}"
    return (
        f"The model misses {standing.name}: {record}, and {here}, so the model cannot say"
        f" {_what_turned(standing)}"
    )


def fact(standing: Standing) -> str:
    """How it was by the date, or until when it stayed out, where it joined later."""
    if standing.had_joined:
        return "it was in"
    later = standing.joined_later
    return (
        "it stayed out" if later is None else f"it stayed out until {later:%B}{NO_BREAK}{later:%Y}"
    )


def doubt(standing: Standing) -> str:
    """That the model cannot say what turns the decision, nor what really did, and why not."""
    why = (
        "before any change, some fits have it in and others out" if standing.is_undecided
        else "it has it on the wrong side before any change"
    )  # fmt: skip
    return f"The model cannot say {_what_turned(standing)}: {why}"


def _what_turned(standing: Standing) -> str:
    """What really turned the decision that is asked about, or what would have, as a question within
    a sentence.
    """
    keeps_out, in_fact = standing.question.keeps_out, standing.had_joined
    if in_fact is None:
        return f"what would {'keep it out' if keeps_out else 'bring it in'}"
    verb = "kept it out" if keeps_out else "brought it in"
    return f"what really {verb}" if in_fact != keeps_out else f"what would really have {verb}"


def share_with_range(
    share: float | None, of_weights: Interval | None, of: str = " of worlds"
) -> str:
    """A share of worlds, with its range over other weights where that says more: 65 % of worlds (17
    to 92 %).
    """
    span = "" if of_weights is None else span_words(*of_weights)
    return f"{percent(share)}{of}{f' ({span})' if span not in ('', percent(share)) else ''}"


def moves_each(what: str, gain: Interval | None) -> str:
    """How far *what* moves the share under each of other fits, where that was looked for, and what
    the brackets hold: the ends of two ranges need not differ by that.
    """
    if gain is None:
        return IN_BRACKETS
    by = points_interval(*gain, 0)
    return (
        f"{what} moves the share by {by} in {percent(0.9)} of fits, each compared with itself."
        f" {IN_BRACKETS}"
    )
