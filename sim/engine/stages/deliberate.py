"""Stage 2, *deliberate*: non-signatories take up, wait, decline or sign; signatories stay or leave."""

from __future__ import annotations

from sim.compiled import compiled
from sim.engine import random_streams
from sim.engine.arrays import DECLINED, FREE, NEVER, WAITING
from sim.engine.binding import enter_into_force, ratify
from sim.engine.membership import leave, publish, sign, weigh_signatories
from sim.engine.weigh_motives import weigh_motives
from sim.kinds_and_statuses import TRAIT
from sim.parameters import AT
from sim.theory.attention import attention, attention_share
from sim.theory.elementary import chance_within_a_month
from sim.theory.publication import round_of_publication
from sim.theory.signing import chance_of_signing, value_of_leaving, would_sign_if_all_did

SIGNS, LEAVES = 1, 2
OUTSIDE, INSIDE = 0, 1  # the code, as `signed` has it: also the block of draws that one's choice takes


@compiled
def deliberate(population, codes, variables, dials, seed, replicate, round_number):
    """Everybody decides on the state of the world when the round begins; then all decisions take effect."""
    rates = (
        attention(
            dials[AT.state_attention_base],
            dials[AT.state_attention_campaign],
            dials[AT.state_attention_launch],
            dials[AT.state_attention_launch_decay],
            dials[AT.state_attention_anniversary],
            dials[AT.state_attention_anniversary_decay],
            dials[AT.attention_scale],
            variables.shock[0],
            round_number,
        ),
        attention(
            dials[AT.firm_attention_base],
            dials[AT.firm_attention_campaign],
            dials[AT.firm_attention_launch],
            dials[AT.firm_attention_launch_decay],
            dials[AT.firm_attention_anniversary],
            dials[AT.firm_attention_anniversary_decay],
            dials[AT.attention_scale],
            variables.shock[1],
            round_number,
        ),
        attention(
            dials[AT.ngo_attention_base],
            dials[AT.ngo_attention_campaign],
            dials[AT.ngo_attention_launch],
            dials[AT.ngo_attention_launch_decay],
            dials[AT.ngo_attention_anniversary],
            dials[AT.ngo_attention_anniversary_decay],
            dials[AT.attention_scale],
            variables.shock[2],
            round_number,
        ),
    )
    for code in range(codes.traits.size):
        as_a_bloc = dials[AT.bloc_votes] > 0.0
        exit_chance = chance_within_a_month(dials[AT.exit_attention])
        if as_a_bloc:
            deliberate_as_a_bloc(population, codes, variables, dials, code, rates[0], seed, replicate, round_number)
        for i in range(population.people.size):
            variables.blocks[i] = variables.member[code, i].signed
        random_streams.draw_for_all(
            seed,
            random_streams.DELIBERATE,
            code,
            round_number,
            replicate,
            population.everybody,
            variables.blocks,
            variables.draws[0],
        )
        for i in range(population.people.size):
            member = variables.member[code, i]
            kind = population.people[i].kind
            draw = variables.draws[0, 0, i]
            # A chance never exceeds its rate, nor a share 1, so most draws end here.
            if draw >= (exit_chance if member.signed == INSIDE else rates[kind] + member.outreach):
                continue
            if member.forced != FREE or codes.may_sign[code, kind] == 0:
                continue
            if member.signed == INSIDE:
                reconsider(population, codes, variables, dials, code, i, variables.draws[0, 1, i])
            elif not (as_a_bloc and population.people[i].bloc >= 0):
                rate = take_up_rate(population, codes, variables, dials, code, i, rates[kind])
                if draw < chance_within_a_month(rate):
                    value = weigh_motives(population, codes, variables, dials, code, i, False)
                    signs = variables.draws[0, 1, i] < chance_of_signing(value, dials[AT.rationality])
                    conclude(population, codes, variables, dials, code, i, signs, round_number)
        to_be_ratified = dials[AT.ratification_needed] > 0.0
        if to_be_ratified and round_number > 0:  # the code opens for signature on the last day of round 0
            ratify(population, codes, variables, dials, code, seed, replicate, round_number)
        take_effect(population, variables, dials, code, seed, replicate, round_number)
        weigh_signatories(variables, population, code)
        if to_be_ratified and round_number >= 0:
            enter_into_force(population, variables, dials, code)


@compiled
def take_up_rate(population, codes, variables, dials, code, i, rate):
    """Rate a month at which *i* takes the matter up, where its kind's attention has this *rate*."""
    gradient = dials[AT.state_attention_gradient]
    if population.people[i].kind != 0:
        gradient = dials[AT.organisations_attention_gradient]
    share = attention_share(
        gradient,
        variables.traits[TRAIT.capacity, i],
        dials[AT.state_attention_club],
        codes.convenor[code, 1, i],
    )
    return rate * share + variables.member[code, i].outreach


@compiled
def deliberate_as_a_bloc(population, codes, variables, dials, code, rate, seed, replicate, round_number):
    """Members of the bloc outside the code take it up together, as soon as any of them does, and decide as one, by the
    mean of their values.
    """
    undecided = 0
    any_rate = 0.0
    for place in range(population.bloc_members.size):
        i = population.bloc_members[place]
        if undecided_and_free(codes, variables, code, i):
            undecided += 1
            any_rate += take_up_rate(population, codes, variables, dials, code, i, rate)
    if undecided == 0:
        return
    spokesman = population.bloc_members[0]
    draws = random_streams.four_draws(
        seed, random_streams.DELIBERATE, code, round_number, replicate, spokesman, OUTSIDE
    )
    if draws[0] >= chance_within_a_month(any_rate):
        return
    mean_value = 0.0
    for place in range(population.bloc_members.size):
        i = population.bloc_members[place]
        if undecided_and_free(codes, variables, code, i):
            mean_value += weigh_motives(population, codes, variables, dials, code, i, False)
    mean_value /= undecided
    signs = draws[1] < chance_of_signing(mean_value, dials[AT.rationality])
    for place in range(population.bloc_members.size):
        i = population.bloc_members[place]
        if undecided_and_free(codes, variables, code, i):
            conclude(population, codes, variables, dials, code, i, signs, round_number)


@compiled
def undecided_and_free(codes, variables, code, i):
    """Whether state *i* has not signed and may choose."""
    member = variables.member[code, i]
    return member.signed == 0 and member.forced == FREE and codes.may_sign[code, 0] == 1


@compiled
def reconsider(population, codes, variables, dials, code, i, draw):
    """Decide whether signatory *i* leaves."""
    value = weigh_motives(population, codes, variables, dials, code, i, False)
    leaving = value_of_leaving(value, dials[AT.exit_cost], variables.traits[TRAIT.audience, i])
    if draw < chance_of_signing(leaving, dials[AT.rationality]):
        variables.member[code, i].decision = LEAVES


@compiled
def conclude(population, codes, variables, dials, code, i, signs, round_number):
    """Record the decision of *i*, which has taken the matter up: to sign, to wait for others, or to decline."""
    if variables.member[code, i].taken_up_round == NEVER:
        variables.member[code, i].taken_up_round = round_number
    if signs:
        variables.member[code, i].decision = SIGNS
    elif would_sign_if_all_did(weigh_motives(population, codes, variables, dials, code, i, True)):
        variables.member[code, i].status = WAITING
    else:
        variables.member[code, i].status = DECLINED


@compiled
def take_effect(population, variables, dials, code, seed, replicate, round_number):
    """Carry out this round's decisions and set the day on which each new signature becomes public."""
    for i in range(population.people.size):
        decision = variables.member[code, i].decision
        if decision == 0:
            continue
        variables.member[code, i].decision = 0
        if decision == SIGNS:
            sign(variables, population, code, i, round_number)
            backlog = 0.0
            if population.people[i].kind == 1:
                backlog = dials[AT.firm_backlog_share]
            elif population.people[i].kind == 2:
                backlog = dials[AT.ngo_backlog_share]
            draws = random_streams.four_draws(seed, random_streams.DELIBERATE, code, round_number, replicate, i, 0)
            due = round_of_publication(round_number, backlog, draws[2])
            variables.member[code, i].publication = due
            if round_number >= 0 and due <= round_number:
                publish(variables, population, code, i, round_number)
        else:
            leave(variables, population, code, i, round_number)
