"""Stage 2, *deliberate*: non-signatories take up, wait, decline or sign; signatories stay or
leave.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled, compiled_into
from sim.engine import random_streams
from sim.engine.arrays import DECLINED, FREE, NEVER, SOME, WAITING
from sim.engine.binding import enter_into_force, ratify
from sim.engine.foresight import foresee_attention
from sim.engine.membership import leave, publish, sign, weigh_signatories
from sim.engine.random_streams import as_draw
from sim.engine.weigh_motives import weigh_motives
from sim.kinds_and_statuses import FIRM, NGO, TRAIT
from sim.parameters import AT
from sim.theory.attention import attention, divided_attention
from sim.theory.elementary import chance_within_a_month
from sim.theory.publication import round_of_publication
from sim.theory.signing import chance_of_signing, value_of_leaving, would_sign_if_all_did

SIGNS, LEAVES = 1, 2
ROUNDING = 1e-15  # of a chance within a month
OUTSIDE, INSIDE = (
    0,
    1,
)  # the code, as `signed` has it: also the block of draws that one's choice takes


@compiled
def deliberate(population, codes, variables, dials, seed, replicate, round_number, tells_waiting):
    """Everybody decides on the state of the world when the round begins; then all decisions take
    effect. Not *tells_waiting*: whoever does not sign has declined, which saves a tenth of the
    time.
    """
    foresee_attention(population, codes, variables, dials)
    number = codes.traits.size
    for code in range(number):
        if code > 0:
            take_own_weights(codes, variables, dials, code)
        own_dials = dials if code == 0 else variables.dials[code]
        since_launch = round_number - codes.traits[code].launch
        rates = rates_of_kinds(own_dials, variables.shock, since_launch)
        if number > 1:
            rates = rates_beside_others(codes, variables, dials, code, rates, round_number)
        if dials[AT.bloc_votes] > 0.0:
            deliberate_as_a_bloc(
                population,
                codes,
                variables,
                own_dials,
                code,
                rates[0],
                seed,
                replicate,
                round_number,
                tells_waiting,
            )
        for kind in range(len(rates)):
            if codes.may_sign[code, kind] == 1:
                deliberate_alone(
                    population,
                    codes,
                    variables,
                    own_dials,
                    code,
                    kind,
                    rates[kind],
                    seed,
                    replicate,
                    round_number,
                    tells_waiting,
                )
        if (
            dials[AT.ratification_needed] > 0.0 and since_launch > 0
        ):  # it opens on the last day of its first round
            ratify(population, codes, variables, own_dials, code, seed, replicate, round_number)
    for code in range(number):
        take_effect(population, codes, variables, dials, code, seed, replicate, round_number)
        if variables.code[code].turnover > 0:
            weigh_signatories(variables, population, code)
        if dials[AT.ratification_needed] > 0.0 and round_number >= codes.traits[code].launch:
            enter_into_force(population, variables, dials, code)


@compiled
def take_own_weights(codes, variables, dials, code):
    """Set variables.dials of *code*: the *dials* of this round, with the weights of motives that it
    has for itself.
    """
    for column in range(dials.size):
        weight = codes.weights[code, column]
        variables.dials[code, column] = dials[column] if np.isnan(weight) else weight


@compiled
def rates_of_kinds(dials, shock, since_launch):
    """The attention of states, firms and NGOs to a code that opened so many months ago, a rate a
    month each.
    """
    return (
        attention(
            dials[AT.state_attention_base],
            dials[AT.state_attention_campaign],
            dials[AT.state_attention_launch],
            dials[AT.state_attention_launch_decay],
            dials[AT.state_attention_anniversary],
            dials[AT.state_attention_anniversary_decay],
            dials[AT.attention_scale],
            shock[0],
            since_launch,
        ),
        attention(
            dials[AT.firm_attention_base],
            dials[AT.firm_attention_campaign],
            dials[AT.firm_attention_launch],
            dials[AT.firm_attention_launch_decay],
            dials[AT.firm_attention_anniversary],
            dials[AT.firm_attention_anniversary_decay],
            dials[AT.attention_scale],
            shock[1],
            since_launch,
        ),
        attention(
            dials[AT.ngo_attention_base],
            dials[AT.ngo_attention_campaign],
            dials[AT.ngo_attention_launch],
            dials[AT.ngo_attention_launch_decay],
            dials[AT.ngo_attention_anniversary],
            dials[AT.ngo_attention_anniversary_decay],
            dials[AT.attention_scale],
            shock[2],
            since_launch,
        ),
    )


@compiled
def rates_beside_others(codes, variables, dials, code, rates, round_number):
    """The attention that *code*, which alone has these *rates*, keeps beside the other codes that a
    kind may sign.
    """
    states, firms, ngos = rates
    for other in range(codes.traits.size):
        division = codes.division[code, other]
        if other == code or division == 0.0:
            continue
        beside = rates_of_kinds(dials, variables.shock, round_number - codes.traits[other].launch)
        may_sign = codes.may_sign[other]
        states = divided_attention(states, beside[0], division) if may_sign[0] == 1 else states
        firms = divided_attention(firms, beside[1], division) if may_sign[1] == 1 else firms
        ngos = divided_attention(ngos, beside[2], division) if may_sign[2] == 1 else ngos
    return states, firms, ngos


@compiled_into
def deliberate_alone(
    population,
    codes,
    variables,
    dials,
    code,
    kind,
    rate,
    seed,
    replicate,
    round_number,
    tells_waiting,
):
    """Everybody of one *kind*, whose attention has this *rate*, decides for itself."""
    exit_chance = chance_within_a_month(dials[AT.exit_attention])
    words = variables.words[0]
    start, stop = np.int64(population.kind_start[kind]), np.int64(population.kind_start[kind + 1])
    for first in range(start, stop, SOME):
        end = min(first + SOME, stop)
        some, signed = population.everybody[first:end], variables.member.signed[code, first:end]
        random_streams.words_for_all(
            seed, random_streams.DELIBERATE, code, round_number, replicate, some, signed, words
        )
        flag_attentive(
            words[0],
            signed,
            rate,
            variables.foresight.share[code, first:end],
            variables.member.outreach[code, first:end],
            exit_chance,
            variables.flags,
        )
        for place in range(some.size):
            if variables.flags[place] == 1:
                draws = as_draw(words[0, place]), as_draw(words[1, place])
                decide(
                    population,
                    codes,
                    variables,
                    dials,
                    code,
                    first + place,
                    rate,
                    draws,
                    round_number,
                    tells_waiting,
                )


@compiled
def flag_attentive(words, signed, rate, share, outreach, exit_chance, flags):
    """Flag those of some stakeholders who take the matter up, inside, or may do so, outside, by
    their random words: a chance never exceeds its rate but by rounding, so that most need no closer
    look.
    """
    for place in range(signed.size):
        rate_of_one = take_up_rate(rate, share[place], outreach[place])
        most = exit_chance if signed[place] == INSIDE else rate_of_one + ROUNDING
        flags[place] = 1 if as_draw(words[place]) < most else 0


@compiled_into
def decide(population, codes, variables, dials, code, i, rate, draws, round_number, tells_waiting):
    """*i*, unless an event or its bloc decides for it, may take the matter up and decide by its two
    *draws*: outside the code whether to sign, where its kind's attention has this *rate*; inside
    whether to leave.
    """
    if variables.member.forced[code, i] != FREE:
        return
    if variables.member.signed[code, i] == INSIDE:
        reconsider(population, codes, variables, dials, code, i, draws[1])
    elif not (dials[AT.bloc_votes] > 0.0 and population.people.bloc[i] >= 0):
        own_rate = take_up_rate(
            rate, variables.foresight.share[code, i], variables.member.outreach[code, i]
        )
        if draws[0] < chance_within_a_month(own_rate):
            value = weigh_motives(population, codes, variables, dials, code, i, False)
            signs = draws[1] < chance_of_signing(value, dials[AT.rationality])
            conclude(
                population, codes, variables, dials, code, i, signs, round_number, tells_waiting
            )


@compiled_into
def take_up_rate(rate, share, outreach):
    """Rate a month at which somebody takes the matter up: its *share* of the attention of its kind,
    which has this *rate*, and what *outreach* adds.
    """
    return rate * share + outreach


@compiled_into
def deliberate_as_a_bloc(
    population, codes, variables, dials, code, rate, seed, replicate, round_number, tells_waiting
):
    """Members of the bloc outside the code take it up together, as soon as any of them does, and
    decide as one, by the mean of their values.
    """
    undecided = 0
    any_rate = 0.0
    for place in range(population.bloc_members.size):
        i = np.int64(population.bloc_members[place])
        if undecided_and_free(codes, variables, code, i):
            undecided += 1
            any_rate += take_up_rate(
                rate, variables.foresight.share[code, i], variables.member.outreach[code, i]
            )
    if undecided == 0:
        return
    spokesman = np.int64(population.bloc_members[0])
    draws = random_streams.four_draws(
        seed, random_streams.DELIBERATE, code, round_number, replicate, spokesman, OUTSIDE
    )
    if draws[0] >= chance_within_a_month(any_rate):
        return
    mean_value = 0.0
    for place in range(population.bloc_members.size):
        i = np.int64(population.bloc_members[place])
        if undecided_and_free(codes, variables, code, i):
            mean_value += weigh_motives(population, codes, variables, dials, code, i, False)
    mean_value /= undecided
    signs = draws[1] < chance_of_signing(mean_value, dials[AT.rationality])
    for place in range(population.bloc_members.size):
        i = np.int64(population.bloc_members[place])
        if undecided_and_free(codes, variables, code, i):
            conclude(
                population, codes, variables, dials, code, i, signs, round_number, tells_waiting
            )


@compiled
def undecided_and_free(codes, variables, code, i):
    """Whether state *i* has not signed and may choose."""
    is_free = variables.member.forced[code, i] == FREE and codes.may_sign[code, 0] == 1
    return is_free and variables.member.signed[code, i] == 0


@compiled
def reconsider(population, codes, variables, dials, code, i, draw):
    """Decide whether signatory *i* leaves."""
    value = weigh_motives(population, codes, variables, dials, code, i, False)
    leaving = value_of_leaving(value, dials[AT.exit_cost], variables.traits[TRAIT.audience, i])
    if draw < chance_of_signing(leaving, dials[AT.rationality]):
        note_decision(variables, code, i, LEAVES)


@compiled
def conclude(population, codes, variables, dials, code, i, signs, round_number, tells_waiting):
    """Record the decision of *i*, which has taken the matter up: to sign, to wait for others, or to
    decline, which stands for both where it is not told who waits.
    """
    if variables.member.taken_up_round[code, i] == NEVER:
        variables.member.taken_up_round[code, i] = round_number
    if signs:
        note_decision(variables, code, i, SIGNS)
    elif tells_waiting and would_sign_if_all_did(
        weigh_motives(population, codes, variables, dials, code, i, True)
    ):
        variables.member.status[code, i] = WAITING
    else:
        variables.member.status[code, i] = DECLINED


@compiled
def note_decision(variables, code, i, decision):
    """Note that *i* has decided to sign or to leave."""
    variables.member.decision[code, i] = decision
    variables.deciders[code, variables.decider_size[code]] = i
    variables.decider_size[code] += 1


@compiled_into
def take_effect(population, codes, variables, dials, code, seed, replicate, round_number):
    """Carry out this round's decisions and set the day on which each new signature becomes
    public.
    """
    launch = codes.traits[code].launch
    for place in range(variables.decider_size[code]):
        i = np.int64(variables.deciders[code, place])
        decision = variables.member.decision[code, i]
        variables.member.decision[code, i] = 0
        if decision == SIGNS:
            sign(variables, population, code, i, round_number)
            backlog = 0.0
            if population.people.kind[i] == FIRM:
                backlog = dials[AT.firm_backlog_share]
            elif population.people.kind[i] == NGO:
                backlog = dials[AT.ngo_backlog_share]
            draws = random_streams.four_draws(
                seed, random_streams.DELIBERATE, code, round_number, replicate, i, 0
            )
            due = launch + round_of_publication(round_number - launch, backlog, draws[2])
            variables.member.publication[code, i] = due
            if round_number >= launch and due <= round_number:
                publish(variables, population, code, i, round_number)
        else:
            leave(variables, population, code, i, round_number)
    variables.decider_size[code] = 0
