"""The forum: another state opens the code for signature."""

from __future__ import annotations

from dataclasses import replace

from sim.code_of_conduct import Code
from sim.engine.build import alignment
from sim.experiments.outcomes import Array
from sim.explanation.change import Change, Way
from sim.explanation.decision import Case
from sim.explanation.reading import listed
from sim.facts import state_names

FAMILY = "forum"
MOST_NAMED = 3
WHOLE_RANGE = 1.0  # where nobody convenes, any convenor is as far away as any other


def idle(case: Case) -> str | None:
    """Nothing is sought for a state that is only not reached."""
    if case.reasons_matter or case.asked.kind != "state":
        return None
    return "it would sooner sign than not with this convenor, once it takes the matter up"


def ways(case: Case) -> list[Way]:
    """The convenors under whom the decision turns, the nearest to the present one in UN votes first; where there is
    none, the one who moves it most. No motive of firms and NGOs looks at the convenor.
    """
    if case.asked.kind != "state":
        return []
    others = [iso3 for iso3 in state_names() if iso3 not in (case.asked.who, case.scenario.code.convenor)]
    others.sort(key=lambda iso3: (distance(case, iso3), iso3))
    weighed = {iso3: _weighed(case, convened_by(case, iso3)) for iso3 in others}
    chance = {iso3: case.chance(weighed[iso3]) for iso3 in others}
    turning = [iso3 for iso3 in others if case.aim.met(chance[iso3])]
    farthest = min if case.keeps_out else max
    named = turning or [farthest(others, key=lambda iso3: chance[iso3])]

    def described(step: int) -> Change:
        convenor = named[step - 1]
        possible = [state_names()[iso3] for iso3 in named[step - 1 : step - 1 + MOST_NAMED]]
        return Change(
            FAMILY,
            f"{listed(possible, 'or')} convenes",
            size=distance(case, convenor),
            unit="distance in UN votes from the present convenor",
            range_used=distance(case, convenor),
            change={"code": {"convenor": convenor, "convenor_club": convened_by(case, convenor).convenor_club or ""}},
        )

    return [case.way(len(named), described, lambda step: weighed[named[step - 1]], lambda step: bool(turning))]


def convened_by(case: Case, iso3: str) -> Code:
    """The same code, opened by another state; the club stays where that state belongs to it, and else falls away."""
    code, population = case.scenario.code, case.of.given.population
    club = code.convenor_club
    keeps = club is not None and population.memberships[club][population.ids.index(iso3)] == 1
    return replace(code, convenor=iso3, convenor_club=club if keeps else None)


def distance(case: Case, iso3: str) -> float:
    """How far a state's votes lie from the present convenor's, as a share of the farthest state's; in [0, 1]."""
    if case.scenario.code.convenor is None:
        return WHOLE_RANGE
    given = case.of.given
    return round(1 - float(given.text.convenor[0, 0, given.population.ids.index(iso3)]), 6)


def _weighed(case: Case, code: Code) -> Array:
    """[worlds, motives] with another convenor, all else as it stood."""
    given = case.of.given
    return case.with_terms(case.of.terms(given.text._replace(convenor=alignment(given.population, code)[None])))
