"""What a deeper text does to who signs and to conduct, in plain sentences: how many signatories it
costs, on what that rests, and whether compliance, restraint and the harm prevented rise or fall.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.experiments.frontier import (
    AS_IT_IS,
    DEPARTURE,
    EVERYTHING,
    FIXED,
    FREE,
    NOTHING,
    OPERATIONS,
    PRACTICES,
    DepthChange,
    FrontierResult,
)
from sim.experiments.outcomes import ALL
from sim.findings import Interval, Unit
from sim.words.language import say

TEXTS = {NOTHING: "nothing", AS_IT_IS: "present", EVERYTHING: "everything"}
CONDUCT_SAID = (
    ("compliance", ALL),
    (DEPARTURE, OPERATIONS),
    (DEPARTURE, PRACTICES),
    ("harm_prevented", ALL),
)
HUNDRED = 100.0


def frontier_sentences(result: FrontierResult) -> list[str]:
    """How many of the first kind that may sign a deeper text costs, on what that rests, and what
    else changes from the text as it is on.
    """
    headline, *others = (_signing(result, kind) for kind in result.signers)
    of_conduct = [" ".join(each[:2]) for each in conduct_sentences(result).values()]
    return [headline, _rests_on(result), *others, *of_conduct]


def conduct_sentences(result: FrontierResult) -> Mapping[tuple[str, str], list[str]]:
    """(outcome, part) -> what a deeper text does to it, with everybody deciding anew and with the
    same signatories: two sentences from the text as it is on, and where that is not the shallowest
    two from the shallowest on.
    """
    return {
        key: [words for stretch in result.stretches for words in _conduct(result, *key, stretch)]
        for key in CONDUCT_SAID
    }


def _signing(result: FrontierResult, kind: str) -> str:
    finding = result.findings["signatories", kind, FREE, result.stretches[0]]
    change = finding.change.estimate or 0.0
    return say(
        "frontier-signing",
        between=_between(finding),
        verdict=finding.change.verdict.value,
        kind=kind,
        way=_way(change),
        size=abs(change),
        range=finding.interval,
        worlds=finding.change.worlds,
    )


def _rests_on(result: FrontierResult) -> str:
    of_signing, of_conduct = (
        result.headline.change,
        result.findings["harm_prevented", ALL, FREE, result.stretches[0]].change,
    )
    return say(
        "frontier-rests-on",
        basis=of_signing.basis,
        worlds=of_signing.worlds,
        points=of_conduct.worlds,
    )


def _conduct(
    result: FrontierResult, outcome: str, part: str, stretch: tuple[float, float]
) -> tuple[str, str]:
    free, fixed = (result.findings[outcome, part, way, stretch] for way in (FREE, FIXED))
    measure = outcome if part == ALL else part
    return (
        say("frontier-conduct", between=_between(free), measure=measure, move=_move(free)),
        say("frontier-conduct-fixed", move=_move(fixed)),
    )


def _move(finding: DepthChange) -> str:
    """By how much conduct changes, in points."""
    factor = HUNDRED if finding.change.unit is Unit.SHARE else 1.0
    ends, verdict = finding.interval, finding.change.verdict.value
    if ends is None:
        return say("frontier-nobody")
    points = Interval(factor * ends.low, factor * ends.high)
    return say("frontier-move", verdict=verdict, way=_way(points.low), points=points)


def _way(change: float) -> str:
    return "more" if change > 0.0 else "fewer" if change < 0.0 else "same"


def _between(finding: DepthChange) -> str:
    first, last = (
        say("frontier-text", text=TEXTS.get(scale, "other"), scale=scale)
        for scale in finding.stretch
    )
    return say("frontier-between", first=first, last=last)
