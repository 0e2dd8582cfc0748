"""The values of the motives as the fit reads them: the functions of sim.theory, called for everybody or every round."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.population import Population
from sim.text import Code
from sim.theory.attention import attention, attention_share
from sim.theory.motives.affinity import affinity
from sim.theory.motives.restraint import restraint
from sim.world import alignment

Floats = NDArray[np.float64]


def standing_still(population: Population, code: Code) -> dict[str, Floats]:
    """Motive -> its value [N], for the motives that neither the round nor others' signatures move."""
    votes, club, bloc = alignment(population, code)
    near = [
        affinity(openness, public_rule, code.openness, code.public_rule)
        for openness, public_rule in zip(population.trait("openness"), population.trait("public_rule"), strict=True)
    ]
    given_up = [restraint(code.depth_restraint, offence) for offence in population.trait("offence")]
    return {
        "inclination": np.ones(len(population.ids)),
        "affinity": np.array(near),
        "convenor_votes": votes,
        "convenor_club": club,
        "convenor_bloc": bloc,
        "record": population.record,
        "restraint": np.array(given_up),
    }


def attention_shares(gradient: float, capacity: Floats, club: float, in_club: Floats) -> Floats:
    """[n] how much of its kind's attention each has, by *capacity* [n] and whether it sits *in_club* [n], the
    convenor's.
    """
    return np.array(
        [attention_share(gradient, able, club, member) for able, member in zip(capacity, in_club, strict=True)]
    )


def take_up_rates(dials: Mapping[str, float], kind: str, shares: Floats, rounds: NDArray[np.int64]) -> Floats:
    """Rate a month [n, T] at which those of *kind* with these *shares* [n] of its attention take the matter up in
    *rounds* [T].
    """
    names = ("base", "campaign", "launch", "launch_decay", "anniversary", "anniversary_decay")
    base, campaign, launch, launch_decay, anniversary, anniversary_decay = (
        dials[f"{kind}_attention_{name}"] for name in names
    )
    scale, shock = dials["attention_scale"], 1.0
    by_round = np.array(
        [
            attention(base, campaign, launch, launch_decay, anniversary, anniversary_decay, scale, shock, int(t))
            for t in rounds
        ]
    )
    return np.outer(shares, by_round)
