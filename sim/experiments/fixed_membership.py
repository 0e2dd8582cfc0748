"""Fixed membership: the signatories of one world, brought into another as events, and what they do
there.

Who signs a text is no random sample of those it could bind. To see what a text does to its
signatories, and not who they are, the same have to be bound in the same months by another text
(Downs, Rocke and Barsoom 1996). Signatories here are those whom the code binds: of a treaty, states
that have ratified it, once it is in force.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.engine import rounds as engine
from sim.engine.arrays import CHOICE, NEVER, PRACTICE, CodeArrays, EventArrays, PopulationArrays
from sim.engine.outputs import BOUND, Output
from sim.experiments.outcomes import Array

Bits = NDArray[np.uint8]

NOBODY_DELIBERATES = engine.ALL_STAGES._replace(deliberate=False)


def events_of_members(
    events: EventArrays, members: Bits, public: Bits, first_round: int
) -> EventArrays:
    """*events* with the turns of *members* [R, N] of another world in place of all choices, for a
    world in which nobody deliberates and nobody has to ratify. A signature becomes public when it
    did there, as *public* [R, N] says; both are as in `Output`.
    """
    now, before = members.astype(np.int8), np.zeros(members.shape, np.int8)
    before[1:] = now[:-1]
    place, who = np.nonzero(now != before)
    rounds = place + first_round
    numbers = np.arange(first_round, first_round + len(public), dtype=np.int16)
    listed = np.where(public > 0, numbers[:, None], np.int16(NEVER))
    due = np.minimum.accumulate(listed[::-1], axis=0)[::-1][
        place, who
    ]  # the next round in which it is public
    turns = {
        "round": rounds, "what": np.full(len(who), CHOICE), "code": np.zeros(len(who)), "who": who,
        "name": due.astype(np.int64) - np.maximum(rounds, 0), "value": now[place, who] > 0,
        "earnest": now[place, who] == BOUND,
    }  # fmt: skip
    others = np.flatnonzero(events.what != CHOICE)
    columns = {
        name: np.concatenate([turns[name], getattr(events, name)[others]])
        for name in EventArrays._fields
    }
    order = np.argsort(columns["round"], kind="stable")
    return EventArrays(
        **{name: _as_stored(columns[name][order], getattr(events, name)) for name in columns}
    )


def _as_stored(column: Any, like: Any) -> Any:
    return np.ascontiguousarray(column, dtype=like.dtype)


def practices_due(population: PopulationArrays, codes: CodeArrays) -> Bits:
    """[N] how many practices are due from each stakeholder, whether or not it is a signatory."""
    acts = codes.concerns[codes.act.conduct == PRACTICE]
    return np.asarray(acts[:, population.people.bound_as].sum(axis=0), np.uint8)


def departure(
    with_code: Output, without: Output, due: Bits, counts_as: Array, launch: int
) -> tuple[float, float]:
    """By how many % fewer operations signatories undertake, and practices neglect, than the same
    stakeholders in the same months of the same world without the code, from the round at place
    *launch* on; NaN where there are none.

    Both outputs are of one world, with all that they note of everybody; *due* [N] are
    `practices_due`, and *counts_as* [N] how much each counts.
    """
    members = with_code.members[0, launch:]
    operations, operations_anyway = (
        each.operations_of[0, launch:] for each in (with_code, without)
    )
    neglect, neglect_anyway = (due - each.practices_of[0, launch:] for each in (with_code, without))
    return (
        _share_less(members, operations, operations_anyway, counts_as),
        _share_less(members, neglect, neglect_anyway, counts_as),
    )


def _share_less(members: Bits, acts: Bits, acts_anyway: Bits, counts_as: Array) -> float:
    sums = np.zeros(2)
    add_up_members(members, acts, acts_anyway, counts_as, sums)
    return 100.0 * float(1.0 - sums[0] / sums[1]) if sums[1] > 0.0 else float("nan")


@compiled
def add_up_members(
    members: Bits, acts: Bits, acts_anyway: Bits, counts_as: Array, sums: Array
) -> None:
    """Add to *sums* [2] the *acts* [R, N] and the *acts_anyway* of *members*, each as much as it
    counts.
    """
    for t in range(members.shape[0]):
        for i in range(members.shape[1]):
            if members[t, i] > 0:
                sums[0] += acts[t, i] * counts_as[i]
                sums[1] += acts_anyway[t, i] * counts_as[i]
