"""What one stakeholder weighs when a round deliberates, in every simulated world: the engine's own numbers.

The worlds are played up to that round, its events take place, and `weigh_motives` of sim.engine.stages.motives is
asked, which is what the stage *deliberate* does next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from sim.engine import rounds as engine
from sim.engine.arrays import FREE
from sim.engine.rule import Rule
from sim.engine.stages.motives import weigh_motives
from sim.experiments.outcomes import Array
from sim.experiments.simulate import EachReplicate, Replicate, Setting, simulate
from sim.parameters import AT
from sim.theory.choice import chance_of_signing

EVENTS, DELIBERATE = engine.only("events"), engine.only("deliberate")


@dataclass(frozen=True, eq=False)
class Moment:
    """The round that is explained, as far as it is the same in all worlds: who decides, and with which dials.

    *deciders* are those who decide together, more than one where the European Union votes as a bloc; *state* is one
    world, after the round's events.
    """

    given: Setting
    at: int
    who: int
    deciders: tuple[int, ...]
    dials: Array
    state: Any
    rule: Rule | None

    def dial(self, name: str) -> float:
        """The value of the dial *name* in this round."""
        return dial_in(self.dials, name)

    @property
    def forced(self) -> bool:
        """Whether an event of the scenario decides for it."""
        return bool(self.state.member[0, self.who].forced != FREE)

    def terms(self, text: Any = None) -> Array:
        """[motives] the mean contributions of the deciders in that one world, under another *text* if one is given."""
        given = self.given
        rows = []
        for i in self.deciders:
            weigh_motives(given.world, given.text if text is None else text, self.state, self.dials, 0, i, False)
            rows.append(self.state.contributions.copy())
        return np.mean(rows, axis=0)

    def chance(self, values: Array) -> float:
        """The chance to sign when taking the matter up, for *values* [worlds], on average."""
        decide, rationality = self.rule or chance_of_signing, self.dial("rationality")
        return float(np.mean([decide(float(value), rationality) for value in values]))


@dataclass(frozen=True, eq=False)
class Weighing:
    """What is weighed in Q worlds. `own` and `together` [Q, motives] are the contributions of the one who was asked
    about, and the mean of all who decide together; `own_value` and `value` [Q] their sums, as the engine adds them up.

    `status` [Q] is how it stands when the round's decisions have taken effect. Of everybody [Q, N]: `signed`, `listed`,
    `forced` (an event decides) and `standing` before that; `confidence` [Q].
    """

    own: Array
    own_value: Array
    together: Array
    value: Array
    status: np.ndarray[Any, Any]
    signed: np.ndarray[Any, Any]
    listed: np.ndarray[Any, Any]
    forced: np.ndarray[Any, Any]
    standing: np.ndarray[Any, Any]
    confidence: Array

    @cached_property
    def means(self) -> Array:
        """[motives] `own`, on average over the worlds."""
        return mean_of_worlds(self.own)

    @cached_property
    def means_together(self) -> Array:
        """[motives] `together`, on average over the worlds."""
        return mean_of_worlds(self.together)


def mean_of_worlds(terms: Array) -> Array:
    """[motives] the mean of *terms* [worlds, motives]; where all worlds agree it is their number, to the last bit."""
    return np.where(terms.min(axis=0) == terms.max(axis=0), terms[0], terms.mean(axis=0))


def dial_in(dials: Array, name: str) -> float:
    """The value of the dial *name* in the row of one round."""
    return float(dials[getattr(AT, name)])


def added_up(terms: Array) -> Array:
    """The sum of contributions over the last axis, one motive after the other as the engine adds them."""
    total = np.zeros(terms.shape[:-1])
    for motive in range(terms.shape[-1]):
        total = total + terms[..., motive]
    return total


def moment(given: Setting, who: int, at: int, seed: int, rule: Rule | None) -> Moment:
    """Round *at* for *who*, with one world brought there."""
    world = Replicate(given, seed, 0, rule)
    bring(world, at)
    dials = world.dials(at)
    return Moment(given, at, who, _deciders(given, world.state, dials, who), dials, world.state, rule)


def _deciders(given: Setting, state: Any, dials: Array, who: int) -> tuple[int, ...]:
    """Who decides together with *who*: all of its bloc whom no event binds, where the bloc votes as one."""
    people, forced = given.world.people, state.member.forced[0]
    if dial_in(dials, "bloc_votes") == 0 or people.bloc[who] < 0 or forced[who] != FREE:
        return (who,)
    return tuple(int(i) for i in given.world.bloc_members if forced[i] == FREE)


def bring(world: Replicate, at: int) -> None:
    """Play *world* to how it stands in round *at*, when its events have happened."""
    for t in range(world.setting.first_round, at):
        world.play(t)
    world.play(at, EVENTS)


def weigh(of: Moment, replicates: int, seed: int, workers: int | None) -> Weighing:
    """The `Weighing` of the moment in as many worlds; it does not depend on the number of *workers*."""
    observe = EachReplicate(partial(_weigh_one, of))
    worlds = simulate(of.given, replicates, seed, observe, rule=of.rule, workers=workers)
    return Weighing(*(np.stack(parts) for parts in zip(*worlds, strict=True)))


def _weigh_one(of: Moment, world: Replicate) -> tuple[Any, ...]:
    """The parts of a `Weighing`, in their order, in one replicate."""
    bring(world, of.at)
    state = world.state
    value, terms = _weighed(of, state, of.who)
    together = [_weighed(of, state, i) for i in of.deciders]
    member = state.member[0]
    before = (member.signed.copy(), member.listed.copy(), member.forced != FREE, state.standing.copy())
    confidence = float(state.code.confidence[0])
    world.play(of.at, DELIBERATE)
    mean_value = added_up(np.array([v for v, _ in together])) / len(together)
    mean_terms = added_up(np.stack([t for _, t in together], axis=-1)) / len(together)
    return (terms, value, mean_terms, mean_value, int(member.status[of.who]), *before, confidence)


def _weighed(of: Moment, state: Any, i: int) -> tuple[float, Array]:
    """The value of signing for *i* and the contributions of its motives, in the order of MOTIVES."""
    given = of.given
    value = weigh_motives(given.world, given.text, state, of.dials, 0, i, False)
    return float(value), state.contributions.copy()
