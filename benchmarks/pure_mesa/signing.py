"""Stages 1 and 2 of the peer: events, and deliberation, after which all decisions take effect
together.
"""

from __future__ import annotations

from copy import deepcopy
from math import exp, log1p
from typing import Any

from benchmarks.pure_mesa.agents import Stakeholder
from benchmarks.pure_mesa.facts import FIRM, NGO, STATE, Consequences, logistic
from sim.engine.arrays import CHOICE, FREE, TRAIT_CHANGE
from sim.kinds_and_statuses import TRAITS

ANNIVERSARY = 12
MANY = (
    0.25  # a chance from which on to ask everybody is faster than to skip those who are not drawn
)


def some(people: list[Any], chance: float, draw: Any) -> list[Any]:
    """Those of *people* whom a *chance* draws, each by itself. Where it is small, the number of
    those in between is drawn, which is geometric, and nobody else is asked.
    """
    if chance >= MANY:
        return [one for one in people if draw() < chance] if chance < 1.0 else people
    found: list[Any] = []
    if chance <= 0.0:
        return found
    scale, size, place = 1.0 / log1p(-chance), len(people), -1
    while True:
        place += 1 + int(log1p(-draw()) * scale)
        if place >= size:
            return found
        found.append(people[place])


class Signing:
    """The part of a PeerModel that signs."""

    def events(self: Any) -> None:
        """What the scenario prescribes for this round, then signatures that are due."""
        for change in self.facts.events.get(self.round, ()):
            who = self.people[change.who]
            if change.what == TRAIT_CHANGE:
                traits = deepcopy(self.static.traits)
                getattr(traits, TRAITS[change.trait])[change.who] = change.value
                self.hold(Consequences(self.facts, traits, self.dials))
            elif change.what == CHOICE:
                who.be_told(change.value > 0.0, change.earnest)
            else:
                who.outreach = change.value
                self.lists_hold = False
        if self.round >= 0:
            for who in self.due.pop(self.round, ()):
                if who.signed and not who.listed and who.publication == self.round:
                    who.publish()

    def attention(self: Any, kind: str, shock: float) -> float:
        """Attention of a kind, a rate a month."""
        dials, now = vars(self.dials), self.round
        before = dials[f"{kind}_attention_campaign"] if now <= 0 else 0.0
        pulses = 0.0
        for pulse, since in (("launch", now), ("anniversary", now - ANNIVERSARY)):
            if since >= 0:
                name = f"{kind}_attention_{pulse}"
                pulses += dials[name] * exp(-dials[f"{name}_decay"] * since)
        return shock * dials[f"{kind}_attention_base"] + dials["attention_scale"] * (
            before + shock * pulses
        )

    def sort_people(self: Any) -> None:
        """Lists of those who deliberate one by one: outside by kind, outside and approached,
        inside.
        """
        self.outside, self.approached, self.inside = ([], [], []), [], []
        as_a_bloc = self.dials.bloc_votes > 0.0
        bloc = set(self.facts.bloc) if as_a_bloc else set()
        may_sign = self.facts.may_sign
        for who in self.people:
            if who.forced != FREE or not may_sign[who.kind]:
                continue
            if who.signed:
                self.inside.append(who)
            elif who.index not in bloc:
                (self.approached if who.outreach else self.outside[who.kind]).append(who)
        self.union = [self.people[i] for i in self.facts.bloc] if as_a_bloc else []
        self.lists_hold = True

    def move_people(self: Any, decisions: list[tuple[Stakeholder, bool]]) -> None:
        """Bring the lists up to date after *decisions*; those of leaving are rare."""
        if not all(signs for _, signs in decisions):
            self.lists_hold = False
            return
        for kind in {who.kind for who, _ in decisions}:
            self.outside[kind][:] = [who for who in self.outside[kind] if not who.signed]
        self.approached = [who for who in self.approached if not who.signed]
        self.inside += [who for who, _ in decisions]

    def deliberate(self: Any) -> None:
        """Everybody decides on the world as it stands; then all decisions take effect."""
        if not self.lists_hold:
            self.sort_people()
        draw, dials, attention = self.random.random, self.dials, self.static.attention
        decisions: list[tuple[Stakeholder, bool]] = []
        rates = [
            self.attention(kind, shock)
            for kind, shock in zip(("state", "firm", "ngo"), self.shock, strict=True)
        ]
        if self.union:
            self.deliberate_as_a_bloc(rates[STATE], decisions)
        for kind in (STATE, FIRM, NGO):
            rate = rates[kind]
            highest = 1.0 - exp(-rate)  # of a stakeholder's chances
            for who in some(self.outside[kind], highest, draw):
                if draw() * highest < 1.0 - exp(-rate * attention[who.index]):
                    who.conclude(draw() < logistic(dials.rationality * who.value()), decisions)
        for who in self.approached:
            if draw() < 1.0 - exp(-(rates[who.kind] * attention[who.index] + who.outreach)):
                who.conclude(draw() < logistic(dials.rationality * who.value()), decisions)
        for who in some(self.inside, 1.0 - exp(-dials.exit_attention), draw):
            audience = self.static.traits.audience[who.index]
            leaving = -who.value() - dials.exit_cost * 0.5 * (1.0 + audience)
            if draw() < logistic(dials.rationality * leaving):
                decisions.append((who, False))
        to_be_ratified = dials.ratification_needed > 0.0
        if to_be_ratified and self.round > 0:
            self.ratify()
        for who, signs in decisions:
            if signs:
                who.sign()
                who.publish_when_due()
            else:
                who.leave()
        if decisions:
            self.move_people(decisions)
        if to_be_ratified and self.round >= 0 and not self.has_force:
            self.enter_into_force()

    def deliberate_as_a_bloc(
        self: Any, rate: float, decisions: list[tuple[Stakeholder, bool]]
    ) -> None:
        """The Union's members outside take the matter up together and make one choice."""
        undecided = [
            who
            for who in self.union
            if not who.signed and who.forced == FREE and self.facts.may_sign[STATE]
        ]
        if not undecided:
            return
        draw, attention = self.random.random, self.static.attention
        any_rate = sum(rate * attention[who.index] + who.outreach for who in undecided)
        if draw() < 1.0 - exp(-any_rate):
            value = sum(who.value() for who in undecided) / len(undecided)
            signs = draw() < logistic(self.dials.rationality * value)
            for who in undecided:
                who.conclude(signs, decisions)

    def ratify(self: Any) -> None:
        """States that have signed may ratify."""
        draw, dials, capacity = self.random.random, self.dials, self.static.traits.capacity
        for who in self.people[: self.facts.states]:
            if (
                who.signed
                and not who.ratified
                and draw() < 1.0 - exp(-dials.ratification_rate * capacity[who.index])
                and draw() < logistic(dials.rationality * who.value())
            ):
                who.ratified = True
                self.bind(who)

    def ratifications(self: Any) -> int:
        """How many states have ratified."""
        return sum(who.ratified for who in self.people[: self.facts.states])

    def enter_into_force(self: Any) -> None:
        """Once enough states have ratified, the treaty binds."""
        if self.ratifications() >= self.dials.ratifications_for_force:
            self.has_force = True
            for who in self.people:
                if who.signed:
                    self.bind(who)
