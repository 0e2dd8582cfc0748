"""Stage 6, *learn*: confidence follows what is observed, norms what is done; standing recovers."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled, compiled_into
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
        members, seen_keeping = compliance(population, variables, dials, code, round_number)
        if members > 0.0:
            belief = believed_compliance(
                seen_keeping / members,
                dials[AT.bayesian_learning],
                trace_probability(dials[AT.attribution_quality], 0.0, 0.0),
            )
            variables.code[code].confidence = moved_toward(
                variables.code[code].confidence, belief, dials[AT.confidence_rate]
            )
        internalise(population, variables, dials, code, round_number)
    recovery = dials[AT.standing_recovery]
    for i in range(
        population.everybody.size
    ):  # nobody's standing exceeds 1, and what is 1 stays so
        variables.standing[i] = moved_toward(variables.standing[i], 1.0, recovery)


@compiled_into
def internalise(population, variables, dials, code, round_number):
    """Update the norms of those with offensive means."""
    member, outsiders = variables.member, dials[AT.norm_outsiders]
    norm, last_against = member.norm[code], member.last_against[code]
    peer_breaches, unseen_peer_breaches = (
        member.peer_breaches[code],
        member.unseen_peer_breaches[code],
    )
    for place in range(population.with_means.size):
        i = np.int64(population.with_means[place])
        pace = 1.0 if is_bound(population, variables, dials, code, i) else outsiders
        complies = 0.0 if last_against[i] == round_number else 1.0
        norm[i] = norm_after(
            norm[i],
            pace,
            dials[AT.norm_rate],
            complies,
            peer_breaches[i],
            dials[AT.norm_erosion],
            unseen_peer_breaches[i],
        )


@compiled_into
def remember(population, codes, variables, dials, code, round_number):
    """Record who broke the code this month, who was named for an act that it forbids, and the share
    of each one's peers that broke it, and that broke it unseen.
    """
    member = variables.member
    member.peer_breaches[code, :] = 0.0
    member.unseen_peer_breaches[code, :] = 0.0
    for place in range(variables.size[0]):
        operation = variables.operation[place]
        author, accused = np.int64(operation.author), operation.traced_to
        is_blamed = (
            accused != NOBODY and operation.named == 1 and codes.forbids[operation.act, code] == 1
        )
        if is_blamed and is_bound(population, variables, dials, code, np.int64(accused)):
            member.last_seen[code, accused] = round_number
        if variables.against[code, place] == 0:
            continue
        rightly_named = operation.named == 1 and accused == author
        member.last_against[code, author] = round_number
        for tie in range(population.heeded_start[author], population.heeded_start[author + 1]):
            peer, share = population.heeded_by[tie], population.heeded_weight[tie]
            member.peer_breaches[code, peer] = min(1.0, member.peer_breaches[code, peer] + share)
            if not rightly_named:
                member.unseen_peer_breaches[code, peer] = min(
                    1.0, member.unseen_peer_breaches[code, peer] + share
                )


@compiled_into
def compliance(population, variables, dials, code, round_number):
    """Numbers of those with offensive means whom the code binds: all, and those that nobody saw
    breaking it over the last MEMORY months. Kinds are added up as population.counts_as says.
    """
    last_seen = variables.member.last_seen[code]
    members = 0.0
    seen_keeping = 0.0
    for place in range(population.with_means.size):
        i = np.int64(population.with_means[place])
        is_able_member = (variables.traits[TRAIT.offence, i] > 0.0) & is_bound(
            population, variables, dials, code, i
        )
        number = is_able_member * population.counts_as[population.people.kind[i]]
        members += number
        seen_keeping += number * (round_number - last_seen[i] >= MEMORY)
    return members, seen_keeping
