"""A crowd: states that are alike except in what a classic sets, in the engine of the model.

First how a crowd is built, then its rounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from sim.engine.arrays import (
    ACT,
    CHOICE,
    CODE_TRAITS,
    NOBODY,
    OPERATION,
    SIGNED,
    CodeArrays,
    EventArrays,
    PopulationArrays,
    Variables,
    forget,
    population_of,
)
from sim.engine.rounds import only
from sim.engine.rule import Rule
from sim.experiments.simulate import Replicate
from sim.kinds_and_statuses import TRAITS
from sim.parameters import DIALS

Array = np.ndarray[Any, Any]

LONGEST = 30_000  # rounds; a record counts them in 16 bits
DECISIONS = only("events", "deliberate")
NO_TIES = np.zeros((0, 2), np.int64)

# The campaign at its loudest: a chance of 1 - exp(-25) to take the matter up means that everybody
# does in every round.
EVERYBODY_EVERY_ROUND = {
    "state_attention_base": 5,
    "state_attention_campaign": 5,
    "attention_scale": 4,
}
# With these the motive security is the share of all who have joined.
MEAN_FIELD = {"security_club_share": 1, "confidence_start": 1}


class Crowd(NamedTuple):
    """What stays the same in a run: the stakeholders with their ties, a code of one provision, the
    dials of all rounds, and no events.
    """

    population_arrays: PopulationArrays
    codes: CodeArrays
    schedule: Array  # [1, dials]
    events: EventArrays
    first_round: int = 0
    code_is_open: bool = True
    conduct_seed: int | None = None


def crowd_of(
    people: int, dials: Mapping[str, float], ties: Array = NO_TIES, offence: Array | float = 1.0
) -> Crowd:
    """A crowd of *people* states without bloc, patron or organisations. All traits are 1 but
    audience, which is 0, and *offence* where it is given.

    dials: those that are not off; a fitted dial is off at 0, any other at its default. ties: [ties,
    2] pairs of states; each state heeds all those it is tied to alike.
    """
    traits = np.ones((len(TRAITS), people))
    traits[TRAITS.index("audience")] = 0.0
    traits[TRAITS.index("offence")] = offence
    both_ways = np.concatenate([ties, ties[:, ::-1]])
    rows = sparse.coo_array(
        (np.ones(len(both_ways)), (both_ways[:, 0], both_ways[:, 1])), (people, people)
    ).tocsr()
    rows.sort_indices()
    ties_start, ties_to = rows.indptr, rows.indices
    share = 1.0 / np.maximum(np.diff(ties_start), 1)
    nobody, zeros, everybody = np.full(people, NOBODY), np.zeros(people), np.arange(people)
    population_arrays = population_of(
        np.zeros(people, np.uint8),
        bound_as=zeros,
        group=zeros,
        home=everybody,
        bloc=nobody,
        patron=nobody,
        record=zeros,
        ideal_point=zeros,
        traits=traits,
        friends=zeros,
        bloc_members=(),
        with_means=everybody,
        ties_start=ties_start,
        ties_to=ties_to,
        ties_weight=np.repeat(share, np.diff(ties_start)),
        heeded_start=ties_start,
        heeded_by=ties_to,
        heeded_weight=share[ties_to],
        own_start=np.zeros(people + 1),
        own=(),
    )
    return Crowd(population_arrays, _codes(people), _dials(dials)[None, :], those_join([], 0))


def _codes(people: int) -> CodeArrays:
    """A code of one provision that forbids operations, at full ambition and depth."""
    code, act = np.recarray(1, CODE_TRAITS), np.recarray(1, ACT)
    code[0] = (1.0, 1.0, 1.0, 1.0, NOBODY, 0)
    act[0] = (OPERATION, 0, 1.0)
    everybody = np.ones((1, 1, 4), np.uint8)
    return CodeArrays(
        traits=code,
        act=act,
        concerns=everybody[0],
        forbids=np.ones((1, 1), np.uint8),
        binds=everybody,
        ambition=np.ones((1, 1)),
        may_sign=np.ones((1, 3), np.uint8),
        convenor=np.zeros((1, 3, people)),
        weights=np.full((1, len(DIALS)), np.nan),
        overlap=np.zeros((1, 1)),
        division=np.zeros((1, 1)),
    )


def _dials(values: Mapping[str, float]) -> Array:
    """[dials] each of *values* and the dials that are off, all within the range of the model."""
    off = {name: min(max(0.0, dial.between[0]), dial.between[1]) for name, dial in DIALS.items()}
    defaults = {name: dial.default for name, dial in DIALS.items() if dial.default is not None}
    dials = {
        **off,
        **defaults,
        "bloc_votes": 0,
        "exit_attention": 0,
        "state_attention_shock": 0,
        **values,
    }
    return np.array([DIALS[name].check(value, "a classic") for name, value in dials.items()])


def best_response(value: float, rationality: float) -> float:
    """The rule of those who join as soon as joining is no loss."""
    return 1.0 if value >= 0.0 else 0.0


def rounds(
    crowd: Crowd,
    rule: Rule | None = None,
    seed: int = 0,
    replicate: int = 0,
    first: int = 0,
    joining: Iterable[int] = (),
    joined: bool = False,
) -> Iterator[Variables]:
    """The state, always the same object, after the events and decisions of each round from round
    *first* on.

    rule: in place of the quantal response; joining: those who join in the first round; joined:
    whether all are members before it.
    """
    events = those_join(list(joining), first)
    model = Replicate(crowd._replace(events=events, first_round=first), seed, replicate, rule)
    state: Variables = model.state
    if joined:
        state.member.signed[:] = 1
        state.member.status[:] = SIGNED
        state.member.signed_round[:] = first
        forget(state)
    for t in range(first, first + LONGEST):
        model.play(t, DECISIONS)
        yield state


def those_join(who: list[int], round_number: int) -> EventArrays:
    """Events by which the states *who*, by number, join in that round; there are no others."""
    rows, ones = len(who), np.ones(len(who), np.int64)
    return EventArrays(
        round=round_number * ones, what=CHOICE * ones, code=0 * ones, who=np.array(who, np.int64),
        name=0 * ones, value=np.ones(rows), earnest=ones,
    )  # fmt: skip


def growth(crowd: Crowd, seeds: Iterable[int] = ()) -> Iterator[int]:
    """The number of members by best response after each round until nothing changes any more, after
    *seeds* join first. The dials must have everybody decide in every round, so that nothing is
    random.
    """
    members_before = -1
    for state in rounds(crowd, best_response, first=-LONGEST, joining=seeds):
        members = int(state.member.signed.sum())
        if members == members_before:
            return
        yield members
        members_before = members


def spread(crowd: Crowd, seeds: Iterable[int] = ()) -> int:
    """The last number of members of their `growth`."""
    *_, members = growth(crowd, seeds)
    return members
