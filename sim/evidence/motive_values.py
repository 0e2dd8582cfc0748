"""Values of the motives of all stakeholders, and attention in all rounds, for the fits: functions of sim.theory over
arrays.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.code_of_conduct import Code
from sim.compiled import compiled
from sim.engine.build import alignment
from sim.population import Population
from sim.theory.attention import ANNIVERSARY, attention, attention_share, pulse
from sim.theory.motives import affinity, restraint


@compiled
def fill_with_attention(base, campaign, launch, launch_decay, anniversary, anniversary_decay, scale, rounds, values):
    """Fill values [T] with the attention of the *rounds* [T], a rate a month, without random shocks."""
    for t in range(rounds.size):
        values[t] = attention(
            base, campaign, launch, launch_decay, anniversary, anniversary_decay, scale, 1.0, rounds[t]
        )


@compiled
def fill_with_pulse(decay, since, values):
    """Fill values [T] with what is left of a pulse of height 1, so many months *since* [T] it started."""
    for t in range(since.size):
        values[t] = pulse(1.0, decay, since[t])


Floats = NDArray[np.float64]
CALENDAR = ("base", "campaign", "launch", "launch_decay", "anniversary", "anniversary_decay")


def standing_still(population: Population, code: Code) -> dict[str, Floats]:
    """Motive -> its value [N], of the motives that depend neither on the round nor on others' signatures."""
    votes, club, bloc = alignment(population, code)
    near = [
        affinity(openness, public_rule, code.openness, code.public_rule)
        for openness, public_rule in zip(population.trait("openness"), population.trait("public_rule"), strict=True)
    ]
    depth = code.depth_restraint
    restraints = [restraint(depth, offence) for offence in population.trait("offence")]
    return {
        "inclination": np.ones(len(population.ids)),
        "affinity": np.array(near),
        "convenor_votes": votes,
        "convenor_club": club,
        "convenor_bloc": bloc,
        "record": population.record,
        "restraint": np.array(restraints),
    }


def attention_shares(gradient: float, capacity: Floats, club: float, in_club: Floats) -> Floats:
    """[n] the share of its kind's attention that each has, in [0, 1], by its *capacity* [n] and by membership *in_club*
    [n], the convenor's club.
    """
    return np.array(
        [attention_share(gradient, able, club, member) for able, member in zip(capacity, in_club, strict=True)]
    )


class Calendar:
    """A kind's attention in *rounds* [T], a rate a month, and its slopes in the dials of the calendar."""

    def __init__(self, kind: str, dials: Mapping[str, float], scale: float, rounds: NDArray[np.int64]) -> None:
        self.kind, self.scale, self.rounds = kind, scale, rounds
        self.dials = {part: dials[f"{kind}_attention_{part}"] for part in CALENDAR}
        self.attention = np.empty(len(rounds))
        base, campaign, launch, launch_decay, anniversary, anniversary_decay = self.dials.values()
        fill_with_attention(
            base, campaign, launch, launch_decay, anniversary, anniversary_decay, scale, rounds, self.attention
        )

    def slopes(self, of_attention: Floats) -> dict[str, float]:
        """Dial -> slope, where the attention of each round has the slopes *of_attention* [T]."""
        since, since_anniversary = self.rounds, self.rounds - ANNIVERSARY
        at_launch, again = np.empty((2, len(since)))
        fill_with_pulse(self.dials["launch_decay"], since, at_launch)
        fill_with_pulse(self.dials["anniversary_decay"], since_anniversary, again)
        rises = {
            "base": np.ones(len(since)),
            "campaign": self.scale * (since <= 0),
            "launch": self.scale * at_launch,
            "launch_decay": -self.scale * self.dials["launch"] * since * at_launch,
            "anniversary": self.scale * again,
            "anniversary_decay": -self.scale * self.dials["anniversary"] * since_anniversary * again,
        }
        return {f"{self.kind}_attention_{part}": float(rise @ of_attention) for part, rise in rises.items()}
