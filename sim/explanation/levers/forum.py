"""The forum: another state opens the code for signature."""

from __future__ import annotations

from dataclasses import replace

from sim.code_of_conduct import Code
from sim.explanation.change import Change, Way
from sim.explanation.decision import Decision
from sim.explanation.levers.text import contributions
from sim.explanation.summary import enumeration
from sim.number_formats import significant
from sim.scenario.code import as_read

FAMILY = "forum"
MOST_NAMED = 3
WHOLE_RANGE = 1.0  # without a convenor, all states are equally far away


def why_not(decision: Decision) -> str | None:
    """No change is tried for a state that only has to be reached."""
    if decision.motives_matter or decision.subject.kind != "state":
        return None
    return "it would sooner sign than not with this convenor, once it takes the matter up"


def ways(decision: Decision) -> list[Way]:
    """The convenors under whom the decision turns, the nearest to the present one in UN votes first; where there is
    none, the one who moves it most. No motive of firms and NGOs depends on the convenor.
    """
    if decision.subject.kind != "state":
        return []
    state_names = decision.scenario.facts.state_names
    others = [iso3 for iso3 in state_names if iso3 not in (decision.subject.who, decision.scenario.code.convenor)]
    others.sort(key=lambda iso3: (distance(decision, iso3), iso3))
    under = {iso3: contributions(decision, convened_by(decision, iso3)) for iso3 in others}
    chance = {iso3: decision.chance(under[iso3]) for iso3 in others}
    turning = [iso3 for iso3 in others if decision.target.has_chance(chance[iso3])]
    farthest = min if decision.keeps_out else max
    convenors = turning or [farthest(others, key=lambda iso3: chance[iso3])]

    def change(step: int) -> Change:
        nearest = convenors[step - 1 : step - 1 + MOST_NAMED]
        code, far = convened_by(decision, nearest[0]), distance(decision, nearest[0])
        return Change(
            FAMILY,
            f"{enumeration([state_names[iso3] for iso3 in nearest], 'or')} convenes",
            size=far,
            unit="distance in UN votes from the present convenor",
            range_used=far,
            note=_read_at(decision.scenario.code, code),
            change={"code": {"convenor": nearest[0], "convenor_club": code.convenor_club or ""}},
        )

    return [Way(len(convenors), change, lambda step: under[convenors[step - 1]], lambda step: bool(turning))]


def convened_by(decision: Decision, iso3: str) -> Code:
    """The same code, opened by another state and read as its; the club stays if that state belongs to it, and is None
    otherwise.
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
    return f"assumed: read as its text, at openness {now} instead of {then}"


def distance(decision: Decision, iso3: str) -> float:
    """How far a state's votes lie from the present convenor's, as a share of the farthest state's; in [0, 1]."""
    if decision.scenario.code.convenor is None:
        return WHOLE_RANGE
    setting = decision.moment.setting
    return round(1 - float(setting.codes.convenor[0, 0, setting.population.ids.index(iso3)]), 6)
