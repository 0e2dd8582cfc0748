"""Stage 6, *learn*: confidence follows what is observed, norms what is done; standing recovers."""

from __future__ import annotations

from sim.compiled import compiled
from sim.engine.arrays import NOBODY
from sim.engine.binding import is_bound
from sim.kinds_and_statuses import TRAIT
from sim.parameters import AT
from sim.theory.attribution import trace_probability
from sim.theory.learning import believed_compliance, moved_toward, norm_after

MEMORY = 12


@compiled
def learn(population, codes, variables, dials, round_number):
    """Record this month's breaches and who saw them, then update confidence, norms and standing."""
    for code in range(codes.traits.size):
        remember(population, codes, variables, dials, code, round_number)
        members, _, seen_keeping = compliance(population, variables, dials, code, round_number)
        if members > 0:
            belief = believed_compliance(
                seen_keeping / members,
                dials[AT.bayesian_learning],
                trace_probability(dials[AT.attribution_quality], 0.0, 0.0),
            )
            variables.code[code].confidence = moved_toward(
                variables.code[code].confidence, belief, dials[AT.confidence_rate]
            )
        for place in range(population.with_means.size):
            i = population.with_means[place]
            member = variables.member[code, i]
            pace = (
                1.0 if is_bound(member, population.people[i], variables.code[code], dials) else dials[AT.norm_outsiders]
            )
            complies = 0.0 if member.last_against == round_number else 1.0
            member.norm = norm_after(
                member.norm,
                pace,
                dials[AT.norm_rate],
                complies,
                member.peer_breaches,
                dials[AT.norm_erosion],
                member.unseen_peer_breaches,
            )
    for i in range(population.people.size):
        if variables.standing[i] < 1.0:
            variables.standing[i] = moved_toward(variables.standing[i], 1.0, dials[AT.standing_recovery])


@compiled
def remember(population, codes, variables, dials, code, round_number):
    """Record who broke the code this month, who was named for an act that it forbids, and the share of each one's peers
    that broke it, and that broke it unseen.
    """
    for i in range(population.people.size):
        variables.member[code, i].peer_breaches = 0.0
        variables.member[code, i].unseen_peer_breaches = 0.0
    for place in range(variables.size[0]):
        operation = variables.operation[place]
        author, accused = operation.author, operation.traced_to
        if accused != NOBODY and operation.named == 1 and codes.forbids[operation.act, code] == 1:
            blamed = variables.member[code, accused]
            if is_bound(blamed, population.people[accused], variables.code[code], dials):
                blamed.last_seen = round_number
        if variables.against[code, place] == 0:
            continue
        rightly_named = operation.named == 1 and accused == author
        variables.member[code, author].last_against = round_number
        for tie in range(population.heeded_start[author], population.heeded_start[author + 1]):
            peer = variables.member[code, population.heeded_by[tie]]
            peer.peer_breaches = min(1.0, peer.peer_breaches + population.heeded_weight[tie])
            if not rightly_named:
                peer.unseen_peer_breaches = min(1.0, peer.unseen_peer_breaches + population.heeded_weight[tie])


@compiled
def compliance(population, variables, dials, code, round_number):
    """Counts of those with offensive means whom the code binds: all, those that kept it over the last MEMORY months,
    and those that nobody saw breaking it.
    """
    members = 0
    keeping = 0
    seen_keeping = 0
    for place in range(population.with_means.size):
        i = population.with_means[place]
        member = variables.member[code, i]
        if variables.traits[TRAIT.offence, i] > 0.0 and is_bound(
            member, population.people[i], variables.code[code], dials
        ):
            members += 1
            keeping += 1 if round_number - member.last_against >= MEMORY else 0
            seen_keeping += 1 if round_number - member.last_seen >= MEMORY else 0
    return members, keeping, seen_keeping
