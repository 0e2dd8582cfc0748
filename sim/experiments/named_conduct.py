"""Simulated conduct by name, for a researcher who asks for it: simulated, not evidence about any state or firm.

The record holds conduct by group alone. So the same worlds are played again, round by round, and the authors of their
operations are counted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from sim import engine
from sim.experiments.assumptions import REPLICATES, Corner, at_corner, corners
from sim.experiments.outcomes import range_over
from sim.experiments.replicates import Setting
from sim.own_rule import Rule, with_rule
from sim.record import Array
from sim.scenario import Scenario
from sim.stakeholders import KINDS
from sim.state import NOBODY, empty_state
from sim.tallies import WORLD_COLUMNS

COUNTED = ("simulated_operations", "simulated_acted_against", "simulated_named", "simulated_wrongly_blamed")


def named_conduct(
    scenario: Scenario,
    given: Setting,
    replicates: int,
    seed: int,
    rule: Rule | None,
) -> pd.DataFrame:
    """A row for everybody with offensive means: who, name, kind, and for each of COUNTED the ends of its range.

    Numbers of operations over the whole run; the range is that over the `corners` and their luck, as for all conduct.
    """
    number = min(replicates, REPLICATES)
    one_round = with_rule(engine.one_round, rule)
    different = list(dict.fromkeys(corners(scenario)))
    counted: dict[Corner, Array] = {}
    for corner in different:
        there = at_corner(scenario, given, corner)
        counted[corner] = np.stack([_counts(there, seed, q, one_round) for q in range(number)])
    rows = []
    for i in given.world.with_means:
        who, name = given.population.ids[i], given.population.names[i]
        spans = [range_over(numbers[:, i, c] for numbers in counted.values()) for c in range(len(COUNTED))]
        rows.append((who, name, KINDS[given.population.kind[i]], *(end for span in spans for end in span)))
    columns = [f"{name}_{end}" for name in COUNTED for end in ("low", "high")]
    return pd.DataFrame(rows, columns=["who", "name", "kind", *columns])


def _counts(given: Setting, seed: int, replicate: int, one_round: Callable[..., None]) -> Array:
    """[stakeholders, COUNTED] of one replicate."""
    counts: Array = np.zeros((len(given.population.ids), len(COUNTED)))
    state: Any = empty_state(given.world, given.text)
    engine.start(given.world, state, given.schedule[0], seed, replicate)
    for t, dials in enumerate(given.schedule):
        blows = np.zeros(len(WORLD_COLUMNS))
        one_round(
            given.world, given.text, state, dials, given.happenings, seed, replicate, given.first_round + t, True,
            engine.ALL_STAGES, blows,
        )  # fmt: skip
        done = state.operation[: state.size[0]]
        named = done[(done.named == 1) & (done.traced_to != NOBODY)]
        rightly = named.traced_to == named.author
        for column, who in enumerate(
            (done.author, done.author[done.against == 1], named.author[rightly], named.traced_to[~rightly])
        ):
            np.add.at(counts[:, column], who, 1.0)
    return counts
