"""A crowd: states that are alike but for what a classic says, tied as it says, in which the engine plays its rounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from sim.engine import rounds as engine
from sim.engine.arrays import SIGNED, State
from sim.engine.build import CHOICE, CODE_TEXT, OPERATION, PERSON, PROVISION, Happenings, Text, World
from sim.engine.rule import Rule
from sim.experiments.simulate import Replicate
from sim.parameters import DIALS
from sim.stakeholders import TRAITS

Array = np.ndarray[Any, Any]

LONGEST = 30_000  # rounds; a record counts them in 16 bits
DECIDING = engine.only("events", "deliberate")
NO_TIES = np.zeros((0, 2), np.int64)

# The campaign at its loudest: who takes the matter up with a chance of 1 - exp(-25) does so at every draw.
EVERYBODY_EVERY_ROUND = {"state_attention_base": 5, "state_attention_campaign": 5, "attention_scale": 4}
# The motive security is then the share of all who have joined.
MEAN_FIELD = {"security_club_share": 1, "confidence_start": 1}


class Crowd(NamedTuple):
    """What stands still: the stakeholders with their ties, a code of one provision that asks everything, the dials of
    all rounds, and no events.
    """

    world: World
    text: Text
    schedule: Array  # [1, dials]
    happenings: Happenings
    first_round: int = 0


def crowd(people: int, dials: Mapping[str, float], ties: Array = NO_TIES, offence: Array | float = 1.0) -> Crowd:
    """So many states without bloc, patron or organisations, all traits 1 but audience (0) and, where given, offence.

    dials: those that are not off; one that is fitted is off at 0, any other at its default. ties: [ties, 2] who is tied
    to whom; everybody divides its heed equally.
    """
    persons = np.recarray(people, PERSON)
    persons[:] = np.zeros(1, PERSON)[0]
    persons.home = np.arange(people)
    persons.bloc = persons.patron = -1
    traits = np.ones((len(TRAITS), people))
    traits[TRAITS.index("audience")] = 0.0
    traits[TRAITS.index("offence")] = offence
    traits.setflags(write=False)  # as a population's are: one compiled model serves both
    both = np.concatenate([ties, ties[:, ::-1]])
    rows = sparse.coo_array((np.ones(len(both)), (both[:, 0], both[:, 1])), (people, people)).tocsr()
    rows.sort_indices()
    start, to = rows.indptr.astype(np.int64), rows.indices.astype(np.int64)
    heed = 1.0 / np.maximum(np.diff(start), 1)
    world = World(
        people=persons, everybody=np.arange(people), traits=traits, friends=np.zeros(people),
        bloc_members=np.zeros(0, np.int64), with_means=np.arange(people),
        ties_start=start, ties_to=to, ties_weight=np.repeat(heed, np.diff(start)),
        heeded_start=start, heeded_by=to, heeded_weight=heed[to],
        own_start=np.zeros(people + 1, np.int64), own=np.zeros(0, np.int64),
    )  # fmt: skip
    return Crowd(world, _text(people), _settings(dials)[None, :], those_join([], 0))


def _text(people: int) -> Text:
    code, provision = np.recarray(1, CODE_TEXT), np.recarray((1, 1), PROVISION)
    code[0] = (1.0, 1.0, 1.0, 1.0)
    provision[0, 0] = (1.0, 1.0, 1.0, OPERATION, 0)
    everybody = np.ones((1, 1, 4), np.uint8)
    return Text(code, provision, everybody, np.ones((1, 3), np.uint8), np.zeros((1, 3, people)))


def _settings(dials: Mapping[str, float]) -> Array:
    """[dials] each within the range that the model allows."""
    off = {name: min(max(0.0, dial.between[0]), dial.between[1]) for name, dial in DIALS.items()}
    fixed = {name: dial.default for name, dial in DIALS.items() if dial.default is not None}
    values = {**off, **fixed, "bloc_votes": 0, "exit_attention": 0, "state_attention_shock": 0, **dials}
    return np.array([DIALS[name].check(value, "a classic") for name, value in values.items()])


def best_response(value: float, rationality: float) -> float:
    """The rule of whoever joins as soon as it is no loss."""
    return 1.0 if value >= 0.0 else 0.0


def rounds(
    setting: Crowd,
    rule: Rule | None = None,
    seed: int = 0,
    replicate: int = 0,
    first: int = 0,
    joining: Iterable[int] = (),
    joined: bool = False,
) -> Iterator[State]:
    """The state after each round of events and decisions, one and the same object, from round *first* on.

    rule: in place of the quantal response; joining: who does so in the first round; joined: whether all have before it.
    """
    happenings = those_join(list(joining), first)
    world = Replicate(setting._replace(happenings=happenings, first_round=first), seed, replicate, rule)
    state: State = world.state
    if joined:
        state.member.signed = 1
        state.member.status = SIGNED
        state.member.signed_round = first
    for t in range(first, first + LONGEST):
        world.play(t, DECIDING)
        yield state


def those_join(who: list[int], round_number: int) -> Happenings:
    """The events of a world in which these join in that round, and nothing else is decided from outside."""
    rows, ones = len(who), np.ones(len(who), np.int64)
    return Happenings(
        round=round_number * ones, what=CHOICE * ones, code=0 * ones, who=np.array(who, np.int64),
        name=0 * ones, value=np.ones(rows), earnest=ones,
    )  # fmt: skip


def spread(setting: Crowd, seeds: Iterable[int] = ()) -> int:
    """How many have joined by best response when nothing changes any more, after *seeds* joined first; the dials must
    have everybody decide in every round, which leaves nothing to luck.
    """
    before = -1
    for state in rounds(setting, best_response, first=-LONGEST, joining=seeds):
        now = int(state.member.signed.sum())
        if now == before:
            break
        before = now
    return before
