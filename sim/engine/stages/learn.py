"""Stage 6, *learn*: confidence follows what is observed, norms what is done; standing recovers."""

from __future__ import annotations

from sim.compiled import compiled
from sim.engine.arrays import NOBODY, TRAIT
from sim.engine.stages.treaty import is_bound
from sim.parameters import AT
from sim.theory.attribution import trace_probability
from sim.theory.learning import believed_compliance, moved_toward, norm_after

MEMORY = 12


@compiled
def learn(world, text, state, dials, round_number):
    """Update who broke what before whose eyes, then confidence, norms and standing."""
    for code in range(text.code.size):
        remember(world, text, state, dials, code, round_number)
        members, _, seen_keeping = compliance(world, state, dials, code, round_number)
        if members > 0:
            believed = believed_compliance(
                seen_keeping / members,
                dials[AT.bayesian_learning],
                trace_probability(dials[AT.attribution_quality], 0.0, 0.0),
            )
            state.code[code].confidence = moved_toward(state.code[code].confidence, believed, dials[AT.confidence_rate])
        for place in range(world.with_means.size):
            i = world.with_means[place]
            member = state.member[code, i]
            pace = 1.0 if is_bound(member, world.people[i], state.code[code], dials) else dials[AT.norm_outsiders]
            kept = 0.0 if member.last_against == round_number else 1.0
            member.norm = norm_after(
                member.norm, pace, dials[AT.norm_rate], kept, member.broke, dials[AT.norm_erosion], member.got_away
            )
    for i in range(world.people.size):
        if state.standing[i] < 1.0:
            state.standing[i] = moved_toward(state.standing[i], 1.0, dials[AT.standing_recovery])


@compiled
def remember(world, text, state, dials, code, round_number):
    """Note who broke the code this month, who was named for an act that it forbids, and what share of each one's peers
    broke it, or did so unseen.
    """
    for i in range(world.people.size):
        state.member[code, i].broke = 0.0
        state.member[code, i].got_away = 0.0
    for place in range(state.size[0]):
        operation = state.operation[place]
        author, accused = operation.author, operation.traced_to
        if accused != NOBODY and operation.named == 1 and text.forbids[operation.act, code] == 1:
            blamed = state.member[code, accused]
            if is_bound(blamed, world.people[accused], state.code[code], dials):
                blamed.last_seen = round_number
        if state.against[code, place] == 0:
            continue
        seen = operation.named == 1 and accused == author
        state.member[code, author].last_against = round_number
        for tie in range(world.heeded_start[author], world.heeded_start[author + 1]):
            peer = state.member[code, world.heeded_by[tie]]
            peer.broke = min(1.0, peer.broke + world.heeded_weight[tie])
            if not seen:
                peer.got_away = min(1.0, peer.got_away + world.heeded_weight[tie])


@compiled
def compliance(world, state, dials, code, round_number):
    """Of those with means whom the code binds: how many there are, how many kept the code over the last year, how many
    were seen to keep it.
    """
    members = 0
    keeping = 0
    seen_keeping = 0
    for place in range(world.with_means.size):
        i = world.with_means[place]
        member = state.member[code, i]
        if state.traits[TRAIT.offence, i] > 0.0 and is_bound(member, world.people[i], state.code[code], dials):
            members += 1
            keeping += 1 if round_number - member.last_against >= MEMORY else 0
            seen_keeping += 1 if round_number - member.last_seen >= MEMORY else 0
    return members, keeping, seen_keeping
