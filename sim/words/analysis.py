"""What the analysis of a sweep found, in sentences: which of several levers moves an outcome most,
where inside the range of a lever it is highest, how much is luck, whether worlds fall into two
groups, and whether a dial leaves a memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sim.findings import (
    Difference,
    Finding,
    GroupsOfWorlds,
    LeverMove,
    LeverRanking,
    LuckShare,
    Peak,
)
from sim.number_formats import listing
from sim.words.language import say


class AxisNames(Protocol):
    """What an axis of a sweep and its values are called."""

    @property
    def label(self) -> str:
        """As it stands within a sentence."""

    def value(self, value: Any) -> str:
        """One of its values."""

    def at(self, value: Any) -> str:
        """The axis with a value."""

    def instead(self, before: Any, after: Any) -> str:
        """The axis with one value instead of another."""


@dataclass(frozen=True)
class Form:
    """How a measure and its numbers are written: what it is called within a sentence, the badge
    that says what it rests on, whether it counts something, and the texts of a difference
    (*amount*), of a range of differences (*between*) and of a *level*; *axis*: the names of an axis
    of the sweep.
    """

    measure: str
    badge: str
    is_counted: bool
    amount: Callable[[float], str]
    between: Callable[[float, float], str]
    level: Callable[[float], str]
    axis: Callable[[str], AxisNames]


def sentence(finding: Finding, form: Form) -> tuple[str, str]:
    """What *finding* says, and in short, empty where it has no headline; TypeError for
    a finding without words.
    """
    match finding:
        case LeverRanking():
            headline = ranking_headline(finding, form)
            return ranking_sentence(finding, form), headline
        case Peak():
            return peak_sentence(finding, form), ""
        case LuckShare():
            return luck_sentence(finding, form), ""
        case GroupsOfWorlds():
            return groups_sentence(finding, form), ""
    raise TypeError(f"found {type(finding).__name__}, expected a finding that has words")


def luck_sentence(share: LuckShare, form: Form) -> str:
    """How much of the variance of single worlds is luck."""
    return say(
        "analysis-luck",
        verdict=share.verdict,
        measure=form.measure,
        share=share.estimate,
        luck=share.luck,
        worlds=share.worlds,
        badge=form.badge,
    )


def groups_sentence(groups: GroupsOfWorlds, form: Form) -> str:
    """At how many points the worlds fall into two groups."""
    ends = {
        name: "" if value is None else form.level(value)
        for name, value in (("lower", groups.lower), ("higher", groups.higher))
    }
    return say(
        "analysis-groups",
        verdict=groups.verdict,
        two=groups.two,
        points=groups.points,
        measure=form.measure,
        share=groups.share_higher,
        badge=form.badge,
        **ends,
    )


def ranking_sentence(ranking: LeverRanking, form: Form) -> str:
    """How far each lever moves the measure, the first first, with all intervals, and how sure their
    order is.
    """
    moves = [_move(place, form) for place in ranking.places]
    order = say(
        "analysis-levers-order",
        verdict=ranking.verdict,
        first=_label(ranking.first, form),
        second=_label(ranking.places[1], form),
        lead=form.amount(ranking.lead),
        luck=_luck(ranking, form),
        ahead=ranking.ahead,
        sets=ranking.sets,
    )
    exact = say(
        "analysis-levers",
        moves=moves,
        measure=form.measure,
        order=order,
        badge=form.badge,
    )
    return f"{ranking_headline(ranking, form)} {exact}"


def ranking_headline(ranking: LeverRanking, form: Form) -> str:
    """The same in one sentence with one number and one word of certainty."""
    return say(
        "analysis-levers-headline",
        verdict=ranking.verdict,
        first=_label(ranking.first, form),
        second=_label(ranking.places[1], form),
        levers=listing([_label(place, form) for place in ranking.places]),
        measure=form.measure,
        size=form.amount(ranking.first.estimate),
    )


def peak_sentence(peak: Peak, form: Form) -> str:
    """Where along its lever the measure is highest or lowest, and how far beyond either end."""
    words, is_counted = form.axis(peak.lever), form.is_counted
    return say(
        "analysis-peak",
        measure=form.measure,
        way="low" if peak.is_low else "high",
        counted=is_counted,
        at=words.at(peak.at),
        first=words.value(peak.first),
        last=words.value(peak.last),
        more_than_first=form.amount(peak.from_first),
        more_than_last=form.amount(peak.from_last),
        luck_of_first=form.between(peak.luck_of_first.low, peak.luck_of_first.high),
        luck_of_last=form.between(peak.luck_of_last.low, peak.luck_of_last.high),
        badge=form.badge,
    )


def memory_sentence(
    difference: Difference,
    form: Form,
    *,
    dial: str,
    at: float,
    months: int,
    moves: float,
) -> str:
    """Whether the measure differs, so many *months* after a *dial* is back *at* one value, by where
    it was before; the dial itself *moves* it by so much.
    """
    luck = difference.luck
    return say(
        "analysis-memory",
        verdict=difference.verdict,
        measure=form.measure,
        months=months,
        dial=form.axis(dial).label,
        at=form.axis(dial).at(at),
        size=form.amount(abs(difference.estimate)),
        higher=difference.estimate > 0,
        luck=form.between(luck.low, luck.high) if luck else "",
        moves=form.amount(moves),
        badge=form.badge,
    )


def _label(place: LeverMove, form: Form) -> str:
    return form.axis(place.name).label


def _luck(ranking: LeverRanking, form: Form) -> str:
    luck = ranking.luck
    return form.between(luck.low, luck.high) if luck else ""


def _move(place: LeverMove, form: Form) -> str:
    fits = place.fits
    return say(
        "analysis-levers-move",
        lever=form.axis(place.name).instead(place.before, place.after),
        size=form.amount(place.estimate),
        luck=form.between(place.luck.low, place.luck.high),
        fits=form.between(fits.low, fits.high) if fits else None,
    )
