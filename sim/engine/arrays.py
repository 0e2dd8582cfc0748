"""The arrays that compiled code reads and changes: their fields, shapes and units, and numbers that
stand for words.

`PopulationArrays`, `CodeArrays` and `EventArrays` stay the same during a run; `sim.engine.build`
fills them. `Variables` are the state variables of a replicate, which change.

C codes, N stakeholders, S states, A stakeholders with offensive means, K acts, O of them operations
and P practices, M operations of one month, E events. A round is a month, 0 the launch; shares,
traits and chances lie in [0, 1].

Where there are many, numbers are stored in as few bytes as they need; compiled code makes 64 bits
of each it reads.

An act is what a provision forbids or asks for. An act that several codes mention is one act: there
is one decision on it, and its draws do not depend on the number of codes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.engine import random_streams
from sim.kinds_and_statuses import GROUPS
from sim.motives import MOTIVES
from sim.parameters import AT
from sim.struct_of_arrays import struct_of_arrays

NEVER = 32767  # a round that does not come
LONG_AGO = (
    -10000
)  # far enough back for any memory, near enough for differences to stay within 16 bits
NOBODY = -1
PARTS = 8  # of the states, among which a target is first looked for
SOME = 512  # stakeholders whose random words are at hand together: they stay in the fastest memory

CLASS_STATE, CLASS_FIRM, CLASS_PLATFORM, CLASS_NGO = range(4)  # of those whom provisions bind
OPERATION, PRACTICE, STRIKE_BACK = range(3)  # kinds of conduct
CHOICE, TRAIT_CHANGE, OUTREACH, CONDUCT = range(4)  # kinds of events
NOT_TAKEN_UP, WAITING, DECLINED, SIGNED, LEFT = range(5)  # statuses
FREE, MUST_SIGN, MUST_STAY_OUT = range(3)  # whether an event decides for somebody
MUST_KEEP, MUST_BREAK = 1, 2  # or FREE: whether an event decides somebody's conduct


@struct_of_arrays
class People(NamedTuple):
    """What stays the same of each stakeholder."""

    kind: np.ndarray  # [N] 0 state, 1 firm, 2 NGO
    bound_as: np.ndarray  # [N] CLASS_…
    group: np.ndarray  # [N] index in kinds_and_statuses.GROUPS
    home: np.ndarray  # [N] home state, -1 where it has no seat
    bloc: np.ndarray  # [N] bloc that one deliberates in, -1 none
    patron: np.ndarray  # [N] -1 none
    record: np.ndarray  # [N] prior commitments
    ideal_point: np.ndarray  # [N] of states in the General Assembly, from -1 to 1 about the median


@struct_of_arrays
class PopulationArrays(NamedTuple):
    """The stakeholders, their traits and their ties."""

    people: People  # states first, then firms, then NGOs
    everybody: np.ndarray  # [N] their numbers
    kind_start: np.ndarray  # [4] where the states, the firms and the NGOs begin, and where they end
    traits: np.ndarray  # [7, N] in the order of TRAIT, before any event
    friends: np.ndarray  # [S] share of the states' material power that a state's allies hold
    bloc_members: np.ndarray  # numbers of those who deliberate in the bloc
    with_means: np.ndarray  # [A] numbers of those with offensive means
    ties_start: np.ndarray  # [N + 1] where the ties of i begin in the next two
    ties_to: np.ndarray  # whose example i heeds: a row of W
    ties_weight: np.ndarray  # the share of its heed that goes there
    heeded_start: np.ndarray  # [N + 1] where those who heed j begin in the next two
    heeded_by: np.ndarray  # by whom j is heeded: a column of W
    heeded_weight: np.ndarray
    own_start: np.ndarray  # [S + 1] where the firms and NGOs of a state begin in the next one
    own: np.ndarray  # numbers of the firms and NGOs, by home state
    on_record: (
        np.ndarray
    )  # numbers of those whose dates a run keeps: everybody, of a scaled population some
    counts_as: (
        np.ndarray
    )  # [3] how much one of a kind counts where kinds are added up: of a scaled population, less


# How the constant arrays are stored, all others as float64.
STORED_AS = {
    **dict.fromkeys(("kind", "bound_as", "group"), np.uint8),
    **dict.fromkeys(("home", "bloc", "patron"), np.int32),
    **dict.fromkeys(
        (
            "kind_start",
            "everybody",
            "bloc_members",
            "with_means",
            "ties_to",
            "heeded_by",
            "own",
            "on_record",
        ),
        np.uint32,
    ),
    **dict.fromkeys(("ties_start", "heeded_start", "own_start"), np.int64),
}


def population_of(kind: Any, **arrays: Any) -> PopulationArrays:
    """The fields of `People` and `PopulationArrays`, from numbers of any type, as they are stored;
    arrays that are stored so already are not copied, and nobody can change them here. *kind* rises.
    """
    arrays |= {
        "kind": kind,
        "kind_start": np.searchsorted(kind, np.arange(4)),
        "everybody": np.arange(len(kind)),
    }
    arrays.setdefault("counts_as", [1.0, 1.0, 1.0])
    arrays.setdefault("on_record", arrays["everybody"])
    fields = {
        name: np.asarray(array, STORED_AS.get(name, np.float64), order="C").view()
        for name, array in arrays.items()
    }
    for array in fields.values():
        array.setflags(write=False)
    return PopulationArrays(People(*(fields.pop(name) for name in People._fields)), **fields)


def group_sizes(population: PopulationArrays) -> np.ndarray[Any, Any]:
    """[5] how many stakeholders each of GROUPS has, added up as counts are (`counts_as`)."""
    sizes = np.bincount(population.people.group, minlength=len(GROUPS)).astype(np.float64)
    return sizes * population.counts_as[[0, 0, 0, 1, 2]]


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
        ("launch", np.int64),  # the round in which it opens; 0 for the first
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
    # [C, dials] weights of motives that a code has for itself, nan where it has those of the dials
    weights: np.ndarray
    overlap: (
        np.ndarray
    )  # [C, C] what a signature of the second adds to the value of signing the first (logits)
    division: np.ndarray  # [C, C] how far attention to the first is divided with the second


@struct_of_arrays
class EventArrays(NamedTuple):
    """The events of a scenario, one row per stakeholder concerned."""

    round: np.ndarray  # [E] rising
    what: np.ndarray  # [E] CHOICE, TRAIT_CHANGE, OUTREACH or CONDUCT
    code: np.ndarray  # [E] of choices and outreach
    who: np.ndarray  # [E]
    name: (
        np.ndarray
    )  # [E] the trait, for changes of one; of a signature, after how many rounds it is public
    value: (
        np.ndarray
    )  # [E] 1 signs or keeps, 0 not; the trait's new value; attention added, a rate a month
    earnest: np.ndarray  # [E] 0 for a signature in name only


@struct_of_arrays
class Member(NamedTuple):
    """How each stakeholder stands to each code. Rounds are NEVER (for last_… LONG_AGO) until the
    thing happens.
    """

    signed: np.ndarray  # [C, N] 0 or 1
    listed: np.ndarray  # [C, N] 0 or 1
    in_name: np.ndarray  # [C, N] 0 or 1
    ratified: np.ndarray  # [C, N] 0 or 1; of states, where the code has to be ratified
    forced: np.ndarray  # [C, N] FREE, MUST_SIGN or MUST_STAY_OUT
    status: np.ndarray  # [C, N] NOT_TAKEN_UP, WAITING, DECLINED, SIGNED or LEFT
    decision: (
        np.ndarray
    )  # [C, N] this round's, applied when all have decided: 0 none, 1 sign, 2 leave
    publication: np.ndarray  # [C, N] round in which the signature becomes public
    taken_up_round: np.ndarray  # [C, N]
    signed_round: np.ndarray  # [C, N]
    listed_round: np.ndarray  # [C, N]
    left_round: np.ndarray  # [C, N]
    last_against: np.ndarray  # [C, N] of acting against the code
    last_seen: np.ndarray  # [C, N] of being named for it
    outreach: np.ndarray  # [C, N] added attention, a rate a month
    norm: np.ndarray  # [C, N] internalised norm
    peer_breaches: np.ndarray  # [C, N] share of peers that acted against it this month
    unseen_peer_breaches: np.ndarray  # [C, N] share of peers that did so unseen


CODE_VARIABLES = np.dtype(
    [
        ("confidence", np.float64),  # in its being kept
        ("power_share", np.float64),  # of the states' material power, held by signatories
        ("offence_share", np.float64),  # of all offensive means, held by signatories
        (
            "bound_power",
            np.float64,
        ),  # of the states' material power, held by those whom the code binds
        ("is_open", np.int64),  # 0 before the launch of a code that opens after the first
        ("in_force", np.int64),  # 1 once enough states have ratified a treaty
        (
            "turnover",
            np.int64,
        ),  # above 0 where somebody has joined or left since both shares were last weighed
    ]
)
OPERATION_VARIABLES = np.dtype(
    [
        ("author", np.uint32),
        ("act", np.uint32),
        ("target", np.uint32),  # a state
        ("victim", np.uint32),  # the state itself, or one of its firms and NGOs
        ("traced_to", np.int32),  # NOBODY where the author stays unknown
        ("named", np.uint8),  # whether whom it is traced to is named in public
        ("severity", np.float64),  # harm before protection
    ],
    align=True,
)
FORESIGHT = np.dtype(
    [
        (
            "of_attention",
            np.int64,
        ),  # 1 while what is foreseen of it holds, as no trait and no dial has changed
        ("of_operations", np.int64),  # the same
        ("of_practices", np.int64),  # the same
        ("victim_weight", np.float64),  # of the usual victim
        ("victim_friends", np.float64),
        (
            "supply",
            np.float64,
        ),  # weight of the firms from whom it is due, once for each practice that protects
        (
            "hosts",
            np.float64,
        ),  # exposure of the states from whom it is due, once for each practice of due diligence
    ]
)


@struct_of_arrays
class Foresight(NamedTuple):
    """What follows from the world, the texts and the dials alone, and is worked out anew only where
    one of them changes; of lapses also what follows from the pledges of the practices' owners.
    """

    alike: np.recarray  # [1] FORESIGHT, for everybody alike
    dials: np.ndarray  # [dials] those with which all this was worked out
    share: np.ndarray  # [C, N] of its kind's attention
    likeliest: np.ndarray  # [O, A] no chance of an operation exceeds this
    restraint: np.ndarray  # [A] on those with means, whatever they have pledged, in logits
    means_so_far: np.ndarray  # [A] the sum of offensive means up to each of those with means
    allure: (
        np.ndarray
    )  # [A, PARTS] of the states as targets, up to the end of each part of them; UNKNOWN at first
    lapse: (
        np.ndarray
    )  # [P, N] chance that a practice is neglected in a month, 1 where it is not due
    practices_due: np.ndarray  # [N] how many practices that protect are due from it
    due: np.ndarray  # [P, 5] from how many of each group a practice is due


@struct_of_arrays
class Variables(NamedTuple):
    """The state variables of a replicate, and memory for interim results."""

    member: Member
    code: np.recarray  # [C] CODE_VARIABLES
    traits: np.ndarray  # [7, N], which events may change
    order: np.ndarray  # [N] FREE, MUST_KEEP or MUST_BREAK, of the first code
    standing: np.ndarray  # [N] how much one's example counts
    protection: np.ndarray  # [N] share of harm averted this month
    practice: np.ndarray  # [K, N] 1 where a stakeholder keeps it this month
    own_listed: np.ndarray  # [C, S] number of a state's own firms and NGOs on the public list
    operation: np.recarray  # [M] OPERATION_VARIABLES, this month's
    against: np.ndarray  # [C, M] 1 where an operation acts against a code
    size: np.ndarray  # [1] how many operations this month has
    shock: np.ndarray  # [3] a factor on attention in this replicate, per kind
    foresight: Foresight
    # [B, 4, SOME] scratch: random words of some stakeholders, in the blocks that a decision takes
    words: np.ndarray
    blocks: np.ndarray  # [SOME] scratch: the block that each one's words are from
    flags: np.ndarray  # [SOME] scratch: 1 for those who need a closer look
    is_mover: (
        np.ndarray
    )  # [N] 1 for those whose pledges may have changed since practices were last chosen
    movers: np.ndarray  # [N] scratch: their numbers
    mover_size: np.ndarray  # [1] how many they are
    deciders: (
        np.ndarray
    )  # [C, N] scratch: the numbers of those who have decided to sign or to leave this round
    decider_size: np.ndarray  # [C] how many they are
    dials: (
        np.ndarray
    )  # [C, dials] scratch: this round's, with the weights that a code has for itself
    weights: np.ndarray  # [S] scratch
    breaks: np.ndarray  # [C] scratch: 1 for the codes that an act would break
    coalition: np.ndarray  # [C] scratch: 1 for the codes whose members stand together
    contributions: (
        np.ndarray
    )  # [motives] scratch, in logits; beside another code one more, of its signature


def blocks_of_draws(codes: CodeArrays) -> int:
    """How many blocks of four draws are at hand together: as many as two draws for each operation
    fill, and one.
    """
    return max(1, -(-2 * int((codes.act.conduct == OPERATION).sum()) // random_streams.DRAWS))


def most_operations(population: PopulationArrays, codes: CodeArrays) -> int:
    """How many operations a month can have: those with means times the acts that concern each."""
    acts = codes.concerns[codes.act.conduct == OPERATION].sum(axis=0, dtype=np.int64)
    return max(1, int(acts[population.people.bound_as[population.with_means]].sum()))


def empty_member(number: int, people: int) -> Member:
    """The arrays of so many codes, to be set by `begin`."""
    bytes_each = dict.fromkeys(Member._fields[:7], np.uint8)
    rounds = dict.fromkeys(Member._fields[7:14], np.int16)
    shares = dict.fromkeys(Member._fields[14:], np.float64)
    return Member(
        **{
            name: np.zeros((number, people), kind)
            for name, kind in (bytes_each | rounds | shares).items()
        }
    )


def empty_variables(population: PopulationArrays, codes: CodeArrays) -> Variables:
    """The arrays of one replicate, to be set by `begin`."""
    number, acts = codes.ambition.shape
    people, states, able = (
        population.everybody.size,
        population.own_start.size - 1,
        population.with_means.size,
    )
    operations, practices = (
        int((codes.act.conduct == conduct).sum()) for conduct in (OPERATION, PRACTICE)
    )
    most = most_operations(population, codes)
    return Variables(
        member=empty_member(number, people),
        code=np.recarray(number, CODE_VARIABLES),
        traits=population.traits.copy(),
        order=np.zeros(people, np.uint8),
        standing=np.ones(people),
        protection=np.zeros(people),
        practice=np.zeros((acts, people), np.uint8),
        own_listed=np.zeros((number, states), np.int32),
        operation=np.recarray(most, OPERATION_VARIABLES),
        against=np.zeros((number, most), np.uint8),
        size=np.zeros(1, np.int64),
        shock=np.ones(3),
        foresight=Foresight(
            alike=np.zeros(1, FORESIGHT).view(np.recarray),
            dials=np.zeros(len(AT)),
            share=np.zeros((number, people)),
            likeliest=np.zeros((operations, able)),
            restraint=np.zeros(able),
            means_so_far=np.zeros(able),
            allure=np.zeros((able, PARTS)),
            lapse=np.zeros((practices, people)),
            practices_due=np.zeros(people, np.uint8),
            due=np.zeros((practices, len(GROUPS))),
        ),
        words=np.zeros((blocks_of_draws(codes), random_streams.DRAWS, SOME), np.uint32),
        blocks=np.zeros(SOME, np.uint8),
        flags=np.zeros(SOME, np.uint8),
        is_mover=np.zeros(people, np.uint8),
        movers=np.zeros(people, np.uint32),
        mover_size=np.zeros(1, np.int64),
        deciders=np.zeros((number, people), np.uint32),
        decider_size=np.zeros(number, np.int64),
        dials=np.zeros((number, len(AT))),
        weights=np.zeros(states),
        breaks=np.zeros(number, np.uint8),
        coalition=np.zeros(number, np.uint8),
        contributions=np.zeros(len(MOTIVES) + (number > 1)),
    )


@compiled
def begin(variables, population, confidence_start):
    """Set *variables* to their values before the first round."""
    reset_traits(variables, population)
    for code in range(variables.code.size):
        variables.code[code].confidence = confidence_start
        variables.code[code].power_share = 0.0
        variables.code[code].offence_share = 0.0
        variables.code[code].bound_power = 0.0
        variables.code[code].is_open = 1
        variables.code[code].in_force = 0
        variables.code[code].turnover = 1
        for i in range(population.everybody.size):
            if variables.member.signed[code, i] == 1:
                note_mover(variables, i)
    member = variables.member
    for everybodys in (
        member.signed,
        member.listed,
        member.in_name,
        member.ratified,
        member.decision,
    ):
        everybodys[:] = 0
    member.forced[:] = FREE
    member.status[:] = NOT_TAKEN_UP
    for dates in (
        member.publication,
        member.taken_up_round,
        member.signed_round,
        member.listed_round,
        member.left_round,
    ):
        dates[:] = NEVER
    for dates in (member.last_against, member.last_seen):
        dates[:] = LONG_AGO
    for shares in (member.outreach, member.norm, member.peer_breaches, member.unseen_peer_breaches):
        shares[:] = 0.0
    variables.own_listed[:] = 0
    variables.order[:] = FREE
    variables.standing[:] = 1.0
    variables.protection[:] = 0.0
    variables.practice[:] = 0
    variables.size[0] = 0


@compiled
def reset_traits(variables, population):
    """Undo what events changed."""
    for trait in range(variables.traits.shape[0]):
        for i in range(population.everybody.size):
            if variables.traits[trait, i] != population.traits[trait, i]:
                variables.traits[trait, i] = population.traits[trait, i]
                forget(variables)


@compiled
def note_mover(variables, i):
    """Note that what *i* has pledged may have changed."""
    if variables.is_mover[i] == 0:
        variables.is_mover[i] = 1
        variables.movers[variables.mover_size[0]] = i
        variables.mover_size[0] += 1


@compiled
def forget(variables):
    """Note that traits, dials or memberships may have changed in any way: whatever rests on them is
    out of date.
    """
    variables.foresight.alike[0].of_attention = 0
    variables.foresight.alike[0].of_operations = 0
    variables.foresight.alike[0].of_practices = 0
    for code in range(variables.code.size):
        variables.code[code].turnover = 1
