"""What a deeper text costs in signatories, in plain sentences: within the data, by what it asks for
first, and which way it goes far outside the data.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.experiments.participation import ParticipationFindings, TextLevel
from sim.number_formats import rounded
from sim.words.language import say

POWER = "power_share"


class ParticipationWords(NamedTuple):
    """A headline, without a full stop; its numbers; and what lies far outside the data."""

    headline: str
    numbers: str
    beyond: str


def words_of_participation(findings: ParticipationFindings) -> ParticipationWords:
    """The *findings* on one measure in words."""
    measure, (shallowest, deepest) = findings.measure, findings.all
    headline, numbers = _deeper(findings), _inside(findings)
    if findings.restraint is not None and findings.effort is not None:
        restraint, effort = findings.restraint, findings.effort
        is_far = restraint.is_extrapolated or effort.is_extrapolated
        first = say("participation-first", measure=measure, less=_less(restraint, effort))
        headline = say("participation-headline", deeper=headline, first=first, far=is_far)
        if not is_far:
            ways = _level("restraint", restraint, measure) | _level("effort", effort, measure)
            at_depth = say("participation-by-first", depth=restraint.depth, **ways)
            numbers = "; ".join(filter(None, (numbers, at_depth)))
    way = (
        "more"
        if deepest.is_clearly_above(shallowest)
        else "fewer"
        if shallowest.is_clearly_above(deepest)
        else "none"
    )
    return ParticipationWords(
        headline,
        say("participation-numbers", numbers=numbers) if numbers else "",
        say("participation-beyond", measure=measure, way=way),
    )


def _less(restraint: TextLevel, effort: TextLevel) -> str:
    """What clearly costs fewer signatories."""
    if restraint.is_clearly_above(effort):
        return "restraint"
    return "effort" if effort.is_clearly_above(restraint) else "none"


def _deeper(findings: ParticipationFindings) -> str:
    if findings.inside is None:
        return say("participation-present-alone")
    least, most = findings.inside
    before, after = (
        rounded(each.estimate, in_points=findings.measure == POWER) for each in (least, most)
    )
    levels = _level("least", least, findings.measure) | _level("most", most, findings.measure)
    way = "same" if before == after else "more" if after > before else "fewer"
    return say("participation-deeper", way=way, **levels)


def _inside(findings: ParticipationFindings) -> str:
    if findings.inside is None:
        return ""
    least, most = findings.inside
    levels = _level("least", least, findings.measure) | _level("most", most, findings.measure)
    return say("participation-inside", least_depth=least.depth, most_depth=most.depth, **levels)


def _level(name: str, text: TextLevel, measure: str) -> dict[str, object]:
    """A level as a message takes it, with its measure."""
    return {
        "measure": measure,
        name: say("participation-level", measure=measure, level=text.estimate),
    }
