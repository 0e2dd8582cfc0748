"""Whether membership is stable, in plain sentences: how many would gain by leaving and by joining,
who is nearest to it, on whom others hang, and what would win a state.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.experiments.influence import ASSUMES
from sim.experiments.membership import (
    MOST_NAMED,
    Lack,
    StabilityFindings,
    StabilityResult,
)
from sim.facts.names_in_sentences import with_article
from sim.findings import Level, Place, Ranking
from sim.words.language import say

Names = Mapping[str, str]  # by id


def stability_sentences(result: StabilityResult) -> list[str]:
    """Whether membership is stable from inside, on what that rests, and whether it is from outside;
    then on whom others hang, and what would win a state.
    """
    population = result.setting.population
    names = dict(zip(population.ids, population.names, strict=True))
    findings = result.findings
    note = [say("stability-note", assumes=ASSUMES)] if findings.lacks else []
    return [
        *_of_inside(findings, names),
        *_of_outside(findings, names),
        *_holds(findings.holds, names, bool(findings.leave.of)),
        *(_lacks(lack, names) for lack in findings.lacks),
        *note,
    ]


def _of_inside(findings: StabilityFindings, names: Names) -> list[str]:
    reluctant = findings.reluctant.places
    return [
        _side("inside", findings.leave),
        *(
            [
                say(
                    "stability-rests-on",
                    states=findings.leave.of,
                    reluctant=len(reluctant),
                    names=_names(reluctant, names),
                )
            ]
            if findings.leave.of
            else []
        ),
        *_nearest("inside", findings.nearest_to_leaving, names),
    ]


def _of_outside(findings: StabilityFindings, names: Names) -> list[str]:
    why = [say("stability-why-outside")] if findings.join.estimate else []
    nearest = _nearest("outside", findings.nearest_to_joining, names)
    return [_side("outside", findings.join), *why, *nearest]


def _side(side: str, number: Level) -> str:
    luck = number.luck
    return say(
        "stability-side",
        side=side,
        verdict=number.verdict.value,
        gain=int(number.estimate),
        states=number.of,
        span=luck if luck is not None and luck.low < luck.high else None,
    )


def _nearest(side: str, ranking: Ranking, names: Names) -> list[str]:
    several = len(ranking.places) > 1
    values = {"side": side, "several": several, "names": _names(ranking.places, names)}
    return [say("stability-nearest", **values)] if ranking.places else []


def _holds(holders: Ranking, names: Names, has_signatories: bool) -> list[str]:
    if not has_signatories:
        return []
    if not holders.places:
        return [say("stability-holds-nobody", verdict=holders.verdict.value)]
    first, *others = holders.places
    return [
        say(
            "stability-holds",
            name=names[first.name],
            number=first.estimate,
            range=first.luck,
            others=_names(others, names) or None,
        )
    ]


def _lacks(lack: Lack, names: Names) -> str:
    change, places = lack.others, lack.brings.places
    followers = [
        say("stability-follower", name=names[place.name], share=place.estimate) for place in places
    ]
    lacks = say(
        "stability-lacks", state=with_article(names[lack.who]), payment=lack.payment.estimate
    )
    brings = say(
        "stability-brings",
        verdict=change.verdict.value,
        number=change.estimate,
        range=change.luck,
        worlds=change.worlds,
        way="more" if (change.estimate or 0.0) > 0.0 else "fewer",
        followers=followers or None,
    )
    return f"{lacks} {brings}"


def _names(places: tuple[Place, ...] | list[Place], names: Names) -> list[str]:
    return [names[place.name] for place in places[:MOST_NAMED]]
