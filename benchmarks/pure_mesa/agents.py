"""The agents of the peer: states, firms and NGOs, which weigh their motives, sign, wait, decline
and leave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from benchmarks.pure_mesa.facts import FIRM, NGO, STATE
from sim.engine.arrays import (
    DECLINED,
    FREE,
    LEFT,
    LONG_AGO,
    MUST_SIGN,
    MUST_STAY_OUT,
    NEVER,
    NOT_TAKEN_UP,
    SIGNED,
    WAITING,
)

if TYPE_CHECKING:
    from benchmarks.pure_mesa.model import PeerModel

BACKLOG = range(3, 12)
BACKLOG_PUBLISHED = 12


class Stakeholder(mesa.Agent):
    """Whoever may sign. What all start with stands in the class."""

    kind = STATE
    signed = listed = in_name = ratified = bound = pledged = False
    forced, status = FREE, NOT_TAKEN_UP
    publication = taken_up_round = signed_round = left_round = NEVER
    last_against = last_seen = LONG_AGO
    outreach = 0.0
    standing = 1.0

    def __init__(self, model: PeerModel, index: int) -> None:
        super().__init__(model)
        self.index = index

    def value(self) -> float:
        """V, the sum of its motives (logits), from who has signed now."""
        raise NotImplementedError

    def value_if_all_signed(self) -> float:
        """V if everybody had signed."""
        raise NotImplementedError

    def example(self, weight: float, by_list: bool, everybody: bool = False) -> float:
        """The motive *peers* times its *weight*."""
        if weight == 0.0:
            return 0.0
        people, share = self.model.people, 0.0
        for j, tie in self.model.facts.ties[self.index]:
            other = people[j]
            if everybody or (other.listed if by_list else other.signed):
                share += tie * other.standing
        return weight * share

    def safety(self, weight: float, offence_held: float) -> float:
        """The motive *security* times its *weight*."""
        if weight == 0.0:
            return 0.0
        model = self.model
        exposure = model.static.traits.exposure[self.index]
        return weight * model.dials.security_club_share * exposure * offence_held * model.confidence

    def conclude(self, signs: bool, decisions: list[tuple[Stakeholder, bool]]) -> None:
        """Note what it decides once it has taken the matter up."""
        model = self.model
        if self.taken_up_round == NEVER:
            self.take_up()
        if signs:
            decisions.append((self, True))
        else:
            model.change_status(self, WAITING if self.value_if_all_signed() > 0.0 else DECLINED)

    def take_up(self) -> None:
        """Take the matter up for the first time."""
        self.taken_up_round = self.model.round
        self.model.taken_up[self.kind] += 1

    def sign(self) -> None:
        """Become a signatory."""
        model = self.model
        self.signed, self.signed_round, self.left_round = True, model.round, NEVER
        model.change_status(self, SIGNED)
        model.signed[self.kind] += 1
        model.account_for(self, 1)

    def publish_when_due(self) -> None:
        """Set the day on which its signature becomes public, and publish it if that is today."""
        model = self.model
        now = model.round
        if now < 0:
            due = 0
        elif now in BACKLOG and model.random.random() < self.backlog_share():
            due = BACKLOG_PUBLISHED
        else:
            due = now
        self.publication = due
        if due <= now:
            self.publish()
        else:
            model.due[due].append(self)

    def backlog_share(self) -> float:
        """The share of its kind whose names are published late."""
        return 0.0

    def publish(self) -> None:
        """Appear on the public list."""
        self.listed = True
        self.model.listed[self.kind] += 1
        home = self.model.facts.home[self.index]
        if self.kind != STATE and home >= 0:
            self.model.own_listed[home] += 1

    def leave(self) -> None:
        """Stop being a signatory."""
        model = self.model
        self.signed = self.in_name = self.ratified = False
        self.left_round, self.publication = model.round, NEVER
        model.change_status(self, LEFT)
        model.signed[self.kind] -= 1
        if self.listed:
            self.listed = False
            model.listed[self.kind] -= 1
            home = model.facts.home[self.index]
            if self.kind != STATE and home >= 0:
                model.own_listed[home] -= 1
        model.account_for(self, -1)

    def be_told(self, signs: bool, earnest: bool) -> None:
        """From now on sign, in earnest or in name, or stay out, as an event says."""
        model = self.model
        self.forced = MUST_SIGN if signs else MUST_STAY_OUT
        model.lists_hold = False
        if signs:
            self.in_name = not earnest
            if not self.signed:
                if self.taken_up_round == NEVER:
                    self.take_up()
                self.sign()
                self.publication = max(0, model.round)
                model.due[self.publication].append(self)
            else:
                model.bind(self)
        elif self.signed:
            self.leave()


class State(Stakeholder):
    """A state, which sees others' signatures at once, and its own firms and NGOs on the list."""

    def value(self) -> float:
        """V."""
        model, i = self.model, self.index
        dials, own, patron = model.dials, len(model.facts.own[i]), model.facts.patron[i]
        total = model.static.value[i] + self.example(dials.state_peers, False)
        if own:
            total += dials.state_home * model.own_listed[i] / own
        if patron >= 0 and model.people[patron].signed:
            total += dials.state_patron
        return total + self.safety(dials.state_security, model.offence_share)

    def value_if_all_signed(self) -> float:
        """V if everybody had signed."""
        model, i = self.model, self.index
        dials = model.dials
        total = model.static.value[i] + self.example(dials.state_peers, False, True)
        if model.facts.own[i]:
            total += dials.state_home
        if model.facts.patron[i] >= 0:
            total += dials.state_patron
        return total + self.safety(dials.state_security, 1.0)


class Firm(Stakeholder):
    """A firm, which sees the public list."""

    kind = FIRM

    def value(self) -> float:
        """V."""
        model, i = self.model, self.index
        dials, home = model.dials, model.facts.home[i]
        total = model.static.value[i] + self.example(dials.firm_peers, True)
        if home >= 0 and model.people[home].listed:
            total += dials.firm_home
        return total + self.safety(dials.firm_security, model.offence_share)

    def value_if_all_signed(self) -> float:
        """V if everybody had signed."""
        model, i = self.model, self.index
        dials = model.dials
        total = model.static.value[i] + self.example(dials.firm_peers, True, True)
        if model.facts.home[i] >= 0:
            total += dials.firm_home
        return total + self.safety(dials.firm_security, 1.0)

    def backlog_share(self) -> float:
        """That of firms."""
        return self.model.dials.firm_backlog_share


class Ngo(Stakeholder):
    """An NGO, which sees the public list."""

    kind = NGO

    def value(self) -> float:
        """V."""
        model, i = self.model, self.index
        dials, home = model.dials, model.facts.home[i]
        total = model.static.value[i] + self.example(dials.ngo_peers, True)
        if home >= 0 and model.people[home].listed:
            total += dials.ngo_home
        return total

    def value_if_all_signed(self) -> float:
        """V if everybody had signed."""
        model, i = self.model, self.index
        total = model.static.value[i] + self.example(model.dials.ngo_peers, True, True)
        return total + (model.dials.ngo_home if model.facts.home[i] >= 0 else 0.0)

    def backlog_share(self) -> float:
        """That of NGOs."""
        return self.model.dials.ngo_backlog_share


AGENT_TYPES: tuple[Any, ...] = (State, Firm, Ngo)
