"""Others' signatures: of peers, of the patron, and, for firms and NGOs, of the home state.

What a signature adds is the theory's: tie x standing for a peer, one for the patron or the home state, and the share of
the world's offensive means that it brings under the code. It assumes that ties, not likeness, moved whoever followed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.compiled import in_plain_python
from sim.experiments.outcomes import Array
from sim.explanation.change import Change, Way
from sim.explanation.decision import Case
from sim.explanation.reading import listed
from sim.stakeholders import KINDS, TRAITS
from sim.theory.motives import NAMES, example, patron, security

FAMILY = "signature"
MOST_SIGNATURES = 10
ASSUMES = "this assumes that ties, not likeness, moved them"
PEERS, HOME, PATRON, SECURITY = (NAMES.index(name) for name in ("peers", "home", "patron", "security"))
OFFENCE, EXPOSURE = (TRAITS.index(name) for name in ("offence", "exposure"))


def idle(case: Case) -> str | None:
    """Nothing is sought for somebody who is only not reached."""
    return None if case.reasons_matter else "it would sooner sign than not as it is, once it takes the matter up"


def ways(case: Case) -> list[Way]:
    """More and more signatures, or for staying out absences, in the order of what each of them moves.

    None where nobody's signature moves it.
    """
    gains = {j: gain for j, gain in _gains(case).items() if gain.any()}
    if not gains:
        return []
    order = sorted(gains, key=lambda j: (-abs(float(gains[j].sum(axis=1).mean())), j))[:MOST_SIGNATURES]
    weighed = [case.weighed.together]
    for j in order:
        weighed.append(weighed[-1] + gains[j])
    ids = case.of.given.population.ids
    start = case.scenario.first_round if case.keeps_out else case.of.at

    def described(step: int) -> Change:
        taken = order[:step]
        return Change(
            FAMILY,
            _in_words(case, taken),
            size=float(step),
            unit="signatures",
            range_used=step / MOST_SIGNATURES,
            note=ASSUMES,
            change={"events": [{"round": start, "who": [ids[j] for j in taken], "signs": not case.keeps_out}]},
        )

    return [case.way(len(order), described, lambda step: weighed[step])]


def _gains(case: Case) -> dict[int, Array]:
    """Stakeholder -> [worlds, motives] what its signature adds where it has none, or its absence takes where it has."""
    of = case.of
    kinds, may_sign = of.given.world.people.kind, of.given.text.may_sign[0]
    bound = {int(j) for j in np.flatnonzero(case.weighed.forced.any(axis=0))}
    free = [j for j in sorted(_heeded(case) - set(of.deciders) - bound) if may_sign[kinds[j]]]
    return {j: np.mean([_adds(case, i, j) for i in of.deciders], axis=0) for j in free}


def _heeded(case: Case) -> set[int]:
    """Everybody whose signature any of the deciders may heed."""
    world, kind = case.of.given.world, case.asked.kind
    heeded: set[int] = set()
    for i in case.of.deciders:
        heeded |= {int(j) for j in world.ties_to[world.ties_start[i] : world.ties_start[i + 1]]}
        heeded |= {int(world.people.patron[i]), int(world.people.home[i])}
    if kind != "ngo" and case.of.dial(f"{kind}_security") > 0:
        heeded |= {int(j) for j in world.with_means}
    return heeded - {-1}


def _adds(case: Case, i: int, j: int) -> Array:
    """[worlds, motives] what *j* adds for *i* by signing, or takes by staying out."""
    of, weighed = case.of, case.weighed
    world, people, traits = of.given.world, of.given.world.people, of.state.traits
    kind = KINDS[people.kind[i]]
    signs, is_listed = (_moves(case, whether[:, j]) for whether in (weighed.signed, weighed.listed))
    terms = np.zeros_like(weighed.together)
    ties = slice(world.ties_start[i], world.ties_start[i + 1])
    for tie in world.ties_weight[ties][world.ties_to[ties] == j]:
        seen = in_plain_python(example)(tie, weighed.standing[:, j], signs if kind == "state" else is_listed)
        terms[:, PEERS] = of.dial(f"{kind}_peers") * seen
    if people.patron[i] == j:
        terms[:, PATRON] = of.dial("state_patron") * in_plain_python(patron)(1.0, signs)
    if kind != "state" and people.home[i] == j:
        terms[:, HOME] = of.dial(f"{kind}_home") * is_listed
    if kind != "ngo" and traits[OFFENCE, j] > 0:
        held = traits[OFFENCE, j] / traits[OFFENCE, world.with_means].sum()
        club, exposure = of.dial("security_club_share"), traits[EXPOSURE, i]
        safety = in_plain_python(security)(club, exposure, held, weighed.confidence)
        terms[:, SECURITY] = of.dial(f"{kind}_security") * safety * signs
    return terms


def _moves(case: Case, signed: np.ndarray[Any, Any]) -> Array:
    """[worlds] 1 where it has not signed and now does; for staying out, -1 where it has and now does not."""
    has = signed.astype(np.float64)
    return -has if case.keeps_out else 1.0 - has


def _in_words(case: Case, taken: list[int]) -> str:
    """Who signs, or stays out; one alone is called by what it is to the one who was asked about."""
    people, names = case.of.given.world.people, case.of.given.population.names
    who = listed([names[j] for j in taken], "and")
    if len(taken) > 1:
        return f"{who} {'stay out' if case.keeps_out else 'sign'}"
    if taken[0] == people.patron[case.asked.index]:
        who = f"its patron, {who},"
    elif case.asked.kind != "state" and taken[0] == people.home[case.asked.index]:
        who = f"its home state, {who},"
    return f"{who} {'stays out' if case.keeps_out else 'signs'}"
