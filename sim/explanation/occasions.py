"""How often somebody takes the matter up as long as it has not signed: the occasions on which it decides."""

from __future__ import annotations

import math
from typing import Any

from sim import engine
from sim.explanation.weighing import DELIBERATE, EVENTS, Moment, play
from sim.own_rule import with_rule
from sim.state import FREE, NEVER, NOT_TAKEN_UP, empty_state, leave, weigh_signatories

WORLDS = 40  # occasions differ little between worlds


def occasions(of: Moment, replicates: int, seed: int) -> float:
    """How many times, on average, the one whom *of* is about takes the matter up when its signature is undone at once.

    In the stages *events* and *deliberate* alone, which is all that taking up depends on.
    """
    given, one_round = of.given, with_rule(engine.one_round, of.rule)
    state = empty_state(given.world, given.text)
    number = min(replicates, WORLDS)
    counted = 0
    for replicate in range(number):
        engine.start(given.world, state, given.schedule[0], seed, replicate)
        for t in range(given.first_round, given.first_round + len(given.schedule)):
            play(state, given, one_round, seed, replicate, t, EVENTS)
            play(state, given, one_round, seed, replicate, t, DELIBERATE)
            counted += int(state.member.taken_up_round[0, of.who] == t)
            _as_before(state, of, t)
    return counted / number


def _as_before(state: Any, of: Moment, t: int) -> None:
    """Nobody of those who decide together has signed or taken the matter up."""
    member, world = state.member, of.given.world
    for i in of.deciders:
        if member.forced[0, i] == FREE:
            if member.signed[0, i]:
                leave(state, world, 0, i, t)
            member.status[0, i], member.taken_up_round[0, i], member.left_round[0, i] = NOT_TAKEN_UP, NEVER, NEVER
    weigh_signatories(state, world, 0)


def implied(share: float, chance: float) -> float:
    """The number of occasions at which a *chance* each time leads to a signature in that *share* of worlds.

    0 where a share of none or all says nothing about it.
    """
    if not 0 < share < 1 or not 0 < chance < 1:
        return 0.0
    return math.log(1 - share) / math.log(1 - chance)


def telling_chance(number: float) -> float:
    """The chance to sign on each of *number* occasions with which one signs in half of all worlds."""
    return 1 - 0.5 ** (1 / number) if number > 0 else 1.0
