"""Others' signatures: of peers, of the patron, and, for firms and NGOs, of the home state.

The effect of a signature follows the theory: tie times standing for a peer, 1 for the patron or the home state, and the
share of the world's offensive means that it brings under the code. It assumes that ties, not likeness, move others.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.compiled import in_plain_python
from sim.experiments.outcomes import Array
from sim.explanation.change import Change, Way, way_by_chance
from sim.explanation.decision import Decision
from sim.explanation.summary import enumeration
from sim.kinds_and_statuses import KINDS, TRAITS
from sim.theory.motives import NAMES, example, patron, security

FAMILY = "signature"
MOST_SIGNATURES = 10
ASSUMES = "this assumes that ties, not likeness, moved them"
PEERS, HOME, PATRON, SECURITY = (NAMES.index(name) for name in ("peers", "home", "patron", "security"))
OFFENCE, EXPOSURE = (TRAITS.index(name) for name in ("offence", "exposure"))


def why_not(decision: Decision) -> str | None:
    """No change is tried for a stakeholder that only has to be reached."""
    return None if decision.motives_matter else "it would sooner sign than not as it is, once it takes the matter up"


def ways(decision: Decision) -> list[Way]:
    """A growing number of signatures, or of absences for staying out, by falling effect.

    None where nobody's signature has an effect.
    """
    gains = {j: gain for j, gain in _gains(decision).items() if gain.any()}
    if not gains:
        return []
    order = sorted(gains, key=lambda j: (-abs(float(gains[j].sum(axis=1).mean())), j))[:MOST_SIGNATURES]
    contributions = [decision.weighing.together]
    for j in order:
        contributions.append(contributions[-1] + gains[j])
    ids = decision.moment.setting.population.ids
    start = decision.scenario.first_round if decision.keeps_out else decision.moment.round

    def change(step: int) -> Change:
        movers = order[:step]
        return Change(
            FAMILY,
            _in_words(decision, movers),
            size=float(step),
            unit="signatures",
            range_used=step / MOST_SIGNATURES,
            note=ASSUMES,
            change={"events": [{"round": start, "who": [ids[j] for j in movers], "signs": not decision.keeps_out}]},
        )

    return [way_by_chance(decision, len(order), change, lambda step: contributions[step])]


def _gains(decision: Decision) -> dict[int, Array]:
    """Stakeholder -> [worlds, motives] the effect of its signature where it has not signed, or absence where it has."""
    moment = decision.moment
    kinds, may_sign = moment.setting.population_arrays.people.kind, moment.setting.codes.may_sign[0]
    forced = {int(j) for j in np.flatnonzero(decision.weighing.forced.any(axis=0))}
    free = [j for j in sorted(_examples(decision) - set(moment.deciders) - forced) if may_sign[kinds[j]]]
    return {j: np.mean([_adds(decision, i, j) for i in moment.deciders], axis=0) for j in free}


def _examples(decision: Decision) -> set[int]:
    """All stakeholders whose signature may affect any of the deciders."""
    world, kind = decision.moment.setting.population_arrays, decision.subject.kind
    examples: set[int] = set()
    for i in decision.moment.deciders:
        examples |= {int(j) for j in world.ties_to[world.ties_start[i] : world.ties_start[i + 1]]}
        examples |= {int(world.people.patron[i]), int(world.people.home[i])}
    if kind != "ngo" and decision.moment.dial(f"{kind}_security") > 0:
        examples |= {int(j) for j in world.with_means}
    return examples - {-1}


def _adds(decision: Decision, i: int, j: int) -> Array:
    """[worlds, motives] the effect on *i* of *j* signing, or staying out."""
    moment, weighing = decision.moment, decision.weighing
    world, traits = moment.setting.population_arrays, moment.state.traits
    person, kind = world.people[i], KINDS[world.people.kind[i]]
    signs, is_listed = (_moves(decision, whether[:, j]) for whether in (weighing.signed, weighing.listed))
    terms = np.zeros_like(weighing.together)
    ties = slice(world.ties_start[i], world.ties_start[i + 1])
    for tie in world.ties_weight[ties][world.ties_to[ties] == j]:
        example_value = in_plain_python(example)(tie, weighing.standing[:, j], signs if kind == "state" else is_listed)
        terms[:, PEERS] = moment.dial(f"{kind}_peers") * example_value
    if person.patron == j:
        terms[:, PATRON] = moment.dial("state_patron") * in_plain_python(patron)(1.0, signs)
    if kind != "state" and person.home == j:
        terms[:, HOME] = moment.dial(f"{kind}_home") * is_listed
    if kind != "ngo" and traits[OFFENCE, j] > 0:
        share = traits[OFFENCE, j] / traits[OFFENCE, world.with_means].sum()
        club, exposure = moment.dial("security_club_share"), traits[EXPOSURE, i]
        safety = in_plain_python(security)(club, exposure, share, weighing.confidence)
        terms[:, SECURITY] = moment.dial(f"{kind}_security") * safety * signs
    return terms


def _moves(decision: Decision, signed: np.ndarray[Any, Any]) -> Array:
    """[worlds] 1 where it has not *signed*; for staying out, -1 where it has; else 0."""
    has = signed.astype(np.float64)
    return -has if decision.keeps_out else 1.0 - has


def _in_words(decision: Decision, movers: list[int]) -> str:
    """Who signs, or stays out, in words; a single patron or home state is called so."""
    people, names = decision.moment.setting.population_arrays.people, decision.moment.setting.population.names
    who = enumeration([names[j] for j in movers], "and")
    if len(movers) > 1:
        return f"{who} {'stay out' if decision.keeps_out else 'sign'}"
    if movers[0] == people.patron[decision.subject.index]:
        who = f"its patron, {who},"
    elif decision.subject.kind != "state" and movers[0] == people.home[decision.subject.index]:
        who = f"its home state, {who},"
    return f"{who} {'stays out' if decision.keeps_out else 'signs'}"
