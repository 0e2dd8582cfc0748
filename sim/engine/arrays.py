"""What changes during a run: the arrays of one replicate. C codes, N stakeholders, K provisions, S states, M
operations.
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from sim.compiled import compiled
from sim.engine import random_streams
from sim.engine.build import OPERATION, PRACTICE, TRAIT, Text, World
from sim.theory.motives import MOTIVES

NEVER = 32767
LONG_AGO = -10000  # far enough back for any memory, near enough for differences to stay within 16 bits
NOT_TAKEN_UP, WAITING, DECLINED, SIGNED, LEFT = range(5)
FREE, MUST_SIGN, MUST_STAY_OUT = range(3)
NOBODY = -1

# How one stakeholder stands to one code. Rounds are NEVER (for last_… LONG_AGO) until the thing happens.
MEMBER = np.dtype(
    [
        ("signed", np.uint8),
        ("listed", np.uint8),
        ("in_name", np.uint8),
        ("ratified", np.uint8),  # of states, where the code has to be ratified
        ("forced", np.uint8),  # FREE, MUST_SIGN or MUST_STAY_OUT
        ("status", np.uint8),  # NOT_TAKEN_UP, WAITING, DECLINED, SIGNED or LEFT
        ("decision", np.uint8),  # this round's, applied when all have decided: 0 none, 1 sign, 2 leave
        ("publication", np.int16),  # round in which the signature becomes public
        ("taken_up_round", np.int16),
        ("signed_round", np.int16),
        ("listed_round", np.int16),
        ("left_round", np.int16),
        ("last_against", np.int16),
        ("last_seen", np.int16),  # of acting against the code, of being named for it
        ("outreach", np.float64),  # added attention, a rate a month
        ("norm", np.float64),  # internalised norm, in [0, 1]
        ("broke", np.float64),
        ("got_away", np.float64),  # share of peers that acted against it, and unseen, this month
    ],
    align=True,
)
CODE_STATE = np.dtype(
    [
        ("confidence", np.float64),
        ("power_share", np.float64),  # of signatories
        ("offence_share", np.float64),
        ("bound_power", np.float64),  # of those whom the code binds
        ("in_force", np.int64),  # 1 once enough states have ratified a treaty
    ]
)
OPERATION_STATE = np.dtype(
    [
        ("author", np.int64),
        ("provision", np.int64),
        ("target", np.int64),
        ("victim", np.int64),
        ("traced_to", np.int64),
        ("against", np.uint8),
        ("named", np.uint8),
        ("severity", np.float64),
    ],
    align=True,
)

State = namedtuple(
    "State",
    [
        "member",  # [C, N] MEMBER
        "code",  # [C] CODE_STATE
        "traits",  # [7, N], which events may change
        "standing",  # [N] in [0, 1]
        "protection",  # [N] share of harm averted this month
        "kept",  # [K, N] 1 for a practice kept this month
        "own_listed",  # [C, S] number of a state's own firms and NGOs on the public list
        "operation",  # [M] OPERATION_STATE, this month's
        "draws",  # [B, 4, N] scratch: draws of several stakeholders, in as many blocks as one decision takes
        "weights",  # [S] scratch
        "asked",  # [4] scratch
        "size",  # [1] how many operations this month has
        "shock",  # [3] this world's luck in attention, per kind
        "contributions",  # [motives] scratch
    ],
)


def blocks_of_draws(text: Text) -> int:
    """How many blocks of four draws one stakeholder's month takes at most: two for signing and leaving; for conduct as
    many as two draws for each operation fill, or one for each practice.
    """
    operations, practices = ((text.provision.conduct == conduct).sum(axis=1).max() for conduct in (OPERATION, PRACTICE))
    return max(2, -(-2 * int(operations) // random_streams.DRAWS), -(-int(practices) // random_streams.DRAWS))


def empty_state(world: World, text: Text) -> State:
    """The arrays of one replicate, to be set by `begin`."""
    codes, provisions = text.provision.shape
    people, states = world.people.size, world.own_start.size - 1
    most = max(1, world.with_means.size * codes * provisions)
    return State(
        member=np.recarray((codes, people), MEMBER),
        code=np.recarray(codes, CODE_STATE),
        traits=world.traits.copy(),
        standing=np.ones(people),
        protection=np.zeros(people),
        kept=np.zeros((provisions, people), np.uint8),
        own_listed=np.zeros((codes, states), np.int32),
        operation=np.recarray(most, OPERATION_STATE),
        draws=np.zeros((blocks_of_draws(text), random_streams.DRAWS, people)),
        weights=np.zeros(states),
        asked=np.zeros(text.binds.shape[2]),
        size=np.zeros(1, np.int64),
        shock=np.ones(3),
        contributions=np.zeros(len(MOTIVES)),
    )


@compiled
def begin(state, world, confidence_start):
    """Set *state* to how the world stands before the first round."""
    for code in range(state.code.size):
        state.code[code].confidence = confidence_start
        state.code[code].power_share = 0.0
        state.code[code].offence_share = 0.0
        state.code[code].bound_power = 0.0
        state.code[code].in_force = 0
        for i in range(world.people.size):
            member = state.member[code, i]
            member.signed = 0
            member.listed = 0
            member.in_name = 0
            member.ratified = 0
            member.forced = FREE
            member.status = NOT_TAKEN_UP
            member.decision = 0
            member.publication = NEVER
            member.taken_up_round = NEVER
            member.signed_round = NEVER
            member.listed_round = NEVER
            member.left_round = NEVER
            member.last_against = LONG_AGO
            member.last_seen = LONG_AGO
            member.outreach = 0.0
            member.norm = 0.0
            member.broke = 0.0
            member.got_away = 0.0
        for home in range(state.own_listed.shape[1]):
            state.own_listed[code, home] = 0
    for i in range(world.people.size):
        state.standing[i] = 1.0
        state.protection[i] = 0.0
        for trait in range(state.traits.shape[0]):
            state.traits[trait, i] = world.traits[trait, i]
        for k in range(state.kept.shape[0]):
            state.kept[k, i] = 0
    state.size[0] = 0


@compiled
def sign(state, world, code, i, round_number):
    """*i* becomes a signatory of *code*."""
    state.member[code, i].signed = 1
    state.member[code, i].status = SIGNED
    state.member[code, i].signed_round = round_number
    state.member[code, i].left_round = NEVER


@compiled
def publish(state, world, code, i, round_number):
    """*i* appears on the public list of *code*."""
    state.member[code, i].listed = 1
    state.member[code, i].listed_round = round_number
    if world.people[i].kind != 0 and world.people[i].home >= 0:
        state.own_listed[code, world.people[i].home] += 1


@compiled
def leave(state, world, code, i, round_number):
    """*i* stops being a signatory of *code* and is struck off the public list."""
    state.member[code, i].signed = 0
    state.member[code, i].in_name = 0
    state.member[code, i].ratified = 0
    state.member[code, i].status = LEFT
    state.member[code, i].left_round = round_number
    state.member[code, i].publication = NEVER
    if state.member[code, i].listed == 1:
        state.member[code, i].listed = 0
        if world.people[i].kind != 0 and world.people[i].home >= 0:
            state.own_listed[code, world.people[i].home] -= 1


@compiled
def weigh_signatories(state, world, code):
    """Shares of the states' material power, and of all offensive means, that signatories of *code* hold."""
    power = 0.0
    all_power = 0.0
    for i in range(world.own_start.size - 1):
        all_power += state.traits[TRAIT.weight, i]
        power += state.traits[TRAIT.weight, i] * state.member[code, i].signed
    offence = 0.0
    all_offence = 0.0
    for place in range(world.with_means.size):
        i = world.with_means[place]
        all_offence += state.traits[TRAIT.offence, i]
        offence += state.traits[TRAIT.offence, i] * state.member[code, i].signed
    state.code[code].power_share = power / all_power if all_power > 0.0 else 0.0
    state.code[code].offence_share = offence / all_offence if all_offence > 0.0 else 0.0
