"""The peer's model: the rounds, tallies kept as things happen, and the outcomes that its
DataCollector takes.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from itertools import compress
from math import exp
from typing import Any

import mesa

from benchmarks.pure_mesa.agents import AGENT_TYPES, Stakeholder
from benchmarks.pure_mesa.conduct import MEMORY, Conduct
from benchmarks.pure_mesa.facts import STATE, Consequences, Facts
from benchmarks.pure_mesa.signing import Signing
from sim.engine.arrays import DECLINED, LEFT, WAITING
from sim.kinds_and_statuses import GROUPS, KINDS
from sim.mesa.readings import NAMES

HARM = (
    "harm_gross",
    "harm_saved",
    "strike_harm_gross",
    "strike_harm_saved",
    "crime_let_through",
    "harm_by_members",
    "harm_by_others",
)
NAN = float("nan")


def _outcome(model: PeerModel, name: str) -> float:
    return model.outcomes[name]


class PeerModel(Conduct, Signing, mesa.Model):
    """One world of *facts* under the luck of *seed*, to be stepped until it stops `running`.
    *conduct*: whether there is anything but signing.
    """

    def __init__(self, facts: Facts, seed: int, conduct: bool = True) -> None:
        super().__init__(rng=seed)
        self.facts, self.conduct = facts, conduct
        self.round, self.dials = facts.first_round - 1, facts.dials[0]
        self.people: list[Stakeholder] = [
            AGENT_TYPES[kind](self, i) for i, kind in enumerate(facts.kind)
        ]
        gauss, dials = self.random.gauss, self.dials
        spreads = (
            dials.state_attention_shock,
            dials.firm_attention_shock,
            dials.ngo_attention_shock,
        )
        self.shock = [exp(spread * gauss(0.0, 1.0)) for spread in spreads]
        self.confidence, self.has_force = dials.confidence_start, False
        self.signed, self.listed, self.taken_up = [0] * 3, [0] * 3, [0] * 3
        self.by_status = [[0] * 3 for _ in range(LEFT + 1)]
        self.due: dict[int, list[Stakeholder]] = defaultdict(list)
        self.own_listed = [0] * facts.states
        self.norm_place = {i: place for place, i in enumerate(facts.with_means)}
        self.norm = [0.0] * len(facts.with_means)
        self.operations: list[Any] = []
        self.breakers: dict[
            Stakeholder, None
        ] = {}  # of the code in this round; a set would have no order
        self.lowered: dict[Stakeholder, None] = {}  # whose standing is below 1
        self.power = self.offence = 0.0
        self.lists_hold = False
        self.outcomes: dict[str, float] = {}
        self.hold(facts.consequences(self.dials))
        names = [*NAMES, *HARM] if conduct else [name for name in NAMES if name.startswith(SIGNING)]
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "round": "round",
                **{name: partial(_outcome, name=name) for name in names},
            }
        )

    def hold(self, static: Consequences) -> None:
        """Go by *static* from now on, with all that a world keeps of it anew."""
        facts, traits = self.facts, static.traits
        self.static = static
        states = self.people[: facts.states]
        self.power = sum(traits.weight[who.index] for who in states if who.signed)
        self.offence = sum(traits.offence[i] for i in facts.with_means if self.people[i].signed)
        self.any_chance = [author[1] for author in static.authors]
        self.lapses = [list(chances) for chances in static.lapses]
        self.pace = [self.dials.norm_outsiders] * len(facts.with_means)
        self._members: list[Stakeholder] | None = None
        for who in self.people:
            if who.signed or who.bound:
                self.bind(who)

    def change_status(self, who: Stakeholder, status: int) -> None:
        """Set *status* of *who*, and count it."""
        self.by_status[who.status][who.kind] -= 1
        self.by_status[status][who.kind] += 1
        who.status = status

    def account_for(self, who: Stakeholder, sign: int) -> None:
        """Keep the shares that signatories hold when *who* joins (1) or leaves (-1)."""
        traits, i = self.static.traits, who.index
        if who.kind == STATE:
            self.power += sign * traits.weight[i]
        if i in self.norm_place:
            self.offence += sign * traits.offence[i]
        self.bind(who)

    def in_force(self) -> bool:
        """Whether the code has consequences."""
        return self.dials.ratification_needed == 0.0 or self.has_force

    def bind(self, who: Stakeholder) -> None:
        """Set whether the code binds *who*, and what follows from that."""
        has_to_ratify = self.dials.ratification_needed > 0.0 and who.kind == STATE
        who.bound = who.signed and self.in_force() and (who.ratified or not has_to_ratify)
        who.pledged = who.bound and not who.in_name
        for act, places, lapses in zip(
            self.facts.practices, self.static.places, self.lapses, strict=True
        ):
            place = places.get(who.index)
            if place is not None:
                lapses[place] = self.static.chance_of_lapse(who.index, act.ambition * who.pledged)
        place = self.norm_place.get(who.index)
        if place is not None:
            self.pace[place] = 1.0 if who.bound else self.dials.norm_outsiders
            self._members = None

    def members(self) -> list[Stakeholder]:
        """Those with offensive means whom the code binds."""
        if self._members is None:
            offence = self.static.traits.offence
            self._members = [
                self.people[i]
                for i in self.facts.with_means
                if self.people[i].bound and offence[i] > 0.0
            ]
        return self._members

    @property
    def power_share(self) -> float:
        """The share of the states' material power that signatories hold."""
        return self.power / self.static.all_power if self.static.all_power else 0.0

    @property
    def offence_share(self) -> float:
        """The share of all offensive means that signatories hold."""
        return self.offence / self.static.all_offence if self.static.all_offence else 0.0

    def step(self) -> None:
        """One round."""
        self.round += 1
        dials = self.facts.dials[self.round - self.facts.first_round]
        if dials is not self.dials:
            same_traits = self.static.traits is self.facts.traits
            self.dials, self.lists_hold = dials, False
            static = self.facts.consequences(dials) if same_traits else Consequences(
                self.facts, self.static.traits, dials
            )  # fmt: skip
            self.hold(static)
        self.strikes = self.chains = self.runaway = 0
        self.breakers.clear()
        self.strike_harm_gross = self.strike_harm_saved = 0.0
        self.events()
        self.deliberate()
        if self.conduct and self.round >= 0:
            self.keep_practices()
            self.suppliers = self.suppliers_practices()
            self.operate()
            self.attribute()
            self.respond()
            self.learn()
        self.outcomes = self.count()
        self.running = self.round < self.facts.first_round + len(self.facts.dials) - 1
        self.datacollector.collect(self)

    def count(self) -> dict[str, float]:
        """The outcomes of the round."""
        counts: dict[str, float] = {"power_share": self.power_share}
        tallies = {
            "signatories": self.signed, "listed": self.listed, "taken_up": self.taken_up,
            "waiting": self.by_status[WAITING], "declined": self.by_status[DECLINED],
            "withdrawn": self.by_status[LEFT],
        }  # fmt: skip
        for name, tally in tallies.items():
            for kind, number in zip(KINDS, tally, strict=True):
                counts[f"{name}_{kind}"] = number
        if self.conduct:
            self.count_conduct(counts)
        return counts

    def count_conduct(self, counts: dict[str, float]) -> None:
        """Add what follows from conduct to *counts*."""
        now, group = self.round, self.facts.group
        operations, named, blamed, against, members, keeping, seen, lapses = (
            [0] * 5 for _ in range(8)
        )
        traced = gross = saved = by_members = by_others = 0.0
        for operation in self.operations:
            author, accused = operation.author, operation.accused
            operations[group[author.index]] += 1
            if accused is not None:
                traced += 1
                if operation.named:
                    (named if accused is author else blamed)[group[accused.index]] += 1
            averted = operation.severity * self.protection(operation.victim, self.suppliers)
            gross += operation.severity
            saved += averted
            if author.signed:
                by_members += operation.severity - averted
            else:
                by_others += operation.severity - averted
        norms = 0.0
        for who in self.members():
            g, i = group[who.index], who.index
            members[g] += 1
            keeping[g] += now - who.last_against >= MEMORY
            seen[g] += now - who.last_seen >= MEMORY
            norms += self.norm[self.norm_place[i]]
        for who in self.breakers:
            if who.index in self.norm_place:
                against[group[who.index]] += 1
        sizes = self.facts.group_sizes
        standing = list(map(float, sizes))
        for who in self.lowered:
            standing[group[who.index]] -= 1.0 - who.standing
        if now >= 0:
            self.count_lapses(lapses)
        by_group = {
            "operations": operations,
            "acted_against": against,
            "compliance": _shares(keeping, members),
            "observed_compliance": _shares(seen, members),
            "lapses": lapses,
            "named": named,
            "wrongly_blamed": blamed,
            "standing": _shares(standing if now >= 0 else [0.0] * 5, sizes),
        }
        for name, values in by_group.items():
            parts = values if len(values) > len(GROUPS) else [*values, sum(values)]
            for part, value in zip((*GROUPS, "all"), parts, strict=True):
                counts[f"{name}_{part}"] = value
        all_members = sum(members)
        counts |= {
            "ratified": self.ratifications() if self.dials.ratification_needed else 0,
            "in_force": float(now >= 0 and self.in_force()),
            "traced": traced,
            "strikes": self.strikes,
            "chains": self.chains,
            "runaway": self.runaway,
            "confidence": self.confidence,
            "internalisation": norms / all_members if all_members else 0.0,
            "harm_gross": gross,
            "harm_saved": saved,
            "strike_harm_gross": self.strike_harm_gross,
            "strike_harm_saved": self.strike_harm_saved,
            "crime_let_through": self.crime_let_through() if now >= 0 else 0.0,
            "harm_by_members": by_members,
            "harm_by_others": by_others,
        }

    def count_lapses(self, lapses: list[int]) -> None:
        """Add practices neglected to *lapses* of the groups."""
        group = self.facts.group
        for who, keeps, (first, end, _, _) in zip(
            self.static.keepers, self.kept, self.static.firms, strict=True
        ):
            for i, kept in zip(who[:first], keeps, strict=False):
                lapses[group[i]] += not kept
            lapses[3] += end - first - sum(keeps[first:end])
            lapses[4] += len(who) - end - sum(keeps[end:])

    def crime_let_through(self) -> float:
        """The share of criminal harm to states that their protection and hosts' due diligence let
        through.
        """
        dials, exposed = self.dials, self.static.all_exposure
        diligent = hosts = own = 0.0
        due = 0
        for act, keeps, exposures in zip(
            self.facts.practices, self.kept, self.static.exposed, strict=True
        ):
            if exposures and act.restraint:
                hosts += sum(exposures)
                diligent += sum(compress(exposures, keeps))
            elif exposures:
                due += 1
                own += sum(compress(exposures, keeps))
        if not exposed:
            return 0.0
        own_practices, share = own / due / exposed if due else 0.0, dials.supplier_share
        averted = dials.protection_strength * (
            (1.0 - share) * own_practices + share * self.suppliers
        )
        return (1.0 - averted) * (
            1.0 - dials.diligence_strength * (diligent / hosts if hosts else 0.0)
        )


SIGNING = ("signatories", "listed", "taken_up", "waiting", "declined", "withdrawn", "power_share")


def _shares(parts: list[Any], wholes: list[Any]) -> list[float]:
    """[6] each part over its whole, then all over all; NaN where it is a share of nothing."""
    pairs = [*zip(parts, wholes, strict=True), (sum(parts), sum(wholes))]
    return [part / whole if whole else NAN for part, whole in pairs]
