"""The arrays that compiled code reads and changes: their fields, shapes and units, and numbers that stand for words.

`PopulationArrays`, `CodeArrays` and `EventArrays` stay the same during a run; `sim.engine.build` fills them.
`Variables` are the state variables of a replicate, which change.

C codes, N stakeholders, S states, K acts, M operations of one month, E events. A round is a month, 0 the launch;
shares, traits and chances lie in [0, 1].

An act is what a provision forbids or asks for. An act that several codes mention is one act: there is one decision on
it, and its draws do not depend on the number of codes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.engine import random_streams
from sim.motives import MOTIVES
from sim.struct_of_arrays import struct_of_arrays

NEVER = 32767  # a round that does not come
LONG_AGO = -10000  # far enough back for any memory, near enough for differences to stay within 16 bits
NOBODY = -1

CLASS_STATE, CLASS_FIRM, CLASS_PLATFORM, CLASS_NGO = range(4)  # of those whom provisions bind
OPERATION, PRACTICE, STRIKE_BACK = range(3)  # kinds of conduct
CHOICE, TRAIT_CHANGE, OUTREACH = range(3)  # kinds of events
NOT_TAKEN_UP, WAITING, DECLINED, SIGNED, LEFT = range(5)  # statuses
FREE, MUST_SIGN, MUST_STAY_OUT = range(3)  # whether an event decides for somebody

# What stays the same of one stakeholder.
PERSON = np.dtype(
    [
        ("kind", np.uint8),  # 0 state, 1 firm, 2 NGO
        ("bound_as", np.uint8),  # CLASS_…
        ("group", np.uint8),  # index in kinds_and_statuses.GROUPS
        ("home", np.int64),  # home state, -1 where it has no seat
        ("bloc", np.int64),  # bloc that one deliberates in, -1 none
        ("patron", np.int64),  # -1 none
        ("record", np.float64),  # prior commitments
        ("ideal_point", np.float64),  # of states in the General Assembly, from -1 to 1 about the median
    ],
    align=True,
)


@struct_of_arrays
class PopulationArrays(NamedTuple):
    """The stakeholders, their traits and their ties."""

    people: np.recarray  # [N] PERSON: states first, then firms, then NGOs
    everybody: np.ndarray  # [N] their numbers
    traits: np.ndarray  # [7, N] in the order of TRAIT, before any event
    friends: np.ndarray  # [S] share of the states' material power that a state's allies hold
    bloc_members: np.ndarray  # numbers of those who deliberate in the bloc
    with_means: np.ndarray  # numbers of those with offensive means
    ties_start: np.ndarray  # [N + 1] where the ties of i begin in the next two
    ties_to: np.ndarray  # whose example i heeds: a row of W
    ties_weight: np.ndarray  # the share of its heed that goes there
    heeded_start: np.ndarray  # [N + 1] where those who heed j begin in the next two
    heeded_by: np.ndarray  # by whom j is heeded: a column of W
    heeded_weight: np.ndarray
    own_start: np.ndarray  # [S + 1] where the firms and NGOs of a state begin in the next one
    own: np.ndarray  # numbers of the firms and NGOs, by home state


ACT = np.dtype(
    [
        ("conduct", np.int64),  # OPERATION, PRACTICE or STRIKE_BACK
        ("place", np.int64),  # its number among those of the same conduct
        ("restraint", np.float64),  # loading on restraint: how much is given up with it
    ]
)
CODE_TRAITS = np.dtype(
    [
        ("openness", np.float64),
        ("public_rule", np.float64),
        ("depth_restraint", np.float64),
        ("depth_burden", np.float64),
        ("convenor", np.int64),  # NOBODY where there is none
    ]
)


@struct_of_arrays
class CodeArrays(NamedTuple):
    """The codes, and the acts of which they speak."""

    traits: np.recarray  # [C] CODE_TRAITS
    act: np.recarray  # [K] ACT: those of the first code first
    concerns: np.ndarray  # [K, 4] 1 where some code binds a class in an act
    forbids: np.ndarray  # [K, C] 1 where a code forbids an act, or asks for it
    binds: np.ndarray  # [C, K, 4] 1 where that provision binds a class
    ambition: np.ndarray  # [C, K] of that provision, 0 where there is none
    may_sign: np.ndarray  # [C, 3] 1 for the kinds that may
    convenor: np.ndarray  # [C, 3, N] closeness to the convenor: votes, club, bloc


@struct_of_arrays
class EventArrays(NamedTuple):
    """The events of a scenario, one row per stakeholder concerned."""

    round: np.ndarray  # [E] rising
    what: np.ndarray  # [E] CHOICE, TRAIT_CHANGE or OUTREACH
    code: np.ndarray  # [E] of choices and outreach
    who: np.ndarray  # [E]
    name: np.ndarray  # [E] the trait, for changes of one
    value: np.ndarray  # [E] 1 signs, 0 stays out; the trait's new value; attention added, a rate a month
    earnest: np.ndarray  # [E] 0 for a signature in name only


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
        ("last_against", np.int16),  # of acting against the code
        ("last_seen", np.int16),  # of being named for it
        ("outreach", np.float64),  # added attention, a rate a month
        ("norm", np.float64),  # internalised norm
        ("peer_breaches", np.float64),  # share of peers that acted against it this month
        ("unseen_peer_breaches", np.float64),  # share of peers that did so unseen
    ],
    align=True,
)
CODE_VARIABLES = np.dtype(
    [
        ("confidence", np.float64),  # in its being kept
        ("power_share", np.float64),  # of the states' material power, held by signatories
        ("offence_share", np.float64),  # of all offensive means, held by signatories
        ("bound_power", np.float64),  # of the states' material power, held by those whom the code binds
        ("in_force", np.int64),  # 1 once enough states have ratified a treaty
    ]
)
OPERATION_VARIABLES = np.dtype(
    [
        ("author", np.int64),
        ("act", np.int64),
        ("target", np.int64),  # a state
        ("victim", np.int64),  # the state itself, or one of its firms and NGOs
        ("traced_to", np.int64),  # NOBODY where the author stays unknown
        ("named", np.uint8),  # whether whom it is traced to is named in public
        ("severity", np.float64),  # harm before protection
    ],
    align=True,
)


@struct_of_arrays
class Variables(NamedTuple):
    """The state variables of a replicate, and memory for interim results."""

    member: np.recarray  # [C, N] MEMBER
    code: np.recarray  # [C] CODE_VARIABLES
    traits: np.ndarray  # [7, N], which events may change
    standing: np.ndarray  # [N] how much one's example counts
    protection: np.ndarray  # [N] share of harm averted this month
    practice: np.ndarray  # [K, N] 1 where a stakeholder keeps it this month
    own_listed: np.ndarray  # [C, S] number of a state's own firms and NGOs on the public list
    operation: np.recarray  # [M] OPERATION_VARIABLES, this month's
    against: np.ndarray  # [C, M] 1 where an operation acts against a code
    draws: np.ndarray  # [B, 4, N] scratch: draws of several stakeholders, in as many blocks as one decision takes
    blocks: np.ndarray  # [N] scratch: the block that each one's draws are from
    weights: np.ndarray  # [S] scratch
    practices_due: np.ndarray  # [4] scratch, per class
    breaks: np.ndarray  # [C] scratch: 1 for the codes that an act would break
    coalition: np.ndarray  # [C] scratch: 1 for the codes whose members stand together
    size: np.ndarray  # [1] how many operations this month has
    shock: np.ndarray  # [3] a factor on attention in this replicate, per kind
    contributions: np.ndarray  # [motives] scratch, in logits


def blocks_of_draws(codes: CodeArrays) -> int:
    """How many blocks of four draws one decision of a stakeholder takes at most: one for signing or leaving, else as
    many as two draws for each operation fill, or one for each practice.
    """
    operations, practices = ((codes.act.conduct == conduct).sum() for conduct in (OPERATION, PRACTICE))
    return max(1, -(-2 * int(operations) // random_streams.DRAWS), -(-int(practices) // random_streams.DRAWS))


def empty_variables(population: PopulationArrays, codes: CodeArrays) -> Variables:
    """The arrays of one replicate, to be set by `begin`."""
    number, acts = codes.ambition.shape
    people, states = population.people.size, population.own_start.size - 1
    most = max(1, population.with_means.size * acts)
    return Variables(
        member=np.recarray((number, people), MEMBER),
        code=np.recarray(number, CODE_VARIABLES),
        traits=population.traits.copy(),
        standing=np.ones(people),
        protection=np.zeros(people),
        practice=np.zeros((acts, people), np.uint8),
        own_listed=np.zeros((number, states), np.int32),
        operation=np.recarray(most, OPERATION_VARIABLES),
        against=np.zeros((number, most), np.uint8),
        draws=np.zeros((blocks_of_draws(codes), random_streams.DRAWS, people)),
        blocks=np.zeros(people, np.int64),
        weights=np.zeros(states),
        practices_due=np.zeros(codes.concerns.shape[1]),
        breaks=np.zeros(number, np.uint8),
        coalition=np.zeros(number, np.uint8),
        size=np.zeros(1, np.int64),
        shock=np.ones(3),
        contributions=np.zeros(len(MOTIVES)),
    )


@compiled
def begin(variables, population, confidence_start):
    """Set *variables* to their values before the first round."""
    for code in range(variables.code.size):
        variables.code[code].confidence = confidence_start
        variables.code[code].power_share = 0.0
        variables.code[code].offence_share = 0.0
        variables.code[code].bound_power = 0.0
        variables.code[code].in_force = 0
        for i in range(population.people.size):
            member = variables.member[code, i]
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
            member.peer_breaches = 0.0
            member.unseen_peer_breaches = 0.0
        for home in range(variables.own_listed.shape[1]):
            variables.own_listed[code, home] = 0
    for i in range(population.people.size):
        variables.standing[i] = 1.0
        variables.protection[i] = 0.0
        for trait in range(variables.traits.shape[0]):
            variables.traits[trait, i] = population.traits[trait, i]
        for k in range(variables.practice.shape[0]):
            variables.practice[k, i] = 0
    variables.size[0] = 0
