"""What is the same in all worlds of a scenario, as lists of numbers, and what follows from traits
and dials alone.

Both are made once and shared by all worlds, as the engine shares its arrays.
"""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from functools import cached_property
from itertools import accumulate
from math import exp, sqrt
from types import SimpleNamespace
from typing import Any, NamedTuple

from sim.engine.arrays import OPERATION, PRACTICE, STRIKE_BACK
from sim.experiments.simulate import Setting
from sim.kinds_and_statuses import KINDS, TRAITS
from sim.parameters import DIALS

STATE, FIRM, NGO = range(3)
TEXT = ("openness", "public_rule", "depth_restraint", "depth_burden", "convenor")
USUAL_FRIENDS = 0.3
OWN_SIDE = 0.1


def logistic(value: float) -> float:
    """1 / (1 + exp(-value)), whatever the size of *value*."""
    return 1.0 / (1.0 + exp(-value)) if value > -700.0 else 0.0


class Act(NamedTuple):
    """What a provision forbids or asks for."""

    restraint: float
    ambition: float
    concerns: list[bool]  # by class of those whom it may bind
    forbidden: bool


class Change(NamedTuple):
    """An event that concerns one stakeholder."""

    what: int
    who: int
    trait: int
    value: float
    earnest: bool


class Firms(NamedTuple):
    """The firms among those whom a practice concerns: from *first* to *end*, with weights and their
    sum.
    """

    first: int
    end: int
    weights: list[float]
    all_weight: float


class Facts:
    """A *setting* as plain Python: lists by the number of a stakeholder, states first, then firms,
    then NGOs.
    """

    def __init__(self, setting: Setting) -> None:
        arrays, codes = setting.population_arrays, setting.codes
        people = arrays.people
        self.kind, self.bound_as, self.group = (
            people.kind.tolist(),
            people.bound_as.tolist(),
            people.group.tolist(),
        )
        self.home, self.patron, self.record = (
            people.home.tolist(),
            people.patron.tolist(),
            people.record.tolist(),
        )
        self.ideal_point, self.friends = people.ideal_point.tolist(), arrays.friends.tolist()
        self.number, self.states = len(self.kind), len(self.friends)
        self.firms = self.kind.count(FIRM)
        self.group_sizes = [self.group.count(g) for g in range(5)]
        self.bloc = arrays.bloc_members.tolist()
        self.with_means = arrays.with_means.tolist()
        self.traits = SimpleNamespace(**dict(zip(TRAITS, arrays.traits.tolist(), strict=True)))
        self.ties = _pairs(arrays.ties_start, arrays.ties_to, arrays.ties_weight)
        self.heeded = _pairs(arrays.heeded_start, arrays.heeded_by, arrays.heeded_weight)
        self.own = [
            arrays.own[a:b].tolist()
            for a, b in zip(arrays.own_start, arrays.own_start[1:], strict=False)
        ]

        self.text = SimpleNamespace(
            **{name: getattr(codes.traits, name)[0].item() for name in TEXT}
        )
        self.votes, self.club, self.seat = codes.convenor[0].tolist()
        self.may_sign = [flag == 1 for flag in codes.may_sign[0].tolist()]
        concerns, forbids = (codes.concerns == 1).tolist(), (codes.forbids[:, 0] == 1).tolist()
        acts = list(
            map(Act, codes.act.restraint.tolist(), codes.ambition[0].tolist(), concerns, forbids)
        )
        conduct = codes.act.conduct.tolist()
        self.operations, self.practices, self.strikes = (
            [act for act, kind in zip(acts, conduct, strict=True) if kind == wanted]
            for wanted in (OPERATION, PRACTICE, STRIKE_BACK)
        )

        self.first_round = setting.first_round
        rows = [tuple(row) for row in setting.schedule.tolist()]
        dials = {row: SimpleNamespace(**dict(zip(DIALS, row, strict=True))) for row in rows}
        self.dials = [dials[row] for row in rows]  # by round; the same object where nothing changes
        self.events: dict[int, list[Change]] = defaultdict(list)
        events = setting.events
        for when, *event in zip(
            events.round,
            events.what,
            events.who,
            events.name,
            events.value,
            events.earnest,
            strict=True,
        ):
            self.events[int(when)].append(Change(*(value.item() for value in event)))
        self.targets_by: dict[float, dict[int, list[float]]] = defaultdict(
            dict
        )  # rivalry -> as `Consequences.targets`
        self._consequences: dict[int, Consequences] = {}  # by the id of dials, which live as long

    def under(self, **dials: float) -> Facts:
        """These facts with *dials* at other values in all rounds; the rest is shared."""
        other = copy(self)
        other.dials = [SimpleNamespace(**{**vars(self.dials[0]), **dials})] * len(self.dials)
        other._consequences = {}
        return other

    def consequences(self, dials: Any) -> Consequences:
        """What follows from *dials* and the traits at the start."""
        key = id(dials)
        if key not in self._consequences:
            self._consequences[key] = Consequences(self, self.traits, dials)
        return self._consequences[key]


def _pairs(start: Any, to: Any, weight: Any) -> list[list[tuple[int, float]]]:
    """For each stakeholder the others to whom it is tied, with weights."""
    pairs = list(zip(to.tolist(), weight.tolist(), strict=True))
    return [pairs[a:b] for a, b in zip(start.tolist(), start.tolist()[1:], strict=False)]


class Consequences:
    """What follows from traits and dials alone: the part of each motive that does not change, and
    fixed chances.
    """

    def __init__(self, facts: Facts, traits: Any, dials: Any) -> None:
        self.facts, self.traits, self.dials = facts, traits, dials
        self.all_power = sum(traits.weight[: facts.states])
        self.all_exposure = sum(traits.exposure[: facts.states])
        self.all_offence = sum(traits.offence[i] for i in facts.with_means)
        self._targets = facts.targets_by[dials.target_rivalry] if traits is facts.traits else {}

    @cached_property
    def value(self) -> list[float]:
        """The sum of the motives that nobody's signature moves (logits)."""
        return [self._value(i) for i in range(self.facts.number)]

    def _value(self, i: int) -> float:
        facts, traits, dials, text = self.facts, self.traits, self.dials, self.facts.text
        kind = facts.kind[i]
        side = 2.0 * text.openness - 1.0
        openness, offence = traits.openness[i], traits.offence[i]
        across, along = openness - text.openness, traits.public_rule[i] - text.public_rule
        motives = {
            "inclination": 1.0,
            "affinity": 1.0 - 2.0 * sqrt((across * across + along * along) / 2.0),
            "record": facts.record[i] * side,
            "burden": -text.depth_burden * (1.0 - traits.capacity[i]),
        }
        if kind == STATE:
            direction = (2.0 * openness - 1.0) * side
            own_text = text.convenor == i
            given_up = 0.0 if own_text else text.depth_restraint * offence
            motives |= {
                "direction": direction,
                "ideal_point": facts.ideal_point[i] * side,
                "convenor_votes": facts.votes[i],
                "convenor_club": facts.club[i],
                "convenor_bloc": facts.seat[i],
                "restraint": -given_up,
                "reassurance": given_up * facts.votes[i] * min(1.0, max(0.0, direction) / OWN_SIDE),
            }
        weights = vars(dials)
        return sum(
            weights.get(f"{KINDS[kind]}_{name}", 0.0) * value for name, value in motives.items()
        )

    @cached_property
    def attention(self) -> list[float]:
        """The share of its kind's attention that each has."""
        dials, facts = self.dials, self.facts
        gradients = (dials.state_attention_gradient, *[dials.organisations_attention_gradient] * 2)
        return [
            exp(
                -gradients[facts.kind[i]]
                * (1.0 - capacity)
                * (1.0 - dials.state_attention_club * facts.club[i])
            )
            for i, capacity in enumerate(self.traits.capacity)
        ]

    @cached_property
    def usual_victim(self) -> tuple[float, float]:
        """Weight and friends of the average victim, states weighted by exposure."""
        if not self.all_exposure:
            return 0.0, 0.0
        exposed = list(
            zip(self.traits.exposure, self.traits.weight, self.facts.friends, strict=False)
        )
        return (
            sum(exposure * weight for exposure, weight, _ in exposed) / self.all_exposure,
            sum(exposure * friends for exposure, _, friends in exposed) / self.all_exposure,
        )

    def chance_named(self, i: int, backing: float, watched: float) -> float:
        """The chance of *i* to be traced and named by the usual victim."""
        dials, victim_weight = self.dials, self.usual_victim[0]
        return (1.0 - (1.0 - dials.attribution_quality) * (1.0 - watched)) * logistic(
            dials.naming_base
            + dials.naming_weight * victim_weight
            + dials.naming_friends * (backing - USUAL_FRIENDS)
            - dials.naming_dependence * max(0.0, self.traits.weight[i] - victim_weight)
        )

    @cached_property
    def authors(self) -> list[tuple[int, float, float, list[Act], float]]:
        """Those who may operate: number; the chance that any of its acts passes, and that one does,
        under the most that it is tempted to; its acts; the restraint on it whatever the code
        (logits).
        """
        dials, authors = self.dials, []
        for i in self.facts.with_means:
            offence = self.traits.offence[i]
            acts = [act for act in self.facts.operations if act.concerns[self.facts.bound_as[i]]]
            if offence and acts:
                most = logistic(dials.operation_base + 2.0 * dials.temptation * offence)
                shame = self.chance_named(i, self.usual_victim[1], 0.0) * self.traits.audience[i]
                anyway = dials.deterrence * dials.baseline_share * shame
                authors.append((i, 1.0 - (1.0 - most) ** len(acts), most, acts, anyway))
        return authors

    @cached_property
    def suspects(self) -> list[int]:
        """Those who may be taken for an author."""
        return [i for i in self.facts.with_means if self.traits.offence[i]]

    def targets(self, i: int) -> list[float]:
        """The running sum of the attractiveness of states as targets of *i*."""
        if i not in self._targets:
            traits, home = self.traits, self.facts.home[i]
            openness, public_rule, rivalry = (
                traits.openness[i],
                traits.public_rule[i],
                self.dials.target_rivalry,
            )
            weights = []
            for j in range(self.facts.states):
                across, along = openness - traits.openness[j], public_rule - traits.public_rule[j]
                distance = sqrt((across * across + along * along) / 2.0)
                weights.append(
                    traits.exposure[j] * (1.0 + rivalry * distance) if j != home else 0.0
                )
            self._targets[i] = list(accumulate(weights))
        return self._targets[i]

    def chance_of_lapse(self, i: int, pledged_ambition: float) -> float:
        """The chance that *i* neglects a practice in a month."""
        dials = self.dials
        return (
            dials.lapse_base
            * (1.0 - dials.lapse_capacity * self.traits.capacity[i])
            * (1.0 - dials.lapse_pledge * pledged_ambition)
        )

    @cached_property
    def lapses(self) -> list[list[float]]:
        """For each practice the chances of those whom it concerns, in their order, without any
        pledge.
        """
        return [[self.chance_of_lapse(i, 0.0) for i in who] for who in self.keepers]

    @cached_property
    def keepers(self) -> list[list[int]]:
        """For each practice those whom it concerns."""
        return [
            [i for i, c in enumerate(self.facts.bound_as) if act.concerns[c]]
            for act in self.facts.practices
        ]

    @cached_property
    def places(self) -> list[dict[int, int]]:
        """For each practice the place of each of those among them."""
        return [{i: place for place, i in enumerate(who)} for who in self.keepers]

    @cached_property
    def firms(self) -> list[Firms]:
        """For each practice the firms among them."""
        kind, weight, firms = self.facts.kind, self.traits.weight, []
        for who in self.keepers:
            first = sum(kind[i] == STATE for i in who)
            weights = [weight[i] for i in who if kind[i] == FIRM]
            firms.append(Firms(first, first + len(weights), weights, sum(weights)))
        return firms

    @cached_property
    def exposed(self) -> list[list[float]]:
        """For each practice the exposure of the states among them, which come first."""
        kind, exposure = self.facts.kind, self.traits.exposure
        return [[exposure[i] for i in who if kind[i] == STATE] for who in self.keepers]
