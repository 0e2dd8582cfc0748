"""Others' signatures: of peers, of the patron, and, for firms and NGOs, of the home state.

The effect of a signature is that of the motives themselves, in every world with its standing and
confidence. It assumes that ties, not likeness, move others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.arrays import empty_variables
from sim.engine.effects import PLACES, add_effects_in_worlds
from sim.experiments.outcomes import Array
from sim.explanation.change import RUNGS, Change, Way
from sim.explanation.decision import SOONER_SIGNS, Decision
from sim.facts.names_in_sentences import enumeration
from sim.motives import MOTIVES, ON_SIGNATURES

FAMILY = "signature"
ASSUMES = "this assumes that ties, not likeness, moved them"


def why_not(decision: Decision) -> str | None:
    """No change is tried for a stakeholder that only has to be reached."""
    return None if decision.motives_matter else SOONER_SIGNS


def ways(decision: Decision) -> list[Way]:
    """A growing number of signatures, or of absences for staying out, by falling effect.

    None where nobody's signature has an effect.
    """
    gains = {j: gain for j, gain in _gains(decision).items() if gain.any()}
    if not gains:
        return []
    order = sorted(gains, key=lambda j: (-abs(float(gains[j].sum(axis=1).mean())), j))[:RUNGS]
    contributions = [decision.weighing.together]
    for j in order:
        contributions.append(contributions[-1] + gains[j])
    ids = decision.moment.setting.population.ids
    start = decision.scenario.first_round if decision.keeps_out else decision.question.start

    def change(rung: int) -> Change:
        movers = order[:rung]
        return Change(
            FAMILY,
            _in_words(decision, movers),
            lever=", ".join(sorted(ids[j] for j in movers)),
            size=float(rung),
            unit="signatures",
            range_used=rung / RUNGS,
            note=ASSUMES,
            change={
                "events": [
                    {
                        "round": start,
                        "who": [ids[j] for j in movers],
                        "signs": not decision.keeps_out,
                    }
                ]
            },
        )

    def turns(rung: int) -> bool:
        return decision.target.has_chance(decision.chance(contributions[rung]))

    return [Way(len(order), change, lambda rung: contributions[rung], turns)]


def _gains(decision: Decision) -> dict[int, Array]:
    """Stakeholder -> [worlds, motives] the effect of its signature where it has not signed, or
    absence where it has, on average over the deciders. A state is taken to follow states alone, as
    of its firms and NGOs each moves it little, and those to whom ties of one's own tie it.
    """
    moment, weighing, kind = decision.moment, decision.weighing, decision.subject.kind
    kinds, may_sign = moment.setting.population_arrays.people.kind, moment.setting.codes.may_sign[0]
    forced = weighing.forced.any(axis=0)
    free = (
        (may_sign[kinds] == 1) & ~forced & ((kinds == 0) | (kind != "state") | _is_heeded(decision))
    )
    free[list(moment.deciders)] = False
    candidates = np.flatnonzero(free)
    others = candidates[_effects(decision, candidates, worlds=1)[0].any(axis=1)]
    effects = _effects(decision, others, len(weighing.confidence))
    signs, is_listed = (
        _moves(decision, whether[:, others]) for whether in (weighing.signed, weighing.listed)
    )
    for name, place in zip(ON_SIGNATURES, PLACES, strict=True):
        effects[:, :, place] *= is_listed if kind in MOTIVES[name].by_list else signs
    return {int(j): effects[:, place] for place, j in enumerate(others)}


def _is_heeded(decision: Decision) -> NDArray[np.bool_]:
    """[N] whether one of the deciders is tied to it."""
    world = decision.moment.setting.population_arrays
    heeds = np.zeros(world.everybody.size, dtype=bool)
    for i in decision.moment.deciders:
        heeds[world.ties_to[world.ties_start[i] : world.ties_start[i + 1]]] = True
    return heeds


def _effects(decision: Decision, others: np.ndarray[Any, Any], worlds: int) -> Array:
    """[worlds, others, motives] what the signatures of *others* add to the deciders' motives, in
    logits, on average over them, in the first *worlds*.
    """
    moment, weighing = decision.moment, decision.weighing
    setting = moment.setting
    state = empty_variables(setting.population_arrays, setting.codes)
    state.traits[:] = moment.state.traits
    total = np.zeros((worlds, len(others), state.contributions.size))
    for i in moment.deciders:
        add_effects_in_worlds(
            setting.population_arrays,
            setting.codes,
            state,
            moment.dials,
            0,
            i,
            others,
            weighing.standing[:worlds],
            weighing.confidence[:worlds],
            total,
        )
    return total / len(moment.deciders)


def _moves(decision: Decision, signed: np.ndarray[Any, Any]) -> Array:
    """[worlds] 1 where it has not *signed*; for staying out, -1 where it has; else 0."""
    has = signed.astype(np.float64)
    return -has if decision.keeps_out else 1.0 - has


def _in_words(decision: Decision, movers: list[int]) -> str:
    """Who signs, or stays out, in words; a single patron or home state is called so."""
    people, names = (
        decision.moment.setting.population_arrays.people,
        decision.moment.setting.population.names,
    )
    who = enumeration([names[j] for j in movers], "and")
    if len(movers) > 1:
        return f"{who} {'stay out' if decision.keeps_out else 'sign'}"
    if movers[0] == people.patron[decision.subject.index]:
        who = f"its patron, {who},"
    elif decision.subject.kind != "state" and movers[0] == people.home[decision.subject.index]:
        who = f"its home state, {who},"
    return f"{who} {'stays out' if decision.keeps_out else 'signs'}"
