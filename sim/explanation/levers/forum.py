"""The forum: another state opens the code for signature."""

from __future__ import annotations

from dataclasses import replace

from sim.code_of_conduct import Code
from sim.explanation.change import Change, Way
from sim.explanation.decision import SOONER_SIGNS, Decision
from sim.explanation.levers.text import contributions
from sim.explanation.question import MOST
from sim.facts.names_in_sentences import with_article
from sim.number_formats import significant
from sim.scenario.code import as_read

FAMILY = "forum"
ALIKE = 0.5  # of the way to the chance under a convenor: who goes as far does it alike
WHOLE_RANGE = 1.0  # without a convenor, all states are equally far away
NOBODY = "no other state would sign itself"


def why_not(decision: Decision) -> str | None:
    """No change is tried for a state that only has to be reached, nor where nobody else would
    sign.
    """
    if decision.subject.kind == "state" and not decision.motives_matter:
        return SOONER_SIGNS
    return None if decision.subject.kind != "state" or candidates(decision) else NOBODY


def ways(decision: Decision) -> list[Way]:
    """The convenors under whom the decision turns, the nearest to the present one in UN votes
    first; where there is none, the one who moves it most. No motive of firms and NGOs depends on
    the convenor.
    """
    if decision.subject.kind != "state":
        return []
    under = {
        iso3: contributions(decision, convened_by(decision, iso3)) for iso3 in candidates(decision)
    }
    chance = {iso3: decision.chance(under[iso3]) for iso3 in under}
    strongest = min if decision.keeps_out else max
    turning = [iso3 for iso3 in under if decision.target.has_chance(chance[iso3])]
    turning.sort(key=lambda iso3: (distance(decision, iso3), iso3))
    convenors = turning or [strongest(under, key=lambda iso3: chance[iso3])]
    now = decision.chance(decision.weighing.together)
    present = decision.scenario.code.convenor
    convenor_now = (
        "" if present is None else with_article(decision.scenario.facts.state_names[present])
    )

    def is_alike(convenor: str) -> bool:
        """Whether another goes at least half as far."""
        way = chance[convenor] - now
        return any(
            (chance[iso3] - now) * way >= ALIKE * way**2 for iso3 in under if iso3 != convenor
        )

    def change(rung: int) -> Change:
        convenor = convenors[rung - 1]
        code, far = convened_by(decision, convenor), distance(decision, convenor)
        return Change(
            FAMILY,
            _in_words(
                with_article(decision.scenario.facts.state_names[convenor]),
                is_alike(convenor),
                convenor_now,
            ),
            lever=convenor,
            size=far,
            unit="distance in UN votes from the present convenor",
            range_used=far,
            note=_read_at(decision.scenario.code, code),
            change={"code": {"convenor": convenor}},
        )

    return [
        Way(
            len(convenors),
            change,
            lambda rung: under[convenors[rung - 1]],
            lambda rung: bool(turning),
            False,
        )
    ]


def _in_words(name: str, is_alike: bool, now: str) -> str:
    """That the state of this *name* convenes instead of that which does *now*, if any; as an
    example where others do it alike.
    """
    convenes = f"another state, such as {name}, convenes" if is_alike else f"{name} convenes"
    return f"{convenes} instead of {now}" if now else convenes


def candidates(decision: Decision) -> list[str]:
    """The states that may convene: those that have themselves signed by the date in most worlds,
    beside the present convenor and the stakeholder itself.
    """
    ids, shares = decision.moment.setting.population.ids, decision.trial.share_of_each
    others = (iso3 for iso3 in decision.scenario.facts.state_names if iso3 != decision.subject.who)
    return [
        iso3
        for iso3 in others
        if iso3 != decision.scenario.code.convenor and shares[ids.index(iso3)] > MOST
    ]


def convened_by(decision: Decision, iso3: str) -> Code:
    """The same code, opened by another state and read as its; the club stays if that state belongs
    to it, and is None otherwise.
    """
    code, population = decision.scenario.code, decision.moment.setting.population
    club = code.convenor_club
    keeps = club is not None and population.memberships[club][population.ids.index(iso3)] == 1
    by_another = replace(code, convenor=iso3, convenor_club=club if keeps else None)
    return as_read(by_another, code.convenor, decision.scenario.facts.openness)


def _read_at(before: Code, after: Code) -> str:
    if after.openness == before.openness:
        return ""
    now, then = significant(after.openness, 2), significant(before.openness, 2)
    return f"assumed: the text is read as its own, at openness {now} instead of {then}"


def distance(decision: Decision, iso3: str) -> float:
    """How far a state's votes lie from the present convenor's, as a share of the farthest state's;
    in [0, 1].
    """
    if decision.scenario.code.convenor is None:
        return WHOLE_RANGE
    setting = decision.moment.setting
    return round(1 - float(setting.codes.convenor[0, 0, setting.population.ids.index(iso3)]), 6)
