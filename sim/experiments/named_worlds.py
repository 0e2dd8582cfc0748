"""Simulated worlds told by name: how everybody stands, round by round, in one of them; and, for a researcher who asks
for it, conduct by name, which is no evidence about any state or firm.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim import facts
from sim.engine.arrays import NOBODY
from sim.engine.rule import Rule
from sim.experiments.conduct_ranges import REPLICATES, Corner, at_corner, corners
from sim.experiments.outcomes import Array, range_over
from sim.experiments.simulate import EachReplicate, Replicate, Setting, simulate
from sim.reading import check_whole
from sim.scenario import Scenario
from sim.stakeholders import KINDS, STATUSES


def world_frame(given: Setting, replicates: int, seed: int, number: int, rule: Rule | None) -> pd.DataFrame:
    """A row per round (index round), a column per state and organisation with a name; each cell the word of
    one of STATUSES.

    *number* is one of the worlds of a run with so many *replicates*, 1 for the first; InputError otherwise. The world
    is played again, with the same luck, as the run keeps dates alone and not who waits and who has declined.
    """
    check_whole(number, 1, replicates, "world")
    named = set(facts.state_names()) | set(facts.organisation_kinds())
    places = [place for place, who in enumerate(given.population.ids) if who in named]
    words = np.array([status.word for status in STATUSES.values()], dtype=object)
    world, rows = Replicate(given, seed, number - 1, rule), []
    for t in world.rounds:
        world.play(t)
        rows.append(words[world.state.member[0].view(np.ndarray)["status"][places]])
    names = [given.population.ids[place] for place in places]
    return pd.DataFrame(rows, index=pd.Index(world.rounds, name="round"), columns=names)


COUNTED = ("simulated_operations", "simulated_acted_against", "simulated_named", "simulated_wrongly_blamed")


def named_conduct(
    scenario: Scenario,
    given: Setting,
    replicates: int,
    seed: int,
    rule: Rule | None,
    workers: int | None,
) -> pd.DataFrame:
    """A row for everybody with offensive means: who, name, kind, and for each of COUNTED the ends of its range.

    Numbers of operations over the whole run; the range is that over the `corners` and their luck, as for all conduct.
    """
    number = min(replicates, REPLICATES)
    counted: dict[Corner, Array] = {}
    for corner in dict.fromkeys(corners(scenario)):
        there = at_corner(scenario, given, corner)
        worlds: list[Array] = simulate(there, number, seed, EachReplicate(_counts), rule=rule, workers=workers)
        counted[corner] = np.stack(worlds)
    rows = []
    for i in given.world.with_means:
        who, name = given.population.ids[i], given.population.names[i]
        spans = [range_over(numbers[:, i, c] for numbers in counted.values()) for c in range(len(COUNTED))]
        rows.append((who, name, KINDS[given.population.kind[i]], *(end for span in spans for end in span)))
    columns = [f"{name}_{end}" for name in COUNTED for end in ("low", "high")]
    return pd.DataFrame(rows, columns=["who", "name", "kind", *columns])


def _counts(world: Replicate) -> Array:
    """[stakeholders, COUNTED] of one replicate."""
    state = world.state
    counts: Array = np.zeros((state.standing.size, len(COUNTED)))
    for t in world.rounds:
        world.play(t)
        done = state.operation[: state.size[0]]
        named = done[(done.named == 1) & (done.traced_to != NOBODY)]
        rightly = named.traced_to == named.author
        for column, who in enumerate(
            (done.author, done.author[done.against == 1], named.author[rightly], named.traced_to[~rightly])
        ):
            np.add.at(counts[:, column], who, 1.0)
    return counts
