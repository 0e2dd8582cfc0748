"""Stages 3 to 6 of the peer: practices and operations, attribution, retaliation, learning."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, compress
from math import log1p
from operator import le
from types import SimpleNamespace
from typing import Any

from benchmarks.pure_mesa.facts import FIRM, NGO, STATE, USUAL_FRIENDS, logistic

MEMORY = 12
MOST_BLOWS = 64
LEAST_DETECTION = 0.01
HALF = 0.5


class Conduct:
    """The part of a PeerModel that acts."""

    def keep_practices(self: Any) -> None:
        """Who keeps which practice this month."""
        draws = iter(self.random.random, None)
        self.kept = [list(map(le, lapses, draws)) for lapses in self.lapses]

    def own_practices(self: Any, i: int) -> float:
        """The share that *i* keeps of the practices due that protect."""
        due = kept = 0
        for act, places, keeps in zip(
            self.facts.practices, self.static.places, self.kept, strict=True
        ):
            if not act.restraint and i in places:
                due += 1
                kept += keeps[places[i]]
        return kept / due if due else 0.0

    def suppliers_practices(self: Any) -> float:
        """The same over all firms, by weight."""
        kept = all_due = 0.0
        for act, keeps, firms in zip(
            self.facts.practices, self.kept, self.static.firms, strict=True
        ):
            if not act.restraint:
                kept += sum(compress(firms.weights, keeps[firms.first : firms.end]))
                all_due += firms.all_weight
        return kept / all_due if all_due else 0.0

    def protection(self: Any, i: int, suppliers: float) -> float:
        """The share of harm to *i* that practices avert."""
        dials = self.dials
        own, share = self.own_practices(i), dials.supplier_share
        return dials.protection_strength * ((1.0 - share) * own + share * suppliers)

    def operate(self: Any) -> None:
        """This month's operations."""
        draw, dials, facts, static = self.random.random, self.dials, self.facts, self.static
        self.operations = []
        authors = [
            author
            for author, chance in zip(static.authors, self.any_chance, strict=True)
            if draw() < chance
        ]
        if not authors:
            return
        offences, power = static.traits.offence, self.bound_power()
        for i, any_chance, most, acts, anyway in authors:
            first = int(log1p(-draw() * any_chance) / log1p(-most)) if most < 1.0 else 0
            for place in range(first, len(acts)):
                if place > first and draw() >= most:
                    continue
                act, who = acts[place], self.people[i]
                breaks = who.bound and draw() < act.ambition
                held = anyway + (
                    self.restraint_by_code(who, power) if breaks and not who.in_name else 0.0
                )
                tempted = dials.temptation * offences[i] * (1.0 + act.restraint)
                if draw() * most >= logistic(dials.operation_base + tempted - held):
                    continue
                sums = static.targets(i)
                if sums[-1] <= 0.0:
                    continue
                target = min(bisect_right(sums, draw() * sums[-1]), facts.states - 1)
                victim = target
                if facts.own[target] and act.concerns[FIRM] and draw() < HALF:
                    victim = facts.own[target][int(draw() * len(facts.own[target]))]
                self.operations.append(
                    SimpleNamespace(
                        author=who,
                        act=act,
                        target=target,
                        victim=victim,
                        breaks=breaks,
                        accused=None,
                        named=False,
                        severity=act.restraint * static.traits.exposure[victim],
                    )
                )

    def bound_power(self: Any) -> float:
        """The share of the states' material power that the code binds."""
        if self.dials.ratification_needed == 0.0:
            return self.power_share
        weight = self.static.traits.weight
        power = sum(weight[who.index] for who in self.people[: self.facts.states] if who.bound)
        return power / self.static.all_power if self.static.all_power else 0.0

    def watch(self: Any, i: int) -> float:
        """The share of the firms and NGOs of *i*'s home that watch on behalf of the code."""
        home = self.facts.home[i]
        if home < 0 or not self.facts.own[home] or not self.in_force():
            return 0.0
        return self.own_listed[home] / len(self.facts.own[home])

    def restraint_by_code(self: Any, who: Any, power: float) -> float:
        """What the code adds to the restraint on one that pledged it (logits)."""
        dials, static = self.dials, self.static
        watched = dials.monitoring * self.watch(who.index) if dials.monitoring else 0.0
        backing = min(1.0, static.usual_victim[1] + dials.joint_attribution * power)
        chance = static.chance_named(who.index, backing, watched)
        cost = chance * (static.traits.audience[who.index] + dials.sanctions * power)
        norm = self.norm[self.norm_place[who.index]]
        return dials.deterrence * (1.0 - dials.baseline_share) * cost + dials.norm_weight * norm

    def attribute(self: Any) -> None:
        """Operations are traced and named, or not."""
        draw, dials, facts = self.random.random, self.dials, self.facts
        weight = self.static.traits.weight
        for operation in self.operations:
            untraced = 1.0 - dials.attribution_quality
            if dials.monitoring:
                untraced *= 1.0 - dials.monitoring * self.watch(operation.author.index)
            if draw() < 1.0 - untraced:
                operation.accused = operation.author
            elif draw() < dials.wrongful_trace:
                operation.accused = self.suspect(operation)
            if operation.accused is None:
                continue
            target = operation.target
            together = self.people[target].bound and operation.act.forbidden
            backing = facts.friends[target] + (
                dials.joint_attribution * self.bound_power() if together else 0.0
            )
            chance = logistic(
                dials.naming_base
                + dials.naming_weight * weight[target]
                + dials.naming_friends * (min(1.0, backing) - USUAL_FRIENDS)
                - dials.naming_dependence
                * max(0.0, weight[operation.accused.index] - weight[target])
            )
            operation.named = draw() < chance

    def suspect(self: Any, operation: Any) -> Any:
        """Somebody else with means, drawn by them."""
        offence, others = self.static.traits.offence, (operation.author.index, operation.target)
        suspects = [i for i in self.static.suspects if i not in others]
        if not suspects:
            return None
        sums = list(accumulate(offence[i] for i in suspects))
        return self.people[
            suspects[min(bisect_right(sums, self.random.random() * sums[-1]), len(sums) - 1)]
        ]

    def respond(self: Any) -> None:
        """The named lose standing, and victims may strike back."""
        for operation in self.operations:
            accused = operation.accused
            if accused is None:
                continue
            if operation.named:
                accused.standing *= 1.0 - self.dials.standing_loss
                self.lowered[accused] = None
            if self.facts.home[accused.index] != operation.target:
                self.retaliate(self.people[operation.victim], accused)

    def readiness(self: Any, who: Any) -> float:
        """The chance that *who* answers a blow."""
        dials = self.dials
        if who.kind == STATE:
            return dials.strike_back if self.static.traits.offence[who.index] > 0.0 else 0.0
        if who.kind == NGO:
            return 0.0
        home = self.facts.home[who.index]
        ambition = max((act.ambition for act in self.facts.strikes), default=0.0)
        pledges = who.pledged + (home >= 0 and self.people[home].pledged)
        return dials.firm_strike_back * (
            1.0 - (1.0 - dials.baseline_share) * HALF * ambition * pledges
        )

    def retaliate(self: Any, victim: Any, accused: Any) -> None:
        """The chain of blows that one traced operation sets off."""
        draw, dials = self.random.random, self.dials
        striker, opponent, pending, blow, cut_off = victim, accused, 1, 0, False
        while pending and blow < MOST_BLOWS:
            answers, ready = 0, self.readiness(striker)
            for _ in range(pending):
                if blow == MOST_BLOWS:
                    cut_off = True
                    break
                blow += 1
                if (
                    draw() < ready
                    and draw() >= dials.firebreak
                    and draw() >= dials.leave_cyberspace
                ):
                    luck = draw()
                    blows = 2 if striker.kind == STATE and luck < dials.allies_join else 1
                    answers += blows
                    self.land(striker, opponent, blows, luck)
            if answers and blow == 1:
                self.chains += 1
            striker, opponent, pending = opponent, striker, answers
        if cut_off or pending:
            self.runaway += 1

    def land(self: Any, striker: Any, victim: Any, blows: int, luck: float) -> None:
        """Count blows; a firm may breach the ban on striking back."""
        gross = blows * self.static.traits.exposure[victim.index]
        self.strikes += blows
        self.strike_harm_gross += gross
        self.strike_harm_saved += gross * self.protection(victim.index, self.suppliers)
        if (
            striker.kind == FIRM
            and striker.bound
            and any(luck < act.ambition for act in self.facts.strikes)
        ):
            self.break_code(striker)

    def break_code(self: Any, who: Any) -> None:
        """Note that *who* acted against the code."""
        who.last_against = self.round
        self.breakers[who] = None

    def learn(self: Any) -> None:
        """Breaches are remembered; confidence, norms and standing move."""
        now, dials = self.round, self.dials
        breaches: dict[int, list[float]] = {}
        for operation in self.operations:
            accused = operation.accused
            if operation.named and operation.act.forbidden and accused.bound:
                accused.last_seen = now
            if operation.breaks:
                author = operation.author
                self.break_code(author)
                unseen = not (operation.named and accused is author)
                for j, tie in self.facts.heeded[author.index]:
                    if j in self.norm_place:
                        seen = breaches.setdefault(j, [0.0, 0.0])
                        seen[0] = min(1.0, seen[0] + tie)
                        seen[1] = min(1.0, seen[1] + tie * unseen)
        members = self.members()
        if members:
            keeping = sum(now - who.last_seen >= MEMORY for who in members) / len(members)
            if dials.bayesian_learning > 0.0:
                keeping = max(
                    0.0, 1.0 - (1.0 - keeping) / max(dials.attribution_quality, LEAST_DETECTION)
                )
            self.confidence += dials.confidence_rate * (keeping - self.confidence)
        self.move_norms(breaches)
        recovered = []
        for who in self.lowered:
            who.standing += dials.standing_recovery * (1.0 - who.standing)
            if who.standing >= 1.0:
                recovered.append(who)
        for who in recovered:
            del self.lowered[who]

    def move_norms(self: Any, breaches: dict[int, list[float]]) -> None:
        """Norms grow with compliance and erode with *breaches* [seen or not, unseen] of peers. Most
        see none.
        """
        rate, erosion = self.dials.norm_rate, self.dials.norm_erosion
        norms, pace = self.norm, self.pace
        for who in self.breakers:
            if who.index in self.norm_place:
                breaches.setdefault(who.index, [0.0, 0.0])
        apart = []
        for i, (seen, unseen) in breaches.items():
            place = self.norm_place[i]
            complies = self.people[i] not in self.breakers
            grown = rate * (1.0 - norms[place]) * complies * (1.0 - seen)
            moved = norms[place] + pace[place] * (grown - erosion * norms[place] * unseen)
            apart.append((place, min(1.0, max(0.0, moved))))
        norms = [norm + rate * own * (1.0 - norm) for norm, own in zip(norms, pace, strict=True)]
        for place, norm in apart:
            norms[place] = norm
        self.norm = norms
