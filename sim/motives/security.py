"""Security: the safety that signatories' restraint promises (liberal institutionalism)."""

from __future__ import annotations

from sim.compiled import compiled
from sim.dials import WORLD_AT
from sim.kinds_and_statuses import TRAIT
from sim.motives.motive import Motive, Weight


@compiled
def security(security_club_share, exposure, offence_held_by_signatories, confidence):
    """Exposure times the share of the world's offence that signatories hold, their expected
    compliance (*confidence*), and the share of restraint that only fellow signatories enjoy: the
    rest can be had without signing (Barrett 1994).
    """
    return security_club_share * exposure * offence_held_by_signatories * confidence


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """The safety that *i* is promised."""
    return security(
        dials[WORLD_AT.security_club_share],
        variables.traits[TRAIT.exposure, i],
        1.0 if if_all_signed else variables.code[code].offence_share,
        variables.code[code].confidence,
    )


@compiled
def effect(population, codes, variables, dials, code, i, j):
    """The safety that *j*'s restraint promises *i*: by its share of all offensive means."""
    if variables.traits[TRAIT.offence, j] == 0.0:
        return 0.0
    all_offence = 0.0
    for place in range(population.with_means.size):
        owner = population.with_means[place]
        all_offence += (
            variables.traits[TRAIT.offence, owner]
            * population.counts_as[population.people.kind[owner]]
        )
    return security(
        dials[WORLD_AT.security_club_share],
        variables.traits[TRAIT.exposure, i],
        population.counts_as[population.people.kind[j]]
        * variables.traits[TRAIT.offence, j]
        / all_offence,
        variables.code[code].confidence,
    )


MOTIVE = Motive(
    name="security",
    place=90,
    value=value,
    effect=effect,
    weights={
        "state": Weight(
            "the safety that signatories' restraint promises",
            start=0.0,
            scale=0.5,
            label="weight of the safety promised, states",
        ),
        "firm": Weight(
            "the safety that signatories' restraint promises",
            label="weight of the safety promised, firms",
        ),
    },
    formula={
        "states, firms": (
            "`security_club_share` · e · (signatories' share of all offensive means) · confidence"
        )
    },
    source="Barrett 1994",
    lenses=("institutionalist",),
)
