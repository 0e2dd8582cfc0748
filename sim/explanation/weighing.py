"""The value of signing for one stakeholder in one round, in every simulated world, as the engine
computes it.

The worlds are played up to that round and its events, and `weigh_motives` of
sim.engine.weigh_motives computes the value of signing, as the stage *deliberate* does next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from sim.engine import rounds as engine
from sim.engine.arrays import FREE
from sim.engine.rule import Rule, failures_told
from sim.engine.weigh_motives import weigh_some
from sim.experiments.outcomes import PERCENTILES, Array
from sim.experiments.simulate import EachReplicate, Numbers, Replicate, Setting, worlds_of
from sim.explanation.trial import Simulation
from sim.kinds_and_statuses import STATE
from sim.motives import NAMES
from sim.parameters import AT, DIALS
from sim.theory.signing import fill_with_chances

OTHER_CODE = "other_code"
EVENTS, DELIBERATE = engine.only("events"), engine.only("deliberate")
TAKING_UP = engine.only("events", "deliberate")._replace(waiting=False)


@dataclass(frozen=True, eq=False)
class Moment:
    """The parts of the round that are the same in all worlds: who decides, and with which dials.

    index: the stakeholder's place in the population; *deciders* are those who decide together, more
    than one where the European Union votes as a bloc; *state* is one world, after the round's
    events.
    """

    setting: Setting
    round: int
    index: int
    deciders: tuple[int, ...]
    dials: Array
    state: Any
    rule: Rule | None

    def dial(self, name: str) -> float:
        """The value of the dial *name* in this round."""
        return dial_value(self.dials, name)

    @property
    def forced(self) -> bool:
        """Whether an event of the scenario decides for it."""
        return bool(self.state.member.forced[0, self.index] != FREE)

    def terms(self, codes: Any = None, dials: Array | None = None) -> Array:
        """[motives] the mean contributions of the deciders in one world, under other *codes*
        (CodeArrays) or *dials* if given.
        """
        codes = self.setting.codes if codes is None else codes
        dials = self.dials if dials is None else dials
        _, terms = values_and_terms(self.setting, codes, self.state, dials, np.array(self.deciders))
        return np.asarray(terms.mean(axis=0))

    def chance(self, values: Array) -> float:
        """The chance to sign when taking the matter up, for *values* [worlds], on average."""
        rule, rationality = self.rule, self.dial("rationality")
        if rule is None:
            chances = np.empty(len(values))
            fill_with_chances(np.ascontiguousarray(values), rationality, chances)
            return float(np.mean(chances))
        with failures_told():
            return float(np.mean([rule(float(value), rationality) for value in values]))


@dataclass(frozen=True, eq=False)
class Circumstances:
    """How all stakeholders stand in Q worlds [Q, N] before the round's decisions take effect:
    `signed`, `listed`, `forced` (an event decides) and `standing`; `confidence` [Q].
    """

    signed: np.ndarray[Any, Any]
    listed: np.ndarray[Any, Any]
    forced: np.ndarray[Any, Any]
    standing: np.ndarray[Any, Any]
    confidence: Array


@dataclass(frozen=True, eq=False)
class Weighing(Circumstances):
    """Contributions and values in these worlds. `own` and `together` [Q, motives]: the
    contributions of the stakeholder, and the mean of all who decide together; `own_value` and
    `value` [Q]: their sums, added in the engine's order. `status` [Q]: its status when the round's
    decisions have taken effect.
    """

    own: Array
    own_value: Array
    together: Array
    value: Array
    status: np.ndarray[Any, Any]

    @cached_property
    def means(self) -> Array:
        """[motives] `own`, on average over the worlds."""
        return mean_of_worlds(self.own)

    @cached_property
    def means_together(self) -> Array:
        """[motives] `together`, on average over the worlds."""
        return mean_of_worlds(self.together)


def mean_of_worlds(terms: Array) -> Array:
    """[motives] the mean of *terms* [worlds, motives]; where all worlds agree it is their number,
    to the last bit.
    """
    return np.where(terms.min(axis=0) == terms.max(axis=0), terms[0], terms.mean(axis=0))


def dial_value(dials: Array, name: str) -> float:
    """The value of the dial *name* in the row of one round."""
    return float(dials[getattr(AT, name)])


def sum_of_terms(terms: Array) -> Array:
    """The sum of contributions over the last axis, one motive after the other as the engine adds
    them.
    """
    total = np.zeros(terms.shape[:-1])
    for motive in range(terms.shape[-1]):
        total = total + terms[..., motive]
    return total


def moment_of(
    setting: Setting, index: int, round_number: int, seed: int, rule: Rule | None
) -> Moment:
    """The `Moment` of the stakeholder *index* in round *round_number*, with one world played up to
    it.
    """
    world = Replicate(setting, seed, 0, rule)
    bring(world, round_number)
    dials = world.dials(round_number)
    deciders = _deciders(setting, world.state, dials, index)
    return Moment(setting, round_number, index, deciders, dials, world.state, rule)


def _deciders(setting: Setting, state: Any, dials: Array, index: int) -> tuple[int, ...]:
    """Who decides together with *index*: all of its bloc whom no event binds, where the bloc votes
    as one.
    """
    people, forced = setting.population_arrays.people, state.member.forced[0]
    if dial_value(dials, "bloc_votes") == 0 or people.bloc[index] < 0 or forced[index] != FREE:
        return (index,)
    return tuple(int(i) for i in setting.population_arrays.bloc_members if forced[i] == FREE)


def values_and_terms(
    setting: Setting, codes: Any, state: Any, dials: Array, who: Numbers
) -> tuple[Array, Array]:
    """[n] the value of signing of each of *who* [n] in one world, and [n, motives] the
    contributions to it.
    """
    values, terms = np.empty(len(who)), np.empty((len(who), len(state.contributions)))
    weigh_some(setting.population_arrays, codes, state, dials, 0, who, values, terms)
    return values, terms


def bring(world: Replicate, round_number: int) -> None:
    """Play *world* up to that round and its events, as far as signing depends on it."""
    world.play_signing_before(round_number)
    world.play(round_number, EVENTS)


@dataclass(frozen=True, eq=False)
class AllWeighings(Circumstances):
    """Contributions and values of the stakeholders *who* [K] in these worlds: `contributions` [Q,
    K, motives], `values` and `status` [Q, K].
    """

    contributions: Array
    values: Array
    status: np.ndarray[Any, Any]
    who: Numbers

    def of(self, moment: Moment) -> Weighing:
        """The `Weighing` of *moment*, whose deciders are among these stakeholders."""
        place, places = (
            np.searchsorted(self.who, moment.index),
            np.searchsorted(self.who, moment.deciders),
        )
        own, own_value = self.contributions[:, place].copy(), self.values[:, place].copy()
        together, value = own, own_value
        if moment.deciders != (moment.index,):
            together = sum_of_terms(self.contributions[:, places].transpose(0, 2, 1)) / len(places)
            value = sum_of_terms(self.values[:, places]) / len(places)
        return Weighing(
            self.signed, self.listed, self.forced, self.standing, self.confidence,
            own, own_value, together, value, self.status[:, place],
        )  # fmt: skip


def weigh_all(run: Simulation, who: Numbers, round_number: int) -> AllWeighings:
    """The `AllWeighings` of *who* (rising) in round *round_number* in the worlds of *run*, whatever
    its workers.
    """
    observe = EachReplicate(
        partial(_weigh_in_one, run.setting, who, round_number), in_one_state=True
    )
    worlds = worlds_of(run.request, run.setting, observe)
    columns: list[Any] = [np.stack(parts) for parts in zip(*worlds, strict=True)]
    return AllWeighings(*[*columns, who])


def _weigh_in_one(
    setting: Setting, who: Numbers, round_number: int, world: Replicate
) -> tuple[Any, ...]:
    """The parts of `AllWeighings`, in their order, in one replicate."""
    bring(world, round_number)
    state, member = world.state, world.state.member
    values, terms = values_and_terms(setting, setting.codes, state, world.dials(round_number), who)
    before = (
        member.signed[0].copy(),
        member.listed[0].copy(),
        member.forced[0] != FREE,
        state.standing.copy(),
    )
    confidence = float(state.code.confidence[0])
    world.play(round_number, DELIBERATE)
    return (*before, confidence, terms, values, member.status[0, who])


# Of each run those of all states in the month asked about last, as the next question is often about
# another state.
_LAST: WeakKeyDictionary[Simulation, tuple[int, AllWeighings]] = WeakKeyDictionary()


def weigh(moment: Moment, run: Simulation) -> Weighing:
    """The `Weighing` of *moment* in the worlds of *run*."""
    states = np.flatnonzero(run.setting.population.kind == STATE)
    if moment.index not in states:
        return weigh_all(run, np.array([moment.index]), moment.round).of(moment)
    last = _LAST.get(run)
    if last is None or last[0] != moment.round:
        last = moment.round, weigh_all(run, states, moment.round)
        _LAST[run] = last
    return last[1].of(moment)


@dataclass(frozen=True)
class Contribution:
    """The contribution of one *motive* of a *kind* to the value of signing, in logits: the mean
    over worlds, the 5th and 95th percentile, and `together`, the mean of all who decide together
    (the same where it decides alone).
    """

    motive: str
    kind: str
    value: float
    low: float
    high: float
    together: float

    @property
    def differs(self) -> bool:
        """Whether it is not the same in all worlds."""
        return self.low != self.high

    @property
    def speaks(self) -> str:
        """Whether it is `for` signing, or `against` it, or `neither`."""
        return "for" if self.value > 0 else "against" if self.value < 0 else "neither"


def contributions(kind: str, weighing: Weighing) -> list[Contribution]:
    """All motives that stakeholders of *kind* have (those with a weight), and what its signature of
    a second code adds, the largest first.
    """
    low, high = (np.percentile(weighing.own, q, axis=0) for q in (PERCENTILES[0], PERCENTILES[-1]))
    places = {name: m for m, name in enumerate(NAMES) if f"{kind}_{name}" in DIALS}
    if weighing.own.shape[1] > len(NAMES):  # beside a second code
        places[OTHER_CODE] = -1
    parts = weighing.means, low, high, weighing.means_together
    rows = [
        Contribution(motive, kind, *(float(part[place]) for part in parts))
        for motive, place in places.items()
    ]
    return sorted(rows, key=lambda contribution: -abs(contribution.value))
