"""Values of the motives of all stakeholders, and attention in all rounds, for the fits: the
functions of the model over arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.engine.arrays import begin, empty_variables
from sim.engine.build import code_arrays, population_arrays
from sim.engine.effects import fill_with_effects
from sim.engine.weigh_motives import fill_with_values
from sim.evidence.maximise import FreeWeight
from sim.motives import MOTIVES, NAMES, ON_SIGNATURES
from sim.parameters import DIALS, Values
from sim.population import Measures, build
from sim.scenario import Scenario
from sim.theory.attention import ANNIVERSARY, attention, attention_share, pulse


@compiled
def fill_with_attention(
    base, campaign, launch, launch_decay, anniversary, anniversary_decay, scale, rounds, values
):
    """Fill values [T] with the attention of the *rounds* [T], a rate a month, without random
    shocks.
    """
    for t in range(rounds.size):
        values[t] = attention(
            base,
            campaign,
            launch,
            launch_decay,
            anniversary,
            anniversary_decay,
            scale,
            1.0,
            rounds[t],
        )


@compiled
def fill_with_pulse(decay, since, values):
    """Fill values [T] with what is left of a pulse of height 1, so many months *since* [T] it
    started.
    """
    for t in range(since.size):
        values[t] = pulse(1.0, decay, since[t])


Floats = NDArray[np.float64]
CALENDAR = ("base", "campaign", "launch", "launch_decay", "anniversary", "anniversary_decay")


class MotiveValues:
    """The motives of a *scenario*'s stakeholders before anybody has signed, by the engine's own
    functions.

    parameters  those of the scenario, or with other structural dials
    population  built under them from *measures*
    still       motive -> [N] its value, 0 for kinds that do not have it
    """

    def __init__(self, scenario: Scenario, parameters: Values, measures: Measures) -> None:
        self.population = build(parameters, measures)
        self._arrays = population_arrays(self.population, scenario)
        self._codes = code_arrays(self.population, (scenario.code,))
        self._dials = np.array([parameters[name] for name in DIALS])
        self._variables = empty_variables(self._arrays, self._codes)
        begin(self._variables, self._arrays, parameters.confidence_start)
        values = np.zeros((len(NAMES), len(self.population.ids)))
        fill_with_values(self._arrays, self._codes, self._variables, self._dials, 0, values)
        self.still: dict[str, Floats] = dict(zip(NAMES, values, strict=True))

    def effects(
        self, motive: str, listeners: NDArray[np.int64], examples: NDArray[np.int64]
    ) -> Floats:
        """[A, B] what the signatures of *examples* [B] add to a *motive* of the *listeners* [A]."""
        effects = np.zeros((len(listeners), len(examples)))
        fill_with_effects(
            self._arrays,
            self._codes,
            self._variables,
            self._dials,
            0,
            ON_SIGNATURES.index(motive),
            listeners,
            examples,
            effects,
        )
        return effects


def motives_of(kind: str) -> tuple[str, ...]:
    """The motives that stakeholders of *kind* have."""
    return tuple(name for name, motive in MOTIVES.items() if kind in motive.weights)


def moving_motives_of(kind: str) -> tuple[str, ...]:
    """Those of them that move with others' signatures."""
    return tuple(name for name in motives_of(kind) if name in ON_SIGNATURES)


def free_weight(kind: str, motive: str) -> FreeWeight:
    """The weight of a *motive* for a *kind*, with the start and the bounds that the motive
    declares.
    """
    weight = MOTIVES[motive].weights[kind]
    return FreeWeight(f"{kind}_{motive}", weight.start, *weight.between, weight.scale)


def ridge_penalty(
    kind: str,
    motives: Iterable[str],
    weights: Mapping[str, float],
    spreads: Mapping[str, float],
    centres: Mapping[str, float],
    ridge: float,
) -> tuple[dict[str, float], dict[str, float]]:
    """A *ridge* on the weights of *motives*, each times the motive's standard deviation, of
    *spreads*: motive -> how far it lies from its centre, whose squares add up to twice the penalty,
    and dial -> slope.
    """
    firmness = {motive: np.sqrt(ridge) * spreads[motive] for motive in motives}
    off = {m: firm * weights[f"{kind}_{m}"] - centres[m] for m, firm in firmness.items()}
    return off, {f"{kind}_{m}": float(off[m] * firm) for m, firm in firmness.items()}


def with_former_sums(effects: Floats, examples: NDArray[np.int64]) -> Floats:
    """[A, C] the *effects* [A, B] of the *examples* [C] alone, each row with its former sum where
    any of it is left.
    """
    among = effects[:, examples]
    before, now = effects.sum(axis=1), among.sum(axis=1)
    return among * np.divide(before, now, out=np.zeros(len(among)), where=now != 0)[:, None]


def attention_shares(gradient: float, capacity: Floats, club: float, in_club: Floats) -> Floats:
    """[n] the share of its kind's attention that each has, in [0, 1], by its *capacity* [n] and by
    membership *in_club* [n], the convenor's club.
    """
    return np.array(
        [
            attention_share(gradient, able, club, member)
            for able, member in zip(capacity, in_club, strict=True)
        ]
    )


class Calendar:
    """A kind's attention in *rounds* [T], a rate a month, and its slopes in the dials of the
    calendar.
    """

    def __init__(
        self, kind: str, dials: Mapping[str, float], scale: float, rounds: NDArray[np.int64]
    ) -> None:
        self.kind, self.scale, self.rounds = kind, scale, rounds
        self.dials = {part: dials[f"{kind}_attention_{part}"] for part in CALENDAR}
        self.attention = np.empty(len(rounds))
        base, campaign, launch, launch_decay, anniversary, anniversary_decay = self.dials.values()
        fill_with_attention(
            base,
            campaign,
            launch,
            launch_decay,
            anniversary,
            anniversary_decay,
            scale,
            rounds,
            self.attention,
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
            "anniversary_decay": -self.scale
            * self.dials["anniversary"]
            * since_anniversary
            * again,
        }
        return {
            f"{self.kind}_attention_{part}": float(rise @ of_attention)
            for part, rise in rises.items()
        }
